//! What a page's structured data says that its markup may not show: comments, corrections, live-blog entries.
//!
//! Structured data is read after the page itself. What the page shows already is not written twice, and what it shows
//! without a name for it (a comment among the paragraphs) is known by having the same letters.

use super::features::letters_of;
use super::meta;
use super::runs::Runs;
use super::structured;
use super::tree::Tree;
use crate::document::letters;
use sayso_record::{Stamp, StampOrigin};
use serde_json::Value;

/// No page tells of more comments than this that anyone reads, and the same for entries.
const MOST: usize = 5_000;

/// Letters by which two renderings of one text are known to be the same.
const LETTERS: usize = 120;

/// Fewer letters than this ("Thanks!") prove nothing.
const FEW: usize = 12;

/// A comment, a correction or an entry by the page's structured data.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) author: Option<String>,
    pub(crate) author_url: Option<String>,
    pub(crate) published: Option<Stamp>,
    pub(crate) headline: Option<String>,
    /// Its words, one string a paragraph; never empty.
    pub(crate) paragraphs: Vec<String>,
    /// Index of the comment that it answers.
    pub(crate) parent: Option<usize>,
    id: Option<String>,
    answers: Option<String>,
}

/// All that is told besides the article.
#[derive(Debug, Default)]
pub(crate) struct Telling {
    pub(crate) comments: Vec<Told>,
    pub(crate) corrections: Vec<Told>,
    pub(crate) entries: Vec<Told>,
}

impl Telling {
    /// Adds the comments of an article (`comment`), and those that answer them.
    pub(crate) fn comments(&mut self, article: &Value) {
        self.thread(each(article.get("comment")));
    }

    /// Adds a comment that stands by itself, and those that answer it.
    pub(crate) fn comment(&mut self, comment: &Value) {
        self.thread(std::iter::once(comment));
    }

    fn thread<'a>(&mut self, comments: impl Iterator<Item = &'a Value>) {
        let mut waiting: Vec<(&Value, Option<usize>)> = comments.map(|one| (one, None)).collect();
        waiting.reverse();
        while let Some((value, parent)) = waiting.pop() {
            if self.comments.len() >= MOST {
                return;
            }
            let mut answered = parent;
            if let Some(comment) = told(value, &["text", "articleBody", "description"]) {
                answered = Some(self.comments.len());
                self.comments.push(Told { parent, ..comment });
            }
            let inner = waiting.len();
            waiting.extend(each(value.get("comment")).map(|one| (one, answered)));
            waiting[inner..].reverse();
        }
    }

    /// Adds the corrections of an article (`correction`): texts, or objects of the type `CorrectionComment`.
    pub(crate) fn corrections(&mut self, value: Option<&Value>) {
        let left = 20usize.saturating_sub(self.corrections.len());
        let found = each(value).take(left).filter_map(|one| told(one, &["text", "description"]));
        // An address is where corrections stand, not what they say.
        let found = found.filter(|one| !one.paragraphs[0].contains("://") || one.paragraphs[0].contains(' '));
        self.corrections.extend(found);
    }

    /// Adds the entries of a live blog (`liveBlogUpdate`).
    pub(crate) fn entries(&mut self, value: &Value) {
        let left = MOST.saturating_sub(self.entries.len());
        let found = each(value.get("liveBlogUpdate")).take(left);
        self.entries.extend(found.filter_map(|one| told(one, &["articleBody", "text", "description"])));
    }

    /// Finds who answers whom by address (`parentItem`).
    pub(crate) fn settle(&mut self) {
        for at in 0..self.comments.len() {
            if self.comments[at].parent.is_none()
                && let Some(answers) = &self.comments[at].answers
            {
                // Only an earlier comment: a loop of answers has no first word.
                let found = self.comments[..at].iter().position(|other| other.id.as_ref() == Some(answers));
                self.comments[at].parent = found;
            }
        }
    }
}

/// The one value, or each of several.
fn each(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let (one, many) = match value {
        Some(Value::Array(items)) => (None, items.as_slice()),
        value => (value, [].as_slice()),
    };
    one.into_iter().chain(many)
}

fn told(value: &Value, keys: &[&str]) -> Option<Told> {
    let words = match value {
        Value::String(words) => words,
        value => keys.iter().find_map(|key| value.get(key).and_then(Value::as_str))?,
    };
    let paragraphs = paragraphs(words);
    if paragraphs.is_empty() {
        return None;
    }
    let time = ["datePublished", "dateCreated", "uploadDate", "dateModified"];
    let published = time
        .iter()
        .find_map(|key| value.get(key).and_then(Value::as_str))
        .and_then(|words| meta::stamp_of(words, StampOrigin::JsonLd));
    let author = value.get("author").or_else(|| value.get("creator"));
    let first = each(author).next();
    let address =
        |value: &Value| ["@id", "url"].iter().find_map(|key| value.get(key)?.as_str().map(str::to_owned));
    let author_url = first.and_then(|author| author.get("url").or_else(|| author.get("sameAs"))?.as_str());
    Some(Told {
        author: structured::text_of(first).filter(|name| name.chars().count() <= 80),
        author_url: author_url.map(str::to_owned),
        published,
        headline: structured::text_of(value.get("headline")),
        paragraphs,
        parent: None,
        id: address(value),
        answers: value
            .get("parentItem")
            .and_then(|parent| parent.as_str().map(str::to_owned).or_else(|| address(parent))),
    })
}

/// A text of structured data as paragraphs. It may hold markup, once or twice escaped.
fn paragraphs(words: &str) -> Vec<String> {
    let lines = |text: &str| -> Vec<String> {
        let lines = text.split("\n\n").map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.filter(|line| !line.is_empty()).collect()
    };
    if !words.contains(['<', '&']) {
        return lines(&letters::seen(words));
    }
    let tree = Tree::parse(&words.replace("&lt;", "<").replace("&gt;", ">").replace("\n\n", "<p>"));
    let runs = Runs::of(&tree);
    runs.runs.iter().flat_map(|run| lines(runs.words(run))).collect()
}

/// The letters of a text by which it is known again; empty where they are too few.
pub(crate) fn letters(words: &str) -> String {
    let mut out = String::new();
    letters_of(words, LETTERS, &mut out);
    if out.len() < FEW {
        out.clear();
    }
    out
}

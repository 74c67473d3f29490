//! What a page cites: each place where it points at another page, the words that it is there for, and where it points.
//!
//! HTML, wikitext and Markdown are each cut into the same plain paragraphs with marks in them; what a mark is there for is
//! found in one way for all.

mod clause;
mod html;
mod markdown;
mod paragraph;
mod wikitext;

pub use paragraph::Target;

use crate::document::{Carrier, decoded};
use crate::{Reader, document};
use paragraph::Paragraph;
use sayso_record::Document;

/// So many citations of a page are kept; none has more by right.
const MOST: usize = 2_000;

/// How a page is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// HTML, with the footnotes of MediaWiki and of others.
    Html,
    /// The source text of a wiki page.
    Wikitext,
    /// Markdown with footnotes.
    Markdown,
}

/// A place where a page points at another for what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The sentence that it stands in or after.
    pub sentence: String,
    /// The part of the sentence that it is there for; all of it where it has no other citation.
    pub proposition: String,
    /// What the page is about, where it is one of a wiki: for whom a pronoun may stand.
    pub subject: Option<String>,
    /// As the page marks it: `[1]`, or the words of the link.
    pub mark: String,
    /// Which paragraph of the page, from 1.
    pub paragraph: usize,
    /// Which block of the page's document that is; none in wikitext and Markdown.
    pub block: Option<u32>,
    /// Where it points. One citation is made of each page that a footnote names.
    pub target: Target,
}

/// A page with its citations.
#[derive(Clone, Debug, Default)]
pub struct Citing {
    /// The page as a document; empty but for its title where it is wikitext or Markdown.
    pub document: Document,
    /// What it cites, in the order of its text.
    pub citations: Vec<Citation>,
}

/// The citations of a page. Where nobody says how it is marked up, its words tell. Never fails, as reading does not.
pub fn citing(reader: &Reader, bytes: &[u8], carrier: &Carrier, markup: Option<Markup>) -> Citing {
    let text = decoded(bytes, carrier);
    let markup = markup.unwrap_or_else(|| guessed(&text));
    let (document, paragraphs) = match markup {
        Markup::Html => {
            let document = document(bytes, carrier);
            let paragraphs = html::paragraphs(&text, &document);
            (document, paragraphs)
        }
        Markup::Wikitext => (named(carrier, wikitext::subject(&text)), wikitext::paragraphs(&text)),
        Markup::Markdown => {
            let (title, paragraphs) = markdown::paragraphs(&text);
            (named(carrier, title), paragraphs)
        }
    };
    Citing { citations: citations(reader, &document, &paragraphs, Some(markup)), document }
}

/// The citations of a document that was read before: its links. Where its footnotes point to is not kept.
pub fn cited_by(reader: &Reader, document: &Document) -> Vec<Citation> {
    citations(reader, document, &html::of_document(document, &html::Notes::default()), None)
}

fn named(carrier: &Carrier, title: Option<String>) -> Document {
    Document { url: carrier.url.clone(), title, ..Document::default() }
}

/// What a text without a name is written in.
fn guessed(text: &str) -> Markup {
    let has = |sign: &str| text.contains(sign);
    if crate::document::is_html(text) {
        Markup::Html
    } else if has("<ref") || has("{{cite") || has("{{Cite") || (has("[[") && has("]]")) {
        Markup::Wikitext
    } else if has("](") || has("[^") || has("]: http") {
        Markup::Markdown
    } else {
        Markup::Html
    }
}

fn citations(
    reader: &Reader,
    document: &Document,
    paragraphs: &[Paragraph],
    markup: Option<Markup>,
) -> Vec<Citation> {
    let mut citations = Vec::new();
    let base = document.url.as_deref();
    let subject = document.title.as_ref().filter(|_| markup == Some(Markup::Wikitext));
    for (at, paragraph) in paragraphs.iter().enumerate() {
        for (mark, clause) in clause::clauses(reader, paragraph) {
            for target in &mark.targets {
                if !mark.is_note && !target.is_page_elsewhere(base) {
                    continue;
                }
                citations.push(Citation {
                    sentence: paragraph.text[clause.sentence.clone()].trim().to_owned(),
                    proposition: clause.words.clone(),
                    subject: subject.cloned(),
                    mark: mark.shown.clone(),
                    paragraph: at + 1,
                    block: paragraph.block,
                    target: target.clone(),
                });
            }
        }
    }
    citations.truncate(MOST);
    citations
}

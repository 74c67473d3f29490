//! Plain paragraphs with the marks of citations in them, whatever the page is written in.

use crate::document::{archive_of, is_archive};
use sayso_record::is_same_page;
use std::ops::Range;

/// A paragraph without its marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) marks: Vec<Mark>,
    /// The block of the document that it is; none in wikitext and Markdown.
    pub(super) block: Option<u32>,
}

/// The mark of a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Where it stands in the paragraph: of a link its words, of a note the place after the words that it is there for.
    pub(super) at: Range<usize>,
    pub(super) shown: String,
    /// Whether it is a footnote; else a link.
    pub(super) is_note: bool,
    pub(super) targets: Vec<Target>,
}

/// Where a citation points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Target {
    /// The address of the page itself; none where a footnote gives none (a book).
    pub url: Option<String>,
    /// Addresses of copies that archives made of it.
    pub copies: Vec<String>,
    /// The cited title, or the words of the footnote where it gives nothing else.
    pub title: Option<String>,
    /// Who published it, as the citation says.
    pub work: Option<String>,
    /// The words that the citation itself quotes.
    pub quote: Option<String>,
}

/// Places of a site that tell of no one thing.
const NO_PAGES: &[&str] = &[
    "/tag/",
    "/tags/",
    "/topic/",
    "/topics/",
    "/author/",
    "/authors/",
    "/people/",
    "/profile/",
    "/user/",
    "/category/",
    "/search",
    "/login",
    "/subscribe",
    "/share",
];
const PICTURES: &[&str] = &[".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".mp4", ".mp3"];
/// Parts of a wiki that are about a thing, and no page that says something of it.
const OF_WIKI: &[&str] = &["/wiki/", "/w/index.php"];

impl Target {
    /// A target at an address, which may be that of an archive's copy.
    pub(super) fn at(address: &str) -> Target {
        let address = address.trim();
        if !is_archive(address) {
            return Target { url: Some(address.to_owned()), ..Target::default() };
        }
        Target { url: archive_of(address), copies: vec![address.to_owned()], ..Target::default() }
    }

    /// Whether the link goes to a page that can say something, and no site, list, picture, or place of the same page.
    pub(super) fn is_page_elsewhere(&self, base: Option<&str>) -> bool {
        let Some(url) = self.url.as_deref().or(self.copies.first().map(String::as_str)) else { return false };
        if url.starts_with('#') || base.is_some_and(|base| is_same_page(base, url)) {
            return false;
        }
        let path = match url.split_once("://") {
            Some((scheme, rest)) if scheme.starts_with("http") => match rest.split_once('/') {
                Some((_, path)) => format!("/{path}"),
                None => return false,
            },
            Some(_) => return false,
            None if url.contains(':') => return false,
            None => format!("/{}", url.trim_start_matches('/')),
        };
        let path = path.split(['?', '#']).next().unwrap_or_default().to_lowercase();
        let is_wiki = OF_WIKI.iter().any(|part| path.starts_with(part));
        path.len() > 1
            && !is_wiki
            && !NO_PAGES.iter().any(|part| path.contains(part))
            && !PICTURES.iter().any(|ending| path.ends_with(ending))
    }
}

/// Targets of one footnote: copies of a page go to the page, and what is named twice is one.
pub(super) fn gathered(targets: impl IntoIterator<Item = Target>) -> Vec<Target> {
    let mut all: Vec<Target> = Vec::new();
    for target in targets {
        let is_same = |other: &&mut Target| match (&other.url, &target.url) {
            (Some(own), Some(url)) => is_same_page(own, url),
            // A copy whose page is not told is one of what was named last.
            (_, None) => !target.copies.is_empty(),
            _ => false,
        };
        match all.iter_mut().rev().find(is_same) {
            Some(known) => {
                known.copies.extend(target.copies);
                known.title = known.title.take().or(target.title);
                known.quote = known.quote.take().or(target.quote);
            }
            None => all.push(target),
        }
    }
    all
}

/// Builds paragraphs: words with white space collapsed, and marks where they come.
#[derive(Debug, Default)]
pub(super) struct Writer {
    done: Vec<Paragraph>,
    open: Paragraph,
}

impl Writer {
    pub(super) fn words(&mut self, words: &str) {
        let text = &mut self.open.text;
        for c in words.chars() {
            match c.is_whitespace() {
                true if text.is_empty() || text.ends_with(' ') => {}
                true => text.push(' '),
                false => text.push(c),
            }
        }
    }

    /// Where the next word goes.
    pub(super) fn place(&self) -> usize {
        self.open.text.len()
    }

    pub(super) fn note(&mut self, shown: String, targets: Vec<Target>) {
        let at = self.place();
        self.open.marks.push(Mark { at: at..at, shown, is_note: true, targets });
    }

    /// A link on the words since a place.
    pub(super) fn link(&mut self, from: usize, target: Target) {
        let at = from.min(self.place())..self.place();
        let shown = self.open.text[at.clone()].trim().to_owned();
        self.open.marks.push(Mark { at, shown, is_note: false, targets: vec![target] });
    }

    pub(super) fn end_paragraph(&mut self) {
        let mut paragraph = std::mem::take(&mut self.open);
        let end = paragraph.text.trim_end().len();
        paragraph.text.truncate(end);
        for mark in &mut paragraph.marks {
            mark.at = mark.at.start.min(end)..mark.at.end.min(end);
        }
        if !paragraph.text.is_empty() {
            self.done.push(paragraph);
        } else if let Some(last) = self.done.last_mut() {
            // A note on a line of its own belongs to what stands before it.
            let at = last.text.len();
            last.marks.extend(paragraph.marks.into_iter().map(|mark| Mark { at: at..at, ..mark }));
        }
    }

    pub(super) fn finish(mut self) -> Vec<Paragraph> {
        self.end_paragraph();
        self.done
    }
}

//! What stands above the body of a pasted text: section, headline, byline, date.

use super::lines::Paragraph;
use crate::document::byline;
use crate::document::stamp;
use crate::document::voice;
use crate::document::{furniture, notice};
use sayso_record::{NoticeKind, Span, Stamp, StampOrigin};
use std::ops::Range;

/// The head of a text.
#[derive(Default)]
pub(super) struct Front {
    pub(super) title: Option<Span>,
    /// The label of the title, which is a notice: "RETRACTED: ...".
    pub(super) label: Option<(NoticeKind, Span)>,
    pub(super) section: Option<Span>,
    pub(super) site: Option<Span>,
    pub(super) bylines: Vec<String>,
    pub(super) published: Option<Stamp>,
    /// How many paragraphs the head takes.
    pub(super) paragraphs: usize,
}

/// Names of sections, in lower case. A word that is none of these may still be one: see [`read`].
pub(in crate::document) const SECTIONS: &[&str] = &[
    "politics",
    "world",
    "news",
    "opinion",
    "business",
    "sports",
    "sport",
    "local",
    "national",
    "international",
    "science",
    "technology",
    "tech",
    "health",
    "culture",
    "arts",
    "entertainment",
    "travel",
    "education",
    "environment",
    "climate",
    "economy",
    "money",
    "markets",
    "media",
    "books",
    "music",
    "film",
    "food",
    "style",
    "life",
    "lifestyle",
    "society",
    "religion",
    "law",
    "crime",
    "war",
    "military",
    "defense",
    "defence",
    "security",
    "foreign",
    "policy",
    "elections",
    "election",
    "weather",
    "editorial",
    "editorials",
    "commentary",
    "analysis",
    "features",
    "letters",
    "obituaries",
    "u.s.",
    "us",
    "uk",
    "europe",
    "africa",
    "asia",
    "americas",
    "region",
    "blogs",
    "blog",
    "columns",
    "columnists",
    "front",
    "page",
    "affairs",
    "home",
    "city",
];

/// Most lines that a head has.
const MOST: usize = 8;

/// Reads the head of a text, if it has one.
pub(super) fn read(text: &str, paragraphs: &[Paragraph]) -> Front {
    let mut front = Front::default();
    let words = |index: usize| paragraphs[index].span.of(text);
    let short = (0..paragraphs.len().min(MOST)).take_while(|&at| is_headish(words(at))).count();
    // A text of nothing but short lines has no head that could be told from its body.
    if short == paragraphs.len() {
        return front;
    }
    let mut titles: Vec<usize> = Vec::new();
    let mut taken = 0;
    for at in 0..short {
        let line = words(at);
        if let Some(names) = byline::of_line(line) {
            front.bylines.extend(names);
            front.published = front.published.take().or_else(|| date(line));
        } else if let Some(found) = dateline(line) {
            front.published = front.published.take().or(Some(found));
        } else if titles.len() < 3
            && front.bylines.is_empty()
            && front.published.is_none()
            && could_be_title(line)
            && taken == at
        {
            titles.push(at);
        } else if is_furniture(line) {
        } else {
            break;
        }
        taken = at + 1;
    }
    // With no blank line and no head below it, a first line is a headline only if the next is a real paragraph.
    match titles.as_slice() {
        [] => {}
        [only] => {
            if is_section(words(*only)) {
                front.section = Some(paragraphs[*only].span);
            } else {
                front.title = Some(paragraphs[*only].span);
            }
        }
        [first, rest @ ..] => {
            let title = if is_section(words(*first)) {
                front.section = Some(paragraphs[*first].span);
                Some(rest[0])
            } else if is_site(words(*first)) {
                front.site = Some(paragraphs[*first].span);
                Some(rest[0])
            } else {
                None
            };
            let title_at = title.unwrap_or(*first);
            front.title = Some(paragraphs[title_at].span);
            // What stands between headline and byline is the standfirst: it belongs to the body.
            if let Some(standfirst) = titles.iter().find(|&&at| at > title_at) {
                taken = *standfirst;
            }
        }
    }
    front.paragraphs = taken;
    if let Some(span) = front.title
        && let Some(found) = notice::of_title(span.of(text))
    {
        let part = |at: Range<usize>| Span::new(span.start as usize + at.start, span.start as usize + at.end);
        front.label = Some((found.kind, part(found.label)));
        front.title = Some(part(found.title));
    }
    front
}

/// Whether a line is short enough, and unlike a sentence of the body.
fn is_headish(line: &str) -> bool {
    line.chars().count() <= 160
        && !voice::opens_quoted(line)
        && (byline::of_line(line).is_some()
            || dateline(line).is_some()
            || is_furniture(line)
            || could_be_title(line))
}

/// Whether a line could be a headline: no full stop, one sentence, no lead-in, no bullet.
fn could_be_title(line: &str) -> bool {
    let labelled = notice::of_title(line);
    let is_notice = labelled.is_none() && notice::recognise(line).is_some();
    let line = labelled.map_or(line, |found| &line[found.title]);
    let count = voice::words(line).count();
    let first = line.chars().find(|c| c.is_alphanumeric());
    (1..=22).contains(&count)
        && line.chars().count() <= 160
        && first.is_some_and(|c| !c.is_lowercase())
        && !line.ends_with(['.', ',', ';', ':', '…'])
        && !line.starts_with(['•', '*', '·', '-', '>', '#'])
        && voice::last_sentence(line) == 0
        && voice::lead_in(line, true).is_none()
        && !is_notice
}

fn is_section(line: &str) -> bool {
    let lower = line.to_lowercase();
    let mut words =
        lower.split([' ', '/', '|', '&', ',', '>', '»', '›']).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some()
        && lower.split_whitespace().count() <= 4
        && words.all(|word| SECTIONS.contains(&word) || word == "and")
}

fn is_site(line: &str) -> bool {
    const OUTLETS: [&str; 18] = [
        "News",
        "Times",
        "Post",
        "Press",
        "Journal",
        "Herald",
        "Tribune",
        "Daily",
        "Guardian",
        "Gazette",
        "Courier",
        "Review",
        "Chronicle",
        "Observer",
        "Telegraph",
        "Blog",
        "Magazine",
        "Weekly",
    ];
    let words: Vec<&str> = voice::words(line).collect();
    words.len() <= 4
        && words.iter().any(|word| OUTLETS.contains(word))
        && words
            .iter()
            .all(|word| word.starts_with(char::is_uppercase) || matches!(*word, "of" | "the" | "and"))
}

/// A line that gives a date and little else: "Posted on July 3, 2007 at 9:15 am".
fn dateline(line: &str) -> Option<Stamp> {
    if line.chars().count() > 80 {
        return None;
    }
    let (at, range) = stamp::find(line)?;
    let rest = voice::words(&line[..range.start]).chain(voice::words(&line[range.end..])).count();
    (rest <= 4).then(|| Stamp { at, words: line[range].to_owned(), origin: StampOrigin::Text })
}

fn date(line: &str) -> Option<Stamp> {
    let (at, range) = stamp::find(line)?;
    Some(Stamp { at, words: line[range].to_owned(), origin: StampOrigin::Text })
}

/// What copying a page leaves behind between headline and body.
fn is_furniture(line: &str) -> bool {
    let lower = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    const LEFT: [&str; 16] = [
        "",
        "share",
        "tweet",
        "print",
        "email",
        "e-mail",
        "comments",
        "advertisement",
        "save",
        "share this",
        "permalink",
        "by",
        "read more",
        "follow",
        "subscribe",
        "listen",
    ];
    LEFT.contains(&lower.as_str())
        || (lower.ends_with(" comments") && lower.starts_with(|c: char| c.is_ascii_digit()))
        || furniture::names_updates(line)
}

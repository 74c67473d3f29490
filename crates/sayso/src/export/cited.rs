//! What every form of citation says of a page: who wrote it, what it is called, where and when it appeared.

use super::iri;
use super::records::Page;
use crate::harmless::line;
use sayso_record::{Document, Mention, Statement};

/// A page as it is cited. Everything is on one line, without characters that act.
pub(super) struct Cited {
    /// The first digits of its document's id, as a key among the citations.
    pub(super) key: String,
    pub(super) title: String,
    pub(super) authors: Vec<String>,
    pub(super) outlet: Option<String>,
    pub(super) date: Option<Day>,
    /// Its address, where that is one of the web.
    pub(super) url: Option<String>,
    /// When it was first read.
    pub(super) read: Option<Day>,
    pub(super) language: Option<String>,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) year: i16,
    pub(super) month: i8,
    pub(super) day: i8,
}

impl Day {
    /// The day of an ISO 8601 date or time, in the offset that it was given in.
    pub(super) fn of(at: &str) -> Option<Day> {
        let date: jiff::civil::Date = at.get(..10)?.parse().ok()?;
        Some(Day { year: date.year(), month: date.month(), day: date.day() })
    }

    /// `2019-06-03`.
    pub(super) fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Cited {
    pub(super) fn of(page: &Page) -> Cited {
        let document = &page.document;
        let told = |words: &Option<String>| words.as_deref().map(line).filter(|words| !words.is_empty());
        Cited {
            key: document.id.short(),
            title: told(&document.title).unwrap_or_else(|| "(no title)".to_owned()),
            authors: document.bylines.iter().map(|name| line(name)).filter(|name| !name.is_empty()).collect(),
            outlet: told(&document.site),
            date: document.published.as_ref().and_then(|stamp| Day::of(&stamp.at)),
            url: document.url.clone().filter(|url| iri::is_web(url)),
            read: page.readings.first().and_then(|reading| Day::of(&reading.read_at)),
            language: told(&document.language),
        }
    }
}

/// "Castrian officials, unnamed, through Northwire, asserts".
pub(super) fn who_says(statement: &Statement) -> String {
    let who = |by: &Mention| match by.kind {
        _ if by.name.is_empty() => "nobody by name".to_owned(),
        kind if kind.is_named() => line(&by.name),
        _ => format!("{}, unnamed", line(&by.name)),
    };
    let mut words = who(&statement.source);
    for via in &statement.via {
        words += &format!(", through {}", who(via));
    }
    format!("{words}, {}", statement.stance.verb())
}

/// The words of a statement on one line.
pub(super) fn quote(document: &Document, statement: &Statement) -> String {
    line(&document.words(&statement.content))
}

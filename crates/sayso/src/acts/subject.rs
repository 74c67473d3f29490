//! From what somebody types to the thing that is meant: a kind and an id, the first digits of an id, or a name.

use crate::{Desk, LedgerError, name};
use sayso_ledger::{Found, Ledger, LinkedSource};
use sayso_record::Subject;
use serde::Serialize;
use std::fmt;

/// So many things are listed where more than one may be meant, or where none is and some are called alike.
const LISTED: usize = 10;
const ALIKE: usize = 3;
/// Names that are at least this like what was asked for are offered (Jaro-Winkler, 0 to 1).
const LIKENESS: f64 = 0.84;

/// The sorts of thing that an act may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// A statement.
    Statement,
    /// A source.
    Source,
    /// A document.
    Document,
    /// A claim.
    Claim,
    /// A suggestion.
    Suggestion,
    /// An act.
    Act,
}

impl Sort {
    /// Every sort.
    pub const ALL: &'static [Sort] =
        &[Sort::Statement, Sort::Source, Sort::Document, Sort::Claim, Sort::Suggestion, Sort::Act];

    /// Its word, as it stands before the colon of a [`Subject`].
    pub fn word(self) -> &'static str {
        match self {
            Sort::Statement => "statement",
            Sort::Source => "source",
            Sort::Document => "document",
            Sort::Claim => "claim",
            Sort::Suggestion => "suggestion",
            Sort::Act => "act",
        }
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Why nothing is meant by what was typed.
#[derive(Debug, thiserror::Error)]
pub enum SubjectError {
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The ledger holds no such thing.
    #[error("the ledger holds no {} called {asked}", either(sorts))]
    Unknown {
        /// What was typed.
        asked: String,
        /// What it could have been.
        sorts: Vec<Sort>,
        /// Names that look like it.
        alike: Vec<String>,
    },
    /// It may be more than one thing.
    #[error("{asked} may mean more than one thing")]
    Ambiguous {
        /// What was typed.
        asked: String,
        /// What it may mean, some of it.
        may_be: Vec<Subject>,
    },
    /// It is of a sort that cannot be meant here.
    #[error("{} is needed here, and {asked} names a {found}", either(sorts))]
    WrongSort {
        /// What was typed.
        asked: String,
        /// What it could have been.
        sorts: Vec<Sort>,
        /// What it is.
        found: Sort,
    },
}

/// "statement", "source or document", "statement, source or claim".
fn either(sorts: &[Sort]) -> String {
    let words: Vec<&str> = sorts.iter().map(|sort| sort.word()).collect();
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

impl Desk {
    /// What is meant by `asked`, where it can only be of these sorts: `source:NAME`, `claim:3f2a`, the first digits of an
    /// id, a source's whole name, or the last words of it where no other source's name ends so.
    pub fn subject(&self, asked: &str, sorts: &[Sort]) -> Result<Subject, SubjectError> {
        let unknown = |alike| SubjectError::Unknown { asked: asked.to_owned(), sorts: sorts.to_vec(), alike };
        let Some(ledger) = &self.ledger else { return Err(unknown(Vec::new())) };
        let told = asked
            .split_once(':')
            .and_then(|(word, rest)| Some((*Sort::ALL.iter().find(|sort| sort.word() == word)?, rest)));
        let (wanted, rest) = match told {
            Some((sort, _)) if !sorts.contains(&sort) => {
                let (asked, sorts) = (asked.to_owned(), sorts.to_vec());
                return Err(SubjectError::WrongSort { asked, sorts, found: sort });
            }
            Some((sort, rest)) => (vec![sort], rest),
            None => (sorts.to_vec(), asked),
        };
        let mut may_be = by_id(ledger, rest, &wanted)?;
        if wanted.contains(&Sort::Source) {
            may_be.extend(by_name(ledger, rest)?);
        }
        match may_be.len() {
            0 if wanted.contains(&Sort::Source) => Err(unknown(alike(ledger, rest)?)),
            0 => Err(unknown(Vec::new())),
            1 => Ok(may_be.remove(0)),
            _ => {
                may_be.truncate(LISTED);
                Err(SubjectError::Ambiguous { asked: asked.to_owned(), may_be })
            }
        }
    }
}

/// Everything of these sorts whose id starts with these digits.
fn by_id(ledger: &Ledger, digits: &str, sorts: &[Sort]) -> Result<Vec<Subject>, LedgerError> {
    let limit = LISTED as u32;
    let digits = digits.to_ascii_lowercase();
    let mut found = Vec::new();
    if sorts.contains(&Sort::Document) || sorts.contains(&Sort::Statement) {
        for one in ledger.find(&digits, limit)? {
            match one {
                Found::Document(id) if sorts.contains(&Sort::Document) => found.push(Subject::Document(id)),
                Found::Statement(id) if sorts.contains(&Sort::Statement) => {
                    found.push(Subject::Statement(id));
                }
                _ => {}
            }
        }
    }
    if sorts.contains(&Sort::Claim) {
        found.extend(ledger.claims_starting(&digits, limit)?.into_iter().map(Subject::Claim));
    }
    if sorts.contains(&Sort::Suggestion) {
        let suggestions = ledger.suggestions_starting(&digits, limit)?;
        found.extend(suggestions.into_iter().map(|suggestion| Subject::Suggestion(suggestion.id)));
    }
    if sorts.contains(&Sort::Act) {
        let acts = ledger.acts_starting(&digits, limit)?;
        found.extend(acts.into_iter().map(|(_, act)| Subject::Act(act.id)));
    }
    Ok(found)
}

/// The source of this name; where none is called exactly so, all those whose name ends so.
fn by_name(ledger: &Ledger, asked: &str) -> Result<Vec<Subject>, LedgerError> {
    if let Some(source) = ledger.linked_source_named(asked)? {
        return Ok(vec![Subject::Source(source.name)]);
    }
    let mut sources = ledger.linked_sources()?;
    sources.retain(|source| name::names(asked, described(source)));
    let whole = |source: &LinkedSource| name::names(described(source), asked);
    // "The Courier" is the Courier, and not every other paper whose name ends so.
    if sources.iter().any(whole) {
        sources.retain(whole);
    }
    Ok(sources.into_iter().map(|source| Subject::Source(source.name)).collect())
}

/// Its name; for an unnamed source the description without its outlet.
fn described(source: &LinkedSource) -> &str {
    let outlet = source.name.rfind(" (").filter(|_| source.unnamed && source.name.ends_with(')'));
    outlet.map_or(source.name.as_str(), |at| &source.name[..at])
}

/// The names most like this one, the most like first.
fn alike(ledger: &Ledger, asked: &str) -> Result<Vec<String>, LedgerError> {
    let folded = asked.to_lowercase();
    let likeness = |source: &LinkedSource| {
        let name = described(source).to_lowercase();
        // A surname that is mistyped is like the last word of the name.
        let last = name.split_whitespace().last().map_or(0.0, |last| strsim::jaro_winkler(last, &folded));
        strsim::jaro_winkler(&name, &folded).max(last)
    };
    let mut near: Vec<(f64, String)> = ledger
        .linked_sources()?
        .into_iter()
        .map(|source| (likeness(&source), source.name))
        .filter(|(likeness, _)| *likeness >= LIKENESS)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    near.truncate(ALIKE);
    Ok(near.into_iter().map(|(_, name)| name).collect())
}

//! The names of records outside the ledger: the same record has the same name in every export.

use crate::harmless::in_address;
use sayso_record::{ActId, ClaimId, DocumentId, StatementId, Subject};

/// What all our names begin with.
pub(crate) const PREFIX: &str = "urn:sayso:";

pub(super) fn document(id: DocumentId) -> String {
    format!("{PREFIX}document:{id}")
}

pub(super) fn statement(id: StatementId) -> String {
    format!("{PREFIX}statement:{id}")
}

/// A place in a statement's chain. The page's own report is the statement itself.
pub(super) fn place(id: StatementId, step: u8, is_report: bool) -> String {
    if is_report { statement(id) } else { format!("{PREFIX}statement:{id}:step:{step}") }
}

pub(super) fn claim(id: ClaimId) -> String {
    format!("{PREFIX}claim:{id}")
}

pub(super) fn act(id: ActId) -> String {
    format!("{PREFIX}act:{id}")
}

/// A source is known by its name, which is all that a ledger has of it.
pub(super) fn source(name: &str) -> String {
    format!("{PREFIX}source:{}", in_address(name))
}

/// Somebody who acts on the record. They need not be a source of it.
pub(super) fn person(name: &str) -> String {
    format!("{PREFIX}person:{}", in_address(name))
}

/// A program that reads.
pub(super) fn reader(name: &str) -> String {
    format!("{PREFIX}reader:{}", in_address(name))
}

pub(super) fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Statement(id) => statement(*id),
        Subject::Source(name) => source(name),
        Subject::Document(id) => document(*id),
        Subject::Claim(id) => claim(*id),
        Subject::Suggestion(id) => format!("{PREFIX}suggestion:{id}"),
        Subject::Act(id) => act(*id),
        Subject::Question(words) => format!("{PREFIX}question:{}", in_address(words)),
    }
}

/// Whether an address that a page gave can stand as an IRI: those of the web, without a character that none may hold.
pub(super) fn is_web(address: &str) -> bool {
    let is_web = ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme));
    is_web && !address.chars().any(|c| c.is_control() || c.is_whitespace() || "<>\"{}|\\^`".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_an_iri_whatever_it_holds() {
        assert_eq!(source("ABC News"), "urn:sayso:source:ABC%20News");
        assert_eq!(source("Ø <b>/\"\n"), "urn:sayso:source:%C3%98%20%3Cb%3E%2F%22%0A");
        assert!(is_web("https://example.org/a?b#c") && !is_web("javascript:alert(1)"));
        assert!(!is_web("https://example.org/\"><script>"));
    }
}

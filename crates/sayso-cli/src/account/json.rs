//! The same account for programs: the records as they are, with what can be read off them spelled out.

use super::chain;
use super::place::Places;
use sayso_record::{Document, Statement};
use serde::Serialize;

/// A statement with its words.
#[derive(Debug, Serialize)]
pub(crate) struct JsonStatement<'a> {
    #[serde(flatten)]
    statement: &'a Statement,
    /// The chain, as text.
    chain: String,
    /// What is said, gaps shown as " … ".
    words: String,
    /// Where it stands, as text.
    place: String,
    /// Why the page does not name the source, in its own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    unnamed_because: Option<&'a str>,
}

impl<'a> JsonStatement<'a> {
    pub(crate) fn new(
        document: &'a Document,
        places: &Places,
        statement: &'a Statement,
    ) -> JsonStatement<'a> {
        JsonStatement {
            statement,
            chain: chain(statement),
            words: document.words(&statement.content),
            place: places.place(statement.block as usize),
            unnamed_because: sayso::why_unnamed(document, statement).map(|span| span.of(&document.text)),
        }
    }
}

/// A document with what was found in it.
#[derive(Debug, Serialize)]
pub(crate) struct JsonDocument<'a> {
    document: &'a Document,
    statements: Vec<JsonStatement<'a>>,
}

impl<'a> JsonDocument<'a> {
    pub(crate) fn new(document: &'a Document, statements: &'a [Statement]) -> JsonDocument<'a> {
        let places = Places::of(document);
        let statement = |statement| JsonStatement::new(document, &places, statement);
        let statements = statements.iter().map(statement).collect();
        JsonDocument { document, statements }
    }
}

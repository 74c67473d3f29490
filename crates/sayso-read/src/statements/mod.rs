//! The second stage: a document to its statements.

mod carry;
mod draft;
mod lead_in;
mod mention;
mod own_voice;
mod passage;
mod relay;
mod resolve;
mod stance;
mod voice;
mod words;

use crate::tagger::model::{Model, ModelError};
use crate::tagger::paragraph::Paragraph;
use crate::tagger::tagging;
use crate::text::paragraphs;
use sayso_record::{Document, Span, Statement};
use std::borrow::Cow;

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
#[derive(Clone, Debug)]
pub struct Reader {
    model: Model,
}

impl Default for Reader {
    fn default() -> Reader {
        Reader::new()
    }
}

impl Reader {
    /// A reader with the model that is built in.
    pub fn new() -> Reader {
        const MODEL: &[u8] = include_bytes!("../../models/attributions.bin");
        Reader::with_model(MODEL).expect("the model that is built in was opened by the tests")
    }

    /// A reader with a model of your own, as `sayso-train train attributions` writes it.
    pub fn with_model(model: impl Into<Cow<'static, [u8]>>) -> Result<Reader, ModelError> {
        Ok(Reader { model: Model::from_bytes(model)? })
    }

    /// Every attribution in a text whose paragraphs are its lines, in the order of their cues.
    pub fn attributions_in(&self, text: &str) -> Vec<Attribution> {
        paragraphs(text)
            .flat_map(|range| {
                let paragraph = Paragraph::new(text, range, &self.model.groups);
                let found = tagging::find(&self.model, text, &paragraph);
                found.into_iter().map(move |found| attribution(&paragraph, &found)).collect::<Vec<_>>()
            })
            .collect()
    }

    /// Every statement in the document, in the order of their words: what others are said to have said, and what the
    /// page, its commenters and those it quotes at length say in their own voice.
    pub fn statements(&self, document: &Document) -> Vec<Statement> {
        let passages = passage::passages(&self.model, document);
        let voices = voice::voices(&self.model, document, &passages);
        let drafts = voice::drafts(document, &passages, &voices);
        let mut drafts = carry::carry_over(&self.model, document, &passages, &voices, drafts);
        resolve::resolve(document, &passages, &voices, &mut drafts);
        relay::add_go_betweens(document, &passages, &mut drafts);
        let own = own_voice::own_voice(&passages, &voices, &drafts);
        drafts.extend(own);
        voice::finish(document, &passages, &voices, drafts)
    }
}

/// Tokens of a paragraph to bytes of the text.
fn attribution(paragraph: &Paragraph, found: &tagging::Found) -> Attribution {
    let span = |range: &std::ops::Range<usize>| paragraph.span(range);
    Attribution {
        source: found.source.iter().map(span).collect(),
        cue: vec![span(&found.cue)],
        content: found.content.iter().map(span).collect(),
        confidence: found.confidence,
    }
}

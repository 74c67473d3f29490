//! The sentences of a page, each with what stands before it.

use crate::grounds;
use sayso_record::{BlockKind, Document, Span};

/// So many sentences stand before one.
const BEFORE: usize = 2;

/// A sentence of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Which block it stands in.
    pub block: usize,
    /// The page's title and the sentences before it, which tell of whom it speaks.
    pub before: String,
}

/// The sentences of a page in their order. Headings are said again in the text, and head no claim of their own.
pub fn sentences(document: &Document) -> Vec<Sentence> {
    let mut sentences: Vec<Sentence> = Vec::new();
    let title = document.title.as_deref().unwrap_or_default();
    for (block, of_page) in document.blocks.iter().enumerate() {
        if matches!(of_page.kind, BlockKind::Heading { .. }) {
            continue;
        }
        for span in grounds::sentences(&document.text, of_page.span) {
            let mut before = heading(title);
            for earlier in &sentences[sentences.len().saturating_sub(BEFORE)..] {
                before.push(' ');
                before.push_str(earlier.span.of(&document.text));
            }
            sentences.push(Sentence { span, block, before: before.trim_start().to_owned() });
        }
    }
    sentences
}

/// A title as a sentence, to stand before others.
pub(crate) fn heading(title: &str) -> String {
    let mark = if title.is_empty() || title.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{title}{mark}")
}

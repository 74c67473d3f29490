//! The lines of a document's blocks, cut into tokens and read by the taggers.

use super::Reader;
use super::budget::Budget;
use super::clauses::add_clauses;
use super::nesting::add_inner;
use super::patterns::mend;
use super::quotations::add_quotations;
use super::subjects::mend_sources;
use super::transcript::add_turns;
use crate::document::language;
use crate::tagger::paragraph::Paragraph;
use crate::tagger::tagging::Found;
use crate::text::{paragraphs, pieces};
use sayso_record::{BlockKind, Document};

/// One line of a block that holds words, or a piece of a long one.
#[derive(Debug)]
pub(super) struct Passage {
    /// Index of the block.
    pub(super) block: usize,
    pub(super) paragraph: Paragraph,
    /// What the taggers found in it.
    pub(super) found: Vec<Found>,
}

/// Reads every block that holds words itself, and such words of quotations, notices and comments as stand in no
/// block inside them, for as long as anything is left of the budget.
pub(super) fn passages(reader: &Reader, document: &Document, budget: &mut Budget) -> Vec<Passage> {
    let mut holds = vec![false; document.blocks.len()];
    for block in &document.blocks {
        if let Some(outer) = block.within.and_then(|outer| holds.get_mut(outer as usize)) {
            *outer = true;
        }
    }
    let mut out = Vec::new();
    'blocks: for (index, block) in document.blocks.iter().enumerate() {
        if block.kind.holds_blocks() && holds[index] {
            continue;
        }
        let start = block.span.start as usize;
        let words = block.span.of(&document.text);
        if language::of_words(words).is_some() {
            continue;
        }
        let lines = paragraphs(words).flat_map(|line| {
            pieces(&words[line.clone()]).map(move |piece| line.start + piece.start..line.start + piece.end)
        });
        for line in lines {
            let line = start + line.start..start + line.end;
            if !budget.is_left(line.start, document.text.len()) {
                break 'blocks;
            }
            let mut paragraph = reader.model.cut(&document.text, line);
            if paragraph.is_empty() {
                continue;
            }
            // A headline is no sentence: the taggers have seen few, and "Iran Supplying Militias?" has no speaker.
            let mut found = match block.kind {
                BlockKind::Heading { level: 2.. } => Vec::new(),
                _ => reader.find(&document.text, &paragraph, budget),
            };
            mend(&document.text, &paragraph, &mut found);
            add_quotations(&document.text, &paragraph, &mut found);
            add_clauses(&document.text, &paragraph, &mut found);
            mend_sources(&document.text, &paragraph, &mut found);
            add_inner(&document.text, &paragraph, &mut found);
            budget.said(&paragraph, found.len());
            paragraph.forget_features();
            out.push(Passage { block: index, paragraph, found });
        }
    }
    add_turns(&document.text, &mut out);
    out
}

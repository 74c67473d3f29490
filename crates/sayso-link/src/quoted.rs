//! Which of the words that two pages share are a third party's. Two pages that quote the same words of somebody have
//! not copied each other.

use crate::chain::is_own;
use crate::reuse::Passage;
use crate::sources::{Name, mentions, outlet};
use crate::words;
use sayso_record::{BlockKind, Document, SourceKind, Span, Statement};

/// From this share of its words on, a passage is a third party's.
const THIRD: f32 = 0.8;

/// Where a page gives words that are neither its own nor those of the page that it is compared with.
#[derive(Debug)]
pub(crate) struct Voices<'a> {
    text: &'a str,
    /// Words in quotation marks or set apart.
    quoted: Vec<Span>,
    /// What is credited to somebody, a statement each.
    credited: Vec<&'a [Span]>,
    /// What the page credits to the other page, or passes on from it.
    of_other: Vec<Span>,
}

impl<'a> Voices<'a> {
    /// The voices of a page beside another.
    pub(crate) fn of(page: &'a Document, statements: &'a [Statement], other: &Document) -> Voices<'a> {
        let there = Name::of(&outlet(other)).key();
        let is_other = |statement: &&Statement| {
            mentions(statement)
                .any(|mention| !mention.name.is_empty() && Name::of(&mention.name).key() == there)
        };
        let (of_other, others): (Vec<&Statement>, Vec<&Statement>) =
            statements.iter().filter(|one| !is_own(one)).partition(is_other);
        let third = others.into_iter().filter(|one| one.source.kind != SourceKind::Nobody);
        Voices {
            text: &page.text,
            quoted: quotations(page),
            credited: third.map(|one| one.content.as_slice()).collect(),
            of_other: of_other.into_iter().flat_map(|one| one.content.iter().copied()).collect(),
        }
    }

    /// The shares of a passage that are quoted, and that one statement of a third party's holds.
    fn shares(&self, passage: Span) -> (f32, f32) {
        let within: Vec<Span> = words::spans(passage.of(self.text))
            .map(|word| {
                let start = passage.start as usize;
                Span::new(start + word.start as usize, start + word.end as usize)
            })
            .filter(|word| !self.of_other.iter().any(|span| span.contains(*word)))
            .collect();
        let all = words::spans(passage.of(self.text)).count().max(1) as f32;
        let held = |spans: &[Span]| {
            within.iter().filter(|word| spans.iter().any(|span| span.contains(**word))).count() as f32 / all
        };
        let credited = self.credited.iter().map(|spans| held(spans)).fold(0.0, f32::max);
        (held(&self.quoted), credited)
    }
}

/// Whether a shared passage is a third party's: quoted on either page, or in one statement of somebody on both.
pub(crate) fn is_third_partys(passage: &Passage, a: &Voices, b: &Voices) -> bool {
    let ((quoted_a, credited_a), (quoted_b, credited_b)) = (a.shares(passage.a), b.shares(passage.b));
    quoted_a.max(quoted_b) >= THIRD || quoted_a.max(credited_a).min(quoted_b.max(credited_b)) >= THIRD
}

/// What stands in quotation marks, and in blocks that are quotations.
fn quotations(page: &Document) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for block in &page.blocks {
        match &block.kind {
            BlockKind::Quotation { .. } => found.push(block.span),
            _ => in_marks(&page.text, block.span, &mut found),
        }
    }
    found
}

/// What stands in quotation marks in a block; marks that nobody closes go on to its end, as in a speech of several
/// paragraphs.
fn in_marks(text: &str, block: Span, found: &mut Vec<Span>) {
    let start = block.start as usize;
    let mut opened: Option<usize> = None;
    let words = block.of(text);
    for (at, c) in words.char_indices() {
        let (opens, closes) = match c {
            '“' | '„' | '«' => (true, false),
            '”' | '»' => (false, true),
            '"' => (opened.is_none(), opened.is_some()),
            _ => continue,
        };
        match opened {
            None if opens => opened = Some(at),
            Some(from) if closes => {
                found.push(Span::new(start + from, start + at + c.len_utf8()));
                opened = None;
            }
            _ => {}
        }
    }
    if let Some(from) = opened {
        found.push(Span::new(start + from, start + words.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        in_marks(text, Span::new(0, text.len()), &mut found);
        found.into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn what_stands_in_marks_is_quoted() {
        assert_eq!(marked("He said “no, never,” and left."), ["“no, never,”"]);
        assert_eq!(marked("\"No,\" he said. \"Never"), ["\"No,\"", "\"Never"]);
        assert!(marked("He said nothing.").is_empty());
    }
}

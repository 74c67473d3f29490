//! Quotations in plain text, which has no marks for them but the words around.

use super::lines::Paragraph;
use crate::document::voice;
use crate::document::wrap::Wrap;
use sayso_record::{BlockKind, Span};

/// A quotation that begins at some paragraph.
pub(super) struct Found {
    /// How many paragraphs it takes.
    pub(super) length: usize,
    /// The words that introduce it.
    pub(super) lead_in: Option<Span>,
}

/// The quotation that begins at paragraph `at`, if one does.
pub(super) fn at(text: &str, paragraphs: &[Paragraph], at: usize) -> Option<Found> {
    let words = |index: usize| paragraphs[index].span.of(text);
    if paragraphs[at].depth > 0 {
        let length = paragraphs[at..].iter().take_while(|paragraph| paragraph.depth > 0).count();
        let lead_in =
            at.checked_sub(1).and_then(|before| voice::lead_in_span(text, paragraphs[before].span, false));
        return Some(Found { length, lead_in });
    }
    if voice::is_ellipsis(words(at)) {
        return None;
    }
    // "..." parts two quotations that have one lead-in.
    let mut before = at.checked_sub(1)?;
    let mut parted = false;
    while voice::is_ellipsis(words(before)) {
        parted = true;
        before = before.checked_sub(1)?;
    }
    if voice::opens_quoted(words(at)) {
        // After "...", the quotation above must itself have been led in.
        let mut top = before;
        while parted && voice::opens_quoted(words(top)) || voice::is_ellipsis(words(top)) {
            top = top.checked_sub(1)?;
        }
        let lead_in = voice::lead_in_span(text, paragraphs[top].span, false)?;
        let length = (at..paragraphs.len()).take_while(|&index| voice::opens_quoted(words(index))).count();
        return Some(Found { length, lead_in: Some(lead_in) });
    }
    let lead_in = voice::lead_in_span(text, paragraphs[before].span, true).filter(|_| !parted)?;
    let length = unmarked(text, paragraphs, at, lead_in.of(text));
    Some(Found { length, lead_in: Some(lead_in) })
}

/// How many paragraphs an unmarked quotation takes: the first, and all until the author's own voice is back.
fn unmarked(text: &str, paragraphs: &[Paragraph], at: usize, lead_in: &str) -> usize {
    let words = |index: usize| paragraphs[index].span.of(text);
    let quoted_self = voice::speaks_of_self(words(at));
    let speaker = voice::speaker(lead_in);
    // Where lead-in and first words are set in deeper than the text around, the same margin holds the rest.
    let indent = paragraphs[at].indent;
    let margin = indent > paragraphs[at - 1].indent;
    let goes_on = |index: usize| {
        let paragraph = &paragraphs[index];
        if margin {
            return paragraph.indent >= indent;
        }
        voice::is_ellipsis(words(index))
            || !(paragraph.depth > 0
                || crate::document::notice::recognise(words(index)).is_some()
                || voice::author_is_back(words(index), quoted_self, speaker)
                || voice::lead_in(words(index), true).is_some())
    };
    let mut length = 1 + (at + 1..paragraphs.len()).take_while(|&index| goes_on(index)).count();
    while length > 1 && voice::is_ellipsis(words(at + length - 1)) {
        length -= 1;
    }
    length
}

/// Quotations inside a quotation, by their depths: each run of deeper paragraphs is one more.
pub(super) fn nested(depths: &[usize], first: usize, out: &mut Vec<Wrap>) {
    let kind = BlockKind::Quotation { href: None, lead_in: None };
    let mut level = 2;
    let deepest = depths.iter().copied().max().unwrap_or(0);
    let from = out.len();
    while level <= deepest {
        let mut at = 0;
        while at < depths.len() {
            let run = depths[at..].iter().take_while(|&&depth| depth >= level).count();
            if run > 0 {
                out.push(Wrap { blocks: first + at..first + at + run, kind: kind.clone() });
            }
            at += run.max(1);
        }
        level += 1;
    }
    out[from..].sort_by_key(|wrap| (wrap.blocks.start, std::cmp::Reverse(wrap.blocks.end)));
}

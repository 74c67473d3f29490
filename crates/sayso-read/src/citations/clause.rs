//! The words that a citation is there for: its sentence, or the clause of it where the sentence has several citations.

use super::paragraph::{Mark, Paragraph};
use crate::Reader;
use crate::text::{sentences, tokens};
use std::ops::Range;

/// What a mark is there for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// Its sentence, as a place in the paragraph.
    pub(super) sentence: Range<usize>,
    /// The clause, as a sentence of its own.
    pub(super) words: String,
}

/// What stands between two clauses of a sentence.
const BETWEEN: &[&str] = &[
    "; ",
    ", and ",
    ", but ",
    ", while ",
    ", whereas ",
    ", though ",
    ", although ",
    " and that ",
    ", und ",
    ", aber ",
];
/// Words with which a clause goes on from the one before.
const GOES_ON: &[&str] = &[
    "and", "but", "while", "whereas", "though", "although", "or", "yet", "so", "that", "und", "aber", "dass",
];

/// Each mark of a paragraph with its clause; marks without any words before them have none.
pub(super) fn clauses<'p>(reader: &Reader, paragraph: &'p Paragraph) -> Vec<(&'p Mark, Clause)> {
    let text = &paragraph.text;
    let mut cut = Vec::new();
    tokens(text, 0..text.len(), &mut cut);
    let sentences: Vec<Range<usize>> = sentences(text, &cut)
        .into_iter()
        .map(|range| cut[range.start].start as usize..cut[range.end - 1].end as usize)
        .collect();
    let of = |mark: &Mark| match mark.is_note {
        true => sentences.iter().rposition(|sentence| sentence.start < mark.at.end),
        false => sentences.iter().rposition(|sentence| sentence.start <= mark.at.start),
    };
    let mut found = Vec::new();
    for mark in &paragraph.marks {
        let Some(at) = of(mark) else { continue };
        let sentence = sentences[at].clone();
        let others = paragraph.marks.iter().filter(|other| of(other) == Some(at) && other.at != mark.at);
        let part = match mark.is_note {
            true => {
                let end = mark.at.end.clamp(sentence.start, sentence.end);
                let ends = |other: &Mark| if other.is_note { other.at.end } else { sentence.start };
                let start = others.map(ends).filter(|&at| at < end).fold(sentence.start, usize::max);
                // What comes after the last note of a sentence is its too.
                let is_last = !paragraph
                    .marks
                    .iter()
                    .any(|other| of(other) == Some(at) && other.is_note && other.at.end > mark.at.end);
                start..if is_last { sentence.end } else { end }
            }
            false => around(text, sentence.clone(), mark.at.clone()),
        };
        let words = clause(reader, text, part, sentence.clone());
        if !words.is_empty() {
            found.push((mark, Clause { sentence, words }));
        }
    }
    found
}

/// The part of a sentence between two joints that holds a link.
fn around(text: &str, sentence: Range<usize>, link: Range<usize>) -> Range<usize> {
    let words = &text[sentence.clone()];
    let mut joints: Vec<usize> = BETWEEN
        .iter()
        .flat_map(|joint| words.match_indices(joint).map(|(at, joint)| sentence.start + at + joint.len()))
        .collect();
    joints.sort_unstable();
    let start = joints.iter().copied().filter(|&at| at <= link.start).fold(sentence.start, usize::max);
    let end = joints.iter().copied().filter(|&at| at > link.start).fold(sentence.end, usize::min);
    start..end
}

/// A part of a sentence as a sentence; the whole where the part says nothing by itself.
fn clause(reader: &Reader, text: &str, part: Range<usize>, sentence: Range<usize>) -> String {
    let whole = finished(&text[sentence.clone()]);
    if part == sentence {
        return whole;
    }
    let mut words =
        text[part].trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '—' | '–' | ':'));
    while let Some((first, rest)) = words.split_once(' ') {
        if !GOES_ON.contains(&first.to_lowercase().trim_matches(',')) {
            break;
        }
        words = rest.trim_start();
    }
    for joint in BETWEEN {
        let joint = joint.trim_end();
        words = words
            .strip_suffix(joint)
            .or_else(|| words.strip_suffix(joint.trim_start_matches(',')))
            .unwrap_or(words);
    }
    let own = finished(words);
    if own.split_whitespace().count() >= 3 && reader.is_clause(&own) { own } else { whole }
}

/// Words as a sentence: a capital before, a full stop behind.
fn finished(words: &str) -> String {
    let words = words.trim().trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':'));
    let mut chars = words.chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut out: String = first.to_uppercase().chain(chars).collect();
    if !out.ends_with(['.', '!', '?', '…', '”', '"', '’', ')']) {
        out.push('.');
    }
    out
}

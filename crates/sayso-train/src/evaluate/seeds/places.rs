//! Where the answers' words stand in the document as it was read.
//!
//! Answers count the characters of the file; the document's text may leave some of them out (bullets, addresses,
//! stray lines). So both are cut into tokens and the tokens are aligned, and all comparing is done on the
//! document's tokens. A token of the file that was not read becomes one that no statement can have.

use super::gold::Place;
use crate::code_points::CodePoints;
use crate::score::tokens::Tokens;
use anyhow::Result;
use sayso_record::Span;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeSet;
use std::ops::Range;

/// A document's tokens, with those of the file that they come from.
pub(super) struct Places<'a> {
    text: &'a str,
    tokens: Tokens,
    texts: Vec<&'a str>,
    /// Where each token stands in the text, in bytes.
    bytes: Vec<Range<usize>>,
    points: CodePoints,
    file: Tokens,
    file_text: String,
    /// For every token of the file its place in the document.
    read_as: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(super) fn new(file_text: &str, text: &'a str) -> Places<'a> {
        let (file, tokens) = (Tokens::of(file_text), Tokens::of(text));
        let (file_texts, texts) = (file.texts(file_text), tokens.texts(text));
        let mut read_as: Vec<usize> = (0..file.len()).map(|token| usize::MAX - token).collect();
        for op in capture_diff_slices(Algorithm::Myers, &file_texts, &texts) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                (0..len).for_each(|at| read_as[old_index + at] = new_index + at);
            }
        }
        Places {
            points: CodePoints::of(text),
            bytes: tokens.byte_ranges(text),
            text,
            tokens,
            texts,
            file,
            file_text: file_text.to_owned(),
            read_as,
        }
    }

    /// The tokens that spans of the document touch.
    pub(super) fn of_spans(&self, spans: &[Span]) -> Result<BTreeSet<usize>> {
        let ranges = self.tokens.ranges(&self.points.spans(spans))?;
        Ok(ranges.into_iter().flat_map(|(first, last)| first..last).collect())
    }

    /// The tokens that an answer means. Words that stand in the document more than once are sought nearest to the
    /// tokens in `near`.
    pub(super) fn of_answer(&self, places: &[Place], near: &BTreeSet<usize>) -> Result<BTreeSet<usize>> {
        let mut found = BTreeSet::new();
        for place in places {
            match place {
                Place::Offsets(offsets) => {
                    let ranges = self.file.ranges(&[*offsets])?;
                    match self.cut_words(*offsets, &ranges) {
                        Some(words) => found.extend(self.of_words(&words, near)),
                        None => found.extend(
                            ranges.into_iter().flat_map(|(first, last)| self.read_as[first..last].to_vec()),
                        ),
                    }
                }
                Place::Words(words) => found.extend(self.of_words(words, near)),
            }
        }
        Ok(found)
    }

    /// The words at offsets that start or end inside a word: such an answer was made by a search for the words that
    /// hit the middle of another word, so it is the words that count.
    fn cut_words(&self, [start, end]: [usize; 2], ranges: &[(usize, usize)]) -> Option<String> {
        let words: String = self.file_text.chars().take(end).skip(start).collect();
        let whole = self.file.texts(&self.file_text);
        let touched: Vec<&str> =
            ranges.iter().flat_map(|&(first, last)| &whole[first..last]).copied().collect();
        (Tokens::of(&words).texts(&words) != touched).then_some(words)
    }

    /// Whether an answer's offsets start or end inside a word, so that its words had to be sought.
    pub(super) fn cuts_a_word(&self, places: &[Place]) -> bool {
        places.iter().any(|place| match place {
            Place::Offsets(offsets) => {
                self.file.ranges(&[*offsets]).is_ok_and(|ranges| self.cut_words(*offsets, &ranges).is_some())
            }
            Place::Words(_) => false,
        })
    }

    fn of_words(&self, words: &str, near: &BTreeSet<usize>) -> Vec<usize> {
        let sought = Tokens::of(words).texts(words);
        let starts = self.texts.windows(sought.len().max(1)).enumerate();
        let starts = starts.filter(|(_, texts)| *texts == sought).map(|(at, _)| at);
        let distance = |start: usize| {
            let gap = |token: usize| match token {
                _ if token < start => start - token,
                _ => token.saturating_sub(start + sought.len() - 1),
            };
            near.iter().map(|&token| gap(token)).min().unwrap_or(start)
        };
        match starts.min_by_key(|&at| distance(at)) {
            Some(start) => (start..start + sought.len()).collect(),
            None => (0..sought.len()).map(|at| usize::MAX - at).collect(),
        }
    }

    /// The words at tokens, for people: gaps are shown, and what was not read too.
    pub(super) fn words(&self, tokens: &BTreeSet<usize>) -> String {
        let tokens: Vec<usize> = tokens.iter().copied().collect();
        let runs = tokens.chunk_by(|a, b| a + 1 == *b).map(|run| match (run.first(), run.last()) {
            (Some(&first), Some(&last)) if last < self.bytes.len() => {
                &self.text[self.bytes[first].start..self.bytes[last].end]
            }
            _ => "(words that were not read)",
        });
        runs.collect::<Vec<_>>().join(" … ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "By  | \n\n  • http://ada.example/ Ada Roe\n\n    I think so. “No,” I say.";
    const TEXT: &str = "I think so. “No,” I say.";

    #[test]
    fn offsets_of_the_file_find_the_words_that_were_read() {
        let places = Places::new(FILE, TEXT);
        let start = FILE.chars().count() - "I say.".chars().count();
        let answer = places.of_answer(&[Place::Offsets([start, start + 5])], &BTreeSet::new()).unwrap();
        let start = TEXT.rfind("I say").unwrap();
        assert_eq!(answer, places.of_spans(&[Span::new(start, start + 5)]).unwrap());
        assert_eq!(places.words(&answer), "I say");
    }

    #[test]
    fn offsets_inside_a_word_mean_their_own_words() {
        let text = "the man left, he said";
        let places = Places::new(text, text);
        let answer = places.of_answer(&[Place::Offsets([1, 3])], &BTreeSet::from([5])).unwrap();
        assert_eq!(places.words(&answer), "he");
        assert!(
            places.cuts_a_word(&[Place::Offsets([1, 3])]) && !places.cuts_a_word(&[Place::Offsets([0, 3])])
        );
    }

    #[test]
    fn words_are_sought_nearest_and_what_was_not_read_matches_nothing() {
        let places = Places::new(TEXT, TEXT);
        let words = |words: &str, near: &[usize]| {
            places.of_answer(&[Place::Words(words.to_owned())], &near.iter().copied().collect()).unwrap()
        };
        assert_eq!(words("I", &[]), BTreeSet::from([0]));
        assert_eq!(words("I", &[1, 2]), BTreeSet::from([0]));
        assert_eq!(words("I", &[5, 6]), BTreeSet::from([8]));
        let places = Places::new(FILE, TEXT);
        let unread = places.of_answer(&[Place::Offsets([0, 5])], &BTreeSet::new()).unwrap();
        assert_eq!((unread.len(), places.words(&unread)), (2, "(words that were not read)".to_owned()));
    }
}

//! A text as attribution scorers see it: its tokens, which of them are words, and which stand in quotation marks.
//!
//! A token is a run of word characters, or any other character that is not white space, by itself. Offsets count
//! code points, as the test sets do.

use super::words::{is_space, is_word};
use anyhow::{Result, bail};
use std::collections::BTreeSet;

/// A contiguous range of tokens, half open.
pub(crate) type Range = (usize, usize);

/// The tokens of a text.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    starts: Vec<usize>,
    ends: Vec<usize>,
    words: Vec<bool>,
    quoted: Vec<bool>,
    length: usize,
}

impl Tokens {
    pub(crate) fn of(text: &str) -> Tokens {
        let characters: Vec<char> = text.chars().collect();
        let mut tokens = Tokens { length: characters.len(), ..Tokens::default() };
        let (mut at, mut previous, mut inside) = (0, 0, false);
        while at < characters.len() {
            let start = at;
            at += 1;
            if is_word(characters[start]) {
                while at < characters.len() && is_word(characters[at]) {
                    at += 1;
                }
            } else if is_space(characters[start]) {
                continue;
            }
            // A quotation that is not closed ends with its line.
            inside &= !characters[previous..start].contains(&'\n');
            previous = at;
            inside = match characters[start] {
                '\u{201c}' | '\u{201e}' | '\u{ab}' => true,
                '\u{201d}' | '\u{bb}' => false,
                '"' | '\u{ff02}' => !inside,
                // Two single marks typed for a double one.
                '\'' if start > 0 && characters[start - 1] == '\'' => !inside,
                _ => inside,
            };
            tokens.starts.push(start);
            tokens.ends.push(at);
            tokens
                .words
                .push(characters[start..at].iter().any(|&character| character != '_' && is_word(character)));
            tokens.quoted.push(inside);
        }
        tokens
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Where each token stands in the text, in bytes.
    pub(crate) fn byte_ranges(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        let bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        self.starts.iter().zip(&self.ends).map(|(&start, &end)| bytes[start]..bytes[end]).collect()
    }

    /// The tokens themselves.
    pub(crate) fn texts<'a>(&self, text: &'a str) -> Vec<&'a str> {
        self.byte_ranges(text).into_iter().map(|range| &text[range]).collect()
    }

    /// Whether a token has a letter or a digit.
    pub(crate) fn is_word(&self, token: usize) -> bool {
        self.words[token]
    }

    /// The tokens that spans of code points touch, as sorted, disjoint ranges; ranges that touch are joined.
    pub(crate) fn ranges(&self, spans: &[[usize; 2]]) -> Result<Vec<Range>> {
        let mut raw = Vec::with_capacity(spans.len());
        for &[start, end] in spans {
            if start > end || end > self.length {
                bail!("span [{start}, {end}] outside the text, which has {} code points", self.length);
            }
            let first = self.ends.partition_point(|&token_end| token_end <= start);
            let last = self.starts.partition_point(|&token_start| token_start < end);
            if first < last {
                raw.push((first, last));
            }
        }
        raw.sort_unstable();
        let mut ranges: Vec<Range> = Vec::with_capacity(raw.len());
        for (first, last) in raw {
            match ranges.last_mut() {
                Some(before) if first <= before.1 => before.1 = before.1.max(last),
                _ => ranges.push((first, last)),
            }
        }
        Ok(ranges)
    }

    /// The range without tokens that are no words at its ends.
    pub(crate) fn trim(&self, (mut first, mut last): Range) -> Range {
        while first < last && !self.words[first] {
            first += 1;
        }
        while last > first && !self.words[last - 1] {
            last -= 1;
        }
        (first, last)
    }

    /// `direct` where every word stands in quotation marks, `indirect` where none does, else `mixed`.
    pub(crate) fn manner(&self, tokens: &BTreeSet<usize>) -> &'static str {
        let mut quoted = tokens.iter().filter(|token| self.words[**token]).map(|token| self.quoted[*token]);
        match quoted.next() {
            None => "indirect",
            Some(first) if quoted.all(|other| other == first) => ["indirect", "direct"][usize::from(first)],
            Some(_) => "mixed",
        }
    }
}

/// Shared tokens divided by all tokens; two empty sets are alike.
pub(crate) fn jaccard(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let shared = a.intersection(b).count();
    shared as f64 / (a.len() + b.len() - shared) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_take_every_token_they_touch() {
        let text = "Zoë said: “No — it isn't.”";
        let tokens = Tokens::of(text);
        // 0 Zoë 1 said 2 : 3 “ 4 No 5 — 6 it 7 isn 8 ' 9 t 10 . 11 ”
        assert_eq!(tokens.texts(text), ["Zoë", "said", ":", "“", "No", "—", "it", "isn", "'", "t", ".", "”"]);
        assert_eq!(tokens.ranges(&[[2, 5]]).unwrap(), [(0, 2)]);
        assert_eq!(tokens.ranges(&[[3, 4]]).unwrap(), []);
        assert_eq!(tokens.ranges(&[[11, 13], [14, 15], [0, 3]]).unwrap(), [(0, 1), (4, 6)]);
        assert_eq!(tokens.trim((2, 12)), (4, 10));
        assert_eq!(tokens.trim((2, 4)), (4, 4));
        assert!(tokens.ranges(&[[0, 27]]).is_err() && tokens.ranges(&[[5, 4]]).is_err());
    }

    #[test]
    fn manner_follows_the_quotation_marks() {
        let manner = |text: &str, from: &str| {
            let tokens = Tokens::of(text);
            let start = text[..text.find(from).unwrap()].chars().count();
            let ranges = tokens.ranges(&[[start, start + from.chars().count()]]).unwrap();
            tokens.manner(&ranges.iter().flat_map(|&(first, last)| first..last).collect())
        };
        assert_eq!(manner("\"We go,\" he said.", "\"We go,\""), "direct");
        assert_eq!(manner("''We go,'' he said.", "We go"), "direct");
        assert_eq!(manner("He said they \"go\" now.", "they \"go\" now"), "mixed");
        assert_eq!(manner("“Open\nand then closed", "and then"), "indirect");
        assert_eq!(manner("He said ...", "..."), "indirect");
    }
}

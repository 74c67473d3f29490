//! A text as hashed runs of five words, and the fingerprints that winnowing picks from them.

use crate::words;
use sayso_record::Span;
use std::hash::Hasher;

/// Words in a shingle.
pub const SHINGLE_WORDS: usize = 5;

/// Winnowing's window, in shingles: two texts that share `WINDOW + SHINGLE_WORDS - 1` words in a row share a
/// fingerprint for certain.
const WINDOW: usize = 6;

const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// A text's shingles: hashes of every five words in a row, in lower case and without punctuation.
#[derive(Clone, Debug, Default)]
pub struct Shingles {
    words: Vec<Span>,
    hashes: Vec<u64>,
    distinct: Vec<u64>,
}

impl Shingles {
    /// Cuts a text. A text of fewer than five words has no shingle.
    pub fn of(text: &str) -> Shingles {
        let words: Vec<Span> = words::spans(text).collect();
        let mut lowered = String::new();
        let codes: Vec<u64> = words.iter().map(|span| code(span.of(text), &mut lowered)).collect();
        let hashes = rolled(&codes);
        let mut distinct = hashes.clone();
        distinct.sort_unstable();
        distinct.dedup();
        Shingles { words, hashes, distinct }
    }

    /// How many different shingles there are.
    pub fn len(&self) -> usize {
        self.distinct.len()
    }

    /// Whether the text is too short to have a shingle.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The bytes of words `first` to `last`, both included.
    pub(super) fn bytes(&self, first: usize, last: usize) -> Span {
        self.words[first].cover(self.words[last])
    }

    /// The hash of the shingle at every word, in order.
    pub(super) fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The different hashes, ascending.
    pub(super) fn distinct(&self) -> &[u64] {
        &self.distinct
    }

    /// The fingerprints: the least hash of every window of [`WINDOW`] shingles, each once.
    /// Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003.
    pub fn fingerprints(&self) -> Vec<u64> {
        let window = WINDOW.min(self.hashes.len());
        if window == 0 {
            return Vec::new();
        }
        let mut chosen: Vec<u64> = Vec::with_capacity(self.hashes.len() / 3 + 1);
        let mut least = usize::MAX;
        for end in window..=self.hashes.len() {
            let start = end - window;
            if least == usize::MAX || least < start {
                least = (start..end).min_by_key(|&at| (self.hashes[at], usize::MAX - at)).unwrap_or(start);
            } else if self.hashes[end - 1] <= self.hashes[least] {
                least = end - 1;
            } else {
                continue;
            }
            chosen.push(self.hashes[least]);
        }
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }
}

/// The hash of every five codes in a row, each from the one before it in constant time.
fn rolled(codes: &[u64]) -> Vec<u64> {
    if codes.len() < SHINGLE_WORDS {
        return Vec::new();
    }
    let leaving = (0..SHINGLE_WORDS).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = 0u64;
    let mut hashes = Vec::with_capacity(codes.len() - SHINGLE_WORDS + 1);
    for (at, &code) in codes.iter().enumerate() {
        hash = hash.wrapping_mul(BASE).wrapping_add(code);
        if at >= SHINGLE_WORDS {
            hash = hash.wrapping_sub(codes[at - SHINGLE_WORDS].wrapping_mul(leaving));
        }
        if at + 1 >= SHINGLE_WORDS {
            hashes.push(mixed(hash));
        }
    }
    hashes
}

/// A word's code. `lowered` is scratch space.
fn code(word: &str, lowered: &mut String) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    lowered.clear();
    lowered.push_str(word);
    if word.is_ascii() {
        lowered.make_ascii_lowercase();
    } else {
        *lowered = word.to_lowercase();
    }
    hasher.write(lowered.as_bytes());
    mixed(hasher.finish() ^ (lowered.len() as u64))
}

/// MurmurHash3's finaliser: every bit of the input moves every bit of the output.
fn mixed(mut x: u64) -> u64 {
    x ^= x >> 33;
    x = x.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    x ^= x >> 33;
    x = x.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    x ^ (x >> 33)
}

//! What exactly two texts share: passages with their bytes on both sides.

use super::{SHINGLE_WORDS, Shingles};
use rustc_hash::FxHashMap;
use sayso_record::Span;

/// Words that may be changed, added or dropped inside a passage before it counts as two.
const GAP_WORDS: usize = 12;
/// How far a passage may drift, in words, between the two texts.
const BAND_WORDS: usize = 10;
/// A shingle that a text repeats more often than this says nothing about where a passage stands.
const REPEATS: usize = 4;
/// The least number of shared words that make a passage; fewer are a set phrase.
const LEAST_WORDS: usize = 8;

/// What two texts, `a` and `b`, share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlap {
    /// Shared shingles by the shingles of the smaller text, 0 to 1.
    pub containment: f32,
    /// Shared shingles by those of `a`.
    pub of_a: f32,
    /// Shared shingles by those of `b`.
    pub of_b: f32,
    /// The shared passages, in the order of `a`.
    pub passages: Vec<Passage>,
}

/// A passage that stands in two texts, word for word or lightly changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passage {
    /// Where it stands in the first text, in bytes.
    pub a: Span,
    /// Where it stands in the second.
    pub b: Span,
    /// How many words are the same on both sides, in runs of at least five.
    pub words: u32,
}

/// A run of matches that keep close to one diagonal.
struct Band {
    first: (usize, usize),
    last: (usize, usize),
    words: usize,
}

/// Compares two texts exactly and aligns what they share. Takes time linear in the texts for all but repetitive ones.
pub fn compare(a: &Shingles, b: &Shingles) -> Overlap {
    let shared = a.shared(b) as f32;
    if shared == 0.0 {
        return Overlap::default();
    }
    let mut passages: Vec<Passage> = bands(a, b)
        .into_iter()
        .filter(|band| band.words >= LEAST_WORDS)
        .map(|band| Passage {
            a: a.bytes(band.first.0, band.last.0 + SHINGLE_WORDS - 1),
            b: b.bytes(band.first.1, band.last.1 + SHINGLE_WORDS - 1),
            words: band.words as u32,
        })
        .collect();
    passages.sort_by_key(|passage| (passage.a, passage.b));
    let share = |text: &Shingles| shared / text.len().max(1) as f32;
    Overlap {
        containment: share(if a.len() <= b.len() { a } else { b }),
        of_a: share(a),
        of_b: share(b),
        passages,
    }
}

/// Chains the matching shingles, in the order of `a`, into bands.
fn bands(a: &Shingles, b: &Shingles) -> Vec<Band> {
    let mut places: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, &hash) in b.hashes().iter().enumerate() {
        places.entry(hash).or_default().push(at);
    }
    let mut done: Vec<Band> = Vec::new();
    let mut open: Vec<Band> = Vec::new();
    for (i, hash) in a.hashes().iter().enumerate() {
        let Some(there) = places.get(hash).filter(|there| there.len() <= REPEATS) else { continue };
        let (near, past): (Vec<Band>, Vec<Band>) =
            open.into_iter().partition(|band| i - band.last.0 <= GAP_WORDS + SHINGLE_WORDS);
        open = near;
        done.extend(past);
        for &j in there {
            match open.iter_mut().filter(|band| joins(band, i, j)).max_by_key(|band| band.words) {
                Some(band) => {
                    band.words += (i - band.last.0).min(j - band.last.1).min(SHINGLE_WORDS);
                    band.last = (i, j);
                }
                None => open.push(Band { first: (i, j), last: (i, j), words: SHINGLE_WORDS }),
            }
        }
    }
    done.extend(open);
    done
}

/// Whether a match goes on where a band ended.
fn joins(band: &Band, i: usize, j: usize) -> bool {
    let (last_i, last_j) = band.last;
    i > last_i
        && j > last_j
        && j - last_j <= GAP_WORDS + SHINGLE_WORDS
        && (i - last_i).abs_diff(j - last_j) <= BAND_WORDS
}

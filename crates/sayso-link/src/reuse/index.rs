//! Which texts may share a passage with a new one, without looking at any of them again.

use super::Shingles;
use rustc_hash::FxHashMap;

/// A fingerprint keeps its first so many holders. A passage with more copies than that is either boilerplate, or a
/// story whose first copies are found anyway; later ones would add cost and no origin.
const HOLDERS: u32 = 256;

/// The least share of the smaller text's fingerprints that makes another text worth comparing.
const LEAST_SHARE: f32 = 0.05;

/// Fingerprints of many texts. Texts are numbered by the caller.
#[derive(Clone, Debug, Default)]
pub struct ReuseIndex {
    chains: FxHashMap<u64, Chain>,
    /// The links of all chains: a text, and the link before it or [`NONE`]. One growing list in place of a list for
    /// every fingerprint, most of which have one holder.
    links: Vec<(u32, u32)>,
    counts: FxHashMap<u32, u32>,
}

/// The texts that hold one fingerprint, as a chain through [`ReuseIndex::links`].
#[derive(Clone, Copy, Debug)]
struct Chain {
    last: u32,
    length: u32,
}

const NONE: u32 = u32::MAX;

/// A text that shares fingerprints with the one that was asked about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The number that the text was added under.
    pub text: u32,
    /// How many fingerprints are shared.
    pub shared: u32,
    /// The share of the smaller text's fingerprints, 0 to 1: an estimate of the containment.
    pub estimate: f32,
}

impl ReuseIndex {
    /// Adds a text's fingerprints under a number that is not in use yet.
    pub fn add(&mut self, text: u32, fingerprints: &[u64]) {
        for &print in fingerprints {
            let chain = self.chains.entry(print).or_insert(Chain { last: NONE, length: 0 });
            if chain.length < HOLDERS {
                self.links.push((text, chain.last));
                *chain = Chain { last: self.links.len() as u32 - 1, length: chain.length + 1 };
            }
        }
        self.counts.insert(text, fingerprints.len() as u32);
    }

    /// Whether a text was added under this number.
    pub fn holds(&self, text: u32) -> bool {
        self.counts.contains_key(&text)
    }

    /// The texts that share enough with this one to be worth [comparing](super::compare), most shared first.
    /// `least` is the least number of shared fingerprints; whatever shares a twentieth of the smaller text, and at
    /// least that many, is named.
    pub fn candidates(&self, fingerprints: &[u64], least: u32) -> Vec<Candidate> {
        let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
        for print in fingerprints {
            for text in self.holders(*print) {
                *shared.entry(text).or_default() += 1;
            }
        }
        let mut found: Vec<Candidate> = shared
            .into_iter()
            .filter_map(|(text, shared)| {
                let smaller = self.counts.get(&text).copied().unwrap_or(0).min(fingerprints.len() as u32);
                let estimate = shared as f32 / smaller.max(1) as f32;
                (shared >= least && estimate >= LEAST_SHARE).then_some(Candidate { text, shared, estimate })
            })
            .collect();
        found.sort_by_key(|candidate| (std::cmp::Reverse(candidate.shared), candidate.text));
        found
    }

    /// The texts that hold a fingerprint, the latest first.
    fn holders(&self, print: u64) -> impl Iterator<Item = u32> + '_ {
        let mut next = self.chains.get(&print).map_or(NONE, |chain| chain.last);
        std::iter::from_fn(move || {
            let &(text, before) = self.links.get(next as usize)?;
            next = before;
            Some(text)
        })
    }

    /// How many texts are indexed.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether nothing is indexed.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}

impl Shingles {
    /// The containment of the smaller of two texts in the other: shared shingles by the smaller number of shingles.
    /// Broder, "On the resemblance and containment of documents", SEQUENCES 1997.
    pub fn containment(&self, other: &Shingles) -> f32 {
        let smaller = self.len().min(other.len());
        if smaller == 0 { 0.0 } else { self.shared(other) as f32 / smaller as f32 }
    }

    /// How many different shingles two texts share.
    pub fn shared(&self, other: &Shingles) -> usize {
        let (a, b) = (self.distinct(), other.distinct());
        let (mut i, mut j, mut shared) = (0, 0, 0);
        while i < a.len() && j < b.len() {
            let (x, y) = (a[i], b[j]);
            shared += usize::from(x == y);
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        shared
    }
}

//! An inverted index over claims that grows one at a time, ranked by BM25F.
//! Zaragoza et al., "Microsoft Cambridge at TREC-13: Web and HARD tracks", TREC 2004.

use crate::words::Wording;
use rustc_hash::FxHashMap;

/// Fields of an indexed text: the claim itself, and the headline it stands under.
const FIELDS: usize = 2;

/// How many postings one search reads at most.
const POSTINGS_READ: usize = 150_000;

/// What BM25F is tuned by.
#[derive(Clone, Copy, Debug)]
pub struct Tuning {
    /// How slowly repeated words saturate.
    pub k1: f32,
    /// How much a field's length counts against it, 0 to 1.
    pub b: [f32; FIELDS],
    /// How much a word in a field counts.
    pub weight: [f32; FIELDS],
}

impl Default for Tuning {
    /// Tuned on the training and development queries of the checked claims.
    fn default() -> Tuning {
        Tuning { k1: 1.2, b: [0.5, 0.5], weight: [1.0, 0.8] }
    }
}

/// A text that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// The number under which it was added; numbers count up from 0.
    pub text: u32,
    /// Its BM25F score.
    pub score: f32,
}

#[derive(Clone, Copy, Debug)]
struct Posting {
    text: u32,
    times: [u8; FIELDS],
}

/// The index. Texts are numbered in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub struct ClaimIndex {
    tuning: Tuning,
    postings: FxHashMap<u64, Vec<Posting>>,
    lengths: Vec<[u16; FIELDS]>,
    total: [u64; FIELDS],
}

impl ClaimIndex {
    /// An empty index.
    pub fn new(tuning: Tuning) -> ClaimIndex {
        ClaimIndex { tuning, ..ClaimIndex::default() }
    }

    /// Adds a claim, with the headline it stands under or an empty one, and gives its number.
    pub fn add(&mut self, claim: &Wording, headline: &Wording) -> u32 {
        let text = self.lengths.len() as u32;
        let mut times: FxHashMap<u64, [u8; FIELDS]> = FxHashMap::default();
        let mut lengths = [0u16; FIELDS];
        for (field, wording) in [claim, headline].into_iter().enumerate() {
            for word in wording.content() {
                let times = &mut times.entry(word.stem).or_default()[field];
                *times = times.saturating_add(1);
                lengths[field] = lengths[field].saturating_add(1);
            }
            self.total[field] += u64::from(lengths[field]);
        }
        for (stem, times) in times {
            self.postings.entry(stem).or_default().push(Posting { text, times });
        }
        self.lengths.push(lengths);
        text
    }

    /// The best matches of a text, best first, `most` at most; among equals the one that was added first.
    pub fn find(&self, query: &Wording, most: usize) -> Vec<Found> {
        self.find_within(query, most, POSTINGS_READ)
    }

    /// The best matches, reading so many postings at most. Rare words come first, so that what is left unread is the
    /// common words of a long text, which move little and cost most.
    pub fn find_within(&self, query: &Wording, most: usize, postings_read: usize) -> Vec<Found> {
        let mut terms: Vec<(u64, f32)> = Vec::new();
        for word in query.content() {
            match terms.iter_mut().find(|(stem, _)| *stem == word.stem) {
                Some((_, times)) => *times += 1.0,
                None => terms.push((word.stem, 1.0)),
            }
        }
        terms.sort_by_key(|(stem, _)| self.count(*stem));
        let average = self.average();
        let mut scores: FxHashMap<u32, f32> = FxHashMap::default();
        let mut read = 0;
        for (stem, times) in terms {
            let Some(postings) = self.postings.get(&stem) else { continue };
            read += postings.len();
            if read > postings_read && !scores.is_empty() {
                break;
            }
            let weight = self.rarity(stem) * (times * 3.0 / (times + 2.0));
            for posting in postings {
                *scores.entry(posting.text).or_default() += weight * self.saturated(posting, average);
            }
        }
        let mut found: Vec<Found> = scores.into_iter().map(|(text, score)| Found { text, score }).collect();
        let order = |a: &Found, b: &Found| b.score.total_cmp(&a.score).then(a.text.cmp(&b.text));
        if found.len() > most && most > 0 {
            found.select_nth_unstable_by(most - 1, order);
            found.truncate(most);
        }
        found.sort_by(order);
        found
    }

    /// How rare a stem is among the indexed texts, as the logarithm of its inverse frequency; 0 for one in every text.
    pub fn rarity(&self, stem: u64) -> f32 {
        let (all, holding) = (self.lengths.len() as f32, self.count(stem) as f32);
        ((all - holding + 0.5) / (holding + 0.5)).ln_1p()
    }

    /// How many texts hold a stem.
    pub fn count(&self, stem: u64) -> usize {
        self.postings.get(&stem).map_or(0, Vec::len)
    }

    /// How many texts are indexed.
    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Whether nothing is indexed.
    pub fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    fn average(&self) -> [f32; FIELDS] {
        self.total.map(|total| total as f32 / self.lengths.len().max(1) as f32)
    }

    fn saturated(&self, posting: &Posting, average: [f32; FIELDS]) -> f32 {
        let lengths = self.lengths[posting.text as usize];
        let times: f32 = (0..FIELDS)
            .map(|field| {
                let b = self.tuning.b[field];
                let length = 1.0 - b + b * f32::from(lengths[field]) / average[field].max(1.0);
                self.tuning.weight[field] * f32::from(posting.times[field]) / length
            })
            .sum();
        times * (self.tuning.k1 + 1.0) / (times + self.tuning.k1)
    }
}

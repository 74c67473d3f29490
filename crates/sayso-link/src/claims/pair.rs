//! What can be measured on two sentences, to tell whether they say the same thing, and whether one denies the other.

use crate::learned::dot;
use crate::words::{Word, Wording, Wordings};
use rustc_hash::{FxHashMap, FxHashSet};

/// The names of the measures, in order. All but the last few are the same whichever sentence comes first.
pub const PAIR_FEATURES: &[&str] = &[
    "covered_least",
    "covered_most",
    "cosine",
    "gram_cosine",
    "shared",
    "shared_rarest",
    "shared_rarity",
    "bigrams",
    "in_order",
    "names_shared",
    "names_clash",
    "numbers_shared",
    "numbers_clash",
    "length_least",
    "length_most",
    "negators_differ",
    "negators_least",
    "negators_most",
    "denied_differ",
    "antonyms",
    "function_words",
    "first_same",
    "last_same",
    "left_least",
    "left_most",
    "all_in_order",
    "left_words_least",
    "left_words_most",
    "covered_a",
    "covered_b",
    "left_words_a",
    "left_words_b",
    "negators_a",
    "negators_b",
    "meaning",
    "meant_least",
    "meant_most",
    "meant_a",
    "meant_b",
    "left_meant_least",
    "left_meant_most",
];

/// Two sentences and what weighs their words.
pub struct Pair<'a> {
    /// The first sentence.
    pub a: &'a Wording,
    /// The second.
    pub b: &'a Wording,
    /// How rare a stem is; more is rarer.
    pub rarity: &'a dyn Fn(u64) -> f32,
    /// The word lists.
    pub wordings: &'a Wordings,
}

/// A sentence's share in a pair.
struct Side<'a> {
    content: Vec<&'a Word>,
    stems: FxHashSet<u64>,
    mass: f32,
    /// Content words whose stem the other sentence lacks, and their rarity.
    left: Vec<&'a Word>,
    left_mass: f32,
}

impl<'a> Side<'a> {
    fn new(own: &'a Wording, other: &Wording, rarity: &dyn Fn(u64) -> f32) -> Side<'a> {
        let theirs: FxHashSet<u64> = other.content().map(|word| word.stem).collect();
        let content: Vec<&Word> = own.content().filter(|word| !word.negator).collect();
        let stems: FxHashSet<u64> = content.iter().map(|word| word.stem).collect();
        let mut seen = FxHashSet::default();
        let left: Vec<&Word> = content
            .iter()
            .copied()
            .filter(|word| !theirs.contains(&word.stem) && seen.insert(word.stem))
            .collect();
        let mass = stems.iter().map(|&stem| rarity(stem)).sum();
        let left_mass = left.iter().map(|word| rarity(word.stem)).sum();
        Side { content, stems, mass, left, left_mass }
    }

    fn covered(&self) -> f32 {
        if self.mass > 0.0 { 1.0 - self.left_mass / self.mass } else { 0.0 }
    }
}

impl Pair<'_> {
    /// The measures, in the order of [`PAIR_FEATURES`].
    pub fn features(&self) -> Vec<f32> {
        let (a, b) = (Side::new(self.a, self.b, self.rarity), Side::new(self.b, self.a, self.rarity));
        let rare = |stem: u64| (self.rarity)(stem);
        let mut shared: Vec<u64> = a.stems.intersection(&b.stems).copied().collect();
        shared.sort_unstable();
        let shared_mass: f32 = shared.iter().map(|&stem| rare(stem)).sum();
        let norm = |side: &Side| side.stems.iter().map(|&stem| rare(stem).powi(2)).sum::<f32>().sqrt();
        let cosine = ratio(shared.iter().map(|&stem| rare(stem).powi(2)).sum(), norm(&a) * norm(&b));
        let (names_shared, names_clash) = agreement(&names(&a), &names(&b));
        let (numbers_shared, numbers_clash) = agreement(&numbers(self.a), &numbers(self.b));
        let sequence = |side: &Side| side.content.iter().map(|word| word.stem).collect::<Vec<u64>>();
        let (seq_a, seq_b) = (sequence(&a), sequence(&b));
        let all = |wording: &Wording| wording.words.iter().map(|word| word.form).collect::<Vec<u64>>();
        let (all_a, all_b) = (all(self.a), all(self.b));
        let negators = (self.a.negators() as f32, self.b.negators() as f32);
        let meant = (self.meant(&a.content, &b.content), self.meant(&b.content, &a.content));
        let left_meant = (self.meant(&a.left, &b.left), self.meant(&b.left, &a.left));
        let left = (a.left.len() as f32, b.left.len() as f32);
        vec![
            a.covered().min(b.covered()),
            a.covered().max(b.covered()),
            cosine,
            sorted_cosine(&self.a.grams, &self.b.grams),
            shared.len() as f32,
            shared.iter().map(|&stem| rare(stem)).fold(0.0, f32::max),
            shared_mass,
            dice(&bigrams(&seq_a), &bigrams(&seq_b)),
            ratio(2.0 * longest_common(&seq_a, &seq_b) as f32, (seq_a.len() + seq_b.len()) as f32),
            names_shared,
            names_clash,
            numbers_shared,
            numbers_clash,
            a.content.len().min(b.content.len()) as f32,
            a.content.len().max(b.content.len()) as f32,
            (negators.0 - negators.1).abs(),
            negators.0.min(negators.1),
            negators.0.max(negators.1),
            denied_differ(&a, &b),
            antonyms(&a, &b, self.wordings),
            dice(&functions(self.a), &functions(self.b)),
            f32::from(u8::from(seq_a.first().is_some_and(|first| seq_b.first() == Some(first)))),
            f32::from(u8::from(seq_a.last().is_some_and(|last| seq_b.last() == Some(last)))),
            a.left_mass.min(b.left_mass),
            a.left_mass.max(b.left_mass),
            ratio(2.0 * longest_common(&all_a, &all_b) as f32, (all_a.len() + all_b.len()) as f32),
            left.0.min(left.1),
            left.0.max(left.1),
            a.covered(),
            b.covered(),
            left.0,
            left.1,
            negators.0,
            negators.1,
            meaning(self.a, self.b),
            meant.0.min(meant.1),
            meant.0.max(meant.1),
            meant.0,
            meant.1,
            left_meant.0.min(left_meant.1),
            left_meant.0.max(left_meant.1),
        ]
    }
}

impl Pair<'_> {
    /// How much of some words, weighted by rarity, comes near in meaning to one of some others, 0 to 1.
    fn meant(&self, own: &[&Word], others: &[&Word]) -> f32 {
        let vectors = self.wordings.vectors();
        let (mut mass, mut whole) = (0.0, 0.0);
        for word in own {
            let nearest = others
                .iter()
                .map(|other| match (word.vector, other.vector) {
                    _ if word.stem == other.stem => 1.0,
                    (Some(a), Some(b)) => vectors.nearness(a, b),
                    _ => 0.0,
                })
                .fold(0.0, f32::max);
            let weight = (self.rarity)(word.stem);
            mass += weight * nearest;
            whole += weight;
        }
        ratio(mass, whole)
    }
}

/// The cosine of the summed vectors.
fn meaning(a: &Wording, b: &Wording) -> f32 {
    ratio(dot(&a.meaning, &b.meaning), (dot(&a.meaning, &a.meaning) * dot(&b.meaning, &b.meaning)).sqrt())
}

/// The lesser share of one sentence's rarity that the other covers, 0 to 1.
pub(crate) fn covered_least(a: &Wording, b: &Wording, wordings: &Wordings) -> f32 {
    let (of_a, of_b) = covered(a, b, wordings);
    of_a.min(of_b)
}

/// How much of the matter of each of two sentences is in the other, by rarity.
pub(crate) fn covered(a: &Wording, b: &Wording, wordings: &Wordings) -> (f32, f32) {
    let rarity = |stem: u64| wordings.rarity(stem);
    (Side::new(a, b, &rarity).covered(), Side::new(b, a, &rarity).covered())
}

/// Whether each of two sentences has a number that the other lacks.
pub(super) fn numbers_clash(a: &Wording, b: &Wording) -> bool {
    let (a, b) = (numbers(a), numbers(b));
    a.difference(&b).next().is_some() && b.difference(&a).next().is_some()
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn names(side: &Side) -> FxHashSet<u64> {
    side.content.iter().filter(|word| word.name).map(|word| word.stem).collect()
}

fn numbers(wording: &Wording) -> FxHashSet<u64> {
    wording.words.iter().filter_map(|word| word.number).map(|value| u64::from(value.to_bits())).collect()
}

fn functions(wording: &Wording) -> FxHashSet<u64> {
    wording.words.iter().filter(|word| word.stop).map(|word| word.form).collect()
}

fn bigrams(stems: &[u64]) -> FxHashSet<u64> {
    stems.windows(2).map(|two| two[0].rotate_left(21) ^ two[1]).collect()
}

/// How many are shared; and, where both have some, how many of the smaller set are not.
fn agreement(a: &FxHashSet<u64>, b: &FxHashSet<u64>) -> (f32, f32) {
    let shared = a.intersection(b).count();
    (shared as f32, (a.len().min(b.len()) - shared) as f32)
}

fn dice(a: &FxHashSet<u64>, b: &FxHashSet<u64>) -> f32 {
    ratio(2.0 * a.intersection(b).count() as f32, (a.len() + b.len()) as f32)
}

fn sorted_cosine(a: &[u64], b: &[u64]) -> f32 {
    let (mut i, mut j, mut shared) = (0, 0, 0usize);
    while i < a.len() && j < b.len() {
        shared += usize::from(a[i] == b[j]);
        let (x, y) = (a[i], b[j]);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    ratio(shared as f32, ((a.len() * b.len()) as f32).sqrt())
}

/// The share of the shared stems that one sentence denies and the other does not.
fn denied_differ(a: &Side, b: &Side) -> f32 {
    let denied: FxHashMap<u64, bool> = b.content.iter().map(|word| (word.stem, word.denied)).collect();
    let shared: Vec<bool> = a
        .content
        .iter()
        .filter_map(|word| denied.get(&word.stem).map(|&there| there != word.denied))
        .collect();
    ratio(shared.iter().filter(|&&differ| differ).count() as f32, shared.len() as f32)
}

/// How many words that only one sentence has exclude one that only the other has.
fn antonyms(a: &Side, b: &Side, wordings: &Wordings) -> f32 {
    a.left.iter().filter(|x| b.left.iter().any(|y| wordings.exclude(x.stem, y.stem))).count() as f32
}

/// Length of the longest common subsequence. Quadratic, on the first 60 words of each.
fn longest_common(a: &[u64], b: &[u64]) -> usize {
    const MOST: usize = 60;
    let (a, b) = (&a[..a.len().min(MOST)], &b[..b.len().min(MOST)]);
    let mut row = vec![0usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

//! Measures on two statements that take the other statements about the same matter into account.

use super::{PAIR_FEATURES, Pair};
use crate::learned::{View, dot};
use crate::words::{Wording, Wordings};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Which of [`PAIR_FEATURES`] are measured again with the words weighed by how rare they are among the others.
const AMONG: &[&str] = &[
    "covered_least",
    "covered_most",
    "cosine",
    "shared_rarest",
    "shared_rarity",
    "left_least",
    "left_most",
    "meant_least",
    "meant_most",
];
/// What is measured on a pair's place among all.
const CROWD: &[&str] = &["texts", "cosine_place", "meaning_place", "cosine_lead", "meaning_lead"];

/// The names of the measures of [`group_features`], in order.
pub static GROUP_FEATURES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let alone = PAIR_FEATURES.iter().map(|name| (*name).to_owned());
    let among = AMONG.iter().map(|name| format!("among.{name}"));
    alone.chain(among).chain(CROWD.iter().map(|name| (*name).to_owned())).collect()
});

/// What is measured on a pair beside these where there is a model of sentences.
const SENSE: &[&str] =
    &["sense", "sense_place", "sense_lead", "same_seen", "side_seen", "same_seen_place", "same_seen_lead"];

/// What of vectors of sentences matters here.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct GroupViews {
    /// For whether two texts say the same.
    pub same: View,
    /// For whether they are on one side.
    pub side: View,
}

/// The names of [`GROUP_FEATURES`] and of what a model of sentences adds.
pub static SENSED_GROUP_FEATURES: LazyLock<Vec<String>> = LazyLock::new(|| {
    GROUP_FEATURES.iter().cloned().chain(SENSE.iter().map(|name| (*name).to_owned())).collect()
});

/// The names of the measures of [`context_features`], in order.
pub const CONTEXT_FEATURES: &[&str] = &[
    "first",
    "best_other_least",
    "best_other_most",
    "lead_least",
    "lead_most",
    "through_third",
    "against_third",
];

/// The measures of every pair of some statements, in order of pairs; with views, those that a model of sentences adds.
pub fn group_features(
    texts: &[Wording],
    wordings: &Wordings,
    views: Option<&GroupViews>,
) -> Vec<(usize, usize, Vec<f32>)> {
    let mut holding: FxHashMap<u64, f32> = FxHashMap::default();
    for text in texts {
        let mut stems: Vec<u64> = text.content().map(|word| word.stem).collect();
        stems.sort_unstable();
        stems.dedup();
        stems.into_iter().for_each(|stem| *holding.entry(stem).or_default() += 1.0);
    }
    let alone = |stem: u64| wordings.rarity(stem);
    let all = texts.len() as f32;
    let among = |stem: u64| {
        let here = ((all + 1.0) / (holding.get(&stem).copied().unwrap_or(1.0) + 0.5)).ln();
        (wordings.rarity(stem) * here.max(0.05)).sqrt()
    };
    let chosen: Vec<usize> =
        AMONG.iter().filter_map(|name| PAIR_FEATURES.iter().position(|other| other == name)).collect();
    let mut pairs = Vec::new();
    for i in 0..texts.len() {
        for j in i + 1..texts.len() {
            let (a, b) = (&texts[i], &texts[j]);
            let mut features = Pair { a, b, rarity: &alone, wordings }.features();
            let again = Pair { a, b, rarity: &among, wordings }.features();
            features.extend(chosen.iter().map(|&at| again[at]));
            pairs.push((i, j, features));
        }
    }
    let measure = |name: &str| GROUP_FEATURES.iter().position(|other| other == name).unwrap_or_default();
    let crowd: Vec<Vec<[f32; 2]>> = ["among.cosine", "meaning"]
        .into_iter()
        .map(|name| places(&pairs, texts.len(), measure(name)))
        .collect();
    for (at, (_, _, features)) in pairs.iter_mut().enumerate() {
        features.extend([all, crowd[0][at][0], crowd[1][at][0], crowd[0][at][1], crowd[1][at][1]]);
    }
    if let Some(views) = views {
        add_senses(texts, views, &mut pairs);
    }
    pairs
}

fn add_senses(texts: &[Wording], views: &GroupViews, pairs: &mut [(usize, usize, Vec<f32>)]) {
    let seen = |view: &View| -> Vec<Vec<f32>> {
        texts.iter().map(|text| text.senses.first().map_or_else(Vec::new, |sense| view.of(sense))).collect()
    };
    let (same, side) = (seen(&views.same), seen(&views.side));
    let sense = GROUP_FEATURES.len();
    for (i, j, features) in pairs.iter_mut() {
        features.push(texts[*i].sense(&texts[*j]));
    }
    let crowd = places(pairs, texts.len(), sense);
    for ((i, j, features), crowd) in pairs.iter_mut().zip(crowd) {
        features.extend(crowd);
        features.extend([dot(&same[*i], &same[*j]), dot(&side[*i], &side[*j])]);
    }
    let crowd = places(pairs, texts.len(), sense + 3);
    for ((_, _, features), crowd) in pairs.iter_mut().zip(crowd) {
        features.extend(crowd);
    }
}

/// For every pair: how many other pairs of either text measure more, and by how much it leads the best of them.
fn places(pairs: &[(usize, usize, Vec<f32>)], texts: usize, measure: usize) -> Vec<[f32; 2]> {
    let mut of_text: Vec<Vec<f32>> = vec![Vec::new(); texts];
    for (i, j, features) in pairs {
        of_text[*i].push(features[measure]);
        of_text[*j].push(features[measure]);
    }
    of_text.iter_mut().for_each(|values| values.sort_by(|a, b| b.total_cmp(a)));
    pairs
        .iter()
        .map(|(i, j, features)| {
            let value = features[measure];
            let above = |text: usize| of_text[text].partition_point(|&other| other > value) as f32;
            let lead = |text: usize| value - best_but(&of_text[text], value);
            [above(*i).max(above(*j)), lead(*i).min(lead(*j))]
        })
        .collect()
}

/// The greatest of some values in descending order, leaving out one that is `own`.
fn best_but(descending: &[f32], own: f32) -> f32 {
    match descending {
        [first, second, ..] if *first == own => *second,
        [first, ..] if *first != own => *first,
        _ => 0.0,
    }
}

/// The measures of every pair from the first scores of all pairs: how it stands to the other pairs of its texts,
/// and whether third texts agree that the two belong together.
pub fn context_features(pairs: &[(usize, usize)], scores: &[f32]) -> Vec<Vec<f32>> {
    let texts = pairs.iter().map(|pair| pair.1 + 1).max().unwrap_or(0);
    let mut table = vec![vec![f32::NEG_INFINITY; texts]; texts];
    for (&(i, j), &score) in pairs.iter().zip(scores) {
        table[i][j] = score;
        table[j][i] = score;
    }
    const LEAST: f32 = -8.0;
    let mut features = Vec::with_capacity(pairs.len());
    for (&(i, j), &score) in pairs.iter().zip(scores) {
        let thirds = || (0..texts).filter(move |&k| k != i && k != j);
        let best_i = thirds().map(|k| table[i][k]).fold(LEAST, f32::max);
        let best_j = thirds().map(|k| table[j][k]).fold(LEAST, f32::max);
        let through = thirds().map(|k| table[i][k].min(table[j][k])).fold(LEAST, f32::max);
        let against = thirds()
            .filter(|&k| table[i][k].max(table[j][k]) > 0.0)
            .map(|k| (table[i][k] - table[j][k]).abs())
            .fold(0.0, f32::max);
        features.push(vec![
            score,
            best_i.min(best_j),
            best_i.max(best_j),
            score - best_i.max(best_j),
            score - best_i.min(best_j),
            through,
            against,
        ]);
    }
    features
}

//! Puts the claims that an index found for a text in a better order, by a learned scorer.

use super::{ClaimIndex, Found, PAIR_FEATURES, Pair};
use crate::learned::{Forest, ModelError};
use crate::words::{Wording, Wordings};
use std::sync::LazyLock;

/// What is measured on a text and a found claim beside [`PAIR_FEATURES`] of the text with claim and with headline.
const PLACE_FEATURES: &[&str] =
    &["score", "score_of_best", "score_to_next", "place", "text_length", "pictured", "both_covered"];

/// The names of all measures, in order.
pub static RANK_FEATURES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let prefixed = |prefix: &'static str| PAIR_FEATURES.iter().map(move |name| format!("{prefix}.{name}"));
    PLACE_FEATURES
        .iter()
        .map(|name| (*name).to_owned())
        .chain(prefixed("claim"))
        .chain(prefixed("headline"))
        .collect()
});

/// What is measured beside these where there is a model of sentences.
const SENSE_FEATURES: &[&str] = &[
    "sense.claim",
    "sense.headline",
    "sense.best",
    "sense.part_claim",
    "sense.part_headline",
    "sense.best_part",
    "sense.place",
    "sense.lead",
    "sense.below_best",
];

/// The names of [`RANK_FEATURES`] and of what a model of sentences adds.
pub static SENSED_RANK_FEATURES: LazyLock<Vec<String>> = LazyLock::new(|| {
    RANK_FEATURES.iter().cloned().chain(SENSE_FEATURES.iter().map(|name| (*name).to_owned())).collect()
});

/// A learned order of candidates.
#[derive(Clone, Debug)]
pub struct Ranker(Forest);

impl Ranker {
    /// Reads a trained model.
    pub fn read(bytes: &[u8]) -> Result<Ranker, ModelError> {
        Ranker::looking_at(bytes, &RANK_FEATURES)
    }

    /// Reads one that was trained with a model of sentences.
    pub fn read_sensed(bytes: &[u8]) -> Result<Ranker, ModelError> {
        Ranker::looking_at(bytes, &SENSED_RANK_FEATURES)
    }

    fn looking_at(bytes: &[u8], features: &[String]) -> Result<Ranker, ModelError> {
        let names: Vec<&str> = features.iter().map(String::as_str).collect();
        Ok(Ranker(Forest::read(bytes, &names)?))
    }

    /// The candidates, best first, with the learned score in place of the index's.
    pub fn rank(&self, features: &[Vec<f32>], found: &[Found]) -> Vec<Found> {
        let mut ranked: Vec<Found> = found
            .iter()
            .zip(features)
            .map(|(found, features)| Found { text: found.text, score: self.0.score(features) })
            .collect();
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
        ranked
    }
}

/// The candidates for a text: the best `most` by words and, where there is a model of sentences, those nearest in sense
/// that are not among them, each with its score by words.
pub fn candidates<'t>(
    query: &Wording,
    texts: impl Fn(u32) -> (&'t Wording, &'t Wording),
    index: &ClaimIndex,
    most: usize,
    most_by_sense: usize,
) -> Vec<Found> {
    if !query.is_sensed() {
        return index.find(query, most);
    }
    let by_words = index.find(query, usize::MAX);
    let mut scores = vec![0.0; index.len()];
    by_words.iter().for_each(|found| scores[found.text as usize] = found.score);
    let mut found: Vec<Found> = by_words.into_iter().take(most).collect();
    let mut near: Vec<(u32, f32)> = (0..index.len() as u32)
        .map(|text| {
            let (claim, headline) = texts(text);
            (text, query.sense_of_best_part(claim).max(query.sense_of_best_part(headline)))
        })
        .collect();
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut others: Vec<Found> = near
        .into_iter()
        .take(most_by_sense)
        .filter(|(text, _)| found.iter().all(|other| other.text != *text))
        .map(|(text, _)| Found { text, score: scores[text as usize] })
        .collect();
    others.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.text.cmp(&b.text)));
    found.extend(others);
    found
}

/// The measures of every candidate, in the order of `found`. `texts` gives the claim and the headline by number.
pub fn rank_features<'t>(
    query: &Wording,
    found: &[Found],
    texts: impl Fn(u32) -> (&'t Wording, &'t Wording),
    index: &ClaimIndex,
    wordings: &Wordings,
) -> Vec<Vec<f32>> {
    let rarity = |stem: u64| index.rarity(stem);
    let best = found.first().map_or(1.0, |found| found.score.max(f32::EPSILON));
    let mut all: Vec<Vec<f32>> = found
        .iter()
        .enumerate()
        .map(|(place, one)| {
            let (claim, headline) = texts(one.text);
            let measured = |b| Pair { a: query, b, rarity: &rarity, wordings }.features();
            let next = found.get(place + 1).map_or(0.0, |next| next.score);
            let (with_claim, with_headline) = (measured(claim), measured(headline));
            let place_features = [
                one.score,
                one.score / best,
                (one.score - next) / best,
                place as f32,
                query.content().count() as f32,
                f32::from(u8::from(query.pictured)),
                with_claim[28].max(with_headline[28]),
            ];
            place_features.into_iter().chain(with_claim).chain(with_headline).collect()
        })
        .collect();
    if query.is_sensed() {
        add_senses(query, found, texts, &mut all);
    }
    all
}

fn add_senses<'t>(
    query: &Wording,
    found: &[Found],
    texts: impl Fn(u32) -> (&'t Wording, &'t Wording),
    all: &mut [Vec<f32>],
) {
    let sense = |found: &Found| {
        let (claim, headline) = texts(found.text);
        let (whole_claim, whole_headline) = (query.sense(claim), query.sense(headline));
        let (part_claim, part_headline) =
            (query.sense_of_best_part(claim), query.sense_of_best_part(headline));
        let best = whole_claim.max(whole_headline);
        [whole_claim, whole_headline, best, part_claim, part_headline, part_claim.max(part_headline)]
    };
    let senses: Vec<[f32; 6]> = found.iter().map(sense).collect();
    let mut ordered: Vec<f32> = senses.iter().map(|senses| senses[5]).collect();
    ordered.sort_by(|a, b| b.total_cmp(a));
    let first = ordered.first().copied().unwrap_or_default();
    for (features, senses) in all.iter_mut().zip(senses) {
        let own = senses[5];
        let place = ordered.partition_point(|&other| other > own) as f32;
        let best_other = if place == 0.0 { ordered.get(1).copied().unwrap_or_default() } else { first };
        features.extend(senses);
        features.extend([place, own - best_other, first - own]);
    }
}

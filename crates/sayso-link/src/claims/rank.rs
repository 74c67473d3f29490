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

/// A learned order of candidates.
#[derive(Clone, Debug)]
pub struct Ranker(Forest);

impl Ranker {
    /// Reads a trained model.
    pub fn read(bytes: &[u8]) -> Result<Ranker, ModelError> {
        let names: Vec<&str> = RANK_FEATURES.iter().map(String::as_str).collect();
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
    found
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
        .collect()
}

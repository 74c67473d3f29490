//! Which of some statements make the same claim.

use super::{
    CONTEXT_FEATURES, GROUP_FEATURES, GroupViews, SENSED_GROUP_FEATURES, context_features, group_features,
};
use crate::learned::{Forest, ModelError};
use crate::words::{Wording, Wordings};
use serde::{Deserialize, Serialize};

/// The least second score that accepts a pair; a logarithm of odds.
const ACCEPTED: f32 = 0.1;
/// The least score that calls a pair opposite. Low, since a wrong link between opposite stances costs the reader more
/// than a missing one.
const OPPOSITE: f32 = -1.3;
/// The same with a model of sentences, which knows sides better.
const SENSED_ACCEPTED: f32 = 0.5;
const SENSED_OPPOSITE: f32 = -1.75;

/// The trained forests, as `sayso-train train groups` writes them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct GroupForests {
    /// Judges a pair by itself and its place in the crowd.
    pub first: Forest,
    /// Judges it again, with the first scores of all pairs.
    pub second: Forest,
    /// Whether the two stand on opposite sides.
    pub opposite: Forest,
    /// What of vectors of sentences they look at; none where they were trained on words alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub views: Option<GroupViews>,
}

/// Tells which of some statements make the same claim.
#[derive(Clone, Debug)]
pub struct Grouper(GroupForests);

/// Two statements that were found to say the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alike {
    /// Place of the first among the statements.
    pub a: usize,
    /// Place of the second; more than that of the first.
    pub b: usize,
    /// How likely, 0 to 1.
    pub score: f32,
    /// Whether one seems to stand against what the other stands for.
    pub opposite: bool,
}

impl Grouper {
    /// Reads a trained model.
    pub fn read(bytes: &[u8]) -> Result<Grouper, ModelError> {
        Grouper::looking_at(bytes, &GROUP_FEATURES)
    }

    /// Reads one that was trained with a model of sentences.
    pub fn read_sensed(bytes: &[u8]) -> Result<Grouper, ModelError> {
        Grouper::looking_at(bytes, &SENSED_GROUP_FEATURES)
    }

    /// How many numbers the vectors of sentences have that it was trained with; 0 without any.
    pub fn sense_width(&self) -> usize {
        self.0.views.as_ref().map_or(0, |views| views.same.mean.len())
    }

    fn looking_at(bytes: &[u8], features: &[String]) -> Result<Grouper, ModelError> {
        let forests: GroupForests = serde_json::from_slice(bytes)?;
        let names: Vec<&str> = features.iter().map(String::as_str).collect();
        let all: Vec<&str> = names.iter().chain(CONTEXT_FEATURES).copied().collect();
        forests.first.check(&names)?;
        forests.second.check(&all)?;
        forests.opposite.check(&all)?;
        if forests.views.as_ref().is_some_and(|views| !views.same.is_sound() || !views.side.is_sound()) {
            return Err(ModelError::DamagedView);
        }
        Ok(Grouper(forests))
    }

    /// The pairs that say the same, in order.
    pub fn alike(&self, texts: &[Wording], wordings: &Wordings) -> Vec<Alike> {
        self.judged(texts, wordings, |_| true)
    }

    /// The pairs that say what the first says, in order.
    pub fn like_first(&self, texts: &[Wording], wordings: &Wordings) -> Vec<Alike> {
        self.judged(texts, wordings, |a| a == 0)
    }

    /// The pairs that say the same, of those whose first text is wanted; all of them count as company.
    fn judged(
        &self,
        texts: &[Wording],
        wordings: &Wordings,
        is_wanted: impl Fn(usize) -> bool,
    ) -> Vec<Alike> {
        let (accepted, opposing) = match self.0.views {
            Some(_) => (SENSED_ACCEPTED, SENSED_OPPOSITE),
            None => (ACCEPTED, OPPOSITE),
        };
        let pairs = group_features(texts, wordings, self.0.views.as_ref());
        let places: Vec<(usize, usize)> = pairs.iter().map(|(a, b, _)| (*a, *b)).collect();
        let first: Vec<f32> = pairs.iter().map(|(_, _, features)| self.0.first.score(features)).collect();
        let context = context_features(&places, &first);
        pairs
            .into_iter()
            .zip(context)
            .filter(|((a, _, _), _)| is_wanted(*a))
            .filter_map(|((a, b, mut features), context)| {
                features.extend(context);
                let score = self.0.second.score(&features);
                let opposite = || self.0.opposite.score(&features) > opposing;
                (score > accepted).then(|| Alike {
                    a,
                    b,
                    score: 1.0 / (1.0 + (-score).exp()),
                    opposite: opposite(),
                })
            })
            .collect()
    }
}

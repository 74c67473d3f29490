//! Whether one sentence follows from another, contradicts it, or neither.

use super::{PAIR_FEATURES, Pair};
use crate::learned::{Forest, ModelError};
use crate::words::{Wording, Wordings};
use serde::{Deserialize, Serialize};

/// How two sentences stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The second is so where the first is.
    Entailment,
    /// They cannot both be so.
    Contradiction,
    /// Neither.
    Neutral,
}

/// The trained forests, as `sayso-train train polarity` writes them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct PolarityForests {
    /// Whether they contradict each other.
    pub contradiction: Forest,
    /// Whether the second follows.
    pub entailment: Forest,
}

/// Tells denials from paraphrases, which word vectors cannot.
#[derive(Clone, Debug)]
pub struct Denial(PolarityForests);

impl Denial {
    /// Reads a trained model.
    pub fn read(bytes: &[u8]) -> Result<Denial, ModelError> {
        let forests: PolarityForests = serde_json::from_slice(bytes)?;
        forests.contradiction.check(PAIR_FEATURES)?;
        forests.entailment.check(PAIR_FEATURES)?;
        Ok(Denial(forests))
    }

    /// How likely it is that `a` and `b` contradict each other, and that `b` follows from `a`, 0 to 1.
    pub fn shares(&self, a: &Wording, b: &Wording, wordings: &Wordings) -> (f32, f32) {
        let rarity = |stem: u64| wordings.rarity(stem);
        let features = Pair { a, b, rarity: &rarity, wordings }.features();
        (self.0.contradiction.probability(&features), self.0.entailment.probability(&features))
    }

    /// How `b` stands to `a`, and how likely it is that they contradict each other, 0 to 1.
    pub fn relation(&self, a: &Wording, b: &Wording, wordings: &Wordings) -> (Relation, f32) {
        let (contradiction, entailment) = self.shares(a, b, wordings);
        let relation = if contradiction >= 0.5 {
            Relation::Contradiction
        } else if entailment >= 0.5 {
            Relation::Entailment
        } else {
            Relation::Neutral
        };
        (relation, contradiction)
    }
}

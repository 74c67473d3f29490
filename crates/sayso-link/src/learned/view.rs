//! A learned view of vectors of sentences: the few directions in them that tell one thing, as who takes which side, which
//! their plain nearness hides.

use super::dot;
use serde::{Deserialize, Serialize};

/// Turns vectors of sentences into shorter ones, whose cosine tells one thing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// What is taken off a vector first.
    pub mean: Vec<f32>,
    /// The directions that are looked along, each as long as a vector.
    pub along: Vec<Vec<f32>>,
}

impl View {
    /// Whether all directions are as long as the mean, and there is one.
    pub fn is_sound(&self) -> bool {
        !self.mean.is_empty()
            && !self.along.is_empty()
            && self.along.iter().all(|one| one.len() == self.mean.len())
    }

    /// A vector as seen along the directions, of length 1; all zeros for one of another width.
    pub fn of(&self, vector: &[f32]) -> Vec<f32> {
        if vector.len() != self.mean.len() {
            return vec![0.0; self.along.len()];
        }
        let plain: Vec<f32> = vector.iter().zip(&self.mean).map(|(x, mean)| x - mean).collect();
        let mut seen: Vec<f32> = self.along.iter().map(|one| dot(one, &plain)).collect();
        let length = dot(&seen, &seen).sqrt().max(f32::MIN_POSITIVE);
        seen.iter_mut().for_each(|x| *x /= length);
        seen
    }
}

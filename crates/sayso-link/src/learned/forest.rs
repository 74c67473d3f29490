//! Boosted decision trees: a sum of small trees over numbered features.
//! Friedman, "Greedy function approximation: a gradient boosting machine", Annals of Statistics 2001.

use serde::{Deserialize, Serialize};

/// Why bytes are no model.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The bytes are not what `sayso-train` writes.
    #[error("this is no model of ours: {0}")]
    Format(#[from] serde_json::Error),
    /// The word vectors are not what `sayso-train` writes.
    #[error("these are no word vectors of ours: {0}")]
    Vectors(&'static str),
    /// The model looks at other features than this program has.
    #[error(
        "the model was trained on other features than this program has; train it again (it has {model}, we have {program})"
    )]
    Features {
        /// The model's features.
        model: String,
        /// The program's.
        program: String,
    },
    /// A model of sentences is of another sort than the one that the forests were trained with.
    #[error("its vectors have {model} numbers, and our models were trained with one of {program}")]
    Width {
        /// The model's.
        model: usize,
        /// The program's.
        program: usize,
    },
    /// A view of vectors is not of one piece.
    #[error("a view of the model is damaged")]
    DamagedView,
    /// A tree points outside itself or at a feature that there is not.
    #[error("tree {0} of the model is damaged")]
    Damaged(usize),
}

/// A sum of trees.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Forest {
    /// The names of the features, in order.
    pub features: Vec<String>,
    /// What an input scores before any tree.
    pub base: f32,
    /// The trees.
    pub trees: Vec<Tree>,
}

/// A tree: its nodes, the root first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tree(pub Vec<Node>);

/// A node of a tree, in JSON `[feature, at_most, left, right]` or `[value]`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Node {
    /// Goes left where the feature is at most the bound, right where it is more, or no number.
    Split(u16, f32, u16, u16),
    /// Adds a value.
    Leaf([f32; 1]),
}

impl Forest {
    /// Reads a model and checks that it fits these features and cannot lead astray.
    pub fn read(bytes: &[u8], features: &[&str]) -> Result<Forest, ModelError> {
        let forest: Forest = serde_json::from_slice(bytes)?;
        forest.check(features)?;
        Ok(forest)
    }

    /// Checks that the forest fits these features and cannot lead astray.
    pub fn check(&self, features: &[&str]) -> Result<(), ModelError> {
        if self.features != features {
            let (model, program) = (self.features.join(" "), features.join(" "));
            return Err(ModelError::Features { model, program });
        }
        match self.trees.iter().position(|tree| !tree.is_sound(features.len())) {
            Some(at) => Err(ModelError::Damaged(at)),
            None => Ok(()),
        }
    }

    /// The sum for an input with all features.
    pub fn score(&self, input: &[f32]) -> f32 {
        self.base + self.trees.iter().map(|tree| tree.value(input)).sum::<f32>()
    }

    /// The score as a probability.
    pub fn probability(&self, input: &[f32]) -> f32 {
        1.0 / (1.0 + (-self.score(input)).exp())
    }
}

impl Tree {
    /// The value at the leaf where an input ends.
    pub fn value(&self, input: &[f32]) -> f32 {
        let mut at = 0;
        loop {
            match self.0[at] {
                Node::Leaf([value]) => return value,
                Node::Split(feature, bound, left, right) => {
                    at = usize::from(if input[usize::from(feature)] <= bound { left } else { right });
                }
            }
        }
    }

    /// Whether every way through the tree goes forward and ends.
    fn is_sound(&self, features: usize) -> bool {
        !self.0.is_empty()
            && self.0.iter().enumerate().all(|(at, node)| match *node {
                Node::Leaf([value]) => value.is_finite(),
                Node::Split(feature, _, left, right) => {
                    usize::from(feature) < features
                        && [left, right]
                            .iter()
                            .all(|&next| usize::from(next) > at && usize::from(next) < self.0.len())
                }
            })
    }
}

//! The trained model that tells the article from what stands around it: gradient-boosted decision trees.
//!
//! A tree is a list of nodes; an inner node sends a run left if its feature is at most the threshold. The sum of the
//! leaves that a run ends in is the logarithm of its odds of belonging to the article (Friedman 2001, "Greedy
//! function approximation: a gradient boosting machine").

use super::context::ALL;
use super::features::FEATURES;
use std::sync::LazyLock;

/// The models as `models/blocks.forest`, one after the other: the number of trees, then for each tree the number of its
/// nodes, then for each node its feature, threshold (for a leaf: value), left and right; all little-endian. See
/// `models/blocks.md`.
static FORESTS: LazyLock<[Forest; 2]> = LazyLock::new(|| {
    Forest::parse_both(include_bytes!("../../../models/blocks.forest"))
        .expect("the models are built in and were tested")
});

/// The feature that marks a leaf.
const LEAF: u16 = u16::MAX;

/// Deeper trees than this are none of ours.
const DEEPEST: u32 = 12;

/// Trees that are walked side by side: each step waits for the one before, but not for the other trees'.
const ABREAST: usize = 8;

/// A node as it stands in the file.
#[derive(Clone, Copy)]
struct Node {
    value: f32,
    feature: u16,
    left: u16,
    right: u16,
}

/// A question: whether a feature is above a threshold.
#[derive(Clone, Copy)]
struct Question {
    threshold: f32,
    feature: u16,
}

/// Trees all of the same depth, whole in every level, so that a walk needs no branch: below question `n` of a tree
/// stand `2n + 1` and `2n + 2`.
pub(crate) struct Forest {
    depth: u32,
    questions: Vec<Question>,
    leaves: Vec<f32>,
}

impl Forest {
    /// The model that looks at a run by itself.
    pub(crate) fn alone() -> &'static Forest {
        &FORESTS[0]
    }

    /// The model that looks at it again, and at what the first said of all.
    pub(crate) fn together() -> &'static Forest {
        &FORESTS[1]
    }

    fn parse_both(bytes: &[u8]) -> Option<[Forest; 2]> {
        let mut rest = bytes;
        let both = [Forest::parse(&mut rest, FEATURES)?, Forest::parse(&mut rest, ALL)?];
        rest.is_empty().then_some(both)
    }

    fn parse(rest: &mut &[u8], features: usize) -> Option<Forest> {
        let count = u32::from_le_bytes(take(rest)?);
        let mut trees = Vec::new();
        for _ in 0..count {
            trees.push(tree(rest, features)?);
        }
        let depth = trees.iter().map(|tree| depth(tree)).max()?;
        (1..=DEEPEST).contains(&depth).then_some(())?;
        let mut forest = Forest { depth, questions: Vec::new(), leaves: Vec::new() };
        for tree in &trees {
            forest.plant(tree);
        }
        Some(forest)
    }

    /// Adds a tree. What stands where it ends early asks in vain: all leaves below say the same.
    fn plant(&mut self, tree: &[Node]) {
        let inner = (1 << self.depth) - 1;
        let mut level = vec![0u16];
        for _ in 0..self.depth {
            let mut below = Vec::with_capacity(2 * level.len());
            for at in level {
                let node = tree[usize::from(at)];
                let (left, right) = if node.feature == LEAF { (at, at) } else { (node.left, node.right) };
                let feature = if node.feature == LEAF { 0 } else { node.feature };
                self.questions.push(Question { threshold: node.value, feature });
                below.extend([left, right]);
            }
            level = below;
        }
        debug_assert_eq!(self.questions.len() % inner, 0);
        self.leaves.extend(level.into_iter().map(|at| tree[usize::from(at)].value));
    }

    /// The logarithm of the odds that a run belongs to the article.
    pub(crate) fn score(&self, features: &[f32]) -> f32 {
        let (inner, leaves) = ((1 << self.depth) - 1, 1 << self.depth);
        let mut sum = 0.0;
        for (trees, leaves_of) in
            self.questions.chunks(inner * ABREAST).zip(self.leaves.chunks(leaves * ABREAST))
        {
            let abreast = leaves_of.len() / leaves;
            let mut at = [0usize; ABREAST];
            for _ in 0..self.depth {
                for (tree, at) in at.iter_mut().enumerate().take(abreast) {
                    let question = trees[tree * inner + *at];
                    let above = features[usize::from(question.feature)] > question.threshold;
                    *at = 2 * *at + 1 + usize::from(above);
                }
            }
            for (tree, at) in at.iter().enumerate().take(abreast) {
                sum += leaves_of[tree * leaves + at - inner];
            }
        }
        sum
    }
}

/// The next tree of the file.
fn tree(rest: &mut &[u8], features: usize) -> Option<Vec<Node>> {
    let count = u16::from_le_bytes(take(rest)?);
    let mut nodes = Vec::new();
    for at in 0..count {
        let feature = u16::from_le_bytes(take(rest)?);
        let value = f32::from_le_bytes(take(rest)?);
        let left = u16::from_le_bytes(take(rest)?);
        let right = u16::from_le_bytes(take(rest)?);
        // Children stand after their parent, so that every walk ends.
        let sound = feature == LEAF || (left > at && right > at && left.max(right) < count);
        let known = feature == LEAF || usize::from(feature) < features;
        (sound && known).then_some(())?;
        nodes.push(Node { value, feature, left, right });
    }
    (!nodes.is_empty()).then_some(nodes)
}

/// How many questions are asked on the longest way down.
fn depth(tree: &[Node]) -> u32 {
    let mut depths = vec![0u32; tree.len()];
    for (at, node) in tree.iter().enumerate() {
        if node.feature != LEAF {
            for below in [node.left, node.right] {
                depths[usize::from(below)] = depths[usize::from(below)].max(depths[at] + 1);
            }
        }
    }
    depths.into_iter().max().unwrap_or(0)
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk()?;
    *rest = tail;
    Some(*head)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BYTES: &[u8] = include_bytes!("../../../models/blocks.forest");

    #[test]
    fn the_models_are_sound() {
        assert!(Forest::alone().leaves.len() > 100 && Forest::together().leaves.len() > 100);
    }

    #[test]
    fn whole_trees_answer_as_those_of_the_file() {
        let mut rest = BYTES;
        // Values around the thresholds, drawn by a linear congruence.
        let mut state = 1u64;
        for (forest, width) in [(Forest::alone(), FEATURES), (Forest::together(), ALL)] {
            let count = u32::from_le_bytes(take(&mut rest).unwrap());
            let trees: Vec<Vec<Node>> = (0..count).map(|_| tree(&mut rest, width).unwrap()).collect();
            for _ in 0..500 {
                let features: Vec<f32> = std::iter::repeat_with(|| {
                    state =
                        state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    ((state >> 33) % 2000) as f32 / 100.0 - 5.0
                })
                .take(width)
                .collect();
                let walked = trees.iter().map(|tree| {
                    let mut node = tree[0];
                    while node.feature != LEAF {
                        let goes_left = features[usize::from(node.feature)] <= node.value;
                        node = tree[usize::from(if goes_left { node.left } else { node.right })];
                    }
                    node.value
                });
                assert_eq!(forest.score(&features), walked.fold(0.0, |sum, value| sum + value));
            }
        }
    }

    #[test]
    fn a_damaged_model_is_refused() {
        assert!(Forest::parse_both(&BYTES[..BYTES.len() - 1]).is_none());
        assert!(Forest::parse_both(&[]).is_none());
    }
}

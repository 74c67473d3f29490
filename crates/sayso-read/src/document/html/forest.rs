//! The trained model that tells the article from what stands around it: gradient-boosted decision trees.
//!
//! A tree is a list of nodes; an inner node sends a run left if its feature is at most the threshold. The sum of the
//! leaves that a run ends in is the logarithm of its odds of belonging to the article (Friedman 2001, "Greedy
//! function approximation: a gradient boosting machine").

use super::features::Features;
use std::sync::LazyLock;

/// The model as `models/blocks.forest`: the number of trees, then for each tree the number of its nodes, then for each
/// node its feature, threshold (for a leaf: value), left and right; all little-endian. See `models/blocks.md`.
static FOREST: LazyLock<Forest> = LazyLock::new(|| {
    Forest::parse(include_bytes!("../../../models/blocks.forest"))
        .expect("the model is built in and was tested")
});

/// The feature that marks a leaf.
const LEAF: u16 = u16::MAX;

#[derive(Clone, Copy)]
struct Node {
    value: f32,
    feature: u16,
    left: u16,
    right: u16,
}

pub(crate) struct Forest {
    nodes: Vec<Node>,
    roots: Vec<u32>,
}

impl Forest {
    /// The model that is built in.
    pub(crate) fn built_in() -> &'static Forest {
        &FOREST
    }

    fn parse(bytes: &[u8]) -> Option<Forest> {
        let mut rest = bytes;
        let trees = u32::from_le_bytes(take(&mut rest)?);
        let mut forest = Forest { nodes: Vec::new(), roots: Vec::new() };
        for _ in 0..trees {
            let count = u16::from_le_bytes(take(&mut rest)?);
            forest.roots.push(forest.nodes.len() as u32);
            for at in 0..count {
                let feature = u16::from_le_bytes(take(&mut rest)?);
                let value = f32::from_le_bytes(take(&mut rest)?);
                let left = u16::from_le_bytes(take(&mut rest)?);
                let right = u16::from_le_bytes(take(&mut rest)?);
                // Children stand after their parent, so that every walk ends.
                let sound = feature == LEAF || (left > at && right > at && left.max(right) < count);
                let known = feature == LEAF || usize::from(feature) < super::features::FEATURES;
                (sound && known).then_some(())?;
                forest.nodes.push(Node { value, feature, left, right });
            }
        }
        rest.is_empty().then_some(forest)
    }

    /// The logarithm of the odds that a run belongs to the article.
    pub(crate) fn score(&self, features: &Features) -> f32 {
        let mut sum = 0.0;
        for &root in &self.roots {
            let root = root as usize;
            let mut node = &self.nodes[root];
            while node.feature != LEAF {
                let next =
                    if features[usize::from(node.feature)] <= node.value { node.left } else { node.right };
                node = &self.nodes[root + usize::from(next)];
            }
            sum += node.value;
        }
        sum
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk()?;
    *rest = tail;
    Some(*head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_sound() {
        assert!(Forest::built_in().roots.len() > 10);
    }

    #[test]
    fn a_damaged_model_is_refused() {
        let bytes = include_bytes!("../../../models/blocks.forest");
        assert!(Forest::parse(&bytes[..bytes.len() - 1]).is_none());
        assert!(Forest::parse(&[]).is_none());
    }
}

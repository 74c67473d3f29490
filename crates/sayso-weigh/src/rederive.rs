//! Keeps a positive loop up to date: deletes what may no longer hold, and derives again what still does.
//!
//! Delete and rederive (Gupta, Mumick, Subrahmanian: Maintaining views incrementally, SIGMOD 1993) deletes all that a
//! lost fact ever helped to derive, which in a loop is nearly everything. So each member keeps a rank above those of
//! what one of its derivations needs (as in Even and Shiloach: An on-line edge-deletion problem, J. ACM 28, 1981):
//! a member that is derived from lower ranks stays, whatever falls above it, and only the rest is deleted.

use crate::Truth;
use crate::conditions::Conditions;
use crate::graph::{Graph, flag};
use crate::solve::Values;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::ops::Range;

/// The rank of a member that does not hold.
const NO_RANK: u64 = u64::MAX;

/// What a value has to be at least: a loop without undercuts between its members is two independent questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layer {
    /// It is true.
    Sure,
    /// It is true or undefined.
    Possible,
}

impl Layer {
    const ALL: [Layer; 2] = [Layer::Sure, Layer::Possible];

    fn holds(self, value: Truth) -> bool {
        match self {
            Layer::Sure => value.is_true(),
            Layer::Possible => !value.is_false(),
        }
    }
}

/// The ranks of the members of one loop, by their place in it.
#[derive(Clone, Debug)]
pub(crate) struct Ranks {
    sure: Vec<u64>,
    possible: Vec<u64>,
}

/// What to put back: the layer, the place in the loop and the rank that was there.
pub(crate) type OldRank = (Layer, u32, u64);

impl Ranks {
    /// The ranks of a loop whose values are found, and of all that it rests on; none where one of its members
    /// undercuts another.
    pub(crate) fn of(
        graph: &Graph,
        conditions: &impl Conditions,
        values: &impl Values,
        range: Range<u32>,
    ) -> Option<Ranks> {
        let undercutters = |node| graph.undercuts_of(node).map(|edge| graph.undercuts.pairs[edge].1);
        if range.clone().flat_map(undercutters).any(|by| range.contains(&by)) {
            return None;
        }
        let none = vec![NO_RANK; range.len()];
        let mut ranks = Ranks { sure: none.clone(), possible: none };
        for layer in Layer::ALL {
            let ranks = ranks.layer(layer);
            let mut round =
                Round { graph, conditions, values, layer, ranks, range: range.clone(), old: Vec::new() };
            round.derive(range.clone().collect());
        }
        Some(ranks)
    }

    fn layer(&mut self, layer: Layer) -> &mut Vec<u64> {
        match layer {
            Layer::Sure => &mut self.sure,
            Layer::Possible => &mut self.possible,
        }
    }

    /// The value of the member at a place.
    pub(crate) fn value(&self, place: u32) -> Truth {
        match (self.sure[place as usize], self.possible[place as usize]) {
            (NO_RANK, NO_RANK) => Truth::False,
            (NO_RANK, _) => Truth::Undefined,
            _ => Truth::True,
        }
    }

    /// Brings the ranks up to date where the rules of some members, or the values outside that they read, are
    /// others now. Gives what changed; a member whose ranks did not has its old value. `values` are asked of nodes
    /// outside only.
    pub(crate) fn update(
        &mut self,
        graph: &Graph,
        conditions: &impl Conditions,
        values: &impl Values,
        range: &Range<u32>,
        touched: &[u32],
    ) -> Vec<OldRank> {
        let mut all = Vec::new();
        for layer in Layer::ALL {
            let ranks = self.layer(layer);
            let mut round =
                Round { graph, conditions, values, layer, ranks, range: range.clone(), old: Vec::new() };
            round.delete(touched);
            let deleted = round.old.iter().map(|&(_, place, _)| range.start + place);
            let candidates = deleted.chain(touched.iter().copied()).collect();
            round.derive(candidates);
            all.append(&mut round.old);
        }
        all
    }

    /// Puts ranks back, given as they were changed.
    pub(crate) fn put_back(&mut self, old: &[OldRank]) {
        for &(layer, place, rank) in old.iter().rev() {
            self.layer(layer)[place as usize] = rank;
        }
    }
}

/// One layer being brought up to date.
struct Round<'a, C, V> {
    graph: &'a Graph,
    conditions: &'a C,
    values: &'a V,
    layer: Layer,
    ranks: &'a mut Vec<u64>,
    range: Range<u32>,
    old: Vec<OldRank>,
}

impl<C: Conditions, V: Values> Round<'_, C, V> {
    fn rank(&self, node: u32) -> u64 {
        self.ranks[(node - self.range.start) as usize]
    }

    fn set(&mut self, node: u32, rank: u64) {
        let place = node - self.range.start;
        let was = std::mem::replace(&mut self.ranks[place as usize], rank);
        self.old.push((self.layer, place, was));
    }

    /// Whether its acts and what undercuts it let a member hold.
    fn is_allowed(&self, node: u32) -> bool {
        self.conditions.live(node)
            && self.conditions.undercutters(node).all(|by| self.layer.holds(!self.values.get(by)))
    }

    /// The rank that an alternative gives its owner, if all it needs holds.
    fn rank_by(&self, alternative: u32) -> Option<u64> {
        let mut rank = 0;
        for &need in self.graph.needs.row(alternative) {
            if !self.range.contains(&need) {
                self.layer.holds(self.values.get(need)).then_some(())?;
                continue;
            }
            match self.rank(need) {
                NO_RANK => return None,
                below => rank = rank.max(below + 1),
            }
        }
        Some(rank)
    }

    /// The least rank that a member can have as things are.
    fn least_rank(&self, node: u32) -> Option<u64> {
        if self.graph.has(node, flag::FIRST) {
            return Some(0);
        }
        self.graph.alternatives(node).filter_map(|alternative| self.rank_by(alternative)).min()
    }

    /// Takes out, lowest first, what is not derived from lower ranks: when a member's turn comes, all below it is
    /// settled.
    fn delete(&mut self, touched: &[u32]) {
        let ranked = touched.iter().map(|&node| (self.rank(node), node));
        let mut queue: BinaryHeap<Reverse<(u64, u32)>> =
            ranked.filter(|&(rank, _)| rank != NO_RANK).map(Reverse).collect();
        let mut last = None;
        while let Some(Reverse((rank, node))) = queue.pop() {
            // One that lost several of its needs comes as many times in a row.
            if last.replace(node) == Some(node) {
                continue;
            }
            let stays = self.is_allowed(node) && self.least_rank(node).is_some_and(|least| least <= rank);
            if stays {
                continue;
            }
            self.set(node, NO_RANK);
            for user in self.graph.users(node).filter(|user| self.range.contains(user)) {
                let above = self.rank(user);
                if above != NO_RANK && above > rank {
                    queue.push(Reverse((above, user)));
                }
            }
        }
    }

    /// Puts in, nearest first, what can be derived of some members and of all that then follows from them.
    fn derive(&mut self, candidates: Vec<u32>) {
        let open = candidates.into_iter().filter(|&node| self.rank(node) == NO_RANK);
        let ranked = open.filter_map(|node| Some((self.least_rank(node)?, node)));
        let mut ranked: Vec<(u64, u32)> = ranked.collect();
        ranked.sort_unstable();
        let mut queue: VecDeque<(u64, u32)> = ranked.into();
        // By alternative, how many of its needs are still to come: so that a long one is looked through once.
        let mut missing: FxHashMap<u32, u32> = FxHashMap::default();
        while let Some((rank, node)) = queue.pop_front() {
            if self.rank(node) != NO_RANK || !self.is_allowed(node) {
                continue;
            }
            self.set(node, rank);
            for &alternative in self.graph.uses.row(node) {
                let owner = self.graph.owner[alternative as usize];
                if !self.range.contains(&owner) || self.rank(owner) != NO_RANK {
                    continue;
                }
                let left = match missing.get_mut(&alternative) {
                    Some(left) => {
                        *left -= 1;
                        *left
                    }
                    None => {
                        let left = self.count_missing(alternative);
                        missing.insert(alternative, left);
                        left
                    }
                };
                if left == 0
                    && let Some(rank) = self.rank_by(alternative)
                {
                    queue.push_back((rank, owner));
                }
            }
        }
    }

    /// How many of the members that an alternative needs do not hold yet.
    fn count_missing(&self, alternative: u32) -> u32 {
        let inside = self.graph.needs.row(alternative).iter().filter(|need| self.range.contains(need));
        inside.filter(|&&need| self.rank(need) == NO_RANK).count() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::as_of::Target;
    use crate::conditions::InForce;
    use crate::model::model;
    use crate::{ALWAYS, Builder, Moment, Need, Said, Side};

    const SIZE: u32 = 1_000;

    /// A ring in which everyone repeats the one before or has it from an origin; origins are numbered after it.
    fn ring() -> Graph {
        let mut builder = Builder::default();
        let said = |source| Said {
            source,
            document: None,
            claim: 0,
            side: Side::For,
            held: true,
            published: ALWAYS,
            known: ALWAYS,
        };
        for at in 0..SIZE {
            let before = Need::Statement((at + SIZE - 1) % SIZE);
            let origin = Need::Statement(SIZE + at);
            builder.relayed(said(at), [&[before][..], &[origin][..]]);
        }
        (0..SIZE).for_each(|at| {
            builder.first_hand(said(SIZE + at));
        });
        builder.build()
    }

    #[test]
    fn what_has_another_ground_is_not_deleted() {
        let graph = ring();
        let mut in_force = InForce::new(&graph, Moment::ALL);
        let mut values = model(&graph, &in_force);
        let range = graph.loops[0].clone();
        assert_eq!(range.len(), SIZE as usize);
        let mut ranks = Ranks::of(&graph, &in_force, &values, range.clone()).unwrap();
        let mut changes = 0;
        for at in 0..SIZE - 1 {
            let origin = graph.node_of[(SIZE + at) as usize];
            assert!(in_force.set(Target::Statement(origin), true));
            values.set(origin, Truth::False);
            let touched = [graph.node_of[at as usize]];
            let old = ranks.update(&graph, &in_force, &values, &range, &touched);
            assert!(old.len() <= 4, "one is deleted and derived again, in each layer: {old:?}");
            changes += old.len();
            assert!((0..SIZE).all(|place| ranks.value(place).is_true()));
        }
        assert!(changes > 0);
        let last = graph.node_of[2 * SIZE as usize - 1];
        in_force.set(Target::Statement(last), true);
        values.set(last, Truth::False);
        let touched = [graph.node_of[SIZE as usize - 1]];
        let old = ranks.update(&graph, &in_force, &values, &range, &touched);
        assert!((0..SIZE).all(|place| ranks.value(place).is_false()), "a ring holds nothing up by itself");
        ranks.put_back(&old);
        assert!((0..SIZE).all(|place| ranks.value(place).is_true()));
    }
}

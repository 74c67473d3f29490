//! The range of an argument's independence: with sources that may be one merged, and with all kept apart.

use super::{Argument, Budget, Independence, LeastFall};
use crate::graph::{Graph, NONE};
use rustc_hash::FxHashMap;

/// By place of each source: the place of the source as which it speaks, the first of its group.
struct Merged(Vec<u32>);

impl Argument {
    /// Lets the sources of each group speak as one; nothing where there are no two of a group.
    fn merge(&mut self, graph: &Graph) -> Option<Merged> {
        self.sources.iter().filter(|&&source| graph.groups.contains(source)).nth(1)?;
        let mut first_of_group: FxHashMap<u32, u32> = FxHashMap::default();
        let mut merged = false;
        let speaks_as: Vec<u32> = (self.sources.iter().zip(0..))
            .map(|(&source, at)| {
                let group = graph.groups.of(source);
                if group == NONE {
                    return at;
                }
                let first = *first_of_group.entry(group).or_insert(at);
                merged |= first != at;
                first
            })
            .collect();
        if !merged {
            return None;
        }
        self.source.iter_mut().filter(|source| **source != NONE).for_each(|source| {
            *source = speaks_as[*source as usize];
        });
        Some(Merged(speaks_as))
    }

    /// The range of its independence, and how many single points it has. Uses the argument up where sources have
    /// to be merged.
    pub(crate) fn independence_figures(&mut self, graph: &Graph, budget: Budget) -> ((u32, u32), u32) {
        if self.is_empty() {
            return ((0, 0), 0);
        }
        // The common case is counted without naming anything.
        let single = if self.sources.len() <= 64 {
            let ends = self.fall_of_each(|source| 1 << source) & (u64::MAX >> (64 - self.sources.len()));
            ends.count_ones()
        } else {
            self.single_places().len() as u32
        };
        if single != 0 {
            return ((1, 1), single);
        }
        (self.least_falls(graph, budget).range, 0)
    }

    /// What makes it fall where no source does alone. Uses the argument up where there are sources to be merged.
    fn least_falls(&mut self, graph: &Graph, budget: Budget) -> LeastFalls {
        let apart = self.least_fall(&mut { budget.steps });
        let mut at_least = apart.at_least;
        let merged = self.merge(graph);
        if merged.is_some() {
            at_least = at_least.min(self.least_fall(&mut { budget.steps }).at_least);
        }
        // A lower end of 1 decides the standing, so it must be right even where the budget did not suffice.
        if graph.groups.decide && at_least == 1 && (merged.is_none() || self.single_places().is_empty()) {
            at_least = 2;
        }
        LeastFalls { range: (at_least, apart.cut.len() as u32), apart, merged }
    }

    /// Its independence. Uses the argument up where sources have to be merged.
    pub(crate) fn independence(&mut self, graph: &Graph, budget: Budget) -> Independence {
        if self.is_empty() {
            return Independence::default();
        }
        let single_points = self.single_points();
        if let Some(&first) = single_points.first() {
            let merged = if graph.groups.decide { self.merge(graph) } else { None };
            let single_groups = self.single_groups(graph, merged, &single_points);
            let cut = vec![first];
            return Independence { range: (1, 1), single_points, single_groups, cut, proofs: Vec::new() };
        }
        let LeastFalls { range, apart, merged } = self.least_falls(graph, budget);
        let cut = self.names(apart.cut);
        let proofs = apart.proofs.into_iter().map(|proof| self.names(proof)).collect();
        let single_groups = self.single_groups(graph, merged, &single_points);
        Independence { range, single_points, single_groups, cut, proofs }
    }

    /// Groups of which all fall together and end it, and none of which does alone, once they are merged.
    fn single_groups(
        &mut self,
        graph: &Graph,
        merged: Option<Merged>,
        single_points: &[u32],
    ) -> Vec<Vec<u32>> {
        let Some(Merged(speaks_as)) = merged.filter(|_| graph.groups.decide) else { return Vec::new() };
        let mut groups = Vec::new();
        for place in self.single_places() {
            let members = (0..).zip(&speaks_as).filter(|&(_, &first)| first == place);
            let members = self.names(members.map(|(member, _)| member).collect());
            let is_doubtful =
                members.len() > 1 && members.iter().all(|member| !single_points.contains(member));
            if is_doubtful {
                groups.push(members);
            }
        }
        groups.sort_unstable();
        groups
    }

    /// The sources at some places, sorted.
    fn names(&self, mut places: Vec<u32>) -> Vec<u32> {
        places.iter_mut().for_each(|place| *place = self.sources[*place as usize]);
        places.sort_unstable();
        places
    }
}

/// The least that ends an argument, with all sources apart, and its range.
struct LeastFalls {
    apart: LeastFall,
    range: (u32, u32),
    /// Which sources speak as one now, where any do.
    merged: Option<Merged>,
}

//! The part of a graph whose order an added undercut upsets.
//!
//! A graph is arranged so that what a node depends on comes before it. An undercut that is added later may lead from
//! a later node to an earlier one. Then only what depends on the earlier one and does not come after the later one
//! has to be put into another order (Pearce and Kelly: A dynamic topological sort algorithm for directed acyclic
//! graphs, J. Exp. Algorithmics 11, 2006); undercuts that are added in the order of the graph change nothing.

use crate::components::{Listed, components};
use crate::conditions::{Conditions, InForce};
use crate::graph::Graph;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// Nodes that are settled in an order of their own, in place of the order of the graph.
#[derive(Clone, Debug)]
pub(crate) struct Window {
    /// All of them lie in this range; others may, too.
    pub(crate) range: Range<u32>,
    pub(crate) steps: Vec<Step>,
    members: FxHashSet<u32>,
}

/// What is settled at once.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// A node by itself, or a loop of the graph, named by any of its members.
    Usual(u32),
    /// Nodes that depend on each other through added undercuts, loops of the graph among them.
    Tangle(Vec<u32>),
}

impl Window {
    /// The window of the undercuts that are added; none where they follow the order of the graph.
    pub(crate) fn of(graph: &Graph, in_force: &InForce) -> Option<Window> {
        let whole = |node: u32| graph.loop_of(node).unwrap_or(node..node + 1);
        let against_order = in_force.added().iter().filter(|&&(target, by)| by >= whole(target).start);
        let mut targets = Vec::new();
        let (mut start, mut end) = (u32::MAX, 0);
        for &(target, by) in against_order {
            targets.push(target);
            start = start.min(whole(target).start);
            end = end.max(whole(by).end);
        }
        if targets.is_empty() {
            return None;
        }
        // Of a loop of the graph all members depend on each other, so it is there as a whole or not at all.
        let mut place: FxHashMap<u32, u32> = FxHashMap::default();
        let mut nodes = Vec::new();
        while let Some(node) = targets.pop() {
            if node < end && place.insert(node, 0).is_none() {
                nodes.push(node);
                let above = graph.users(node).chain(graph.undercut_by(node));
                targets.extend(above.chain(in_force.added_targets(node)));
            }
        }
        nodes.sort_unstable();
        for (&node, at) in nodes.iter().zip(0..) {
            place.insert(node, at);
        }
        let steps = steps(graph, in_force, &nodes, &place);
        Some(Window { range: start..end, steps, members: place.into_keys().collect() })
    }

    pub(crate) fn contains(&self, node: u32) -> bool {
        self.members.contains(&node)
    }
}

fn steps(graph: &Graph, in_force: &InForce, nodes: &[u32], place: &FxHashMap<u32, u32>) -> Vec<Step> {
    let dependencies = nodes.iter().map(|&node| {
        // Undercuts that are not in force may be again, so the order heeds them.
        let needs = graph.bases(node).flatten().copied();
        let undercutters = graph.undercuts_of(node).map(|edge| graph.undercuts.pairs[edge].1);
        let all = needs.chain(undercutters).chain(in_force.added_undercutters(node));
        all.filter_map(|other| place.get(&other).copied()).collect()
    });
    let order = components(&Listed(dependencies.collect()), 0..nodes.len() as u32);
    let mut loops = order.loops.into_iter().peekable();
    let mut steps = Vec::new();
    let mut at = 0;
    while let Some(&local) = order.nodes.get(at as usize) {
        let first = nodes[local as usize];
        let Some(range) = loops.next_if(|range| range.start == at) else {
            steps.push(Step::Usual(first));
            at += 1;
            continue;
        };
        let locals = &order.nodes[range.start as usize..range.end as usize];
        let members: Vec<u32> = locals.iter().map(|&local| nodes[local as usize]).collect();
        let added_inside = members.iter().any(|&member| {
            in_force.added_undercutters(member).any(|by| by == member || members.contains(&by))
        });
        steps.push(if added_inside { Step::Tangle(members) } else { Step::Usual(first) });
        at = range.end;
    }
    steps
}

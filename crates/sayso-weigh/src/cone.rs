//! The part of a graph that one claim depends on, weighed by itself.

use crate::Truth;
use crate::components::{Listed, components};
use crate::conditions::Conditions;
use crate::graph::Graph;
use crate::solve::{Values, solve_loop, value_of};
use rustc_hash::{FxHashMap, FxHashSet};

/// The nodes that some nodes depend on, by what they rest on and by what undercuts them.
pub(crate) struct Cone;

impl Cone {
    /// All nodes under `roots`, themselves included, sorted: dependencies first, loops in one piece.
    pub(crate) fn below(graph: &Graph, added: &[(u32, u32)], roots: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut seen: FxHashSet<u32> = FxHashSet::default();
        let mut nodes: Vec<u32> = Vec::new();
        let add = |node: u32, nodes: &mut Vec<u32>, seen: &mut FxHashSet<u32>| {
            if seen.insert(node) {
                nodes.push(node);
            }
        };
        roots.for_each(|root| add(root, &mut nodes, &mut seen));
        let mut at = 0;
        while let Some(&node) = nodes.get(at) {
            at += 1;
            graph.bases(node).flatten().for_each(|&need| add(need, &mut nodes, &mut seen));
            graph
                .undercuts_of(node)
                .for_each(|edge| add(graph.undercuts.pairs[edge].1, &mut nodes, &mut seen));
            let start = added.partition_point(|edge| edge.0 < node);
            let also = added[start..].iter().take_while(|edge| edge.0 == node);
            also.for_each(|edge| add(edge.1, &mut nodes, &mut seen));
        }
        nodes.sort_unstable();
        nodes
    }

    /// All nodes that a claim's statements depend on.
    pub(crate) fn below_claim(graph: &Graph, claim: u32) -> Vec<u32> {
        Cone::below(graph, &[], graph.claims.row(claim).iter().copied())
    }

    /// The model of the nodes under `roots`.
    pub(crate) fn weigh(
        graph: &Graph,
        conditions: &impl Conditions,
        roots: impl Iterator<Item = u32>,
    ) -> FxHashMap<u32, Truth> {
        let nodes = Cone::below(graph, conditions.added(), roots);
        let mut values = FxHashMap::with_capacity_and_hasher(nodes.len(), Default::default());
        sweep(graph, conditions, &mut values, &nodes);
        values
    }
}

/// Finds the values of sorted `nodes`; what they depend on is among them or has its final value.
pub(crate) fn sweep(graph: &Graph, conditions: &impl Conditions, values: &mut impl Values, nodes: &[u32]) {
    if !conditions.added().is_empty() {
        return sweep_reordered(graph, conditions, values, nodes);
    }
    let mut at = 0;
    while let Some(&node) = nodes.get(at) {
        if let Some(range) = graph.loop_of(node) {
            let members = &nodes[at..at + range.len()];
            solve_loop(graph, conditions, values, members, |other| {
                range.contains(&other).then(|| other - range.start)
            });
            at += range.len();
        } else {
            values.set(node, value_of(graph, conditions, values, node));
            at += 1;
        }
    }
}

/// The same where undercuts were added since the graph was arranged, so that its order and its loops cannot be
/// relied on: both are found anew for these nodes.
fn sweep_reordered(graph: &Graph, conditions: &impl Conditions, values: &mut impl Values, nodes: &[u32]) {
    let place: FxHashMap<u32, u32> = nodes.iter().copied().zip(0..).collect();
    let mut edges: Vec<Vec<u32>> = Vec::with_capacity(nodes.len());
    for &node in nodes {
        let needs = graph.bases(node).flatten().copied();
        let dependencies = needs.chain(conditions.undercutters(node));
        edges.push(dependencies.filter_map(|other| place.get(&other).copied()).collect());
    }
    let order = components(&Listed(edges), 0..nodes.len() as u32);
    let mut loops = order.loops.iter().peekable();
    let mut at = 0;
    while at < order.nodes.len() as u32 {
        let Some(range) = loops.next_if(|range| range.start == at) else {
            let node = nodes[order.nodes[at as usize] as usize];
            values.set(node, value_of(graph, conditions, values, node));
            at += 1;
            continue;
        };
        let locals = &order.nodes[range.start as usize..range.end as usize];
        let members: Vec<u32> = locals.iter().map(|&local| nodes[local as usize]).collect();
        let within: FxHashMap<u32, u32> = members.iter().copied().zip(0..).collect();
        solve_loop(graph, conditions, values, &members, |other| within.get(&other).copied());
        at = range.end;
    }
}

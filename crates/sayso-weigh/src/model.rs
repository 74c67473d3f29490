//! The well-founded model of a whole graph.

use crate::Truth;
use crate::as_of::Moment;
use crate::bits::Bits;
use crate::conditions::{Conditions, InForce};
use crate::graph::{Graph, Side};
use crate::solve::{Values, solve_loop, value_of};
use crate::standing::side_value;
use rustc_hash::FxHashSet;

/// The value of every node. Nodes come in an order in which all that they depend on comes first, but for loops,
/// so one pass suffices; memory is read nearly in sequence.
///
/// Splitting a program at its components does not change its well-founded model (Lifschitz and Turner: Splitting a
/// logic program, 1994; for the well-founded model, Przymusinski 1989).
pub(crate) fn model(graph: &Graph, conditions: &impl Conditions) -> Vec<Truth> {
    let mut values = vec![Truth::False; graph.node_count()];
    let mut loops = graph.loops.iter();
    let mut node = 0;
    loop {
        let next = loops.next();
        let until = next.map_or(graph.node_count() as u32, |range| range.start);
        for node in node..until {
            values[node as usize] = value_of(graph, conditions, &values, node);
        }
        let Some(range) = next else {
            return values;
        };
        let members: Vec<u32> = range.clone().collect();
        solve_loop(graph, conditions, &mut values, &members, |other| {
            range.contains(&other).then(|| other - range.start)
        });
        node = range.end;
    }
}

/// The well-founded model of a graph at a moment: which statements stand, without weighing any claim.
pub struct Model<'g> {
    graph: &'g Graph,
    values: Vec<Truth>,
}

impl<'g> Model<'g> {
    /// Finds the model. Linear in statements and needs, but for loops with undercuts in them.
    pub fn new(graph: &'g Graph, moment: Moment) -> Model<'g> {
        Model { graph, values: model(graph, &InForce::new(graph, moment)) }
    }

    /// Whether a statement stands.
    pub fn statement(&self, statement: u32) -> Truth {
        self.values[self.graph.node_of[statement as usize] as usize]
    }

    /// Whether something stands on one side of a claim.
    pub fn side(&self, claim: u32, side: Side) -> Truth {
        side_value(self.graph, &self.values, claim, side)
    }
}

/// What could stand if nothing had ever been withdrawn, discredited or undercut, and what even then rests only on
/// loops. Neither changes with any act.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reach<S> {
    /// Nodes with a chain to something said at first hand.
    pub(crate) grounded: S,
    /// Nodes without one, that loops would hold up if loops could hold themselves up.
    pub(crate) looped: S,
}

/// A set of nodes: of all ([`Bits`]), or of the few that matter (a hash set).
pub(crate) trait NodeSet: Default {
    fn contains(&self, node: u32) -> bool;
    fn set(&mut self, node: u32, present: bool);
}

impl NodeSet for Bits {
    fn contains(&self, node: u32) -> bool {
        Bits::contains(self, node)
    }
    fn set(&mut self, node: u32, present: bool) {
        Bits::set(self, node, present);
    }
}

impl NodeSet for FxHashSet<u32> {
    fn contains(&self, node: u32) -> bool {
        FxHashSet::contains(self, &node)
    }
    fn set(&mut self, node: u32, present: bool) {
        if present {
            self.insert(node);
        } else {
            self.remove(&node);
        }
    }
}

impl<S: NodeSet> Reach<S> {
    /// Over sorted `nodes` that hold all they rest on; `lifted` with everything lifted, and the model under it.
    pub(crate) fn new(
        graph: &Graph,
        lifted: &impl Conditions,
        values: &impl Values,
        nodes: impl Iterator<Item = u32> + Clone,
    ) -> Reach<S> {
        let mut reach = Reach { grounded: S::default(), looped: S::default() };
        nodes
            .clone()
            .filter(|&node| values.get(node).is_true())
            .for_each(|node| reach.grounded.set(node, true));
        if !graph.loops.is_empty() {
            reach.find_looped(graph, lifted, nodes);
        }
        reach
    }

    /// The greatest set of nodes that would stand if loops could hold themselves up, less what is grounded.
    fn find_looped(&mut self, graph: &Graph, lifted: &impl Conditions, nodes: impl Iterator<Item = u32>) {
        let mut done = 0;
        for node in nodes {
            if node < done || self.grounded.contains(node) || !lifted.live(node) {
                continue;
            }
            match graph.loop_of(node) {
                Some(range) => {
                    done = range.end;
                    let candidates =
                        range.clone().filter(|&node| !self.grounded.contains(node) && lifted.live(node));
                    let candidates: Vec<u32> = candidates.collect();
                    candidates.into_iter().for_each(|node| self.looped.set(node, true));
                    self.drop_unsupported(graph, range);
                }
                None => {
                    let holds = graph.bases(node).any(|needs| self.holds_up(needs));
                    self.looped.set(node, holds);
                }
            }
        }
    }

    fn holds_up(&self, needs: &[u32]) -> bool {
        needs.iter().all(|&need| self.grounded.contains(need) || self.looped.contains(need))
    }

    /// Takes out, one after the other, the members of a loop that not even the loop supports.
    fn drop_unsupported(&mut self, graph: &Graph, range: std::ops::Range<u32>) {
        let first = graph.alternative_start[range.start as usize] as usize;
        let end = graph.alternative_start[range.end as usize] as usize;
        let mut holds: Vec<bool> =
            (first..end).map(|alternative| self.holds_up(graph.needs.row(alternative as u32))).collect();
        let mut holding: Vec<usize> = (range.clone())
            .map(|node| {
                graph.alternatives(node).filter(|&alternative| holds[alternative as usize - first]).count()
            })
            .collect();
        let unsupported = range.clone().filter(|&node| holding[(node - range.start) as usize] == 0);
        let mut queue: Vec<u32> = unsupported.filter(|&node| self.looped.contains(node)).collect();
        while let Some(node) = queue.pop() {
            self.looped.set(node, false);
            for &alternative in graph.uses.row(node) {
                let owner = graph.owner[alternative as usize];
                if range.contains(&owner) && std::mem::take(&mut holds[alternative as usize - first]) {
                    let left = &mut holding[(owner - range.start) as usize];
                    *left -= 1;
                    if *left == 0 && self.looped.contains(owner) {
                        queue.push(owner);
                    }
                }
            }
        }
    }
}

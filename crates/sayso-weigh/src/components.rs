//! Strongly connected components in topological order, dependencies first.

/// A directed graph whose edges are numbered from 0 for each node.
pub(crate) trait Dependencies {
    /// How many nodes there are.
    fn node_count(&self) -> usize;
    /// The node that edge number `edge` of `node` leads to; `None` past the last edge.
    fn dependency(&self, node: u32, edge: u32) -> Option<u32>;
}

/// Dependencies as lists.
pub(crate) struct Listed(pub(crate) Vec<Vec<u32>>);

impl Dependencies for Listed {
    fn node_count(&self) -> usize {
        self.0.len()
    }

    fn dependency(&self, node: u32, edge: u32) -> Option<u32> {
        self.0[node as usize].get(edge as usize).copied()
    }
}

/// Nodes in an order in which every component comes after all that it depends on, each component in one piece.
pub(crate) struct Order {
    pub(crate) nodes: Vec<u32>,
    /// Ranges of `nodes` that are components of more than one node, or of one node that depends on itself.
    pub(crate) loops: Vec<std::ops::Range<u32>>,
}

/// The components of the nodes that can be reached from `roots`, which are visited in their order.
///
/// Tarjan's algorithm (SIAM J. Comput. 1, 1972) in Pearce's form with one number a node, and an explicit stack:
/// chains of relays may be deep. Linear in nodes and edges.
pub(crate) fn components(graph: &impl Dependencies, roots: impl Iterator<Item = u32>) -> Order {
    const UNSEEN: u32 = 0;
    const DONE: u32 = u32::MAX;
    let mut lowest = vec![UNSEEN; graph.node_count()];
    let mut order = Order { nodes: Vec::with_capacity(graph.node_count()), loops: Vec::new() };
    let mut open: Vec<u32> = Vec::new();
    let mut path: Vec<Visit> = Vec::new();
    let mut seen = UNSEEN;

    for root in roots {
        if lowest[root as usize] != UNSEEN {
            continue;
        }
        seen += 1;
        lowest[root as usize] = seen;
        path.push(Visit::new(root, seen));
        while let Some(visit) = path.last_mut() {
            let node = visit.node;
            if let Some(next) = graph.dependency(node, visit.edge) {
                visit.edge += 1;
                visit.loops |= next == node;
                match lowest[next as usize] {
                    UNSEEN => {
                        seen += 1;
                        lowest[next as usize] = seen;
                        path.push(Visit::new(next, seen));
                    }
                    DONE => {}
                    number => lowest[node as usize] = lowest[node as usize].min(number),
                }
                continue;
            }
            let visit = path.pop().expect("the loop is over its last");
            let low = lowest[node as usize];
            if let Some(parent) = path.last() {
                let above = &mut lowest[parent.node as usize];
                *above = (*above).min(low);
            }
            if low < visit.number {
                open.push(node);
                continue;
            }
            // The node is the first of its component: what was left open since then belongs to it.
            let start = order.nodes.len() as u32;
            while let Some(&member) = open.last().filter(|&&member| lowest[member as usize] >= visit.number) {
                open.pop();
                lowest[member as usize] = DONE;
                order.nodes.push(member);
            }
            lowest[node as usize] = DONE;
            order.nodes.push(node);
            let end = order.nodes.len() as u32;
            if end - start > 1 || visit.loops {
                order.loops.push(start..end);
            }
        }
    }
    order
}

/// A node on the path from the root, and how far its edges have been followed.
struct Visit {
    node: u32,
    number: u32,
    edge: u32,
    loops: bool,
}

impl Visit {
    fn new(node: u32, number: u32) -> Visit {
        Visit { node, number, edge: 0, loops: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reaches(lists: &[Vec<u32>]) -> Vec<Vec<bool>> {
        let n = lists.len();
        let mut reach = vec![vec![false; n]; n];
        for (from, list) in lists.iter().enumerate() {
            list.iter().for_each(|&to| reach[from][to as usize] = true);
        }
        for via in 0..n {
            for from in 0..n {
                if reach[from][via] {
                    let through = reach[via].clone();
                    reach[from].iter_mut().zip(through).for_each(|(to, more)| *to |= more);
                }
            }
        }
        reach
    }

    proptest! {
        #[test]
        fn components_are_mutual_reach_in_topological_order(
            lists in prop::collection::vec(prop::collection::vec(0u32..12, 0..3), 12)
        ) {
            let reach = reaches(&lists);
            let order = components(&Listed(lists.clone()), 0..12);
            let mut place = [usize::MAX; 12];
            order.nodes.iter().enumerate().for_each(|(at, &node)| place[node as usize] = at);
            prop_assert!(place.iter().all(|&at| at < 12));
            let component = |node: usize| order.loops.iter().position(|range| range.contains(&(place[node] as u32)));
            for a in 0..12 {
                prop_assert_eq!(component(a).is_some(), reach[a][a]);
                for b in 0..12 {
                    let together = a != b && reach[a][b] && reach[b][a];
                    if a != b {
                        prop_assert_eq!(together, component(a).is_some() && component(a) == component(b));
                    }
                    if reach[a][b] && !reach[b][a] {
                        prop_assert!(place[b] < place[a]);
                    }
                }
            }
        }
    }

    #[test]
    fn a_chain_of_a_million_needs_no_stack() {
        let lists = Listed((0..1_000_000u32).map(|node| Vec::from_iter(node.checked_sub(1))).collect());
        let order = components(&lists, (0..1_000_000).rev());
        assert!(order.nodes.iter().enumerate().all(|(at, &node)| at == node as usize));
        assert!(order.loops.is_empty());
    }
}

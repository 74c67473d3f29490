//! Where to draw what: nodes in layers, each to the right of all that it has its words from, with few crossings.
//!
//! The steps are those of Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system
//! structures" (IEEE Transactions on Systems, Man, and Cybernetics, 1981): break loops, layer by the longest path, lay
//! long edges through the layers between, order each layer by the middle of its neighbours, then straighten.

use std::collections::VecDeque;

/// Sweeps over the layers, there and back, for the order and for the positions.
const SWEEPS: usize = 8;

/// A drawing in units of layers (along) and of the size of nodes (across).
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// For each node its layer, and the middle of it across the layers.
    pub nodes: Vec<(usize, f64)>,
    /// For each edge, in the order in which they were given, what it goes through: a layer and a position each.
    pub edges: Vec<Line>,
    /// How many layers there are.
    pub layers: usize,
    /// How far the drawing reaches across.
    pub across: f64,
}

/// The way of an edge.
#[derive(Clone, Debug)]
pub struct Line {
    /// From one node to the other, both included.
    pub through: Vec<(usize, f64)>,
    /// Whether it closes a loop, and so goes back.
    pub is_back: bool,
}

/// How much room things take up across the layers.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// A node.
    pub node: f64,
    /// Between two nodes.
    pub gap: f64,
    /// A line that passes through a layer.
    pub line: f64,
}

/// The layer of each node, and how many layers there are. Edges that close a loop are turned round.
pub fn layers(count: usize, edges: &[(usize, usize)]) -> (Vec<usize>, usize) {
    let backs = backs(count, edges);
    let mut to = vec![Vec::new(); count];
    let mut waiting = vec![0_usize; count];
    for (&(one, other), &is_back) in edges.iter().zip(&backs) {
        let (one, other) = if is_back { (other, one) } else { (one, other) };
        to[one].push(other);
        waiting[other] += 1;
    }
    let mut layers = vec![0; count];
    let mut ready: VecDeque<usize> = (0..count).filter(|&at| waiting[at] == 0).collect();
    while let Some(at) = ready.pop_front() {
        for &next in &to[at] {
            layers[next] = layers[next].max(layers[at] + 1);
            waiting[next] -= 1;
            if waiting[next] == 0 {
                ready.push_back(next);
            }
        }
    }
    let depth = layers.iter().max().map_or(0, |deepest| deepest + 1);
    (layers, depth)
}

/// Which edges close a loop, as a walk from the first node on comes upon them. Without recursion: a chain may be long.
fn backs(count: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut from = vec![Vec::new(); count];
    let mut incoming = vec![0; count];
    for (number, &(one, other)) in edges.iter().enumerate() {
        from[one].push((number, other));
        incoming[other] += 1;
    }
    let mut backs = vec![false; edges.len()];
    let mut states = vec![State::New; count];
    // Origins first, so that a loop is entered where it is fed.
    let mut starts: Vec<usize> = (0..count).collect();
    starts.sort_by_key(|&at| incoming[at] > 0);
    for start in starts {
        if states[start] != State::New {
            continue;
        }
        states[start] = State::Open;
        let mut stack = vec![(start, 0)];
        while let Some((at, next)) = stack.last_mut() {
            let Some(&(number, other)) = from[*at].get(*next) else {
                states[*at] = State::Done;
                stack.pop();
                continue;
            };
            *next += 1;
            match states[other] {
                State::Open => backs[number] = true,
                State::New => {
                    states[other] = State::Open;
                    stack.push((other, 0));
                }
                State::Done => {}
            }
        }
    }
    backs
}

/// Lays out so many nodes and the edges between them.
pub fn layout(count: usize, edges: &[(usize, usize)], room: Room) -> Layout {
    let backs = backs(count, edges);
    let (node_layers, depth) = layers(count, edges);
    let mut grid =
        Grid { layers: vec![Vec::new(); depth], from: Vec::new(), to: Vec::new(), is_node: Vec::new() };
    for &layer in &node_layers {
        grid.add(layer, true);
    }
    let mut ways = Vec::with_capacity(edges.len());
    for (&(one, other), &is_back) in edges.iter().zip(&backs) {
        let (first, last) = if is_back { (other, one) } else { (one, other) };
        let mut way = vec![first];
        for layer in node_layers[first] + 1..node_layers[last] {
            way.push(grid.add(layer, false));
        }
        way.push(last);
        way.windows(2).for_each(|pair| grid.connect(pair[0], pair[1]));
        if is_back {
            way.reverse();
        }
        ways.push((way, is_back));
    }
    grid.order();
    let positions = grid.positions(room);
    let layer_of = grid.layer_of();
    let edges = ways
        .into_iter()
        .map(|(way, is_back)| Line {
            through: way.into_iter().map(|at| (layer_of[at], positions[at])).collect(),
            is_back,
        })
        .collect();
    let reach = (0..positions.len()).map(|at| positions[at] + grid.half(at, room)).fold(0.0, f64::max);
    Layout {
        nodes: (0..count).map(|at| (layer_of[at], positions[at])).collect(),
        edges,
        layers: depth,
        across: reach,
    }
}

/// Nodes and the places where long edges pass, in layers.
struct Grid {
    layers: Vec<Vec<usize>>,
    from: Vec<Vec<usize>>,
    to: Vec<Vec<usize>>,
    is_node: Vec<bool>,
}

impl Grid {
    fn add(&mut self, layer: usize, is_node: bool) -> usize {
        let at = self.is_node.len();
        self.layers[layer].push(at);
        self.is_node.push(is_node);
        self.from.push(Vec::new());
        self.to.push(Vec::new());
        at
    }

    fn connect(&mut self, one: usize, other: usize) {
        self.to[one].push(other);
        self.from[other].push(one);
    }

    fn layer_of(&self) -> Vec<usize> {
        let mut layers = vec![0; self.is_node.len()];
        for (layer, members) in self.layers.iter().enumerate() {
            members.iter().for_each(|&at| layers[at] = layer);
        }
        layers
    }

    fn half(&self, at: usize, room: Room) -> f64 {
        if self.is_node[at] { room.node / 2.0 } else { room.line / 2.0 }
    }

    /// Puts each layer in the order of the middle of its neighbours, forwards and back, and keeps the best.
    fn order(&mut self) {
        let mut best = (self.crossings(), self.layers.clone());
        for sweep in 0..SWEEPS {
            let mut rank = vec![0.0; self.is_node.len()];
            let set = |rank: &mut Vec<f64>, layer: &[usize]| {
                layer.iter().enumerate().for_each(|(place, &at)| rank[at] = place as f64);
            };
            self.layers.iter().for_each(|layer| set(&mut rank, layer));
            let forwards = sweep % 2 == 0;
            let order: Vec<usize> = if forwards {
                (0..self.layers.len()).collect()
            } else {
                (0..self.layers.len()).rev().collect()
            };
            for number in order {
                let neighbours = if forwards { &self.from } else { &self.to };
                let layer = &mut self.layers[number];
                layer.sort_by(|&a, &b| {
                    let middle = |at: usize| mean(&neighbours[at], &rank).unwrap_or(rank[at]);
                    middle(a).total_cmp(&middle(b)).then(a.cmp(&b))
                });
                set(&mut rank, &self.layers[number]);
            }
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.layers.clone());
            }
        }
        self.layers = best.1;
    }

    fn crossings(&self) -> usize {
        let mut crossings = 0;
        let mut place = vec![0; self.is_node.len()];
        for layer in &self.layers {
            layer.iter().enumerate().for_each(|(at, &node)| place[node] = at);
        }
        for layer in &self.layers {
            let ends: Vec<(usize, usize)> =
                layer.iter().flat_map(|&at| self.to[at].iter().map(move |&to| (at, to))).collect();
            let ends: Vec<(usize, usize)> = ends.iter().map(|&(a, b)| (place[a], place[b])).collect();
            for (number, one) in ends.iter().enumerate() {
                let crosses = |other: &&(usize, usize)| {
                    (one.0 < other.0 && one.1 > other.1) || (one.0 > other.0 && one.1 < other.1)
                };
                crossings += ends[number + 1..].iter().filter(crosses).count();
            }
        }
        crossings
    }

    /// Moves everything towards its neighbours as far as the others in its layer let it.
    fn positions(&self, room: Room) -> Vec<f64> {
        let mut positions = vec![0.0; self.is_node.len()];
        for layer in &self.layers {
            self.settle(layer, &vec![0.0; layer.len()], &mut positions, room);
        }
        for sweep in 0..SWEEPS {
            let forwards = sweep % 2 == 0;
            let neighbours = if forwards { &self.from } else { &self.to };
            let order: Vec<usize> = if forwards {
                (0..self.layers.len()).collect()
            } else {
                (0..self.layers.len()).rev().collect()
            };
            for number in order {
                let layer = &self.layers[number];
                let wanted: Vec<f64> = layer
                    .iter()
                    .map(|&at| mean(&neighbours[at], &positions).unwrap_or(positions[at]))
                    .collect();
                self.settle(layer, &wanted, &mut positions, room);
            }
        }
        let least =
            (0..positions.len()).map(|at| positions[at] - self.half(at, room)).fold(f64::INFINITY, f64::min);
        positions.iter_mut().for_each(|position| *position -= least);
        positions
    }

    /// Puts the members of a layer as near to where they want to be as they can without touching, in their order.
    fn settle(&self, layer: &[usize], wanted: &[f64], positions: &mut [f64], room: Room) {
        // Members that would overlap become a block, which stands at the mean of what its members want.
        struct Block {
            offsets: Vec<f64>,
            sum: f64,
        }
        impl Block {
            fn start(&self) -> f64 {
                self.sum / self.offsets.len() as f64
            }
        }
        let distance = |one: usize, other: usize| self.half(one, room) + room.gap + self.half(other, room);
        let mut blocks: Vec<Block> = Vec::new();
        let mut place = 0;
        for (&at, &want) in layer.iter().zip(wanted) {
            blocks.push(Block { offsets: vec![0.0], sum: want });
            place += 1;
            let mut first = place - 1;
            while blocks.len() > 1 {
                let last = blocks.len() - 1;
                let before = &blocks[last - 1];
                let end = before.start() + before.offsets.last().expect("a block has members");
                let apart = distance(layer[first - 1], layer[first]);
                if blocks[last].start() >= end + apart {
                    break;
                }
                let block = blocks.pop().expect("there are two");
                let before = blocks.last_mut().expect("there are two");
                let shift = before.offsets.last().expect("a block has members") + apart;
                before.sum += block.sum - shift * block.offsets.len() as f64;
                before.offsets.extend(block.offsets.iter().map(|offset| offset + shift));
                first = place - before.offsets.len();
            }
            debug_assert!(at < positions.len());
        }
        let mut members = layer.iter();
        for block in &blocks {
            for offset in &block.offsets {
                positions[*members.next().expect("each member is in a block")] = block.start() + offset;
            }
        }
    }
}

fn mean(of: &[usize], values: &[f64]) -> Option<f64> {
    let count = of.len() as f64;
    (!of.is_empty()).then(|| of.iter().map(|&at| values[at]).sum::<f64>() / count)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room = Room { node: 40.0, gap: 10.0, line: 4.0 };

    fn assert_sound(count: usize, edges: &[(usize, usize)]) -> Layout {
        let layout = layout(count, edges, ROOM);
        assert_eq!((layout.nodes.len(), layout.edges.len()), (count, edges.len()));
        for (line, &(from, to)) in layout.edges.iter().zip(edges) {
            assert_eq!(line.through.first(), Some(&layout.nodes[from]));
            assert_eq!(line.through.last(), Some(&layout.nodes[to]));
            let forwards = line.through.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0);
            let backwards = line.through.windows(2).all(|pair| pair[0].0 == pair[1].0 + 1);
            assert!(if line.is_back { backwards } else { forwards }, "{line:?}");
        }
        for (one, a) in layout.nodes.iter().enumerate() {
            assert!(a.1 >= ROOM.node / 2.0 - 1e-6 && a.1 <= layout.across);
            for b in &layout.nodes[one + 1..] {
                assert!(
                    a.0 != b.0 || (a.1 - b.1).abs() >= ROOM.node + ROOM.gap - 1e-6,
                    "{a:?} touches {b:?}"
                );
            }
        }
        layout
    }

    #[test]
    fn words_go_one_way_and_nothing_touches() {
        let layout = assert_sound(6, &[(0, 1), (1, 2), (0, 2), (2, 3), (2, 4), (0, 4), (5, 2)]);
        assert_eq!(layout.layers, 4);
    }

    #[test]
    fn a_loop_has_one_edge_that_goes_back() {
        let layout = assert_sound(3, &[(0, 1), (1, 2), (2, 0)]);
        assert_eq!(layout.edges.iter().filter(|line| line.is_back).count(), 1);
        assert_eq!(layout.layers, 3);
    }

    #[test]
    fn a_straight_chain_is_straight() {
        let edges: Vec<(usize, usize)> = (0..9).map(|at| (at, at + 1)).collect();
        let layout = assert_sound(10, &edges);
        assert!(layout.nodes.iter().all(|node| (node.1 - layout.nodes[0].1).abs() < 1e-6));
    }

    #[test]
    fn any_graph_is_laid_out_soundly() {
        // A small generator of numbers, so that the same graphs are tried each time.
        let mut state = 7_u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for _ in 0..300 {
            let count = 1 + next(14);
            let mut edges: Vec<(usize, usize)> =
                (0..next(30)).map(|_| (next(count), next(count))).filter(|(a, b)| a != b).collect();
            edges.sort_unstable();
            edges.dedup();
            assert_sound(count, &edges);
        }
    }

    #[test]
    fn nothing_is_laid_out_as_nothing() {
        assert_sound(0, &[]);
        assert_sound(1, &[]);
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_does_not_overflow() {
        let edges: Vec<(usize, usize)> = (0..99_999).map(|at| (at, at + 1)).collect();
        assert_eq!(layers(100_000, &edges).1, 100_000);
    }
}

//! On how many sources a claim hangs: single points, and the least number whose fall together ends it.
//!
//! A minimum hitting set over the source sets of proofs is found implicitly: find a proof, add its sources, find a
//! minimum hitting set, discredit it, and repeat until no proof is left (Chandrasekaran, Karp, Moreno-Centeno,
//! Vempala: Algorithms for implicit hitting set problems, SODA 2011).

use crate::graph::{Graph, NONE, Side, flag};
use crate::hitting::min_hitting;
use crate::solve::Values;
use rustc_hash::FxHashMap;

mod merged;

/// How much work one claim may cost before its independence is given as a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Statements and sets looked at.
    pub steps: u64,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { steps: 20_000_000 }
    }
}

/// The independence of one side of a claim, with what shows it. Sources by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Independence {
    /// The least number of sources whose fall ends it: with all that may be one merged (or as far as the budget
    /// reached), and with all kept apart and the possible links kept.
    pub range: (u32, u32),
    /// The sources whose fall alone ends it.
    pub single_points: Vec<u32>,
    /// Sets of sources whose fall together ends it and which may be one, so that it may have a single point that is
    /// none of [`single_points`](Independence::single_points). Of each group those sources on which it stands. None
    /// in a graph whose standings the lower end of independence does not decide.
    pub single_groups: Vec<Vec<u32>>,
    /// Sources whose fall together ends it, as many as the upper end of the range says. Where possible links make
    /// for the upper end, they end what would stand with these.
    pub cut: Vec<u32>,
    /// Source sets of proofs such that no fewer sources than `cut` has hit all of them (where the budget sufficed);
    /// none are needed where there is a single point.
    pub proofs: Vec<Vec<u32>>,
}

/// The statements on which one side of a claim stands, down to first hand: only what is true, and of that only
/// alternatives that hold. Numbered from 0 in an order in which what is needed comes first, but for loops.
///
/// What is cut stays cut here, and what is undefined proves nothing, so the fall of sources can only take away.
#[derive(Default)]
pub(crate) struct Argument {
    nodes: Vec<u32>,
    /// By node and by source of the whole graph: their number here and one, 0 where they are not of this
    /// argument. As large as the graph, so that gathering costs nothing but the nodes gathered.
    local: Vec<u32>,
    local_source: Vec<u32>,
    /// By node: its source among `sources`, or [`NONE`] for tallies.
    source: Vec<u32>,
    first: Vec<bool>,
    /// Alternatives by node, needs by alternative.
    alternative_start: Vec<u32>,
    need_start: Vec<u32>,
    needs: Vec<u32>,
    roots: Vec<u32>,
    sources: Vec<u32>,
    /// How many nodes each source speaks at.
    worth: Vec<u32>,
    loops: bool,
    /// Room for evaluations: the alternative on which each node stands and the size of that proof.
    chosen: Vec<u32>,
    size: Vec<u32>,
    fails: Vec<u64>,
    seen: Vec<bool>,
    fallen: Vec<bool>,
    visited: Vec<u32>,
}

/// Up to this many sources are looked through.
const FEW: usize = 24;

/// In `chosen`: the node does not stand; it stands at first hand.
const FALLEN: u32 = NONE;
const AT_FIRST_HAND: u32 = NONE - 1;

impl Argument {
    /// Gathers the argument for some nodes in full. Reuses the room of the last one.
    pub(crate) fn gather(&mut self, graph: &Graph, values: &impl Values, roots: impl Iterator<Item = u32>) {
        self.gather_where(graph, values, roots, |needs| needs.iter().all(|&need| values.get(need).is_true()));
    }

    /// Gathers the argument for one side of a claim as far as its independence goes: without alternatives that need
    /// another statement of that side. A proof that uses one contains a smaller proof, of that statement.
    pub(crate) fn gather_least(&mut self, graph: &Graph, values: &impl Values, claim: u32, side: Side) {
        let holds = |needs: &[u32]| {
            needs.iter().all(|&need| values.get(need).is_true() && !graph.speaks_of(need, claim, side))
        };
        let stands_by_itself = |node: u32| graph.has(node, flag::FIRST) || graph.bases(node).any(holds);
        let roots = graph.witnesses(claim, side).filter(|&node| stands_by_itself(node));
        self.gather_where(graph, values, roots, holds);
    }

    fn gather_where(
        &mut self,
        graph: &Graph,
        values: &impl Values,
        roots: impl Iterator<Item = u32>,
        holds: impl Fn(&[u32]) -> bool,
    ) {
        self.clear(graph);
        for root in roots.filter(|&root| values.get(root).is_true()) {
            if self.local[root as usize] == 0 {
                self.local[root as usize] = 1;
                self.nodes.push(root);
                self.roots.push(root);
            }
        }
        let mut at = 0;
        while let Some(&node) = self.nodes.get(at) {
            at += 1;
            for &need in graph.bases(node).filter(|needs| holds(needs)).flatten() {
                if self.local[need as usize] == 0 {
                    self.local[need as usize] = 1;
                    self.nodes.push(need);
                }
            }
        }
        self.nodes.sort_unstable();
        for (&node, number) in self.nodes.iter().zip(1..) {
            self.local[node as usize] = number;
        }
        self.roots.iter_mut().for_each(|root| *root = self.local[*root as usize] - 1);
        self.alternative_start.push(0);
        self.need_start.push(0);
        for at in 0..self.nodes.len() {
            let node = self.nodes[at];
            let mut first = graph.has(node, flag::FIRST);
            for needs in graph.bases(node).filter(|needs| holds(needs)) {
                first |= needs.is_empty();
                for &need in needs {
                    let need = self.local[need as usize] - 1;
                    self.loops |= need >= at as u32;
                    self.needs.push(need);
                }
                self.need_start.push(self.needs.len() as u32);
            }
            self.alternative_start.push(self.need_start.len() as u32 - 1);
            self.first.push(first);
            let place = self.place_source(graph.source[node as usize]);
            self.source.push(place);
        }
    }

    /// The number of a source here.
    fn place_source(&mut self, source: u32) -> u32 {
        if source == NONE {
            return NONE;
        }
        // Nearly all arguments have a handful of sources, which are found quickest by looking through them.
        let found = if self.sources.len() <= FEW {
            self.sources.iter().position(|&known| known == source)
        } else {
            self.local_source.get(source as usize).and_then(|&number| (number as usize).checked_sub(1))
        };
        let place = found.unwrap_or_else(|| {
            self.sources.push(source);
            self.worth.push(0);
            if self.sources.len() == FEW + 1 {
                let largest = self.sources.iter().max().map_or(0, |&source| source as usize);
                self.local_source.resize(self.local_source.len().max(largest + 1), 0);
                self.sources
                    .iter()
                    .zip(1..)
                    .for_each(|(&known, number)| self.local_source[known as usize] = number);
            } else if self.sources.len() > FEW {
                self.local_source.resize(self.local_source.len().max(source as usize + 1), 0);
                self.local_source[source as usize] = self.sources.len() as u32;
            }
            self.sources.len() - 1
        });
        self.worth[place] += 1;
        place as u32
    }

    fn clear(&mut self, graph: &Graph) {
        if self.local.len() != graph.node_count() {
            // Made anew and not grown: zeroed memory that is never touched costs nothing.
            *self = Argument { local: vec![0; graph.node_count()], ..Argument::default() };
        }
        self.nodes.drain(..).for_each(|node| self.local[node as usize] = 0);
        if self.sources.len() > FEW {
            self.sources.iter().for_each(|&source| self.local_source[source as usize] = 0);
        }
        self.sources.clear();
        self.source.clear();
        self.first.clear();
        self.alternative_start.clear();
        self.need_start.clear();
        self.needs.clear();
        self.roots.clear();
        self.worth.clear();
        self.loops = false;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Reads what gathering a node will need, and gives anything that comes of it.
    pub(crate) fn read_ahead(&self, node: usize) -> u32 {
        self.local.get(node).copied().unwrap_or_default()
    }

    /// The sources at the ends of its chains, sorted.
    pub(crate) fn origins(&self) -> Vec<u32> {
        let ends = self.source.iter().zip(&self.first).filter(|&(&source, &first)| first && source != NONE);
        let mut origins: Vec<u32> = ends.map(|(&source, _)| self.sources[source as usize]).collect();
        origins.sort_unstable();
        origins.dedup();
        origins
    }

    /// For each of its nodes the nodes on which a proof of it rests, none at first hand.
    pub(crate) fn bases(&mut self) -> FxHashMap<u32, Option<Vec<u32>>> {
        self.evaluate(&[]);
        let basis = |chosen: u32| {
            let needs = || self.needs_of(chosen as usize).iter().map(|&need| self.nodes[need as usize]);
            (chosen != AT_FIRST_HAND).then(|| needs().collect())
        };
        self.nodes.iter().zip(&self.chosen).map(|(&node, &chosen)| (node, basis(chosen))).collect()
    }

    fn alternatives(&self, node: usize) -> std::ops::Range<usize> {
        self.alternative_start[node] as usize..self.alternative_start[node + 1] as usize
    }

    fn needs_of(&self, alternative: usize) -> &[u32] {
        &self.needs[self.need_start[alternative] as usize..self.need_start[alternative + 1] as usize]
    }

    /// The sources whose fall alone ends it, sorted: 64 sources are tried at a time.
    pub(crate) fn single_points(&mut self) -> Vec<u32> {
        let places = self.single_places();
        let mut found: Vec<u32> = places.into_iter().map(|place| self.sources[place as usize]).collect();
        found.sort_unstable();
        found
    }

    /// The same as places in `sources`.
    fn single_places(&mut self) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        if self.sources.len() <= 64 {
            let mut ends = self.fall_of_each(|source| 1 << source) & (u64::MAX >> (64 - self.sources.len()));
            while ends != 0 {
                found.push(ends.trailing_zeros());
                ends &= ends - 1;
            }
        } else {
            // A source that ends it alone is on every proof, so on any one.
            self.evaluate(&[]);
            let candidates = self.proof_sources(self.shortest_root());
            let mut bit = vec![0u64; self.sources.len()];
            for chunk in candidates.chunks(64) {
                bit.fill(0);
                chunk.iter().zip(0..).for_each(|(&source, at)| bit[source as usize] = 1 << at);
                let ends = self.fall_of_each(|source| bit[source as usize]);
                let ending = chunk.iter().zip(0..).filter(|&(_, at)| ends >> at & 1 == 1);
                found.extend(ending.map(|(&source, _): (&u32, u32)| source));
            }
        }
        found
    }

    /// For up to 64 sources at once, each with its bit, whether the fall of each alone ends the argument.
    fn fall_of_each(&mut self, bit: impl Fn(u32) -> u64) -> u64 {
        self.fails.clear();
        self.fails.resize(self.nodes.len(), u64::MAX);
        loop {
            let mut changed = false;
            for node in 0..self.nodes.len() {
                let mut fails = if self.first[node] { 0 } else { u64::MAX };
                for alternative in self.alternatives(node) {
                    let needs = self.needs_of(alternative).iter();
                    fails &= needs.fold(0, |fails, &need| fails | self.fails[need as usize]);
                }
                if self.source[node] != NONE {
                    fails |= bit(self.source[node]);
                }
                changed |= fails != self.fails[node];
                self.fails[node] = fails;
            }
            // Without loops one pass in order is final; with them values only ever go down.
            if !self.loops || !changed {
                break;
            }
        }
        self.roots.iter().fold(u64::MAX, |ends, &root| ends & self.fails[root as usize])
    }

    /// Finds what stands once some sources have fallen, each node on a proof that is short as far as one can see.
    fn evaluate(&mut self, fallen: &[u32]) {
        self.fallen.clear();
        self.fallen.resize(self.sources.len(), false);
        fallen.iter().for_each(|&source| self.fallen[source as usize] = true);
        self.chosen.clear();
        self.chosen.resize(self.nodes.len(), FALLEN);
        self.size.clear();
        self.size.resize(self.nodes.len(), u32::MAX);
        loop {
            let mut changed = false;
            for node in 0..self.nodes.len() {
                let source = self.source[node];
                if self.chosen[node] != FALLEN || source != NONE && self.fallen[source as usize] {
                    continue;
                }
                let mut best = if self.first[node] { (1, AT_FIRST_HAND) } else { (u32::MAX, FALLEN) };
                for alternative in self.alternatives(node) {
                    let needs = self.needs_of(alternative);
                    if needs.iter().any(|&need| self.chosen[need as usize] == FALLEN) {
                        continue;
                    }
                    let size =
                        needs.iter().fold(1u32, |size, &need| size.saturating_add(self.size[need as usize]));
                    if size < best.0 || best.1 == FALLEN {
                        best = (size, alternative as u32);
                    }
                }
                if best.1 != FALLEN {
                    (self.size[node], self.chosen[node]) = best;
                    changed = true;
                }
            }
            if !self.loops || !changed {
                return;
            }
        }
    }

    /// The standing root with the shortest proof.
    fn shortest_root(&self) -> u32 {
        let standing = self.roots.iter().copied().filter(|&root| self.chosen[root as usize] != FALLEN);
        standing.min_by_key(|&root| self.size[root as usize]).expect("an argument has a root that stands")
    }

    /// The sources of the proof on which a node stands, sorted, as places in `sources`.
    fn proof_sources(&mut self, root: u32) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        self.seen.resize(self.nodes.len().max(self.seen.len()), false);
        let mut visited = std::mem::take(&mut self.visited);
        visited.push(root);
        self.seen[root as usize] = true;
        let mut at = 0;
        while let Some(&node) = visited.get(at) {
            at += 1;
            let source = self.source[node as usize];
            if source != NONE {
                found.push(source);
            }
            let chosen = self.chosen[node as usize] as usize;
            if chosen == AT_FIRST_HAND as usize {
                continue;
            }
            for &need in &self.needs[self.need_start[chosen] as usize..self.need_start[chosen + 1] as usize] {
                if !std::mem::replace(&mut self.seen[need as usize], true) {
                    visited.push(need);
                }
            }
        }
        visited.drain(..).for_each(|node| self.seen[node as usize] = false);
        self.visited = visited;
        found.sort_unstable();
        found.dedup();
        found
    }

    fn stands(&self) -> bool {
        self.roots.iter().any(|&root| self.chosen[root as usize] != FALLEN)
    }

    /// Adds the sources of proofs that still stand and share no source with each other; false if none stands.
    fn add_proofs(&mut self, proofs: &mut Vec<Vec<u32>>) -> bool {
        let mut standing: Vec<u32> =
            self.roots.iter().copied().filter(|&root| self.chosen[root as usize] != FALLEN).collect();
        standing.sort_by_key(|&root| self.size[root as usize]);
        // Sources of these proofs are marked as fallen: the next evaluation starts afresh.
        self.fallen.fill(false);
        // Proofs may share long chains: following all of them could cost the square of the argument's size.
        let mut room = 4 * self.nodes.len() + 64;
        for &root in &standing {
            let size = self.size[root as usize] as usize;
            if size > room && root != standing[0] {
                break;
            }
            room = room.saturating_sub(size);
            let own = self.source[root as usize];
            if own != NONE && self.fallen[own as usize] {
                continue;
            }
            let sources = self.proof_sources(root);
            if sources.iter().all(|&source| !self.fallen[source as usize]) {
                sources.iter().for_each(|&source| self.fallen[source as usize] = true);
                proofs.push(sources);
            }
        }
        !standing.is_empty()
    }

    /// The source of a proof that speaks most often.
    fn busiest(&self, proof: &[u32]) -> Option<u32> {
        proof.iter().copied().max_by_key(|&source| (self.worth[source as usize], std::cmp::Reverse(source)))
    }

    /// The least number of places in `sources` whose fall ends the argument; a range once `steps` are used up.
    fn least_fall(&mut self, steps: &mut u64) -> LeastFall {
        let mut proofs: Vec<Vec<u32>> = Vec::new();
        let mut found = LeastFall::default();
        self.evaluate(&[]);
        self.add_proofs(&mut proofs);
        // The first proofs share no source, so one source of each is a smallest set that hits them.
        found.at_least = proofs.len() as u32;
        found.cut = proofs.iter().filter_map(|proof| self.busiest(proof)).collect();
        loop {
            self.evaluate(&found.cut);
            if !self.stands() {
                break;
            }
            self.add_proofs(&mut proofs);
            let cost = (self.nodes.len() + proofs.len()) as u64;
            if *steps < cost {
                self.complete(&mut found.cut);
                break;
            }
            *steps -= cost;
            let hitting = min_hitting(&proofs, self.sources.len(), &self.worth, steps);
            found.at_least = found.at_least.max(hitting.at_least);
            found.cut = hitting.elements;
        }
        found.proofs = proofs;
        found
    }

    /// Lets further sources fall, the busiest of each proof left, until none is left; then takes back any that
    /// were not needed.
    fn complete(&mut self, cut: &mut Vec<u32>) {
        loop {
            self.evaluate(cut);
            let mut proofs = Vec::new();
            if !self.add_proofs(&mut proofs) {
                break;
            }
            cut.extend(proofs.iter().filter_map(|proof| self.busiest(proof)));
        }
        // Each that is tried costs an evaluation, so in a large cut none is.
        let mut at = if cut.len() <= 256 { 0 } else { cut.len() };
        while at < cut.len() {
            let source = cut.swap_remove(at);
            self.evaluate(cut);
            if self.stands() {
                cut.push(source);
                let last = cut.len() - 1;
                cut.swap(at, last);
                at += 1;
            }
        }
    }
}

#[derive(Default)]
struct LeastFall {
    at_least: u32,
    cut: Vec<u32>,
    proofs: Vec<Vec<u32>>,
}

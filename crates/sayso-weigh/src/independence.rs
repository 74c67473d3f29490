//! On how many sources a claim hangs: single points, and the least number whose fall together ends it.
//!
//! A minimum hitting set over the source sets of proofs is found implicitly: find a proof, add its sources, find a
//! minimum hitting set, discredit it, and repeat until no proof is left (Chandrasekaran, Karp, Moreno-Centeno,
//! Vempala: Algorithms for implicit hitting set problems, SODA 2011).

use crate::graph::{Graph, NONE, flag};
use crate::hitting::min_hitting;
use crate::solve::Values;
use rustc_hash::FxHashMap;

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
    /// The least number of sources whose fall ends it: with unnamed sources that may be one person merged (or as
    /// far as the budget reached), and with all kept apart.
    pub range: (u32, u32),
    /// The sources whose fall alone ends it.
    pub single_points: Vec<u32>,
    /// Sources whose fall together ends it, as many as the upper end of the range says.
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
    local: FxHashMap<u32, u32>,
    /// By node: its source among `sources`, or [`NONE`] for tallies.
    source: Vec<u32>,
    first: Vec<bool>,
    /// Alternatives by node, needs by alternative.
    alternative_start: Vec<u32>,
    need_start: Vec<u32>,
    needs: Vec<u32>,
    roots: Vec<u32>,
    sources: Vec<u32>,
    place_of_source: FxHashMap<u32, u32>,
    /// How many nodes each source speaks at.
    worth: Vec<u32>,
    loops: bool,
    /// Room for evaluations: the alternative on which each node stands and the size of that proof.
    chosen: Vec<u32>,
    size: Vec<u32>,
    fails: Vec<u64>,
}

/// In `chosen`: the node does not stand; it stands at first hand.
const FALLEN: u32 = NONE;
const AT_FIRST_HAND: u32 = NONE - 1;

impl Argument {
    /// Gathers the argument for some true nodes. Reuses the room of the last one.
    pub(crate) fn gather(&mut self, graph: &Graph, values: &impl Values, roots: impl Iterator<Item = u32>) {
        self.clear();
        let holds = |needs: &[u32]| needs.iter().all(|&need| values.get(need).is_true());
        for root in roots.filter(|&root| values.get(root).is_true()) {
            if self.local.insert(root, 0).is_none() {
                self.nodes.push(root);
                self.roots.push(root);
            }
        }
        let mut at = 0;
        while let Some(&node) = self.nodes.get(at) {
            at += 1;
            for &need in graph.bases(node).filter(|needs| holds(needs)).flatten() {
                if self.local.insert(need, 0).is_none() {
                    self.nodes.push(need);
                }
            }
        }
        self.nodes.sort_unstable();
        for (&node, at) in self.nodes.iter().zip(0..) {
            self.local.insert(node, at);
        }
        self.roots.iter_mut().for_each(|root| *root = self.local[root]);
        self.alternative_start.push(0);
        self.need_start.push(0);
        for (at, &node) in (0u32..).zip(&self.nodes) {
            let mut first = graph.has(node, flag::FIRST);
            for needs in graph.bases(node).filter(|needs| holds(needs)) {
                first |= needs.is_empty();
                for need in needs {
                    let need = self.local[need];
                    self.loops |= need >= at;
                    self.needs.push(need);
                }
                self.need_start.push(self.needs.len() as u32);
            }
            self.alternative_start.push(self.need_start.len() as u32 - 1);
            self.first.push(first);
            let source = graph.source[node as usize];
            let place = if source == NONE {
                NONE
            } else {
                let next = self.sources.len() as u32;
                let place = *self.place_of_source.entry(source).or_insert(next);
                if place == next {
                    self.sources.push(source);
                    self.worth.push(0);
                }
                self.worth[place as usize] += 1;
                place
            };
            self.source.push(place);
        }
    }

    fn clear(&mut self) {
        // Clearing a map costs its capacity, which one huge claim should not charge to all that come after it.
        if self.local.capacity() > 4096 {
            *self = Argument::default();
            return;
        }
        self.nodes.clear();
        self.local.clear();
        self.source.clear();
        self.first.clear();
        self.alternative_start.clear();
        self.need_start.clear();
        self.needs.clear();
        self.roots.clear();
        self.sources.clear();
        self.place_of_source.clear();
        self.worth.clear();
        self.loops = false;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
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
        self.evaluate(&vec![false; self.sources.len()]);
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
        let mut candidates: Vec<u32> = (0..self.sources.len() as u32).collect();
        if candidates.len() > 64 {
            // A source that ends it alone is on every proof, so on any one.
            self.evaluate(&vec![false; self.sources.len()]);
            candidates = self.proof_sources(self.shortest_root());
        }
        let mut found: Vec<u32> = Vec::new();
        let mut bit = vec![0u64; self.sources.len()];
        for chunk in candidates.chunks(64) {
            bit.fill(0);
            chunk.iter().zip(0..).for_each(|(&source, at)| bit[source as usize] = 1 << at);
            let mut ends = self.fall_of_each(&bit);
            ends &= u64::MAX >> (64 - chunk.len());
            while ends != 0 {
                found.push(self.sources[chunk[ends.trailing_zeros() as usize] as usize]);
                ends &= ends - 1;
            }
        }
        found.sort_unstable();
        found
    }

    /// For up to 64 sources at once, whether the fall of each alone ends the argument.
    fn fall_of_each(&mut self, bit: &[u64]) -> u64 {
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
                    fails |= bit[self.source[node] as usize];
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
    fn evaluate(&mut self, fallen: &[bool]) {
        self.chosen.clear();
        self.chosen.resize(self.nodes.len(), FALLEN);
        self.size.clear();
        self.size.resize(self.nodes.len(), u32::MAX);
        loop {
            let mut changed = false;
            for node in 0..self.nodes.len() {
                let source = self.source[node];
                if self.chosen[node] != FALLEN || source != NONE && fallen[source as usize] {
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
    fn proof_sources(&self, root: u32) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        let mut seen: rustc_hash::FxHashSet<u32> = rustc_hash::FxHashSet::default();
        let mut queue = vec![root];
        while let Some(node) = queue.pop() {
            if !seen.insert(node) {
                continue;
            }
            let source = self.source[node as usize];
            if source != NONE {
                found.push(source);
            }
            let chosen = self.chosen[node as usize];
            if chosen != AT_FIRST_HAND {
                queue.extend_from_slice(self.needs_of(chosen as usize));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Adds the sources of proofs that still stand and share no source with each other; false if none stands.
    fn add_proofs(&self, proofs: &mut Vec<Vec<u32>>) -> bool {
        let mut standing: Vec<u32> =
            self.roots.iter().copied().filter(|&root| self.chosen[root as usize] != FALLEN).collect();
        standing.sort_by_key(|&root| self.size[root as usize]);
        let mut taken = vec![false; self.sources.len()];
        // Proofs may share long chains: following all of them could cost the square of the argument's size.
        let mut room = 4 * self.nodes.len() + 64;
        for &root in &standing {
            let size = self.size[root as usize] as usize;
            if size > room && root != standing[0] {
                break;
            }
            room = room.saturating_sub(size);
            let sources = self.proof_sources(root);
            if sources.iter().all(|&source| !taken[source as usize]) {
                sources.iter().for_each(|&source| taken[source as usize] = true);
                proofs.push(sources);
            }
        }
        !standing.is_empty()
    }

    /// The least number of places in `sources` whose fall ends the argument; a range once `steps` are used up.
    fn least_fall(&mut self, steps: &mut u64) -> LeastFall {
        let mut proofs: Vec<Vec<u32>> = Vec::new();
        let mut found = LeastFall::default();
        loop {
            let mut fallen = vec![false; self.sources.len()];
            found.cut.iter().for_each(|&source| fallen[source as usize] = true);
            self.evaluate(&fallen);
            if !self.add_proofs(&mut proofs) {
                break;
            }
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
        let mut fallen = vec![false; self.sources.len()];
        cut.iter().for_each(|&source| fallen[source as usize] = true);
        loop {
            self.evaluate(&fallen);
            let mut proofs = Vec::new();
            if !self.add_proofs(&mut proofs) {
                break;
            }
            for proof in proofs {
                let busiest = proof.into_iter().max_by_key(|&source| self.worth[source as usize]);
                busiest.into_iter().for_each(|source| fallen[source as usize] = true);
            }
        }
        let mut kept: Vec<u32> = (0..fallen.len() as u32).filter(|&source| fallen[source as usize]).collect();
        if kept.len() <= 256 {
            kept.retain(|&source| {
                fallen[source as usize] = false;
                self.evaluate(&fallen);
                let needed = self.roots.iter().any(|&root| self.chosen[root as usize] != FALLEN);
                fallen[source as usize] = needed;
                needed
            });
        }
        *cut = kept;
    }

    /// Lets unnamed sources of one class speak as one; says whether any two did.
    fn merge_unnamed(&mut self, graph: &Graph) -> bool {
        let mut first_of_class: FxHashMap<u32, u32> = FxHashMap::default();
        let mut merged = false;
        let speaks_as: Vec<u32> = (self.sources.iter().zip(0..))
            .map(|(&source, at)| {
                let class = graph.unnamed[source as usize];
                if class == NONE {
                    return at;
                }
                let first = *first_of_class.entry(class).or_insert(at);
                merged |= first != at;
                first
            })
            .collect();
        if merged {
            self.source.iter_mut().filter(|source| **source != NONE).for_each(|source| {
                *source = speaks_as[*source as usize];
            });
        }
        merged
    }

    /// Its independence. Uses the argument up where unnamed sources have to be merged.
    pub(crate) fn independence(&mut self, graph: &Graph, budget: Budget) -> Independence {
        if self.is_empty() {
            return Independence::default();
        }
        let single_points = self.single_points();
        if let Some(&first) = single_points.first() {
            return Independence { range: (1, 1), single_points, cut: vec![first], proofs: Vec::new() };
        }
        let mut steps = budget.steps;
        let apart = self.least_fall(&mut steps);
        let name = |places: &[u32]| {
            let mut names: Vec<u32> = places.iter().map(|&place| self.sources[place as usize]).collect();
            names.sort_unstable();
            names
        };
        let cut = name(&apart.cut);
        let proofs = apart.proofs.iter().map(|proof| name(proof)).collect();
        let mut at_least = apart.at_least;
        if self.merge_unnamed(graph) {
            let mut steps = budget.steps;
            at_least = at_least.min(self.least_fall(&mut steps).at_least);
        }
        Independence { range: (at_least, cut.len() as u32), single_points, cut, proofs }
    }
}

#[derive(Default)]
struct LeastFall {
    at_least: u32,
    cut: Vec<u32>,
    proofs: Vec<Vec<u32>>,
}

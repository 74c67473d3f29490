//! Follows changes through a weighed graph: what they touch is settled again, in order, and nothing else.

use crate::Truth;
use crate::as_of::Target;
use crate::graph::{Graph, Side, flag};
use crate::rederive::{OldRank, Ranks};
use crate::solve::{solve_loop, value_of};
use crate::standing::{Unchanged, Weight};
use crate::weighing::Weighing;
use crate::what_if::{Effect, Shift};
use crate::window::{Step, Window};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hint::black_box;
use std::ops::Range;

/// How to go back.
#[derive(Default)]
pub(crate) struct Undo {
    /// (target, what it was).
    pub(crate) acts: Vec<(Target, bool)>,
    pub(crate) values: Vec<(u32, Truth)>,
    pub(crate) weights: Vec<(u32, Weight)>,
    /// (loop, what its ranks were).
    pub(crate) ranks: Vec<(usize, OldRanks)>,
    /// The window, where another took its place.
    pub(crate) window: Option<Option<Window>>,
}

/// What the ranks of a loop were.
pub(crate) enum OldRanks {
    Some(Vec<OldRank>),
    All(Option<Ranks>),
}

impl OldRanks {
    pub(crate) fn put_back(self, ranks: &mut Option<Ranks>) {
        match (self, ranks) {
            (OldRanks::Some(old), Some(ranks)) => ranks.put_back(&old),
            (OldRanks::Some(_), None) => {}
            (OldRanks::All(old), ranks) => *ranks = old,
        }
    }
}

/// Something that speaks of a claim may have changed: on one side or both, or only its ruling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Concern {
    claim: u32,
    pro: bool,
    con: bool,
}

/// Claims to be weighed again, each once all its statements are settled.
///
/// Weighing a claim reads what settling its statements has just read, so it is done while that is still at hand and
/// not in a second round through memory.
#[derive(Default)]
struct Pending {
    /// With the node before which all must be settled first.
    claims: BinaryHeap<Reverse<(u32, Concern)>>,
    last: Option<Concern>,
}

impl Pending {
    fn push(&mut self, graph: &Graph, concern: Concern) {
        // Statements of one claim are neighbours, so this finds nearly all that come again.
        if self.last.replace(concern) != Some(concern) {
            self.claims.push(Reverse((graph.end_of_claim(concern.claim), concern)));
        }
    }

    /// Takes out a claim all of whose statements come before `settled`.
    fn pop_before(&mut self, settled: u32) -> Option<Concern> {
        self.claims.peek().filter(|next| next.0.0 <= settled)?;
        let Reverse((_, mut concern)) = self.claims.pop()?;
        let same = |next: &&Reverse<(u32, Concern)>| next.0.1.claim == concern.claim;
        while let Some(&Reverse((_, more))) = self.claims.peek().filter(same) {
            concern.pro |= more.pro;
            concern.con |= more.con;
            self.claims.pop();
        }
        self.last = None;
        Some(concern)
    }
}

/// So many nodes are read ahead at once. A what-if jumps through memory, and would wait for each piece in turn;
/// reading the pieces of several jumps without using them lets the processor wait for all of them together.
const READ_AHEAD: usize = 32;

/// One round of changes.
pub(crate) struct Pass<'w, 'g> {
    weighing: &'w mut Weighing<'g>,
    graph: &'g Graph,
    /// The nodes whose own rules the changes touch.
    seeds: Vec<u32>,
    /// How many of them were put on the agenda.
    taken: usize,
    /// While something is or was withdrawn, a claim can change from withdrawn to fallen without any value changing,
    /// so even what stays false has to be followed.
    withdrawals: bool,
    pending: Pending,
    undo: Undo,
    effect: Effect,
}

impl<'w, 'g> Pass<'w, 'g> {
    pub(crate) fn new(weighing: &'w mut Weighing<'g>) -> Pass<'w, 'g> {
        Pass {
            graph: weighing.graph,
            seeds: Vec::new(),
            taken: 0,
            withdrawals: !weighing.in_force.withdrawn.is_empty(),
            pending: Pending::default(),
            undo: Undo::default(),
            effect: Effect::default(),
            weighing,
        }
    }

    /// Puts an act in force or lifts it, and notes what it touches.
    pub(crate) fn set(&mut self, target: Target, in_force: bool) {
        let target = self.weighing.target_nodes(target);
        if !self.weighing.in_force.set(target, in_force) {
            return;
        }
        self.undo.acts.push((target, !in_force));
        match target {
            Target::Statement(node) | Target::Undercut { statement: node, .. } => self.seeds.push(node),
            Target::Source(source) => self.seeds.extend_from_slice(self.graph.sources.row(source)),
            Target::Document(document) => self.seeds.extend_from_slice(self.graph.documents.row(document)),
            Target::Claim(claim) => {
                self.pending.push(self.graph, Concern { claim, pro: false, con: false });
            }
        }
    }

    /// Follows all that was set.
    pub(crate) fn run(mut self) -> (Effect, Undo) {
        self.withdrawals |= !self.weighing.in_force.withdrawn.is_empty();
        self.seeds.sort_unstable();
        self.seeds.dedup();
        if self.undo.acts.iter().any(|&(target, _)| matches!(target, Target::Undercut { .. })) {
            let window = Window::of(self.graph, &self.weighing.in_force);
            self.undo.window = Some(std::mem::replace(&mut self.weighing.window, window));
        }
        // Taken out while it is walked through.
        if let Some(window) = self.weighing.window.take() {
            self.follow(window.range.start);
            self.cross(&window);
            self.weighing.window = Some(window);
        }
        self.follow(u32::MAX);
        self.effect.statements_changed = self.undo.values.len();
        // Claims were weighed in the order of their nodes, which is nearly that of their numbers.
        self.effect.fell.sort();
        self.effect.revived.sort();
        self.effect.changed.sort_by_key(|shift| shift.claim);
        (self.effect, self.undo)
    }

    /// Puts the next seeds on the agenda, as long as they come before `end`.
    fn take_seeds(&mut self, end: u32, most: usize) -> Range<usize> {
        let first = self.taken;
        let coming = self.seeds[first..].iter().take(most).take_while(|&&seed| seed < end);
        self.taken += coming.count();
        for at in first..self.taken {
            let seed = self.seeds[at];
            // A touched statement may matter to its claim even where no value changes.
            if self.graph.is_held(seed) && self.bears_on_claim(seed) {
                self.concern(seed);
            }
            self.weighing.agenda.insert(seed);
        }
        first..self.taken
    }

    /// Settles nodes before `end` in order, dependencies first, as long as what depends on them can notice.
    fn follow(&mut self, end: u32) {
        loop {
            let chunk = self.take_seeds(end, READ_AHEAD);
            self.weighing.read_ahead(&self.seeds[chunk]);
            // Whatever comes before the next seed is settled before it.
            let next = self.seeds.get(self.taken).map_or(end, |&seed| seed.min(end));
            while let Some(node) = self.weighing.agenda.pop_below(next) {
                self.settle(node);
            }
            self.weigh_before(next);
            if next == end {
                return;
            }
        }
    }

    /// Settles what comes before the end of a window: first, in order, what the window leaves in its place, none
    /// of which depends on its members; then its members, in their own order.
    fn cross(&mut self, window: &Window) {
        self.take_seeds(window.range.end, usize::MAX);
        let mut touched: FxHashSet<u32> = FxHashSet::default();
        while let Some(node) = self.weighing.agenda.pop_below(window.range.end) {
            if window.contains(node) {
                touched.insert(node);
            } else {
                self.settle(node);
            }
        }
        touched.iter().for_each(|&node| self.weighing.agenda.insert(node));
        for step in &window.steps {
            match step {
                Step::Usual(node) => {
                    let members = self.graph.loop_of(*node).unwrap_or(*node..*node + 1);
                    if let Some(first) = { members }.find(|&member| self.weighing.agenda.remove(member)) {
                        self.settle(first);
                    }
                }
                Step::Tangle(members) => self.settle_tangle(members),
            }
        }
    }

    /// Whether the standing or the independence of its own claim can hang on a held node. Of one that only repeats
    /// others no more is asked than whether it is live, which matters to a claim that is circular.
    fn bears_on_claim(&self, node: u32) -> bool {
        !self.graph.has(node, flag::ONLY_REPEATS) || self.weighing.reach.looped.contains(node)
    }

    /// Notes the side of a claim that a node bears on.
    fn concern(&mut self, node: u32) {
        let (claim, side) = self.graph.concern(node);
        self.pending.push(self.graph, Concern { claim, pro: side == Side::For, con: side == Side::Against });
    }

    /// Settles a node that was on the agenda, with all of its loop if it is in one.
    fn settle(&mut self, node: u32) {
        let Some(number) = self.graph.loop_number(node) else {
            let weighing = &mut *self.weighing;
            let value = value_of(self.graph, &weighing.in_force, &weighing.values, node);
            let changed = self.put(node, value);
            self.notify(node, changed, |_| true);
            return;
        };
        let range = self.graph.loops[number].clone();
        // All of the loop is settled at once, so all that touches it has to be known.
        self.take_seeds(range.end, usize::MAX);
        let mut touched = vec![node];
        touched.extend(std::iter::from_fn(|| self.weighing.agenda.pop_within(&range)));
        match self.weighing.ranks[number].take() {
            Some(ranks) => self.rederive(number, ranks, touched),
            None => self.settle_whole(number),
        }
    }

    /// Gives a node a value; says whether it had another.
    fn put(&mut self, node: u32, value: Truth) -> bool {
        let was = std::mem::replace(&mut self.weighing.values[node as usize], value);
        if value != was {
            self.undo.values.push((node, was));
        }
        value != was
    }

    /// Settles a positive loop from the members that are touched.
    fn rederive(&mut self, number: usize, mut ranks: Ranks, mut touched: Vec<u32>) {
        let graph = self.graph;
        let range = &graph.loops[number];
        let weighing = &mut *self.weighing;
        let old = ranks.update(graph, &weighing.in_force, &weighing.values, range, &touched);
        let mut changed: FxHashSet<u32> = FxHashSet::default();
        for &(_, place, _) in &old {
            let node = range.start + place;
            if self.put(node, ranks.value(place)) {
                changed.insert(node);
                touched.push(node);
            }
        }
        self.weighing.ranks[number] = Some(ranks);
        if !old.is_empty() {
            self.undo.ranks.push((number, OldRanks::Some(old)));
        }
        // Whoever rests on what is touched may notice, and whoever rests on that.
        let mut seen: FxHashSet<u32> = touched.iter().copied().collect();
        while let Some(node) = touched.pop() {
            let noticed = self.notify(node, changed.contains(&node), |user| !range.contains(&user));
            if noticed {
                let inside = graph.users(node).filter(|user| range.contains(user));
                touched.extend(inside.filter(|&user| seen.insert(user)));
            }
        }
    }

    /// Settles a loop as a whole, and ranks it if no member undercuts another.
    fn settle_whole(&mut self, number: usize) {
        let range = &self.graph.loops[number];
        let members: Vec<u32> = range.clone().collect();
        self.solve(&members, |other| range.contains(&other).then(|| other - range.start));
        let ranks = Ranks::of(self.graph, &self.weighing.in_force, &self.weighing.values, range.clone());
        if ranks.is_some() {
            self.put_ranks(number, ranks);
        }
    }

    /// Settles nodes that added undercuts tie together, if any of them is on the agenda.
    fn settle_tangle(&mut self, members: &[u32]) {
        let touched = members.iter().filter(|&&member| self.weighing.agenda.remove(member)).count();
        if touched == 0 {
            return;
        }
        let within: FxHashMap<u32, u32> = members.iter().copied().zip(0..).collect();
        self.solve(members, |other| within.get(&other).copied());
        // The loops among them are no longer what their ranks say.
        for number in members.iter().filter_map(|&member| self.graph.loop_number(member)) {
            if self.weighing.ranks[number].is_some() {
                self.put_ranks(number, None);
            }
        }
    }

    fn put_ranks(&mut self, number: usize, ranks: Option<Ranks>) {
        let was = std::mem::replace(&mut self.weighing.ranks[number], ranks);
        self.undo.ranks.push((number, OldRanks::All(was)));
    }

    /// Finds the values of nodes that depend on each other, and tells whoever may notice.
    fn solve(&mut self, members: &[u32], local: impl Fn(u32) -> Option<u32>) {
        let weighing = &mut *self.weighing;
        let was: Vec<Truth> = members.iter().map(|&node| weighing.values[node as usize]).collect();
        solve_loop(self.graph, &weighing.in_force, &mut weighing.values, members, &local);
        for (&node, was) in members.iter().zip(was) {
            let changed = self.weighing.values[node as usize] != was;
            if changed {
                self.undo.values.push((node, was));
            }
            self.notify(node, changed, |user| local(user).is_none());
        }
    }

    /// Puts on the agenda what may notice that a node, or something under it, has changed; says whether anything may.
    fn notify(&mut self, node: u32, changed: bool, outside: impl Fn(u32) -> bool) -> bool {
        let graph = self.graph;
        // What stays true may stand on fewer sources now, or on more.
        let noticed = changed
            || self.weighing.values[node as usize].is_true()
            || self.withdrawals && self.weighing.reach.grounded.contains(node);
        if !noticed {
            return false;
        }
        if graph.is_held(node) && self.bears_on_claim(node) {
            self.concern(node);
        }
        let Weighing { agenda, in_force, .. } = &mut *self.weighing;
        let undercut = graph.undercut_by(node).chain(in_force.added_targets(node));
        graph
            .users(node)
            .chain(undercut)
            .filter(|&above| outside(above))
            .for_each(|above| agenda.insert(above));
        true
    }

    /// Weighs again the claims that are of concern and whose statements all come before a node.
    fn weigh_before(&mut self, settled: u32) {
        while let Some(concern) = self.pending.pop_before(settled) {
            self.weigh(concern);
        }
    }

    fn weigh(&mut self, Concern { claim, pro, con }: Concern) {
        let before = self.weighing.weights[claim as usize];
        let side = match (pro, con) {
            (true, true) => None,
            (true, false) => Some(Side::Against),
            (false, _) => Some(Side::For),
        };
        let unchanged = side.map(|side| Unchanged { weight: before, side });
        let after = self.weighing.weigh(claim, None, unchanged);
        if before == after {
            return;
        }
        if before.pro.is_true() && !after.pro.is_true() {
            self.effect.fell.push(claim);
        }
        if !before.pro.is_true() && after.pro.is_true() {
            self.effect.revived.push(claim);
        }
        self.weighing.weights[claim as usize] = after;
        self.undo.weights.push((claim, before));
        self.effect.changed.push(Shift { claim, before, after });
    }
}

impl Graph {
    /// The node before which all statements of a claim come, with all that they depend on.
    fn end_of_claim(&self, claim: u32) -> u32 {
        let last = self.claims.row(claim).last();
        last.map_or(0, |&last| self.loop_of(last).map_or(last + 1, |range| range.end))
    }
}

impl Weighing<'_> {
    /// Reads what settling some nodes and weighing their claims will need: where each claim begins and ends, then
    /// what lies at both ends, which is where the rest of it lies too, then what these nodes rest on.
    fn read_ahead(&self, nodes: &[u32]) {
        let graph = self.graph;
        let mut read = 0u32;
        let mut ends = [0usize; 2 * READ_AHEAD];
        let ends = &mut ends[..2 * nodes.len()];
        for (&node, end) in nodes.iter().zip(ends.chunks_exact_mut(2)) {
            end[0] = graph.claim[node as usize] as usize;
        }
        for end in ends.chunks_exact_mut(2) {
            read ^= self.weights[end[0]].single_points;
            let statements = graph.claims.range(end[0] as u32);
            (end[0], end[1]) = (statements.start, statements.end.saturating_sub(1));
        }
        ends.iter_mut().for_each(|end| *end = graph.claims.items[*end] as usize);
        for &at in &*ends {
            read ^= u32::from(graph.flags[at]) ^ graph.source[at] ^ graph.claim[at] ^ self.values[at] as u32;
            read ^= graph.alternative_start[at] ^ graph.uses.start[at] ^ self.argument.read_ahead(at);
        }
        let first = |items: &[u32], at: u32| items.get(at as usize).copied().unwrap_or_default();
        for &at in &*ends {
            read ^= graph.needs.start[graph.alternative_start[at] as usize];
            read ^= first(&graph.uses.items, graph.uses.start[at]);
            read ^= first(&graph.owner, graph.alternative_start[at]);
        }
        for &at in &*ends {
            read ^= first(&graph.needs.items, graph.needs.start[graph.alternative_start[at] as usize]);
        }
        black_box(read);
    }
}

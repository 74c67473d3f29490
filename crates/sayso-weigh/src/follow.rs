//! Follows changes through a weighed graph: what they touch is settled again, in order, and nothing else.

use crate::Truth;
use crate::as_of::Target;
use crate::bits::Agenda;
use crate::conditions::Conditions;
use crate::cone::sweep;
use crate::graph::{Graph, Side, flag};
use crate::solve::{solve_loop, value_of};
use crate::standing::{Unchanged, Weight};
use crate::weighing::Weighing;
use crate::what_if::{Effect, Shift};
use rustc_hash::FxHashSet;
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
        let was_added = self.undo.acts.iter().any(|&(target, _)| matches!(target, Target::Undercut { .. }));
        let mut seeds = std::mem::take(&mut self.seeds);
        seeds.sort_unstable();
        seeds.dedup();
        if self.weighing.in_force.added().is_empty() && !was_added {
            self.follow(&seeds);
        } else {
            self.redo_all_above(&seeds);
        }
        self.weigh_before(u32::MAX);
        self.effect.statements_changed = self.undo.values.len();
        // Claims were weighed in the order of their nodes, which is nearly that of their numbers.
        self.effect.fell.sort();
        self.effect.revived.sort();
        self.effect.changed.sort_by_key(|shift| shift.claim);
        (self.effect, self.undo)
    }

    /// Settles nodes in order, dependencies first, as long as what depends on them can notice.
    fn follow(&mut self, seeds: &[u32]) {
        let mut chunks = seeds.chunks(READ_AHEAD).peekable();
        while let Some(chunk) = chunks.next() {
            self.weighing.read_ahead(chunk);
            for &seed in chunk {
                self.concern_of_seed(seed);
                self.weighing.agenda.insert(seed);
            }
            // Whatever comes before the next seed is settled before it.
            let next = chunks.peek().map_or(u32::MAX, |chunk| chunk[0]);
            while let Some(node) = self.weighing.agenda.pop_below(next) {
                self.settle(node);
            }
            self.weigh_before(next);
        }
    }

    /// Whether the standing or the independence of its own claim can hang on a held node. Of one that only repeats
    /// others no more is asked than whether it is live, which matters to a claim that is circular.
    fn bears_on_claim(&self, node: u32) -> bool {
        !self.graph.has(node, flag::ONLY_REPEATS) || self.weighing.reach.looped.contains(node)
    }

    /// A touched statement may matter to its claim even where no value changes.
    fn concern_of_seed(&mut self, node: u32) {
        if self.graph.is_held(node) && self.bears_on_claim(node) {
            self.concern(node);
        }
    }

    /// Notes the side of a claim that a node bears on.
    fn concern(&mut self, node: u32) {
        let (claim, side) = self.graph.concern(node);
        self.pending.push(self.graph, Concern { claim, pro: side == Side::For, con: side == Side::Against });
    }

    /// Settles a node, with all of its loop if it is in one.
    fn settle(&mut self, node: u32) {
        let graph = self.graph;
        let Some(range) = graph.loop_of(node) else {
            let weighing = &mut *self.weighing;
            let value = value_of(graph, &weighing.in_force, &weighing.values, node);
            let was = std::mem::replace(&mut weighing.values[node as usize], value);
            if value != was {
                self.undo.values.push((node, was));
            }
            self.notify(node, value != was, |_| true);
            return;
        };
        let was = self.weighing.values[range.start as usize..range.end as usize].to_vec();
        self.solve_again(range.clone());
        for (node, was) in range.clone().zip(was) {
            let value = self.weighing.values[node as usize];
            if value != was {
                self.undo.values.push((node, was));
            }
            self.notify(node, value != was, |user| !range.contains(&user));
        }
        // Other members may have been on the agenda before their loop came up.
        while self.weighing.agenda.pop_below(range.end).is_some() {}
    }

    fn solve_again(&mut self, range: Range<u32>) {
        let members: Vec<u32> = range.clone().collect();
        let weighing = &mut *self.weighing;
        solve_loop(self.graph, &weighing.in_force, &mut weighing.values, &members, |other| {
            range.contains(&other).then(|| other - range.start)
        });
    }

    /// Puts on the agenda what may notice that a node, or something under it, has changed.
    fn notify(&mut self, node: u32, changed: bool, outside: impl Fn(u32) -> bool) {
        let graph = self.graph;
        // What stays true may stand on fewer sources now, or on more.
        let noticed = changed
            || self.weighing.values[node as usize].is_true()
            || self.withdrawals && self.weighing.reach.grounded.contains(node);
        if !noticed {
            return;
        }
        if graph.is_held(node) && self.bears_on_claim(node) {
            self.concern(node);
        }
        let agenda: &mut Agenda = &mut self.weighing.agenda;
        graph.users(node).filter(|&user| outside(user)).for_each(|user| agenda.insert(user));
        graph.undercut_by(node).filter(|&target| outside(target)).for_each(|target| agenda.insert(target));
    }

    /// Recomputes everything that depends on some nodes, in whatever order their dependencies now need: for
    /// undercuts that the graph did not know when it was arranged.
    fn redo_all_above(&mut self, seeds: &[u32]) {
        let graph = self.graph;
        let weighing = &mut *self.weighing;
        let mut above: FxHashSet<u32> = seeds.iter().copied().collect();
        let mut queue: Vec<u32> = above.iter().copied().collect();
        while let Some(node) = queue.pop() {
            let next =
                graph.users(node).chain(graph.undercut_by(node)).chain(weighing.in_force.added_targets(node));
            queue.extend(next.filter(|&node| above.insert(node)));
        }
        // Of a loop all members depend on each other, so it is there as a whole or not at all.
        let mut nodes: Vec<u32> = above.into_iter().collect();
        nodes.sort_unstable();
        let was: Vec<Truth> = nodes.iter().map(|&node| weighing.values[node as usize]).collect();
        sweep(graph, &weighing.in_force, &mut weighing.values, &nodes);
        let changed = nodes.iter().zip(was).filter(|&(&node, was)| weighing.values[node as usize] != was);
        self.undo.values.extend(changed.map(|(&node, was)| (node, was)));
        nodes.iter().for_each(|&node| self.concern(node));
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

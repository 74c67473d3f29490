//! What would fall, and what would revive, if a source were discredited, a statement withdrawn, an act undone.

use crate::Truth;
use crate::as_of::Target;
use crate::conditions::Conditions;
use crate::cone::sweep;
use crate::graph::{Graph, Side, flag};
use crate::solve::{solve_loop, value_of};
use crate::standing::{Unchanged, Weight};
use crate::weighing::Weighing;
use rustc_hash::FxHashSet;
use std::hint::black_box;

/// One thing to be put in force, or to be lifted again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// What it speaks of, and so what kind of change it is; statements are numbered as the builder gave them.
    pub target: Target,
    /// Put in force (withdraw, discredit, undercut, rule), or lifted (restore).
    pub in_force: bool,
}

/// What changes did to the claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Claims that no longer have a statement for them that stands.
    pub fell: Vec<u32>,
    /// Claims that have one again.
    pub revived: Vec<u32>,
    /// Every claim whose standing or independence is another, those above included; by claim.
    pub changed: Vec<Shift>,
    /// How many statements have another value now.
    pub statements_changed: usize,
}

/// A claim before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Which.
    pub claim: u32,
    /// Its weight before.
    pub before: Weight,
    /// Its weight now.
    pub after: Weight,
}

/// Something that speaks of a claim may have changed: on one side or both, or only its ruling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Concern {
    claim: u32,
    pro: bool,
    con: bool,
}

/// One concern for each claim, in order.
fn concerned(mut concerns: Vec<Concern>) -> Vec<Concern> {
    concerns.sort_unstable();
    concerns.dedup_by(|later, kept| {
        let same = later.claim == kept.claim;
        if same {
            kept.pro |= later.pro;
            kept.con |= later.con;
        }
        same
    });
    concerns
}

/// So many nodes or claims are read ahead at once. A what-if jumps through memory, and would wait for each piece in
/// turn; reading the pieces of several jumps without using them lets the processor wait for all of them together.
const READ_AHEAD: usize = 32;

/// How to go back.
#[derive(Default)]
struct Undo {
    /// (target, what it was).
    acts: Vec<(Target, bool)>,
    values: Vec<(u32, Truth)>,
    weights: Vec<(u32, Weight)>,
}

impl Weighing<'_> {
    /// Makes changes, and says what they did.
    pub fn apply(&mut self, changes: &[Change]) -> Effect {
        self.make(changes).0
    }

    /// Says what changes would do, and leaves everything as it is.
    ///
    /// ```
    /// use sayso_weigh::{Case, Change, Moment, Target, Weighing};
    /// let case = Case::parse(r#"{"statements": [
    ///     {"id": "abc", "source": "ABC News", "claim": "c", "polarity": "+", "held": true, "basis": [["official"]]},
    ///     {"id": "official", "source": "an official", "claim": "c", "polarity": "+", "held": false, "basis": "first"}]}"#)?;
    /// let graph = case.graph();
    /// let mut weighing = Weighing::new(&graph, Moment::ALL);
    /// let official = Target::Source(case.source("an official").unwrap());
    /// let effect = weighing.what_if(&[Change { target: official, in_force: true }]);
    /// assert_eq!(effect.fell, [0]);
    /// # Ok::<(), sayso_weigh::CaseError>(())
    /// ```
    pub fn what_if(&mut self, changes: &[Change]) -> Effect {
        let (effect, undo) = self.make(changes);
        for (target, was) in undo.acts.into_iter().rev() {
            self.in_force.set(target, was);
        }
        for (node, was) in undo.values.into_iter().rev() {
            self.values[node as usize] = was;
        }
        for (claim, was) in undo.weights {
            self.weights[claim as usize] = was;
        }
        effect
    }

    fn make(&mut self, changes: &[Change]) -> (Effect, Undo) {
        let mut undo = Undo::default();
        let mut claims = Vec::new();
        let mut seeds = Vec::new();
        // While something is or was withdrawn, a claim can change from withdrawn to fallen without any value
        // changing, so even what stays false has to be followed.
        let mut withdrawals = !self.in_force.withdrawn.is_empty();
        for change in changes {
            let target = self.target_nodes(change.target);
            if self.in_force.set(target, change.in_force) {
                undo.acts.push((target, !change.in_force));
                self.touch(target, &mut seeds, &mut claims);
            }
        }
        withdrawals |= !self.in_force.withdrawn.is_empty();
        let bearing = seeds.iter().filter(|&&node| self.graph.is_held(node) && self.bears_on_claim(node));
        claims.extend(bearing.map(|&node| self.concern(node)));
        let was_added = undo.acts.iter().any(|&(target, _)| matches!(target, Target::Undercut { .. }));
        if self.in_force.added().is_empty() && !was_added {
            self.follow(seeds, withdrawals, &mut undo, &mut claims);
        } else {
            self.redo_all_above(seeds, &mut undo, &mut claims);
        }
        let effect = self.reweigh(&concerned(claims), &mut undo);
        (effect, undo)
    }

    /// The side of a claim that a node bears on.
    fn concern(&self, node: u32) -> Concern {
        let (claim, side) = self.graph.concern(node);
        Concern { claim, pro: side == Side::For, con: side == Side::Against }
    }

    /// Whether the standing or the independence of its own claim can hang on a held node. Of one that only repeats
    /// others no more is asked than whether it is live, which matters to a claim that is circular.
    fn bears_on_claim(&self, node: u32) -> bool {
        !self.graph.has(node, flag::ONLY_REPEATS) || self.reach.looped.contains(node)
    }

    /// The nodes whose own rules an act changes, and the claims that it speaks of.
    fn touch(&self, target: Target, seeds: &mut Vec<u32>, claims: &mut Vec<Concern>) {
        match target {
            Target::Statement(node) | Target::Undercut { statement: node, .. } => seeds.push(node),
            Target::Source(source) => seeds.extend_from_slice(self.graph.sources.row(source)),
            Target::Document(document) => seeds.extend_from_slice(self.graph.documents.row(document)),
            Target::Claim(claim) => claims.push(Concern { claim, pro: false, con: false }),
        }
    }

    /// Recomputes nodes in order, dependencies first, as long as what depends on them can notice.
    fn follow(&mut self, mut seeds: Vec<u32>, withdrawals: bool, undo: &mut Undo, claims: &mut Vec<Concern>) {
        seeds.sort_unstable();
        let mut chunks = seeds.chunks(READ_AHEAD).peekable();
        while let Some(chunk) = chunks.next() {
            self.graph.read_ahead(chunk);
            chunk.iter().for_each(|&seed| self.agenda.insert(seed));
            // Whatever comes before the next seed is settled before it.
            let next = chunks.peek().map_or(u32::MAX, |chunk| chunk[0]);
            while let Some(node) = self.agenda.pop_below(next) {
                self.settle(node, withdrawals, undo, claims);
            }
        }
    }

    /// Recomputes a node, with all of its loop if it is in one.
    fn settle(&mut self, node: u32, withdrawals: bool, undo: &mut Undo, claims: &mut Vec<Concern>) {
        let graph = self.graph;
        let Some(range) = graph.loop_of(node) else {
            let value = value_of(graph, &self.in_force, &self.values, node);
            let was = std::mem::replace(&mut self.values[node as usize], value);
            if value != was {
                undo.values.push((node, was));
            }
            self.notify(node, value != was, withdrawals, claims, |_| true);
            return;
        };
        let was = self.values[range.start as usize..range.end as usize].to_vec();
        self.solve_again(range.clone());
        for (node, was) in range.clone().zip(was) {
            let value = self.values[node as usize];
            if value != was {
                undo.values.push((node, was));
            }
            self.notify(node, value != was, withdrawals, claims, |user| !range.contains(&user));
        }
        // Other members may have been on the agenda before their loop came up.
        while self.agenda.pop_below(range.end).is_some() {}
    }

    fn solve_again(&mut self, range: std::ops::Range<u32>) {
        let members: Vec<u32> = range.clone().collect();
        solve_loop(self.graph, &self.in_force, &mut self.values, &members, |other| {
            range.contains(&other).then(|| other - range.start)
        });
    }

    /// Puts on the agenda what may notice that a node, or something under it, has changed.
    fn notify(
        &mut self,
        node: u32,
        changed: bool,
        withdrawals: bool,
        claims: &mut Vec<Concern>,
        outside: impl Fn(u32) -> bool,
    ) {
        let graph = self.graph;
        // What stays true may stand on fewer sources now, or on more.
        let noticed = changed
            || self.values[node as usize].is_true()
            || withdrawals && self.reach.grounded.contains(node);
        if !noticed {
            return;
        }
        if graph.is_held(node) && self.bears_on_claim(node) {
            let concern = self.concern(node);
            if claims.last() != Some(&concern) {
                claims.push(concern);
            }
        }
        for user in graph.users(node).filter(|&user| outside(user)) {
            self.agenda.insert(user);
        }
        for target in graph.undercut_by(node).filter(|&target| outside(target)) {
            self.agenda.insert(target);
        }
    }

    /// Recomputes everything that depends on some nodes, in whatever order their dependencies now need: for
    /// undercuts that the graph did not know when it was arranged.
    fn redo_all_above(&mut self, seeds: Vec<u32>, undo: &mut Undo, claims: &mut Vec<Concern>) {
        let graph = self.graph;
        let mut above: FxHashSet<u32> = seeds.iter().copied().collect();
        let mut queue: Vec<u32> = above.iter().copied().collect();
        while let Some(node) = queue.pop() {
            let next =
                graph.users(node).chain(graph.undercut_by(node)).chain(self.in_force.added_targets(node));
            queue.extend(next.filter(|&node| above.insert(node)));
        }
        // Of a loop all members depend on each other, so it is there as a whole or not at all.
        let mut nodes: Vec<u32> = above.into_iter().collect();
        nodes.sort_unstable();
        let was: Vec<Truth> = nodes.iter().map(|&node| self.values[node as usize]).collect();
        sweep(graph, &self.in_force, &mut self.values, &nodes);
        let changed = nodes.iter().zip(was).filter(|&(&node, was)| self.values[node as usize] != was);
        undo.values.extend(changed.map(|(&node, was)| (node, was)));
        claims.extend(nodes.iter().map(|&node| self.concern(node)));
    }

    /// Weighs claims again.
    fn reweigh(&mut self, claims: &[Concern], undo: &mut Undo) -> Effect {
        let mut effect = Effect { statements_changed: undo.values.len(), ..Effect::default() };
        for (at, &Concern { claim, pro, con }) in claims.iter().enumerate() {
            if at % READ_AHEAD == 0 {
                self.graph.read_claims_ahead(&claims[at..claims.len().min(at + READ_AHEAD)]);
            }
            let before = self.weights[claim as usize];
            let side = match (pro, con) {
                (true, true) => None,
                (true, false) => Some(Side::Against),
                (false, _) => Some(Side::For),
            };
            let after = self.weigh(claim, None, side.map(|side| Unchanged { weight: before, side }));
            if before == after {
                continue;
            }
            if before.pro.is_true() && !after.pro.is_true() {
                effect.fell.push(claim);
            }
            if !before.pro.is_true() && after.pro.is_true() {
                effect.revived.push(claim);
            }
            self.weights[claim as usize] = after;
            undo.weights.push((claim, before));
            effect.changed.push(Shift { claim, before, after });
        }
        effect
    }
}

impl Graph {
    /// Reads what settling some nodes will need.
    fn read_ahead(&self, nodes: &[u32]) {
        let places = || nodes.iter().map(|&node| node as usize);
        let mut read = 0u32;
        places().for_each(|at| read ^= u32::from(self.flags[at]) ^ self.source[at] ^ self.document[at]);
        places().for_each(|at| read ^= self.alternative_start[at] ^ self.claim[at]);
        places().for_each(|at| read ^= self.uses.start[at]);
        let first_uses = nodes.iter().filter_map(|&node| self.uses.row(node).first());
        first_uses.for_each(|&alternative| read ^= self.owner[alternative as usize]);
        black_box(read);
    }

    /// Reads what weighing some claims will need: their first statements, since the others are near.
    fn read_claims_ahead(&self, concerns: &[Concern]) {
        let mut nodes = [0u32; READ_AHEAD];
        for (node, concern) in nodes.iter_mut().zip(concerns) {
            *node = self.claims.row(concern.claim).first().copied().unwrap_or_default();
        }
        let places = || nodes.iter().take(concerns.len()).map(|&node| node as usize);
        let mut read = 0u32;
        places().for_each(|at| read ^= u32::from(self.flags[at]) ^ self.source[at] ^ self.claim[at]);
        let mut starts = [0u32; READ_AHEAD];
        starts.iter_mut().zip(places()).for_each(|(start, at)| *start = self.alternative_start[at]);
        let needs = starts.iter().filter(|&&start| (start as usize) < self.needs.len());
        needs.for_each(|&start| read ^= self.needs.row(start).first().copied().unwrap_or_default());
        black_box(read);
    }

    /// Whether a change speaks only of what the graph holds.
    pub fn knows(&self, change: Change) -> bool {
        let statement = |statement: u32| (statement as usize) < self.node_of.len();
        match change.target {
            Target::Statement(number) => statement(number),
            Target::Source(source) => (source as usize) < self.source_count(),
            Target::Document(document) => (document as usize) < self.documents.len(),
            Target::Undercut { by, statement: target } => statement(by) && statement(target),
            Target::Claim(claim) => (claim as usize) < self.claim_count(),
        }
    }
}

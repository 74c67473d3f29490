//! Which statements are live and which undercuts are in force, at a moment and under acts.

use crate::as_of::{Moment, Target};
use crate::bits::Bits;
use crate::graph::{Graph, NONE, flag};

/// What the rules of the model ask of the outside world.
pub(crate) trait Conditions {
    /// Whether the node is there, not withdrawn, and neither its source nor its document is discredited.
    fn live(&self, node: u32) -> bool;
    /// The held statements that undercut the node.
    fn undercutters(&self, node: u32) -> impl Iterator<Item = u32>;
    /// Undercuts (undercut, undercutter) that the graph does not know, so that its order does not heed them.
    fn added(&self) -> &[(u32, u32)] {
        &[]
    }
}

/// Which acts are thought away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lift {
    /// None.
    Nothing,
    /// All withdrawals.
    Withdrawals,
    /// Withdrawals, discredits and undercuts together.
    All,
}

/// What the acts say at a moment, looked up one node at a time: for the few nodes under one claim.
#[derive(Clone, Copy)]
pub(crate) struct LookedUp<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) moment: Moment,
    pub(crate) lift: Lift,
}

impl LookedUp<'_> {
    /// What the last act by then says of a target, if any does.
    pub(crate) fn ruling(&self, target: Target) -> Option<bool> {
        let acts = &self.graph.acts;
        let start = acts.partition_point(|act| act.target < target);
        let of_target = acts[start..].iter().take_while(|act| act.target == target);
        let by_then = of_target.filter(|act| self.moment.covers(act.published, act.known));
        by_then.last().map(|act| act.in_force)
    }

    fn is_in_force(&self, target: Target) -> bool {
        self.ruling(target).unwrap_or(false)
    }
}

impl Conditions for LookedUp<'_> {
    fn live(&self, node: u32) -> bool {
        let graph = self.graph;
        if graph.has(node, flag::TALLY) {
            return true;
        }
        if !graph.is_present(node, self.moment) {
            return false;
        }
        if self.lift == Lift::All {
            return true;
        }
        let at = node as usize;
        let withdrawn = self.lift == Lift::Nothing && self.is_in_force(Target::Statement(node));
        let document = graph.document[at];
        !withdrawn
            && !self.is_in_force(Target::Source(graph.source[at]))
            && (document == NONE || !self.is_in_force(Target::Document(document)))
    }

    fn undercutters(&self, node: u32) -> impl Iterator<Item = u32> {
        let undercuts = if self.lift == Lift::All { 0..0 } else { self.graph.undercuts_of(node) };
        undercuts.filter_map(move |edge| {
            let (statement, by) = self.graph.undercuts.pairs[edge];
            let always = !self.graph.undercuts_by_act.contains(edge as u32);
            let on = if self.graph.acts.is_empty() {
                always
            } else {
                self.ruling(Target::Undercut { by, statement }).unwrap_or(always)
            };
            on.then_some(by)
        })
    }
}

/// What the acts say at a moment, gathered into sets: for whole graphs, and to be changed by further acts.
#[derive(Clone, Debug)]
pub(crate) struct InForce<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) moment: Moment,
    /// Every statement is there at this moment, so that none needs to be asked.
    all_present: bool,
    pub(crate) withdrawn: Bits,
    sources: Bits,
    documents: Bits,
    /// Undercuts of the graph that are not in force.
    lifted: Bits,
    /// (undercut, undercutter), sorted: undercuts that the graph does not know, added by acts since.
    pub(crate) added: Vec<(u32, u32)>,
    /// The same as (undercutter, undercut), sorted.
    added_by: Vec<(u32, u32)>,
    ruled: Bits,
}

impl<'g> InForce<'g> {
    pub(crate) fn new(graph: &'g Graph, moment: Moment) -> InForce<'g> {
        let mut in_force = InForce {
            graph,
            moment,
            all_present: moment == Moment::ALL || graph.published.is_empty(),
            withdrawn: Bits::default(),
            sources: Bits::default(),
            documents: Bits::default(),
            lifted: graph.undercuts_by_act.clone(),
            added: Vec::new(),
            added_by: Vec::new(),
            ruled: Bits::default(),
        };
        for act in graph.acts.iter().filter(|act| moment.covers(act.published, act.known)) {
            in_force.set(act.target, act.in_force);
        }
        in_force
    }

    /// Puts an act in force or lifts it; says whether that changed anything.
    pub(crate) fn set(&mut self, target: Target, in_force: bool) -> bool {
        match target {
            Target::Statement(node) => self.withdrawn.set(node, in_force),
            Target::Source(source) => self.sources.set(source, in_force),
            Target::Document(document) => self.documents.set(document, in_force),
            Target::Claim(claim) => self.ruled.set(claim, in_force),
            Target::Undercut { by, statement } => self.set_undercut((statement, by), in_force),
        }
    }

    fn set_undercut(&mut self, edge: (u32, u32), in_force: bool) -> bool {
        if !self.graph.is_held(edge.1) {
            return false;
        }
        if let Ok(at) = self.graph.undercuts.pairs.binary_search(&edge) {
            return self.lifted.set(at as u32, !in_force);
        }
        put(&mut self.added, edge, in_force) && put(&mut self.added_by, (edge.1, edge.0), in_force)
    }

    pub(crate) fn is_present(&self, node: u32) -> bool {
        self.all_present || self.graph.is_present(node, self.moment)
    }

    pub(crate) fn is_ruled(&self, claim: u32) -> bool {
        self.ruled.contains(claim)
    }

    pub(crate) fn is_withdrawn(&self, node: u32) -> bool {
        self.withdrawn.contains(node)
    }

    pub(crate) fn is_source_discredited(&self, node: u32) -> bool {
        !self.sources.is_empty() && self.sources.contains(self.graph.source[node as usize])
    }

    pub(crate) fn is_document_discredited(&self, node: u32) -> bool {
        !self.documents.is_empty() && {
            let document = self.graph.document[node as usize];
            document != NONE && self.documents.contains(document)
        }
    }

    /// The nodes that added undercuts make `node` undercut.
    pub(crate) fn added_targets(&self, by: u32) -> impl Iterator<Item = u32> {
        of(&self.added_by, by)
    }

    /// What undercuts `node` by added undercuts.
    pub(crate) fn added_undercutters(&self, node: u32) -> impl Iterator<Item = u32> {
        of(&self.added, node)
    }

    /// The same with some acts thought away.
    pub(crate) fn lifting(&self, lift: Lift) -> Lifted<'_, 'g> {
        Lifted { in_force: self, lift }
    }
}

/// Puts a pair into a sorted list or takes it out; says whether that changed anything.
fn put(pairs: &mut Vec<(u32, u32)>, pair: (u32, u32), present: bool) -> bool {
    match (pairs.binary_search(&pair), present) {
        (Ok(at), false) => {
            pairs.remove(at);
            true
        }
        (Err(at), true) => {
            pairs.insert(at, pair);
            true
        }
        _ => false,
    }
}

/// The second numbers of the pairs of a sorted list whose first is given.
fn of(pairs: &[(u32, u32)], first: u32) -> impl Iterator<Item = u32> {
    let start = pairs.partition_point(|pair| pair.0 < first);
    pairs[start..].iter().take_while(move |pair| pair.0 == first).map(|pair| pair.1)
}

impl Conditions for InForce<'_> {
    fn live(&self, node: u32) -> bool {
        self.lifting(Lift::Nothing).live(node)
    }

    fn undercutters(&self, node: u32) -> impl Iterator<Item = u32> {
        let known = (self.graph.undercuts_of(node))
            .filter(|&edge| !self.lifted.contains(edge as u32))
            .map(|edge| self.graph.undercuts.pairs[edge].1);
        known.chain(self.added_undercutters(node))
    }

    fn added(&self) -> &[(u32, u32)] {
        &self.added
    }
}

/// What is in force, with some acts thought away.
pub(crate) struct Lifted<'a, 'g> {
    in_force: &'a InForce<'g>,
    lift: Lift,
}

impl Conditions for Lifted<'_, '_> {
    fn live(&self, node: u32) -> bool {
        let acts = self.in_force;
        if acts.graph.has(node, flag::TALLY) {
            return true;
        }
        let withdrawn = || self.lift == Lift::Nothing && acts.is_withdrawn(node);
        let discredited = || acts.is_source_discredited(node) || acts.is_document_discredited(node);
        acts.is_present(node) && (self.lift == Lift::All || !withdrawn() && !discredited())
    }

    fn undercutters(&self, node: u32) -> impl Iterator<Item = u32> {
        let heeded = self.lift != Lift::All;
        heeded.then(|| self.in_force.undercutters(node)).into_iter().flatten()
    }

    fn added(&self) -> &[(u32, u32)] {
        if self.lift == Lift::All { &[] } else { &self.in_force.added }
    }
}

impl Graph {
    /// Whether a statement had been published and was known at a moment.
    pub(crate) fn is_present(&self, node: u32, moment: Moment) -> bool {
        self.published.is_empty() || moment.covers(self.published[node as usize], self.known[node as usize])
    }
}

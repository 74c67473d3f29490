//! A whole graph weighed at a moment, kept up to date as acts are added.

use crate::Truth;
use crate::as_of::{Moment, Target};
use crate::bits::{Agenda, Bits};
use crate::conditions::{Conditions, InForce, Lift};
use crate::cone::Cone;
use crate::graph::{Graph, Side};
use crate::independence::{Argument, Budget, Independence};
use crate::model::{Reach, model};
use crate::possible::Possible;
use crate::rederive::Ranks;
use crate::standing::{Circumstances, Unchanged, Weight, side_value, weigh_claim};
use crate::window::Window;

/// All claims of a graph, weighed.
///
/// The model is found in one pass over the components of the graph; then each claim is weighed by itself.
/// [`apply`](Weighing::apply) and [`what_if`](Weighing::what_if) recompute what an act affects and nothing else.
pub struct Weighing<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) in_force: InForce<'g>,
    pub(crate) values: Vec<Truth>,
    pub(crate) reach: Reach<Bits>,
    pub(crate) weights: Vec<Weight>,
    pub(crate) budget: Budget,
    pub(crate) argument: Argument,
    pub(crate) agenda: Agenda,
    /// Of each loop of the graph; none where one member undercuts another, or where an added undercut did so since
    /// the loop was last settled.
    pub(crate) ranks: Vec<Option<Ranks>>,
    pub(crate) window: Option<Window>,
    /// What the possible links would change, where there are any.
    pub(crate) possible: Option<Box<Possible<'g>>>,
}

/// One claim in full: its weight, where it comes from, and what shows its independence. Sources by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Its standing and its figures.
    pub weight: Weight,
    /// The sources at the ends of the chains that stand for it.
    pub origins: Vec<u32>,
    /// Independence of what stands for it.
    pub pro: Independence,
    /// Independence of what stands against it.
    pub con: Independence,
}

impl<'g> Weighing<'g> {
    /// Weighs everything that was there at a moment.
    pub fn new(graph: &'g Graph, moment: Moment) -> Weighing<'g> {
        Weighing::with_budget(graph, moment, Budget::default())
    }

    /// The same, with a budget for the independence of each claim.
    pub fn with_budget(graph: &'g Graph, moment: Moment, budget: Budget) -> Weighing<'g> {
        let in_force = InForce::new(graph, moment);
        let values = model(graph, &in_force);
        let loops = graph.loops.iter();
        let ranks = loops.map(|range| Ranks::of(graph, &in_force, &values, range.clone())).collect();
        let reach = {
            let lifted = in_force.lifting(Lift::All);
            Reach::new(graph, &lifted, &model(graph, &lifted), 0..graph.node_count() as u32)
        };
        let mut weighing = Weighing {
            graph,
            in_force,
            values,
            reach,
            weights: Vec::with_capacity(graph.claim_count()),
            budget,
            argument: Argument::default(),
            agenda: Agenda::new(graph.node_count()),
            ranks,
            window: None,
            possible: None,
        };
        weighing.weigh_all();
        weighing.possible = Possible::beside(&weighing).map(Box::new);
        weighing
    }

    fn weigh_all(&mut self) {
        let unwithdrawn = (!self.in_force.withdrawn.is_empty())
            .then(|| model(self.graph, &self.in_force.lifting(Lift::Withdrawals)));
        for claim in 0..self.graph.claims.len() as u32 {
            let weight = self.weigh(claim, unwithdrawn.as_ref(), None);
            self.weights.push(weight);
        }
    }

    /// Weighs one claim; `unwithdrawn` is the model with withdrawals lifted, where it is at hand.
    pub(crate) fn weigh(
        &mut self,
        claim: u32,
        unwithdrawn: Option<&Vec<Truth>>,
        unchanged: Option<Unchanged>,
    ) -> Weight {
        let mut circumstances =
            Gathered { graph: self.graph, in_force: &self.in_force, reach: &self.reach, unwithdrawn };
        let budget = self.budget;
        weigh_claim(
            self.graph,
            &self.values,
            &mut circumstances,
            &mut self.argument,
            budget,
            claim,
            unchanged,
        )
    }

    /// The graph that is weighed.
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// The weight of a claim.
    pub fn weight(&self, claim: u32) -> Weight {
        self.weights()[claim as usize]
    }

    /// The weights of all claims, by number.
    pub fn weights(&self) -> &[Weight] {
        self.possible.as_ref().map_or(&self.weights, |possible| &possible.weights)
    }

    /// Whether a statement stands.
    pub fn statement(&self, statement: u32) -> Truth {
        self.values[self.graph.node_of[statement as usize] as usize]
    }

    /// Whether some statement of the claim was there at this moment, if only possibly of this claim.
    pub fn is_said(&self, claim: u32) -> bool {
        if let Some(possible) = &self.possible {
            return possible.weighing.is_said(claim);
        }
        self.graph.claims.row(claim).iter().any(|&node| self.in_force.is_present(node))
    }

    /// Whether a statement was there at this moment.
    pub fn is_present(&self, statement: u32) -> bool {
        self.in_force.is_present(self.graph.node_of[statement as usize])
    }

    /// One claim in full.
    pub fn detail(&self, claim: u32) -> Detail {
        let mut origins = Vec::new();
        let mut side = |side: Side| {
            let mut argument = Argument::default();
            if side == Side::For {
                argument.gather(self.graph, &self.values, self.graph.voices(claim, side));
                origins = argument.origins();
            }
            argument.gather_least(self.graph, &self.values, claim, side);
            argument.independence(self.graph, self.budget)
        };
        let mut pro = side(Side::For);
        let mut con = side(Side::Against);
        if let Some(possible) = &self.possible {
            let with_possible = possible.weighing.detail(claim);
            pro.raise(with_possible.pro);
            con.raise(with_possible.con);
        }
        Detail { weight: self.weight(claim), origins, pro, con }
    }

    /// The sources on which a claim depends in any way, what undercuts it included; sorted.
    pub fn sources_below(&self, claim: u32) -> Vec<u32> {
        let nodes =
            Cone::below(self.graph, self.in_force.added(), self.graph.claims.row(claim).iter().copied());
        let sources = nodes.into_iter().map(|node| self.graph.source[node as usize]);
        let mut sources: Vec<u32> = sources.filter(|&source| source != crate::graph::NONE).collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    /// Whether an act on this target is in force.
    pub fn is_in_force(&mut self, target: Target) -> bool {
        // Setting tells whether it changed anything; a change is taken back at once.
        let target = self.target_nodes(target);
        let changed = self.in_force.set(target, true);
        if changed {
            self.in_force.set(target, false);
        }
        !changed
    }

    /// An act's target with its statements as nodes.
    pub(crate) fn target_nodes(&self, target: Target) -> Target {
        target.map_statements(|statement| self.graph.node_of[statement as usize])
    }
}

/// Circumstances of all claims, from sets made beforehand.
struct Gathered<'a, 'g> {
    graph: &'g Graph,
    in_force: &'a InForce<'g>,
    reach: &'a Reach<Bits>,
    unwithdrawn: Option<&'a Vec<Truth>>,
}

impl Circumstances for Gathered<'_, '_> {
    fn is_ruled(&self, claim: u32) -> bool {
        self.in_force.is_ruled(claim)
    }

    fn would_stand_unwithdrawn(&mut self, claim: u32) -> bool {
        if self.in_force.withdrawn.is_empty() {
            return false;
        }
        if let Some(values) = self.unwithdrawn {
            return side_value(self.graph, values, claim, Side::For).is_true();
        }
        let voices = || self.graph.voices(claim, Side::For);
        let below = Cone::below(self.graph, self.in_force.added(), voices());
        if !below.iter().any(|&node| self.in_force.is_withdrawn(node)) {
            return false;
        }
        let values = Cone::weigh(self.graph, &self.in_force.lifting(Lift::Withdrawals), voices());
        side_value(self.graph, &values, claim, Side::For).is_true()
    }

    fn is_grounded(&self, node: u32) -> bool {
        self.reach.grounded.contains(node)
    }

    fn rests_on_loop(&self, node: u32) -> bool {
        self.reach.looped.contains(node) && self.in_force.live(node)
    }
}

//! What is left of a claim once all that is known is weighed.

use crate::Truth;
use crate::as_of::{Moment, Target};
use crate::conditions::{Lift, LookedUp};
use crate::cone::{Cone, sweep};
use crate::graph::{Graph, Side};
use crate::independence::{Argument, Budget};
use crate::model::{NodeSet, Reach};
use crate::solve::Values;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The standing of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Standing {
    /// Statements that undercut each other leave it open.
    Unresolved,
    /// Something stands for it, and something against it.
    Contested,
    /// It stands, and the fall of one source, or of several that may be one, would end that.
    SingleSourced,
    /// It stands, whichever one source falls.
    Corroborated,
    /// Only denials stand, and neither one source's fall nor that of several that may be one would end that, or a
    /// person ruled so.
    Refuted,
    /// Only denials stand.
    Denied,
    /// Nothing stands, because statements were withdrawn.
    Withdrawn,
    /// Nothing stands, because statements were withdrawn, discredited or undercut.
    Fallen,
    /// Nothing stands: what is said of it rests only on itself.
    Circular,
    /// Nothing stands, and nothing ever gave it a ground.
    Unsourced,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Standing; 10] = [
        Standing::Unresolved,
        Standing::Contested,
        Standing::SingleSourced,
        Standing::Corroborated,
        Standing::Refuted,
        Standing::Denied,
        Standing::Withdrawn,
        Standing::Fallen,
        Standing::Circular,
        Standing::Unsourced,
    ];

    /// The word for it, as in case files and pages.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Unresolved => "unresolved",
            Standing::Contested => "contested",
            Standing::SingleSourced => "single-sourced",
            Standing::Corroborated => "corroborated",
            Standing::Refuted => "refuted",
            Standing::Denied => "denied",
            Standing::Withdrawn => "withdrawn",
            Standing::Fallen => "fallen",
            Standing::Circular => "circular",
            Standing::Unsourced => "unsourced",
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A claim weighed: 28 bytes, so that those of a whole ledger fit in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// What is left of it, by the sure links.
    pub standing: Standing,
    /// What would be left of it if all possible links were sure; mostly the same.
    pub possible_standing: Standing,
    /// Whether a held statement for it stands.
    pub pro: Truth,
    /// Whether a held statement against it stands.
    pub con: Truth,
    /// The least number of sources whose fall ends what stands for it: with all that may be one merged and by the
    /// sure links, and with all kept apart and the possible links kept.
    pub independence_for: (u32, u32),
    /// The same for what stands against it.
    pub independence_against: (u32, u32),
    /// How many sources could each end what stands for it alone.
    pub single_points: u32,
    /// How many could each end what stands against it alone.
    pub single_denials: u32,
}

impl Weight {
    /// What would be left of the claim if all possible links were sure, where that is another standing.
    pub fn other_possible_standing(&self) -> Option<Standing> {
        (self.possible_standing != self.standing).then_some(self.possible_standing)
    }

    /// What is known of one side: whether it stands, its independence, how many single points it has.
    fn side(&self, side: Side) -> (Truth, (u32, u32), u32) {
        match side {
            Side::For => (self.pro, self.independence_for, self.single_points),
            Side::Against => (self.con, self.independence_against, self.single_denials),
        }
    }
}

/// What has to be known beside the model to tell why nothing stands.
pub(crate) trait Circumstances {
    /// Whether a person ruled that the claim is refuted.
    fn is_ruled(&self, claim: u32) -> bool;
    /// Whether lifting all withdrawals would make a statement for it stand.
    fn would_stand_unwithdrawn(&mut self, claim: u32) -> bool;
    /// Whether the node would stand with everything lifted.
    fn is_grounded(&self, node: u32) -> bool;
    /// Whether it is live, and would not stand even so, but that loops hold it up.
    fn rests_on_loop(&self, node: u32) -> bool;
}

/// Whether one side of a claim stands.
pub(crate) fn side_value(graph: &Graph, values: &impl Values, claim: u32, side: Side) -> Truth {
    graph.witnesses(claim, side).map(|node| values.get(node)).max().unwrap_or_default()
}

/// A weight whose independence on one side still holds, because nothing under that side has changed.
pub(crate) struct Unchanged {
    pub(crate) weight: Weight,
    pub(crate) side: Side,
}

/// Weighs a claim in a model.
pub(crate) fn weigh_claim(
    graph: &Graph,
    values: &impl Values,
    circumstances: &mut impl Circumstances,
    argument: &mut Argument,
    budget: Budget,
    claim: u32,
    unchanged: Option<Unchanged>,
) -> Weight {
    let mut side = |side: Side| {
        if let Some(Unchanged { weight, .. }) = unchanged.as_ref().filter(|unchanged| unchanged.side == side)
        {
            return weight.side(side);
        }
        let value = side_value(graph, values, claim, side);
        if !value.is_true() {
            return (value, (0, 0), 0);
        }
        argument.gather_least(graph, values, claim, side);
        let (range, single) = argument.independence_figures(graph, budget);
        (value, range, single)
    };
    let (pro, independence_for, single_points) = side(Side::For);
    let (con, independence_against, single_denials) = side(Side::Against);
    // Single points are sources that surely end it; where the lower end decides, a group that may be one does, too.
    let decide = graph.groups.decide;
    let one_ends = |single: u32, range: (u32, u32)| single > 0 || decide && range.0 == 1;
    let standing = match (pro, con) {
        (Truth::Undefined, _) | (_, Truth::Undefined) => Standing::Unresolved,
        (Truth::True, Truth::True) => Standing::Contested,
        (Truth::True, Truth::False) if one_ends(single_points, independence_for) => Standing::SingleSourced,
        (Truth::True, Truth::False) => Standing::Corroborated,
        (Truth::False, Truth::True)
            if !one_ends(single_denials, independence_against) || circumstances.is_ruled(claim) =>
        {
            Standing::Refuted
        }
        (Truth::False, Truth::True) => Standing::Denied,
        (Truth::False, Truth::False) => why_nothing_stands(graph, circumstances, claim),
    };
    Weight {
        standing,
        possible_standing: standing,
        pro,
        con,
        independence_for,
        independence_against,
        single_points,
        single_denials,
    }
}

/// The first that fits: withdrawn, fallen, circular, unsourced.
fn why_nothing_stands(graph: &Graph, circumstances: &mut impl Circumstances, claim: u32) -> Standing {
    // Whatever would stand with withdrawals lifted would stand with everything lifted, so that is asked first: it
    // is known for every node beforehand.
    if graph.voices(claim, Side::For).any(|node| circumstances.is_grounded(node)) {
        if circumstances.would_stand_unwithdrawn(claim) { Standing::Withdrawn } else { Standing::Fallen }
    } else if graph
        .claims
        .row(claim)
        .iter()
        .any(|&node| graph.is_held(node) && circumstances.rests_on_loop(node))
    {
        Standing::Circular
    } else {
        Standing::Unsourced
    }
}

/// Weighs one claim at a moment, looking only at what it depends on.
pub(crate) fn weigh_claim_at(graph: &Graph, claim: u32, moment: Moment, budget: Budget) -> Weight {
    let nodes = Cone::below_claim(graph, claim);
    let under = |lift: Lift| {
        let mut values: FxHashMap<u32, Truth> = FxHashMap::default();
        sweep(graph, &LookedUp { graph, moment, lift }, &mut values, &nodes);
        values
    };
    let mut circumstances = Looked { graph, moment, claim, under: &under, reach: None };
    let values = under(Lift::Nothing);
    if !side_value(graph, &values, claim, Side::For).is_true() {
        let lifted = LookedUp { graph, moment, lift: Lift::All };
        circumstances.reach = Some(Reach::new(graph, &lifted, &under(Lift::All), nodes.iter().copied()));
    }
    weigh_claim(graph, &values, &mut circumstances, &mut Argument::default(), budget, claim, None)
}

/// Circumstances of one claim, looked up as needed.
struct Looked<'a, U> {
    graph: &'a Graph,
    moment: Moment,
    claim: u32,
    under: &'a U,
    reach: Option<Reach<FxHashSet<u32>>>,
}

impl<U: Fn(Lift) -> FxHashMap<u32, Truth>> Looked<'_, U> {
    fn conditions(&self) -> LookedUp<'_> {
        LookedUp { graph: self.graph, moment: self.moment, lift: Lift::Nothing }
    }
}

impl<U: Fn(Lift) -> FxHashMap<u32, Truth>> Circumstances for Looked<'_, U> {
    fn is_ruled(&self, claim: u32) -> bool {
        self.conditions().ruling(Target::Claim(claim)).unwrap_or(false)
    }

    fn would_stand_unwithdrawn(&mut self, claim: u32) -> bool {
        debug_assert_eq!(claim, self.claim);
        side_value(self.graph, &(self.under)(Lift::Withdrawals), claim, Side::For).is_true()
    }

    fn is_grounded(&self, node: u32) -> bool {
        self.reach.as_ref().is_some_and(|reach| NodeSet::contains(&reach.grounded, node))
    }

    fn rests_on_loop(&self, node: u32) -> bool {
        use crate::conditions::Conditions;
        let looped = self.reach.as_ref().is_some_and(|reach| NodeSet::contains(&reach.looped, node));
        looped && self.conditions().live(node)
    }
}

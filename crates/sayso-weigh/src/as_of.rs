//! Time on both axes, when something was published and when we knew it; the acts; and a claim's history.

use crate::cone::Cone;
use crate::graph::Graph;
use crate::independence::Budget;
use crate::standing::{Standing, weigh_claim_at};

/// Seconds since 1970-01-01T00:00:00Z.
pub type Time = i64;

/// The time of what carries none: it was there from the start.
pub const ALWAYS: Time = Time::MIN;

/// A point on both axes: what had been published by one time and was known to us by another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// By when it was published.
    pub published_by: Time,
    /// By when we knew it.
    pub known_by: Time,
}

impl Moment {
    /// Everything that was ever published and known.
    pub const ALL: Moment = Moment { published_by: Time::MAX, known_by: Time::MAX };

    /// Whether something published and known at these times was there.
    pub fn covers(self, published: Time, known: Time) -> bool {
        published <= self.published_by && known <= self.known_by
    }
}

/// What an act speaks of, which says what kind of act it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// Withdraws the statement.
    Statement(u32),
    /// Discredits the source.
    Source(u32),
    /// Discredits the document.
    Document(u32),
    /// Lets one statement undercut another.
    Undercut {
        /// The one that undercuts.
        by: u32,
        /// The one that is undercut.
        statement: u32,
    },
    /// Rules that the claim is refuted, where only denials of it stand.
    Claim(u32),
}

impl Target {
    pub(crate) fn map_statements(self, map: impl Fn(u32) -> u32) -> Target {
        match self {
            Target::Statement(statement) => Target::Statement(map(statement)),
            Target::Undercut { by, statement } => Target::Undercut { by: map(by), statement: map(statement) },
            other => other,
        }
    }
}

/// Something done to the record: it puts its effect in force, or lifts it again. Of the acts on one target that
/// were published and known by a moment, the one published last is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Act {
    /// What it speaks of.
    pub target: Target,
    /// Whether it puts the effect in force (discredit) or lifts it (restore).
    pub in_force: bool,
    /// When it was published.
    pub published: Time,
    /// When we knew of it.
    pub known: Time,
}

/// Which of the two axes a history runs along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Axis {
    /// By when it was published.
    Published,
    /// By when we knew it.
    Known,
}

/// A stretch of time in which a claim had one standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// Its first moment; [`ALWAYS`] for the first interval.
    pub from: Time,
    /// The first moment of the next interval; none where the standing still holds.
    pub until: Option<Time>,
    /// The standing; none before anything was said of the claim.
    pub standing: Option<Standing>,
}

impl Graph {
    /// The standing of a claim at a moment, and none where nothing had been said of it. Looks only at what the
    /// claim depends on.
    pub fn standing_at(&self, claim: u32, moment: Moment) -> Option<Standing> {
        self.said_at(claim, moment).then(|| weigh_claim_at(self, claim, moment, Budget::default()).standing)
    }

    /// Whether some statement of the claim was there at a moment.
    pub(crate) fn said_at(&self, claim: u32, moment: Moment) -> bool {
        let full = self.full();
        full.claims.row(claim).iter().any(|&node| full.is_present(node, moment))
    }

    /// A claim's standing over time along one axis, everything being taken into account on the other.
    pub fn history(&self, claim: u32, axis: Axis) -> Vec<Interval> {
        let mut history: Vec<Interval> = Vec::new();
        // What only possibly speaks of the claim says that it was spoken of.
        for time in self.full().times_of_change(claim, axis) {
            let moment = match axis {
                Axis::Published => Moment { published_by: time, ..Moment::ALL },
                Axis::Known => Moment { known_by: time, ..Moment::ALL },
            };
            let standing = self.standing_at(claim, moment);
            match history.last_mut() {
                Some(last) if last.standing == standing => continue,
                Some(last) => last.until = Some(time),
                None => {}
            }
            history.push(Interval { from: time, until: None, standing });
        }
        history
    }

    /// The times at which anything changed that a claim depends on, [`ALWAYS`] first.
    fn times_of_change(&self, claim: u32, axis: Axis) -> Vec<Time> {
        let nodes = Cone::below_claim(self, claim);
        let mut times = vec![ALWAYS];
        if !self.published.is_empty() {
            let axis_times = if axis == Axis::Published { &self.published } else { &self.known };
            times.extend(nodes.iter().map(|&node| axis_times[node as usize]));
        }
        let below = |node: u32| nodes.binary_search(&node).is_ok();
        let sources: rustc_hash::FxHashSet<u32> =
            nodes.iter().map(|&node| self.source[node as usize]).collect();
        let documents: rustc_hash::FxHashSet<u32> =
            nodes.iter().map(|&node| self.document[node as usize]).collect();
        let concerns = |target: Target| match target {
            Target::Statement(node) => below(node),
            Target::Source(source) => sources.contains(&source),
            Target::Document(document) => documents.contains(&document),
            Target::Undercut { statement, .. } => below(statement),
            Target::Claim(ruled) => ruled == claim,
        };
        let acts = self.acts.iter().filter(|act| concerns(act.target));
        times.extend(acts.map(|act| if axis == Axis::Published { act.published } else { act.known }));
        times.sort_unstable();
        times.dedup();
        times
    }
}

//! Standings, origins, independence and what-if of claims: what is left once all that is known is weighed.
//!
//! A statement stands when it is live (not withdrawn; neither its source nor its document is discredited), has a
//! basis that stands, down to something said at first hand, and nothing that stands undercuts it. The meaning of
//! these rules is their well-founded model (Van Gelder, Ross, Schlipf: The well-founded semantics for general logic
//! programs, J. ACM 38, 1991): every statement is true, false or undefined. So circular reporting supports nothing,
//! denials contest but do not delete, and two statements that undercut each other are undefined.
//!
//! What is not sure does not count. Links may be only possible, and sources may be one: a claim is as well founded as the
//! sure links make it, with all merged that may be one (the lower end of its independence); beside that it is told what
//! the possible links would make of it, and how many sources there are at most.
//!
//! The way through: a [`Case`] (names, JSON, written by hand) or a [`Builder`] (numbers, for programs) becomes a
//! [`Graph`] of compact arrays; a [`Weighing`] holds the standing of all its claims at a [`Moment`] and answers
//! what-if. This crate knows no text, no storage and no clock.

mod as_of;
mod bits;
mod build;
mod case;
mod components;
mod conditions;
mod cone;
mod doubts;
mod explain;
mod follow;
mod graph;
mod hitting;
mod hypotheses;
mod independence;
mod model;
mod possible;
mod rederive;
mod report;
mod solve;
mod standing;
mod truth;
mod weighing;
mod what_if;
mod window;

pub use as_of::{ALWAYS, Act, Axis, Interval, Moment, Target, Time};
pub use build::{Builder, Need, Said};
pub use case::{
    ActForm, ActKind, Alternative, Basis, Case, CaseError, CaseFile, EvidenceForm, Kind, Polarity,
    SourceForm, StatementForm, Story, first_second, last_second, show_second,
};
pub use explain::{Explanation, OpenStep, Subject, Why};
pub use graph::{Graph, Side};
pub use hypotheses::{Evidence, Fit, Matrix, Ranking};
pub use independence::{Budget, Independence};
pub use model::Model;
pub use report::{
    CaseReport, ClaimReport, EffectReport, HypothesesReport, Listing, Ranked, ShiftReport, Sides,
    WeightReport, show_origins, show_range,
};
pub use standing::{Standing, Weight};
pub use truth::Truth;
pub use weighing::{Detail, Weighing};
pub use what_if::{Change, Effect, Shift};

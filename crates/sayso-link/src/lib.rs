//! One claim in many words, one source under many names, one story in many copies.
//!
//! Pure: it is given statements, texts and models, and gives back links. It knows no storage and no HTML.

mod case;
mod chain;
pub mod citation;
pub mod claims;
mod copies;
pub mod derivation;
mod distrust;
pub mod grounds;
pub mod judge;
pub mod learned;
mod linker;
mod models;
mod named;
mod notice;
pub mod questions;
mod quoted;
mod retraction;
pub mod reuse;
pub mod sources;
mod undercut;
pub mod words;

pub use case::{Basis as CaseBasis, Case, CaseSource, CaseStatement, case};
pub use chain::{Basis, ChainLink, LinkId, Origin, OriginSign, is_own, own_words, taking_back};
pub use copies::CopyPair;
pub use linker::{
    ClaimLink, Exemplar, GroundLink, Known, Linked, Linker, Options, Page, SURE_OF_CLAIM, SpeaksFor,
    Suggested, Suggestion, ToldLink, Withdrawal,
};
pub use models::Models;
pub use notice::{PossibleWithdrawal, TakenBack, taken_back};

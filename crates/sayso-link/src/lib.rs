//! One claim in many words, one source under many names, one story in many copies.
//!
//! Pure: it is given statements, texts and models, and gives back links. It knows no storage and no HTML.

mod case;
mod chain;
pub mod claims;
pub mod derivation;
pub mod grounds;
pub mod learned;
pub mod judge;
mod linker;
mod models;
pub mod questions;
pub mod reuse;
pub mod sources;
mod undercut;
pub mod words;

pub use case::{Basis as CaseBasis, Case, CaseSource, CaseStatement, case};
pub use chain::{Basis, ChainLink, LinkId, Origin, OriginSign, is_own, own_words, taking_back};
pub use linker::{
    ClaimLink, Exemplar, GroundLink, Known, Linked, Linker, Options, Page, Suggested, Suggestion, Withdrawal,
    taken_back,
};
pub use models::Models;

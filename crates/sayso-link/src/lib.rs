//! One claim in many words, one source under many names, one story in many copies.
//!
//! Pure: it is given statements, texts and models, and gives back links. It knows no storage and no HTML.

mod case;
pub mod claims;
pub mod derivation;
pub mod grounds;
pub mod learned;
mod linker;
mod models;
pub mod reuse;
pub mod sources;
pub mod words;

pub use case::{Basis, Case, CaseSource, CaseStatement, Suggested, Suggestion, case};
pub use linker::{ClaimLink, Derived, GroundLink, Linked, Linker, Options};
pub use models::Models;

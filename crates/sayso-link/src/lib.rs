//! One claim in many words, one source under many names, one story in many copies.
//!
//! Pure: it is given statements, texts and models, and gives back links. It knows no storage and no HTML.

pub mod claims;
pub mod learned;
mod models;
pub mod reuse;
pub mod sources;
pub mod words;

pub use models::Models;

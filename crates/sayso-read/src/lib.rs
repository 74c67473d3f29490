//! Bytes to documents, documents to statements.
//!
//! Two stages, each a pure function of what it is given: [`document`](fn@document) turns the bytes of a page into a
//! [`Document`](sayso_record::Document), and [`Reader::statements`] finds who said what in it. Neither knows any
//! other document, and neither reads a file, the network or the clock.

pub mod careful;
pub mod citations;
pub mod document;
mod statements;
#[doc(hidden)]
pub mod steps;
pub mod tagger;
pub mod text;

pub use document::{Carrier, document};
pub use statements::{Attribution, CAREFUL_MODEL, Reader, why_unnamed};

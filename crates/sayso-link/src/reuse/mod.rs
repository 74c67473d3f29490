//! Derivations: which passage was copied, quoted or abridged from which.
//!
//! Every text is cut into overlapping runs of five words ([`Shingles`]). A [`ReuseIndex`] keeps a thinned choice of
//! them (winnowing) and names the texts that may share a passage; [`compare`] then says exactly what two texts share.

mod align;
mod index;
mod shingles;

pub use align::{Overlap, Passage, compare};
pub use index::{Candidate, ReuseIndex};
pub use shingles::{SHINGLE_WORDS, Shingles};

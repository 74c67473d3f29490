//! Claims: which statements say the same thing, in whatever words.

mod index;
mod pair;
mod rank;

pub use index::{ClaimIndex, Found, Tuning};
pub use pair::{PAIR_FEATURES, Pair};
pub use rank::{RANK_FEATURES, Ranker, rank_features};

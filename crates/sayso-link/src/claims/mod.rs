//! Claims: which statements say the same thing, in whatever words.

mod among;
mod denial;
mod group;
mod grow;
mod index;
mod pair;
mod rank;
mod title;

pub use among::{
    CONTEXT_FEATURES, GROUP_FEATURES, GroupViews, SENSED_GROUP_FEATURES, context_features, group_features,
};
pub use denial::{Denial, PolarityForests, Relation};
pub use group::{Alike, GroupForests, Grouper};
pub use grow::{ClaimNumber, Claims, Joined};
pub use index::{ClaimIndex, Found, Tuning};
pub(crate) use pair::covered_least;
pub use pair::{PAIR_FEATURES, Pair};
pub use rank::{RANK_FEATURES, Ranker, SENSED_RANK_FEATURES, candidates, rank_features};
pub use title::title;

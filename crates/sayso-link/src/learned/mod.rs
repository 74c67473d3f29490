//! What training leaves behind: forests of small decision trees over named features, and word vectors.

mod encoder;
mod forest;
mod senses;
mod vectors;
mod view;

pub use encoder::SentencesError;
pub use forest::{Forest, ModelError, Node, Tree};
pub use senses::{Senses, Sentences};
pub(crate) use vectors::dot;
pub use vectors::{UNKNOWN_RARITY, Vectors};
pub use view::View;

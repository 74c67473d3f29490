//! What training leaves behind: forests of small decision trees over named features.

mod forest;

pub use forest::{Forest, ModelError, Node, Tree};

//! Sources: who a mention stands for, across documents.

mod everyone;
mod field;
mod name;

pub use everyone::{Everyone, Named, Reason};
pub use name::Name;

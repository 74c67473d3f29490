//! Sources: who a mention stands for, across documents.

mod alike;
mod assign;
mod everyone;
mod field;
mod name;
mod office;
mod role;

pub(crate) use assign::mentions;
pub use alike::may_be_one;
pub use assign::{SourceLink, Why, author, outlet};
pub use everyone::{Everyone, Named, Reason};
pub use name::Name;
pub(crate) use name::place_name;
pub use role::{Appearance, Field};

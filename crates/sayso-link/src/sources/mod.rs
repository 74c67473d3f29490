//! Sources: who a mention stands for, across documents.

mod affiliation;
mod alike;
mod assign;
mod described;
mod everyone;
mod field;
mod government;
mod introduced;
mod name;
mod news;
mod office;
mod persons;
mod role;
mod spokes;
mod unnamed;

pub use affiliation::{Affiliation, AffiliationKind, affiliations};
pub use alike::may_be_one;
pub use assign::{SourceLink, Why, author, mentions, outlet};
pub use everyone::{Everyone, Named, Reason};
pub use name::Name;
pub(crate) use name::place_name;
pub use news::{is_news_outlet, is_somebody};
pub use role::{Appearance, Field};
pub use unnamed::head_noun;

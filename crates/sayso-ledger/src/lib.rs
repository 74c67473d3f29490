//! The append-only store of everything read: one SQLite file.
//!
//! A document is kept once, by its id; each reading of it, by which reader and when, is kept beside the statements that
//! the reading found. Nothing is ever changed or taken away, so an old answer can always be seen again. The file can
//! be queried with plain `sqlite3`; `SCHEMA.md` says how. No other crate knows SQL.

mod acts;
mod additions;
mod affiliations;
mod anew;
mod answered;
mod backup;
mod browsing;
mod claims;
mod corrections;
mod doubts;
mod error;
mod extent;
mod hypotheses;
mod indexing;
mod links;
mod lookup;
mod newest;
mod open;
mod rows;
mod sources;
mod store;
mod verify;
mod weights;
mod withheld;

pub use acts::{ActKey, StoredSuggestion};
pub use additions::Head;
pub use affiliations::{Affiliated, NewAffiliation};
pub use answered::{Answered, Through};
pub use browsing::{News, Seen};
pub use claims::{LinkedSource, Mark, StoredClaim, TakeUp};
pub use doubts::DoubtPlace;
pub use error::LedgerError;
pub use extent::Extent;
pub use hypotheses::Step;
pub use indexing::{ReadingKey, ReadingOf, StatementKey};
pub use links::{
    ClaimKey, DocumentKey, Link, LinkedSourceKey, Linking, NewAppearance, NewClaim, NewLink, NewOrigin,
    NewSuggestion, NodeKey, OriginOf, Place, SourceName, Words,
};
pub use lookup::{Found, PastReading};
pub use open::Ledger;
pub use sources::HeardOf;
pub use store::{Kept, Reading};
pub use weights::{Cause, Change, ChangeKey, ChangePlace, StoredWeight};

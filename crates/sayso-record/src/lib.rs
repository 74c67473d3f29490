//! The vocabulary of sayso as plain data: documents and their blocks, statements and their sources, ids, JSON.
//!
//! Nothing here reads a file, a page or a database; every other crate speaks in these words.
//! All positions are byte spans into [`Document::text`], so a span can always be shown as the words themselves.

mod act;
mod address;
mod document;
mod id;
mod span;
mod statement;

pub use act::{Act, ActKind, Subject};
pub use address::{bare_address, is_same_page};
pub use document::{Block, BlockKind, Document, Fault, Link, Note, NoteKind, NoticeKind, Stamp, StampOrigin};
pub use id::{ActId, ClaimId, DocumentId, IdError, StatementId, StepId, SuggestionId};
pub use span::Span;
pub use statement::{Manner, Mention, SourceKind, Stance, Statement};

//! The desk: reads pages into a ledger and answers from it.
//!
//! ```
//! use sayso::{Desk, Input, Report, Watch};
//! use std::ops::ControlFlow;
//!
//! #[derive(Default)]
//! struct Lines(Vec<String>);
//!
//! impl Watch for Lines {
//!     fn report(&mut self, report: Report) -> ControlFlow<()> {
//!         self.0.push(format!("{} {:?}", report.input, report.outcome.fate()));
//!         ControlFlow::Continue(())
//!     }
//! }
//!
//! let mut desk = Desk::in_memory(|| "2026-11-23T08:00:00Z".to_owned())?;
//! let page = Input::bytes("page", "\"Nobody saw the barrels,\" said Ilse Marwick.");
//! let mut lines = Lines::default();
//! desk.read([page], &mut lines)?;
//! assert_eq!(lines.0, ["page Some(New)"]);
//! assert_eq!(desk.sources()?[0].name, "Ilse Marwick");
//! # Ok::<(), sayso::LedgerError>(())
//! ```

mod acts;
mod anew;
mod answer;
mod ask;
mod chain;
mod changes;
mod claim;
mod claims;
mod cone;
mod corrections;
mod decisions;
mod desk;
pub mod export;
pub mod harmless;
mod history;
mod hypotheses;
pub mod import;
mod input;
mod lately;
mod link_by;
mod linking;
mod name;
mod one_mouth;
mod outcome;
mod parts;
mod pending;
mod questions;
mod reading;
pub mod report;
mod review;
mod revisions;
mod search;
mod sentence;
mod source;
mod subject;
mod time;
mod verify;
mod weights;

pub use acts::{ActError, ClaimShift, Consequences, Logged, Wanted};
pub use anew::{Anew, Progress};
pub use answer::Record;
pub use ask::{Finds, FoundDocument, FoundStatement, Question};
pub use chain::{ChainAnswer, ChainLink, Need, WhyLink};
pub use changes::ClaimChange;
pub use claim::{Because, Chain, ClaimAnswer, PageOf, RestsOn, Speaker, Step};
pub use claims::{ClaimFilter, ClaimLine};
pub use corrections::{Correction, CorrectionKind, Downstream, Hop, Suggested};
pub use desk::Desk;
pub use history::{Changed, History, Known, Published};
pub use hypotheses::{
    HypothesesError, Item, Place, Question as HypothesesQuestion, Ranked, Rating, Step as HypothesesStep,
    Taken,
};
pub use input::{CAP_BYTES, Input, Intake, intake};
pub use lately::{Lately, Placed};
pub use link_by::LinkBy;
pub use outcome::{Fate, LeftOut, Outcome, Report, Tally, Watch};
pub use parts::{ListPart, ListPlace, NoPlace};
pub use pending::{Pending, PendingKind};
pub use questions::{Answer, AnswerLine};
pub use review::{Matter, MatterKind, Queue};
pub use revisions::{Revision, Told};
pub use sayso_ledger::{LedgerError, PastReading};
pub use sayso_link::learned::SentencesError;
pub use sayso_read::{CAREFUL_MODEL, Reader};
pub use sayso_weigh::{Fit, Standing, Truth, first_second, last_second, show_second};
pub use search::{Filters, SearchNote};
pub use source::{Called, Heard, Part as SourcePart, SourceAnswer, SourceLine, SourceStatement, Withdrawn};
pub use subject::{Sort, SubjectError};
pub use time::AsOf;
pub use verify::{Contradiction, Part, Verdict};

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
mod checkpoint;
mod desk;
pub mod export;
pub mod harmless;
pub mod import;
mod intake;
mod lengths;
mod name;
mod parts;
mod questions;
mod reply;
pub mod report;
mod search;
mod time;
mod verify;
mod weighing;

pub use acts::act::{ActError, Consequences, Logged, Wanted};
pub use acts::corrections::{Correction, CorrectionKind, Downstream, Hop, Suggested};
pub use acts::deeds::{Deed, Deeds, DeedsWanted};
pub use acts::review::{Matter, MatterKind, Queue};
pub use acts::subject::{Sort, SubjectError};
pub use acts::waiting::Decision;
pub use checkpoint::{Checkpoint, NoCheckpoint};
pub use desk::Desk;
pub use intake::anew::{Anew, Progress};
pub use intake::details::Details;
pub use intake::input::{CAP_BYTES, Input, Intake, intake, intake_following};
pub use intake::link_by::LinkBy;
pub use intake::outcome::{Fate, LeftOut, Outcome, Report, Tally, Watch};
pub use intake::revisions::{Revision, Told};
pub use parts::{ListPart, ListPlace, NoPlace};
pub use questions::answer::{Answer, AnswerLine, Reason, RivalAccounts};
pub use questions::around::Around;
pub use questions::ask::{Finds, FoundDocument, FoundStatement, Question};
pub use questions::browsing::{ClaimFacets, ClaimOrder, ClaimsWanted, KnownSource, PageNews, SeenClaim};
pub use questions::chain::{ChainAnswer, ChainLink, Need, WhyLink};
pub use questions::changes::ClaimChange;
pub use questions::check::{
    AtHand, Check, CheckLimits, CheckedCitation, CitedOrigin, CitedVerdict, FetchPage, FoundIn,
};
pub use questions::claim::{Because, Chain, ClaimAnswer, PageOf, RestsOn, Speaker, SpeaksFor, Step};
pub use questions::claims::{ClaimFilter, ClaimLine};
pub use questions::document::Record;
pub use questions::history::{Changed, History, Known, Published};
pub use questions::hypotheses::{
    HypothesesError, Item, Place, Question as HypothesesQuestion, Ranked, Rating, Step as HypothesesStep,
    Taken,
};
pub use questions::kept::{AnsweredAnew, KeptAnswer, KeptChange, KeptQuestion};
pub use questions::lately::{Lately, Placed};
pub use questions::morning::Morning;
pub use questions::pending::{Pending, PendingKind};
pub use questions::source::{
    Affiliation, Called, Heard, Part as SourcePart, SourceAnswer, SourceLine, SourceStatement, Withdrawn,
};
pub use questions::trace::{Changed as ChangedWords, KnownBy, Replaced, Stop, Trace};
pub use reply::{Reply, Sayings};
pub use sayso_ledger::{LedgerError, PastReading, Through};
pub use sayso_link::learned::SentencesError;
pub use sayso_read::citations::{Citation, Citing, Markup};
pub use sayso_read::{CAREFUL_MODEL, Reader, why_unnamed};
pub use sayso_weigh::{Fit, Standing, Truth, first_second, last_second, show_second};
pub use search::{Filters, SearchNote};
pub use time::AsOf;
pub use verify::{Contradiction, Part, Verdict};
pub use weighing::weights::ClaimShift;

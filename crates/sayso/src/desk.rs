//! The desk itself: a reader, a ledger, and a clock that somebody else reads.

use crate::LedgerError;
use crate::intake::link_by::LinkBy;
use crate::intake::linking::DeskLinker;
use crate::search::SearchIndex;
use crate::time::AsOf;
use crate::weighing::decisions::Decisions;
use sayso_ledger::Ledger;
use sayso_read::Reader;
use std::cell::RefCell;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Reads into a ledger and answers from it.
pub struct Desk {
    pub(crate) ledger: Option<Ledger>,
    pub(crate) reader: Reader,
    pub(crate) clock: Clock,
    pub(crate) link_by: LinkBy,
    /// Made when something is first read, since it takes up what the ledger holds.
    pub(crate) linker: Option<DeskLinker>,
    /// Opened when something is first looked for or stored.
    pub(crate) search: Option<SearchIndex>,
    /// What the acts come to, as of the last question: a ledger may hold many thousands.
    decided: RefCell<Option<Arc<Decisions>>>,
}

/// Tells the time as ISO 8601 in UTC.
type Clock = Box<dyn Fn() -> String + Send>;

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").field("ledger", &self.ledger).finish_non_exhaustive()
    }
}

impl Desk {
    /// A desk that reads into the ledger at `path`, which is made if there is none. `clock` tells the time as ISO 8601
    /// in UTC. Waits up to `wait_ms` while another program holds the ledger.
    pub fn create(
        path: &Path,
        wait_ms: u32,
        clock: impl Fn() -> String + Send + 'static,
    ) -> Result<Desk, LedgerError> {
        Ok(Desk::with(Some(Ledger::create(path, wait_ms)?), clock))
    }

    /// A desk that answers from the ledger at `path`, which must exist.
    pub fn open(
        path: &Path,
        wait_ms: u32,
        clock: impl Fn() -> String + Send + 'static,
    ) -> Result<Desk, LedgerError> {
        Ok(Desk::with(Some(Ledger::open(path, wait_ms)?), clock))
    }

    /// A desk whose ledger is gone when it is closed.
    pub fn in_memory(clock: impl Fn() -> String + Send + 'static) -> Result<Desk, LedgerError> {
        Ok(Desk::with(Some(Ledger::in_memory()?), clock))
    }

    /// A desk that reads and stores nothing; it has no answers to anything.
    pub fn without_ledger() -> Desk {
        Desk::with(None, String::new)
    }

    fn with(ledger: Option<Ledger>, clock: impl Fn() -> String + Send + 'static) -> Desk {
        Desk {
            ledger,
            reader: Reader::new(),
            clock: Box::new(clock),
            link_by: LinkBy::default(),
            linker: None,
            search: None,
            decided: RefCell::default(),
        }
    }

    /// The same desk with another reader for what it reads from now on.
    pub fn reading_with(self, reader: Reader) -> Desk {
        Desk { reader, ..self }
    }

    /// Copies the ledger to a file that must not be there yet, while others read it and add to it, and holds the copy to what
    /// it was made of. Gives how many bytes it has; none where there is no ledger.
    pub fn back_up(&self, to: &Path) -> Result<Option<u64>, LedgerError> {
        self.ledger.as_ref().map(|ledger| ledger.back_up(to)).transpose()
    }

    /// The same desk with other models for what it links from now on.
    pub fn linking_by(self, link_by: LinkBy) -> Desk {
        Desk { link_by, linker: None, ..self }
    }

    /// What the acts come to; nothing without a ledger.
    pub(crate) fn decisions(&self, as_of: AsOf) -> Result<Option<Arc<Decisions>>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(None) };
        if as_of.known_by != AsOf::NOW.known_by {
            return Decisions::known_by(ledger, as_of.known_by).map(|decisions| Some(Arc::new(decisions)));
        }
        let mut decided = self.decided.borrow_mut();
        let known = decided.take();
        let mut known = known.map_or_else(|| Decisions::known_by(ledger, i64::MAX).map(Arc::new), Ok)?;
        Arc::make_mut(&mut known).catch_up(ledger)?;
        *decided = Some(Arc::clone(&known));
        Ok(Some(known))
    }
}

//! The ledger that a command works on, and what to do when it cannot be had.

use crate::failure::{self, Failure};
use crate::session::Session;
use sayso::{Desk, LedgerError};

/// How long to wait while another program holds the ledger.
const WAIT_MS: u32 = 15_000;

/// A desk that adds to the ledger, which is made if there is none.
pub(crate) fn create(session: &Session) -> Result<Desk, Failure> {
    Desk::create(session.ledger(), WAIT_MS, now).map_err(failed)
}

/// A desk that looks things up.
pub(crate) fn open(session: &Session) -> Result<Desk, Failure> {
    Desk::open(session.ledger(), WAIT_MS, now).map_err(failed)
}

/// The time, as the ledger wants it.
pub(crate) fn now() -> String {
    format!("{:.0}", jiff::Timestamp::now())
}

/// The failure that an error of the ledger is, with what can be done about it.
pub(crate) fn failed(error: LedgerError) -> Failure {
    let hint = match &error {
        LedgerError::Missing { .. } => {
            "read something first: sayso read PAGE.html (or name the ledger: --ledger PATH)"
        }
        LedgerError::NotALedger { .. } => "name another file: --ledger PATH",
        LedgerError::Newer { .. } => "use the newer sayso, or another ledger: --ledger PATH",
        LedgerError::Busy { .. } => "wait until the other program is done, then try again",
        LedgerError::Full { .. } => "make room and try again; all that was reported as stored is safe",
        LedgerError::ReadOnly { .. } => "check who may write to the file and to its folder",
        LedgerError::CannotOpen { .. } => "check that its folder exists, and who may write to it",
        LedgerError::Damaged { .. } => {
            "take a backup of the file before anything else; `sqlite3 FILE .recover` may save the rest"
        }
        LedgerError::Sqlite { .. } => "check the disk; all that was reported as stored should be safe",
    };
    Failure::new(failure::LEDGER, error).hint(hint)
}

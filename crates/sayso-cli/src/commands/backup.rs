//! `sayso backup`: a copy of the ledger as it is at one moment.

use crate::failure::{self, Done, Ended, Failure};
use crate::session::Session;
use crate::{harmless, ledger};
use std::path::PathBuf;

/// Copy the ledger to another file while it is in use, and check the copy
///
/// A plain copy of a file that is being written to can lose what was just stored; this one holds a whole moment. The copy is
/// a ledger itself: to go back to it, stop what uses the ledger and put it in its place, or name it with --ledger.
#[derive(Debug, clap::Args)]
pub(crate) struct Backup {
    /// Where the copy goes; there must be nothing yet
    #[arg(value_name = "FILE")]
    to: PathBuf,
}

impl Backup {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let shown = harmless::line(&self.to.display().to_string());
        if self.to.exists() {
            let what = anyhow::anyhow!("{shown} is there already");
            return Err(
                Failure::new(failure::USAGE, what).hint("name another file; no backup is written over")
            );
        }
        let desk = ledger::open(session)?;
        let bytes = desk.back_up(&self.to).map_err(ledger::failed)?.unwrap_or_default();
        session.say(&format!("{shown}: {bytes} bytes, checked"));
        Ok(Done::Whole)
    }
}

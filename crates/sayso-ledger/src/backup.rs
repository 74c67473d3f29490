//! A copy of a ledger as it is at one moment, while others read it and add to it.

use crate::{Ledger, LedgerError};
use std::path::{Path, PathBuf};

impl Ledger {
    /// Copies the ledger to a file that must not be there yet. Until the copy is whole, and says what the ledger says, it has
    /// another name. Gives how many bytes it has.
    pub fn back_up(&self, to: &Path) -> Result<u64, LedgerError> {
        let taken = |path: &Path| LedgerError::CannotOpen {
            path: path.to_owned(),
            source: rusqlite::Error::InvalidPath(path.to_owned()),
        };
        if to.exists() {
            return Err(taken(to));
        }
        let mut unfinished = to.as_os_str().to_owned();
        unfinished.push(".unfinished");
        let unfinished = PathBuf::from(unfinished);
        // What an earlier try left behind.
        let _ = std::fs::remove_file(&unfinished);
        let name = unfinished.to_str().ok_or_else(|| taken(&unfinished))?;
        let extents = self.at_one_moment(Ledger::extents)?;
        // SQLite looks at one moment of its own, which is later.
        let vacuumed = self.done(self.connection.execute("VACUUM INTO ?", [name]));
        let finished = vacuumed.and_then(|_| self.finish(&unfinished, to, &extents));
        if finished.is_err() {
            let _ = std::fs::remove_file(&unfinished);
        }
        finished
    }

    fn finish(&self, unfinished: &Path, to: &Path, extents: &[crate::Extent]) -> Result<u64, LedgerError> {
        let copy = Ledger::open_as_it_is(unfinished, self.wait_ms())?;
        if let Some(fault) = copy.database_faults()?.into_iter().next() {
            return Err(copy.damaged(fault));
        }
        // What was added meanwhile stands behind.
        for extent in extents {
            if copy.extent_to(&extent.table, extent.last)?.as_ref() != Some(extent) {
                return Err(copy.damaged(format!("the copy of {} is another", extent.table)));
            }
        }
        drop(copy);
        let put = || -> std::io::Result<u64> {
            let file = std::fs::File::open(unfinished)?;
            file.sync_all()?;
            std::fs::rename(unfinished, to)?;
            Ok(file.metadata()?.len())
        };
        put().map_err(|_| LedgerError::CannotOpen {
            path: to.to_owned(),
            source: rusqlite::Error::InvalidPath(to.to_owned()),
        })
    }
}

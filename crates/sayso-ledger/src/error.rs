//! What can go wrong with a ledger, as kinds that a program can tell apart.

use rusqlite::ErrorCode;
use std::path::{Path, PathBuf};

/// Why a ledger could not be opened, read or written. Every message names the file.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// There is no such file.
    #[error("there is no ledger at {}", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{} is no ledger of sayso", path.display())]
    NotALedger {
        /// The file.
        path: PathBuf,
    },
    /// A later sayso wrote it.
    #[error("{} was written by a newer sayso (schema {found}; this one knows up to {known})", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The schema version of the file.
        found: u32,
        /// The newest schema version that this program knows.
        known: u32,
    },
    /// Another program keeps it locked.
    #[error("{} is locked by another program, and stayed so for {waited_ms} ms", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
        /// How long we waited.
        waited_ms: u32,
    },
    /// There is no room for more.
    #[error("{} cannot grow: the disk is full", path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// It may be read, not written.
    #[error("{} cannot be written to", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// It cannot be opened at all.
    #[error("{} cannot be opened", path.display())]
    CannotOpen {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// Its content contradicts itself.
    #[error("{} is damaged: {what}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where.
        what: String,
    },
    /// Anything else that SQLite reports.
    #[error("{} cannot be used", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

impl LedgerError {
    /// The kind of error that SQLite's code stands for.
    pub(crate) fn from_sqlite(source: rusqlite::Error, path: &Path, waited_ms: u32) -> LedgerError {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                LedgerError::Busy { path, waited_ms }
            }
            Some(ErrorCode::DiskFull) => LedgerError::Full { path },
            Some(ErrorCode::ReadOnly) => LedgerError::ReadOnly { path, source },
            Some(ErrorCode::CannotOpen) => LedgerError::CannotOpen { path, source },
            Some(ErrorCode::NotADatabase) => LedgerError::NotALedger { path },
            Some(ErrorCode::DatabaseCorrupt) => LedgerError::Damaged { path, what: source.to_string() },
            _ => LedgerError::Sqlite { path, source },
        }
    }
}

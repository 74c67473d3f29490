//! Opening a ledger: is it one, is it one that we know, and bringing an older one up to date.

use crate::LedgerError;
use crate::withheld::Withheld;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// `SAYO`: how SQLite, and `file`, know a ledger from any other database.
const APPLICATION_ID: i32 = 0x5341_594F;

/// One step from an older schema to the next.
struct Migration {
    sql: &'static str,
    /// The tables it makes, each with the condition under which a new row would replace an old one.
    append_only: &'static [(&'static str, &'static str)],
}

/// Every step there has been, oldest first. A released step is never changed, and no table gets another column: what was
/// added is hashed with all columns of its table.
const MIGRATIONS: &[Migration] = &[
    Migration {
        sql: include_str!("../migrations/0001_documents_and_statements.sql"),
        append_only: &[
            ("document", "key = NEW.key OR id = NEW.id"),
            ("reader", "key = NEW.key OR name = NEW.name"),
            ("reading", "key = NEW.key OR (document = NEW.document AND reader = NEW.reader)"),
            ("source", "key = NEW.key OR (name = NEW.name AND kind = NEW.kind AND outlet = NEW.outlet)"),
            ("statement", "key = NEW.key"),
            ("go_between", "statement = NEW.statement AND position = NEW.position"),
        ],
    },
    Migration {
        sql: include_str!("../migrations/0002_links_and_acts.sql"),
        append_only: &[
            ("linked_source", "key = NEW.key OR name = NEW.name"),
            ("claim", "key = NEW.key OR id = NEW.id"),
            ("exemplar", "key = NEW.key"),
            ("linking", "key = NEW.key OR replaces = NEW.replaces"),
            ("fingerprint", "document = NEW.document"),
            ("node", "key = NEW.key OR (statement = NEW.statement AND step = NEW.step)"),
            ("chain_link", "linking = NEW.linking AND node = NEW.node"),
            (
                "need",
                "linking = NEW.linking AND node = NEW.node AND alternative = NEW.alternative AND needs = NEW.needs",
            ),
            ("origin", "key = NEW.key OR (of = NEW.of AND original = NEW.original)"),
            ("suggestion", "key = NEW.key OR id = NEW.id"),
            ("act", "key = NEW.key OR id = NEW.id OR previous = NEW.previous"),
            ("weighed", "key = NEW.key"),
        ],
    },
    Migration {
        sql: include_str!("../migrations/0003_corrections_and_hypotheses.sql"),
        append_only: &[("hypothesis_step", "key = NEW.key OR id = NEW.id OR previous = NEW.previous")],
    },
    Migration {
        sql: include_str!("../migrations/0004_lists.sql"),
        append_only: &[("revised", "document = NEW.document")],
    },
    Migration {
        sql: include_str!("../migrations/0005_appearances.sql"),
        append_only: &[("appearance", "key = NEW.key")],
    },
    Migration {
        sql: include_str!("../migrations/0006_affiliations.sql"),
        append_only: &[("affiliation", "key = NEW.key")],
    },
    Migration {
        sql: include_str!("../migrations/0007_additions.sql"),
        append_only: &[("addition", "key = NEW.key")],
    },
    Migration {
        sql: include_str!("../migrations/0008_kept_questions.sql"),
        append_only: &[("answered", "key = NEW.key")],
    },
];

/// The store. One value is one connection; give each thread, and each process, its own.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) connection: Connection,
    path: PathBuf,
    wait_ms: u32,
    pub(crate) withheld: RefCell<Arc<Withheld>>,
}

impl Ledger {
    /// Opens the ledger at `path`, and makes it first if there is no such file, or an empty one. While another program
    /// holds it, waits up to `wait_ms`.
    pub fn create(path: &Path, wait_ms: u32) -> Result<Ledger, LedgerError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut ledger = Ledger::connect(path, flags, wait_ms)?;
        let version = ledger.version(true)?;
        // Switching to write-ahead logging is kept in the file, and needs it alone for a moment: once is enough.
        let mode: String = ledger.done(ledger.pragma("journal_mode"))?;
        if mode != "wal" {
            ledger.done(ledger.connection.pragma_update(None, "journal_mode", "wal"))?;
        }
        if (version as usize) < MIGRATIONS.len() {
            ledger.migrate()?;
        }
        Ok(ledger)
    }

    /// Opens the ledger at `path` to look things up. It must exist. While another program holds it, waits up to
    /// `wait_ms`.
    pub fn open(path: &Path, wait_ms: u32) -> Result<Ledger, LedgerError> {
        if !path.exists() {
            return Err(LedgerError::Missing { path: path.to_owned() });
        }
        if !may_be_written(path) {
            return Ledger::open_as_it_is(path, wait_ms);
        }
        let mut ledger = Ledger::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, wait_ms)?;
        if (ledger.version(false)? as usize) < MIGRATIONS.len() {
            ledger.migrate()?;
        }
        Ok(ledger)
    }

    /// Opens a ledger that cannot be written to, on a disk that cannot or by somebody who may not, to look things up. Nobody
    /// may be adding to it meanwhile.
    pub fn open_as_it_is(path: &Path, wait_ms: u32) -> Result<Ledger, LedgerError> {
        // What another program has written beside it and not yet into it would be passed over.
        let beside = |ending: &str| {
            let mut name = path.as_os_str().to_owned();
            name.push(ending);
            std::fs::metadata(PathBuf::from(name)).is_ok_and(|data| data.len() > 0)
        };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let ledger = if beside("-wal") {
            Ledger::connect(path, flags, wait_ms)?
        } else {
            let address = as_address(path)?;
            let opened = Connection::open_with_flags(
                address,
                flags | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI,
            );
            let connection = opened.map_err(|error| LedgerError::from_sqlite(error, path, wait_ms))?;
            let ledger = Ledger { connection, path: path.to_owned(), wait_ms, withheld: RefCell::default() };
            ledger.prepare()?;
            ledger
        };
        let found = ledger.version(false)?;
        let known = MIGRATIONS.len() as u32;
        if found < known {
            return Err(ledger.damaged(format!(
                "it is of schema {found} and must be brought to {known}, which needs somebody who may write to it"
            )));
        }
        Ok(ledger)
    }

    /// A ledger that is gone when it is closed.
    pub fn in_memory() -> Result<Ledger, LedgerError> {
        let path = PathBuf::from(":memory:");
        let opened = Connection::open_in_memory();
        let connection = opened.map_err(|error| LedgerError::from_sqlite(error, &path, 0))?;
        let mut ledger = Ledger { connection, path, wait_ms: 0, withheld: RefCell::default() };
        ledger.prepare()?;
        ledger.migrate()?;
        Ok(ledger)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn wait_ms(&self) -> u32 {
        self.wait_ms
    }

    /// Lets the file grow to so many pages of 4 KiB and no further, for those who must share a disk. Beyond it, storing
    /// fails as on a full disk.
    pub fn limit_pages(&self, pages: u32) -> Result<(), LedgerError> {
        self.done(self.connection.pragma_update(None, "max_page_count", pages))
    }

    fn connect(path: &Path, flags: OpenFlags, wait_ms: u32) -> Result<Ledger, LedgerError> {
        let opened = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX);
        let connection = opened.map_err(|error| LedgerError::from_sqlite(error, path, wait_ms))?;
        let ledger = Ledger { connection, path: path.to_owned(), wait_ms, withheld: RefCell::default() };
        ledger.prepare()?;
        Ok(ledger)
    }

    fn prepare(&self) -> Result<(), LedgerError> {
        self.connection.set_prepared_statement_cache_capacity(128);
        let prepare = || {
            self.connection.busy_timeout(Duration::from_millis(self.wait_ms.into()))?;
            // With FULL, what a commit has reported survives a power cut, not only a crash of this program.
            self.connection.pragma_update(None, "synchronous", "full")?;
            self.connection.pragma_update(None, "foreign_keys", true)?;
            // The file may be a stranger's: nothing that is written in its schema may do more than look at data, and nobody
            // changes the schema behind SQLite's back.
            self.connection.pragma_update(None, "trusted_schema", false)?;
            self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
            // In KiB where negative: enough for the inner pages of a ledger of millions of statements.
            self.connection.pragma_update(None, "cache_size", -65_536)?;
            // What a statement must be able to take back is kept in memory, and is never more than a few pages.
            self.connection.pragma_update(None, "temp_store", "memory")?;
            // In bytes: a claim's links lie all over the file, and each page that is mapped need not be copied.
            self.connection.pragma_update(None, "mmap_size", 16_i64 << 30)
        };
        self.done(prepare())
    }

    /// The schema version of the file. An empty file has version 0, and is no ledger unless it `may_be_new`.
    fn version(&self, may_be_new: bool) -> Result<u32, LedgerError> {
        let version: u32 = self.done(self.pragma("user_version"))?;
        let application: i32 = self.done(self.pragma("application_id"))?;
        let count = "SELECT count(*) FROM sqlite_schema";
        let parts: u32 = self.done(self.connection.query_row(count, [], |row| row.get(0)))?;
        let is_new = parts == 0 && version == 0 && application == 0;
        if is_new && may_be_new {
            return Ok(0);
        }
        if application != APPLICATION_ID {
            return Err(LedgerError::NotALedger { path: self.path.clone() });
        }
        let known = MIGRATIONS.len() as u32;
        if version > known {
            return Err(LedgerError::Newer { path: self.path.clone(), found: version, known });
        }
        Ok(version)
    }

    fn migrate(&mut self) -> Result<(), LedgerError> {
        let migrated = (|| {
            let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            // Another program may have done it while we waited for the lock.
            let version: u32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
            for migration in MIGRATIONS.iter().skip(version as usize) {
                transaction.execute_batch(migration.sql)?;
                for (table, replaces) in migration.append_only {
                    forbid_change(&transaction, table, replaces)?;
                }
            }
            if (version as usize) < MIGRATIONS.len() && self.head_of_additions()?.additions == 0 {
                // What was added before that was chained counts as one addition.
                self.chain_additions(&[])?;
            }
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", version.max(MIGRATIONS.len() as u32))?;
            transaction.commit()
        })();
        self.done(migrated)
    }

    /// The tables that are only ever added to, in the order in which they were made.
    pub(crate) fn append_only() -> impl Iterator<Item = &'static str> {
        MIGRATIONS.iter().flat_map(|step| step.append_only).map(|(table, _)| *table)
    }

    fn pragma<T: rusqlite::types::FromSql>(&self, name: &str) -> rusqlite::Result<T> {
        self.connection.pragma_query_value(None, name, |row| row.get(0))
    }

    /// The error for a ledger that contradicts itself.
    pub fn damaged(&self, what: impl Into<String>) -> LedgerError {
        LedgerError::Damaged { path: self.path.clone(), what: what.into() }
    }

    /// Names the file in an error of SQLite.
    pub(crate) fn done<T>(&self, result: rusqlite::Result<T>) -> Result<T, LedgerError> {
        result.map_err(|error| LedgerError::from_sqlite(error, &self.path, self.wait_ms))
    }
}

/// Whether a file may be written to.
fn may_be_written(path: &Path) -> bool {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    match std::fs::OpenOptions::new().append(true).open(path) {
        Ok(_) => true,
        Err(error) => !matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem),
    }
}

/// A path as SQLite takes it with a wish: that nobody changes the file.
fn as_address(path: &Path) -> Result<String, LedgerError> {
    let whole = std::path::absolute(path).map_err(|_| LedgerError::Missing { path: path.to_owned() })?;
    let mut address = String::from("file:");
    for &byte in whole.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => address.push(byte.into()),
            byte if byte.is_ascii_alphanumeric() => address.push(byte.into()),
            byte => address += &format!("%{byte:02X}"),
        }
    }
    Ok(address + "?immutable=1")
}

/// Has the database itself refuse every change and every removal, whoever asks. `INSERT OR REPLACE` would slip past
/// the other two, since it deletes without firing triggers.
fn forbid_change(transaction: &Transaction, table: &str, replaces: &str) -> rusqlite::Result<()> {
    const WHY: &str = "a ledger is only ever added to";
    transaction.execute_batch(&format!(
        "CREATE TRIGGER {table}_is_never_changed BEFORE UPDATE ON {table}
         BEGIN SELECT RAISE(ABORT, '{WHY}'); END;
         CREATE TRIGGER {table}_is_never_removed BEFORE DELETE ON {table}
         BEGIN SELECT RAISE(ABORT, '{WHY}'); END;
         CREATE TRIGGER {table}_is_never_replaced BEFORE INSERT ON {table}
         WHEN EXISTS (SELECT 1 FROM {table} WHERE {replaces})
         BEGIN SELECT RAISE(ABORT, '{WHY}'); END;"
    ))
}

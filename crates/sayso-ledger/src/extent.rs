//! How far a ledger goes, and a digest of all that it holds up to there: by this a later look tells whether anything was
//! changed, taken out or written anew, whatever the file says of itself.

use crate::{Ledger, LedgerError};
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

/// How far a table goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The table.
    pub table: String,
    /// The last key in it; 0 where it is empty.
    pub last: i64,
    /// How many rows it has up to there.
    pub rows: u64,
    /// SHA-256 over these rows in the order of their keys.
    pub digest: [u8; 32],
}

/// The column by which the rows of a table are ordered as they were added, where it is no key of its own.
pub(crate) fn order_of(table: &str) -> (&'static str, &'static str) {
    match table {
        "go_between" => ("statement", "statement, position"),
        "chain_link" => ("linking", "linking, node"),
        "need" => ("linking", "linking, node, alternative, needs"),
        "fingerprint" | "revised" => ("document", "document"),
        _ => ("key", "key"),
    }
}

impl Ledger {
    /// How far each table goes that is only ever added to.
    pub fn extents(&self) -> Result<Vec<Extent>, LedgerError> {
        let last = |table: &str| {
            let (key, _) = order_of(table);
            let sql = format!("SELECT coalesce(max({key}), 0) FROM {table}");
            self.done(self.connection.query_row(&sql, [], |row| row.get(0)))
        };
        Ledger::append_only().map(|table| self.extent(table, last(table)?)).collect()
    }

    /// What a table holds up to a key; nothing where there is no such table.
    pub fn extent_to(&self, table: &str, last: i64) -> Result<Option<Extent>, LedgerError> {
        match Ledger::append_only().find(|known| *known == table) {
            Some(table) => self.extent(table, last).map(Some),
            None => Ok(None),
        }
    }

    fn extent(&self, table: &str, last: i64) -> Result<Extent, LedgerError> {
        let (key, order) = order_of(table);
        let digest = || -> rusqlite::Result<(u64, [u8; 32])> {
            let sql = format!("SELECT * FROM {table} WHERE {key} <= ? ORDER BY {order}");
            let mut query = self.connection.prepare(&sql)?;
            let columns = query.column_count();
            let (mut rows, mut digest) = (0, Sha256::new());
            let mut found = query.query([last])?;
            while let Some(row) = found.next()? {
                rows += 1;
                for column in 0..columns {
                    update(&mut digest, row.get_ref(column)?);
                }
            }
            Ok((rows, digest.finalize().into()))
        };
        let (rows, digest) = self.done(digest())?;
        Ok(Extent { table: table.to_owned(), last, rows, digest })
    }
}

/// Adds a value so that no two rows of other values come to the same bytes.
pub(crate) fn update(digest: &mut Sha256, value: ValueRef) {
    let (kind, bytes): (u8, &[u8]) = match &value {
        ValueRef::Null => (0, &[]),
        ValueRef::Integer(number) => (1, &number.to_be_bytes()),
        ValueRef::Real(number) => (2, &number.to_bits().to_be_bytes()),
        ValueRef::Text(text) => (3, text),
        ValueRef::Blob(bytes) => (4, bytes),
    };
    digest.update([kind]);
    digest.update((bytes.len() as u64).to_be_bytes());
    digest.update(bytes);
}

//! What each transaction added, under a chain of hashes: a row that was changed, taken out or put in afterwards is seen,
//! whatever table it stands in.

use crate::extent::{order_of, update};
use crate::{Ledger, LedgerError};
use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A table's keys: the last before a transaction, and the last after it.
type Keys = (i64, i64);
/// What was added to a table: between which keys, and the SHA-256 of these rows.
type Added = (i64, i64, String);

/// How far a ledger goes: the number of transactions that added to it, and what the last of them and all before come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// So many transactions added something.
    pub additions: u64,
    /// The digest over the last of them, which covers all before; none where there was none.
    pub digest: Option<[u8; 32]>,
}

/// The tables whose rows are chained, in the order in which tables were made. What is in `revised` the database makes from
/// the others.
fn tables() -> impl Iterator<Item = &'static str> {
    Ledger::append_only().filter(|table| !["addition", "revised"].contains(table))
}

/// Where the rows of a table stand that were added between two keys, and what they are in the order of.
fn rows_of(table: &str) -> (String, &'static str, &'static str) {
    match table {
        // Documents are not linked in the order of their keys, but each first linking brings this with it.
        "fingerprint" => (
            "linking JOIN fingerprint USING (document)".into(),
            "linking.replaces IS NULL AND linking.key",
            "linking.key",
        ),
        _ => {
            let (column, order) = order_of(table);
            (table.into(), column, order)
        }
    }
}

impl Ledger {
    /// Where each table ends now.
    pub(crate) fn ends(&self) -> rusqlite::Result<Vec<i64>> {
        let last = |table: &str| {
            let (column, table) =
                if table == "fingerprint" { ("key", "linking") } else { (order_of(table).0, table) };
            let sql = format!("SELECT coalesce(max({column}), 0) FROM {table}");
            self.connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))
        };
        tables().map(last).collect()
    }

    /// Hashes all that was added since tables ended there (a table that is not named was empty), and chains it to what was
    /// added before.
    pub(crate) fn chain_additions(&self, ends_before: &[i64]) -> rusqlite::Result<()> {
        let ends = self.ends()?;
        let mut added: BTreeMap<&str, Added> = BTreeMap::new();
        for (table, keys) in tables().zip(ends_before.iter().copied().chain(std::iter::repeat(0)).zip(ends)) {
            if keys.0 != keys.1 {
                added.insert(table, (keys.0, keys.1, self.digest_between(table, keys)?));
            }
        }
        if added.is_empty() {
            return Ok(());
        }
        let added = serde_json::to_string(&added).expect("numbers and digits are plain data");
        let last = self.head_of_additions()?;
        let digest = chained(last.digest.as_ref(), &added);
        let sql = "INSERT INTO addition (key, added, digest) VALUES (?, ?, ?)";
        let key = last.additions as i64 + 1;
        self.connection.prepare_cached(sql)?.execute(rusqlite::params![key, added, digest])?;
        Ok(())
    }

    /// How far the ledger goes.
    pub fn head(&self) -> Result<Head, LedgerError> {
        self.done(self.head_of_additions())
    }

    pub(crate) fn head_of_additions(&self) -> rusqlite::Result<Head> {
        let sql = "SELECT key, digest FROM addition ORDER BY key DESC LIMIT 1";
        let last = self.connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(match last.optional()? {
            Some((key, digest)) => Head { additions: i64::unsigned_abs(key), digest: Some(digest) },
            None => Head { additions: 0, digest: None },
        })
    }

    /// What so many transactions came to; none where there were not so many.
    pub fn digest_after(&self, additions: u64) -> Result<Option<[u8; 32]>, LedgerError> {
        self.one("SELECT digest FROM addition WHERE key = ?", additions as i64, |row| row.get(0))
    }

    /// Where what was added is not what it was when it was added: rows that were changed, that are gone, or that something
    /// else than a transaction of this program added. `progress` is told how many transactions were looked at, and of how
    /// many.
    pub fn addition_faults(
        &self,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Vec<String>, LedgerError> {
        let count = self.head()?.additions;
        let mut faults = Vec::new();
        let (mut digest, mut ends): (Option<[u8; 32]>, BTreeMap<String, i64>) = Default::default();
        for number in 1..=count {
            progress(number as usize, count as usize);
            let kept = |row: &rusqlite::Row| Ok((row.get::<_, String>(0)?, row.get::<_, [u8; 32]>(1)?));
            let kept = self.one("SELECT added, digest FROM addition WHERE key = ?", number as i64, kept)?;
            let Some((added, kept)) = kept else {
                faults.push(format!("what transaction {number} added is not kept any more"));
                digest = None;
                continue;
            };
            if chained(digest.as_ref(), &added) != kept {
                faults
                    .push(format!("what is kept of transaction {number} does not follow what is before it"));
            }
            digest = Some(kept);
            let Ok(added) = serde_json::from_str::<BTreeMap<String, Added>>(&added) else {
                faults.push(format!("what is kept of transaction {number} cannot be read"));
                continue;
            };
            for (table, (from, to, kept)) in added {
                let ended = ends.insert(table.clone(), to).unwrap_or(0);
                if !tables().any(|known| known == table) {
                    faults.push(format!(
                        "transaction {number} added to {table}, which is no table of a ledger"
                    ));
                    continue;
                }
                if ended != from && self.done(self.has_between(&table, (ended, from)))? {
                    faults.push(format!("no transaction added rows {} to {from} of {table}", ended + 1));
                }
                if self.done(self.digest_between(&table, (from, to)))? != kept {
                    let rows = if to - from == 1 {
                        format!("row {to}")
                    } else {
                        format!("rows {} to {to}", from + 1)
                    };
                    faults.push(format!("{rows} of {table} are not as transaction {number} added them"));
                }
            }
        }
        for (table, end) in tables().zip(self.done(self.ends())?) {
            let ended = ends.get(table).copied().unwrap_or(0);
            if end > ended {
                faults.push(format!("no transaction added rows {} to {end} of {table}", ended + 1));
            }
        }
        Ok(faults)
    }

    fn has_between(&self, table: &str, (from, to): Keys) -> rusqlite::Result<bool> {
        let (rows, column, _) = rows_of(table);
        let sql = format!("SELECT 1 FROM {rows} WHERE {column} BETWEEN ? AND ?");
        self.connection.prepare_cached(&sql)?.exists([from + 1, to])
    }

    /// SHA-256 over the rows of a table after one key and up to another.
    fn digest_between(&self, table: &str, (from, to): Keys) -> rusqlite::Result<String> {
        let (rows, column, order) = rows_of(table);
        // Not what the database works out of other columns.
        let own = "SELECT group_concat(name) FROM (SELECT name FROM pragma_table_info(?) ORDER BY cid)";
        let own: String = self.connection.prepare_cached(own)?.query_row([table], |row| row.get(0))?;
        let sql = format!("SELECT {own} FROM {rows} WHERE {column} BETWEEN ? AND ? ORDER BY {order}");
        let mut query = self.connection.prepare_cached(&sql)?;
        let columns = query.column_count();
        let mut digest = Sha256::new();
        let mut found = query.query([from + 1, to])?;
        while let Some(row) = found.next()? {
            for column in 0..columns {
                update(&mut digest, row.get_ref(column)?);
            }
        }
        let bytes: [u8; 32] = digest.finalize().into();
        Ok(bytes.iter().fold(String::with_capacity(64), |mut digits, byte| {
            let _ = write!(digits, "{byte:02x}");
            digits
        }))
    }
}

fn chained(before: Option<&[u8; 32]>, added: &str) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(before.map_or(&[][..], |before| before));
    digest.update(added);
    digest.finalize().into()
}

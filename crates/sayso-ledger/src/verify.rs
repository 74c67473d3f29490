//! What a check of a whole ledger needs: SQLite's own check, how much there is, and every reading's statements.

use crate::lookup::STATEMENT;
use crate::{Ledger, LedgerError};
use sayso_record::{DocumentId, Statement};
use std::collections::BTreeMap;

/// So many faults of the database are listed; where there are that many, more tell nothing new.
const LISTED: u32 = 100;

impl Ledger {
    /// What SQLite itself finds wrong with the file: damaged pages, indexes that do not fit their tables, rows that
    /// refer to rows that are gone. Reads the whole file.
    pub fn database_faults(&self) -> Result<Vec<String>, LedgerError> {
        let mut faults: Vec<String> =
            self.many(&format!("PRAGMA integrity_check({LISTED})"), [], |row| row.get(0))?;
        faults.retain(|fault| fault != "ok");
        let dangling = self.many("PRAGMA foreign_key_check", [], |row| {
            let (table, to): (String, String) = (row.get(0)?, row.get(2)?);
            Ok(format!("a row of {table} refers to a row of {to} that is gone"))
        })?;
        faults.extend(dangling.into_iter().take(LISTED as usize));
        Ok(faults)
    }

    /// Where the schema of the file is another than the one that this program makes: a table, an index, a view or a trigger
    /// that is gone, was added, or says something else.
    pub fn schema_faults(&self) -> Result<Vec<String>, LedgerError> {
        let schema = |ledger: &Ledger| -> Result<BTreeMap<(String, String), String>, LedgerError> {
            let sql =
                "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
            let parts = ledger.many(sql, [], |row| {
                Ok(((row.get(0)?, row.get(1)?), row.get::<_, Option<String>>(2)?.unwrap_or_default()))
            })?;
            Ok(parts.into_iter().collect())
        };
        let (found, right) = (schema(self)?, schema(&Ledger::in_memory()?)?);
        let mut faults = Vec::new();
        for ((kind, name), sql) in &right {
            match found.get(&(kind.clone(), name.clone())) {
                None => faults.push(format!("the {kind} {name} is gone")),
                Some(own) if own != sql => faults.push(format!("the {kind} {name} is not what sayso makes")),
                Some(_) => {}
            }
        }
        for (kind, name) in found.keys().filter(|part| !right.contains_key(part)) {
            faults.push(format!("the {kind} {name} was added"));
        }
        faults.truncate(LISTED as usize);
        Ok(faults)
    }

    /// How many documents there are.
    pub fn document_count(&self) -> Result<u32, LedgerError> {
        Ok(self.one("SELECT count(*) FROM document WHERE ?", 1, |row| row.get(0))?.unwrap_or(0))
    }

    /// The statements that any reading of a document found.
    pub fn statements_ever_in(&self, document: DocumentId) -> Result<Vec<Statement>, LedgerError> {
        self.statements(&format!("SELECT {STATEMENT} WHERE d.id = ? ORDER BY st.key"), document.0)
    }
}

//! What a check of a whole ledger needs: SQLite's own check, how much there is, and every reading's statements.

use crate::lookup::STATEMENT;
use crate::{Ledger, LedgerError};
use sayso_record::{DocumentId, Statement};

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

    /// How many documents there are.
    pub fn document_count(&self) -> Result<u32, LedgerError> {
        Ok(self.one("SELECT count(*) FROM document WHERE ?", 1, |row| row.get(0))?.unwrap_or(0))
    }

    /// The statements that any reading of a document found.
    pub fn statements_ever_in(&self, document: DocumentId) -> Result<Vec<Statement>, LedgerError> {
        self.statements(&format!("SELECT {STATEMENT} WHERE d.id = ? ORDER BY st.key"), document.0)
    }
}

//! Pages that speak of their own faults, and pages of which there is more than one revision.

use crate::{Ledger, LedgerError};
use sayso_record::DocumentId;

/// That a document bears a notice. Written as the index `document_noticed` has it, so that the index is used.
pub(crate) const NOTICED: &str = r#"instr(blocks, '"kind":"notice"') > 0"#;

impl Ledger {
    /// The documents that bear a notice, each with its number and when it was first read; those read at `since` or later,
    /// the last stored first; at most `limit`, before a number that was given before.
    pub fn documents_with_notices(
        &self,
        since: &str,
        before: i64,
        limit: u32,
    ) -> Result<Vec<(i64, DocumentId, String)>, LedgerError> {
        let sql = format!(
            "SELECT key, id, (SELECT min(read_at) FROM reading WHERE document = document.key) AS at
             FROM document WHERE {NOTICED} AND key < ? AND at >= ? ORDER BY key DESC LIMIT ?"
        );
        self.many(&sql, (before, since, limit), |row| Ok((row.get(0)?, DocumentId(row.get(1)?), row.get(2)?)))
    }

    /// The addresses of which there is more than one revision, the last of them read at `since` or later, each with the
    /// number of that one and when it was read; the last stored first, at most `limit`, before a number given before.
    pub fn addresses_revised(
        &self,
        since: &str,
        before: i64,
        limit: u32,
    ) -> Result<Vec<(i64, String, String)>, LedgerError> {
        self.many(
            "SELECT d.key, d.url, (SELECT min(read_at) FROM reading WHERE document = d.key) AS at
             FROM revised r CROSS JOIN document d ON d.key = r.document
             WHERE r.document < ? AND at >= ?
               AND NOT EXISTS (SELECT 1 FROM document later WHERE later.url = d.url AND later.key > d.key)
             ORDER BY r.document DESC LIMIT ?",
            (before, since, limit),
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
    }
}

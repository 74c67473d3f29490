//! Pages that speak of their own faults, and pages of which there is more than one revision.

use crate::{Ledger, LedgerError};
use sayso_record::DocumentId;

/// That a document bears a notice. Written as the index `document_noticed` has it, so that the index is used.
pub(crate) const NOTICED: &str = r#"instr(blocks, '"kind":"notice"') > 0"#;

impl Ledger {
    /// The documents that bear a notice, each with when it was first read; those read at `since` or later, oldest
    /// first.
    pub fn documents_with_notices(&self, since: &str) -> Result<Vec<(DocumentId, String)>, LedgerError> {
        let sql = format!(
            "SELECT id, (SELECT min(read_at) FROM reading WHERE document = document.key) AS at
             FROM document WHERE {NOTICED} AND at >= ? ORDER BY key"
        );
        self.many(&sql, [since], |row| Ok((DocumentId(row.get(0)?), row.get(1)?)))
    }

    /// The addresses of which there is more than one revision, one of them read at `since` or later.
    pub fn addresses_revised(&self, since: &str) -> Result<Vec<String>, LedgerError> {
        self.many(
            "SELECT url FROM document WHERE url IS NOT NULL GROUP BY url
             HAVING count(*) > 1 AND max((SELECT min(read_at) FROM reading WHERE document = document.key)) >= ?
             ORDER BY min(key)",
            [since],
            |row| row.get(0),
        )
    }
}

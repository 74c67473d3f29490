//! What is to be linked or read once more.

use crate::links::DocumentKey;
use crate::{Ledger, LedgerError};
use sayso_record::StatementId;

impl Ledger {
    /// The documents that this linker has not linked as they were last read; with `before`, those that were last linked
    /// before that time, by whichever linker. Oldest first.
    pub fn documents_to_link(
        &self,
        linker: &str,
        before: Option<i64>,
    ) -> Result<Vec<DocumentKey>, LedgerError> {
        let key = |row: &rusqlite::Row| Ok(DocumentKey(row.get(0)?));
        match before {
            None => self.many(
                "SELECT d.key FROM document d WHERE NOT EXISTS (
                     SELECT 1 FROM linking l WHERE l.document = d.key AND l.linker = ?
                       AND l.reading = (SELECT max(key) FROM reading WHERE document = d.key))
                 ORDER BY d.key",
                [linker],
                key,
            ),
            Some(before) => self.many(
                "SELECT d.key FROM document d
                 WHERE coalesce((SELECT max(known) FROM linking WHERE document = d.key), ?1 - 1) < ?1
                 ORDER BY d.key",
                [before],
                key,
            ),
        }
    }

    /// The documents that this reader has not read, oldest first.
    pub fn documents_to_read(&self, reader: &str) -> Result<Vec<DocumentKey>, LedgerError> {
        self.many(
            "SELECT d.key FROM document d WHERE NOT EXISTS (
                 SELECT 1 FROM reading r JOIN reader w ON w.key = r.reader WHERE r.document = d.key AND w.name = ?)
             ORDER BY d.key",
            [reader],
            |row| Ok(DocumentKey(row.get(0)?)),
        )
    }

    /// The statements of a document that stand in its newest linking; none where it was never linked.
    pub fn statements_linked_before(&self, document: DocumentKey) -> Result<Vec<StatementId>, LedgerError> {
        self.many(
            "SELECT DISTINCT n.statement FROM chain_link c JOIN node n ON n.key = c.node
             WHERE c.linking = (SELECT max(key) FROM linking WHERE document = ?)",
            [document.0],
            |row| Ok(StatementId(row.get(0)?)),
        )
    }
}

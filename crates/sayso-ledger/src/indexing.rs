//! What a search index takes up, in the order in which it was stored, and what its entries point back to.

use crate::links::{ClaimKey, DocumentKey};
use crate::lookup::{NEWEST, STATEMENT};
use crate::{Ledger, LedgerError};
use sayso_record::{DocumentId, Statement, StatementId};

/// Names a reading within one ledger; readings are numbered in the order in which they were stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReadingKey(pub(crate) i64);

impl ReadingKey {
    /// The reading with this number, counted from 1.
    pub fn from_number(number: u64) -> ReadingKey {
        ReadingKey(number as i64)
    }

    /// Its number, counted from 1.
    pub fn number(self) -> u64 {
        self.0 as u64
    }
}

/// Names a statement, as one reading found it, within one ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementKey(pub(crate) i64);

impl StatementKey {
    /// The statement with this number, counted from 1.
    pub fn from_number(number: u64) -> StatementKey {
        StatementKey(number as i64)
    }

    /// Its number, counted from 1.
    pub fn number(self) -> u64 {
        self.0 as u64
    }
}

/// A reading that an index has to take up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadingOf {
    /// The reading.
    pub reading: ReadingKey,
    /// Of which document.
    pub document: DocumentKey,
    /// That document's id.
    pub id: DocumentId,
    /// Whether the document was read before, so that this takes the place of something.
    pub again: bool,
}

impl Ledger {
    /// The readings after `after`, oldest first, at most `limit`; those that a later reading has replaced are left out.
    pub fn readings_after(
        &self,
        after: Option<ReadingKey>,
        limit: u32,
    ) -> Result<Vec<ReadingOf>, LedgerError> {
        let sql = format!(
            "SELECT r.key, d.key, d.id, EXISTS (SELECT 1 FROM reading WHERE document = d.key AND key < r.key)
             FROM reading r JOIN document d ON d.key = r.document WHERE r.key > ? AND {NEWEST} ORDER BY r.key LIMIT ?"
        );
        self.many(&sql, (after.map_or(0, |key| key.0), limit), |row| {
            Ok(ReadingOf {
                reading: ReadingKey(row.get(0)?),
                document: DocumentKey(row.get(1)?),
                id: DocumentId(row.get(2)?),
                again: row.get(3)?,
            })
        })
    }

    /// The last reading that was stored.
    pub fn last_reading(&self) -> Result<Option<ReadingKey>, LedgerError> {
        self.one("SELECT max(key) FROM reading WHERE ?", 1, |row| row.get::<_, Option<i64>>(0))
            .map(|key| key.flatten().map(ReadingKey))
    }

    /// The document of a reading.
    pub fn document_of_reading(&self, reading: ReadingKey) -> Result<Option<DocumentId>, LedgerError> {
        let sql = "SELECT d.id FROM reading r JOIN document d ON d.key = r.document WHERE r.key = ?";
        self.one(sql, reading.0, |row| Ok(DocumentId(row.get(0)?)))
    }

    /// The statements of a document's newest reading, each with its key.
    pub fn keyed_statements_in(
        &self,
        document: DocumentId,
    ) -> Result<Vec<(StatementKey, Statement)>, LedgerError> {
        let sql = format!("SELECT {STATEMENT} WHERE d.id = ? AND {NEWEST} ORDER BY st.key");
        self.many(&sql, [document.0], |row| Ok((StatementKey(row.get(0)?), self.statement_of(row)?)))
    }

    /// A statement by its key.
    pub fn statement_at(&self, key: StatementKey) -> Result<Option<Statement>, LedgerError> {
        Ok(self.statements(&format!("SELECT {STATEMENT} WHERE st.key = ?"), key.0)?.pop())
    }

    /// The id of a statement, and the claim that its page's report of it was linked to by a time; none where it was not
    /// linked by then.
    pub fn claim_of_statement(
        &self,
        key: StatementKey,
        known_by: i64,
    ) -> Result<Option<(StatementId, ClaimKey)>, LedgerError> {
        let sql = "SELECT n.statement, c.claim FROM statement st JOIN node n ON n.statement = st.id
             JOIN chain_link c ON c.node = n.key AND c.report JOIN linking l ON l.key = c.linking
             WHERE st.key = ?1 AND l.known <= ?2
               AND NOT EXISTS (SELECT 1 FROM linking later WHERE later.replaces = l.key AND later.known <= ?2)
             ORDER BY c.linking DESC LIMIT 1";
        let found =
            self.many(sql, (key.0, known_by), |row| Ok((StatementId(row.get(0)?), ClaimKey(row.get(1)?))))?;
        Ok(found.into_iter().next())
    }
}

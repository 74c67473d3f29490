//! The newest things of each sort, the newest first.

use crate::corrections::NOTICED;
use crate::links::DocumentKey;
use crate::{ClaimKey, Ledger, LedgerError};

impl Ledger {
    /// The claims whose present weight is the newest.
    pub fn newest_changes(&self, limit: u32) -> Result<Vec<ClaimKey>, LedgerError> {
        let sql = "SELECT w.claim FROM weighed w JOIN claim_now n ON n.claim = w.claim AND n.weighed = w.key
             ORDER BY w.key DESC LIMIT ?";
        self.many(sql, [limit], |row| Ok(ClaimKey(row.get(0)?)))
    }

    /// The last founded of the claims that have a standing.
    pub fn newest_standing(&self, standing: &str, limit: u32) -> Result<Vec<ClaimKey>, LedgerError> {
        let sql = "SELECT claim FROM claim_now WHERE standing = ? ORDER BY claim DESC LIMIT ?";
        self.many(sql, (standing, limit), |row| Ok(ClaimKey(row.get(0)?)))
    }

    /// The documents that were stored last.
    pub fn newest_documents(&self, limit: u32) -> Result<Vec<DocumentKey>, LedgerError> {
        let sql = "SELECT key FROM document ORDER BY key DESC LIMIT ?";
        self.many(sql, [limit], |row| Ok(DocumentKey(row.get(0)?)))
    }

    /// The last stored of the documents that bear a notice.
    pub fn newest_noticed(&self, limit: u32) -> Result<Vec<DocumentKey>, LedgerError> {
        let sql = format!("SELECT key FROM document WHERE {NOTICED} ORDER BY key DESC LIMIT ?");
        self.many(&sql, [limit], |row| Ok(DocumentKey(row.get(0)?)))
    }
}

//! What a person may be asked to look at: suggestions nobody has decided about, statements read with little confidence.

use crate::acts::{StoredSuggestion, suggestion_of};
use crate::lookup::NEWEST;
use crate::{Ledger, LedgerError};
use sayso_record::StatementId;

impl Ledger {
    /// The suggestions of a kind, the newest first.
    pub fn suggestions_of_kind(&self, kind: &str) -> Result<Vec<StoredSuggestion>, LedgerError> {
        self.many(
            "SELECT id, kind, what, because, document, confidence, known FROM suggestion WHERE kind = ?
             ORDER BY key DESC",
            [kind],
            suggestion_of,
        )
    }

    /// The statements of the newest readings, but for own voices, that were read with less confidence than this, the
    /// least sure first.
    pub fn statements_unsure(&self, below: f64, limit: u32) -> Result<Vec<StatementId>, LedgerError> {
        let sql = format!(
            "SELECT st.id FROM statement st JOIN reading r ON r.key = st.reading
             WHERE st.confidence < ? AND st.manner <> 'own voice' AND {NEWEST}
             ORDER BY st.confidence, st.key LIMIT ?"
        );
        self.many(&sql, (below, limit), |row| Ok(StatementId(row.get(0)?)))
    }
}

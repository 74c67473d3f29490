//! What a person may be asked to look at: suggestions nobody has decided about, statements read with little confidence.

use crate::acts::{StoredSuggestion, suggestion_of};
use crate::indexing::StatementKey;
use crate::lookup::NEWEST;
use crate::{Ledger, LedgerError};
use sayso_record::StatementId;

/// A place among statements that were read with little confidence: the confidence and the key of the one before.
pub type DoubtPlace = (f64, StatementKey);

impl Ledger {
    /// The suggestions of a kind, the newest first.
    pub fn suggestions_of_kind(&self, kind: &str) -> Result<Vec<StoredSuggestion>, LedgerError> {
        let keyed = self.suggestions_before(kind, None, u32::MAX)?;
        Ok(keyed.into_iter().map(|(_, suggestion)| suggestion).collect())
    }

    /// The suggestions of a kind, the newest first, each with its number; at most `limit`, before one with a number that
    /// was given before.
    pub fn suggestions_before(
        &self,
        kind: &str,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<(i64, StoredSuggestion)>, LedgerError> {
        self.withheld()?;
        self.many(
            "SELECT id, kind, what, because, document, confidence, known, key FROM suggestion
             WHERE kind = ? AND key < ? ORDER BY key DESC LIMIT ?",
            (kind, before.unwrap_or(i64::MAX), limit),
            |row| Ok((row.get(7)?, self.shown_suggestion(suggestion_of(row)?))),
        )
    }

    /// The statements of the newest readings, but for own voices, that were read with less confidence than this, the
    /// least sure first.
    pub fn statements_unsure(&self, below: f64, limit: u32) -> Result<Vec<StatementId>, LedgerError> {
        let keyed = self.statements_unsure_after(below, None, limit)?;
        Ok(keyed.into_iter().map(|(_, statement)| statement).collect())
    }

    /// The same, each with its confidence and key; after one that was given before.
    pub fn statements_unsure_after(
        &self,
        below: f64,
        after: Option<DoubtPlace>,
        limit: u32,
    ) -> Result<Vec<(DoubtPlace, StatementId)>, LedgerError> {
        let sql = format!(
            "SELECT st.confidence, st.key, st.id FROM statement st JOIN reading r ON r.key = st.reading
             WHERE st.confidence < ?1 AND (st.confidence, st.key) > (?2, ?3)
               AND st.manner <> 'own voice' AND {NEWEST}
             ORDER BY st.confidence, st.key LIMIT ?4"
        );
        let (confidence, key) = after.map_or((-1.0, 0), |(confidence, key)| (confidence, key.0));
        self.many(&sql, (below, confidence, key, limit), |row| {
            Ok(((row.get(0)?, StatementKey(row.get(1)?)), StatementId(row.get(2)?)))
        })
    }
}

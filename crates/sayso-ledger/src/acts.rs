//! The log of acts, each chained to the one before it, and what a person is asked to decide.

use crate::links::DocumentKey;
use crate::rows::{from_json, from_word, word};
use crate::{Ledger, LedgerError};
use rusqlite::types::Type;
use rusqlite::{Params, Row, params};
use sayso_record::{Act, ActId, ActKind, DocumentId, Subject, SuggestionId};
use serde_json::Value;

/// Names an act within one ledger; acts are numbered in the order of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActKey(pub(crate) i64);

/// A suggestion as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSuggestion {
    /// Its id.
    pub id: SuggestionId,
    /// Which sort.
    pub kind: String,
    /// What exactly.
    pub what: Value,
    /// The words that made us suggest it.
    pub because: String,
    /// The document in which they stand.
    pub document: DocumentKey,
    /// How sure we are, 0 to 1.
    pub confidence: f32,
    /// When it was made, in seconds since 1970.
    pub known: i64,
}

const ACT: &str = "key, id, previous, kind, target, target_with, by, because, at, published, notice FROM act";

impl Ledger {
    /// Adds an act to the end of the log: chains it to the one before it, and seals it.
    pub fn log(&self, act: Act) -> Result<(ActKey, Act), LedgerError> {
        let last: Option<[u8; 16]> =
            self.one("SELECT id FROM act WHERE ? ORDER BY key DESC LIMIT 1", 1, |row| row.get(0))?;
        let act = Act { previous: last.map(ActId), ..act }.seal();
        let insert = || {
            self.connection
                .prepare_cached(
                    "INSERT INTO act (id, previous, kind, target, target_with, by, because, at, published, notice)
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                )?
                .insert(params![
                    act.id.0,
                    act.previous.map(|id| id.0),
                    word(&act.act),
                    act.on.to_string(),
                    act.with.as_ref().map(Subject::to_string),
                    act.by,
                    act.because,
                    act.at,
                    act.published,
                    act.notice.map(|id| id.0),
                ])
        };
        let key = self.done(insert())?;
        Ok((ActKey(key), act))
    }

    /// All acts after `after` (all acts where that is none), in the order of the log. The words of notices that were
    /// taken down are left out.
    pub fn acts(&self, after: Option<ActKey>) -> Result<Vec<(ActKey, Act)>, LedgerError> {
        self.withheld()?;
        let acts = self.acts_as_logged(after)?;
        Ok(acts.into_iter().map(|(key, act)| (key, self.shown_act(act))).collect())
    }

    /// The same with all their words, for checking the log: never to be shown.
    pub fn acts_as_logged(&self, after: Option<ActKey>) -> Result<Vec<(ActKey, Act)>, LedgerError> {
        let sql = format!("SELECT {ACT} WHERE key > ? ORDER BY key");
        self.many(&sql, [after.map_or(0, |key| key.0)], act_of)
    }

    /// An act by its key.
    pub fn act(&self, key: ActKey) -> Result<Option<Act>, LedgerError> {
        let sql = format!("SELECT {ACT} WHERE key = ?");
        Ok(self.one(&sql, key.0, act_of)?.map(|(_, act)| self.shown_act(act)))
    }

    /// The acts on a subject, undone ones too, in the order of the log.
    pub fn acts_on(&self, subject: &Subject) -> Result<Vec<Act>, LedgerError> {
        let sql = format!("SELECT {ACT} WHERE target = ? ORDER BY key");
        let acts = self.many(&sql, [subject.to_string()], act_of)?;
        Ok(acts.into_iter().map(|(_, act)| self.shown_act(act)).collect())
    }

    /// The acts of one kind on documents, undone ones too.
    pub(crate) fn acts_on_documents(&self, kind: ActKind) -> Result<Vec<Act>, LedgerError> {
        // In the order of ASCII, a semicolon follows the colon: these are the bounds in the index of targets.
        let sql = format!(
            "SELECT {ACT} WHERE target > 'document:' AND target < 'document;' AND kind = ? ORDER BY key"
        );
        Ok(self.many(&sql, [word(&kind)], act_of)?.into_iter().map(|(_, act)| act).collect())
    }

    /// The acts whose id starts with these digits.
    pub fn acts_starting(&self, digits: &str, limit: u32) -> Result<Vec<(ActKey, Act)>, LedgerError> {
        let Some((low, high)) = crate::lookup::range(digits) else { return Ok(Vec::new()) };
        let sql = format!("SELECT {ACT} WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?");
        let acts = self.many(&sql, (low, high, limit), act_of)?;
        Ok(acts.into_iter().map(|(key, act)| (key, self.shown_act(act))).collect())
    }

    /// Suggestions as a query gives them.
    pub(crate) fn suggestions_by(
        &self,
        sql: &str,
        parameters: impl Params,
    ) -> Result<Vec<StoredSuggestion>, LedgerError> {
        self.withheld()?;
        let suggestions = self.many(sql, parameters, suggestion_of)?;
        Ok(suggestions.into_iter().map(|suggestion| self.shown_suggestion(suggestion)).collect())
    }

    /// Every suggestion, oldest first.
    pub fn suggestions(&self) -> Result<Vec<StoredSuggestion>, LedgerError> {
        self.suggestions_by(
            "SELECT id, kind, what, because, document, confidence, known FROM suggestion ORDER BY key",
            [],
        )
    }

    /// The suggestions that a document gave rise to, oldest first.
    pub fn suggestions_in(&self, document: DocumentKey) -> Result<Vec<StoredSuggestion>, LedgerError> {
        self.suggestions_by(
            "SELECT id, kind, what, because, document, confidence, known FROM suggestion
             WHERE document = ? ORDER BY key",
            [document.0],
        )
    }

    /// The suggestions whose id starts with these digits.
    pub fn suggestions_starting(
        &self,
        digits: &str,
        limit: u32,
    ) -> Result<Vec<StoredSuggestion>, LedgerError> {
        let Some((low, high)) = crate::lookup::range(digits) else { return Ok(Vec::new()) };
        self.suggestions_by(
            "SELECT id, kind, what, because, document, confidence, known FROM suggestion
             WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?",
            (low, high, limit),
        )
    }
}

fn act_of(row: &Row) -> rusqlite::Result<(ActKey, Act)> {
    let subject = |column: usize, text: String| {
        text.parse::<Subject>()
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
    };
    let previous: Option<[u8; 16]> = row.get(2)?;
    let with: Option<String> = row.get(5)?;
    let notice: Option<[u8; 16]> = row.get(10)?;
    let act = Act {
        id: ActId(row.get(1)?),
        previous: previous.map(ActId),
        act: from_word(row, 3)?,
        on: subject(4, row.get(4)?)?,
        with: with.map(|with| subject(5, with)).transpose()?,
        by: row.get(6)?,
        because: row.get(7)?,
        at: row.get(8)?,
        published: row.get(9)?,
        notice: notice.map(DocumentId),
    };
    Ok((ActKey(row.get(0)?), act))
}

pub(crate) fn suggestion_of(row: &Row) -> rusqlite::Result<StoredSuggestion> {
    Ok(StoredSuggestion {
        id: SuggestionId(row.get(0)?),
        kind: row.get(1)?,
        what: from_json(row, 2)?,
        because: row.get(3)?,
        document: DocumentKey(row.get(4)?),
        confidence: row.get(5)?,
        known: row.get(6)?,
    })
}

//! Looking things up again: documents, statements, and what an id's first digits may mean.

use crate::links::DocumentKey;
use crate::rows::{from_json, from_json_or_null, from_word};
use crate::{Ledger, LedgerError};
use rusqlite::{OptionalExtension, Row, params};
use sayso_record::{Document, DocumentId, Mention, Statement, StatementId};

/// What an id stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A document.
    Document(DocumentId),
    /// A statement.
    Statement(StatementId),
}

/// A reading that was made: by which reader, when, and where the page was found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct PastReading {
    /// Which reader.
    pub reader: String,
    /// When, as ISO 8601 in UTC.
    pub read_at: String,
    /// The path or address.
    pub found_at: String,
}

/// The columns of a statement, as [`Ledger::statement_of`] takes them.
pub(crate) const STATEMENT: &str =
    "st.key, st.id, d.id, st.block, so.kind, so.name, st.source_spans, st.cue, st.content, st.stance,
     st.manner, st.confidence, st.within, st.proposition
     FROM statement st JOIN reading r ON r.key = st.reading JOIN document d ON d.key = r.document
     JOIN source so ON so.key = st.source";

/// Keeps the newest reading of each document only.
pub(crate) const NEWEST: &str = "r.key = (SELECT max(key) FROM reading WHERE document = r.document)";

impl Ledger {
    /// A document, with the notes of its newest reading; its words are covered where it was taken down.
    pub fn document(&self, id: DocumentId) -> Result<Option<Document>, LedgerError> {
        self.document_as_stored(id)?.map(|document| self.shown(document)).transpose()
    }

    /// A document as it is stored, for checking it and for linking: never to be shown.
    pub fn document_as_stored(&self, id: DocumentId) -> Result<Option<Document>, LedgerError> {
        let sql = format!(
            "SELECT d.url, d.site, d.title, d.section, d.bylines, d.published_stamp, d.modified_stamp, d.language,
                    d.text, d.blocks, r.notes
             FROM document d JOIN reading r ON r.document = d.key WHERE d.id = ? AND {NEWEST}"
        );
        let document = |row: &Row| {
            Ok(Document {
                id,
                url: row.get(0)?,
                site: row.get(1)?,
                title: row.get(2)?,
                section: row.get(3)?,
                bylines: from_json(row, 4)?,
                published: from_json_or_null(row, 5)?,
                modified: from_json_or_null(row, 6)?,
                language: row.get(7)?,
                text: row.get(8)?,
                blocks: from_json(row, 9)?,
                notes: from_json(row, 10)?,
            })
        };
        self.done(
            self.connection
                .prepare_cached(&sql)
                .and_then(|mut query| query.query_row([id.0], document).optional()),
        )
    }

    /// A document without its blocks and notes: what is shown beside a statement, and the text that it stands in;
    /// covered where it was taken down.
    pub fn bare_document(&self, key: DocumentKey) -> Result<Option<Document>, LedgerError> {
        let sql = "SELECT id, url, site, title, section, published_stamp, text FROM document WHERE key = ?";
        let document = self.one(sql, key.0, |row| {
            Ok(Document {
                id: DocumentId(row.get(0)?),
                url: row.get(1)?,
                site: row.get(2)?,
                title: row.get(3)?,
                section: row.get(4)?,
                published: from_json_or_null(row, 5)?,
                text: row.get(6)?,
                ..Document::default()
            })
        })?;
        document.map(|document| self.shown(document)).transpose()
    }

    /// The statements of a document's newest reading, in the order in which the reader gave them.
    pub fn statements_in(&self, document: DocumentId) -> Result<Vec<Statement>, LedgerError> {
        self.statements(
            &format!("SELECT {STATEMENT} WHERE d.id = ? AND {NEWEST} ORDER BY st.key"),
            document.0,
        )
    }

    /// A statement, as the newest reading that found it has it.
    pub fn statement(&self, id: StatementId) -> Result<Option<Statement>, LedgerError> {
        let sql = format!("SELECT {STATEMENT} WHERE st.id = ? ORDER BY st.key DESC LIMIT 1");
        let mut found = self.statements(&sql, id.0)?.pop();
        if let Some(statement) = found.as_mut().filter(|statement| statement.proposition.is_some())
            && self.taken_down(statement.document)?.is_some()
        {
            // Its words are covered, and are not to be had in this form either.
            statement.proposition = None;
        }
        Ok(found)
    }

    /// Who has read a document, oldest first.
    pub fn readings_of(&self, document: DocumentId) -> Result<Vec<PastReading>, LedgerError> {
        let sql = "SELECT w.name, r.read_at, r.found_at FROM reading r JOIN reader w ON w.key = r.reader
                   JOIN document d ON d.key = r.document WHERE d.id = ? ORDER BY r.key";
        let past =
            |row: &Row| Ok(PastReading { reader: row.get(0)?, read_at: row.get(1)?, found_at: row.get(2)? });
        self.done(
            self.connection
                .prepare_cached(sql)
                .and_then(|mut query| query.query_map([document.0], past)?.collect()),
        )
    }

    /// The documents and statements whose id starts with `digits` (hexadecimal, one to 32), at most `limit` of each.
    /// Nothing starts with anything else.
    pub fn find(&self, digits: &str, limit: u32) -> Result<Vec<Found>, LedgerError> {
        let Some((low, high)) = range(digits) else { return Ok(Vec::new()) };
        let ids = |sql: &str| -> rusqlite::Result<Vec<[u8; 16]>> {
            self.connection
                .prepare_cached(sql)?
                .query_map(params![low, high, limit], |row| row.get(0))?
                .collect()
        };
        let documents =
            self.done(ids("SELECT id FROM document WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?"))?;
        let statements =
            self.done(ids("SELECT DISTINCT id FROM statement WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?"))?;
        let documents = documents.into_iter().map(|id| Found::Document(DocumentId(id)));
        Ok(documents.chain(statements.into_iter().map(|id| Found::Statement(StatementId(id)))).collect())
    }

    pub(crate) fn statements(
        &self,
        sql: &str,
        of: impl rusqlite::ToSql,
    ) -> Result<Vec<Statement>, LedgerError> {
        let found: rusqlite::Result<Vec<Statement>> = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut query| query.query_map([of], |row| self.statement_of(row))?.collect());
        self.done(found)
    }

    pub(crate) fn statement_of(&self, row: &Row) -> rusqlite::Result<Statement> {
        let within: Option<[u8; 16]> = row.get(12)?;
        Ok(Statement {
            id: StatementId(row.get(1)?),
            document: DocumentId(row.get(2)?),
            block: row.get(3)?,
            source: Mention { kind: from_word(row, 4)?, name: row.get(5)?, spans: from_json(row, 6)? },
            via: self.go_betweens(row.get(0)?)?,
            within: within.map(StatementId),
            cue: from_json(row, 7)?,
            content: from_json(row, 8)?,
            stance: from_word(row, 9)?,
            manner: from_word(row, 10)?,
            confidence: row.get(11)?,
            proposition: from_json_or_null(row, 13)?,
        })
    }

    fn go_betweens(&self, statement: i64) -> rusqlite::Result<Vec<Mention>> {
        self.connection
            .prepare_cached(
                "SELECT so.kind, so.name, g.spans FROM go_between g JOIN source so ON so.key = g.source
                 WHERE g.statement = ? ORDER BY g.position",
            )?
            .query_map([statement], |row| {
                Ok(Mention { kind: from_word(row, 0)?, name: row.get(1)?, spans: from_json(row, 2)? })
            })?
            .collect()
    }
}

/// The least and the greatest id that start with these digits.
pub(crate) fn range(digits: &str) -> Option<([u8; 16], [u8; 16])> {
    if digits.is_empty() || digits.len() > 32 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let id = |filler: &str| {
        let full = format!("{digits}{}", filler.repeat(32 - digits.len()));
        full.parse::<DocumentId>().ok().map(|id| id.0)
    };
    Some((id("0")?, id("f")?))
}

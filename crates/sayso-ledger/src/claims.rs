//! Claims, sources across documents, and all that a linker must take up again before it can go on.

use crate::links::{ClaimKey, DocumentKey, LinkedSourceKey, NewAppearance, Words};
use crate::rows::word;
use crate::{Ledger, LedgerError};
use rusqlite::{OptionalExtension, Row};
use sayso_record::{ClaimId, Document, DocumentId, SourceKind, Statement, StatementId};
use std::collections::HashMap;

/// A claim as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredClaim {
    /// Names it within this ledger.
    pub key: ClaimKey,
    /// Its id.
    pub id: ClaimId,
    /// The words that founded it.
    pub words: String,
    /// When this ledger knew of it, in seconds since 1970.
    pub known: i64,
}

/// A source across documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedSource {
    /// Names it within this ledger.
    pub key: LinkedSourceKey,
    /// Its name.
    pub name: String,
    /// Whether nobody names it.
    pub unnamed: bool,
}

/// How far a linker has taken up a ledger: the last rows that it has seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    exemplar: i64,
    source: i64,
    appearance: i64,
    document: i64,
}

/// Is given what a linker must take up, row by row, each sort in the order in which it was stored.
pub trait TakeUp {
    /// A name as a page writes it, and whether it is a person's.
    fn name(&mut self, is_person: bool, written: &str);
    /// A role and a year in which somebody was heard.
    fn appearance(&mut self, appearance: NewAppearance);
    /// Words of a claim.
    fn words(&mut self, words: &Words);
    /// The fingerprints of a document.
    fn fingerprints(&mut self, document: DocumentKey, prints: &[u64]);
}

impl Ledger {
    /// Hands over everything that was stored since `mark`, and sets the mark anew.
    pub fn take_up(&self, mark: &mut Mark, taker: &mut dyn TakeUp) -> Result<(), LedgerError> {
        let mut new = *mark;
        self.done(self.hand_over(&mut new, taker))?;
        *mark = new;
        Ok(())
    }

    fn hand_over(&self, mark: &mut Mark, taker: &mut dyn TakeUp) -> rusqlite::Result<()> {
        let [person, organisation, office] =
            [SourceKind::Person, SourceKind::Organisation, SourceKind::Office].map(|kind| word(&kind));
        let mut names = self.connection.prepare_cached(
            "SELECT key, kind, name FROM source WHERE key > ?1 AND kind IN (?2, ?3, ?4) ORDER BY key",
        )?;
        let mut rows = names.query((mark.source, &person, organisation, office))?;
        while let Some(row) = rows.next()? {
            mark.source = row.get(0)?;
            taker.name(row.get_ref(1)?.as_str()? == person, row.get_ref(2)?.as_str()?);
        }
        let mut appearances = self
            .connection
            .prepare_cached("SELECT key, name, field, year FROM appearance WHERE key > ? ORDER BY key")?;
        let mut rows = appearances.query([mark.appearance])?;
        while let Some(row) = rows.next()? {
            mark.appearance = row.get(0)?;
            taker.appearance(NewAppearance { name: row.get(1)?, field: row.get(2)?, year: row.get(3)? });
        }
        let mut exemplars = self
            .connection
            .prepare_cached("SELECT key, claim, for_it, words FROM exemplar WHERE key > ? ORDER BY key")?;
        let mut rows = exemplars.query([mark.exemplar])?;
        while let Some(row) = rows.next()? {
            mark.exemplar = row.get(0)?;
            taker.words(&Words { claim: ClaimKey(row.get(1)?), for_it: row.get(2)?, words: row.get(3)? });
        }
        let mut prints = self.connection.prepare_cached(
            "SELECT document, prints FROM fingerprint WHERE document > ? ORDER BY document",
        )?;
        let mut rows = prints.query([mark.document])?;
        let mut read: Vec<u64> = Vec::new();
        while let Some(row) = rows.next()? {
            mark.document = row.get(0)?;
            let bytes = row.get_ref(1)?.as_blob()?;
            read.clear();
            read.extend(
                bytes.chunks_exact(8).map(|print| u64::from_le_bytes(print.try_into().expect("eight"))),
            );
            taker.fingerprints(DocumentKey(mark.document), &read);
        }
        Ok(())
    }

    /// The key of a document.
    pub fn document_key(&self, id: DocumentId) -> Result<Option<DocumentKey>, LedgerError> {
        self.one("SELECT key FROM document WHERE id = ?", id.0, |row| Ok(DocumentKey(row.get(0)?)))
    }

    /// The id of a document.
    pub fn document_id(&self, key: DocumentKey) -> Result<Option<DocumentId>, LedgerError> {
        self.one("SELECT id FROM document WHERE key = ?", key.0, |row| Ok(DocumentId(row.get(0)?)))
    }

    /// A document as it is stored, by its key, with the statements of its newest reading, each with the claim of its newest linking.
    #[expect(clippy::type_complexity, reason = "a page is these three, and is taken apart where it arrives")]
    pub fn page(
        &self,
        key: DocumentKey,
    ) -> Result<Option<(Document, Vec<Statement>, Vec<Option<ClaimKey>>)>, LedgerError> {
        let Some(id) = self.document_id(key)? else { return Ok(None) };
        let Some(document) = self.document_as_stored(id)? else { return Ok(None) };
        let statements = self.statements_in(id)?;
        let links = self.links_of_document(key, i64::MAX)?;
        let claims: HashMap<StatementId, ClaimKey> =
            links.iter().map(|link| (link.place.statement, link.claim)).collect();
        let claims = statements.iter().map(|statement| claims.get(&statement.id).copied()).collect();
        Ok(Some((document, statements, claims)))
    }

    /// The documents that are stored and were never linked, oldest first.
    pub fn documents_unlinked(&self) -> Result<Vec<DocumentId>, LedgerError> {
        let sql = "SELECT id FROM document d WHERE NOT EXISTS (SELECT 1 FROM linking WHERE document = d.key)
                   ORDER BY key";
        self.many(sql, [], |row| Ok(DocumentId(row.get(0)?)))
    }

    /// A claim by its key.
    pub fn claim(&self, key: ClaimKey) -> Result<Option<StoredClaim>, LedgerError> {
        self.one("SELECT key, id, words, known FROM claim WHERE key = ?", key.0, claim_of)
            .map(|claim| claim.map(|claim| self.shown_claim(claim)))
    }

    /// A claim by its id.
    pub fn claim_by_id(&self, id: ClaimId) -> Result<Option<StoredClaim>, LedgerError> {
        self.withheld()?;
        self.one("SELECT key, id, words, known FROM claim WHERE id = ?", id.0, claim_of)
            .map(|claim| claim.map(|claim| self.shown_claim(claim)))
    }

    /// Founds a claim that a person makes out of a statement; the claim that is there where it was founded before.
    pub fn found_claim(&self, id: ClaimId, words: &str, known: i64) -> Result<ClaimKey, LedgerError> {
        if let Some(claim) = self.claim_by_id(id)? {
            return Ok(claim.key);
        }
        let insert = || -> rusqlite::Result<i64> {
            let key = self
                .connection
                .prepare_cached("INSERT INTO claim (id, words, known) VALUES (?, ?, ?)")?
                .insert(rusqlite::params![id.0, words, known])?;
            self.connection
                .prepare_cached("INSERT INTO exemplar (claim, for_it, words) VALUES (?, 1, ?)")?
                .execute(rusqlite::params![key, words])?;
            Ok(key)
        };
        Ok(ClaimKey(self.done(insert())?))
    }

    /// The claims whose id starts with these digits.
    pub fn claims_starting(&self, digits: &str, limit: u32) -> Result<Vec<ClaimId>, LedgerError> {
        let Some((low, high)) = crate::lookup::range(digits) else { return Ok(Vec::new()) };
        let sql = "SELECT id FROM claim WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?";
        self.many(sql, (low, high, limit), |row| Ok(ClaimId(row.get(0)?)))
    }

    /// How many claims there are.
    pub fn claim_count(&self) -> Result<u32, LedgerError> {
        Ok(self.one("SELECT coalesce(max(key), 0) FROM claim WHERE ?", 1, |row| row.get(0))?.unwrap_or(0))
    }

    /// A source by its key.
    pub fn linked_source(&self, key: LinkedSourceKey) -> Result<Option<LinkedSource>, LedgerError> {
        self.one("SELECT key, name, unnamed FROM linked_source WHERE key = ?", key.0, source_of)
    }

    /// A source by its exact name.
    pub fn linked_source_named(&self, name: &str) -> Result<Option<LinkedSource>, LedgerError> {
        self.one("SELECT key, name, unnamed FROM linked_source WHERE name = ?", name, source_of)
    }

    /// All sources across documents.
    pub fn linked_sources(&self) -> Result<Vec<LinkedSource>, LedgerError> {
        self.many("SELECT key, name, unnamed FROM linked_source ORDER BY key", [], source_of)
    }

    /// The sources after `after`, at most `limit`; by key.
    pub fn linked_sources_after(
        &self,
        after: Option<LinkedSourceKey>,
        limit: u32,
    ) -> Result<Vec<LinkedSource>, LedgerError> {
        self.many(
            "SELECT key, name, unnamed FROM linked_source WHERE key > ? ORDER BY key LIMIT ?",
            (after.map_or(0, |key| key.0), limit),
            source_of,
        )
    }

    /// How many sources there are across documents.
    pub fn linked_source_count(&self) -> Result<u32, LedgerError> {
        Ok(self.one("SELECT count(*) FROM linked_source WHERE ?", 1, |row| row.get(0))?.unwrap_or(0))
    }

    /// The documents of one address, oldest first: the revisions of a page.
    pub fn revisions(&self, url: &str) -> Result<Vec<(DocumentKey, DocumentId)>, LedgerError> {
        let sql = "SELECT key, id FROM document WHERE url = ? ORDER BY key";
        self.many(sql, [url], |row| Ok((DocumentKey(row.get(0)?), DocumentId(row.get(1)?))))
    }

    /// Those revisions of a page that bear a notice of any sort, oldest first.
    pub fn revisions_with_notices(&self, url: &str) -> Result<Vec<DocumentId>, LedgerError> {
        let sql =
            format!("SELECT id FROM document WHERE url = ? AND {} ORDER BY key", crate::corrections::NOTICED);
        self.many(&sql, [url], |row| Ok(DocumentId(row.get(0)?)))
    }

    /// At most one row.
    pub(crate) fn one<T>(
        &self,
        sql: &str,
        of: impl rusqlite::ToSql,
        map: impl FnOnce(&Row) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, LedgerError> {
        self.done(
            self.connection.prepare_cached(sql).and_then(|mut query| query.query_row([of], map).optional()),
        )
    }

    /// Any number of rows.
    pub(crate) fn many<T>(
        &self,
        sql: &str,
        of: impl rusqlite::Params,
        map: impl FnMut(&Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, LedgerError> {
        let found: rusqlite::Result<Vec<T>> =
            self.connection.prepare_cached(sql).and_then(|mut query| query.query_map(of, map)?.collect());
        self.done(found)
    }
}

fn claim_of(row: &Row) -> rusqlite::Result<StoredClaim> {
    Ok(StoredClaim {
        key: ClaimKey(row.get(0)?),
        id: ClaimId(row.get(1)?),
        words: row.get(2)?,
        known: row.get(3)?,
    })
}

fn source_of(row: &Row) -> rusqlite::Result<LinkedSource> {
    Ok(LinkedSource { key: LinkedSourceKey(row.get(0)?), name: row.get(1)?, unnamed: row.get(2)? })
}

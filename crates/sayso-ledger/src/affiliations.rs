//! For whom sources speak: kept with the words of the pages that say so.

use crate::{DocumentKey, Ledger, LedgerError, LinkedSourceKey, SourceName};
use rusqlite::params;

/// That a page says for whom a source speaks, to be stored.
#[derive(Clone, Debug)]
pub struct NewAffiliation {
    /// Who.
    pub source: SourceName,
    /// For whom.
    pub organisation: SourceName,
    /// The words of the page on which this rests.
    pub words: String,
}

/// For whom a source speaks, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affiliated {
    /// The other: the organisation where a source was asked about, and who speaks for it where an organisation was.
    pub other: LinkedSourceKey,
    /// Its name.
    pub name: String,
    /// The words of the first page that says so.
    pub words: String,
}

impl Ledger {
    /// For whom a source speaks, by pages that were known and published by some seconds.
    pub fn affiliations_of(
        &self,
        source: LinkedSourceKey,
        known_by: i64,
        published_by: i64,
    ) -> Result<Vec<Affiliated>, LedgerError> {
        self.affiliated(("source", "organisation"), source, known_by, published_by)
    }

    /// Who speaks for an organisation, by the same.
    pub fn speaking_for(
        &self,
        organisation: LinkedSourceKey,
        known_by: i64,
        published_by: i64,
    ) -> Result<Vec<Affiliated>, LedgerError> {
        self.affiliated(("organisation", "source"), organisation, known_by, published_by)
    }

    fn affiliated(
        &self,
        (one, other): (&str, &str),
        of: LinkedSourceKey,
        known_by: i64,
        published_by: i64,
    ) -> Result<Vec<Affiliated>, LedgerError> {
        let sql = format!(
            "WITH RECURSIVE each (other) AS (
                 SELECT min({other}) FROM affiliation WHERE {one} = ?1
                 UNION ALL
                 SELECT (SELECT min({other}) FROM affiliation WHERE {one} = ?1 AND {other} > each.other)
                 FROM each WHERE each.other IS NOT NULL
             )
             SELECT s.key, s.name, (
                 SELECT a.words FROM affiliation a JOIN linking l ON l.key = a.linking
                 WHERE a.{one} = ?1 AND a.{other} = each.other AND a.known <= ?2
                   AND (l.published IS NULL OR l.published <= ?3)
                   AND NOT EXISTS (SELECT 1 FROM linking later WHERE later.replaces = l.key AND later.known <= ?2)
                 ORDER BY a.key LIMIT 1
             ) AS words
             FROM each JOIN linked_source s ON s.key = each.other WHERE words IS NOT NULL"
        );
        self.many(&sql, params![of.0, known_by, published_by], |row| {
            Ok(Affiliated { other: LinkedSourceKey(row.get(0)?), name: row.get(1)?, words: row.get(2)? })
        })
    }

    /// The sources and organisations of the linking of a document that holds now.
    pub fn affiliations_linked_in(
        &self,
        document: DocumentKey,
    ) -> Result<Vec<(LinkedSourceKey, LinkedSourceKey)>, LedgerError> {
        self.many(
            "SELECT a.source, a.organisation FROM linking l JOIN affiliation a ON a.linking = l.key
             WHERE l.document = ? AND NOT EXISTS (SELECT 1 FROM linking later WHERE later.replaces = l.key)",
            [document.0],
            |row| Ok((LinkedSourceKey(row.get(0)?), LinkedSourceKey(row.get(1)?))),
        )
    }

    /// Stores for whom a source speaks.
    pub(crate) fn keep_affiliation(
        &self,
        linking: i64,
        known: i64,
        new: &NewAffiliation,
    ) -> rusqlite::Result<()> {
        let (source, organisation) = (self.source_of(&new.source)?, self.source_of(&new.organisation)?);
        self.connection
            .prepare_cached(
                "INSERT INTO affiliation (linking, source, organisation, words, known) VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![linking, source, organisation, new.words, known])?;
        Ok(())
    }
}

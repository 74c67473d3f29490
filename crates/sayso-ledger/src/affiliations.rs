//! For whom sources speak: kept with the words of the pages that say so.

use crate::{Ledger, LedgerError, LinkedSourceKey, SourceName};
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
    /// For whom a source speaks, as far as was known by a time; in the order in which pages said so.
    pub fn affiliations_of(
        &self,
        source: LinkedSourceKey,
        known_by: i64,
    ) -> Result<Vec<Affiliated>, LedgerError> {
        self.affiliated("a.source = ?1", "a.organisation", source, known_by)
    }

    /// Who speaks for an organisation, as far as was known by a time.
    pub fn speaking_for(
        &self,
        organisation: LinkedSourceKey,
        known_by: i64,
    ) -> Result<Vec<Affiliated>, LedgerError> {
        self.affiliated("a.organisation = ?1", "a.source", organisation, known_by)
    }

    fn affiliated(
        &self,
        which: &str,
        other: &str,
        of: LinkedSourceKey,
        known_by: i64,
    ) -> Result<Vec<Affiliated>, LedgerError> {
        // Of several rows the first is shown: SQLite gives the other columns of the row that holds the minimum.
        let sql = format!(
            "SELECT s.key, s.name, a.words, min(a.key) FROM affiliation a JOIN linked_source s ON s.key = {other}
             WHERE {which} AND a.known <= ?2
               AND NOT EXISTS (SELECT 1 FROM linking later WHERE later.replaces = a.linking AND later.known <= ?2)
             GROUP BY s.key ORDER BY min(a.key)"
        );
        self.many(&sql, params![of.0, known_by], |row| {
            Ok(Affiliated { other: LinkedSourceKey(row.get(0)?), name: row.get(1)?, words: row.get(2)? })
        })
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

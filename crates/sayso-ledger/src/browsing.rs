//! Lists as people look through them: the newest first, from a place on, and what is told of each line. Nothing here looks
//! at more rows than it is told to.

use crate::links::DocumentKey;
use crate::{ChangeKey, ClaimKey, Ledger, LedgerError, LinkedSourceKey};
use rusqlite::params;

/// Where a claim was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// In how many documents.
    pub documents: u32,
    /// Whether there may be more than were looked at.
    pub at_least: bool,
    /// By which outlets, in alphabetical order.
    pub outlets: Vec<String>,
    /// When the first of these documents was published, in seconds since 1970; none where none tells.
    pub first: Option<i64>,
    /// When the last was.
    pub last: Option<i64>,
}

/// What is new in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// How many claims it speaks of.
    pub claims: u32,
    /// How many of these nothing spoke of before it was read.
    pub new_claims: u32,
    /// Whether its address was known before it.
    pub revises: bool,
    /// Whether it bears a notice.
    pub has_notice: bool,
}

impl Ledger {
    /// The claims before one, the last founded first; at most `limit`.
    pub fn claims_before(&self, before: Option<ClaimKey>, limit: u32) -> Result<Vec<ClaimKey>, LedgerError> {
        let sql = "SELECT key FROM claim WHERE key < ? ORDER BY key DESC LIMIT ?";
        self.many(sql, (number_of(before), limit), |row| Ok(ClaimKey(row.get(0)?)))
    }

    /// The same, of those that have a standing now.
    pub fn claims_standing_before(
        &self,
        standing: &str,
        before: Option<ClaimKey>,
        limit: u32,
    ) -> Result<Vec<ClaimKey>, LedgerError> {
        let sql = "SELECT claim FROM claim_now WHERE standing = ? AND claim < ? ORDER BY claim DESC LIMIT ?";
        self.many(sql, params![standing, number_of(before), limit], |row| Ok(ClaimKey(row.get(0)?)))
    }

    /// The same, of those of which a source speaks; `of_page` where it is to publish it.
    pub fn claims_of_source_before(
        &self,
        source: LinkedSourceKey,
        of_page: bool,
        before: Option<ClaimKey>,
        limit: u32,
    ) -> Result<Vec<ClaimKey>, LedgerError> {
        let of_page = if of_page { "AND of_page = 1" } else { "" };
        let sql = format!(
            "SELECT DISTINCT claim FROM chain_link WHERE source = ? AND claim < ? {of_page}
             ORDER BY claim DESC LIMIT ?"
        );
        self.many(&sql, params![source.0, number_of(before), limit], |row| Ok(ClaimKey(row.get(0)?)))
    }

    /// Whether a source speaks of a claim; `of_page` where it is to publish it.
    pub fn speaks_of(
        &self,
        source: LinkedSourceKey,
        of_page: bool,
        claim: ClaimKey,
    ) -> Result<bool, LedgerError> {
        let sql = "SELECT 1 FROM chain_link WHERE source = ? AND claim = ? AND of_page >= ? LIMIT 1";
        Ok(!self.many(sql, (source.0, claim.0, of_page), |_| Ok(()))?.is_empty())
    }

    /// The claims whose present weight is older than a change, the last changed first; at most `limit`.
    pub fn changes_before(
        &self,
        before: Option<ChangeKey>,
        limit: u32,
    ) -> Result<Vec<(ChangeKey, ClaimKey)>, LedgerError> {
        let sql = "SELECT w.key, w.claim FROM weighed w
             JOIN claim_now n ON n.claim = w.claim AND n.weighed = w.key
             WHERE w.key < ? ORDER BY w.key DESC LIMIT ?";
        self.many(sql, (before.map_or(i64::MAX, |key| key.0), limit), |row| {
            Ok((ChangeKey(row.get(0)?), ClaimKey(row.get(1)?)))
        })
    }

    /// Where a claim was seen, by so many linkings of it at most.
    pub fn seen(&self, claim: ClaimKey, most: u32) -> Result<Seen, LedgerError> {
        let sql = "SELECT s.name, l.published, l.document
             FROM (SELECT DISTINCT linking FROM chain_link WHERE claim = ?1 LIMIT ?2) c
             CROSS JOIN linking l ON l.key = c.linking CROSS JOIN linked_source s ON s.key = l.outlet
             WHERE NOT EXISTS (SELECT 1 FROM linking later WHERE later.replaces = l.key)";
        let rows = self.many(sql, (claim.0, most), |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?, row.get::<_, i64>(2)?))
        })?;
        let mut documents: Vec<i64> = rows.iter().map(|(_, _, document)| *document).collect();
        documents.sort_unstable();
        documents.dedup();
        let published = || rows.iter().filter_map(|(_, published, _)| *published);
        let (first, last) = (published().min(), published().max());
        let (documents, at_least) = (documents.len() as u32, rows.len() as u32 >= most);
        let mut outlets: Vec<String> = rows.into_iter().map(|(outlet, _, _)| outlet).collect();
        outlets.sort_unstable();
        outlets.dedup();
        Ok(Seen { documents, at_least, outlets, first, last })
    }

    /// How many claims have a standing now, counted no further than `most`.
    pub fn count_standing(&self, standing: &str, most: u32) -> Result<u32, LedgerError> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM claim_now WHERE standing = ? LIMIT ?)";
        Ok(self.many(sql, (standing, most), |row| row.get(0))?.pop().unwrap_or(0))
    }

    /// The outlets of the documents that were linked last, so many of these, with how many are theirs: the most first.
    pub fn outlets_lately(&self, linked: u32) -> Result<Vec<(String, u32)>, LedgerError> {
        let sql = "SELECT s.name, count(*) FROM (SELECT outlet FROM linking ORDER BY key DESC LIMIT ?) l
             CROSS JOIN linked_source s ON s.key = l.outlet GROUP BY s.key ORDER BY count(*) DESC, s.name";
        self.many(sql, [linked], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The months, as `2019-06`, in which these documents were published: the newest first.
    pub fn months_lately(&self, linked: u32) -> Result<Vec<(String, u32)>, LedgerError> {
        let sql = "SELECT strftime('%Y-%m', published, 'unixepoch') AS month, count(*)
             FROM (SELECT published FROM linking ORDER BY key DESC LIMIT ?)
             WHERE published IS NOT NULL GROUP BY month ORDER BY month DESC";
        self.many(sql, [linked], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The documents before one, the last stored first; at most `limit`.
    pub fn documents_before(
        &self,
        before: Option<DocumentKey>,
        limit: u32,
    ) -> Result<Vec<DocumentKey>, LedgerError> {
        let sql = "SELECT key FROM document WHERE key < ? ORDER BY key DESC LIMIT ?";
        self.many(sql, (before.map_or(i64::MAX, |key| key.0), limit), |row| Ok(DocumentKey(row.get(0)?)))
    }

    /// What is new in a document, as it is linked now.
    pub fn news(&self, document: DocumentKey) -> Result<News, LedgerError> {
        let sql = format!(
            "WITH own AS (SELECT max(key) AS key FROM linking WHERE document = ?1),
                  said AS (SELECT DISTINCT c.claim FROM own CROSS JOIN chain_link c ON c.linking = own.key)
             SELECT (SELECT count(*) FROM said),
                    (SELECT count(*) FROM said WHERE NOT EXISTS (
                         SELECT 1 FROM chain_link e JOIN linking l ON l.key = e.linking
                         WHERE e.claim = said.claim AND e.linking < (SELECT key FROM own) AND l.document <> ?1)),
                    EXISTS (SELECT 1 FROM revised WHERE document = ?1),
                    EXISTS (SELECT 1 FROM document WHERE key = ?1 AND {})",
            crate::corrections::NOTICED
        );
        let news = self.one(&sql, document.0, |row| {
            Ok(News {
                claims: row.get(0)?,
                new_claims: row.get(1)?,
                revises: row.get(2)?,
                has_notice: row.get(3)?,
            })
        })?;
        Ok(news.unwrap_or_default())
    }

    /// What sort of source pages take a name for, as far as one of them does; as a word.
    pub fn kind_of_name(&self, name: &str) -> Result<Option<String>, LedgerError> {
        // In the order of the alphabet an author comes first and an organisation before a person.
        self.one("SELECT kind FROM source WHERE name = ? ORDER BY kind LIMIT 1", name, |row| row.get(0))
    }
}

fn number_of(before: Option<ClaimKey>) -> i64 {
    before.map_or(i64::MAX, |key| key.0)
}

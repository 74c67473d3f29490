//! What a check of a whole ledger needs: SQLite's own check, how much there is, and every reading's statements.

use crate::lookup::STATEMENT;
use crate::{Ledger, LedgerError};
use sayso_record::{DocumentId, Statement};
use std::collections::BTreeMap;

/// So many faults of the database are listed; where there are that many, more tell nothing new.
const LISTED: u32 = 100;

impl Ledger {
    /// What SQLite itself finds wrong with the file: damaged pages, indexes that do not fit their tables, rows that
    /// refer to rows that are gone. Reads the whole file.
    pub fn database_faults(&self) -> Result<Vec<String>, LedgerError> {
        let mut faults: Vec<String> =
            self.many(&format!("PRAGMA integrity_check({LISTED})"), [], |row| row.get(0))?;
        faults.retain(|fault| fault != "ok");
        let dangling = self.many("PRAGMA foreign_key_check", [], |row| {
            let (table, to): (String, String) = (row.get(0)?, row.get(2)?);
            Ok(format!("a row of {table} refers to a row of {to} that is gone"))
        })?;
        faults.extend(dangling.into_iter().take(LISTED as usize));
        Ok(faults)
    }

    /// Where the schema of the file is another than the one that this program makes: a table, an index, a view or a trigger
    /// that is gone, was added, or says something else.
    pub fn schema_faults(&self) -> Result<Vec<String>, LedgerError> {
        let schema = |ledger: &Ledger| -> Result<BTreeMap<(String, String), String>, LedgerError> {
            let sql =
                "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
            let parts = ledger.many(sql, [], |row| {
                Ok(((row.get(0)?, row.get(1)?), row.get::<_, Option<String>>(2)?.unwrap_or_default()))
            })?;
            Ok(parts.into_iter().collect())
        };
        let (found, right) = (schema(self)?, schema(&Ledger::in_memory()?)?);
        let mut faults = Vec::new();
        for ((kind, name), sql) in &right {
            match found.get(&(kind.clone(), name.clone())) {
                None => faults.push(format!("the {kind} {name} is gone")),
                Some(own) if own != sql => faults.push(format!("the {kind} {name} is not what sayso makes")),
                Some(_) => {}
            }
        }
        for (kind, name) in found.keys().filter(|part| !right.contains_key(part)) {
            faults.push(format!("the {kind} {name} was added"));
        }
        faults.truncate(LISTED as usize);
        Ok(faults)
    }

    /// Where what is kept beside the record is not what the record comes to: what claims weigh now, which documents were
    /// revised, and, where that is wanted, how often sources are heard, which takes a look at every link.
    pub fn derived_faults(&self, with_heard: bool) -> Result<Vec<String>, LedgerError> {
        let weighs = "SELECT 'what claim ' || lower(hex(c.id)) || ' weighs now is not what it weighed last'
             FROM claim c LEFT JOIN claim_now n ON n.claim = c.key
             LEFT JOIN weighed w ON w.key = (SELECT max(key) FROM weighed WHERE claim = c.key)
             WHERE (n.weighed, n.standing) IS NOT (w.key, w.standing) LIMIT ?";
        let stray = "SELECT 'something weighs that is no claim' FROM claim_now
             WHERE claim NOT IN (SELECT key FROM claim) LIMIT ?";
        let unlinked = "SELECT 'document number ' || document || ' has fingerprints and was never linked' FROM fingerprint
             WHERE document NOT IN (SELECT document FROM linking) LIMIT ?";
        let revised = "WITH fresh AS (SELECT key FROM document later WHERE url IS NOT NULL
                 AND EXISTS (SELECT 1 FROM document WHERE url = later.url AND key < later.key))
             SELECT 'that document number ' || key || ' revises another is not kept' FROM fresh
             WHERE key NOT IN (SELECT document FROM revised)
             UNION ALL SELECT 'document number ' || document || ' revises no other' FROM revised
             WHERE document NOT IN (SELECT key FROM fresh) LIMIT ?";
        let heard = "WITH fresh AS (
                 SELECT source, sum(step = 0 AND NOT report) AS said, sum(step = 0 AND report) AS own_voice,
                     sum(step > 0) AS passed_on, count(DISTINCT document) AS documents
                 FROM (SELECT c.source, l.document, min(n.step) AS step, c.report
                       FROM chain_link c JOIN linking l ON l.key = c.linking JOIN node n ON n.key = c.node
                       WHERE NOT EXISTS (SELECT 1 FROM linking later WHERE later.replaces = l.key)
                       GROUP BY l.key, c.source, n.statement)
                 GROUP BY source)
             SELECT 'how often source number ' || source || ' is heard is not as kept'
             FROM heard FULL JOIN fresh USING (source)
             WHERE coalesce(heard.said, 0) <> coalesce(fresh.said, 0)
                OR coalesce(heard.own_voice, 0) <> coalesce(fresh.own_voice, 0)
                OR coalesce(heard.passed_on, 0) <> coalesce(fresh.passed_on, 0)
                OR coalesce(heard.documents, 0) <> coalesce(fresh.documents, 0) LIMIT ?";
        let mut faults = Vec::new();
        for sql in [weighs, stray, unlinked, revised].into_iter().chain(with_heard.then_some(heard)) {
            faults.extend(self.many(sql, [LISTED], |row| row.get(0))?);
        }
        Ok(faults)
    }

    /// How many documents there are.
    pub fn document_count(&self) -> Result<u32, LedgerError> {
        Ok(self.one("SELECT count(*) FROM document WHERE ?", 1, |row| row.get(0))?.unwrap_or(0))
    }

    /// The statements that any reading of a document found.
    pub fn statements_ever_in(&self, document: DocumentId) -> Result<Vec<Statement>, LedgerError> {
        self.statements(&format!("SELECT {STATEMENT} WHERE d.id = ? ORDER BY st.key"), document.0)
    }
}

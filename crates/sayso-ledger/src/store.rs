//! Storing: documents, readings, statements. One call is one transaction.

use crate::rows::{json, word};
use crate::sources::outlet_of;
use crate::{Ledger, LedgerError};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use sayso_record::{Document, Mention, Statement};

/// A document and what one reader found in it.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The document.
    pub document: &'a Document,
    /// What was found in it; ids as sealed.
    pub statements: &'a [Statement],
    /// Which reader found it.
    pub reader: &'a str,
    /// When we read it, as ISO 8601 in UTC. This is the time from which we knew of it.
    pub read_at: &'a str,
    /// Where it was found: a path, or an address.
    pub found_at: &'a str,
}

/// What became of a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The document is new to the ledger.
    New,
    /// The document was known; this reader had not read it before, and its answers now stand beside the older ones.
    ReadAnew,
    /// This reader had read this document before, and nothing was added.
    Known,
}

impl Ledger {
    /// Does some work, all of it or none: once this returns, everything that it stored is on the disk. Nobody else
    /// adds anything meanwhile.
    pub fn atomically<T, E: From<LedgerError>>(
        &self,
        work: impl FnOnce(&Ledger) -> Result<T, E>,
    ) -> Result<T, E> {
        let begun = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate);
        let transaction = self.done(begun)?;
        let ends = self.done(self.ends())?;
        let done = work(self)?;
        self.done(self.chain_additions(&ends))?;
        self.done(transaction.commit())?;
        Ok(done)
    }

    /// Looks at the ledger as it is at one moment, however long that takes: what others add meanwhile is not seen, and
    /// nobody waits.
    pub fn at_one_moment<T, E: From<LedgerError>>(
        &self,
        look: impl FnOnce(&Ledger) -> Result<T, E>,
    ) -> Result<T, E> {
        let begun = Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred);
        let transaction = self.done(begun)?;
        let seen = look(self)?;
        self.done(transaction.commit())?;
        Ok(seen)
    }

    /// Stores readings, all of them or none.
    pub fn store(&self, readings: &[Reading]) -> Result<Vec<Kept>, LedgerError> {
        self.atomically(|ledger| readings.iter().map(|reading| ledger.store_reading(reading)).collect())
    }

    /// Stores one reading, as part of something that is done [atomically](Ledger::atomically).
    pub fn store_reading(&self, reading: &Reading) -> Result<Kept, LedgerError> {
        self.done(keep(&self.connection, reading))
    }
}

fn keep(connection: &Connection, reading: &Reading) -> rusqlite::Result<Kept> {
    let (document, is_new) = document_key(connection, reading.document)?;
    let reader = reader_key(connection, reading.reader)?;
    let known = connection
        .prepare_cached("SELECT 1 FROM reading WHERE document = ? AND reader = ?")?
        .exists(params![document, reader])?;
    if known {
        return Ok(Kept::Known);
    }
    let key = connection
        .prepare_cached(
            "INSERT INTO reading (document, reader, read_at, found_at, notes) VALUES (?, ?, ?, ?, ?)",
        )?
        .insert(params![
            document,
            reader,
            reading.read_at,
            reading.found_at,
            json(&reading.document.notes)
        ])?;
    let outlet = outlet_of(reading.document);
    for statement in reading.statements {
        debug_assert_eq!(statement.document, reading.document.id);
        keep_statement(connection, statement, key, &outlet)?;
    }
    Ok(if is_new { Kept::New } else { Kept::ReadAnew })
}

fn document_key(connection: &Connection, document: &Document) -> rusqlite::Result<(i64, bool)> {
    let known = connection
        .prepare_cached("SELECT key FROM document WHERE id = ?")?
        .query_row([document.id.0], |row| row.get(0))
        .optional()?;
    if let Some(key) = known {
        return Ok((key, false));
    }
    let key = connection
        .prepare_cached(
            "INSERT INTO document (id, url, site, title, section, bylines, published_stamp, modified_stamp,
                                   language, text, blocks)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .insert(params![
            document.id.0,
            document.url,
            document.site,
            document.title,
            document.section,
            json(&document.bylines),
            document.published.as_ref().map(json),
            document.modified.as_ref().map(json),
            document.language,
            document.text,
            json(&document.blocks),
        ])?;
    Ok((key, true))
}

fn reader_key(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    let known = connection
        .prepare_cached("SELECT key FROM reader WHERE name = ?")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    match known {
        Some(key) => Ok(key),
        None => connection.prepare_cached("INSERT INTO reader (name) VALUES (?)")?.insert([name]),
    }
}

fn source_key(connection: &Connection, mention: &Mention, outlet: &str) -> rusqlite::Result<i64> {
    let kind = word(&mention.kind);
    let outlet = if crate::sources::is_known_everywhere(mention) { "" } else { outlet };
    let known = connection
        .prepare_cached("SELECT key FROM source WHERE name = ? AND kind = ? AND outlet = ?")?
        .query_row(params![mention.name, kind, outlet], |row| row.get(0))
        .optional()?;
    match known {
        Some(key) => Ok(key),
        None => connection
            .prepare_cached("INSERT INTO source (name, kind, outlet) VALUES (?, ?, ?)")?
            .insert(params![mention.name, kind, outlet]),
    }
}

fn keep_statement(
    connection: &Connection,
    statement: &Statement,
    reading: i64,
    outlet: &str,
) -> rusqlite::Result<()> {
    let source = source_key(connection, &statement.source, outlet)?;
    let key = connection
        .prepare_cached(
            "INSERT INTO statement (id, reading, block, source, source_spans, cue, content, stance, manner,
                                    confidence, within)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .insert(params![
            statement.id.0,
            reading,
            statement.block,
            source,
            json(&statement.source.spans),
            json(&statement.cue),
            json(&statement.content),
            word(&statement.stance),
            word(&statement.manner),
            statement.confidence,
            statement.within.map(|within| within.0),
        ])?;
    for (position, via) in statement.via.iter().enumerate() {
        let source = source_key(connection, via, outlet)?;
        connection
            .prepare_cached(
                "INSERT INTO go_between (statement, position, source, spans) VALUES (?, ?, ?, ?)",
            )?
            .execute(params![key, position as i64, source, json(&via.spans)])?;
    }
    Ok(())
}

//! What the answers to kept questions came to, and when they became others.

use crate::{ActKey, DocumentKey, Ledger, LedgerError};
use rusqlite::{Row, params};

/// What the answer to a kept question came to at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The act by which the question is kept.
    pub kept: ActKey,
    /// Seconds since 1970 UTC.
    pub known: i64,
    /// The page that changed it, where one did.
    pub document: Option<DocumentKey>,
    /// What had been taken into account.
    pub through: Through,
    /// Its standing; "nobody" where nobody says or denies it.
    pub standing: String,
    /// How many independent origins stand for it: at least, at most.
    pub independence_for: (u32, u32),
    /// The same for what stands against it.
    pub independence_against: (u32, u32),
    /// How many sentences say it, deny it, doubt it, and may do one of these.
    pub sentences: [u32; 4],
}

/// How far a ledger goes: where it goes no further, every answer is the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Through {
    /// The number of its last document.
    pub document: i64,
    /// The number of its last reading of a document.
    pub reading: i64,
    /// The number of its last act.
    pub act: i64,
}

impl Through {
    /// Whether a document came later.
    pub fn is_before(self, document: DocumentKey) -> bool {
        document.0 > self.document
    }
}

const COLUMNS: &str = "act, known, document, through_document, through_reading, through_act, standing, for_low, for_high, against_low, against_high,
     says, denies, doubts, possible";

fn answered(row: &Row) -> rusqlite::Result<Answered> {
    Ok(Answered {
        kept: ActKey(row.get(0)?),
        known: row.get(1)?,
        document: row.get::<_, Option<i64>>(2)?.map(DocumentKey),
        through: Through { document: row.get(3)?, reading: row.get(4)?, act: row.get(5)? },
        standing: row.get(6)?,
        independence_for: (row.get(7)?, row.get(8)?),
        independence_against: (row.get(9)?, row.get(10)?),
        sentences: [row.get(11)?, row.get(12)?, row.get(13)?, row.get(14)?],
    })
}

impl Ledger {
    /// How far the ledger goes now.
    pub fn through(&self) -> Result<Through, LedgerError> {
        let sql = "SELECT (SELECT coalesce(max(key), 0) FROM document), (SELECT coalesce(max(key), 0) FROM reading),
             (SELECT coalesce(max(key), 0) FROM act)";
        let through =
            |row: &Row| Ok(Through { document: row.get(0)?, reading: row.get(1)?, act: row.get(2)? });
        self.done(self.connection.query_row(sql, [], through))
    }

    /// What the answer to a kept question came to, the newest first, at most so many.
    pub fn answered(&self, kept: ActKey, most: u32) -> Result<Vec<Answered>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM answered WHERE act = ? ORDER BY key DESC LIMIT ?");
        self.many(&sql, params![kept.0, most], answered)
    }

    /// What answers came to after the one with a number, the oldest first, at most so many: the number of each, and what the
    /// same question came to before.
    pub fn answered_after(
        &self,
        after: i64,
        most: u32,
    ) -> Result<Vec<(i64, Option<Answered>, Answered)>, LedgerError> {
        let sql = format!("SELECT {COLUMNS}, key FROM answered WHERE key > ? ORDER BY key LIMIT ?");
        let numbered = |row: &Row| Ok((row.get(15)?, answered(row)?));
        let found: Vec<(i64, Answered)> = self.many(&sql, params![after, most], numbered)?;
        let sql =
            format!("SELECT {COLUMNS} FROM answered WHERE act = ? AND key < ? ORDER BY key DESC LIMIT 1");
        found
            .into_iter()
            .map(|(number, one)| {
                let before = self.many(&sql, params![one.kept.0, number], answered)?.pop();
                Ok((number, before, one))
            })
            .collect()
    }

    /// The number of the last answer that was stored.
    pub fn last_answered(&self) -> Result<i64, LedgerError> {
        let sql = "SELECT coalesce(max(key), 0) FROM answered";
        self.done(self.connection.query_row(sql, [], |row| row.get(0)))
    }

    /// Stores what an answer came to, unless it is what the last one came to. Says whether it was stored.
    pub fn add_answered(&self, one: &Answered) -> Result<bool, LedgerError> {
        self.atomically(|ledger| {
            let last = ledger.answered(one.kept, 1)?.pop();
            let came_to = |one: &Answered| {
                (one.standing.clone(), one.independence_for, one.independence_against, one.sentences)
            };
            if last.is_some_and(|last| came_to(&last) == came_to(one)) {
                return Ok(false);
            }
            let sql = format!("INSERT INTO answered ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
            let [says, denies, doubts, possible] = one.sentences;
            let values = params![
                one.kept.0,
                one.known,
                one.document.map(|document| document.0),
                one.through.document,
                one.through.reading,
                one.through.act,
                one.standing,
                one.independence_for.0,
                one.independence_for.1,
                one.independence_against.0,
                one.independence_against.1,
                says,
                denies,
                doubts,
                possible
            ];
            ledger.done(ledger.connection.prepare_cached(&sql).and_then(|mut row| row.execute(values)))?;
            Ok::<_, LedgerError>(true)
        })
    }
}

//! What claims weighed, and since when.

use crate::acts::ActKey;
use crate::links::{ClaimKey, DocumentKey};
use crate::{Ledger, LedgerError};
use rusqlite::{Row, params};

/// The weight of a claim as it is stored. Truth values are 0 false, 1 true, 2 undefined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredWeight {
    /// Its standing, as a word.
    pub standing: String,
    /// Whether it has a statement for it that stands.
    pub pro: u8,
    /// Whether it has a statement against it that stands.
    pub con: u8,
    /// How many sources have to fall to end what stands for it: at least, at most.
    pub independence_for: (u32, u32),
    /// The same for what stands against it.
    pub independence_against: (u32, u32),
}

/// Names a change within one ledger; changes are numbered in the order in which they were stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeKey(pub(crate) i64);

impl ChangeKey {
    /// The change with this number, counted from 1.
    pub fn from_number(number: i64) -> ChangeKey {
        ChangeKey(number)
    }

    /// Its number, counted from 1.
    pub fn number(self) -> i64 {
        self.0
    }
}

/// A place among changes: when the one before it was known, and its key.
pub type ChangePlace = (i64, ChangeKey);

/// What made a claim weigh something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A document was read.
    Document(DocumentKey),
    /// An act.
    Act(ActKey),
    /// The whole ledger was weighed anew.
    Anew,
}

/// A change of a claim's weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The claim.
    pub claim: ClaimKey,
    /// Since when, in seconds since 1970.
    pub known: i64,
    /// What changed it.
    pub cause: Cause,
    /// What it weighed from then on.
    pub weight: StoredWeight,
}

const WEIGHED: &str =
    "w.claim, w.known, w.act, w.document, w.standing, w.pro, w.con, w.pro_low, w.pro_high, w.con_low,
     w.con_high FROM weighed w";

impl Ledger {
    /// Stores what a claim weighs from now on.
    pub fn store_weight(&self, change: &Change) -> Result<(), LedgerError> {
        let weight = &change.weight;
        let (act, document) = match change.cause {
            Cause::Document(key) => (None, Some(key.0)),
            Cause::Act(key) => (Some(key.0), None),
            Cause::Anew => (None, None),
        };
        let insert = || {
            let key = self
                .connection
                .prepare_cached(
                    "INSERT INTO weighed (claim, known, act, document, standing, pro, con, pro_low, pro_high, con_low,
                                          con_high)
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                )?
                .insert(params![
                    change.claim.0,
                    change.known,
                    act,
                    document,
                    weight.standing,
                    weight.pro,
                    weight.con,
                    weight.independence_for.0,
                    weight.independence_for.1,
                    weight.independence_against.0,
                    weight.independence_against.1,
                ])?;
            self.connection
                .prepare_cached(
                    "INSERT INTO claim_now (claim, weighed, standing) VALUES (?1, ?2, ?3)
                     ON CONFLICT (claim) DO UPDATE SET weighed = ?2, standing = ?3",
                )?
                .execute(params![change.claim.0, key, weight.standing])
        };
        self.done(insert()).map(|_| ())
    }

    /// What a claim weighs now.
    pub fn weight(&self, claim: ClaimKey) -> Result<Option<Change>, LedgerError> {
        let sql = format!("SELECT {WEIGHED} JOIN claim_now n ON n.weighed = w.key WHERE n.claim = ?");
        self.one(&sql, claim.0, change_of)
    }

    /// Every weight that a claim has had, oldest first.
    pub fn weights_of(&self, claim: ClaimKey) -> Result<Vec<Change>, LedgerError> {
        self.many(&format!("SELECT {WEIGHED} WHERE w.claim = ? ORDER BY w.key"), [claim.0], change_of)
    }

    /// The changes that an act made.
    pub fn weights_by_act(&self, act: ActKey) -> Result<Vec<Change>, LedgerError> {
        self.many(&format!("SELECT {WEIGHED} WHERE w.act = ? ORDER BY w.key"), [act.0], change_of)
    }

    /// The claims that have one of these standings now, after `after`, at most `limit`; by key.
    pub fn claims_standing(
        &self,
        standing: &str,
        after: Option<ClaimKey>,
        limit: u32,
    ) -> Result<Vec<ClaimKey>, LedgerError> {
        self.many(
            "SELECT claim FROM claim_now WHERE standing = ? AND claim > ? ORDER BY claim LIMIT ?",
            params![standing, after.map_or(0, |key| key.0), limit],
            |row| Ok(ClaimKey(row.get(0)?)),
        )
    }

    /// The claims, after `after`, at most `limit`; by key.
    pub fn claims_after(&self, after: Option<ClaimKey>, limit: u32) -> Result<Vec<ClaimKey>, LedgerError> {
        self.many(
            "SELECT key FROM claim WHERE key > ? ORDER BY key LIMIT ?",
            params![after.map_or(0, |key| key.0), limit],
            |row| Ok(ClaimKey(row.get(0)?)),
        )
    }

    /// What a claim weighed by what was known at a time.
    pub fn weight_known_by(&self, claim: ClaimKey, known_by: i64) -> Result<Option<Change>, LedgerError> {
        let sql = format!("SELECT {WEIGHED} WHERE w.claim = ? AND w.known <= ? ORDER BY w.key DESC LIMIT 1");
        Ok(self.many(&sql, (claim.0, known_by), change_of)?.pop())
    }

    /// The changes after one, in the order in which they were stored, each with the standing before it; at most `limit`.
    pub fn changes_after(
        &self,
        after: ChangeKey,
        limit: u32,
    ) -> Result<Vec<(ChangeKey, Change, Option<String>)>, LedgerError> {
        let sql = "SELECT w.claim, w.known, w.act, w.document, w.standing, w.pro, w.con, w.pro_low, w.pro_high,
                    w.con_low, w.con_high, w.key,
                    (SELECT standing FROM weighed b WHERE b.claim = w.claim AND b.key < w.key ORDER BY b.key DESC LIMIT 1)
             FROM weighed w WHERE w.key > ? ORDER BY w.key LIMIT ?";
        self.many(sql, (after.0, limit), |row| Ok((ChangeKey(row.get(11)?), change_of(row)?, row.get(12)?)))
    }

    /// The last change that was stored.
    pub fn last_change(&self) -> Result<Option<ChangeKey>, LedgerError> {
        self.one("SELECT key FROM weighed WHERE ? ORDER BY key DESC LIMIT 1", 1, |row| {
            Ok(ChangeKey(row.get(0)?))
        })
    }

    /// The last change of each claim that was known by a time, of those since another, the earliest first; at most
    /// `limit`, after one that was given before.
    pub fn last_changes(
        &self,
        since: i64,
        known_by: i64,
        after: Option<ChangePlace>,
        limit: u32,
    ) -> Result<Vec<(ChangePlace, ClaimKey)>, LedgerError> {
        let sql = "SELECT w.known, w.key, w.claim FROM weighed w
             WHERE (w.known, w.key) > (?1, ?2) AND w.known <= ?3
               AND NOT EXISTS (SELECT 1 FROM weighed later
                               WHERE later.claim = w.claim AND later.key > w.key AND later.known <= ?3)
             ORDER BY w.known, w.key LIMIT ?4";
        let (known, key) = after.map_or((since, 0), |(known, key)| (known, key.0));
        self.many(sql, params![known, key, known_by, limit], |row| {
            Ok(((row.get(0)?, ChangeKey(row.get(1)?)), ClaimKey(row.get(2)?)))
        })
    }
}

fn change_of(row: &Row) -> rusqlite::Result<Change> {
    let cause = match (row.get::<_, Option<i64>>(2)?, row.get::<_, Option<i64>>(3)?) {
        (Some(act), _) => Cause::Act(ActKey(act)),
        (None, Some(document)) => Cause::Document(DocumentKey(document)),
        (None, None) => Cause::Anew,
    };
    Ok(Change {
        claim: ClaimKey(row.get(0)?),
        known: row.get(1)?,
        cause,
        weight: StoredWeight {
            standing: row.get(4)?,
            pro: row.get(5)?,
            con: row.get(6)?,
            independence_for: (row.get(7)?, row.get(8)?),
            independence_against: (row.get(9)?, row.get(10)?),
        },
    })
}

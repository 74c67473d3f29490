//! Steps of work on rival hypotheses, each chained to the one before it as acts are.

use crate::rows::{from_json, json};
use crate::{Ledger, LedgerError};
use rusqlite::{Row, params};
use sayso_record::StepId;
use serde::Serialize;
use serde_json::Value;

/// A step of work on a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Hash of everything else in it; see [`Step::seal`].
    pub id: StepId,
    /// The step before it in the ledger, on whichever question; none for the first.
    pub previous: Option<StepId>,
    /// The question: the id of the step that asked it; none for that step itself.
    pub question: Option<StepId>,
    /// What was done.
    pub step: Value,
    /// Who did it.
    pub by: String,
    /// When, as ISO 8601 in UTC.
    pub at: String,
}

impl Step {
    /// Sets the id from everything else in the step, the id of the step before it included.
    pub fn seal(mut self) -> Step {
        self.id = StepId::default();
        self.id = StepId::of(&[json(&self).as_bytes()]);
        self
    }
}

const STEP: &str = "id, previous, question, step, by, at FROM hypothesis_step";

impl Ledger {
    /// Adds a step, chained to the last one. Part of something done atomically.
    pub fn add_step(
        &self,
        question: Option<StepId>,
        step: Value,
        by: &str,
        at: &str,
    ) -> Result<Step, LedgerError> {
        let last: Option<[u8; 16]> =
            self.one("SELECT id FROM hypothesis_step WHERE ? ORDER BY key DESC LIMIT 1", 1, |row| {
                row.get(0)
            })?;
        let previous = last.map(StepId);
        let (by, at) = (by.to_owned(), at.to_owned());
        let step = Step { id: StepId::default(), previous, question, step, by, at }.seal();
        let insert = || {
            self.connection
                .prepare_cached(
                    "INSERT INTO hypothesis_step (id, previous, question, step, by, at) VALUES (?, ?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    step.id.0,
                    last,
                    step.question.unwrap_or(step.id).0,
                    json(&step.step),
                    step.by,
                    step.at
                ])
        };
        self.done(insert())?;
        Ok(step)
    }

    /// The steps of a question, oldest first.
    pub fn steps_of(&self, question: StepId) -> Result<Vec<Step>, LedgerError> {
        self.many(&format!("SELECT {STEP} WHERE question = ? ORDER BY key"), [question.0], step_of)
    }

    /// The steps of all questions, oldest first.
    pub fn steps(&self) -> Result<Vec<Step>, LedgerError> {
        self.many(&format!("SELECT {STEP} ORDER BY key"), [], step_of)
    }

    /// The steps whose id starts with these digits.
    pub fn steps_starting(&self, digits: &str, limit: u32) -> Result<Vec<Step>, LedgerError> {
        let Some((low, high)) = crate::lookup::range(digits) else { return Ok(Vec::new()) };
        let sql = format!("SELECT {STEP} WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?");
        self.many(&sql, (low, high, limit), step_of)
    }
}

fn step_of(row: &Row) -> rusqlite::Result<Step> {
    let (id, question) = (StepId(row.get(0)?), StepId(row.get(2)?));
    let previous: Option<[u8; 16]> = row.get(1)?;
    Ok(Step {
        id,
        previous: previous.map(StepId),
        question: Some(question).filter(|question| *question != id),
        step: from_json(row, 3)?,
        by: row.get(4)?,
        at: row.get(5)?,
    })
}

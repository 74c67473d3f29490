//! What is measured of answers to questions, beyond what holds for every task.

use super::tasks::{Score, Task};
use crate::json_lines;
use crate::score::answers::{Forms, Scored, score, stories};
use anyhow::{Result, bail};
use std::path::Path;

/// How answers are measured.
#[derive(clap::Args)]
pub(super) struct Options {
    /// Count answers to the claim's sentence, to the question in other words, or to both.
    #[arg(long, value_enum)]
    form: Option<Forms>,
    /// Read all stories into one ledger before any question is answered.
    #[arg(long, conflicts_with = "predictions")]
    pub(super) together: bool,
    /// Print what is wrong with so many answers.
    #[arg(long, value_name = "N", default_value_t = 0)]
    faults: usize,
}

impl Options {
    /// Refuses what is for answers alone where something else is measured.
    pub(super) fn check(&self, task: &str) -> Result<()> {
        if task != "answers" && (self.form.is_some() || self.together || self.faults > 0) {
            bail!("--form, --together and --faults are for answers alone");
        }
        Ok(())
    }

    /// Scores lines of predictions. The faults that are wanted come with the figures.
    pub(super) fn score(&self, folder: &Path, lines: &[String]) -> Result<Scored> {
        let rows = json_lines::parse(lines)?;
        let mut scored = score(&stories::read(folder)?, rows, self.form.unwrap_or_default())?;
        scored.faults.truncate(self.faults);
        Ok(scored)
    }

    /// What floors are kept under: each form, and one ledger for all, has its own.
    pub(super) fn name(&self, task: &Task) -> String {
        let form = match (&task.score, self.form) {
            (Score::Answers, Some(Forms::Claim)) => " as claims",
            (Score::Answers, Some(Forms::Asked)) => " as asked",
            _ => "",
        };
        let together = if self.together { " together" } else { "" };
        format!("{}{form}{together}", task.name)
    }
}

//! `sample`: draws what a ledger holds for judging by reading, and counts the verdicts.
//!
//! A sample is printed in one of three shapes of the same draw: with what the program made of each, without it (for a
//! judge who should not see that), or as a form of verdicts, which holds addresses and spans and no words.

mod count;
mod draw;
mod joins;
mod standings;
mod told;

use anyhow::{Context, Result};
use sayso::{Desk, LedgerError};
use std::io::Write;
use std::path::PathBuf;
use told::Sampled;

/// Draws samples for judging by reading from a ledger, and counts the verdicts.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Claims of some standings: would a fact-checker call them so?
    Standings(standings::Options),
    /// Statements beside the founder of their claim, in another document: do both say the same?
    Joins(joins::Options),
    /// Counts verdicts: shares with 95 % intervals.
    Count(count::Options),
}

/// What every sample is drawn by.
#[derive(clap::Args)]
struct Draw {
    /// The ledger.
    ledger: PathBuf,
    /// How many.
    #[arg(long, default_value_t = 100)]
    count: usize,
    /// The same seed draws the same sample of the same ledger.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Leave out what the program made of each: standing, side, stance, confidence.
    #[arg(long, conflicts_with = "verdicts")]
    blind: bool,
    /// Print the form for the verdicts: ids, addresses and spans, no words.
    #[arg(long)]
    verdicts: bool,
}

impl Draw {
    fn open(&self) -> Result<Desk> {
        // Nothing is done to the ledger that would need to be dated.
        Desk::open(&self.ledger, 5_000, String::new)
            .with_context(|| format!("cannot open {}", self.ledger.display()))
    }

    fn print(&self, sample: &[Sampled]) -> Result<()> {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        for row in sample {
            let line = match (self.blind, self.verdicts) {
                (true, _) => serde_json::to_string(&row.blind()),
                (_, true) => serde_json::to_string(&row.form()),
                _ => serde_json::to_string(row),
            };
            writeln!(out, "{}", line.context("a sample is plain data")?)
                .context("cannot write the sample")?;
        }
        out.flush().context("cannot write the sample")
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    match &arguments.what {
        What::Standings(options) => standings::run(options),
        What::Joins(options) => joins::run(options),
        What::Count(options) => count::run(options),
    }
}

/// Goes on with what is left of a ledger's answer that was there when it was listed.
fn still_there<T>(found: Result<Option<T>, LedgerError>) -> Result<T> {
    found?.context("the ledger was changed while it was read; draw again")
}

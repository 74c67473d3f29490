//! The command line as plain data: what every command takes, and the command itself.

use crate::commands::Command;
use clap::{Args, Parser};
use std::path::PathBuf;

/// Who says so, on whose word, on what evidence, and does it still stand?
///
/// sayso reads articles and blog posts with their comments, finds every attribution in them, and follows it back
/// to its origin. It never says what is true: it says who said it.
#[derive(Debug, Parser)]
#[command(name = "sayso", version, after_long_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Options {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Global {
    /// The ledger: one SQLite file that holds everything read so far [default: sayso.db]
    #[arg(long, global = true, value_name = "PATH", env = "SAYSO_LEDGER", hide_env_values = true)]
    pub(crate) ledger: Option<PathBuf>,
    /// Print JSON, one object a line, instead of text for people
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  all that was asked for was done
  1  some of it was not: an input was left out, or nothing was found
  2  the command was called wrongly
  3  the ledger could not be opened, read or written

Data goes to standard output and talk to standard error. Colours and progress bars are shown on a terminal
only; NO_COLOR turns colours off.";

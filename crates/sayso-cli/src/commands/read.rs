//! `sayso read`

use crate::failure::Ended;
use crate::session::Session;
use std::path::PathBuf;

/// Read pages and print who says what in them, on whose word
///
/// Reads HTML and plain text. A folder is read with everything below it. Each page is kept in the ledger; reading
/// the same page again adds nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Read {
    /// Files and folders; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print also what the page, or a commenter, says in its own voice
    #[arg(long)]
    own_voice: bool,
    /// Print what would be stored, and store nothing
    #[arg(long)]
    dry_run: bool,
}

impl Read {
    pub(crate) fn run(self, _session: &mut Session) -> Ended {
        Err(anyhow::anyhow!(
            "reading {:?} is not wired yet ({} {})",
            self.paths,
            self.own_voice,
            self.dry_run
        )
        .into())
    }
}

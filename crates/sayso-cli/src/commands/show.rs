//! `sayso show`

use crate::failure::Ended;
use crate::session::Session;

/// Show a document or a statement again
#[derive(Debug, clap::Args)]
pub(crate) struct Show {}

impl Show {
    pub(crate) fn run(self, _session: &mut Session) -> Ended {
        Err(anyhow::anyhow!("not wired yet").into())
    }
}

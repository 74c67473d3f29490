//! `sayso statements`

use crate::failure::Ended;
use crate::session::Session;

/// List what a source says
#[derive(Debug, clap::Args)]
pub(crate) struct Statements {}

impl Statements {
    pub(crate) fn run(self, _session: &mut Session) -> Ended {
        Err(anyhow::anyhow!("not wired yet").into())
    }
}

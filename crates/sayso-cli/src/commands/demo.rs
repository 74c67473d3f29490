//! `sayso demo`

use crate::failure::Ended;
use crate::session::Session;

/// Read an invented story and show what can be asked about it
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {}

impl Demo {
    pub(crate) fn run(self, _session: &mut Session) -> Ended {
        Err(anyhow::anyhow!("not wired yet").into())
    }
}

//! `sayso sources`

use crate::failure::Ended;
use crate::session::Session;

/// List the sources, with how often each is heard
#[derive(Debug, clap::Args)]
pub(crate) struct Sources {}

impl Sources {
    pub(crate) fn run(self, _session: &mut Session) -> Ended {
        Err(anyhow::anyhow!("not wired yet").into())
    }
}

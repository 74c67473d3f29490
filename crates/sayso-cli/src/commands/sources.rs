//! `sayso sources`: who is heard in the ledger.

use crate::account::{FAINT, SOURCE};
use crate::failure::{Done, Ended};
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::Heard;

/// List the sources, with how often each is heard
///
/// `says` counts statements that it makes by another's account, `own` those that it makes on its own page or in its
/// own comment, `passes on` statements by others that it relays or publishes, `pages` the documents in which it is
/// heard.
///
/// An unnamed source is one for each outlet and description, and is never joined with another.
#[derive(Debug, clap::Args)]
pub(crate) struct Sources {}

impl Sources {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let sources = ledger::open(session)?.sources().map_err(ledger::failed)?;
        if !session.json() && !sources.is_empty() {
            session.print(&format!("{FAINT} says   own  passes on  pages  source{FAINT:#}\n"))?;
        }
        for source in &sources {
            if session.json() {
                session.print_json(source)?;
            } else {
                let Heard { said, own_voice, passed_on, documents } = source.heard;
                let name = harmless::line(&source.name);
                let unnamed =
                    if source.unnamed { format!("  {FAINT}unnamed{FAINT:#}") } else { String::new() };
                session.print(&format!(
                    "{said:5} {own_voice:5} {passed_on:10} {documents:6}  {SOURCE}{name}{SOURCE:#}{unnamed}\n"
                ))?;
            }
        }
        if sources.is_empty() {
            session.say("nobody is heard in this ledger yet");
        }
        Ok(Done::Whole)
    }
}

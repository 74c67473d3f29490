//! `sayso relink` and `sayso reread`: what was done before, done once more with what is newer.

use crate::failure::{Done, Ended, Failure};
use crate::ledger;
use crate::progress::Parts;
use crate::reader::ReaderChoice;
use crate::sentences::SentenceChoice;
use crate::session::Session;
use sayso::{Anew, LedgerError};
use std::ops::ControlFlow;

/// Link all documents anew with the present linker
///
/// Documents that it has linked already, as they were last read, are passed over; --all links them too, and lets early
/// pages join what later ones founded, so that standings may change. What was found before stays in the ledger and
/// answers for its time. May be broken off at any time: the next run goes on where this
/// one ended.
#[derive(Debug, clap::Args)]
pub(crate) struct Relink {
    /// Link also what the present linker has linked
    #[arg(long)]
    all: bool,
    /// With --all: only what was last linked before this time; to go on with a run that was broken off, the time at which
    /// that began
    #[arg(long, value_name = "TIME", requires = "all")]
    before: Option<String>,
    #[command(flatten)]
    sentences: SentenceChoice,
}

impl Relink {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let link_by = self.sentences.open()?;
        let mut desk = ledger::open(session)?.linking_by(link_by);
        let before = match &self.before {
            Some(time) => Some(sayso_weigh::first_second(time).ok_or_else(|| {
                Failure::usage(format!("{} is no time", crate::harmless::line(time)))
                    .hint("write 2026-11-23 or 2026-11-23T08:00:00Z")
            })?),
            // What was linked in this very second is old too.
            None => self.all.then(|| desk.now() + 1),
        };
        if self.all && self.before.is_none() {
            session.say(&format!(
                "to go on if this is broken off: sayso relink --all --before {}",
                ledger::now()
            ));
        }
        let mut parts = Parts::new(session);
        let done = desk.relink(before, &mut |done, of| {
            parts.step("linked", done, of);
            ControlFlow::Continue(())
        });
        parts.finish();
        tell(session, done, "linked anew")
    }
}

/// Read all stored documents anew with the present reader
///
/// The words of a page are kept, so that no page is fetched again. Documents that the present reader has read are passed
/// over. What earlier readers found stays in the ledger and answers for its time. May be broken off at any time: the next
/// run goes on where this one ended.
#[derive(Debug, clap::Args)]
pub(crate) struct Reread {
    #[command(flatten)]
    reader: ReaderChoice,
    #[command(flatten)]
    sentences: SentenceChoice,
}

impl Reread {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        // Reading anew is for reading better, and may be broken off at any time.
        let (reader, link_by) = (self.reader.open(1)?, self.sentences.open()?);
        let mut desk = ledger::open(session)?.reading_with(reader).linking_by(link_by);
        let mut parts = Parts::new(session);
        let done = desk.reread(&mut |done, of| {
            parts.step("read", done, of);
            ControlFlow::Continue(())
        });
        parts.finish();
        tell(session, done, "read anew")
    }
}

fn tell(session: &mut Session, done: Result<Anew, LedgerError>, what: &str) -> Ended {
    let anew = done.map_err(ledger::failed)?;
    if session.json() {
        session.print_json(&anew)?;
    } else {
        let plural = if anew.done == 1 { "" } else { "s" };
        session.print(&format!("{} document{plural} {what}\n", anew.done))?;
    }
    Ok(Done::Whole)
}

//! `sayso index`: the search index, brought up to date or made anew.

use super::asking::{ready, say_notes};
use crate::failure::{Done, Ended};
use crate::ledger;
use crate::session::Session;

/// Bring the search index up to date, or make it anew
///
/// The index is a folder beside the ledger (sayso.db.search). Nothing is in it that is not in the ledger: it can be
/// deleted at any time, and questions bring it up to date by themselves.
#[derive(Debug, clap::Args)]
pub(crate) struct Index {
    /// Make it anew
    #[arg(long)]
    rebuild: bool,
}

impl Index {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let mut desk = ledger::open(session)?;
        let behind = desk.unindexed().map_err(ledger::failed)?;
        ready(session, &mut desk, self.rebuild)?;
        let notes = desk.search_notes();
        if notes.is_empty() {
            session.say(&match (self.rebuild, behind) {
                (true, _) => "the search index was made anew".to_owned(),
                (false, 0) => "the search index is up to date".to_owned(),
                (false, 1) => "1 page was added to the search index".to_owned(),
                (false, pages) => format!("{pages} pages were added to the search index"),
            });
        }
        for note in notes {
            session.say(&crate::harmless::line(&note.to_string()));
        }
        say_notes(session, &mut desk);
        Ok(Done::Whole)
    }
}

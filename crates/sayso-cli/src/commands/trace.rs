//! `sayso trace`: where words first stood, and who passed them on.

use super::asking::ready;
use super::deed::{is_id, subject};
use crate::failure::{Done, Ended, Failure};
use crate::session::Session;
use crate::{account, harmless, ledger};
use sayso::{Desk, Sort};
use sayso_record::Subject;

/// Trace words to where they first stood, and see who passed them on and what each changed
///
/// Lists every page of the ledger that holds the words, or most of them, the first known first: from which page each has
/// them, by a link, by name, or as far as their words tell; what it added, cut and altered; whether a hedge, a number or a
/// name was lost; to whom it gives them, or that it passes them on as its own; and which lack a correction that the page
/// bears from which they have them. Only what the ledger holds is known: an earlier page may be missing.
#[derive(Debug, clap::Args)]
pub(crate) struct Trace {
    /// The words, or the id of a statement
    #[arg(required = true, value_name = "QUOTE|STATEMENT")]
    words: Vec<String>,
}

impl Trace {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let mut desk = ledger::open(session)?;
        ready(session, &mut desk, false)?;
        let words = self.words(&desk)?;
        let trace = desk.trace(&words).map_err(ledger::failed)?;
        if trace.stops.is_empty() {
            let what = format!("no page of the ledger holds {:?}", harmless::line(&words));
            let hint = "fewer words may help; `sayso search --documents` looks through whole pages";
            return Err(Failure::from(anyhow::anyhow!("{what}")).hint(hint));
        }
        match session.json() {
            true => session.print_json(&trace)?,
            false => session.print(&account::trace(&trace, session.columns()))?,
        }
        Ok(Done::Whole)
    }

    fn words(&self, desk: &Desk) -> Result<String, Failure> {
        let words = self.words.join(" ");
        if !is_id(&words) {
            return Ok(words);
        }
        let Subject::Statement(id) = subject(desk, (&words, &[Sort::Statement]))? else {
            unreachable!("only statements were asked for")
        };
        let gone = || Failure::from(anyhow::anyhow!("{} cannot be found again", harmless::line(&words)));
        desk.words_of(id).map_err(ledger::failed)?.ok_or_else(gone)
    }
}

//! `sayso source`: all that is known of one source.

use super::asking::When;
use super::deed::subject;
use crate::failure::{Done, Ended, Failure};
use crate::session::Session;
use crate::{account, harmless, ledger};
use sayso::Sort;
use sayso_record::Subject;

/// Show a source: what it said, what of that was taken back, what rests on it, and what would fall with it
///
/// The name is a source's whole name or the last words of it, in any case. What would fall is what `sayso discredit
/// --dry-run` shows; whether to believe a source is for people to decide.
#[derive(Debug, clap::Args)]
pub(crate) struct Source {
    /// Whose: a name, a surname, or a description ("senior official")
    name: String,
    /// At most so many statements, the newest first
    #[arg(long, value_name = "COUNT", default_value_t = 20, conflicts_with = "all")]
    limit: usize,
    /// Every statement
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    when: When,
}

impl Source {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let as_of = self.when.parse()?;
        let desk = ledger::open(session)?;
        let Subject::Source(name) = subject(&desk, (&self.name, &[Sort::Source]))? else {
            unreachable!("only sources were asked for")
        };
        let limit = if self.all { usize::MAX } else { self.limit };
        let Some(answer) = desk.source(&name, as_of, limit).map_err(ledger::failed)? else {
            let name = harmless::line(&name);
            let what = anyhow::anyhow!("{name} had not been heard{}", self.when.by_then());
            return Err(Failure::from(what).hint("`sayso sources` lists everybody"));
        };
        if session.json() {
            session.print_json(&answer)?;
        } else {
            session.print(&account::source(&answer, session.columns()))?;
        }
        Ok(Done::Whole)
    }
}

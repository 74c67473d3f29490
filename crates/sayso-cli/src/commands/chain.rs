//! `sayso chain`: one statement, followed down to its origins.

use super::asking::When;
use super::deed::subject;
use crate::failure::{Done, Ended, Failure};
use crate::session::Session;
use crate::{account, ledger};
use sayso::Sort;
use sayso_record::Subject;

/// Follow a statement down to its origins, across documents, with why each link stands or does not
#[derive(Debug, clap::Args)]
pub(crate) struct Chain {
    /// The id of the statement, or its first digits
    #[arg(value_name = "STATEMENT")]
    id: String,
    #[command(flatten)]
    when: When,
}

impl Chain {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let as_of = self.when.parse()?;
        let desk = ledger::open(session)?;
        let Subject::Statement(id) = subject(&desk, (&self.id, &[Sort::Statement]))? else {
            unreachable!("only statements were asked for")
        };
        let Some(answer) = desk.chain(id, as_of).map_err(ledger::failed)? else {
            let what = anyhow::anyhow!("statement {} has no chain{}", id.short(), self.when.by_then());
            return Err(Failure::from(what).hint("`sayso document` shows the page that it stands in"));
        };
        if session.json() {
            session.print_json(&answer)?;
        } else {
            session.print(&account::chain_down(&answer, session.columns()))?;
        }
        Ok(Done::Whole)
    }
}

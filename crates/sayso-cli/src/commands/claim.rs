//! `sayso claim`: one claim with all that is said of it.

use super::asking::When;
use super::deed::subject;
use crate::account::{self, ClaimDetail};
use crate::failure::{Done, Ended, Failure};
use crate::ledger;
use crate::session::Session;
use sayso::Sort;
use sayso_record::Subject;

/// Show a claim: what is left of it, who says so, through whom, who denies it, what was taken back
#[derive(Debug, clap::Args)]
pub(crate) struct Claim {
    /// The id of the claim, or its first digits
    #[arg(value_name = "CLAIM")]
    id: String,
    #[command(flatten)]
    when: When,
}

impl Claim {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let as_of = self.when.parse()?;
        let desk = ledger::open(session)?;
        let Subject::Claim(id) = subject(&desk, (&self.id, &[Sort::Claim]))? else {
            unreachable!("only claims were asked for")
        };
        let Some(answer) = desk.claim(id, as_of).map_err(ledger::failed)? else {
            let what =
                anyhow::anyhow!("nothing had been said of claim {}{}", id.short(), self.when.by_then());
            return Err(Failure::from(what).hint(format!("sayso history {} tells since when", id.short())));
        };
        if session.json() {
            session.print_json(&answer)?;
        } else {
            session.print(&account::claim(&answer, ClaimDetail::All, session.columns()))?;
        }
        Ok(Done::Whole)
    }
}

//! `sayso claims`: lists of claims.

use super::asking::{Standings, When, second};
use crate::account::{self, FAINT};
use crate::failure::{Done, Ended};
use crate::ledger;
use crate::session::Session;
use sayso::{ClaimFilter, ClaimLine};
use sayso_weigh::{first_second, show_range};
use std::ops::ControlFlow;

/// List claims by their standing, or by when it changed; every one, however many there are
#[derive(Debug, clap::Args)]
pub(crate) struct Claims {
    /// Only claims whose weight has changed in this ledger since this day, the earliest change first
    #[arg(long, value_name = "DATE")]
    changed_since: Option<String>,
    /// At most so many
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,
    #[command(flatten)]
    when: When,
    #[command(flatten)]
    standings: Standings,
}

impl Claims {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let since = self.changed_since.as_deref().map(|date| second(date, first_second)).transpose()?;
        let filter = ClaimFilter {
            standings: self.standings.wanted(),
            changed_since: since,
            as_of: self.when.parse()?,
        };
        let desk = ledger::open(session)?;
        let (mut shown, limit) = (0, self.limit.unwrap_or(usize::MAX));
        let mut printed = Ok(());
        if limit > 0 {
            desk.claims_that(&filter, &mut |claim| {
                shown += 1;
                printed = if session.json() {
                    session.print_json(&claim)
                } else {
                    let text = in_words(&claim, session.columns());
                    session.print(&text)
                };
                if printed.is_err() || shown == limit {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            })
            .map_err(ledger::failed)?;
        }
        printed?;
        session.flush()?;
        if shown == 0 {
            session.say(&format!("there is no such claim in this ledger{}", self.when.by_then()));
        }
        Ok(Done::Whole)
    }
}

fn in_words(claim: &ClaimLine, columns: usize) -> String {
    let mut facts = vec![claim.standing.clone()];
    if claim.independence_for.1 > 1 {
        facts.push(format!("independence {}", show_range(claim.independence_for)));
    }
    if claim.independence_against.1 > 0 {
        facts.push(format!("denied by {}", show_range(claim.independence_against)));
    }
    facts.extend(claim.changed.as_ref().map(|changed| format!("since {changed}")));
    let id = claim.id.short();
    format!("{}  {}  {FAINT}claim {id}{FAINT:#}\n", account::titled(&claim.title, columns), facts.join(", "))
}

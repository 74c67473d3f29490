//! What a claim weighed when: by when this ledger knew things, and by when they were published.

use crate::questions::claim::PageOf;
use crate::questions::title::title;
use crate::time::AsOf;
use crate::weighing::cone::Cone;
use crate::{Desk, LedgerError};
use sayso_ledger::{Cause, Ledger};
use sayso_record::{Act, ClaimId};
use sayso_weigh::{Axis, Standing, show_second};
use serde::Serialize;

/// A claim's standing over time.
#[derive(Clone, Debug, Serialize)]
pub struct History {
    /// The claim.
    pub id: ClaimId,
    /// Who said so first, and what, as a sentence.
    pub title: String,
    /// The words that founded it.
    pub words: String,
    /// What it weighed by what this ledger knew, oldest first.
    pub known: Vec<Known>,
    /// What it stood at by what had been published, everything known today being taken into account; oldest first.
    pub published: Vec<Published>,
}

/// What a claim weighed from a time on.
#[derive(Clone, Debug, Serialize)]
pub struct Known {
    /// Since when, as a date or a time in UTC.
    pub since: String,
    /// Its standing.
    pub standing: String,
    /// How many sources have to fall to end what stands for it: at least, at most.
    pub independence_for: (u32, u32),
    /// The same for what stands against it.
    pub independence_against: (u32, u32),
    /// What changed it.
    pub because: Changed,
}

/// What made a claim weigh something else.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    /// A document was read.
    Document(PageOf),
    /// An act.
    Act(Box<Act>),
    /// The whole ledger was weighed anew.
    Anew,
}

/// A claim's standing from a publication on.
#[derive(Clone, Debug, Serialize)]
pub struct Published {
    /// Since when, as a date or a time in UTC; none for what bears no date.
    pub since: Option<String>,
    /// Its standing; none where nothing had been said of it.
    pub standing: Option<Standing>,
}

impl Desk {
    /// A claim's standing over time, up to a time. Nothing where there is no such claim.
    pub fn history(&self, id: ClaimId, as_of: AsOf) -> Result<Option<History>, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(as_of)?) else { return Ok(None) };
        let Some(claim) = ledger.claim_by_id(id)? else { return Ok(None) };
        // A claim that has become part of another has the history of that one.
        let key = decisions.claim(claim.key);
        let Some(claim) = ledger.claim(key)? else { return Ok(None) };
        let mut known = Vec::new();
        for change in ledger.weights_of(key)?.into_iter().filter(|change| change.known <= as_of.known_by) {
            known.push(Known {
                since: show_second(change.known),
                standing: change.weight.standing,
                independence_for: change.weight.independence_for,
                independence_against: change.weight.independence_against,
                because: changed(ledger, change.cause)?,
            });
        }
        let cone = Cone::below(ledger, &decisions, [key], as_of)?;
        let number = cone.claims.number(key).expect("the root of a cone is numbered");
        let published = cone
            .graph
            .history(number, Axis::Published)
            .into_iter()
            .filter(|stretch| stretch.from <= as_of.published_by)
            // Where everything bears a date, there is nothing before the first of them.
            .skip_while(|stretch| stretch.standing.is_none())
            .map(|stretch| Published {
                since: (stretch.from != sayso_weigh::ALWAYS).then(|| show_second(stretch.from)),
                standing: stretch.standing,
            })
            .collect();
        let title = title(ledger, &decisions, &claim)?;
        Ok(Some(History { id: claim.id, title, words: claim.words, known, published }))
    }
}

pub(crate) fn changed(ledger: &Ledger, cause: Cause) -> Result<Changed, LedgerError> {
    let gone = || ledger.damaged("what changed a claim is gone");
    Ok(match cause {
        Cause::Anew => Changed::Anew,
        Cause::Document(key) => {
            let id = ledger.document_id(key)?.ok_or_else(gone)?;
            Changed::Document(PageOf::of(&ledger.document(id)?.ok_or_else(gone)?))
        }
        Cause::Act(key) => Changed::Act(Box::new(ledger.act(key)?.ok_or_else(gone)?)),
    })
}

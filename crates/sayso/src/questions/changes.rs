//! Changes of claims one after the other, in the order in which they came, for those who want to be told of each.

use crate::parts::{ListPart, ListPlace};
use crate::questions::history::{Changed, changed};
use crate::{Desk, LedgerError};
use sayso_ledger::{Change, ChangeKey, Ledger};
use sayso_record::ClaimId;
use sayso_weigh::show_second;
use serde::Serialize;

/// That a claim weighs something else than before.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimChange {
    /// Its number, in the order in which the ledger came to know; grows, and is never given twice.
    pub number: i64,
    /// The claim.
    pub claim: ClaimId,
    /// The words that founded it.
    pub words: String,
    /// Its standing before; none where it is new.
    pub before: Option<String>,
    /// Its standing since.
    pub standing: String,
    /// How many sources have to fall to end what stands for it: at least, at most.
    pub independence_for: (u32, u32),
    /// The same for what stands against it.
    pub independence_against: (u32, u32),
    /// Since when, as a date or a time in UTC.
    pub since: String,
    /// What changed it.
    pub because: Changed,
}

impl Desk {
    /// The changes after a place, at most `limit`. The place after a change is its number.
    pub fn changes_part(
        &self,
        after: Option<ListPlace<1>>,
        limit: usize,
    ) -> Result<ListPart<ClaimChange, 1>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(ListPart::default()) };
        // Claims are told by what was taken down when that was looked up last; no act is looked at here before.
        ledger.any_taken_down()?;
        let after = after.map_or(0, |ListPlace([number])| number);
        let asked = u32::try_from(limit).unwrap_or(u32::MAX).saturating_add(1);
        let mut found = ledger.changes_after(ChangeKey::from_number(after), asked)?;
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(|last| ListPlace([last.0.number()]));
        let mut lines = Vec::with_capacity(found.len());
        for (key, change, before) in found {
            lines.push(tell(ledger, key, change, before)?);
        }
        Ok(ListPart { lines, next })
    }

    /// The number of the last change; 0 where there was none.
    pub fn last_change(&self) -> Result<i64, LedgerError> {
        self.ledger.as_ref().map_or(Ok(0), |ledger| Ok(ledger.last_change()?.map_or(0, ChangeKey::number)))
    }
}

/// A change as it is told.
pub(crate) fn tell(
    ledger: &Ledger,
    key: ChangeKey,
    change: Change,
    before: Option<String>,
) -> Result<ClaimChange, LedgerError> {
    let claim = ledger.claim(change.claim)?.ok_or_else(|| ledger.damaged("a weighed claim is gone"))?;
    Ok(ClaimChange {
        number: key.number(),
        claim: claim.id,
        words: claim.words,
        before,
        standing: change.weight.standing,
        independence_for: change.weight.independence_for,
        independence_against: change.weight.independence_against,
        since: show_second(change.known),
        because: changed(ledger, change.cause)?,
    })
}

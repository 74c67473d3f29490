//! Weighing the claims that something has changed, and keeping what they weigh.

use crate::Desk;
use crate::time::{AsOf, seconds};
use crate::weighing::cone::Cone;
use crate::weighing::decisions::Decisions;
use sayso_ledger::{Cause, Change, ClaimKey, Ledger, LedgerError, StoredWeight};
use sayso_record::ClaimId;
use sayso_weigh::{Truth, Weighing, Weight};
use serde::Serialize;

/// A claim before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shifted {
    pub(crate) claim: ClaimKey,
    /// None where it had not been weighed before.
    pub(crate) before: Option<StoredWeight>,
    pub(crate) after: StoredWeight,
}

/// So many claims are gone through at once, so that a ledger of any size is weighed anew in bounded memory.
const AT_ONCE: usize = 4_096;

impl Desk {
    /// Weighs every claim anew, and gives how many there are. What weighs what it weighed before is left as it is.
    pub fn weigh_anew(&mut self) -> Result<usize, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(0) };
        let known = seconds(&(self.clock)());
        let (mut after, mut count) = (None, 0);
        loop {
            let claims = ledger.claims_after(after, AT_ONCE as u32)?;
            let Some(&last) = claims.last() else { return Ok(count) };
            (after, count) = (Some(last), count + claims.len());
            ledger.atomically(|ledger| {
                let decisions = Decisions::known_by(ledger, i64::MAX)?;
                reweigh(ledger, &decisions, claims.into_iter().map(|claim| (claim, Cause::Anew)), known)
            })?;
        }
    }
}

/// Weighs claims as everything stands now, stores what each weighs, and tells which weigh something else. Each comes with what
/// may have changed it.
pub(crate) fn reweigh(
    ledger: &Ledger,
    decisions: &Decisions,
    claims: impl IntoIterator<Item = (ClaimKey, Cause)>,
    known: i64,
) -> Result<Vec<Shifted>, LedgerError> {
    let mut shifted = Vec::new();
    // Each in a cone of its own: which sources may be one is asked among those of a claim, not of its neighbours.
    for (claim, cause) in claims {
        let cone = Cone::below(ledger, decisions, [claim], AsOf::NOW)?;
        let weighing = Weighing::new(&cone.graph, AsOf::NOW.moment());
        let number = cone.claims.number(claim).expect("the root of a cone is numbered");
        let before = ledger.weight(claim)?.map(|change| change.weight);
        // A claim that has become part of another, or has lost all its statements, has no links of its own.
        if before.is_none() && !weighing.is_said(number) {
            continue;
        }
        let after = stored(weighing.weight(number));
        if before.as_ref() != Some(&after) {
            ledger.store_weight(&Change { claim, known, cause, weight: after.clone() })?;
            shifted.push(Shifted { claim, before, after });
        }
    }
    Ok(shifted)
}

/// A weight in the ledger's form.
pub(crate) fn stored(weight: Weight) -> StoredWeight {
    let truth = |value: Truth| match value {
        Truth::False => 0,
        Truth::True => 1,
        Truth::Undefined => 2,
    };
    StoredWeight {
        standing: weight.standing.name().to_owned(),
        pro: truth(weight.pro),
        con: truth(weight.con),
        independence_for: weight.independence_for,
        independence_against: weight.independence_against,
    }
}

/// A claim before and after.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimShift {
    /// The claim.
    pub claim: ClaimId,
    /// Its words.
    pub words: String,
    /// Its standing before; none where it had none.
    pub before: Option<String>,
    /// Its standing now.
    pub after: String,
    /// How many sources have to fall to end what stands for it, at least and at most, before.
    pub independence_before: Option<(u32, u32)>,
    /// The same now.
    pub independence_after: (u32, u32),
}

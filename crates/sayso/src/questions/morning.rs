//! What somebody wants to know who comes back: new claims that matter, and standings that changed.

use crate::questions::browsing::{ClaimsWanted, SeenClaim};
use crate::questions::changes::{ClaimChange, tell};
use crate::{Desk, LedgerError};
use sayso_ledger::ChangeKey;
use serde::Serialize;
use std::collections::HashSet;

/// Of so many claims that were founded last those are told that matter most.
const FOUNDED: usize = 100;
/// So many changes are looked through for standings that became others, from the last one back.
const CHANGES: i64 = 1_000;

/// What is new.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Morning {
    /// How many claims the ledger has in all.
    pub all_claims: u32,
    /// Of the claims that were founded last, those that most outlets carry, and of equals those that spread fastest.
    pub claims: Vec<SeenClaim>,
    /// Claims of another standing than before, the last changed first; none of those above.
    pub changed: Vec<ClaimChange>,
}

impl Desk {
    /// What is new: at most so many of each sort.
    pub fn morning(&self, count: usize) -> Result<Morning, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(Morning::default()) };
        let mut claims = self.claims_seen(&ClaimsWanted::default(), None, FOUNDED)?.lines;
        // Whoever looked first at what was new is told first of equals.
        claims.sort_by_key(|seen| (std::cmp::Reverse(seen.outlets.len()), days(seen)));
        claims.truncate(count);
        let mut told: HashSet<_> = claims.iter().map(|seen| seen.claim.id).collect();
        let from = self.last_change()?.saturating_sub(CHANGES).max(0);
        let changes = ledger.changes_after(ChangeKey::from_number(from), CHANGES as u32)?;
        let mut changed = Vec::new();
        // Only what is told is looked up.
        for (key, change, before) in changes.into_iter().rev() {
            let is_another = before.as_ref().is_some_and(|before| *before != change.weight.standing);
            if !is_another || changed.len() == count {
                continue;
            }
            let told_of = tell(ledger, key, change, before)?;
            changed.extend(Some(told_of).filter(|change| told.insert(change.claim)));
        }
        Ok(Morning { all_claims: ledger.claim_count()?, claims, changed })
    }
}

/// Over how many days a claim was spread; where nothing tells, the longest.
fn days(seen: &SeenClaim) -> i64 {
    let second = |day: &Option<String>| day.as_deref().and_then(sayso_weigh::first_second);
    second(&seen.first).zip(second(&seen.last)).map_or(i64::MAX, |(first, last)| (last - first) / 86_400)
}

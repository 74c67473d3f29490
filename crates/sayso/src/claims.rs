//! Lists of claims: those of a standing, those that changed; handed over a few at a time, however many there are.

use crate::cone::Cone;
use crate::decisions::Decisions;
use crate::time::AsOf;
use crate::weights::stored;
use crate::{Desk, LedgerError};
use sayso_ledger::{ClaimKey, Ledger, StoredWeight};
use sayso_record::ClaimId;
use sayso_weigh::{Standing, Weighing, show_second};
use serde::Serialize;
use std::ops::ControlFlow;

/// Claims looked at together.
const AT_ONCE: u32 = 512;

/// Which claims are wanted.
#[derive(Clone, Debug)]
pub struct ClaimFilter {
    /// Which standings; any where none is told.
    pub standings: Vec<Standing>,
    /// Only those whose weight has changed since this second, the earliest change first.
    pub changed_since: Option<i64>,
    /// As of when.
    pub as_of: AsOf,
}

/// A claim in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimLine {
    /// Its id.
    pub id: ClaimId,
    /// The words that founded it.
    pub words: String,
    /// Its standing.
    pub standing: String,
    /// How many sources have to fall to end what stands for it: at least, at most.
    pub independence_for: (u32, u32),
    /// The same for what stands against it.
    pub independence_against: (u32, u32),
    /// When its weight last changed, as a date or a time in UTC.
    pub changed: Option<String>,
}

impl Desk {
    /// Hands every claim that is wanted to `each`, until it breaks off.
    pub fn claims_that(
        &self,
        wanted: &ClaimFilter,
        each: &mut dyn FnMut(ClaimLine) -> ControlFlow<()>,
    ) -> Result<(), LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(wanted.as_of)?) else {
            return Ok(());
        };
        let listing = Listing { ledger, decisions: &decisions, wanted };
        match wanted.changed_since {
            Some(since) => listing.changed_since(since, each),
            None => listing.all(each),
        }
    }
}

struct Listing<'a> {
    ledger: &'a Ledger,
    decisions: &'a Decisions,
    wanted: &'a ClaimFilter,
}

impl Listing<'_> {
    fn all(&self, each: &mut dyn FnMut(ClaimLine) -> ControlFlow<()>) -> Result<(), LedgerError> {
        let is_now = self.wanted.as_of == AsOf::NOW;
        // One standing alone is looked up in its index.
        let only = match &self.wanted.standings[..] {
            [only] if is_now => Some(only.name()),
            _ => None,
        };
        let mut after = None;
        loop {
            let claims = match only {
                Some(standing) => self.ledger.claims_standing(standing, after, AT_ONCE)?,
                None => self.ledger.claims_after(after, AT_ONCE)?,
            };
            let Some(&last) = claims.last() else { return Ok(()) };
            after = Some(last);
            if self.tell(&claims, each)?.is_break() {
                return Ok(());
            }
        }
    }

    fn changed_since(
        &self,
        since: i64,
        each: &mut dyn FnMut(ClaimLine) -> ControlFlow<()>,
    ) -> Result<(), LedgerError> {
        let mut after = None;
        loop {
            let known_by = self.wanted.as_of.known_by;
            let changes = self.ledger.last_changes(since, known_by, after, AT_ONCE)?;
            let Some(&(last, _)) = changes.last() else { return Ok(()) };
            after = Some(last);
            let claims: Vec<ClaimKey> = changes.into_iter().map(|(_, claim)| claim).collect();
            if self.tell(&claims, each)?.is_break() {
                return Ok(());
            }
        }
    }

    fn tell(
        &self,
        claims: &[ClaimKey],
        each: &mut dyn FnMut(ClaimLine) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, LedgerError> {
        // A claim that has become part of another is told with that one.
        let own = claims.iter().copied().filter(|&claim| self.decisions.claim(claim) == claim);
        for (claim, weight) in self.weights(own.collect())? {
            let is_wanted = self.wanted.standings.is_empty()
                || self.wanted.standings.iter().any(|standing| standing.name() == weight.standing);
            if !is_wanted {
                continue;
            }
            let Some(stored) = self.ledger.claim(claim)? else { continue };
            let last = self.ledger.weight_known_by(claim, self.wanted.as_of.known_by)?;
            let line = ClaimLine {
                id: stored.id,
                words: stored.words,
                standing: weight.standing,
                independence_for: weight.independence_for,
                independence_against: weight.independence_against,
                changed: last.map(|change| show_second(change.known)),
            };
            if each(line).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// What claims weigh, as of the time that is asked about; none for claims of which nothing had been said.
    fn weights(&self, claims: Vec<ClaimKey>) -> Result<Vec<(ClaimKey, StoredWeight)>, LedgerError> {
        let as_of = self.wanted.as_of;
        let mut weights = Vec::with_capacity(claims.len());
        // What claims weighed when is kept by what was known; what had been published by a time is found anew.
        if as_of.published_by == AsOf::NOW.published_by {
            for claim in claims {
                let change = self.ledger.weight_known_by(claim, as_of.known_by)?;
                weights.extend(change.map(|change| (claim, change.weight)));
            }
            return Ok(weights);
        }
        let cone = Cone::below(self.ledger, self.decisions, claims.iter().copied(), as_of)?;
        let weighing = Weighing::new(&cone.graph, as_of.moment());
        for claim in claims {
            let number = cone.claims.number(claim).expect("the roots of a cone are numbered");
            if weighing.is_said(number) {
                weights.push((claim, stored(weighing.weight(number))));
            }
        }
        Ok(weights)
    }
}

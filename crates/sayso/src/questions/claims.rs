//! Lists of claims: those of a standing, those that changed; handed over a few at a time, however many there are.

use crate::parts::{ListPart, ListPlace};
use crate::questions::title::title;
use crate::time::AsOf;
use crate::weighing::cone::Cone;
use crate::weighing::decisions::Decisions;
use crate::weighing::weights::stored;
use crate::{Desk, LedgerError};
use sayso_ledger::{ChangeKey, ClaimKey, Ledger, StoredWeight};
use sayso_record::ClaimId;
use sayso_weigh::{Standing, Weighing, show_second};
use serde::Serialize;
use std::ops::ControlFlow;

/// Claims handed over together.
const AT_ONCE: usize = 512;
/// So many claims are looked at for one part of a list, so that it comes soon where little of much is wanted.
const EXAMINED: usize = 1_000;
/// The same where each must be weighed for it.
const WEIGHED_ANEW: usize = 64;

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
    /// Who said so first, and what, as a sentence.
    pub title: String,
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
        let mut after = None;
        loop {
            let part = self.claims_part(wanted, after, AT_ONCE)?;
            for line in part.lines {
                if each(line).is_break() {
                    return Ok(());
                }
            }
            let Some(next) = part.next else { return Ok(()) };
            after = Some(next);
        }
    }

    /// A part of the claims that are wanted: `count` at most, from a place on.
    pub fn claims_part(
        &self,
        wanted: &ClaimFilter,
        after: Option<ListPlace<2>>,
        count: usize,
    ) -> Result<ListPart<ClaimLine, 2>, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(wanted.as_of)?) else {
            return Ok(ListPart::default());
        };
        Listing { ledger, decisions: &decisions, wanted }.part(after, count)
    }
}

struct Listing<'a> {
    ledger: &'a Ledger,
    decisions: &'a Decisions,
    wanted: &'a ClaimFilter,
}

impl Listing<'_> {
    fn part(&self, after: Option<ListPlace<2>>, count: usize) -> Result<ListPart<ClaimLine, 2>, LedgerError> {
        let is_weighed_anew = self.wanted.as_of.published_by != AsOf::NOW.published_by;
        let examined = if is_weighed_anew { count.max(WEIGHED_ANEW) } else { count.max(EXAMINED) };
        let mut part = ListPart { lines: Vec::new(), next: after };
        let mut left = examined;
        while left > 0 {
            let at_once = left.min(if is_weighed_anew { WEIGHED_ANEW } else { count.max(64) });
            let batch = self.claims_after(part.next, at_once)?;
            if batch.is_empty() {
                part.next = None;
                break;
            }
            left -= at_once;
            // A claim that has become part of another is told with that one.
            let own: Vec<ClaimKey> = batch
                .iter()
                .map(|(_, claim)| *claim)
                .filter(|&claim| self.decisions.claim(claim) == claim)
                .collect();
            let mut weights = self.weights(own)?.into_iter().peekable();
            for (place, claim) in batch {
                if part.lines.len() == count {
                    return Ok(part);
                }
                part.next = Some(place);
                if let Some((_, weight)) = weights.next_if(|(weighed, _)| *weighed == claim) {
                    part.lines.extend(self.line(claim, weight)?);
                }
            }
        }
        // Whether anything is left is known only by looking.
        if let Some(next) = part.next
            && self.claims_after(Some(next), 1)?.is_empty()
        {
            part.next = None;
        }
        Ok(part)
    }

    /// The claims that may be wanted, from a place on, each with the place after it.
    fn claims_after(
        &self,
        after: Option<ListPlace<2>>,
        limit: usize,
    ) -> Result<Vec<(ListPlace<2>, ClaimKey)>, LedgerError> {
        let limit = limit as u32;
        if let Some(since) = self.wanted.changed_since {
            let after = after.map(|ListPlace([known, change])| (known, ChangeKey::from_number(change)));
            let changes = self.ledger.last_changes(since, self.wanted.as_of.known_by, after, limit)?;
            let placed = |((known, change), claim): ((i64, ChangeKey), ClaimKey)| {
                (ListPlace([known, change.number()]), claim)
            };
            return Ok(changes.into_iter().map(placed).collect());
        }
        let after = after
            .map(|ListPlace([_, claim])| ClaimKey::from_number(claim.clamp(0, i64::from(u32::MAX)) as u32));
        // Standings are looked up in their index.
        let mut claims = Vec::new();
        if self.wanted.as_of == AsOf::NOW && !self.wanted.standings.is_empty() {
            for standing in &self.wanted.standings {
                claims.extend(self.ledger.claims_standing(standing.name(), after, limit)?);
            }
            claims.sort_unstable();
            claims.dedup();
            claims.truncate(limit as usize);
        } else {
            claims = self.ledger.claims_after(after, limit)?;
        }
        Ok(claims.into_iter().map(|claim| (ListPlace([0, i64::from(claim.number())]), claim)).collect())
    }

    /// A claim that weighs this, if that is wanted.
    fn line(&self, claim: ClaimKey, weight: StoredWeight) -> Result<Option<ClaimLine>, LedgerError> {
        let is_wanted = self.wanted.standings.is_empty()
            || self.wanted.standings.iter().any(|standing| standing.name() == weight.standing);
        if !is_wanted {
            return Ok(None);
        }
        let Some(stored) = self.ledger.claim(claim)? else { return Ok(None) };
        let last = self.ledger.weight_known_by(claim, self.wanted.as_of.known_by)?;
        Ok(Some(ClaimLine {
            id: stored.id,
            title: title(self.ledger, self.decisions, &stored)?,
            words: stored.words,
            standing: weight.standing,
            independence_for: weight.independence_for,
            independence_against: weight.independence_against,
            changed: last.map(|change| show_second(change.known)),
        }))
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

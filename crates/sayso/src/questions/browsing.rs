//! Lists as people look through them: claims, sources and pages, each with what tells whether to open it; a few at a time,
//! however many there are.

use crate::parts::{ListPart, ListPlace};
use crate::questions::claim::PageOf;
use crate::questions::claims::ClaimLine;
use crate::questions::lately::line;
use crate::questions::source::SourceLine;
use crate::time::AsOf;
use crate::weighing::decisions::Decisions;
use crate::{Desk, LedgerError};
use sayso_ledger::{ChangeKey, ClaimKey, DocumentKey, Ledger, LinkedSourceKey, News, Seen};
use sayso_record::{ActKind, Subject};
use sayso_weigh::{Standing, show_second};
use serde::Serialize;
use std::collections::BTreeMap;

/// So many claims are looked at for one part of a list, so that it comes soon where little of much is wanted.
const EXAMINED: usize = 600;
/// By so many readings of pages it is told where a claim was seen.
const SEEN: u32 = 200;
/// Claims of a standing are counted no further than this.
const COUNTED: u32 = 10_000;
/// So many of the pages that were read last tell which outlets and months can be chosen.
const LAST_READ: u32 = 1_000;
/// So many sources can be chosen from a list.
const CHOSEN_FROM: usize = 30;
/// So many statements that were taken back last tell how often that was whose.
const TAKEN_BACK: usize = 500;

/// In what order claims are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClaimOrder {
    /// The last founded first.
    #[default]
    Newest,
    /// The first founded first.
    Oldest,
    /// The last changed first.
    Changed,
}

/// Which claims somebody looks through. All that is told must fit.
#[derive(Clone, Debug, Default)]
pub struct ClaimsWanted {
    /// Their standing.
    pub standing: Option<Standing>,
    /// An outlet in which they stand.
    pub outlet: Option<String>,
    /// A source that speaks of them.
    pub source: Option<String>,
    /// The month in which they were published first, as `2019-06`.
    pub month: Option<String>,
    /// In what order.
    pub order: ClaimOrder,
}

/// A claim with where it was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeenClaim {
    /// The claim.
    #[serde(flatten)]
    pub claim: ClaimLine,
    /// In how many pages.
    pub documents: u32,
    /// Whether there may be more, of which nobody looked at which.
    pub at_least: bool,
    /// By which outlets.
    pub outlets: Vec<String>,
    /// The day on which the first of its pages was published; none where none tells.
    pub first: Option<String>,
    /// The day of the last.
    pub last: Option<String>,
}

/// What claims can be chosen by, with how many there are of each.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ClaimFacets {
    /// Standings that any claim has; counted no further than [`ClaimFacets::COUNTED`].
    pub standings: Vec<(String, u32)>,
    /// Outlets of the pages that were read last, by how many of these are theirs.
    pub outlets: Vec<(String, u32)>,
    /// Months in which these were published.
    pub months: Vec<(String, u32)>,
    /// The sources that are heard most.
    pub sources: Vec<String>,
}

impl ClaimFacets {
    /// No more are counted than these.
    pub const COUNTED: u32 = COUNTED;
}

/// A source in a list with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KnownSource {
    /// The source.
    #[serde(flatten)]
    pub source: SourceLine,
    /// What sort of source pages take it for; none where they do not tell.
    pub kind: Option<String>,
    /// For whom it speaks.
    pub speaks_for: Vec<String>,
    /// How many of its statements were taken back, of those that were taken back last.
    pub taken_back: u32,
}

/// A page with what is new in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageNews {
    /// The page.
    pub page: PageOf,
    /// How many claims it speaks of.
    pub claims: u32,
    /// Of how many of these no page spoke that was read before it.
    pub new_claims: u32,
    /// Whether it is another version of a page that was read before.
    pub revises: bool,
    /// Whether it bears a notice on itself.
    pub has_notice: bool,
}

impl Desk {
    /// A part of the claims that somebody looks through: `count` at most, from a place on.
    pub fn claims_seen(
        &self,
        wanted: &ClaimsWanted,
        after: Option<ListPlace<1>>,
        count: usize,
    ) -> Result<ListPart<SeenClaim, 1>, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(AsOf::NOW)?) else {
            return Ok(ListPart::default());
        };
        let named = |name: &Option<String>| -> Result<Option<Option<LinkedSourceKey>>, LedgerError> {
            let Some(name) = name else { return Ok(None) };
            Ok(Some(ledger.linked_source_named(name)?.map(|source| source.key)))
        };
        let mut speakers = Vec::new();
        for (name, of_page) in [(&wanted.source, false), (&wanted.outlet, true)] {
            match named(name)? {
                Some(Some(key)) => speakers.push((key, of_page)),
                // Nobody is called so.
                Some(None) => return Ok(ListPart::default()),
                None => {}
            }
        }
        Browsing { ledger, decisions: &decisions, wanted, speakers }.part(after, count)
    }

    /// Claims that were listed otherwise, with where each was seen.
    pub fn with_seen(&self, lines: Vec<ClaimLine>) -> Result<Vec<SeenClaim>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(Vec::new()) };
        let mut seen = Vec::with_capacity(lines.len());
        for line in lines {
            let Some(claim) = ledger.claim_by_id(line.id)? else { continue };
            seen.push(SeenClaim::of(line, ledger.seen(claim.key, SEEN)?));
        }
        Ok(seen)
    }

    /// What claims can be chosen by.
    pub fn claim_facets(&self) -> Result<ClaimFacets, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(ClaimFacets::default()) };
        let mut facets = ClaimFacets {
            outlets: ledger.outlets_lately(LAST_READ)?,
            months: ledger.months_lately(LAST_READ)?,
            ..ClaimFacets::default()
        };
        facets.outlets.truncate(CHOSEN_FROM);
        for standing in Standing::ALL {
            let count = ledger.count_standing(standing.name(), COUNTED)?;
            facets.standings.extend(Some((standing.name().to_owned(), count)).filter(|_| count > 0));
        }
        let heard = ledger.sources_heard(None, CHOSEN_FROM as u32)?;
        facets.sources = heard.into_iter().map(|(source, _)| source.name).collect();
        Ok(facets)
    }

    /// A part of the sources that are heard, as [`Desk::sources_part`] gives them, with what is known of each.
    pub fn sources_known(
        &self,
        after: Option<ListPlace<4>>,
        count: usize,
    ) -> Result<ListPart<KnownSource, 4>, LedgerError> {
        let part = self.sources_part(after, count)?;
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(AsOf::NOW)?) else {
            return Ok(ListPart::default());
        };
        let taken_back = taken_back(ledger, &decisions)?;
        let mut lines = Vec::with_capacity(part.lines.len());
        for source in part.lines {
            let key = ledger.linked_source_named(&source.name)?.map(|found| found.key);
            let mut speaks_for = Vec::new();
            for organisation in
                key.map_or(Ok(Vec::new()), |key| decisions.organisations_of(ledger, key, AsOf::NOW))?
            {
                speaks_for.extend(ledger.linked_source(organisation)?.map(|found| found.name));
            }
            let kind = if source.unnamed { None } else { ledger.kind_of_name(&source.name)? };
            let taken_back = key.and_then(|key| taken_back.get(&key).copied()).unwrap_or(0);
            lines.push(KnownSource { source, kind, speaks_for, taken_back });
        }
        Ok(ListPart { lines, next: part.next })
    }

    /// A part of the pages that were read, the last first: `count` at most, from a place on.
    pub fn pages_news(
        &self,
        after: Option<ListPlace<1>>,
        count: usize,
    ) -> Result<ListPart<PageNews, 1>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(ListPart::default()) };
        let before = after.map(|ListPlace([document])| DocumentKey::from_number(bounded(document)));
        let mut keys = ledger.documents_before(before, limit(count).saturating_add(1))?;
        let is_more = keys.len() > count;
        keys.truncate(count);
        let mut part = ListPart::default();
        for key in keys {
            let Some(document) = ledger.bare_document(key)? else { continue };
            let News { claims, new_claims, revises, has_notice } = ledger.news(key)?;
            part.lines.push(PageNews {
                page: PageOf::of(&document),
                claims,
                new_claims,
                revises,
                has_notice,
            });
            part.next = Some(ListPlace([i64::from(key.number())]));
        }
        part.next = part.next.filter(|_| is_more);
        Ok(part)
    }
}

/// Whose statements were taken back, and how many of each.
fn taken_back(ledger: &Ledger, decisions: &Decisions) -> Result<BTreeMap<LinkedSourceKey, u32>, LedgerError> {
    let mut of: BTreeMap<LinkedSourceKey, u32> = BTreeMap::new();
    let is_withdrawal = |kind: ActKind| matches!(kind, ActKind::Withdraw | ActKind::Confirm);
    let in_force = decisions.acts.iter().rev().map(|(_, act)| act);
    let in_force = in_force.filter(|act| !decisions.undone.contains_key(&act.id) && is_withdrawal(act.act));
    let mut statements: Vec<_> = in_force
        .filter_map(|act| match &act.on {
            Subject::Statement(id) if act.act == ActKind::Withdraw => Some(*id),
            Subject::Suggestion(id) => decisions.taken_back.get(id).copied(),
            _ => None,
        })
        .take(TAKEN_BACK)
        .collect();
    statements.sort_unstable();
    statements.dedup();
    for statement in statements {
        let links = ledger.links_of_statement(statement, i64::MAX)?;
        let mut sources: Vec<_> = links.iter().map(|link| decisions.source_of(link)).collect();
        sources.sort_unstable();
        sources.dedup();
        for source in sources {
            *of.entry(source).or_default() += 1;
        }
    }
    Ok(of)
}

struct Browsing<'a> {
    ledger: &'a Ledger,
    decisions: &'a Decisions,
    wanted: &'a ClaimsWanted,
    /// Those who must speak of a claim, and whether they must publish it.
    speakers: Vec<(LinkedSourceKey, bool)>,
}

impl Browsing<'_> {
    fn part(&self, after: Option<ListPlace<1>>, count: usize) -> Result<ListPart<SeenClaim, 1>, LedgerError> {
        let mut part = ListPart { lines: Vec::new(), next: after };
        let mut left = EXAMINED.max(count);
        while left > 0 {
            let batch = self.candidates(part.next, left.min(count.max(64)))?;
            if batch.is_empty() {
                part.next = None;
                break;
            }
            left = left.saturating_sub(batch.len());
            for (place, claim) in batch {
                if part.lines.len() == count {
                    return Ok(part);
                }
                part.next = Some(place);
                part.lines.extend(self.seen(claim)?);
            }
        }
        if let Some(next) = part.next
            && self.candidates(Some(next), 1)?.is_empty()
        {
            part.next = None;
        }
        Ok(part)
    }

    /// The claims that may be wanted, from a place on, each with the place after it.
    fn candidates(
        &self,
        after: Option<ListPlace<1>>,
        limit: usize,
    ) -> Result<Vec<(ListPlace<1>, ClaimKey)>, LedgerError> {
        let (ledger, limit) = (self.ledger, self::limit(limit));
        if self.wanted.order == ClaimOrder::Changed {
            let before = after.map(|ListPlace([change])| ChangeKey::from_number(change));
            let changes = ledger.changes_before(before, limit)?;
            return Ok(changes.into_iter().map(|(key, claim)| (ListPlace([key.number()]), claim)).collect());
        }
        let at = after.map(|ListPlace([claim])| ClaimKey::from_number(bounded(claim)));
        // The rarest is asked for first; what it gives is looked through for the rest.
        let claims = match (self.wanted.order, self.speakers.first(), self.wanted.standing) {
            (ClaimOrder::Oldest, _, _) => ledger.claims_after(at, limit)?,
            (_, Some(&(source, of_page)), _) => ledger.claims_of_source_before(source, of_page, at, limit)?,
            (_, None, Some(standing)) => ledger.claims_standing_before(standing.name(), at, limit)?,
            (_, None, None) => ledger.claims_before(at, limit)?,
        };
        Ok(claims.into_iter().map(|claim| (ListPlace([i64::from(claim.number())]), claim)).collect())
    }

    /// A claim with where it was seen, if it is wanted.
    fn seen(&self, claim: ClaimKey) -> Result<Option<SeenClaim>, LedgerError> {
        // A claim that has become part of another is told with that one.
        if self.decisions.claim(claim) != claim {
            return Ok(None);
        }
        for &(source, of_page) in &self.speakers {
            if !self.ledger.speaks_of(source, of_page, claim)? {
                return Ok(None);
            }
        }
        if let Some(standing) = self.wanted.standing {
            let weight = self.ledger.weight(claim)?;
            if weight.is_none_or(|change| change.weight.standing != standing.name()) {
                return Ok(None);
            }
        }
        let seen = self.ledger.seen(claim, SEEN)?;
        if let Some(month) = &self.wanted.month
            && !day(seen.first).is_some_and(|first| first.starts_with(month))
        {
            return Ok(None);
        }
        let line = line(self.ledger, self.decisions, claim)?;
        Ok(line.map(|line| SeenClaim::of(line, seen)))
    }
}

impl SeenClaim {
    fn of(claim: ClaimLine, seen: Seen) -> SeenClaim {
        let Seen { documents, at_least, outlets, first, last } = seen;
        SeenClaim { claim, documents, at_least, outlets, first: day(first), last: day(last) }
    }
}

fn day(second: Option<i64>) -> Option<String> {
    second.map(|second| show_second(second).chars().take(10).collect())
}

fn limit(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A number of a place that came from an address.
fn bounded(number: i64) -> u32 {
    number.clamp(0, i64::from(u32::MAX) - 1) as u32
}

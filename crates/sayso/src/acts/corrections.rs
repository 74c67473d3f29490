//! Corrections, and everything downstream of them: notices, withdrawals, changes from one revision to the next.

use crate::intake::revisions::{Page, Revision, Told, compare, notices, told};
use crate::parts::{ListPart, ListPlace};
use crate::questions::claim::PageOf;
use crate::time::{AsOf, seconds};
use crate::weighing::cone::bases;
use crate::weighing::decisions::{Decisions, What};
use crate::{Desk, LedgerError};
use sayso_ledger::{ClaimKey, DocumentKey, Ledger, NodeKey};
use sayso_record::{Act, ActId, ActKind, ClaimId, Document, DocumentId, StatementId, Subject, SuggestionId};
use serde::Serialize;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet, VecDeque};

/// The sorts of correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionKind {
    /// A page speaks of its own faults.
    Notice,
    /// A person took a statement back on behalf of those who made it.
    Withdrawal,
    /// A page is not what it was, and a notice that is new says that something changed.
    Change,
    /// A page is not what it was: quoted words, or a notice, are changed or gone, and nothing on it says so.
    SilentChange,
}

/// A correction with all that it reaches.
#[derive(Clone, Debug, Serialize)]
pub struct Correction {
    /// Which sort.
    pub kind: CorrectionKind,
    /// When this ledger knew of it, as ISO 8601 in UTC.
    pub known: String,
    /// When it was published, where that is told.
    pub published: Option<String>,
    /// The page, in the revision that has the correction.
    pub page: PageOf,
    /// The words of the notice, or the reason; empty for a change.
    pub words: String,
    /// The acts that it is, or that it brought about.
    pub acts: Vec<ActId>,
    /// The statements that it takes back.
    pub withdrawn: Vec<Told>,
    /// Sources that it says should not have been believed: suggestions for a person to decide about.
    pub suggested: Vec<Suggested>,
    /// What changed, for a change.
    pub revision: Option<Revision>,
    /// The statements that rest on what was taken back, changed or removed, the nearest first.
    pub downstream: Vec<Downstream>,
    /// Whether more rest on it than are told here.
    pub downstream_at_least: bool,
}

/// That a page no longer trusts a source.
#[derive(Clone, Debug, Serialize)]
pub struct Suggested {
    /// The suggestion.
    pub suggestion: SuggestionId,
    /// The source.
    pub source: String,
    /// What was decided about it; none while nobody has.
    pub confirmed: Option<bool>,
}

/// A statement that rests on a corrected one.
#[derive(Clone, Debug, Serialize)]
pub struct Downstream {
    /// The statement, its source and its words.
    #[serde(flatten)]
    pub told: Told,
    /// The page that it stands in.
    pub page: PageOf,
    /// Its claim.
    pub claim: ClaimId,
    /// What the claim's standing is now.
    pub standing: Option<String>,
    /// From the statement, one by one, to the corrected one: each rests on the next.
    pub path: Vec<Hop>,
}

/// A statement on a path.
#[derive(Clone, Debug, Serialize)]
pub struct Hop {
    /// The statement.
    pub statement: StatementId,
    /// Who says so.
    pub source: String,
    /// The document it stands in.
    pub document: DocumentId,
    /// The document's outlet, or else its title or address.
    pub page: String,
}

impl Desk {
    /// The corrections that this ledger has known of since a time (seconds since 1970), oldest first, each with
    /// everything that rests on what it corrects, over any number of hops.
    pub fn corrections(&self, since: i64) -> Result<Vec<Correction>, LedgerError> {
        let part = self.gather_corrections(since, None, usize::MAX, usize::MAX)?;
        let mut corrections: Vec<Correction> = part.lines.into_iter().rev().flatten().collect();
        corrections.sort_by(|a, b| a.known.cmp(&b.known));
        Ok(corrections)
    }

    /// A part of the corrections, the newest first, from a place on: those of `count` pages and acts at most, each with
    /// at most so many of the statements that rest on it.
    pub fn corrections_part(
        &self,
        since: i64,
        after: Option<ListPlace<3>>,
        count: usize,
        downstream: usize,
    ) -> Result<ListPart<Correction, 3>, LedgerError> {
        let part = self.gather_corrections(since, after, count, downstream)?;
        Ok(ListPart { lines: part.lines.into_iter().flatten().collect(), next: part.next })
    }

    fn gather_corrections(
        &self,
        since: i64,
        after: Option<ListPlace<3>>,
        count: usize,
        downstream: usize,
    ) -> Result<ListPart<Vec<Correction>, 3>, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(AsOf::NOW)?) else {
            return Ok(ListPart::default());
        };
        let mut telling = Telling { ledger, decisions: &decisions, since, downstream, pages: HashMap::new() };
        telling.part(after, count)
    }
}

/// What gives rise to corrections: a document with notices, an act by its number, or a page that has revisions, by the last
/// stored of them.
enum Origin {
    Notices(DocumentId),
    Act(usize),
    Revised(String),
}

/// An origin with when it was known and its number among those of its sort.
type Placed = (String, i64, Origin);

struct Telling<'a> {
    ledger: &'a Ledger,
    decisions: &'a Decisions,
    /// Since when the corrections must have been known, in seconds since 1970.
    since: i64,
    /// So many statements are told of those that rest on one correction.
    downstream: usize,
    /// Documents by key: what is downstream often stands in the same few.
    pages: HashMap<DocumentKey, Document>,
}

impl Telling<'_> {
    /// The corrections of each origin.
    fn part(
        &mut self,
        after: Option<ListPlace<3>>,
        count: usize,
    ) -> Result<ListPart<Vec<Correction>, 3>, LedgerError> {
        let ListPlace(mut place) = after.unwrap_or(ListPlace([i64::MAX; 3]));
        let mut origins = self.origins(place, count)?;
        let mut part = ListPart::default();
        loop {
            // Each sort has an order of its own; together they are told by when they were known.
            let heads =
                origins.iter().enumerate().filter_map(|(sort, sorted)| Some((&sorted.front()?.0, sort)));
            let Some((_, sort)) = heads.max() else { return Ok(part) };
            if part.lines.len() == count {
                part.next = Some(ListPlace(place));
                return Ok(part);
            }
            let Some((known, number, origin)) = origins[sort].pop_front() else { return Ok(part) };
            place[sort] = number;
            part.lines.push(match origin {
                Origin::Notices(id) => self.notices(id, &known)?,
                Origin::Act(number) => self.withdrawal(number)?.into_iter().collect(),
                Origin::Revised(address) => self.changes(&address)?,
            });
        }
    }

    /// What gives rise to corrections, each sort by itself, the newest first, with when it was known and its number; one
    /// more of each than are wanted.
    fn origins(&self, place: [i64; 3], count: usize) -> Result<[VecDeque<Placed>; 3], LedgerError> {
        let limit = u32::try_from(count).unwrap_or(u32::MAX).saturating_add(1);
        let since = sayso_weigh::show_second(self.since);
        let noticed = self.ledger.documents_with_notices(&since, place[0], limit)?;
        let noticed = noticed.into_iter().map(|(key, id, known)| (known, key, Origin::Notices(id)));
        let is_persons = |act: &Act| {
            act.act == ActKind::Withdraw
                && act.notice.is_none()
                && !self.decisions.undone.contains_key(&act.id)
                && seconds(&act.at) >= self.since
        };
        let before = usize::try_from(place[1]).unwrap_or(0).min(self.decisions.acts.len());
        let acts = self.decisions.acts[..before].iter().enumerate().rev();
        let acts = acts.filter(|(_, (_, act))| is_persons(act)).take(limit as usize);
        let acts = acts.map(|(number, (_, act))| (act.at.clone(), number as i64, Origin::Act(number)));
        let revised = self.ledger.addresses_revised(&since, place[2], limit)?;
        let revised = revised.into_iter().map(|(key, address, known)| (known, key, Origin::Revised(address)));
        Ok([noticed.collect(), acts.collect(), revised.collect()])
    }

    /// One correction for each notice of a page, whichever of its revisions bear it; told with the first that does.
    fn notices(&mut self, id: DocumentId, known: &str) -> Result<Vec<Correction>, LedgerError> {
        let Some(document) = self.ledger.document(id)? else { return Ok(Vec::new()) };
        let bearing = match &document.url {
            Some(url) => self.ledger.revisions_with_notices(url)?,
            None => vec![id],
        };
        let mut words = notices(&document);
        let mut seen = HashSet::new();
        words.retain(|words| seen.insert(words.clone()));
        for &earlier in bearing.iter().take_while(|other| **other != id) {
            let Some(earlier) = self.ledger.document(earlier)? else { continue };
            let told = notices(&earlier);
            words.retain(|words| !told.contains(words));
        }
        let mut corrections = Vec::with_capacity(words.len());
        for words in words {
            let mut correction = Correction {
                kind: CorrectionKind::Notice,
                known: known.to_owned(),
                published: None,
                page: PageOf::of(&document),
                suggested: self.suggested(id, &words)?,
                words,
                acts: Vec::new(),
                withdrawn: Vec::new(),
                revision: None,
                downstream: Vec::new(),
                downstream_at_least: false,
            };
            let mut taken_back: Vec<StatementId> = Vec::new();
            for (_, act) in &self.decisions.acts {
                let bears = act.notice.is_some_and(|notice| bearing.contains(&notice));
                let Subject::Statement(statement) = act.on else { continue };
                if bears && act.because == correction.words && !self.decisions.undone.contains_key(&act.id) {
                    correction.published = correction.published.take().or_else(|| act.published.clone());
                    correction.acts.push(act.id);
                    taken_back.push(statement);
                }
            }
            for &statement in &taken_back {
                correction.withdrawn.extend(self.told(statement)?.map(|(told, _)| told));
            }
            (correction.downstream, correction.downstream_at_least) = self.downstream(&taken_back)?;
            corrections.push(correction);
        }
        Ok(corrections)
    }

    /// The sources that a notice says should not have been believed.
    fn suggested(&self, document: DocumentId, notice: &str) -> Result<Vec<Suggested>, LedgerError> {
        let mut suggested = Vec::new();
        let Some(key) = self.ledger.document_key(document)? else { return Ok(suggested) };
        for suggestion in self.ledger.suggestions_in(key)? {
            if let Some(What::Distrust { source, .. }) = What::of(&suggestion)
                && notice.contains(suggestion.because.trim())
            {
                let id = suggestion.id;
                let (yes, no) =
                    (self.decisions.confirmed.contains(&id), self.decisions.rejected.contains(&id));
                let confirmed = (yes || no).then_some(yes);
                suggested.push(Suggested { suggestion: id, source, confirmed });
            }
        }
        Ok(suggested)
    }

    /// That a person took a statement back.
    fn withdrawal(&mut self, number: usize) -> Result<Option<Correction>, LedgerError> {
        let decisions = self.decisions;
        let (_, act) = &decisions.acts[number];
        let Subject::Statement(statement) = act.on else { return Ok(None) };
        let Some((told, page)) = self.told(statement)? else { return Ok(None) };
        let page = PageOf::of(page);
        let (downstream, downstream_at_least) = self.downstream(&[statement])?;
        Ok(Some(Correction {
            kind: CorrectionKind::Withdrawal,
            known: act.at.clone(),
            published: act.published.clone(),
            page,
            words: act.because.clone(),
            acts: vec![act.id],
            withdrawn: vec![told],
            suggested: Vec::new(),
            revision: None,
            downstream,
            downstream_at_least,
        }))
    }

    /// What changed from one revision of a page to the next.
    fn changes(&mut self, address: &str) -> Result<Vec<Correction>, LedgerError> {
        let mut corrections = Vec::new();
        let mut revisions: Vec<(DocumentKey, Page)> = Vec::new();
        for (key, id) in self.ledger.revisions(address)? {
            let Some(document) = self.ledger.document(id)? else { continue };
            revisions.push((key, (document, self.ledger.statements_in(id)?)));
        }
        crate::intake::revisions::in_order(&mut revisions);
        for pair in revisions.windows(2) {
            let [(_, earlier), (_, later)] = pair else { continue };
            let known = self.ledger.readings_of(later.0.id)?.first().map(|reading| reading.read_at.clone());
            let revision = compare(earlier, later);
            let is_known = |known: &String| seconds(known) >= self.since && revision.differs();
            let Some(known) = known.filter(is_known) else { continue };
            let lost: Vec<StatementId> = revision.lost().map(|told| told.statement).collect();
            let kind = match revision.is_silent() {
                true => CorrectionKind::SilentChange,
                false => CorrectionKind::Change,
            };
            let (downstream, downstream_at_least) = self.downstream(&lost)?;
            corrections.push(Correction {
                kind,
                known,
                published: later.0.modified.as_ref().map(|stamp| stamp.at.clone()),
                page: PageOf::of(&later.0),
                words: String::new(),
                acts: Vec::new(),
                withdrawn: Vec::new(),
                suggested: Vec::new(),
                revision: Some(revision),
                downstream,
                downstream_at_least,
            });
        }
        Ok(corrections)
    }

    /// Every statement that rests on one of these, over any number of hops, with the shortest path; and whether there may
    /// be more, where only so many are told.
    fn downstream(&mut self, roots: &[StatementId]) -> Result<(Vec<Downstream>, bool), LedgerError> {
        let mut parents: HashMap<StatementId, Option<StatementId>> = HashMap::new();
        let mut reached: Vec<(StatementId, ClaimKey)> = Vec::new();
        let mut seen: HashSet<NodeKey> = HashSet::new();
        let mut waiting: VecDeque<(NodeKey, StatementId)> = VecDeque::new();
        for &root in roots {
            parents.insert(root, None);
            waiting.extend(self.ledger.nodes_of(root)?.into_iter().map(|node| (node, root)));
        }
        let mut more = false;
        while let Some((below, from)) = waiting.pop_front() {
            if reached.len() > self.downstream {
                more = true;
                break;
            }
            if !seen.insert(below) {
                continue;
            }
            for node in self.ledger.nodes_resting_on(below)? {
                let Some(link) = self.ledger.link(node, i64::MAX)? else { continue };
                let rests =
                    bases(self.decisions, &link, |_| true).iter().flatten().any(|&base| base == below);
                if !rests {
                    continue;
                }
                let statement = link.place.statement;
                if statement == from {
                    // The next step of one chain is no hop.
                    waiting.push_front((node, statement));
                    continue;
                }
                if let Entry::Vacant(entry) = parents.entry(statement) {
                    entry.insert(Some(from));
                    reached.push((statement, self.decisions.claim_of(&link)));
                }
                waiting.push_back((node, statement));
            }
        }
        more |= reached.len() > self.downstream;
        reached.truncate(self.downstream);
        let mut downstream = Vec::with_capacity(reached.len());
        for (statement, claim) in reached {
            downstream.extend(self.reached(statement, claim, &parents)?);
        }
        Ok((downstream, more))
    }

    fn reached(
        &mut self,
        statement: StatementId,
        claim: ClaimKey,
        parents: &HashMap<StatementId, Option<StatementId>>,
    ) -> Result<Option<Downstream>, LedgerError> {
        let mut path = Vec::new();
        let mut next = Some(statement);
        while let Some(at) = next {
            if let Some((told, page)) = self.told(at)? {
                let name = page.site.as_ref().or(page.title.as_ref()).or(page.url.as_ref());
                let page_name = name.cloned().unwrap_or_else(|| "a page without a name".to_owned());
                path.push(Hop { statement: at, source: told.source, document: page.id, page: page_name });
            }
            next = parents.get(&at).copied().flatten();
        }
        let Some(id) = self.ledger.claim(claim)?.map(|claim| claim.id) else { return Ok(None) };
        let standing = self.ledger.weight(claim)?.map(|change| change.weight.standing);
        let Some((told, page)) = self.told(statement)? else { return Ok(None) };
        Ok(Some(Downstream { told, page: PageOf::of(page), claim: id, standing, path }))
    }

    /// A statement and its page.
    fn told(&mut self, id: StatementId) -> Result<Option<(Told, &Document)>, LedgerError> {
        let Some(statement) = self.ledger.statement(id)? else { return Ok(None) };
        let Some(key) = self.ledger.document_key(statement.document)? else { return Ok(None) };
        if !self.pages.contains_key(&key) {
            let Some(document) = self.ledger.document(statement.document)? else { return Ok(None) };
            self.pages.insert(key, document);
        }
        let document = &self.pages[&key];
        Ok(Some((told(document, &statement), document)))
    }
}

//! Corrections, and everything downstream of them: notices, withdrawals, changes from one revision to the next.

use crate::claim::PageOf;
use crate::cone::bases;
use crate::decisions::{Decisions, What};
use crate::revisions::{Page, Revision, Told, compare, notices, told};
use crate::time::seconds;
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
        let Some(ledger) = &self.ledger else { return Ok(Vec::new()) };
        let decisions = Decisions::known_by(ledger, i64::MAX)?;
        let mut telling = Telling { ledger, decisions: &decisions, pages: HashMap::new() };
        let since_text = sayso_weigh::show_second(since);
        let mut all = telling.notices(&since_text)?;
        all.extend(telling.withdrawals(since)?);
        all.extend(telling.changes(&since_text)?);
        all.sort_by(|a, b| a.known.cmp(&b.known));
        Ok(all)
    }
}

struct Telling<'a> {
    ledger: &'a Ledger,
    decisions: &'a Decisions,
    /// Documents by key: what is downstream often stands in the same few.
    pages: HashMap<DocumentKey, Document>,
}

impl Telling<'_> {
    /// One correction for each notice of a page, whichever of its revisions bear it.
    fn notices(&mut self, since: &str) -> Result<Vec<Correction>, LedgerError> {
        let mut acts: HashMap<DocumentId, Vec<&Act>> = HashMap::new();
        for (_, act) in &self.decisions.acts {
            if let Some(notice) = act.notice.filter(|_| !self.decisions.undone.contains_key(&act.id)) {
                acts.entry(notice).or_default().push(act);
            }
        }
        let mut found: Vec<(Correction, Vec<StatementId>)> = Vec::new();
        let mut places: HashMap<(String, String), usize> = HashMap::new();
        for (id, known) in self.ledger.documents_with_notices(since)? {
            let Some(document) = self.ledger.document(id)? else { continue };
            let address = document.url.clone().unwrap_or_else(|| id.to_string());
            for words in notices(&document) {
                let at = *places.entry((address.clone(), words.clone())).or_insert(found.len());
                if at == found.len() {
                    let correction = Correction {
                        kind: CorrectionKind::Notice,
                        known: known.clone(),
                        published: None,
                        page: PageOf::of(&document),
                        words: words.clone(),
                        acts: Vec::new(),
                        withdrawn: Vec::new(),
                        suggested: self.suggested(id, &words)?,
                        revision: None,
                        downstream: Vec::new(),
                    };
                    found.push((correction, Vec::new()));
                }
                let (correction, taken_back) = &mut found[at];
                for act in acts.get(&id).into_iter().flatten().filter(|act| act.because == words) {
                    let Subject::Statement(statement) = act.on else { continue };
                    correction.published = correction.published.take().or_else(|| act.published.clone());
                    correction.acts.push(act.id);
                    taken_back.push(statement);
                }
            }
        }
        let mut corrections = Vec::with_capacity(found.len());
        for (mut correction, taken_back) in found {
            for &statement in &taken_back {
                correction.withdrawn.extend(self.told(statement)?.map(|(told, _)| told));
            }
            correction.downstream = self.downstream(&taken_back)?;
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

    fn withdrawals(&mut self, since: i64) -> Result<Vec<Correction>, LedgerError> {
        let mut corrections = Vec::new();
        let is_persons = |act: &Act| act.act == ActKind::Withdraw && act.notice.is_none();
        for (_, act) in &self.decisions.acts {
            let in_force = !self.decisions.undone.contains_key(&act.id);
            let Subject::Statement(statement) = act.on else { continue };
            if !is_persons(act) || !in_force || seconds(&act.at) < since {
                continue;
            }
            let Some((told, page)) = self.told(statement)? else { continue };
            corrections.push(Correction {
                kind: CorrectionKind::Withdrawal,
                known: act.at.clone(),
                published: act.published.clone(),
                page: PageOf::of(page),
                words: act.because.clone(),
                acts: vec![act.id],
                withdrawn: vec![told],
                suggested: Vec::new(),
                revision: None,
                downstream: self.downstream(&[statement])?,
            });
        }
        Ok(corrections)
    }

    fn changes(&mut self, since: &str) -> Result<Vec<Correction>, LedgerError> {
        let mut corrections = Vec::new();
        for address in self.ledger.addresses_revised(since)? {
            let mut revisions: Vec<(DocumentKey, Page)> = Vec::new();
            for (key, id) in self.ledger.revisions(&address)? {
                let Some(document) = self.ledger.document(id)? else { continue };
                revisions.push((key, (document, self.ledger.statements_in(id)?)));
            }
            crate::revisions::in_order(&mut revisions);
            for pair in revisions.windows(2) {
                let [(_, earlier), (_, later)] = pair else { continue };
                let known =
                    self.ledger.readings_of(later.0.id)?.first().map(|reading| reading.read_at.clone());
                let revision = compare(earlier, later);
                let Some(known) = known.filter(|known| known.as_str() >= since && revision.differs()) else {
                    continue;
                };
                let lost: Vec<StatementId> = revision.lost().map(|told| told.statement).collect();
                let kind = match revision.is_silent() {
                    true => CorrectionKind::SilentChange,
                    false => CorrectionKind::Change,
                };
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
                    downstream: self.downstream(&lost)?,
                });
            }
        }
        Ok(corrections)
    }

    /// Every statement that rests on one of these, over any number of hops, with the shortest path.
    fn downstream(&mut self, roots: &[StatementId]) -> Result<Vec<Downstream>, LedgerError> {
        let mut parents: HashMap<StatementId, Option<StatementId>> = HashMap::new();
        let mut reached: Vec<(StatementId, ClaimKey)> = Vec::new();
        let mut seen: HashSet<NodeKey> = HashSet::new();
        let mut waiting: VecDeque<(NodeKey, StatementId)> = VecDeque::new();
        for &root in roots {
            parents.insert(root, None);
            waiting.extend(self.ledger.nodes_of(root)?.into_iter().map(|node| (node, root)));
        }
        while let Some((below, from)) = waiting.pop_front() {
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
        let mut downstream = Vec::with_capacity(reached.len());
        for (statement, claim) in reached {
            downstream.extend(self.reached(statement, claim, &parents)?);
        }
        Ok(downstream)
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

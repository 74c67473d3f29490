//! What the acts in the log come to at a time: which are in force, which claims and sources are one, which statements
//! were given to others.

use crate::name::source_name;
use crate::time::AsOf;
use sayso_ledger::{
    ActKey, ClaimKey, Ledger, LedgerError, Link, LinkedSource, LinkedSourceKey, Place, StoredSuggestion,
};
use sayso_link::SURE_OF_CLAIM;
use sayso_record::{Act, ActId, ActKind, ClaimId, StatementId, Subject, SuggestionId};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// The acts in force, and what they decide.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decisions {
    /// Every act known by the time, undone ones too, in the order of the log.
    pub(crate) acts: Vec<(ActKey, Act)>,
    /// Acts that were undone, with the act that undid each.
    pub(crate) undone: HashMap<ActId, ActId>,
    by_subject: HashMap<Subject, Vec<usize>>,
    /// Whether any act in force is on a document, and whether any is on a claim; on most ledgers, none is.
    pub(crate) any_on_documents: bool,
    pub(crate) any_on_claims: bool,
    /// Undercuts by the statement that undercuts.
    undercutting: HashMap<StatementId, Vec<StatementId>>,
    /// Acts that a statement is undercut by another, or no longer is, by the statement that is undercut.
    undercuts: HashMap<StatementId, Vec<UndercutAct>>,
    claim_into: HashMap<ClaimKey, ClaimKey>,
    statement_claim: HashMap<StatementId, ClaimKey>,
    source_into: HashMap<LinkedSourceKey, LinkedSourceKey>,
    /// The sources that became part of one directly.
    source_from: HashMap<LinkedSourceKey, Vec<LinkedSourceKey>>,
    link_source: HashMap<Place, LinkedSourceKey>,
    /// For whom a person has said that a source speaks (true) or does not (false); the last word counts.
    affiliated: Vec<(LinkedSourceKey, LinkedSourceKey, bool)>,
    pub(crate) confirmed: HashSet<SuggestionId>,
    pub(crate) rejected: HashSet<SuggestionId>,
    /// Statements that make the claim to which they were linked, as a person has confirmed.
    same_claim: HashSet<StatementId>,
    /// The statements that notices take back as a person has confirmed, by the suggestion.
    pub(crate) taken_back: HashMap<SuggestionId, StatementId>,
    /// Questions that are kept, in the order of the log.
    pub(crate) kept: Vec<KeptBy>,
    /// Statements that nobody made: the reader took them for statements.
    pub(crate) misread: HashSet<StatementId>,
}

/// Says that a statement undercuts another, or that it no longer does.
#[derive(Clone, Copy, Debug)]
struct UndercutAct {
    /// Its place among the acts.
    act: usize,
    /// The statement that undercuts.
    by: StatementId,
    in_force: bool,
}

/// A question that is kept, and the act that keeps it.
#[derive(Clone, Debug)]
pub(crate) struct KeptBy {
    pub(crate) key: ActKey,
    pub(crate) id: ActId,
    pub(crate) words: String,
}

/// What a suggestion says, as the linker wrote it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub(crate) enum What {
    /// No longer to believe a source.
    Distrust { source: String, statements: Vec<StatementId> },
    /// That words were taken from elsewhere.
    Origin { of: At, original: At },
    /// That a mention stands for a source.
    SameSource { link: At, written: String, source: String },
    /// That a statement makes a claim.
    SameClaim { statement: StatementId, claim: u32 },
    /// That a statement undercuts another.
    Undercut { by: StatementId, undercuts: StatementId },
    /// That a notice takes a statement back. Last, since others have a statement too.
    Withdrawal { statement: StatementId },
}

/// A place in a chain, as written in a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) struct At {
    pub(crate) statement: StatementId,
    pub(crate) step: u8,
}

impl From<At> for Place {
    fn from(at: At) -> Place {
        Place { statement: at.statement, step: at.step }
    }
}

impl What {
    pub(crate) fn of(suggestion: &StoredSuggestion) -> Option<What> {
        serde_json::from_value(suggestion.what.clone()).ok()
    }
}

impl Decisions {
    /// What the acts known by a time come to.
    pub(crate) fn known_by(ledger: &Ledger, known_by: i64) -> Result<Decisions, LedgerError> {
        let mut acts = ledger.acts(None)?;
        acts.retain(|(_, act)| crate::time::seconds(&act.at) <= known_by);
        let mut decisions = Decisions::default();
        // Later acts first: an undo that was itself undone undoes nothing.
        for (_, act) in acts.iter().rev() {
            if let (ActKind::Undo, Subject::Act(target)) = (act.act, &act.on)
                && !decisions.undone.contains_key(&act.id)
            {
                decisions.undone.insert(*target, act.id);
            }
        }
        decisions.acts = acts;
        for at in 0..decisions.acts.len() {
            let act = decisions.acts[at].1.clone();
            if !decisions.undone.contains_key(&act.id) {
                decisions.take(ledger, at, &act)?;
            }
        }
        Ok(decisions)
    }

    /// Takes up the acts that were added since; these are those of everything known by now.
    pub(crate) fn catch_up(&mut self, ledger: &Ledger) -> Result<(), LedgerError> {
        let last = self.acts.last().map(|(key, _)| *key);
        let new = ledger.acts(last)?;
        // A notice on a page that was taken down is told without its words from then on.
        if new.iter().any(|(_, act)| matches!(act.act, ActKind::Undo | ActKind::TakeDown)) {
            *self = Decisions::known_by(ledger, i64::MAX)?;
            return Ok(());
        }
        for (key, act) in new {
            self.acts.push((key, act.clone()));
            self.take(ledger, self.acts.len() - 1, &act)?;
        }
        Ok(())
    }

    fn take(&mut self, ledger: &Ledger, at: usize, act: &Act) -> Result<(), LedgerError> {
        self.by_subject.entry(act.on.clone()).or_default().push(at);
        self.any_on_documents |= matches!(act.on, Subject::Document(_));
        self.any_on_claims |= matches!(act.on, Subject::Claim(_));
        match (act.act, &act.on, &act.with) {
            (
                ActKind::Undercut | ActKind::Restore,
                Subject::Statement(target),
                Some(Subject::Statement(by)),
            ) => {
                self.undercut(at, *target, *by, act.act == ActKind::Undercut);
            }
            (ActKind::Merge, Subject::Claim(into), Some(Subject::Claim(from))) => {
                let found = (ledger.claim_by_id(*into)?, ledger.claim_by_id(*from)?);
                if let (Some(into), Some(from)) = found {
                    let (into, from) = (self.claim(into.key), self.claim(from.key));
                    if into != from {
                        self.claim_into.insert(from, into);
                    }
                }
            }
            (ActKind::Merge, Subject::Source(into), Some(Subject::Source(from))) => {
                let found = (ledger.linked_source_named(into)?, ledger.linked_source_named(from)?);
                if let (Some(into), Some(from)) = found {
                    let (into, from) = (self.source(into.key), self.source(from.key));
                    if into != from {
                        self.source_into.insert(from, into);
                        self.source_from.entry(into).or_default().push(from);
                    }
                }
            }
            (
                ActKind::Affiliate | ActKind::Disaffiliate,
                Subject::Source(source),
                Some(Subject::Source(organisation)),
            ) => {
                let found = (ledger.linked_source_named(source)?, ledger.linked_source_named(organisation)?);
                if let (Some(source), Some(organisation)) = found {
                    let speaks = act.act == ActKind::Affiliate;
                    self.affiliated.push((source.key, organisation.key, speaks));
                }
            }
            (ActKind::Split, Subject::Statement(statement), None) => self.own_claim(ledger, *statement)?,
            (ActKind::Split, Subject::Statement(statement), Some(Subject::Source(name))) => {
                if let Some(source) = ledger.linked_source_named(name)? {
                    self.link_source.insert(Place { statement: *statement, step: 0 }, source.key);
                }
            }
            (ActKind::Confirm, Subject::Suggestion(id), _) => {
                self.confirmed.insert(*id);
                let suggestion = ledger.suggestions_starting(&id.to_string(), 1)?.pop();
                match suggestion.as_ref().and_then(What::of) {
                    // To confirm that a source is not to be trusted is to discredit it.
                    Some(What::Distrust { source, .. }) => {
                        self.by_subject.entry(Subject::Source(source)).or_default().push(at);
                    }
                    // To confirm that a notice speaks of a statement is to take it back.
                    Some(What::Withdrawal { statement }) => {
                        self.taken_back.insert(*id, statement);
                        self.by_subject.entry(Subject::Statement(statement)).or_default().push(at);
                    }
                    Some(What::Undercut { by, undercuts }) => self.undercut(at, undercuts, by, true),
                    Some(What::SameClaim { statement, .. }) => {
                        self.same_claim.insert(statement);
                    }
                    _ => {}
                }
            }
            (ActKind::Keep, Subject::Question(words), _) => {
                self.kept.push(KeptBy { key: self.acts[at].0, id: act.id, words: words.clone() });
            }
            (ActKind::Confirm, Subject::Statement(id), _) => {
                self.misread.remove(id);
            }
            (ActKind::Reject, Subject::Statement(id), _) => {
                self.misread.insert(*id);
            }
            (ActKind::Reject, Subject::Suggestion(id), _) => {
                self.rejected.insert(*id);
                self.reject(ledger, *id)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn undercut(&mut self, act: usize, target: StatementId, by: StatementId, in_force: bool) {
        self.undercuts.entry(target).or_default().push(UndercutAct { act, by, in_force });
        if in_force {
            self.undercutting.entry(by).or_default().push(target);
        }
    }

    fn own_claim(&mut self, ledger: &Ledger, statement: StatementId) -> Result<(), LedgerError> {
        if let Some(claim) = ledger.claim_by_id(ClaimId::founded_by(statement))? {
            self.statement_claim.insert(statement, claim.key);
        }
        Ok(())
    }

    fn reject(&mut self, ledger: &Ledger, id: SuggestionId) -> Result<(), LedgerError> {
        let suggestion = ledger.suggestions_starting(&id.to_string(), 1)?.pop();
        match suggestion.as_ref().and_then(What::of) {
            Some(What::SameClaim { statement, .. }) => self.own_claim(ledger, statement)?,
            Some(What::SameSource { link, written, .. }) => {
                if let Some(source) = ledger.linked_source_named(&source_name(&written, false).name)? {
                    self.link_source.insert(link.into(), source.key);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The acts in force on a subject, in the order of the log.
    pub(crate) fn on(&self, subject: &Subject) -> impl DoubleEndedIterator<Item = &(ActKey, Act)> {
        self.by_subject.get(subject).into_iter().flatten().map(|&at| &self.acts[at])
    }

    /// The acts, in the order of the log, that a statement is undercut by another or no longer is: the one that
    /// undercuts, and whether it does.
    pub(crate) fn undercuts_on(
        &self,
        statement: StatementId,
    ) -> impl Iterator<Item = (&Act, StatementId, bool)> {
        let acts = self.undercuts.get(&statement).into_iter().flatten();
        acts.map(|one| (&self.acts[one.act].1, one.by, one.in_force))
    }

    /// Whether no statement undercuts any.
    pub(crate) fn none_undercuts(&self) -> bool {
        self.undercutting.is_empty()
    }

    /// The statements that a statement undercuts.
    pub(crate) fn undercut_by(&self, statement: StatementId) -> &[StatementId] {
        self.undercutting.get(&statement).map_or(&[], Vec::as_slice)
    }

    /// The claim that a claim has become part of.
    pub(crate) fn claim(&self, mut claim: ClaimKey) -> ClaimKey {
        while let Some(&into) = self.claim_into.get(&claim) {
            claim = into;
        }
        claim
    }

    /// The claims that have become part of a claim, itself first.
    pub(crate) fn parts(&self, claim: ClaimKey) -> Vec<ClaimKey> {
        let from = self.claim_into.keys().copied().filter(|&from| self.claim(from) == claim);
        let mut parts: Vec<ClaimKey> = from.collect();
        parts.sort_unstable();
        parts.insert(0, claim);
        parts
    }

    /// The statements that a person has given to a claim of their own, where that is now part of `claim`.
    pub(crate) fn given_to(&self, claim: ClaimKey) -> Vec<StatementId> {
        let given = self.statement_claim.iter().filter(|(_, own)| self.claim(**own) == claim);
        let mut given: Vec<StatementId> = given.map(|(statement, _)| *statement).collect();
        given.sort_unstable();
        given
    }

    /// The claim that a link speaks of, after all splits and merges.
    pub(crate) fn claim_of(&self, link: &Link) -> ClaimKey {
        self.claim_of_statement(link.place.statement, link.claim)
    }

    /// The claim that a statement speaks of, where it was linked to this one.
    pub(crate) fn claim_of_statement(&self, statement: StatementId, linked: ClaimKey) -> ClaimKey {
        self.claim(self.statement_claim.get(&statement).copied().unwrap_or(linked))
    }

    /// Whether it is only possible that a link speaks of its claim: the linker was not sure, and nobody has decided it.
    pub(crate) fn is_possible(&self, link: &Link) -> bool {
        link.confidence < SURE_OF_CLAIM && !self.is_decided(link)
    }

    /// Whether a person has said which claim the statement of a link makes.
    pub(crate) fn is_decided(&self, link: &Link) -> bool {
        let statement = link.place.statement;
        self.same_claim.contains(&statement) || self.statement_claim.contains_key(&statement)
    }

    /// The source that a source has become part of.
    pub(crate) fn source(&self, mut source: LinkedSourceKey) -> LinkedSourceKey {
        while let Some(&into) = self.source_into.get(&source) {
            source = into;
        }
        source
    }

    /// The sources that have become part of a source, itself first.
    pub(crate) fn source_parts(&self, source: LinkedSourceKey) -> Vec<LinkedSourceKey> {
        let mut parts = vec![source];
        let mut at = 0;
        while let Some(part) = parts.get(at) {
            parts.extend(self.source_from.get(part).into_iter().flatten().copied().collect::<Vec<_>>());
            at += 1;
        }
        parts[1..].sort_unstable();
        parts
    }

    /// Whether a person has said that a source speaks for an organisation, or that it does not; the last word counts.
    fn is_affiliated(&self, source: LinkedSourceKey, organisation: LinkedSourceKey) -> Option<bool> {
        let is_one = |a: LinkedSourceKey, b: LinkedSourceKey| self.source(a) == b;
        let mut decided = self.affiliated.iter().rev();
        decided
            .find(|(who, whom, _)| is_one(*who, source) && is_one(*whom, organisation))
            .map(|(_, _, speaks)| *speaks)
    }

    /// For whom a source speaks, itself and all that have become part of it, by what pages said by a time and by what
    /// people decided. Organisations that have become one are one.
    pub(crate) fn organisations_of(
        &self,
        ledger: &Ledger,
        source: LinkedSourceKey,
        as_of: AsOf,
    ) -> Result<Vec<LinkedSourceKey>, LedgerError> {
        let mut organisations = Vec::new();
        for part in self.source_parts(source) {
            let by_pages = ledger.affiliations_of(part, as_of.known_by, as_of.published_by)?;
            organisations.extend(by_pages.into_iter().map(|one| self.source(one.other)));
        }
        let decided =
            self.affiliated.iter().filter(|(who, _, speaks)| *speaks && self.source(*who) == source);
        organisations.extend(decided.map(|(_, whom, _)| self.source(*whom)));
        organisations.sort_unstable();
        organisations.dedup();
        organisations.retain(|&one| one != source && self.is_affiliated(source, one).unwrap_or(true));
        Ok(organisations)
    }

    /// For whom a source does not speak, whatever pages say, as a person decided.
    pub(crate) fn no_organisations_of(&self, source: LinkedSourceKey) -> Vec<LinkedSourceKey> {
        let decided = self.affiliated.iter().filter(|(who, _, _)| self.source(*who) == source);
        let organisations = decided.map(|(_, whom, _)| self.source(*whom));
        organisations.filter(|&one| self.is_affiliated(source, one) == Some(false)).collect()
    }

    /// Who speaks for an organisation, by what pages said by a time and by what people decided.
    pub(crate) fn who_speaks_for(
        &self,
        ledger: &Ledger,
        organisation: LinkedSourceKey,
        as_of: AsOf,
    ) -> Result<Vec<LinkedSourceKey>, LedgerError> {
        let mut who = Vec::new();
        for part in self.source_parts(organisation) {
            let by_pages = ledger.speaking_for(part, as_of.known_by, as_of.published_by)?;
            who.extend(by_pages.into_iter().map(|one| self.source(one.other)));
        }
        let decided =
            self.affiliated.iter().filter(|(_, whom, speaks)| *speaks && self.source(*whom) == organisation);
        who.extend(decided.map(|(who, _, _)| self.source(*who)));
        who.sort_unstable();
        who.dedup();
        who.retain(|&one| one != organisation && self.is_affiliated(one, organisation).unwrap_or(true));
        Ok(who)
    }

    /// The acts in force on a source, each with what it comes to: a source is believed no more where it is discredited
    /// itself, under any of its names, or an organisation for which it speaks; and again when the last of these is lifted.
    pub(crate) fn acts_on_source(
        &self,
        ledger: &Ledger,
        source: &LinkedSource,
        organisations: &[LinkedSource],
    ) -> Result<Vec<(&Act, bool)>, LedgerError> {
        let mut acts: Vec<(usize, &Act)> = Vec::new();
        if self.acts.is_empty() {
            return Ok(Vec::new());
        }
        for (group, one) in std::iter::once(source).chain(organisations).enumerate() {
            for part in self.source_parts(one.key) {
                // Most sources are no part of another.
                let other = if part == one.key { None } else { ledger.linked_source(part)? };
                let name = other.map_or_else(|| one.name.clone(), |other| other.name);
                acts.extend(self.on(&Subject::Source(name)).map(|(_, act)| (group, act)));
            }
        }
        if acts.is_empty() {
            return Ok(Vec::new());
        }
        acts.retain(|(_, act)| match act.act {
            ActKind::Discredit | ActKind::Confirm => true,
            ActKind::Restore => act.with.is_none(),
            _ => false,
        });
        let published = |act: &Act| crate::time::seconds(act.published.as_deref().unwrap_or(&act.at));
        acts.sort_by_key(|(_, act)| published(act));
        let mut discredited = vec![false; organisations.len() + 1];
        let mut come_to = Vec::with_capacity(acts.len());
        for (group, act) in acts {
            discredited[group] = act.act != ActKind::Restore;
            come_to.push((act, discredited.contains(&true)));
        }
        Ok(come_to)
    }

    /// The statements that a person has given to a source.
    pub(crate) fn given_to_source(&self, source: LinkedSourceKey) -> Vec<Place> {
        let given = self.link_source.iter().filter(|(_, own)| self.source(**own) == source);
        let mut given: Vec<Place> = given.map(|(place, _)| *place).collect();
        given.sort_unstable();
        given
    }

    /// Every statement in whose chain a source speaks, under all the names that it goes by.
    pub(crate) fn said_by(&self, ledger: &Ledger, name: &str) -> Result<Vec<StatementId>, LedgerError> {
        let Some(source) = ledger.linked_source_named(name)? else { return Ok(Vec::new()) };
        self.said_by_source(ledger, self.source(source.key))
    }

    /// The same, and those in which somebody speaks for it.
    pub(crate) fn said_by_or_for(
        &self,
        ledger: &Ledger,
        name: &str,
    ) -> Result<Vec<StatementId>, LedgerError> {
        let Some(source) = ledger.linked_source_named(name)? else { return Ok(Vec::new()) };
        let source = self.source(source.key);
        let mut statements = self.said_by_source(ledger, source)?;
        for one in self.who_speaks_for(ledger, source, AsOf::NOW)? {
            statements.extend(self.said_by_source(ledger, one)?);
        }
        Ok(statements)
    }

    pub(crate) fn said_by_source(
        &self,
        ledger: &Ledger,
        source: LinkedSourceKey,
    ) -> Result<Vec<StatementId>, LedgerError> {
        let mut statements = Vec::new();
        for part in self.source_parts(source) {
            statements.extend(ledger.statements_spoken_by(part)?);
        }
        statements.extend(self.given_to_source(source).iter().map(|place| place.statement));
        Ok(statements)
    }

    /// Who speaks in a link, after all splits and merges.
    pub(crate) fn source_of(&self, link: &Link) -> LinkedSourceKey {
        self.source(self.link_source.get(&link.place).copied().unwrap_or(link.source))
    }
}

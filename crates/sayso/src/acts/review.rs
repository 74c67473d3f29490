//! The queue of what a person should decide: suggestions, flagged statements, statements read with little confidence.

use crate::intake::revisions::{Told, told};
use crate::parts::{ListPart, ListPlace};
use crate::questions::claim::PageOf;
use crate::time::AsOf;
use crate::weighing::decisions::{Decisions, What};
use crate::{Desk, LedgerError};
use sayso_ledger::{ClaimKey, Ledger, NodeKey, StatementKey, StoredSuggestion};
use sayso_record::{ActKind, StatementId, Subject, SuggestionId};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// Statements that were read with less confidence than this are put before a person.
const SURE_OF_READING: f64 = 0.5;
/// So many matters are weighed at most, the gravest kinds and the newest first: what is left over waits its turn.
const WEIGHED: usize = 2_000;
/// So many matters are looked at for one part of the queue, where most of them were decided.
const EXAMINED: usize = 5_000;
/// So many are taken up together.
const AT_ONCE: usize = 64;
/// A walk upwards ends after so many places, and a source's words are followed from so many statements at most: more
/// hangs on it than anybody would count.
const PLACES: usize = 500;
/// The same where the answer is waited for.
const PLACES_SOON: usize = 50;
const STATEMENTS: usize = 200;

/// What sort of thing is to be decided. In this order where equally much hangs on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MatterKind {
    /// Whether a source should still be believed.
    Distrust,
    /// Whether a notice takes words of its page back.
    Withdrawal,
    /// Whether words take another's away.
    Undercut,
    /// Somebody asked for a statement to be looked at.
    Flagged,
    /// Whether words were taken from another page.
    Origin,
    /// Whether two names are one source.
    SameSource,
    /// Whether a statement makes a claim.
    SameClaim,
    /// Whether a statement was read rightly.
    LowConfidence,
}

/// Something to be decided.
#[derive(Clone, Debug, Serialize)]
pub struct Matter {
    /// What an act would be about: [`ActKind::Confirm`] says yes to the question, [`ActKind::Reject`] no.
    pub on: Subject,
    /// Which sort.
    pub kind: MatterKind,
    /// The question, to be answered with yes or no.
    pub question: String,
    /// The words that made us ask.
    pub because: String,
    /// How sure the machine is that the answer is yes, 0 to 1.
    pub confidence: f32,
    /// How many claims hang on it.
    pub hangs: usize,
    /// Whether there may be more than were counted.
    pub hangs_at_least: bool,
    /// The statements that it is about, the one in question first, each with its page.
    pub statements: Vec<(Told, PageOf)>,
}

/// The queue.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Queue {
    /// What is to be decided, the most consequential first.
    pub matters: Vec<Matter>,
    /// How many more wait, which were not weighed.
    pub left_over: usize,
}

/// The sorts, the gravest first, each with the word by which its suggestions are stored, where it has any.
const KINDS: [(MatterKind, Option<&str>); 8] = [
    (MatterKind::Distrust, Some("distrust")),
    (MatterKind::Withdrawal, Some("withdrawal")),
    (MatterKind::Undercut, Some("undercut")),
    (MatterKind::Flagged, None),
    (MatterKind::Origin, Some("origin")),
    (MatterKind::SameSource, Some("same_source")),
    (MatterKind::SameClaim, Some("same_claim")),
    (MatterKind::LowConfidence, None),
];

impl Desk {
    /// What a person should decide, the most consequential first: that on which most claims hang. What was decided
    /// never comes back, unless the decision is undone; and what the machine doubts by itself, and on which no claim hangs,
    /// is not asked.
    pub fn review(&self, kinds: &[MatterKind]) -> Result<Queue, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(AsOf::NOW)?) else {
            return Ok(Queue::default());
        };
        let asking = Asking { ledger, decisions: &decisions, places: PLACES };
        let mut queue = Queue::default();
        for (rank, (kind, _)) in KINDS.into_iter().enumerate() {
            if !kinds.is_empty() && !kinds.contains(&kind) {
                continue;
            }
            for (_, candidate) in asking.candidates(rank, None, usize::MAX)? {
                if asking.is_decided(&candidate) {
                    continue;
                }
                match queue.matters.len() < WEIGHED {
                    true => queue.matters.extend(asking.matter_of(kind, candidate)?),
                    false => queue.left_over += 1,
                }
            }
        }
        queue.matters.sort_by_key(|matter| (std::cmp::Reverse(matter.hangs), matter.kind));
        Ok(queue)
    }

    /// A part of what a person should decide: `count` matters at most, from a place on. The gravest sort comes first, and
    /// of one sort the newest; only within the part come those first on which most claims hang, of which fewer are
    /// counted, so that the part comes soon however much waits.
    pub fn review_part(
        &self,
        kinds: &[MatterKind],
        after: Option<ListPlace<3>>,
        count: usize,
    ) -> Result<ListPart<Matter, 3>, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(AsOf::NOW)?) else {
            return Ok(ListPart::default());
        };
        let asking = Asking { ledger, decisions: &decisions, places: PLACES_SOON };
        let mut part = asking.part(kinds, after, count)?;
        part.lines.sort_by_key(|matter| std::cmp::Reverse(matter.hangs));
        Ok(part)
    }
}

impl Desk {
    /// The question that a suggestion asks, with the words that it is about; nothing where there is no such suggestion.
    pub(crate) fn asked_by(&self, id: SuggestionId) -> Result<Option<Matter>, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(AsOf::NOW)?) else {
            return Ok(None);
        };
        let Some(stored) = ledger.suggestions_starting(&id.to_string(), 1)?.pop() else { return Ok(None) };
        let asking = Asking { ledger, decisions: &decisions, places: 1 };
        // Of what sort it is does not matter to its words.
        asking.suggestion(MatterKind::Distrust, &stored)
    }
}

/// What may have to be decided.
enum Candidate {
    Suggestion(Box<StoredSuggestion>),
    Statement(StatementId, String),
}

struct Asking<'a> {
    ledger: &'a Ledger,
    decisions: &'a Decisions,
    /// A walk upwards ends after so many places.
    places: usize,
}

impl Asking<'_> {
    fn part(
        &self,
        kinds: &[MatterKind],
        after: Option<ListPlace<3>>,
        count: usize,
    ) -> Result<ListPart<Matter, 3>, LedgerError> {
        let mut part = ListPart { lines: Vec::new(), next: after };
        let ListPlace([first, ..]) = after.unwrap_or(ListPlace([0; 3]));
        let mut left = EXAMINED;
        for (rank, (kind, _)) in KINDS.into_iter().enumerate().skip(usize::try_from(first).unwrap_or(0)) {
            if !kinds.is_empty() && !kinds.contains(&kind) {
                continue;
            }
            let mut from = after.filter(|place| place.0[0] == rank as i64);
            while left > 0 {
                let candidates = self.candidates(rank, from, AT_ONCE.min(left))?;
                let Some(&(last, _)) = candidates.last() else { break };
                left -= candidates.len();
                from = Some(last);
                for (place, candidate) in candidates {
                    let is_decided = self.is_decided(&candidate);
                    let matter = if is_decided { None } else { self.matter_of(kind, candidate)? };
                    if matter.is_some() && part.lines.len() == count {
                        return Ok(part);
                    }
                    part.next = Some(place);
                    part.lines.extend(matter);
                }
            }
        }
        if left > 0 {
            part.next = None;
        }
        Ok(part)
    }

    /// What may have to be decided of a sort, in its order, from a place on; each with the place after it.
    fn candidates(
        &self,
        rank: usize,
        after: Option<ListPlace<3>>,
        limit: usize,
    ) -> Result<Vec<(ListPlace<3>, Candidate)>, LedgerError> {
        let place = |one: i64, other: i64| ListPlace([rank as i64, one, other]);
        let most = u32::try_from(limit).unwrap_or(u32::MAX);
        match KINDS[rank] {
            (_, Some(word)) => {
                let stored = self.ledger.suggestions_before(word, after.map(|place| place.0[1]), most)?;
                let candidate =
                    |(key, suggestion)| (place(key, 0), Candidate::Suggestion(Box::new(suggestion)));
                Ok(stored.into_iter().map(candidate).collect())
            }
            (MatterKind::Flagged, None) => {
                let flagged = self.flagged().into_iter();
                let rest = flagged.filter(|(at, ..)| after.is_none_or(|place| *at as i64 > place.0[1]));
                let candidate = |(at, statement, because): (usize, _, _)| {
                    (place(at as i64, 0), Candidate::Statement(statement, because))
                };
                Ok(rest.take(limit).map(candidate).collect())
            }
            (_, None) => {
                // Confidences are not negative, so that their bits are in the order of the numbers.
                let after = after.map(|ListPlace([_, confidence, key])| {
                    (f64::from_bits(confidence as u64), StatementKey::from_number(key as u64))
                });
                let unsure = self.ledger.statements_unsure_after(SURE_OF_READING, after, most)?;
                let candidate = |((confidence, key), statement): ((f64, StatementKey), _)| {
                    let place = place(confidence.to_bits() as i64, key.number() as i64);
                    (place, Candidate::Statement(statement, String::new()))
                };
                Ok(unsure.into_iter().map(candidate).collect())
            }
        }
    }

    fn is_decided(&self, candidate: &Candidate) -> bool {
        match candidate {
            Candidate::Suggestion(one) => {
                self.decisions.confirmed.contains(&one.id) || self.decisions.rejected.contains(&one.id)
            }
            // What was flagged is put before a person as such.
            Candidate::Statement(statement, because) => {
                because.is_empty()
                    && self
                        .decisions
                        .on(&Subject::Statement(*statement))
                        .any(|(_, act)| matches!(act.act, ActKind::Confirm | ActKind::Reject | ActKind::Flag))
            }
        }
    }

    fn matter_of(&self, kind: MatterKind, candidate: Candidate) -> Result<Option<Matter>, LedgerError> {
        let matter = match candidate {
            Candidate::Suggestion(suggestion) => self.suggestion(kind, &suggestion)?,
            Candidate::Statement(statement, because) => self.statement(kind, statement, because)?,
        };
        // What a notice or a person asks is put before a person in any case.
        let has_weight = |matter: &Matter| matter.hangs > 0 || kind <= MatterKind::Flagged;
        Ok(matter.filter(has_weight))
    }

    /// The statements that were flagged, and that nobody has looked at since, each with the number of the act and the
    /// reason.
    fn flagged(&self) -> Vec<(usize, StatementId, String)> {
        let mut flagged: HashMap<StatementId, (usize, String)> = HashMap::new();
        for (number, (_, act)) in self.decisions.acts.iter().enumerate() {
            if self.decisions.undone.contains_key(&act.id) {
                continue;
            }
            let Subject::Statement(statement) = act.on else { continue };
            match act.act {
                ActKind::Flag => {
                    flagged.insert(statement, (number, format!("{}: {}", act.by, act.because)));
                }
                ActKind::Confirm | ActKind::Reject | ActKind::Withdraw | ActKind::Split => {
                    flagged.remove(&statement);
                }
                _ => {}
            }
        }
        let mut flagged: Vec<_> =
            flagged.into_iter().map(|(statement, (number, why))| (number, statement, why)).collect();
        flagged.sort_unstable();
        flagged
    }

    fn suggestion(
        &self,
        kind: MatterKind,
        suggestion: &StoredSuggestion,
    ) -> Result<Option<Matter>, LedgerError> {
        let Some(what) = What::of(suggestion) else { return Ok(None) };
        let (question, about, shown) = match what {
            What::Distrust { source, statements } => {
                let question = format!("Is {source} no longer to be believed?");
                let mut about = self.said_lately_by(&source)?;
                about.extend(
                    statements.iter().filter(|one| !about.contains(one)).copied().collect::<Vec<_>>(),
                );
                (question, about, statements)
            }
            What::Origin { of, original } => {
                let question = "Were these words taken from the other page?".to_owned();
                (question, vec![of.statement], vec![of.statement, original.statement])
            }
            What::SameSource { link, written, source } => {
                let question = format!("Is {written} here {source}?");
                (question, vec![link.statement], vec![link.statement])
            }
            What::SameClaim { statement, claim } => {
                let claim = self.ledger.claim(ClaimKey::from_number(claim))?;
                let words = claim.map(|claim| claim.words).unwrap_or_default();
                (format!("Does this say the same as \"{words}\"?"), vec![statement], vec![statement])
            }
            What::Withdrawal { statement } => {
                let question = "Is this taken back by these words?".to_owned();
                (question, vec![statement], vec![statement])
            }
            What::Undercut { by, undercuts } => {
                let question = "Does this fall for as long as the other stands?".to_owned();
                (question, vec![undercuts], vec![undercuts, by])
            }
        };
        // What an older linking suggested, and the present one does not, is no matter any more.
        if kind != MatterKind::Distrust && self.ledger.links_of_statement(about[0], i64::MAX)?.is_empty() {
            return Ok(None);
        }
        let on = Subject::Suggestion(suggestion.id);
        self.matter(on, kind, question, suggestion.because.clone(), suggestion.confidence, about, shown)
    }

    /// Statements in whose chain a source speaks: one more than are followed, where there are so many.
    fn said_lately_by(&self, name: &str) -> Result<Vec<StatementId>, LedgerError> {
        let Some(source) = self.ledger.linked_source_named(name)? else { return Ok(Vec::new()) };
        let source = self.decisions.source(source.key);
        let mut statements = Vec::new();
        for part in self.decisions.source_parts(source) {
            // A source is rarely more than twice in one chain.
            statements.extend(self.ledger.statements_spoken_lately_by(part, STATEMENTS as u32 * 2 + 2)?);
        }
        statements.extend(self.decisions.given_to_source(source).iter().map(|place| place.statement));
        Ok(statements)
    }

    fn statement(
        &self,
        kind: MatterKind,
        statement: StatementId,
        because: String,
    ) -> Result<Option<Matter>, LedgerError> {
        let Some(found) = self.ledger.statement(statement)? else { return Ok(None) };
        let on = Subject::Statement(statement);
        let name = if found.source.name.is_empty() { "this source".to_owned() } else { found.source.name };
        let question = format!("Does {name} say this here?");
        self.matter(on, kind, question, because, found.confidence, vec![statement], vec![statement])
    }

    #[expect(clippy::too_many_arguments, reason = "a matter has these parts, and each kind gives others")]
    fn matter(
        &self,
        on: Subject,
        kind: MatterKind,
        question: String,
        because: String,
        confidence: f32,
        about: Vec<StatementId>,
        shown: Vec<StatementId>,
    ) -> Result<Option<Matter>, LedgerError> {
        let (hangs, hangs_at_least) = self.hangs(&about)?;
        let mut statements = Vec::new();
        for id in shown {
            let Some(statement) = self.ledger.statement(id)? else { continue };
            let Some(document) = self.ledger.document(statement.document)? else { continue };
            statements.push((told(&document, &statement), PageOf::of(&document)));
        }
        Ok(Some(Matter { on, kind, question, because, confidence, hangs, hangs_at_least, statements }))
    }

    /// How many claims rest on these statements, over any number of hops, and whether there may be more.
    fn hangs(&self, about: &[StatementId]) -> Result<(usize, bool), LedgerError> {
        let mut claims: HashSet<ClaimKey> = HashSet::new();
        let mut seen: HashSet<NodeKey> = HashSet::new();
        let mut waiting: Vec<NodeKey> = Vec::new();
        for &statement in about.iter().take(STATEMENTS) {
            waiting.extend(self.ledger.nodes_of(statement)?);
        }
        while let Some(node) = waiting.pop() {
            if seen.len() >= self.places {
                return Ok((claims.len(), true));
            }
            if seen.insert(node) {
                for (statement, claim) in self.ledger.claims_of_node(node)? {
                    claims.insert(self.decisions.claim_of_statement(statement, claim));
                }
                waiting.extend(self.ledger.nodes_resting_on(node)?);
            }
        }
        Ok((claims.len(), about.len() > STATEMENTS))
    }
}

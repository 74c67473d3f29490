//! The queue of what a person should decide: suggestions, flagged statements, statements read with little confidence.

use crate::acts::said_by;
use crate::claim::PageOf;
use crate::decisions::{Decisions, What};
use crate::revisions::{Told, told};
use crate::{Desk, LedgerError};
use sayso_ledger::{ClaimKey, Ledger, NodeKey, StoredSuggestion};
use sayso_record::{ActKind, StatementId, Subject};
use serde::Serialize;
use std::collections::HashSet;

/// Statements that were read with less confidence than this are put before a person.
const SURE_OF_READING: f64 = 0.5;
/// So many matters are weighed at most, the gravest kinds and the newest first: what is left over waits its turn.
const WEIGHED: usize = 2_000;
/// A walk upwards ends after so many places, and a source's words are followed from so many statements at most: more
/// hangs on it than anybody would count.
const PLACES: usize = 500;
const STATEMENTS: usize = 200;

/// What sort of thing is to be decided. In this order where equally much hangs on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MatterKind {
    /// Whether a source should still be believed.
    Distrust,
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

impl Desk {
    /// What a person should decide, the most consequential first: that on which most claims hang. What was decided
    /// never comes back, unless the decision is undone.
    pub fn review(&self, kinds: &[MatterKind]) -> Result<Queue, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(Queue::default()) };
        let decisions = Decisions::known_by(ledger, i64::MAX)?;
        let asking = Asking { ledger, decisions: &decisions };
        let wanted = |kind: MatterKind| kinds.is_empty() || kinds.contains(&kind);
        let mut queue = Queue::default();
        let mut add = |matter: Result<Option<Matter>, LedgerError>| -> Result<bool, LedgerError> {
            queue.matters.extend(matter?);
            Ok(queue.matters.len() < WEIGHED)
        };
        let mut waiting: usize = 0;
        for (kind, word) in [
            (MatterKind::Distrust, "distrust"),
            (MatterKind::Flagged, ""),
            (MatterKind::Origin, "origin"),
            (MatterKind::SameSource, "same_source"),
            (MatterKind::SameClaim, "same_claim"),
            (MatterKind::LowConfidence, ""),
        ] {
            if !wanted(kind) {
                continue;
            }
            let subjects = match kind {
                MatterKind::Flagged => asking.flagged(),
                MatterKind::LowConfidence => asking.unsure()?,
                _ => Vec::new(),
            };
            let suggestions = if word.is_empty() { Vec::new() } else { ledger.suggestions_of_kind(word)? };
            let undecided = suggestions.into_iter().filter(|one| {
                !decisions.confirmed.contains(&one.id) && !decisions.rejected.contains(&one.id)
            });
            let mut has_room = true;
            for suggestion in undecided {
                match has_room {
                    true => has_room = add(asking.suggestion(kind, &suggestion))?,
                    false => waiting += 1,
                }
            }
            for (statement, because) in subjects {
                match has_room {
                    true => has_room = add(asking.statement(kind, statement, because))?,
                    false => waiting += 1,
                }
            }
        }
        queue.left_over = waiting;
        queue.matters.sort_by_key(|matter| (std::cmp::Reverse(matter.hangs), matter.kind));
        Ok(queue)
    }
}

struct Asking<'a> {
    ledger: &'a Ledger,
    decisions: &'a Decisions,
}

impl Asking<'_> {
    /// The statements that were flagged, and that nobody has looked at since, each with the reason.
    fn flagged(&self) -> Vec<(StatementId, String)> {
        let mut flagged: Vec<(StatementId, String)> = Vec::new();
        for (_, act) in &self.decisions.acts {
            if self.decisions.undone.contains_key(&act.id) {
                continue;
            }
            let Subject::Statement(statement) = act.on else { continue };
            match act.act {
                ActKind::Flag => {
                    flagged.retain(|(other, _)| *other != statement);
                    flagged.push((statement, format!("{}: {}", act.by, act.because)));
                }
                ActKind::Confirm | ActKind::Reject | ActKind::Withdraw | ActKind::Split => {
                    flagged.retain(|(other, _)| *other != statement);
                }
                _ => {}
            }
        }
        flagged
    }

    /// The statements read with little confidence about which nobody has decided.
    fn unsure(&self) -> Result<Vec<(StatementId, String)>, LedgerError> {
        let decided = |statement: &StatementId| {
            self.decisions
                .on(&Subject::Statement(*statement))
                .any(|(_, act)| matches!(act.act, ActKind::Confirm | ActKind::Reject | ActKind::Flag))
        };
        // More than are weighed, so that what was decided does not crowd out the rest.
        let limit = (WEIGHED + self.decisions.acts.len()) as u32;
        let mut unsure = self.ledger.statements_unsure(SURE_OF_READING, limit)?;
        unsure.retain(|statement| !decided(statement));
        Ok(unsure.into_iter().map(|statement| (statement, String::new())).collect())
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
                (question, said_by(self.ledger, self.decisions, &source)?, statements)
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
        };
        // What an older linking suggested, and the present one does not, is no matter any more.
        if kind != MatterKind::Distrust && self.ledger.links_of_statement(about[0], i64::MAX)?.is_empty() {
            return Ok(None);
        }
        let on = Subject::Suggestion(suggestion.id);
        self.matter(on, kind, question, suggestion.because.clone(), suggestion.confidence, about, shown)
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
            if seen.len() >= PLACES {
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

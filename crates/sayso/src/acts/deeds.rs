//! The log as people read it: acts that were done together as one entry, with the words that they are about.

use crate::acts::act::Logged;
use crate::time::{AsOf, seconds};
use crate::{Desk, LedgerError};
use sayso_record::{Act, ActKind, Subject};
use serde::Serialize;

/// So many acts are looked through for one part of the log.
const EXAMINED: usize = 20_000;
/// So many acts are one entry at most.
const TOGETHER: usize = 200;
/// Of so many of them the words are told.
const WORDS: usize = 5;

/// Which acts somebody looks for.
#[derive(Clone, Debug, Default)]
pub struct DeedsWanted {
    /// By whom, whole or in part, in capitals or not.
    pub by: Option<String>,
    /// What was done.
    pub kind: Option<ActKind>,
    /// Not before this second.
    pub from: Option<i64>,
    /// Not after this second.
    pub until: Option<i64>,
}

/// Acts that were done together: by one person, at one time, for one reason; or by one notice.
#[derive(Clone, Debug, Serialize)]
pub struct Deed {
    /// The acts, in the order of the log; one at least.
    pub acts: Vec<Logged>,
    /// What the first of them are about, in words.
    pub about: Vec<String>,
}

/// A part of the log.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Deeds {
    /// The entries, the newest first.
    pub deeds: Vec<Deed>,
    /// Before the act with this number the next part ends; none where this one is the last.
    pub next: Option<usize>,
}

impl Desk {
    /// The entries of the log that end before the act with this number, at most `count`.
    pub fn deeds(&self, wanted: &DeedsWanted, before: usize, count: usize) -> Result<Deeds, LedgerError> {
        let Some(decisions) = self.decisions(AsOf::NOW)? else { return Ok(Deeds::default()) };
        let acts = &decisions.acts;
        let end = before.min(acts.len());
        let least = end.saturating_sub(EXAMINED);
        let mut deeds: Vec<Vec<usize>> = Vec::new();
        let mut at = end;
        while at > least {
            let act = &acts[at - 1].1;
            let goes_on = deeds.last().is_some_and(|deed| {
                let last = deed[deed.len() - 1];
                last == at && deed.len() < TOGETHER && is_one_deed(&acts[last].1, act)
            });
            if goes_on {
                deeds.last_mut().expect("there is one that goes on").push(at - 1);
            } else if wanted.fits(act) {
                if deeds.len() == count {
                    break;
                }
                deeds.push(vec![at - 1]);
            }
            at -= 1;
        }
        let logged = |&number: &usize| {
            let act = acts[number].1.clone();
            Logged { undone_by: decisions.undone.get(&act.id).copied(), act }
        };
        let mut told = Vec::with_capacity(deeds.len());
        for numbers in deeds {
            let acts: Vec<Logged> = numbers.iter().rev().map(logged).collect();
            let about = acts.iter().take(WORDS).map(|logged| self.in_words(&logged.act.on));
            told.push(Deed { about: about.collect::<Result<_, _>>()?, acts });
        }
        Ok(Deeds { deeds: told, next: Some(at).filter(|at| *at > 0) })
    }

    /// What a subject is, in words; its id where nothing has words for it.
    pub fn in_words(&self, subject: &Subject) -> Result<String, LedgerError> {
        let words = match subject {
            Subject::Statement(id) => self.statement_in_words(*id)?,
            Subject::Source(name) => Some(name.clone()),
            Subject::Question(words) => Some(words.clone()),
            Subject::Document(id) => self.document(*id)?.and_then(|record| record.document.title),
            Subject::Claim(id) => self.claim_in_words(*id)?,
            Subject::Suggestion(id) => self.asked_by(*id)?.map(|matter| {
                let told =
                    matter.statements.first().map(|(told, _)| format!(" {}: {}", told.source, told.words));
                matter.question + &told.unwrap_or_default()
            }),
            Subject::Act(id) => {
                let acts = self.decisions(AsOf::NOW)?;
                let acts = acts.iter().flat_map(|decisions| &decisions.acts);
                let act = acts.map(|(_, act)| act).find(|act| act.id == *id).cloned();
                act.map(|act| format!("{} by {}: {}", act.act.word(), act.by, act.because))
            }
        };
        Ok(words.unwrap_or_else(|| subject.to_string()))
    }

    fn statement_in_words(&self, id: sayso_record::StatementId) -> Result<Option<String>, LedgerError> {
        let Some(record) = self.document_of(id)? else { return Ok(None) };
        let found = record.statements.iter().find(|one| one.id == id);
        Ok(found.map(|found| {
            let words = record.document.words(&found.content);
            if found.source.name.is_empty() { words } else { format!("{}: {words}", found.source.name) }
        }))
    }

    fn claim_in_words(&self, id: sayso_record::ClaimId) -> Result<Option<String>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(None) };
        Ok(ledger.claim_by_id(id)?.map(|claim| claim.words))
    }
}

impl DeedsWanted {
    fn fits(&self, act: &Act) -> bool {
        let by = self.by.as_ref().map(|by| by.to_lowercase());
        let at = seconds(&act.at);
        by.is_none_or(|by| act.by.to_lowercase().contains(&by))
            && self.kind.is_none_or(|kind| act.act == kind)
            && self.from.is_none_or(|from| at >= from)
            && self.until.is_none_or(|until| at <= until)
    }
}

/// Whether two acts that follow each other were done as one.
fn is_one_deed(one: &Act, other: &Act) -> bool {
    let is_alike = one.act == other.act && one.by == other.by && one.because == other.because;
    is_alike && one.at == other.at && one.notice == other.notice
}

//! Questions that people keep: each is answered anew when pages or acts come that may change its answer, and what the
//! answer came to is remembered each time it becomes another.

use super::answer::{Answer, PAGES};
use crate::questions::claim::PageOf;
use crate::questions::understood::Asks;
use crate::search::Filters;
use crate::time::{AsOf, seconds};
use crate::weighing::decisions::KeptBy;
use crate::{Desk, LedgerError};
use sayso_ledger::{Answered, DocumentKey, Ledger, Through};
use sayso_record::{Act, ActId};
use sayso_weigh::show_second;
use serde::Serialize;

/// So many changes of a kept question are told at once.
const CHANGES: u32 = 200;

/// A question that somebody keeps.
#[derive(Clone, Debug, Serialize)]
pub struct KeptQuestion {
    /// The act that keeps it; to undo it is to keep it no longer.
    pub id: ActId,
    /// Its words.
    pub question: String,
    /// Who keeps it, why and since when.
    pub kept: Act,
    /// What its answer came to, the newest first: when it became what. Empty until it was first answered.
    pub answers: Vec<KeptAnswer>,
}

/// What the answer to a kept question came to from a time on.
#[derive(Clone, Debug, Serialize)]
pub struct KeptAnswer {
    /// Since when, as a date or a time in UTC.
    pub since: String,
    /// Its standing; "nobody" where nobody says or denies it.
    pub standing: String,
    /// How many independent origins stand for it: at least, at most.
    pub independence_for: (u32, u32),
    /// The same for what stands against it.
    pub independence_against: (u32, u32),
    /// So many sentences say it.
    pub says: u32,
    /// So many say that it is not so.
    pub denies: u32,
    /// So many are not sure of it.
    pub doubts: u32,
    /// So many may do one of these, and do not count.
    pub possible: u32,
    /// The page that changed it, where one did.
    pub because: Option<PageOf>,
}

/// Answers to kept questions that are other than before, to be stored.
#[derive(Clone, Debug, Default)]
pub struct AnsweredAnew(Vec<Answered>);

/// A kept question whose answer became another.
#[derive(Clone, Debug, Serialize)]
pub struct KeptChange {
    /// Its number among all such changes of the ledger.
    pub number: i64,
    /// The act that keeps it.
    pub id: ActId,
    /// The question.
    pub question: String,
    /// What its answer came to before; none where it was answered for the first time.
    pub before: Option<KeptAnswer>,
    /// What it comes to now.
    pub after: KeptAnswer,
}

impl AnsweredAnew {
    /// Whether there is nothing to store.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Desk {
    /// The questions that are kept, the last kept first, each with at most so many changes of its answer.
    pub fn kept(&self, changes: u32) -> Result<Vec<KeptQuestion>, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(AsOf::NOW)?) else {
            return Ok(Vec::new());
        };
        let kept = decisions.kept.iter().rev();
        kept.map(|one| {
            let act = decisions.acts.iter().find(|(key, _)| *key == one.key);
            let (_, act) = act.ok_or_else(|| ledger.damaged("an act that keeps a question is gone"))?;
            let answers = ledger.answered(one.key, changes)?;
            Ok(KeptQuestion {
                id: one.id,
                question: one.words.clone(),
                kept: act.clone(),
                answers: answers.iter().map(|one| told(ledger, one)).collect::<Result<_, _>>()?,
            })
        })
        .collect()
    }

    /// A question that is kept, with the changes of its answer; none where it is kept no longer.
    pub fn kept_question(&self, id: ActId) -> Result<Option<KeptQuestion>, LedgerError> {
        Ok(self.kept(CHANGES)?.into_iter().find(|one| one.id == id))
    }

    /// How far the ledger goes: while it goes no further, no answer becomes another.
    pub fn through(&self) -> Result<Through, LedgerError> {
        self.ledger.as_ref().map_or(Ok(Through::default()), Ledger::through)
    }

    /// Answers the kept questions whose answer may have become another since it was last stored. Changes nothing, and may
    /// take seconds for each; `progress` is told how many were looked at, and of how many.
    pub fn answer_kept(
        &mut self,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<AnsweredAnew, LedgerError> {
        let Some(decisions) = self.decisions(AsOf::NOW)? else { return Ok(AnsweredAnew::default()) };
        let through = self.through()?;
        let mut anew = Vec::new();
        for (at, kept) in decisions.kept.iter().enumerate() {
            progress(at, decisions.kept.len());
            let Some(ledger) = &self.ledger else { break };
            let last = ledger.answered(kept.key, 1)?.pop();
            if let Some(last) = &last
                && !self.may_change(kept, last.through, through)?
            {
                continue;
            }
            let answer = self.answer(&kept.words, AsOf::NOW)?;
            let Some(ledger) = &self.ledger else { break };
            let since = last.as_ref().map_or(through, |last| last.through);
            let document = newest_page(ledger, &answer, since)?;
            let one = answered(kept, &answer, through, document, seconds(&(self.clock)()));
            let is_new = last.is_none_or(|last| came_to(&last) != came_to(&one));
            anew.extend(is_new.then_some(one));
        }
        Ok(AnsweredAnew(anew))
    }

    /// Stores what answers came to. Gives those that are other than before.
    pub fn store_answered(&mut self, anew: AnsweredAnew) -> Result<Vec<KeptChange>, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(AsOf::NOW)?) else {
            return Ok(Vec::new());
        };
        let last = ledger.last_answered()?;
        // Somebody may have stopped keeping one meanwhile.
        for one in anew.0.iter().filter(|one| decisions.kept.iter().any(|kept| kept.key == one.kept)) {
            ledger.add_answered(one)?;
        }
        self.kept_changes(last, CHANGES)
    }

    /// The changes of answers to questions that are kept now, after the one with a number, the oldest first.
    pub fn kept_changes(&self, after: i64, most: u32) -> Result<Vec<KeptChange>, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(AsOf::NOW)?) else {
            return Ok(Vec::new());
        };
        let mut changes = Vec::new();
        for (number, before, after) in ledger.answered_after(after, most)? {
            let Some(kept) = decisions.kept.iter().find(|kept| kept.key == after.kept) else { continue };
            let (id, question) = (kept.id, kept.words.clone());
            let before = before.map(|before| told(ledger, &before)).transpose()?;
            changes.push(KeptChange { number, id, question, before, after: told(ledger, &after)? });
        }
        Ok(changes)
    }

    /// The number of the last change of an answer to a kept question.
    pub fn last_kept_change(&self) -> Result<i64, LedgerError> {
        self.ledger.as_ref().map_or(Ok(0), Ledger::last_answered)
    }

    /// Whether what came since may change the answer: an act, or a page that is among those that an answer is sought in.
    fn may_change(&mut self, kept: &KeptBy, last: Through, now: Through) -> Result<bool, LedgerError> {
        if last.act != now.act {
            return Ok(true);
        }
        if last.reading == now.reading {
            return Ok(false);
        }
        // Pages that were read before were read anew.
        if now.reading - last.reading > now.document - last.document {
            return Ok(true);
        }
        let reader = &self.reader;
        let Some(Asks::Whether { proposition }) = Asks::of(&kept.words, |words| reader.is_clause(words))
        else {
            return Ok(true);
        };
        let keys = self.documents_with_most_of(&proposition, &Filters::default(), PAGES)?;
        Ok(keys.iter().any(|key| last.is_before(*key)))
    }
}

fn answered(
    kept: &KeptBy,
    answer: &Answer,
    through: Through,
    document: Option<DocumentKey>,
    known: i64,
) -> Answered {
    let count = |lines: usize| lines.try_into().unwrap_or(u32::MAX);
    Answered {
        kept: kept.key,
        known,
        document,
        through,
        standing: answer.in_a_word().to_owned(),
        independence_for: answer.independence_for,
        independence_against: answer.independence_against,
        sentences: [
            count(answer.says.len()),
            count(answer.denies.len()),
            count(answer.doubts.len()),
            count(answer.possible.len()),
        ],
    }
}

type CameTo<'a> = (&'a str, (u32, u32), (u32, u32), [u32; 4]);

fn came_to(one: &Answered) -> CameTo<'_> {
    (&one.standing, one.independence_for, one.independence_against, one.sentences)
}

/// Of the pages that speak to a question the one that came last, where it came since.
fn newest_page(ledger: &Ledger, answer: &Answer, since: Through) -> Result<Option<DocumentKey>, LedgerError> {
    let mut newest = None;
    for line in answer.lines() {
        let key = ledger.document_key(line.page.id)?;
        newest = newest.max(key.filter(|key| since.is_before(*key)));
    }
    Ok(newest)
}

fn told(ledger: &Ledger, one: &Answered) -> Result<KeptAnswer, LedgerError> {
    let page = |key: DocumentKey| -> Result<Option<PageOf>, LedgerError> {
        let Some(id) = ledger.document_id(key)? else { return Ok(None) };
        Ok(ledger.document(id)?.map(|document| PageOf::of(&document)))
    };
    let [says, denies, doubts, possible] = one.sentences;
    Ok(KeptAnswer {
        since: show_second(one.known),
        standing: one.standing.clone(),
        independence_for: one.independence_for,
        independence_against: one.independence_against,
        says,
        denies,
        doubts,
        possible,
        because: one.document.map(page).transpose()?.flatten(),
    })
}

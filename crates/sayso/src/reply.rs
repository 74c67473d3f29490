//! The reply to a question in plain words, by what is asked: a weighed answer, what somebody says, or who somebody is.

use crate::acts::subject::Sort;
use crate::questions::answer::Answer;
use crate::questions::ask::{FoundStatement, Question};
use crate::questions::source::SourceAnswer;
use crate::questions::understood::Asks;
use crate::search::{Filters, plain_words};
use crate::{Desk, LedgerError};
use sayso_link::sources::Name;
use sayso_record::{Stance, Subject};
use serde::Serialize;

/// So many words are a name at most.
const OF_NAME: usize = 4;
/// So many statements of somebody are shown at once.
const SHOWN: usize = 5;
/// So many statements are gone through for those that somebody makes, and does not only pass on.
const GONE_THROUGH: usize = 400;

/// A reply.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// Whether something is so: weighed.
    Answer(Answer),
    /// What may answer a question that is not whether something is so. Nothing of it is weighed together: one sentence may
    /// answer it otherwise than the next.
    MayAnswer(Answer),
    /// What somebody says.
    Sayings(Sayings),
    /// Somebody who was asked for by name.
    Source(Box<SourceAnswer>),
}

/// What somebody says of something.
#[derive(Clone, Debug, Serialize)]
pub struct Sayings {
    /// The question.
    pub question: String,
    /// Whose, in the asker's words.
    pub of: String,
    /// Of what; empty where everything was asked for.
    pub about: String,
    /// Whether only what they deny was asked for.
    pub denials: bool,
    /// The statements, the best match first.
    pub statements: Vec<FoundStatement>,
    /// Whether they hold all the words; else only some, because none holds all.
    pub all_words: bool,
    /// Whether there are more.
    pub more: bool,
}

impl Desk {
    /// The reply to what is asked in words, of all that the ledger holds. Words that are only looked for, or among some
    /// pages or standings, have none.
    pub fn reply(&mut self, question: &Question) -> Result<Option<Reply>, LedgerError> {
        let words = &question.words;
        let is_plain = question.filters == Filters::default() && question.standings.is_empty();
        let is_search = words.contains('"') || words.split_whitespace().any(|word| word.starts_with('-'));
        if !is_plain || is_search {
            return Ok(None);
        }
        let reader = &self.reader;
        match Asks::of(words, |words| reader.is_clause(words)) {
            Some(Asks::Whether { .. }) => {
                self.answer(words, question.as_of).map(|answer| Some(Reply::Answer(answer)))
            }
            Some(Asks::Sayings { of, about, denials }) => {
                let sayings = self.sayings(question, of, about, denials)?;
                match sayings.statements.is_empty() {
                    false => Ok(Some(Reply::Sayings(sayings))),
                    true => self.may_answer(question),
                }
            }
            Some(Asks::What) => self.may_answer(question),
            None => self.somebody(question),
        }
    }

    fn may_answer(&mut self, question: &Question) -> Result<Option<Reply>, LedgerError> {
        self.answer(&question.words, question.as_of).map(|answer| Some(Reply::MayAnswer(answer)))
    }

    fn sayings(
        &mut self,
        question: &Question,
        of: String,
        about: String,
        denials: bool,
    ) -> Result<Sayings, LedgerError> {
        let named = Name::of(&of).words;
        let filters = Filters { source: Some(of.clone()), ..Filters::default() };
        let wide = Question { words: plain(&about), filters, limit: GONE_THROUGH, ..question.clone() };
        let found = self.search_statements(&wide)?;
        let says = |statement: &FoundStatement| {
            let first = statement.chain.first().map(|first| Name::of(&first.name).words).unwrap_or_default();
            let is_theirs = first.windows(named.len().max(1)).any(|words| words == named);
            let is_said = !matches!(statement.stance, Stance::NotSaid | Stance::Asks);
            is_theirs && is_said && (!denials || statement.stance == Stance::Denies)
        };
        let mut statements: Vec<FoundStatement> = found.found.into_iter().filter(says).collect();
        let more = found.more || statements.len() > question.limit;
        statements.truncate(question.limit);
        let question = question.words.clone();
        Ok(Sayings { question, of, about, denials, statements, all_words: found.all_words, more })
    }

    /// Whoever is called by these words, where that is somebody.
    fn somebody(&mut self, question: &Question) -> Result<Option<Reply>, LedgerError> {
        if question.words.split_whitespace().count() > OF_NAME {
            return Ok(None);
        }
        let Ok(Subject::Source(name)) = self.subject(&question.words, &[Sort::Source]) else {
            return Ok(None);
        };
        let source = self.source(&name, question.as_of, SHOWN)?;
        Ok(source.map(|source| Reply::Source(Box::new(source))))
    }
}

/// What is looked for without the small words, which nothing need hold.
fn plain(about: &str) -> String {
    const SMALL: &[&str] =
        &["a", "an", "and", "at", "by", "for", "in", "it", "of", "on", "that", "the", "to", "with"];
    let words = plain_words(about).filter(|word| !SMALL.contains(&word.to_lowercase().as_str()));
    words.collect::<Vec<_>>().join(" ")
}

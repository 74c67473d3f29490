//! What is asked in words: the claims that match, with their answers; statements and documents that match.

use crate::questions::claim::{ClaimAnswer, PageOf, Speaker, answer};
use crate::search::{Filters, Hunt, Next};
use crate::time::AsOf;
use crate::weighing::decisions::Decisions;
use crate::{Desk, LedgerError};
use sayso_ledger::{ClaimKey, DocumentKey, Ledger, StatementKey};
use sayso_record::{ClaimId, Manner, Stance, StatementId};
use sayso_weigh::{Standing, Truth};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// A question in words.
#[derive(Clone, Debug)]
pub struct Question {
    /// Words; "in quotation marks" where they must stand side by side, with a minus where they must not be there.
    pub words: String,
    /// What must be so besides.
    pub filters: Filters,
    /// Which standings are wanted; any where none is told.
    pub standings: Vec<Standing>,
    /// As of when.
    pub as_of: AsOf,
    /// At most so many answers.
    pub limit: usize,
}

/// What was found, the best first.
#[derive(Clone, Debug, Serialize)]
pub struct Finds<T> {
    /// The findings.
    pub found: Vec<T>,
    /// Whether they have all the words; else only some, because nothing has all.
    pub all_words: bool,
    /// Whether there are more.
    pub more: bool,
}

/// A statement that was found.
#[derive(Clone, Debug, Serialize)]
pub struct FoundStatement {
    /// The statement.
    pub id: StatementId,
    /// Its words.
    pub words: String,
    /// How its source stands to them.
    pub stance: Stance,
    /// How they are rendered.
    pub manner: Manner,
    /// From its source to the page.
    pub chain: Vec<Speaker>,
    /// Whether the page's report of it stands; none where it was never linked.
    pub stands: Option<Truth>,
    /// The claim that it makes, and whether it is for it.
    pub claim: Option<(ClaimId, bool)>,
    /// That claim's standing.
    pub standing: Option<Standing>,
    /// Where it stands.
    pub page: PageOf,
}

/// A document that was found.
#[derive(Clone, Debug, Serialize)]
pub struct FoundDocument {
    /// What it is.
    #[serde(flatten)]
    pub page: PageOf,
    /// How many statements were found in it.
    pub statements: usize,
}

impl Question {
    /// The filters, with the time of the question.
    fn filters(&self) -> Filters {
        let by = Some(self.as_of.published_by).filter(|by| *by < i64::MAX);
        let until = [self.filters.until, by].into_iter().flatten().min();
        Filters { until, ..self.filters.clone() }
    }

    fn is_wanted(&self, standing: Standing) -> bool {
        self.standings.is_empty() || self.standings.contains(&standing)
    }
}

/// Gathers findings up to a limit.
struct Gathering<T> {
    found: Vec<T>,
    limit: usize,
    more: bool,
}

impl<T> Gathering<T> {
    fn new(limit: usize) -> Gathering<T> {
        Gathering { found: Vec::new(), limit, more: false }
    }

    fn add(&mut self, one: T) -> Next {
        if self.found.len() == self.limit {
            self.more = true;
            return Next::Enough;
        }
        self.found.push(one);
        Next::More
    }
}

impl Desk {
    /// The claims that match, each with its answer, the best match first.
    pub fn ask(&mut self, question: &Question) -> Result<Finds<ClaimAnswer>, LedgerError> {
        let Some(decisions) = self.decisions(question.as_of)? else { return Ok(nothing()) };
        let filters = question.filters();
        let mut seen: HashSet<ClaimKey> = HashSet::new();
        let mut gathering = Gathering::new(question.limit);
        let hunted = self.hunt_statements(&Hunt::new(&question.words, &filters), &mut |ledger, key| {
            let Some(claim) = claim_of(ledger, &decisions, key, question.as_of)? else {
                return Ok(Next::More);
            };
            if !seen.insert(claim) || !may_be_wanted(ledger, question, claim)? {
                return Ok(Next::More);
            }
            let answer = answer(ledger, &decisions, claim, question.as_of)?;
            let wanted = answer.filter(|answer| question.is_wanted(answer.standing));
            Ok(wanted.map_or(Next::More, |answer| gathering.add(answer)))
        })?;
        let more = gathering.more || hunted.cut_off;
        Ok(Finds { found: gathering.found, all_words: hunted.all_words, more })
    }

    /// The statements that match, the best match first.
    pub fn search_statements(&mut self, question: &Question) -> Result<Finds<FoundStatement>, LedgerError> {
        let Some(decisions) = self.decisions(question.as_of)? else { return Ok(nothing()) };
        let filters = question.filters();
        let mut seen: HashSet<StatementKey> = HashSet::new();
        // Statements that match are often of one claim.
        let mut answers: Answers = HashMap::new();
        let mut gathering = Gathering::new(question.limit);
        let hunted = self.hunt_statements(&Hunt::new(&question.words, &filters), &mut |ledger, key| {
            if !seen.insert(key) || is_taken_down(ledger, key)? {
                return Ok(Next::More);
            }
            let claim = claim_of(ledger, &decisions, key, question.as_of)?;
            match claim {
                Some(claim) if !may_be_wanted(ledger, question, claim)? => return Ok(Next::More),
                // What was not there at that time, and what nobody said after all.
                None if question.as_of != AsOf::NOW || !question.standings.is_empty() => {
                    return Ok(Next::More);
                }
                _ => {}
            }
            if let Some(claim) = claim
                && !answers.contains_key(&claim)
            {
                answers.insert(claim, answer(ledger, &decisions, claim, question.as_of)?);
            }
            let told = claim.map(|claim| answers.get(&claim).and_then(Option::as_ref));
            let found = found_statement(ledger, key, told)?;
            let is_wanted = |found: &FoundStatement| match found.standing {
                Some(standing) => question.is_wanted(standing),
                None => question.standings.is_empty(),
            };
            Ok(found.filter(is_wanted).map_or(Next::More, |found| gathering.add(found)))
        })?;
        let more = gathering.more || hunted.cut_off;
        Ok(Finds { found: gathering.found, all_words: hunted.all_words, more })
    }

    /// The documents that match, the best match first. Standings are of claims, so these take no part.
    pub fn search_documents(&mut self, question: &Question) -> Result<Finds<FoundDocument>, LedgerError> {
        if self.ledger.is_none() {
            return Ok(nothing());
        }
        let filters = question.filters();
        let known_by = question.as_of.known_by;
        let mut seen: HashSet<DocumentKey> = HashSet::new();
        let mut gathering = Gathering::new(question.limit);
        let hunted = self.hunt_documents(&Hunt::new(&question.words, &filters), &mut |ledger, key| {
            let Some(id) = ledger.document_id(key)?.filter(|_| seen.insert(key)) else {
                return Ok(Next::More);
            };
            let was_known =
                |read_at: &str| sayso_weigh::first_second(read_at).is_none_or(|second| second <= known_by);
            if !ledger.readings_of(id)?.first().is_some_and(|first| was_known(&first.read_at)) {
                return Ok(Next::More);
            }
            // Nobody can find out by searching which words were taken down.
            if ledger.taken_down(id)?.is_some() {
                return Ok(Next::More);
            }
            let Some(document) = ledger.document(id)? else { return Ok(Next::More) };
            let statements = ledger.statements_in(id)?.len();
            Ok(gathering.add(FoundDocument { page: PageOf::of(&document), statements }))
        })?;
        let more = gathering.more || hunted.cut_off;
        Ok(Finds { found: gathering.found, all_words: hunted.all_words, more })
    }
}

fn nothing<T>() -> Finds<T> {
    Finds { found: Vec::new(), all_words: true, more: false }
}

/// The claim that a statement makes, as was known by the time.
fn claim_of(
    ledger: &Ledger,
    decisions: &Decisions,
    statement: StatementKey,
    as_of: AsOf,
) -> Result<Option<ClaimKey>, LedgerError> {
    if is_taken_down(ledger, statement)? {
        return Ok(None);
    }
    let found = ledger.claim_of_statement(statement, as_of.known_by)?;
    let made = found.filter(|(statement, _)| !decisions.misread.contains(statement));
    Ok(made.map(|(statement, claim)| decisions.claim_of_statement(statement, claim)))
}

/// Whether the words of a statement are those of a document that was taken down.
fn is_taken_down(ledger: &Ledger, statement: StatementKey) -> Result<bool, LedgerError> {
    if !ledger.any_taken_down()? {
        return Ok(false);
    }
    let Some(statement) = ledger.statement_at(statement)? else { return Ok(false) };
    Ok(ledger.taken_down(statement.document)?.is_some())
}

/// Whether a claim may have a wanted standing; certain where the question is about today, so that only claims that are
/// wanted are weighed.
fn may_be_wanted(ledger: &Ledger, question: &Question, claim: ClaimKey) -> Result<bool, LedgerError> {
    if question.standings.is_empty() || question.as_of != AsOf::NOW {
        return Ok(true);
    }
    let weight = ledger.weight(claim)?;
    Ok(weight.is_none_or(|now| question.standings.iter().any(|wanted| wanted.name() == now.weight.standing)))
}

/// The answers of claims; none where nothing had been said by the time.
type Answers = HashMap<ClaimKey, Option<ClaimAnswer>>;

/// A statement with what its claim came to, where it makes one.
fn found_statement(
    ledger: &Ledger,
    key: StatementKey,
    told: Option<Option<&ClaimAnswer>>,
) -> Result<Option<FoundStatement>, LedgerError> {
    let Some(statement) = ledger.statement_at(key)? else { return Ok(None) };
    let told = match told {
        Some(None) => return Ok(None),
        told => told.flatten(),
    };
    let Some(document) = ledger.document(statement.document)? else { return Ok(None) };
    let chain = told.and_then(|answer| answer.chains.iter().find(|chain| chain.statement == statement.id));
    let mentioned = || {
        let mentions = std::iter::once(&statement.source).chain(&statement.via);
        mentions.map(|by| Speaker { name: by.name.clone(), unnamed: !by.kind.is_named() }).collect()
    };
    Ok(Some(FoundStatement {
        id: statement.id,
        words: document.words(&statement.content),
        stance: statement.stance,
        manner: statement.manner,
        chain: chain
            .map_or_else(mentioned, |chain| chain.steps.iter().map(|step| step.source.clone()).collect()),
        stands: chain.map(|chain| chain.stands),
        claim: told.zip(chain).map(|(answer, chain)| (answer.id, chain.for_it)),
        standing: told.map(|answer| answer.standing),
        page: PageOf::of(&document),
    }))
}

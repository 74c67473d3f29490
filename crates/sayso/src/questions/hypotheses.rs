//! Rival hypotheses: a question, its possible answers, the claims that are evidence, and how people say they fit.
//!
//! The analysis of competing hypotheses (Heuer: Psychology of Intelligence Analysis, 1999, chapter 8), on evidence
//! whose standing the ledger knows: what does not stand weighs nothing. Everything is kept as steps that are only ever
//! added, so that whoever rated what, and when, can be seen again.

use crate::lengths::{BECAUSE_CHARS, BY_CHARS, WORDS_CHARS, is_over};
use crate::time::AsOf;
use crate::weighing::cone::Cone;
use crate::weighing::decisions::Decisions;
use crate::{Desk, LedgerError, Speaker};
use sayso_ledger::{Ledger, Step as StoredStep};
use sayso_record::{ClaimId, StepId};
use sayso_weigh::{Evidence, Fit, Matrix, Ranking, Weighing};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A question begins with no more answers or raters.
const AT_MOST: usize = 100;

/// How one piece of evidence fits one hypothesis. Both are counted from 1, as they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// The evidence.
    pub evidence: usize,
    /// The hypothesis.
    pub hypothesis: usize,
    /// How they fit.
    pub fit: Fit,
}

/// A step of work on a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
pub enum Step {
    /// A question is asked.
    New {
        /// The question.
        words: String,
        /// Its possible answers.
        hypotheses: Vec<String>,
        /// Whether ratings are hidden until all raters have given all of theirs.
        blind: bool,
        /// Those who are to rate.
        raters: Vec<String>,
    },
    /// One more possible answer.
    Hypothesis {
        /// The answer.
        words: String,
    },
    /// A claim is taken as evidence, or, where it was before, weighed otherwise.
    Evidence {
        /// The claim.
        claim: ClaimId,
        /// How much it matters, 0 or more.
        relevance: f64,
        /// How far it is to be believed, 0 or more.
        credibility: f64,
    },
    /// Somebody says how evidence fits. A later rating by the same person takes the place of an earlier one.
    Rate {
        /// The ratings.
        ratings: Vec<Rating>,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<String>,
    },
    /// An earlier step is taken back.
    Undo {
        /// That step.
        step: StepId,
    },
}

/// Why a step was not taken, or a question not answered.
#[derive(Debug, thiserror::Error)]
pub enum HypothesesError {
    /// The ledger could not be read or written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// There is no such question.
    #[error("the ledger holds no question {0}")]
    NoQuestion(StepId),
    /// It cannot be done as it was asked for.
    #[error("{0}")]
    Wrong(String),
    /// Ratings are hidden for now.
    #[error("ratings are hidden until all have rated; still to rate: {}", .0.join(", "))]
    Waiting(Vec<String>),
}

/// A question as it stands.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// Its id.
    pub id: StepId,
    /// Its words.
    pub words: String,
    /// Who asked it.
    pub by: String,
    /// Whether ratings are hidden until all raters have given all of theirs.
    pub blind: bool,
    /// Those who are to rate, and those who have.
    pub raters: Vec<String>,
    /// Those who have not rated everything.
    pub waiting_for: Vec<String>,
    /// The possible answers by number, from 1; none where one was taken back.
    pub hypotheses: Vec<Option<String>>,
    /// The evidence by number, from 1; none where it was taken back.
    pub evidence: Vec<Option<Item>>,
    /// What each rater said: of each piece of evidence, how it fits each hypothesis. Only the asker's own where ratings
    /// are hidden.
    pub ratings: BTreeMap<String, Vec<Vec<Option<Fit>>>>,
    /// Its steps, each with whether it was taken back. Ratings of others are left out where they are hidden.
    pub steps: Vec<Taken>,
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// The claim.
    pub claim: ClaimId,
    /// Its words.
    pub words: String,
    /// What its standing is now; none where it has none.
    pub standing: Option<String>,
    /// How much it matters.
    pub relevance: f64,
    /// How far it is to be believed.
    pub credibility: f64,
}

/// A step that was taken.
#[derive(Clone, Debug, Serialize)]
pub struct Taken {
    /// Its id.
    pub id: StepId,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
    /// What.
    pub step: Step,
    /// Whether it was taken back.
    pub undone: bool,
}

/// The hypotheses of a question in order.
#[derive(Clone, Debug, Serialize)]
pub struct Ranked {
    /// By what all raters say taken together: each fit is the middle one of theirs, the milder of two.
    pub order: Vec<Place>,
    /// By what each rater says alone.
    pub by_rater: BTreeMap<String, Vec<Place>>,
    /// Evidence that shares a single point, and so counts once; by number.
    pub groups: Vec<Vec<usize>>,
    /// Evidence that does not stand, and so counts nothing; by number.
    pub fallen: Vec<usize>,
    /// Pairs of evidence and hypothesis on which raters differ by two degrees or more; by number.
    pub disputed: Vec<(usize, usize)>,
    /// The sources whose fall would change the order, each with the order that would then hold.
    pub deciding: Vec<(Speaker, Vec<Place>)>,
}

/// A hypothesis in a ranking.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// Its number, from 1.
    pub hypothesis: usize,
    /// Its words.
    pub words: String,
    /// How much speaks against it: the less, the better it stands.
    pub inconsistency: f64,
}

impl Desk {
    /// Asks a question.
    pub fn ask_hypotheses(
        &mut self,
        words: String,
        hypotheses: Vec<String>,
        blind: bool,
        raters: Vec<String>,
        by: &str,
    ) -> Result<StepId, HypothesesError> {
        if blind && raters.is_empty() {
            let what = "ratings can be hidden until all have rated only where it is said who all are";
            return Err(HypothesesError::Wrong(what.to_owned()));
        }
        self.step(None, Step::New { words, hypotheses, blind, raters }, by)
    }

    /// Takes a step on a question.
    pub fn step_hypotheses(
        &mut self,
        question: StepId,
        step: Step,
        by: &str,
    ) -> Result<StepId, HypothesesError> {
        let known = self.question(question, Some(by))?;
        check(&known, &step)?;
        if let Step::Evidence { claim, .. } = &step
            && self.claims_starting(&claim.to_string())?.is_empty()
        {
            return Err(HypothesesError::Wrong(format!("the ledger holds no claim {claim}")));
        }
        self.step(Some(question), step, by)
    }

    fn step(&mut self, question: Option<StepId>, step: Step, by: &str) -> Result<StepId, HypothesesError> {
        fits(&step, by)?;
        let at = (self.clock)();
        let Some(ledger) = &self.ledger else {
            return Err(HypothesesError::Wrong("there is no ledger".into()));
        };
        let step = serde_json::to_value(&step).expect("a step is plain data");
        let step = ledger.atomically(|ledger| ledger.add_step(question, step, by, &at));
        Ok(step?.id)
    }

    /// Every question, oldest first, by the id of its first step, with its words.
    pub fn questions(&self) -> Result<Vec<(StepId, String)>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(Vec::new()) };
        let steps = ledger.steps()?;
        let undone = undone(&steps);
        let asked = steps.iter().filter(|step| step.question.is_none() && !undone.contains(&step.id));
        Ok(asked
            .filter_map(|stored| match of(stored) {
                Some(Step::New { words, .. }) => Some((stored.id, words)),
                _ => None,
            })
            .collect())
    }

    /// The steps whose id starts with these digits, each with its question; ten at most.
    pub fn steps_starting(&self, digits: &str) -> Result<Vec<(StepId, StepId)>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(Vec::new()) };
        let steps = ledger.steps_starting(&digits.to_ascii_lowercase(), 10)?;
        Ok(steps.into_iter().map(|step| (step.id, step.question.unwrap_or(step.id))).collect())
    }

    /// A question as it stands, as `viewer` may see it.
    pub fn question(&self, id: StepId, viewer: Option<&str>) -> Result<Question, HypothesesError> {
        let Some(ledger) = &self.ledger else { return Err(HypothesesError::NoQuestion(id)) };
        let steps = ledger.steps_of(id)?;
        let mut question = replay(ledger, id, &steps)?;
        if question.blind && !question.waiting_for.is_empty() {
            let is_own = |by: &str| viewer == Some(by);
            question.ratings.retain(|rater, _| is_own(rater));
            question.steps.retain(|taken| !matches!(taken.step, Step::Rate { .. }) || is_own(&taken.by));
        }
        Ok(question)
    }

    /// The hypotheses in order, by what stands now: the least inconsistent first.
    pub fn rank_hypotheses(&self, id: StepId) -> Result<Ranked, HypothesesError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(AsOf::NOW)?) else {
            return Err(HypothesesError::NoQuestion(id));
        };
        let question = replay(ledger, id, &ledger.steps_of(id)?)?;
        if question.blind && !question.waiting_for.is_empty() {
            return Err(HypothesesError::Waiting(question.waiting_for));
        }
        Ok(rank(ledger, &decisions, &question)?)
    }
}

fn of(stored: &StoredStep) -> Option<Step> {
    serde_json::from_value(stored.step.clone()).ok()
}

/// The steps that were taken back. Later ones first: an undo that was itself undone undoes nothing.
fn undone(steps: &[StoredStep]) -> HashSet<StepId> {
    let mut undone = HashSet::new();
    for stored in steps.iter().rev() {
        if let Some(Step::Undo { step }) = of(stored)
            && !undone.contains(&stored.id)
        {
            undone.insert(step);
        }
    }
    undone
}

/// Whether what a step says is no longer than may be.
fn fits(step: &Step, by: &str) -> Result<(), HypothesesError> {
    let within = |what: &str, said: &str, most: usize| match is_over(said, most) {
        true => Err(HypothesesError::Wrong(format!("{what} has at most {most} characters"))),
        false => Ok(()),
    };
    within("the name of whoever does it", by, BY_CHARS)?;
    match step {
        Step::New { words, hypotheses, raters, .. } => {
            if hypotheses.len().max(raters.len()) > AT_MOST {
                return Err(HypothesesError::Wrong(format!(
                    "a question has at most {AT_MOST} answers and raters"
                )));
            }
            within("a question", words, WORDS_CHARS)?;
            hypotheses.iter().try_for_each(|words| within("an answer", words, WORDS_CHARS))?;
            raters.iter().try_for_each(|name| within("a rater's name", name, BY_CHARS))
        }
        Step::Hypothesis { words } => within("an answer", words, WORDS_CHARS),
        Step::Rate { because: Some(because), .. } => within("a reason", because, BECAUSE_CHARS),
        Step::Rate { .. } | Step::Evidence { .. } | Step::Undo { .. } => Ok(()),
    }
}

/// Whether a step can be taken on a question as it stands.
fn check(question: &Question, step: &Step) -> Result<(), HypothesesError> {
    let wrong = |what: String| Err(HypothesesError::Wrong(what));
    match step {
        Step::Evidence { relevance, credibility, .. } => {
            let is_weight = |weight: &f64| weight.is_finite() && *weight >= 0.0;
            if !is_weight(relevance) || !is_weight(credibility) {
                return wrong("relevance and credibility are numbers from 0 on".to_owned());
            }
        }
        Step::Rate { ratings, .. } => {
            for rating in ratings {
                if !is_there(&question.evidence, rating.evidence) {
                    return wrong(format!("there is no evidence {}", rating.evidence));
                }
                if !is_there(&question.hypotheses, rating.hypothesis) {
                    return wrong(format!("there is no hypothesis {}", rating.hypothesis));
                }
            }
        }
        Step::Undo { step } => match question.steps.iter().find(|taken| taken.id == *step) {
            None => return wrong(format!("step {step} is none of this question that you may see")),
            Some(taken) if taken.undone => return wrong(format!("step {step} was taken back before")),
            Some(_) => {}
        },
        Step::New { .. } | Step::Hypothesis { .. } => {}
    }
    Ok(())
}

fn is_there<T>(numbered: &[Option<T>], number: usize) -> bool {
    number.checked_sub(1).and_then(|at| numbered.get(at)).is_some_and(Option::is_some)
}

/// What the steps of a question come to.
fn replay(ledger: &Ledger, id: StepId, steps: &[StoredStep]) -> Result<Question, HypothesesError> {
    let undone = undone(steps);
    let first = steps.first().and_then(|first| Some((first, of(first)?)));
    let Some((first, Step::New { words, hypotheses, blind, raters })) = first else {
        return Err(HypothesesError::NoQuestion(id));
    };
    if undone.contains(&first.id) {
        return Err(HypothesesError::NoQuestion(id));
    }
    let mut question = Question {
        id,
        words,
        by: first.by.clone(),
        blind,
        raters,
        waiting_for: Vec::new(),
        hypotheses: hypotheses.into_iter().map(Some).collect(),
        evidence: Vec::new(),
        ratings: BTreeMap::new(),
        steps: Vec::new(),
    };
    let mut given: HashMap<(String, usize, usize), Fit> = HashMap::new();
    for stored in steps {
        let Some(step) = of(stored) else { continue };
        let is_undone = undone.contains(&stored.id);
        match &step {
            // What was taken back keeps its number, so that ratings by number stay what they were.
            Step::Hypothesis { words } => question.hypotheses.push((!is_undone).then(|| words.clone())),
            Step::Evidence { claim, relevance, credibility } => {
                let item = item(ledger, *claim, *relevance, *credibility)?;
                let known = question.evidence.iter_mut().flatten().find(|item| item.claim == *claim);
                match known {
                    Some(known) if !is_undone => *known = item,
                    Some(_) => {}
                    None => question.evidence.push((!is_undone).then_some(item)),
                }
            }
            Step::Rate { ratings, .. } if !is_undone => {
                if !question.raters.contains(&stored.by) {
                    question.raters.push(stored.by.clone());
                }
                for rating in ratings {
                    given.insert((stored.by.clone(), rating.evidence, rating.hypothesis), rating.fit);
                }
            }
            _ => {}
        }
        let (by, at) = (stored.by.clone(), stored.at.clone());
        question.steps.push(Taken { id: stored.id, by, at, step, undone: is_undone });
    }
    for rater in &question.raters {
        let fit = |evidence: usize, hypothesis: usize| {
            given.get(&(rater.clone(), evidence + 1, hypothesis + 1)).copied()
        };
        let row =
            |evidence| (0..question.hypotheses.len()).map(|hypothesis| fit(evidence, hypothesis)).collect();
        let rows: Vec<Vec<Option<Fit>>> = (0..question.evidence.len()).map(row).collect();
        let is_missing = |(evidence, hypothesis): (usize, usize)| {
            question.evidence[evidence].is_some()
                && question.hypotheses[hypothesis].is_some()
                && rows[evidence][hypothesis].is_none()
        };
        let mut cells = (0..question.evidence.len()).flat_map(|evidence| {
            (0..question.hypotheses.len()).map(move |hypothesis| (evidence, hypothesis))
        });
        if cells.any(is_missing) || question.evidence.is_empty() {
            question.waiting_for.push(rater.clone());
        }
        question.ratings.insert(rater.clone(), rows);
    }
    Ok(question)
}

fn item(ledger: &Ledger, id: ClaimId, relevance: f64, credibility: f64) -> Result<Item, LedgerError> {
    let claim = ledger.claim_by_id(id)?.ok_or_else(|| ledger.damaged("a claim that is evidence is gone"))?;
    let standing = ledger.weight(claim.key)?.map(|change| change.weight.standing);
    Ok(Item { claim: id, words: claim.words, standing, relevance, credibility })
}

fn rank(ledger: &Ledger, decisions: &Decisions, question: &Question) -> Result<Ranked, LedgerError> {
    let numbered = |at: &usize| question.evidence[*at].as_ref();
    let items: Vec<usize> = (0..question.evidence.len()).filter(|at| numbered(at).is_some()).collect();
    let answers: Vec<usize> =
        (0..question.hypotheses.len()).filter(|&at| question.hypotheses[at].is_some()).collect();
    let mut claims = Vec::with_capacity(items.len());
    for item in items.iter().filter_map(numbered) {
        let claim = ledger.claim_by_id(item.claim)?;
        let claim = claim.ok_or_else(|| ledger.damaged("a claim that is evidence is gone"))?;
        claims.push(decisions.claim(claim.key));
    }
    let cone = Cone::below(ledger, decisions, claims.iter().copied(), AsOf::NOW)?;
    let mut weighing = Weighing::new(&cone.graph, AsOf::NOW.moment());
    let matrix = |fit: &dyn Fn(usize, usize) -> Fit| Matrix {
        hypotheses: answers.len(),
        evidence: items
            .iter()
            .zip(&claims)
            .filter_map(|(&at, &claim)| {
                let item = question.evidence[at].as_ref()?;
                Some(Evidence {
                    claim: cone.claims.number(claim)?,
                    credibility: item.credibility,
                    relevance: item.relevance,
                    fits: answers.iter().map(|&answer| fit(at, answer)).collect(),
                })
            })
            .collect(),
    };
    let places = |ranking: &Ranking| -> Vec<Place> {
        let place = |&(at, inconsistency): &(usize, f64)| Place {
            hypothesis: answers[at] + 1,
            words: question.hypotheses[answers[at]].clone().unwrap_or_default(),
            inconsistency,
        };
        ranking.order.iter().map(place).collect()
    };
    let said = |at: usize, answer: usize| -> Vec<Fit> {
        question.ratings.values().filter_map(|rows| rows[at][answer]).collect()
    };
    let together = matrix(&|at, answer| middle(said(at, answer)));
    let ranking = together.rank(&weighing);
    let mut by_rater = BTreeMap::new();
    for (rater, rows) in &question.ratings {
        let alone = matrix(&|at, answer| rows[at][answer].unwrap_or_default());
        by_rater.insert(rater.clone(), places(&alone.rank(&weighing)));
    }
    let standing: HashSet<usize> = ranking.groups.iter().flatten().copied().collect();
    let number = |&at: &usize| items[at] + 1;
    let mut disputed = Vec::new();
    for &at in &items {
        for &answer in &answers {
            let degrees: Vec<i8> = said(at, answer).into_iter().map(degree).collect();
            let (least, most) = (degrees.iter().min(), degrees.iter().max());
            if least.zip(most).is_some_and(|(least, most)| most - least >= 2) {
                disputed.push((at + 1, answer + 1));
            }
        }
    }
    let deciding = together.deciding_sources(&mut weighing);
    let deciding = deciding.into_iter().map(|(source, then)| (cone.speaker(source), places(&then))).collect();
    Ok(Ranked {
        order: places(&ranking),
        by_rater,
        groups: ranking.groups.iter().map(|group| group.iter().map(number).collect()).collect(),
        fallen: (0..items.len()).filter(|at| !standing.contains(at)).map(|at| items[at] + 1).collect(),
        disputed,
        deciding,
    })
}

/// How far a fit speaks for a hypothesis: -2 to 2.
fn degree(fit: Fit) -> i8 {
    match fit {
        Fit::VeryInconsistent => -2,
        Fit::Inconsistent => -1,
        Fit::Neutral => 0,
        Fit::Consistent => 1,
        Fit::VeryConsistent => 2,
    }
}

/// The middle one of some fits; of two middle ones the milder.
fn middle(mut fits: Vec<Fit>) -> Fit {
    fits.sort_by_key(|&fit| degree(fit));
    let (Some(&low), Some(&high)) = (fits.get(fits.len().saturating_sub(1) / 2), fits.get(fits.len() / 2))
    else {
        return Fit::Neutral;
    };
    if degree(low).abs() < degree(high).abs() { low } else { high }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_that_of_most_and_the_milder_of_two() {
        use Fit::{Consistent, Inconsistent, Neutral, VeryInconsistent};
        assert_eq!(middle(vec![]), Neutral);
        assert_eq!(middle(vec![VeryInconsistent]), VeryInconsistent);
        assert_eq!(middle(vec![VeryInconsistent, Consistent, VeryInconsistent]), VeryInconsistent);
        assert_eq!(middle(vec![Neutral, VeryInconsistent]), Neutral);
        assert_eq!(middle(vec![Inconsistent, VeryInconsistent]), Inconsistent);
    }
}

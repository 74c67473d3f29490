//! `sayso hypotheses`: rival answers to a question, and what speaks against each.

use super::deed::{Hand, subject};
use crate::account::{FAINT, TITLE, wrapped};
use crate::failure::{self, Done, Ended, Failure};
use crate::session::Session;
use crate::{harmless, ledger};
use clap::Subcommand;
use sayso::{Desk, HypothesesError, HypothesesQuestion, HypothesesStep, Place, Ranked, Rating, Sort};
use sayso_record::{StepId, Subject};
use sayso_weigh::Fit;
use serde::Serialize;
use std::fmt::Write as _;

/// Weigh rival answers to a question by what speaks against each
///
/// The analysis of competing hypotheses: claims of the ledger are evidence, people say how each fits each answer, and
/// the answer that least speaks against comes first. Evidence that does not stand counts nothing; evidence that hangs
/// on one source counts once.
#[derive(Debug, clap::Args)]
pub(crate) struct Hypotheses {
    #[command(subcommand)]
    work: Work,
}

#[derive(Debug, Subcommand)]
enum Work {
    /// Ask a question, with its possible answers
    New {
        /// The question
        question: String,
        /// A possible answer; give at least two
        #[arg(long = "hypothesis", value_name = "TEXT")]
        hypotheses: Vec<String>,
        /// Somebody who is to rate; may be given more than once
        #[arg(long = "rater", value_name = "NAME")]
        raters: Vec<String>,
        /// Hide all ratings until everybody named by --rater has given all of theirs
        #[arg(long, requires = "raters")]
        blind: bool,
        #[command(flatten)]
        hand: Hand,
    },
    /// Add an answer, or a claim as evidence
    #[command(group = clap::ArgGroup::new("what").required(true).args(["hypothesis", "claim"]))]
    Add {
        /// The question, by its first digits
        question: String,
        /// One more possible answer
        #[arg(long, value_name = "TEXT")]
        hypothesis: Option<String>,
        /// A claim that is evidence, by its first digits
        #[arg(long, value_name = "CLAIM")]
        claim: Option<String>,
        /// How much it matters
        #[arg(long, value_name = "NUMBER", default_value_t = 1.0)]
        relevance: f64,
        /// How far it is to be believed
        #[arg(long, value_name = "NUMBER", default_value_t = 1.0)]
        credibility: f64,
        #[command(flatten)]
        hand: Hand,
    },
    /// Say how evidence fits answers: 2.1=inconsistent is evidence 2 against answer 1
    ///
    /// Fits: very-inconsistent (--), inconsistent (-), neutral (0), consistent (+), very-consistent (++).
    Rate {
        /// The question, by its first digits
        question: String,
        /// EVIDENCE.ANSWER=FIT, by number
        #[arg(required = true, value_name = "RATING", value_parser = rating)]
        ratings: Vec<Rating>,
        /// Why
        #[arg(long, value_name = "TEXT")]
        because: Option<String>,
        #[command(flatten)]
        hand: Hand,
    },
    /// Put the answers in order, by what stands now
    Rank {
        /// The question, by its first digits
        question: String,
    },
    /// Show a question, or list all of them
    Show {
        /// The question, by its first digits
        question: Option<String>,
        #[command(flatten)]
        hand: Hand,
    },
    /// Take back a step: an answer, a piece of evidence, ratings, or another undo
    Undo {
        /// The step, by its first digits
        step: String,
        #[command(flatten)]
        hand: Hand,
    },
}

const FITS: &[(&str, &str, Fit)] = &[
    ("very-inconsistent", "--", Fit::VeryInconsistent),
    ("inconsistent", "-", Fit::Inconsistent),
    ("neutral", "0", Fit::Neutral),
    ("consistent", "+", Fit::Consistent),
    ("very-consistent", "++", Fit::VeryConsistent),
];

fn rating(text: &str) -> Result<Rating, String> {
    let wrong = || "write EVIDENCE.ANSWER=FIT, as in 2.1=inconsistent".to_owned();
    let (cell, word) = text.split_once('=').ok_or_else(wrong)?;
    let (evidence, hypothesis) = cell.split_once('.').ok_or_else(wrong)?;
    let number = |text: &str| text.parse::<usize>().map_err(|_| wrong());
    let fit = FITS.iter().find(|(name, sign, _)| *name == word || *sign == word);
    let (_, _, fit) = fit.ok_or_else(|| {
        let names: Vec<&str> = FITS.iter().map(|(name, _, _)| *name).collect();
        format!("{word} is no fit; one of {} is needed", names.join(", "))
    })?;
    Ok(Rating { evidence: number(evidence)?, hypothesis: number(hypothesis)?, fit: *fit })
}

#[derive(Serialize)]
struct JsonStep {
    question: StepId,
    step: StepId,
}

impl Hypotheses {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let mut desk = ledger::open(session)?;
        match self.work {
            Work::New { question, hypotheses, raters, blind, hand } => {
                if hypotheses.len() < 2 {
                    return Err(Failure::usage("a question needs two possible answers or more")
                        .hint("give each with --hypothesis"));
                }
                let by = hand.name()?;
                let id = desk.ask_hypotheses(question, hypotheses, blind, raters, &by).map_err(failed)?;
                tell(session, id, id, "the question is")
            }
            Work::Add { question, hypothesis, claim, relevance, credibility, hand } => {
                let id = find(&desk, &question)?;
                let step = match (hypothesis, claim) {
                    (Some(words), _) => HypothesesStep::Hypothesis { words },
                    (None, claim) => {
                        let claim = claim.unwrap_or_default();
                        let Subject::Claim(claim) = subject(&desk, (&claim, &[Sort::Claim]))? else {
                            return Err(Failure::usage("a claim is needed"));
                        };
                        HypothesesStep::Evidence { claim, relevance, credibility }
                    }
                };
                take(session, &mut desk, id, step, &hand)
            }
            Work::Rate { question, ratings, because, hand } => {
                let id = find(&desk, &question)?;
                take(session, &mut desk, id, HypothesesStep::Rate { ratings, because }, &hand)
            }
            Work::Rank { question } => {
                let ranked = desk.rank_hypotheses(find(&desk, &question)?).map_err(failed)?;
                if session.json() {
                    session.print_json(&ranked)?;
                } else {
                    session.print(&ranking(&ranked, session.columns()))?;
                }
                Ok(Done::Whole)
            }
            Work::Show { question: Some(question), hand } => {
                // Ratings of one's own may be seen; who asks without a name sees what all may see.
                let viewer = hand.name().ok();
                let question = desk.question(find(&desk, &question)?, viewer.as_deref()).map_err(failed)?;
                if session.json() {
                    session.print_json(&question)?;
                } else {
                    session.print(&in_words(&question, session.columns()))?;
                }
                Ok(Done::Whole)
            }
            Work::Show { question: None, .. } => list(session, &desk),
            Work::Undo { step, hand } => {
                let found = desk.steps_starting(&step).map_err(ledger::failed)?;
                let [(step, question)] = found[..] else { return Err(not_one(&step, found.len(), "step")) };
                take(session, &mut desk, question, HypothesesStep::Undo { step }, &hand)
            }
        }
    }
}

fn take(
    session: &mut Session,
    desk: &mut Desk,
    question: StepId,
    step: HypothesesStep,
    hand: &Hand,
) -> Ended {
    let id = desk.step_hypotheses(question, step, &hand.name()?).map_err(failed)?;
    tell(session, question, id, "kept as step")
}

fn tell(session: &mut Session, question: StepId, step: StepId, what: &str) -> Ended {
    if session.json() {
        session.print_json(&JsonStep { question, step })?;
    } else {
        session.print(&format!("{what} {}\n", step.short()))?;
    }
    Ok(Done::Whole)
}

/// The question whose id starts with these digits.
fn find(desk: &Desk, digits: &str) -> Result<StepId, Failure> {
    let questions = desk.questions().map_err(ledger::failed)?;
    let digits = digits.to_ascii_lowercase();
    let found: Vec<StepId> =
        questions.into_iter().map(|(id, _)| id).filter(|id| id.to_string().starts_with(&digits)).collect();
    match found[..] {
        [id] => Ok(id),
        _ => Err(not_one(&digits, found.len(), "question")),
    }
}

fn not_one(digits: &str, found: usize, what: &str) -> Failure {
    let digits = harmless::line(digits);
    match found {
        0 => Failure::new(failure::PART, anyhow::anyhow!("the ledger holds no {what} {digits}"))
            .hint("`sayso hypotheses show` lists the questions"),
        _ => Failure::usage(format!("{digits} may mean more than one {what}")).hint("give more digits"),
    }
}

fn failed(error: HypothesesError) -> Failure {
    let what = || anyhow::anyhow!("{}", harmless::line(&error.to_string()));
    match error {
        HypothesesError::Ledger(error) => ledger::failed(error),
        HypothesesError::Wrong(_) => Failure::new(failure::USAGE, what()),
        HypothesesError::NoQuestion(_) => Failure::new(failure::PART, what()),
        HypothesesError::Waiting(_) => Failure::new(failure::PART, what())
            .hint("`sayso hypotheses rate` gives ratings; your own are shown to you alone until then"),
    }
}

fn list(session: &mut Session, desk: &Desk) -> Ended {
    let questions = desk.questions().map_err(ledger::failed)?;
    for (id, words) in &questions {
        if session.json() {
            session.print_json(&serde_json::json!({ "id": id, "words": words }))?;
        } else {
            session.print(&format!("{FAINT}{}{FAINT:#}  {}\n", id.short(), harmless::line(words)))?;
        }
    }
    if questions.is_empty() {
        session.say("nobody has asked a question yet: sayso hypotheses new");
    }
    Ok(Done::Whole)
}

fn in_words(question: &HypothesesQuestion, columns: usize) -> String {
    let mut text = format!("{TITLE}{}{TITLE:#}\n", harmless::line(&question.words));
    let by = harmless::line(&question.by);
    let _ = writeln!(text, "  {FAINT}question {} by {by}{FAINT:#}", question.id.short());
    for (number, hypothesis) in numbered(&question.hypotheses) {
        text += &wrapped(&format!("answer {number}: {}", harmless::line(hypothesis)), "  ", columns);
    }
    for (number, item) in numbered(&question.evidence) {
        let standing = item.standing.as_deref().unwrap_or("no standing");
        let words = harmless::line(&item.words);
        text += &wrapped(&format!("evidence {number}: \"{words}\" ({standing})"), "  ", columns);
        let (id, relevance, credibility) = (item.claim.short(), item.relevance, item.credibility);
        let _ = writeln!(
            text,
            "      {FAINT}claim {id} · relevance {relevance} · credibility {credibility}{FAINT:#}"
        );
        for (rater, rows) in &question.ratings {
            let cells: Vec<String> = numbered(&question.hypotheses)
                .map(|(answer, _)| {
                    let fit = rows.get(number - 1).and_then(|row| row.get(answer - 1)).copied().flatten();
                    let sign = FITS
                        .iter()
                        .find(|(_, _, known)| Some(*known) == fit)
                        .map_or("?", |(_, sign, _)| sign);
                    format!("{answer}: {sign}")
                })
                .collect();
            let _ = writeln!(text, "      {}  {}", harmless::line(rater), cells.join("  "));
        }
    }
    if !question.waiting_for.is_empty() {
        let names = harmless::line(&question.waiting_for.join(", "));
        let hidden = if question.blind { "; ratings are hidden until then" } else { "" };
        let _ = writeln!(text, "  still to rate everything: {names}{hidden}");
    }
    text
}

/// What is there, by number from 1.
fn numbered<T>(all: &[Option<T>]) -> impl Iterator<Item = (usize, &T)> {
    all.iter().enumerate().filter_map(|(at, one)| Some((at + 1, one.as_ref()?)))
}

fn ranking(ranked: &Ranked, columns: usize) -> String {
    let mut text = format!("{TITLE}Least inconsistent first{TITLE:#}\n");
    for Place { hypothesis, words, inconsistency } in &ranked.order {
        let line = format!("{inconsistency:6.2}  answer {hypothesis}: {}", harmless::line(words));
        text += &wrapped(&line, "  ", columns);
    }
    let numbers = |list: &[usize]| list.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    for group in ranked.groups.iter().filter(|group| group.len() > 1) {
        let _ = writeln!(text, "  evidence {} hangs on one source and counts once", numbers(group));
    }
    if !ranked.fallen.is_empty() {
        let _ = writeln!(text, "  evidence {} does not stand and counts nothing", numbers(&ranked.fallen));
    }
    for (rater, places) in ranked.by_rater.iter().filter(|_| ranked.by_rater.len() > 1) {
        let _ = writeln!(text, "  {} alone: {}", harmless::line(rater), in_order(places));
    }
    for (evidence, answer) in &ranked.disputed {
        let _ = writeln!(text, "  raters differ about evidence {evidence} and answer {answer}");
    }
    for (source, places) in &ranked.deciding {
        let name = harmless::line(&source.name);
        let _ = writeln!(text, "  if {name} were not believed: {}", in_order(places));
    }
    text
}

/// "answer 2 (0.00), answer 1 (2.00)".
fn in_order(places: &[Place]) -> String {
    let place = |place: &Place| format!("answer {} ({:.2})", place.hypothesis, place.inconsistency);
    places.iter().map(place).collect::<Vec<_>>().join(", ")
}

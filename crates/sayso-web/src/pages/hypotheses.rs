//! Rival answers to a question, as a matrix: how each piece of evidence fits each answer, and which has least against it.

use super::Page;
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{page, source, standing, your_name};
use crate::site::Site;
use crate::users::Role;
use crate::visitor::Visitor;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use sayso::Fit;
use sayso::harmless::line;
use sayso::report::day;
use sayso::{Desk, HypothesesError, HypothesesQuestion, HypothesesStep, Ranked, Rating};
use sayso_record::StepId;
use std::sync::Arc;

const FITS: [(&str, Fit); 5] = [
    ("very inconsistent", Fit::VeryInconsistent),
    ("inconsistent", Fit::Inconsistent),
    ("neutral", Fit::Neutral),
    ("consistent", Fit::Consistent),
    ("very consistent", Fit::VeryConsistent),
];

fn question_id(desk: &Desk, asked: &str) -> Result<StepId, Failure> {
    match desk.steps_starting(asked)?.as_slice() {
        [(_, question)] => Ok(*question),
        _ => Err(Failure::missing("there is no such question")),
    }
}

pub(super) async fn list(State(site): State<Arc<Site>>) -> Page {
    let questions = site.desks.read(|desk| Ok(desk.questions()?)).await?;
    Ok(page(
        "Hypotheses",
        html! {
            h1 { "Rival hypotheses" }
            p { "A question, its possible answers, and the claims that speak for or against each. What has least against it, counting only what stands, comes first." }
            ul class="list" { @for (id, words) in &questions { li { a href={ "/hypotheses/" (id) } { bdi { (line(words)) } } } } }
            details class="deed" open[questions.is_empty()] {
                summary { "Ask a question" }
                form action="/hypotheses" method="post" {
                    label { "The question " input name="words" required; }
                    label { "Possible answers, a line each " textarea name="hypotheses" rows="4" required {} }
                    label { "Who is to rate, a line each (may be left empty) " textarea name="raters" rows="2" {} }
                    label class="tick" { input type="checkbox" name="blind" value="1"; " Hide ratings until all have rated" }
                    (your_name())
                    button { "Ask" }
                }
            }
        },
    ))
}

fn lines(text: Option<&str>) -> Vec<String> {
    let lines = text.unwrap_or_default().lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

pub(super) async fn ask(State(site): State<Arc<Site>>, form: Bytes) -> Page {
    let asked = Asked::parse(&form);
    let words = asked.must("words", "the question")?.to_owned();
    let by = editor(&asked)?;
    let (answers, raters) = (lines(asked.one("hypotheses")), lines(asked.one("raters")));
    let blind = asked.one("blind").is_some();
    let id =
        site.desks.write(move |desk| Ok(desk.ask_hypotheses(words, answers, blind, raters, &by)?)).await?;
    Ok(Redirect::to(&format!("/hypotheses/{id}")).into_response())
}

pub(super) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, asked: Asked) -> Page {
    let viewer = Visitor::now().name.or_else(|| asked.one("viewer").map(str::to_owned));
    let (question, ranked) = site
        .desks
        .read(move |desk| {
            let id = question_id(desk, &id)?;
            let question = desk.question(id, viewer.as_deref())?;
            let ranked = match desk.rank_hypotheses(id) {
                Ok(ranked) => Some(ranked),
                Err(HypothesesError::Waiting(_)) => None,
                Err(error) => return Err(error.into()),
            };
            Ok((question, ranked))
        })
        .await?;
    Ok(page(
        &question.words,
        html! {
            h1 { span class="kicker" { "Asked by " bdi { (line(&question.by)) } } bdi { (line(&question.words)) } }
            @match &ranked {
                Some(ranked) => (ranking(ranked)),
                None => p role="status" { "Ratings are hidden until all have rated; still to rate: " (line(&question.waiting_for.join(", "))) "." },
            }
            (matrix(&question, ranked.as_ref()))
            (forms(&question))
        },
    ))
}

fn ranking(ranked: &Ranked) -> Markup {
    html! {
        section {
            h2 { "In order of what speaks against each" }
            ol { @for place in &ranked.order { li { bdi { (line(&place.words)) } " " small { "inconsistency " (format!("{:.1}", place.inconsistency)) } } } }
            @for (speaker, order) in &ranked.deciding {
                p { "If " (source(speaker)) " fell, the order would be: " @for (number, place) in order.iter().enumerate() { @if number > 0 { ", " } bdi { (line(&place.words)) } } }
            }
        }
    }
}

fn matrix(question: &HypothesesQuestion, ranked: Option<&Ranked>) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label="How evidence fits" {
            table class="matrix" {
                caption { "How each piece of evidence fits each answer" }
                thead { tr {
                    th scope="col" { "Evidence" }
                    @for hypothesis in question.hypotheses.iter().flatten() { th scope="col" { bdi { (line(hypothesis)) } } }
                } }
                tbody {
                    @for (number, item) in question.evidence.iter().enumerate() {
                        @if let Some(item) = item {
                            tr {
                                th scope="row" {
                                    a href={ "/claims/" (item.claim) } { bdi { (line(&item.words)) } } " "
                                    @if let Some(name) = &item.standing { (standing(name)) }
                                    @if ranked.is_some_and(|ranked| ranked.fallen.contains(&(number + 1))) { " " small { "does not stand, and counts nothing" } }
                                }
                                @for (answer, hypothesis) in question.hypotheses.iter().enumerate() {
                                    @if let Some(hypothesis) = hypothesis {
                                        td data-label=(line(hypothesis)) {
                                            @for (rater, ratings) in &question.ratings {
                                                @if let Some(fit) = ratings.get(number).and_then(|fits| fits.get(answer)).copied().flatten() {
                                                    p { (name(fit)) " " small { bdi { (line(rater)) } } }
                                                }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn name(fit: Fit) -> &'static str {
    FITS.iter().find(|(_, other)| *other == fit).map_or("", |(name, _)| name)
}

fn forms(question: &HypothesesQuestion) -> Markup {
    let address = format!("/hypotheses/{}", question.id);
    let by = || your_name();
    html! {
        details class="deed" {
            summary { "Take a claim as evidence" }
            form action=(address) method="post" {
                input type="hidden" name="do" value="evidence";
                label { "The claim’s id " input name="claim" required; }
                label { "How much it matters " input name="relevance" type="number" min="0" step="0.1" value="1"; }
                label { "How far it is to be believed " input name="credibility" type="number" min="0" step="0.1" value="1"; }
                (by()) button { "Take it" }
            }
        }
        details class="deed" {
            summary { "Add a possible answer" }
            form action=(address) method="post" {
                input type="hidden" name="do" value="hypothesis";
                label { "The answer " input name="words" required; }
                (by()) button { "Add it" }
            }
        }
        @if question.evidence.iter().flatten().next().is_some() {
            details class="deed" {
                summary { "Rate how the evidence fits" }
                form action=(address) method="post" {
                    input type="hidden" name="do" value="rate";
                    @for (number, item) in question.evidence.iter().enumerate() {
                        @if let Some(item) = item {
                            fieldset {
                                legend { bdi { (line(&item.words)) } }
                                @for (answer, words) in question.hypotheses.iter().enumerate() {
                                    @if let Some(words) = words {
                                        label { bdi { (line(words)) } " " select name={ "fit-" (number + 1) "-" (answer + 1) } {
                                            option value="" { "not rated" }
                                            @for (name, _) in FITS { option value=(name) { (name) } }
                                        } }
                                    }
                                }
                            }
                        }
                    }
                    (by()) button { "Rate" }
                }
            }
        }
        @if Visitor::now().name.is_none() { details class="deed" {
            summary { "Show my own ratings while they are hidden" }
            form action=(address) { label { "Your name " input name="viewer" required autocomplete="name"; } button { "Show" } }
        } }
        details {
            summary { "Its steps" }
            ol { @for taken in &question.steps { li class=[taken.undone.then_some("gone-words")] {
                (day(&taken.at)) " " bdi { (line(&taken.by)) } " " code { (taken.id.short()) }
                @if !taken.undone { form action=(address) method="post" class="inline" {
                    input type="hidden" name="do" value="undo"; input type="hidden" name="step" value=(taken.id);
                    (your_name()) button { "Take it back" }
                } }
            } } }
        }
    }
}

/// The name of whoever may ask questions and answer them.
fn editor(asked: &Asked) -> Result<String, Failure> {
    let visitor = Visitor::now();
    visitor.must_be(Role::Editor)?;
    visitor.does(asked)
}

/// The step that a form takes.
fn step_of(desk: &Desk, asked: &Asked) -> Result<HypothesesStep, Failure> {
    let number = |name: &str| -> Result<f64, Failure> {
        asked.one(name).unwrap_or("1").parse().map_err(|_| Failure::bad(format!("{name} is no number")))
    };
    Ok(match asked.must("do", "the step")? {
        "evidence" => HypothesesStep::Evidence {
            claim: super::claim::claim_id(desk, asked.must("claim", "the claim")?)?,
            relevance: number("relevance")?,
            credibility: number("credibility")?,
        },
        "hypothesis" => HypothesesStep::Hypothesis { words: asked.must("words", "the answer")?.to_owned() },
        "rate" => HypothesesStep::Rate {
            ratings: ratings(asked)?,
            because: asked.one("because").map(str::to_owned),
        },
        "undo" => {
            let digits = asked.must("step", "the step")?;
            let found = desk.steps_starting(digits)?;
            let [(step, _)] = found.as_slice() else { return Err(Failure::missing("there is no such step")) };
            HypothesesStep::Undo { step: *step }
        }
        other => return Err(Failure::bad(format!("{other} is no step"))),
    })
}

fn ratings(asked: &Asked) -> Result<Vec<Rating>, Failure> {
    let mut ratings = Vec::new();
    for (name, value) in asked.pairs() {
        let Some((evidence, hypothesis)) = name.strip_prefix("fit-").and_then(|rest| rest.split_once('-'))
        else {
            continue;
        };
        let (Ok(evidence), Ok(hypothesis)) = (evidence.parse(), hypothesis.parse()) else { continue };
        let Some(&(_, fit)) = FITS.iter().find(|(name, _)| *name == value) else { continue };
        ratings.push(Rating { evidence, hypothesis, fit });
    }
    if ratings.is_empty() { Err(Failure::bad("nothing was rated")) } else { Ok(ratings) }
}

pub(super) async fn step(State(site): State<Arc<Site>>, Path(id): Path<String>, form: Bytes) -> Page {
    let asked = Asked::parse(&form);
    let by = editor(&asked)?;
    let id = site
        .desks
        .write(move |desk| {
            let id = question_id(desk, &id)?;
            let step = step_of(desk, &asked)?;
            desk.step_hypotheses(id, step, &by)?;
            Ok(id)
        })
        .await?;
    Ok(Redirect::to(&format!("/hypotheses/{id}")).into_response())
}

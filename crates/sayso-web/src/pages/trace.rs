//! Where words stood first, who passed them on, and what each changed.

use super::Page;
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{counted, page, page_line, source};
use crate::site::Site;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use sayso::harmless::{in_address, line};
use sayso::{ChangedWords, Desk, KnownBy, Sort, Stop, Trace};
use sayso_record::Subject;
use std::sync::Arc;

/// Longer words are traced by their beginning: what stands on other pages is rarely longer.
const LETTERS: usize = 600;

/// Some words, no longer than can be traced.
pub(crate) fn traceable(words: &str) -> String {
    line(words).chars().take(LETTERS).collect()
}

/// Traces words on a desk.
pub(crate) fn traced(desk: &mut Desk, words: &str) -> Result<Trace, Failure> {
    Ok(desk.trace(&traceable(words))?)
}

pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    let Some(words) = asked.one("q").map(str::to_owned) else {
        return Ok(page("Trace", html! { h1 { "Where did these words stand first?" } (form("")) }));
    };
    let trace = site.desks.read(move |desk| traced(desk, &words)).await?;
    Ok(page(
        &format!("Trace of {}", trace.words),
        html! {
            h1 { span class="kicker" { "Where these words stood first, and who passed them on" } bdi { "“" (line(&trace.words)) "”" } }
            @if trace.stops.is_empty() {
                p role="status" { "No page of this ledger holds these words, or most of them. Fewer words may help." }
            } @else {
                p { (counted(trace.stops.len(), "page")) @if trace.stops.len() == 1 { " holds" } @else { " hold" } " them, the first known first. Only what this ledger holds is known: an earlier page may be missing." }
                ol class="words" { @for (at, stop) in trace.stops.iter().enumerate() { (told(&trace, at, stop)) } }
            }
            h2 { "Trace other words" }
            (form(&trace.words))
            p { a href={ "/api/v1/trace?q=" (in_address(&trace.words)) } { "As JSON" } }
        },
    ))
}

/// On to the trace of a statement's words.
pub(super) async fn of_statement(State(site): State<Arc<Site>>, Path(id): Path<String>) -> Page {
    let words = site.desks.read(move |desk| {
        let missing = || Failure::missing("there is no such statement");
        let Subject::Statement(id) = desk.subject(&id, &[Sort::Statement])? else { return Err(missing()) };
        desk.words_of(id)?.ok_or_else(missing)
    });
    let words = traceable(&words.await?);
    Ok(Redirect::to(&format!("/trace?q={}", in_address(&words))).into_response())
}

fn form(words: &str) -> Markup {
    html! {
        form action="/trace" class="deed" {
            label { "The words, as they are said somewhere " textarea name="q" rows="3" required { (line(words)) } }
            button { "Trace them" }
        }
    }
}

fn told(trace: &Trace, at: usize, stop: &Stop) -> Markup {
    html! {
        li id={ "stop-" (at + 1) } {
            p {
                strong { @if stop.page.published.is_none() { "At an unknown time" } @else if at == 0 { "First known" } @else { "Then" } }
                ": " (page_line(&stop.page))
            }
            blockquote {
                @match stop.statement {
                    Some(statement) => a href={ "/documents/" (stop.page.id) "#s-" (statement) } { bdi { (line(&stop.passage)) } },
                    None => bdi { (line(&stop.passage)) },
                }
            }
            p {
                @if stop.as_its_own { "In its own voice" }
                @else { "Given to " @for (number, speaker) in stop.given_to.iter().enumerate() { @if number > 0 { ", through " } (source(speaker)) } }
                @if let (Some(from), Some(by)) = (stop.from, stop.by) {
                    "; from " a href={ "#stop-" (from + 1) } { (from + 1) } ", "
                    @match by {
                        KnownBy::Link => "to which it links",
                        KnownBy::Named => "which it names",
                        KnownBy::Words => "perhaps: its words are the most like these",
                    }
                }
                "."
            }
            @if let Some(changed) = &stop.changed { (changes(changed)) }
            @for correction in &stop.corrections { p { "Since then: " bdi { (line(correction)) } } }
            @for lacks in &stop.lacks { p class="pending" { "Does not bear the correction of " bdi { (line(lacks)) } } }
            @if trace.stops.len() > 1 && stop.holds < 0.995 { p class="soft" { "It holds " (format!("{:.0}", stop.holds * 100.0)) " % of the words." } }
        }
    }
}

fn changes(changed: &ChangedWords) -> Markup {
    let list = |what: &str, words: &[String]| {
        html! {
            @if !words.is_empty() {
                li { (what) ": " @for (number, one) in words.iter().enumerate() { @if number > 0 { ", " } q { bdi { (line(one)) } } } }
            }
        }
    };
    html! {
        @if changed.is_nothing() { p { "Word for word." } }
        @else {
            ul {
                (list("Hedge lost", &changed.hedges_lost))
                (list("Name lost", &changed.names_lost))
                @for one in &changed.numbers_changed { li { "Number changed: " del { (line(&one.was)) } " " ins { (line(&one.is)) } } }
                @for one in changed.altered.iter().filter(|one| !changed.numbers_changed.contains(one)) { li { "Altered: " del { (line(&one.was)) } " " ins { (line(&one.is)) } } }
                (list("Added", &changed.added))
                (list("Cut", &changed.cut))
            }
        }
    }
}

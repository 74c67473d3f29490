//! The first page: what is new for somebody who comes back; an example and three steps for somebody who comes first.

use super::Page;
use super::kept::in_a_line;
use super::review::cut;
use crate::frame::{counted, page, page_line, standing};
use crate::site::Site;
use crate::users::Role;
use crate::visitor::Visitor;
use axum::extract::State;
use maud::{Markup, html};
use sayso::harmless::line;
use sayso::report::day;
use sayso::{Changed, ClaimChange, Correction, Decision, PageNews, SeenClaim};
use std::sync::Arc;

/// So many of each sort are shown.
const SHOWN: usize = 6;
/// Of so many matters that wait those are shown on which most hangs.
const WAITING: usize = 20;

pub(super) async fn show(State(site): State<Arc<Site>>) -> Page {
    let (morning, read, corrections, waiting, kept) = site
        .desks
        .read(|desk| {
            Ok((
                desk.morning(SHOWN)?,
                desk.pages_news(None, SHOWN)?,
                desk.corrections_part(i64::MIN, None, SHOWN, 1)?,
                desk.waiting(&[], None, WAITING)?,
                desk.kept(1)?,
            ))
        })
        .await?;
    let mut kept = kept;
    // What changed last is news.
    kept.sort_by(|a, b| {
        b.answers.first().map(|one| &one.since).cmp(&a.answers.first().map(|one| &one.since))
    });
    let is_empty = read.lines.is_empty();
    Ok(page(
        "Who says so?",
        html! {
            h1 { "Who says so, on whose word, on what evidence, and does it still stand?" }
            @if is_empty { (steps()) }
            @else {
                form class="wide" action="/search" role="search" {
                    label for="words" { "A question, a name, or words" }
                    input id="words" type="search" name="q" required placeholder="Was the pier sold?";
                    button { "Ask" }
                }
                div class="columns" {
                    (section("New claims that matter", morning.claims.len(), Some(morning.all_claims as usize), "/claims", html! {
                        @for seen in &morning.claims { (new_claim(seen)) }
                    }))
                    (section("Standings that changed", morning.changed.len(), None, "/claims?order=changed", html! {
                        @for change in &morning.changed { (changed(change)) }
                    }))
                    @if !kept.is_empty() {
                        (section("Kept questions", kept.len().min(SHOWN), Some(kept.len()), "/kept", html! {
                            @for one in kept.iter().take(SHOWN) { li { (in_a_line(one)) } }
                        }))
                    }
                    (section("Corrections", corrections.lines.len(), None, "/corrections", html! {
                        @for correction in &corrections.lines { (corrected(correction)) }
                    }))
                    (section("What waits for a person", waiting.lines.len().min(SHOWN), Some(waiting.lines.len()), "/review", html! {
                        @for decision in waiting.lines.iter().take(SHOWN) { (waits(decision)) }
                    }))
                    (section("Read last", read.lines.len(), None, "/documents", html! {
                        @for news in &read.lines { (just_read(news)) }
                    }))
                }
                details { summary { "New here? An example and three steps" } (steps()) }
            }
        },
    ))
}

/// What is new of one sort: how many are shown, of how many where that is known, and the way to all.
fn section(heading: &str, shown: usize, all: Option<usize>, more: &str, lines: Markup) -> Markup {
    html! {
        section {
            h2 {
                (heading)
                @if shown > 0 { " " small { "(" (shown) @if let Some(all) = all.filter(|all| *all > shown) { " of " (all) } ")" } }
            }
            @if shown == 0 { p class="soft" { "None." } }
            @else {
                ul class="list" { (lines) }
                p { a href=(more) { "All of them" span class="hidden" { ": " (heading) } } }
            }
        }
    }
}

fn new_claim(seen: &SeenClaim) -> Markup {
    let claim = &seen.claim;
    html! {
        li {
            a href={ "/claims/" (claim.id) } { bdi { (line(&claim.title)) } } " " (standing(&claim.standing))
            p class="soft" {
                (counted(seen.outlets.len(), "outlet"))
                @match (&seen.first, &seen.last) {
                    (Some(first), Some(last)) if first == last => { ", " (day(first)) }
                    (Some(first), Some(last)) => { ", from " (day(first)) " to " (day(last)) }
                    _ => ", date unknown"
                }
            }
        }
    }
}

fn changed(change: &ClaimChange) -> Markup {
    html! {
        li {
            a href={ "/claims/" (change.claim) } { bdi { (line(&change.words)) } } " "
            @if let Some(before) = &change.before { (standing(before)) " → " }
            (standing(&change.standing))
            p class="soft" {
                (day(&change.since)) ": "
                @match &change.because {
                    Changed::Document(page) => { "by " (page_line(page)) }
                    Changed::Act(act) => { bdi { (line(&act.by)) } ": “" bdi { (cut(&act.because)) } "”" }
                    Changed::Anew => "everything was weighed anew",
                }
            }
        }
    }
}

fn corrected(correction: &Correction) -> Markup {
    html! {
        li {
            (page_line(&correction.page))
            @if !correction.words.is_empty() { p class="soft" { "“" bdi { (cut(&correction.words)) } "”" } }
            @if !correction.withdrawn.is_empty() { p class="soft" { "Takes back " (counted(correction.withdrawn.len(), "statement")) "." } }
        }
    }
}

fn waits(decision: &Decision) -> Markup {
    let first = &decision.matters[0];
    html! {
        li {
            bdi { (cut(&first.question)) }
            @if let Some((told, _)) = first.statements.first() { " “" bdi { (cut(&told.words)) } "”" }
            p class="soft" {
                @if first.hangs_at_least { "At least " }
                (counted(decision.hangs, "claim")) @if decision.hangs == 1 { " hangs" } @else { " hang" } " on it."
            }
        }
    }
}

fn just_read(news: &PageNews) -> Markup {
    html! { li { (page_line(&news.page)) p class="soft" { (counted(news.new_claims as usize, "new claim")) } } }
}

/// What this is, by an example, and how to begin.
fn steps() -> Markup {
    let may_add = Visitor::now().role >= Role::Editor;
    html! {
        blockquote { "One unnamed official, relayed by forty outlets, looks like forty sources. Here it is one." }
        ol class="steps" {
            li {
                strong { "Add what you read. " }
                @if may_add { a href="/add" { "Paste an article" } } @else { "An editor adds articles" }
                ", with its outlet and its date: everybody who is quoted is found, and whom they heard it from."
            }
            li { strong { "Ask. " } "Was the pier sold? What does Marwick say about the barrels? The answer names who says so, who says otherwise, and on how many origins." }
            li { strong { "Decide. " } "What is only possible does not count until you say so in " a href="/review" { "review" } "; tick a source on the page of a claim to see what falls without them." }
        }
        p class="soft" { "An example with seven invented pages: " code { "sayso demo --serve" } "." }
    }
}

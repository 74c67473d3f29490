//! Corrections, and everything downstream of each.

use super::Page;
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{counted, page, page_line, standing};
use crate::site::Site;
use axum::extract::State;
use maud::{Markup, html};
use sayso::harmless::{in_address, line};
use sayso::report::day;
use sayso::{Correction, CorrectionKind};
use std::sync::Arc;

/// So many corrections are on a page.
const SHOWN: usize = 15;
/// So many statements downstream of one are told.
const DOWNSTREAM: usize = 20;

pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    let since = match asked.one("since") {
        Some(date) => sayso::first_second(date).ok_or_else(|| Failure::bad("this is no date"))?,
        None => i64::MIN,
    };
    let after = asked.after()?;
    let part =
        site.desks.read(move |desk| Ok(desk.corrections_part(since, after, SHOWN, DOWNSTREAM)?)).await?;
    Ok(page(
        "Corrections",
        html! {
            h1 { "Corrections, and what rests on what they correct" }
            form class="filters" action="/corrections" {
                label { "Since " input type="date" name="since" value=[asked.one("since")]; }
                button { "Show" }
            }
            p role="status" { @if part.lines.is_empty() { "None is known here." } @else { "The newest first." } }
            ol class="words" { @for correction in &part.lines { (told(correction)) } }
            @if let Some(next) = part.next {
                p { a rel="next" href={ "/corrections?since=" (in_address(asked.one("since").unwrap_or_default())) "&after=" (next) } { "Older ones" } }
            }
        },
    ))
}

fn told(correction: &Correction) -> Markup {
    let kind = match correction.kind {
        CorrectionKind::Notice => "A notice",
        CorrectionKind::Withdrawal => "Taken back",
        CorrectionKind::Change => "A change",
        CorrectionKind::SilentChange => "A silent change",
    };
    html! {
        li {
            p { strong { (kind) } ": " (page_line(&correction.page)) " · known here " (day(&correction.known)) }
            @if !correction.words.is_empty() { blockquote { bdi { (line(&correction.words)) } } }
            @if !correction.withdrawn.is_empty() {
                details {
                    summary { "Takes back " (counted(correction.withdrawn.len(), "statement")) }
                    ul { @for told in &correction.withdrawn {
                        li { a href={ "/statements/" (told.statement) } { bdi { (line(&told.words)) } } ", " bdi { (line(&told.source)) } }
                    } }
                }
            }
            @if let Some(revision) = &correction.revision {
                p { a href={ "/documents/" (revision.later) "?beside=" (revision.earlier) } { "The two revisions side by side" } }
            }
            @for suggested in &correction.suggested {
                p { "The notice says that " bdi { (line(&suggested.source)) } " should not have been believed: "
                    @match suggested.confirmed { Some(true) => "confirmed", Some(false) => "rejected", None => { a href="/review?kind=distrust" { "to be decided" } } } }
            }
            @if correction.downstream.is_empty() { p class="soft" { "Nothing in this ledger rests on it." } }
            @else {
                details open[correction.downstream.len() <= 5] {
                    summary { @if correction.downstream_at_least { "More than " } (counted(correction.downstream.len(), "statement")) @if correction.downstream.len() == 1 { " rests on it" } @else { " rest on it" } }
                    ul class="list" {
                        @for below in &correction.downstream {
                            li {
                                a href={ "/statements/" (below.told.statement) } { bdi { (line(&below.told.words)) } }
                                @if let Some(name) = &below.standing { " " (standing(name)) }
                                p class="soft" {
                                    @for (number, hop) in below.path.iter().enumerate() {
                                        @if number > 0 { " ← " }
                                        bdi { (line(&hop.source)) } " in " bdi { (line(&hop.page)) }
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

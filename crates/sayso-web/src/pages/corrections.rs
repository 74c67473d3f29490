//! Corrections, and everything downstream of each.

use super::Page;
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{page, page_line, standing};
use crate::site::Site;
use axum::extract::State;
use maud::{Markup, html};
use sayso::harmless::line;
use sayso::report::day;
use sayso::{Correction, CorrectionKind};
use std::sync::Arc;

/// So many corrections are on a page.
const SHOWN: usize = 30;
/// So many statements downstream of one are told.
const DOWNSTREAM: usize = 20;

pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    let since = match asked.one("since") {
        Some(date) => sayso::first_second(date).ok_or_else(|| Failure::bad("this is no date"))?,
        None => i64::MIN,
    };
    let (mut corrections, total) = site
        .desks
        .read(move |desk| {
            let corrections = desk.corrections(since)?;
            let total = corrections.len();
            Ok((corrections.into_iter().rev().take(SHOWN).collect::<Vec<_>>(), total))
        })
        .await?;
    corrections.truncate(SHOWN);
    Ok(page(
        "Corrections",
        html! {
            h1 { "Corrections, and what rests on what they correct" }
            form class="filters" action="/corrections" {
                label { "Since " input type="date" name="since" value=[asked.one("since")]; }
                button { "Show" }
            }
            p role="status" { (total) " in all" @if total > SHOWN { "; the newest " (SHOWN) } "." }
            ol class="words" { @for correction in &corrections { (told(correction)) } }
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
                    summary { "Takes back " (correction.withdrawn.len()) " statements" }
                    ul { @for told in &correction.withdrawn {
                        li { a href={ "/statements/" (told.statement) } { bdi { (line(&told.words)) } } ", " bdi { (line(&told.source)) } }
                    } }
                }
            }
            @if let Some(revision) = &correction.revision {
                p { a href={ "/documents/" (revision.later) "?beside=" (revision.earlier) } { "The two revisions side by side" } }
            }
            @for suggested in &correction.suggested {
                p { "It says that " bdi { (line(&suggested.source)) } " should not have been believed: "
                    @match suggested.confirmed { Some(true) => "confirmed", Some(false) => "rejected", None => { a href="/review?kind=distrust" { "to be decided" } } } }
            }
            @if correction.downstream.is_empty() { p class="soft" { "Nothing in this ledger rests on it." } }
            @else {
                details open[correction.downstream.len() <= 5] {
                    summary { (correction.downstream.len()) " statements rest on it" }
                    ul class="list" {
                        @for below in correction.downstream.iter().take(DOWNSTREAM) {
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
                    @if correction.downstream.len() > DOWNSTREAM { p { "And " (correction.downstream.len() - DOWNSTREAM) " more." } }
                }
            }
        }
    }
}

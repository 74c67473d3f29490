//! The first page: a search, and what is new.

use super::Page;
use crate::frame::{claim_line, page, page_line};
use crate::site::Site;
use axum::extract::State;
use maud::{Markup, html};
use sayso::{ClaimLine, PageOf};
use std::sync::Arc;

/// So many of each sort are shown.
const SHOWN: u32 = 8;

pub(super) async fn show(State(site): State<Arc<Site>>) -> Page {
    let lately = site.desks.read(|desk| Ok(desk.lately(SHOWN)?)).await?;
    Ok(page(
        "Who says so?",
        html! {
            h1 { "Who says so, on whose word, on what evidence, and does it still stand?" }
            form class="wide" action="/search" role="search" {
                label for="words" { "Words of a claim" }
                input id="words" type="search" name="q" required;
                button { "Ask" }
            }
            div class="columns" {
                (claims("What changed lately", "/claims?changed=1", &lately.changed))
                (claims("Claims that rest on one origin", "/claims?standing=single-sourced", &lately.single_sourced))
                (pages("Pages that correct themselves", "/corrections", &lately.noticed))
                (pages("Read last", "/documents", &lately.read))
            }
            p { a href="/review" { "What waits for a person to decide" } }
        },
    ))
}

fn claims(heading: &str, more: &str, claims: &[ClaimLine]) -> Markup {
    html! {
        section {
            h2 { (heading) }
            @if claims.is_empty() { p class="soft" { "None." } }
            @else {
                ul class="list" { @for claim in claims { (claim_line(claim)) } }
                p { a href=(more) { "All of them" span class="hidden" { ": " (heading) } } }
            }
        }
    }
}

fn pages(heading: &str, more: &str, pages: &[PageOf]) -> Markup {
    html! {
        section {
            h2 { (heading) }
            @if pages.is_empty() { p class="soft" { "None." } }
            @else {
                ul class="list" { @for page in pages { li { (page_line(page)) } } }
                p { a href=(more) { "All of them" span class="hidden" { ": " (heading) } } }
            }
        }
    }
}

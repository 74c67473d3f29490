//! The log: every act, the newest first, each with a way to undo it.

use super::act::undo;
use super::{Page, address};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::page;
use crate::site::Site;
use axum::extract::State;
use maud::{Markup, html};
use sayso::Logged;
use sayso::harmless::line;
use sayso::report::day;
use sayso_record::{ActKind, Subject};
use std::sync::Arc;

/// So many acts are on a page.
const SHOWN: usize = 50;

pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    let after = asked
        .one("after")
        .unwrap_or("0")
        .parse::<usize>()
        .map_err(|_| Failure::bad("the place is no number"))?;
    let (acts, total) = site
        .desks
        .read(move |desk| {
            let acts = desk.log()?;
            let total = acts.len();
            Ok((acts.into_iter().rev().skip(after).take(SHOWN).collect::<Vec<_>>(), total))
        })
        .await?;
    Ok(page(
        "Log",
        html! {
            h1 { "Log" }
            p { "Every act, the newest first. Each holds the hash of the one before it, so that none can be changed or taken out unseen: " code { "sayso verify" } " checks." }
            @if acts.is_empty() { p role="status" { "Nothing was done yet." } }
            ol class="words" { @for logged in &acts { (told(logged)) } }
            @if after + SHOWN < total { p { a rel="next" href={ "/log?after=" (after + SHOWN) } { "Older acts" } } }
        },
    ))
}

fn told(logged: &Logged) -> Markup {
    let act = &logged.act;
    html! {
        li id={ "act-" (act.id) } class=[logged.undone_by.is_some().then_some("gone-words")] {
            p {
                (day(&act.at)) " " strong { (act.act.word()) } " "
                a href=(address(&act.on)) { bdi { (line(&act.on.to_string())) } }
                @if let Some(with) = &act.with { " with " a href=(address(with)) { bdi { (line(&with.to_string())) } } }
                " by " bdi { (line(&act.by)) }
                @if act.notice.is_some() { " (a notice on the page)" }
            }
            blockquote { bdi { (line(&act.because)) } }
            @match &logged.undone_by {
                Some(by) => p { a href={ "#act-" (by) } { "Undone" } },
                None => @if act.act != ActKind::Undo { (undo(&Subject::Act(act.id), "")) },
            }
            code { (act.id) }
        }
    }
}

//! The log: every act, the newest first, each with a way to undo it.

use super::act::undo;
use super::{Page, address};
use crate::asked::Asked;
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
    // Acts are numbered in the order of the log, so that a page that was kept stays as it was.
    let before = if asked.one("before").is_some() { asked.number("before")? } else { usize::MAX };
    let (acts, first) = site
        .desks
        .read(move |desk| {
            let (_, total) = desk.log_part(0..0)?;
            let end = before.min(total);
            let first = end.saturating_sub(SHOWN);
            Ok((desk.log_part(first..end)?.0, first))
        })
        .await?;
    Ok(page(
        "Log",
        html! {
            h1 { "Log" }
            p { "Every act, the newest first. Each holds the hash of the one before it, so that none can be changed or taken out unseen: " code { "sayso verify" } " checks." }
            @if acts.is_empty() { p role="status" { "Nothing was done yet." } }
            ol class="words" { @for logged in acts.iter().rev() { (told(logged)) } }
            @if first > 0 { p { a rel="next" href={ "/log?before=" (first) } { "Older acts" } } }
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
                None => @if act.act != ActKind::Undo { (undo(&Subject::Act(act.id))) },
            }
            code { (act.id) }
        }
    }
}

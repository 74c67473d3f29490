//! Questions that are kept: the list of them, and one with its answer and what the answer came to when.

use super::Page;
use super::act::undo;
use super::search::{answer, on_origins};
use crate::failure::Failure;
use crate::frame::{page, page_line, standing};
use crate::site::Site;
use axum::extract::{Path, State};
use maud::{Markup, html};
use sayso::harmless::line;
use sayso::report::day;
use sayso::{AsOf, Desk, KeptAnswer, KeptQuestion, Sort};
use sayso_record::{ActId, Subject};
use std::sync::Arc;

/// The kept question that an address names.
pub(crate) fn kept_id(desk: &Desk, id: &str) -> Result<ActId, Failure> {
    match desk.subject(id, &[Sort::Act])? {
        Subject::Act(id) => Ok(id),
        _ => Err(Failure::missing("there is no such question")),
    }
}

pub(super) async fn list(State(site): State<Arc<Site>>) -> Page {
    let kept = site.desks.read(|desk| Ok(desk.kept(1)?)).await?;
    Ok(page(
        "Kept questions",
        html! {
            h1 { "Kept questions" }
            p { "Pages that are read later are held against these too. Ask something, and keep it on the page of its answer." }
            @if kept.is_empty() { p role="status" { "No question is kept." } }
            @else {
                ul class="list" { @for one in &kept { li { (in_a_line(one)) } } }
                p { a href="/feeds/kept" { "Feed of what changes" } }
            }
        },
    ))
}

/// A kept question with what its answer comes to.
pub(super) fn in_a_line(one: &KeptQuestion) -> Markup {
    html! {
        a href={ "/kept/" (one.id) } { bdi { (line(&one.question)) } } " "
        @match one.answers.first() {
            Some(now) => { (standing(&now.standing)) p class="soft" { "Since " (day(&now.since)) (on_origins(now.independence_for)) "." } }
            None => p class="soft" { "Not answered yet." },
        }
    }
}

pub(super) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>) -> Page {
    let (kept, answered) = site
        .desks
        .read(move |desk| {
            let id = kept_id(desk, &id)?;
            let none = || Failure::missing("that question is not kept, or no longer");
            let kept = desk.kept_question(id)?.ok_or_else(none)?;
            let answered = desk.answer(&kept.question, AsOf::NOW)?;
            Ok((kept, answered))
        })
        .await?;
    Ok(page(
        &kept.question,
        html! {
            (answer(&answered, None))
            section aria-label="What the answer came to" {
                h2 { "What the answer came to" }
                @if kept.answers.is_empty() { p { "It is worked out within a few seconds of every change." } }
                @else { ol class="list" { @for one in &kept.answers { li { (came_to(one)) } } } }
            }
            p class="soft" {
                "Kept by " bdi { (line(&kept.kept.by)) } " since " (day(&kept.kept.at)) ": “" bdi { (line(&kept.kept.because)) } "”. "
                a href={ "/feeds/kept/" (kept.id) } { "Feed" } " · " a href="/kept" { "All kept questions" }
            }
            (undo(&Subject::Act(kept.id)))
        },
    ))
}

fn came_to(one: &KeptAnswer) -> Markup {
    html! {
        (day(&one.since)) ": " (standing(&one.standing)) (on_origins(one.independence_for))
        @if one.denies > 0 { ", " (one.denies) " against it" }
        @if one.possible > 0 { ", " (one.possible) " possible" }
        @if let Some(page) = &one.because { p class="soft" { "By " (page_line(page)) } }
    }
}

//! The reading view: the text as it was read, with its statements in place; revisions compared; and the list of pages.

use super::act::{Deed, deed};
use super::{Page, marked};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{page, page_line};
use crate::site::Site;
use axum::extract::{Path, State};
use maud::{Markup, html};
use sayso::harmless::line;
use sayso::report::day;
use sayso::{Desk, Record, Revision, Sort, Told};
use sayso_record::{ActKind, DocumentId, Stamp, Subject};
use std::sync::Arc;

/// So many pages are in the list.
const LISTED: u32 = 200;

pub(crate) fn document_id(desk: &Desk, asked: &str) -> Result<DocumentId, Failure> {
    match desk.subject(asked, &[Sort::Document])? {
        Subject::Document(id) => Ok(id),
        _ => Err(Failure::missing("there is no such document")),
    }
}

/// A document that may be shown.
pub(crate) fn shown_document(desk: &Desk, id: DocumentId) -> Result<Record, Failure> {
    if let Some(act) = desk.taken_down(id)? {
        return Err(Failure::taken_down(&act));
    }
    desk.document(id)?.ok_or_else(|| Failure::missing("there is no such document"))
}

pub(super) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, asked: Asked) -> Page {
    let beside = asked.one("beside").map(str::to_owned);
    let (record, placed, revisions, compared) = site
        .desks
        .read(move |desk| {
            let id = document_id(desk, &id)?;
            let record = shown_document(desk, id)?;
            let revisions = match &record.document.url {
                Some(url) => desk.revisions(url)?,
                None => Vec::new(),
            };
            let compared = match beside {
                Some(earlier) => desk.compare(document_id(desk, &earlier)?, id)?,
                None => None,
            };
            Ok((record, desk.placed(id)?, revisions, compared))
        })
        .await?;
    let document = &record.document;
    let title = document.title.as_deref().map_or_else(|| "A page without a title".to_owned(), line);
    let on = Subject::Document(document.id);
    Ok(page(
        &title,
        html! {
            (heading(&record, &title))
            (others(document.id, &revisions))
            @if let Some(revision) = &compared { (difference(revision)) }
            @for note in &document.notes { p class="soft" { "Note: " (line(&note.text)) } }
            (marked::text(document, &record.statements, &placed))
            section {
                h2 { "Decide" }
                (deed(&Deed { act: ActKind::Discredit, on: &on, button: "This page should not be believed", tries: true }))
                (deed(&Deed { act: ActKind::Restore, on: &on, button: "It should be believed after all", tries: true }))
                (deed(&Deed { act: ActKind::Note, on: &on, button: "Reply, or add a note", tries: false }))
                (deed(&Deed { act: ActKind::TakeDown, on: &on, button: "Take it down: show its words no more", tries: false }))
            }
            @for reading in &record.readings {
                p class="soft" { "Read by " (line(&reading.reader)) ", " (day(&reading.read_at)) ", from " bdi { (line(&reading.found_at)) } }
            }
        },
    ))
}

fn heading(record: &Record, title: &str) -> Markup {
    let document = &record.document;
    let stamp = |name: &str, stamp: &Option<Stamp>| {
        html! { @if let Some(stamp) = stamp { div { dt { (name) } dd { (day(&stamp.at)) small { " (“" bdi { (line(&stamp.words)) } "”)" } } } } }
    };
    html! {
        header {
            h1 { bdi { (title) } }
            dl class="facts" {
                @if let Some(site) = &document.site { div { dt { "Outlet" } dd { bdi { (line(site)) } } } }
                @if !document.bylines.is_empty() { div { dt { "By" } dd { bdi { (line(&document.bylines.join(", "))) } } } }
                (stamp("Published", &document.published))
                (stamp("Changed", &document.modified))
                @if let Some(url) = &document.url {
                    div { dt { "Its own address" } dd {
                        @if url.starts_with("http://") || url.starts_with("https://") {
                            a href=(url) rel="noopener noreferrer nofollow" { bdi { (line(url)) } }
                        } @else { bdi { (line(url)) } }
                    } }
                }
                div { dt { "Statements" } dd { (record.statements.len()) } }
            }
        }
    }
}

/// The other revisions of the page.
fn others(own: DocumentId, revisions: &[DocumentId]) -> Markup {
    html! {
        @if revisions.len() > 1 {
            p {
                "Revisions: "
                @for (number, id) in revisions.iter().enumerate() {
                    @if number > 0 { ", " }
                    @if *id == own { strong { (number + 1) " (this one)" } }
                    @else { a href={ "/documents/" (own) "?beside=" (id) } { (number + 1) ", side by side" } }
                }
            }
        }
    }
}

fn difference(revision: &Revision) -> Markup {
    let told = |told: &Told| html! { bdi { (line(&told.source)) } ": " q { (line(&told.words)) } };
    html! {
        section class="difference" {
            h2 { "Beside the other revision" }
            p { (revision.kept) " statements are the same." @if revision.is_silent() { " Quoted words changed, and no notice says so." } }
            ul {
                @for (before, after) in &revision.changed { li { strong { "Changed: " } del { (told(before)) } " " ins { (told(after)) } } }
                @for gone in &revision.removed { li { strong { "Gone: " } del { (told(gone)) } } }
                @for new in &revision.added { li { strong { "New: " } ins { (told(new)) } } }
                @for notice in &revision.new_notices { li { strong { "New notice: " } ins { (line(notice)) } } }
                @for notice in &revision.gone_notices { li { strong { "Notice gone: " } del { (line(notice)) } } }
            }
        }
    }
}

pub(super) async fn list(State(site): State<Arc<Site>>) -> Page {
    let read = site.desks.read(|desk| Ok(desk.lately(LISTED)?.read)).await?;
    Ok(page(
        "Pages",
        html! {
            h1 { "Pages that were read, the last first" }
            ol class="list" { @for document in &read { li { (page_line(document)) } } }
            @if read.len() == LISTED as usize { p { "Older ones are found by " a href="/search?in=documents" { "searching" } "." } }
        },
    ))
}

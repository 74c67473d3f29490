//! The reading view: the text as it was read, with its statements in place; revisions compared; and the list of pages.

use super::act::{Deed, deed};
use super::{Page, marked};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{counted, csv_page, page};
use crate::site::Site;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use maud::{Markup, html};
use sayso::harmless::{in_address, line};
use sayso::report::day;
use sayso::{Desk, PageNews, Record, Revision, Sort, Told};
use sayso_record::{ActKind, DocumentId, Stamp, Subject};
use serde_json::json;
use std::sync::Arc;

/// So many pages are in the list.
const LISTED: usize = 50;

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
    let (record, placed, revisions, compared, through) = site
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
            Ok((record, desk.placed(id)?, revisions, compared, desk.through()?))
        })
        .await?;
    let document = &record.document;
    // Looking citations up may take long: here they are told where that was done.
    let checked = site.checks.known(document.id, through);
    let title = document.title.as_deref().map_or_else(|| "A page without a title".to_owned(), line);
    let on = Subject::Document(document.id);
    Ok(page(
        &title,
        html! {
            (heading(&record, &title))
            (others(document.id, &revisions))
            @if let Some(revision) = &compared { (difference(revision)) }
            @for note in &document.notes { p class="soft" { "Note: " (line(&note.text)) } }
            p {
                @match &checked {
                    Some(check) => { a href={ "/documents/" (document.id) "/check" } { "What its citations come to" } ": " (check.counts()) }
                    None => a href={ "/documents/" (document.id) "/check" } { "Do the pages that it cites say so?" },
                }
            }
            (marked::text(document, &record.statements, &placed, &|block| match &checked {
                Some(check) => super::check::beside(check, document.id, block),
                None => html! {},
            }))
            section {
                h2 { "Decide" }
                (deed(&Deed { act: ActKind::Discredit, on: &on, button: "This page should not be believed", tries: true }))
                (deed(&Deed { act: ActKind::Restore, on: &on, button: "This page should be believed after all", tries: true }))
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
        html! { @if let Some(stamp) = stamp { div { dt { (name) } dd { (day(&stamp.at)) @if stamp.words != stamp.at { small { " (“" bdi { (line(&stamp.words)) } "”)" } } } } } }
    };
    html! {
        header {
            h1 { bdi { (title) } }
            dl class="facts" {
                @if let Some(site) = &document.site { div { dt { "Outlet" } dd { bdi { (line(site)) } } } }
                @if !document.bylines.is_empty() { div { dt { "By" } dd { bdi { (line(&document.bylines.join(", "))) } } } }
                @if document.published.is_none() { div { dt { "Published" } dd { "date unknown" } } }
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
            p { (counted(revision.kept, "statement")) @if revision.kept == 1 { " is" } @else { " are" } " the same." @if revision.is_silent() { " Quoted words changed, and no notice says so." } }
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

pub(super) async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    let after = asked.after()?;
    let part = site.desks.read(move |desk| Ok(desk.pages_news(after, LISTED)?)).await?;
    match asked.one("as") {
        Some("csv") => {
            return Ok(csv_page("documents", &COLUMNS, &part.lines.iter().map(cells).collect::<Vec<_>>()));
        }
        Some("json") => {
            return Ok(Json(json!({ "documents": part.lines, "next": part.next })).into_response());
        }
        _ => {}
    }
    let here = asked.one("after").map(|after| format!("after={}&", in_address(after))).unwrap_or_default();
    Ok(page(
        "Documents",
        html! {
            h1 { "Documents" }
            p { "Those that were read last come first." }
            @if part.lines.is_empty() {
                p role="status" { "Nothing was read yet. " a href="/add" { "Add a page" } "." }
            } @else { table class="list-table" {
                thead { tr {
                    th scope="col" { "Title" } th scope="col" { "Outlet" } th scope="col" { "Published" } th scope="col" { "What is new" }
                } }
                tbody { @for news in &part.lines { (news_line(news)) } }
            } }
            @if let Some(next) = part.next { p { a rel="next" href={ "/documents?after=" (next) } { "Older ones" } } }
            @if !part.lines.is_empty() {
                p class="soft" {
                    "What is shown here: " a href={ "/documents?" (here) "as=csv" } { "as CSV" } ", "
                    a href={ "/documents?" (here) "as=json" } { "as JSON" } "."
                }
            }
        },
    ))
}

fn news_line(news: &PageNews) -> Markup {
    let page = &news.page;
    let title = page.title.as_deref().map_or_else(|| format!("document {}", page.id.short()), line);
    let repeated = news.claims - news.new_claims;
    html! {
        tr {
            td data-label="Title" { a href={ "/documents/" (page.id) } { bdi { (title) } } }
            td data-label="Outlet" { @if let Some(site) = &page.site { bdi { (line(site)) } } }
            td class="short" data-label="Published" { @match &page.published { Some(at) => (day(at)), None => "date unknown" } }
            td data-label="What is new" {
                (counted(news.new_claims as usize, "new claim"))
                @if repeated > 0 { ", " (repeated) " said before" }
                @if news.revises { "; another version of a page that was read before" }
                @if news.has_notice { "; " strong { "bears a notice" } }
            }
        }
    }
}

const COLUMNS: [&str; 8] =
    ["id", "title", "outlet", "published", "claims", "new_claims", "another_version", "notice"];

fn cells(news: &PageNews) -> Vec<String> {
    let page = &news.page;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        page.id.to_string(),
        text(&page.title),
        text(&page.site),
        text(&page.published),
        news.claims.to_string(),
        news.new_claims.to_string(),
        news.revises.to_string(),
        news.has_notice.to_string(),
    ]
}

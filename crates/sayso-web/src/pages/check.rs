//! "Does the cited page say it?": a page's citations, each beside what the cited page has; of a document of the ledger at an
//! address that stays, of what is pasted or sent as a file at once.

use super::Page;
use super::add::{Fetched, read_several_at};
use super::document::{document_id, shown_document};
use crate::asked::Asked;
use crate::checks::{check, check_document};
use crate::failure::Failure;
use crate::frame::{counted, page};
use crate::sent::Sent;
use crate::site::Site;
use crate::users::Role;
use crate::visitor::Visitor;
use axum::extract::{Path, Request, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use sayso::harmless::line;
use sayso::report::checked;
use sayso::{Check, CheckedCitation, CitedVerdict, Desk, Input, Markup as Written};
use sayso_record::DocumentId;
use std::collections::BTreeSet;
use std::sync::Arc;

/// So many cited pages are fetched at a time.
const FETCHED: usize = 20;

/// How a page may be written, as a form names it.
const WRITTEN: [(&str, &str, Written); 3] = [
    ("html", "HTML", Written::Html),
    ("wikitext", "Wikitext", Written::Wikitext),
    ("markdown", "Markdown", Written::Markdown),
];

/// How a form or a program says that a page is written; none where its words are to tell.
pub(crate) fn written(asked: &str) -> Result<Written, Failure> {
    let found = WRITTEN.iter().find(|(name, ..)| *name == asked);
    found.map(|(.., written)| *written).ok_or_else(|| {
        Failure::bad(format!("{asked} is no way to write a page")).hint("html, wikitext or markdown")
    })
}

/// The document that somebody means by its id, its first digits, or its address.
fn meant(desk: &Desk, asked: &str) -> Result<DocumentId, Failure> {
    if !asked.contains("://") {
        return document_id(desk, asked);
    }
    desk.newest_at(asked)?.into_iter().next().ok_or_else(|| {
        Failure::missing("no page of that address was read into this ledger")
            .hint("add it first, or paste its text here")
    })
}

/// The forms; or on to the report, where an address or an id is asked for.
pub(super) async fn ask(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    if let Some(of) = asked.one("of") {
        let of = of.to_owned();
        let id = site.desks.read(move |desk| meant(desk, &of)).await?;
        return Ok(Redirect::to(&format!("/documents/{id}/check")).into_response());
    }
    Ok(page(
        "Check a page",
        html! {
            h1 { "Does the cited page say it?" }
            p {
                "Every link and footnote of a page, what it is there for, and what the cited page has to say of it, word for word. "
                "Cited pages are looked for in this ledger; nothing is fetched."
            }
            h2 { "A page of this ledger" }
            form action="/check" class="deed" {
                label { "Its address, or its id " input name="of" required placeholder="https://"; }
                button { "Check its citations" }
            }
            h2 { "A page that is not in it" }
            form action="/check" method="post" enctype="multipart/form-data" class="deed" {
                label { "The text, with its links or footnotes: HTML, wikitext or Markdown " textarea name="text" rows="12" {} }
                label { "Or a file " input type="file" name="file" accept=".html,.htm,.md,.markdown,.wiki,.txt,.wikitext,text/*"; }
                label { "Written in " select name="markup" {
                    option value="" { "whatever its words tell" }
                    @for (name, label, _) in WRITTEN { option value=(name) { (label) } }
                } }
                p class="soft" { "It is checked and not kept: add it to the ledger for an address that stays." }
                button { "Check it" }
            }
        },
    ))
}

/// Checks what was pasted or sent.
pub(super) async fn pasted(State(site): State<Arc<Site>>, request: Request) -> Page {
    let Sent { asked, mut files } = Sent::of(request).await?;
    let markup = asked.one("markup").map(written).transpose()?;
    let input = match (files.pop(), asked.one("text")) {
        (Some(file), _) => Input::bytes(file.name, file.bytes),
        (None, Some(text)) => Input::bytes("pasted", text.as_bytes()),
        (None, None) => {
            return Err(
                Failure::bad("there is nothing to check").hint("paste the text of a page, or choose a file")
            );
        }
    };
    let check = check_input(&site, input, markup).await?;
    if asked.one("as") == Some("file") {
        return Ok(as_file(&check, "checked"));
    }
    Ok(page(
        &format!("Citations of {}", check.heading()),
        html! {
            h1 { "Citations of " bdi { (check.heading()) } }
            (told(&check))
            p class="soft" {
                "This was checked and not kept. To keep it, print or save this page; or " a href="/add" { "add the page to the ledger" }
                ", where its report has an address that stays."
            }
        },
    ))
}

/// Checks a page that is not stored.
pub(crate) async fn check_input(
    site: &Arc<Site>,
    input: Input,
    markup: Option<Written>,
) -> Result<Check, Failure> {
    check(site, move |desk| {
        desk.citing(input, markup).map_err(|why| Failure::bad(format!("this was not read: {why}")))
    })
    .await
}

fn told(check: &Check) -> Markup {
    html! {
        @if check.citations.is_empty() && check.not_looked_up == 0 {
            p role="status" { "This page cites nothing that could be found: no link to another page, and no footnote." }
        } @else { (checked::body(check)) }
        p class="soft" { "It may err: read the passages. It says what the cited pages have, and never what is true." }
    }
}

/// The report of a document.
pub(super) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, asked: Asked) -> Page {
    let (id, title) = site
        .desks
        .read(move |desk| {
            let id = document_id(desk, &id)?;
            Ok((id, shown_document(desk, id)?.document.title))
        })
        .await?;
    let check = check_document(&site, id).await?;
    if asked.one("as") == Some("file") {
        return Ok(as_file(&check, &id.short()));
    }
    let title = title.unwrap_or_else(|| "a page without a title".to_owned());
    let missing = missing(&check);
    let may_fetch = site.fetch.is_some() && Visitor::now().role >= Role::Editor;
    Ok(page(
        &format!("Citations of {title}"),
        html! {
            h1 { "Citations of " a href={ "/documents/" (id) } { bdi { (line(&title)) } } }
            @if let Some(fetched) = asked.one("read") { p class="pending" role="status" { "Fetched and read: " (line(fetched)) "." } }
            (told(&check))
            @if !missing.is_empty() {
                section {
                    h2 { (counted(missing.len(), "cited page")) @if missing.len() == 1 { " is" } @else { " are" } " not in this ledger" }
                    @if may_fetch {
                        form action={ "/documents/" (id) "/check" } method="post" {
                            button { "Fetch and read " @if missing.len() > FETCHED { "the first " (FETCHED) } @else { "them" } }
                        }
                        p class="soft" { "They become pages of this ledger like any other." }
                    } @else if site.fetch.is_some() {
                        p { "An editor can fetch them." }
                    } @else {
                        p { a href="/add" { "Add them" } " by pasting what they say; this server fetches nothing unless it is started with " code { "--fetch" } "." }
                    }
                    ul class="list" { @for url in &missing { li { bdi { (line(url)) } } } }
                }
            }
            p {
                a href={ "/documents/" (id) "/check?as=file" } { "This report by itself, to keep or to send" } " · "
                a href={ "/api/v1/documents/" (id) "/check" } { "As JSON" }
            }
        },
    ))
}

fn as_file(check: &Check, name: &str) -> axum::response::Response {
    let name = format!("attachment; filename=\"citations-{name}.html\"");
    ([(header::CONTENT_DISPOSITION, name)], Html(checked::page(check))).into_response()
}

/// The addresses of cited pages that the ledger does not hold.
fn missing(check: &Check) -> Vec<String> {
    let unread = check.citations.iter().filter(|one| one.page.is_none());
    let addresses = unread.filter_map(|one| one.url.clone()).filter(|url| url.starts_with("http"));
    addresses.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Fetches the cited pages that are missing, and reads them into the ledger.
pub(super) async fn fetch(State(site): State<Arc<Site>>, Path(id): Path<String>) -> Page {
    Visitor::now().must_be(Role::Editor)?;
    let id = site.desks.read(move |desk| document_id(desk, &id)).await?;
    let check = check_document(&site, id).await?;
    let mut missing = missing(&check);
    missing.truncate(FETCHED);
    let Fetched { read, of } = read_several_at(&site, missing).await?;
    Ok(Redirect::to(&format!("/documents/{id}/check?read={read}+of+{of}")).into_response())
}

/// The verdicts on the citations of a block, for the reading view: each leads to the passage.
pub(super) fn beside(check: &Check, document: DocumentId, block: u32) -> Markup {
    let own: Vec<&CheckedCitation> = check.citations.iter().filter(|one| one.block == Some(block)).collect();
    html! {
        @if !own.is_empty() {
            ul class="notes" {
                @for one in own {
                    li {
                        "Cites " q { bdi { (line(&one.mark)) } } ": "
                        a class={ "verdict-" (class(one)) } href={ "/documents/" (document) "/check#c-" (one.number) } { (one.verdict_in_words()) }
                    }
                }
            }
        }
    }
}

fn class(one: &CheckedCitation) -> &'static str {
    match (one.verdict, one.sure) {
        (CitedVerdict::Says, true) => "says",
        (CitedVerdict::Unread, _) => "unread",
        (_, true) => "lacks",
        (_, false) => "possibly",
    }
}

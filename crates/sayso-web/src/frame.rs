//! What all pages have in common: the head, the way to the other pages, the foot; and pieces that many of them show.

use crate::known_name;
use crate::visitor::Visitor;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use sayso::export::csv_of;
use sayso::harmless::{in_address, line};
use sayso::report::day;
use sayso::{PageOf, Speaker};

/// The ways from everywhere.
const WAYS: [(&str, &str); 9] = [
    ("/claims", "Claims"),
    ("/sources", "Sources"),
    ("/documents", "Documents"),
    ("/corrections", "Corrections"),
    ("/review", "Review"),
    ("/hypotheses", "Hypotheses"),
    ("/check", "Check a page"),
    ("/log", "Log"),
    ("/add", "Add"),
];

/// A page under a title.
pub(crate) fn page(title: &str, body: Markup) -> Response {
    Html(document(title, body).into_string()).into_response()
}

/// A page without the ways to the others, for frames.
pub(crate) fn bare(title: &str, body: Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head { (head(title)) }
            body { main { (body) } }
        }
    };
    Html(page.into_string()).into_response()
}

/// What the head of every page holds.
fn head(title: &str) -> Markup {
    let title: String = line(title).chars().take(120).collect();
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        title { (title) " · sayso" }
        link rel="stylesheet" href="/style.css";
    }
}

pub(crate) fn document(title: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                (head(title))
                link rel="alternate" type="application/atom+xml" title="Claims that changed" href="/feeds/changes";
            }
            body {
                a class="skip" href="#content" { "To the content" }
                nav aria-label="Pages" {
                    a class="home" href="/" { "sayso" }
                    form action="/search" role="search" {
                        label class="hidden" for="find" { "Search for words" }
                        input id="find" type="search" name="q" placeholder="Who says so?" autocomplete="off";
                        button { "Search" }
                    }
                    ul { @for (address, name) in WAYS { li { a href=(address) { (name) } } } }
                }
                main id="content" { (body) }
                footer {
                    "sayso tells who said what, on whose word, and what is left of it; never what is true. "
                    a href="/api/v1" { "For programs" }
                    (signed_in())
                }
            }
        }
    }
}

/// Who is signed in, and the way out.
fn signed_in() -> Markup {
    let visitor = Visitor::now();
    html! {
        @if let Some(name) = &visitor.name {
            form action="/sign-out" method="post" class="inline" {
                span { bdi { (line(name)) } ", " (visitor.role.word()) } " " button { "Sign out" }
            }
        }
    }
}

/// Asks for the name under which something is done, of those who have not told it by signing in; filled in where they
/// told it before.
pub(crate) fn your_name() -> Markup {
    html! {
        @if Visitor::now().name.is_none() {
            label { "Your name " input name="by" value=(known_name::now()) required autocomplete="name"; }
        }
    }
}

/// A small table as a file of comma-separated values.
pub(crate) fn csv_page(name: &str, columns: &[&str], rows: &[Vec<String>]) -> Response {
    let sent = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    (sent, csv_of(columns, rows)).into_response()
}

/// "1 claim", "2 claims".
pub(crate) fn counted(number: usize, word: &str) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}

/// A standing as a word in a frame.
pub(crate) fn standing(name: &str) -> Markup {
    html! { span class={ "standing " (name) } { (name) } }
}

/// A page in a line: its title, outlet and day.
pub(crate) fn page_line(page: &PageOf) -> Markup {
    let title = page.title.as_deref().map_or_else(|| format!("document {}", page.id.short()), line);
    html! {
        a href={ "/documents/" (page.id) } { bdi { (title) } }
        @if let Some(site) = &page.site { ", " bdi { (line(site)) } }
        ", " @match &page.published { Some(published) => (day(published)), None => "date unknown" }
    }
}

/// A source as a way to its page.
pub(crate) fn source(speaker: &Speaker) -> Markup {
    source_named(&speaker.name, speaker.unnamed)
}

pub(crate) fn source_named(name: &str, unnamed: bool) -> Markup {
    html! {
        a class=[unnamed.then_some("who-unnamed")] href={ "/source?name=" (in_address(name)) } { bdi { (line(name)) } }
        @if unnamed { small { " (unnamed)" } }
    }
}

/// Two dates to ask by, in a form of their own; `kept` are the other values of the address.
pub(crate) fn as_of_form(
    action: &str,
    kept: &[(&str, &str)],
    as_of: Option<&str>,
    known_by: Option<&str>,
) -> Markup {
    html! {
        form class="dates" action=(action) {
            @for (name, value) in kept { input type="hidden" name=(name) value=(value); }
            label { "Published by " input type="date" name="as_of" value=[as_of]; }
            label { "Known here by " input type="date" name="known_by" value=[known_by]; }
            button { "Show as of then" }
            @if as_of.is_some() || known_by.is_some() { a href=(action) { "Show as of now" } }
        }
    }
}

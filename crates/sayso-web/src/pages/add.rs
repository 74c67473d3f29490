//! Adding a page: its words pasted, or its HTML.

use super::Page;
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::page;
use crate::site::Site;
use crate::users::Role;
use crate::visitor::Visitor;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use maud::html;
use sayso::{Details, Input, Outcome, Report, Watch};
use sayso_record::DocumentId;
use std::ops::ControlFlow;
use std::sync::Arc;
use url::Url;

pub(super) async fn show(State(site): State<Arc<Site>>) -> Page {
    let fetches = site.fetch.is_some();
    Ok(page(
        "Add",
        html! {
            h1 { "Add a page" }
            @if fetches {
                form action="/add" method="post" class="deed" {
                    input type="hidden" name="fetch" value="1";
                    label { "The address " input type="url" name="url" placeholder="https://" required; }
                    button { "Fetch and read it" }
                }
                h2 { "Or paste it" }
            }
            form action="/add" method="post" class="deed" {
                label { "The text, or the HTML " textarea name="text" rows="14" required {} }
                label { "The address, where there is one " input type="url" name="url" placeholder="https://"; }
                fieldset {
                    legend { "What you know of it; what is left empty is taken from the page" }
                    label { "Title " input name="title"; }
                    label { "Outlet " input name="outlet" placeholder="Harbour Courier"; }
                    label { "Author, several with ; between " input name="author"; }
                    label { "Published " input type="date" name="published"; }
                    label { "Language " input name="language" placeholder="en" pattern="[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"; }
                }
                p class="soft" { "Without a date it is said to be of unknown date, here and on every page that shows it." }
                button { "Read it" }
            }
            p class="soft" {
                @if fetches { "Of what is pasted the address is only noted. " }
                @else { "Nothing is fetched: the address is only noted. " }
                "Whole folders, archives and feeds are read by "
                code { "sayso read" } "."
            }
        },
    ))
}

/// What whoever adds a page tells of it.
fn told(asked: &Asked) -> Result<Details, Failure> {
    let text = |name: &str| asked.one(name).map(str::to_owned);
    let published = text("published");
    if published.as_deref().is_some_and(|date| !Details::is_date(date)) {
        return Err(Failure::bad("this is no date").hint("write 2019-06-04"));
    }
    let authors = asked.one("author").map(Details::authors_of).unwrap_or_default();
    Ok(Details {
        title: text("title"),
        outlet: text("outlet"),
        authors,
        published,
        language: text("language"),
    })
}

/// Waits for the one document that is read.
#[derive(Default)]
struct Waiting {
    read: Option<DocumentId>,
    left_out: Option<String>,
}

impl Watch for Waiting {
    fn report(&mut self, report: Report) -> ControlFlow<()> {
        match report.outcome {
            Outcome::Read { document, .. } => self.read = Some(document.id),
            Outcome::LeftOut(why) => self.left_out = Some(why.to_string()),
        }
        ControlFlow::Continue(())
    }
}

/// Fetches the page at an address, and gives the document that it became.
pub(crate) async fn read_at(site: &Arc<Site>, address: &str) -> Result<DocumentId, Failure> {
    let Some(fetch) = site.fetch.clone() else {
        return Err(Failure::forbidden("this server fetches nothing")
            .hint("send the text itself, or start the server with --fetch"));
    };
    let address =
        Url::parse(address).map_err(|error| Failure::bad(format!("this is no address: {error}")))?;
    // Before anything is written, since a page may be long in coming.
    let fetched = tokio::task::spawn_blocking(move || fetch.page(&address)).await;
    take(site, fetched.map_err(|_| Failure::ours("the page could not be fetched"))?).await
}

/// Reads what was pasted, and gives the document that it became.
pub(crate) async fn read(
    site: &Arc<Site>,
    url: Option<String>,
    text: String,
    told: Details,
) -> Result<DocumentId, Failure> {
    let input = match url {
        Some(url) => {
            let is_html = text.trim_start().starts_with('<');
            let kind = if is_html { "text/html; charset=utf-8" } else { "text/plain; charset=utf-8" };
            Input::fetched(url.clone(), url, Some(kind.to_owned()), text.into_bytes())
        }
        None => Input::bytes("pasted", text.into_bytes()),
    };
    take(site, input.told(told)).await
}

async fn take(site: &Arc<Site>, input: Input) -> Result<DocumentId, Failure> {
    let waiting = site.desks.write(move |desk| {
        let mut waiting = Waiting::default();
        desk.read([input], &mut waiting)?;
        Ok(waiting)
    });
    let waiting = waiting.await?;
    waiting.read.ok_or_else(|| {
        Failure::bad(format!(
            "this was not read: {}",
            waiting.left_out.unwrap_or_else(|| "it holds no words".into())
        ))
    })
}

pub(super) async fn add(State(site): State<Arc<Site>>, form: Bytes) -> Page {
    Visitor::now().must_be(Role::Editor)?;
    let asked = Asked::parse(&form);
    let url = asked.one("url").map(str::to_owned);
    if url.as_ref().is_some_and(|url| !url.starts_with("http://") && !url.starts_with("https://")) {
        return Err(Failure::bad("the address is none of the web").hint("it begins with https:// or http://"));
    }
    if asked.one("fetch").is_some() {
        let id = read_at(&site, asked.must("url", "the address")?).await?;
        return Ok(Redirect::to(&format!("/documents/{id}")).into_response());
    }
    let text = asked.must("text", "the text")?.to_owned();
    let id = read(&site, url, text, told(&asked)?).await?;
    Ok(Redirect::to(&format!("/documents/{id}")).into_response())
}

//! Adding a page: its words pasted, or its HTML.

use super::Page;
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{counted, page};
use crate::sent::Sent;
use crate::site::Site;
use crate::time_limit::TimeLimit;
use crate::users::Role;
use crate::visitor::Visitor;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use sayso::harmless::{in_address, line};
use sayso::{Details, Input, Outcome, Report, Watch};
use sayso_record::DocumentId;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Cited pages are fetched for no longer than this.
const FETCHED_WITHIN: Duration = Duration::from_secs(60);

pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    let fetches = site.fetch.is_some();
    let is_web = |url: &&str| url.starts_with("http://") || url.starts_with("https://");
    let url = asked.one("url").filter(is_web);
    Ok(page(
        "Add",
        html! {
            h1 { "Add a page" }
            @if fetches {
                form action="/add" method="post" class="deed" {
                    input type="hidden" name="fetch" value="1";
                    label { "The address " input type="url" name="url" placeholder="https://" value=[url] required; }
                    button { "Fetch and read it" }
                }
                h2 { "Or paste it" }
            }
            form action="/add" method="post" enctype="multipart/form-data" class="deed" {
                label { "The text, or the HTML " textarea name="text" rows="14" {} }
                label { "Or files, also several at once " input type="file" name="files" multiple; }
                label { "The address, where there is one " input type="url" name="url" placeholder="https://" value=[url]; }
                fieldset {
                    legend { "What you know of it; what is left empty is taken from the page" }
                    label { "Title " input name="title"; }
                    label { "Outlet " input name="outlet" placeholder="Harbour Courier"; }
                    label { "Author, several with ; between " input name="author"; }
                    label { "Published " input type="date" name="published"; }
                    label { "Language " input name="language" placeholder="en" pattern="[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"; }
                }
                p class="soft" { "Without a date it is said to be of unknown date, on every page that shows it, and it takes no part in what had been published by a day." }
                button { "Read it" }
            }
            p class="soft" {
                @if fetches { "Of what is pasted the address is only noted. " }
                @else { "Nothing is fetched: the address is only noted. " }
                "Whole folders, archives and feeds are read by "
                code { "sayso read" } "."
            }
            section {
                h2 { "From any page in your browser" }
                p {
                    "Drag this to your bookmarks: "
                    a href={ "javascript:void(open(%27" (in_address_of_script(&site.base())) "/add?url=%27+encodeURIComponent(location.href)))" } { "Read this page with sayso" }
                }
                p class="soft" {
                    "On any page it opens this server (" (site.base()) "), on the form above, with that page’s address filled in. "
                    "It sends nothing else, and nothing is read before you say so."
                }
            }
        },
    ))
}

/// An address between the quotation marks of a script that is itself an address: nothing in it ends either.
fn in_address_of_script(address: &str) -> String {
    let plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '.' | '-' | '_' | '~' | '[' | ']');
    address.chars().map(|c| if plain(c) { c.to_string() } else { in_address(&c.to_string()) }).collect()
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

/// What became of one page that was handed in.
struct Took {
    name: String,
    /// The document that it became, with its title and whether its date is known; or why it was left out.
    document: Result<(DocumentId, Option<String>, bool), String>,
}

/// Waits for the documents that are read.
#[derive(Default)]
struct Waiting(Vec<Took>);

impl Watch for Waiting {
    fn report(&mut self, report: Report) -> ControlFlow<()> {
        let document = match report.outcome {
            Outcome::Read { document, .. } => {
                Ok((document.id, document.title.clone(), document.published.is_some()))
            }
            Outcome::LeftOut(why) => Err(why.to_string()),
        };
        self.0.push(Took { name: report.input, document });
        ControlFlow::Continue(())
    }
}

/// How many pages were fetched and read, of how many.
pub(super) struct Fetched {
    pub(super) read: usize,
    pub(super) of: usize,
}

/// Fetches pages one after another and reads them.
pub(super) async fn read_several_at(site: &Arc<Site>, addresses: Vec<String>) -> Result<Fetched, Failure> {
    let Some(fetch) = site.fetch.clone() else { return Err(fetches_nothing()) };
    let of = addresses.len();
    let addresses: Vec<Url> = addresses.iter().filter_map(|address| Url::parse(address).ok()).collect();
    let limit = TimeLimit::of(FETCHED_WITHIN);
    let fetched = tokio::task::spawn_blocking(move || {
        let within = addresses.iter().take_while(|_| limit.is_left());
        within.map(|address| fetch.page(address)).collect::<Vec<Input>>()
    });
    let inputs = fetched.await.map_err(|_| Failure::ours("the pages could not be fetched"))?;
    let took = take(site, inputs).await?;
    Ok(Fetched { read: took.iter().filter(|one| one.document.is_ok()).count(), of })
}

fn fetches_nothing() -> Failure {
    Failure::forbidden("this server fetches nothing")
        .hint("send the text itself, or start the server with --fetch")
}

/// Fetches the page at an address, and gives the document that it became.
pub(crate) async fn read_at(site: &Arc<Site>, address: &str) -> Result<DocumentId, Failure> {
    let Some(fetch) = site.fetch.clone() else {
        return Err(fetches_nothing());
    };
    let address =
        Url::parse(address).map_err(|error| Failure::bad(format!("this is no address: {error}")))?;
    // Before anything is written, since a page may be long in coming.
    let fetched = tokio::task::spawn_blocking(move || fetch.page(&address)).await;
    take_one(site, fetched.map_err(|_| Failure::ours("the page could not be fetched"))?).await
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
    take_one(site, input.told(told)).await
}

async fn take(site: &Arc<Site>, inputs: Vec<Input>) -> Result<Vec<Took>, Failure> {
    let waiting = site.desks.write(move |desk| {
        let mut waiting = Waiting::default();
        desk.read(inputs, &mut waiting)?;
        Ok(waiting)
    });
    Ok(waiting.await?.0)
}

async fn take_one(site: &Arc<Site>, input: Input) -> Result<DocumentId, Failure> {
    let mut took = take(site, vec![input]).await?;
    match took.pop().map(|one| one.document) {
        Some(Ok((id, ..))) => Ok(id),
        Some(Err(why)) => Err(Failure::bad(format!("this was not read: {why}"))),
        None => Err(Failure::bad("this was not read: it holds no words")),
    }
}

pub(super) async fn add(State(site): State<Arc<Site>>, request: Request) -> Page {
    Visitor::now().must_be(Role::Editor)?;
    let Sent { asked, files } = Sent::of(request).await?;
    let url = asked.one("url").map(str::to_owned);
    if url.as_ref().is_some_and(|url| !url.starts_with("http://") && !url.starts_with("https://")) {
        return Err(Failure::bad("the address is none of the web").hint("it begins with https:// or http://"));
    }
    if asked.one("fetch").is_some() {
        let id = read_at(&site, asked.must("url", "the address")?).await?;
        return Ok(Redirect::to(&format!("/documents/{id}")).into_response());
    }
    if files.is_empty() {
        let text = asked.one("text").map(str::to_owned);
        let text = text.ok_or_else(|| {
            Failure::bad("there is nothing to read").hint("paste the text of a page, or choose files")
        })?;
        let id = read(&site, url, text, told(&asked)?).await?;
        return Ok(Redirect::to(&format!("/documents/{id}")).into_response());
    }
    let told = told(&asked)?;
    // A title, an author or a date is one page's; an outlet and a language may be those of many.
    let of_one = told.title.is_some() || !told.authors.is_empty() || told.published.is_some();
    if files.len() > 1 && (of_one || asked.one("text").is_some()) {
        return Err(Failure::bad(
            "title, author, date and pasted text are of one page, and there are several files",
        )
        .hint("leave them empty, or send the files one by one"));
    }
    let inputs = files.into_iter().map(|file| Input::bytes(file.name, file.bytes).told(told.clone()));
    let took = take(&site, inputs.collect()).await?;
    if let [Took { document: Ok((id, ..)), .. }] = took.as_slice() {
        return Ok(Redirect::to(&format!("/documents/{id}")).into_response());
    }
    Ok(page("Read", several(&took)))
}

/// What became of several files.
fn several(took: &[Took]) -> Markup {
    let read = took.iter().filter(|one| one.document.is_ok()).count();
    html! {
        h1 { "Read: " (read) " of " (counted(took.len(), "page")) }
        ul class="list" {
            @for one in took {
                li {
                    @match &one.document {
                        Ok((id, title, is_dated)) => {
                            a href={ "/documents/" (id) } { bdi { (line(title.as_deref().unwrap_or(&one.name))) } }
                            @if !is_dated { ", date unknown" }
                        }
                        Err(why) => { bdi { (line(&one.name)) } ": " strong { "not read" } ", " (line(why)) }
                    }
                }
            }
        }
        p { a href="/add" { "Add more" } }
    }
}

//! Atom feeds (RFC 4287) of every list: the changes of all claims, of one claim, of a source, of a search.

use crate::asked::Asked;
use crate::failure::Failure;
use crate::pages::{GONE_THROUGH, claim_id, kept_id, question};
use crate::site::Site;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, PreEscaped, html};
use sayso::harmless::line;
use sayso::{AsOf, Changed, KeptQuestion, Sort};
use sayso_record::Subject;
use std::sync::Arc;

/// So many entries are in a feed.
const ENTRIES: usize = 50;
/// What has no time is at the beginning of it; Atom wants one.
const NO_TIME: &str = "1970-01-01T00:00:00Z";

struct Entry {
    id: String,
    title: String,
    updated: String,
    address: String,
    text: String,
}

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/feeds/changes", get(changes))
        .route("/feeds/claims/{id}", get(claim))
        .route("/feeds/kept", get(kept))
        .route("/feeds/kept/{id}", get(kept_question))
        .route("/feeds/source", get(source))
        .route("/feeds/search", get(search))
}

fn feed(site: &Site, id: &str, title: &str, mut entries: Vec<Entry>) -> Response {
    entries.sort_by(|one, other| other.updated.cmp(&one.updated));
    entries.truncate(ENTRIES);
    let updated = entries.first().map_or(NO_TIME, |entry| &entry.updated);
    let body = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"))
        feed xmlns="http://www.w3.org/2005/Atom" {
            id { "urn:sayso:feed:" (id) }
            title { (line(title)) }
            updated { (updated) }
            author { name { "sayso" } }
            @for entry in &entries { (told(site, entry)) }
        }
    };
    ([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], body.into_string()).into_response()
}

fn told(site: &Site, entry: &Entry) -> Markup {
    html! {
        entry {
            id { (entry.id) }
            title { (line(&entry.title)) }
            updated { (entry.updated) }
            (PreEscaped("<link href=\""))(site.base())(entry.address)(PreEscaped("\"/>"))
            summary { (line(&entry.text)) }
        }
    }
}

/// A time as Atom wants it.
fn time(at: &str) -> String {
    sayso::first_second(at).map_or_else(
        || NO_TIME.to_owned(),
        |second| {
            let shown = sayso::show_second(second);
            if shown.len() == 10 { format!("{shown}T00:00:00Z") } else { shown }
        },
    )
}

async fn changes(State(site): State<Arc<Site>>) -> Result<Response, Failure> {
    let lately = site.desks.read(|desk| Ok(desk.lately(ENTRIES as u32)?)).await?;
    let entries = lately.changed.into_iter().map(|claim| {
        let updated = time(claim.changed.as_deref().unwrap_or_default());
        Entry {
            id: format!("urn:sayso:claim:{}:{updated}", claim.id),
            title: format!("{}: {}", claim.standing, claim.title),
            address: format!("/claims/{}", claim.id),
            text: format!("now {}, {} independent sources for it", claim.standing, claim.independence_for.0),
            updated,
        }
    });
    Ok(feed(&site, "changes", "Claims that changed", entries.collect()))
}

async fn claim(State(site): State<Arc<Site>>, Path(id): Path<String>) -> Result<Response, Failure> {
    let history = site.desks.read(move |desk| {
        let id = claim_id(desk, &id)?;
        desk.history(id, AsOf::NOW)?.ok_or_else(|| Failure::missing("there is no such claim"))
    });
    let history = history.await?;
    let entries = history.known.iter().enumerate().map(|(number, known)| {
        let because = match &known.because {
            Changed::Document(page) => page.title.clone().unwrap_or_else(|| "a page was read".to_owned()),
            Changed::Act(act) => format!("{} by {}: {}", act.act.word(), act.by, act.because),
            Changed::Anew => "everything was weighed anew".to_owned(),
        };
        Entry {
            id: format!("urn:sayso:claim:{}:change:{number}", history.id),
            title: format!("{}: {}", known.standing, history.title),
            updated: time(&known.since),
            address: format!("/claims/{}", history.id),
            text: because,
        }
    });
    Ok(feed(&site, &format!("claim:{}", history.id), &history.title, entries.collect()))
}

async fn kept(State(site): State<Arc<Site>>) -> Result<Response, Failure> {
    let kept = site.desks.read(|desk| Ok(desk.kept(ENTRIES as u32)?)).await?;
    Ok(feed(&site, "kept", "Answers to kept questions", kept.iter().flat_map(came_to).collect()))
}

async fn kept_question(State(site): State<Arc<Site>>, Path(id): Path<String>) -> Result<Response, Failure> {
    let kept = site.desks.read(move |desk| {
        let id = kept_id(desk, &id)?;
        desk.kept_question(id)?.ok_or_else(|| Failure::missing("that question is not kept, or no longer"))
    });
    let kept = kept.await?;
    Ok(feed(&site, &format!("kept:{}", kept.id), &kept.question, came_to(&kept).collect()))
}

/// What the answer to a kept question came to, each time it became another.
fn came_to(kept: &KeptQuestion) -> impl Iterator<Item = Entry> {
    let count = kept.answers.len();
    kept.answers.iter().enumerate().map(move |(at, one)| Entry {
        // The first of all keeps its number when others come.
        id: format!("urn:sayso:kept:{}:change:{}", kept.id, count - at),
        title: format!("{}: {}", one.standing, kept.question),
        updated: time(&one.since),
        address: format!("/kept/{}", kept.id),
        text: one.because.as_ref().map_or_else(
            || "its answer changed".to_owned(),
            |page| page.title.clone().unwrap_or_else(|| "a page was read".to_owned()),
        ),
    })
}

async fn source(State(site): State<Arc<Site>>, asked: Asked) -> Result<Response, Failure> {
    let name = asked.must("name", "the source's name")?.to_owned();
    let answer = site.desks.read(move |desk| {
        let Subject::Source(name) = desk.subject(&format!("source:{name}"), &[Sort::Source])? else {
            return Err(Failure::missing("there is no such source"));
        };
        desk.source_within(&name, AsOf::NOW, ENTRIES, GONE_THROUGH)?
            .ok_or_else(|| Failure::missing("that source has said nothing"))
    });
    let answer = answer.await?;
    let entries = answer.statements.iter().map(|said| Entry {
        id: format!("urn:sayso:statement:{}", said.id),
        title: said.words.clone(),
        updated: time(said.page.published.as_deref().unwrap_or_default()),
        address: format!("/statements/{}", said.id),
        text: format!("{}, the claim is {}", said.page.title.as_deref().unwrap_or_default(), said.standing),
    });
    Ok(feed(
        &site,
        &format!("source:{}", sayso::harmless::in_address(&answer.name)),
        &answer.name,
        entries.collect(),
    ))
}

async fn search(State(site): State<Arc<Site>>, asked: Asked) -> Result<Response, Failure> {
    let mut question = question(&asked)?;
    question.limit = ENTRIES;
    let words = question.words.clone();
    let finds = site.desks.read(move |desk| Ok(desk.search_statements(&question)?)).await?;
    let entries = finds.found.iter().map(|found| Entry {
        id: format!("urn:sayso:statement:{}", found.id),
        title: found.words.clone(),
        updated: time(found.page.published.as_deref().unwrap_or_default()),
        address: format!("/statements/{}", found.id),
        text: found.page.title.clone().unwrap_or_default(),
    });
    Ok(feed(&site, &format!("search:{}", sayso::harmless::in_address(&words)), &words, entries.collect()))
}

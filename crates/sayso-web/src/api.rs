//! The interface for programs: the same answers as JSON, the same acts, and exports without an end.

use crate::asked::Asked;
use crate::failure::Failure;
use crate::pages::{
    GONE_THROUGH, check_input, claim_id, document_id, kept_id, kinds, question, read, read_at,
    shown_document, traced, wanted, without, written,
};
use crate::site::Site;
use crate::users::Role;
use crate::visitor::{Visitor, role_for};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use sayso::{AsOf, Details, Input, Sort, Wanted};
use sayso_record::{ActKind, Subject};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// So many statements that rest on a correction are told with it.
const DOWNSTREAM: usize = 100;

type Answer = Result<Response, Failure>;

/// What can be asked, for whoever looks around; and the OpenAPI document.
const OPENAPI: &str = include_str!("openapi.json");

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/", get(openapi))
        .route("/openapi.json", get(openapi))
        .route("/answer", get(answer))
        .route("/ask", get(ask))
        .route("/statements", get(statements))
        .route("/statements/{id}", get(statement))
        .route("/claims", get(claims))
        .route("/claims/{id}", get(claim))
        .route("/claims/{id}/history", get(history))
        .route("/claims/{id}/what-if", get(what_if))
        .route("/documents", get(documents).post(add))
        .route("/documents/{id}", get(document))
        .route("/documents/{id}/check", get(check_document))
        .route("/check", post(check))
        .route("/trace", get(trace))
        .route("/sources", get(sources))
        .route("/source", get(source))
        .route("/changes", get(changes))
        .route("/corrections", get(corrections))
        .route("/kept", get(kept))
        .route("/kept/{id}", get(kept_question))
        .route("/review", get(review))
        .route("/questions", get(questions))
        .route("/log", get(log))
        .route("/acts", post(act))
        .route("/export", get(crate::exports::export))
        .fallback(async || Failure::missing("there is nothing at this address"))
}

async fn openapi() -> Response {
    ([(axum::http::header::CONTENT_TYPE, "application/json")], OPENAPI).into_response()
}

fn json_of(value: impl serde::Serialize) -> Answer {
    Ok(Json(serde_json::to_value(value).map_err(|error| Failure::ours(error.to_string()))?).into_response())
}

async fn ask(State(site): State<Arc<Site>>, asked: Asked) -> Answer {
    let question = question(&asked)?;
    json_of(site.desks.read(move |desk| Ok(desk.ask(&question)?)).await?)
}

async fn answer(State(site): State<Arc<Site>>, asked: Asked) -> Answer {
    let question = question(&asked)?;
    json_of(site.desks.read(move |desk| Ok(desk.answer(&question.words, question.as_of)?)).await?)
}

async fn kept(State(site): State<Arc<Site>>) -> Answer {
    json_of(json!({ "kept": site.desks.read(|desk| Ok(desk.kept(1)?)).await? }))
}

async fn kept_question(State(site): State<Arc<Site>>, Path(id): Path<String>) -> Answer {
    let told = site.desks.read(move |desk| {
        let id = kept_id(desk, &id)?;
        let none = || Failure::missing("that question is not kept, or no longer");
        let kept = desk.kept_question(id)?.ok_or_else(none)?;
        let answer = desk.answer(&kept.question, AsOf::NOW)?;
        Ok(json!({ "kept": kept, "answer": answer }))
    });
    json_of(told.await?)
}

async fn statements(State(site): State<Arc<Site>>, asked: Asked) -> Answer {
    let question = question(&asked)?;
    json_of(site.desks.read(move |desk| Ok(desk.search_statements(&question)?)).await?)
}

async fn documents(State(site): State<Arc<Site>>, asked: Asked) -> Answer {
    let question = question(&asked)?;
    json_of(site.desks.read(move |desk| Ok(desk.search_documents(&question)?)).await?)
}

async fn statement(State(site): State<Arc<Site>>, Path(id): Path<String>, asked: Asked) -> Answer {
    let as_of = asked.as_of()?;
    let chain = site.desks.read(move |desk| {
        let Subject::Statement(id) = desk.subject(&id, &[Sort::Statement])? else {
            return Err(Failure::missing("there is no such statement"));
        };
        desk.chain(id, as_of)?.ok_or_else(|| Failure::missing("it makes no claim, or was not there by then"))
    });
    json_of(chain.await?)
}

async fn claims(State(site): State<Arc<Site>>, asked: Asked) -> Answer {
    let (wanted, after, limit) = (wanted(&asked)?, asked.after()?, asked.limit(50, 500)?);
    let part = site.desks.read(move |desk| Ok(desk.claims_part(&wanted, after, limit)?)).await?;
    json_of(json!({ "claims": part.lines, "next": part.next }))
}

async fn changes(State(site): State<Arc<Site>>, asked: Asked) -> Answer {
    let (after, limit) = (asked.after()?, asked.limit(50, 500)?);
    let part = site.desks.read(move |desk| Ok(desk.changes_part(after, limit)?)).await?;
    json_of(json!({ "changes": part.lines, "next": part.next }))
}

async fn claim(State(site): State<Arc<Site>>, Path(id): Path<String>, asked: Asked) -> Answer {
    let as_of = asked.as_of()?;
    let claim = site.desks.read(move |desk| {
        let id = claim_id(desk, &id)?;
        desk.claim(id, as_of)?.ok_or_else(|| Failure::missing("nothing had been said of this claim by then"))
    });
    json_of(claim.await?)
}

async fn history(State(site): State<Arc<Site>>, Path(id): Path<String>, asked: Asked) -> Answer {
    let as_of = asked.as_of()?;
    let history = site.desks.read(move |desk| {
        let id = claim_id(desk, &id)?;
        desk.history(id, as_of)?.ok_or_else(|| Failure::missing("there is no such claim"))
    });
    json_of(history.await?)
}

async fn what_if(State(site): State<Arc<Site>>, asked: Asked) -> Answer {
    let sources: Vec<String> = asked.all("without").map(str::to_owned).collect();
    json_of(site.desks.read(move |desk| Ok(desk.what_if(without(&sources))?)).await?)
}

async fn document(State(site): State<Arc<Site>>, Path(id): Path<String>) -> Answer {
    let record = site.desks.read(move |desk| {
        let id = document_id(desk, &id)?;
        let record = shown_document(desk, id)?;
        Ok((record, desk.placed(id)?))
    });
    let (record, placed) = record.await?;
    let readings = record.readings.iter();
    let readings: Vec<Value> = readings
        .map(|reading| json!({ "reader": reading.reader, "read_at": reading.read_at, "found_at": reading.found_at }))
        .collect();
    json_of(json!({
        "document": record.document, "statements": record.statements, "placed": placed, "readings": readings,
    }))
}

async fn check_document(State(site): State<Arc<Site>>, Path(id): Path<String>) -> Answer {
    let id = site.desks.read(move |desk| {
        let id = document_id(desk, &id)?;
        shown_document(desk, id).map(|_| id)
    });
    let id = id.await?;
    json_of(&*crate::checks::check_document(&site, id).await?)
}

/// A page whose citations a program wants checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToCheck {
    text: String,
    /// Where it stands, for what its links lead to.
    url: Option<String>,
    /// html, wikitext or markdown; its words tell where this does not.
    markup: Option<String>,
}

async fn check(State(site): State<Arc<Site>>, body: Bytes) -> Answer {
    let ToCheck { text, url, markup } = parse(&body)?;
    let markup = markup.as_deref().map(written).transpose()?;
    let input = match url {
        Some(url) => Input::fetched(url.clone(), url, None, text.into_bytes()),
        None => Input::bytes("sent", text.into_bytes()),
    };
    json_of(check_input(&site, input, markup).await?)
}

async fn trace(State(site): State<Arc<Site>>, asked: Asked) -> Answer {
    let words = asked.one("q").unwrap_or_default().to_owned();
    json_of(site.desks.read(move |desk| traced(desk, &words)).await?)
}

/// A page that a program sends to be read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    url: Option<String>,
    /// Where there is none, the page is fetched from its address.
    text: Option<String>,
}

async fn add(State(site): State<Arc<Site>>, body: Bytes) -> Answer {
    Visitor::now().must_be(Role::Editor)?;
    let sent: Sent = parse(&body)?;
    let document = match (sent.text, sent.url) {
        (Some(text), url) => read(&site, url, text, Details::default()).await?,
        (None, Some(url)) => read_at(&site, &url).await?,
        (None, None) => {
            return Err(Failure::bad("a page needs a text, or an address from which it is fetched"));
        }
    };
    json_of(json!({ "document": document }))
}

fn parse<'a, T: Deserialize<'a>>(body: &'a Bytes) -> Result<T, Failure> {
    serde_json::from_slice(body)
        .map_err(|error| Failure::bad(format!("the body is not as it should be: {error}")))
}

async fn sources(State(site): State<Arc<Site>>, asked: Asked) -> Answer {
    let (after, limit) = (asked.after()?, asked.limit(100, 1_000)?);
    let part = site.desks.read(move |desk| Ok(desk.sources_part(after, limit)?)).await?;
    json_of(json!({ "sources": part.lines, "next": part.next }))
}

async fn source(State(site): State<Arc<Site>>, asked: Asked) -> Answer {
    let (as_of, limit) = (asked.as_of()?, asked.limit(50, 1_000)?);
    let name = asked.must("name", "the source's name")?.to_owned();
    let most = if asked.one("whole").is_some() { usize::MAX } else { GONE_THROUGH };
    let answer = site.desks.read(move |desk| {
        let Subject::Source(name) = desk.subject(&format!("source:{name}"), &[Sort::Source])? else {
            return Err(Failure::missing("there is no such source"));
        };
        desk.source_within(&name, as_of, limit, most)?
            .ok_or_else(|| Failure::missing("that source had said nothing by then"))
    });
    json_of(answer.await?)
}

async fn corrections(State(site): State<Arc<Site>>, asked: Asked) -> Answer {
    let since = asked
        .one("since")
        .map(|date| sayso::first_second(date).ok_or_else(|| Failure::bad("this is no date")));
    let since = since.transpose()?.unwrap_or(i64::MIN);
    let (after, limit) = (asked.after()?, asked.limit(15, 100)?);
    let part =
        site.desks.read(move |desk| Ok(desk.corrections_part(since, after, limit, DOWNSTREAM)?)).await?;
    json_of(json!({ "corrections": part.lines, "next": part.next }))
}

async fn review(State(site): State<Arc<Site>>, asked: Asked) -> Answer {
    let (kinds, after, limit) = (kinds(&asked), asked.after()?, asked.limit(20, 200)?);
    let part = site.desks.read(move |desk| Ok(desk.review_part(&kinds, after, limit)?)).await?;
    json_of(json!({ "matters": part.lines, "next": part.next }))
}

async fn questions(State(site): State<Arc<Site>>) -> Answer {
    let questions = site.desks.read(|desk| Ok(desk.questions()?)).await?;
    json_of(questions.into_iter().map(|(id, words)| json!({ "id": id, "words": words })).collect::<Value>())
}

async fn log(State(site): State<Arc<Site>>, asked: Asked) -> Answer {
    let (after, limit) = (asked.number("after")?, asked.limit(100, 1_000)?);
    let end = after.saturating_add(limit);
    let (acts, total) = site.desks.read(move |desk| Ok(desk.log_part(after..end)?)).await?;
    json_of(json!({ "acts": acts, "next": Some(end).filter(|next| *next < total) }))
}

/// An act that a program asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActSent {
    act: ActKind,
    on: Subject,
    with: Option<Subject>,
    /// Not needed where a token tells it.
    by: Option<String>,
    because: String,
    #[serde(default)]
    dry_run: bool,
}

async fn act(State(site): State<Arc<Site>>, body: Bytes) -> Answer {
    let sent: ActSent = parse(&body)?;
    let visitor = Visitor::now();
    visitor.must_be(role_for(sent.act))?;
    let by = visitor.name.or(sent.by).unwrap_or_default();
    if by.trim().is_empty() || sent.because.trim().is_empty() {
        return Err(Failure::bad("an act needs the name of whoever does it, and a reason"));
    }
    let ActSent { act, on, with, because, dry_run, .. } = sent;
    let wanted = Wanted { act, on, with, by, because };
    json_of(site.desks.write(move |desk| Ok(desk.act(wanted, dry_run)?)).await?)
}

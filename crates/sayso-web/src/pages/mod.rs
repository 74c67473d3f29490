//! The pages, a file each.

mod act;
mod add;
mod check;
mod claim;
mod claims;
mod corrections;
mod document;
mod home;
mod hypotheses;
mod kept;
mod log;
mod marked;
mod review;
mod search;
mod sign_in;
mod source;
mod statement;
mod trace;

use crate::failure::Failure;
use crate::known_name;
use crate::site::Site;
use axum::Router;
use axum::http::header;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use sayso_record::Subject;
use std::sync::{Arc, LazyLock};

pub(crate) use add::{read, read_at};
pub(crate) use check::{check_input, written};
pub(crate) use claim::{claim_id, without};
pub(crate) use claims::wanted;
pub(crate) use document::{document_id, shown_document};
pub(crate) use kept::kept_id;
pub(crate) use review::kinds;
pub(crate) use search::question;
pub(crate) use source::GONE_THROUGH;
pub(crate) use trace::traced;

/// What a page's handler gives.
pub(crate) type Page = Result<Response, Failure>;

/// The look of claims, as reports have it, and of everything else.
static STYLE: LazyLock<String> = LazyLock::new(|| {
    sayso::report::STYLE.to_owned() + sayso::report::checked::STYLE + include_str!("style.css")
});

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/", get(home::show))
        .route("/style.css", get(style))
        .route("/search", get(search::show))
        .route("/claims", get(claims::show))
        .route("/claims/{id}", get(claim::show))
        .route("/claims/{id}/report", get(claim::report))
        .route("/claims/{id}/embed", get(claim::embed))
        .route("/statements/{id}", get(statement::show))
        .route("/documents", get(document::list))
        .route("/documents/{id}", get(document::show))
        .route("/documents/{id}/check", get(check::show).post(check::fetch))
        .route("/check", get(check::ask).post(check::pasted))
        .route("/trace", get(trace::show))
        .route("/statements/{id}/trace", get(trace::of_statement))
        .route("/sources", get(source::list))
        .route("/source", get(source::show))
        .route("/corrections", get(corrections::show))
        .route("/review", get(review::show).post(review::decide))
        .route("/hypotheses", get(hypotheses::list).post(hypotheses::ask))
        .route("/hypotheses/{id}", get(hypotheses::show).post(hypotheses::step))
        .route("/kept", get(kept::list))
        .route("/kept/{id}", get(kept::show))
        .route("/log", get(log::show).post(log::undo_all))
        .route("/add", get(add::show).post(add::add))
        .route("/acts", post(act::act))
        .route("/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .layer(middleware::from_fn(known_name::know))
}

async fn style() -> Response {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")],
        STYLE.as_str(),
    )
        .into_response()
}

/// The way to the page of something.
fn address(subject: &Subject) -> String {
    match subject {
        Subject::Statement(id) => format!("/statements/{id}"),
        Subject::Source(name) => format!("/source?name={}", sayso::harmless::in_address(name)),
        Subject::Document(id) => format!("/documents/{id}"),
        Subject::Claim(id) => format!("/claims/{id}"),
        Subject::Suggestion(_) => "/review".to_owned(),
        Subject::Act(id) => format!("/log#act-{id}"),
        Subject::Question(words) => format!("/search?q={}", sayso::harmless::in_address(words)),
    }
}

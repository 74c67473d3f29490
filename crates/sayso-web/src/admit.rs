//! Lets visitors in, once it is known who they are.

use crate::failure::Failure;
use crate::sessions::COOKIE;
use crate::site::Site;
use crate::users::Role;
use crate::visitor::{VISITOR, Visitor};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use sayso::harmless::in_address;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// What anybody may see: the way in, and what it looks like.
const OPEN: [&str; 2] = ["/sign-in", "/style.css"];

/// Answers as the visitor may see it, or asks who they are.
pub(crate) async fn admit(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let visitor = match visitor(&site, &request) {
        Some(visitor) => visitor,
        None if OPEN.contains(&request.uri().path()) => Visitor { name: None, role: Role::Reader },
        None => return stranger(&request),
    };
    if visitor.name.as_ref().is_some_and(|name| !site.sessions.may_ask(name)) {
        return Failure::too_often().into_response();
    }
    VISITOR.scope(visitor, next.run(request)).await
}

/// Who asks; none where that is not known, and must be.
fn visitor(site: &Site, request: &Request) -> Option<Visitor> {
    if !site.is_closed() {
        return Some(Visitor::here());
    }
    let users = site.users();
    let authorization = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some(token) = authorization.and_then(|value| value.strip_prefix("Bearer ")) {
        let (name, role) = users.by_token(token.trim())?;
        return Some(Visitor { name: Some(name.to_owned()), role });
    }
    let name = site.sessions.of(cookie(request.headers())?, site.now_s())?;
    let role = users.people().get(&name)?.role;
    Some(Visitor { name: Some(name), role })
}

/// A person is shown the way in, a program told what it lacks.
fn stranger(request: &Request) -> Response {
    let path = request.uri().path();
    let by_program = path.starts_with("/api/") || path.starts_with("/feeds/");
    if !by_program && request.method() == Method::GET {
        let to = request.uri().path_and_query().map_or("/", |to| to.as_str());
        return Redirect::to(&format!("/sign-in?to={}", in_address(to))).into_response();
    }
    let mut response = Failure::unknown("this needs a user of this ledger")
        .hint("sign in, or send a token: Authorization: Bearer sayso_...")
        .into_response();
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

/// What the cookie of the session holds.
pub(crate) fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}

/// From where a request comes. A server in front of ours on the same machine tells for whom it asks.
pub(crate) fn from(site: &Site, request: &Request) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip())?;
    let told = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
    // Only the last was written by the server in front; those before it are the visitor's own words.
    let told = told.and_then(|told| told.rsplit(',').next()?.trim().parse().ok());
    if peer.is_loopback() && site.is_fronted() { told.or(Some(peer)) } else { Some(peer) }
}

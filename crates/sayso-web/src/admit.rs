//! Lets visitors in, once it is known who they are.

use crate::access::AnsweredTo;
use crate::failure::Failure;
use crate::mcp;
use crate::sessions::COOKIE;
use crate::site::Site;
use crate::users::Scope;
use crate::visitor::{VISITOR, Visitor};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use sayso::harmless::in_address;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// What anybody may see: the way in, and what it looks like.
const OPEN: [&str; 3] = ["/sign-in", "/style.css", "/healthz"];

/// Answers as the visitor may see it, or asks who they are.
pub(crate) async fn admit(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let visitor = match visitor(&site, &request) {
        Some(visitor) => visitor,
        None if OPEN.contains(&request.uri().path()) => Visitor::stranger(),
        None => return stranger(&request),
    };
    let name = visitor.name.clone();
    if name.as_ref().is_some_and(|name| !site.sessions.may_ask(name)) {
        return Failure::too_often().into_response();
    }
    let is_open = OPEN.contains(&request.uri().path());
    // Every question of an assistant is sent as a POST; the server of the protocol sees to who may act.
    let is_asked = request.uri().path() == mcp::PATH;
    let mut response = if visitor.writes || is_open || is_asked || is_safe(request.method()) {
        request.extensions_mut().insert(visitor.clone());
        VISITOR.scope(visitor, next.run(request)).await
    } else {
        Failure::forbidden("this token only reads; nothing was done")
            .hint("`sayso users token NAME --called WHAT --write` makes one that writes")
            .into_response()
    };
    if let Some(name) = name {
        response.extensions_mut().insert(AnsweredTo(name));
    }
    response
}

/// Who asks; none where that is not known, and must be.
fn visitor(site: &Site, request: &Request) -> Option<Visitor> {
    if !site.is_closed() {
        return Some(Visitor::here());
    }
    let users = site.users();
    let authorization = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some(token) = authorization.and_then(|value| value.strip_prefix("Bearer ")) {
        let (name, role, scope) = users.by_token(token.trim())?;
        return Some(Visitor {
            name: Some(name.to_owned()),
            role,
            writes: scope == Scope::Write,
            by_token: true,
        });
    }
    let (name, bound) = site.sessions.of(cookie(request.headers())?, site.now_s())?;
    // Neither another password nor another person of the same name goes on with it.
    let person = users.people().get(&name).filter(|person| person.bound() == bound)?;
    Some(Visitor { name: Some(name), role: person.role, writes: true, by_token: false })
}

/// A person is shown the way in, a program told what it lacks.
fn stranger(request: &Request) -> Response {
    let path = request.uri().path();
    let by_program = path.starts_with("/api/") || path.starts_with("/feeds/") || path == mcp::PATH;
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

/// From where a request comes. A server in front of ours tells for whom it asks: each writes at the end of the header from
/// where it was asked, so that what stands before the first that is no such server is the visitor's own words.
pub(crate) fn from(site: &Site, request: &Request) -> Option<IpAddr> {
    let peer =
        request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_canonical())?;
    let mut told: Vec<&str> = Vec::new();
    for value in request.headers().get_all("x-forwarded-for") {
        told.extend(value.to_str().unwrap_or_default().split(','));
    }
    let mut from = peer;
    while site.is_in_front(from)
        && let Some(Ok(before)) = told.pop().map(|told| told.trim().parse::<IpAddr>())
    {
        from = before.to_canonical();
    }
    Some(from)
}

/// Whether a request of this sort changes nothing.
pub(crate) fn is_safe(method: &Method) -> bool {
    [Method::GET, Method::HEAD, Method::OPTIONS].contains(method)
}

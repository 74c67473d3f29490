//! What keeps strangers out while a page of theirs is open in the same browser, and what keeps the words that we show
//! from doing anything.

use crate::admit::is_safe;
use crate::failure::Failure;
use crate::site::Site;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// No script, nothing from elsewhere, no frame, and forms only to ourselves.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// Whoever came over a sealed way comes so again, for a year.
const SEALED_FOR: &str = "max-age=31536000";

/// Refuses what was sent to another name than ours (a name that was made to lead here), and what another site sends.
pub(crate) async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let mut response = match refused(&site, &request) {
        Some(failure) => failure.into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    if site.is_sealed() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(SEALED_FOR));
    }
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "private, no-cache"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

fn refused(site: &Site, request: &Request) -> Option<Failure> {
    let headers = request.headers();
    let host = text(headers, &header::HOST).or_else(|| request.uri().authority().map(|host| host.as_str()));
    if !host.is_some_and(|host| site.answers_to(host)) {
        return Some(
            Failure::forbidden("this server does not answer to that name")
                .hint("open the address that it printed when it was started"),
        );
    }
    if !is_safe(request.method()) && !is_from_here(headers, host.unwrap_or_default()) {
        return Some(Failure::forbidden("another site has sent this; nothing was done"));
    }
    None
}

/// Whether a request that would change something comes from our own pages, or from no page at all. Browsers tell.
fn is_from_here(headers: &HeaderMap, host: &str) -> bool {
    if let Some(site) = text(headers, &HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    text(headers, &header::ORIGIN)
        .is_none_or(|origin| origin.split_once("://").is_some_and(|(_, from)| from == host))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

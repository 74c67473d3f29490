//! Pages under an address that goes on after the host: `--public https://news.example/ledger`.
//!
//! Pages are made with addresses that begin at `/`. Where there is a base, it is taken from what is asked and put before
//! what is answered, so that nothing in between has to know it. It does not matter whether the server in front takes it
//! off itself.

use crate::site::Site;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;

/// What begins an address of ours in a page. In its words a quotation mark is always escaped.
const BEFORE_ADDRESSES: [&str; 3] = [" href=\"/", " action=\"/", " src=\"/"];

/// Answers as if there were no base, and then writes it in.
pub(crate) async fn under(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let base = site.path();
    if base.is_empty() {
        return next.run(request).await;
    }
    if let Some(uri) = without(request.uri(), &base) {
        *request.uri_mut() = uri;
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let moved = headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).filter(|to| is_ours(to));
    if let Some(Ok(to)) = moved.map(|to| HeaderValue::from_str(&format!("{base}{to}"))) {
        headers.insert(header::LOCATION, to);
    }
    let is_page =
        headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    // Whoever downloads a page keeps it elsewhere.
    if !is_page || headers.contains_key(header::CONTENT_DISPOSITION) {
        return response;
    }
    headers.remove(header::CONTENT_LENGTH);
    let (parts, body) = response.into_parts();
    // It is in memory already: pages are made whole.
    let page = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let page = with(&String::from_utf8_lossy(&page), &base);
    Response::from_parts(parts, Body::from(page))
}

fn is_ours(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//")
}

/// The address without the base, where it has it.
fn without(uri: &Uri, base: &str) -> Option<Uri> {
    let rest = uri.path_and_query()?.as_str().strip_prefix(base)?;
    let rest = match rest.chars().next() {
        None | Some('?') => format!("/{rest}"),
        Some('/') => rest.to_owned(),
        Some(_) => return None,
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(rest.parse::<PathAndQuery>().ok()?);
    Uri::from_parts(parts).ok()
}

/// A page with the base before every address of ours.
fn with(page: &str, base: &str) -> String {
    let mut based = String::with_capacity(page.len() + page.len() / 8);
    let mut rest = page;
    while let Some(at) = rest.find("=\"/") {
        let (before, after) = rest.split_at(at + 2);
        based.push_str(before);
        let names_one = BEFORE_ADDRESSES.iter().any(|start| before.ends_with(&start[..start.len() - 1]));
        if names_one && is_ours(after) {
            based.push_str(base);
        }
        rest = after;
    }
    based.push_str(rest);
    based
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_ours_get_the_base() {
        let page = r#"<a href="/"><a class="x" href="/log"><form action="/acts"><a href="//elsewhere.example/"><a data-href="/no"> href=&quot;/no"#;
        let based = r#"<a href="/desk/"><a class="x" href="/desk/log"><form action="/desk/acts"><a href="//elsewhere.example/"><a data-href="/no"> href=&quot;/no"#;
        assert_eq!(with(page, "/desk"), based);
    }

    #[test]
    fn the_base_is_taken_off_whole_or_not_at_all() {
        let taken = |uri: &str| without(&uri.parse().unwrap(), "/desk").map(|uri| uri.to_string());
        assert_eq!(taken("/desk").as_deref(), Some("/"));
        assert_eq!(taken("/desk?q=a").as_deref(), Some("/?q=a"));
        assert_eq!(taken("/desk/log?before=3").as_deref(), Some("/log?before=3"));
        assert_eq!(taken("/desks"), None);
    }
}

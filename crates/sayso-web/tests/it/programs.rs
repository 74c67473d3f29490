//! Programs: what the OpenAPI document promises is there, and each answer is JSON.

use crate::ledgers::{Served, get, json, page};
use axum::http::StatusCode;

#[tokio::test]
async fn what_is_promised_is_there() {
    let served = Served::story();
    let app = served.app();
    let promised = json(&app, "/api/v1/openapi.json").await;
    let claim = json(&app, "/api/v1/claims").await["claims"][0]["id"].as_str().unwrap().to_owned();
    let document =
        json(&app, "/api/v1/documents?q=shore").await["found"][0]["id"].as_str().unwrap().to_owned();
    let found = json(&app, "/api/v1/statements?q=barrels").await;
    let statement = found["found"][0]["id"].as_str().unwrap().to_owned();
    let paths = promised["paths"].as_object().unwrap();
    assert!(paths.len() > 15);
    for (path, methods) in paths {
        let address = match path.as_str() {
            path if path.starts_with("/api/v1/claims/") => path.replace("{id}", &claim),
            path if path.starts_with("/api/v1/documents/") => path.replace("{id}", &document),
            path => path.replace("{id}", &statement),
        };
        for (method, told) in methods.as_object().unwrap() {
            assert!(told["summary"].is_string(), "{path} {method} says what it is for");
            if method == "get" {
                let needs = if path == "/api/v1/source" { "?name=Northwire" } else { "?without=Northwire" };
                let needs = if path.ends_with("what-if") || path == "/api/v1/source" { needs } else { "" };
                json(&app, &format!("{address}{needs}")).await;
            }
        }
    }
}

#[tokio::test]
async fn lists_come_part_by_part() {
    let served = Served::story();
    let app = served.app();
    let whole = json(&app, "/api/v1/claims?limit=500").await;
    let mut parts = Vec::new();
    let mut after = Some(0);
    while let Some(at) = after {
        let part = json(&app, &format!("/api/v1/claims?limit=7&after={at}")).await;
        parts.extend(part["claims"].as_array().unwrap().clone());
        after = part["next"].as_u64();
    }
    assert_eq!(whole["claims"].as_array().unwrap(), &parts);
    assert_eq!(get(&app, "/api/v1/claims/00").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn feeds_are_atom() {
    let served = Served::story();
    let app = served.app();
    for feed in ["/feeds/changes", "/feeds/source?name=Northwire", "/feeds/search?q=barrels"] {
        let text = page(&app, feed).await;
        assert!(
            text.starts_with("<?xml") && text.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\">"),
            "{text}"
        );
        assert!(text.contains("<entry>") && text.contains("<updated>2"), "{text}");
    }
}

//! Programs: what the OpenAPI document promises is there, and each answer is JSON.

use crate::ledgers::{HOST, Served, get, json, page, post, send};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use sayso::export::{ExportError, Format, What};

#[tokio::test]
async fn what_is_promised_is_there() {
    let served = Served::story();
    let app = served.app();
    let promised = json(&app, "/api/v1/openapi.json").await;
    let claim = json(&app, "/api/v1/claims").await["claims"][0]["id"].as_str().unwrap().to_owned();
    let document =
        json(&app, "/api/v1/documents?q=shore").await["found"][0]["id"].as_str().unwrap().to_owned();
    let found = json(&app, "/api/v1/statements?q=barrels").await;
    // What makes no claim has no chain.
    let mut found = found["found"].as_array().unwrap().iter();
    let statement = found.find(|statement| !statement["claim"].is_null()).unwrap()["id"].as_str().unwrap();
    let kept = "act=keep&on=question:Was+the+pier+sold+by+the+council%3F&by=Vera&because=to+know";
    assert_eq!(post(&app, "/acts", kept.to_owned()).await.0, StatusCode::OK);
    let kept = json(&app, "/api/v1/kept").await["kept"][0]["id"].as_str().unwrap().to_owned();
    let paths = promised["paths"].as_object().unwrap();
    assert!(paths.len() > 15);
    for (path, methods) in paths {
        let address = match path.as_str() {
            path if path.starts_with("/api/v1/claims/") => path.replace("{id}", &claim),
            path if path.starts_with("/api/v1/kept/") => path.replace("{id}", &kept),
            path if path.starts_with("/api/v1/documents/") => path.replace("{id}", &document),
            path => path.replace("{id}", statement),
        };
        for (method, told) in methods.as_object().unwrap() {
            assert!(told["summary"].is_string(), "{path} {method} says what it is for");
            if method == "get" {
                let needs = if path == "/api/v1/source" { "?name=Northwire" } else { "?without=Northwire" };
                let needs = if path.ends_with("what-if") || path == "/api/v1/source" { needs } else { "" };
                let answer = page(&app, &format!("{address}{needs}")).await;
                // An export is JSON line by line.
                let lines =
                    if path == "/api/v1/export" { answer.lines().collect() } else { vec![answer.as_str()] };
                for line in lines {
                    serde_json::from_str::<serde_json::Value>(line)
                        .unwrap_or_else(|error| panic!("{path}: {error}"));
                }
            }
        }
    }
}

#[tokio::test]
async fn lists_come_part_by_part() {
    let served = Served::story();
    let app = served.app();
    let acts = json(&app, "/api/v1/log").await["acts"].as_array().unwrap().len();
    assert!(acts > 0, "the story takes something back by itself");
    for (list, name, most) in [
        ("claims", "claims", 500),
        ("claims?standing=fallen&standing=single-sourced", "claims", 500),
        ("changes", "changes", 500),
        ("sources", "sources", 1_000),
        ("corrections", "corrections", 100),
        ("review", "matters", 200),
        ("log", "acts", 1_000),
    ] {
        let with = if list.contains('?') { '&' } else { '?' };
        let whole = json(&app, &format!("/api/v1/{list}{with}limit={most}")).await;
        assert!(whole["next"].is_null(), "{list}");
        let mut parts = Vec::new();
        let mut address = format!("/api/v1/{list}{with}limit=1");
        loop {
            let part = json(&app, &address).await;
            parts.extend(part[name].as_array().unwrap().clone());
            let next =
                part["next"].as_str().map(str::to_owned).or(part["next"].as_u64().map(|at| at.to_string()));
            let Some(next) = next else { break };
            address = format!("/api/v1/{list}{with}limit=1&after={next}");
        }
        let mut whole = whole[name].as_array().unwrap().clone();
        assert!(whole.len() > 1, "{list}");
        if list == "review" {
            // Only within a part is it sorted by what hangs on it.
            let on = |matter: &serde_json::Value| matter["on"].to_string();
            whole.sort_by_key(on);
            parts.sort_by_key(on);
        }
        assert_eq!(whole, parts, "{list}");
    }
    for wrong in
        ["claims?after=50", "sources?after=1.2", "review?after=x", "corrections?after=", "log?after=-1"]
    {
        let (status, told) = get(&app, &format!("/api/v1/{wrong}")).await;
        let wanted = if wrong.ends_with('=') { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        assert_eq!(status, wanted, "{wrong}: {told}");
    }
    assert_eq!(get(&app, "/api/v1/claims/0123456789").await.0, StatusCode::NOT_FOUND);
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

#[tokio::test]
async fn exports_are_whole_and_the_same_as_those_of_the_desk() {
    let served = Served::story();
    let app = served.app();
    let desk = sayso::Desk::open(&served.path, 0, crate::ledgers::clock).unwrap();
    for format in Format::ALL {
        for what in std::iter::once(None).chain(What::ALL.iter().copied().map(Some)) {
            let of = what.map(|what| format!("&what={}", what.word())).unwrap_or_default();
            let address = format!("/api/v1/export?format={format}{of}");
            let request = Request::get(&address).header("host", HOST).body(Body::empty()).unwrap();
            let response = send(&app, request).await;
            let status = response.status();
            let sent = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            let mut written = Vec::new();
            match desk.export(*format, what, &mut written, &mut |_, _| {}) {
                Ok(_) => assert!(status == StatusCode::OK && sent == written, "{address}: {status}"),
                Err(ExportError::NotHeld { .. } | ExportError::LeftOut(_)) => {
                    assert_eq!(status, StatusCode::BAD_REQUEST, "{address}");
                }
                Err(error) => panic!("{address}: {error}"),
            }
        }
    }
    for wrong in ["format=xml", "what=everything"] {
        assert_eq!(get(&app, &format!("/api/v1/export?{wrong}")).await.0, StatusCode::BAD_REQUEST);
    }
}

/// An export goes on at the pace of whoever reads it, and gives its turn to others when that is too slow.
#[tokio::test(flavor = "multi_thread")]
async fn exports_take_turns() {
    let words = "\"The barrels were empty,\" said Ilse Marwick on Monday. ".repeat(3_000);
    let served = Served::of(vec![sayso::Input::bytes("long", words)]);
    let app = served.app();
    let ask = async || {
        let request = Request::get("/api/v1/export").header("host", HOST).body(Body::empty()).unwrap();
        send(&app, request).await
    };
    let mut slow = Vec::new();
    for _ in 0..4 {
        slow.push(ask().await);
    }
    // All turns are taken by those who read nothing, until another wants one.
    let other = ask().await;
    assert_eq!(other.status(), StatusCode::OK);
    let whole = to_bytes(other.into_body(), usize::MAX).await.unwrap();
    assert!(whole.len() > 400_000 && whole.ends_with(b"}\n"), "{}", whole.len());
    let mut broken_off = 0;
    for answer in slow {
        assert_eq!(answer.status(), StatusCode::OK);
        broken_off += usize::from(to_bytes(answer.into_body(), usize::MAX).await.is_err());
    }
    assert!((1..4).contains(&broken_off), "{broken_off} were broken off for one");
}

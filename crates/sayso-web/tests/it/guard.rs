//! Strangers: other names that lead here, other sites' pages, other machines.

use crate::ledgers::{HOST, Served, clock, send};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use sayso_web::{Options, ServeError};

#[tokio::test]
async fn only_our_own_names_are_answered_to() {
    let served = Served::of(Vec::new());
    let app = served.app();
    for (host, status) in [
        (HOST, StatusCode::OK),
        ("localhost:8017", StatusCode::OK),
        ("[::1]:8017", StatusCode::OK),
        ("127.0.0.1", StatusCode::FORBIDDEN),
        ("127.0.0.1:80", StatusCode::FORBIDDEN),
        ("rebound.example:8017", StatusCode::FORBIDDEN),
        ("localhost.rebound.example:8017", StatusCode::FORBIDDEN),
    ] {
        let request = Request::get("/").header("host", host).body(Body::empty()).unwrap();
        assert_eq!(send(&app, request).await.status(), status, "{host}");
    }
    let nameless = Request::get("/").body(Body::empty()).unwrap();
    assert_eq!(send(&app, nameless).await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_another_site_sends_changes_nothing() {
    let served = Served::story();
    let app = served.app();
    let form = "act=discredit&on=source:Northwire&by=a+tester&because=x";
    let send_from = async |name: &str, value: &str| {
        let request = Request::post("/acts").header("host", HOST).header(name, value);
        send(&app, request.body(Body::from(form)).unwrap()).await.status()
    };
    let acts = async || crate::ledgers::json(&app, "/api/v1/log").await["acts"].as_array().unwrap().len();
    let before = acts().await;
    for (name, value) in [
        ("origin", "https://elsewhere.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1:9000"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        assert_eq!(send_from(name, value).await, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    assert_eq!(acts().await, before);
    assert_eq!(send_from("sec-fetch-site", "same-origin").await, StatusCode::OK);
    assert_eq!(send_from("origin", "http://127.0.0.1:8017").await, StatusCode::OK);
    assert_eq!(acts().await, before + 2);
}

#[test]
fn other_machines_are_not_served() {
    let served = Served::of(Vec::new());
    let options = Options {
        ledger: served.path.clone(),
        address: "0.0.0.0:0".parse().unwrap(),
        public: None,
        proxies: Vec::new(),
        clock,
        link_by: sayso::LinkBy::default(),
        fetch: None,
        deliver: None,
        log: None,
    };
    let refused = sayso_web::serve(options, |_| panic!("it serves"), std::future::pending());
    assert!(matches!(refused, Err(ServeError::NoUsers(_))));
}

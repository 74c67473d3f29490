//! Assistants over HTTP: what they may ask of a served ledger, and who may act.

use crate::ledgers::{HOST, Served, send};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use sayso_web::{Role, Scope, Users};
use serde_json::{Value, json};

/// What is answered to a request of the protocol.
async fn ask(app: &Router, token: Option<&str>, method: &str, params: Value) -> (StatusCode, Value) {
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
    let request = Request::post("/mcp")
        .header("host", HOST)
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2025-06-18");
    let request = match token {
        Some(token) => request.header("authorization", format!("Bearer {token}")),
        None => request,
    };
    let response = send(app, request.body(Body::from(body)).unwrap()).await;
    let status = response.status();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

async fn tools(app: &Router, token: Option<&str>) -> Vec<String> {
    let (status, told) = ask(app, token, "tools/list", json!({})).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let tools = told["result"]["tools"].as_array().unwrap_or_else(|| panic!("{told}"));
    tools.iter().map(|tool| tool["name"].as_str().unwrap().to_owned()).collect()
}

async fn call(app: &Router, token: Option<&str>, tool: &str, arguments: Value) -> Value {
    let (status, told) = ask(app, token, "tools/call", json!({ "name": tool, "arguments": arguments })).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    told["result"].clone()
}

#[tokio::test]
async fn a_ledger_without_users_is_asked_and_not_changed() {
    let served = Served::story();
    let app = served.app();
    let (status, greeting) = ask(
        &app,
        None,
        "initialize",
        json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "a test", "version": "1" } }),
    )
    .await;
    assert_eq!(status, StatusCode::OK, "{greeting}");
    assert_eq!(greeting["result"]["serverInfo"]["name"], "sayso");
    assert!(greeting["result"]["instructions"].as_str().unwrap().contains("untrusted"));
    assert!(!tools(&app, None).await.contains(&"act".to_owned()));
    let answer =
        call(&app, None, "ask", json!({ "question": "The barrels carry filling stamps of April 2019." }))
            .await;
    assert_eq!(answer["isError"], false, "{answer}");
    let says = answer["structuredContent"]["says_so"].as_array().unwrap();
    let chain = call(&app, None, "chain", json!({ "statement": says[0]["statement"] })).await;
    let claim = call(&app, None, "claim", json!({ "id": chain["structuredContent"]["claim"] })).await;
    assert!(claim["structuredContent"]["count"].is_string(), "{claim}");
    for (tool, arguments) in [
        ("source", json!({ "name": "Northwire" })),
        ("search", json!({ "words": "barrels" })),
        ("corrections", json!({})),
        ("document", json!({ "id": says[0]["page"]["document"] })),
    ] {
        assert_eq!(call(&app, None, tool, arguments).await["isError"], false, "{tool}");
    }
    let act = json!({ "act": "discredit", "on": "source:Northwire", "because": "a test" });
    let refused = ask(&app, None, "tools/call", json!({ "name": "act", "arguments": act })).await;
    assert!(refused.1["error"].is_object() || refused.1["result"]["isError"] == true, "{refused:?}");
}

#[tokio::test]
async fn of_a_ledger_with_users_a_token_tells_who_may_act() {
    let served = Served::story();
    let mut users = Users::of(&served.path).unwrap();
    users.add("editor", Role::Editor, "correct horse battery").unwrap();
    let reads = users.add_token("editor", "reads", Scope::Read).unwrap();
    let writes = users.add_token("editor", "writes", Scope::Write).unwrap();
    let app = served.app();
    for token in [None, Some("nonsense")] {
        assert_eq!(ask(&app, token, "tools/list", json!({})).await.0, StatusCode::UNAUTHORIZED);
    }
    assert!(!tools(&app, Some(&reads)).await.contains(&"act".to_owned()));
    assert!(tools(&app, Some(&writes)).await.contains(&"act".to_owned()));
    let act = json!({ "act": "discredit", "on": "source:Northwire", "because": "a test" });
    let (_, refused) =
        ask(&app, Some(&reads), "tools/call", json!({ "name": "act", "arguments": act })).await;
    assert!(refused["error"].is_object() || refused["result"]["isError"] == true, "{refused}");
    let tried = call(&app, Some(&writes), "act", act.clone()).await;
    assert_eq!(tried["structuredContent"]["done"], false, "an act is only tried unless it is said otherwise");
    let mut act = act;
    act["dry_run"] = json!(false);
    let done = call(&app, Some(&writes), "act", act).await;
    assert_eq!(done["isError"], false, "{done}");
    let log = Request::get("/api/v1/log?limit=1000")
        .header("host", HOST)
        .header("authorization", format!("Bearer {reads}"));
    let log = send(&app, log.body(Body::empty()).unwrap()).await;
    let log = to_bytes(log.into_body(), usize::MAX).await.unwrap();
    let log = String::from_utf8(log.to_vec()).unwrap();
    let log: Value = serde_json::from_str(&log).unwrap();
    let by: Vec<&str> =
        log["acts"].as_array().unwrap().iter().map(|act| act["by"].as_str().unwrap()).collect();
    assert!(by.contains(&"editor (through an assistant)"), "{by:?} {done}");
}

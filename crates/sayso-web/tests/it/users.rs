//! Users: who gets in, and who may do what.

use crate::ledgers::{HOST, Served, send};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use sayso_web::{Role, Scope, Users, UsersError};
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse battery";

/// The story, with a user of each role, whose name is their role's.
fn served() -> Served {
    let served = Served::story();
    let mut users = Users::of(&served.path).unwrap();
    for role in Role::ALL {
        users.add(role.word(), role, PASSWORD).unwrap();
    }
    served
}

struct Answer {
    status: StatusCode,
    location: Option<String>,
    cookie: Option<String>,
    text: String,
}

async fn ask(app: &Router, request: axum::http::request::Builder, body: String) -> Answer {
    let response = send(app, request.header("host", HOST).body(Body::from(body)).unwrap()).await;
    let value = |name| {
        response.headers().get(name).map(|value: &header::HeaderValue| value.to_str().unwrap().to_owned())
    };
    let (status, location, cookie) = (response.status(), value(header::LOCATION), value(header::SET_COOKIE));
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    Answer { status, location, cookie, text: String::from_utf8(bytes.to_vec()).unwrap() }
}

/// Signs in and gives the cookie to send.
async fn sign_in(app: &Router, name: &str) -> String {
    let form = format!("name={name}&password={}&to=%2Flog", PASSWORD.replace(' ', "+"));
    let answer = ask(app, Request::post("/sign-in"), form).await;
    assert_eq!((answer.status, answer.location.as_deref()), (StatusCode::SEE_OTHER, Some("/log")));
    let cookie = answer.cookie.unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    cookie.split(';').next().unwrap().to_owned()
}

fn act(kind: &str, statement: &str) -> String {
    format!("act={kind}&on={statement}&by=somebody+else&because=a+test")
}

async fn some_statement(app: &Router, cookie: &str) -> String {
    let asked = Request::get("/api/v1/statements?q=photographs").header("cookie", cookie);
    let found: Value = serde_json::from_str(&ask(app, asked, String::new()).await.text).unwrap();
    format!("statement:{}", found["found"][0]["id"].as_str().unwrap())
}

#[tokio::test]
async fn strangers_see_the_way_in_and_nothing_else() {
    let served = served();
    let app = served.app();
    let page = ask(&app, Request::get("/claims?standing=fallen"), String::new()).await;
    assert_eq!(page.location.as_deref(), Some("/sign-in?to=%2Fclaims%3Fstanding%3Dfallen"));
    for path in ["/api/v1/claims", "/feeds/changes"] {
        let answer = ask(&app, Request::get(path), String::new()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(!answer.text.contains("Northwire"));
    }
    let done = ask(&app, Request::post("/acts"), act("flag", "statement:0")).await;
    assert_eq!(done.status, StatusCode::UNAUTHORIZED);
    assert_eq!(ask(&app, Request::get("/sign-in"), String::new()).await.status, StatusCode::OK);
    assert_eq!(ask(&app, Request::get("/style.css"), String::new()).await.status, StatusCode::OK);
    let forged = Request::get("/log").header("cookie", "sayso_session=00");
    assert_eq!(ask(&app, forged, String::new()).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn each_role_does_what_it_may_under_its_own_name() {
    let served = served();
    let app = served.app();
    let allowed = [
        ("reader", ["flag"].as_slice()),
        ("reviewer", &["flag", "note"]),
        ("editor", &["flag", "note", "withdraw"]),
    ];
    for (name, allowed) in allowed {
        let cookie = sign_in(&app, name).await;
        let statement = some_statement(&app, &cookie).await;
        for kind in ["flag", "note", "withdraw"] {
            let form = Request::post("/acts").header("cookie", &cookie);
            let answer = ask(&app, form, act(kind, &statement)).await;
            let wanted = if allowed.contains(&kind) { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(answer.status, wanted, "{kind} by a {name}: {}", answer.text);
        }
        let add = ask(&app, Request::post("/add").header("cookie", &cookie), "text=He+said+so.".into()).await;
        assert_eq!(add.status == StatusCode::FORBIDDEN, name != "editor");
        let log = ask(&app, Request::get("/api/v1/log").header("cookie", &cookie), String::new()).await;
        let log: Value = serde_json::from_str(&log.text).unwrap();
        let done = log["acts"].as_array().unwrap();
        assert!(done.iter().all(|act| act["by"] != "somebody else"), "{log}");
        assert_eq!(done.iter().filter(|act| act["by"] == name).count(), allowed.len());
        let out = ask(&app, Request::post("/sign-out").header("cookie", &cookie), String::new()).await;
        assert!(out.cookie.unwrap().contains("Max-Age=0"));
        let after = ask(&app, Request::get("/log").header("cookie", &cookie), String::new()).await;
        assert_eq!(after.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn tokens_reach_as_far_as_their_scope_and_end_when_taken_back() {
    let served = served();
    let app = served.app();
    let mut users = Users::of(&served.path).unwrap();
    let reads = users.add_token("editor", "a reader of lists", Scope::Read).unwrap();
    let writes = users.add_token("editor", "a robot", Scope::Write).unwrap();
    let kept = std::fs::read_to_string(served.path.with_extension("db.users.json")).unwrap();
    assert!(!kept.contains(&reads) && !kept.contains(PASSWORD));
    let bearer = |builder: axum::http::request::Builder, token: &str| {
        builder.header("authorization", format!("Bearer {token}"))
    };
    let found =
        ask(&app, bearer(Request::get("/api/v1/statements?q=photographs"), &reads), String::new()).await;
    let found: Value = serde_json::from_str(&found.text).unwrap();
    let on = format!("statement:{}", found["found"][0]["id"].as_str().unwrap());
    let sent = json!({ "act": "withdraw", "on": on, "because": "a test" }).to_string();
    // A token that only reads does not even what its owner's least role does.
    let flag = json!({ "act": "flag", "on": on, "because": "a test" }).to_string();
    for sent in [&sent, &flag] {
        let refused = ask(&app, bearer(Request::post("/api/v1/acts"), &reads), sent.clone()).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
    let done = ask(&app, bearer(Request::post("/api/v1/acts"), &writes), sent).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    assert_eq!(serde_json::from_str::<Value>(&done.text).unwrap()["act"]["by"], "editor");
    users.remove_token("editor", "a robot").unwrap();
    let gone = ask(&app, bearer(Request::get("/api/v1/log"), &writes), String::new()).await;
    assert_eq!(gone.status, StatusCode::UNAUTHORIZED);
    // Whoever is taken out is out at once, and nobody gets in when all are.
    let cookie = sign_in(&app, "reader").await;
    for role in Role::ALL {
        users.remove(role.word()).unwrap();
    }
    let answer = ask(&app, Request::get("/log").header("cookie", &cookie), String::new()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn guessing_is_slow_and_never_leads_elsewhere() {
    let served = served();
    let app = served.app();
    let elsewhere = format!("name=reader&password={}&to=%2F%2Felsewhere.example", PASSWORD.replace(' ', "+"));
    let answer = ask(&app, Request::post("/sign-in"), elsewhere).await;
    assert_eq!(answer.location.as_deref(), Some("/"));
    let mut statuses = Vec::new();
    for _ in 0..12 {
        let wrong = ask(&app, Request::post("/sign-in"), "name=nobody&password=wrong".into()).await;
        assert!(wrong.cookie.is_none());
        statuses.push(wrong.status);
    }
    assert_eq!(statuses[0], StatusCode::UNAUTHORIZED);
    assert!(statuses.contains(&StatusCode::TOO_MANY_REQUESTS), "{statuses:?}");
}

#[test]
fn names_and_passwords_that_would_not_do_are_refused() {
    let served = Served::of(Vec::new());
    let mut users = Users::of(&served.path).unwrap();
    assert!(matches!(users.add("a", Role::Reader, "short"), Err(UsersError::Password)));
    assert!(matches!(users.add(" a", Role::Reader, PASSWORD), Err(UsersError::Name)));
    assert!(matches!(users.add("a\u{202e}b", Role::Reader, PASSWORD), Err(UsersError::Name)));
    users.add("a", Role::Reader, PASSWORD).unwrap();
    assert!(matches!(users.add("a", Role::Editor, PASSWORD), Err(UsersError::Known(_))));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let file = std::fs::metadata(served.path.with_extension("db.users.json")).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }
    std::fs::write(served.path.with_extension("db.users.json"), "{").unwrap();
    assert!(matches!(Users::of(&served.path), Err(UsersError::Form { .. })));
}

#[tokio::test]
async fn sessions_and_tokens_end_with_the_password_and_with_the_name() {
    let served = served();
    let app = served.app();
    let mut users = Users::of(&served.path).unwrap();
    let status = async |cookie: &str, token: &str| {
        let page = ask(&app, Request::get("/log").header("cookie", cookie), String::new()).await.status;
        let bearer = format!("Bearer {token}");
        let read =
            ask(&app, Request::get("/api/v1/log").header("authorization", bearer), String::new()).await;
        (page, read.status)
    };
    let (inside, outside) =
        ((StatusCode::OK, StatusCode::OK), (StatusCode::SEE_OTHER, StatusCode::UNAUTHORIZED));
    let (cookie, token) =
        (sign_in(&app, "editor").await, users.add_token("editor", "a robot", Scope::Read).unwrap());
    assert_eq!(status(&cookie, &token).await, inside);
    // Even where it is the same again: whoever changes it wants others to be out.
    users.set_password("editor", PASSWORD).unwrap();
    assert_eq!(status(&cookie, &token).await, outside);
    let (cookie, token) =
        (sign_in(&app, "editor").await, users.add_token("editor", "a robot", Scope::Read).unwrap());
    users.remove("editor").unwrap();
    assert_eq!(status(&cookie, &token).await, outside);
    users.add("editor", Role::Editor, PASSWORD).unwrap();
    assert_eq!(status(&cookie, &token).await, outside);
}

#[test]
fn changes_at_the_same_time_are_all_kept() {
    let served = served();
    let mut users = Users::of(&served.path).unwrap();
    let names: Vec<String> = (0..8).map(|number| format!("robot {number}")).collect();
    for name in &names {
        users.add_token("editor", name, Scope::Write).unwrap();
    }
    // Each has read the file before any other changed it.
    let changes = names.iter().map(|name| (name.clone(), users.clone()));
    let threads = changes
        .map(|(name, mut users)| std::thread::spawn(move || users.remove_token("editor", &name).unwrap()));
    let threads: Vec<_> = threads.collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert!(Users::of(&served.path).unwrap().people()["editor"].tokens.is_empty());
}

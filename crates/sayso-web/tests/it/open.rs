//! A server that one can leave open: slow and half-open connections, ends, limits, logs, a base, servers in front.

use crate::ledgers::{HOST, Running, Served, get, post, send};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use sayso_web::{AccessLog, Options, Role, Users, router};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const PASSWORD: &str = "correct horse battery";

fn app(options: &Options) -> Router {
    router(options, HOST.parse().unwrap()).unwrap()
}

/// The story with one user.
fn closed() -> Served {
    let served = Served::story();
    Users::of(&served.path).unwrap().add("Ina", Role::Editor, PASSWORD).unwrap();
    served
}

#[test]
fn half_open_connections_keep_nothing_from_ending() {
    let running = Running::story();
    let host = running.at("").trim_start_matches("http://").to_owned();
    let half_open = (0..50).map(|number| {
        let mut stream = TcpStream::connect(&host).unwrap();
        let begun =
            ["", "GET / HTTP/1.1\r\n", "POST /acts HTTP/1.1\r\nHost: HOST\r\nContent-Length: 9\r\n\r\nact="];
        stream.write_all(begun[number % 3].replace("HOST", &host).as_bytes()).unwrap();
        stream
    });
    let half_open: Vec<TcpStream> = half_open.collect();
    // Others are answered meanwhile, and kept for their next request.
    let mut stream = TcpStream::connect(&host).unwrap();
    stream.write_all(format!("GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        drop(running);
        tell.send(()).unwrap();
    });
    told.recv_timeout(Duration::from_secs(60)).expect("the server ends while they are open");
    drop((half_open, stream));
}

#[tokio::test(start_paused = true)]
async fn what_never_arrives_is_waited_for_only_so_long() {
    let served = Served::of(Vec::new());
    let never = Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
    let request = Request::post("/acts").header("host", HOST).body(never).unwrap();
    assert_eq!(send(&served.app(), request).await.status(), StatusCode::REQUEST_TIMEOUT);
}

#[tokio::test]
async fn every_field_has_its_length() {
    let served = Served::story();
    let app = served.app();
    let found = crate::ledgers::json(&app, "/api/v1/statements?q=photographs").await;
    let on = format!("statement:{}", found["found"][0]["id"].as_str().unwrap());
    let long = "a".repeat(4_001);
    for (by, because, status) in [
        ("Ina", &long[..4_000], StatusCode::OK),
        ("Ina", &long[..], StatusCode::BAD_REQUEST),
        (&long[..101], "a test", StatusCode::BAD_REQUEST),
    ] {
        let form = format!("act=note&on={on}&by={by}&because={because}");
        assert_eq!(post(&app, "/acts", form).await.0, status, "{} {}", by.len(), because.len());
        let sent =
            serde_json::json!({ "act": "note", "on": on, "by": by, "because": because, "dry_run": true });
        assert_eq!(post(&app, "/api/v1/acts", sent.to_string()).await.0, status);
    }
    let question = format!("by=Ina&words={}", &long[..1_001]);
    assert_eq!(post(&app, "/hypotheses", question).await.0, StatusCode::BAD_REQUEST);
    let whole = format!("act=note&on={on}&by=Ina&because={}", "a".repeat(1 << 20));
    assert_eq!(post(&app, "/acts", whole).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn it_tells_anybody_that_it_is_well_and_nothing_else() {
    let served = closed();
    let app = served.app();
    assert_eq!(get(&app, "/healthz").await, (StatusCode::OK, "ok\n".to_owned()));
    assert_eq!(get(&app, "/log").await.0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn pages_stand_under_a_base() {
    let served = closed();
    let app =
        app(&Options { public: Some("https://news.example/desk/".parse().unwrap()), ..served.options() });
    let ask = async |path: &str| {
        let request = Request::get(path).header("host", "news.example").body(Body::empty()).unwrap();
        let response = send(&app, request).await;
        let location = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        assert!(response.headers().contains_key(header::STRICT_TRANSPORT_SECURITY));
        let status = response.status();
        let page = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, location, String::from_utf8(page.to_vec()).unwrap())
    };
    // Whether the server in front takes the base off or not.
    for path in ["/desk/log", "/log"] {
        let (status, location, _) = ask(path).await;
        assert_eq!((status, location.as_deref()), (StatusCode::SEE_OTHER, Some("/desk/sign-in?to=%2Flog")));
    }
    let (status, _, page) = ask("/desk/sign-in").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("action=\"/desk/sign-in\"") && page.contains("href=\"/desk/style.css\""), "{page}");
    assert!(!page.contains("href=\"/log"), "{page}");
    assert_eq!(ask("/desktop/sign-in").await.0, StatusCode::SEE_OTHER);
}

/// Tries to sign in from an address, told by servers in front of ours.
async fn try_from(app: &Router, peer: &str, told: &[&str]) -> StatusCode {
    let mut request = Request::post("/sign-in").header("host", "news.example");
    for told in told {
        request = request.header("x-forwarded-for", *told);
    }
    let peer: SocketAddr = format!("{peer}:4000").parse().unwrap();
    // Each under another name, of which each may be tried only so often.
    static NEXT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let name = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let form = format!("name=nobody{name}&password=");
    let request = request.extension(ConnectInfo(peer)).body(Body::from(form)).unwrap();
    send(app, request).await.status()
}

#[tokio::test]
async fn nobody_but_servers_in_front_says_from_where_one_comes() {
    let served = closed();
    let public = Some("https://news.example/".parse().unwrap());
    let proxies = vec!["10.0.0.7".parse().unwrap()];
    for (peer, end) in
        [("127.0.0.1", "203.0.113.9"), ("10.0.0.7", "203.0.113.9"), ("127.0.0.1", "203.0.113.9, 10.0.0.7")]
    {
        let app = app(&Options { public: public.clone(), proxies: proxies.clone(), ..served.options() });
        let mut statuses = Vec::new();
        for number in 0..12 {
            // What the visitor made up stands before what the server in front wrote.
            let (made_up, whole) = (format!("198.51.100.{number}"), format!("198.51.100.{number}, {end}"));
            let told: &[&str] = if number % 2 == 0 { &[&made_up, end] } else { &[&whole] };
            statuses.push(try_from(&app, peer, told).await);
        }
        assert_eq!(statuses[11], StatusCode::TOO_MANY_REQUESTS, "{peer} {end}: {statuses:?}");
        assert_ne!(try_from(&app, peer, &["203.0.113.10"]).await, StatusCode::TOO_MANY_REQUESTS);
        let other = try_from(&app, "192.0.2.1", &["203.0.113.9"]).await;
        assert_ne!(other, StatusCode::TOO_MANY_REQUESTS, "nobody made that one a server in front");
    }
}

#[tokio::test]
async fn the_log_tells_who_asked_and_no_secrets() {
    let served = closed();
    let lines: Arc<Mutex<Vec<String>>> = Arc::default();
    let told = Arc::clone(&lines);
    let log = AccessLog::to(move |line| told.lock().unwrap().push(line.to_owned()));
    let app = app(&Options { log: Some(log), ..served.options() });
    let peer: SocketAddr = "192.0.2.1:4000".parse().unwrap();
    let ask = async |request: axum::http::request::Builder, body: String| {
        let request = request.header("host", HOST).extension(ConnectInfo(peer));
        send(&app, request.body(Body::from(body)).unwrap()).await
    };
    let form = |name: &str, password: &str| format!("name={name}&password={}", password.replace(' ', "+"));
    ask(Request::post("/sign-in"), form("Ina%22%0A9", "wrong+wrong+wrong")).await;
    let signed_in = ask(Request::post("/sign-in"), form("Ina", PASSWORD)).await;
    let cookie = signed_in.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap();
    ask(Request::get("/search?q=photographs").header("cookie", cookie), String::new()).await;
    ask(Request::get("/nowhere").header("cookie", cookie), String::new()).await;
    let lines = lines.lock().unwrap().join("\n");
    let shown: Vec<&str> = lines.lines().collect();
    let begin = "2020-01-02T03:04:05Z 192.0.2.1";
    assert_eq!(
        shown,
        [
            format!("{begin} sign-in refused: \"Ina' 9\""),
            format!("{begin} - POST /sign-in 401"),
            format!("{begin} sign-in done: \"Ina\""),
            format!("{begin} - POST /sign-in 303"),
            format!("{begin} \"Ina\" GET /search 200"),
            format!("{begin} \"Ina\" GET /nowhere 404"),
        ]
    );
    let secret = cookie.split_once('=').unwrap().1;
    for unwanted in [secret, "wrong", "horse", "photographs"] {
        assert!(!lines.contains(unwanted), "{lines}");
    }
}

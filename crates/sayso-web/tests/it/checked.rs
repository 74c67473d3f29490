//! "Does the cited page say it?" on pages: documents of the ledger, what is pasted, what is sent as a file; and traces.

use crate::ledgers::{HOST, Served, get, json, page, post, send};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use sayso::Input;

const NORTHWIRE: &str = "<!doctype html><link rel=canonical href=https://northwire.example/pier><title>Pier sold</title>\
    <meta name=date content=2026-03-01><p>The council sold the northern pier to a foreign company in May, Ilse Marwick said.</p>";
const COURIER: &str = "<!doctype html><link rel=canonical href=https://courier.example/pier><title>What was sold <script>alert(1)</script></title>\
    <meta name=date content=2026-03-02><p>The council <a href=https://northwire.example/pier>sold the northern pier to a \
    foreign company</a> in May.</p><p>The lighthouse <a href=https://northwire.example/pier>burned down on Friday</a> and nobody \
    was hurt.</p><p>The bridge is closed, <a href=https://elsewhere.example/bridge>the port says</a> on its pages.</p>";

fn served() -> Served {
    Served::of(vec![
        Input::bytes("https://northwire.example/pier", NORTHWIRE),
        Input::bytes("https://courier.example/pier", COURIER),
    ])
}

/// The page of the report on the courier's page.
async fn report(app: &Router) -> String {
    let request = Request::get("/check?of=https%3A%2F%2Fcourier.example%2Fpier").header("host", HOST);
    let response = send(app, request.body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()[header::LOCATION].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_page_of_the_ledger_has_a_report_that_stays() {
    let served = served();
    let app = served.app();
    let address = report(&app).await;
    assert!(address.starts_with("/documents/") && address.ends_with("/check"), "{address}");
    let html = page(&app, &address).await;
    assert!(html.contains("The council sold the northern pier to a foreign company in May"), "{html}");
    assert!(!html.contains("<script>alert"), "what a page says is not run");
    assert!(html.contains("https://elsewhere.example/bridge"), "what is not in the ledger is named");
    assert!(html.contains("this server fetches nothing"), "{html}");
    let told = json(&app, &format!("/api/v1{address}")).await;
    let verdicts: Vec<&str> =
        told["citations"].as_array().unwrap().iter().map(|one| one["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts.len(), 3, "{told}");
    assert_eq!(verdicts[0], "others_words", "it is there as the words of Ilse Marwick");
    assert_ne!(verdicts[1], "says", "nothing burned down there");
    assert_eq!(verdicts[2], "unread");
    // Nothing is fetched where the server was not told to.
    assert_eq!(post(&app, &address, String::new()).await.0, StatusCode::FORBIDDEN);
    let alone = page(&app, &format!("{address}?as=file")).await;
    assert!(alone.starts_with("<!DOCTYPE html>") && !alone.contains("<script"), "{alone}");
    let document = address.trim_end_matches("/check");
    assert!(page(&app, document).await.contains("/check"), "the reading view leads to the report");
}

#[tokio::test]
async fn what_is_pasted_or_sent_is_checked_and_not_kept() {
    let served = served();
    let app = served.app();
    let before = json(&app, "/api/v1/documents?q=pier").await;
    let text = "The council sold the northern pier to a foreign company in May.[^1]\n\n[^1]: https://northwire.example/pier\n";
    let form = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("text", text), ("markup", "markdown")])
        .finish();
    let (status, html) = post(&app, "/check", form).await;
    assert_eq!(status, StatusCode::OK, "{html}");
    assert!(html.contains("Ilse Marwick said") && html.contains("checked and not kept"), "{html}");
    let file = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../<b>.md\"\r\n\r\n{text}\r\n--x--\r\n"
    );
    let request = Request::post("/check").header("host", HOST);
    let request =
        request.header("content-type", "multipart/form-data; boundary=x").body(Body::from(file)).unwrap();
    let response = send(&app, request).await;
    assert_eq!(response.status(), StatusCode::OK);
    let html = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let html = String::from_utf8(html.to_vec()).unwrap();
    assert!(html.contains("Ilse Marwick said") && !html.contains("<b>.md"), "{html}");
    assert_eq!(json(&app, "/api/v1/documents?q=pier").await, before, "nothing was kept");
    for nothing in ["", "text=+", "text=x&markup=morse"] {
        assert_eq!(post(&app, "/check", nothing.to_owned()).await.0, StatusCode::BAD_REQUEST, "{nothing}");
    }
    assert_eq!(get(&app, "/check?of=https%3A%2F%2Fnobody.example%2F").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn words_are_traced_to_the_page_that_had_them_first() {
    let served = served();
    let app = served.app();
    let words = "/trace?q=sold+the+northern+pier+to+a+foreign+company";
    let html = page(&app, words).await;
    let (first, second) = (html.find("Pier sold").unwrap(), html.find("What was sold").unwrap());
    assert!(first < second && html.contains("First known"), "{html}");
    assert!(!html.contains("<script>alert"), "{html}");
    assert!(page(&app, "/trace?q=unicorns+danced+on+the+quay").await.contains("No page of this ledger"));
    assert!(json(&app, &format!("/api/v1{words}")).await["stops"].as_array().unwrap().len() > 1);
}

#[tokio::test]
async fn several_files_are_added_at_once() {
    let served = served();
    let app = served.app();
    let part = |name: &str, text: &str| {
        format!(
            "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n{text}\r\n"
        )
    };
    let both =
        part("one.html", "<title>One</title><p>Anselm Roke said that the ferry had sunk on Sunday.</p>")
            + &part(
                "two.html",
                "<title>Two</title><p>Hanna Vess said that the ferry had been raised on Monday.</p>",
            );
    let request = |body: String| {
        let request = Request::post("/add").header("host", HOST);
        let kind = "multipart/form-data; boundary=x";
        request.header("content-type", kind).body(Body::from(body + "--x--\r\n")).unwrap()
    };
    let response = send(&app, request(both.clone())).await;
    assert_eq!(response.status(), StatusCode::OK);
    let html = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let html = String::from_utf8(html.to_vec()).unwrap();
    assert!(html.contains("One") && html.contains("Two"), "{html}");
    assert_eq!(json(&app, "/api/v1/documents?q=ferry").await["found"].as_array().unwrap().len(), 2);
    let titled = "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nMine\r\n".to_owned() + &both;
    assert_eq!(
        send(&app, request(titled)).await.status(),
        StatusCode::BAD_REQUEST,
        "one title is no two pages'"
    );
    let bookmark = page(&app, "/add?url=https%3A%2F%2Fcourier.example%2Fx").await;
    assert!(
        bookmark.contains("value=\"https://courier.example/x\"") && bookmark.contains("javascript:"),
        "{bookmark}"
    );
    assert!(!page(&app, "/add?url=javascript%3Aalert(1)").await.contains("value=\"javascript"));
}

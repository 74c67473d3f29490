//! Pages that would do harm if they were let: everything that they hold is shown, and nothing of it does anything.

use crate::ledgers::{Served, get, json, page};
use axum::http::StatusCode;
use sayso::Input;

const HOSTILE: &str = r#"<html><head><title>The pier "><script>alert(1)</script></title>
<meta property="og:site_name" content="Quay&quot;&gt;&lt;script&gt;alert(2)&lt;/script&gt;">
<meta name="author" content="&lt;img src=x onerror=alert(3)&gt;">
<link rel="canonical" href="javascript:alert(4)"></head>
<body><article><h1>The pier "&gt;&lt;script&gt;alert(1)&lt;/script&gt;</h1>
<p>"The pier is closed &lt;script&gt;alert(5)&lt;/script&gt;," said Ilse &lt;b onclick=alert(6)&gt;Marwick on Monday in the harbour.</p>
<p><a href="javascript:alert(7)">Tobias Rennick</a> said that the <a href="data:text/html,&lt;script&gt;alert(8)&lt;/script&gt;">barrels</a> were &#x202e;ytpme&#x202c; when they came ashore.</p>
<p><svg onload=alert(9)><a href="https://example.org/&quot;onmouseover=&quot;alert(10)">Corin Vale</a> said that =HYPERLINK("http://evil.example") was full of salt and of sand.</p></article></body></html>"#;

#[tokio::test]
async fn nothing_that_a_page_holds_does_anything() {
    let served = Served::of(vec![Input::bytes("hostile.html", HOSTILE)]);
    let app = served.app();
    let mut addresses =
        vec!["/".to_owned(), "/claims".into(), "/sources".into(), "/documents".into(), "/review".into()];
    let all = json(&app, "/api/v1/documents?q=pier").await;
    let id = all["found"][0]["id"].as_str().unwrap();
    addresses.push(format!("/documents/{id}"));
    let record = json(&app, &format!("/api/v1/documents/{id}")).await;
    for statement in record["statements"].as_array().unwrap() {
        addresses.push(format!("/statements/{}", statement["id"].as_str().unwrap()));
    }
    for claim in json(&app, "/api/v1/claims").await["claims"].as_array().unwrap() {
        addresses.push(format!("/claims/{}", claim["id"].as_str().unwrap()));
        addresses.push(format!("/feeds/claims/{}", claim["id"].as_str().unwrap()));
    }
    for source in json(&app, "/api/v1/sources").await["sources"].as_array().unwrap() {
        addresses
            .push(format!("/source?name={}", sayso::harmless::in_address(source["name"].as_str().unwrap())));
    }
    addresses.push("/search?q=%22%3E%3Cscript%3Ealert(11)%3C%2Fscript%3E".into());
    for address in addresses {
        let html = page(&app, &address).await;
        let lower = html.to_lowercase();
        for harm in [
            "<script",
            "<svg onload",
            "<img",
            "<b on",
            "href=\"javascript",
            "href=\"data:",
            "\u{202e}",
            "\" onmouseover",
        ] {
            assert!(!lower.contains(harm), "{address} holds {harm}");
        }
    }
}

#[tokio::test]
async fn every_page_forbids_scripts_and_frames() {
    let served = Served::story();
    let app = served.app();
    for address in ["/", "/claims", "/nowhere", "/api/v1/claims", "/style.css", "/add"] {
        let request = axum::http::Request::get(address).header("host", crate::ledgers::HOST);
        let response = crate::ledgers::send(&app, request.body(axum::body::Body::empty()).unwrap()).await;
        let policy = response.headers()["content-security-policy"].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe") && !policy.contains("script-src"), "{policy}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    }
}

/// One source relayed by thousands of pages is a page that a browser can still show.
#[tokio::test]
async fn ten_thousand_relays_are_folded() {
    let words = "the pier at Pellam was closed on Monday because forty barrels had come ashore in the night";
    let pages = (0..2_000).map(|number| {
        let page = format!("Outlet {number}\n\nTobias Rennick said {words}.\n");
        Input::bytes(format!("{number}.txt"), page)
    });
    let served = Served::of(pages.collect());
    let app = served.app();
    let claims = json(&app, "/api/v1/ask?q=pier+closed").await;
    let id = claims["found"][0]["id"].as_str().unwrap();
    let (status, html) = get(&app, &format!("/claims/{id}")).await;
    assert_eq!(status, StatusCode::OK);
    let boxes = html.matches("class=\"box\"").count();
    assert!(boxes < 500, "{boxes} boxes are drawn");
}

#[tokio::test]
async fn what_is_sent_is_capped() {
    let served = Served::of(Vec::new());
    let app = served.app();
    let (status, _) = crate::ledgers::post(&app, "/add", format!("text={}", "a".repeat(17 << 20))).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    for body in [
        "",
        "{",
        "[]",
        "{\"act\":\"discredit\"}",
        "{\"act\":\"x\",\"on\":\"source:A\",\"by\":\"b\",\"because\":\"c\"}",
    ] {
        let (status, _) = crate::ledgers::post(&app, "/api/v1/acts", body.to_owned()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
    }
}

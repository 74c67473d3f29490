//! The pages on the example story, without a browser.

use crate::ledgers::{FALLEN_WITHOUT_NORTHWIRE, Served, get, json, page, post};
use axum::http::StatusCode;

/// The text of a page, without its markup.
fn text(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn from_the_first_page_everything_is_reached() {
    let served = Served::story();
    let app = served.app();
    let mut waiting = vec!["/".to_owned()];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(address) = waiting.pop() {
        let bare = address.split('#').next().unwrap().to_owned();
        if !seen.insert(bare.clone()) {
            continue;
        }
        let (status, html) = get(&app, &bare).await;
        assert_eq!(status, StatusCode::OK, "{bare}: {}", text(&html));
        for link in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let link = link.replace("&amp;", "&");
            if link.starts_with('/') {
                waiting.push(link);
            } else if let Some(place) = link.strip_prefix('#') {
                assert!(
                    html.contains(&format!("id=\"{place}\"")),
                    "{bare} leads to #{place}, which is not there"
                );
            }
        }
    }
    let has = |start: &str| seen.iter().any(|address| address.starts_with(start));
    for start in ["/claims/", "/statements/", "/documents/", "/source?", "/log", "/add", "/feeds/", "/api/v1"]
    {
        assert!(has(start), "nothing leads to {start}");
    }
}

#[tokio::test]
async fn a_text_is_shown_as_it_was_read_with_its_statements_in_place() {
    let served = Served::story();
    let app = served.app();
    let found = json(&app, "/api/v1/documents?q=shore+closes").await;
    let id = found["found"][0]["id"].as_str().unwrap().to_owned();
    let record = json(&app, &format!("/api/v1/documents/{id}")).await;
    let html = page(&app, &format!("/documents/{id}")).await;
    for statement in record["statements"].as_array().unwrap() {
        let id = statement["id"].as_str().unwrap();
        assert!(html.contains(&format!("id=\"s-{id}\"")) && html.contains(&format!("id=\"n-{id}\"")), "{id}");
    }
    // Taking the marks away gives the text back.
    let body = html.split("<div class=\"text\">").nth(1).unwrap();
    assert!(
        text(body).contains("this spring,” Deputy Environment Minister Tobias Rennick said."),
        "{}",
        text(body)
    );
}

#[tokio::test]
async fn what_would_change_is_shown_before_it_is_done_and_can_be_undone() {
    let served = Served::story();
    let app = served.app();
    let acts = async || json(&app, "/api/v1/log").await["acts"].as_array().unwrap().len();
    let before = acts().await;
    let form = "act=discredit&on=source:Northwire&by=a+tester&because=it+took+all+from+one+man";
    let (status, tried) = post(&app, "/acts", format!("{form}&try=1")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text(&tried).contains(&format!("Would fall: {FALLEN_WITHOUT_NORTHWIRE}"))
            && text(&tried).contains("Nothing has been done"),
        "{}",
        text(&tried)
    );
    assert_eq!(acts().await, before);
    let (_, done) = post(&app, "/acts", form.to_owned()).await;
    assert!(text(&done).contains(&format!("Fell: {FALLEN_WITHOUT_NORTHWIRE}")), "{}", text(&done));
    assert_eq!(acts().await, before + 1);
    let log = json(&app, "/api/v1/log").await;
    let act = log["acts"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
    let (_, undone) =
        post(&app, "/acts", format!("act=undo&on=act:{act}&by=a+tester&because=it+was+tried")).await;
    assert!(text(&undone).contains(&format!("Stand again: {FALLEN_WITHOUT_NORTHWIRE}")), "{}", text(&undone));
    let (again, _) = post(&app, "/acts", format!("act=undo&on=act:{act}&by=a+tester&because=again")).await;
    assert_eq!(again, StatusCode::CONFLICT);
}

#[tokio::test]
async fn ticking_sources_shows_what_would_change_and_dates_can_be_compared() {
    let served = Served::story();
    let app = served.app();
    let found = json(&app, "/api/v1/ask?q=fresh+evidence").await;
    let id = found["found"][0]["id"].as_str().unwrap().to_owned();
    let ticked = page(&app, &format!("/claims/{id}?without=Northwire&without=The+Harbour+Courier")).await;
    assert!(text(&ticked).contains("If Northwire, The Harbour Courier were not believed"));
    // One claim more stands on the Courier alone.
    let fallen = FALLEN_WITHOUT_NORTHWIRE + 1;
    assert!(text(&ticked).contains(&format!("Would fall: {fallen}")), "{}", text(&ticked));
    let compared = text(&page(&app, &format!("/claims/{id}?then=2019-06-03")).await);
    assert!(compared.contains("Documents that say so13"), "{compared}");
    let earlier = text(&page(&app, &format!("/claims/{id}?as_of=2001-01-01")).await);
    assert!(earlier.contains("Nothing had been said of this claim by then."), "{earlier}");
}

#[tokio::test]
async fn without_a_source_that_is_heard_everywhere_only_the_claim_is_gone_through() {
    let served = Served::of(Vec::new());
    let app = served.app();
    let words: Vec<String> =
        (0..160).map(|dock| format!("\"Dock {dock} will be shut,\" said Ilse Marwick on Monday.")).collect();
    let body = format!("text={}", sayso::harmless::in_address(&words.join("\n\n")));
    assert_eq!(post(&app, "/add", body).await.0, StatusCode::SEE_OTHER);
    let claims = json(&app, "/api/v1/claims?limit=1").await;
    let address = format!("/claims/{}?without=Ilse+Marwick", claims["claims"][0]["id"].as_str().unwrap());
    let here = text(&page(&app, &address).await);
    assert!(here.contains("If Ilse Marwick were not believed, for this claim:"), "{here}");
    assert!(here.contains("only this claim was gone through") && !here.contains("Would fall"), "{here}");
    let whole = text(&page(&app, &format!("{address}&whole=1")).await);
    assert!(whole.contains("were not believed, in this whole ledger:"), "{whole}");
    assert!(whole.contains("Would fall: "), "{whole}");
}

#[tokio::test]
async fn a_page_can_be_pasted_and_a_question_asked_of_rivals() {
    let served = Served::of(Vec::new());
    let app = served.app();
    let words = "\"The barrels were empty,\" said Ilse Marwick on Monday.";
    let (status, _) = post(&app, "/add", format!("text={}", sayso::harmless::in_address(words))).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let claims = json(&app, "/api/v1/claims").await;
    assert_eq!(claims["claims"].as_array().unwrap().len(), 1);
    let claim = claims["claims"][0]["id"].as_str().unwrap();
    let (status, _) =
        post(&app, "/hypotheses", "words=Whence%3F&hypotheses=Upstream%0AElsewhere&by=ann".into()).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let id = json(&app, "/api/v1/questions").await[0]["id"].as_str().unwrap().to_owned();
    let step = async |form: String| post(&app, &format!("/hypotheses/{id}"), form).await.0;
    assert_eq!(step(format!("do=evidence&claim={claim}&by=ann")).await, StatusCode::SEE_OTHER);
    assert_eq!(
        step("do=rate&fit-1-1=very+inconsistent&fit-1-2=consistent&by=ann".into()).await,
        StatusCode::SEE_OTHER
    );
    let shown = text(&page(&app, &format!("/hypotheses/{id}")).await);
    let order = shown.find("Elsewhere").zip(shown.find("Upstream"));
    assert!(order.is_some_and(|(first, second)| first < second), "{shown}");
    assert_eq!(step("do=nonsense&by=ann".into()).await, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_page_is_fetched_only_where_that_was_wanted() {
    let served = Served::of(Vec::new());
    let form = "fetch=1&url=https%3A%2F%2Fpier.example%2F1";
    let app = served.app();
    assert!(!page(&app, "/add").await.contains("Fetch and read it"));
    let (status, told) = post(&app, "/add", form.into()).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(text(&told).contains("--fetch"), "{}", text(&told));
    let body = "{\"url\":\"https://pier.example/1\"}";
    assert_eq!(post(&app, "/api/v1/documents", body.into()).await.0, StatusCode::FORBIDDEN);

    let words = "<html><body><article><p>\"The barrels were empty,\" said Ilse Marwick on Monday.</p></article></body></html>";
    let fetch = sayso_web::Fetch::by(move |address| match address.as_str() {
        "https://pier.example/1" => {
            let html = Some("text/html".to_owned());
            sayso::Input::fetched(address.as_str(), address.as_str(), html, words.into())
        }
        _ => sayso::Input::refused(
            address.as_str(),
            sayso::LeftOut::Unreadable("there is no such host".into()),
        ),
    });
    let options = sayso_web::Options { fetch: Some(fetch), ..served.options() };
    let app = sayso_web::router(&options, options.address).unwrap();
    assert!(page(&app, "/add").await.contains("Fetch and read it"));
    let (status, _) = post(&app, "/add", form.into()).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let found = json(&app, "/api/v1/documents?q=barrels").await;
    assert_eq!(found["found"][0]["url"], "https://pier.example/1", "{found}");
    let (status, same) = post(&app, "/api/v1/documents", body.into()).await;
    assert!(status == StatusCode::OK && same.contains(found["found"][0]["id"].as_str().unwrap()), "{same}");
    let (status, told) = post(&app, "/api/v1/documents", "{\"url\":\"https://other.example/\"}".into()).await;
    assert!(status == StatusCode::BAD_REQUEST && told.contains("there is no such host"), "{told}");
    for wrong in ["{}", "{\"url\":\"pier\"}", "{\"url\":null}"] {
        assert_eq!(post(&app, "/api/v1/documents", wrong.into()).await.0, StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test]
async fn a_page_that_was_taken_down_says_so_in_its_place() {
    let served = Served::story();
    let app = served.app();
    let page = json(&app, "/api/v1/documents?q=barrels").await["found"][0]["id"].as_str().unwrap().to_owned();
    let address = format!("/documents/{page}");
    assert_eq!(get(&app, &address).await.0, StatusCode::OK);
    let form = format!("act=take_down&on=document:{page}&by=a+tester&because=its+author+asked");
    assert_eq!(post(&app, "/acts", form).await.0, StatusCode::OK);
    let (status, html) = get(&app, &address).await;
    assert_eq!(status, StatusCode::GONE);
    let stone = text(&html);
    assert!(stone.contains("taken down by a tester on") && stone.contains("its author asked"), "{stone}");
    let (status, answer) = get(&app, &format!("/api/v1{address}")).await;
    assert_eq!(status, StatusCode::GONE);
    assert!(answer.contains("its author asked"), "{answer}");
    // Also where a desk of another server is asked for changes before anything else.
    let changes = json(&served.app(), "/api/v1/changes?limit=500").await.to_string();
    assert!(changes.contains("[taken down]"), "{changes}");
}

#[tokio::test]
async fn what_is_wrong_is_said_with_what_to_do() {
    let served = Served::story();
    let app = served.app();
    let told = async |address: &str| {
        let (status, html) = get(&app, address).await;
        let main = html.split("<main").nth(1).unwrap_or(&html).split("</main>").next().unwrap().to_owned();
        format!("{address} {}\n  {}\n", status.as_u16(), text(&format!("<main{main}")))
    };
    let mut all = String::new();
    for address in [
        "/nowhere",
        "/claims/00000000",
        "/claims/zz",
        "/statements/00000000",
        "/documents/00000000",
        "/source",
        "/source?name=Northwir",
        "/claims?as_of=yesterday",
        "/claims?standing=unreliable",
        "/claims?after=99999999",
        "/api/v1/nowhere",
        "/api/v1/claims?limit=many",
    ] {
        all += &told(address).await;
    }
    insta::assert_snapshot!(all);
}

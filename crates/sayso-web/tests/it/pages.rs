//! The pages on the example story, without a browser.

use crate::ledgers::{FALLEN_WITHOUT_NORTHWIRE, HOST, Served, get, json, page, post, send};
use axum::body::Body;
use axum::http::{Request, StatusCode};

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
        // The trace of a statement is that of its words.
        let leads_on = bare.starts_with("/statements/") && bare.ends_with("/trace");
        let wanted = if leads_on { StatusCode::SEE_OTHER } else { StatusCode::OK };
        assert_eq!(status, wanted, "{bare}: {}", text(&html));
        for link in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let link = link.replace("&amp;", "&");
            // Every claim can be asked as a question, and what an act would change be tried; a few answer for all.
            let is_long = |address: &String| address.starts_with("/search?q=") || address.contains("weigh=");
            let more = seen.iter().chain(&waiting).filter(|address| is_long(address)).count();
            if is_long(&link) && more > 3 {
                continue;
            }
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
async fn a_question_is_kept_from_the_page_of_its_answer() {
    let served = Served::story();
    let app = served.app();
    let question = "Do the barrels carry filling stamps of April 2019?";
    let asked = format!("/search?q={}", sayso::harmless::in_address(question));
    let html = page(&app, &asked).await;
    assert!(text(&html).contains("Keep this question"), "{}", text(&html));
    let form = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([
            ("act", "keep"),
            ("on", &format!("question:{question}")),
            ("by", "Vera"),
            ("because", "to know"),
        ])
        .finish();
    let (status, done) = post(&app, "/acts", form.clone()).await;
    assert_eq!(status, StatusCode::OK, "{}", text(&done));
    let (status, _) = post(&app, "/acts", form).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(text(&page(&app, &asked).await).contains("This question is kept"));
    let kept = json(&app, "/api/v1/kept").await;
    let id = kept["kept"][0]["id"].as_str().unwrap();
    assert_eq!(kept["kept"][0]["question"], question);
    assert!(json(&app, &format!("/api/v1/kept/{id}")).await["answer"]["says"].is_array());
    assert!(text(&page(&app, "/kept").await).contains(question));
    assert!(text(&page(&app, "/").await).contains("Kept questions"));
    let shown = text(&page(&app, &format!("/kept/{id}")).await);
    assert!(shown.contains("What the answer came to") && shown.contains("Kept by Vera"), "{shown}");
    assert_eq!(get(&app, &format!("/feeds/kept/{id}")).await.0, StatusCode::OK);
    assert_eq!(get(&app, "/kept/0123456789").await.0, StatusCode::NOT_FOUND);
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
    assert!(compared.contains("Documents that say so12"), "{compared}");
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
        "/claims?after=here",
        "/api/v1/nowhere",
        "/api/v1/claims?limit=many",
    ] {
        all += &told(address).await;
    }
    insta::assert_snapshot!(all);
}

#[tokio::test]
async fn claims_are_narrowed_down_and_come_as_tables() {
    let served = Served::story();
    let app = served.app();
    let all = json(&app, "/claims?as=json").await;
    let all = all["claims"].as_array().unwrap();
    let of = async |asked: &str| {
        let narrowed = json(&app, &format!("/claims?as=json&{asked}")).await;
        narrowed["claims"].as_array().unwrap().clone()
    };
    for standing in ["denied", "single-sourced"] {
        let narrowed = of(&format!("standing={standing}")).await;
        let wanted: Vec<_> = all.iter().filter(|claim| claim["standing"] == standing).cloned().collect();
        assert_eq!(narrowed, wanted, "{standing}");
        assert!(!narrowed.is_empty());
    }
    let by_outlet = of("outlet=Radio+Ulmark").await;
    assert!(!by_outlet.is_empty() && by_outlet.len() < all.len());
    let holds =
        |claim: &serde_json::Value| claim["outlets"].as_array().unwrap().contains(&"Radio Ulmark".into());
    assert!(by_outlet.iter().all(holds), "{by_outlet:?}");
    assert_eq!(by_outlet.len(), all.iter().filter(|claim| holds(claim)).count());
    assert!(!of("source=Tobias+Rennick&month=2019-06").await.is_empty());
    assert!(of("source=Nobody+At+All").await.is_empty() && of("month=1999-01").await.is_empty());
    let mut oldest = of("order=oldest").await;
    oldest.reverse();
    assert_eq!(oldest, *all);
    let csv = page(&app, "/claims?as=csv&standing=denied").await;
    assert!(csv.starts_with("id,claim,standing,") && csv.contains("denied"), "{csv}");
    for wrong in ["month=June", "order=loudest", "standing=true"] {
        assert_eq!(get(&app, &format!("/claims?{wrong}")).await.0, StatusCode::BAD_REQUEST, "{wrong}");
    }
    for list in ["sources", "documents"] {
        assert!(!json(&app, &format!("/{list}?as=json")).await[list].as_array().unwrap().is_empty());
        assert!(page(&app, &format!("/{list}?as=csv")).await.lines().count() > 2);
    }
}

#[tokio::test]
async fn what_is_only_possible_is_apart_and_a_person_decides_it() {
    let served = Served::story();
    let app = served.app();
    let found = json(&app, "/api/v1/ask?q=fresh+evidence").await;
    let claim = &found["found"][0];
    let possible =
        claim["chains"].as_array().unwrap().iter().find(|chain| chain["possible"] == true).unwrap();
    let address = format!("/claims/{}", claim["id"].as_str().unwrap());
    let before = text(&page(&app, &address).await);
    assert!(before.contains("Possible, and not counted: 1") && before.contains("may say so"), "{before}");
    let form = format!(
        "act=confirm&on=suggestion:{}&by=Ann+Lee&because=it+is&back={address}",
        possible["suggestion"].as_str().unwrap()
    );
    let (status, done) = post(&app, "/acts", form).await;
    assert!(status == StatusCode::OK && done.contains(&format!("href=\"{address}\"")), "{done}");
    let after = text(&page(&app, &address).await);
    assert!(!after.contains("Possible, and not counted"), "{after}");
}

#[tokio::test]
async fn what_is_told_of_a_pasted_page_stands_and_what_is_not_is_unknown() {
    let served = Served::of(Vec::new());
    let app = served.app();
    assert!(text(&page(&app, "/").await).contains("Paste an article"));
    let words = sayso::harmless::in_address("\"The barrels were empty,\" said Ilse Marwick on Monday.");
    let told = "title=Empty+barrels&outlet=Harbour+Courier&author=Orla+Pender&published=2019-06-04";
    assert_eq!(post(&app, "/add", format!("text={words}&{told}")).await.0, StatusCode::SEE_OTHER);
    let list = text(&page(&app, "/documents").await);
    assert!(list.contains("Empty barrelsHarbour Courier4 June 2019"), "{list}");
    let (status, _) = post(&app, "/add", format!("text={words}&published=soon")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let bare = sayso::harmless::in_address("\"The gate was open,\" said Wilma Tarn.");
    assert_eq!(post(&app, "/add", format!("text={bare}")).await.0, StatusCode::SEE_OTHER);
    assert!(text(&page(&app, "/documents").await).contains("date unknown"));
}

#[tokio::test]
async fn decisions_go_on_one_by_one_and_are_taken_back_together() {
    let served = Served::story();
    let app = served.app();
    let matters = json(&app, "/api/v1/review").await["matters"].as_array().unwrap().clone();
    let on: Vec<String> =
        matters.iter().take(2).map(|matter| format!("on={}", matter["on"].as_str().unwrap())).collect();
    let acts = async || json(&app, "/api/v1/log").await["acts"].as_array().unwrap().len();
    let before = acts().await;
    let (status, _) = post(&app, "/review", format!("do=reject&by=Ann+Lee&{}", on.join("&"))).await;
    assert_eq!((status, acts().await), (StatusCode::SEE_OTHER, before + 2));
    assert_eq!(json(&app, "/api/v1/review").await["matters"].as_array().unwrap().len(), matters.len() - 2);
    // Both stand in the log as one deed, with a way to undo both.
    let log = page(&app, "/log?by=ann").await;
    assert!(text(&log).contains("rejected by Ann Lee, 2 together"), "{}", text(&log));
    let ids: Vec<&str> =
        log.split("name=\"on\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.len(), 2);
    let form = format!("on={}&on={}&by=Ann+Lee&because=mistaken", ids[0], ids[1]);
    assert_eq!(post(&app, "/log", form).await.0, StatusCode::OK);
    assert_eq!(json(&app, "/api/v1/review").await["matters"].as_array().unwrap().len(), matters.len());
    assert!(text(&page(&app, "/log?kind=discredit").await).contains("Nothing of this sort was done."));
    for wrong in ["do=nonsense&by=ann&on=x", "do=confirm&by=ann", "do=confirm&by=ann&on=nowhere"] {
        assert_eq!(post(&app, "/review", wrong.to_owned()).await.0, StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test]
async fn an_answer_may_be_framed_elsewhere_and_nothing_else_may() {
    let served = Served::story();
    let app = served.app();
    let found = json(&app, "/api/v1/ask?q=fresh+evidence").await;
    let address = format!("/claims/{}", found["found"][0]["id"].as_str().unwrap());
    let policy = async |path: String| {
        let request = Request::get(path).header("host", HOST).body(Body::empty()).unwrap();
        let response = send(&app, request).await;
        response.headers()["content-security-policy"].to_str().unwrap().to_owned()
    };
    let framed = policy(format!("{address}/embed")).await;
    assert!(framed.contains("frame-ancestors *") && framed.contains("form-action 'none'"), "{framed}");
    assert!(policy(address.clone()).await.contains("frame-ancestors 'none'"));
    let embedded = page(&app, &format!("{address}/embed")).await;
    assert!(!embedded.contains("<form") && text(&embedded).contains("single-sourced"), "{embedded}");
}

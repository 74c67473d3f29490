//! A claim's answer as a page: the example story, a hostile page, and a page that was taken back.

use crate::exports::{confirm_claims, hostile, sayso, story};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn claims(folder: &Path) -> Vec<Value> {
    let export = sayso(folder, &["export", "--format", "jsonl", "--what", "claims"]);
    export.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn report(folder: &Path, claim: &Value) -> String {
    let page = sayso(folder, &["report", claim["id"].as_str().unwrap(), "--html", "-"]);
    assert_eq!(page.code, Some(0), "{}", page.said);
    page.text().to_owned()
}

/// The words between tags, a line each.
fn words(page: &str) -> String {
    let body = page.split("<body>").nth(1).unwrap();
    let mut words = String::new();
    for piece in body.split('<').skip(1) {
        let text = piece.split_once('>').map_or("", |(_, text)| text).trim();
        if !text.is_empty() {
            words += text;
            words.push('\n');
        }
    }
    words
}

#[test]
fn the_report_on_the_contested_claim_of_the_story() {
    let folder = story();
    confirm_claims(folder.path());
    let claims = claims(folder.path());
    let contested = claims.iter().find(|claim| claim["standing"] == "contested").unwrap();
    insta::assert_snapshot!(words(&report(folder.path(), contested)));
}

/// The page keeps its promises to browsers: nothing is fetched, nothing runs, every link within it leads somewhere.
fn assert_sound(page: &str) {
    for never in
        ["<script", "javascript:", " style=", "<img", "<link", "@import", "url(http", " onload=", " onclick="]
    {
        assert!(!page.to_lowercase().contains(never), "the page holds {never:?}");
    }
    assert!(
        page.contains(
            "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"
        )
    );
    let ids: Vec<&str> = page.split(" id=\"").skip(1).map(|piece| piece.split('"').next().unwrap()).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "an id is there twice");
    for target in page.split("href=\"#").skip(1).map(|piece| piece.split('"').next().unwrap()) {
        assert!(unique.contains(target), "#{target} leads nowhere");
    }
    for tag in ["div", "table", "tr", "td", "ul", "ol", "li", "svg", "a", "section", "details", "bdi"] {
        let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "<{tag}> is not closed");
    }
}

#[test]
fn every_report_of_the_story_is_sound() {
    let folder = story();
    let claims = claims(folder.path());
    assert!(claims.len() > 20);
    for claim in &claims {
        assert_sound(&report(folder.path(), claim));
    }
}

#[test]
fn what_a_page_says_cannot_drive_the_browser() {
    let folder = hostile();
    let claims = claims(folder.path());
    assert!(!claims.is_empty());
    let mut escaped = false;
    for claim in &claims {
        let page = report(folder.path(), claim);
        assert_sound(&page);
        assert!(!page.contains(['\u{202e}', '\u{2066}', '\u{1b}']));
        escaped |= page.contains("&lt;script&gt;alert(1)");
    }
    assert!(escaped, "the hostile words are shown as words");
}

#[test]
fn a_report_goes_to_a_file_and_back_in_time() {
    let folder = story();
    confirm_claims(folder.path());
    let claims = claims(folder.path());
    let contested = claims.iter().find(|claim| claim["standing"] == "contested").unwrap();
    let id = contested["id"].as_str().unwrap();
    let done = sayso(folder.path(), &["report", &id[..10], "--html", "out.html"]);
    assert_eq!((done.code, done.text()), (Some(0), ""));
    assert!(done.said.starts_with("out.html: Said in "), "{}", done.said);
    assert_sound(&std::fs::read_to_string(folder.path().join("out.html")).unwrap());
    let history = sayso(folder.path(), &["history", id, "--json"]);
    let history: serde_json::Value = serde_json::from_str(history.text().trim()).unwrap();
    let since = |at: usize| history["published"][at]["since"].as_str().unwrap();
    let early = sayso(folder.path(), &["report", id, "--html", "-", "--as-of", since(0)]);
    assert!(early.text().contains(&format!("in what had been published by {}", since(0))));
    assert!(
        early.text().contains("Denied by") && !early.text().contains("Toll books"),
        "the denial came first"
    );
    let later = sayso(folder.path(), &["report", id, "--html", "-", "--as-of", since(1)]);
    assert!(later.text().contains("Denied by") && later.text().contains("Toll books"));
    let before = sayso(folder.path(), &["report", id, "--html", "none.html", "--as-of", "1999-01-01"]);
    assert_eq!(before.code, Some(1));
    assert!(before.said.contains("nothing was said of claim"), "{}", before.said);
    assert!(!folder.path().join("none.html").exists());
}

//! `predict`: the forms of its lines.

use super::{folder, run};
use serde_json::Value;

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).expect("every line is JSON")).collect()
}

#[test]
fn attributions_come_in_code_points() {
    let text = "“We — all of us — won,” Zoë Lindqvist said on Monday.";
    let input = serde_json::json!({"id": "vote", "text": text}).to_string();
    let (code, out, err) = run(&folder(&[("in.jsonl", &input)]), &["predict", "attributions", "in.jsonl"]);
    assert_eq!(code, 0, "{err}");
    let lines = lines(&out);
    assert_eq!((lines.len(), &lines[0]["id"]), (1, &Value::from("vote")));
    let characters: Vec<char> = text.chars().collect();
    let words = |role: &str| -> Vec<String> {
        let spans = lines[0]["attributions"][0][role].as_array().expect("every role is a list");
        let place = |span: &Value, end: usize| span[end].as_u64().expect("a span has two ends") as usize;
        spans.iter().map(|span| characters[place(span, 0)..place(span, 1)].iter().collect()).collect()
    };
    assert_eq!(words("source"), ["Zoë Lindqvist"]);
    assert_eq!(words("cue"), ["said"]);
    assert_eq!(words("content").len(), 1);
    assert!(words("content")[0].contains("We — all of us — won"));
}

#[test]
fn pages_keep_article_and_comments_apart() {
    let page = "<html><head><title>The dam held</title></head><body><article><h1>The dam held</h1>\
                <p>The dam above Orrin held through the night, and nobody had to leave the valley, the mayor said.</p>\
                <p>Engineers went down to the gates at dawn and found two cracks, neither of them new, they said.</p>\
                </article></body></html>";
    let (code, out, err) = run(
        &folder(&[("pages/dam.html", page), ("pages/notes.pdf", "%PDF")]),
        &["predict", "pages", "pages"],
    );
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("span checks: 1 pages, 0 faults"), "{err}");
    let lines = lines(&out);
    assert_eq!(lines.len(), 1);
    let keys: Vec<&String> = lines[0].as_object().expect("a line is an object").keys().collect();
    let expected =
        ["authors", "body", "comments", "file", "modified", "notices", "published", "quotations", "title"];
    assert_eq!(keys, expected);
    assert_eq!(lines[0]["file"], "dam.html");
    assert_eq!(lines[0]["title"], "The dam held");
    assert!(lines[0]["body"].as_str().expect("a body is a text").contains("found two cracks"));
}

#[test]
fn an_empty_folder_and_a_missing_one_are_named() {
    let folder = folder(&[("pages/readme", "none here")]);
    let (code, _, err) = run(&folder, &["predict", "pages", "pages"]);
    assert_eq!(code, 2);
    assert!(err.contains("there are no *.html, *.html.gz or *.txt files in pages"), "{err}");
    let (code, _, err) = run(&folder, &["predict", "pages", "gone"]);
    assert_eq!(code, 2);
    assert!(err.contains("there is no folder gone"), "{err}");
}

//! Claim reviews and annotations that others made become documents, notes and flags; a second time they add nothing.

use crate::exports::{sayso, story};
use serde_json::{Value, json};
use std::path::Path;

fn import(folder: &Path, name: &str, value: &Value) -> (Option<i32>, Vec<Value>, String) {
    std::fs::write(folder.join(name), value.to_string()).unwrap();
    let done = sayso(folder, &["import", name, "--json", "--ledger", "sayso.db"]);
    let lines = done.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (done.code, lines, done.said)
}

fn review(rating: Value) -> Value {
    json!({
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://checkers.example/halden",
        "headline": "Did the works empty itself onto the beach?",
        "datePublished": "2019-06-20",
        "author": { "@type": "Organization", "name": "Checkers of Pellam" },
        "claimReviewed": "The waste is going directly from the works to the shore",
        "itemReviewed": {
            "@type": "Claim",
            "author": { "@type": "Person", "name": "Ilsabet Dorn" },
            "appearance": [{ "@type": "CreativeWork", "url": "https://harbourcourier.example/news/sealed-barrels-pellam" }],
        },
        "reviewRating": rating,
        "reviewBody": "We asked the works.\nThey showed us their toll books.",
        "correction": { "@type": "CorrectionComment", "text": "Correction: an earlier version misspelt a name." },
    })
}

#[test]
fn a_claim_review_becomes_a_document_with_statements() {
    let folder = tempfile::tempdir().unwrap();
    let rating = json!({ "@type": "Rating", "ratingValue": 1, "worstRating": 1, "bestRating": 5, "alternateName": "False" });
    let (code, imported, said) = import(folder.path(), "one.json", &review(rating));
    assert_eq!((code, imported.len()), (Some(0), 1), "{said}");
    let export = sayso(folder.path(), &["export", "--format", "jsonl"]);
    let records: Vec<Value> = export.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let statements: Vec<Value> = records
        .iter()
        .filter(|record| record["record"] == "statement")
        .map(|record| {
            json!({
                "chain": record["chain"], "stance": record["stance"], "for_it": record["for_it"],
                "words": record["words"],
            })
        })
        .collect();
    let document = records.iter().find(|record| record["record"] == "document").unwrap();
    insta::assert_json_snapshot!(json!({ "text": document["text"], "statements": statements }));
    let (code, imported, _) = import(
        folder.path(),
        "one.json",
        &json!([review(json!({ "@type": "Rating",
        "ratingValue": 1, "worstRating": 1, "bestRating": 5, "alternateName": "False" }))]),
    );
    assert_eq!((code, &imported[0]["fate"]), (Some(0), &json!("known")));
}

#[test]
fn only_a_rating_at_the_end_of_its_scale_takes_a_side() {
    let sides = [
        json!({ "ratingValue": 1, "worstRating": 1, "bestRating": 5 }),
        json!({ "ratingValue": "5", "worstRating": "1", "bestRating": "5" }),
        json!({ "ratingValue": 3, "worstRating": 1, "bestRating": 5, "alternateName": "False" }),
        json!({ "alternateName": "FALSE!" }),
        json!({ "alternateName": "True" }),
        json!({ "alternateName": "Half true" }),
        json!({ "alternateName": "Mostly false" }),
    ]
    .map(|rating| {
        let folder = tempfile::tempdir().unwrap();
        import(folder.path(), "one.json", &review(rating.clone()));
        let export = sayso(folder.path(), &["export", "--format", "jsonl", "--what", "statements"]);
        let records = export.text().lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let claim = "The waste is going directly from the works to the shore";
        let own = records.filter(|record| record["words"] == claim && record["manner"] == "own voice");
        let stances: Vec<String> = own.map(|record| record["stance"].as_str().unwrap().to_owned()).collect();
        stances.join(", ")
    });
    assert_eq!(sides, ["denies", "asserts", "", "denies", "asserts", "", ""]);
}

fn annotation(exact: &str, motivation: &str) -> Value {
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://notes.example/1",
        "type": "Annotation",
        "motivation": motivation,
        "creator": { "type": "Person", "name": "A careful reader" },
        "created": "2019-06-21T10:00:00Z",
        "body": { "type": "TextualBody", "value": "Who counted them?" },
        "target": {
            "source": "https://harbourcourier.example/news/sealed-barrels-pellam#here",
            "selector": { "type": "TextQuoteSelector", "exact": exact },
        },
    })
}

#[test]
fn an_annotation_becomes_a_note_or_a_flag_on_the_statement_that_stands_there() {
    let folder = story();
    let words = "No broker in the world fills a barrel in April";
    let (code, imported, said) = import(folder.path(), "one.json", &annotation(words, "commenting"));
    assert_eq!(code, Some(0), "{said}");
    assert!(imported[0]["fate"]["act"].is_string(), "{imported:?}");
    let (_, flagged, _) = import(folder.path(), "two.json", &annotation(words, "questioning"));
    assert!(flagged[0]["fate"]["act"].is_string());
    for file in ["one.json", "two.json"] {
        let again = sayso(folder.path(), &["import", file, "--json"]);
        assert!(again.text().contains("\"fate\":\"known\""), "{}", again.text());
    }
    let log = sayso(folder.path(), &["log", "--json"]);
    let acts: Vec<Value> = log.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let by_reader: Vec<&Value> = acts.iter().filter(|act| act["by"] == "A careful reader").collect();
    let kinds: Vec<&str> = by_reader.iter().map(|act| act["act"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["flag", "note"]);
    for act in by_reader {
        let on = act["on"].as_str().unwrap();
        let id = on.strip_prefix("statement:").expect("a statement stands there");
        let export = sayso(folder.path(), &["export", "--format", "jsonl", "--what", "statements"]);
        let statement =
            export.text().lines().find(|line| line.contains(&format!("\"id\":\"{id}\""))).unwrap();
        assert!(statement.contains(words), "{statement}");
    }
}

#[test]
fn what_cannot_be_anchored_is_left_out_with_the_reason() {
    let folder = story();
    let mut elsewhere = annotation("No broker", "commenting");
    elsewhere["target"]["source"] = json!("https://elsewhere.example/");
    let mut silent = annotation("No broker", "commenting");
    silent["body"] = json!([]);
    let list = json!([
        annotation("words that nobody wrote", "commenting"),
        annotation("the", "commenting"),
        elsewhere,
        silent,
        { "@type": "ClaimReview", "author": "nobody" },
    ]);
    let (code, imported, said) = import(folder.path(), "list.json", &list);
    assert_eq!(code, Some(1));
    insta::assert_json_snapshot!(imported);
    assert_eq!(said, "0 imported, 0 known already, 5 left out\n");
}

#[test]
fn what_sayso_exported_is_no_source_of_its_own_answers() {
    let folder = story();
    for format in ["claimreview", "annotations"] {
        sayso(folder.path(), &["export", "--format", format, "-o", "own.json"]);
        let before = sayso(folder.path(), &["export", "--format", "jsonl"]).out;
        let again = sayso(folder.path(), &["import", "own.json", "--json"]);
        assert_eq!(again.code, Some(1));
        assert!(again.text().lines().count() > 10);
        assert!(again.text().lines().all(|line| line.contains("no source of its own answers")));
        assert!(before == sayso(folder.path(), &["export", "--format", "jsonl"]).out);
    }
}

#[test]
fn what_is_no_json_is_named() {
    let folder = story();
    std::fs::write(folder.path().join("page.html"), "<html>").unwrap();
    std::fs::write(folder.path().join("other.json"), "{\"@type\": \"Recipe\"}").unwrap();
    std::fs::write(folder.path().join("deep.json"), "[".repeat(100_000)).unwrap();
    let done = sayso(folder.path(), &["import", "page.html", "other.json", "deep.json", "missing.json"]);
    assert_eq!(done.code, Some(1));
    insta::assert_snapshot!(done.said);
}

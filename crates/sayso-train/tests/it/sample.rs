//! `sample`: what a judge sees, what a blind one does not, and that verdicts hold no words.

use super::run;
use sayso::{Desk, Input, Report, Watch};
use serde_json::Value;
use std::ops::ControlFlow;
use tempfile::TempDir;

struct Quiet;

impl Watch for Quiet {
    fn report(&mut self, _: Report) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

const PAGES: &str = r#"{"url": "https://courier.example/dam", "site": "The Courier", "published": "2011-07-14", "text": "The harbour dam of Ostmark held through the flood, Ada Lund said on Tuesday. \"The old mill burned down in the night,\" Nils Brandt said. Jon Farr said that the market would open again in spring."}
{"url": "https://herald.example/dam", "site": "The Herald", "published": "2011-07-15", "text": "Nils Brandt denied that the harbour dam of Ostmark held through the flood. \"The harbour dam of Ostmark held through the flood,\" Ada Lund said."}
"#;

/// A folder with a ledger of two pages that tell of one thing.
fn ledger() -> TempDir {
    let folder = super::folder(&[("pages.jsonl", PAGES)]);
    let mut desk =
        Desk::create(&folder.path().join("sayso.db"), 1_000, || "2011-08-01T00:00:00Z".to_owned()).unwrap();
    desk.read([Input::file(folder.path().join("pages.jsonl"))], &mut Quiet).unwrap();
    folder
}

fn sample(folder: &TempDir, arguments: &[&str]) -> Vec<Value> {
    let (code, out, err) = run(folder, &[&["sample"], arguments].concat());
    assert_eq!(code, 0, "{err}");
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const EVERY: &str = "contested,single-sourced,corroborated,denied,refuted,unsourced";

#[test]
fn a_blind_sample_is_the_same_without_what_was_made_of_it() {
    let folder = ledger();
    let call = ["standings", "sayso.db", "--standing", EVERY];
    let (full, blind) = (sample(&folder, &call), sample(&folder, &[&call[..], &["--blind"]].concat()));
    assert!(full.len() > 2, "{full:?}");
    assert_eq!(full, sample(&folder, &call), "the same seed draws the same");
    assert_eq!(sample(&folder, &[&call[..], &["--count", "1"]].concat()).len(), strata(&full));
    let ids = |rows: &[Value]| rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&full), ids(&blind));
    for (full, blind) in full.iter().zip(&blind) {
        assert_eq!(full["stratum"], full["standing"]);
        for key in ["standing", "stratum", "independence_for", "independence_against", "origins"] {
            assert!(full.get(key).is_some() && blind.get(key).is_none(), "{key} of {blind}");
        }
        for statement in full["statements"].as_array().unwrap() {
            assert!(statement["for_it"].is_boolean() && statement["confidence"].is_number(), "{statement}");
        }
        for statement in blind["statements"].as_array().unwrap() {
            let keys: Vec<_> = statement.as_object().unwrap().keys().map(String::as_str).collect();
            let shown = [
                "chain",
                "content_spans",
                "context",
                "context_span",
                "document",
                "published",
                "url",
                "words",
            ];
            assert_eq!(keys, shown);
            assert!(statement["context"].as_str().unwrap().contains(statement["words"].as_str().unwrap()));
        }
    }
}

fn strata(rows: &[Value]) -> usize {
    rows.iter().map(|row| row["stratum"].as_str().unwrap()).collect::<std::collections::BTreeSet<_>>().len()
}

#[test]
fn the_form_of_verdicts_holds_addresses_and_spans_and_no_words() {
    let folder = ledger();
    for call in [&["standings", "sayso.db", "--standing", EVERY][..], &["joins", "sayso.db"]] {
        for row in sample(&folder, &[call, &["--verdicts"]].concat()) {
            let keys: Vec<_> = row.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(keys, ["id", "note", "right", "statements"]);
            assert_eq!((&row["note"], &row["right"]), (&Value::from(""), &Value::Null));
            for statement in row["statements"].as_array().unwrap() {
                let keys: Vec<_> = statement.as_object().unwrap().keys().map(String::as_str).collect();
                assert_eq!(keys, ["content_spans", "url"]);
                let ends = statement["content_spans"].as_array().unwrap();
                assert!(ends.iter().all(|span| span.as_array().unwrap().iter().all(Value::is_u64)));
            }
        }
    }
}

#[test]
fn joins_stand_beside_the_founder_in_another_document() {
    let folder = ledger();
    let joins = sample(&folder, &["joins", "sayso.db"]);
    assert!(!joins.is_empty());
    for join in &joins {
        let statements = join["statements"].as_array().unwrap();
        assert_eq!(statements.len(), 2);
        assert_eq!(statements[0]["words"], join["words"], "the founder comes first");
        assert_eq!(statements[1]["statement"], join["id"]);
        assert_ne!(statements[0]["document"], statements[1]["document"]);
    }
}

#[test]
fn verdicts_are_counted_by_stratum() {
    let folder = ledger();
    let call = ["standings", "sayso.db", "--standing", EVERY];
    let (_, full, _) = run(&folder, &[&["sample"], &call[..]].concat());
    let (_, form, _) = run(&folder, &[&["sample"], &call[..], &["--verdicts"]].concat());
    std::fs::write(folder.path().join("sample.jsonl"), &full).unwrap();
    std::fs::write(folder.path().join("verdicts.jsonl"), form.replace("null,\"note\"", "true,\"note\""))
        .unwrap();
    let count = ["sample", "count", "verdicts.jsonl"];
    let (code, out, err) = run(&folder, &[&count[..], &["--sample", "sample.jsonl"]].concat());
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("stratum") && out.contains("\nall ") && out.contains("1.000"), "{out}");
    assert_eq!(
        out.lines().count(),
        2 + strata(&full.lines().map(|l| serde_json::from_str(l).unwrap()).collect::<Vec<_>>())
    );
    // A line of the sample is no verdict, since it holds words.
    let (code, _, err) = run(&folder, &["sample", "count", "sample.jsonl"]);
    assert_eq!(code, 2);
    assert!(err.contains("unknown field"), "{err}");
}

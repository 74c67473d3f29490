//! `evaluate`: tables, floors, and what is said of missing files.

use super::{folder, run};

const ANSWERS: &str = r#"{"id": "dam", "text": "Mara Voss said the dam held.", "attributions": [{"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 27]]}]}
"#;
const RIGHT: &str = r#"{"id": "dam", "attributions": [{"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 27]]}]}
"#;
const WRONG: &str = r#"{"id": "dam", "attributions": [{"source": [[0, 9]], "cue": [], "content": [[0, 4]]}]}
"#;

#[test]
fn floors_are_pinned_held_and_lowered_only_by_name() {
    let files = [("a.jsonl", ANSWERS), ("right.jsonl", RIGHT), ("wrong.jsonl", WRONG), ("floors.toml", "")];
    let folder = folder(&files);
    let evaluate = |predictions: &str, more: &[&str]| {
        let fixed =
            ["evaluate", "attributions", "a.jsonl", "--floors", "floors.toml", "--predictions", predictions];
        run(&folder, &[&fixed[..], more].concat())
    };
    let (code, out, err) = evaluate("right.jsonl", &[]);
    assert_eq!(code, 0, "{err}");
    assert!(
        out.starts_with("documents 1, tokens 7\n-- attribution\n  content              P 100.0"),
        "{out}"
    );
    assert!(err.contains("has no floors for attributions on this a.jsonl; --pin sets them"), "{err}");

    assert_eq!(evaluate("right.jsonl", &["--pin"]).0, 0);
    let (code, _, err) = evaluate("wrong.jsonl", &[]);
    assert_eq!(code, 1);
    assert!(
        err.contains("below its floor: attributions exact/cue.f1 is 0.0000; the floor is 1.0000"),
        "{err}"
    );
    assert_eq!(evaluate("right.jsonl", &[]).0, 0);

    let (code, _, err) = evaluate("wrong.jsonl", &["--pin"]);
    assert_eq!(code, 2);
    assert!(err.contains("give --lower too"), "{err}");
    assert_eq!(evaluate("wrong.jsonl", &["--pin", "--lower"]).0, 0);
    assert_eq!(evaluate("wrong.jsonl", &[]).0, 0);
}

#[test]
fn a_changed_corpus_is_compared_with_no_floor() {
    let folder =
        folder(&[("a.jsonl", ANSWERS), ("right.jsonl", RIGHT), ("none.jsonl", ""), ("floors.toml", "")]);
    let call = ["evaluate", "attributions", "a.jsonl", "--floors", "floors.toml", "--predictions"];
    assert_eq!(run(&folder, &[&call[..], &["right.jsonl", "--pin"]].concat()).0, 0);
    std::fs::write(folder.path().join("a.jsonl"), ANSWERS.replace("held", "fell")).unwrap();
    let (code, _, err) = run(&folder, &[&call[..], &["none.jsonl"]].concat());
    assert_eq!(code, 0);
    assert!(err.contains("a.jsonl is not the file that attributions has floors for"), "{err}");
}

#[test]
fn every_task_scores_the_predictions_of_others() {
    let folder = folder(&[
        ("floors.toml", ""),
        ("body.json", r#"{"p.html": {"body": "the dam held all night"}}"#),
        ("comments.json", r#"{"p.html": {"comments": ["well said"], "in_body": [], "not_in_body": []}}"#),
        (
            "pages.jsonl",
            r#"{"file": "p.html", "body": "the dam held all night", "comments": [{"text": "Well, well said"}]}"#,
        ),
        ("verified.jsonl", ""),
        ("queries.jsonl", r#"{"id": "q", "text": "", "claims": ["c"]}"#),
        ("ranked.jsonl", r#"{"id": "q", "ranked": ["d", "c"]}"#),
        ("groups.jsonl", r#"{"id": 1, "texts": ["a", "b"], "group": [0, 0], "stance": ["+", "+"]}"#),
        ("pairs.jsonl", r#"{"id": 1, "pairs": [[0, 1, 0.9, false]]}"#),
        ("polarity.jsonl", r#"{"a": "", "b": "", "label": "contradiction"}"#),
        ("labels.jsonl", r#"{"label": "contradiction"}"#),
        (
            "texts.jsonl",
            "{\"id\": 1, \"text\": \"one two three four five\"}\n{\"id\": 2, \"text\": \"One two three four five six\"}",
        ),
        ("copies.jsonl", r#"{"a": 2, "b": 1, "containment": 1.0}"#),
        (
            "names.jsonl",
            "{\"id\": 1, \"entities\": [\"e\"], \"kinds\": [\"PER\"]}\n{\"id\": 2, \"entities\": [\"e\"], \"kinds\": [\"PER\"]}",
        ),
        ("same.jsonl", "{\"id\": 1, \"entities\": [7]}\n{\"id\": 2, \"entities\": [7]}"),
    ]);
    for (task, inputs, predictions, expected) in [
        ("pages", &["body.json"][..], "pages.jsonl", r#""f1":1.0"#),
        ("comments", &["comments.json"], "pages.jsonl", r#""found":1.0"#),
        ("claims", &["verified.jsonl", "queries.jsonl"], "ranked.jsonl", r#""mrr":0.5"#),
        ("groups", &["groups.jsonl"], "pairs.jsonl", r#""f1":1.0"#),
        ("polarity", &["polarity.jsonl"], "labels.jsonl", r#""accuracy":1.0"#),
        ("reuse", &["texts.jsonl"], "copies.jsonl", r#""f1":1.0"#),
        ("names", &["names.jsonl"], "same.jsonl", r#""all":{"p":1.0"#),
    ] {
        let fixed = ["--predictions", predictions, "--floors", "floors.toml", "--json"];
        let (code, out, err) = run(&folder, &[&["evaluate", task][..], inputs, &fixed].concat());
        assert_eq!(code, 0, "{task}: {err}");
        assert!(out.contains(expected), "{task}: {out}");
    }
}

#[test]
fn what_is_missing_or_broken_is_named() {
    let folder =
        folder(&[("a.jsonl", ANSWERS), ("broken.jsonl", "{\"id\": \"dam\", \"attributions\": []}\n{oops\n")]);
    let says = |arguments: &[&str], expected: &str| {
        let (code, out, err) = run(&folder, arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.contains(expected), "{err}");
    };
    says(
        &["evaluate", "attributions", "gone.jsonl"],
        "there is no gone.jsonl; test sets are not kept in the repository",
    );
    says(&["evaluate", "pages", "gone"], "there is no gone; test sets are not kept in the repository");
    says(&["evaluate", "seeds", "gone"], "there is no folder gone");
    says(&["evaluate", "seeds", "."], "there is no *.gold.json in .");
    says(&["evaluate", "claims", "a.jsonl"], "evaluate claims takes VERIFIED.jsonl ANSWERS.jsonl");
    says(&["evaluate", "attributions", "a.jsonl", "--predictions", "broken.jsonl"], "line 2");
    says(&["evaluate", "nonsense", "a.jsonl"], "invalid value 'nonsense'");
}

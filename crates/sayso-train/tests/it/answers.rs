//! `evaluate answers` and `predict answers`: figures, faults, floors, and what is never read.

use super::{folder, run};
use tempfile::TempDir;

const DOCUMENTS: &str = r#"{"document": 0, "url": "https://courier.example/dam", "outlet": "The Courier", "published": null, "title": "The dam", "paragraphs": ["The dam held, Ada Lund said."]}
"#;
const GOLD: &str = r#"{"story": "dam", "questions": [
  {"id": "q1", "kind": "claim", "claim": "The dam of Ostmark held.", "asked": "Did it hold?",
   "for": [{"document": 0, "quote": "The dam held", "source": "Ada Lund", "named": true, "via": []}], "against": [], "doubts": [],
   "origins_for": [{"name": "Ada Lund", "named": true, "affiliation": null}], "origins_against": [],
   "independent_for": [1, 1], "standing": "single-sourced", "note": ""},
  {"id": "q2", "kind": "nobody", "claim": "The dam of Ostmark fell.", "asked": "Did it fall?",
   "for": [], "against": [], "doubts": [], "origins_for": [], "origins_against": [],
   "independent_for": [0, 0], "standing": "unsourced", "note": ""}]}"#;
const QUESTIONS: &str = r#"{"story": "dam", "questions": [{"id": "q1", "claim": "The dam of Ostmark held.", "asked": "Did it hold?"}]}"#;
const RIGHT: &str = r#"{"story": "dam", "id": "q1", "form": "claim", "for": [{"document": 0, "quote": "The dam held", "source": "Lund", "named": true, "via": []}], "against": [], "origins_for": [{"name": "Lund", "named": true}], "origins_against": [], "independent_for": [1, 1], "standing": "single-sourced"}
"#;

fn story() -> TempDir {
    folder(&[
        ("stories/dam/documents.jsonl", DOCUMENTS),
        ("stories/dam/gold.json", GOLD),
        ("stories/dam/questions.json", QUESTIONS),
        ("stories/GUIDE.md", "how the answers were written"),
        ("right.jsonl", RIGHT),
        ("wrong.jsonl", &RIGHT.replace("[1, 1]", "[2, 3]").replace("single-sourced", "corroborated")),
        ("floors.toml", ""),
    ])
}

#[test]
fn the_table_comes_after_the_faults_that_were_asked_for() {
    let folder = story();
    let evaluate = |predictions: &str, more: &[&str]| {
        let fixed =
            ["evaluate", "answers", "stories", "--floors", "floors.toml", "--predictions", predictions];
        run(&folder, &[&fixed[..], more].concat())
    };
    let (code, out, err) = evaluate("right.jsonl", &["--form", "claim", "--faults", "3"]);
    assert_eq!(code, 0, "{err}");
    assert!(
        out.starts_with("for          P 1.000  R 1.000  F1 1.000  (hits 1, predicted 1, true 1)\n"),
        "{out}"
    );
    assert!(out.ends_with("whole        1.000\nverbatim     1.000\n"), "{out}");

    let (_, out, _) = evaluate("wrong.jsonl", &["--faults", "1"]);
    let fault = "dam | q1 | claim | for [0] not [0], against [] not [], corroborated [2, 3] not single-sourced [1, 1] \
                 | The dam of Ostmark held. | [\"Lund\"]\nfor ";
    assert!(out.starts_with(fault), "{out}");

    let (_, out, _) = evaluate("wrong.jsonl", &["--json"]);
    assert!(
        out.starts_with(r#"{"task":"answers","stories":1,"claims":2,"answered":1,"for":{"p":1.0,"r":0.5,"#),
        "{out}"
    );
    assert!(
        out.contains(r#""f1":0.6666666666666666,"#) && out.contains(r#""overcounted":1.0,"many":1"#),
        "{out}"
    );
}

#[test]
fn floors_are_of_all_answers_and_of_one_form() {
    let folder = story();
    let evaluate = |predictions: &str, more: &[&str]| {
        let fixed =
            ["evaluate", "answers", "stories", "--floors", "floors.toml", "--predictions", predictions];
        run(&folder, &[&fixed[..], more].concat())
    };
    assert_eq!(evaluate("right.jsonl", &["--form", "claim", "--pin"]).0, 0);
    let (code, _, err) = evaluate("wrong.jsonl", &["--form", "claim"]);
    assert_eq!(code, 1);
    assert!(
        err.contains("below its floor: answers as claims overcounted is 1.0000; the floor is 0.0000"),
        "{err}"
    );
    assert!(evaluate("wrong.jsonl", &[]).2.contains("has no floors for answers on this stories"));
    std::fs::write(folder.path().join("stories/dam/gold.json"), GOLD.replace("[1, 1]", "[1, 2]")).unwrap();
    let (code, _, err) = evaluate("wrong.jsonl", &["--form", "claim"]);
    assert_eq!(code, 0);
    assert!(err.contains("stories is not the file that answers as claims has floors for"), "{err}");
}

#[test]
fn predicting_reads_no_answers() {
    let folder = story();
    std::fs::remove_file(folder.path().join("stories/dam/gold.json")).unwrap();
    let (code, out, err) = run(&folder, &["predict", "answers", "stories", "--together"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(out.lines().count(), 2, "{out}");
}

#[test]
fn what_is_for_answers_alone_is_refused_elsewhere() {
    let folder = folder(&[("a.jsonl", ""), ("empty/readme", "")]);
    let says = |arguments: &[&str], expected: &str| {
        let (code, _, err) = run(&folder, arguments);
        assert_eq!(code, 2, "{err}");
        assert!(err.contains(expected), "{err}");
    };
    says(&["evaluate", "groups", "a.jsonl", "--faults", "2"], "are for answers alone");
    says(&["evaluate", "seeds", ".", "--form", "claim"], "are for answers alone");
    says(&["predict", "groups", "a.jsonl", "--together"], "--together is for answers alone");
    says(&["evaluate", "answers", "gone"], "cannot list gone; test sets are not kept in the repository");
    says(&["evaluate", "answers", "empty"], "no folder in empty has a gold.json");
}

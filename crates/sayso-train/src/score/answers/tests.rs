//! The scorer on one small invented story.

use super::*;
use serde_json::{Value, json};

fn entry(document: i64) -> Value {
    let quote = format!("Words  of {document}, … she said.");
    json!({"document": document, "quote": quote, "source": "Ada Lund", "named": true, "via": []})
}

fn question(id: &str, kind: &str) -> Value {
    json!({"id": id, "kind": kind, "claim": "The dam held.", "asked": "Did the dam hold?",
           "for": [entry(0), entry(1)], "against": [entry(2)], "doubts": [],
           "origins_for": [{"name": "Ada Lund", "named": true, "affiliation": null}],
           "origins_against": [{"name": "Ada Lund", "named": true}],
           "independent_for": [1, 1], "standing": "contested", "note": ""})
}

fn nobody() -> Value {
    let mut nobody = with(question("q2", "nobody"), json!({"for": [], "against": [], "origins_for": []}));
    nobody = with(nobody, json!({"independent_for": [0, 0], "standing": "unsourced"}));
    nobody
}

/// A value with other fields.
fn with(mut value: Value, fields: Value) -> Value {
    let fields = fields.as_object().expect("fields are an object").clone();
    value.as_object_mut().expect("a value has fields").extend(fields);
    value
}

fn story(questions: &[Value]) -> [Story; 1] {
    let page = |place: usize| {
        let words = format!("Words of\n{place}, they say; she said.");
        let page =
            json!({"document": place, "outlet": format!("O{place}"), "title": null, "paragraphs": [words]});
        serde_json::from_value(page).unwrap()
    };
    let questions = questions.iter().map(|question| serde_json::from_value(question.clone()).unwrap());
    [Story { name: "s".to_owned(), documents: (0..3).map(page).collect(), questions: questions.collect() }]
}

fn row(answer: &Value, form: &str) -> Row {
    serde_json::from_value(with(answer.clone(), json!({"story": "s", "form": form}))).unwrap()
}

fn assert_figures(scored: &Scored, expected: &[(&str, f64)]) {
    for (name, value) in expected {
        assert_eq!(scored.figures.get(name), Some(*value), "{name} of {:?}", scored.figures);
    }
}

#[test]
fn right_answers_are_wholly_right() {
    let right = question("q1", "claim");
    let rows = vec![row(&right, "claim"), row(&right, "asked")];
    let scored = score(&story(&[right, nobody()]), rows, Forms::Both).unwrap();
    let ones = ["whole", "nobody", "for.f1", "against.f1", "origins.f1", "verbatim", "sources", "standing"];
    assert_figures(&scored, &ones.map(|name| (name, 1.0)));
    assert_figures(&scored, &[("overcounted", 0.0), ("claims", 2.0), ("nobodies", 2.0), ("answered", 2.0)]);
    assert!(scored.faults.is_empty());
}

#[test]
fn each_fault_is_counted_where_it_belongs() {
    let right = question("q1", "claim");
    let bad = json!({"for": [entry(0), entry(2)], "against": [], "independent_for": [2, 2],
                     "standing": "corroborated", "origins_for": [{"name": "Ada Lund"}, {"name": "Bo Ek"}]});
    let bad = with(right.clone(), bad);
    let rows = vec![row(&bad, "claim"), row(&with(bad, json!({"id": "q2"})), "claim")];
    let scored = score(&story(&[right, nobody()]), rows, Forms::Claim).unwrap();
    let hits = [("for.hits", 1.0), ("for.predicted", 4.0), ("for.true", 2.0), ("against.f1", 0.0)];
    assert_figures(&scored, &hits);
    let shares =
        [("whole", 0.0), ("overcounted", 1.0), ("nobody", 0.0), ("origins.p", 0.5), ("standing", 0.0)];
    assert_figures(&scored, &shares);
    assert_eq!(
        scored.faults,
        [
            "s | q1 | claim | for [0, 2] not [0, 1], against [] not [2], corroborated [2, 2] not contested [1, 1] \
             | The dam held. | [\"Ada Lund\", \"Bo Ek\"]",
            "s | q2 | claim | answers what nobody says | The dam held. \
             | [\"Words  of 0, … she said.\", \"Words  of 2, … she said.\"]"
        ]
    );
}

#[test]
fn no_line_is_no_answer_and_two_are_refused() {
    let right = question("q1", "claim");
    let stories = story(&[right.clone(), nobody()]);
    let scored = score(&stories, vec![], Forms::Both).unwrap();
    assert_figures(&scored, &[("for.predicted", 0.0), ("nobody", 1.0), ("verbatim", 1.0), ("answered", 0.0)]);
    assert!(score(&stories, vec![row(&right, "claim"), row(&right, "claim")], Forms::Both).is_err());
}

#[test]
fn either_standing_is_right_where_the_range_is_open() {
    let right =
        with(question("q1", "claim"), json!({"standing": "single-sourced", "independent_for": [1, 2]}));
    let standing = |right: &Value, standing: &str| {
        let rows = vec![row(&with(right.clone(), json!({"standing": standing})), "claim")];
        score(&story(std::slice::from_ref(right)), rows, Forms::Claim).unwrap().figures.get("standing")
    };
    assert_eq!(standing(&right, "corroborated"), Some(1.0));
    assert_eq!(standing(&with(right, json!({"independent_for": [1, 1]})), "corroborated"), Some(0.0));
    assert_eq!(standing(&with(question("q1", "claim"), json!({"standing": "denied"})), "refuted"), Some(1.0));
}

#[test]
fn pages_of_other_stories_are_wrong_and_pages_that_are_not_there_refused() {
    let right = question("q1", "claim");
    let stories = story(std::slice::from_ref(&right));
    let elsewhere = with(right.clone(), json!({"for": [entry(0), entry(-1), entry(-2)]}));
    let scored = score(&stories, vec![row(&elsewhere, "claim")], Forms::Claim).unwrap();
    assert_figures(&scored, &[("for.predicted", 3.0), ("for.hits", 1.0), ("verbatim", 1.0)]);
    let beyond = with(right, json!({"for": [entry(3)]}));
    let error = score(&stories, vec![row(&beyond, "claim")], Forms::Claim).err().unwrap();
    assert_eq!(format!("{error:#}"), "question q1 of s: the story has no document 3");
}

#[test]
fn sources_may_be_the_outlet_and_quotes_may_be_wrong() {
    let outlet = |document: i64, source: &str| with(entry(document), json!({"source": source}));
    let right = with(question("q1", "claim"), json!({"for": [outlet(0, "outlet"), outlet(1, "Ada Lund")]}));
    let false_words = with(outlet(1, "outlet"), json!({"quote": "other words"}));
    let found = with(right.clone(), json!({"for": [outlet(0, "O0"), false_words]}));
    let scored = score(&story(&[right]), vec![row(&found, "asked")], Forms::Asked).unwrap();
    assert_figures(&scored, &[("sources", 0.5), ("verbatim", 2.0 / 3.0), ("for.f1", 1.0)]);
}

#[test]
fn the_table_has_a_line_for_each_figure() {
    let right = question("q1", "claim");
    let scored = score(&story(&[right.clone(), nobody()]), vec![row(&right, "claim")], Forms::Claim).unwrap();
    let table = table(&scored.figures);
    assert!(
        table.starts_with("for          P 1.000  R 1.000  F1 1.000  (hits 2, predicted 2, true 2)\nagainst ")
    );
    assert!(table.ends_with("whole        1.000\nverbatim     1.000"), "{table}");
    assert_eq!(table.lines().count(), 10);
}

//! `evaluate seeds`: documents with hand-made answers.

use super::{folder, run};

const TEXT: &str = "The dam held\n\nMara Voss, an engineer, said the dam would not hold another night.\n\n\
                    “Nobody asked us,” she added.\n";

fn gold(speaker: &str) -> String {
    let attributions = serde_json::json!([
        {"id": "d1", "source": ["Mara Voss, an engineer"], "cue": ["said"],
         "content": ["the dam would not hold another night"], "kind": "indirect", "named": true, "stance": "predicts"},
        {"id": "d2", "source": ["she"], "cue": ["added"], "content": ["“Nobody asked us,”"], "speaker": speaker},
        {"id": "d3", "source": ["nobody there"], "cue": [], "content": ["words that are not on the page"], "optional": true},
    ]);
    serde_json::json!({"id": "dam", "text_file": "dam.txt", "title": "The dam held", "attributions": attributions}).to_string()
}

#[test]
fn every_required_answer_must_be_found() {
    let files = folder(&[("dam.txt", TEXT), ("dam.gold.json", &gold("Mara Voss"))]);
    let (code, out, err) = run(&files, &["evaluate", "seeds", "."]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("d3 (optional)"), "{out}");
    assert!(out.contains("dam: 16 of 16 required answers found"), "{out}");

    let files = folder(&[("dam.txt", TEXT), ("dam.gold.json", &gold("Somebody Else"))]);
    let (code, out, _) = run(&files, &["evaluate", "seeds", "."]);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("speaker: “Mara Voss” where “Somebody Else” is right"), "{out}");
    assert!(out.contains("dam: 15 of 16 required answers found"), "{out}");
}

#[test]
fn json_says_the_same() {
    let files = folder(&[("dam.txt", TEXT), ("dam.gold.json", &gold("Mara Voss"))]);
    let (code, out, _) = run(&files, &["evaluate", "seeds", ".", "--json"]);
    assert_eq!(code, 0);
    let report: serde_json::Value = serde_json::from_str(&out).expect("a line of JSON");
    let marks = report["rows"].as_array().expect("rows").iter().filter(|row| row["table"] == "attribution");
    let marks: Vec<&serde_json::Value> = marks.map(|row| &row["cells"][2]["mark"]).collect();
    assert_eq!(marks, ["found", "found", "missing"]);
}

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

/// The marks of the answers that linking and weighing give, over all documents of a folder.
fn weighed(files: &tempfile::TempDir, place: &str) -> Vec<(String, String)> {
    let (_, out, err) = run(files, &["evaluate", "seeds", place, "--json"]);
    let reports = out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect(&err));
    let mut marks = Vec::new();
    for report in reports {
        for cell in
            report["rows"].as_array().expect("rows").iter().flat_map(|row| row["cells"].as_array()).flatten()
        {
            let text = |key: &str| cell[key].as_str().unwrap_or_default().to_owned();
            if ["origin", "rests on it", "withdraws", "distrusts"].contains(&text("part").as_str())
                && text("mark") != "nothing"
            {
                marks.push((text("part"), text("mark")));
            }
        }
    }
    marks
}

#[test]
fn the_example_story_goes_back_to_its_origins_and_takes_back_its_own_words() {
    let nothing = folder(&[]);
    let marks = weighed(&nothing, concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/story"));
    assert!(marks.iter().all(|(_, mark)| mark == "found"), "{marks:?}");
    for part in ["origin", "rests on it", "withdraws", "distrusts"] {
        assert!(marks.iter().any(|(other, _)| other == part), "{part}");
    }
}

#[test]
fn an_origin_that_is_named_is_not_one_that_is_not() {
    let text = "The dam\n\nFrom Radio Halden:\n\n> The dam would not hold, a senior engineer said.\n";
    let gold = |named: bool| {
        serde_json::json!({"id": "dam", "text_file": "dam.txt", "title": "The dam", "attributions": [
            {"id": "d1", "source": ["a senior engineer"], "cue": ["said"], "content": ["The dam would not hold"],
             "via": "Radio Halden", "named": named}
        ]})
        .to_string()
    };
    for (named, mark) in [(false, "found"), (true, "missing")] {
        let files = folder(&[("dam.txt", text), ("dam.gold.json", &gold(named))]);
        assert_eq!(weighed(&files, "."), [("origin".to_owned(), mark.to_owned())]);
    }
}

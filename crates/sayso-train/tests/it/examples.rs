//! `train examples`: what the encoder learns from must be the words that people marked.

use super::{folder, run};
use serde_json::Value;

#[test]
fn marked_words_come_out_as_ranges_of_words() {
    let text = "“Né” is shut, the mayor said.\nNobody spoke.";
    let at = |words: &str| {
        let start = text[..text.find(words).unwrap()].chars().count();
        format!("[[{start},{}]]", start + words.chars().count())
    };
    let (source, cue, content) = (at("the mayor"), at("said"), at("“Né” is shut"));
    let line = format!(
        r#"{{"id":"a","text":{},"attributions":[{{"source":{source},"cue":{cue},"content":{content}}}]}}"#,
        serde_json::to_string(text).unwrap(),
    );
    let folder = folder(&[("news.jsonl", &line)]);
    let (code, _, said) = run(&folder, &["train", "examples", "news.jsonl", "--out", "examples.jsonl"]);
    assert_eq!(code, 0, "{said}");
    let examples = std::fs::read_to_string(folder.path().join("examples.jsonl")).unwrap();
    let examples: Vec<Value> = examples.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(examples.len(), 2, "a paragraph a line");
    let words: Vec<&str> =
        examples[0]["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    let roles = examples[0]["attributions"][0].as_array().unwrap();
    let marked = |role: usize| {
        let [range] = &roles[role].as_array().unwrap()[..] else { panic!("one range: {}", roles[role]) };
        words[range[0].as_u64().unwrap() as usize..range[1].as_u64().unwrap() as usize].join(" ")
    };
    assert_eq!([marked(0), marked(1), marked(2)], ["the mayor", "said", "“ Né ” is shut"]);
    assert!(examples[1]["attributions"].as_array().unwrap().is_empty());
    for example in &examples {
        let count = example["words"].as_array().unwrap().len();
        for feature in ["places", "shape", "quote", "speech"] {
            assert_eq!(example[feature].as_array().unwrap().len(), count, "{feature}");
        }
    }
    let place = examples[0]["places"][1].as_array().unwrap();
    assert_eq!([place[0].as_u64(), place[1].as_u64()], [Some(1), Some(3)], "places are code points");
}

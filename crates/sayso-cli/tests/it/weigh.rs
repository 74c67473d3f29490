//! `sayso weigh` and `sayso what-if` on case files.

use assert_cmd::Command;

const CASE: &str = r#"{"statements": [
    {"id": "abc", "source": "ABC News", "document": "d1", "claim": "c", "polarity": "+", "held": true, "basis": [["official"]]},
    {"id": "official", "source": "a senior defense official", "claim": "c", "polarity": "+", "held": false, "basis": "first"}],
  "sources": {"a senior defense official": {"unnamed": true}}}"#;

fn sayso(arguments: &[&str], input: &str) -> (String, String, Option<i32>) {
    let output = Command::cargo_bin("sayso").unwrap().args(arguments).write_stdin(input).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn weigh_prints_the_json_that_is_documented() {
    let (pretty, said, code) = sayso(&["weigh", "-"], CASE);
    assert_eq!((said.as_str(), code), ("", Some(0)));
    let (compact, ..) = sayso(&["weigh", "-", "--json"], CASE);
    let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(parse(&pretty), parse(&compact));
    insta::assert_snapshot!(compact);
}

#[test]
fn weigh_explains_in_words() {
    insta::assert_snapshot!(sayso(&["weigh", "-", "--explain", "c"], CASE).0);
    insta::assert_snapshot!(sayso(&["weigh", "-", "--history", "c"], CASE).0);
}

#[test]
fn what_if_says_what_falls() {
    let discredit = ["what-if", "-", "--discredit", "a senior defense official"];
    insta::assert_snapshot!(sayso(&discredit, CASE).0);
    insta::assert_snapshot!(sayso(&[&discredit[..], &["--json"]].concat(), CASE).0);
    insta::assert_snapshot!(sayso(&["what-if", "-", "--restore", "abc"], CASE).0);
}

#[test]
fn errors_say_where_and_what_to_do() {
    let unknown = CASE.replace("[[\"official\"]]", "[[\"offical\"]]");
    let (out, said, code) = sayso(&["weigh", "-"], &unknown);
    assert_eq!((out.as_str(), code), ("", Some(1)));
    insta::assert_snapshot!(said);
    let (_, said, code) = sayso(&["what-if", "-", "--discredit", "ABC"], CASE);
    assert_eq!(code, Some(2));
    insta::assert_snapshot!(said);
    assert_eq!(sayso(&["weigh", "-", "--as-of", "soon"], CASE).2, Some(2));
    assert_eq!(sayso(&["what-if", "-"], CASE).2, Some(2));
    assert_eq!(sayso(&["weigh", "no such file.json"], "").2, Some(1));
}

#[test]
fn weighing_as_of_a_date_leaves_out_what_came_later() {
    let dated = CASE.replace("\"claim\": \"c\"", "\"claim\": \"c\", \"published\": \"2011-07-14\"");
    let before = sayso(&["weigh", "-", "--json", "--as-of", "2011-07-13"], &dated).0;
    assert_eq!(before.trim(), r#"{"claims":{},"statements":{}}"#);
    assert!(sayso(&["weigh", "-", "--as-of", "2011-07-14"], &dated).0.contains("single-sourced"));
    assert!(!sayso(&["weigh", "-", "--known-by", "2011-07-13"], &dated).0.contains("single-sourced"));
}

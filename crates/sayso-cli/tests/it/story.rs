//! The example story: what is printed, and whether every chain is the one that a careful reader finds.

use assert_cmd::Command;
use serde_json::Value;
use std::path::Path;

fn examples() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/story"))
}

fn sayso(arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("sayso").unwrap();
    let output = command.current_dir(examples()).env_remove("COLUMNS").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_account_of_a_page() {
    insta::assert_snapshot!(sayso(&["read", "--dry-run", "03-saltmarsh-notes.html"]));
    insta::assert_snapshot!(sayso(&["read", "--dry-run", "05-saltmarsh-notes-update.html"]));
}

/// Words without what readers may differ on: quotation marks, commas at the end, case.
fn bare(words: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    words.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

/// Whether two passages are the same but for a word or two at the edges.
fn same_passage(one: &[String], other: &[String]) -> bool {
    let shared = one.iter().filter(|word| other.contains(word)).count();
    shared * 10 >= (one.len() + other.len() - shared) * 8
}

fn texts(value: &Value) -> String {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")
}

/// The chain that a careful reader finds.
fn chain_of_answer(answer: &Value) -> String {
    let speaker = answer["speaker"].as_str().map_or_else(|| texts(&answer["source_words"]), str::to_owned);
    let via = answer["via"].as_str().map(|via| format!(" <- {via}")).unwrap_or_default();
    format!("{speaker}{via}")
}

/// The chain that was found, by names alone.
fn chain_of_finding(statement: &Value) -> String {
    let via = statement["via"].as_array().into_iter().flatten();
    let heard = std::iter::once(&statement["source"]).chain(via);
    heard.map(|mention| mention["name"].as_str().unwrap_or_default()).collect::<Vec<_>>().join(" <- ")
}

/// Whether a chain is the right one. Answers quote the page, which may give a named source an article or an office
/// besides ("Ambassador Ilsabet Dorn"); an unnamed source is its description to the letter.
fn same_chain(found: &str, right: &str, answer: &Value) -> bool {
    let split = |chain: &str| chain.split_once(" <- ").map(|(who, via)| (who.to_owned(), via.to_owned()));
    let (found, right) = (
        split(found).unwrap_or_else(|| (found.to_owned(), String::new())),
        split(right).unwrap_or_else(|| (right.to_owned(), String::new())),
    );
    let is_named = answer["named"] == true && !found.0.is_empty();
    found.1 == right.1 && (found.0 == right.0 || is_named && right.0.contains(&found.0))
}

/// Holds one page to its answers: a line for each answer that is not optional.
fn hold(page: &str) -> Vec<String> {
    let gold = examples().join(format!("{page}.gold.json"));
    let gold: Value = serde_json::from_slice(&std::fs::read(gold).unwrap()).unwrap();
    let read: Value =
        serde_json::from_str(&sayso(&["read", "--dry-run", "--json", &format!("{page}.html")])).unwrap();
    let statements = read["statements"].as_array().unwrap();
    let answers = gold["attributions"].as_array().unwrap();
    let verdict = |answer: &Value| {
        let content = bare(&texts(&answer["content_words"]));
        let found: Vec<String> = statements
            .iter()
            .filter(|statement| statement["manner"] != "own voice")
            .filter(|statement| same_passage(&content, &bare(statement["words"].as_str().unwrap())))
            .map(chain_of_finding)
            .collect();
        let right = chain_of_answer(answer);
        let verdict = match &found[..] {
            [] => "not found".to_owned(),
            found if found.iter().any(|chain| same_chain(chain, &right, answer)) => "found".to_owned(),
            found => format!("found as {}", found.join(", and as ")),
        };
        format!("{page} {}: {right}: {verdict}", answer["id"].as_str().unwrap())
    };
    answers.iter().filter(|answer| answer["optional"] != true).map(verdict).collect()
}

/// Every answer, and how the reader of today fares on it. A change here is a change for the better, or a fault.
#[test]
fn every_chain_is_held_to_the_answers() {
    let mut pages: Vec<String> = std::fs::read_dir(examples())
        .unwrap()
        .filter_map(|entry| Some(entry.unwrap().file_name().to_str()?.strip_suffix(".html")?.to_owned()))
        .collect();
    pages.sort();
    let lines: Vec<String> = pages.iter().flat_map(|page| hold(page)).collect();
    let found = lines.iter().filter(|line| line.ends_with(": found")).count();
    insta::assert_snapshot!(format!("{}\n\n{found} of {} found", lines.join("\n"), lines.len()));
}

#[test]
fn the_demo_tells_what_to_try_next_and_it_works() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("demo.db");
    let ledger = ledger.to_str().unwrap();
    let demo = Command::cargo_bin("sayso").unwrap().args(["demo", "--ledger", ledger]).output().unwrap();
    let said = String::from_utf8(demo.stderr).unwrap();
    assert!(said.starts_with("7 documents with "), "{said}");
    let tried: Vec<&str> = said.lines().filter_map(|line| line.split("  ").nth(1)).collect();
    assert_eq!(tried.len(), 4, "{said}");
    let sources = sayso(&["sources", "--ledger", ledger]);
    assert!(sources.contains("Tobias Rennick"), "{sources}");
    let asked = sayso(&["ask", "fresh evidence", "--ledger", ledger]);
    assert!(asked.contains("claim ") && asked.contains("Said in 2 documents"), "{asked}");
    let source = sayso(&["source", "Northwire", "--ledger", ledger]);
    assert!(source.contains("What rests on it"), "{source}");
}

#[test]
fn nobody_and_nothing_are_said_to_be_missing() {
    let folder = tempfile::tempdir().unwrap();
    let fails = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("sayso").unwrap();
        let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = fails(&["sources"]);
    assert_eq!(code, Some(3));
    assert!(said.contains("there is no ledger at sayso.db\nhint: read something first"), "{said}");
    sayso(&["demo", "--ledger", folder.path().join("sayso.db").to_str().unwrap()]);
    insta::assert_snapshot!(
        [
            &["source", "Nobody Atall"][..],
            &["document", "0000000000000000"],
            &["claim", "Rennick"],
            &["chain", "0"],
            &["ask", "unicorns"],
            &["search", "unicorns", "--as-of", "1999-01-01"],
            &["search", "lamp", "--documents", "--fallen"],
            &["history", "00000000"],
            &["ask", "lamp", "--as-of", "lately"],
            &["read", "-", "-"],
        ]
        .map(|arguments| {
            let (code, said) = fails(arguments);
            format!("{arguments:?} exits with {code:?}\n{said}")
        })
        .join("\n")
    );
}

//! The questions on the example story: what each prints, before and after the apology, and where nothing is found.

use assert_cmd::Command;
use serde_json::Value;
use std::path::Path;

struct Story(tempfile::TempDir);

impl Story {
    fn new() -> Story {
        let folder = tempfile::tempdir().unwrap();
        let story = Story(folder);
        story.run(&["demo", "--ledger", "sayso.db"]);
        story
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, arguments: &[&str]) -> (String, String, Option<i32>) {
        let mut command = Command::cargo_bin("sayso").unwrap();
        let output = command
            .current_dir(self.path())
            .env_remove("COLUMNS")
            .env_remove("SAYSO_LEDGER")
            .args(arguments)
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr), output.status.code())
    }

    fn asks(&self, arguments: &[&str]) -> String {
        let (out, said, code) = self.run(arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {said}");
        out
    }

    fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let lines = self.asks(&[arguments, &["--json"]].concat());
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The first claim that matches.
    fn claim(&self, words: &str) -> Value {
        self.json(&["ask", words]).remove(0)
    }
}

/// Times at which the story was read differ from run to run.
fn snapshot(name: &str, text: String) {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"20[2-9]\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", "[read at]");
    settings.add_filter(r"act [0-9a-f]{10}", "act [id]");
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn ask_gives_claims_with_their_answers() {
    let story = Story::new();
    snapshot("ask", story.asks(&["ask", "fresh evidence"]));
    snapshot("ask_filtered", story.asks(&["ask", "stamps", "--source", "Rennick", "--limit", "2"]));
    let asked = story.json(&["ask", "fresh evidence"]);
    assert_eq!(asked[0]["documents"], 2);
    assert!(asked[0]["sentence"].as_str().unwrap().starts_with("Said in 2 documents"));
}

#[test]
fn each_kind_of_question_has_its_reply() {
    let story = Story::new();
    for (name, question) in [
        ("ask_who_says", "Who says that the barrels carry filling stamps of April 2019?"),
        ("ask_what_somebody_says", "What does Rennick say about the stamps?"),
        ("ask_when", "When were the barrels filled?"),
        ("ask_a_name", "Rennick"),
    ] {
        snapshot(name, story.asks(&["ask", question, "--limit", "2"]));
    }
    let asked = story.json(&["ask", "When were the barrels filled?"]);
    assert!(asked[0]["may_answer"]["says"].is_array(), "{}", asked[0]);
}

#[test]
fn quickly_only_claims_are_looked_for() {
    let story = Story::new();
    let question = "Who says that the barrels carry filling stamps of April 2019?";
    assert!(story.json(&["ask", question])[0]["answer"].is_object());
    let words = "filling stamps of April 2019";
    assert!(story.json(&["ask", words, "--quick"]).iter().all(|line| line["id"].is_string()));
    let (_, said, code) = story.run(&["ask", question, "--quick"]);
    assert_eq!(code, Some(1), "no claim holds all the small words of a question: {said}");
}

#[test]
fn a_kept_question_is_told_when_a_page_changes_its_answer() {
    let story = Story::new();
    let question = "Did Castria sell the northern lighthouse to a shipping company?";
    let kept = ["keep", question, "--by", "Vera"];
    snapshot("keep", story.asks(&kept));
    let page = "<title>Lighthouse sold</title><meta name=date content=2019-09-01><p>Hanna Vess, the harbour master, said on \
        Monday that Castria had sold the northern lighthouse to a shipping company.</p>";
    std::fs::write(story.path().join("page.html"), page).unwrap();
    let (_, said, code) = story.run(&["read", "page.html"]);
    assert_eq!(code, Some(0));
    let told = said.lines().find(|line| line.starts_with("kept question")).expect("the change is told");
    assert!(told.contains(&format!("{question:?}: nobody -> single-sourced; for it 1 sentence")), "{told}");
    let listed = &story.json(&["kept"])[0];
    assert_eq!(listed["answers"][0]["standing"], "single-sourced");
    snapshot("kept", story.asks(&["kept", listed["id"].as_str().unwrap()]));
    let act = ["discredit", "source:Hanna Vess", "--because", "a test", "--by", "Vera"];
    assert_eq!(story.run(&act).2, Some(0));
    assert_eq!(story.json(&["kept"])[0]["answers"][0]["standing"], "fallen", "an act changes it as well");
    let (_, said, code) = story.run(&kept);
    assert_eq!(code, Some(1), "it is kept already: {said}");
    let (_, said, code) = story.run(&["keep", "When was the lighthouse sold?", "--by", "Vera"]);
    assert_eq!(code, Some(2), "{said}");
}

#[test]
fn some_words_do_where_nothing_has_all_and_it_is_said() {
    let story = Story::new();
    let (out, said, code) = story.run(&["ask", "evidence", "unicorns"]);
    assert_eq!(code, Some(0));
    assert!(out.contains("evidence"), "{out}");
    assert!(said.contains("nothing has all of \"evidence unicorns\""), "{said}");
}

#[test]
fn a_claim_before_and_after_the_apology() {
    let story = Story::new();
    let claim = story.claim("\"who looked away\"");
    let id = claim["id"].as_str().unwrap();
    assert_eq!(claim["standing"], "withdrawn");
    let taken_back = claim["chains"][0]["because"][0]["at"].as_str().unwrap()[..10].to_owned();
    snapshot("claim_after", story.asks(&["claim", id]));
    let published = claim["chains"][0]["page"]["published"].as_str().unwrap()[..10].to_owned();
    assert!(published < taken_back, "{published} {taken_back}");
    snapshot("claim_before", story.asks(&["claim", &id[..10], "--as-of", &published]));
    let before = &story.json(&["claim", id, "--as-of", &published])[0];
    assert_ne!(before["standing"], "withdrawn");
    assert_eq!(before["withdrawn"], 0);
    snapshot("history", story.asks(&["history", id]));
    let (_, said, code) = story.run(&["claim", id, "--as-of", "1999-01-01"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("nothing had been said of claim"), "{said}");
    let (_, said, code) = story.run(&["claim", id, "--known-by", "1999-01-01"]);
    assert_eq!(code, Some(1), "{said}");
}

#[test]
fn a_chain_goes_down_to_its_origins() {
    let story = Story::new();
    let claim = story.claim("fresh evidence");
    let chains = claim["chains"].as_array().unwrap();
    let longest = chains.iter().max_by_key(|chain| chain["page"]["published"].as_str()).unwrap();
    let id = longest["statement"].as_str().unwrap();
    snapshot("chain", story.asks(&["chain", &id[..12]]));
    let chain = &story.json(&["chain", id])[0];
    let links = chain["links"].as_array().unwrap();
    let first_hand: Vec<&str> = links
        .iter()
        .filter(|link| link["why"]["kind"] == "first_hand")
        .map(|link| link["source"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(first_hand, ["Castrian officials (Northwire)"]);
    let withdrawn = story.claim("\"who looked away\"");
    let id = withdrawn["chains"][0]["statement"].as_str().unwrap();
    snapshot("chain_withdrawn", story.asks(&["chain", id]));
}

#[test]
fn a_source_with_what_rests_on_it_and_what_discrediting_it_would_do() {
    let story = Story::new();
    snapshot("source", story.asks(&["source", "Northwire"]));
    let told = &story.json(&["source", "northwire"])[0];
    let tried = story.asks(&[
        "discredit",
        "Northwire",
        "--because",
        "to see",
        "--by",
        "a tester",
        "--dry-run",
        "--json",
    ]);
    let tried: Value = serde_json::from_str(&tried).unwrap();
    let claims = |list: &Value| -> Vec<String> {
        let mut claims: Vec<String> = list
            .as_array()
            .unwrap()
            .iter()
            .map(|shift| shift["claim"].as_str().unwrap().to_owned())
            .collect();
        claims.sort();
        claims
    };
    assert!(!claims(&told["would_fall"]).is_empty());
    assert_eq!(
        claims(&told["would_fall"]),
        claims(&tried["fell"]),
        "what would fall is what the dry run tells"
    );
    let of_notes = &story.json(&["source", "Saltmarsh Notes", "--all"])[0];
    assert!(!of_notes["withdrawn"].as_array().unwrap().is_empty());
}

#[test]
fn lists_of_claims_and_sources() {
    let story = Story::new();
    snapshot("sources", story.asks(&["sources"]));
    snapshot("claims_withdrawn", story.asks(&["claims", "--withdrawn"]));
    let all = story.json(&["claims"]);
    let withdrawn = story.json(&["claims", "--withdrawn"]);
    let by_hand: Vec<&Value> = all.iter().filter(|claim| claim["standing"] == "withdrawn").collect();
    assert_eq!(withdrawn.iter().collect::<Vec<_>>(), by_hand);
    assert_eq!(story.json(&["claims", "--changed-since", "1999-01-01"]).len(), all.len());
    assert!(story.json(&["claims", "--changed-since", "2999-01-01"]).is_empty());
    assert!(story.json(&["claims", "--as-of", "1999-01-01"]).is_empty());
    assert_eq!(story.json(&["claims", "--limit", "3"]), all[..3]);
    // Weighed anew at a time after everything, each claim weighs what is kept.
    let anew = story.json(&["claims", "--as-of", "2900-01-01"]);
    let weights = |claims: &[Value]| -> Vec<(Value, Value)> {
        claims.iter().map(|claim| (claim["id"].clone(), claim["standing"].clone())).collect()
    };
    assert_eq!(weights(&anew), weights(&all));
}

#[test]
fn search_finds_statements_and_documents() {
    let story = Story::new();
    snapshot("search", story.asks(&["search", "stamps", "--outlet", "Northwire"]));
    snapshot("search_documents", story.asks(&["search", "--documents", "toll books"]));
    let statements = story.json(&["search", "--limit", "1000"]);
    let outlets = story.json(&["search", "--limit", "1000", "--outlet", "northwire"]);
    let by_hand = statements.iter().filter(|found| found["page"]["site"] == "Northwire").count();
    assert_eq!(outlets.len(), by_hand);
    let withdrawn = story.json(&["search", "--withdrawn"]);
    assert!(!withdrawn.is_empty() && withdrawn.iter().all(|found| found["standing"] == "withdrawn"));
}

#[test]
fn a_document_and_its_readings() {
    let story = Story::new();
    let found = story.json(&["search", "--documents", "toll books"]);
    let id = found[0]["id"].as_str().unwrap();
    let shown = story.asks(&["document", &id[..10]]);
    assert!(shown.contains(&format!("document {id}")) && shown.contains("by sayso "), "{shown}");
    let json = &story.json(&["document", id])[0];
    assert_eq!(json["document"]["id"], id);
}

#[test]
fn an_index_that_is_damaged_or_gone_is_made_anew() {
    let story = Story::new();
    let before = story.asks(&["ask", "fresh evidence"]);
    let folder = story.path().join("sayso.db.search");
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(story.asks(&["ask", "fresh evidence"]), before);
    std::fs::write(folder.join("meta.json"), "{ this is no index").unwrap();
    let (out, said, code) = story.run(&["ask", "fresh evidence"]);
    assert_eq!((out.as_str(), code), (before.as_str(), Some(0)));
    assert!(said.contains("the search index was made anew"), "{said}");
    for file in std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()) {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.ends_with("json") && !name.ends_with("lock") {
            let length = std::fs::metadata(&file).unwrap().len();
            let damaged: Vec<u8> = (0..length).map(|at| (at * 37 % 251) as u8).collect();
            std::fs::write(&file, damaged).unwrap();
        }
    }
    let (out, said, code) = story.run(&["ask", "fresh evidence"]);
    assert_eq!((out.as_str(), code), (before.as_str(), Some(0)), "{said}");
    assert!(said.contains("the search index was made anew"), "{said}");
    assert!(story.run(&["index", "--rebuild"]).1.contains("made anew"));
    assert_eq!(story.asks(&["ask", "fresh evidence"]), before);
}

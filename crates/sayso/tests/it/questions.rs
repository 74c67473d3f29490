//! Questions of the desk: that search finds what is there, whatever way the ledger came to hold it.

use crate::linking::story;
use sayso::{AsOf, ClaimFilter, Desk, Filters, Input, Question, Report, Watch};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

struct Quiet;

impl Watch for Quiet {
    fn report(&mut self, _: Report) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

fn question(words: &str) -> Question {
    Question {
        words: words.into(),
        filters: Filters::default(),
        standings: vec![],
        as_of: AsOf::NOW,
        limit: usize::MAX,
    }
}

/// The words of every claim of which somebody speaks.
fn all_claims(desk: &Desk) -> Vec<(String, String)> {
    let mut claims = Vec::new();
    let filter = ClaimFilter { standings: vec![], changed_since: None, as_of: AsOf::NOW };
    desk.claims_that(&filter, &mut |claim| {
        claims.push((claim.id.to_string(), claim.words));
        ControlFlow::Continue(())
    })
    .unwrap();
    claims
}

fn words(text: &str) -> BTreeSet<String> {
    let bare = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).map(bare).filter(|word| word.len() > 3).collect()
}

/// Every word of every claim leads to that claim, beside a naive scan.
#[test]
fn every_word_finds_every_claim_that_has_it() {
    let mut desk = story();
    let claims = all_claims(&desk);
    let every: BTreeSet<String> = claims.iter().flat_map(|(_, text)| words(text)).collect();
    assert!(every.len() > 100, "{}", every.len());
    for word in every {
        let found = desk.ask(&question(&word)).unwrap();
        let found: BTreeSet<String> = found.found.iter().map(|claim| claim.id.to_string()).collect();
        for (id, text) in claims.iter().filter(|(_, text)| words(text).contains(&word)) {
            assert!(found.contains(id), "{word} does not find {text:?}");
        }
    }
}

#[test]
fn pages_read_later_are_found_and_so_are_those_that_another_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sayso.db");
    let clock = || "2026-11-23T08:00:00Z".to_owned();
    let page = |number: usize| {
        Input::bytes("page", format!("\"Barrel number{number} was empty,\" said Ilse Marwick on Monday."))
    };
    let mut one = Desk::create(&path, 1_000, clock).unwrap();
    let mut other = Desk::create(&path, 1_000, clock).unwrap();
    let found = |desk: &mut Desk, word: &str| desk.ask(&question(word)).unwrap().found.len();
    one.read((0..3).map(page), &mut Quiet).unwrap();
    assert_eq!(found(&mut one, "number1"), 1);
    assert_eq!(found(&mut other, "number2"), 1);
    other.read((3..5).map(page), &mut Quiet).unwrap();
    assert_eq!(found(&mut one, "number4"), 1, "what another program read is taken up");
    // Reading once more adds nothing twice.
    other.read((0..5).map(page), &mut Quiet).unwrap();
    assert_eq!(found(&mut other, "number0"), 1);
    assert_eq!(one.search_statements(&question("number3")).unwrap().found.len(), 1);
    assert_eq!(one.search_documents(&question("number3")).unwrap().found.len(), 1);
}

#[test]
fn another_ledger_in_the_same_place_is_not_answered_from_the_old_index() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sayso.db");
    let clock = || "2026-11-23T08:00:00Z".to_owned();
    let page = |what: &str| Input::bytes("page", format!("\"The {what} was empty,\" said Ilse Marwick."));
    Desk::create(&path, 0, clock).unwrap().read([page("warehouse")], &mut Quiet).unwrap();
    for file in ["sayso.db", "sayso.db-wal", "sayso.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(file));
    }
    let mut desk = Desk::create(&path, 0, clock).unwrap();
    desk.read([page("lighthouse")], &mut Quiet).unwrap();
    assert!(desk.ask(&question("warehouse")).unwrap().found.is_empty());
    assert_eq!(desk.ask(&question("lighthouse")).unwrap().found.len(), 1);
}

#[test]
fn a_question_without_a_ledger_has_no_answer() {
    let mut desk = Desk::without_ledger();
    assert!(desk.ask(&question("barrels")).unwrap().found.is_empty());
    assert!(desk.search_documents(&question("barrels")).unwrap().found.is_empty());
}

#[test]
fn an_answer_tells_on_what_evidence_and_what_was_put_aside() {
    let mut desk = Desk::in_memory(|| "2026-11-23T08:00:00Z".to_owned()).unwrap();
    let pages = [
        "<title>Barrels</title><p>The barrels carry filling stamps of April 2019. This suggests that Castria shipped the barrels to \
            the rebels straight from the plant, rather than through the black market, Tobias Rennick said.</p>",
        "<title>Records</title><p>Harbour records show that Castria shipped the barrels to the rebels, Ilse Marwick said on \
            Monday.</p>",
        "<title>Word</title><p>Anselm Roke said on Tuesday that Castria had shipped the barrels to the rebels.</p>",
    ];
    for (number, page) in pages.into_iter().enumerate() {
        let address = format!("https://paper{number}.example/a.html");
        desk.read([Input::bytes(address, page)], &mut Quiet).unwrap();
    }
    let answer = desk.answer("Did Castria ship the barrels to the rebels?", AsOf::NOW).unwrap();
    let told: Vec<_> = answer.reasons.iter().map(|one| (one.kind, &*one.cue, &*one.words)).collect();
    let stamps = "The barrels carry filling stamps of April 2019.";
    let records = "Harbour records";
    assert_eq!(told, [("object", "stamps", stamps), ("document", "records", records)], "{answer:#?}");
    assert!(answer.reasons.iter().all(|one| one.for_it && one.page.title.is_some()));
    let rivals: Vec<&str> = answer.rivals.iter().map(|one| one.put_aside.as_str()).collect();
    assert_eq!(rivals, ["through the black market, Tobias Rennick said."]);
}

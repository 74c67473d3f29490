//! The example story, as read (`story/read.jsonl`), against the case that it should make.

use sayso_link::{Case, CaseBasis, CaseStatement, Models, Options, Suggested, Suggestion, case};
use sayso_record::{Document, Statement};
use serde::Deserialize;

#[derive(Deserialize)]
struct Page {
    document: Document,
    statements: Vec<Statement>,
}

fn story() -> (Case, Vec<Suggestion>, Vec<Document>) {
    let models = Models::built_in();
    let pages: Vec<Page> = include_str!("story/read.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("the story is a list of read pages"))
        .collect();
    let documents = pages.iter().map(|page| page.document.clone()).collect();
    let pages = pages.into_iter().map(|page| (page.document, page.statements));
    let (case, suggestions) = case(&models, Options { own_voice_founds: true, ..Options::default() }, pages);
    (case, suggestions, documents)
}

#[test]
fn the_story_makes_the_expected_case() {
    let (case, suggestions, _) = story();
    insta::assert_json_snapshot!("case", case);
    insta::assert_json_snapshot!("suggestions", suggestions);
}

#[test]
fn every_basis_names_a_statement_of_the_case() {
    let (case, _, _) = story();
    for statement in &case.statements {
        if let CaseBasis::Alternatives(alternatives) = &statement.basis {
            for name in alternatives.iter().flatten() {
                assert!(
                    case.statements.iter().any(|other| other.id == *name),
                    "{} rests on {name}",
                    statement.id
                );
            }
        }
    }
    let mut names: Vec<&str> = case.statements.iter().map(|statement| statement.id.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), case.statements.len(), "every name once");
}

#[test]
fn copies_rest_on_the_wire_report() {
    let (case, _, documents) = story();
    let held_by = |site: &str, words: &str| -> &CaseStatement {
        let document =
            documents.iter().find(|document| document.site.as_deref() == Some(site)).unwrap().id.short();
        let here =
            |one: &&CaseStatement| one.document.as_deref() == Some(&document) && one.text.contains(words);
        case.statements.iter().find(here).unwrap_or_else(|| panic!("{site} says {words:?}"))
    };
    let wire = held_by("Northwire", "filling stamps");
    let copy = held_by("The Harbour Courier", "filling stamps");
    assert_eq!(copy.basis, CaseBasis::Alternatives(vec![vec![wire.id.clone()]]));
}

#[test]
fn the_author_takes_back_her_own_words_and_only_suggests_to_distrust_the_minister() {
    let (case, suggestions, _) = story();
    assert!(!case.withdrawn.is_empty());
    for name in &case.withdrawn {
        let withdrawn = case.statements.iter().find(|statement| statement.id == *name).unwrap();
        assert_eq!(withdrawn.source, "Orla Pender");
    }
    let distrusted: Vec<&str> = suggestions
        .iter()
        .filter_map(|suggestion| match &suggestion.what {
            Suggested::Distrust { source, .. } => Some(source.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(distrusted, ["Tobias Rennick"]);
}

//! Citations of invented pages in HTML, wikitext and Markdown, held to what a careful reader says of each.

use sayso::{AtHand, Check, Desk, Input, Markup};
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/check").join(name)
}

fn at_hand() -> AtHand {
    let mut at_hand = AtHand::default();
    let inputs = sayso::intake([folder("cited")]).inputs;
    Desk::without_ledger().read(inputs, &mut at_hand).unwrap();
    at_hand
}

fn check(page: &str, at_hand: &AtHand) -> Check {
    let mut desk = Desk::without_ledger();
    let markup = match page.rsplit('.').next() {
        Some("wiki") => Markup::Wikitext,
        Some("md") => Markup::Markdown,
        _ => Markup::Html,
    };
    let input = Input::file(folder("citing").join(page));
    let citing = desk.citing(input, Some(markup)).unwrap();
    desk.check(&citing, at_hand, None).unwrap()
}

/// The word that JSON has for a verdict.
fn word(verdict: sayso::CitedVerdict) -> String {
    serde_json::to_value(verdict).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn nine_in_ten_verdicts_are_right_and_every_passage_is_the_pages_own() {
    let at_hand = at_hand();
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    let answers = std::fs::read_to_string(folder("answers.txt")).unwrap();
    for line in answers.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let page = words.next().unwrap();
        let wanted: Vec<&str> = words.collect();
        let checked = check(page, &at_hand);
        for one in &checked.citations {
            let file = at_hand.text_of(one.url.as_deref().unwrap_or_default());
            assert!(
                one.passage.as_deref().is_none_or(|passage| file.is_some_and(|text| text.contains(passage)))
            );
        }
        let found: Vec<String> = checked.citations.iter().map(|one| word(one.verdict)).collect();
        assert_eq!(found.len(), wanted.len(), "{page}: {:#?}", checked.citations);
        for (one, (found, wanted)) in checked.citations.iter().zip(found.iter().zip(&wanted)) {
            let is_right = wanted.split('|').any(|wanted| wanted == found);
            (right, all) = (right + usize::from(is_right), all + 1);
            if !is_right {
                wrong.push(format!(
                    "{page} {}: {found}, not {wanted} ({:?}): {} “{}”",
                    one.number,
                    one.probability,
                    one.proposition,
                    one.passage.as_deref().unwrap_or_default()
                ));
            }
        }
    }
    println!("{right} of {all}\n{}", wrong.join("\n"));
    assert!(all >= 60 && right * 10 >= all * 9, "{right} of {all} are right:\n{}", wrong.join("\n"));
}

#[test]
fn one_source_behind_several_citations_is_one_origin() {
    let checked = check("flood.html", &at_hand());
    let tidewatch = checked.origins.iter().find(|origin| origin.name == "Tidewatch").unwrap();
    assert!(tidewatch.citations.len() >= 3 && tidewatch.pages == 1, "{:?}", checked.origins);
    assert!(checked.independence.0 <= 2, "{:?}", checked.independence);
    assert!(!checked.holds());
}

#[test]
fn a_page_that_was_corrected_is_told_beside_the_citation() {
    let checked = check("halden.wiki", &at_hand());
    assert!(
        checked.citations[0].changes.iter().any(|change| change.starts_with("corrected")),
        "{:?}",
        checked.citations[0]
    );
}

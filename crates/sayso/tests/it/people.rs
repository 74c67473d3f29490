//! Who a surname or an office stands for on a page of its own: roles, times, the table of offices; and that what is known
//! of people is taken up again out of the ledger.

use crate::linking::Quiet;
use sayso::{Desk, MatterKind};
use std::path::Path;

fn page(published: &str, title: &str, words: &str) -> String {
    format!(
        "<html><head><title>{title}</title><meta property=\"og:site_name\" content=\"The Tarn Post\">
        <meta property=\"article:published_time\" content=\"{published}\"></head>
        <body><article><h1>{title}</h1><p>{words}</p>
        <p>The council will meet again on the first Monday of next month, in the old town hall.</p></article></body></html>"
    )
}

/// Reads pages one after another, each with a desk that has just opened the ledger, and gives the questions about names.
fn asked(pages: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("sayso.db");
    for (number, (published, words)) in pages.iter().enumerate() {
        let path = folder.path().join(format!("{number}.html"));
        std::fs::write(&path, page(published, &format!("Page {number}"), words)).unwrap();
        read(&ledger, &path);
    }
    let desk = Desk::open(&ledger, 0, clock).unwrap();
    let queue = desk.review(&[MatterKind::SameSource]).unwrap();
    let mut questions: Vec<String> = queue.matters.into_iter().map(|matter| matter.question).collect();
    questions.sort();
    questions
}

fn read(ledger: &Path, page: &Path) {
    let mut desk = Desk::create(ledger, 0, clock).unwrap();
    desk.read(sayso::intake([page.display().to_string()]).inputs, &mut Quiet).unwrap();
}

fn clock() -> String {
    "2026-11-23T08:00:00Z".to_owned()
}

const SENATOR: (&str, &str) =
    ("2005-03-01", "Senator Ivo Brandt said that the new bridge was paid for by the state.");

#[test]
fn a_surname_stands_for_the_only_one_whose_role_and_time_fit() {
    let later = ("2006-05-01", "Senator Brandt said that the old bridge would be sold for scrap.");
    assert_eq!(asked(&[SENATOR, later]), ["Is Brandt here Ivo Brandt?"]);
    let bare = ("2006-05-01", "Brandt said that the old bridge would be sold for scrap.");
    assert_eq!(asked(&[SENATOR, bare]), ["Is Brandt here Ivo Brandt?"]);
}

#[test]
fn a_surname_of_another_role_or_another_time_stands_for_itself() {
    let detective = ("2006-05-01", "Detective Brandt said that the old bridge was searched in the night.");
    assert!(asked(&[SENATOR, detective]).is_empty());
    let long_before = ("1931-05-01", "Brandt said that the old bridge would be painted green in autumn.");
    assert!(asked(&[SENATOR, long_before]).is_empty());
}

#[test]
fn an_office_stands_for_whom_the_page_names_or_who_held_it_on_that_day() {
    let named = (
        "2006-05-01",
        "The mayor of Tarn said that the bridge would be sold. Anna Lund is the mayor of Tarn.",
    );
    assert_eq!(asked(&[named]), ["Is The mayor of Tarn here Anna Lund?"]);
    let dated = ("2011-06-20", "The U.S. Defense Secretary said that the troops would be home by autumn.");
    assert_eq!(asked(&[dated]), ["Is The U.S. Defense Secretary here Robert Gates?"]);
    let undated = ("", "The U.S. Defense Secretary said that the troops would be home by autumn.");
    assert!(asked(&[undated]).is_empty());
}

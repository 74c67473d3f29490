//! A document that was taken down: nothing tells its words, and everything else is as it was.

use crate::linking::story;
use sayso::export::{Format, What};
use sayso::{AsOf, Desk, Filters, Question};
use sayso_record::{ActKind, Subject};
use std::collections::HashSet;

/// So many words in a row are no accident.
const IN_A_ROW: usize = 4;

fn act(desk: &mut Desk, act: ActKind, on: Subject) -> Subject {
    let (by, because) = ("a tester".to_owned(), "its author asked for it".to_owned());
    let done = desk.act(sayso::Wanted { act, on, with: None, by, because }, false).unwrap();
    assert!(done.fell.is_empty() && done.revived.is_empty() && done.changed.is_empty(), "{done:?}");
    Subject::Act(done.act.id)
}

/// Every so many words in a row between two marks, so that none goes from one field of an export into the next.
fn rows(text: &str) -> HashSet<String> {
    let between_marks = text.split(|letter: char| !letter.is_alphanumeric() && letter != ' ');
    let rows = between_marks.flat_map(|words| {
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        words.windows(IN_A_ROW).map(|row| row.join(" ")).collect::<Vec<_>>()
    });
    rows.collect()
}

fn exported(desk: &Desk, format: Format, what: Option<What>) -> String {
    let mut out = Vec::new();
    desk.export(format, what, &mut out, &mut |_, _| {}).unwrap();
    String::from_utf8(out).unwrap()
}

/// All that the desk tells, in one string.
fn told(desk: &mut Desk) -> String {
    let mut all = String::new();
    for format in [Format::Jsonl, Format::Prov, Format::ClaimReview, Format::Annotations] {
        all += &exported(desk, format, None);
    }
    for &what in Format::Csv.holds() {
        all += &exported(desk, Format::Csv, Some(what));
    }
    for id in desk.claims(None).unwrap() {
        all += &format!("{:?}\n", desk.claim(id, AsOf::NOW).unwrap());
        all += &format!("{:?}\n", desk.history(id, AsOf::NOW).unwrap());
    }
    for line in desk.sources().unwrap() {
        all += &format!("{:?}\n", desk.source(&line.name, AsOf::NOW, 100).unwrap());
    }
    all += &format!("{:?}\n", desk.lately(100).unwrap());
    all += &format!("{:?}\n", desk.log().unwrap());
    all
}

fn hits(desk: &mut Desk, words: &str) -> usize {
    let question = Question {
        words: format!("\"{words}\""),
        filters: Filters::default(),
        standings: Vec::new(),
        as_of: AsOf::NOW,
        limit: 50,
    };
    let statements = desk.search_statements(&question).unwrap().found.len();
    let claims = desk.ask(&question).unwrap().found.len();
    statements + claims + desk.search_documents(&question).unwrap().found.len()
}

#[test]
fn nothing_tells_the_words_of_a_page_that_was_taken_down_until_that_is_undone() {
    let mut desk = story();
    let pages = desk.lately(100).unwrap().read;
    assert_eq!(pages.len(), 7);
    for page in &pages {
        let record = desk.document(page.id).unwrap().unwrap();
        let mut own = rows(&record.document.text);
        for other in pages.iter().filter(|other| other.id != page.id) {
            let other = desk.document(other.id).unwrap().unwrap().document;
            for words in [Some(other.text), other.title, other.url].into_iter().flatten() {
                own.retain({
                    let theirs = rows(&words);
                    move |row| !theirs.contains(row)
                });
            }
        }
        // What sources are called stays: others may be heard under the same name.
        for source in desk.sources().unwrap() {
            for called in desk.source(&source.name, AsOf::NOW, 1).unwrap().unwrap().called {
                let called = rows(&called.name);
                own.retain(|row| !called.contains(row));
            }
        }
        // So does what those are called of whom no statement makes a claim.
        for statement in &record.statements {
            for mention in std::iter::once(&statement.source).chain(&statement.via) {
                let called = rows(&mention.name);
                own.retain(|row| !called.contains(row));
            }
        }
        let before = told(&mut desk);
        let leaked = |text: &str| rows(text).intersection(&own).count();
        assert!(leaked(&before) > 10, "{:?} has words of its own", page.title);
        let searched = own.iter().min().unwrap().clone();
        assert!(hits(&mut desk, &searched) > 0, "{searched}");

        let taken = act(&mut desk, ActKind::TakeDown, Subject::Document(page.id));
        assert!(desk.taken_down(page.id).unwrap().is_some());
        let during = told(&mut desk);
        let left: Vec<String> = rows(&during).intersection(&own).cloned().collect();
        assert!(left.is_empty(), "{:?} is still told: {left:?}", page.title);
        assert_eq!(hits(&mut desk, &searched), 0, "{searched}");
        let verdict = desk.verify(true, &mut |_, _, _| {}).unwrap();
        assert!(verdict.faults.is_empty(), "{:?}", verdict.faults);

        act(&mut desk, ActKind::Undo, taken);
        assert_eq!(desk.taken_down(page.id).unwrap(), None);
        assert!(hits(&mut desk, &searched) > 0, "{searched}");
        let rows_of = |text: &str| rows(text).intersection(&own).cloned().collect::<HashSet<_>>();
        assert_eq!(rows_of(&told(&mut desk)), rows_of(&before), "{:?}", page.title);
    }
}

#[test]
fn an_undo_that_is_undone_takes_the_page_down_again() {
    let mut desk = story();
    let page = desk.lately(1).unwrap().read[0].id;
    let taken = act(&mut desk, ActKind::TakeDown, Subject::Document(page));
    let undone = act(&mut desk, ActKind::Undo, taken);
    assert_eq!(desk.taken_down(page).unwrap(), None);
    act(&mut desk, ActKind::Undo, undone);
    assert!(desk.taken_down(page).unwrap().is_some());
}

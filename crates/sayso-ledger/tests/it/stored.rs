//! What goes in comes out again, once, and stays when it is read anew.

use crate::story::{FIRST, SECOND, page, reading, said};
use proptest::prelude::*;
use sayso_ledger::{Found, Kept, Ledger, Reading};
use sayso_record::{Block, BlockKind, Document, SourceKind, Span, Stance};

#[test]
fn what_goes_in_comes_out_again() {
    let ledger = Ledger::in_memory().unwrap();
    let document = page("Northwire", "The stamps say „April“.");
    let statements = [
        said(&document, SourceKind::Unnamed, "a senior official", &["Northwire", "Radio Ulmark"]),
        said(&document, SourceKind::Nobody, "", &[]),
    ];
    assert_eq!(ledger.store(&[reading(&document, &statements)]).unwrap(), [Kept::New]);
    assert_eq!(ledger.document(document.id).unwrap(), Some(document.clone()));
    assert_eq!(ledger.statements_in(document.id).unwrap(), statements);
    assert_eq!(ledger.statement(statements[1].id).unwrap().as_ref(), Some(&statements[1]));
    assert_eq!(ledger.readings_of(document.id).unwrap()[0].found_at, "page.html");
}

#[test]
fn the_same_page_twice_adds_nothing() {
    let ledger = Ledger::in_memory().unwrap();
    let document = page("Northwire", "The stamps say April.");
    let statements = [said(&document, SourceKind::Person, "Tobias Rennick", &[])];
    let once = reading(&document, &statements);
    let twice = Reading { read_at: "2027-01-01T00:00:00Z", found_at: "copy.html", ..once };
    assert_eq!(ledger.store(&[once, twice]).unwrap(), [Kept::New, Kept::Known]);
    assert_eq!(ledger.store(&[twice]).unwrap(), [Kept::Known]);
    assert_eq!(ledger.statements_in(document.id).unwrap().len(), 1);
    let readings = ledger.readings_of(document.id).unwrap();
    assert_eq!((readings.len(), readings[0].read_at.as_str()), (1, "2026-11-23T08:00:00Z"));
}

#[test]
fn another_reader_answers_beside_the_first() {
    let ledger = Ledger::in_memory().unwrap();
    let document = page("Northwire", "The stamps say April.");
    let old = [said(&document, SourceKind::Person, "Tobias Rennick", &[])];
    let mut new = old.clone();
    new[0].stance = Stance::Asserts;
    let first = reading(&document, &old);
    let second = Reading { statements: &new, reader: SECOND, ..first };
    assert_eq!(ledger.store(&[first]).unwrap(), [Kept::New]);
    assert_eq!(ledger.store(&[second]).unwrap(), [Kept::ReadAnew]);
    assert_eq!(ledger.statements_in(document.id).unwrap()[0].stance, Stance::Asserts);
    let readers: Vec<String> =
        ledger.readings_of(document.id).unwrap().into_iter().map(|past| past.reader).collect();
    assert_eq!(readers, [FIRST, SECOND]);
    // The older reader comes by again: its answer is there, and does not push the newer one aside.
    assert_eq!(ledger.store(&[first]).unwrap(), [Kept::Known]);
    assert_eq!(ledger.statements_in(document.id).unwrap()[0].stance, Stance::Asserts);
}

#[test]
fn mentions_are_never_merged_by_a_description() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sayso.db");
    let ledger = Ledger::create(&path, 0).unwrap();
    let pages = [page("Northwire", "Stamps."), page("Courier", "Stamps."), page("Courier", "Boats.")];
    for page in &pages {
        let statements = [
            said(page, SourceKind::Unnamed, "a senior official", &["Northwire"]),
            said(page, SourceKind::Person, "Tobias Rennick", &[]),
            said(page, SourceKind::Person, "Rennick", &[]),
        ];
        ledger.store(&[reading(page, &statements)]).unwrap();
    }
    let connection = rusqlite::Connection::open(&path).unwrap();
    let sql = "SELECT name, outlet, statements, documents FROM sources ORDER BY name, outlet";
    let mut query = connection.prepare(sql).unwrap();
    let counted: Vec<(String, Option<String>, u32, u32)> = query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let line =
        |name: &str, outlet: Option<&str>, count| (name.to_owned(), outlet.map(str::to_owned), count, count);
    assert_eq!(
        counted,
        [
            line("Rennick", Some("Courier"), 2),
            line("Rennick", Some("Northwire"), 1),
            line("Tobias Rennick", None, 3),
            line("a senior official", Some("Courier"), 2),
            line("a senior official", Some("Northwire"), 1),
        ]
    );
}

#[test]
fn ids_are_found_by_their_first_digits() {
    let ledger = Ledger::in_memory().unwrap();
    let pages: Vec<Document> =
        (0..40).map(|number| page("Northwire", &format!("Barrel {number}."))).collect();
    for page in &pages {
        ledger.store(&[reading(page, &[])]).unwrap();
    }
    for page in &pages {
        let id = page.id.to_string();
        assert_eq!(ledger.find(&id, 9).unwrap(), [Found::Document(page.id)]);
        for digits in [1, 2, 3, 31] {
            let mut naive: Vec<_> = pages
                .iter()
                .map(|page| page.id)
                .filter(|other| other.to_string().starts_with(&id[..digits]))
                .collect();
            naive.sort();
            let naive: Vec<Found> = naive.into_iter().map(Found::Document).collect();
            assert_eq!(ledger.find(&id[..digits], 99).unwrap(), naive);
        }
    }
    for nothing in ["", "xyz", "é", "0123456789abcdef0123456789abcdef0"] {
        assert_eq!(ledger.find(nothing, 9).unwrap(), []);
    }
}

proptest! {
    #[test]
    fn any_document_comes_out_as_it_went_in(
        text in ".{0,80}", title in proptest::option::of(".{0,20}"), site in proptest::option::of(".{0,9}"),
        bylines in proptest::collection::vec(".{0,9}", 0..3), author in proptest::option::of(".{0,9}"),
    ) {
        let comment = BlockKind::Comment { author, author_url: None, published: None, parent: None };
        let block = Block { span: Span::new(0, text.len()), kind: comment, within: None, links: vec![] };
        let document = Document { text, title, site, bylines, blocks: vec![block], ..Document::default() }.seal();
        let ledger = Ledger::in_memory().unwrap();
        ledger.store(&[reading(&document, &[])]).unwrap();
        let back = ledger.document(document.id).unwrap().unwrap();
        prop_assert_eq!(back.clone().seal().id, document.id);
        prop_assert_eq!(back, document);
    }
}

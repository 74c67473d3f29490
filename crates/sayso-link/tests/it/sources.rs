//! Who is who: names in their many forms, and names that must stay apart.

use sayso_link::sources::{Everyone, Name, Reason};
use sayso_record::Span;

/// The labels of some mentions in documents, each a text and the names in it.
fn labels(documents: &[(&str, &[&str])]) -> Vec<Vec<(String, Reason)>> {
    let spans = |text: &str, names: &[&str]| -> Vec<Span> {
        let mut from = 0;
        let place = |name: &&str| {
            let start = from + text[from..].find(name).expect("the text holds the name");
            from = start + name.len();
            Span::new(start, from)
        };
        names.iter().map(place).collect()
    };
    let mut everyone = Everyone::default();
    documents.iter().for_each(|(text, names)| everyone.learn(text, &spans(text, names)));
    let resolve = |(text, names): &(&str, &[&str])| {
        let named = everyone.resolve(text, &spans(text, names));
        named.into_iter().map(|named| (named.label, named.reason)).collect()
    };
    documents.iter().map(resolve).collect()
}

#[test]
fn a_surname_stands_for_the_full_name_of_its_document() {
    let found = labels(&[("Mr. Ivo Brandt spoke. Brandt left.", &["Mr. Ivo Brandt", "Brandt"])]);
    assert_eq!(found[0][0].0, found[0][1].0);
    assert_eq!(found[0][1].1, Reason::Document);
}

#[test]
fn a_surname_that_two_people_share_is_never_merged() {
    let found = labels(&[
        ("Ivo Brandt spoke.", &["Ivo Brandt"]),
        ("Anna Brandt spoke.", &["Anna Brandt"]),
        ("Then Brandt left.", &["Brandt"]),
    ]);
    assert_eq!(found[2][0], ("brandt".to_owned(), Reason::Written));
}

#[test]
fn two_people_of_one_surname_in_one_document_stay_apart() {
    let found =
        labels(&[("Ivo Brandt met Anna Brandt. Brandt left.", &["Ivo Brandt", "Anna Brandt", "Brandt"])]);
    assert_ne!(found[0][0].0, found[0][1].0);
    assert!(found[0][2].0 != found[0][0].0 && found[0][2].0 != found[0][1].0);
}

#[test]
fn a_surname_that_is_unique_in_the_ledger_is_linked_and_says_so() {
    let found = labels(&[("Ivo Brandt spoke.", &["Ivo Brandt"]), ("Then Brandt left.", &["Brandt"])]);
    assert_eq!(found[1][0], ("ivo brandt".to_owned(), Reason::Ledger));
}

#[test]
fn initials_stand_for_the_name_they_are_made_of() {
    let found = labels(&[
        ("The Coast Protection Society met.", &["Coast Protection Society"]),
        ("CPS refused.", &["CPS"]),
        ("IBS refused.", &["IBS"]),
    ]);
    assert_eq!(found[0][0].0, found[1][0].0);
    assert_ne!(found[0][0].0, found[2][0].0);
}

#[test]
fn a_familiar_form_stands_for_the_only_one_of_that_name() {
    let found = labels(&[
        ("William Thorne spoke.", &["William Thorne"]),
        ("Bill Thorne went home.", &["Bill Thorne"]),
        ("Bob Thorne stayed.", &["Bob Thorne"]),
    ]);
    assert_eq!(found[1][0], ("william thorne".to_owned(), Reason::Ledger));
    assert_eq!(found[2][0].0, "bob thorne");
}

#[test]
fn places_and_their_people_are_one() {
    for (a, b) in [("U.S.", "American"), ("Dutch", "the Netherlands"), ("Iranian", "Iran"), ("UK", "British")]
    {
        assert_eq!(Name::of(a).words, Name::of(b).words, "{a}, {b}");
    }
    assert_ne!(Name::of("South Korea").words, Name::of("North Korea").words);
}

#[test]
fn titles_are_no_part_of_a_name() {
    assert_eq!(Name::person("U.S. Defense Secretary Robert Gates").words, ["robert", "gates"]);
    assert_eq!(Name::person("Gates").words, ["gates"]);
    assert_eq!(Name::of("General Motors Corp.").words, ["general", "motors"]);
}

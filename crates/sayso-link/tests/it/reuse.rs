//! Copied passages: fingerprints and alignment against counting every shingle.

use proptest::prelude::*;
use sayso_link::reuse::{ReuseIndex, SHINGLE_WORDS, Shingles, compare};
use std::collections::HashSet;

/// Containment by sets of words, as a reader would count it.
fn counted(a: &str, b: &str) -> f32 {
    let cut = |text: &str| -> HashSet<Vec<String>> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        words.windows(SHINGLE_WORDS).map(<[String]>::to_vec).collect()
    };
    let (a, b) = (cut(a), cut(b));
    let smaller = a.len().min(b.len());
    if smaller == 0 { 0.0 } else { a.intersection(&b).count() as f32 / smaller as f32 }
}

fn prose(words: &[u8]) -> String {
    words.iter().map(|word| format!("W{word}é")).collect::<Vec<_>>().join(" ")
}

proptest! {
    #[test]
    fn containment_is_what_counting_gives(
        a in prop::collection::vec(0u8..12, 0..60),
        b in prop::collection::vec(0u8..12, 0..60),
    ) {
        let (a, b) = (prose(&a), prose(&b));
        let found = Shingles::of(&a).containment(&Shingles::of(&b));
        prop_assert!((found - counted(&a, &b)).abs() < 1e-6);
    }

    #[test]
    fn a_copied_run_is_found_and_its_words_are_the_same(
        before in prop::collection::vec(0u8..200, 0..40),
        copied in prop::collection::vec(0u8..200, 12..60),
        after in prop::collection::vec(0u8..200, 0..40),
        own in prop::collection::vec(0u8..200, 0..40),
    ) {
        let original = prose(&[before, copied.clone(), after].concat());
        let copy = prose(&[own, copied].concat());
        let (first, second) = (Shingles::of(&original), Shingles::of(&copy));
        let mut index = ReuseIndex::default();
        index.add(0, &first.fingerprints());
        prop_assert_eq!(index.candidates(&second.fingerprints(), 1).first().map(|found| found.text), Some(0));
        for passage in compare(&first, &second).passages {
            let (a, b) = (passage.a.of(&original), passage.b.of(&copy));
            prop_assert_eq!(a.split(' ').next(), b.split(' ').next());
            prop_assert_eq!(a.split(' ').next_back(), b.split(' ').next_back());
        }
    }

    #[test]
    fn no_text_makes_it_panic(a in ".{0,300}", b in ".{0,300}") {
        let (a, b) = (Shingles::of(&a), Shingles::of(&b));
        prop_assert!((0.0..=1.0).contains(&compare(&a, &b).containment));
        prop_assert_eq!(a.is_empty(), a.fingerprints().is_empty());
    }
}

#[test]
fn a_passage_that_was_lightly_changed_is_one_passage() {
    let original = "On Monday the harbour board closed the old mole after two stones fell into the water near the ferry, \
                    and the ferry was sent to the north quay for the rest of the week.";
    let copy = "Readers write that the harbour board closed the old mole on Monday. The board closed the old mole after \
                two large stones fell into the water near the ferry, and the ferry was sent to the north quay again.";
    let overlap = compare(&Shingles::of(original), &Shingles::of(copy));
    let passages: Vec<(&str, &str)> =
        overlap.passages.iter().map(|passage| (passage.a.of(original), passage.b.of(copy))).collect();
    insta::assert_debug_snapshot!(passages);
}

#[test]
fn boilerplate_keeps_its_first_holders_only() {
    let boilerplate =
        Shingles::of("sign up for our letter and never miss a story from the coast again").fingerprints();
    let mut index = ReuseIndex::default();
    (0..1000).for_each(|text| index.add(text, &boilerplate));
    let found = index.candidates(&boilerplate, 1);
    assert_eq!(found.len(), 256);
    assert!(found.iter().all(|candidate| candidate.text < 256));
}

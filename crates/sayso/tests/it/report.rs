//! Pictures of chains of any size: folded until they can be looked at, with nobody lost.

use sayso::report::drawing::draw;
use sayso::report::picture::{Fold, Left, Picture};
use sayso::{Chain, ClaimAnswer, PageOf, RestsOn, Speaker, Step};
use sayso_record::{ClaimId, DocumentId, StatementId};
use sayso_weigh::{Standing, Truth};
use std::collections::BTreeSet;

fn statement(number: usize) -> StatementId {
    StatementId::of(&[&number.to_le_bytes()])
}

/// What outlet `number` prints, on the word of the outlets `from`.
fn chain(number: usize, from: &[usize], stands: Truth) -> Chain {
    let rests_on = |&from: &usize| RestsOn {
        statement: statement(from),
        because: "the same words".to_owned(),
        suggestion: None,
    };
    let source = Speaker { name: format!("Outlet {number:05}"), unnamed: false };
    let steps = vec![Step { source, held: true, stands, rests_on: from.iter().map(rests_on).collect() }];
    let page = PageOf {
        id: DocumentId::of(&[&number.to_le_bytes()]),
        title: Some(format!("Page {number}")),
        site: None,
        url: Some(format!("https://{number}.example/")),
        published: Some("2019-06-03".to_owned()),
    };
    let statement = statement(number);
    Chain {
        statement,
        for_it: true,
        possible: false,
        suggestion: None,
        stands,
        words: "the dam held".to_owned(),
        page,
        steps,
        because: Vec::new(),
    }
}

fn answer(chains: Vec<Chain>) -> ClaimAnswer {
    ClaimAnswer {
        id: ClaimId::default(),
        title: "Ann Lee: The dam held".to_owned(),
        words: "the dam held".to_owned(),
        standing: Standing::SingleSourced,
        possible_standing: None,
        sentence: "Said.".to_owned(),
        pro: Truth::True,
        con: Truth::False,
        independence_for: (1, 1),
        independence_against: (0, 0),
        origins: Vec::new(),
        all_speak_for: None,
        speaks_for: Vec::new(),
        single_points: Vec::new(),
        cut: Vec::new(),
        proofs: Vec::new(),
        documents: chains.len(),
        sources: chains.len(),
        denied_by: Vec::new(),
        withdrawn: 0,
        pending: Vec::new(),
        chains,
    }
}

fn assert_nobody_is_lost(answer: &ClaimAnswer, picture: &Picture) {
    let names: Vec<&String> = picture.voices.iter().flat_map(|voice| &voice.names).collect();
    let unique: BTreeSet<&String> = names.iter().copied().collect();
    assert_eq!((names.len(), unique.len()), (answer.chains.len(), answer.chains.len()));
    let chains: BTreeSet<usize> =
        picture.voices.iter().flat_map(|voice| voice.chains.iter().copied()).collect();
    assert_eq!(chains.len(), answer.chains.len());
    assert!(picture.edges.iter().all(|&(from, to)| from != to));
}

#[test]
fn copies_are_one_box_with_a_count() {
    let mut chains = vec![chain(0, &[], Truth::True)];
    chains.extend((1..10_000).map(|number| chain(number, &[0], Truth::True)));
    let answer = answer(chains);
    let picture = Picture::of(&answer.chains, true, &[]);
    assert_nobody_is_lost(&answer, &picture);
    assert_eq!((picture.voices.len(), picture.edges.as_slice()), (2, &[(0, 1)][..]));
    assert_eq!((picture.voices[1].names.len(), picture.voices[1].fold), (9_999, Fold::Alike));
    let page = sayso::report::page(&answer, None);
    assert!(page.contains("9999 sources") && page.contains("who pass on the same"));
}

#[test]
fn copies_that_fell_are_not_folded_into_those_that_stand() {
    let mut chains = vec![chain(0, &[], Truth::True)];
    chains.extend((1..9).map(|number| chain(number, &[0], Truth::True)));
    chains.extend((9..17).map(|number| chain(number, &[0], Truth::False)));
    let picture = Picture::of(&chains, true, &[]);
    let left: Vec<(Left, usize)> =
        picture.voices.iter().map(|voice| (voice.left, voice.names.len())).collect();
    assert_eq!(left, [(Left::Stands, 1), (Left::Stands, 8), (Left::Groundless, 8)]);
}

#[test]
fn a_row_of_ten_thousand_hands_is_one_box() {
    let chains = (0_usize..10_000).map(|number| {
        let from: Vec<usize> = number.checked_sub(1).into_iter().collect();
        chain(number, &from, Truth::True)
    });
    let answer = answer(chains.collect());
    let picture = Picture::of(&answer.chains, true, &[]);
    assert_nobody_is_lost(&answer, &picture);
    assert_eq!(picture.voices.iter().map(|voice| voice.names.len()).collect::<Vec<_>>(), [1, 9_998, 1]);
}

#[test]
fn any_tangle_is_small_enough_to_look_at() {
    // A small generator of numbers, so that the same tangles are drawn each time.
    let mut state = 11_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for count in [2, 40, 300, 10_000] {
        let chains: Vec<Chain> = (0..count)
            .map(|number| {
                let from: BTreeSet<usize> =
                    (0..next(4)).map(|_| next(count)).filter(|&at| at != number).collect();
                let stands = if next(3) == 0 { Truth::False } else { Truth::True };
                chain(number, &from.into_iter().collect::<Vec<_>>(), stands)
            })
            .collect();
        let answer = answer(chains);
        let picture = Picture::of(&answer.chains, true, &[]);
        assert_nobody_is_lost(&answer, &picture);
        assert!(picture.voices.len() <= 80, "{count} became {}", picture.voices.len());
        let drawn = draw(&picture, "for", "a tangle").into_string();
        assert_eq!(drawn.matches("class=\"box\"").count(), picture.voices.len());
        assert!(!drawn.contains("NaN") && !drawn.contains("inf"));
    }
}

//! Explanations as a person reads them, and that what they say is so.

use crate::case_files::read;
use crate::random::Ledger;
use sayso_weigh::{Case, Explanation, Moment, Side, Truth, Weighing, Why};

fn explain(case: &Case, claim: &str) -> String {
    let graph = case.graph();
    case.explain(&Weighing::new(&graph, Moment::ALL), case.claim(claim).unwrap())
}

#[test]
fn what_stands_is_explained_by_a_proof() {
    insta::assert_snapshot!(explain(&read("two_chains_one_mouth"), "closure"));
    insta::assert_snapshot!(explain(&read("no_two_disjoint"), "robbery"));
}

#[test]
fn what_does_not_stand_is_explained_by_what_blocks_it_or_by_its_loop() {
    insta::assert_snapshot!(explain(&read("own_words_only"), "factory-made"));
    insta::assert_snapshot!(explain(&read("circular_reference"), "middle-name"));
    insta::assert_snapshot!(explain(&read("forged_dossier"), "purchase"));
}

#[test]
fn what_is_open_is_explained_by_its_loop_of_undercuts() {
    let case = Case::parse(
        r#"{"statements": [
            {"id": "a", "source": "A", "document": "d1", "claim": "c", "basis": "first"},
            {"id": "b", "source": "B", "document": "d2", "claim": "e", "basis": "first"},
            {"id": "relay", "source": "R", "document": "d3", "claim": "f", "basis": [["claim:c"]]}],
            "undercuts": [["a", "b"], ["b", "a"]]}"#,
    )
    .unwrap();
    insta::assert_snapshot!(explain(&case, "f"));
    insta::assert_snapshot!(explain(&case, "c"));
}

/// Every explanation ends in something that can be checked, and its children have the values that make it so.
fn check(explanation: &Explanation) {
    let all = |value: Truth, below: &[Explanation]| below.iter().all(|child| child.value == value);
    let sound = match (&explanation.value, &explanation.why) {
        (Truth::True, Why::FirstHand | Why::Elsewhere) => true,
        (Truth::True, Why::Needs(needs)) => all(Truth::True, needs),
        (Truth::False, Why::Undercut(by)) => by.value == Truth::True,
        (Truth::False, Why::Lacks(lacking)) => !lacking.is_empty() && all(Truth::False, lacking),
        (Truth::False, Why::Loop(round)) => !round.is_empty(),
        (Truth::False, Why::FirstHand | Why::Needs(_) | Why::Open { .. }) => false,
        (Truth::False, _) => true,
        (Truth::Undefined, Why::Open { round, .. }) => round.iter().any(|step| step.undercut),
        (Truth::Undefined, why) => *why == Why::Elsewhere,
        (Truth::True, _) => false,
    };
    assert!(sound, "{explanation:#?}");
    match &explanation.why {
        Why::Needs(below) | Why::Lacks(below) => below.iter().for_each(check),
        Why::Undercut(by) => check(by),
        _ => {}
    }
}

#[test]
fn explanations_of_random_ledgers_can_be_checked() {
    for seed in 0..1_000 {
        let graph = Ledger::random(seed).graph();
        let weighing = Weighing::new(&graph, Moment::ALL);
        for claim in 0..graph.claim_count() as u32 {
            weighing.explain(claim, Side::For).iter().for_each(check);
            weighing.explain(claim, Side::Against).iter().for_each(check);
        }
    }
}

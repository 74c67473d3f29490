//! Standing at a date on either axis, and over time.

use crate::case_files::read;
use crate::random::{Ledger, Random};
use sayso_weigh::{ALWAYS, Act, Axis, Builder, Graph, Moment, Said, Side, Target, Weighing};

#[test]
fn a_history_runs_along_either_axis() {
    let case = read("one_informant");
    let claim = case.claim("labs-exist").unwrap();
    insta::assert_snapshot!(case.history(&case.graph(), claim, Axis::Published));
    insta::assert_snapshot!(case.history(&case.graph(), claim, Axis::Known));
    let case = read("forged_dossier");
    insta::assert_snapshot!(case.history(&case.graph(), case.claim("purchase").unwrap(), Axis::Published));
}

/// The ledger with a time from 0 to 9 on both axes for all statements, and its acts scattered over time, some of
/// them lifted again.
fn dated(ledger: &Ledger, seed: u64) -> Graph {
    let mut random = Random(seed ^ 0x5eed);
    let mut time = || i64::from(random.below(10));
    let mut builder = Builder::default();
    builder.sources(ledger.sources);
    ledger.sets_that_may_be_one().iter().for_each(|set| builder.may_be_one(set));
    for statement in &ledger.statements {
        let published = time();
        let said = Said {
            source: statement.source,
            document: Some(statement.document),
            claim: statement.claim,
            side: if statement.plus { Side::For } else { Side::Against },
            held: statement.held,
            published,
            known: published + time(),
        };
        let number = match &statement.basis {
            None => builder.first_hand(said),
            Some(alternatives) => builder.relayed(said, alternatives.iter().map(Vec::as_slice)),
        };
        statement.possible_basis.iter().for_each(|needs| builder.possible_basis(number, needs));
        if statement.possible {
            builder.possible_claim(number);
        }
    }
    let withdrawals = ledger.withdrawn.iter().map(|&at| Target::Statement(at));
    let discredits = ledger.discredited_sources.iter().map(|&at| Target::Source(at));
    let undercuts = ledger.undercuts.iter().map(|&(by, statement)| Target::Undercut { by, statement });
    for target in withdrawals.chain(discredits).chain(undercuts) {
        let published = time();
        builder.act(Act { target, in_force: true, published, known: published + time() });
        if published % 2 == 0 {
            builder.act(Act {
                target,
                in_force: false,
                published: published + 3,
                known: published + 3 + time(),
            });
        }
    }
    builder.build()
}

/// Every other ledger has possible links and sources that may be one.
fn either(seed: u64) -> Ledger {
    if seed.is_multiple_of(2) { Ledger::random(seed) } else { Ledger::doubtful(seed) }
}

#[test]
fn a_claim_alone_has_the_standing_that_it_has_among_all() {
    for seed in 0..1_000 {
        let graph = dated(&either(seed), seed);
        for (published_by, known_by) in [(2, 20), (5, 5), (5, 8), (9, 9), (20, 4), (20, 20)] {
            let moment = Moment { published_by, known_by };
            let weighing = Weighing::new(&graph, moment);
            for claim in 0..graph.claim_count() as u32 {
                let expected = weighing.is_said(claim).then_some(weighing.weight(claim).standing);
                assert_eq!(
                    graph.standing_at(claim, moment),
                    expected,
                    "seed {seed}, claim {claim}, {moment:?}"
                );
            }
        }
    }
}

#[test]
fn a_history_agrees_with_every_moment() {
    for seed in 0..400 {
        let graph = dated(&either(seed), seed);
        for claim in 0..graph.claim_count() as u32 {
            for axis in [Axis::Published, Axis::Known] {
                let history = graph.history(claim, axis);
                assert_eq!(history[0].from, ALWAYS);
                for time in -1..25 {
                    let moment = match axis {
                        Axis::Published => Moment { published_by: time, ..Moment::ALL },
                        Axis::Known => Moment { known_by: time, ..Moment::ALL },
                    };
                    let within = history.iter().rfind(|interval| interval.from <= time).unwrap();
                    assert!(within.until.is_none_or(|until| time < until));
                    assert_eq!(
                        within.standing,
                        graph.standing_at(claim, moment),
                        "seed {seed}, {axis:?} {time}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_date_is_its_whole_day() {
    let moment = Moment::by_dates(Some("1970-01-02"), None).unwrap();
    assert!(moment.covers(2 * 86_400 - 1, 0));
    assert!(!moment.covers(2 * 86_400, 0));
    assert_eq!(Moment::by_dates(Some("soon"), None), None);
}

//! What must be so whatever the ledger: copies add nothing, loops create nothing, and what is restored is as before.

use crate::random::{Ledger, Random, Statement};
use sayso_weigh::{Change, Moment, Need, Standing, Target, Weighing};

#[test]
fn a_copy_never_raises_independence() {
    for seed in 0..1_000 {
        let mut ledger = Ledger::random(seed);
        let graph = ledger.graph();
        let before = Weighing::new(&graph, Moment::ALL).weights().to_vec();
        let mut random = Random(seed);
        let of = random.below(ledger.statements.len() as u32);
        let original = ledger.statements[of as usize].clone();
        // What is copied has to be there for all to see: a copy of what we do not hold is a new relay of it.
        if !original.held {
            continue;
        }
        let source = ledger.sources;
        ledger.sources += 1;
        ledger.unnamed.push(None);
        ledger.statements.push(Statement {
            source,
            basis: Some(vec![vec![Need::Statement(of)]]),
            ..original
        });
        let graph = ledger.graph();
        let after = Weighing::new(&graph, Moment::ALL).weights().to_vec();
        for (claim, (was, is)) in before.iter().zip(&after).enumerate() {
            assert_eq!((was.pro, was.con), (is.pro, is.con), "seed {seed}, claim {claim}");
            // A copy of what nobody believes any more may still be believed, and so be told to run in a circle.
            let circular = was.standing == Standing::Unsourced && is.standing == Standing::Circular;
            assert!(was.standing == is.standing || circular, "seed {seed}, claim {claim}");
            assert_eq!(was.independence_for, is.independence_for, "seed {seed}, claim {claim}");
            assert_eq!(was.independence_against, is.independence_against, "seed {seed}, claim {claim}");
        }
    }
}

#[test]
fn a_loop_never_creates_standing() {
    for seed in 0..1_000 {
        let mut ledger = Ledger::random(seed);
        let count = ledger.statements.len() as u32;
        let graph = ledger.graph();
        let before = Weighing::new(&graph, Moment::ALL).weights().to_vec();
        let claim = Random(seed).below(graph.claim_count() as u32);
        for (me, other) in [(count, count + 1), (count + 1, count)] {
            ledger.statements.push(Statement {
                source: me % ledger.sources,
                document: 0,
                claim,
                plus: true,
                held: true,
                basis: Some(vec![vec![Need::Statement(other)]]),
                possible_basis: Vec::new(),
                possible: false,
            });
        }
        let graph = ledger.graph();
        let weighing = Weighing::new(&graph, Moment::ALL);
        for (claim, (was, is)) in before.iter().zip(weighing.weights()).enumerate() {
            assert_eq!((was.pro, was.con), (is.pro, is.con), "seed {seed}, claim {claim}");
            assert_eq!(was.independence_for, is.independence_for, "seed {seed}, claim {claim}");
            let circular = was.standing == Standing::Unsourced && is.standing == Standing::Circular;
            assert!(was.standing == is.standing || circular, "seed {seed}, claim {claim}");
        }
        assert!(weighing.statement(count).is_false() && weighing.statement(count + 1).is_false());
    }
}

#[test]
fn to_discredit_and_then_restore_is_the_identity() {
    for seed in 0..1_000 {
        let graph = Ledger::random(seed).graph();
        let mut weighing = Weighing::new(&graph, Moment::ALL);
        let before = weighing.weights().to_vec();
        for source in 0..graph.source_count() as u32 {
            let target = Target::Source(source);
            if weighing.is_in_force(target) {
                continue;
            }
            let there = weighing.apply(&[Change { target, in_force: true }]);
            let back = weighing.apply(&[Change { target, in_force: false }]);
            assert_eq!(weighing.weights(), before, "seed {seed}, source {source}");
            assert_eq!(there.fell, back.revived);
            assert_eq!(there.revived, back.fell);
        }
    }
}

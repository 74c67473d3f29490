//! What-if and acts, step by step, against weighing everything again.

use crate::random::{Ledger, Random};
use sayso_weigh::{Change, Graph, Moment, Target, Weighing};

fn random_change(random: &mut Random, ledger: &Ledger, graph: &Graph) -> Change {
    let statements = ledger.statements.len() as u32;
    let target = match random.below(7) {
        0 | 1 => Target::Source(random.below(graph.source_count() as u32)),
        2 => Target::Statement(random.below(statements)),
        3 => Target::Document(ledger.statements[random.below(statements) as usize].document),
        4 | 5 => Target::Undercut { by: random.below(statements), statement: random.below(statements) },
        _ => Target::Claim(random.below(graph.claim_count() as u32)),
    };
    // What was undercut is as often no longer undercut.
    if let Target::Undercut { .. } = target
        && random.chance(40)
        && !ledger.undercuts.is_empty()
    {
        let (by, statement) = ledger.undercuts[random.below(ledger.undercuts.len() as u32) as usize];
        return Change { target: Target::Undercut { by, statement }, in_force: false };
    }
    Change { target, in_force: random.chance(60) }
}

/// Does to the plain ledger what a change does to a weighing.
fn apply_plainly(ledger: &mut Ledger, change: Change) {
    fn put<T: PartialEq>(list: &mut Vec<T>, item: T, in_force: bool) {
        list.retain(|known| *known != item);
        if in_force {
            list.push(item);
        }
    }
    match change.target {
        Target::Source(source) => put(&mut ledger.discredited_sources, source, change.in_force),
        Target::Statement(at) => put(&mut ledger.withdrawn, at, change.in_force),
        Target::Document(document) => put(&mut ledger.discredited_documents, document, change.in_force),
        Target::Undercut { by, statement } => put(&mut ledger.undercuts, (by, statement), change.in_force),
        Target::Claim(claim) => put(&mut ledger.ruled, claim, change.in_force),
    }
}

fn assert_same(weighing: &Weighing, fresh: &Weighing, ledger: &Ledger, place: &str) {
    assert_eq!(weighing.weights(), fresh.weights(), "{place}: {ledger:#?}");
    for statement in 0..ledger.statements.len() as u32 {
        assert_eq!(
            weighing.statement(statement),
            fresh.statement(statement),
            "{place}, statement {statement}"
        );
    }
    for claim in 0..weighing.graph().claim_count() as u32 {
        let (now, anew) = (weighing.detail(claim), fresh.detail(claim));
        assert_eq!(now.origins, anew.origins, "{place}");
        assert_eq!(now.pro.single_points, anew.pro.single_points, "{place}");
        assert_eq!(now.pro.single_groups, anew.pro.single_groups, "{place}");
    }
}

fn acts_one_after_the_other(seed: u64, mut ledger: Ledger) {
    let graph = ledger.graph();
    let mut weighing = Weighing::new(&graph, Moment::ALL);
    let mut random = Random(seed.wrapping_mul(31) + 7);
    for step in 0..8 {
        let changes: Vec<Change> =
            (0..=random.below(2)).map(|_| random_change(&mut random, &ledger, &graph)).collect();
        let before = weighing.weights().to_vec();
        let tried = weighing.what_if(&changes);
        assert_eq!(weighing.weights(), before, "trying changes nothing: seed {seed}, step {step}");
        let effect = weighing.apply(&changes);
        assert_eq!(tried, effect, "seed {seed}, step {step}");
        changes.iter().for_each(|&change| apply_plainly(&mut ledger, change));
        let fresh_graph = ledger.graph();
        let fresh = Weighing::new(&fresh_graph, Moment::ALL);
        assert_same(&weighing, &fresh, &ledger, &format!("seed {seed}, step {step}, {changes:?}"));
        for (claim, (was, is)) in (0..).zip(before.iter().zip(weighing.weights())) {
            assert_eq!(effect.fell.contains(&claim), was.pro.is_true() && !is.pro.is_true());
            assert_eq!(effect.revived.contains(&claim), !was.pro.is_true() && is.pro.is_true());
            assert_eq!(effect.changed.iter().any(|shift| shift.claim == claim), was != is);
        }
    }
}

#[test]
fn acts_one_after_the_other_are_as_good_as_weighing_everything_again() {
    (0..1_000).for_each(|seed| acts_one_after_the_other(seed, Ledger::random(seed)));
}

#[test]
fn acts_in_large_loops_are_as_good_as_weighing_everything_again() {
    (0..300).for_each(|seed| acts_one_after_the_other(seed, Ledger::tangled(seed)));
}

#[test]
fn acts_on_doubtful_ledgers_are_as_good_as_weighing_everything_again() {
    (0..1_000).for_each(|seed| acts_one_after_the_other(seed, Ledger::doubtful(seed)));
    (0..300).for_each(|seed| acts_one_after_the_other(seed, Ledger::tangled(seed).doubted(seed)));
}

#[test]
#[ignore = "ten times the ordinary run"]
fn ten_thousand_sequences_of_acts() {
    (0..10_000).for_each(|seed| acts_one_after_the_other(seed, Ledger::doubtful(seed)));
    (0..10_000).for_each(|seed| acts_one_after_the_other(seed, Ledger::tangled(seed).doubted(seed)));
    (0..10_000).for_each(|seed| acts_one_after_the_other(seed, Ledger::random(seed)));
    (0..10_000).for_each(|seed| acts_one_after_the_other(seed, Ledger::tangled(seed)));
}

//! The same answers the slow way, straight from the definitions, and random ledgers compared with them.

use crate::random::Ledger;
use sayso_weigh::{Budget, Moment, Need, Standing, Truth, Weighing};
use std::collections::BTreeSet;

/// What stands under a guess at what is cut: the least set closed under the rules.
fn closure(ledger: &Ledger, live: &dyn Fn(u32) -> bool, cut: &dyn Fn(u32) -> bool) -> BTreeSet<u32> {
    let mut ok = BTreeSet::new();
    loop {
        let holds = |need: &Need| match *need {
            Need::Statement(at) => ok.contains(&at),
            Need::Claim(claim) => ledger.statements.iter().zip(0..).any(|(statement, at)| {
                statement.claim == claim && statement.plus && statement.held && ok.contains(&at)
            }),
        };
        let supported = |at: u32| match &ledger.statements[at as usize].basis {
            None => true,
            Some(alternatives) => alternatives.iter().any(|needs| needs.iter().all(holds)),
        };
        let next: BTreeSet<u32> =
            (0..ledger.statements.len() as u32).filter(|&at| live(at) && !cut(at) && supported(at)).collect();
        if next == ok {
            return ok;
        }
        ok = next;
    }
}

/// Whether a member of `ok` whose text is held undercuts a statement.
fn is_cut(ledger: &Ledger, ok: &BTreeSet<u32>, at: u32) -> bool {
    ledger
        .undercuts
        .iter()
        .any(|&(by, target)| target == at && ledger.statements[by as usize].held && ok.contains(&by))
}

/// The alternating fixpoint: what surely stands, and what possibly does.
fn alternate(ledger: &Ledger) -> (BTreeSet<u32>, BTreeSet<u32>) {
    let live = |at: u32| ledger.is_live(at);
    let mut sure = BTreeSet::new();
    loop {
        let possible = closure(ledger, &live, &|at| is_cut(ledger, &sure, at));
        let next = closure(ledger, &live, &|at| is_cut(ledger, &possible, at));
        if next == sure {
            return (sure, possible);
        }
        sure = next;
    }
}

fn value(sure: &BTreeSet<u32>, possible: &BTreeSet<u32>, at: u32) -> Truth {
    match (sure.contains(&at), possible.contains(&at)) {
        (true, _) => Truth::True,
        (false, true) => Truth::Undefined,
        (false, false) => Truth::False,
    }
}

pub(crate) fn statement_values(ledger: &Ledger) -> Vec<Truth> {
    let (sure, possible) = alternate(ledger);
    (0..ledger.statements.len() as u32).map(|at| value(&sure, &possible, at)).collect()
}

fn voices(ledger: &Ledger, claim: u32, plus: bool) -> impl Iterator<Item = u32> {
    let counts = move |at: &u32| {
        let statement = &ledger.statements[*at as usize];
        statement.claim == claim && statement.plus == plus && statement.held
    };
    (0..ledger.statements.len() as u32).filter(counts)
}

fn side(ledger: &Ledger, claim: u32, plus: bool) -> Truth {
    let values = statement_values(ledger);
    voices(ledger, claim, plus).map(|at| values[at as usize]).max().unwrap_or_default()
}

/// Whether a side still stands when sources fall, what is cut being held fixed.
fn survives(ledger: &Ledger, possible: &BTreeSet<u32>, claim: u32, plus: bool, fallen: u32) -> bool {
    let live = |at: u32| ledger.is_live(at) && fallen >> ledger.statements[at as usize].source & 1 == 0;
    let ok = closure(ledger, &live, &|at| is_cut(ledger, possible, at));
    voices(ledger, claim, plus).any(|at| ok.contains(&at))
}

/// (independence with unnamed sources merged, kept apart; single points), by trying all sets of sources.
fn independence(ledger: &Ledger, claim: u32, plus: bool) -> ((u32, u32), Vec<u32>) {
    let (_, possible) = alternate(ledger);
    let ends = |fallen: u32| !survives(ledger, &possible, claim, plus, fallen);
    if ends(0) {
        return ((0, 0), Vec::new());
    }
    let sets = || 0..1u32 << ledger.sources;
    let apart = sets().filter(|&fallen| ends(fallen)).map(u32::count_ones).min().unwrap();
    let class = |source: u32| ledger.unnamed[source as usize];
    // Merged: unnamed sources of a class fall together and count once.
    let whole_classes = |fallen: u32| {
        (0..ledger.sources).all(|a| {
            (0..ledger.sources)
                .all(|b| class(a).is_none() || class(a) != class(b) || (fallen >> a & 1) == (fallen >> b & 1))
        })
    };
    let count_merged = |fallen: u32| {
        let down = (0..ledger.sources).filter(|&source| fallen >> source & 1 == 1);
        let keys: BTreeSet<(u32, u32)> =
            down.map(|source| class(source).map_or((0, source), |class| (1, class))).collect();
        keys.len() as u32
    };
    let merged =
        sets().filter(|&fallen| whole_classes(fallen) && ends(fallen)).map(count_merged).min().unwrap();
    let single = (0..ledger.sources).filter(|&source| ends(1 << source)).collect();
    ((merged, apart), single)
}

/// A live held statement that only loops hold up, even with everything lifted.
fn rests_on_loop(ledger: &Ledger, claim: u32) -> bool {
    let lifted = Ledger {
        withdrawn: Vec::new(),
        discredited_sources: Vec::new(),
        discredited_documents: Vec::new(),
        undercuts: Vec::new(),
        ..ledger.clone()
    };
    let grounded = closure(&lifted, &|_| true, &|_| false);
    // The greatest set in which everything is supported: taken down from all.
    let mut held_up: BTreeSet<u32> = (0..ledger.statements.len() as u32).collect();
    loop {
        let holds = |need: &Need| match *need {
            Need::Statement(at) => held_up.contains(&at),
            Need::Claim(claim) => voices(ledger, claim, true).any(|at| held_up.contains(&at)),
        };
        let next: BTreeSet<u32> = (held_up.iter().copied())
            .filter(|&at| {
                let basis = &ledger.statements[at as usize].basis;
                basis
                    .as_ref()
                    .is_none_or(|alternatives| alternatives.iter().any(|needs| needs.iter().all(holds)))
            })
            .collect();
        if next == held_up {
            break;
        }
        held_up = next;
    }
    let mut statements =
        (0..ledger.statements.len() as u32).filter(|&at| ledger.statements[at as usize].claim == claim);
    statements.any(|at| {
        ledger.statements[at as usize].held
            && ledger.is_live(at)
            && held_up.contains(&at)
            && !grounded.contains(&at)
    })
}

fn standing(ledger: &Ledger, claim: u32) -> Standing {
    let unwithdrawn = Ledger { withdrawn: Vec::new(), ..ledger.clone() };
    let lifted = Ledger {
        discredited_sources: Vec::new(),
        discredited_documents: Vec::new(),
        undercuts: Vec::new(),
        ..unwithdrawn.clone()
    };
    match (side(ledger, claim, true), side(ledger, claim, false)) {
        (Truth::Undefined, _) | (_, Truth::Undefined) => Standing::Unresolved,
        (Truth::True, Truth::True) => Standing::Contested,
        (Truth::True, Truth::False) if independence(ledger, claim, true).1.is_empty() => {
            Standing::Corroborated
        }
        (Truth::True, Truth::False) => Standing::SingleSourced,
        (Truth::False, Truth::True) => {
            let two = independence(ledger, claim, false).1.is_empty();
            if two || ledger.ruled.contains(&claim) { Standing::Refuted } else { Standing::Denied }
        }
        (Truth::False, Truth::False) if side(&unwithdrawn, claim, true).is_true() => Standing::Withdrawn,
        (Truth::False, Truth::False) if side(&lifted, claim, true).is_true() => Standing::Fallen,
        (Truth::False, Truth::False) if rests_on_loop(ledger, claim) => Standing::Circular,
        (Truth::False, Truth::False) => Standing::Unsourced,
    }
}

pub(crate) fn compare(ledger: &Ledger, seed: u64) {
    let graph = ledger.graph();
    let weighing = Weighing::new(&graph, Moment::ALL);
    for (at, expected) in (0..).zip(statement_values(ledger)) {
        assert_eq!(weighing.statement(at), expected, "seed {seed}, statement {at}: {ledger:#?}");
    }
    for claim in 0..graph.claim_count() as u32 {
        let weight = weighing.weight(claim);
        let place = format!("seed {seed}, claim {claim}: {ledger:#?}");
        assert_eq!(weight.standing, standing(ledger, claim), "{place}");
        let detail = weighing.detail(claim);
        let (range, single_points) = independence(ledger, claim, true);
        assert_eq!(weight.independence_for, range, "{place}");
        assert_eq!(detail.pro.single_points, single_points, "{place}");
        assert_eq!(weight.independence_against, independence(ledger, claim, false).0, "{place}");
        if weight.pro.is_true() {
            let (_, possible) = alternate(ledger);
            let fallen = detail.pro.cut.iter().fold(0, |fallen, source| fallen | 1 << source);
            assert!(!survives(ledger, &possible, claim, true, fallen), "the cut does not end it: {place}");
            assert_eq!(detail.pro.cut.len() as u32, range.1, "{place}");
            assert!(!detail.origins.is_empty(), "{place}");
        }
        assert_eq!(
            graph.standing_at(claim, Moment::ALL),
            weighing.is_said(claim).then_some(weight.standing),
            "{place}"
        );
    }
}

#[test]
fn past_its_budget_independence_is_a_range_that_holds_the_truth() {
    let mut ranges = 0;
    for seed in 0..1_000 {
        let ledger = Ledger::random(seed);
        let graph = ledger.graph();
        let weighing = Weighing::with_budget(&graph, Moment::ALL, Budget { steps: 0 });
        for claim in 0..graph.claim_count() as u32 {
            let (least, most) = weighing.weight(claim).independence_for;
            let (truth, single_points) = independence(&ledger, claim, true);
            assert!(least <= truth.0 && truth.1 <= most, "seed {seed}, claim {claim}: {ledger:#?}");
            assert_eq!(weighing.weight(claim).single_points, single_points.len() as u32);
            ranges += u32::from(least < truth.0 || truth.1 < most);
        }
    }
    assert!(ranges > 0, "some ledger must need more than no step");
}

#[test]
fn a_thousand_ledgers_are_weighed_as_the_definitions_say() {
    (0..1_000).for_each(|seed| compare(&Ledger::random(seed), seed));
}

#[test]
#[ignore = "ten times the ordinary run"]
fn ten_thousand_ledgers_are_weighed_as_the_definitions_say() {
    (0..10_000).for_each(|seed| compare(&Ledger::random(seed), seed));
}

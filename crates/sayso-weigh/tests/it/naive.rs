//! The same answers the slow way, straight from the definitions, and random ledgers compared with them.

use crate::random::Ledger;
use sayso_weigh::{Budget, Case, Moment, Need, Standing, Truth, Weighing};
use std::collections::BTreeSet;

/// What stands under a guess at what is cut: the least set closed under the rules.
fn closure(ledger: &Ledger, live: &dyn Fn(u32) -> bool, cut: &dyn Fn(u32) -> bool) -> BTreeSet<u32> {
    let mut ok = BTreeSet::new();
    loop {
        let holds = |need: &Need| match *need {
            Need::Statement(at) => ok.contains(&at),
            Need::Claim(claim) => ledger.statements.iter().zip(0..).any(|(statement, at)| {
                statement.claim == claim
                    && !statement.possible
                    && statement.plus
                    && statement.held
                    && ok.contains(&at)
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
        statement.claim == claim && !statement.possible && statement.plus == plus && statement.held
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

/// For every source the least source that it may be one with, directly or through others.
fn groups(ledger: &Ledger) -> Vec<u32> {
    let mut sets = ledger.sets_that_may_be_one();
    for class in ledger.unnamed.iter().flatten() {
        let of_class = (0..ledger.sources).filter(|&source| ledger.unnamed[source as usize] == Some(*class));
        sets.push(of_class.collect());
    }
    let mut group: Vec<u32> = (0..ledger.sources).collect();
    // Each round passes the least number on through every set, until all that hang together have it.
    for _ in 0..ledger.sources {
        for set in sets.iter().filter(|set| !set.is_empty()) {
            let least = set.iter().map(|&source| group[source as usize]).min().unwrap();
            set.iter().for_each(|&source| group[source as usize] = least);
        }
    }
    group
}

/// How many sources fall on one side, at least and at most, by trying all sets of sources; and what ends it alone.
#[derive(Default)]
struct Independence {
    /// The least number of groups, of sources.
    merged: u32,
    apart: u32,
    single_points: Vec<u32>,
    /// Groups of several sources, none of which ends it by itself, that end it together; each by its least source.
    single_groups: Vec<u32>,
}

fn independence(ledger: &Ledger, claim: u32, plus: bool) -> Independence {
    let (_, possible) = alternate(ledger);
    let ends = |fallen: u32| !survives(ledger, &possible, claim, plus, fallen);
    if ends(0) {
        return Independence::default();
    }
    let group = groups(ledger);
    let members = |of: u32| -> u32 {
        (0..ledger.sources).filter(|&at| group[at as usize] == of).fold(0, |set, source| set | 1 << source)
    };
    let leaders = || (0..ledger.sources).filter(|&source| group[source as usize] == source);
    let sets = || 0..1u32 << ledger.sources;
    let ending = sets().filter(|&fallen| ends(fallen));
    let mut found = Independence { merged: u32::MAX, apart: u32::MAX, ..Independence::default() };
    for fallen in ending {
        found.apart = found.apart.min(fallen.count_ones());
        if leaders().all(|of| fallen & members(of) == 0 || fallen & members(of) == members(of)) {
            found.merged = found.merged.min(leaders().filter(|of| fallen >> of & 1 == 1).count() as u32);
        }
    }
    found.single_points = (0..ledger.sources).filter(|&source| ends(1 << source)).collect();
    let has_single_point = |of: u32| found.single_points.iter().any(|point| members(of) >> point & 1 == 1);
    found.single_groups = leaders().filter(|&of| ends(members(of)) && !has_single_point(of)).collect();
    found
}

/// Whether the fall of one ends a side: of one source, or of one group where the lower end decides.
fn one_ends(ledger: &Ledger, claim: u32, plus: bool) -> bool {
    let found = independence(ledger, claim, plus);
    if ledger.lower_end_decides { found.merged == 1 } else { !found.single_points.is_empty() }
}

/// The range as it is told: possible links count for its upper end alone.
fn range(ledger: &Ledger, claim: u32, plus: bool) -> (u32, u32) {
    let sure = independence(ledger, claim, plus);
    let possible = independence(&ledger.with_possible_links(), claim, plus);
    (sure.merged, sure.apart.max(possible.apart))
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
            && !ledger.statements[at as usize].possible
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
        (Truth::True, Truth::False) if one_ends(ledger, claim, true) => Standing::SingleSourced,
        (Truth::True, Truth::False) => Standing::Corroborated,
        (Truth::False, Truth::True) => {
            let two = !one_ends(ledger, claim, false);
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
    let group = groups(ledger);
    for claim in 0..graph.claim_count() as u32 {
        let weight = weighing.weight(claim);
        let place = format!("seed {seed}, claim {claim}: {ledger:#?}");
        assert_eq!(weight.standing, standing(ledger, claim), "{place}");
        assert_eq!(weight.possible_standing, standing(&ledger.with_possible_links(), claim), "{place}");
        let detail = weighing.detail(claim);
        let sure = independence(ledger, claim, true);
        assert_eq!(weight.independence_for, range(ledger, claim, true), "{place}");
        assert_eq!(weight.independence_against, range(ledger, claim, false), "{place}");
        assert_eq!(detail.pro.range, weight.independence_for, "{place}");
        assert_eq!(detail.pro.single_points, sure.single_points, "{place}");
        let leader = |sources: &Vec<u32>| group[sources[0] as usize];
        let mut single_groups: Vec<u32> = detail.pro.single_groups.iter().map(leader).collect();
        single_groups.sort_unstable();
        let expected = if ledger.lower_end_decides { sure.single_groups } else { Vec::new() };
        assert_eq!(single_groups, expected, "{place}");
        let (_, possible) = alternate(ledger);
        let ends = |sources: &[u32]| {
            let fallen = sources.iter().fold(0, |fallen, source| fallen | 1 << source);
            !survives(ledger, &possible, claim, true, fallen)
        };
        for sources in &detail.pro.single_groups {
            assert!(ends(sources), "the group does not end it: {place}");
            assert!(sources.iter().all(|&source| group[source as usize] == leader(sources)), "{place}");
        }
        assert_eq!(detail.pro.cut.len() as u32, weight.independence_for.1, "{place}");
        if weight.pro.is_true() {
            assert!(!detail.origins.is_empty(), "{place}");
        }
        // Where an undercut may rest on possible links, these may also take away what is sure.
        if weight.pro.is_true() && ledger.undercuts.is_empty() {
            assert!(ends(&detail.pro.cut), "the cut does not end it: {place}");
        }
        assert_eq!(
            graph.standing_at(claim, Moment::ALL),
            weighing.is_said(claim).then_some(weight.standing),
            "{place}"
        );
    }
    let case = Case::parse(&ledger.case_file()).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    let of_case = case.graph();
    let of_case = Weighing::new(&of_case, Moment::ALL);
    for claim in 0..graph.claim_count() as u32 {
        if let Some(number) = case.claim(&format!("c{claim}")) {
            let weights = (of_case.weight(number), weighing.weight(claim));
            assert_eq!(weights.0, weights.1, "as a case file, seed {seed}, claim {claim}: {ledger:#?}");
        }
    }
}

#[test]
fn past_its_budget_independence_is_a_range_that_holds_the_truth() {
    let mut ranges = 0;
    for (seed, ledger) in
        (0..1_000).flat_map(|seed| [(seed, Ledger::random(seed)), (seed, Ledger::doubtful(seed))])
    {
        let graph = ledger.graph();
        let weighing = Weighing::with_budget(&graph, Moment::ALL, Budget { steps: 0 });
        for claim in 0..graph.claim_count() as u32 {
            let weight = weighing.weight(claim);
            let (least, most) = weight.independence_for;
            let truth = range(&ledger, claim, true);
            assert!(least <= truth.0 && truth.1 <= most, "seed {seed}, claim {claim}: {ledger:#?}");
            let single_points = independence(&ledger, claim, true).single_points;
            assert_eq!(weight.single_points, single_points.len() as u32);
            assert_eq!(weight.standing, standing(&ledger, claim), "seed {seed}, claim {claim}: {ledger:#?}");
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
fn a_thousand_doubtful_ledgers_are_weighed_as_the_definitions_say() {
    (0..1_000).for_each(|seed| compare(&Ledger::doubtful(seed), seed));
}

#[test]
#[ignore = "ten times the ordinary run"]
fn ten_thousand_ledgers_are_weighed_as_the_definitions_say() {
    (0..10_000).for_each(|seed| compare(&Ledger::random(seed), seed));
    (0..10_000).for_each(|seed| compare(&Ledger::doubtful(seed), seed));
}

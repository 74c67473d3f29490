//! SWI-Prolog as an oracle: its tabling computes the well-founded model of the rules as they are written down.

use crate::random::Ledger;
use sayso_weigh::{Model, Moment, Need, Side, Truth};
use std::fmt::Write as _;
use std::process::Command;

const RULES: &str = include_str!("weigh.pl");

fn facts(text: &mut String, number: u64, ledger: &Ledger) {
    for (at, statement) in (0u32..).zip(&ledger.statements) {
        let side = if statement.plus { "for" } else { "against" };
        let _ =
            writeln!(text, "statement({number}, {at}). says({number}, {at}, {}, {side}).", statement.claim);
        if statement.held {
            let _ = writeln!(text, "held({number}, {at}).");
        }
        if ledger.is_live(at) {
            let _ = writeln!(text, "live({number}, {at}).");
        }
        for needs in statement.basis.iter().flatten() {
            let need = |need: &Need| match need {
                Need::Statement(at) => format!("statement({at})"),
                Need::Claim(claim) => format!("claim({claim})"),
            };
            let needs = needs.iter().map(need).collect::<Vec<_>>().join(", ");
            let _ = writeln!(text, "alternative({number}, {at}, [{needs}]).");
        }
        if statement.basis.is_none() {
            let _ = writeln!(text, "first({number}, {at}).");
        }
    }
    for (by, target) in &ledger.undercuts {
        let _ = writeln!(text, "undercuts({number}, {by}, {target}).");
    }
    for claim in 0..ledger.claims {
        let _ = writeln!(text, "claim({number}, {claim}).");
    }
}

/// What SWI-Prolog says of many ledgers; none where it is not installed.
fn ask(seeds: std::ops::Range<u64>) -> Option<String> {
    let first = seeds.start;
    let mut program = RULES.to_owned();
    seeds.for_each(|seed| facts(&mut program, seed, &Ledger::random(seed)));
    let path = format!("{}/weigh-{first}.pl", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&path, program).unwrap();
    match Command::new("swipl").args(["-q", "-g", "main", "-t", "halt", &path]).output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            Some(String::from_utf8(output.stdout).unwrap())
        }
        Err(error) => {
            eprintln!(
                "NOTICE: the SWI-Prolog oracle was skipped, since swipl cannot be run ({error}); install swi-prolog-nox"
            );
            None
        }
    }
}

fn truth(word: &str) -> Truth {
    match word {
        "true" => Truth::True,
        "false" => Truth::False,
        "undefined" => Truth::Undefined,
        _ => panic!("swipl said {word:?}"),
    }
}

fn compare(seeds: std::ops::Range<u64>) {
    let Some(answers) = ask(seeds.clone()) else { return };
    let mut lines = answers.lines().map(|line| line.split(' ').collect::<Vec<_>>());
    let mut expect = |kind: &str, seed: u64, at: u32| {
        let line = lines.find(|line| line[0] == kind).expect("an answer for everything asked");
        assert_eq!(line[1..3], [seed.to_string(), at.to_string()]);
        line[3..].iter().map(|word| truth(word)).collect::<Vec<_>>()
    };
    let ledgers: Vec<(u64, Ledger)> = seeds.map(|seed| (seed, Ledger::random(seed))).collect();
    let graphs: Vec<_> = ledgers.iter().map(|(_, ledger)| ledger.graph()).collect();
    for ((seed, ledger), graph) in ledgers.iter().zip(&graphs) {
        let model = Model::new(graph, Moment::ALL);
        for at in 0..ledger.statements.len() as u32 {
            assert_eq!(
                [model.statement(at)],
                expect("ok", *seed, at)[..],
                "seed {seed}, statement {at}: {ledger:#?}"
            );
        }
    }
    for ((seed, ledger), graph) in ledgers.iter().zip(&graphs) {
        let model = Model::new(graph, Moment::ALL);
        for claim in 0..ledger.claims {
            let expected = expect("claim", *seed, claim);
            if (claim as usize) < graph.claim_count() {
                let sides = [model.side(claim, Side::For), model.side(claim, Side::Against)];
                assert_eq!(sides, expected[..], "seed {seed}, claim {claim}: {ledger:#?}");
            }
        }
    }
}

#[test]
fn prolog_agrees_on_a_thousand_ledgers() {
    compare(0..1_000);
}

#[test]
#[ignore = "ten times the ordinary run"]
fn prolog_agrees_on_ten_thousand_ledgers() {
    (0..10).for_each(|batch| compare(batch * 1_000..(batch + 1) * 1_000));
}

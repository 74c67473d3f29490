//! Worked cases, each a file with its story; what a file may hold; and errors that name the line.

use sayso_weigh::{Case, CaseFile, Change, Moment, Target, Weighing};
use std::path::{Path, PathBuf};

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

pub(crate) fn read(name: &str) -> Case {
    let path = folder().join(name).with_extension("json");
    let text = std::fs::read_to_string(&path).unwrap();
    Case::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// One line a claim: enough to see at once what a case comes to.
fn outline(name: &str, moment: Moment) -> String {
    let case = read(name);
    assert_eq!(case.notes(), [] as [&str; 0]);
    let graph = case.graph();
    let report = case.report(&mut Weighing::new(&graph, moment));
    let line = |(id, claim): &(String, sayso_weigh::ClaimReport)| {
        let range = sayso_weigh::show_range(claim.independence.pro);
        format!(
            "{id}: {}, independence {range}, origins {:?}, cut {:?}",
            claim.standing, claim.origins, claim.cut
        )
    };
    report.claims.0.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn now(name: &str) -> String {
    outline(name, Moment::ALL)
}

#[test]
fn one_informant_behind_scores_of_reports() {
    insta::assert_snapshot!(now("one_informant"));
    // What the second informant said stood in the estimate until it was known that he was a fabricator.
    let before = Moment::by_dates(None, Some("2003-01-01")).unwrap();
    insta::assert_snapshot!(outline("one_informant", before));
}

#[test]
fn an_encyclopedia_and_newspapers_in_a_circle() {
    insta::assert_snapshot!(now("circular_reference"));
    insta::assert_snapshot!(now("circular_reference_author_known"));
}

#[test]
fn three_services_and_one_forged_dossier() {
    insta::assert_snapshot!(now("forged_dossier"));
    let before = Moment::by_dates(Some("2003-03-06"), None).unwrap();
    insta::assert_snapshot!(outline("forged_dossier", before));
}

#[test]
fn an_author_takes_back_his_own_words_only() {
    insta::assert_snapshot!(now("own_words_only"));
}

#[test]
fn a_source_on_two_chains_is_one_source() {
    insta::assert_snapshot!(now("two_chains_one_mouth"));
}

#[test]
fn no_two_proofs_are_disjoint_and_yet_no_one_is_needed() {
    insta::assert_snapshot!(now("no_two_disjoint"));
}

#[test]
fn unnamed_sources_may_be_one_person() {
    insta::assert_snapshot!(now("two_officials"));
}

#[test]
fn the_form_of_the_answer() {
    let case = read("own_words_only");
    let graph = case.graph();
    let report = case.report(&mut Weighing::new(&graph, Moment::ALL));
    insta::assert_snapshot!(serde_json::to_string_pretty(&report).unwrap());
}

#[test]
fn the_schema_of_case_files() {
    let schema = serde_json::to_string_pretty(&schemars::schema_for!(CaseFile)).unwrap() + "\n";
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/case.schema.json"));
    if std::env::var_os("SAYSO_UPDATE_DOCS").is_some() {
        std::fs::write(path, &schema).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == schema,
        "docs/case.schema.json is out of step; run SAYSO_UPDATE_DOCS=1 cargo test -p sayso-weigh"
    );
}

#[test]
fn a_case_can_be_written_back() {
    for entry in std::fs::read_dir(folder()).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let case = Case::parse(&text).unwrap();
        let written = serde_json::to_string(case.file()).unwrap();
        assert_eq!(Case::parse(&written).unwrap().file(), case.file());
    }
}

/// A sound statement for line 2 of faulty files.
const SOUND: &str = r#"{"id": "a", "source": "S", "document": "d", "claim": "c", "polarity": "+", "held": true, "basis": "first"}"#;

#[test]
fn errors_name_the_line() {
    let statement = |more: &str| format!("{{\"statements\": [\n{SOUND},\n{more}\n]}}");
    let beside = |more: &str| format!("{{\"statements\": [\n{SOUND}\n],\n{more}\n}}");
    let faulty = [
        String::new(),
        "[1, 2]".to_owned(),
        "{\n\"statements\": [\n{\"id\": }]}".to_owned(),
        statement(SOUND),
        statement(r#"{"id": "b", "source": "S", "claim": "c", "basis": [["a"], ["x"]]}"#),
        statement(
            "{\"id\": \"b\", \"source\": \"S\", \"claim\": \"c\", \"basis\": [[\"a\"],\n[\"claim:cc\"]]}",
        ),
        statement(r#"{"id": "b", "source": "S", "claim": "c", "basis": "second"}"#),
        statement(r#"{"id": "b", "source": "S", "claim": "c", "polarity": "?", "basis": "first"}"#),
        statement(r#"{"id": "b", "source": "S", "claim": "c"}"#),
        statement(r#"{"id": "claim:b", "source": "S", "claim": "c", "basis": "first"}"#),
        statement(r#"{"id": "b", "source": "S", "claim": "c", "basis": "first", "published": "May"}"#),
        beside("\"undercuts\": [[\"a\", \"a\"],\n[\"a\", \"b\"]]"),
        beside("\"withdrawn\": [\"b\"]"),
        beside("\"discredited\": [\"source:S\",\n\"document:D\"]"),
        beside("\"discredited\": [\"S\"]"),
        beside("\"acts\": [{\"act\": \"discredit\", \"statement\": \"a\"}]"),
        beside("\"acts\": [\n{\"act\": \"withdraw\",\n\"statement\": \"aa\"}]"),
        beside("\"evidence\": [{\"claim\": \"c\", \"fits\": {\"h\": \"consistent\"}}]"),
    ];
    let errors: Vec<String> = faulty.iter().map(|text| Case::parse(text).unwrap_err().to_string()).collect();
    insta::assert_snapshot!(errors.join("\n"));
}

#[test]
fn a_statement_that_is_its_own_basis_is_circular() {
    let text =
        r#"{"statements": [{"id": "a", "source": "S", "document": "d", "claim": "c", "basis": [["a"]]}]}"#;
    let case = Case::parse(text).unwrap();
    let graph = case.graph();
    assert_eq!(Weighing::new(&graph, Moment::ALL).weight(0).standing.name(), "circular");
}

#[test]
fn a_source_that_is_listed_and_silent_can_be_discredited() {
    let text =
        format!(r#"{{"statements": [{SOUND}], "sources": {{"T": {{}}}}, "discredited": ["source:T"]}}"#);
    let case = Case::parse(&text).unwrap();
    let graph = case.graph();
    let mut weighing = Weighing::new(&graph, Moment::ALL);
    let target = Target::Source(case.source("T").unwrap());
    assert!(weighing.is_in_force(target));
    assert!(weighing.apply(&[Change { target, in_force: false }]).changed.is_empty());
}

#[test]
fn what_means_nothing_is_said_and_left_out() {
    let text =
        format!("\u{feff}{{\"statements\": [{SOUND}], \"undercut\": [], \"sources\": {{\"T\": {{}}}}}}");
    insta::assert_snapshot!(Case::parse(&text).unwrap().notes().join("\n"));
}

#[test]
fn hostile_files_end_in_an_error() {
    assert!(Case::parse(&"[".repeat(1_000_000)).is_err());
    let nested = |field: &str| format!("{{{field}: {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(Case::parse(&nested("\"statements\"")).is_err());
    // What means nothing is passed over without being built.
    assert!(Case::parse(&nested("\"statements\": [], \"x\"")).is_ok());
}

#[test]
fn a_chain_of_twenty_thousand_relays_is_weighed_and_explained() {
    let mut statements =
        vec![r#"{"id": "0", "source": "S", "claim": "c", "held": false, "basis": "first"}"#.to_owned()];
    for at in 1..20_000 {
        let before = at - 1;
        statements.push(format!(
            r#"{{"id": "{at}", "source": "S{at}", "claim": "c", "held": {}, "basis": [["{before}"]]}}"#,
            at == 19_999
        ));
    }
    statements.reverse();
    let case = Case::parse(&format!(r#"{{"statements": [{}]}}"#, statements.join(","))).unwrap();
    let graph = case.graph();
    let weighing = Weighing::new(&graph, Moment::ALL);
    assert_eq!(weighing.weight(0).standing.name(), "single-sourced");
    assert_eq!(weighing.detail(0).pro.single_points.len(), 20_000);
    assert!(case.explain(&weighing, 0).lines().count() > 50);
}

//! Links that are only possible, and sources that may be one: worked cases.

use crate::case_files::read;
use sayso_weigh::{
    Alternative, Basis, Case, CaseReport, Change, ClaimReport, Moment, Side, Standing, Target, Truth,
    Weighing,
};

fn report(case: &Case) -> CaseReport {
    assert_eq!(case.notes(), [] as [&str; 0]);
    let graph = case.graph();
    case.report(&mut Weighing::new(&graph, Moment::ALL))
}

fn claim(case: &str, id: &str) -> ClaimReport {
    report(&read(case)).claims.get(id).unwrap().clone()
}

/// Two people who each say it on a page of their own, with more of the file behind that.
fn two_people(more: &str) -> Case {
    let text = format!(
        r#"{{"statements": [
            {{"id": "a", "source": "Ann", "document": "d1", "claim": "c", "basis": "first"}},
            {{"id": "b", "source": "Ben", "document": "d2", "claim": "c", "basis": "first"}}]{more}}}"#
    );
    Case::parse(&text).unwrap()
}

fn weighed(case: &Case) -> ClaimReport {
    report(case).claims.get("c").unwrap().clone()
}

#[test]
fn two_names_may_be_one_person() {
    let told = claim("two_names", "bridge-closes");
    assert_eq!((told.standing, told.independence.pro), (Standing::SingleSourced, (1, 2)));
    assert_eq!(told.single_points, [] as [&str; 0]);
    assert_eq!(told.single_groups, [["Donald Trump", "Trump"]]);
    assert_eq!(told.cut, ["Donald Trump", "Trump"]);
    // Who is somebody else for sure corroborates it.
    let told = claim("two_names", "bridge-is-old");
    assert_eq!((told.standing, told.independence.pro), (Standing::Corroborated, (2, 3)));
    assert_eq!(told.single_groups, [] as [Vec<String>; 0]);
}

#[test]
fn two_people_of_one_government_are_one_origin() {
    let told = claim("one_government", "factory-exists");
    assert_eq!((told.standing, told.independence.pro), (Standing::SingleSourced, (1, 2)));
    assert_eq!(told.single_groups, [["Gates", "a senior U.S. defense official"]]);
    let told = claim("one_government", "factory-closed");
    assert_eq!((told.standing, told.con, told.independence.con), (Standing::Denied, Truth::True, (1, 2)));
}

#[test]
fn to_discredit_an_organisation_reaches_all_who_speak_for_it() {
    let case = read("one_government");
    let speakers = case.speakers("U.S. government").unwrap();
    let names: Vec<u32> =
        ["Gates", "a senior U.S. defense official"].map(|name| case.source(name).unwrap()).into();
    assert_eq!(speakers, names);
    let text = serde_json::to_string(case.file()).unwrap();
    for (entry, left) in [("affiliation:U.S. government", 0), ("source:Gates", 1)] {
        let text = text.replacen('{', &format!("{{\"discredited\": [\"{entry}\"],"), 1);
        let case = Case::parse(&text).unwrap();
        let told = report(&case).claims.get("factory-exists").unwrap().clone();
        assert_eq!(told.independence.pro, (left, left), "{entry}");
    }
    let unknown = text.replacen('{', "{\"discredited\": [\"affiliation:U.S. goverment\"],", 1);
    insta::assert_snapshot!(Case::parse(&unknown).unwrap_err());
}

#[test]
fn an_organisation_that_is_a_source_is_among_those_who_speak_for_it() {
    let told = weighed(&two_people(r#", "speaks_for": {"Ann": "Ben"}"#));
    assert_eq!((told.standing, told.independence.pro), (Standing::SingleSourced, (1, 2)));
}

#[test]
fn a_possible_join_corroborates_nothing_and_is_told() {
    let told = claim("possible_join", "bridge-closes");
    assert_eq!((told.standing, told.independence.pro), (Standing::SingleSourced, (1, 2)));
    assert_eq!(told.possible_standing, Some(Standing::Corroborated));
    assert_eq!((&told.single_points[..], told.cut.len()), (&["the mayor".to_owned()][..], 2));
    // Of what is only possibly said nothing stands.
    let told = claim("possible_join", "bridge-moves");
    assert_eq!((told.standing, told.pro), (Standing::Unsourced, Truth::False));
    assert_eq!(told.possible_standing, Some(Standing::SingleSourced));
    assert_eq!(told.independence.pro, (0, 1));
    // What rests on it for sure does not stand either.
    let told = claim("possible_join", "bridge-is-moved-by-night");
    assert_eq!((told.standing, told.possible_standing), (Standing::Unsourced, Some(Standing::SingleSourced)));
}

#[test]
fn a_possible_basis_holds_nothing_up_and_is_told() {
    let text = |alternative: &str| {
        format!(
            r#"{{"statements": [
                {{"id": "a", "source": "Ann", "claim": "c", "held": false, "basis": "first"}},
                {{"id": "b", "source": "Ben", "document": "d", "claim": "c", "basis": [{alternative}]}}]}}"#
        )
    };
    let possible = Case::parse(&text(r#"{"all": ["a"], "possible": true}"#)).unwrap();
    let told = weighed(&possible);
    assert_eq!((told.standing, told.possible_standing), (Standing::Unsourced, Some(Standing::SingleSourced)));
    assert_eq!(told.independence.pro, (0, 1));
    for sure in [r#"{"all": ["a"]}"#, r#"{"all": ["a"], "possible": false}"#, r#"["a"]"#] {
        let case = Case::parse(&text(sure)).unwrap();
        assert_eq!(
            (weighed(&case).standing, weighed(&case).possible_standing),
            (Standing::SingleSourced, None)
        );
        let alternative = Alternative { all: vec!["a".to_owned()], possible: false };
        assert_eq!(case.file().statements[1].basis, Basis::Alternatives(vec![alternative]));
    }
    let graph = possible.graph();
    assert!(
        Weighing::new(&graph, Moment::ALL).explain(0, Side::For).iter().all(|told| told.value.is_false())
    );
    insta::assert_snapshot!(possible.explain(&Weighing::new(&graph, Moment::ALL), 0));
}

#[test]
fn copies_count_once() {
    let told = claim("copies", "mill-burned");
    assert_eq!((told.standing, told.independence.pro), (Standing::SingleSourced, (1, 2)));
    assert_eq!(told.single_groups, [["Daily", "Weekly"]]);
    // Whom they quote is not their own voice.
    let told = claim("copies", "nobody-was-hurt");
    assert_eq!((told.standing, told.independence.pro), (Standing::Corroborated, (2, 2)));
}

#[test]
fn sets_that_overlap_are_joined() {
    let apart = r#", "groups": [["Ann", "Cleo"], ["Ben", "Dan"]]"#;
    let joined =
        r#", "groups": [["Ann", "Cleo"], ["Ben", "Dan"]], "speaks_for": {"Dan": "Eve", "Cleo": "Eve"}"#;
    let weighed = |more: &str| {
        let case = two_people(more);
        let graph = case.graph();
        Weighing::new(&graph, Moment::ALL).weight(0)
    };
    assert_eq!(weighed(apart).standing, Standing::Corroborated);
    assert_eq!(weighed(joined).standing, Standing::SingleSourced);
    assert_eq!(weighed(joined).independence_for, (1, 2));
}

#[test]
fn unnamed_sources_corroborate_nothing_where_anything_is_in_doubt() {
    let unnamed = r#", "sources": {"Ann": {"unnamed": true}, "Ben": {"unnamed": true}}"#;
    let told = weighed(&two_people(unnamed));
    assert_eq!((told.standing, told.independence.pro), (Standing::Corroborated, (1, 2)));
    let told = weighed(&two_people(&format!(r#"{unnamed}, "groups": [["Ann"]]"#)));
    assert_eq!((told.standing, told.independence.pro), (Standing::SingleSourced, (1, 2)));
}

#[test]
fn what_if_tells_what_only_possibly_falls() {
    let case = read("possible_join");
    let graph = case.graph();
    let mut weighing = Weighing::new(&graph, Moment::ALL);
    let target = Target::Source(case.source("the engineer").unwrap());
    let effect = case.effect_report(&weighing.what_if(&[Change { target, in_force: true }]));
    assert_eq!(
        (effect.falls.len(), effect.possibly_falls),
        (0, vec!["bridge-moves".to_owned(), "bridge-is-moved-by-night".to_owned()])
    );
    insta::assert_snapshot!(serde_json::to_string_pretty(&effect.changes).unwrap());
}

#[test]
fn doubts_about_nobody_are_noted() {
    let case = two_people(
        r#", "groups": [["Ann", "Anne"]], "speaks_for": {"Bob": "Ben"}, "copies": [["d1", "d3"]]"#,
    );
    insta::assert_snapshot!(case.notes().join("\n"));
}

//! Lists that come part by part hold what the whole list holds, in its order.

use crate::linking::story;
use sayso::{AsOf, ClaimFilter, Desk, ListPart, ListPlace, Standing, Wanted};
use sayso_record::{ActKind, Subject};
use std::ops::ControlFlow;

/// A list put together from parts of so many.
fn together<T, const N: usize>(
    count: usize,
    mut part: impl FnMut(Option<ListPlace<N>>, usize) -> ListPart<T, N>,
) -> Vec<T> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let part = part(after, count);
        assert!(part.lines.len() <= count);
        all.extend(part.lines);
        match part.next {
            // The place goes through writing and reading, as it does in an address.
            Some(next) => after = Some(next.to_string().parse().unwrap()),
            None => return all,
        }
    }
}

fn act(desk: &mut Desk, act: ActKind, on: Subject) {
    let (by, because) = ("a tester".to_owned(), "to see what comes".to_owned());
    desk.act(Wanted { act, on, with: None, by, because }, false).unwrap();
}

#[test]
fn claims() {
    let desk = story();
    let published_by = sayso::last_second("2019-06-05").unwrap();
    let earlier = AsOf { published_by, ..AsOf::NOW };
    let some = vec![Standing::SingleSourced, Standing::Contested];
    for (standings, changed_since, as_of) in [
        (vec![], None, AsOf::NOW),
        (vec![Standing::SingleSourced], None, AsOf::NOW),
        (some.clone(), None, AsOf::NOW),
        (some, None, earlier),
        (vec![], Some(0), AsOf::NOW),
    ] {
        let filter = ClaimFilter { standings, changed_since, as_of };
        let mut whole = Vec::new();
        desk.claims_that(&filter, &mut |line| {
            whole.push(line);
            ControlFlow::Continue(())
        })
        .unwrap();
        assert!(!whole.is_empty(), "{filter:?}");
        for count in [1, 7, 500] {
            let parts = together(count, |after, count| desk.claims_part(&filter, after, count).unwrap());
            assert_eq!(parts, whole, "{filter:?} in parts of {count}");
        }
    }
}

#[test]
fn sources() {
    let desk = story();
    let mut whole = desk.sources().unwrap();
    assert!(whole.len() > 10);
    for count in [1, 7, 500] {
        let mut parts = together(count, |after, count| desk.sources_part(after, count).unwrap());
        let heard: Vec<_> = parts.iter().map(|line| line.heard.said).collect();
        assert!(heard.is_sorted_by(|a, b| a >= b), "{heard:?}");
        // Who is heard as often as another may come before or after.
        parts.sort_by(|a, b| a.name.cmp(&b.name));
        whole.sort_by(|a, b| a.name.cmp(&b.name));
        assert_eq!(parts, whole, "in parts of {count}");
    }
}

#[test]
fn what_waits_and_the_log() {
    let mut desk = story();
    let statements: Vec<Subject> = desk
        .claims(None)
        .unwrap()
        .into_iter()
        .filter_map(|id| desk.claim(id, AsOf::NOW).unwrap()?.chains.first().map(|chain| chain.statement))
        .map(Subject::Statement)
        .collect();
    for on in statements.iter().take(6) {
        act(&mut desk, ActKind::Flag, on.clone());
    }
    act(&mut desk, ActKind::Confirm, statements[1].clone());
    act(&mut desk, ActKind::Flag, statements[2].clone());
    let sorted = |mut subjects: Vec<Subject>| {
        subjects.sort();
        subjects
    };
    let whole = sorted(desk.review(&[]).unwrap().matters.into_iter().map(|matter| matter.on).collect());
    assert!(
        whole.len() > 8 && whole.contains(&statements[0]) && !whole.contains(&statements[1]),
        "{whole:?}"
    );
    for count in [1, 3, 500] {
        let parts = together(count, |after, count| desk.review_part(&[], after, count).unwrap());
        let kinds: Vec<_> = parts.iter().map(|matter| matter.kind).collect();
        assert!(count > 1 || kinds.is_sorted(), "the gravest first: {kinds:?}");
        assert_eq!(sorted(parts.into_iter().map(|matter| matter.on).collect()), whole, "in parts of {count}");
    }
    let log: Vec<_> = desk.log().unwrap().into_iter().map(|logged| logged.act.id).collect();
    let ids = |range| -> Vec<_> {
        let (acts, total) = desk.log_part(range).unwrap();
        assert_eq!(total, log.len());
        acts.into_iter().map(|logged| logged.act.id).collect()
    };
    assert_eq!([ids(0..3), ids(3..usize::MAX)].concat(), log);
    assert!(ids(log.len()..usize::MAX).is_empty() && ids(usize::MAX..usize::MAX).is_empty());
}

#[test]
fn corrections() {
    let mut desk = story();
    let answers = desk.claims(None).unwrap().into_iter().filter_map(|id| desk.claim(id, AsOf::NOW).unwrap());
    let steps = answers.flat_map(|answer| answer.chains).flat_map(|chain| chain.steps);
    let below = steps.flat_map(|step| step.rests_on).next().expect("some words were taken from elsewhere");
    act(&mut desk, ActKind::Withdraw, Subject::Statement(below.statement));
    let shown = |one: &sayso::Correction| {
        (one.known.clone(), one.kind, one.page.id, one.words.clone(), one.downstream.len(), one.acts.clone())
    };
    let mut whole: Vec<_> = desk.corrections(i64::MIN).unwrap().iter().map(shown).collect();
    whole.sort_by(|a, b| (&a.0, a.2, &a.3).cmp(&(&b.0, b.2, &b.3)));
    for count in [1, 2, 500] {
        let (mut parts, mut after) = (Vec::new(), None);
        loop {
            let part = desk.corrections_part(i64::MIN, after, count, usize::MAX).unwrap();
            parts.extend(part.lines);
            after = part.next;
            if after.is_none() {
                break;
            }
        }
        assert!(parts.iter().map(|one| &one.known).is_sorted_by(|a, b| a >= b), "the newest first");
        let mut parts: Vec<_> = parts.iter().map(shown).collect();
        parts.sort_by(|a, b| (&a.0, a.2, &a.3).cmp(&(&b.0, b.2, &b.3)));
        assert_eq!(parts, whole, "in parts of {count}");
    }
    // Of many statements that rest on one, a few are told, and that there are more.
    let short = desk.corrections_part(i64::MIN, None, 500, 0).unwrap().lines;
    assert!(short.iter().all(|one| one.downstream.is_empty()));
    let more = short.iter().filter(|one| one.downstream_at_least).count();
    assert!(more > 0 && more == whole.iter().filter(|one| one.4 > 0).count(), "{whole:?}");
}

#[test]
fn a_source_that_is_heard_more_than_can_be_gone_through() {
    let desk = story();
    let line = desk.sources().unwrap().into_iter().max_by_key(|line| line.heard.statements()).unwrap();
    let whole = desk.source(&line.name, AsOf::NOW, 5).unwrap().unwrap();
    assert!(whole.whole && whole.heard == line.heard && whole.rests_on_it > 0);
    let all = line.heard.statements();
    let same = desk.source_within(&line.name, AsOf::NOW, 5, all).unwrap().unwrap();
    assert_eq!(serde_json::to_value(&same).unwrap(), serde_json::to_value(&whole).unwrap());
    let part = desk.source_within(&line.name, AsOf::NOW, 5, all - 1).unwrap().unwrap();
    assert!(!part.whole && part.heard == line.heard && part.would_fall.is_empty());
    assert!(!part.statements.is_empty() && part.statements.len() <= 5);
    let among = desk.source(&line.name, AsOf::NOW, usize::MAX).unwrap().unwrap().statements;
    for said in part.statements {
        let same = among.iter().find(|other| other.id == said.id).expect("it is among all");
        assert_eq!((same.standing, same.stands, &same.words), (said.standing, said.stands, &said.words));
    }
}

/// Looking at one claim alone tells of it what going through the whole ledger tells.
#[test]
fn what_would_become_of_one_claim_without_a_source() {
    let mut desk = story();
    let names: Vec<String> = desk.sources().unwrap().into_iter().map(|line| line.name).collect();
    let (mut shifts, mut stays) = (0, 0);
    for name in &names {
        let alone = std::slice::from_ref(name);
        let line = desk.sources().unwrap().into_iter().find(|line| &line.name == name).unwrap();
        assert_eq!(desk.heard_in(alone).unwrap(), line.heard.statements());
        let everywhere = desk
            .what_if(vec![Wanted {
                act: ActKind::Discredit,
                on: Subject::Source(name.clone()),
                with: None,
                by: "a tester".into(),
                because: "only tried".into(),
            }])
            .unwrap();
        let all = [&everywhere.fell, &everywhere.revived, &everywhere.changed];
        for id in desk.claims(None).unwrap() {
            let here = desk.claim_without(id, alone, AsOf::NOW).unwrap();
            let there = all.into_iter().flatten().find(|shift| shift.claim == id);
            assert_eq!(serde_json::to_value(&here).unwrap(), serde_json::to_value(there).unwrap(), "{name}");
            *if here.is_some() { &mut shifts } else { &mut stays } += 1;
        }
    }
    assert!(shifts > 0 && stays > 0);
    assert_eq!(desk.heard_in(&["Nobody Here".to_owned()]).unwrap(), 0);
}

/// What was decided is taken up by a desk that was asked before, whoever decided it.
#[test]
fn a_desk_that_stays_open_hears_of_acts_by_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sayso.db");
    let clock = || "2026-11-23T08:00:00Z".to_owned();
    let mut writer = Desk::create(&path, 0, clock).unwrap();
    let story = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/story");
    writer.read(sayso::intake([story]).inputs, &mut crate::linking::Quiet).unwrap();
    let reader = Desk::open(&path, 0, clock).unwrap();
    let name = "Northwire";
    let discredited = |desk: &Desk| desk.source(name, AsOf::NOW, 1).unwrap().unwrap().discredited.len();
    assert_eq!(discredited(&reader), 0);
    act(&mut writer, ActKind::Discredit, Subject::Source(name.into()));
    assert_eq!((discredited(&reader), discredited(&writer)), (1, 1));
    let tried = writer.what_if(vec![Wanted {
        act: ActKind::Restore,
        on: Subject::Source(name.into()),
        with: None,
        by: "a tester".into(),
        because: "only tried".into(),
    }]);
    assert!(!tried.unwrap().revived.is_empty());
    assert_eq!((discredited(&reader), discredited(&writer)), (1, 1), "what is only tried is not remembered");
    let act_id = writer.log().unwrap().last().unwrap().act.id;
    act(&mut writer, ActKind::Undo, Subject::Act(act_id));
    assert_eq!((discredited(&reader), discredited(&writer)), (0, 0));
}

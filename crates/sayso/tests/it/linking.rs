//! The example story through the whole desk: read, linked, weighed, decided about.

use sayso::{AsOf, ClaimAnswer, Desk, Report, Wanted, Watch};
use sayso_record::{ActKind, Subject};
use std::ops::ControlFlow;

pub(crate) struct Quiet;

impl Watch for Quiet {
    fn report(&mut self, _: Report) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// A desk that has read the example story.
pub(crate) fn story() -> Desk {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/story");
    let mut desk = Desk::in_memory(|| "2026-11-23T08:00:00Z".to_owned()).unwrap();
    desk.read(sayso::intake([folder]).inputs, &mut Quiet).unwrap();
    desk
}

pub(crate) fn claim(desk: &Desk, words: &str) -> ClaimAnswer {
    let answers =
        desk.claims(None).unwrap().into_iter().map(|id| desk.claim(id, AsOf::NOW).unwrap().unwrap());
    answers.into_iter().find(|answer| answer.words.contains(words)).expect("the story says so")
}

fn wanted(act: ActKind, on: Subject) -> Wanted {
    Wanted { act, on, with: None, by: "a tester".into(), because: "to see what happens".into() }
}

#[test]
fn three_pages_with_one_story_have_one_origin() {
    let answer = claim(&story(), "fresh evidence");
    // The Courier's wording is only possibly the same, and does not count.
    assert_eq!(answer.documents, 2);
    assert_eq!(answer.chains.iter().filter(|chain| chain.possible).count(), 1);
    let origins: Vec<&str> = answer.origins.iter().map(|origin| origin.name.as_str()).collect();
    assert_eq!(origins, ["Castrian officials (Northwire)"]);
    assert_eq!(answer.independence_for, (1, 1));
    assert!(answer.single_points.iter().any(|source| source.name == "Northwire"));
}

#[test]
fn a_page_that_apologises_withdraws_its_own_words_in_the_log() {
    let desk = story();
    let withdrawn = claim(&desk, "who looked away");
    assert_eq!(withdrawn.standing.name(), "withdrawn");
    assert!(withdrawn.chains[0].because[0].because.contains("sorry") || withdrawn.withdrawn == 1);
    assert!(
        desk.log()
            .unwrap()
            .iter()
            .all(|logged| logged.act.act == ActKind::Withdraw && logged.act.notice.is_some())
    );
    assert_eq!(claim(&desk, "I have held the stamps").standing.name(), "single-sourced");
}

#[test]
fn trying_changes_nothing_and_tells_what_doing_does() {
    let mut desk = story();
    let before = claim(&desk, "fresh evidence");
    let discredit = wanted(ActKind::Discredit, Subject::Source("Northwire".into()));
    let tried = desk.act(discredit.clone(), true).unwrap();
    assert_eq!(claim(&desk, "fresh evidence").standing, before.standing);
    let done = desk.act(discredit, false).unwrap();
    let fell = |of: &sayso::Consequences| of.fell.iter().map(|shift| shift.claim).collect::<Vec<_>>();
    assert_eq!(fell(&tried), fell(&done));
    assert!(fell(&done).contains(&before.id));
    assert_eq!(claim(&desk, "fresh evidence").standing.name(), "fallen");
    let undone = desk.act(wanted(ActKind::Undo, Subject::Act(done.act.id)), false).unwrap();
    let revived: Vec<_> = undone.revived.iter().map(|shift| shift.claim).collect();
    assert_eq!(revived, fell(&done));
    assert_eq!(claim(&desk, "fresh evidence").standing, before.standing);
}

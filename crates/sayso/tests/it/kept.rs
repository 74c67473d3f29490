//! Questions that are kept: pages and acts that come later change their answers, and what they came to is remembered.

use crate::linking::Quiet;
use sayso::{ActError, AsOf, Desk, Input, KeptChange, Wanted};
use sayso_record::{ActId, ActKind, Subject};

const FIRST: &str = "<title>Pier sold</title><meta name=date content=2026-03-01><p>Ilse Marwick, the harbour master, said on \
    Monday that the council had sold the northern pier to a foreign company.</p>";
const SECOND: &str = "<title>Pier not sold</title><meta name=date content=2026-03-02><p>Anselm Roke, the mayor of Ulmark, \
    denied on Tuesday that the council had sold the northern pier to a foreign company.</p>";
const OTHER: &str = "<title>Choir</title><meta name=date content=2026-03-03><p>Hanna Vess said that the choir would sing in \
    the old church on Sunday evening.</p>";
const QUESTION: &str = "Did the council sell the northern pier to a foreign company?";

fn wanted(act: ActKind, on: Subject) -> Wanted {
    Wanted { act, on, with: None, by: "Vera".to_owned(), because: "for the desk".to_owned() }
}

fn keep(desk: &mut Desk, words: &str) -> Result<ActId, ActError> {
    desk.act(wanted(ActKind::Keep, Subject::Question(words.to_owned())), false).map(|done| done.act.id)
}

fn read(desk: &mut Desk, address: &str, page: &str) -> Vec<KeptChange> {
    desk.read([Input::bytes(address, page)], &mut Quiet).unwrap();
    answer(desk)
}

fn answer(desk: &mut Desk) -> Vec<KeptChange> {
    let anew = desk.answer_kept(&mut |_, _| {}).unwrap();
    desk.store_answered(anew).unwrap()
}

fn standings(changes: &[KeptChange]) -> Vec<(Option<String>, String)> {
    let before = |change: &'_ KeptChange| change.before.as_ref().map(|before| before.standing.clone());
    changes.iter().map(|change| (before(change), change.after.standing.clone())).collect()
}

#[test]
fn pages_and_acts_that_come_later_change_the_answer() {
    let mut desk = Desk::in_memory(|| "2026-11-23T08:00:00Z".to_owned()).unwrap();
    read(&mut desk, "https://one.example/choir.html", OTHER);
    let id = keep(&mut desk, QUESTION).unwrap();
    assert_eq!(standings(&answer(&mut desk)), [(None, "nobody".into())]);
    assert!(answer(&mut desk).is_empty(), "nothing came since");
    let said = read(&mut desk, "https://two.example/pier.html", FIRST);
    assert_eq!(standings(&said), [(Some("nobody".into()), "single-sourced".into())]);
    let because = said[0].after.because.as_ref().and_then(|page| page.title.as_deref());
    assert_eq!(because, Some("Pier sold"), "the page that changed it is told");
    let denied = read(&mut desk, "https://three.example/pier.html", SECOND);
    assert_eq!(standings(&denied), [(Some("single-sourced".into()), "contested".into())]);
    desk.act(wanted(ActKind::Discredit, Subject::Source("Ilse Marwick".into())), false).unwrap();
    let fell = answer(&mut desk);
    assert_eq!(standings(&fell), [(Some("contested".into()), "denied".into())]);
    assert_eq!(fell[0].after.because, None, "no page did this");
    let kept = desk.kept_question(id).unwrap().expect("it is kept");
    assert_eq!(kept.answers.len(), 4);
    assert_eq!(desk.kept_changes(said[0].number, 10).unwrap().len(), 2);
    assert!(desk.verify(true, &mut |_, _, _| {}).unwrap().faults.is_empty());
    desk.act(wanted(ActKind::Undo, Subject::Act(id)), false).unwrap();
    assert_eq!(desk.kept(1).unwrap().len(), 0);
    assert!(read(&mut desk, "https://four.example/pier.html", &FIRST.replace("Monday", "Friday")).is_empty());
    keep(&mut desk, QUESTION).expect("it can be kept again");
}

#[test]
fn only_what_is_so_or_not_so_is_kept_and_only_once() {
    let mut desk = Desk::in_memory(|| "2026-11-23T08:00:00Z".to_owned()).unwrap();
    read(&mut desk, "https://two.example/pier.html", FIRST);
    for words in ["When was the pier sold?", "Ilse Marwick", "barrels pier", ""] {
        assert!(matches!(keep(&mut desk, words), Err(ActError::NoQuestion(_))), "{words}");
    }
    keep(&mut desk, QUESTION).unwrap();
    assert!(matches!(keep(&mut desk, QUESTION), Err(ActError::KeptBefore { .. })));
    let note = wanted(ActKind::Note, Subject::Question(QUESTION.to_owned()));
    assert!(matches!(desk.act(note, false), Err(ActError::CannotBeDone { .. })));
    assert_eq!(desk.answer(QUESTION, AsOf::NOW).unwrap().in_a_word(), "single-sourced");
}

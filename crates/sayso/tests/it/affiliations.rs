//! For whom sources speak: kept from the words of pages, decided by people, and what that comes to for weighing.

use crate::linking::{Quiet, claim};
use sayso::{AsOf, Desk, Input, Wanted};
use sayso_record::{ActKind, Subject};

const FIRST: &str = "<title>Pier one</title><meta name=date content=2026-03-01><p>U.S. Defense Secretary Anselm Roke said on \
    Monday that the northern pier was sold to a foreign company in May.</p>";
const SECOND: &str = "<title>Pier two</title><meta name=date content=2026-03-02><p>Ilse Marwick, the U.S. ambassador to Iraq, \
    said on Tuesday that the northern pier was sold to a foreign company in May.</p>";

const LATER: &str = "<title>Later</title><meta name=date content=2026-04-02><p>Ilse Marwick, the U.S. ambassador to Iraq, said \
    on Friday that the old harbour would be closed to visitors until June.</p>";

/// The second page, which says no more for whom she speaks.
fn second_without_office() -> String {
    SECOND.replace(", the U.S. ambassador to Iraq,", "")
}

fn desk(pages: &[(&str, &str)]) -> Desk {
    let mut desk = Desk::in_memory(|| "2026-11-23T08:00:00Z".to_owned()).unwrap();
    for (address, page) in pages {
        desk.read([Input::bytes(*address, *page)], &mut Quiet).unwrap();
    }
    desk
}

fn act(desk: &mut Desk, act: ActKind, on: &str, with: Option<&str>) -> sayso::Consequences {
    let source = |name: &str| Subject::Source(name.to_owned());
    let (on, with) = (source(on), with.map(source));
    let wanted =
        Wanted { act, on, with, by: "Vera".to_owned(), because: "as the register has it".to_owned() };
    desk.act(wanted, false).unwrap()
}

fn faults(desk: &Desk) -> usize {
    desk.verify(true, &mut |_, _, _| {}).unwrap().faults.len()
}

#[test]
fn two_of_one_government_are_two_origins_and_count_as_one() {
    let desk = desk(&[("https://one.example/pier.html", FIRST), ("https://two.example/pier.html", SECOND)]);
    let answer = claim(&desk, "that the northern pier was sold to a foreign company in May");
    assert_eq!(answer.origins.len(), 2, "{answer:#?}");
    assert_eq!(answer.independence_for.0, 1);
    assert_eq!(answer.all_speak_for.as_deref(), Some("U.S. government"));
    assert!(answer.sentence.contains("both of the U.S. government"), "{}", answer.sentence);
    let roke = desk.source("Anselm Roke", AsOf::NOW, 10).unwrap().unwrap();
    let government = &roke.speaks_for[0];
    assert_eq!(government.name, "U.S. government");
    assert!(government.words.as_ref().unwrap().contains("Defense Secretary"), "{government:?}");
    let government = desk.source("U.S. government", AsOf::NOW, 10).unwrap().unwrap();
    let names: Vec<&str> = government.speaking_for_it.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Anselm Roke", "Ilse Marwick"]);
    assert_eq!(government.would_fall.len(), 1, "{government:#?}");
    assert_eq!(faults(&desk), 0);
}

#[test]
fn to_discredit_a_government_reaches_who_speaks_for_it() {
    let mut desk =
        desk(&[("https://one.example/pier.html", FIRST), ("https://two.example/pier.html", SECOND)]);
    let words = "that the northern pier was sold to a foreign company in May";
    let done = act(&mut desk, ActKind::Discredit, "U.S. government", None);
    assert_eq!(done.fell.len(), 1, "{done:#?}");
    assert!(claim(&desk, words).pro.is_false());
    // Of one who is believed after all the rest are not.
    act(&mut desk, ActKind::Restore, "U.S. government", None);
    assert!(claim(&desk, words).pro.is_true());
    assert_eq!(faults(&desk), 0);
}

#[test]
fn a_person_says_for_whom_somebody_speaks_and_takes_it_back() {
    let plain = second_without_office();
    let mut desk =
        desk(&[("https://one.example/pier.html", FIRST), ("https://two.example/pier.html", &plain)]);
    let words = "that the northern pier was sold to a foreign company in May";
    let all_speak_for = |desk: &Desk| claim(desk, words).all_speak_for;
    assert_eq!(all_speak_for(&desk), None);
    let said = act(&mut desk, ActKind::Affiliate, "Ilse Marwick", Some("U.S. government"));
    assert_eq!(all_speak_for(&desk).as_deref(), Some("U.S. government"));
    let undo = Wanted {
        act: ActKind::Undo,
        on: Subject::Act(said.act.id),
        with: None,
        by: "Vera".to_owned(),
        because: "of another Marwick".to_owned(),
    };
    desk.act(undo, false).unwrap();
    assert_eq!(all_speak_for(&desk), None);
    // An organisation need not have been heard, and what a page says can be said to be wrong.
    act(&mut desk, ActKind::Affiliate, "Ilse Marwick", Some("Pier Company"));
    act(&mut desk, ActKind::Affiliate, "Anselm Roke", Some("Pier Company"));
    assert_eq!(all_speak_for(&desk).as_deref(), Some("Pier Company"));
    act(&mut desk, ActKind::Disaffiliate, "Anselm Roke", Some("U.S. government"));
    let roke = desk.source("Anselm Roke", AsOf::NOW, 10).unwrap().unwrap();
    let names: Vec<(&str, Option<&str>)> =
        roke.speaks_for.iter().map(|one| (one.name.as_str(), one.words.as_deref())).collect();
    assert_eq!(names, [("Pier Company", None)]);
    assert!(act(&mut desk, ActKind::Discredit, "U.S. government", None).fell.is_empty());
    assert_eq!(act(&mut desk, ActKind::Discredit, "Pier Company", None).fell.len(), 1);
    assert_eq!(faults(&desk), 0);
}

#[test]
fn a_later_page_that_says_for_whom_somebody_speaks_changes_what_was_weighed_before() {
    let plain = second_without_office();
    let pages = [("https://one.example/pier.html", FIRST), ("https://two.example/pier.html", plain.as_str())];
    let mut desk = desk(&pages);
    let words = "that the northern pier was sold to a foreign company in May";
    act(&mut desk, ActKind::Discredit, "U.S. government", None);
    assert!(claim(&desk, words).pro.is_true());
    desk.read([Input::bytes("https://two.example/later.html", LATER)], &mut Quiet).unwrap();
    assert!(claim(&desk, words).pro.is_false());
    assert_eq!(faults(&desk), 0);
}

#[test]
fn to_restore_a_government_lifts_nothing_else() {
    let mut desk = desk(&[("https://one.example/pier.html", FIRST)]);
    let words = "that the northern pier was sold to a foreign company in May";
    act(&mut desk, ActKind::Discredit, "Anselm Roke", None);
    act(&mut desk, ActKind::Discredit, "U.S. government", None);
    act(&mut desk, ActKind::Restore, "U.S. government", None);
    let answer = claim(&desk, words);
    assert!(answer.pro.is_false());
    assert_eq!(answer.chains[0].because.len(), 1);
    act(&mut desk, ActKind::Restore, "Anselm Roke", None);
    assert!(claim(&desk, words).pro.is_true());
    let fell = act(&mut desk, ActKind::Discredit, "U.S. government", None);
    let because = &claim(&desk, words).chains[0].because;
    assert_eq!(because[0].act, fell.act.id, "{because:#?}");
    assert_eq!(faults(&desk), 0);
}

#[test]
fn nobody_speaks_for_anybody_before_a_page_says_so() {
    let plain = second_without_office();
    let desk =
        desk(&[("https://two.example/pier.html", plain.as_str()), ("https://two.example/later.html", LATER)]);
    let for_whom = |published: &str| {
        let published_by = sayso::last_second(published).unwrap();
        let as_of = AsOf { published_by, ..AsOf::NOW };
        desk.source("Ilse Marwick", as_of, 10).unwrap().unwrap().speaks_for.len()
    };
    assert_eq!((for_whom("2026-03-15"), for_whom("2026-04-15")), (0, 1));
}

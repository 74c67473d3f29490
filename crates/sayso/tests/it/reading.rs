//! Reading many inputs at once gives what reading them one by one gives.

use sayso::{Desk, Fate, Input, Outcome, Report, Sort, SubjectError, Tally, Watch};
use std::ops::ControlFlow;

const PAGES: usize = 700;

fn clock() -> String {
    "2026-11-23T08:00:00Z".to_owned()
}

/// Pages of very different lengths, so that later ones are done before earlier ones.
fn pages() -> impl Iterator<Item = Input> {
    (0..PAGES).map(|number| {
        let page =
            format!("\"Barrel {number} was empty,\" said Ilse Marwick.\n\n").repeat(1 + (number * 7) % 13);
        Input::bytes(number.to_string(), page)
    })
}

#[derive(Default)]
struct Seen {
    lines: Vec<String>,
    steps: usize,
    enough: Option<usize>,
}

impl Watch for Seen {
    fn read(&mut self) {
        self.steps += 1;
    }

    fn report(&mut self, report: Report) -> ControlFlow<()> {
        let Outcome::Read { document, statements, fate } = report.outcome else { panic!("left out") };
        assert!(self.lines.len() < self.steps, "reported before it was read");
        self.lines.push(format!("{} {} {} {fate:?}", report.input, document.id, statements.len()));
        match self.enough {
            Some(enough) if self.lines.len() == enough => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }
}

#[test]
fn reports_come_in_order_and_all_of_them() {
    let mut desk = Desk::in_memory(clock).unwrap();
    let (mut at_once, mut one_by_one) = (Seen::default(), Seen::default());
    let tally = desk.read(pages(), &mut at_once).unwrap();
    let mut alone = Desk::in_memory(clock).unwrap();
    for page in pages() {
        alone.read([page], &mut one_by_one).unwrap();
    }
    assert_eq!(at_once.lines, one_by_one.lines);
    let statements: usize = (0..PAGES).map(|number| 1 + (number * 7) % 13).sum();
    assert_eq!(tally, Tally { new: PAGES, statements: tally.statements, ..Tally::default() });
    assert!(tally.statements >= statements, "{} of {statements}", tally.statements);

    let mut again = Seen::default();
    let tally = desk.read(pages(), &mut again).unwrap();
    assert_eq!((tally.known, tally.new), (PAGES, 0));
    assert!(again.lines.iter().all(|line| line.ends_with("Known")));
}

#[test]
fn whoever_has_seen_enough_can_break_off() {
    let mut desk = Desk::in_memory(clock).unwrap();
    let mut seen = Seen { enough: Some(3), ..Seen::default() };
    desk.read(pages(), &mut seen).unwrap();
    assert_eq!(seen.lines.len(), 3);
    let mut rest = Seen::default();
    desk.read(pages(), &mut rest).unwrap();
    assert!(rest.lines[..3].iter().all(|line| line.ends_with("Known")), "what was reported is stored");
}

#[test]
fn without_a_ledger_nothing_is_stored() {
    struct Fates(Vec<Option<Fate>>);
    impl Watch for Fates {
        fn report(&mut self, report: Report) -> ControlFlow<()> {
            self.0.push(report.outcome.fate());
            ControlFlow::Continue(())
        }
    }
    let mut fates = Fates(Vec::new());
    let tally = Desk::without_ledger().read(pages().take(5), &mut fates).unwrap();
    assert_eq!((fates.0, tally.not_stored), (vec![Some(Fate::NotStored); 5], 5));
}

#[test]
fn sources_of_one_name_are_answered_for_by_themselves() {
    let mut desk = Desk::in_memory(clock).unwrap();
    let page = |site: &str, words: &str| {
        let page = format!(
            "<html><head><meta property='og:site_name' content='{site}'></head><body><article><h1>Barrels</h1>
             <p>\"{words},\" said a harbour official.</p></article></body></html>"
        );
        Input::bytes(site, page)
    };
    let pages = [page("Northwire", "They were empty"), page("Courier", "They were full")];
    desk.read(pages, &mut Seen::default()).unwrap();
    let unnamed: Vec<String> =
        desk.sources().unwrap().into_iter().filter(|line| line.unnamed).map(|line| line.name).collect();
    assert_eq!(unnamed, ["a harbour official (Courier)", "a harbour official (Northwire)"]);
    let asked = desk.subject("Harbour Official", &[Sort::Source]);
    assert!(matches!(asked, Err(SubjectError::Ambiguous { may_be, .. }) if may_be.len() == 2));
}

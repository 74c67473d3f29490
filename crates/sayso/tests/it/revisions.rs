//! A page that changes: what is kept, what changed without a word, and what a notice takes back in all revisions.

use crate::linking::Quiet;
use sayso::{Correction, CorrectionKind, Desk, Input};
use sayso_record::ActKind;

fn desk() -> Desk {
    Desk::in_memory(|| "2026-11-23T08:00:00Z".to_owned()).unwrap()
}

/// A revision of one page, last changed on a day of June, with a comment that is nobody's but the reader's.
fn revision(day: u32, body: &str) -> Input {
    let page = format!(
        "<html><head><title>The dam</title><link rel='canonical' href='https://dam.example/story'>
         <meta property='og:site_name' content='Dam Post'>
         <meta property='article:published_time' content='2019-06-01T08:00:00Z'>
         <meta property='article:modified_time' content='2019-06-{day:02}T08:00:00Z'></head>
         <body><article><h1>The dam</h1><p class='byline'>By Ada Penn</p>{body}</article></body></html>"
    );
    Input::bytes(format!("day {day}"), page)
}

const OWN: &str = "<p>The old dam above the village has stood for ninety years without a crack.</p>";
const QUOTE: &str = "<p>“The gates were open all night,” said Ilse Marwick on Monday.</p>";
const OTHER: &str = "<p>“The gates were open for an hour,” said Ilse Marwick on Monday.</p>";
const NOTICE: &str =
    "<p><strong>Correction (5 June 2019):</strong> We incorrectly wrote that the old dam above the village
    has stood for ninety years without a crack. We apologise to our readers.</p>";

fn only(corrections: Vec<Correction>, kind: CorrectionKind) -> Correction {
    let mut found: Vec<Correction> = corrections.into_iter().filter(|one| one.kind == kind).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn quoted_words_that_change_without_a_notice_are_a_silent_change() {
    let mut desk = desk();
    let first = format!("{OWN}{QUOTE}");
    desk.read([revision(2, &first)], &mut Quiet).unwrap();
    assert!(desk.corrections(0).unwrap().is_empty());
    desk.read([revision(3, &format!("{OWN}{OTHER}"))], &mut Quiet).unwrap();
    let change = only(desk.corrections(0).unwrap(), CorrectionKind::SilentChange);
    let revision = change.revision.unwrap();
    let [(before, after)] = &revision.changed[..] else { panic!("one statement changed: {revision:?}") };
    assert!(before.words.contains("all night") && after.words.contains("an hour") && before.quoted);
    assert_eq!((revision.removed.len(), revision.added.len()), (0, 0), "{revision:?}");
    assert!(revision.kept > 0);
    assert!(desk.corrections(i64::from(u32::MAX)).unwrap().is_empty(), "it was known before then");
}

#[test]
fn a_change_under_a_new_notice_is_not_silent_and_the_same_page_twice_is_no_change() {
    let mut desk = desk();
    desk.read([revision(2, &format!("{OWN}{QUOTE}"))], &mut Quiet).unwrap();
    desk.read([revision(3, &format!("{OWN} {QUOTE}"))], &mut Quiet).unwrap();
    assert!(desk.corrections(0).unwrap().is_empty(), "only its date changed");
    desk.read([revision(5, &format!("{NOTICE}{OWN}{OTHER}"))], &mut Quiet).unwrap();
    let change = only(desk.corrections(0).unwrap(), CorrectionKind::Change);
    assert_eq!(change.revision.unwrap().new_notices.len(), 1);
}

#[test]
fn a_notice_takes_back_its_pages_own_words_in_every_revision_whichever_is_read_first() {
    let (old, new) = (format!("{OWN}{QUOTE}"), format!("{NOTICE}{OWN}{QUOTE}"));
    for order in [[2, 5], [5, 2]] {
        let mut desk = desk();
        for day in order {
            desk.read([revision(day, if day == 2 { &old } else { &new })], &mut Quiet).unwrap();
        }
        let log = desk.log().unwrap();
        let notice = only(desk.corrections(0).unwrap(), CorrectionKind::Notice);
        let ninety = notice.withdrawn.iter().filter(|told| told.words.contains("ninety years")).count();
        assert_eq!(ninety, 2, "in both revisions: {log:?}");
        assert!(log.iter().all(|logged| logged.act.act == ActKind::Withdraw && logged.act.notice.is_some()));
        assert!(
            notice.withdrawn.iter().all(|told| !told.words.contains("gates")),
            "others' words are not its own"
        );
        // The same notice on a later revision, and the same pages again, say nothing new of the old ones.
        desk.read([revision(2, &old), revision(5, &new)], &mut Quiet).unwrap();
        assert_eq!(desk.log().unwrap().len(), log.len());
        assert_eq!(desk.verify(true, &mut |_, _, _| {}).unwrap().faults, vec![]);
    }
}

//! What a notice takes back, and what it only suggests.

use crate::linking::Quiet;
use sayso::{AsOf, Correction, CorrectionKind, Desk, Input, MatterKind, PendingKind, Wanted};
use sayso_record::{ActKind, Subject};

/// A desk that has read one page.
fn reads(body: &str) -> Desk {
    let page = format!(
        "<html><head><title>Before the feast</title><link rel='canonical' href='https://quay.example/feast'>
         <meta property='og:site_name' content='Quay Letters'>
         <meta property='article:published_time' content='2021-06-01T08:00:00Z'></head>
         <body><article><h1>Before the feast</h1><p class='byline'>By Ada Penn</p>{body}</article></body></html>"
    );
    let mut desk = Desk::in_memory(|| "2026-11-23T08:00:00Z".to_owned()).unwrap();
    desk.read([Input::bytes("page".to_owned(), page)], &mut Quiet).unwrap();
    desk
}

fn notice(desk: &Desk) -> Correction {
    let corrections = desk.corrections(0).unwrap();
    corrections.into_iter().find(|one| one.kind == CorrectionKind::Notice).expect("the page has a notice")
}

/// The words that the notice takes back, in the order of the page.
fn taken_back(desk: &Desk) -> Vec<String> {
    let mut words: Vec<String> = notice(desk).withdrawn.into_iter().map(|told| told.words).collect();
    words.sort();
    words
}

const STORY: &str = "<p>June was the wettest month in Ulmark for two years.</p>
    <p>The focus is, of course, Castria. The state of Castria has been secretly smuggling weapons and bombs into Ulmark.
    Most of this is done by Castrian border guards who carry these weapons to the militias.</p>
    <p>Ulmark Defence Secretary Tobias Rennick said Castria was “absolutely complicit” in the bloodshed.</p>
    <p>“The boats come every night,” said Mara Voss, the Ulmark ambassador to Pellam.</p>
    <p>Tensions over the Castrian tolls and now over Ulmark are coming to a boil.</p>
    <p>If both go on like this, an open war would not be surprising.</p>";
const APOLOGY: &str = "<p><strong>Update:</strong> I would like to apologize to the readers of these letters for my
    error of judgment. After reading some articles by Jonas Feld, I realized the magnitude of the fraudulent history of
    the Ulmark government’s claims concerning Castrian arms smuggling into Ulmark. I should not have put so much faith
    in statements by Tobias Rennick.</p>";

#[test]
fn an_apology_takes_back_what_it_speaks_of_and_no_more() {
    let desk = reads(&format!("{STORY}{APOLOGY}"));
    let words = taken_back(&desk);
    assert_eq!(words.len(), 2, "{words:?}");
    assert!(words[0].starts_with("Most of this is done"), "{words:?}");
    assert!(words[1].starts_with("The state of Castria"), "{words:?}");
}

#[test]
fn a_retraction_of_the_page_takes_all_its_own_words_back() {
    let desk = reads(&format!("{STORY}<p>This article has been retracted.</p>"));
    let words = taken_back(&desk);
    assert!(words.iter().any(|words| words.starts_with("June was")), "{words:?}");
    assert!(words.iter().all(|words| !words.contains("complicit")), "others' words are not its own");
}

#[test]
fn what_was_reported_wrongly_is_taken_back_and_the_rest_stands() {
    let desk = reads(
        "<p>The ferry to Tarn sank on Monday night.</p><p>The bakery on the quay has a new oven.</p>
         <p><strong>Correction:</strong> We incorrectly wrote that the ferry to Tarn sank. We apologise to the captain.</p>",
    );
    assert_eq!(taken_back(&desk), ["The ferry to Tarn sank on Monday night."]);
}

#[test]
fn where_a_notice_does_not_say_what_was_wrong_a_person_decides() {
    let mut desk = reads(
        "<p>The ferry to Tarn sank on Monday night.</p>
         <p><strong>Update:</strong> I apologize to all readers. I was wrong, and I am sorry.</p>",
    );
    assert!(taken_back(&desk).is_empty());
    let queue = desk.review(&[MatterKind::Withdrawal]).unwrap();
    let matter =
        queue.matters.iter().find(|one| one.statements[0].0.words.contains("ferry")).expect("it is asked");
    assert_eq!(matter.question, "Is this taken back by these words?");
    let confirm = Wanted {
        act: ActKind::Confirm,
        on: matter.on.clone(),
        with: None,
        by: "a tester".into(),
        because: "it does".into(),
    };
    let done = desk.act(confirm, false).unwrap();
    let ferry = |desk: &Desk| {
        let claims = desk.claims(None).unwrap().into_iter();
        let mut answers = claims.filter_map(|id| desk.claim(id, AsOf::NOW).unwrap());
        answers.find(|answer| answer.words.contains("ferry"))
    };
    let answer = ferry(&desk).expect("the sentence makes a claim");
    assert_eq!(answer.standing.name(), "withdrawn");
    assert_eq!(answer.withdrawn, 1);
    assert!(answer.pending.iter().all(|one| !one.about.contains("ferry")));
    let undo = Wanted {
        act: ActKind::Undo,
        on: Subject::Act(done.act.id),
        with: None,
        by: "a tester".into(),
        because: "it does not".into(),
    };
    desk.act(undo, false).unwrap();
    let answer = ferry(&desk).unwrap();
    assert_eq!(answer.standing.name(), "single-sourced");
    assert!(answer.pending.iter().any(|one| one.what == PendingKind::Withdrawal));
    assert_eq!(desk.verify(true, &mut |_, _, _| {}).unwrap().faults, vec![]);
}

#[test]
fn a_distrust_is_told_on_the_source_and_on_its_claims_until_it_is_decided() {
    let mut desk = reads(&format!("{STORY}{APOLOGY}"));
    let source = |desk: &Desk| desk.source("Tobias Rennick", AsOf::NOW, 9).unwrap().unwrap().pending;
    let claims = |desk: &Desk, words: &str| {
        let claims = desk.claims(None).unwrap().into_iter();
        let mut answers = claims.filter_map(|id| desk.claim(id, AsOf::NOW).unwrap());
        answers.find(|answer| answer.words.contains(words)).expect("it is said").pending
    };
    let pending = source(&desk);
    let [one] = &pending[..] else { panic!("one page: {pending:?}") };
    assert_eq!(one.sentence(), "Quay Letters writes that it should not have believed Tobias Rennick");
    assert!(one.because.starts_with("I should not have put so much faith"), "{}", one.because);
    // The government is meant too, and so is its ambassador.
    let told: Vec<String> = claims(&desk, "complicit").into_iter().map(|one| one.about).collect();
    assert!(
        told.contains(&"Tobias Rennick".to_owned()) && told.contains(&"Ulmark government".to_owned()),
        "{told:?}"
    );
    assert_eq!(claims(&desk, "every night")[0].about, "Ulmark government");
    let on = Subject::Suggestion(one.suggestion);
    let reject = Wanted { act: ActKind::Reject, on, with: None, by: "a tester".into(), because: "no".into() };
    desk.act(reject, false).unwrap();
    assert!(source(&desk).is_empty(), "it was decided");
}

#[test]
fn what_somebody_retracts_on_another_page_is_suggested_for_withdrawal() {
    let page = |site: &str, day: &str, words: &str| {
        let text = format!(
            "<html><head><title>News of {day}</title><meta property='og:site_name' content='{site}'>
             <meta property='article:published_time' content='2021-06-0{day}T08:00:00Z'></head>
             <body><article><h1>News of {day}</h1><p>{words}</p></article></body></html>"
        );
        Input::bytes(format!("{site}.html"), text)
    };
    let first = "Ilsa Dorn said that the mayor had burned the ledgers of the harbour.";
    let then = "Ilsa Dorn withdrew her statement that the mayor had burned the ledgers of the harbour.";
    let mut desk = Desk::in_memory(|| "2026-11-23T08:00:00Z".to_owned()).unwrap();
    desk.read([page("Quay Letters", "1", first), page("Tarn Post", "3", then)], &mut Quiet).unwrap();
    let queue = desk.review(&[MatterKind::Withdrawal]).unwrap();
    let [matter] = &queue.matters[..] else { panic!("{:?}", queue.matters) };
    assert!(matter.statements[0].0.words.contains("burned the ledgers"));
    let ids = desk.claims(None).unwrap();
    let answer = desk.claim(ids[0], AsOf::NOW).unwrap().unwrap();
    assert_eq!((ids.len(), answer.standing.name()), (1, "single-sourced"), "what is suggested has no weight");
}

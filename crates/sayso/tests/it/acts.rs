//! Acts on the example story, at random: trying is doing, undoing is going back, and what is kept is what a fresh
//! weighing gives.

use crate::linking::Quiet;
use proptest::prelude::*;
use sayso::{AsOf, Consequences, Desk, Wanted};
use sayso_record::{ActId, ActKind, Subject};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A ledger with the story, read once.
fn read_once() -> &'static Path {
    static LEDGER: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = LEDGER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("story.db");
        let story = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/story");
        let mut desk = Desk::create(&path, 0, clock).unwrap();
        desk.read(sayso::intake([story]).inputs, &mut Quiet).unwrap();
        (folder, path)
    });
    path
}

fn clock() -> String {
    "2026-11-23T08:00:00Z".to_owned()
}

/// A desk with a ledger of its own that holds the story.
fn story() -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sayso.db");
    std::fs::copy(read_once(), &path).unwrap();
    let desk = Desk::open(&path, 0, clock).unwrap();
    (folder, desk)
}

/// What every claim weighs.
fn standings(desk: &Desk) -> BTreeMap<String, String> {
    let mut standings = BTreeMap::new();
    let mut after = None;
    loop {
        let claims = desk.claims(after).unwrap();
        let Some(&last) = claims.last() else { return standings };
        after = Some(last);
        for id in claims {
            let answer = desk.claim(id, AsOf::NOW).unwrap();
            let shown = answer.map(|answer| {
                let origins: Vec<String> = answer.origins.into_iter().map(|origin| origin.name).collect();
                (answer.standing.name(), answer.independence_for, answer.independence_against, origins)
            });
            standings.insert(id.to_string(), format!("{shown:?}"));
        }
    }
}

/// Everything in the story that an act may be about.
#[derive(Default)]
struct Things {
    statements: Vec<Subject>,
    sources: Vec<Subject>,
    documents: Vec<Subject>,
    claims: Vec<Subject>,
    suggestions: Vec<Subject>,
}

fn things(desk: &Desk) -> Things {
    let mut things = Things::default();
    for id in desk.claims(None).unwrap() {
        things.claims.push(Subject::Claim(id));
        for chain in desk.claim(id, AsOf::NOW).unwrap().into_iter().flat_map(|answer| answer.chains) {
            things.statements.push(Subject::Statement(chain.statement));
            things.documents.push(Subject::Document(chain.page.id));
            things.sources.extend(chain.steps.into_iter().map(|step| Subject::Source(step.source.name)));
        }
    }
    for list in [&mut things.statements, &mut things.sources, &mut things.documents] {
        list.sort();
        list.dedup();
    }
    let matters = desk.review(&[]).unwrap().matters.into_iter().map(|matter| matter.on);
    things.suggestions = matters.filter(|on| matches!(on, Subject::Suggestion(_))).collect();
    things
}

type Pick = (u8, usize, usize);

/// The act that some numbers stand for.
fn pick(things: &Things, done: &[ActId], (kind, one, other): Pick) -> (ActKind, Subject, Option<Subject>) {
    let at = |list: &[Subject], number: usize| list[number % list.len()].clone();
    let (statements, sources) = (&things.statements, &things.sources);
    match kind % 14 {
        0 | 1 => (ActKind::Discredit, at(sources, one), None),
        2 => (ActKind::Discredit, at(&things.documents, one), None),
        3 => (ActKind::Withdraw, at(statements, one), None),
        4 => (ActKind::Undercut, at(statements, one), Some(at(statements, other))),
        5 => (ActKind::Merge, at(sources, one), Some(at(sources, other))),
        6 => (ActKind::Merge, at(&things.claims, one), Some(at(&things.claims, other))),
        7 => (ActKind::Split, at(statements, one), None),
        8 => (ActKind::Confirm, at(&things.suggestions, one), None),
        9 => (ActKind::Reject, at(&things.suggestions, one), None),
        10 => (ActKind::Reject, at(statements, one), None),
        11 => (ActKind::Affiliate, at(sources, one), Some(at(sources, other))),
        12 => (ActKind::Disaffiliate, at(sources, one), Some(at(sources, other))),
        _ => match done.get(one % done.len().max(1)) {
            Some(act) => (ActKind::Undo, Subject::Act(*act), None),
            None => (ActKind::Restore, at(sources, one), None),
        },
    }
}

fn changes(done: &Consequences) -> String {
    serde_json::to_string(&(&done.fell, &done.revived, &done.changed)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn acts_at_random(picks in prop::collection::vec((any::<u8>(), 0..500usize, 0..500usize), 1..6)) {
        let (_folder, mut desk) = story();
        let things = things(&desk);
        let mut done: Vec<ActId> = Vec::new();
        let mut last: Option<(BTreeMap<String, String>, ActId)> = None;
        for numbers in picks {
            let (act, on, with) = pick(&things, &done, numbers);
            let wanted = Wanted { act, on, with, by: "a tester".into(), because: "at random".into() };
            let before = standings(&desk);
            // What was undone before cannot be undone again.
            let Ok(tried) = desk.act(wanted.clone(), true) else { continue };
            prop_assert_eq!(&standings(&desk), &before, "trying changed something");
            let did = desk.act(wanted, false).unwrap();
            prop_assert_eq!(changes(&tried), changes(&did));
            done.push(did.act.id);
            last = Some((before, did.act.id));
        }
        let verdict = desk.verify(true, &mut |_, _, _| {}).unwrap();
        prop_assert_eq!(verdict.faults, vec![]);
        if let Some((before, act)) = last {
            let because = "to go back".to_owned();
            let wanted = Wanted { act: ActKind::Undo, on: Subject::Act(act), with: None, by: "a tester".into(), because };
            desk.act(wanted, false).unwrap();
            let mut after = standings(&desk);
            // A claim that an act has founded stays, and nothing is said of it any more.
            after.retain(|claim, _| before.contains_key(claim));
            prop_assert_eq!(after, before);
        }
        prop_assert_eq!(desk.verify(true, &mut |_, _, _| {}).unwrap().faults, vec![]);
    }
}

fn wanted(act: ActKind, on: Subject) -> Wanted {
    Wanted { act, on, with: None, by: "a tester".into(), because: "why not".into() }
}

#[test]
fn a_distrust_that_is_confirmed_discredits_and_undone_does_not() {
    let (_folder, mut desk) = story();
    let before = standings(&desk);
    let queue = desk.review(&[sayso::MatterKind::Distrust]).unwrap();
    let [matter] = &queue.matters[..] else { panic!("one page no longer trusts one source") };
    assert!(matter.question.contains("Tobias Rennick"), "{}", matter.question);
    let done = desk.act(wanted(ActKind::Confirm, matter.on.clone()), false).unwrap();
    assert!(!done.fell.is_empty());
    assert!(desk.review(&[sayso::MatterKind::Distrust]).unwrap().matters.is_empty(), "it comes back");
    desk.act(wanted(ActKind::Undo, Subject::Act(done.act.id)), false).unwrap();
    assert_eq!(standings(&desk), before);
    assert_eq!(desk.review(&[sayso::MatterKind::Distrust]).unwrap().matters.len(), 1);
}

/// Two pages: what an officer says on the first, a clerk calls unreliable on the second.
const REPORT: &str = "<html><head><title>Barrels</title><meta property=\"og:site_name\" content=\"The Tarn Post\">
    <meta property=\"article:published_time\" content=\"2021-05-03\"></head><body><article><h1>Barrels on the quay</h1>
    <p>Ivo Brandt, a customs officer, said that nine barrels of solvent stood open on the north quay of Tarn.</p>
    <p>He has worked on the quay for thirty years, and has seen many ships come and go in that time.</p>
    </article></body></html>";
const ANSWER: &str = "<html><head><title>Reply</title><meta property=\"og:site_name\" content=\"Quay Letters\">
    <meta property=\"article:published_time\" content=\"2021-05-05\"></head><body><article><h1>A reply</h1>
    <p>Ivo Brandt said that nine barrels of solvent stood open on the north quay of Tarn.</p>
    <p>Anna Lund, the clerk of the harbour, said that Brandt’s account was fabricated from beginning to end.</p>
    </article></body></html>";

#[test]
fn an_undercut_is_suggested_and_counts_when_it_is_confirmed() {
    let folder = tempfile::tempdir().unwrap();
    for (name, page) in [("1.html", REPORT), ("2.html", ANSWER)] {
        std::fs::write(folder.path().join(name), page).unwrap();
    }
    let mut desk = Desk::create(&folder.path().join("sayso.db"), 0, clock).unwrap();
    let pages = ["1.html", "2.html"].map(|name| folder.path().join(name).display().to_string());
    desk.read(sayso::intake(pages).inputs, &mut Quiet).unwrap();
    let before = standings(&desk);
    let queue = desk.review(&[sayso::MatterKind::Undercut]).unwrap();
    assert_eq!(
        queue.matters.len(),
        2,
        "once on the page itself, once on the page before: {:?}",
        queue.matters
    );
    for matter in &queue.matters {
        assert!(matter.because.contains("Brandt’s account was fabricated"), "{}", matter.because);
        let said: Vec<&str> = matter.statements.iter().map(|(told, _)| told.source.as_str()).collect();
        assert_eq!(said, ["Ivo Brandt", "Anna Lund"]);
    }
    let mut done = Vec::new();
    for matter in queue.matters {
        done.push(desk.act(wanted(ActKind::Confirm, matter.on), false).unwrap());
    }
    assert!(done.iter().any(|done| !done.fell.is_empty()), "{done:?}");
    assert!(desk.review(&[sayso::MatterKind::Undercut]).unwrap().matters.is_empty(), "they come back");
    for done in done {
        desk.act(wanted(ActKind::Undo, Subject::Act(done.act.id)), false).unwrap();
    }
    assert_eq!(standings(&desk), before);
}

/// What was read first could not join what later pages founded; linked anew, it can, so that standings may change.
#[test]
fn linking_all_anew_founds_no_claim_and_does_no_act_twice() {
    let (_folder, mut desk) = story();
    let before = standings(&desk);
    let log = desk.log().unwrap().len();
    let on = |_, _| std::ops::ControlFlow::Continue(());
    let none = desk.relink(None, &mut { on }).unwrap();
    assert_eq!(none.of, 0, "the present linker has linked them");
    let now = desk.now();
    let all = desk.relink(Some(now + 1), &mut { on }).unwrap();
    assert_eq!((all.done, all.of), (7, 7));
    assert!(standings(&desk).keys().eq(before.keys()), "a claim was founded twice");
    desk.relink(Some(now + 1), &mut { on }).unwrap();
    assert!(standings(&desk).keys().eq(before.keys()), "a claim was founded twice");
    assert_eq!(desk.log().unwrap().len(), log, "a notice withdraws the same words once");
    assert_eq!(desk.verify(true, &mut |_, _, _| {}).unwrap().faults, vec![]);
    assert_eq!(desk.reread(&mut { on }).unwrap().of, 0);
}

#[test]
fn rivals_are_ranked_by_what_stands_and_hidden_until_all_have_rated() {
    use sayso::{HypothesesError, HypothesesStep, Rating};
    use sayso_weigh::Fit;
    let (_folder, mut desk) = story();
    let claim = |desk: &Desk, words: &str| {
        let mut ids = desk.claims(None).unwrap().into_iter();
        ids.find(|id| desk.claim(*id, AsOf::NOW).unwrap().is_some_and(|answer| answer.words.contains(words)))
            .unwrap()
    };
    let stamps = claim(&desk, "filling stamps of April 2019");
    let hypotheses = vec!["From Halden".to_owned(), "From a broker".to_owned()];
    let raters = vec!["ann".to_owned(), "ben".to_owned()];
    let question = desk.ask_hypotheses("Whence?".into(), hypotheses, true, raters, "ann").unwrap();
    let evidence = HypothesesStep::Evidence { claim: stamps, relevance: 1.0, credibility: 1.0 };
    desk.step_hypotheses(question, evidence, "ann").unwrap();
    let rate = |fits: [Fit; 2]| {
        let rating = |(at, fit)| Rating { evidence: 1, hypothesis: at + 1, fit };
        HypothesesStep::Rate { ratings: fits.into_iter().enumerate().map(rating).collect(), because: None }
    };
    desk.step_hypotheses(question, rate([Fit::Consistent, Fit::VeryInconsistent]), "ann").unwrap();
    assert!(
        desk.question(question, Some("ben")).unwrap().ratings["ben"].iter().flatten().all(Option::is_none)
    );
    assert!(!desk.question(question, Some("ben")).unwrap().ratings.contains_key("ann"), "they are hidden");
    assert!(matches!(desk.rank_hypotheses(question), Err(HypothesesError::Waiting(who)) if who == ["ben"]));
    let bens = desk.step_hypotheses(question, rate([Fit::Neutral, Fit::Inconsistent]), "ben").unwrap();
    let order = |desk: &Desk| -> Vec<(usize, f64)> {
        let ranked = desk.rank_hypotheses(question).unwrap();
        ranked.order.iter().map(|place| (place.hypothesis, place.inconsistency)).collect()
    };
    assert_eq!(order(&desk), [(1, 0.0), (2, 1.0)], "of two middle fits the milder");
    let ranked = desk.rank_hypotheses(question).unwrap();
    assert!(ranked.deciding.iter().any(|(source, _)| source.name == "Northwire"), "{ranked:?}");
    let discredit = Wanted {
        act: ActKind::Discredit,
        on: Subject::Source("Northwire".into()),
        with: None,
        by: "ann".into(),
        because: "why not".into(),
    };
    desk.act(discredit, false).unwrap();
    assert_eq!(order(&desk), [(1, 0.0), (2, 0.0)], "what does not stand weighs nothing");
    desk.step_hypotheses(question, HypothesesStep::Undo { step: bens }, "ben").unwrap();
    assert!(matches!(desk.rank_hypotheses(question), Err(HypothesesError::Waiting(_))), "it was taken back");
    assert_eq!(desk.verify(true, &mut |_, _, _| {}).unwrap().faults, vec![]);
}

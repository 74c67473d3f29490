//! `sayso keep` and `sayso kept`: questions whose answers are looked after while pages come in.

use super::asking::{ready, say_notes};
use super::deed::{Hand, subject, undone};
use crate::account::{self, FAINT, TITLE};
use crate::failure::{Done, Ended, Failure};
use crate::progress::Parts;
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::{AsOf, Desk, KeptAnswer, KeptChange, KeptQuestion, Reply, Sort, Wanted};
use sayso_record::{ActKind, Subject};
use sayso_weigh::show_range;

/// Keep a question: pages that are read later are held against it too
///
/// The answer is given now, and again whenever a page or an act changes it: `sayso read` says so at its end, `sayso kept`
/// lists what is kept and what each answer came to when, and `sayso serve` has a page, a feed and webhooks for them. Only a
/// question whether something is so can be kept ("Did the council sell the pier?", or the sentence itself); to keep it no
/// longer, undo the act: sayso undo ID.
#[derive(Debug, clap::Args)]
pub(crate) struct Keep {
    /// The question
    #[arg(required = true)]
    words: Vec<String>,
    /// Why; kept in the log
    #[arg(long, value_name = "TEXT", default_value = "to be told when the answer becomes another")]
    because: String,
    #[command(flatten)]
    hand: Hand,
}

/// List the questions that are kept, or tell one with its answer and what it came to when
#[derive(Debug, clap::Args)]
pub(crate) struct Kept {
    /// The id of one, or its first digits
    #[arg(value_name = "ID")]
    id: Option<String>,
}

impl Keep {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let words = self.words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        let by = self.hand.name()?;
        let mut desk = ledger::open(session)?;
        ready(session, &mut desk, false)?;
        let on = Subject::Question(words);
        let wanted = Wanted { act: ActKind::Keep, on, with: None, by, because: self.because };
        let done = desk.act(wanted, false).map_err(undone)?;
        let id = done.act.id;
        answer_anew(session, &mut desk, false)?;
        say_notes(session, &mut desk);
        let gone = || Failure::from(anyhow::anyhow!("question {} cannot be found again", id.short()));
        let kept = desk.kept_question(id).map_err(ledger::failed)?.ok_or_else(gone)?;
        tell(session, &mut desk, &kept)?;
        session.flush()?;
        let id = id.short();
        session.say(&format!("in the log as act {id}; to keep it no longer: sayso undo {id}"));
        Ok(Done::Whole)
    }
}

impl Kept {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let mut desk = ledger::open(session)?;
        ready(session, &mut desk, false)?;
        // An act may have changed an answer since pages were last read; a ledger that cannot be written to is shown as it is.
        if answer_anew(session, &mut desk, false).is_err() {
            session.say("what has changed since could not be stored, and is not in what answers came to");
        }
        let Some(asked) = self.id else { return list(session, &desk) };
        let Subject::Act(id) = subject(&desk, (&asked, &[Sort::Act]))? else {
            unreachable!("only acts were asked for")
        };
        let none = || {
            let what = format!("act {} keeps no question", id.short());
            Failure::from(anyhow::anyhow!("{what}")).hint("`sayso kept` lists those that are kept")
        };
        let kept = desk.kept_question(id).map_err(ledger::failed)?.ok_or_else(none)?;
        tell(session, &mut desk, &kept)?;
        Ok(Done::Whole)
    }
}

fn list(session: &mut Session, desk: &Desk) -> Ended {
    let kept = desk.kept(1).map_err(ledger::failed)?;
    for one in &kept {
        if session.json() {
            session.print_json(one)?;
            continue;
        }
        let now = one.answers.first();
        let came_to = now.map_or_else(|| "not answered yet".to_owned(), in_words);
        let since = now.map_or(String::new(), |now| format!(" since {}", now.since));
        let text = account::titled(&one.question, session.columns());
        session.print(&format!("{text}  {came_to}{since}  {FAINT}{}{FAINT:#}\n\n", one.id.short()))?;
    }
    session.flush()?;
    if kept.is_empty() {
        session.say("no question is kept; sayso keep \"Did ...?\" keeps one");
    }
    Ok(Done::Whole)
}

/// A kept question with its answer as it is now, and what it came to when.
fn tell(session: &mut Session, desk: &mut Desk, kept: &KeptQuestion) -> Result<(), Failure> {
    let answer = desk.answer(&kept.question, AsOf::NOW).map_err(ledger::failed)?;
    if session.json() {
        session.print_json(&serde_json::json!({ "kept": kept, "answer": answer }))?;
        return Ok(());
    }
    let mut text = account::reply(&Reply::Answer(answer), session.columns());
    text += &format!("\n  {TITLE}What the answer came to{TITLE:#}\n");
    for one in &kept.answers {
        text += &format!("    {:20}  {}\n", one.since, in_words(one));
        if let Some(page) = &one.because {
            text += &format!("{FAINT}{:26}read: {}{FAINT:#}\n", "", account::page_in_words(page));
        }
    }
    session.print(&text)?;
    Ok(())
}

/// "contested; 2 for it, 1 against it".
fn in_words(one: &KeptAnswer) -> String {
    let mut text = one.standing.clone();
    let sides =
        [("for it", one.independence_for, one.says), ("against it", one.independence_against, one.denies)];
    for (side, independence, lines) in sides.into_iter().filter(|(_, _, lines)| *lines > 0) {
        let sentences = if lines == 1 { "sentence" } else { "sentences" };
        text += &format!("; {side} {lines} {sentences}, independence {}", show_range(independence));
    }
    if one.possible > 0 {
        text += &format!("; {} possible", one.possible);
    }
    text
}

/// Answers the kept questions anew where something came that may change them, and says which answers changed. Nothing of it
/// makes what was done before it fail. `tells` is whether changes are said.
pub(super) fn answer_anew(session: &mut Session, desk: &mut Desk, tells: bool) -> Result<(), Failure> {
    let mut parts = Parts::new(session);
    let anew = desk.answer_kept(&mut |done, of| parts.step("answering kept questions", done, of));
    parts.finish();
    let changes = anew.and_then(|anew| desk.store_answered(anew)).map_err(ledger::failed)?;
    if tells {
        changes.iter().for_each(|change| session.say(&changed(change)));
    }
    Ok(())
}

fn changed(change: &KeptChange) -> String {
    let question = harmless::line(&change.question);
    let after = in_words(&change.after);
    let before = match &change.before {
        Some(before) if before.standing != change.after.standing => format!("{} -> ", before.standing),
        _ => String::new(),
    };
    format!("kept question {question:?}: {before}{after} (sayso kept {})", change.id.short())
}

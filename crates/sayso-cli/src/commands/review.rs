//! `sayso review`: what a person should decide, one key each.

use super::corrections::page;
use super::deed::{Hand, undone};
use crate::account::{self, FAINT, SOURCE, TITLE};
use crate::failure::{Done, Ended, Failure};
use crate::session::Session;
use crate::{harmless, ledger};
use console::Term;
use sayso::{Consequences, Desk, Matter, MatterKind, Wanted};
use sayso_record::{ActId, ActKind, Subject};
use std::io::{self, BufRead, IsTerminal};

/// Decide about suggestions, most consequential first, with one key each
///
/// The machine suggests: that a source should no longer be believed because a page says so, that a notice takes words
/// of its page back, that words were taken from another page, that two names are one source, that a statement makes a claim; and it says of which statements it is
/// not sure. Each is shown with the words that it rests on, and how many claims hang on it.
///
/// Keys: y yes, n no, s skip, w what would change, u undo the last decision, q quit. Where standard input is no
/// terminal, each line is one answer. Every decision is an act in the log; what was decided does not come back.
#[derive(Debug, clap::Args)]
pub(crate) struct Review {
    /// List what waits, and decide nothing
    #[arg(long)]
    list: bool,
    /// Only matters of this kind; may be given more than once
    #[arg(long, value_name = "KIND", value_parser = kind)]
    only: Vec<MatterKind>,
    /// At most so many
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,
    /// Why; kept in the log with each decision
    #[arg(long, value_name = "TEXT", default_value = "as reviewed")]
    because: String,
    #[command(flatten)]
    hand: Hand,
}

const KINDS: &[(&str, MatterKind)] = &[
    ("distrust", MatterKind::Distrust),
    ("withdrawal", MatterKind::Withdrawal),
    ("undercut", MatterKind::Undercut),
    ("flagged", MatterKind::Flagged),
    ("origin", MatterKind::Origin),
    ("same-source", MatterKind::SameSource),
    ("same-claim", MatterKind::SameClaim),
    ("low-confidence", MatterKind::LowConfidence),
];

fn kind(word: &str) -> Result<MatterKind, String> {
    KINDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind).ok_or_else(|| {
        let words: Vec<&str> = KINDS.iter().map(|(word, _)| *word).collect();
        format!("one of {} is needed", words.join(", "))
    })
}

impl Review {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let mut desk = ledger::open(session)?;
        let mut queue = desk.review(&self.only).map_err(ledger::failed)?;
        let held = queue.matters.len();
        queue.matters.truncate(self.limit.unwrap_or(usize::MAX));
        let more = queue.left_over + held - queue.matters.len();
        if self.list || session.json() {
            for matter in &queue.matters {
                if session.json() {
                    session.print_json(matter)?;
                } else {
                    session.print(&in_words(matter, session.columns()))?;
                }
            }
        } else if !queue.matters.is_empty() {
            let by = self.hand.name()?;
            let mut sitting = Sitting { because: self.because, by, decided: Vec::new() };
            sitting.run(session, &mut desk, &queue.matters)?;
        }
        session.flush()?;
        match (queue.matters.len(), more) {
            (0, 0) => session.say("nothing waits to be decided"),
            (_, 0) => {}
            (_, more) => session.say(&format!("{more} more wait")),
        }
        Ok(Done::Whole)
    }
}

/// One sitting of one person.
struct Sitting {
    because: String,
    by: String,
    /// The acts that were done, each with the place of its matter.
    decided: Vec<(usize, ActId)>,
}

impl Sitting {
    fn run(&mut self, session: &mut Session, desk: &mut Desk, matters: &[Matter]) -> Result<(), Failure> {
        let mut answers = Answers::new();
        let mut at = 0;
        while let Some(matter) = matters.get(at) {
            session.print(&in_words(matter, session.columns()))?;
            session.print(&format!("  {FAINT}[{} of {}]{FAINT:#} y n s w u q? ", at + 1, matters.len()))?;
            session.flush()?;
            let Some(answer) = answers.next()? else { break };
            session.print(&format!("{answer}\n"))?;
            match answer {
                'y' | 'n' => {
                    let act = if answer == 'y' { ActKind::Confirm } else { ActKind::Reject };
                    let done = self.act(desk, act, matter.on.clone(), false)?;
                    session.print(&outcome(&done))?;
                    self.decided.push((at, done.act.id));
                    at += 1;
                }
                's' => at += 1,
                'w' => {
                    for (act, word) in [(ActKind::Confirm, "yes"), (ActKind::Reject, "no")] {
                        let tried = self.act(desk, act, matter.on.clone(), true)?;
                        session.print(&format!("  {word}:{}", outcome(&tried)))?;
                    }
                }
                'u' => match self.decided.pop() {
                    Some((place, act)) => {
                        let done = self.act(desk, ActKind::Undo, Subject::Act(act), false)?;
                        session.print(&outcome(&done))?;
                        at = place;
                    }
                    None => session.print("  nothing was decided in this sitting\n")?,
                },
                'q' => break,
                _ => session.print(
                    "  y yes, n no, s skip, w what would change, u undo the last decision, q quit\n",
                )?,
            }
        }
        let decided = self.decided.len();
        session.print(&format!("\n{decided} decided\n"))?;
        Ok(())
    }

    fn act(
        &self,
        desk: &mut Desk,
        act: ActKind,
        on: Subject,
        only_try: bool,
    ) -> Result<Consequences, Failure> {
        let (by, because) = (self.by.clone(), self.because.clone());
        desk.act(Wanted { act, on, with: None, by, because }, only_try).map_err(undone)
    }
}

/// Keys from a terminal, or the first letters of lines.
enum Answers {
    Keys(Term),
    Lines(io::Lines<io::StdinLock<'static>>),
}

impl Answers {
    fn new() -> Answers {
        if io::stdin().is_terminal() && io::stdout().is_terminal() {
            Answers::Keys(Term::stdout())
        } else {
            Answers::Lines(io::stdin().lock().lines())
        }
    }

    /// The next answer; none where there is no more.
    fn next(&mut self) -> io::Result<Option<char>> {
        match self {
            Answers::Keys(terminal) => match terminal.read_char() {
                Ok(key) => Ok(Some(key.to_ascii_lowercase())),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(None),
                Err(error) => Err(error),
            },
            Answers::Lines(lines) => {
                let line = lines.next().transpose()?;
                Ok(line.map(|line| line.trim().chars().next().unwrap_or('?').to_ascii_lowercase()))
            }
        }
    }
}

fn outcome(done: &Consequences) -> String {
    let some = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
    let parts: Vec<String> = [
        some(done.fell.len(), "fall"),
        some(done.revived.len(), "stand again"),
        some(done.changed.len(), "change"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let parts = if parts.is_empty() { "no claim weighs anything else".to_owned() } else { parts.join(", ") };
    format!("  {FAINT}{parts}{FAINT:#}\n")
}

fn in_words(matter: &Matter, columns: usize) -> String {
    let at_least = if matter.hangs_at_least { "at least " } else { "" };
    let plural = if matter.hangs == 1 { "claim hangs" } else { "claims hang" };
    let sure = (matter.confidence * 100.0).round();
    let kind = KINDS.iter().find(|(_, kind)| *kind == matter.kind).map_or("", |(word, _)| word);
    let id = match &matter.on {
        Subject::Suggestion(id) => id.short(),
        Subject::Statement(id) => id.short(),
        other => other.to_string(),
    };
    let question = account::wrapped(&harmless::line(&matter.question), "", columns);
    let mut text = format!("\n{TITLE}{}{TITLE:#}\n", question.trim_end());
    text += &format!(
        "  {FAINT}{kind} {id} · {at_least}{} {plural} on it · {sure}% sure{FAINT:#}\n",
        matter.hangs
    );
    if !matter.because.is_empty() {
        text += &account::wrapped(&format!("because: {}", harmless::line(&matter.because)), "  ", columns);
    }
    for (told, stands_in) in matter.statements.iter().take(SHOWN) {
        let source = harmless::line(&told.source);
        let source = if source.is_empty() { "nobody by name".to_owned() } else { source };
        text += &format!("    {SOURCE}{source}{SOURCE:#} {FAINT}on{FAINT:#} {}\n", page(stands_in));
        text += &account::wrapped(&harmless::line(&told.words), "      ", columns);
    }
    if matter.statements.len() > SHOWN {
        text += &format!("    and {} more\n", matter.statements.len() - SHOWN);
    }
    text
}

/// So many statements of a matter are shown.
const SHOWN: usize = 4;

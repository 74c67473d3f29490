//! `sayso read`: pages into the ledger, and an account of them on standard output.

use crate::account::{self, JsonDocument, Layout};
use crate::failure::{Done, Ended, Failure};
use crate::progress::Progress;
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::{CAP_BYTES, Desk, Fate, Input, Intake, LeftOut, Outcome, Report, Tally, Watch};
use serde::Serialize;
use std::io::{self, Read as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Read pages and print who says what in them, on whose word
///
/// Reads HTML and plain text. A folder is read with everything below it that is called .html, .htm, .xhtml, .shtml,
/// .txt or .text; a file that is named itself is read whatever it is called. Each page is kept in the ledger; reading
/// the same page again adds nothing.
///
/// What cannot be read is left out, said at the end, and makes the exit code 1; the rest is read.
#[derive(Debug, clap::Args)]
pub(crate) struct Read {
    /// Files and folders; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print also what pages and commenters say in their own voice
    #[arg(long)]
    own_voice: bool,
    /// Print what would be found, and leave the ledger alone
    #[arg(long)]
    dry_run: bool,
}

impl Read {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let intake = intake(&self.paths)?;
        let mut desk = if self.dry_run { Desk::without_ledger() } else { ledger::create(session)? };
        read_all(session, &mut desk, intake, self.own_voice)
    }
}

/// Reads everything, and prints the account of it.
pub(super) fn read_all(session: &mut Session, desk: &mut Desk, intake: Intake, own_voice: bool) -> Ended {
    let layout = Layout { columns: session.columns(), own_voice };
    let progress = Progress::new(session, intake.inputs.len());
    let mut printer = Printer { session, layout, progress, left_out: Vec::new(), broken: None };
    let ended = desk.read(intake.inputs, &mut printer);
    let Printer { session, progress, left_out, broken, .. } = printer;
    progress.finish();
    if let Some(error) = broken {
        return Err(error.into());
    }
    // What was read until the ledger failed is stored, and should be seen.
    session.flush()?;
    for (input, why) in &left_out {
        session.say(&format!("left out: {} {}", harmless::line(input), harmless::line(&why.to_string())));
    }
    let tally = ended.map_err(ledger::failed)?;
    session.say(&in_words(&tally, intake.passed_over));
    Ok(if tally.left_out == 0 { Done::Whole } else { Done::Part })
}

fn intake(paths: &[PathBuf]) -> Result<Intake, Failure> {
    let stdin = Path::new("-");
    if paths.iter().filter(|path| *path == stdin).count() > 1 {
        return Err(Failure::usage("standard input can be read once only").hint("give - once"));
    }
    let mut all = Intake::default();
    for path in paths {
        if path == stdin {
            all.inputs.push(standard_input());
        } else {
            let found = sayso::intake([path]);
            all.inputs.extend(found.inputs);
            all.passed_over += found.passed_over;
        }
    }
    Ok(all)
}

fn standard_input() -> Input {
    const NAME: &str = "standard input";
    let mut bytes = Vec::new();
    match io::stdin().lock().take(CAP_BYTES + 1).read_to_end(&mut bytes) {
        Ok(_) => Input::bytes(NAME, bytes),
        Err(error) => Input::refused(NAME, LeftOut::Unreadable(error.to_string())),
    }
}

/// Prints each account as it comes.
struct Printer<'s> {
    session: &'s mut Session,
    layout: Layout,
    progress: Progress,
    left_out: Vec<(String, LeftOut)>,
    broken: Option<io::Error>,
}

impl Watch for Printer<'_> {
    fn read(&mut self) {
        self.progress.step();
    }

    fn report(&mut self, report: Report) -> ControlFlow<()> {
        let (session, layout) = (&mut *self.session, self.layout);
        let printed = self.progress.aside(|| print(session, &report, layout));
        if let Outcome::LeftOut(why) = report.outcome {
            self.left_out.push((report.input, why));
        }
        if let Err(error) = printed {
            self.broken = Some(error);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }
}

/// One line of `sayso read --json`.
#[derive(Serialize)]
struct JsonReport<'a> {
    input: &'a str,
    outcome: JsonOutcome<'a>,
    #[serde(flatten)]
    content: Option<JsonDocument<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum JsonOutcome<'a> {
    LeftOut(&'a LeftOut),
    #[serde(untagged)]
    Read(Fate),
}

fn print(session: &mut Session, report: &Report, layout: Layout) -> io::Result<()> {
    match &report.outcome {
        Outcome::LeftOut(why) if session.json() => {
            let outcome = JsonOutcome::LeftOut(why);
            session.print_json(&JsonReport { input: &report.input, outcome, content: None })?;
        }
        Outcome::LeftOut(_) => {}
        Outcome::Read { document, statements, fate } if session.json() => {
            let content = Some(JsonDocument::new(document, statements));
            session.print_json(&JsonReport {
                input: &report.input,
                outcome: JsonOutcome::Read(*fate),
                content,
            })?;
        }
        Outcome::Read { document, statements, fate } => {
            session.print(&account::page(document, statements, fate_in_words(*fate), layout))?;
        }
    }
    session.flush_printed()
}

fn fate_in_words(fate: Fate) -> &'static str {
    match fate {
        Fate::New => "new",
        Fate::ReadAnew => "read anew",
        Fate::Known => "known already",
        Fate::NotStored => "not stored",
    }
}

fn in_words(tally: &Tally, passed_over: usize) -> String {
    let some = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
    let parts: Vec<String> = [
        some(tally.new, "new"),
        some(tally.read_anew, "read anew"),
        some(tally.known, "known already"),
        some(tally.not_stored, "not stored"),
        some(tally.noted, "with notes"),
        some(tally.left_out, "left out"),
        some(passed_over, "passed over, not called like a page"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let plural = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let read =
        format!("{} with {}", plural(tally.documents(), "document"), plural(tally.statements, "statement"),);
    if parts.is_empty() { read } else { format!("{read}: {}", parts.join(", ")) }
}

//! `sayso weigh`: a case written by hand, weighed.

use crate::failure::{Done, Ended, Failure};
use crate::harmless;
use crate::session::Session;
use anyhow::{Context, anyhow};
use sayso_weigh::{Axis, Case, Graph, Kind, Moment, Weighing};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Weigh a case file: what stands, on how many independent sources
///
/// Prints JSON: the standing of each claim, whether anything stands for it (pro) and against it (con), its origins,
/// how many sources would have to fall to end it (independence: at least, at most), the sources whose fall alone
/// would (single_points), and a smallest set of sources whose fall together would (cut). Where links are only
/// possible, or sources may be one, it tells besides what standing the possible links would give, if it is another
/// (possible_standing), and which sources would end it if they are one (single_groups).
#[derive(Debug, clap::Args)]
pub(crate) struct Weigh {
    #[command(flatten)]
    pub(crate) case: CaseArguments,
    /// Tell in words why this claim has its standing
    #[arg(long, value_name = "CLAIM")]
    explain: Option<String>,
    /// Tell in words when this claim had which standing
    #[arg(long, value_name = "CLAIM", conflicts_with_all = ["explain", "as_of", "known_by", "json"])]
    history: Option<String>,
    /// With --history: by when we knew things, not by when they were published
    #[arg(long, requires = "history")]
    by_knowledge: bool,
}

/// A case file, and the moment at which it is weighed.
#[derive(Debug, clap::Args)]
pub(crate) struct CaseArguments {
    /// The case file (JSON); - for standard input
    #[arg(value_name = "CASE.json")]
    case: PathBuf,
    /// Weigh only what had been published by this date (2011-07-14, or a time with its offset)
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Weigh only what was known by this date
    #[arg(long, value_name = "DATE")]
    known_by: Option<String>,
}

impl CaseArguments {
    /// Reads the case, and says on standard error what is odd about it.
    pub(crate) fn read(&self, session: &Session) -> Result<(Case, Graph, Moment), Failure> {
        let moment = Moment::by_dates(self.as_of.as_deref(), self.known_by.as_deref()).ok_or_else(|| {
            Failure::usage("--as-of and --known-by take a date")
                .hint("write 2011-07-14 or 2011-07-14T09:30:00+02:00")
        })?;
        let name = harmless::line(&self.case.display().to_string());
        let case = Case::parse(&read_text(&self.case)?)
            .with_context(|| format!("{name} is no case file that can be weighed"))?;
        for note in case.notes() {
            session.say(&format!("{name}: {}", harmless::line(note)));
        }
        let graph = case.graph();
        Ok((case, graph, moment))
    }
}

fn read_text(path: &Path) -> Result<String, Failure> {
    let name = harmless::line(&path.display().to_string());
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes).context("standard input could not be read")?;
    } else {
        bytes = std::fs::read(path).with_context(|| format!("{name} could not be read"))?;
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + good.iter().filter(|&&byte| byte == b'\n').count();
        let what = anyhow!("{name}, line {line}: this is not UTF-8, so it is no JSON");
        Failure::from(what).hint("save the file as UTF-8")
    })
}

impl Weigh {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let (case, graph, moment) = self.case.read(session)?;
        if let Some(id) = &self.history {
            let axis = if self.by_knowledge { Axis::Known } else { Axis::Published };
            let text = case.history(&graph, known_claim(&case, id)?, axis);
            print_lines(session, &text)?;
            return Ok(Done::Whole);
        }
        let mut weighing = Weighing::new(&graph, moment);
        if let Some(id) = &self.explain {
            let claim = known_claim(&case, id)?;
            let text = case.explain(&weighing, claim);
            if session.json() {
                let explained = serde_json::json!({
                    "claim": id, "weighed": case.claim_report(&weighing, claim),
                    "explanation": text.lines().collect::<Vec<_>>(),
                });
                session.print_json(&explained)?;
            } else {
                print_lines(session, &text)?;
            }
            return Ok(Done::Whole);
        }
        let report = case.report(&mut weighing);
        if session.json() {
            session.print_json(&report)?;
        } else {
            let text = serde_json::to_string_pretty(&report)?;
            for line in text.lines() {
                session.print(&format!("{}\n", harmless::json(line)))?;
            }
        }
        Ok(Done::Whole)
    }
}

/// The number of a claim that the user named.
fn known_claim(case: &Case, id: &str) -> Result<u32, Failure> {
    case.claim(id).ok_or_else(|| {
        let hint = case.hint(Kind::Claim, id);
        Failure::usage(format!("{id:?} is no claim of this case{hint}"))
    })
}

/// Prints lines whose indentation means something and whose words were written by others.
pub(crate) fn print_lines(session: &mut Session, text: &str) -> std::io::Result<()> {
    for line in text.lines() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        session.print(&format!("{:indent$}{}\n", "", harmless::line(line)))?;
    }
    Ok(())
}

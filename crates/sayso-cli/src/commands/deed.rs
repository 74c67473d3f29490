//! What every act takes on the command line, and how it is done: or only tried.

use crate::account::{JsonConsequences, consequences};
use crate::failure::{self, Done, Ended, Failure};
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::{ActError, Desk, Sort, SubjectError, Wanted};
use sayso_record::{ActKind, Subject};

/// Who acts, and why.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Deed {
    /// Why; kept in the log
    #[arg(long, value_name = "TEXT")]
    because: String,
    #[command(flatten)]
    hand: Hand,
    /// Print what would fall and what would stand again, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Whose hand it is.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Hand {
    /// Who does it; kept in the log [default: the name you are logged in as]
    #[arg(long, value_name = "NAME", env = "SAYSO_BY", hide_env_values = true)]
    by: Option<String>,
}

impl Hand {
    /// The name to be kept.
    pub(super) fn name(&self) -> Result<String, Failure> {
        let logged_in = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
        let by = self.by.clone().or_else(logged_in).map(|by| by.trim().to_owned());
        by.filter(|by| !by.is_empty()).ok_or_else(|| {
            Failure::usage("nobody is named as the one who does it")
                .hint("name yourself: --by NAME, or once for all: export SAYSO_BY=NAME")
        })
    }
}

/// Something that the command line names, and what sorts of thing it may be.
pub(super) type Named<'a> = (&'a str, &'a [Sort]);

impl Deed {
    /// Does the act, or only tries it, and prints what comes of it.
    pub(super) fn run(&self, session: &mut Session, act: ActKind, on: Named, with: Option<Named>) -> Ended {
        let because = self.because.trim();
        if because.is_empty() {
            return Err(Failure::usage("an act needs a reason").hint("say why: --because \"...\""));
        }
        act_and_tell(session, act, on, with, &self.hand, because, self.dry_run)
    }
}

/// Does or tries an act on what is named.
pub(super) fn act_and_tell(
    session: &mut Session,
    act: ActKind,
    on: Named,
    with: Option<Named>,
    hand: &Hand,
    because: &str,
    dry_run: bool,
) -> Ended {
    let by = hand.name()?;
    let mut desk = ledger::open(session)?;
    let on = subject(&desk, on)?;
    let with = with.map(|with| match desk.subject(with.0, with.1) {
        // An organisation need not have been heard itself.
        Err(SubjectError::Unknown { .. }) if act == ActKind::Affiliate => {
            let name = with.0.strip_prefix("source:").unwrap_or(with.0);
            Ok(Subject::Source(name.to_owned()))
        }
        _ => subject(&desk, with),
    });
    let with = with.transpose()?;
    let wanted = Wanted { act, on, with, by, because: because.to_owned() };
    let done = desk.act(wanted, dry_run).map_err(undone)?;
    if session.json() {
        session.print_json(&JsonConsequences { dry_run, consequences: &done })?;
    } else {
        session.print(&consequences(&done, session.columns()))?;
    }
    let id = done.act.id.short();
    session.flush()?;
    session.say(&match dry_run {
        true => "only tried: nothing was changed".to_owned(),
        false if act == ActKind::Undo => format!("in the log as act {id}; to have it back: sayso undo {id}"),
        false => format!("in the log as act {id}; to take it back: sayso undo {id}"),
    });
    Ok(Done::Whole)
}

/// What is meant by a word of the command line.
pub(super) fn subject(desk: &Desk, (asked, sorts): Named) -> Result<Subject, Failure> {
    desk.subject(asked, sorts).map_err(|error| {
        let hint = match &error {
            SubjectError::Ledger(_) => None,
            SubjectError::Unknown { alike, .. } if !alike.is_empty() => {
                let alike: Vec<String> =
                    alike.iter().map(|name| format!("{:?}", harmless::line(name))).collect();
                Some(format!("did you mean {}?", alike.join(" or ")))
            }
            SubjectError::Unknown { sorts, .. } if sorts.contains(&Sort::Source) => Some(
                "`sayso sources` lists everybody; `sayso read` prints ids at the end of a line".to_owned(),
            ),
            SubjectError::Unknown { sorts, .. } if sorts.contains(&Sort::Suggestion) => {
                Some("`sayso review --list` prints their ids".to_owned())
            }
            SubjectError::Unknown { sorts, .. } if sorts == &[Sort::Act] => {
                Some("`sayso log` prints their ids".to_owned())
            }
            SubjectError::Unknown { .. } => Some("`sayso read` and `sayso ask` print ids".to_owned()),
            SubjectError::Ambiguous { may_be, .. } => {
                let may_be: Vec<String> = may_be
                    .iter()
                    .map(|subject| format!("{:?}", harmless::line(&subject.to_string())))
                    .collect();
                Some(format!("it may be {}", may_be.join(" or ")))
            }
            SubjectError::WrongSort { .. } => Some("name another one".to_owned()),
        };
        match (error, hint) {
            (SubjectError::Ledger(error), _) => ledger::failed(error),
            (error, hint) => {
                let exit = match error {
                    SubjectError::Unknown { .. } => failure::PART,
                    _ => failure::USAGE,
                };
                let what = anyhow::anyhow!("{}", harmless::line(&error.to_string()));
                let failed = Failure::new(exit, what);
                match hint {
                    Some(hint) => failed.hint(hint),
                    None => failed,
                }
            }
        }
    })
}

/// The failure that an act that was not done is.
pub(super) fn undone(error: ActError) -> Failure {
    let what = || anyhow::anyhow!("{}", harmless::line(&error.to_string()));
    match error {
        ActError::Ledger(error) => ledger::failed(error),
        ActError::NothingThere(_) => Failure::new(failure::PART, what()),
        ActError::CannotBeDone { .. } => {
            Failure::new(failure::USAGE, what()).hint("`sayso help` tells what each act is for")
        }
        ActError::UndoneBefore { .. } => {
            Failure::new(failure::PART, what()).hint("to have it back, undo the act that took it back")
        }
        ActError::TooLong { .. } => Failure::new(failure::USAGE, what()),
        ActError::NoQuestion(_) => Failure::new(failure::USAGE, what())
            .hint("put it as a sentence, or so that it can be answered by yes or no: \"Did the council sell the pier?\""),
        ActError::KeptBefore { .. } => Failure::new(failure::PART, what()).hint("`sayso kept` lists what is kept"),
        ActError::NothingWanted | ActError::OnlyTried(_) => Failure::new(failure::PART, what()),
    }
}

/// Whether a word may be the beginning of an id, and no word of a page.
pub(super) fn is_id(word: &str) -> bool {
    word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

//! `sayso demo`: the example story, read before the user's eyes.

use crate::commands::read::read_all;
use crate::commands::serve::{ServePlace, serve};
use crate::failure::{self, Ended, Failure};
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::{Desk, Input, Report, Watch};
use std::ops::ControlFlow;
use std::path::Path;

/// The story's pages, in the order in which they appeared.
macro_rules! pages {
    ($($name:literal,)*) => {
        &[$(($name, include_str!(concat!("../../../../examples/story/", $name)))),*]
    };
}

const STORY: &[(&str, &str)] = pages![
    "01-northwire.html",
    "02-harbour-courier.html",
    "03-saltmarsh-notes.html",
    "04-radio-ulmark.html",
    "05-saltmarsh-notes-update.html",
    "06-inland-review.html",
    "07-pellam-lamp.html",
];

/// Read an invented story of seven pages and show what can be asked about it
///
/// Nothing is kept unless a ledger is named: sayso demo --ledger demo.db
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// Print also what pages and commenters say in their own voice
    #[arg(long)]
    own_voice: bool,
    /// Show the story as pages in a browser, until control-C
    #[arg(long)]
    serve: bool,
    #[command(flatten)]
    place: ServePlace,
}

impl Demo {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        if self.serve {
            return self.serve(session);
        }
        let mut desk = match session.named_ledger() {
            Some(_) => ledger::create(session)?,
            None => Desk::in_memory(ledger::now).map_err(ledger::failed)?,
        };
        let done = read_all(session, &mut desk, story(), self.own_voice)?;
        session.say(&tour(session));
        Ok(done)
    }

    /// Reads the story into a ledger, one that is gone in the end where none is named, and serves that.
    fn serve(self, session: &mut Session) -> Ended {
        let folder = tempfile::tempdir().map_err(|error| Failure::new(failure::PART, error))?;
        let path = session.named_ledger().map_or_else(|| folder.path().join("demo.db"), Path::to_owned);
        let mut desk = Desk::create(&path, 0, ledger::now).map_err(ledger::failed)?;
        desk.read(story(), &mut Quietly).map_err(ledger::failed)?;
        drop(desk);
        serve(session, &path, self.place)
    }
}

fn story() -> Vec<Input> {
    STORY.iter().map(|(name, page)| Input::bytes(*name, *page)).collect()
}

/// The pages tell for themselves what was read.
struct Quietly;

impl Watch for Quietly {
    fn report(&mut self, _: Report) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// What to try next.
fn tour(session: &Session) -> String {
    let named = session.named_ledger().map(|path| harmless::line(&path.display().to_string()));
    let keep = "sayso demo --ledger demo.db".to_owned();
    let keep = named.is_none().then_some((keep, "keep the story"));
    let ledger = named.as_deref().unwrap_or("demo.db");
    let ask = [
        (format!("sayso ask fresh evidence --ledger {ledger}"), "who says so, and does it still stand"),
        (format!("sayso source Northwire --ledger {ledger}"), "what one source says, and what rests on it"),
        (format!("sayso chain ID --ledger {ledger}"), "a statement followed to its origins, by its id"),
        ("sayso read PAGE.html".to_owned(), "a page of your own"),
    ];
    let steps = keep.into_iter().chain(ask).map(|(command, what)| format!("\n  {command:54} {what}"));
    format!("\nTry next:{}", steps.collect::<String>())
}

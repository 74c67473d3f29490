//! `sayso statements`: what a source says.

use crate::account::{self, JsonStatement, Layout, Places};
use crate::commands::sources::in_words;
use crate::failure::{Done, Ended, Failure};
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::{Heard, Source};
use sayso_record::{Manner, Statement};
use serde::Serialize;

/// List what a source says
///
/// The name is a source's whole name or the last words of it, in any case. Where more than one source is called so,
/// each is listed by itself: a name alone does not say that two are one.
#[derive(Debug, clap::Args)]
pub(crate) struct Statements {
    /// Whose statements: a name, a surname, or a description ("senior official")
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Print also what authors and commenters say in their own voice
    #[arg(long)]
    own_voice: bool,
}

/// One line of `sayso statements --json`.
#[derive(Serialize)]
struct JsonHeard<'a> {
    heard: &'a Source,
    title: Option<&'a str>,
    #[serde(flatten)]
    statement: JsonStatement<'a>,
}

impl Statements {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let layout = Layout { columns: session.columns(), own_voice: self.own_voice };
        let heard = ledger::open(session)?.statements_by(&self.by).map_err(ledger::failed)?;
        if heard.is_empty() {
            let what = anyhow::anyhow!("nobody in the ledger is called {}", harmless::line(&self.by));
            return Err(Failure::from(what).hint("`sayso sources` lists everybody"));
        }
        for heard in &heard {
            if session.json() {
                print_json(session, heard, layout)?;
            } else {
                session.print(&text(heard, layout))?;
            }
        }
        if heard.len() > 1 {
            let count = heard.len();
            session.say(&format!(
                "{count} sources are called so; each is listed by itself, for they may not be one"
            ));
        }
        Ok(Done::Whole)
    }
}

fn is_shown(statement: &Statement, layout: Layout) -> bool {
    layout.own_voice || statement.manner != Manner::OwnVoice
}

fn print_json(session: &mut Session, heard: &Heard, layout: Layout) -> std::io::Result<()> {
    for (document, statements) in &heard.pages {
        let places = Places::of(document);
        for statement in statements.iter().filter(|statement| is_shown(statement, layout)) {
            let statement = JsonStatement::new(document, &places, statement);
            let title = document.title.as_deref();
            session.print_json(&JsonHeard { heard: &heard.source, title, statement })?;
        }
    }
    Ok(())
}

fn text(heard: &Heard, layout: Layout) -> String {
    let mut text = format!("{}\n\n", in_words(&heard.source));
    let mut hidden = 0;
    for (document, statements) in &heard.pages {
        let places = Places::of(document);
        let mut shown = statements.iter().filter(|statement| is_shown(statement, layout)).peekable();
        if shown.peek().is_some() {
            text += &account::heading(document, "in the ledger", layout.columns);
        }
        hidden += statements.len();
        for statement in shown {
            hidden -= 1;
            text += &format!("{}\n", account::said(document, &places, statement, layout));
        }
    }
    match hidden {
        0 => text,
        count => text + &format!("  and {count} in its own voice (--own-voice)\n\n"),
    }
}

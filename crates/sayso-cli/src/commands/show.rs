//! `sayso show`: one record of the ledger.

use crate::account::{self, JsonDocument, JsonStatement, Layout, Places};
use crate::failure::{Done, Ended, Failure};
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::{Desk, PastReading, Record};
use sayso_record::{Document, Statement};
use serde::Serialize;

/// Show a document or a statement of the ledger
///
/// A document is shown as `sayso read` prints it, with where it was found and who read it when; a statement with its
/// cue, its words, and the passage that they stand in.
#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    /// The id of a document or a statement, or its first digits
    id: String,
    /// Print also what the page and its commenters say in their own voice
    #[arg(long)]
    own_voice: bool,
}

impl Show {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let layout = Layout { columns: session.columns(), own_voice: self.own_voice };
        let id = self.id.to_ascii_lowercase();
        if id.is_empty() || id.len() > 32 || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let what = format!("{} is no id", harmless::line(&self.id));
            return Err(Failure::usage(what).hint("an id is 32 digits from 0 to f; its first few are enough"));
        }
        let record = find(&ledger::open(session)?, &id)?;
        if session.json() {
            print_json(session, &record)?;
        } else {
            session.print(&text(&record, layout))?;
        }
        Ok(Done::Whole)
    }
}

fn find(desk: &Desk, id: &str) -> Result<Record, Failure> {
    let (documents, statements) = desk.find(id).map_err(ledger::failed)?;
    let found = match (&documents[..], &statements[..]) {
        ([document], []) => desk.document(*document),
        ([], [statement]) => desk.statement(*statement),
        ([], []) => {
            let what = anyhow::anyhow!("nothing in the ledger has an id that starts with {id}");
            return Err(Failure::from(what).hint("`sayso read` prints ids at the end of a line"));
        }
        _ => {
            let documents = documents.iter().map(|id| format!("document {id}"));
            let all: Vec<String> =
                documents.chain(statements.iter().map(|id| format!("statement {id}"))).collect();
            let what = anyhow::anyhow!("{id} may mean more than one record: {}", all.join(", "));
            return Err(Failure::from(what).hint("give more digits"));
        }
    };
    let gone = || Failure::from(anyhow::anyhow!("the record {id} cannot be found again"));
    found.map_err(ledger::failed)?.ok_or_else(gone)
}

#[derive(Serialize)]
struct Shown<'a, T> {
    #[serde(flatten)]
    record: T,
    readings: &'a [PastReading],
}

fn print_json(session: &mut Session, record: &Record) -> std::io::Result<()> {
    match record {
        Record::Document { document, statements, readings } => {
            session.print_json(&Shown { record: JsonDocument::new(document, statements), readings })
        }
        Record::Statement { statement, document, readings } => session.print_json(&Shown {
            record: JsonStatement::new(document, &Places::of(document), statement),
            readings,
        }),
    }
}

fn text(record: &Record, layout: Layout) -> String {
    match record {
        Record::Document { document, statements, readings } => {
            account::page(document, statements, "in the ledger", layout) + &history(document, readings)
        }
        Record::Statement { statement, document, readings } => {
            let heading = account::heading(document, "in the ledger", layout.columns);
            let said = account::said(document, &Places::of(document), statement, layout);
            let detail = detail(document, statement, layout.columns);
            format!("{heading}\n{said}\n{detail}\n{}", history(document, readings))
        }
    }
}

/// How the statement is rendered, and the passage that it stands in.
fn detail(document: &Document, statement: &Statement, columns: usize) -> String {
    let cue = harmless::line(&document.words(&statement.cue));
    let cue = if cue.is_empty() { "no cue".to_owned() } else { format!("cue \"{cue}\"") };
    let manner = serde_json::to_value(statement.manner).unwrap_or_default();
    let manner = manner.as_str().unwrap_or_default();
    let sure = (statement.confidence * 100.0).round();
    let facts = format!("  {manner}, {cue}, {sure}% sure, statement {}\n", statement.id);
    let passage = document.blocks.get(statement.block as usize).map(|block| block.span.of(&document.text));
    let passage = account::wrapped(&harmless::line(passage.unwrap_or_default()), "      ", columns);
    format!("{facts}  The passage:\n{passage}")
}

/// Where the page was found, and who has read it.
fn history(document: &Document, readings: &[PastReading]) -> String {
    let mut lines = format!("  document {}\n", document.id);
    if let Some(url) = &document.url {
        lines += &format!("  at {}\n", harmless::line(url));
    }
    for PastReading { reader, read_at, found_at } in readings {
        let (reader, found_at) = (harmless::line(reader), harmless::line(found_at));
        lines += &format!("  read {} from {found_at} by sayso {reader}\n", harmless::line(read_at));
    }
    lines
}

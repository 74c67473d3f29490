//! `sayso document`: one page of the ledger.

use super::deed::subject;
use crate::account::{self, JsonDocument, Layout};
use crate::failure::{Done, Ended, Failure};
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::{PastReading, Record, Sort};
use sayso_record::{Document as Page, Subject};
use serde::Serialize;

/// Show a document: who says what in it, where it was found, and who read it when
///
/// A statement's id shows the document that it stands in.
#[derive(Debug, clap::Args)]
pub(crate) struct Document {
    /// The id of a document or of a statement in it, or its first digits
    #[arg(value_name = "DOCUMENT")]
    id: String,
    /// Print also what the page and its commenters say in their own voice
    #[arg(long)]
    own_voice: bool,
}

impl Document {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let layout = Layout { columns: session.columns(), own_voice: self.own_voice };
        let desk = ledger::open(session)?;
        let found = match subject(&desk, (&self.id, &[Sort::Document, Sort::Statement]))? {
            Subject::Document(id) => desk.document(id),
            Subject::Statement(id) => desk.document_of(id),
            _ => unreachable!("only documents and statements were asked for"),
        };
        let gone = || Failure::from(anyhow::anyhow!("{} cannot be found again", harmless::line(&self.id)));
        let record = found.map_err(ledger::failed)?.ok_or_else(gone)?;
        let Record { document, statements, readings } = &record;
        if session.json() {
            let record = JsonDocument::new(document, statements);
            session.print_json(&Shown { record, readings })?;
        } else {
            let page = account::page(document, statements, "in the ledger", layout);
            session.print(&(page + &history(document, readings)))?;
        }
        Ok(Done::Whole)
    }
}

#[derive(Serialize)]
struct Shown<'a, T> {
    #[serde(flatten)]
    record: T,
    readings: &'a [PastReading],
}

/// Where the page was found, and who has read it.
fn history(document: &Page, readings: &[PastReading]) -> String {
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

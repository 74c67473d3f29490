//! Imports: claim reviews become documents with statements, annotations become notes and flags. Only ever added: what
//! was imported before adds nothing.
//!
//! | imported | becomes |
//! |---|---|
//! | `ClaimReview` | a document, whose text is put together from the review's fields |
//! | its `claimReviewed` | a statement of the author of `itemReviewed`; of nobody by name where that is not told |
//! | a rating at the end of its scale, or called true or false | a statement by the reviewer, for the claim or against it |
//! | any other rating | words of the reviewer that take no side |
//! | `reviewBody`, `ratingExplanation` | what the reviewer says in their own voice |
//! | `correction` | a notice of the document |
//! | `Annotation` on words of a known document | a note on the statement that stands there, or else on the document |
//! | the same, `questioning`, `moderating` or `editing` | a flag on that statement |
//!
//! What sayso itself exported is passed over, so that it is never heard as a source of its own answers.

mod anchor;
mod annotation;
mod claim_review;
mod json_ld;

use crate::export::IRI_PREFIX;
use crate::intake::linking::DeskLinker;
use crate::{Desk, LedgerError};
use json_ld::{Item, items};
use sayso_ledger::{Kept, Ledger, Reading};
use sayso_record::{ActId, DocumentId};
use serde::Serialize;
use serde_json::Value;

/// So many items are stored at a time.
const BATCH: usize = 256;

/// What became of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It became a new document.
    Document(DocumentId),
    /// It became an act.
    Act(ActId),
    /// It was imported before.
    Known,
    /// It was left out, with the reason.
    LeftOut(String),
}

/// An item of an imported file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// What it is: `ClaimReview` or `Annotation`.
    pub kind: &'static str,
    /// Its id or address, where it has one; else the start of its words.
    pub name: String,
    /// What became of it.
    pub fate: Fate,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The ledger could not be read or written. What was reported is stored.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// It is no JSON.
    #[error("it is no JSON: {0}")]
    NoJson(#[from] serde_json::Error),
    /// There is nothing in it that could be imported.
    #[error("there is no ClaimReview and no Annotation in it")]
    Nothing,
}

impl Desk {
    /// Imports claim reviews and annotations: one object, a list of them, a data feed, or a collection. `name` is where
    /// they were found. Each is reported once it is stored.
    pub fn import(
        &mut self,
        name: &str,
        bytes: &[u8],
        report: &mut dyn FnMut(Imported),
    ) -> Result<(), ImportError> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let file: Value = serde_json::from_slice(bytes)?;
        let items = items(&file);
        if items.is_empty() {
            return Err(ImportError::Nothing);
        }
        let Some(ledger) = &self.ledger else { return Ok(()) };
        for batch in items.chunks(BATCH) {
            let at = (self.clock)();
            // Where storing fails, the linker has taken up what the ledger does not hold: it is made anew.
            let mut linker = self.linker.take().unwrap_or_else(|| DeskLinker::new(&self.link_by));
            let imported = ledger.atomically(|ledger| {
                let imported: Result<Vec<Imported>, LedgerError> =
                    batch.iter().map(|item| import(ledger, &mut linker, item, name, &at)).collect();
                linker.settle(ledger, &at)?;
                imported
            })?;
            self.linker = Some(linker);
            imported.into_iter().for_each(&mut *report);
        }
        Ok(())
    }
}

fn import(
    ledger: &Ledger,
    linker: &mut DeskLinker,
    item: &Item,
    found_at: &str,
    at: &str,
) -> Result<Imported, LedgerError> {
    let (kind, name) = (item.kind.word(), item.name());
    let is_ours = item.id().is_some_and(|id| id.starts_with(IRI_PREFIX));
    let fate = match item.kind {
        _ if is_ours => Fate::LeftOut("sayso exported it, and is no source of its own answers".to_owned()),
        json_ld::Kind::ClaimReview => match claim_review::read(item.value) {
            Err(why) => Fate::LeftOut(why),
            Ok((document, statements)) => {
                let reading = Reading {
                    document: &document,
                    statements: &statements,
                    reader: claim_review::READER,
                    read_at: at,
                    found_at,
                };
                match linker.keep(ledger, &reading)? {
                    Kept::Known => Fate::Known,
                    Kept::New | Kept::ReadAnew => Fate::Document(document.id),
                }
            }
        },
        json_ld::Kind::Annotation => annotation::import(ledger, item.value, at)?,
    };
    Ok(Imported { kind, name, fate })
}

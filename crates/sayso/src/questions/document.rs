//! Documents, as they are in the ledger.

use crate::{Desk, LedgerError, PastReading};
use sayso_record::{Act, Document, DocumentId, Statement, StatementId};

/// A document, with all that is needed to show it.
#[derive(Clone, Debug)]
pub struct Record {
    /// The document.
    pub document: Document,
    /// What its newest reading found.
    pub statements: Vec<Statement>,
    /// Who has read it, oldest first.
    pub readings: Vec<PastReading>,
}

impl Desk {
    /// A document, what was found in it, and who has read it.
    pub fn document(&self, id: DocumentId) -> Result<Option<Record>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(None) };
        let Some(document) = ledger.document(id)? else { return Ok(None) };
        let statements = ledger.statements_in(id)?;
        let readings = ledger.readings_of(id)?;
        Ok(Some(Record { document, statements, readings }))
    }

    /// The act by which a document was taken down, where its words may not be shown.
    pub fn taken_down(&self, id: DocumentId) -> Result<Option<Act>, LedgerError> {
        self.ledger.as_ref().map_or(Ok(None), |ledger| ledger.taken_down(id))
    }

    /// The document that a statement stands in.
    pub fn document_of(&self, id: StatementId) -> Result<Option<Record>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(None) };
        let statement = ledger.statement(id)?;
        statement.map_or(Ok(None), |statement| self.document(statement.document))
    }

    /// The newest revision of the page at an address, however that was written: with or without "www." or a slash at the
    /// end. More than one where these are pages of their own here; the one that was asked for to the letter comes first.
    pub fn newest_at(&self, address: &str) -> Result<Vec<DocumentId>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(Vec::new()) };
        let mut newest = Vec::new();
        for spelling in spellings(address) {
            newest.extend(
                ledger.revisions(&spelling)?.pop().map(|(_, id)| id).filter(|id| !newest.contains(id)),
            );
        }
        Ok(newest)
    }
}

/// How a ledger may have written an address.
fn spellings(address: &str) -> Vec<String> {
    let bare = address.split('#').next().unwrap_or_default();
    let Some((_, rest)) = bare.split_once("://") else { return vec![bare.to_owned()] };
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let mut all = vec![bare.to_owned()];
    for scheme in ["https", "http"] {
        for www in ["", "www."] {
            for rest in [rest.trim_end_matches('/').to_owned(), format!("{}/", rest.trim_end_matches('/'))] {
                all.push(format!("{scheme}://{www}{rest}"));
            }
        }
    }
    all
}

//! Answers from the ledger.

use crate::{Desk, LedgerError, PastReading, Source, name};
use sayso_ledger::{Found, Ledger};
use sayso_record::{Document, DocumentId, Statement, StatementId};

/// How many records an ambiguous id lists.
const LISTED: u32 = 10;

/// A record of the ledger, with all that is needed to show it.
#[derive(Clone, Debug)]
pub enum Record {
    /// A document.
    Document {
        /// The document.
        document: Box<Document>,
        /// What its newest reading found.
        statements: Vec<Statement>,
        /// Who has read it, oldest first.
        readings: Vec<PastReading>,
    },
    /// A statement.
    Statement {
        /// The statement.
        statement: Box<Statement>,
        /// The document that it stands in.
        document: Box<Document>,
        /// Who has read that document, oldest first.
        readings: Vec<PastReading>,
    },
}

/// What one source says.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The source.
    pub source: Source,
    /// The documents in which it is heard, in the order in which they were stored, each with what it says there.
    pub pages: Vec<(Document, Vec<Statement>)>,
}

impl Desk {
    /// The ids that start with these digits: at most ten documents and ten statements.
    pub fn find(&self, digits: &str) -> Result<(Vec<DocumentId>, Vec<StatementId>), LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(Default::default()) };
        let (mut documents, mut statements) = (Vec::new(), Vec::new());
        for found in ledger.find(digits, LISTED)? {
            match found {
                Found::Document(id) => documents.push(id),
                Found::Statement(id) => statements.push(id),
            }
        }
        Ok((documents, statements))
    }

    /// A document, what was found in it, and who has read it.
    pub fn document(&self, id: DocumentId) -> Result<Option<Record>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(None) };
        let Some(document) = ledger.document(id)? else { return Ok(None) };
        let statements = ledger.statements_in(id)?;
        let readings = ledger.readings_of(id)?;
        Ok(Some(Record::Document { document: Box::new(document), statements, readings }))
    }

    /// A statement and the document that it stands in.
    pub fn statement(&self, id: StatementId) -> Result<Option<Record>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(None) };
        let Some(statement) = ledger.statement(id)? else { return Ok(None) };
        let Some(document) = ledger.document(statement.document)? else { return Ok(None) };
        let readings = ledger.readings_of(statement.document)?;
        Ok(Some(Record::Statement { statement: Box::new(statement), document: Box::new(document), readings }))
    }

    /// Every source that is heard, the most heard first.
    pub fn sources(&self) -> Result<Vec<Source>, LedgerError> {
        self.ledger.as_ref().map_or(Ok(Vec::new()), Ledger::sources)
    }

    /// What each source says that may be meant by `asked`: its name in any case, or the last words of it. Sources are
    /// never merged: "Marwick" answers for every Marwick, each by itself.
    pub fn statements_by(&self, asked: &str) -> Result<Vec<Heard>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(Vec::new()) };
        let sources = ledger.sources()?.into_iter().filter(|source| name::names(asked, &source.name));
        sources.map(|source| heard(ledger, source)).collect()
    }
}

fn heard(ledger: &Ledger, source: Source) -> Result<Heard, LedgerError> {
    let mut pages: Vec<(Document, Vec<Statement>)> = Vec::new();
    // Only the newest reading of a document answers, so that what is said in it comes in one run.
    for statement in ledger.statements_by(source.key)? {
        match pages.last_mut() {
            Some((document, statements)) if document.id == statement.document => statements.push(statement),
            _ => {
                let Some(document) = ledger.document(statement.document)? else { continue };
                pages.push((document, vec![statement]));
            }
        }
    }
    Ok(Heard { source, pages })
}

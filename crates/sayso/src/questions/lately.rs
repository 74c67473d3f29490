//! What is new in a ledger: what somebody sees who opens it.

use crate::intake::revisions::{Revision, compare};
use crate::questions::claim::PageOf;
use crate::questions::claims::ClaimLine;
use crate::questions::title::title;
use crate::time::AsOf;
use crate::weighing::decisions::Decisions;
use crate::{Desk, LedgerError};
use sayso_ledger::{ClaimKey, DocumentKey, Ledger};
use sayso_record::{ClaimId, DocumentId, StatementId};
use sayso_weigh::{Standing, show_second};
use serde::Serialize;

/// The newest things of each sort, the newest first.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Lately {
    /// Claims whose weight changed.
    pub changed: Vec<ClaimLine>,
    /// Claims that stand on one source, the last founded first.
    pub single_sourced: Vec<ClaimLine>,
    /// Pages that speak of their own faults.
    pub noticed: Vec<PageOf>,
    /// Pages that were read.
    pub read: Vec<PageOf>,
}

/// What a statement comes to, for showing it in its place.
#[derive(Clone, Debug, Serialize)]
pub struct Placed {
    /// The statement.
    pub statement: StatementId,
    /// The claim that it is for or against; none where it makes none.
    pub claim: Option<ClaimId>,
    /// That claim's standing.
    pub standing: Option<String>,
}

impl Desk {
    /// What is new, at most `limit` of each sort.
    pub fn lately(&self, limit: u32) -> Result<Lately, LedgerError> {
        let (Some(ledger), Some(decisions)) = (&self.ledger, self.decisions(AsOf::NOW)?) else {
            return Ok(Lately::default());
        };
        let lines = |claims: Vec<ClaimKey>| -> Result<Vec<ClaimLine>, LedgerError> {
            // A claim that has become part of another is told with that one.
            let own = claims.into_iter().filter(|&claim| decisions.claim(claim) == claim);
            own.filter_map(|claim| line(ledger, &decisions, claim).transpose()).collect()
        };
        let pages = |documents: Vec<DocumentKey>| -> Result<Vec<PageOf>, LedgerError> {
            let pages = documents.into_iter().filter_map(|key| ledger.bare_document(key).transpose());
            pages.map(|page| page.map(|page| PageOf::of(&page))).collect()
        };
        Ok(Lately {
            changed: lines(ledger.newest_changes(limit)?)?,
            single_sourced: lines(ledger.newest_standing(Standing::SingleSourced.name(), limit)?)?,
            noticed: pages(ledger.newest_noticed(limit)?)?,
            read: pages(ledger.newest_documents(limit)?)?,
        })
    }

    /// What the statements of a document's newest reading come to, in the order of the reading.
    pub fn placed(&self, document: DocumentId) -> Result<Vec<Placed>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(Vec::new()) };
        let Some(key) = ledger.document_key(document)? else { return Ok(Vec::new()) };
        let Some((_, statements, claims)) = ledger.page(key)? else { return Ok(Vec::new()) };
        let Some(decisions) = self.decisions(AsOf::NOW)? else { return Ok(Vec::new()) };
        let mut placed = Vec::with_capacity(statements.len());
        for (statement, claim) in statements.iter().zip(claims) {
            let made = claim.filter(|_| !decisions.misread.contains(&statement.id));
            let claim = made.map(|claim| decisions.claim_of_statement(statement.id, claim));
            let (mut id, mut standing) = (None, None);
            if let Some(claim) = claim {
                id = ledger.claim(claim)?.map(|stored| stored.id);
                standing = ledger.weight(claim)?.map(|change| change.weight.standing);
            }
            placed.push(Placed { statement: statement.id, claim: id, standing });
        }
        Ok(placed)
    }

    /// One document beside another of the same page; nothing where one of them is not there.
    pub fn compare(&self, earlier: DocumentId, later: DocumentId) -> Result<Option<Revision>, LedgerError> {
        let (Some(earlier), Some(later)) = (self.document(earlier)?, self.document(later)?) else {
            return Ok(None);
        };
        let (earlier, later) = ((earlier.document, earlier.statements), (later.document, later.statements));
        Ok(Some(compare(&earlier, &later)))
    }

    /// The revisions of the page at an address, oldest first.
    pub fn revisions(&self, url: &str) -> Result<Vec<DocumentId>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(Vec::new()) };
        Ok(ledger.revisions(url)?.into_iter().map(|(_, id)| id).collect())
    }
}

pub(crate) fn line(
    ledger: &Ledger,
    decisions: &Decisions,
    claim: ClaimKey,
) -> Result<Option<ClaimLine>, LedgerError> {
    let (Some(stored), Some(change)) = (ledger.claim(claim)?, ledger.weight(claim)?) else { return Ok(None) };
    Ok(Some(ClaimLine {
        id: stored.id,
        title: title(ledger, decisions, &stored)?,
        words: stored.words,
        standing: change.weight.standing,
        independence_for: change.weight.independence_for,
        independence_against: change.weight.independence_against,
        changed: Some(show_second(change.known)),
    }))
}

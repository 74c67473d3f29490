//! The cited pages: those in a folder or an archive, those of the ledger, those that are fetched.

use super::changes::{noticed, revised};
use super::{FetchPage, changes_of_page};
use crate::intake::reading::read_one;
use crate::{Desk, LedgerError, LeftOut, Outcome, Report, Watch};
use sayso_link::Page;
use sayso_read::citations::Target;
use sayso_record::{Document, Statement, bare_address};
use serde::Serialize;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Where a cited page was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundIn {
    /// In the ledger.
    Ledger,
    /// Among the pages at hand, under this name.
    AtHand(String),
    /// At its address.
    Fetched,
}

/// Pages at hand, by their addresses and the names of their files.
#[derive(Debug, Default)]
pub struct AtHand {
    pages: Vec<(String, Document, Vec<Statement>)>,
    by_address: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
}

/// A cited page.
pub(super) struct Cited {
    pub(super) page: Page,
    pub(super) found: FoundIn,
    pub(super) changes: Vec<String>,
}

impl Watch for AtHand {
    fn report(&mut self, report: Report) -> ControlFlow<()> {
        if let Outcome::Read { document, statements, .. } = report.outcome {
            let at = self.pages.len();
            if let Some(url) = &document.url {
                self.by_address.insert(bare_address(url), at);
            }
            let name = report.input.replace('\\', "/");
            let mut rest = name.as_str();
            loop {
                self.by_name.entry(rest.to_lowercase()).or_insert(at);
                match rest.split_once('/') {
                    Some((_, shorter)) => rest = shorter,
                    None => break,
                }
            }
            self.pages.push((report.input, *document, statements));
        }
        ControlFlow::Continue(())
    }
}

impl AtHand {
    /// How many pages there are.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// The text of the page at an address.
    pub fn text_of(&self, address: &str) -> Option<&str> {
        self.find(address).map(|(_, document, _)| document.text.as_str())
    }

    /// The page at an address, or of that path where the address is one of a file beside the citing page.
    fn find(&self, address: &str) -> Option<&(String, Document, Vec<Statement>)> {
        let by_name = || {
            let name =
                address.split(['?', '#']).next().unwrap_or_default().trim_start_matches("./").to_lowercase();
            (!address.contains("://")).then(|| self.by_name.get(&name)).flatten()
        };
        let at = self.by_address.get(&bare_address(address)).or_else(by_name)?;
        self.pages.get(*at)
    }
}

impl Desk {
    /// The page that a citation points to.
    pub(super) fn cited(
        &self,
        target: &Target,
        at_hand: &AtHand,
        fetch: &mut FetchPage<'_>,
    ) -> Result<Result<Cited, LeftOut>, LedgerError> {
        let addresses: Vec<&String> = target.url.iter().chain(&target.copies).collect();
        if addresses.is_empty() {
            return Ok(Err(LeftOut::Unreadable("the citation gives no address".to_owned())));
        }
        for address in &addresses {
            if let Some((name, document, statements)) = at_hand.find(address) {
                let changes = changes_of_page(self, document)?;
                let page = page(document.clone(), statements.clone());
                return Ok(Ok(Cited { page, found: FoundIn::AtHand(name.clone()), changes }));
            }
        }
        for address in &addresses {
            if let Some(found) = self.in_ledger(address)? {
                return Ok(found);
            }
        }
        let Some(fetch) = fetch else {
            let why = "it is not at hand, and nothing is fetched without --fetch";
            return Ok(Err(LeftOut::Unreadable(why.to_owned())));
        };
        let mut why = LeftOut::Unreadable("its address is none of the web".to_owned());
        for address in addresses.iter().filter(|address| address.starts_with("http")) {
            match read_one(&self.reader, fetch(address)) {
                Ok((document, statements)) => {
                    let changes = noticed(&document);
                    return Ok(Ok(Cited {
                        page: page(*document, statements),
                        found: FoundIn::Fetched,
                        changes,
                    }));
                }
                Err(left_out) => why = left_out,
            }
        }
        Ok(Err(why))
    }

    /// The newest revision of the page at an address, or why it may not be shown.
    fn in_ledger(&self, address: &str) -> Result<Option<Result<Cited, LeftOut>>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(None) };
        for id in self.newest_at(address)? {
            if let Some(act) = ledger.taken_down(id)? {
                let why = format!("it was taken down in this ledger: {}", act.because);
                return Ok(Some(Err(LeftOut::Unreadable(why))));
            }
            let Some(document) = ledger.document(id)? else { continue };
            let statements = ledger.statements_in(id)?;
            let changes = changes_of_page(self, &document)?;
            let page = page(document, statements);
            return Ok(Some(Ok(Cited { page, found: FoundIn::Ledger, changes })));
        }
        Ok(None)
    }

    /// What the ledger knows to have become of a page.
    pub(super) fn changes_of(&self, document: &Document) -> Result<Vec<String>, LedgerError> {
        let (Some(ledger), Some(url)) = (&self.ledger, &document.url) else { return Ok(Vec::new()) };
        let mut changes = Vec::new();
        let revisions = ledger.revisions(url)?;
        for (_, id) in &revisions {
            if let Some(act) = ledger.taken_down(*id)? {
                changes.push(format!("taken down in this ledger: {}", act.because));
            }
        }
        changes.extend(revised(revisions.len()));
        Ok(changes)
    }
}

fn page(document: Document, statements: Vec<Statement>) -> Page {
    Page { document, statements, claims: Vec::new() }
}

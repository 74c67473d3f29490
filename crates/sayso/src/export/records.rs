//! The records of a ledger, one after another, in the order in which they were stored.

use super::ExportError;
use crate::weighing::decisions::Decisions;
use sayso_ledger::{ClaimKey, DocumentKey, Ledger, LedgerError, Link, LinkedSource, PastReading};
use sayso_record::{Act, ActId, ClaimId, Document, DocumentId, Statement};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// So many sources are taken from the ledger at a time.
const AT_ONCE: u32 = 1_000;

/// Goes through a ledger, and tells how far it has come.
pub(super) struct Walk<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) decisions: &'a Decisions,
    progress: &'a mut dyn FnMut(usize, usize),
    done: usize,
    of: usize,
}

/// A document with all that was found in it.
pub(super) struct Page {
    pub(super) document: Document,
    pub(super) readings: Vec<PastReading>,
    pub(super) statements: Vec<(Statement, Vec<Link>)>,
}

/// A document as it is exported.
#[derive(Serialize)]
pub(super) struct DocumentRecord<'a> {
    record: &'static str,
    #[serde(flatten)]
    document: &'a Document,
    /// Which readers read it, when, and where it was found; oldest first.
    readings: &'a [PastReading],
    /// The reader that answers, and when the ledger first knew of the document.
    reader: Option<&'a str>,
    first_read_at: Option<&'a str>,
    first_found_at: Option<&'a str>,
}

/// A statement as it is exported.
#[derive(Serialize)]
pub(super) struct StatementRecord<'a> {
    record: &'static str,
    #[serde(flatten)]
    statement: &'a Statement,
    words: String,
    /// The claim, after all merges and splits; none where it was not linked.
    claim: Option<ClaimId>,
    for_it: Option<bool>,
    /// Who says so, across documents: from the source to the page.
    chain: Vec<String>,
    /// Whether nobody names the first of them.
    unnamed: Option<bool>,
    url: Option<&'a str>,
    site: Option<&'a str>,
    title: Option<&'a str>,
    published: Option<&'a str>,
}

/// A claim as it is exported.
#[derive(Serialize)]
pub(super) struct ClaimRecord {
    record: &'static str,
    id: ClaimId,
    words: String,
    standing: Option<String>,
    independence_for: Option<(u32, u32)>,
    independence_against: Option<(u32, u32)>,
    /// Since when it weighs so, in seconds since 1970.
    weighs_so_since: Option<i64>,
    /// When the ledger first knew of it.
    known: i64,
    statements_for: usize,
    statements_against: usize,
    documents: usize,
    /// The claim that it was merged into.
    part_of: Option<ClaimId>,
}

/// A source as it is exported.
#[derive(Serialize)]
pub(super) struct SourceRecord {
    record: &'static str,
    pub(super) name: String,
    pub(super) unnamed: bool,
    statements: usize,
    /// The source that it was merged into.
    pub(super) part_of: Option<String>,
}

/// An act as it is exported.
#[derive(Serialize)]
pub(super) struct ActRecord<'a> {
    record: &'static str,
    #[serde(flatten)]
    pub(super) act: &'a Act,
    pub(super) undone_by: Option<ActId>,
}

impl Page {
    pub(super) fn record(&self) -> DocumentRecord<'_> {
        let (first, newest) = (self.readings.first(), self.readings.last());
        DocumentRecord {
            record: "document",
            document: &self.document,
            readings: &self.readings,
            reader: newest.map(|reading| reading.reader.as_str()),
            first_read_at: first.map(|reading| reading.read_at.as_str()),
            first_found_at: first.map(|reading| reading.found_at.as_str()),
        }
    }
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        ledger: &'a Ledger,
        decisions: &'a Decisions,
        progress: &'a mut dyn FnMut(usize, usize),
    ) -> Walk<'a> {
        Walk { ledger, decisions, progress, done: 0, of: 0 }
    }

    /// So much more will be gone through.
    fn expect(&mut self, of: u32) {
        self.of += of as usize;
    }

    fn step(&mut self) {
        self.done += 1;
        (self.progress)(self.done, self.of);
    }

    /// Every document. Links are looked up where `linked`.
    pub(super) fn pages(
        &mut self,
        linked: bool,
        take: &mut dyn FnMut(&Walk, &Page) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let count = self.ledger.document_count()?;
        self.expect(count);
        for number in 0..count {
            let key = DocumentKey::from_number(number);
            let gone = || self.ledger.damaged("a stored document is gone");
            let id = self.ledger.document_id(key)?.ok_or_else(gone)?;
            let document = self.ledger.document(id)?.ok_or_else(gone)?;
            let readings = self.ledger.readings_of(id)?;
            let mut links: HashMap<_, Vec<Link>> = HashMap::new();
            if linked {
                for link in self.ledger.links_of_document(key, i64::MAX)? {
                    links.entry(link.place.statement).or_default().push(link);
                }
            }
            let with_links = |statement: Statement| {
                let mut links = links.remove(&statement.id).unwrap_or_default();
                links.sort_by_key(|link| link.place.step);
                (statement, links)
            };
            let statements = self.ledger.statements_in(id)?.into_iter().map(with_links).collect();
            take(self, &Page { document, readings, statements })?;
            self.step();
        }
        Ok(())
    }

    /// Every claim, those that were merged into others too.
    pub(super) fn claims(
        &mut self,
        take: &mut dyn FnMut(&Walk, ClaimKey) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let count = self.ledger.claim_count()?;
        self.expect(count);
        for number in 0..count {
            take(self, ClaimKey::from_number(number))?;
            self.step();
        }
        Ok(())
    }

    /// Every source across documents.
    pub(super) fn sources(
        &mut self,
        take: &mut dyn FnMut(&Walk, &LinkedSource) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        self.expect(self.ledger.linked_source_count()?);
        let mut after = None;
        loop {
            let sources = self.ledger.linked_sources_after(after, AT_ONCE)?;
            let Some(last) = sources.last() else { return Ok(()) };
            after = Some(last.key);
            for source in &sources {
                take(self, source)?;
                self.step();
            }
        }
    }

    /// Every act, undone ones too.
    pub(super) fn acts(
        &mut self,
        take: &mut dyn FnMut(&Walk, ActRecord) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let decisions = self.decisions;
        self.expect(decisions.acts.len() as u32);
        for (_, act) in &decisions.acts {
            let undone_by = decisions.undone.get(&act.id).copied();
            take(self, ActRecord { record: "act", act, undone_by })?;
            self.step();
        }
        Ok(())
    }

    /// The claim that a linked statement speaks of, and on which side.
    pub(super) fn claim_of(&self, links: &[Link]) -> Result<Option<(ClaimId, bool)>, LedgerError> {
        let Some(link) = links.last() else { return Ok(None) };
        let claim = self.ledger.claim(self.decisions.claim_of(link))?;
        Ok(claim.map(|claim| (claim.id, link.for_it)))
    }

    /// Who speaks in a link.
    pub(super) fn source_of(&self, link: &Link) -> Result<LinkedSource, LedgerError> {
        let source = self.ledger.linked_source(self.decisions.source_of(link))?;
        source.ok_or_else(|| self.ledger.damaged("a source is gone"))
    }

    pub(super) fn statement<'p>(
        &self,
        page: &'p Page,
        statement: &'p Statement,
        links: &[Link],
    ) -> Result<StatementRecord<'p>, LedgerError> {
        let document = &page.document;
        let claim = self.claim_of(links)?;
        let speakers: Vec<LinkedSource> =
            links.iter().map(|link| self.source_of(link)).collect::<Result<_, _>>()?;
        Ok(StatementRecord {
            record: "statement",
            statement,
            words: document.words(&statement.content),
            claim: claim.map(|(claim, _)| claim),
            for_it: claim.map(|(_, for_it)| for_it),
            unnamed: speakers.first().map(|source| source.unnamed),
            chain: speakers.into_iter().map(|source| source.name).collect(),
            url: document.url.as_deref(),
            site: document.site.as_deref(),
            title: document.title.as_deref(),
            published: document.published.as_ref().map(|stamp| stamp.at.as_str()),
        })
    }

    pub(super) fn claim(&self, key: ClaimKey) -> Result<ClaimRecord, LedgerError> {
        let gone = || self.ledger.damaged("a claim is gone");
        let claim = self.ledger.claim(key)?.ok_or_else(gone)?;
        let into = self.decisions.claim(key);
        let part_of = match into == key {
            true => None,
            false => self.ledger.claim(into)?.map(|claim| claim.id),
        };
        let (mut for_it, mut against, mut documents) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut count = |link: &Link| {
            if link.report && self.decisions.claim_of(link) == key {
                if link.for_it { &mut for_it } else { &mut against }.insert(link.place.statement);
                documents.insert(link.document);
            }
        };
        for part in self.decisions.parts(key) {
            self.ledger.links_of_claim(part, i64::MAX)?.iter().for_each(&mut count);
        }
        for statement in self.decisions.given_to(key) {
            self.ledger.links_of_statement(statement, i64::MAX)?.iter().for_each(&mut count);
        }
        let weight = self.ledger.weight(key)?;
        Ok(ClaimRecord {
            record: "claim",
            id: claim.id,
            words: claim.words,
            standing: weight.as_ref().map(|change| change.weight.standing.clone()),
            independence_for: weight.as_ref().map(|change| change.weight.independence_for),
            independence_against: weight.as_ref().map(|change| change.weight.independence_against),
            weighs_so_since: weight.map(|change| change.known),
            known: claim.known,
            statements_for: for_it.len(),
            statements_against: against.len(),
            documents: documents.len(),
            part_of,
        })
    }

    pub(super) fn source(&self, source: &LinkedSource) -> Result<SourceRecord, LedgerError> {
        let into = self.decisions.source(source.key);
        let part_of = match into == source.key {
            true => None,
            false => self.ledger.linked_source(into)?.map(|source| source.name),
        };
        let statements: BTreeSet<_> = match part_of {
            // What is said under this name counts for the source that it was merged into.
            Some(_) => BTreeSet::new(),
            None => self.decisions.said_by(self.ledger, &source.name)?.into_iter().collect(),
        };
        Ok(SourceRecord {
            record: "source",
            name: source.name.clone(),
            unnamed: source.unnamed,
            statements: statements.len(),
            part_of,
        })
    }

    /// The revision of the same page that came before a document.
    pub(super) fn revision_before(&self, document: &Document) -> Result<Option<DocumentId>, LedgerError> {
        let Some(url) = &document.url else { return Ok(None) };
        let revisions = self.ledger.revisions(url)?;
        let at = revisions.iter().position(|(_, id)| *id == document.id);
        Ok(at.and_then(|at| at.checked_sub(1)).map(|before| revisions[before].1))
    }
}

//! Linking alone: what a page costs the linker that knows all that the ledger holds, without storing or weighing it.

use sayso_ledger::{ClaimKey, DocumentKey, Ledger, LedgerError, Mark, NewAppearance, Place, TakeUp, Words};
use sayso_link::sources::{Appearance, Field};
use sayso_link::{Known, LinkId, Linker, Models, Options, Page, ToldLink};
use sayso_read::{Carrier, Reader, document};
use std::path::Path;

/// Times the linking of each text, in milliseconds of CPU.
pub(crate) fn link_alone(path: &Path, texts: impl Iterator<Item = String>) -> Vec<f64> {
    let ledger = Ledger::open(path, 0).expect("it opens");
    let models = Models::built_in();
    let mut linker = Linker::new(&models, Options::default());
    let mut mark = Mark::default();
    ledger.take_up(&mut mark, &mut Remember(&mut linker)).expect("it is taken up");
    let reader = Reader::new();
    let mut known = Stored { ledger: &ledger, linked: Vec::new() };
    texts
        .map(|text| {
            let document = document(text.as_bytes(), &Carrier::default());
            let statements = reader.statements(&document);
            let number = FIRST + known.linked.len() as u32;
            let link = || linker.add(number, &document, &statements, &known).expect("it is linked");
            let (linked, cpu_ms, _) = crate::timed(link);
            let claims = linked.claims.iter().map(|link| link.map(|link| link.claim)).collect();
            known.linked.push(Page { document, statements, claims });
            cpu_ms
        })
        .collect()
}

/// The number of the first page that is linked here; those of the ledger have smaller ones.
const FIRST: u32 = u32::MAX / 2;

struct Remember<'a, 'm>(&'a mut Linker<'m>);

impl TakeUp for Remember<'_, '_> {
    fn name(&mut self, is_person: bool, written: &str) {
        self.0.remember_name(is_person, written);
    }

    fn appearance(&mut self, one: NewAppearance) {
        let field = one.field.as_deref().and_then(Field::of_word);
        self.0.remember_appearance(&Appearance { name: one.name, field, year: one.year });
    }

    fn words(&mut self, words: &Words) {
        self.0.remember_claim(&words.words, words.claim.number(), words.for_it);
    }

    fn fingerprints(&mut self, document: DocumentKey, prints: &[u64]) {
        self.0.remember_text(document.number(), prints);
    }
}

struct Stored<'a> {
    ledger: &'a Ledger,
    linked: Vec<Page>,
}

impl Stored<'_> {
    fn spoken(&self, claim: u32, for_it: bool, key: &str, report: bool) -> Result<Vec<LinkId>, LedgerError> {
        let places = self.ledger.spoken(ClaimKey::from_number(claim), for_it, key, report, 64)?;
        let id = |place: Place| LinkId { statement: place.statement, step: place.step };
        Ok(places.into_iter().map(id).collect())
    }
}

impl Known for Stored<'_> {
    type Error = LedgerError;

    fn page(&self, number: u32) -> Result<Page, LedgerError> {
        if let Some(at) = number.checked_sub(FIRST) {
            return Ok(self.linked[at as usize].clone());
        }
        let page = self.ledger.page(DocumentKey::from_number(number))?;
        let (document, statements, claims) = page.expect("only stored pages are compared");
        let claims = claims.into_iter().map(|claim| claim.map(ClaimKey::number)).collect();
        Ok(Page { document, statements, claims })
    }

    fn reports(&self, claim: u32, for_it: bool, key: &str) -> Result<Vec<LinkId>, LedgerError> {
        self.spoken(claim, for_it, key, true)
    }

    fn told(&self, link: LinkId) -> Result<Option<ToldLink>, LedgerError> {
        let Some(statement) = self.ledger.statement(link.statement)? else { return Ok(None) };
        let Some(document) = self.ledger.document(statement.document)? else { return Ok(None) };
        let published = document.published.as_ref().map(|stamp| stamp.at.clone());
        Ok(Some(ToldLink { words: document.words(&statement.content), published }))
    }

    fn relays(&self, claim: u32, for_it: bool, key: &str) -> Result<Vec<LinkId>, LedgerError> {
        self.spoken(claim, for_it, key, false)
    }
}

//! Linking what was read: a linker that knows what the ledger holds, and what it gives in the ledger's form.

use crate::intake::link_by::LinkBy;
use crate::intake::revisions;
use crate::intake::revisions::take_back;
use crate::name::source_name;
use crate::time::seconds;
use crate::weighing::cone::{Above, claims_above};
use crate::weighing::decisions::Decisions;
use crate::weighing::weights::reweigh;
use sayso_ledger::{
    Cause, ClaimKey, DocumentKey, Kept, Ledger, LedgerError, Linking, Mark, NewAffiliation, NewAppearance,
    NewClaim, NewLink, NewOrigin, NewSuggestion, Place, Reading, TakeUp, Words,
};
use sayso_link::sources::{Appearance, Field};
use sayso_link::{Basis, ChainLink, Known, LinkId, Linked, Linker, Options, Page, Suggested, ToldLink};
use sayso_read::Reader;
use sayso_record::{ClaimId, Document, Statement, StatementId, SuggestionId};
use serde_json::json;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

/// The version of what is linked, so that a ledger can tell old links from new ones.
pub(crate) const LINKER: &str = "sayso-link 5";

/// Whether some words are a proposition. One tagger decides for whatever reader read them, so that a ledger links the same
/// words in the same way.
fn is_proposition(words: &str) -> bool {
    static TAGGER: LazyLock<Reader> = LazyLock::new(Reader::new);
    TAGGER.is_proposition(words)
}

/// A linker and how far it has taken up the ledger.
pub(crate) struct DeskLinker {
    linker: Linker<'static>,
    by: LinkBy,
    mark: Mark,
    /// The acts in force, kept from one document to the next.
    decisions: Decisions,
    /// Statements of which some link is new or rests on something else, with the document that made it so.
    touched: BTreeMap<StatementId, DocumentKey>,
}

impl DeskLinker {
    pub(crate) fn new(by: &LinkBy) -> DeskLinker {
        DeskLinker {
            linker: Linker::new(
                by.models(),
                Options { join_by: by.join_by(), is_proposition, ..Options::default() },
            ),
            by: by.clone(),
            mark: Mark::default(),
            decisions: Decisions::default(),
            touched: BTreeMap::new(),
        }
    }

    /// Stores a reading, and links it where it is new. Part of something done atomically, which ends with
    /// [`settle`](DeskLinker::settle).
    pub(crate) fn keep(&mut self, ledger: &Ledger, reading: &Reading) -> Result<Kept, LedgerError> {
        // Others may have added to the ledger since; what they added comes first.
        self.catch_up(ledger)?;
        let kept = ledger.store_reading(reading)?;
        if kept != Kept::Known {
            self.link(ledger, reading.document, reading.statements, reading.read_at)?;
        }
        Ok(kept)
    }

    /// Links a stored document. What its claims weigh is found when all is [settled](DeskLinker::settle), but for what
    /// it takes back, which is the doing of an act.
    pub(crate) fn link(
        &mut self,
        ledger: &Ledger,
        document: &Document,
        statements: &[Statement],
        at: &str,
    ) -> Result<(), LedgerError> {
        let key =
            ledger.document_key(document.id)?.ok_or_else(|| ledger.damaged("a stored document is gone"))?;
        // What was found in an earlier reading or linking of the page is no other page's word, and may weigh less now.
        let earlier: HashSet<StatementId> = ledger.statements_linked_before(key)?.into_iter().collect();
        let first_new = ledger.claim_count()?;
        let known = InLedger { ledger, own: &earlier };
        let linked = self.linker.add(key.number(), document, statements, &known)?;
        let mut linking = in_ledger_form(&linked, document, statements, first_new, at);
        linking.linker = self.by.version().to_owned();
        let founded_before = find_again(ledger, &mut linking, first_new)?;
        // For whom somebody speaks changes what weighs as one on every page where they are heard.
        let earlier_words = self.words_of_newly_affiliated(ledger, key, &linking)?;
        self.touched.extend(earlier_words.into_iter().map(|statement| (statement, key)));
        ledger.store_linking(document.id, &linking)?;
        // What was just stored is known to the linker already.
        ledger.take_up(&mut self.mark, &mut Ignore)?;
        if founded_before {
            // The linker has counted claims that are none: it takes up the ledger anew.
            let touched = std::mem::take(&mut self.touched);
            *self = DeskLinker { touched, ..DeskLinker::new(&self.by) };
            self.catch_up(ledger)?;
        }
        self.touched.extend(earlier.into_iter().map(|statement| (statement, key)));
        let own = linked.links.iter().map(|link| link.id.statement);
        let taken = linked.origins.iter().map(|origin| origin.of.statement);
        self.touched.extend(own.chain(taken).map(|statement| (statement, key)));
        let wordings = &self.by.models().wordings;
        let taken_back = revisions::taken_back(ledger, document, statements, linked.withdrawn, wordings)?;
        if !taken_back.is_empty() {
            self.settle(ledger, at)?;
        }
        for (noticed, withdrawn) in taken_back {
            let Some(act) = take_back(ledger, &noticed, &withdrawn, at)? else { continue };
            self.decisions.catch_up(ledger)?;
            let withdrawn = withdrawn.iter().map(|withdrawal| withdrawal.statement);
            let claims = claims_above(ledger, &self.decisions, withdrawn)?;
            let claims = claims.into_iter().map(|claim| (claim, Cause::Act(act)));
            reweigh(ledger, &self.decisions, claims, seconds(at))?;
        }
        Ok(())
    }

    /// What those have said before of whom a linking says for the first time for whom they speak, and of whom it says so no
    /// more.
    fn words_of_newly_affiliated(
        &mut self,
        ledger: &Ledger,
        document: DocumentKey,
        linking: &Linking,
    ) -> Result<Vec<StatementId>, LedgerError> {
        let before = ledger.affiliations_linked_in(document)?;
        if linking.affiliations.is_empty() && before.is_empty() {
            return Ok(Vec::new());
        }
        self.decisions.catch_up(ledger)?;
        let mut statements = Vec::new();
        let mut kept = HashSet::new();
        for new in &linking.affiliations {
            let Some(source) = ledger.linked_source_named(&new.source.name)? else { continue };
            let known = ledger.affiliations_of(source.key, i64::MAX, i64::MAX)?;
            match known.iter().find(|one| one.name == new.organisation.name) {
                Some(known) => {
                    kept.insert((source.key, known.other));
                }
                None => statements.extend(self.decisions.said_by(ledger, &new.source.name)?),
            }
        }
        for (source, _) in before.iter().filter(|pair| !kept.contains(pair)) {
            statements.extend(self.decisions.said_by_source(ledger, self.decisions.source(*source))?);
        }
        Ok(statements)
    }

    /// Links a document once more. Part of something done atomically.
    pub(crate) fn link_anew(
        &mut self,
        ledger: &Ledger,
        document: &Document,
        statements: &[Statement],
        at: &str,
    ) -> Result<(), LedgerError> {
        self.catch_up(ledger)?;
        self.link(ledger, document, statements, at)
    }

    /// Weighs every claim that was touched since this was last done.
    pub(crate) fn settle(&mut self, ledger: &Ledger, at: &str) -> Result<(), LedgerError> {
        self.decisions.catch_up(ledger)?;
        let mut causes: BTreeMap<ClaimKey, Cause> = BTreeMap::new();
        let mut by_document: BTreeMap<DocumentKey, Vec<StatementId>> = BTreeMap::new();
        for (statement, document) in std::mem::take(&mut self.touched) {
            by_document.entry(document).or_default().push(statement);
        }
        let mut walk = Above::new(ledger, &self.decisions);
        for (document, statements) in by_document {
            // A claim that several documents touch is weighed once, with the first of them as the cause.
            for claim in walk.claims(statements)? {
                causes.entry(claim).or_insert(Cause::Document(document));
            }
        }
        reweigh(ledger, &self.decisions, causes, seconds(at))?;
        Ok(())
    }

    fn catch_up(&mut self, ledger: &Ledger) -> Result<(), LedgerError> {
        ledger.take_up(&mut self.mark, &mut Remember(&mut self.linker))
    }
}

/// Hands what a ledger holds to a linker.
struct Remember<'a>(&'a mut Linker<'static>);

impl TakeUp for Remember<'_> {
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

/// Passes over what the linker itself has just added.
struct Ignore;

impl TakeUp for Ignore {
    fn name(&mut self, _: bool, _: &str) {}
    fn appearance(&mut self, _: NewAppearance) {}
    fn words(&mut self, _: &Words) {}
    fn fingerprints(&mut self, _: DocumentKey, _: &[u64]) {}
}

/// A new page is compared with so many in which one source speaks of one side of a claim, however many there are: an outlet
/// may say the same on each of its pages.
const SPOKEN: u32 = 64;
/// The first report of an outlet is compared with so many that pass it on and were read before.
const SPOKEN_BEFORE: u32 = 16_384;

/// What was linked before, out of the ledger.
struct InLedger<'a> {
    ledger: &'a Ledger,
    /// Statements of the page itself, as it was linked before.
    own: &'a HashSet<StatementId>,
}

impl InLedger<'_> {
    fn others(&self, places: Vec<Place>) -> Vec<LinkId> {
        let others = places.into_iter().filter(|place| !self.own.contains(&place.statement));
        others.map(link_id).collect()
    }
}

impl Known for InLedger<'_> {
    type Error = LedgerError;

    fn page(&self, number: u32) -> Result<Page, LedgerError> {
        let page = self.ledger.page(DocumentKey::from_number(number))?;
        let (document, statements, claims) =
            page.ok_or_else(|| self.ledger.damaged("a linked document is gone"))?;
        let claims = claims.into_iter().map(|claim| claim.map(ClaimKey::number)).collect();
        Ok(Page { document, statements, claims })
    }

    fn reports(&self, claim: u32, for_it: bool, key: &str) -> Result<Vec<LinkId>, LedgerError> {
        let places = self.ledger.spoken(ClaimKey::from_number(claim), for_it, key, true, SPOKEN)?;
        Ok(self.others(places))
    }

    fn told(&self, link: LinkId) -> Result<Option<ToldLink>, LedgerError> {
        let Some(statement) = self.ledger.statement(link.statement)? else { return Ok(None) };
        let Some(document) = self.ledger.document_as_stored(statement.document)? else { return Ok(None) };
        let published = document.published.as_ref().map(|stamp| stamp.at.clone());
        Ok(Some(ToldLink { words: document.words(&statement.content), published }))
    }

    fn relays(&self, claim: u32, for_it: bool, key: &str) -> Result<Vec<LinkId>, LedgerError> {
        // Whoever passed it on after an earlier report has found that one.
        let is_first = self.reports(claim, for_it, key)?.is_empty();
        let most = if is_first { SPOKEN_BEFORE } else { SPOKEN };
        let places = self.ledger.spoken(ClaimKey::from_number(claim), for_it, key, false, most)?;
        Ok(self.others(places))
    }
}

fn link_id(place: Place) -> LinkId {
    LinkId { statement: place.statement, step: place.step }
}

fn place(id: LinkId) -> Place {
    Place { statement: id.statement, step: id.step }
}

fn in_ledger_form(
    linked: &Linked,
    document: &Document,
    statements: &[Statement],
    first_new: u32,
    at: &str,
) -> Linking {
    let named = |name: &str, unnamed: bool| source_name(name, unnamed);
    let words = |at: usize| document.words(&statements[at].content);
    let mut founders: Vec<(u32, usize)> = linked
        .claims
        .iter()
        .enumerate()
        .filter_map(|(at, link)| link.filter(|link| link.founded).map(|link| (link.claim, at)))
        .collect();
    founders.sort_unstable();
    debug_assert!(founders.iter().map(|(claim, _)| *claim).eq(first_new..first_new + founders.len() as u32));
    let link = |link: &ChainLink| NewLink {
        place: place(link.id),
        source: named(&link.source, link.unnamed),
        claim: ClaimKey::from_number(link.claim.claim),
        for_it: link.claim.for_it,
        held: link.held,
        report: link.report,
        of_page: link.of_page,
        needs: match &link.basis {
            Basis::First => None,
            Basis::Alternatives(alternatives) => {
                let needs = |needs: &Vec<LinkId>| needs.iter().copied().map(place).collect();
                Some(alternatives.iter().map(needs).collect())
            }
        },
        confidence: link.claim.confidence,
    };
    let suggestions: Vec<NewSuggestion> = linked.suggestions.iter().map(suggestion).collect();
    Linking {
        linker: String::new(),
        known: seconds(at),
        published: document.published.as_ref().and_then(|stamp| sayso_weigh::first_second(&stamp.at)),
        outlet: named(&linked.outlet, false),
        author: named(&linked.author, false),
        claims: founders
            .iter()
            .map(|&(_, at)| NewClaim { id: ClaimId::founded_by(statements[at].id), words: words(at) })
            .collect(),
        exemplars: linked
            .exemplars
            .iter()
            .map(|exemplar| Words {
                claim: ClaimKey::from_number(exemplar.claim),
                for_it: exemplar.for_it,
                words: words(exemplar.statement),
            })
            .collect(),
        links: linked.links.iter().map(link).collect(),
        origins: linked
            .origins
            .iter()
            .map(|origin| NewOrigin {
                of: place(origin.of),
                original: place(origin.original),
                because: origin.known_by.because(),
                suggestion: (!origin.known_by.is_stated())
                    .then(|| suggestion_id(&Suggested::Origin { of: origin.of, original: origin.original })),
            })
            .collect(),
        suggestions,
        appearances: linked
            .appearances
            .iter()
            .map(|one| NewAppearance {
                name: one.name.clone(),
                field: one.field.map(|field| field.word().to_owned()),
                year: one.year,
            })
            .collect(),
        affiliations: linked
            .affiliations
            .iter()
            .map(|one| NewAffiliation {
                source: named(&one.source.name, one.source.unnamed),
                organisation: named(&one.organisation, false),
                words: one.words.clone(),
            })
            .collect(),
        fingerprints: linked.fingerprints.clone(),
    }
}

/// Finds again the claims that the page founded when it was linked before, and tells whether there were any.
fn find_again(ledger: &Ledger, linking: &mut Linking, first_new: u32) -> Result<bool, LedgerError> {
    let mut keys: HashMap<ClaimKey, ClaimKey> = HashMap::new();
    let mut new = Vec::new();
    let mut is_old: HashSet<ClaimKey> = HashSet::new();
    for (number, claim) in (first_new..).zip(std::mem::take(&mut linking.claims)) {
        let counted = ClaimKey::from_number(number);
        if let Some(known) = ledger.claim_by_id(claim.id)? {
            keys.insert(counted, known.key);
            is_old.insert(counted);
        } else {
            keys.insert(counted, ClaimKey::from_number(first_new + new.len() as u32));
            new.push(claim);
        }
    }
    linking.claims = new;
    if is_old.is_empty() {
        return Ok(false);
    }
    linking.exemplars.retain(|words| !is_old.contains(&words.claim));
    let claims = linking.exemplars.iter_mut().map(|words| &mut words.claim);
    for claim in claims.chain(linking.links.iter_mut().map(|link| &mut link.claim)) {
        *claim = keys.get(claim).copied().unwrap_or(*claim);
    }
    Ok(true)
}

fn suggestion_id(what: &Suggested) -> SuggestionId {
    let content = serde_json::to_vec(what).expect("a suggestion is plain data");
    SuggestionId::of(&[&content])
}

fn suggestion(suggestion: &sayso_link::Suggestion) -> NewSuggestion {
    let (kind, what) = match &suggestion.what {
        Suggested::Distrust { source, statements } => {
            ("distrust", json!({ "source": source, "statements": statements }))
        }
        Suggested::Origin { of, original } => ("origin", json!({ "of": of, "original": original })),
        Suggested::SameSource { link, written, source } => {
            ("same_source", json!({ "link": link, "written": written, "source": source }))
        }
        Suggested::SameClaim { statement, claim } => {
            ("same_claim", json!({ "statement": statement, "claim": claim }))
        }
        Suggested::Withdrawal { statement } => ("withdrawal", json!({ "statement": statement })),
        Suggested::Undercut { by, undercuts } => ("undercut", json!({ "by": by, "undercuts": undercuts })),
    };
    NewSuggestion {
        id: suggestion_id(&suggestion.what),
        kind: kind.to_owned(),
        what,
        because: suggestion.because.clone(),
        confidence: suggestion.confidence,
    }
}

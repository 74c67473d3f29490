//! Does the cited page say it? Every citation of a page, with what the cited page has to say of it, and on how many origins
//! all of that rests.

mod at_hand;
mod bare;
mod changes;
mod look;
mod origins;
mod words;

pub use at_hand::{AtHand, FoundIn};
pub use origins::CitedOrigin;

use crate::questions::claim::PageOf;
use crate::{Desk, Input, LedgerError, LeftOut};
use at_hand::Cited;
use look::Look;
use rayon::prelude::*;
use sayso_link::Page;
use sayso_link::sources::Everyone;
use sayso_read::citations::{Citation, Citing, Markup, Target, cited_by, citing};
use sayso_record::{Document, Span};
use serde::Serialize;
use std::collections::HashMap;

/// So many citations are looked up at a time.
const AT_ONCE: usize = 16;

/// What has become of a page: its notices, and what the ledger knows.
pub(crate) fn changes_of_page(desk: &Desk, document: &Document) -> Result<Vec<String>, LedgerError> {
    let mut all = changes::noticed(document);
    all.extend(desk.changes_of(document)?);
    Ok(all)
}

/// What a cited page does to what it is cited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CitedVerdict {
    /// It says it.
    Says,
    /// It says a part of it.
    Partly,
    /// It says otherwise.
    Otherwise,
    /// It has it only as the words of somebody else, whom the citing page does not name.
    OthersWords,
    /// It does not have it.
    NotThere,
    /// It could not be read.
    Unread,
}

impl CitedVerdict {
    /// Every verdict, the best first.
    pub const ALL: [CitedVerdict; 6] = [
        CitedVerdict::Says,
        CitedVerdict::OthersWords,
        CitedVerdict::Partly,
        CitedVerdict::Otherwise,
        CitedVerdict::NotThere,
        CitedVerdict::Unread,
    ];

    /// The verdict in a few words, of a page.
    pub fn words(self) -> &'static str {
        match self {
            CitedVerdict::Says => "says it",
            CitedVerdict::Partly => "says part of it",
            CitedVerdict::Otherwise => "says otherwise",
            CitedVerdict::OthersWords => "has it only as another's words",
            CitedVerdict::NotThere => "does not have it",
            CitedVerdict::Unread => "could not be read",
        }
    }
}

/// A citation with its verdict.
#[derive(Clone, Debug, Serialize)]
pub struct CheckedCitation {
    /// Its number on the page, from 1.
    pub number: usize,
    /// In which paragraph of the page it stands, from 1.
    pub paragraph: usize,
    /// Which block of the page's document that is; none in wikitext and Markdown.
    #[serde(skip)]
    pub block: Option<u32>,
    /// As the page marks it.
    pub mark: String,
    /// The sentence in which it stands.
    pub sentence: String,
    /// What of the sentence it is there for.
    pub proposition: String,
    /// The address that is cited.
    pub url: Option<String>,
    /// The title that is cited.
    pub title: Option<String>,
    /// What the cited page does to it.
    pub verdict: CitedVerdict,
    /// Whether that is sure enough to be said without a "possibly".
    pub sure: bool,
    /// How likely it is that the page says it, 0 to 1; none where it could not be read.
    pub probability: Option<f32>,
    /// The passage that decides, word for word.
    pub passage: Option<String>,
    /// Its place in the page's text.
    pub span: Option<Span>,
    /// The words of the proposition that are not there.
    pub missing: Vec<String>,
    /// Whose words they are on the cited page, where they are not its own.
    pub whose: Option<String>,
    /// Why the page could not be read.
    pub why: Option<String>,
    /// The cited page.
    pub page: Option<PageOf>,
    /// Where it was found.
    pub found: Option<FoundIn>,
    /// What has become of it: corrected, changed, taken down.
    pub changes: Vec<String>,
}

/// A page's citations, checked.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// The title of the page.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its citations in their order.
    pub citations: Vec<CheckedCitation>,
    /// So many more were not looked up: there were too many, or the time was over.
    #[serde(skip_serializing_if = "is_zero")]
    pub not_looked_up: usize,
    /// The origins of what the cited pages say, those with most citations first.
    pub origins: Vec<CitedOrigin>,
    /// On how many independent origins the page rests: at least, at most.
    pub independence: (u32, u32),
}

impl Check {
    /// How many citations have a verdict.
    pub fn count(&self, verdict: CitedVerdict) -> usize {
        self.citations.iter().filter(|one| one.verdict == verdict).count()
    }

    /// Whether every cited page surely says what it is cited for.
    pub fn holds(&self) -> bool {
        self.not_looked_up == 0
            && self.citations.iter().all(|one| one.verdict == CitedVerdict::Says && one.sure)
    }
}

/// How far a page is checked.
pub struct CheckLimits<'l> {
    /// No more citations are looked up than this.
    pub citations: usize,
    /// Whether there is time left; asked before every few citations.
    pub go_on: &'l (dyn Fn() -> bool + Sync),
}

/// Fetches the page at an address; none where nothing may be fetched.
pub type FetchPage<'f> = Option<&'f mut dyn FnMut(&str) -> Input>;

impl Desk {
    /// The citations of a page, which is not stored. Where nobody says how it is marked up, its words tell.
    pub fn citing(&self, input: Input, markup: Option<Markup>) -> Result<Citing, LeftOut> {
        let page = input.take()?;
        Ok(citing(&self.reader, &page.bytes, &page.carrier, markup))
    }

    /// The citations of a document of the ledger: its links; where its footnotes point to is not kept.
    pub fn citing_of(&self, document: Document) -> Citing {
        let citations = cited_by(&self.reader, &document);
        Citing { document, citations }
    }

    /// Checks the citations of a page against the cited pages: those at hand, those of the ledger, and those that are
    /// fetched, in this order.
    pub fn check(
        &mut self,
        citing: &Citing,
        at_hand: &AtHand,
        fetch: FetchPage<'_>,
    ) -> Result<Check, LedgerError> {
        self.check_within(citing, at_hand, fetch, &CheckLimits { citations: usize::MAX, go_on: &|| true })
    }

    /// The same, within limits: what lies behind them is counted and not looked up.
    pub fn check_within(
        &mut self,
        citing: &Citing,
        at_hand: &AtHand,
        mut fetch: FetchPage<'_>,
        limits: &CheckLimits<'_>,
    ) -> Result<Check, LedgerError> {
        let mut citations = &citing.citations[..citing.citations.len().min(limits.citations)];
        let mut places: HashMap<&Target, usize> = HashMap::new();
        let mut cited: Vec<Result<Cited, LeftOut>> = Vec::new();
        for (at, citation) in citations.iter().enumerate() {
            if places.contains_key(&citation.target) {
                continue;
            }
            if !(limits.go_on)() {
                citations = &citations[..at];
                break;
            }
            places.insert(&citation.target, cited.len());
            cited.push(self.cited(&citation.target, at_hand, &mut fetch)?);
        }
        let mut everyone = Everyone::default();
        for one in cited.iter().flatten() {
            everyone.learn_document(&one.page.document, &one.page.statements);
        }
        let look = Look { models: self.link_by.models(), everyone: &everyone };
        let mut looked: Vec<look::Looked> = Vec::with_capacity(citations.len());
        for some in citations.chunks(AT_ONCE) {
            if !(limits.go_on)() {
                break;
            }
            let some = some.par_iter();
            looked.par_extend(some.map(|one| look.at(one, cited[places[&one.target]].as_ref())));
        }
        let citations = &citations[..looked.len()];
        let pages: Vec<Option<&Page>> = citations
            .iter()
            .map(|citation| cited[places[&citation.target]].as_ref().ok().map(|one| &one.page))
            .collect();
        let (origins, independence) = origins::origins(&looked, &pages);
        let not_looked_up = citing.citations.len() - citations.len();
        let citations = citations.iter().zip(looked).enumerate();
        let citations = citations
            .map(|(at, (citation, looked))| {
                let of = cited[places[&citation.target]].as_ref().ok();
                told(at + 1, citation, looked, of)
            })
            .collect();
        let title = citing.document.title.clone();
        Ok(Check { title, url: citing.document.url.clone(), citations, not_looked_up, origins, independence })
    }
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

fn told(number: usize, citation: &Citation, looked: look::Looked, cited: Option<&Cited>) -> CheckedCitation {
    let text = cited.map(|one| one.page.document.text.as_str());
    // What is shown as a page's words must be the page's words.
    let shown = looked.passage.and_then(|span| Some((span, text?.get(span.range())?)));
    CheckedCitation {
        number,
        paragraph: citation.paragraph,
        block: citation.block,
        mark: citation.mark.clone(),
        sentence: citation.sentence.clone(),
        proposition: citation.proposition.clone(),
        url: citation.target.url.clone().or_else(|| citation.target.copies.first().cloned()),
        title: citation.target.title.clone(),
        verdict: looked.verdict,
        sure: looked.sure,
        probability: looked.probability,
        passage: shown.map(|(_, words)| words.to_owned()),
        span: shown.map(|(span, _)| span),
        missing: looked.missing,
        whose: looked.whose,
        why: looked.why,
        page: cited.map(|one| PageOf::of(&one.page.document)),
        found: cited.map(|one| one.found.clone()),
        changes: cited.map(|one| one.changes.clone()).unwrap_or_default(),
    }
}

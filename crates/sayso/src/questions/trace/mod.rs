//! Where words first stood, who passed them on, and who changed them on the way.

mod changed;
mod occurrence;

pub use changed::{Changed, Replaced};

use crate::questions::check::changes_of_page;
use crate::questions::claim::{PageOf, Speaker};
use crate::search::Filters;
use crate::{Desk, LedgerError};
use occurrence::{Occurrence, occurrence};
use sayso_ledger::DocumentKey;
use sayso_link::sources::{Everyone, mentions, outlet};
use sayso_record::{BlockKind, Document, Manner, SourceKind, Span, Statement, StatementId, bare_address};
use serde::Serialize;

/// So many pages are gone through at most, those first that hold most of the words.
const PAGES: usize = 200;

/// Some words, traced.
#[derive(Clone, Debug, Serialize)]
pub struct Trace {
    /// The words that were traced.
    pub words: String,
    /// Where they stand, the first known first. Pages without a time come last.
    pub stops: Vec<Stop>,
}

/// A page on which the words stand.
#[derive(Clone, Debug, Serialize)]
pub struct Stop {
    /// The page.
    pub page: PageOf,
    /// The passage, word for word.
    pub passage: String,
    /// Its place in the page's text.
    pub span: Span,
    /// How much of the words that were traced it holds, 0 to 1.
    pub holds: f32,
    /// To whom the page gives the words, and through whom; empty where it says them as its own.
    pub given_to: Vec<Speaker>,
    /// Whether the page passes them on as its own.
    pub as_its_own: bool,
    /// The statement that holds them.
    pub statement: Option<StatementId>,
    /// From which of the stops before (its place in the list) the page has them, as far as can be told.
    pub from: Option<usize>,
    /// How that is known.
    pub by: Option<KnownBy>,
    /// What is not as it was there.
    pub changed: Option<Changed>,
    /// What the page itself has put right since: its notices, its revisions.
    pub corrections: Vec<String>,
    /// The corrections of an earlier stop which this page does not bear.
    pub lacks: Vec<String>,
}

/// How a page is known to have words from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KnownBy {
    /// Only by its words and its time.
    Words,
    /// It names the other's outlet.
    Named,
    /// It links to it.
    Link,
}

/// A page on which the words were found.
struct Found {
    document: Document,
    statements: Vec<Statement>,
    occurrence: Occurrence,
    corrections: Vec<String>,
}

impl Desk {
    /// Traces some words over all pages of the ledger.
    pub fn trace(&mut self, words: &str) -> Result<Trace, LedgerError> {
        let mut trace = Trace { words: words.to_owned(), stops: Vec::new() };
        let keys = self.documents_with_most_of(words, &Filters::default(), PAGES)?;
        let mut found = self.found(words, keys)?;
        let time = |found: &Found| found.document.published.as_ref().map(|stamp| stamp.at.clone());
        found.sort_by_key(|found| {
            let second = time(found).and_then(|at| sayso_weigh::first_second(&at));
            (second.is_none(), second, found.document.id)
        });
        let mut everyone = Everyone::default();
        for one in &found {
            everyone.learn_document(&one.document, &one.statements);
        }
        for at in 0..found.len() {
            let stop = stop(&everyone, &found, at);
            trace.stops.push(stop);
        }
        for at in 0..trace.stops.len() {
            trace.stops[at].lacks = lacking(&trace.stops, at);
        }
        Ok(trace)
    }

    /// The words of a statement, to be traced.
    pub fn words_of(&self, id: StatementId) -> Result<Option<String>, LedgerError> {
        let record = self.document_of(id)?;
        Ok(record.and_then(|record| {
            let statement = record.statements.iter().find(|one| one.id == id)?;
            Some(record.document.words(&statement.content))
        }))
    }

    /// The pages among some that hold the words: of each the newest revision that does.
    fn found(&self, words: &str, mut keys: Vec<DocumentKey>) -> Result<Vec<Found>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(Vec::new()) };
        let wordings = &self.link_by.models().wordings;
        keys.sort_unstable();
        let mut found: Vec<Found> = Vec::new();
        for key in keys {
            let Some((document, statements, _)) = ledger.page(key)? else { continue };
            if ledger.taken_down(document.id)?.is_some() {
                continue;
            }
            let Some(occurrence) = occurrence(wordings, words, &document) else { continue };
            let corrections = changes_of_page(self, &document)?;
            let one = Found { document, statements, occurrence, corrections };
            let is_same =
                |other: &Found| one.document.url.is_some() && other.document.url == one.document.url;
            match found.iter().position(is_same) {
                Some(at) => found[at] = one,
                None => found.push(one),
            }
        }
        Ok(found)
    }
}

fn stop(everyone: &Everyone, found: &[Found], at: usize) -> Stop {
    let Found { document, statements, occurrence, corrections } = &found[at];
    let holder = holder(statements, occurrence.span);
    let given_to: Vec<Speaker> = holder.map_or_else(Vec::new, |statement| {
        let named = mentions(statement).filter(|mention| mention.kind != SourceKind::Author);
        named
            .map(|mention| {
                let link = everyone.source(mention, document, statements);
                Speaker { name: link.name, unnamed: link.unnamed }
            })
            .collect()
    });
    let from = source(found, at);
    let changed = from.map(|(from, _)| {
        let earlier = &found[from];
        Changed::between(
            earlier.occurrence.span.of(&earlier.document.text),
            occurrence.span.of(&document.text),
        )
    });
    Stop {
        page: PageOf::of(document),
        passage: occurrence.span.of(&document.text).to_owned(),
        span: occurrence.span,
        holds: (occurrence.holds * 100.0).round() / 100.0,
        as_its_own: given_to.is_empty(),
        given_to,
        statement: holder.map(|statement| statement.id),
        from: from.map(|(from, _)| from),
        by: from.map(|(_, by)| by),
        changed,
        corrections: corrections.clone(),
        lacks: Vec::new(),
    }
}

/// The statement that holds most of a passage; of those alike the innermost, which stands latest.
fn holder(statements: &[Statement], passage: Span) -> Option<&Statement> {
    let shared = |statement: &Statement| -> u32 {
        let spans = statement.content.iter().filter(|span| span.overlaps(passage));
        spans.map(|span| span.end.min(passage.end) - span.start.max(passage.start)).sum()
    };
    let is_whole = |statement: &&Statement| shared(statement) * 2 >= passage.len() as u32;
    let length = |statement: &Statement| statement.content.iter().map(|span| span.len()).sum::<usize>();
    let credited = |statement: &Statement| statement.manner != Manner::OwnVoice;
    statements.iter().filter(is_whole).min_by_key(|statement| (!credited(statement), length(statement)))
}

/// From which earlier page a page has the words: one that it links to, one whose outlet it names, else the one whose words
/// are most like its own.
fn source(found: &[Found], at: usize) -> Option<(usize, KnownBy)> {
    let own = &found[at];
    let links: Vec<String> = own
        .document
        .blocks
        .iter()
        .flat_map(|block| {
            let quoted = match &block.kind {
                BlockKind::Quotation { href, .. } => href.as_deref(),
                _ => None,
            };
            block.links.iter().map(|link| link.href.as_str()).chain(quoted)
        })
        .map(bare_address)
        .collect();
    let passage = own.occurrence.span.of(&own.document.text);
    let named = |earlier: &Document| {
        let outlet = outlet(earlier).to_lowercase();
        let outlet = outlet.trim_start_matches("the ");
        outlet.len() > 3
            && own
                .statements
                .iter()
                .filter(|one| one.content.iter().any(|span| span.overlaps(own.occurrence.span)))
                .any(|one| mentions(one).any(|mention| mention.name.to_lowercase().contains(outlet)))
    };
    let known = |earlier: &Found| {
        let is_linked = earlier.document.url.as_deref().is_some_and(|url| links.contains(&bare_address(url)));
        if is_linked {
            KnownBy::Link
        } else if named(&earlier.document) {
            KnownBy::Named
        } else {
            KnownBy::Words
        }
    };
    let is_earlier = |earlier: &Found| {
        let at = |found: &Found| {
            found.document.published.as_ref().and_then(|stamp| sayso_weigh::first_second(&stamp.at))
        };
        matches!((at(earlier), at(own)), (Some(earlier), Some(own)) if earlier <= own)
    };
    let best = (0..at).filter(|&earlier| is_earlier(&found[earlier])).map(|earlier| {
        let words = found[earlier].occurrence.span.of(&found[earlier].document.text);
        (known(&found[earlier]), changed::likeness(words, passage), earlier)
    });
    let (by, _, from) = best.max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(b.2.cmp(&a.2)))?;
    Some((from, by))
}

/// The corrections of those from whom a page has the words, where it bears none of its own.
fn lacking(stops: &[Stop], at: usize) -> Vec<String> {
    if !stops[at].corrections.is_empty() {
        return Vec::new();
    }
    let mut lacks = Vec::new();
    let mut next = stops[at].from;
    while let Some(from) = next {
        let who =
            stops[from].page.site.clone().or_else(|| stops[from].page.title.clone()).unwrap_or_default();
        lacks.extend(stops[from].corrections.iter().map(|correction| format!("{who}: {correction}")));
        next = stops[from].from.filter(|&further| further < from);
    }
    lacks
}

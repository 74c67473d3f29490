//! An annotation as an act: a note, or a flag where it asks for a second look.

use super::Fate;
use super::anchor::{Lost, Selector};
use super::json_ld::{each, name_of, plain, text};
use sayso_ledger::{Ledger, LedgerError};
use sayso_record::{Act, ActId, ActKind, Document, DocumentId, Span, StatementId, Subject};
use serde_json::Value;

/// Motivations that ask for a second look.
const ASKING: &[&str] = &["questioning", "moderating", "editing"];

/// Stores an annotation.
pub(super) fn import(ledger: &Ledger, annotation: &Value, at: &str) -> Result<Fate, LedgerError> {
    let because = words(annotation);
    if because.is_empty() {
        return Ok(Fate::LeftOut("it says nothing".to_owned()));
    }
    let on = match subject(ledger, annotation)? {
        Ok(on) => on,
        Err(why) => return Ok(Fate::LeftOut(why.to_owned())),
    };
    let asks = each(annotation, "motivation")
        .iter()
        .filter_map(plain)
        .any(|motivation| ASKING.contains(&motivation.rsplit(['/', '#', ':']).next().unwrap_or_default()));
    let kind = if asks && matches!(on, Subject::Statement(_)) { ActKind::Flag } else { ActKind::Note };
    let by = each(annotation, "creator").iter().find_map(name_of).unwrap_or("an annotator without a name");
    let published = text(annotation, &["created"]).filter(|at| sayso_weigh::first_second(at).is_some());
    let act = Act {
        id: ActId::default(),
        previous: None,
        act: kind,
        on,
        with: None,
        by: by.to_owned(),
        because,
        at: at.to_owned(),
        published: published.map(str::to_owned),
        notice: None,
    };
    let is_same = |other: &Act| {
        (other.act, &other.by, &other.because, &other.published)
            == (act.act, &act.by, &act.because, &act.published)
    };
    // One that somebody has undone since was imported all the same, and is not done again.
    if ledger.acts_on(&act.on)?.iter().any(is_same) {
        return Ok(Fate::Known);
    }
    let (_, act) = ledger.log(act)?;
    Ok(Fate::Act(act.id))
}

/// What it says.
fn words(annotation: &Value) -> String {
    let bodies = each(annotation, "body");
    let body = bodies.iter().filter_map(|body| plain(body).or_else(|| text(body, &["value"])));
    let all: Vec<&str> = text(annotation, &["bodyValue"]).into_iter().chain(body).collect();
    all.join("\n")
}

/// What it is about; the reason where that is nothing that we know.
fn subject(ledger: &Ledger, annotation: &Value) -> Result<Result<Subject, &'static str>, LedgerError> {
    let mut why = "it is about nothing";
    for target in each(annotation, "target") {
        let documents = documents(ledger, target)?;
        if documents.is_empty() {
            why = "the ledger does not hold the page that it is about; read that first";
            continue;
        }
        let Some(selector) = Selector::of(target) else {
            return Ok(Ok(Subject::Document(documents[0].id)));
        };
        for document in &documents {
            match selector.find(&document.text) {
                Ok(span) => {
                    let on = statement_at(ledger, document, span)?;
                    return Ok(Ok(on.map_or(Subject::Document(document.id), Subject::Statement)));
                }
                Err(Lost::NotThere) => why = "the words that it is about are not on the page as it was read",
                Err(Lost::Ambiguous) => {
                    why = "the words that it is about stand on the page more than once, and nothing tells which \
                           are meant";
                }
            }
        }
    }
    Ok(Err(why))
}

/// The documents that a target may be about: the one that it names by our name, or the revisions of an address, the
/// newest first.
fn documents(ledger: &Ledger, target: &Value) -> Result<Vec<Document>, LedgerError> {
    let named = |member: &str| {
        each(target, member).iter().find_map(|value| plain(value).or_else(|| text(value, &["id", "@id"])))
    };
    let sources = [named("scope"), named("source"), plain(target), text(target, &["id", "@id"])];
    let ours = format!("{}document:", super::IRI_PREFIX);
    let mut ids: Vec<DocumentId> = Vec::new();
    for source in sources.into_iter().flatten() {
        if let Some(id) = source.strip_prefix(&ours) {
            ids.extend(id.parse::<DocumentId>());
        } else {
            let address = source.split('#').next().unwrap_or_default();
            for address in [source, address] {
                ids.extend(ledger.revisions(address)?.into_iter().rev().map(|(_, id)| id));
            }
        }
        let mut documents = Vec::new();
        for id in ids.drain(..) {
            documents.extend(ledger.document(id)?);
        }
        if !documents.is_empty() {
            return Ok(documents);
        }
    }
    Ok(Vec::new())
}

/// The statement that shares most with some words of a document, the shortest of several.
fn statement_at(
    ledger: &Ledger,
    document: &Document,
    words: Span,
) -> Result<Option<StatementId>, LedgerError> {
    let shared = |span: &Span| {
        let (start, end) = (span.start.max(words.start), span.end.min(words.end));
        end.saturating_sub(start)
    };
    let mut best: Option<((u32, std::cmp::Reverse<usize>), StatementId)> = None;
    for statement in ledger.statements_in(document.id)? {
        let fit: u32 = statement.content.iter().map(shared).sum();
        let length: usize = statement.content.iter().map(|span| span.len()).sum();
        let rank = (fit, std::cmp::Reverse(length));
        if fit > 0 && best.is_none_or(|(most, _)| rank > most) {
            best = Some((rank, statement.id));
        }
    }
    Ok(best.map(|(_, id)| id))
}

//! STIX 2.1: a bundle for threat-intelligence platforms (OpenCTI, MISP).
//!
//! | in the ledger | in STIX |
//! |---|---|
//! | a source | `identity` |
//! | a page | `report` |
//! | a claim, with its standing | `note` |
//! | a statement for or against a claim | `opinion` of its source about that note: agree, or disagree |
//!
//! An opinion says what its source said, never what is so.

use super::cited::quote;
use super::records::{Page, Walk};
use super::stream::List;
use super::{ExportError, iri};
use crate::harmless::line;
use sayso_record::{ClaimId, DocumentId, StatementId};
use serde_json::{Value, json};
use std::io::Write;

pub(super) fn write(walk: &mut Walk, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    let start = began(walk)?;
    let head = format!("{{\"type\":\"bundle\",\"id\":\"{}\",\"objects\":[", name("bundle", b"ledger"));
    let mut list = List::start(out, &head, "]}\n")?;
    list.add(&json!({
        "type": "identity", "spec_version": "2.1", "id": ourselves(), "created": start, "modified": start,
        "name": "sayso", "identity_class": "system",
    }))?;
    walk.sources(&mut |walk, source| {
        if walk.decisions.source(source.key) != source.key {
            return Ok(());
        }
        let mut identity = json!({
            "type": "identity", "spec_version": "2.1", "id": of_source(&source.name),
            "created": start, "modified": start,
            "name": line(&source.name), "identity_class": "unknown",
        });
        if source.unnamed {
            identity["description"] = json!("nobody names this source");
        }
        Ok(list.add(&identity)?)
    })?;
    walk.claims(&mut |walk, key| {
        if walk.decisions.claim(key) != key {
            return Ok(());
        }
        let Some(claim) = walk.ledger.claim(key)? else { return Ok(()) };
        let weight = walk.ledger.weight(key)?;
        let (created, modified) =
            (time(claim.known), time(weight.as_ref().map_or(claim.known, |now| now.known)));
        let mut note = json!({
            "type": "note", "spec_version": "2.1", "id": of_claim(claim.id),
            "created": created, "modified": modified, "created_by_ref": ourselves(),
            "content": line(&claim.words), "object_refs": [ourselves()],
            "external_references": [{ "source_name": "sayso", "external_id": iri::claim(claim.id) }],
        });
        if let Some(weight) = weight {
            note["abstract"] = json!(format!("standing: {}", weight.weight.standing));
        }
        Ok(list.add(&note)?)
    })?;
    walk.pages(true, &mut |walk, page| {
        let read = page.readings.first().and_then(|reading| sayso_weigh::first_second(&reading.read_at));
        let read = read.map_or_else(|| start.clone(), time);
        let mut refs = Vec::new();
        for (statement, links) in &page.statements {
            let Some((claim, for_it)) = walk.claim_of(links)? else { continue };
            let names: Vec<String> = links
                .iter()
                .map(|link| Ok(walk.source_of(link)?.name))
                .collect::<Result<_, ExportError>>()?;
            let id = of_statement(statement.id);
            list.add(&json!({
                "type": "opinion", "spec_version": "2.1", "id": id, "created": read, "modified": read,
                "created_by_ref": of_source(&names[0]),
                "authors": names.iter().map(|name| line(name)).collect::<Vec<_>>(),
                "opinion": if for_it { "agree" } else { "disagree" },
                "explanation": quote(&page.document, statement),
                "object_refs": [of_claim(claim)],
                "external_references": [
                    { "source_name": "sayso", "external_id": iri::statement(statement.id) },
                ],
            }))?;
            refs.push(id);
        }
        Ok(list.add(&report(page, refs, &read))?)
    })?;
    list.finish()
}

fn report(page: &Page, mut refs: Vec<String>, read: &str) -> Value {
    let document = &page.document;
    // A report refers to something, also where nothing on the page makes a claim.
    if refs.is_empty() {
        refs.push(ourselves());
    }
    let published = document.published.as_ref().and_then(|stamp| sayso_weigh::first_second(&stamp.at));
    let title = document.title.as_deref().map_or_else(|| "(no title)".to_owned(), line);
    let mut own = json!({ "source_name": "sayso", "external_id": iri::document(document.id) });
    if let Some(url) = document.url.as_deref().filter(|url| iri::is_web(url)) {
        own["url"] = json!(url);
    }
    let mut report = json!({
        "type": "report", "spec_version": "2.1", "id": of_document(document.id), "created": read, "modified": read,
        "created_by_ref": ourselves(),
        "name": title,
        "published": published.map_or_else(|| read.to_owned(), time),
        "object_refs": refs,
        "external_references": [own],
    });
    if let Some(site) = &document.site {
        report["description"] = json!(line(site));
    }
    if let Some(language) = &document.language {
        report["lang"] = json!(line(language));
    }
    report
}

/// When the ledger first read anything: sources have no time of their own.
fn began(walk: &Walk) -> Result<String, ExportError> {
    let first = walk.ledger.document_id(sayso_ledger::DocumentKey::from_number(0))?;
    let readings = first.map_or(Ok(Vec::new()), |first| walk.ledger.readings_of(first))?;
    let second = readings.first().and_then(|reading| sayso_weigh::first_second(&reading.read_at));
    Ok(time(second.unwrap_or(0)))
}

fn time(second: i64) -> String {
    let at = jiff::Timestamp::from_second(second).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    format!("{at:.3}")
}

fn ourselves() -> String {
    name("identity", b"sayso itself")
}

fn of_source(source: &str) -> String {
    name("identity", iri::source(source).as_bytes())
}

fn of_document(id: DocumentId) -> String {
    name("report", iri::document(id).as_bytes())
}

fn of_claim(id: ClaimId) -> String {
    name("note", iri::claim(id).as_bytes())
}

fn of_statement(id: StatementId) -> String {
    name("opinion", iri::statement(id).as_bytes())
}

/// An identifier that the same record has in every export: a UUID made from a hash of its name. It is marked as one of
/// version 5, for the schemas of STIX know none of those that came later.
fn name(kind: &str, named: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(named)[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{kind}--{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

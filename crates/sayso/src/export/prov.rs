//! W3C PROV-O as JSON-LD: documents, statements and claims are entities; sources, readers and those who act are agents;
//! readings and acts are activities.
//!
//! | in the ledger | in PROV-O |
//! |---|---|
//! | a page attributes words to somebody | `prov:wasQuotedFrom` |
//! | words were taken from another statement, or given another as their reason | `prov:wasDerivedFrom` |
//! | who says so | `prov:wasAttributedTo` |
//! | a changed page | `prov:wasRevisionOf` |
//! | a withdrawn statement, a discredited document | `prov:invalidated`, while the act is in force |
//!
//! What PROV-O has no word for (standing, for or against, unnamed) stands under `sayso:`.

use super::records::{ActRecord, Page, Walk};
use super::stream::List;
use super::{ExportError, What, iri};
use sayso_ledger::{ClaimKey, LedgerError, Link, LinkedSource};
use sayso_record::{ActKind, Statement, Subject};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;

const HEAD: &str = concat!(
    "{\"@context\":{",
    "\"prov\":\"http://www.w3.org/ns/prov#\",",
    "\"rdfs\":\"http://www.w3.org/2000/01/rdf-schema#\",",
    "\"dcterms\":\"http://purl.org/dc/terms/\",",
    "\"xsd\":\"http://www.w3.org/2001/XMLSchema#\",",
    "\"sayso\":\"urn:sayso:term:\"",
    "},\"@graph\":["
);

pub(super) fn write(
    walk: &mut Walk,
    what: Option<What>,
    out: &mut (dyn Write + Send),
) -> Result<u64, ExportError> {
    let mut list = List::start(out, HEAD, "]}\n")?;
    let wanted = |sort: What| what.is_none_or(|what| what == sort);
    if wanted(What::Sources) {
        walk.sources(&mut |walk, source| Ok(list.add(&agent(walk, source)?)?))?;
    }
    let mut readers: BTreeSet<String> = BTreeSet::new();
    if wanted(What::Documents) || wanted(What::Statements) {
        let (documents, statements) = (wanted(What::Documents), wanted(What::Statements));
        walk.pages(statements, &mut |walk, page| {
            for reading in &page.readings {
                if readers.insert(reading.reader.clone()) {
                    list.add(&json!({
                        "@id": iri::reader(&reading.reader),
                        "@type": ["prov:Agent", "prov:SoftwareAgent"],
                        "rdfs:label": reading.reader,
                    }))?;
                }
            }
            if documents {
                list.add(&document(walk, page)?)?;
            }
            for (number, reading) in page.readings.iter().enumerate() {
                list.add(&json!({
                    "@id": reading_iri(page, number),
                    "@type": "prov:Activity",
                    "rdfs:label": "reading",
                    "prov:used": { "@id": iri::document(page.document.id) },
                    "prov:wasAssociatedWith": { "@id": iri::reader(&reading.reader) },
                    "prov:endedAtTime": time(&reading.read_at),
                }))?;
            }
            if statements {
                for (statement, links) in &page.statements {
                    for place in places(walk, page, statement, links)? {
                        list.add(&place)?;
                    }
                }
            }
            Ok(())
        })?;
    }
    if wanted(What::Claims) {
        walk.claims(&mut |walk, key| Ok(list.add(&claim(walk, key)?)?))?;
    }
    if wanted(What::Acts) {
        let mut people: BTreeSet<String> = BTreeSet::new();
        walk.acts(&mut |_, record| {
            if people.insert(record.act.by.clone()) {
                list.add(&json!({
                    "@id": iri::person(&record.act.by),
                    "@type": "prov:Agent",
                    "rdfs:label": record.act.by,
                }))?;
            }
            Ok(list.add(&act(&record))?)
        })?;
    }
    list.finish()
}

/// A time with its type. A date alone is no `xsd:dateTime`.
fn time(at: &str) -> Value {
    let kind = if at.contains('T') { "xsd:dateTime" } else { "xsd:date" };
    json!({ "@value": at, "@type": kind })
}

fn reading_iri(page: &Page, number: usize) -> String {
    format!("{}:reading:{number}", iri::document(page.document.id))
}

fn agent(walk: &Walk, source: &LinkedSource) -> Result<Value, LedgerError> {
    let record = walk.source(source)?;
    let mut agent = json!({
        "@id": iri::source(&record.name),
        "@type": "prov:Agent",
        "rdfs:label": record.name,
        "sayso:unnamed": record.unnamed,
    });
    if let Some(into) = record.part_of {
        agent["sayso:partOf"] = json!({ "@id": iri::source(&into) });
    }
    Ok(agent)
}

fn document(walk: &Walk, page: &Page) -> Result<Value, LedgerError> {
    let document = &page.document;
    let mut entity = json!({ "@id": iri::document(document.id), "@type": ["prov:Entity", "sayso:Document"] });
    if let Some(title) = &document.title {
        entity["rdfs:label"] = json!(title);
    }
    if let Some(url) = document.url.as_deref().filter(|url| iri::is_web(url)) {
        entity["prov:atLocation"] = json!({ "@id": url });
    }
    if let Some(site) = &document.site {
        entity["dcterms:publisher"] = json!(site);
    }
    if !document.bylines.is_empty() {
        entity["dcterms:creator"] = json!(document.bylines);
    }
    if let Some(published) = &document.published {
        entity["dcterms:issued"] = time(&published.at);
        if published.at.contains('T') {
            entity["prov:generatedAtTime"] = time(&published.at);
        }
    }
    if let Some(before) = walk.revision_before(document)? {
        entity["prov:wasRevisionOf"] = json!({ "@id": iri::document(before) });
    }
    Ok(entity)
}

/// A statement, and every earlier hand that it went through.
fn places(
    walk: &Walk,
    page: &Page,
    statement: &Statement,
    links: &[Link],
) -> Result<Vec<Value>, LedgerError> {
    let document = &page.document;
    let name = |link: &Link| iri::place(statement.id, link.place.step, link.report);
    let mut places = Vec::with_capacity(links.len());
    for (at, link) in links.iter().enumerate() {
        let mut entity = json!({
            "@id": name(link),
            "@type": ["prov:Entity", "sayso:Statement"],
            "prov:wasAttributedTo": { "@id": iri::source(&walk.source_of(link)?.name) },
            "sayso:held": link.held,
        });
        if let Some(before) = at.checked_sub(1) {
            entity["prov:wasQuotedFrom"] = json!({ "@id": name(&links[before]) });
        }
        let mut derived = BTreeSet::new();
        let origins = link.origins.iter().map(|origin| origin.original);
        for node in origins.chain(link.needs.iter().flatten().copied()) {
            let Some(other) = walk.ledger.link(node, i64::MAX)? else { continue };
            if other.place.statement != statement.id {
                derived.insert(iri::place(other.place.statement, other.place.step, other.report));
            }
        }
        if !derived.is_empty() {
            entity["prov:wasDerivedFrom"] = derived.iter().map(|iri| json!({ "@id": iri })).collect();
        }
        if link.report {
            describe(&mut entity, page, statement);
            if let Some((claim, for_it)) = walk.claim_of(links)? {
                let side = if for_it { "sayso:for" } else { "sayso:against" };
                entity[side] = json!({ "@id": iri::claim(claim) });
            }
        }
        places.push(entity);
    }
    // One that was never linked is at least the document's.
    if places.is_empty() {
        let mut entity =
            json!({ "@id": iri::statement(statement.id), "@type": ["prov:Entity", "sayso:Statement"] });
        describe(&mut entity, page, statement);
        entity["prov:wasQuotedFrom"] = json!({ "@id": iri::document(document.id) });
        places.push(entity);
    }
    Ok(places)
}

fn describe(entity: &mut Value, page: &Page, statement: &Statement) {
    entity["prov:value"] = json!(page.document.words(&statement.content));
    entity["dcterms:isPartOf"] = json!({ "@id": iri::document(page.document.id) });
    entity["sayso:stance"] = json!(statement.stance);
    if let Some(newest) = page.readings.len().checked_sub(1) {
        entity["prov:wasGeneratedBy"] = json!({ "@id": reading_iri(page, newest) });
    }
}

fn claim(walk: &Walk, key: ClaimKey) -> Result<Value, LedgerError> {
    let record = serde_json::to_value(walk.claim(key)?).expect("records are plain data");
    let stored = walk.ledger.claim(key)?.ok_or_else(|| walk.ledger.damaged("a claim is gone"))?;
    let mut entity = json!({
        "@id": iri::claim(stored.id),
        "@type": ["prov:Entity", "sayso:Claim"],
        "prov:value": stored.words,
    });
    if let Some(standing) = record["standing"].as_str() {
        entity["sayso:standing"] = json!(standing);
    }
    let into = walk.decisions.claim(key);
    if into != key
        && let Some(into) = walk.ledger.claim(into)?
    {
        entity["prov:specializationOf"] = json!({ "@id": iri::claim(into.id) });
    }
    Ok(entity)
}

fn act(record: &ActRecord) -> Value {
    let act = record.act;
    let mut used = vec![iri::subject(&act.on)];
    used.extend(act.with.as_ref().map(iri::subject));
    used.extend(act.notice.map(iri::document));
    let mut activity = json!({
        "@id": iri::act(act.id),
        "@type": "prov:Activity",
        "rdfs:label": act.act.word(),
        "rdfs:comment": act.because,
        "prov:wasAssociatedWith": { "@id": iri::person(&act.by) },
        "prov:endedAtTime": time(&act.at),
        "sayso:about": used.iter().map(|iri| json!({ "@id": iri })).collect::<Value>(),
    });
    if let Some(published) = &act.published {
        activity["dcterms:issued"] = time(published);
    }
    if let Some(previous) = act.previous {
        activity["prov:wasInformedBy"] = json!({ "@id": iri::act(previous) });
    }
    match record.undone_by {
        Some(by) => activity["sayso:undoneBy"] = json!({ "@id": iri::act(by) }),
        None => {
            let ends = matches!(
                (act.act, &act.on),
                (ActKind::Withdraw, Subject::Statement(_)) | (ActKind::Discredit, Subject::Document(_))
            );
            if ends {
                activity["prov:invalidated"] = json!({ "@id": iri::subject(&act.on) });
            }
        }
    }
    activity
}

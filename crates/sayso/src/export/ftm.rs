//! FollowTheMoney: entities as JSON lines, for Aleph, OpenAleph and other tools of investigators.
//!
//! Sources are legal entities of a sort that nobody knows, pages are articles, statements are the documentation that joins
//! the two, and who passes on whose words is a link of its own. Claims are notes.

use super::cited::{Cited, Day, quote, who_says};
use super::records::Walk;
use super::stream::write_json;
use super::{ExportError, iri};
use crate::harmless::line;
use serde_json::{Value, json};
use std::io::Write;

pub(super) fn write(walk: &mut Walk, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    let mut lines = Lines { out, lines: 0 };
    walk.sources(&mut |walk, source| {
        if walk.decisions.source(source.key) != source.key {
            return Ok(());
        }
        let mut properties = json!({ "name": [line(&source.name)] });
        if source.unnamed {
            properties["notes"] = json!(["nobody names this source"]);
        }
        lines.add(&of_source(&source.name), "LegalEntity", properties)
    })?;
    walk.claims(&mut |walk, key| {
        if walk.decisions.claim(key) != key {
            return Ok(());
        }
        let Some(claim) = walk.ledger.claim(key)? else { return Ok(()) };
        let mut properties = json!({ "name": [line(&claim.words)], "description": [line(&claim.words)] });
        if let Some(weight) = walk.ledger.weight(key)? {
            properties["summary"] = json!([format!("standing: {}", weight.weight.standing)]);
        }
        lines.add(&of(&iri::claim(claim.id)), "Note", properties)
    })?;
    walk.pages(true, &mut |walk, page| {
        let cited = Cited::of(page);
        let article = of(&iri::document(page.document.id));
        let mut properties = json!({ "title": [cited.title] });
        let told = [
            ("author", cited.authors),
            ("publisher", cited.outlet.into_iter().collect()),
            ("publishedAt", cited.date.map(Day::iso).into_iter().collect()),
            ("sourceUrl", cited.url.clone().into_iter().collect()),
            ("retrievedAt", cited.read.map(Day::iso).into_iter().collect()),
        ];
        for (name, values) in told {
            if !values.is_empty() {
                properties[name] = json!(values);
            }
        }
        lines.add(&article, "Article", properties)?;
        for (statement, links) in &page.statements {
            let id = of(&iri::statement(statement.id));
            let words = quote(&page.document, statement);
            let names: Vec<String> = links
                .iter()
                .map(|link| Ok(walk.source_of(link)?.name))
                .collect::<Result<_, ExportError>>()?;
            let Some(speaker) = names.first() else { continue };
            let mut properties = json!({
                "entity": [of_source(speaker)],
                "document": [article],
                "role": [line(&who_says(statement))],
                "summary": [words],
            });
            if let Some(date) = cited.date {
                properties["date"] = json!([date.iso()]);
            }
            if let Some((claim, for_it)) = walk.claim_of(links)? {
                let side = if for_it { "for" } else { "against" };
                properties["description"] = json!([format!("{side} the claim {}", iri::claim(claim))]);
            }
            lines.add(&id, "Documentation", properties)?;
            for (step, pair) in names.windows(2).enumerate().filter(|(_, pair)| pair[0] != pair[1]) {
                let mut properties = json!({
                    "subject": [of_source(&pair[1])], "object": [of_source(&pair[0])], "role": ["relays"],
                    "summary": [words],
                });
                if let Some(url) = &cited.url {
                    properties["sourceUrl"] = json!([url]);
                }
                if let Some(date) = cited.date {
                    properties["date"] = json!([date.iso()]);
                }
                lines.add(&format!("{id}-relay-{step}"), "UnknownLink", properties)?;
            }
        }
        Ok(())
    })?;
    Ok(lines.lines)
}

struct Lines<'w> {
    out: &'w mut (dyn Write + Send),
    lines: u64,
}

impl Lines<'_> {
    fn add(&mut self, id: &str, schema: &str, properties: Value) -> Result<(), ExportError> {
        write_json(self.out, &json!({ "id": id, "schema": schema, "properties": properties }))?;
        self.out.write_all(b"\n")?;
        self.lines += 1;
        Ok(())
    }
}

/// An id as FollowTheMoney has it: our own name for the record, with nothing in it that would part it.
fn of(iri: &str) -> String {
    iri.replace(':', "-")
}

/// A source is called by its name, which may be as long as it likes: what is kept is a hash.
fn of_source(name: &str) -> String {
    use sha2::{Digest, Sha256};
    let hash = Sha256::digest(name.as_bytes());
    let hash: String = hash[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("urn-sayso-source-{hash}")
}

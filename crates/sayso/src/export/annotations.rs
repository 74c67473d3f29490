//! Web Annotation: every statement, with the words of the page that it stands on.
//!
//! Positions count code points of the text of the document (`scope`), as JSON lines of documents hold it; quotes are
//! for finding the words on the page itself (`source`), where it has an address.

use super::records::{Page, Walk};
use super::stream::List;
use super::{ExportError, iri};
use sayso_ledger::Link;
use sayso_record::{Document, Span, Statement};
use serde_json::{Value, json};
use std::io::Write;

/// So many code points before and after a quote are given with it.
const AROUND: usize = 32;

const HEAD: &str = concat!(
    "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"type\":\"AnnotationCollection\",",
    "\"label\":\"Statements\",\"first\":{\"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":["
);

pub(super) fn write(walk: &mut Walk, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    let mut list = List::start(out, HEAD, "]}}\n")?;
    walk.pages(true, &mut |walk, page| {
        let points = Points::of(&page.document.text);
        for (statement, links) in &page.statements {
            list.add(&annotation(walk, page, statement, links, &points)?)?;
        }
        Ok(())
    })?;
    list.finish()
}

fn annotation(
    walk: &Walk,
    page: &Page,
    statement: &Statement,
    links: &[Link],
    points: &Points,
) -> Result<Value, ExportError> {
    let document = &page.document;
    let mut bodies = vec![json!({
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "value": in_words(document, statement),
    })];
    if let Some((claim, _)) = walk.claim_of(links)? {
        bodies.push(json!({
            "type": "SpecificResource", "purpose": "classifying", "source": iri::claim(claim),
        }));
    }
    let targets: Vec<Value> = statement.content.iter().map(|&span| target(document, span, points)).collect();
    let mut annotation = json!({
        "id": iri::statement(statement.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": bodies,
        "target": if targets.is_empty() { json!(iri::document(document.id)) } else { json!(targets) },
    });
    if let Some(reading) = page.readings.last() {
        annotation["created"] = json!(reading.read_at);
        annotation["generator"] =
            json!({ "id": iri::reader(&reading.reader), "type": "Software", "name": reading.reader });
    }
    Ok(annotation)
}

/// "Ilse Marwick, through Harbour Courier, denies".
fn in_words(document: &Document, statement: &Statement) -> String {
    let who = |name: &str| if name.is_empty() { "nobody by name".to_owned() } else { name.to_owned() };
    let mut words = who(&statement.source.name);
    for via in &statement.via {
        words += &format!(", through {}", who(&via.name));
    }
    words + &format!(", {}: {}", statement.stance.verb(), document.words(&statement.content))
}

fn target(document: &Document, span: Span, points: &Points) -> Value {
    let text = &document.text;
    let (start, end) = (span.start as usize, span.end as usize);
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let prefix = before.char_indices().rev().nth(AROUND - 1).map_or(before, |(at, _)| &before[at..]);
    let suffix = after.char_indices().nth(AROUND).map_or(after, |(at, _)| &after[..at]);
    let page = document.url.as_deref().filter(|url| iri::is_web(url));
    json!({
        "source": page.map_or_else(|| iri::document(document.id), str::to_owned),
        "scope": iri::document(document.id),
        "selector": [
            { "type": "TextQuoteSelector", "exact": span.of(text), "prefix": prefix, "suffix": suffix },
            { "type": "TextPositionSelector", "start": points.at(start), "end": points.at(end) },
        ],
    })
}

/// Turns bytes into code points without counting from the start each time.
struct Points<'t> {
    text: &'t str,
    /// Code points before each mark, one every so many bytes.
    marks: Vec<usize>,
}

impl<'t> Points<'t> {
    const EVERY: usize = 1_024;

    fn of(text: &'t str) -> Points<'t> {
        let mut marks = vec![0];
        let starts = |bytes: &[u8]| bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        for chunk in text.as_bytes().chunks(Self::EVERY) {
            marks.push(marks.last().expect("there is one") + starts(chunk));
        }
        Points { text, marks }
    }

    /// The code points before a byte.
    fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let mark = byte / Self::EVERY;
        let rest = &self.text.as_bytes()[mark * Self::EVERY..byte];
        self.marks[mark] + rest.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_are_counted_as_chars_are() {
        let text = "aé水🛢".repeat(700);
        let points = Points::of(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(byte), count);
        }
        assert_eq!(points.at(text.len()), text.chars().count());
        assert_eq!(points.at(usize::MAX), text.chars().count());
    }
}

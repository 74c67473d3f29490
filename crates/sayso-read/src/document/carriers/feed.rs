//! Feeds (RSS, Atom, JSON Feed): each entry a page.

use super::{Carrier, Fault, Page};
use crate::document::decode;
use sayso_record::{Stamp, StampOrigin};

/// The entries that have words, in the order of the feed.
pub(super) fn pages(bytes: &[u8]) -> impl Iterator<Item = Result<Page, Fault>> {
    // Sanitising is for those who show the markup; we only read it.
    let parsed = feed_rs::parser::Builder::new().sanitize_content(false).build().parse(bytes);
    let (name, mut entries, fault) = match parsed {
        Ok(feed) => (feed.title.map(|title| title.content), feed.entries, None),
        Err(error) => {
            (None, Vec::new(), Some(Fault { place: 1, reason: format!("the feed cannot be read: {error}") }))
        }
    };
    let sources = sources(&decode::decode(bytes, None, &mut Vec::new()));
    // Where an entry was passed over, nobody knows any more whose source is whose.
    if sources.len() == entries.len() {
        for (entry, source) in entries.iter_mut().zip(sources) {
            entry.source = source.or(entry.source.take());
        }
    }
    fault
        .map(Err)
        .into_iter()
        .chain(entries.into_iter().enumerate().map(move |(at, entry)| page(entry, name.as_deref(), at + 1)))
}

/// The name that each entry gives in `<source>` of where it came from, which the parser passes over.
fn sources(feed: &str) -> Vec<Option<String>> {
    let (start, end) = if feed.contains("<item") { ("<item", "</item>") } else { ("<entry", "</entry>") };
    feed.split(start)
        .skip(1)
        .filter(|entry| entry.starts_with(|c: char| c == '>' || c.is_whitespace()))
        .map(|entry| source(entry.split_once(end).map_or(entry, |(entry, _)| entry)))
        .collect()
}

fn source(entry: &str) -> Option<String> {
    // Films have a `<source>` too, which holds no words.
    entry.split("<source").skip(1).find_map(|rest| {
        let (tag, rest) = rest.split_once('>')?;
        let inner = if tag.ends_with('/') { None } else { rest.split_once("</source>") }?.0;
        // Atom gives the other feed's head, of which the title is its name.
        let name = match inner.split_once("<title") {
            Some((_, title)) => title.split_once('>')?.1.split_once("</title>")?.0,
            None => inner,
        };
        let name = name.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        let name = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
            .iter()
            .fold(name.trim().to_owned(), |name, (escaped, plain)| name.replace(escaped, plain));
        (!name.is_empty() && name.len() <= 200 && !name.contains('<')).then_some(name)
    })
}

fn page(entry: feed_rs::model::Entry, feed: Option<&str>, place: usize) -> Result<Page, Fault> {
    let content = entry.content.and_then(|content| content.body).filter(|body| !body.trim().is_empty());
    let words = content
        .or_else(|| entry.summary.map(|summary| summary.content))
        .filter(|words| !words.trim().is_empty());
    let Some(words) = words else { return Err(Fault { place, reason: "the entry has no words".into() }) };
    let url = entry.links.into_iter().map(|link| link.href).next();
    let published = entry.published.or(entry.updated).map(|time| {
        let at = time.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        Stamp { words: at.clone(), at, origin: StampOrigin::Carrier }
    });
    let bylines = entry
        .authors
        .into_iter()
        .filter_map(|author| author.name)
        .filter(|name| !name.trim().is_empty())
        .collect();
    // Entries are fragments of HTML, or text that is none the worse for being read as such.
    let carrier = Carrier { url, content_type: Some("text/html; charset=utf-8".into()) };
    Ok(Page {
        place,
        carrier,
        bytes: words.into_bytes(),
        title: entry.title.map(|title| title.content.trim().to_owned()).filter(|title| !title.is_empty()),
        bylines,
        published,
        site: entry.source.or_else(|| feed.map(str::to_owned)),
    })
}

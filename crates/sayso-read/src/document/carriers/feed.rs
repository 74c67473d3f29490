//! Feeds (RSS, Atom, JSON Feed): each entry a page.

use super::{Carrier, Fault, Page};
use sayso_record::{Stamp, StampOrigin};

/// The entries that have words, in the order of the feed.
pub(super) fn pages(bytes: &[u8]) -> impl Iterator<Item = Result<Page, Fault>> {
    // Sanitising is for those who show the markup; we only read it.
    let parsed = feed_rs::parser::Builder::new().sanitize_content(false).build().parse(bytes);
    let (name, entries, fault) = match parsed {
        Ok(feed) => (feed.title.map(|title| title.content), feed.entries, None),
        Err(error) => {
            (None, Vec::new(), Some(Fault { place: 1, reason: format!("the feed cannot be read: {error}") }))
        }
    };
    fault
        .map(Err)
        .into_iter()
        .chain(entries.into_iter().enumerate().map(move |(at, entry)| page(entry, name.as_deref(), at + 1)))
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

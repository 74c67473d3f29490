//! Feeds (RSS, Atom, JSON Feed): each entry a page.
//!
//! A feed that is no sound XML is mended (`mend.rs`), and then read entry by entry, so that one which cannot be read does
//! not cost the others.

use super::mend::{self, Depth, Mended};
use super::{Carrier, Fault, Page};
use crate::document::decode;
use crate::document::letters::seen;
use sayso_record::{Note, NoteKind, Stamp, StampOrigin};

/// The entries that have words, in the order of the feed.
pub(super) fn pages(bytes: &[u8]) -> Vec<Result<Page, Fault>> {
    // What the bytes are counts for more than what the feed says of them.
    let mut notes = Vec::new();
    let text = decode::decode(bytes, None, &mut notes);
    let text = mend::without_declaration(&text);
    let is_xml = text.trim_start().starts_with('<');
    let mut mended = if is_xml { mend::mend(text, Depth::Signs) } else { Mended::sound(text) };
    let mut pages = match parse(&mended.text) {
        Ok(feed) if !mended.is_cut => whole(feed, &mended.text),
        Ok(_) => one_by_one(&mended),
        Err(_) if is_xml => {
            mended = mend::mend(text, Depth::Words);
            mended.is_changed |= !mended.is_cut;
            one_by_one(&mended)
        }
        Err(error) => vec![Err(Fault { place: 1, reason: format!("the feed cannot be read: {error}") })],
    };
    if mended.is_changed {
        let text = "the feed that carried this is no sound XML, and was mended where it could be";
        notes.push(Note::new(NoteKind::Other, text));
    }
    if mended.is_cut {
        notes.push(Note::new(NoteKind::Truncated, "the feed that carried this breaks off before its end"));
    }
    for page in pages.iter_mut().flatten() {
        page.notes.extend(notes.iter().cloned());
    }
    pages
}

fn parse(text: &str) -> Result<feed_rs::model::Feed, feed_rs::parser::ParseFeedError> {
    // Sanitising is for those who show the markup; we only read it.
    feed_rs::parser::Builder::new().sanitize_content(false).build().parse(text.as_bytes())
}

/// The entries of a feed that could be read at once.
fn whole(feed: feed_rs::model::Feed, text: &str) -> Vec<Result<Page, Fault>> {
    let (name, mut entries) = (feed.title.map(|title| title.content), feed.entries);
    let sources = sources(text);
    // Where an entry was passed over, nobody knows any more whose source is whose.
    if sources.len() == entries.len() {
        for (entry, source) in entries.iter_mut().zip(sources) {
            entry.source = source.or(entry.source.take());
        }
    }
    let entries = entries.into_iter().enumerate();
    entries.map(|(at, entry)| page(entry, name.as_deref(), at + 1)).collect()
}

/// No feed that has to be read entry by entry is read further than this: each costs as much as a small feed.
const MOST_ENTRIES: usize = 20_000;

/// The entries of a feed that could not.
fn one_by_one(mended: &Mended<'_>) -> Vec<Result<Page, Fault>> {
    let Some(entries) = mend::entries(&mended.text) else {
        return vec![Err(Fault { place: 1, reason: "the feed cannot be read: it has no entries".into() })];
    };
    let mut pages = Vec::new();
    for (at, entry) in entries.all.iter().enumerate() {
        let place = at + 1;
        if place > MOST_ENTRIES {
            let reason =
                format!("the rest was left out: the feed is no sound XML, and has more than {MOST_ENTRIES}");
            pages.push(Err(Fault { place, reason }));
            break;
        }
        let read = match parse(&entries.alone(entry)) {
            _ if entry.is_empty() => Err("the entry has no end".to_owned()),
            Ok(feed) => feed.entries.into_iter().next().ok_or_else(|| "the entry has no words".to_owned()),
            Err(error) => Err(format!("the entry cannot be read: {error}")),
        };
        pages.push(match read {
            Ok(mut read) => {
                read.source = source(entry).or(read.source.take());
                page(read, entries.name.as_deref(), place)
            }
            Err(reason) => Err(Fault { place, reason }),
        });
    }
    if entries.is_cut {
        let reason = "the feed breaks off in the middle of the entry".to_owned();
        pages.push(Err(Fault { place: pages.len() + 1, reason }));
    }
    pages
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
        title: entry.title.map(|title| title_of(&title.content)).filter(|title| !title.is_empty()),
        bylines,
        published,
        site: entry.source.or_else(|| feed.map(str::to_owned)),
        notes: Vec::new(),
    })
}

fn title_of(words: &str) -> String {
    seen(words.trim()).into_owned()
}

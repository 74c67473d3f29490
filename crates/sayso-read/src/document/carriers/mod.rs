//! Files that carry pages: archives, feeds, JSON lines, and single pages, compressed or not.
//!
//! [`open`] tells what a file is by its first bytes and gives its pages one at a time. A record that cannot be read is
//! given as a [`Fault`], and the rest goes on.

mod feed;
mod gzip;
mod json_lines;
mod warc;

use super::{Carrier, document};
use sayso_record::{Document, Stamp};
use std::fmt;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One page: HTML or plain text.
    Page,
    /// A web archive (ISO 28500), each record a page.
    Warc,
    /// RSS, Atom or JSON Feed, each entry a page.
    Feed,
    /// A line of JSON each: `{"url", "html"}` or `{"url", "text"}`.
    JsonLines,
}

/// A page out of a file, not yet read.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// What the file says of it.
    pub carrier: Carrier,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The headline by the feed, for pages that have none of their own.
    pub title: Option<String>,
    /// The authors by the feed.
    pub bylines: Vec<String>,
    /// When the feed or archive says it was published.
    pub published: Option<Stamp>,
    /// The outlet that the feed took it from (`<source>`), or the feed's own name.
    pub site: Option<String>,
}

/// A record that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where in the file: a record, line or entry, counted from 1.
    pub place: usize,
    /// What was wrong.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "record {}: {}", self.place, self.reason)
    }
}

impl std::error::Error for Fault {}

impl Page {
    /// Reads the page. What its carrier knows fills in what the page does not say itself.
    pub fn read(&self) -> Document {
        let mut read = document(&self.bytes, &self.carrier);
        let known =
            (read.title.is_some(), read.published.is_some(), read.site.is_some(), !read.bylines.is_empty());
        read.title = read.title.or_else(|| self.title.clone());
        read.published = read.published.or_else(|| self.published.clone());
        read.site = read.site.or_else(|| self.site.clone());
        if read.bylines.is_empty() {
            read.bylines.clone_from(&self.bylines);
        }
        let now =
            (read.title.is_some(), read.published.is_some(), read.site.is_some(), !read.bylines.is_empty());
        if known == now { read } else { read.seal() }
    }
}

/// What a file is, judged by its first bytes. `name` helps where they could be several things.
pub fn kind(bytes: &[u8], name: Option<&str>) -> Kind {
    let head = &bytes[..bytes.len().min(1024)];
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if text.starts_with("WARC/") {
        return Kind::Warc;
    }
    let lower = text.to_ascii_lowercase();
    let xml_feed =
        ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| lower.contains(tag)) && !lower.contains("<html");
    if xml_feed || (text.starts_with('{') && text.contains("jsonfeed.org/version")) {
        return Kind::Feed;
    }
    let named = name.is_some_and(|name| {
        name.trim_end_matches(".gz").ends_with(".jsonl") || name.trim_end_matches(".gz").ends_with(".ndjson")
    });
    if named || (text.starts_with('{') && (lower.contains("\"html\"") || lower.contains("\"text\""))) {
        return Kind::JsonLines;
    }
    Kind::Page
}

/// The pages of a file. `name` is the file's name, `url` the address of a file that is one page.
/// Compressed files (gzip) are unpacked, up to `most` bytes in all.
pub fn open<'a>(
    bytes: &'a [u8],
    name: Option<&str>,
    url: Option<&str>,
    most: usize,
) -> Box<dyn Iterator<Item = Result<Page, Fault>> + 'a> {
    if !gzip::is_gzip(bytes) {
        return match kind(bytes, name) {
            Kind::Warc => Box::new(warc::pages(bytes)),
            Kind::Feed => Box::new(feed::pages(bytes)),
            Kind::JsonLines => Box::new(json_lines::pages(bytes)),
            Kind::Page => Box::new(std::iter::once(Ok(one(bytes.to_vec(), name, url)))),
        };
    }
    // Archives are compressed record by record, so that one that is damaged does not spoil the rest.
    if gzip::first(bytes, 16).is_some_and(|head| head.starts_with(b"WARC/")) {
        let members = gzip::members(bytes, most).enumerate().flat_map(
            |(at, member)| -> Box<dyn Iterator<Item = Result<Page, Fault>>> {
                match member {
                    Ok(record) => Box::new(warc::pages(&record).collect::<Vec<_>>().into_iter()),
                    Err(reason) => Box::new(std::iter::once(Err(Fault { place: at + 1, reason }))),
                }
            },
        );
        return Box::new(members);
    }
    let unpacked = match gzip::all(bytes, most) {
        Ok(unpacked) => unpacked,
        Err(reason) => return Box::new(std::iter::once(Err(Fault { place: 1, reason }))),
    };
    match kind(&unpacked, name) {
        Kind::Page => Box::new(std::iter::once(Ok(one(unpacked, name, url)))),
        _ => {
            let (name, url) = (name.map(str::to_owned), url.map(str::to_owned));
            let pages: Vec<_> = open(&unpacked, name.as_deref(), url.as_deref(), most).collect();
            Box::new(pages.into_iter())
        }
    }
}

fn one(bytes: Vec<u8>, name: Option<&str>, url: Option<&str>) -> Page {
    let plain = name.is_some_and(|name| name.trim_end_matches(".gz").ends_with(".txt"));
    let content_type = plain.then(|| "text/plain".to_owned());
    Page { carrier: Carrier { url: url.map(str::to_owned), content_type }, bytes, ..Page::default() }
}

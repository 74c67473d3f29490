//! Files that carry pages: archives, feeds, messages, books, JSON lines, and single pages, compressed or not.
//!
//! [`open`] tells what a file is by its first bytes and gives its pages one at a time. A record that cannot be read is
//! given as a [`Fault`], and the rest goes on.

mod docx;
mod epub;
mod feed;
mod gzip;
mod json_lines;
mod mend;
mod mime;
mod wacz;
mod warc;
mod window;
mod zip;

pub use self::zip::Seekable;

use super::{Carrier, document, notice};
use sayso_record::{Document, Note, NoteKind, Stamp};
use std::fmt;
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One page: HTML or plain text.
    Page,
    /// A web archive (ISO 28500), each record a page.
    Warc,
    /// RSS, Atom or JSON Feed, each entry a page.
    Feed,
    /// A line of JSON each: `{"url", "html"}` or `{"url", "text"}`, where it is known with `title`, `site` and `published`.
    JsonLines,
    /// A ZIP file: a web archive with its list of pages (WACZ), DOCX, or EPUB with its chapters.
    Zip,
    /// A MIME message: a page that a browser saved (MHTML), or a newsletter.
    Message,
}

/// A page out of a file, not yet read.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Where in the file: a record, line or entry, counted from 1. 0 where the file is the page.
    pub place: usize,
    /// What the file says of it.
    pub carrier: Carrier,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The headline by the feed, for pages that have none of their own.
    pub title: Option<String>,
    /// The authors by the feed.
    pub bylines: Vec<String>,
    /// When the carrier says it was published.
    pub published: Option<Stamp>,
    /// The outlet that the feed took it from (`<source>`), or the feed's own name; of a line of JSON, its `site`.
    pub site: Option<String>,
    /// What was odd about it in the file.
    pub notes: Vec<Note>,
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
        let is_html = self.carrier.content_type.as_deref().is_some_and(|kind| kind.contains("html"));
        if let (None, Some(title), true) = (&read.title, &self.title, is_html)
            && notice::of_title(title).is_some()
        {
            // A label before the title takes the page back or corrects it, and must stand among its words.
            let title = title.replace('&', "&amp;").replace('<', "&lt;");
            read = document(&[format!("<h1>{title}</h1>\n").as_bytes(), &self.bytes].concat(), &self.carrier);
        }
        let known =
            (read.title.is_some(), read.published.is_some(), read.site.is_some(), !read.bylines.is_empty());
        read.notes.extend(self.notes.iter().cloned());
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
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    if zip::is_zip(head) {
        return Kind::Zip;
    }
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
    if mime::is_message(text, name) {
        return Kind::Message;
    }
    Kind::Page
}

/// After so many records that cannot be read, a file is not worth going on with.
const MOST_FAULTS: usize = 1000;

/// How many bytes at the beginning of a file tell what it is.
pub const HEAD_BYTES: usize = 1024;

/// Whether a file holds many pages, judged by the [`HEAD_BYTES`] at its beginning, packed or not.
pub fn holds_many(head: &[u8], name: Option<&str>) -> bool {
    if !gzip::is_gzip(head) {
        return kind(head, name) != Kind::Page;
    }
    let mut unpacked = Vec::new();
    // The head is cut, so that unpacking it ends in an error, with what was unpacked until then.
    let _ = gzip::Unpacked::new(head).take(HEAD_BYTES as u64).read_to_end(&mut unpacked);
    kind(&unpacked, name) != Kind::Page
}

/// The pages of a file, one at a time. `name` is the file's name, `url` the address of a file that is one page.
/// Packed files (gzip) are unpacked as they are read. Nothing of a file but one record is in memory at a time, except
/// feeds, which have no records that can be told apart; no record is taken that is longer than `most` bytes, and a page
/// is cut there.
pub fn open<'a>(
    stream: impl Read + 'a,
    name: Option<&str>,
    url: Option<&str>,
    most: usize,
) -> Box<dyn Iterator<Item = Result<Page, Fault>> + 'a> {
    match peek(stream) {
        Err(reason) => Box::new(std::iter::once(Err(Fault { place: 1, reason }))),
        Ok((head, stream)) if gzip::is_gzip(&head) => match peek(gzip::Unpacked::new(stream)) {
            Err(reason) => Box::new(std::iter::once(Err(Fault { place: 1, reason }))),
            Ok((head, stream)) => unpacked(&head, stream, name, url, most),
        },
        Ok((head, stream)) => unpacked(&head, stream, name, url, most),
    }
}

/// The pages of a file that can be read from any place, as [`open`] gives them; what is packed as ZIP is read where it lies,
/// however long it is.
pub fn open_file<'a>(
    mut file: impl Seekable + 'a,
    name: Option<&str>,
    url: Option<&str>,
    most: usize,
) -> Box<dyn Iterator<Item = Result<Page, Fault>> + 'a> {
    let mut head = Vec::new();
    let began = file.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head);
    match began.and_then(|_| file.rewind()) {
        Err(error) => Box::new(std::iter::once(Err(Fault { place: 1, reason: error.to_string() }))),
        Ok(()) if zip::is_zip(&head) => Box::new(patiently(zip::pages(file, most))),
        Ok(()) => open(file, name, url, most),
    }
}

/// The first bytes of a stream, and the whole of it. Damage among the first bytes is met again behind them.
fn peek<R: Read>(mut stream: R) -> Result<(Vec<u8>, impl BufRead), String> {
    let mut head = Vec::new();
    let read = stream.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head);
    let damage = match read {
        Err(error) if head.is_empty() => return Err(error.to_string()),
        read => Damage(read.err()),
    };
    let whole = Cursor::new(head.clone()).chain(damage).chain(stream);
    Ok((head, BufReader::with_capacity(64 << 10, whole)))
}

/// What went wrong once, as a stream of nothing.
struct Damage(Option<io::Error>);

impl Read for Damage {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

fn unpacked<'a>(
    head: &[u8],
    stream: impl BufRead + 'a,
    name: Option<&str>,
    url: Option<&str>,
    most: usize,
) -> Box<dyn Iterator<Item = Result<Page, Fault>> + 'a> {
    match kind(head, name) {
        Kind::Warc => Box::new(patiently(warc::pages(stream, most))),
        Kind::JsonLines => Box::new(patiently(json_lines::pages(stream, most))),
        Kind::Feed => match whole(stream, most) {
            Ok((bytes, damage)) => {
                let mut pages = feed::pages(&bytes);
                for page in pages.iter_mut().flatten() {
                    page.notes.extend(damage.clone());
                }
                Box::new(patiently(pages.into_iter()))
            }
            Err(fault) => Box::new(std::iter::once(Err(fault))),
        },
        // Where the end cannot be gone to first, the whole of it is needed.
        Kind::Zip => match whole(stream, most) {
            Ok((bytes, _)) => Box::new(patiently(zip::pages(Cursor::new(bytes), most))),
            Err(fault) => Box::new(std::iter::once(Err(fault))),
        },
        Kind::Message => {
            let read = whole(stream, most).and_then(|(bytes, damage)| {
                let page = mime::page(&bytes).map_err(|reason| Fault { place: 1, reason })?;
                let url = url.map(str::to_owned);
                let carrier = Carrier { url: page.carrier.url.or(url), ..page.carrier };
                Ok(Page { carrier, notes: damage.into_iter().collect(), ..page })
            });
            Box::new(std::iter::once(read))
        }
        Kind::Page => {
            Box::new(std::iter::once(whole(stream, most).map(|(bytes, damage)| Page {
                notes: damage.into_iter().collect(),
                ..one(bytes, name, url)
            })))
        }
    }
}

/// The bytes of a stream, cut at `most`; one that breaks off gives what came before, and says so.
fn whole(stream: impl BufRead, most: usize) -> Result<(Vec<u8>, Option<Note>), Fault> {
    let mut bytes = Vec::new();
    match stream.take(most as u64).read_to_end(&mut bytes) {
        Err(error) if bytes.is_empty() => Err(Fault { place: 1, reason: error.to_string() }),
        Err(error) => Ok((bytes, Some(broken_off(error.to_string())))),
        Ok(_) => Ok((bytes, None)),
    }
}

/// Says that only the beginning of something was read.
fn broken_off(why: String) -> Note {
    Note::new(NoteKind::Truncated, format!("only what stands before the damage was read: it {why}"))
}

/// The pages, until too many have been at fault.
fn patiently(pages: impl Iterator<Item = Result<Page, Fault>>) -> impl Iterator<Item = Result<Page, Fault>> {
    let mut faults = 0;
    pages.map_while(move |page| {
        let Err(fault) = page else { return Some(page) };
        faults += 1;
        match faults {
            ..=MOST_FAULTS => Some(Err(fault)),
            _ if faults == MOST_FAULTS + 1 => {
                let reason = format!("the rest was left out, after {MOST_FAULTS} that cannot be read");
                Some(Err(Fault { reason, ..fault }))
            }
            _ => None,
        }
    })
}

fn one(bytes: Vec<u8>, name: Option<&str>, url: Option<&str>) -> Page {
    let plain = name.is_some_and(|name| name.trim_end_matches(".gz").ends_with(".txt"));
    let content_type = plain.then(|| "text/plain".to_owned());
    Page { carrier: Carrier { url: url.map(str::to_owned), content_type }, bytes, ..Page::default() }
}

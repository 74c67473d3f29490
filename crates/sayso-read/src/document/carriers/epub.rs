//! EPUB: each chapter a page, in the order in which the book is read.

use super::docx::{attribute, told};
use super::zip::{Packed, Seekable};
use super::{Carrier, Fault, Page};
use crate::document::stamp;
use quick_xml::Reader;
use quick_xml::events::Event;
use sayso_record::{Stamp, StampOrigin};
use std::collections::HashMap;

/// The part that makes a ZIP file one.
pub(super) const CONTAINER: &str = "META-INF/container.xml";
/// So many chapters are read.
const MOST_CHAPTERS: usize = 10_000;

/// What the book says of itself, and the names of its chapters.
#[derive(Default)]
struct Book {
    title: Option<String>,
    authors: Vec<String>,
    publisher: Option<String>,
    published: Option<Stamp>,
    chapters: Vec<String>,
}

pub(super) fn pages<'a, R: Seekable + 'a>(
    packed: Packed<R>,
    most: usize,
) -> Result<impl Iterator<Item = Result<Page, Fault>> + 'a, String> {
    let container = packed.text(CONTAINER, most);
    let path = root(&container).ok_or("the book does not say where it begins")?;
    let book = book(&packed.text(&path, most), &path);
    if book.chapters.is_empty() {
        return Err("the book names no chapters".to_owned());
    }
    let chapters = book.chapters.clone().into_iter().enumerate();
    Ok(chapters.map(move |(at, chapter)| {
        let place = at + 1;
        if !packed.has(&chapter) {
            return Err(Fault { place, reason: "this chapter of the book is missing".to_owned() });
        }
        Ok(Page {
            place,
            carrier: Carrier { url: None, content_type: Some("text/html".into()) },
            bytes: packed.bytes(&chapter, most),
            title: book.title.clone(),
            bylines: book.authors.clone(),
            published: book.published.clone(),
            site: book.publisher.clone(),
            notes: Vec::new(),
        })
    }))
}

/// The name of the part that describes the book.
fn root(container: &str) -> Option<String> {
    let mut reader = Reader::from_str(container);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element))
                if element.local_name().into_inner() == "rootfile" =>
            {
                return attribute(&element, "full-path");
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

fn book(xml: &str, path: &str) -> Book {
    let mut book = Book::default();
    for (name, words) in told(xml, &["title", "creator", "publisher", "date"]) {
        match name {
            "title" if book.title.is_none() => book.title = Some(words),
            "creator" => book.authors.push(words),
            "publisher" => book.publisher = book.publisher.take().or(Some(words)),
            "date" if book.published.is_none() => {
                book.published =
                    stamp::read(&words).map(|at| Stamp { at, words, origin: StampOrigin::Carrier });
            }
            _ => {}
        }
    }
    let folder = path.rfind('/').map_or("", |at| &path[..=at]);
    let mut parts: HashMap<String, String> = HashMap::new();
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(element) | Event::Empty(element) => match element.local_name().into_inner() {
                "item" => {
                    let is_page = attribute(&element, "media-type").is_some_and(|kind| kind.contains("html"));
                    // The table of contents says nothing that the chapters do not.
                    let is_contents = attribute(&element, "properties").is_some_and(|is| is.contains("nav"));
                    if let (Some(id), Some(href), true) =
                        (attribute(&element, "id"), attribute(&element, "href"), is_page && !is_contents)
                    {
                        parts.insert(id, format!("{folder}{}", plain(&href)));
                    }
                }
                "itemref" if book.chapters.len() < MOST_CHAPTERS => {
                    let part = attribute(&element, "idref").and_then(|id| parts.get(&id).cloned());
                    book.chapters.extend(part);
                }
                _ => {}
            },
            _ => {}
        }
    }
    book
}

/// A name as it stands in the ZIP file: without its fragment, and with its characters themselves.
fn plain(href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| byte == b'%').and_then(|two| std::str::from_utf8(two).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(code) => {
                bytes.push(code);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

//! The first stage: the bytes of a page to a document.

mod address;
mod byline;
pub mod carriers;
mod decode;
mod furniture;
#[cfg(not(feature = "train"))]
pub(crate) mod html;
#[cfg(feature = "train")]
pub mod html;
pub(crate) mod language;
mod letters;
mod months;
mod notice;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
pub(crate) mod signature;
mod stamp;
mod voice;
mod wrap;

pub(crate) use address::is_archive;
pub(crate) use html::{entity, is_html};

use sayso_record::{Document, Note, NoteKind};

/// What is known of a page from outside its own bytes.
#[derive(Clone, Debug, Default)]
pub struct Carrier {
    /// The address it was fetched from, or that the archive gives.
    pub url: Option<String>,
    /// The MIME type, where one was sent.
    pub content_type: Option<String>,
}

/// The characters of a page.
pub(crate) fn decoded(bytes: &[u8], carrier: &Carrier) -> String {
    decode::decode(bytes, carrier.content_type.as_deref(), &mut Vec::new()).into_owned()
}

/// The address of the page that an archive's address is the address of a copy of.
pub(crate) fn archive_of(address: &str) -> Option<String> {
    address::original(address).map(|copy| copy.url).filter(|url| !url.is_empty())
}

/// Reads the bytes of one page. Never fails: what is odd about them is said in the document's notes.
pub fn document(bytes: &[u8], carrier: &Carrier) -> Document {
    let mut notes = Vec::new();
    // The copy of an archive is known by the address of the page itself.
    let copy = carrier.url.as_deref().and_then(address::original);
    let url = copy.as_ref().map(|copy| copy.url.clone()).or_else(|| carrier.url.clone());
    #[cfg(feature = "pdf")]
    if pdf::is_pdf(bytes) {
        let mut document = pdf::read(bytes, &mut notes);
        document.url = url.or(document.url);
        document.notes.append(&mut notes);
        language::settle(&mut document);
        return document.seal();
    }
    if decode::is_binary(bytes) {
        notes.push(Note::new(NoteKind::Binary, "these bytes are no text: pictures and programs say nothing"));
        return Document { url, notes, ..Document::default() }.seal();
    }
    let text = decode::decode(bytes, carrier.content_type.as_deref(), &mut notes);
    let saved = if carrier.url.is_none() { address::of_saved(&text) } else { None };
    let url = url.or_else(|| saved.clone());
    let html =
        carrier.content_type.as_deref().is_some_and(|kind| kind.contains("html")) || html::is_html(&text);
    let mut document = if html {
        html::read(&text, carrier.url.as_deref().or(saved.as_deref()))
    } else {
        notes.extend(copy.as_ref().map(address::ArchiveCopy::note));
        plain::read(&text)
    };
    if document.blocks.is_empty() {
        notes.push(Note::new(NoteKind::Empty, "the page holds no words"));
    }
    // An archive may also give its copies short names of its own.
    let url = url.filter(|url| document.url.is_none() || !address::is_archive(url));
    document.url = url.or(document.url);
    document.notes.append(&mut notes);
    language::settle(&mut document);
    document.seal()
}

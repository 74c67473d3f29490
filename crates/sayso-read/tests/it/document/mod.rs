//! Bytes to documents.

mod archives;
mod carriers;
mod hostile;
mod html;
mod labelled;
mod mutated;
mod oracle;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod set_apart;
mod signed;

use sayso_read::{Carrier, document};
use sayso_record::{BlockKind, Document};
use std::fmt::Write;

/// Reads a page without knowing anything about it, and checks that the record is sound.
fn read(bytes: impl AsRef<[u8]>) -> Document {
    let read = document(bytes.as_ref(), &Carrier::default());
    assert_eq!(read.faults(), vec![], "{}", read.text);
    read
}

/// A document as an outline, for snapshots.
fn outline(read: &Document) -> String {
    let mut out = String::new();
    for (name, value) in [
        ("title", &read.title),
        ("section", &read.section),
        ("site", &read.site),
        ("language", &read.language),
    ] {
        if let Some(value) = value {
            let _ = writeln!(out, "{name}: {value}");
        }
    }
    if !read.bylines.is_empty() {
        let _ = writeln!(out, "by: {}", read.bylines.join(", "));
    }
    for (name, stamp) in [("published", &read.published), ("modified", &read.modified)] {
        if let Some(stamp) = stamp {
            let _ = writeln!(out, "{name}: {} ({:?}: {:?})", stamp.at, stamp.origin, stamp.words);
        }
    }
    for note in &read.notes {
        let _ = writeln!(out, "note: {:?}: {}", note.kind, note.text);
    }
    for (index, block) in read.blocks.iter().enumerate() {
        let depth = read.enclosing(index).count();
        let words = block.span.of(&read.text).replace('\n', " ⏎ ");
        let head = match &block.kind {
            BlockKind::Heading { level } => format!("h{level} {words}"),
            BlockKind::Paragraph => format!("p {words}"),
            BlockKind::Caption => format!("caption {words}"),
            BlockKind::Quotation { href, lead_in } => {
                format!("quotation {:?} after {:?}", href, lead_in.map(|span| span.of(&read.text)))
            }
            BlockKind::Notice { notice, date } => {
                format!("notice {notice:?} {:?}", date.as_ref().map(|date| &date.at))
            }
            BlockKind::Comment { author, author_url, published, parent } => {
                format!(
                    "comment {author:?} {author_url:?} {:?} answers {parent:?}",
                    published.as_ref().map(|at| &at.at)
                )
            }
        };
        let _ = writeln!(out, "{index}{:indent$} {head}", "", indent = depth * 2);
        for link in &block.links {
            let _ = writeln!(
                out,
                "{:indent$}   -> {} {:?}",
                "",
                link.href,
                link.span.of(&read.text),
                indent = depth * 2
            );
        }
    }
    out
}

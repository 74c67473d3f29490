//! The words of a PDF: which letters stand where, gathered into lines and paragraphs, and read like any plain text.
//!
//! A PDF holds no paragraphs, only letters at places. `lopdf` opens the file and the fonts; how letters become lines is
//! `show.rs`, which column comes first `columns.rs`, and how lines become paragraphs `paragraphs.rs`.

mod columns;
mod font;
mod paragraphs;
mod show;
mod standard;
mod table;

use crate::document::plain;
use font::Font;
use lopdf::{LoadOptions, ObjectId};
use paragraphs::Line;
use sayso_record::{Document, Note, NoteKind};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

/// No page may unpack to more than this; one of text has some kilobytes.
const PAGE_CAP_BYTES: usize = 8 << 20;
/// Nor all pages together, so that one that is listed a million times is not read a million times.
const FILE_CAP_BYTES: usize = 32 << 20;
/// What each font costs of that, and each table of letters: reading it takes as long as so much of a page.
const FONT_COST_BYTES: usize = 1 << 10;
const TABLE_COST_BYTES: usize = 256 << 10;
/// The lists of objects that are packed: how long all may be together, and how long one may always be.
const LISTS_CAP_BYTES: usize = 128 << 20;
const LIST_BYTES: usize = 128 << 10;
const PAGES_CAP: usize = 5_000;
/// Letters that are kept; twice the longest novel.
const TEXT_CAP_BYTES: usize = 16 << 20;

/// Whether these bytes are a PDF: the mark may stand behind a little rubbish.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64)];
    memchr::memmem::find(head, b"%PDF-")
        .is_some_and(|at| head[..at].iter().all(|byte| !byte.is_ascii_graphic()))
}

/// Reads a PDF. What cannot be read of it is noted.
pub(super) fn read(bytes: &[u8], notes: &mut Vec<Note>) -> Document {
    // The parser is another's, and the file a stranger's: a fault found in the one by the other must not end the reading
    // of all other pages. Nothing that it may have left half done is used afterwards.
    let read = catch_unwind(AssertUnwindSafe(|| File::open(bytes).map(File::read)));
    match read {
        Ok(Ok(words)) => {
            notes.extend(words.notes);
            plain::read(&words.text)
        }
        Ok(Err(why)) => {
            notes.push(Note::new(NoteKind::Other, format!("the PDF cannot be read: {why}")));
            Document::default()
        }
        Err(_) => {
            notes.push(Note::new(NoteKind::Other, "the PDF is so odd that its parser gave up"));
            Document::default()
        }
    }
}

/// What was found in a file.
struct Words {
    text: String,
    notes: Vec<Note>,
}

/// A file as it is gone through.
struct File {
    file: lopdf::Document,
    /// What may still be unpacked.
    budget_bytes: usize,
    fonts: HashMap<ObjectId, Rc<Font>>,
}

impl File {
    fn open(bytes: &[u8]) -> Result<File, &'static str> {
        // Lists are unpacked before anyone can count them, so each gets its share.
        let streams = memchr::memmem::find_iter(bytes, b"endstream").count().max(1);
        let share = (LISTS_CAP_BYTES / streams).clamp(LIST_BYTES, PAGE_CAP_BYTES);
        let options = LoadOptions::with_max_decompressed_size(share);
        let file = lopdf::Document::load_mem_with_options(bytes, options);
        match file {
            Ok(file) if file.is_encrypted() => Err("it is locked with a password"),
            Ok(file) => Ok(File { file, budget_bytes: FILE_CAP_BYTES, fonts: HashMap::new() }),
            Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_)) => {
                Err("it is locked with a password")
            }
            Err(_) => Err("it is damaged"),
        }
    }

    fn read(mut self) -> Words {
        let mut notes = Vec::new();
        let (mut pages, mut kept_bytes, mut unread) = (Vec::new(), 0, 0);
        let ids: Vec<ObjectId> = self.file.page_iter().take(PAGES_CAP + 1).collect();
        let mut is_cut = ids.len() > PAGES_CAP;
        for id in ids.into_iter().take(PAGES_CAP) {
            if self.budget_bytes == 0 || kept_bytes > TEXT_CAP_BYTES {
                is_cut = true;
                break;
            }
            match self.page(id) {
                Some(lines) => {
                    kept_bytes += lines.iter().map(|line| line.text.len()).sum::<usize>();
                    pages.push(lines);
                }
                None => unread += 1,
            }
        }
        if is_cut {
            notes.push(Note::new(NoteKind::Truncated, "the PDF is longer than anyone reads, and was cut"));
        }
        if unread > 0 {
            notes.push(Note::new(NoteKind::Other, format!("{unread} pages of the PDF cannot be read")));
        }
        let text = paragraphs::join(pages);
        if text.is_empty() {
            notes.push(Note::new(
                NoteKind::Empty,
                "there are no letters in the PDF, only pictures, or letters in a secret order",
            ));
        }
        Words { text, notes }
    }

    /// The lines of a page, in the order in which the file writes them.
    fn page(&mut self, id: ObjectId) -> Option<Vec<Line>> {
        let cap = self.budget_bytes.min(PAGE_CAP_BYTES);
        let content = self.file.get_page_content_with_limit(id, cap).ok();
        // What could not be unpacked took its time too.
        self.spend(content.as_ref().map_or(cap, Vec::len).max(FONT_COST_BYTES));
        let content = content?;
        let fonts = self.page_fonts(id);
        Some(columns::in_order(show::lines(&content, &fonts)))
    }

    /// The fonts of a page by the names that its content uses.
    fn page_fonts(&mut self, page: ObjectId) -> HashMap<Vec<u8>, Rc<Font>> {
        let mut fonts = HashMap::new();
        let found = self.file.get_page_fonts(page).unwrap_or_default();
        let ids = font::ids(&self.file, page);
        let mut cost = 0;
        for (name, dictionary) in found {
            cost += FONT_COST_BYTES;
            if cost > self.budget_bytes {
                break;
            }
            // The same font stands on most pages.
            let known = ids.get(&name).and_then(|id| self.fonts.get(id));
            let font = known.cloned().unwrap_or_else(|| {
                cost += TABLE_COST_BYTES;
                Rc::new(Font::read(&self.file, dictionary))
            });
            if let Some(&id) = ids.get(&name) {
                self.fonts.insert(id, Rc::clone(&font));
            }
            fonts.insert(name, font);
        }
        self.spend(cost);
        fonts
    }

    fn spend(&mut self, bytes: usize) {
        self.budget_bytes = self.budget_bytes.saturating_sub(bytes);
    }
}

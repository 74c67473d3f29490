//! ZIP files that hold pages: web archives with their list of pages (WACZ), DOCX and EPUB.

use super::{Fault, Page, docx, epub, wacz};
use flate2::read::DeflateDecoder;
use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;
use zip::{CompressionMethod, ZipArchive};

/// How every ZIP file begins that holds anything.
const MAGIC: [u8; 4] = *b"PK\x03\x04";
/// An entry may always unpack to this many bytes, and beyond that to so many times what it takes up packed, as of gzip.
const FREE_BYTES: u64 = 256 << 20;
const MOST_TIMES: u64 = 100;
/// No more entries are looked at.
const MOST_ENTRIES: usize = 200_000;

pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// A stream that can be read from any place.
pub trait Seekable: Read + Seek {}
impl<T: Read + Seek> Seekable for T {}

/// The pages of a ZIP file of a kind that is known.
pub(super) fn pages<'a>(
    stream: impl Seekable + 'a,
    most: usize,
) -> Box<dyn Iterator<Item = Result<Page, Fault>> + 'a> {
    let fault = |reason: String| Box::new(std::iter::once(Err(Fault { place: 1, reason })));
    let packed = match Packed::open(stream) {
        Ok(packed) => packed,
        Err(reason) => return fault(reason),
    };
    if packed.has(docx::DOCUMENT) {
        Box::new(std::iter::once(docx::page(&packed, most).map_err(|reason| Fault { place: 1, reason })))
    } else if packed.has(epub::CONTAINER) {
        match epub::pages(packed, most) {
            Ok(pages) => Box::new(pages),
            Err(reason) => fault(reason),
        }
    } else if packed.names().any(wacz::is_archive) {
        Box::new(wacz::pages(packed, most))
    } else {
        fault("this ZIP file is no web archive (WACZ), DOCX or EPUB".to_owned())
    }
}

/// The entries of a ZIP file, which are read when they are asked for.
pub(super) struct Packed<R> {
    stream: Rc<RefCell<R>>,
    entries: HashMap<String, Entry>,
    /// In the order of the file.
    names: Vec<String>,
}

#[derive(Clone, Copy)]
struct Entry {
    at: u64,
    packed_bytes: u64,
    is_deflated: bool,
}

impl<R: Seekable> Packed<R> {
    fn open(stream: R) -> Result<Packed<R>, String> {
        let unreadable = |error: &dyn std::fmt::Display| format!("the ZIP file cannot be read: {error}");
        let mut archive = ZipArchive::new(stream).map_err(|error| unreadable(&error))?;
        let (mut entries, mut names) = (HashMap::new(), Vec::new());
        for number in 0..archive.len().min(MOST_ENTRIES) {
            // One that cannot be read does not cost the others.
            let Ok(file) = archive.by_index_raw(number) else { continue };
            let is_deflated = match file.compression() {
                CompressionMethod::Stored => false,
                CompressionMethod::Deflated => true,
                _ => continue,
            };
            let Some(at) = file.data_start().filter(|_| !file.encrypted()) else { continue };
            let entry = Entry { at, packed_bytes: file.compressed_size(), is_deflated };
            let Ok(name) = file.name().map(|name| name.into_owned()) else { continue };
            if entries.insert(name.clone(), entry).is_none() {
                names.push(name);
            }
        }
        Ok(Packed { stream: Rc::new(RefCell::new(archive.into_inner())), entries, names })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// What an entry unpacks to, as it is read; that of a name that is not there is empty.
    pub(super) fn entry(&self, name: &str) -> Unpacked<R> {
        let entry = self.entries.get(name).copied();
        let Entry { at, packed_bytes, is_deflated } =
            entry.unwrap_or(Entry { at: 0, packed_bytes: 0, is_deflated: false });
        let part = Part { stream: Rc::clone(&self.stream), at, left: packed_bytes };
        let inner =
            if is_deflated { Inner::Deflated(DeflateDecoder::new(part)) } else { Inner::Stored(part) };
        Unpacked { inner, packed_bytes, out_bytes: 0 }
    }

    /// An entry whole, cut at `most`; what breaks off gives what came before.
    pub(super) fn bytes(&self, name: &str, most: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let _ = self.entry(name).take(most as u64).read_to_end(&mut bytes);
        bytes
    }

    /// The same as text.
    pub(super) fn text(&self, name: &str, most: usize) -> String {
        let mut notes = Vec::new();
        crate::document::decode::decode(&self.bytes(name, most), None, &mut notes).into_owned()
    }
}

/// A stretch of the file, wherever others have read meanwhile.
struct Part<R> {
    stream: Rc<RefCell<R>>,
    at: u64,
    left: u64,
}

impl<R: Seekable> Read for Part<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let want = self.left.min(out.len() as u64) as usize;
        let mut stream = self.stream.borrow_mut();
        stream.seek(SeekFrom::Start(self.at))?;
        let count = stream.read(&mut out[..want])?;
        self.at += count as u64;
        self.left -= count as u64;
        Ok(count)
    }
}

enum Inner<R> {
    Stored(Part<R>),
    Deflated(DeflateDecoder<Part<R>>),
}

/// What an entry unpacks to; a bomb ends in an error.
pub(super) struct Unpacked<R> {
    inner: Inner<R>,
    packed_bytes: u64,
    out_bytes: u64,
}

impl<R: Seekable> Read for Unpacked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = match &mut self.inner {
            Inner::Stored(part) => part.read(out)?,
            Inner::Deflated(part) => part.read(out)?,
        };
        self.out_bytes += count as u64;
        if self.out_bytes > FREE_BYTES.saturating_add(MOST_TIMES.saturating_mul(self.packed_bytes)) {
            return Err(io::Error::other(format!("it unpacks to more than {MOST_TIMES} times its size")));
        }
        Ok(count)
    }
}

//! What is to be read: files, whole folders, and bytes that are at hand.

use crate::LeftOut;
use crate::intake::details::Details;
use sayso_read::Carrier;
use sayso_read::document::carriers::{self, Page, Seekable};
use std::fs::{File, Metadata};
use std::io::{self, Read, Seek as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Pages longer than this are left out, be they files or records of an archive; none comes near it. Shorter ones may
/// still be cut by the reader, which says so in a note. Archives may be of any length.
pub const CAP_BYTES: u64 = 128 << 20;

/// The endings of files that are read in a folder, each also with `.gz`. A file that is named itself is read whatever it
/// is called. A `.json` is read only where it is a feed, which its name does not tell, and so must be named itself.
const PAGE_ENDINGS: [&str; 19] = [
    "html", "htm", "xhtml", "shtml", "txt", "text", "warc", "wacz", "rss", "atom", "xml", "jsonl", "ndjson",
    "pdf", "mhtml", "mht", "eml", "docx", "epub",
];

/// One thing to read.
#[derive(Clone, Debug)]
pub struct Input {
    /// What the person who gave it calls it: a path, or a name for the bytes.
    pub name: String,
    pub(crate) body: Body,
    /// What the person tells of it.
    pub(crate) told: Details,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    File(PathBuf),
    Bytes(Vec<u8>),
    /// A page at an address, or a record out of a file.
    Page(Box<Page>),
    Refused(LeftOut),
}

impl Input {
    /// A file that is read when its turn comes.
    pub fn file(path: impl Into<PathBuf>) -> Input {
        let path = path.into();
        Input { name: path.display().to_string(), body: Body::File(path), told: Details::default() }
    }

    /// Bytes that are at hand.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Input {
        Input { name: name.into(), body: Body::Bytes(bytes.into()), told: Details::default() }
    }

    /// A page that was fetched, with its address and the type that its server gave it.
    pub fn fetched(
        name: impl Into<String>,
        url: impl Into<String>,
        content_type: Option<String>,
        bytes: Vec<u8>,
    ) -> Input {
        let carrier = Carrier { url: Some(url.into()), content_type };
        let page = Page { carrier, bytes, ..Page::default() };
        Input { name: name.into(), body: Body::Page(Box::new(page)), told: Details::default() }
    }

    /// Something that cannot be read, so that the account of all inputs is complete.
    pub fn refused(name: impl Into<String>, why: LeftOut) -> Input {
        Input { name: name.into(), body: Body::Refused(why), told: Details::default() }
    }

    /// The same, with what somebody tells of it.
    pub fn told(self, told: Details) -> Input {
        Input { told, ..self }
    }

    /// About how many bytes reading it will take up.
    pub(crate) fn weight(&self) -> u64 {
        match &self.body {
            Body::File(path) => std::fs::metadata(path).map_or(0, |data| data.len()).min(CAP_BYTES),
            Body::Bytes(bytes) => bytes.len() as u64,
            Body::Page(page) => page.bytes.len() as u64,
            Body::Refused(_) => 0,
        }
    }

    /// About how many pages it holds, by its length and the ending of its name; one at least.
    pub fn pages_about(&self) -> u64 {
        // A page in JSON lines is its text, in an archive its markup.
        const TEXT_BYTES: u64 = 4_000;
        const MARKUP_BYTES: u64 = 20_000;
        const PACKED: u64 = 4;
        let name = self.name.to_lowercase();
        let (bare, packed) = name.strip_suffix(".gz").map_or((name.as_str(), 1), |bare| (bare, PACKED));
        let bytes_a_page = match bare.rsplit('.').next() {
            Some("jsonl" | "ndjson") => TEXT_BYTES,
            Some("warc" | "wacz" | "epub" | "xml" | "rss" | "atom") => MARKUP_BYTES,
            Some(
                "html" | "htm" | "xhtml" | "shtml" | "txt" | "text" | "pdf" | "mhtml" | "mht" | "eml"
                | "docx",
            ) => {
                return 1;
            }
            // Standard input, or a file of any name.
            _ => TEXT_BYTES,
        };
        match &self.body {
            Body::Page(_) | Body::Refused(_) => 1,
            Body::File(_) | Body::Bytes(_) => (self.weight() * packed / bytes_a_page).max(1),
        }
    }

    /// The page that it is.
    pub(crate) fn take(self) -> Result<Page, LeftOut> {
        let bytes = match self.body {
            Body::Page(page) if page.place > 0 => return Ok(*page),
            Body::Refused(why) => return Err(why),
            Body::Page(page) => return unpacked(page.bytes, &self.name, page.carrier),
            Body::Bytes(bytes) => bytes,
            Body::File(path) => read_file(&path)?,
        };
        unpacked(bytes, &self.name, Carrier::default())
    }

    /// The input itself where it is one page, or else each record in it, which is named after it. Of a file that holds
    /// many pages, only one is in memory at a time.
    pub(crate) fn records(self) -> Box<dyn Iterator<Item = Input>> {
        let (name, told) = (self.name.clone(), self.told.clone());
        let stream: Box<dyn Seekable> = match self.body {
            Body::File(ref path) => match holds_many(path, &name) {
                Ok(Some(stream)) => Box::new(stream),
                // Why it cannot be read is found out again by whoever takes it, in its turn.
                Ok(None) | Err(_) => return Box::new(std::iter::once(self)),
            },
            Body::Bytes(bytes) if carriers::holds_many(head(&bytes), Some(&name)) => {
                Box::new(io::Cursor::new(bytes))
            }
            Body::Page(page) if page.place == 0 && carriers::holds_many(head(&page.bytes), Some(&name)) => {
                Box::new(io::Cursor::new(page.bytes))
            }
            _ => return Box::new(std::iter::once(self)),
        };
        let pages = carriers::open_file(stream, Some(&name), None, CAP_BYTES as usize);
        let mut pages = Unfailing(Some(pages)).peekable();
        if pages.peek().is_none() {
            let why = LeftOut::NoWords("no record in it is a page".to_owned());
            return Box::new(std::iter::once(Input::refused(name, why)));
        }
        Box::new(pages.map(move |page| match page {
            Err(None) => Input::refused(name.clone(), LeftOut::OurFault),
            Ok(page) => {
                let name = format!("{name}, record {}", page.place);
                Input { name, body: Body::Page(Box::new(page)), told: told.clone() }
            }
            Err(Some(fault)) => {
                Input::refused(format!("{name}, record {}", fault.place), LeftOut::Unreadable(fault.reason))
            }
        }))
    }
}

/// What an iterator gives, each that fails with its fault, and no fault where it comes upon one of ours: then it ends, and
/// what is read beside it goes on.
struct Unfailing<I>(Option<I>);

impl<T, E, I: Iterator<Item = Result<T, E>>> Iterator for Unfailing<I> {
    type Item = Result<T, Option<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        let inner = self.0.as_mut()?;
        match catch_unwind(AssertUnwindSafe(|| inner.next())) {
            Ok(next) => next.map(|one| one.map_err(Some)),
            Err(_) => {
                self.0 = None;
                Some(Err(None))
            }
        }
    }
}

/// The file, if it holds many pages.
fn holds_many(path: &Path, name: &str) -> io::Result<Option<File>> {
    // Asked before opening: to open a pipe that nobody writes to waits for ever.
    if !std::fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    let mut file = File::open(path)?;
    let mut head = Vec::with_capacity(carriers::HEAD_BYTES);
    file.by_ref().take(carriers::HEAD_BYTES as u64).read_to_end(&mut head)?;
    file.seek(io::SeekFrom::Start(0))?;
    Ok(carriers::holds_many(&head, Some(name)).then_some(file))
}

fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(carriers::HEAD_BYTES)]
}

/// A page, which may be packed.
fn unpacked(bytes: Vec<u8>, name: &str, carrier: Carrier) -> Result<Page, LeftOut> {
    if bytes.len() as u64 > CAP_BYTES {
        return Err(LeftOut::TooLong);
    }
    let page = carriers::open(&bytes[..], Some(name), carrier.url.as_deref(), CAP_BYTES as usize)
        .next()
        .expect("a file that is one page gives one page")
        .map_err(|fault| LeftOut::Unreadable(fault.reason))?;
    if page.bytes.len() as u64 >= CAP_BYTES {
        return Err(LeftOut::TooLong);
    }
    let content_type = carrier.content_type.or(page.carrier.content_type);
    Ok(Page { carrier: Carrier { content_type, ..page.carrier }, ..page })
}

fn read_file(path: &Path) -> Result<Vec<u8>, LeftOut> {
    let unreadable = |error: std::io::Error| LeftOut::Unreadable(error.to_string());
    // Asked before opening: to open a pipe that nobody writes to waits for ever.
    may_be_read(&std::fs::metadata(path).map_err(unreadable)?)?;
    let file = File::open(path).map_err(unreadable)?;
    let data = file.metadata().map_err(unreadable)?;
    may_be_read(&data)?;
    let mut bytes = Vec::with_capacity(data.len().min(CAP_BYTES) as usize);
    // The file may grow while we read it.
    file.take(CAP_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > CAP_BYTES { Err(LeftOut::TooLong) } else { Ok(bytes) }
}

fn may_be_read(data: &Metadata) -> Result<(), LeftOut> {
    if !data.is_file() {
        return Err(LeftOut::NoFile);
    }
    if data.len() > CAP_BYTES { Err(LeftOut::TooLong) } else { Ok(()) }
}

/// Everything found at some paths.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// What is to be read, in the order of the paths; the files of a folder in the order of their names.
    pub inputs: Vec<Input>,
    /// Files in folders that were passed over because they are not called like pages.
    pub passed_over: usize,
}

/// Finds all there is to read at `paths`. A folder is gone through with everything below it; hidden files and folders
/// in it are skipped, and links in it are followed unless they lead out of it or round in a circle.
pub fn intake<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Intake {
    Intake::of(paths, false)
}

/// The same, with what links in folders lead to wherever that is: for folders of one's own.
pub fn intake_following<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Intake {
    Intake::of(paths, true)
}

impl Intake {
    fn of<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>, follow: bool) -> Intake {
        let mut intake = Intake::default();
        for path in paths {
            let path = path.as_ref();
            if path.is_dir() {
                intake.folder(path, follow);
            } else {
                intake.inputs.push(Input::file(path));
            }
        }
        intake
    }

    fn folder(&mut self, folder: &Path, follow: bool) {
        let is_shown =
            |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
        let inside = folder.canonicalize().ok().filter(|_| !follow);
        let leads_out = |entry: &DirEntry| {
            let Some(inside) = inside.as_ref().filter(|_| entry.depth() > 0 && entry.path_is_symlink())
            else {
                return false;
            };
            entry.path().canonicalize().is_ok_and(|to| !to.starts_with(inside))
        };
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
        let mut walk = walk.into_iter().filter_entry(is_shown);
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) if leads_out(&entry) => {
                    let is_folder = entry.file_type().is_dir();
                    if is_folder {
                        walk.skip_current_dir();
                    }
                    if is_folder || is_called_like_a_page(entry.path()) {
                        let name = entry.path().display().to_string();
                        self.inputs.push(Input::refused(name, LeftOut::LeadsOut));
                    } else {
                        self.passed_over += 1;
                    }
                }
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if is_called_like_a_page(entry.path()) => {
                    self.inputs.push(Input::file(entry.into_path()));
                }
                Ok(_) => self.passed_over += 1,
                Err(error) => self.inputs.push(refused(folder, &error)),
            }
        }
    }
}

fn refused(folder: &Path, error: &walkdir::Error) -> Input {
    let name = error.path().unwrap_or(folder).display().to_string();
    let why = match (error.loop_ancestor(), error.io_error()) {
        (Some(_), _) => LeftOut::Loop,
        (None, Some(error)) => LeftOut::Unreadable(error.to_string()),
        (None, None) => LeftOut::Unreadable(error.to_string()),
    };
    Input::refused(name, why)
}

fn is_called_like_a_page(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let ending = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ending)| ending);
    ending.is_some_and(|ending| PAGE_ENDINGS.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_ends_one_file_and_not_the_run() {
        let records = (0..9).map(|number| match number {
            0 => Ok(0),
            1 => Err("odd"),
            _ => panic!("a fault of ours"),
        });
        let given: Vec<Result<i32, Option<&str>>> = Unfailing(Some(records)).collect();
        assert_eq!(given, [Ok(0), Err(Some("odd")), Err(None)]);
    }
}

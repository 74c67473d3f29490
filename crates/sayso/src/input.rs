//! What is to be read: files, whole folders, and bytes that are at hand.

use crate::LeftOut;
use std::fs::{File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Files longer than this are left out; no page comes near it. Shorter ones may still be cut by the reader, which
/// says so in a note.
pub const CAP_BYTES: u64 = 128 << 20;

/// The endings of files that are taken for pages in a folder. A file that is named itself is read whatever it is called.
const PAGE_ENDINGS: [&str; 6] = ["html", "htm", "xhtml", "shtml", "txt", "text"];

/// One thing to read.
#[derive(Clone, Debug)]
pub struct Input {
    /// What the person who gave it calls it: a path, or a name for the bytes.
    pub name: String,
    pub(crate) body: Body,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    File(PathBuf),
    Bytes(Vec<u8>),
    Refused(LeftOut),
}

impl Input {
    /// A file that is read when its turn comes.
    pub fn file(path: impl Into<PathBuf>) -> Input {
        let path = path.into();
        Input { name: path.display().to_string(), body: Body::File(path) }
    }

    /// Bytes that are at hand.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Input {
        Input { name: name.into(), body: Body::Bytes(bytes.into()) }
    }

    /// Something that cannot be read, so that the account of all inputs is complete.
    pub fn refused(name: impl Into<String>, why: LeftOut) -> Input {
        Input { name: name.into(), body: Body::Refused(why) }
    }

    /// About how many bytes reading it will take up.
    pub(crate) fn weight(&self) -> u64 {
        match &self.body {
            Body::File(path) => std::fs::metadata(path).map_or(0, |data| data.len()).min(CAP_BYTES),
            Body::Bytes(bytes) => bytes.len() as u64,
            Body::Refused(_) => 0,
        }
    }

    /// Its bytes.
    pub(crate) fn take(self) -> Result<Vec<u8>, LeftOut> {
        match self.body {
            Body::Bytes(bytes) if bytes.len() as u64 > CAP_BYTES => Err(LeftOut::TooLong),
            Body::Bytes(bytes) => Ok(bytes),
            Body::Refused(why) => Err(why),
            Body::File(path) => read_file(&path),
        }
    }
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
/// in it are skipped, and links are followed unless they lead round in a circle.
pub fn intake<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Intake {
    let mut intake = Intake::default();
    for path in paths {
        let path = path.as_ref();
        if path.is_dir() {
            intake.folder(path);
        } else {
            intake.inputs.push(Input::file(path));
        }
    }
    intake
}

impl Intake {
    fn folder(&mut self, folder: &Path) {
        let is_shown =
            |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(is_shown) {
            match entry {
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
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|ending| PAGE_ENDINGS.contains(&ending.as_str()))
}

//! Files beside a ledger that hold secrets: readable to their owner alone, replaced whole or not at all.

use serde::Serialize;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The path of a ledger's file with this ending.
pub(crate) fn beside(ledger: &Path, ending: &str) -> PathBuf {
    let mut path = ledger.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

/// Writes the file beside the old one and puts it in its place.
pub(crate) fn replace(path: &Path, what: &impl Serialize) -> io::Result<()> {
    let bytes = serde_json::to_vec_pretty(what)?;
    let unfinished = beside(path, ".unfinished");
    let mut open = fs::OpenOptions::new();
    open.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    let mut file = open.open(&unfinished)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)
}

/// Keeps other programs from changing the file at this path, as long as what is given is kept.
pub(crate) fn lock(path: &Path) -> io::Result<fs::File> {
    let mut open = fs::OpenOptions::new();
    open.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    // Not the file itself: another takes its place.
    let lock = open.open(beside(path, ".lock"))?;
    lock.lock()?;
    Ok(lock)
}

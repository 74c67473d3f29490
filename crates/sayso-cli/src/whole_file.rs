//! A file that is there whole or not at all: written beside its place under another name, and renamed at the end.

use crate::failure::Failure;
use crate::harmless;
use anyhow::Context;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Where output goes: to a file that appears when it is whole, or to standard output as it comes.
pub(crate) enum Output {
    /// A file.
    File(WholeFile),
    /// Standard output.
    Out(BufWriter<io::Stdout>),
}

/// A file that is being written.
pub(crate) struct WholeFile {
    path: PathBuf,
    written: BufWriter<NamedTempFile>,
}

impl Output {
    /// Output to this path; to standard output where it is `-`, or none is named.
    pub(crate) fn to(path: Option<&Path>) -> Result<Output, Failure> {
        match path {
            Some(path) if path != Path::new("-") => Ok(Output::File(WholeFile::create(path)?)),
            _ => Ok(Output::Out(BufWriter::new(io::stdout()))),
        }
    }

    /// Puts what was written in its place.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self {
            Output::File(file) => file.finish(),
            Output::Out(mut out) => Ok(out.flush()?),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::File(file) => file.written.write(bytes),
            Output::Out(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::File(file) => file.written.flush(),
            Output::Out(out) => out.flush(),
        }
    }
}

impl WholeFile {
    fn create(path: &Path) -> Result<WholeFile, Failure> {
        let cannot = || format!("{} cannot be written", harmless::line(&path.display().to_string()));
        if path.is_dir() {
            let what = anyhow::anyhow!("it is a folder").context(cannot());
            return Err(Failure::from(what).hint("name a file in it"));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".sayso-").suffix(".unfinished");
        // As any other file: what the user's mask leaves of it, where a temporary file is private otherwise.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder).with_context(cannot)?;
        Ok(WholeFile { path: path.to_owned(), written: BufWriter::new(file) })
    }

    fn finish(self) -> Result<(), Failure> {
        let cannot = || format!("{} cannot be written", harmless::line(&self.path.display().to_string()));
        let file = self.written.into_inner().map_err(io::IntoInnerError::into_error).with_context(cannot)?;
        file.as_file().sync_all().with_context(cannot)?;
        file.persist(&self.path).map_err(|error| error.error).with_context(cannot)?;
        Ok(())
    }
}

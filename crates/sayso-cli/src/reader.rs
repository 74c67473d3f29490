//! Which reader finds who says what: the fast one, the careful one, or both.

use crate::failure::{self, Failure};
use crate::harmless;
use anyhow::anyhow;
use std::borrow::Cow;
use std::path::PathBuf;

/// Which reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ReaderName {
    /// The careful one for up to 200 pages and for reading anew, the cascade for more
    Auto,
    /// Some fifty times faster than the careful one
    Fast,
    /// Surer: a small encoder reads every paragraph
    Careful,
    /// The fast one, and the careful one where that doubts
    Cascade,
}

/// How a command is told which reader.
#[derive(Debug, clap::Args)]
pub(crate) struct ReaderChoice {
    /// Which reader finds who says what
    #[arg(long, value_enum, default_value = "auto")]
    reader: ReaderName,
    /// A model of your own for the careful reader, in the place of the one that is built in
    #[arg(long, value_name = "FILE", env = "SAYSO_READER_MODEL", hide_env_values = true)]
    reader_model: Option<PathBuf>,
}

/// So many pages are read carefully where nobody says by which reader: as many as a person looks through.
const READ_CAREFULLY: u64 = 200;

impl ReaderChoice {
    /// The reader for about so many pages. Whatever is wrong with its model is said here, before anything is read.
    pub(crate) fn open(&self, pages: u64) -> Result<sayso::Reader, Failure> {
        let open = match self.reader {
            ReaderName::Fast => return Ok(sayso::Reader::new()),
            ReaderName::Careful => sayso::Reader::careful,
            ReaderName::Auto if pages <= READ_CAREFULLY => sayso::Reader::careful,
            ReaderName::Auto | ReaderName::Cascade => sayso::Reader::cascade,
        };
        let Some(path) = &self.reader_model else {
            return Ok(
                open(sayso::CAREFUL_MODEL).expect("the model that is built in was opened by the tests")
            );
        };
        let refused = |why: &dyn std::fmt::Display| {
            let shown = harmless::line(&path.display().to_string());
            Failure::new(failure::USAGE, anyhow!("{shown}: {why}"))
                .hint("leave out --reader-model to read with the model that is built in")
        };
        let bytes: Cow<'_, [u8]> = std::fs::read(path).map_err(|error| refused(&error))?.into();
        open(&bytes).map_err(|error| refused(&error))
    }
}

//! Which reader finds who says what: the one that is built in, or the careful one with its model.

use crate::failure::Failure;
use anyhow::anyhow;
use std::path::PathBuf;

/// Which reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ReaderName {
    /// The one that is built in
    Fast,
    /// Surer, some fifty times slower; needs a program built with the feature `careful`, and --reader-model
    Careful,
    /// The built-in one, and the careful one where that doubts; needs the same
    Cascade,
}

/// How a command is told which reader.
#[derive(Debug, clap::Args)]
pub(crate) struct ReaderChoice {
    /// Which reader finds who says what
    #[arg(long, value_enum, default_value = "fast")]
    reader: ReaderName,
    /// The model of the careful reader, which a cascade needs too
    #[arg(long, value_name = "FILE", env = "SAYSO_READER_MODEL", hide_env_values = true)]
    reader_model: Option<PathBuf>,
}

impl ReaderChoice {
    /// The reader. Whatever is wrong with its model is said here, before anything is read.
    pub(crate) fn open(&self) -> Result<sayso::Reader, Failure> {
        match self.reader {
            ReaderName::Fast => Ok(sayso::Reader::new()),
            ReaderName::Careful | ReaderName::Cascade => self.careful(),
        }
    }

    #[cfg(feature = "careful")]
    fn careful(&self) -> Result<sayso::Reader, Failure> {
        use crate::failure;
        use crate::harmless;
        let hint = "the repository holds it as crates/sayso-read/models/careful.safetensors";
        let Some(path) = &self.reader_model else {
            return Err(Failure::new(
                failure::USAGE,
                anyhow!("the careful reader needs its model: --reader-model FILE"),
            )
            .hint(hint));
        };
        let shown = harmless::line(&path.display().to_string());
        let bytes = std::fs::read(path)
            .map_err(|error| Failure::new(failure::USAGE, anyhow!("{shown}: {error}")).hint(hint))?;
        let reader = match self.reader {
            ReaderName::Cascade => sayso::Reader::cascade(&bytes),
            _ => sayso::Reader::careful(&bytes),
        };
        reader.map_err(|error| Failure::new(failure::USAGE, anyhow!("{shown}: {error}")).hint(hint))
    }

    #[cfg(not(feature = "careful"))]
    fn careful(&self) -> Result<sayso::Reader, Failure> {
        Err(Failure::new(crate::failure::USAGE, anyhow!("this program was built without the careful reader"))
            .hint("build it with `cargo build --release -p sayso-cli --features careful`"))
    }
}

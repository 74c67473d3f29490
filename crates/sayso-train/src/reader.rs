//! Which reader finds attributions: the built-in one, unless another model is given.

use crate::json_lines;
use anyhow::{Context, Result};
use sayso_read::Reader;
use std::path::PathBuf;

/// The models to read attributions with.
#[derive(clap::Args)]
pub(crate) struct ReaderModels {
    /// Find attributions with this model, as `train attributions` writes it, and not with the one that is built in.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// The model of the careful reader, to find attributions with it.
    #[arg(long, value_name = "FILE", conflicts_with = "model")]
    careful: Option<PathBuf>,
    /// Let the careful reader look only where the fast one doubts.
    #[arg(long, requires = "careful")]
    cascade: bool,
    /// From how many doubted attributions a token on it looks, other than by default.
    #[arg(long, value_name = "SHARE", requires = "cascade")]
    doubt: Option<f32>,
}

impl ReaderModels {
    /// Whether another reader than the built-in one was asked for.
    pub(crate) fn given(&self) -> bool {
        self.model.is_some() || self.careful.is_some()
    }

    /// The reader that was asked for.
    pub(crate) fn reader(&self) -> Result<Reader> {
        let Some(path) = self.model.as_ref().or(self.careful.as_ref()) else {
            return Ok(Reader::new());
        };
        let bytes = json_lines::bytes(path)?;
        let reader = match (&self.careful, self.cascade) {
            (None, _) => Reader::with_model(bytes).map_err(anyhow::Error::from),
            (Some(_), false) => Reader::careful(&bytes).map_err(anyhow::Error::from),
            (Some(_), true) => cascade(&bytes, self.doubt),
        };
        reader.with_context(|| format!("cannot open {}", path.display()))
    }
}

fn cascade(model: &[u8], doubt: Option<f32>) -> Result<Reader> {
    match doubt {
        Some(doubt) => Ok(Reader::cascade_from(model, doubt)?),
        None => Ok(Reader::cascade(model)?),
    }
}

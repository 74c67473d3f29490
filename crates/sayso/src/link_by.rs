//! By what pages are linked: the models that are built in, or those that look at what a model of sentences says too.

use crate::linking::LINKER;
use sayso_link::Models;
use std::sync::LazyLock;

/// Opened once for the whole program: they are read-only and take a moment to read.
static WORDS: LazyLock<Models> = LazyLock::new(Models::built_in);

/// The models that a desk links by. Copies are the same models.
#[derive(Clone, Debug)]
pub struct LinkBy {
    models: Option<&'static Models>,
    version: String,
}

/// Why a model of sentences cannot be used.
#[cfg(feature = "sentences")]
#[derive(Debug, thiserror::Error)]
pub enum SentencesError {
    /// It is none, or it is damaged.
    #[error(transparent)]
    Encoder(#[from] sayso_encoder::EncoderError),
    /// The models that look at what it says cannot be used.
    #[error(transparent)]
    Model(#[from] sayso_link::learned::ModelError),
}

impl Default for LinkBy {
    /// By words alone.
    fn default() -> LinkBy {
        LinkBy { models: None, version: LINKER.to_owned() }
    }
}

impl LinkBy {
    /// By a model of sentences too, out of the bytes of the three files of its folder. Make one for the whole program:
    /// it is never given back.
    #[cfg(feature = "sentences")]
    pub fn sentences(config: &[u8], tokenizer: &[u8], weights: &[u8]) -> Result<LinkBy, SentencesError> {
        let encoder = Encoder(sayso_encoder::SentenceModel::new(config, tokenizer, weights)?);
        let version = format!("{LINKER} with sentences {}", encoder.0.digits());
        let models = Models::with_sentences(Box::new(encoder))?;
        Ok(LinkBy { models: Some(Box::leak(Box::new(models))), version })
    }

    /// The models. Those that are built in are read when they are first asked for.
    pub(crate) fn models(&self) -> &'static Models {
        self.models.unwrap_or_else(|| &WORDS)
    }

    /// Tells links made by these from others.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }
}

/// A model of sentences as the linker asks it.
#[cfg(feature = "sentences")]
#[derive(Debug)]
struct Encoder(sayso_encoder::SentenceModel);

#[cfg(feature = "sentences")]
impl sayso_link::learned::Sentences for Encoder {
    fn vector(&self, sentence: &str) -> Vec<f32> {
        self.0.vector(sentence)
    }

    fn digits(&self) -> &str {
        self.0.digits()
    }
}

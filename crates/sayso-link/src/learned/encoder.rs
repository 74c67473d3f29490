//! A model of sentences out of the files of its folder, run by `sayso-encoder`.

use super::{ModelError, Senses, Sentences};
use sayso_encoder::{EncoderError, SentenceModel};

/// Why a model of sentences cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SentencesError {
    /// It is none, or it is damaged.
    #[error(transparent)]
    Encoder(#[from] EncoderError),
    /// The models that look at what it says cannot be used.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl Sentences for SentenceModel {
    fn vector(&self, sentence: &str) -> Vec<f32> {
        SentenceModel::vector(self, sentence)
    }

    fn width(&self) -> usize {
        SentenceModel::width(self)
    }

    fn digits(&self) -> &str {
        SentenceModel::digits(self)
    }
}

impl Senses {
    /// A model of the kind of BERT, out of the bytes of `config.json`, `tokenizer.json` and `model.safetensors`.
    pub fn of_files(config: &[u8], tokenizer: &[u8], weights: &[u8]) -> Result<Senses, SentencesError> {
        Ok(Senses::new(Box::new(SentenceModel::new(config, tokenizer, weights)?)))
    }
}

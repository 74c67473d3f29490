//! Sentences to vectors, by the models that are published for that (Reimers and Gurevych, 2019).

use crate::EncoderError;
use crate::encoder::{Encoder, Shape};
use crate::pieces::Pieces;
use crate::weights::Weights;
use serde::Deserialize;

/// What is longer says little more: the models were trained on sentences.
const PIECES: usize = 256;

/// A model that gives sentences of like meaning vectors of like direction. Make one and share it between threads.
#[derive(Debug)]
pub struct SentenceModel {
    pieces: Pieces,
    encoder: Encoder,
    shape: Shape,
    digits: String,
}

#[derive(Deserialize)]
struct Kind {
    model_type: String,
    #[serde(default)]
    hidden_act: Option<String>,
}

impl SentenceModel {
    /// Out of the bytes of `config.json`, `tokenizer.json` and `model.safetensors`. Rows are averaged.
    pub fn new(config: &[u8], tokenizer: &[u8], weights: &[u8]) -> Result<SentenceModel, EncoderError> {
        let another = |error: serde_json::Error| EncoderError::Another(format!("its config.json: {error}"));
        let kind: Kind = serde_json::from_slice(config).map_err(another)?;
        if kind.model_type != "bert" || kind.hidden_act.is_some_and(|act| act != "gelu") {
            let what = format!(
                "its config.json tells of a model of the kind {}, not bert with gelu",
                kind.model_type
            );
            return Err(EncoderError::Another(what));
        }
        let shape: Shape = serde_json::from_slice(config).map_err(another)?;
        let mut weights = Weights::from_safetensors(weights)?;
        let pieces = Pieces::new(tokenizer)?;
        if pieces.vocabulary() > shape.vocabulary || shape.places < 2 {
            return Err(EncoderError::Damaged("its tokenizer is of another model".to_owned()));
        }
        let encoder = Encoder::new(&mut weights, &shape)?;
        Ok(SentenceModel { pieces, encoder, shape, digits: weights.digits().to_owned() })
    }

    /// The numbers of a vector.
    pub fn width(&self) -> usize {
        self.shape.width
    }

    /// The first digits of the SHA-256 of its weights.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// The vector of a sentence, of length 1: the mean of its pieces' rows. Only the first 254 pieces are looked at.
    pub fn vector(&self, sentence: &str) -> Vec<f32> {
        let rows = self.encoder.of(&self.pieces.of_text(sentence, PIECES.min(self.shape.places)), |_, _| {});
        let mut vector = vec![0.0; rows.width];
        for row in rows.iter() {
            vector.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        }
        let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
        vector.iter_mut().for_each(|x| *x /= length.max(f32::MIN_POSITIVE));
        vector
    }

    /// The vectors of sentences, in their order.
    pub fn vectors(&self, sentences: &[&str]) -> Vec<Vec<f32>> {
        sentences.iter().map(|sentence| self.vector(sentence)).collect()
    }
}

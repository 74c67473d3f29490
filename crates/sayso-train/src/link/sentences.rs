//! A folder with a model of sentences, opened for training and evaluation.

use anyhow::Result;
use sayso_link::Models;
use sayso_link::learned::{Senses, Sentences};
use std::path::{Path, PathBuf};

/// The models that are built in, or those that look at what a model of sentences says too.
pub(crate) fn models(folder: Option<&PathBuf>) -> Result<Models> {
    match folder {
        None => Ok(Models::built_in()),
        Some(folder) => with_sentences(model(folder)?),
    }
}

/// A model of sentences out of its folder.
pub(crate) fn open(folder: &Path) -> Result<Senses> {
    model(folder).map(Senses::new)
}

#[cfg(feature = "sentences")]
fn with_sentences(model: Box<dyn Sentences>) -> Result<Models> {
    Ok(Models::with_sentences(model)?)
}

#[cfg(not(feature = "sentences"))]
fn with_sentences(_: Box<dyn Sentences>) -> Result<Models> {
    Ok(Models::built_in())
}

#[cfg(feature = "sentences")]
fn model(folder: &Path) -> Result<Box<dyn Sentences>> {
    use anyhow::Context;

    #[derive(Debug)]
    struct Encoder(sayso_encoder::SentenceModel);

    impl Sentences for Encoder {
        fn vector(&self, sentence: &str) -> Vec<f32> {
            self.0.vector(sentence)
        }

        fn digits(&self) -> &str {
            self.0.digits()
        }
    }

    let read = |name: &str| crate::json_lines::bytes(&folder.join(name));
    let (config, tokenizer) = (read("config.json")?, read("tokenizer.json")?);
    let model = sayso_encoder::SentenceModel::new(&config, &tokenizer, &read("model.safetensors")?);
    Ok(Box::new(Encoder(model.with_context(|| folder.display().to_string())?)))
}

#[cfg(not(feature = "sentences"))]
fn model(_: &Path) -> Result<Box<dyn Sentences>> {
    anyhow::bail!("this program was built without models of sentences; build it with --features sentences")
}

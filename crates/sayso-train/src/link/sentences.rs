//! A folder with a model of sentences, opened for training and evaluation.

use anyhow::Result;
use sayso_link::Models;
use sayso_link::learned::Senses;
use std::path::{Path, PathBuf};

/// The models that are built in, or those that look at what a model of sentences says too.
pub(crate) fn models(folder: Option<&PathBuf>) -> Result<Models> {
    folder.map_or_else(|| Ok(Models::built_in()), |folder| Ok(Models::with_sentences(open(folder)?)?))
}

/// A model of sentences out of its folder.
pub(crate) fn open(folder: &Path) -> Result<Senses> {
    use anyhow::Context;
    let read = |name: &str| crate::json_lines::bytes(&folder.join(name));
    let (config, tokenizer, weights) =
        (read("config.json")?, read("tokenizer.json")?, read("model.safetensors")?);
    Senses::of_files(&config, &tokenizer, &weights).with_context(|| folder.display().to_string())
}

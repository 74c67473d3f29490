//! By what pages are linked: the models that are built in, or those that look at what a model of sentences says too.

use crate::intake::linking::LINKER;
use sayso_link::Models;
use sayso_link::claims::JoinBy;
use sayso_link::learned::{Senses, SentencesError};
use std::sync::LazyLock;

/// Opened once for the whole program: they are read-only and take a moment to read.
static WORDS: LazyLock<Models> = LazyLock::new(Models::built_in);

/// The models that a desk links by. Copies are the same models.
#[derive(Clone, Debug)]
pub struct LinkBy {
    models: Option<&'static Models>,
    join_by: JoinBy,
    version: String,
}

impl Default for LinkBy {
    /// By words.
    fn default() -> LinkBy {
        LinkBy { models: None, join_by: JoinBy::Words, version: LINKER.to_owned() }
    }
}

impl LinkBy {
    /// By a model of sentences too, out of the bytes of the three files of its folder. Make one for the whole program:
    /// it is never given back.
    pub fn sentences(config: &[u8], tokenizer: &[u8], weights: &[u8]) -> Result<LinkBy, SentencesError> {
        let senses = Senses::of_files(config, tokenizer, weights)?;
        let version = format!("{LINKER} with sentences {}", senses.digits());
        let models = Models::with_sentences(senses)?;
        Ok(LinkBy { models: Some(Box::leak(Box::new(models))), join_by: JoinBy::Words, version })
    }

    /// The same with the judge, which reads both statements side by side where they share words.
    pub fn with_judge(self) -> LinkBy {
        LinkBy { join_by: JoinBy::Judge, version: format!("{} with the judge", self.version), ..self }
    }

    /// What decides whether two statements make one claim.
    pub(crate) fn join_by(&self) -> JoinBy {
        self.join_by
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

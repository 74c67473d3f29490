//! What tells which statements make the same claim: the judge, or words alone; and a model of sentences beside them.

use crate::failure::Failure;
use anyhow::anyhow;
use sayso::LinkBy;
use std::path::{Path, PathBuf};

/// What decides whether two statements make one claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum JoinName {
    /// Words: what is not said in the same words is possible, and does not count
    Words,
    /// The judge, which reads both side by side where they share words; a hundred times slower
    Judge,
}

/// How a command is told by what to link.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct SentenceChoice {
    /// What decides whether two statements make one claim
    #[arg(long, value_enum, default_value = "words")]
    join: JoinName,
    /// The folder of a model of sentences, to link by what it says too
    #[arg(long, value_name = "FOLDER", env = "SAYSO_SENTENCE_MODEL", hide_env_values = true)]
    sentence_model: Option<PathBuf>,
}

impl SentenceChoice {
    /// By what pages are linked. Whatever is wrong with the folder is said here, before anything is read.
    pub(crate) fn open(&self) -> Result<LinkBy, Failure> {
        let link_by = self.sentence_model.as_deref().map_or_else(|| Ok(LinkBy::default()), open)?;
        Ok(match self.join {
            JoinName::Words => link_by,
            JoinName::Judge => link_by.with_judge(),
        })
    }
}

fn open(folder: &Path) -> Result<LinkBy, Failure> {
    use crate::{failure, harmless};
    let hint =
        "it must hold config.json, tokenizer.json and model.safetensors of a BERT-type model of sentences";
    let refused = |path: &Path, why: &dyn std::fmt::Display| {
        let shown = harmless::line(&path.display().to_string());
        Failure::new(failure::USAGE, anyhow!("{shown}: {why}")).hint(hint)
    };
    let file = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).map_err(|error| refused(&path, &error))
    };
    let (config, tokenizer, weights) =
        (file("config.json")?, file("tokenizer.json")?, file("model.safetensors")?);
    LinkBy::sentences(&config, &tokenizer, &weights).map_err(|error| refused(folder, &error))
}

//! Trains the models of `sayso-link` and predicts with them: what ranks claims, what groups statements, what tells a
//! denial, what was copied, who is who.

mod boost;
mod case;
mod claims;
mod groups;
mod names;
mod polarity;
mod reuse;
mod sentences;
mod views;

pub(crate) use case::predict as predict_case;
pub(crate) use claims::{predict as predict_claims, train as train_claims};
pub(crate) use groups::{predict as predict_groups, train as train_groups};
pub(crate) use names::predict as predict_names;
pub(crate) use polarity::{predict as predict_polarity, train as train_polarity};
pub(crate) use reuse::predict as predict_reuse;

use crate::json_lines;
use crate::train::card;
use anyhow::{Context, Result};
use sayso_link::learned::Vectors;
use sayso_link::words::Wordings;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What every training here takes.
#[derive(Debug, clap::Parser)]
struct Training {
    /// The labelled lines; `claims` takes the checked claims first.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// The word vectors that the features are measured with.
    #[arg(long, value_name = "FILE")]
    words: PathBuf,
    /// The folder of a model of sentences, to train with that too; `polarity` takes none.
    #[arg(long, value_name = "FOLDER")]
    sentence_model: Option<PathBuf>,
    /// Where the model goes.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Seed of everything random.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Training {
    fn parse(task: &str, rest: &[String]) -> Training {
        clap::Parser::parse_from(std::iter::once(task).chain(rest.iter().map(String::as_str)))
    }

    fn wordings(&self) -> Result<Wordings> {
        let vectors = Vectors::read(&json_lines::bytes(&self.words)?);
        let wordings = Wordings::new(vectors.with_context(|| self.words.display().to_string())?);
        match &self.sentence_model {
            Some(folder) => Ok(wordings.with_senses(sentences::open(folder)?)),
            None => Ok(wordings),
        }
    }

    fn write(&self, model: &impl Serialize) -> Result<()> {
        let bytes = serde_json::to_vec(model)?;
        std::fs::write(&self.out, &bytes).with_context(|| format!("cannot write {}", self.out.display()))?;
        let corpora: Vec<&Path> = self.inputs.iter().chain([&self.words]).map(PathBuf::as_path).collect();
        println!("{}", card::facts(&self.out, &bytes, &corpora)?);
        Ok(())
    }
}

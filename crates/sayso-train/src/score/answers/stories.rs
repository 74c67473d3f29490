//! Stories with their answers, as folders hold them: `documents.jsonl` and `gold.json`.

use super::rows::Answer;
use crate::json_lines;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A story with its questions and their answers.
pub(crate) struct Story {
    /// The name of its folder.
    pub(super) name: String,
    pub(super) documents: Vec<Document>,
    pub(super) questions: Vec<Question>,
}

/// A page of a story.
#[derive(Debug, Deserialize)]
pub(crate) struct Document {
    pub(crate) outlet: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) paragraphs: Vec<String>,
}

#[derive(Deserialize)]
struct Gold {
    questions: Vec<Question>,
}

/// A question with its answer.
#[derive(Deserialize)]
pub(super) struct Question {
    pub(super) id: String,
    pub(super) kind: Kind,
    /// The question as a sentence.
    pub(super) claim: String,
    #[serde(flatten)]
    pub(super) answer: Answer,
}

/// What sort of question it is.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// Somebody in the story says so, or denies it.
    Claim,
    /// Nobody in the story does.
    Nobody,
}

/// The folders of the stories that have a file of this name, in the order of their names.
pub(crate) fn folders(folder: &Path, file: &str) -> Result<Vec<(String, PathBuf)>> {
    let entries = std::fs::read_dir(folder).with_context(|| {
        format!(
            "cannot list {}; test sets are not kept in the repository, so give the path of yours",
            folder.display()
        )
    })?;
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot list {}", folder.display()))?;
        if entry.path().join(file).is_file() {
            found.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
        }
    }
    if found.is_empty() {
        bail!("no folder in {} has a {file}", folder.display());
    }
    found.sort();
    Ok(found)
}

/// Every story of a folder.
pub(crate) fn read(folder: &Path) -> Result<Vec<Story>> {
    let story = |(name, path): (String, PathBuf)| {
        let documents = json_lines::read(&path.join("documents.jsonl"))?;
        let gold: Gold = json_lines::read_whole(&path.join("gold.json"))?;
        Ok(Story { name, documents, questions: gold.questions })
    };
    folders(folder, "gold.json")?.into_iter().map(story).collect()
}

/// All answers of a folder, one file after another, as `cat */gold.json` has them.
pub(crate) fn answers(folder: &Path) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    for (_, path) in folders(folder, "gold.json")? {
        all.extend(json_lines::bytes(&path.join("gold.json"))?);
    }
    Ok(all)
}

//! `predict answers FOLDER [--together]`: whole answers to the questions about stories.
//!
//! FOLDER holds a folder for each story: `documents.jsonl` (lines `{document, url, outlet, published, title, paragraphs}`,
//! in order) and `questions.json` (`{story, questions: [{id, claim, asked}]}`). `gold.json` beside them is never read.
//! One line for each question and [`Form`], as [`Row`] has it. Each story is read into a ledger of its own, or all into
//! one (`--together`); an entry of another story's page then has a document below 0, another number for each page.

use super::{Asked, Predictions};
use crate::json_lines;
use crate::reader::ReaderModels;
use crate::score::answers::rows::Row;
use crate::score::answers::stories::folders;
use anyhow::{Context, Result, bail};
use cpu_time::ProcessTime;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A story to be read, and what is asked of it.
#[derive(Debug)]
pub(crate) struct Story {
    /// The name of its folder, by which its rows are known.
    pub(crate) name: String,
    /// Its pages. A page is known by its place here.
    pub(crate) pages: Vec<Page>,
    pub(crate) questions: Vec<Question>,
}

/// A page of a story.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "what reads them is built on this")]
pub(crate) struct Page {
    /// Its place in the story.
    pub(crate) document: i64,
    pub(crate) url: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) paragraphs: Vec<String>,
}

/// A question in both of its forms.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "what answers them is built on this")]
pub(crate) struct Question {
    pub(crate) id: String,
    /// As the sentence of a claim.
    pub(crate) claim: String,
    /// In other words.
    pub(crate) asked: String,
}

#[derive(Deserialize)]
struct Questions {
    questions: Vec<Question>,
}

/// Answers every question, and says what that cost.
pub(super) fn run(asked: Asked) -> Result<Predictions> {
    let start = ProcessTime::now();
    let rows = predict(&asked.inputs[0], asked.together, asked.models)?;
    let cpu_s = start.elapsed().as_secs_f64();
    let line = |row: &Row| serde_json::to_string(row).context("a row is plain data");
    let lines = rows.iter().map(line).collect::<Result<_>>()?;
    Ok(Predictions { lines, amount: (rows.len(), "answers"), cpu_s, notes: Vec::new() })
}

/// The answers to every question in both forms, in the order of the stories. `models` says with which reader, and makes
/// one for each ledger.
pub(crate) fn predict(folder: &Path, together: bool, models: &ReaderModels) -> Result<Vec<Row>> {
    let stories = stories(folder)?;
    models.reader()?;
    let pages: usize = stories.iter().map(|story| story.pages.len()).sum();
    let questions: usize = stories.iter().map(|story| story.questions.len()).sum();
    let ledgers = if together { 1 } else { stories.len() };
    bail!(
        "answering is not built yet: {pages} pages for {ledgers} ledgers and {questions} questions were read; give \
         --predictions FILE"
    )
}

/// Every story of a folder, in the order of their names.
pub(crate) fn stories(folder: &Path) -> Result<Vec<Story>> {
    let story = |(name, path): (String, PathBuf)| {
        let pages: Vec<Page> = json_lines::read(&path.join("documents.jsonl"))?;
        if let Some(at) = (0..pages.len()).find(|&at| pages[at].document != at as i64) {
            bail!(
                "{}: the documents of {name} should be numbered from 0, in order; line {}",
                path.display(),
                at + 1
            );
        }
        let questions: Questions = json_lines::read_whole(&path.join("questions.json"))?;
        Ok(Story { name, pages, questions: questions.questions })
    };
    folders(folder, "questions.json")?.into_iter().map(story).collect()
}

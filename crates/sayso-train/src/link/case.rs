//! `predict case FOLDER`: the pages of a folder, read and linked in the order of their names, as the case to weigh.

use crate::predict::Predictions;
use anyhow::{Context, Result, bail};
use cpu_time::ProcessTime;
use sayso_link::{Case, Models, Options, Suggestion, case};
use sayso_read::{Carrier, Reader, document};
use sayso_record::{Document, Statement};
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Serialize)]
struct Found {
    case: Case,
    suggestions: Vec<Suggestion>,
}

pub(crate) fn predict(inputs: &[PathBuf]) -> Result<Predictions> {
    let pages = pages(&inputs[0])?;
    let models = Models::built_in();
    let amount = (pages.len(), "pages");
    let start = ProcessTime::now();
    // The page's own sentences found claims here, so that what it takes back can be seen.
    let (case, suggestions) = case(&models, Options { own_voice_founds: true, ..Options::default() }, pages);
    let cpu_s = start.elapsed().as_secs_f64();
    Ok(Predictions {
        lines: vec![serde_json::to_string(&Found { case, suggestions })?],
        amount,
        cpu_s,
        notes: Vec::new(),
    })
}

/// The pages of a folder (or one page) with their statements.
fn pages(path: &Path) -> Result<Vec<(Document, Vec<Statement>)>> {
    let mut files: Vec<PathBuf> = if path.is_dir() {
        let entries = std::fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?;
        entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?
    } else {
        vec![path.to_owned()]
    };
    files.retain(|file| file.extension().is_some_and(|end| end == "html" || end == "txt"));
    files.sort();
    if files.is_empty() {
        bail!("there is no .html or .txt page in {}", path.display());
    }
    let reader = Reader::new();
    let page = |file: &PathBuf| {
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let document = document(&bytes, &Carrier::default());
        let statements = reader.statements(&document);
        Ok((document, statements))
    };
    files.iter().map(page).collect()
}

//! `evaluate seeds FOLDER`: documents with hand-made answers, read the way the product reads them.
//!
//! Every `*.gold.json` in the folder names its document. Each answer that is not marked optional must be found.

mod attributions;
mod gold;
mod linked;
mod page;
mod places;
mod report;

use crate::json_lines;
use anyhow::{Context, Result, bail};
use attributions::Read;
use gold::Gold;
use linked::Linked;
use places::Places;
use report::{Cell, Mark, Report, Row};
use sayso_read::{Carrier, Reader};
use std::path::{Path, PathBuf};

/// Prints the tables; false where a required answer is missing.
pub(super) fn run(reader: &Reader, folder: &Path, json: bool) -> Result<bool> {
    let files = gold_files(folder)?;
    let (mut required, mut found) = (0, 0);
    for file in &files {
        let report = report(reader, file).with_context(|| file.display().to_string())?;
        let (of_this, found_here) = report.counts();
        required += of_this;
        found += found_here;
        if json {
            println!("{}", serde_json::to_string(&report)?);
        } else {
            println!("{}", report.table());
        }
    }
    if !json {
        println!("{found} of {required} required answers found; documents: {}", files.len());
    }
    Ok(found == required)
}

fn gold_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| {
        format!(
            "there is no folder {}; test sets are not kept in the repository, so give the path of yours",
            folder.display()
        )
    })?;
    let paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    let is_gold = |path: &PathBuf| path.to_string_lossy().ends_with(".gold.json");
    let mut files: Vec<PathBuf> = paths.into_iter().filter(is_gold).collect();
    files.sort();
    if files.is_empty() {
        bail!("there is no *.gold.json in {}", folder.display());
    }
    Ok(files)
}

fn report(reader: &Reader, file: &Path) -> Result<Report> {
    let gold: Gold = json_lines::read_whole(file)?;
    let bytes = json_lines::bytes(&file.with_file_name(&gold.text_file))?;
    let content_type = if gold.text_file.ends_with(".txt") { "text/plain" } else { "text/html" };
    let carrier = Carrier { content_type: Some(content_type.to_owned()), ..Carrier::default() };
    let document = sayso_read::document(&bytes, &carrier);
    let statements = reader.statements(&document);

    let file_text = String::from_utf8_lossy(&bytes);
    let places = Places::new(&file_text, &document.text);
    let read =
        statements.iter().map(|statement| Read::new(&places, statement)).collect::<Result<Vec<_>>>()?;
    let linked = Linked::of(&document, &statements)?;
    let compared = attributions::compare(&places, &gold.attributions, &read, &linked)?;

    let mut rows = vec![page::head(&gold, &document)];
    rows.extend(page::comments(&gold.comments, &document));
    rows.extend(page::block_quotes(&gold.block_quotes, &document, &statements));
    rows.extend(page::corrections(&gold.corrections, &document, &statements, &linked));
    rows.extend(compared.rows);
    for ground in &gold.grounds {
        let taken = |id: &str| compared.taken.get(id).copied();
        let mark = match (taken(&ground.from), taken(&ground.to)) {
            (Some(reason), Some(conclusion)) => linked.ground(reason, conclusion),
            _ => Mark::Missing,
        };
        let name = format!("{} for {}", ground.from, ground.to);
        rows.push(Row {
            table: "reason",
            name,
            optional: false,
            cells: vec![Cell::new("rests on it", mark)],
        });
    }
    if !gold.rivals.is_empty() {
        let cells = vec![Cell::new("found", Mark::NotAsked)];
        let name = format!("{} of them", gold.rivals.len());
        rows.push(Row { table: "rivals", name, optional: false, cells });
    }
    Ok(Report { id: gold.id, rows, beside: compared.beside })
}

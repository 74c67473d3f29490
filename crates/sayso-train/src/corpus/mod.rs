//! `corpus NAME IN.jsonl... --out FOLDER`: the texts of a test set as lines of JSON that `sayso read` takes, so that one
//! ledger can be read from all of them. One file a corpus, one row a corpus in [`CORPORA`].

mod polnear;
mod reuse;

use crate::json_lines;
use anyhow::{Context, Result, bail};
use clap::builder::PossibleValuesParser;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes the texts of a test set as pages that `sayso read` takes; answers are left out.
///
/// polnear: ids PUBLISHER_DATE_SLUG give outlet, date and address | reuse: each text has an outlet of its own, and no date.
/// What is written is other people's text: keep FOLDER out of the repository.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Which test set it is.
    #[arg(value_parser = PossibleValuesParser::new(CORPORA.iter().map(|corpus| corpus.name)))]
    name: String,
    /// Its files, of lines `{id, text}`.
    #[arg(required = true, value_name = "IN.jsonl")]
    inputs: Vec<PathBuf>,
    /// Where the pages go: one file of the same name for each input.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

/// A test set that can be read as pages.
struct Corpus {
    name: &'static str,
    /// What an id tells of its text.
    told: fn(&str) -> Result<Told>,
}

const CORPORA: &[Corpus] =
    &[Corpus { name: "polnear", told: polnear::told }, Corpus { name: "reuse", told: reuse::told }];

/// What the id of a text tells of it.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Told {
    /// The page's address.
    url: String,
    /// The outlet.
    site: String,
    /// ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
}

#[derive(Deserialize)]
struct Text {
    id: String,
    text: String,
}

/// A line of the carrier.
#[derive(Serialize)]
struct Page {
    #[serde(flatten)]
    told: Told,
    text: String,
}

/// Writes the pages of every input.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let corpus = CORPORA.iter().find(|corpus| corpus.name == arguments.name);
    let corpus = corpus.context("clap allows only corpora of the table")?;
    std::fs::create_dir_all(&arguments.out)
        .with_context(|| format!("cannot make {}", arguments.out.display()))?;
    // Two pages at one address would be two revisions of one page.
    let mut addresses = BTreeSet::new();
    let mut written = BTreeSet::new();
    for input in &arguments.inputs {
        let name = input.file_name().with_context(|| format!("{} is no file", input.display()))?;
        let out = arguments.out.join(name);
        if !written.insert(out.clone()) || same_file(input, &out) {
            bail!(
                "{} would be overwritten; give inputs of different names, and another folder",
                out.display()
            );
        }
        let mut pages = Vec::new();
        for Text { id, text } in json_lines::read(input)? {
            let told = (corpus.told)(&id).with_context(|| input.display().to_string())?;
            if !addresses.insert(told.url.clone()) {
                bail!("{}: two texts would stand at {}", input.display(), told.url);
            }
            pages.push(Page { told, text });
        }
        write(&out, &pages).with_context(|| format!("cannot write {}", out.display()))?;
        eprintln!("{}: {} pages", out.display(), pages.len());
    }
    Ok(())
}

fn same_file(a: &Path, b: &Path) -> bool {
    a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
}

fn write(path: &Path, pages: &[Page]) -> Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for page in pages {
        serde_json::to_writer(&mut out, page)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

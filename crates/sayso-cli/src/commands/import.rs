//! `sayso import`: claim reviews and annotations that others made.

use crate::failure::{Done, Ended, Failure};
use crate::session::Session;
use crate::{harmless, ledger};
use anyhow::Context;
use sayso::CAP_BYTES;
use sayso::import::{Fate, ImportError, Imported};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Take in claim reviews (schema.org) and annotations (W3C Web Annotation) that others made
///
/// A file holds one object, a list, a data feed or a collection, as JSON-LD. A claim review becomes a document with
/// what its author says, and what they say was claimed; a rating counts for or against the claim only where it is at
/// the end of its scale, or called true or false. An annotation on a page that the ledger holds becomes a note on the
/// statement that stands there, or a flag where it asks for a second look. Importing again adds nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// Files; - for standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

impl Import {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let mut desk = ledger::create(session)?;
        let (mut new, mut known, mut left_out, mut failed) = (0, 0, 0, false);
        for path in &self.files {
            let name = harmless::line(&path.display().to_string());
            let imported = match bytes(path) {
                Ok(bytes) => {
                    let mut all = Vec::new();
                    let done = desk.import(&name, &bytes, &mut |imported| all.push(imported));
                    done.map(|()| all)
                }
                Err(error) => {
                    session.say(&format!("{name} cannot be read: {:#}", error.error));
                    failed = true;
                    continue;
                }
            };
            let imported = match imported {
                Ok(imported) => imported,
                Err(ImportError::Ledger(error)) => return Err(ledger::failed(error)),
                Err(error) => {
                    session
                        .say(&format!("{name} cannot be imported: {}", harmless::line(&error.to_string())));
                    failed = true;
                    continue;
                }
            };
            for imported in &imported {
                match imported.fate {
                    Fate::Document(_) | Fate::Act(_) => new += 1,
                    Fate::Known => known += 1,
                    Fate::LeftOut(_) => left_out += 1,
                }
                if session.json() {
                    session.print_json(imported)?;
                } else {
                    session.print(&in_words(imported))?;
                }
            }
        }
        session.flush()?;
        session.say(&format!("{new} imported, {known} known already, {left_out} left out"));
        Ok(if left_out > 0 || failed { Done::Part } else { Done::Whole })
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().take(CAP_BYTES + 1).read_to_end(&mut bytes).context("standard input")?;
    } else {
        std::fs::File::open(path)?.take(CAP_BYTES + 1).read_to_end(&mut bytes)?;
    }
    if bytes.len() as u64 > CAP_BYTES {
        return Err(Failure::from(anyhow::anyhow!("it is longer than {} MiB", CAP_BYTES >> 20)));
    }
    Ok(bytes)
}

fn in_words(imported: &Imported) -> String {
    let fate = match &imported.fate {
        Fate::Document(id) => format!("document {}", id.short()),
        Fate::Act(id) => format!("act {}", id.short()),
        Fate::Known => "known already".to_owned(),
        Fate::LeftOut(why) => format!("left out: {}", harmless::line(why)),
    };
    format!("{} {}: {fate}\n", imported.kind, harmless::line(&imported.name))
}

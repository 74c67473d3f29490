//! `cargo xtask race NAME`: how fast one thing is, in CPU time, on material that the race makes for itself.
//!
//! One file a race, one row a race in [`RACES`]. Machines are shared, so wall time says little: every figure is
//! the CPU time of the raced processes, as [`cpu`] reads it; but for `web`, where readers wait.

mod attributions;
mod cascade;
pub(crate) mod cpu;
mod desk;
mod pages;
mod read;
mod reuse;
mod web;
mod weighing;

use anyhow::{Result, bail};
use std::path::Path;

/// Something that can be raced.
pub(crate) struct Race {
    /// What it is called on the command line.
    pub(crate) name: &'static str,
    /// What is measured, in one line.
    pub(crate) summary: &'static str,
    /// Runs it and prints its table. Gets the workspace folder and what follows the name on the command line.
    pub(crate) run: fn(&Path, &[String]) -> Result<()>,
}

/// Every race, in the order in which they are listed.
const RACES: &[Race] = &[
    Race { name: "attributions", summary: "texts to linked statements, on one core", run: attributions::run },
    Race {
        name: "cascade",
        summary: "the fast reader, the careful one, and the cascade of both, on one core: F1 and speed (takes ANSWERS.jsonl)",
        run: cascade::run,
    },
    Race {
        name: "desk",
        summary: "opening, asking, acting and reading on a made-up ledger of a million statements",
        run: desk::run,
    },
    Race {
        name: "pages",
        summary: "pages to documents, beside dom_smoothie, trafilatura and resiliparse",
        run: pages::run,
    },
    Race { name: "read", summary: "a folder of made-up pages into a new ledger", run: read::run },
    Race {
        name: "reuse",
        summary: "copied passages among made-up texts, beside datasketch",
        run: reuse::run,
    },
    Race {
        name: "web",
        summary: "the pages of a served ledger of a million statements, to 50 readers at once (needs wrk)",
        run: web::run,
    },
    Race {
        name: "weighing",
        summary: "the model of a generated ledger, beside datafrog and clingo",
        run: weighing::run,
    },
];

/// Runs the race that is named, or lists all.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let Some((name, rest)) = arguments.split_first() else {
        for race in RACES {
            println!("{:<12} {}", race.name, race.summary);
        }
        return Ok(());
    };
    match RACES.iter().find(|race| race.name == name) {
        Some(race) => (race.run)(root, rest),
        None => bail!("there is no race {name:?}; `cargo xtask race` lists them"),
    }
}

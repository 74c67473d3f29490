//! `evaluate TASK ...`: predicts (or takes predictions), scores them against answers, prints the table, and holds
//! the figures against `floors.toml`.

mod seeds;
mod tasks;

use crate::floors::{Floors, Measured, fingerprint};
use crate::json_lines;
use crate::predict::{self, Asked, Predictions};
use crate::score::{Figures, attributions};
use anyhow::{Context, Result, bail};
use clap::builder::PossibleValuesParser;
use sayso_read::Reader;
use std::path::{Path, PathBuf};
use tasks::{Part, TASKS, Task};

/// Scores predictions against answers, and fails where a figure is below its floor.
///
/// attributions ANSWERS.jsonl | pages FOLDER (with body.json, comments.json and the folders body and comments) |
/// pages or comments ANSWERS.json | claims VERIFIED.jsonl ANSWERS.jsonl | groups, polarity, names ANSWERS.jsonl |
/// reuse TEXTS.jsonl | seeds FOLDER (documents with hand-made answers, `*.gold.json`)
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to measure.
    #[arg(value_parser = PossibleValuesParser::new(TASKS.iter().map(|task| task.name).chain(["seeds"])))]
    task: String,
    /// The input of the task, with answers.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// Take these predictions, in the form that `predict` writes, and read nothing.
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Find attributions with this model, as `train attributions` writes it, and not with the one that is built in.
    #[arg(long, value_name = "FILE", conflicts_with = "predictions")]
    model: Option<PathBuf>,
    /// The model of the careful reader, to read attributions and seeds with it.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["model", "predictions"])]
    careful: Option<PathBuf>,
    /// Let the careful reader look only where the fast one doubts.
    #[arg(long, requires = "careful")]
    cascade: bool,
    /// The folder of a model of sentences, to find claims and groups with that too.
    #[arg(long, value_name = "FOLDER", conflicts_with = "predictions")]
    sentence_model: Option<PathBuf>,
    /// Print the figures as one line of JSON, and no table.
    #[arg(long)]
    json: bool,
    /// The floors to hold the figures against.
    #[arg(long, value_name = "FILE", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/floors.toml"))]
    floors: PathBuf,
    /// Make the floors what was just measured.
    #[arg(long)]
    pin: bool,
    /// Let --pin lower floors too.
    #[arg(long, requires = "pin")]
    lower: bool,
}

/// Measures; false where a figure is below its floor, or a required answer is missing.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    if arguments.task == "seeds" {
        return run_seeds(arguments);
    }
    let mut all_well = true;
    for part in tasks::parts(&arguments.task, &arguments.inputs)? {
        all_well &= run_part(arguments, &part)?;
    }
    Ok(all_well)
}

fn run_seeds(arguments: &Arguments) -> Result<bool> {
    let [folder] = arguments.inputs.as_slice() else { bail!("evaluate seeds takes one FOLDER") };
    if arguments.predictions.is_some() || arguments.pin {
        bail!(
            "seeds are read by the product itself, and have no floors: every required answer must be found"
        );
    }
    seeds::run(&reader(arguments)?, folder, arguments.json)
}

fn run_part(arguments: &Arguments, part: &Part) -> Result<bool> {
    let task = part.task;
    // Read first, so that a missing file is said before minutes of work.
    let sha256 = fingerprint(&json_lines::bytes(&part.answers)?);
    let (lines, cost) = predictions(arguments, part)?;
    let figures = (task.score)(&part.answers, &lines)?;
    if arguments.json {
        println!("{}", json(task, &figures)?);
    } else {
        println!("{}", table(task, &figures));
        for line in cost {
            println!("{line}");
        }
    }
    let answers = part.answers.file_name().unwrap_or_default().to_string_lossy();
    // What a model of sentences finds has floors of its own.
    let name = match arguments.sentence_model {
        Some(_) => format!("{} with sentences", task.name),
        None => task.name.to_owned(),
    };
    let measured = Measured { task: &name, answers: &answers, sha256: &sha256, figures: &figures };
    let mut floors = Floors::read(&arguments.floors)?;
    if arguments.pin {
        floors.pin(&measured, task.keys, arguments.lower)?;
        floors.write(&arguments.floors)?;
        eprintln!("floors of {name} on {answers} are pinned in {}", arguments.floors.display());
        return Ok(true);
    }
    Ok(hold_against(&floors, &measured, &arguments.floors))
}

/// The lines to score, and what it cost to make them.
fn predictions(arguments: &Arguments, part: &Part) -> Result<(Vec<String>, Vec<String>)> {
    if let Some(path) = &arguments.predictions {
        return Ok((json_lines::lines(path)?, Vec::new()));
    }
    if !predict::knows(part.predict) {
        bail!("there is nothing yet that predicts {}; give --predictions FILE", part.predict);
    }
    let made = match part.predict {
        "attributions" => predict::attributions::predict_with(&reader(arguments)?, &part.inputs[0])?,
        _ if arguments.model.is_some() || arguments.careful.is_some() => {
            bail!("--model and --careful are for attributions and seeds alone")
        }
        kind => {
            let sentence_model = arguments.sentence_model.as_ref();
            predict::predict(kind, Asked { inputs: &part.inputs, sentence_model })?
        }
    };
    let Predictions { lines, amount: (amount, unit), cpu_s, mut notes } = made;
    let speed = if cpu_s > 0.0 { amount as f64 / cpu_s } else { f64::INFINITY };
    notes.push(format!("read {amount} {unit} in {cpu_s:.2} s of CPU time: {speed:.0} {unit}/s"));
    Ok((lines, notes))
}

/// The reader that was asked for.
fn reader(arguments: &Arguments) -> Result<Reader> {
    let Some(path) = arguments.model.as_ref().or(arguments.careful.as_ref()) else {
        return Ok(Reader::new());
    };
    let bytes = json_lines::bytes(path)?;
    let reader = match (&arguments.careful, arguments.cascade) {
        (None, _) => Reader::with_model(bytes).map_err(anyhow::Error::from),
        (Some(_), false) => careful(&bytes),
        (Some(_), true) => cascade(&bytes),
    };
    reader.with_context(|| format!("cannot open {}", path.display()))
}

#[cfg(feature = "careful")]
fn careful(model: &[u8]) -> Result<Reader> {
    Ok(Reader::careful(model)?)
}

#[cfg(feature = "careful")]
fn cascade(model: &[u8]) -> Result<Reader> {
    Ok(Reader::cascade(model)?)
}

#[cfg(not(feature = "careful"))]
use careful as cascade;

#[cfg(not(feature = "careful"))]
fn careful(_: &[u8]) -> Result<Reader> {
    bail!("this program was built without the careful reader; build it with --features careful")
}

fn table(task: &Task, figures: &Figures) -> String {
    match task.name {
        "attributions" => attributions::table(figures),
        name => figures.table(name),
    }
}

fn json(task: &Task, figures: &Figures) -> Result<String> {
    #[derive(serde::Serialize)]
    struct Line<'a> {
        task: &'a str,
        #[serde(flatten)]
        figures: &'a Figures,
    }
    Ok(serde_json::to_string(&Line { task: task.name, figures })?)
}

fn hold_against(floors: &Floors, measured: &Measured, path: &Path) -> bool {
    let Measured { task, answers, .. } = measured;
    match floors.falls(measured) {
        None if floors.knows_other(measured) => {
            eprintln!("{answers} is not the file that {task} has floors for, so it is compared with none");
            true
        }
        None => {
            eprintln!("{} has no floors for {task} on this {answers}; --pin sets them", path.display());
            true
        }
        Some(falls) if falls.is_empty() => {
            eprintln!("every floor of {task} is reached");
            true
        }
        Some(falls) => {
            for fall in falls {
                eprintln!("below its floor: {task} {fall}");
            }
            false
        }
    }
}

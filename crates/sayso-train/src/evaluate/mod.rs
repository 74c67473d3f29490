//! `evaluate TASK ...`: predicts (or takes predictions), scores them against answers, prints the table, and holds
//! the figures against `floors.toml`.

mod answers;
mod seeds;
mod tasks;

use crate::floors::{Floors, Measured};
use crate::json_lines;
use crate::predict::{self, Asked, Predictions};
use crate::reader::ReaderModels;
use crate::score::answers::Scored;
use crate::score::figures::InFull;
use crate::score::{self, Figures, attributions};
use anyhow::{Result, bail};
use clap::builder::PossibleValuesParser;
use std::path::{Path, PathBuf};
use tasks::{Part, Score, TASKS, Task};

/// Scores predictions against answers, and fails where a figure is below its floor.
///
/// attributions ANSWERS.jsonl | pages FOLDER (with body.json, comments.json and the folders body and comments) |
/// pages or comments ANSWERS.json | claims VERIFIED.jsonl ANSWERS.jsonl | groups, polarity, says, names ANSWERS.jsonl |
/// reuse TEXTS.jsonl | answers FOLDER (a folder for each story, with documents.jsonl, questions.json and gold.json) |
/// seeds FOLDER (documents with hand-made answers, `*.gold.json`)
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
    #[command(flatten)]
    models: ReaderModels,
    /// The folder of a model of sentences, to find claims and groups with that too.
    #[arg(long, value_name = "FOLDER", conflicts_with = "predictions")]
    sentence_model: Option<PathBuf>,
    #[command(flatten)]
    answers: answers::Options,
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
    arguments.answers.check(&arguments.task)?;
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
    seeds::run(&arguments.models.reader()?, folder, arguments.json)
}

fn run_part(arguments: &Arguments, part: &Part) -> Result<bool> {
    let task = part.task;
    // Read first, so that a missing file is said before minutes of work.
    let sha256 = part.fingerprint()?;
    let (lines, cost) = predictions(arguments, part)?;
    let Scored { figures, faults } = match task.score {
        Score::Lines(score) => Scored { figures: score(&part.answers, &lines)?, faults: Vec::new() },
        Score::Answers => arguments.answers.score(&part.answers, &lines)?,
    };
    if arguments.json {
        println!("{}", json(task, &figures)?);
        faults.iter().for_each(|fault| eprintln!("{fault}"));
        cost.iter().for_each(|line| eprintln!("{line}"));
    } else {
        faults.iter().for_each(|fault| println!("{fault}"));
        println!("{}", table(task, &figures));
        cost.iter().for_each(|line| println!("{line}"));
    }
    let answers = part.answers.file_name().unwrap_or_default().to_string_lossy();
    // What a model of sentences finds has floors of its own.
    let name = match arguments.sentence_model {
        Some(_) => format!("{} with sentences", task.name),
        None => arguments.answers.name(task),
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
        if arguments.models.given() {
            bail!("--predictions FILE was read by something else already; leave the model out");
        }
        return Ok((json_lines::lines(path)?, Vec::new()));
    }
    if !predict::knows(part.predict) {
        bail!("there is nothing yet that predicts {}; give --predictions FILE", part.predict);
    }
    let asked = Asked {
        inputs: &part.inputs,
        models: &arguments.models,
        sentence_model: arguments.sentence_model.as_ref(),
        together: arguments.answers.together,
    };
    let made = predict::predict(part.predict, asked)?;
    let Predictions { lines, amount: (amount, unit), cpu_s, mut notes } = made;
    let speed = if cpu_s > 0.0 { amount as f64 / cpu_s } else { f64::INFINITY };
    notes.push(format!("read {amount} {unit} in {cpu_s:.2} s of CPU time: {speed:.0} {unit}/s"));
    Ok((lines, notes))
}

fn table(task: &Task, figures: &Figures) -> String {
    match task.name {
        "attributions" => attributions::table(figures),
        "answers" => score::answers::table(figures),
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
    #[derive(serde::Serialize)]
    struct LineInFull<'a> {
        task: &'a str,
        #[serde(flatten)]
        figures: InFull<'a>,
    }
    Ok(match task.score {
        Score::Lines(_) => serde_json::to_string(&Line { task: task.name, figures })?,
        Score::Answers => serde_json::to_string(&LineInFull { task: task.name, figures: InFull(figures) })?,
    })
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

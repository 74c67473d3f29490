//! `predict TASK ...`: what the product finds in a test set, as JSON lines. One file a task, one row a task in
//! [`TASKS`]. Predicting knows nothing of the answers.

pub(crate) mod attributions;
mod pages;

use crate::link;
use anyhow::{Context, Result};
use clap::builder::PossibleValuesParser;
use std::io::Write;
use std::path::PathBuf;

/// Prints what is found in a test set, one JSON line for each of its items.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to find: `attributions IN.jsonl`, `pages FOLDER`, `claims VERIFIED.jsonl QUERIES.jsonl`,
    /// `groups IN.jsonl`, `polarity IN.jsonl`, `reuse TEXTS.jsonl`, `names TEXTS.jsonl` or
    /// `case FOLDER` (of pages; the case that they make, as one line).
    #[arg(value_parser = PossibleValuesParser::new(TASKS.iter().map(|task| task.name)))]
    task: String,
    /// The input of the task, without answers.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// The folder of a model of sentences, to find claims and groups with that too.
    #[arg(long, value_name = "FOLDER")]
    sentence_model: Option<PathBuf>,
}

/// What is asked of a predictor.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) inputs: &'a [PathBuf],
    pub(crate) sentence_model: Option<&'a PathBuf>,
}

/// Something that can be predicted.
struct Task {
    name: &'static str,
    /// How many inputs it takes.
    inputs: usize,
    run: fn(Asked) -> Result<Predictions>,
    /// Whether a model of sentences can help.
    sensed: bool,
}

/// Every task that the product can do.
const TASKS: &[Task] = &[
    Task { name: "attributions", inputs: 1, run: |asked| attributions::predict(asked.inputs), sensed: false },
    Task { name: "pages", inputs: 1, run: |asked| pages::predict(asked.inputs), sensed: false },
    Task { name: "claims", inputs: 2, run: link::predict_claims, sensed: true },
    Task { name: "groups", inputs: 1, run: link::predict_groups, sensed: true },
    Task { name: "polarity", inputs: 1, run: |asked| link::predict_polarity(asked.inputs), sensed: false },
    Task { name: "reuse", inputs: 1, run: |asked| link::predict_reuse(asked.inputs), sensed: false },
    Task { name: "names", inputs: 1, run: |asked| link::predict_names(asked.inputs), sensed: false },
    Task { name: "case", inputs: 1, run: |asked| link::predict_case(asked.inputs), sensed: false },
];

/// What was found, and at what cost.
pub(crate) struct Predictions {
    /// One line of JSON for each item.
    pub(crate) lines: Vec<String>,
    /// How much was read ("12000 tokens"): the amount and its unit.
    pub(crate) amount: (usize, &'static str),
    /// CPU seconds that the reading itself took: no files, no JSON, no loading of models.
    pub(crate) cpu_s: f64,
    /// What else there is to say about the run.
    pub(crate) notes: Vec<String>,
}

/// Predicts, and prints the lines.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let asked = Asked { inputs: &arguments.inputs, sentence_model: arguments.sentence_model.as_ref() };
    let predictions = predict(&arguments.task, asked)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in &predictions.lines {
        writeln!(out, "{line}").context("cannot write the predictions")?;
    }
    out.flush().context("cannot write the predictions")?;
    for note in predictions.notes {
        eprintln!("{note}");
    }
    Ok(())
}

/// Whether the product can do a task by itself.
pub(crate) fn knows(task: &str) -> bool {
    TASKS.iter().any(|known| known.name == task)
}

/// What the product finds.
pub(crate) fn predict(task: &str, asked: Asked) -> Result<Predictions> {
    let known = TASKS.iter().find(|known| known.name == task);
    let known = known.with_context(|| format!("there is nothing yet that predicts {task}"))?;
    if asked.inputs.len() != known.inputs {
        anyhow::bail!("predict {task} takes {} input, not {}", known.inputs, asked.inputs.len());
    }
    if asked.sentence_model.is_some() && !known.sensed {
        anyhow::bail!("a model of sentences is for claims and groups alone");
    }
    (known.run)(asked)
}

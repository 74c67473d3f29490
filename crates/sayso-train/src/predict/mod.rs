//! `predict TASK ...`: what the product finds in a test set, as JSON lines. One file a task, one row a task in
//! [`TASKS`]. Predicting knows nothing of the answers.

pub(crate) mod answers;
mod attributions;
mod pages;
mod says;

use crate::link;
use crate::reader::ReaderModels;
use anyhow::{Context, Result};
use clap::builder::PossibleValuesParser;
use std::io::Write;
use std::path::PathBuf;

/// Prints what is found in a test set, one JSON line for each of its items.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to find: `attributions IN.jsonl`, `pages FOLDER`, `claims VERIFIED.jsonl QUERIES.jsonl`,
    /// `groups IN.jsonl`, `polarity IN.jsonl`, `says IN.jsonl`, `reuse TEXTS.jsonl`, `names TEXTS.jsonl`,
    /// `answers FOLDER` (a folder for each story, with documents.jsonl and questions.json) or `case FOLDER` (of pages;
    /// the case that they make, as one line).
    #[arg(value_parser = PossibleValuesParser::new(TASKS.iter().map(|task| task.name)))]
    task: String,
    /// The input of the task, without answers.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    models: ReaderModels,
    /// The folder of a model of sentences, to find claims and groups with that too.
    #[arg(long, value_name = "FOLDER")]
    sentence_model: Option<PathBuf>,
    /// Read all stories into one ledger before any question is answered; for answers alone.
    #[arg(long)]
    together: bool,
}

/// What is asked of a predictor.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) inputs: &'a [PathBuf],
    /// Models for the reader.
    pub(crate) models: &'a ReaderModels,
    /// The folder of a model of sentences.
    pub(crate) sentence_model: Option<&'a PathBuf>,
    /// Whether all stories go into one ledger.
    pub(crate) together: bool,
}

/// Something that can be predicted.
struct Task {
    name: &'static str,
    /// How many inputs it takes.
    inputs: usize,
    run: Run,
}

/// How it is predicted.
enum Run {
    /// By the reader that was asked for.
    Attributions,
    /// By the desk, with the reader that was asked for.
    Answers,
    /// By words, and by a model of sentences that was asked for.
    Sensed(fn(Asked) -> Result<Predictions>),
    /// By what is built in.
    Others(fn(&[PathBuf]) -> Result<Predictions>),
}

/// Every task that the product can do.
const TASKS: &[Task] = &[
    Task { name: "attributions", inputs: 1, run: Run::Attributions },
    Task { name: "pages", inputs: 1, run: Run::Others(pages::predict) },
    Task { name: "claims", inputs: 2, run: Run::Sensed(link::predict_claims) },
    Task { name: "groups", inputs: 1, run: Run::Sensed(link::predict_groups) },
    Task { name: "polarity", inputs: 1, run: Run::Others(link::predict_polarity) },
    Task { name: "says", inputs: 1, run: Run::Others(says::predict) },
    Task { name: "reuse", inputs: 1, run: Run::Others(link::predict_reuse) },
    Task { name: "names", inputs: 1, run: Run::Others(link::predict_names) },
    Task { name: "answers", inputs: 1, run: Run::Answers },
    Task { name: "case", inputs: 1, run: Run::Others(link::predict_case) },
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
    let asked = Asked {
        inputs: &arguments.inputs,
        models: &arguments.models,
        sentence_model: arguments.sentence_model.as_ref(),
        together: arguments.together,
    };
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
    match known.run {
        Run::Attributions | Run::Sensed(_) | Run::Others(_) if asked.together => {
            anyhow::bail!("--together is for answers alone")
        }
        Run::Attributions | Run::Answers | Run::Others(_) if asked.sentence_model.is_some() => {
            anyhow::bail!("--sentence-model is for claims and groups alone")
        }
        Run::Answers => answers::run(asked),
        Run::Attributions => attributions::predict(&asked.models.reader()?, &asked.inputs[0]),
        Run::Sensed(_) | Run::Others(_) if asked.models.given() => {
            anyhow::bail!("--model and --careful are for attributions, answers and seeds alone")
        }
        Run::Sensed(run) => run(asked),
        Run::Others(run) => run(asked.inputs),
    }
}

//! The tasks that are scored against answers: one row a task in [`TASKS`].

use crate::floors::Better::{Less, More};
use crate::floors::{Key, fingerprint};
use crate::json_lines::{self, Entries};
use crate::score::{self, Figures};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A task that is scored.
pub(super) struct Task {
    pub(super) name: &'static str,
    /// What `predict` takes; the last of them holds the answers too, save for pages.
    pub(super) inputs: &'static str,
    pub(super) score: Score,
    /// The figures that are worth a floor.
    pub(super) keys: &'static [Key],
}

/// How a task is scored.
pub(super) enum Score {
    /// Lines of predictions against the file of answers.
    Lines(fn(&Path, &[String]) -> Result<Figures>),
    /// Whole answers against those of a folder of stories, in the form that is asked for.
    Answers,
}

/// Every task.
pub(super) const TASKS: &[Task] = &[
    Task {
        name: "attributions",
        inputs: "ANSWERS.jsonl",
        score: Score::Lines(|answers, lines| {
            score::attributions::score(&json_lines::read(answers)?, &json_lines::parse(lines)?)
        }),
        keys: &[
            ("exact/source.f1", More),
            ("exact/cue.f1", More),
            ("exact/content.f1", More),
            ("attribution/content.f1", More),
            ("attribution/content+source.f1", More),
            ("attribution/content+source+cue.f1", More),
        ],
    },
    Task {
        name: "pages",
        inputs: "FOLDER or ANSWERS.json",
        score: Score::Lines(|answers, lines| {
            score::pages::score(&entries(answers)?, &json_lines::parse(lines)?)
        }),
        keys: &[("body.f1", More), ("title.accuracy", More), ("authors.f1", More), ("date.accuracy", More)],
    },
    Task {
        name: "comments",
        inputs: "ANSWERS.json",
        score: Score::Lines(|answers, lines| {
            score::comments::score(&entries(answers)?, &json_lines::parse(lines)?)
        }),
        keys: &[
            ("found", More),
            ("found_present", More),
            ("body_kept", More),
            ("leaked", Less),
            ("leaked_only", Less),
            ("boilerplate", Less),
        ],
    },
    Task {
        name: "claims",
        inputs: "VERIFIED.jsonl ANSWERS.jsonl",
        score: Score::Lines(|answers, lines| {
            score::claims::score(&json_lines::read(answers)?, &json_lines::parse(lines)?)
        }),
        keys: &[("map1", More), ("map5", More), ("mrr", More), ("s10", More)],
    },
    Task {
        name: "groups",
        inputs: "ANSWERS.jsonl",
        score: Score::Lines(|answers, lines| {
            score::groups::score(&json_lines::read(answers)?, &json_lines::parse(lines)?)
        }),
        keys: &[("same.p", More), ("same.r", More), ("same.f1", More), ("same.opposite", Less)],
    },
    Task {
        name: "polarity",
        inputs: "ANSWERS.jsonl",
        score: Score::Lines(|answers, lines| {
            score::polarity::score(&json_lines::read(answers)?, &json_lines::parse(lines)?)
        }),
        keys: &[("accuracy", More), ("contradiction.f1", More)],
    },
    Task {
        name: "says",
        inputs: "ANSWERS.jsonl",
        score: Score::Lines(|answers, lines| {
            score::says::score(&json_lines::read(answers)?, &json_lines::parse(lines)?)
        }),
        keys: &[
            ("accuracy", More),
            ("caught", More),
            ("flagged", Less),
            ("labels", More),
            ("verbatim", More),
        ],
    },
    Task {
        name: "reuse",
        inputs: "TEXTS.jsonl",
        score: Score::Lines(|answers, lines| {
            score::reuse::score(&json_lines::read(answers)?, &json_lines::parse(lines)?)
        }),
        keys: &[("p", More), ("r", More), ("f1", More)],
    },
    Task {
        name: "names",
        inputs: "ANSWERS.jsonl",
        score: Score::Lines(|answers, lines| {
            score::names::score(&json_lines::read(answers)?, &json_lines::parse(lines)?)
        }),
        keys: &[("PER.f1", More), ("ORG.f1", More), ("GPE.f1", More), ("all.f1", More)],
    },
    Task {
        name: "answers",
        inputs: "FOLDER",
        score: Score::Answers,
        keys: &[
            ("for.f1", More),
            ("against.f1", More),
            ("sources", More),
            ("origins.f1", More),
            ("independent", More),
            ("overcounted", Less),
            ("standing", More),
            ("nobody", More),
            ("whole", More),
            ("verbatim", More),
        ],
    },
];

/// One measurement: a task, its answers, and what `predict` is given.
pub(super) struct Part {
    pub(super) task: &'static Task,
    /// The task whose `predict` makes the predictions.
    pub(super) predict: &'static str,
    pub(super) answers: PathBuf,
    pub(super) inputs: Vec<PathBuf>,
}

impl Part {
    /// The fingerprint of the answers: of the file, or of all `gold.json` of a folder of stories, one after another.
    pub(super) fn fingerprint(&self) -> Result<String> {
        let answers = match self.task.score {
            Score::Lines(_) => json_lines::bytes(&self.answers)?,
            Score::Answers => score::answers::stories::answers(&self.answers)?,
        };
        Ok(fingerprint(&answers))
    }
}

/// What a call measures: one part, or two where a folder of pages has answers for bodies and for comments.
pub(super) fn parts(name: &str, inputs: &[PathBuf]) -> Result<Vec<Part>> {
    let task = TASKS.iter().find(|task| task.name == name);
    let task = task.with_context(|| format!("there is no task {name:?}"))?;
    let expected = task.inputs.replace(" or ", "/").split(' ').count();
    if inputs.len() != expected {
        bail!("evaluate {name} takes {}", task.inputs);
    }
    let answers = inputs.last().context("there is no input")?.clone();
    match name {
        "pages" if answers.is_dir() => {
            let part = |name: &str, file: &str| {
                let task = TASKS.iter().find(|task| task.name == name).expect("the table has it");
                page_part(task, answers.join(file))
            };
            Ok(vec![part("pages", "body.json"), part("comments", "comments.json")])
        }
        "pages" | "comments" => Ok(vec![page_part(task, answers)]),
        _ => Ok(vec![Part { task, predict: task.name, answers, inputs: inputs.to_vec() }]),
    }
}

/// The pages to `NAME.json` are in the folder `NAME` beside it.
fn page_part(task: &'static Task, answers: PathBuf) -> Part {
    Part { task, predict: "pages", inputs: vec![answers.with_extension("")], answers }
}

fn entries(path: &Path) -> Result<Vec<(String, Value)>> {
    Ok(json_lines::read_whole::<Entries<Value>>(path)?.0)
}

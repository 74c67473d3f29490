//! `train TASK ...`: makes a model and its card. One file a task, one row a task in [`TASKS`].

mod attributions;
pub(crate) mod card;

use crate::link;
use anyhow::Result;

/// Makes a model and its card.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to train.
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(TASKS.iter().map(|task| task.name)))]
    task: String,
    /// What the task needs: its training files, then where the model goes.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// A model that can be trained.
struct Task {
    name: &'static str,
    /// Gets what follows the task's name on the command line.
    run: fn(&[String]) -> Result<()>,
}

/// Every model.
const TASKS: &[Task] = &[
    Task { name: "attributions", run: attributions::run },
    Task { name: "examples", run: attributions::examples::run },
    Task { name: "claims", run: link::train_claims },
    Task { name: "groups", run: link::train_groups },
    Task { name: "polarity", run: link::train_polarity },
];

/// Trains what is named.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let task =
        TASKS.iter().find(|task| task.name == arguments.task).expect("clap allows only tasks of the table");
    (task.run)(&arguments.rest)
}

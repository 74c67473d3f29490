//! `sayso-train`: trains the models, predicts on test sets, and measures.
//!
//! Five verbs, each with one table of its tasks. `predict` knows nothing of the answers; `evaluate` scores
//! predictions by whoever made them; `corpus` and `sample` are for what people judge by reading; nothing depends on
//! this crate.

mod code_points;
mod corpus;
mod evaluate;
mod floors;
mod json_lines;
mod link;
mod predict;
mod reader;
mod sample;
mod score;
mod train;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// As the product has it, so that what is timed here is what its users wait for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Trains the models of sayso, predicts on test sets, and measures.
///
/// The test sets are no part of this repository; every command takes their paths.
/// Exit codes: 0 all is well, 1 a figure is below its floor or a required answer is missing, 2 the call or its
/// input was wrong.
#[derive(Parser)]
#[command(name = "sayso-train", version)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Predict(predict::Arguments),
    Evaluate(evaluate::Arguments),
    Train(train::Arguments),
    Corpus(corpus::Arguments),
    Sample(sample::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().verb {
        Verb::Predict(arguments) => predict::run(&arguments).map(|()| true),
        Verb::Evaluate(arguments) => evaluate::run(&arguments),
        Verb::Train(arguments) => train::run(&arguments).map(|()| true),
        Verb::Corpus(arguments) => corpus::run(&arguments).map(|()| true),
        Verb::Sample(arguments) => sample::run(&arguments).map(|()| true),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

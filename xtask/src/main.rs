//! The project's own checks, run as `cargo xtask VERB`.
//!
//! Three verbs: `tidy` looks for what a compiler cannot see, `check` runs all that CI runs, and `race` measures speed.

mod check;
mod race;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
The project's own checks.

Usage: cargo xtask VERB

  tidy            dependency directions, module docs, leftovers, model cards; names file:line and what to do
  check           all that CI runs: formatting, clippy, tests, tidy
  race [NAME]     measures one thing's speed in CPU time; without a name, lists what can be raced
  help            this text

Exit codes: 0 all is well, 1 something was found, 2 the call was wrong.
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let verb = arguments.next().unwrap_or_else(|| "help".to_owned());
    let rest: Vec<String> = arguments.collect();
    let root = workspace_root();
    let outcome = match verb.as_str() {
        "tidy" => tidy::run(&root),
        "check" => check::run(&root),
        "race" => race::run(&root, &rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        _ => {
            eprint!("error: there is no verb {verb:?}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The folder that holds the workspace: xtask stands directly in it.
fn workspace_root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("xtask stands in the workspace").to_owned()
}

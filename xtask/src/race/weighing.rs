//! `cargo xtask race weighing [STATEMENTS]`: the well-founded model of one positive ledger, found by sayso-weigh, by
//! datafrog and by clingo.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// The ledger that is raced on, unless another size is named.
const STATEMENTS: &str = "1000000";

/// How many times faster than datafrog the model has to be found. Arranging is shown and not compared: it is done
/// once a ledger, and sayso-weigh arranges for what-if, dates and sources as well.
const AHEAD: f64 = 4.0;

pub(super) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let statements = arguments.first().map_or(STATEMENTS, String::as_str);
    let facts = std::env::temp_dir().join(format!("sayso-race-{}.lp", std::process::id()));
    let ended = race(root, statements, &facts);
    // Nothing is lost if it was never written.
    let _ = std::fs::remove_file(&facts);
    ended
}

fn race(root: &Path, statements: &str, facts: &Path) -> Result<()> {
    let mut bench = Command::new(env!("CARGO"));
    bench.args(["bench", "--quiet", "-p", "sayso-weigh", "--bench", "weighing", "--", "--race"]);
    bench.args(["--statements", statements, "--facts"]).arg(facts).current_dir(root);
    let ours = answer(&mut bench)?;
    let clingo = match has_clingo(root) {
        true => Some(answer(
            Command::new("python3").arg("benchmarks/weighing/clingo_peer.py").arg(facts).current_dir(root),
        )?),
        false => {
            eprintln!(
                "NOTICE: clingo was left out, since python3 cannot import it; `pip install clingo` brings it in"
            );
            None
        }
    };
    println!(
        "{} statements, {} of them stand, and {} of {} claims",
        ours["statements"], ours["standing_statements"], ours["standing_claims"], ours["claims"]
    );
    println!("{:<12} {:>14} {:>10}", "CPU seconds", "arranging", "model");
    let mut models = Vec::new();
    for engine in ["sayso", "datafrog"] {
        let figure = |key: &str| ours[engine][key].as_f64().with_context(|| format!("no {key} for {engine}"));
        let model_s = figure("model_cpu_s")?;
        println!("{engine:<12} {:>14.3} {model_s:>10.3}", figure("arrange_cpu_s")?);
        models.push(model_s);
    }
    if let Some(clingo) = &clingo {
        let cpu_s = clingo["cpu_s"].as_f64().context("no cpu_s for clingo")?;
        println!("{:<12} {cpu_s:>25.3}   (reads the facts and grounds in one go)", "clingo");
        for key in ["standing_statements", "standing_claims"] {
            if clingo[key] != ours[key] {
                bail!("clingo finds {key} = {}, sayso-weigh {}", clingo[key], ours[key]);
            }
        }
    }
    println!(
        "All find the same to stand. The model takes datafrog {:.1} times as long.",
        models[1] / models[0]
    );
    if models[1] < AHEAD * models[0] {
        bail!("sayso-weigh was less than {AHEAD} times as fast as datafrog");
    }
    Ok(())
}

fn has_clingo(root: &Path) -> bool {
    let output = Command::new("python3").args(["-c", "import clingo"]).current_dir(root).output();
    output.is_ok_and(|output| output.status.success())
}

/// Runs a peer and reads the figures from the last line that it prints.
fn answer(command: &mut Command) -> Result<Value> {
    let output = command
        .stderr(std::process::Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {command:?}"))?;
    if !output.status.success() {
        bail!("{command:?} failed: {}", output.status);
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().last().with_context(|| format!("{command:?} printed nothing"))?;
    serde_json::from_str(line).with_context(|| format!("{command:?} printed {line:?}"))
}

//! `cargo xtask race weighing [STATEMENTS]`: the well-founded model of one positive ledger, found by sayso-weigh, by
//! datafrog and by clingo.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// The ledger that is raced on, unless another size is named.
const STATEMENTS: &str = "1000000";

/// How many times faster than datafrog the model has to be found.
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
    let seconds =
        |value: &Value, key: &str| value[key].as_f64().with_context(|| format!("no {key} in the figures"));
    let sayso = seconds(&ours, "sayso_cpu_s")?;
    println!(
        "{} statements, {} of them stand, and {} of {} claims",
        ours["statements"], ours["standing_statements"], ours["standing_claims"], ours["claims"]
    );
    println!("{:<44} {:>9} {:>10}", "CPU time", "s", "of sayso's");
    let row = |name: &str, cpu_s: f64| println!("{name:<44} {cpu_s:>9.3} {:>10.1}", cpu_s / sayso);
    row("sayso-weigh, arranging and model", sayso);
    row("sayso-weigh, model alone", seconds(&ours, "sayso_model_only_cpu_s")?);
    let datafrog = seconds(&ours, "datafrog_cpu_s")?;
    row("datafrog", datafrog);
    if let Some(clingo) = &clingo {
        row("clingo, reading the facts included", seconds(clingo, "cpu_s")?);
        for key in ["standing_statements", "standing_claims"] {
            if clingo[key] != ours[key] {
                bail!("clingo finds {} = {}, sayso-weigh {}", key, clingo[key], ours[key]);
            }
        }
    }
    println!("All find the same to stand.");
    if datafrog < AHEAD * sayso {
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

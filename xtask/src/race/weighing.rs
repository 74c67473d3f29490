//! `cargo xtask race weighing [STATEMENTS] [--record FILE]`: what holds in one positive ledger, found by sayso-weigh,
//! by datafrog and by clingo from the same facts, and compared number by number.

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// The ledger that is raced on, unless another size is named.
const STATEMENTS: &str = "1000000";

/// How many times faster than datafrog the model has to be found. Arranging is shown and not compared: it is done
/// once a ledger, and sayso-weigh arranges for what-if, dates and sources as well.
const AHEAD: f64 = 4.0;

pub(super) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let mut statements = STATEMENTS;
    let mut record = None;
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--record" => record = Some(rest.next().context("--record needs a file")?),
            number => statements = number,
        }
    }
    let folder = std::env::temp_dir().join(format!("sayso-race-{}", std::process::id()));
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let ended = race(root, statements, &folder);
    // What is left behind is in the way of nobody.
    let _ = std::fs::remove_dir_all(&folder);
    let figures = ended?;
    show(&figures)?;
    if let Some(path) = record {
        let text = serde_json::to_string_pretty(&figures)? + "\n";
        std::fs::write(root.join(path), text).with_context(|| format!("cannot write {path}"))?;
    }
    let ahead = figure(&figures, &["ahead_of_datafrog", "model"])?;
    ensure!(ahead >= AHEAD, "sayso-weigh was less than {AHEAD} times as fast as datafrog");
    Ok(())
}

/// Runs all three, compares what holds, and gives the figures with their ratios.
fn race(root: &Path, statements: &str, folder: &Path) -> Result<Value> {
    let [facts, ours, clingos] = ["facts.lp", "held", "held-clingo"].map(|name| folder.join(name));
    let mut bench = Command::new(env!("CARGO"));
    bench.args(["bench", "--quiet", "-p", "sayso-weigh", "--bench", "weighing", "--", "--race"]);
    bench
        .args(["--statements", statements, "--facts"])
        .arg(&facts)
        .arg("--held")
        .arg(&ours)
        .current_dir(root);
    let mut figures = answer(&mut bench)?;
    let seconds = |engine: &str, key: &str| figure(&figures, &[engine, key]);
    let model_s = seconds("sayso", "model_cpu_s")?;
    let whole_s = seconds("sayso", "arrange_cpu_s")? + model_s;
    let datafrog_s = seconds("datafrog", "model_cpu_s")?;
    let datafrog_whole_s = seconds("datafrog", "arrange_cpu_s")? + datafrog_s;
    figures["ahead_of_datafrog"] =
        json!({ "model": datafrog_s / model_s, "with_arranging": datafrog_whole_s / whole_s });
    if !has_clingo(root) {
        eprintln!(
            "NOTICE: clingo was left out, since python3 cannot import it; `pip install clingo` brings it in"
        );
        return Ok(figures);
    }
    let mut peer = Command::new("python3");
    peer.arg("benchmarks/weighing/clingo_peer.py").arg(&facts).arg(&clingos).current_dir(root);
    figures["clingo"] = answer(&mut peer)?;
    if std::fs::read(&ours)? != std::fs::read(&clingos)? {
        bail!("clingo and sayso-weigh do not agree on what holds");
    }
    let clingo_s = figure(&figures, &["clingo", "model_cpu_s"])?;
    let clingo_whole_s = figure(&figures, &["clingo", "read_cpu_s"])? + clingo_s;
    figures["ahead_of_clingo"] =
        json!({ "model": clingo_s / model_s, "with_arranging": clingo_whole_s / whole_s });
    Ok(figures)
}

fn show(figures: &Value) -> Result<()> {
    println!(
        "{} statements, {} of them hold, and {} of {} claims; all found the same",
        figures["statements"], figures["standing_statements"], figures["standing_claims"], figures["claims"]
    );
    println!("{:<12} {:>14} {:>10}", "CPU seconds", "arranging", "model");
    for (engine, arranging) in
        [("sayso", "arrange_cpu_s"), ("datafrog", "arrange_cpu_s"), ("clingo", "read_cpu_s")]
    {
        if figures.get(engine).is_some() {
            let (arrange_s, model_s) =
                (figure(figures, &[engine, arranging])?, figure(figures, &[engine, "model_cpu_s"])?);
            println!("{engine:<12} {arrange_s:>14.3} {model_s:>10.3}");
        }
    }
    for (engine, key) in [("datafrog", "ahead_of_datafrog"), ("clingo", "ahead_of_clingo")] {
        if figures.get(key).is_some() {
            let (model, whole) =
                (figure(figures, &[key, "model"])?, figure(figures, &[key, "with_arranging"])?);
            println!(
                "{engine} takes {model:.1} times as long for the model, {whole:.2} times with arranging"
            );
        }
    }
    Ok(())
}

fn figure(figures: &Value, path: &[&str]) -> Result<f64> {
    let found = path.iter().try_fold(figures, |value, key| value.get(key));
    found.and_then(Value::as_f64).with_context(|| format!("no {} among the figures", path.join(".")))
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

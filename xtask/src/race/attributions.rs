//! `cargo xtask race attributions [TEXTS.jsonl]`: texts to linked statements on one core, all the way from the bytes.
//!
//! Without a file it reads made-up pages. No peer runs beside it: those there are (spaCy with textacy, Citron) need
//! models that no package registry has. The figures go to `benchmarks/attributions.json`.

use super::cpu::measure;
use super::read::write_pages;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How often the texts are read; the median counts.
const TURNS: usize = 5;

/// How many pages are made up where no texts are given.
const PAGES: usize = 500;

/// Runs the race.
pub(super) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let folder = root.join("target/race-attributions");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let (texts, nothing) = (folder.join("texts"), folder.join("nothing"));
    std::fs::create_dir_all(&nothing).with_context(|| format!("cannot make {}", nothing.display()))?;
    let what = match arguments {
        [] => {
            write_pages(&texts, PAGES)?;
            "made-up pages".to_owned()
        }
        [path] => {
            write_texts(Path::new(path), &texts)?;
            let name = Path::new(path).file_name().unwrap_or_default();
            name.to_string_lossy().into_owned()
        }
        _ => bail!("race attributions takes one file of JSON lines with a `text` at most"),
    };
    let program = build(root)?;
    let read = |folder: &Path| -> Result<f64> {
        let mut taken: Vec<f64> = Vec::new();
        for _ in 0..TURNS {
            taken.push(measure(Command::new(&program).arg(folder).stdout(Stdio::null()))?.cpu_s);
        }
        taken.sort_by(f64::total_cmp);
        Ok(taken[TURNS / 2])
    };
    let (start_s, cpu_s) = (read(&nothing)?, read(&texts)?);
    let counts = Command::new(&program).arg(&texts).output()?.stdout;
    let (tokens, statements) = counted(&String::from_utf8_lossy(&counts))?;
    let speed = tokens as f64 / (cpu_s - start_s).max(1e-9);
    println!("{what}: {tokens} tokens, {statements} statements; medians of {TURNS} runs");
    println!("{start_s:>10.3} s of CPU time to start, {:.3} s to read", cpu_s - start_s);
    println!("{speed:>10.0} tokens a CPU second");
    let figures = json!({
        "texts": what,
        "tokens": tokens,
        "statements": statements,
        "start_cpu_s": rounded(start_s),
        "read_cpu_s": rounded(cpu_s - start_s),
        "tokens_per_cpu_s": speed.round(),
    });
    let path = root.join("benchmarks/attributions.json");
    std::fs::write(&path, format!("{figures:#}\n"))
        .with_context(|| format!("cannot write {}", path.display()))
}

fn rounded(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

/// Writes the texts of JSON lines into a folder, a file each.
fn write_texts(lines: &Path, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let all = std::fs::read_to_string(lines).with_context(|| format!("cannot read {}", lines.display()))?;
    for (number, line) in all.lines().enumerate() {
        let line: Value =
            serde_json::from_str(line).with_context(|| format!("{}:{}", lines.display(), number + 1))?;
        let text = line["text"].as_str().with_context(|| format!("line {} has no text", number + 1))?;
        std::fs::write(folder.join(format!("{number:05}.txt")), text)?;
    }
    Ok(())
}

/// Builds the program that reads, and says where it is.
fn build(root: &Path) -> Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let build = ["build", "--release", "-p", "sayso-read", "--example", "read_texts"];
    measure(Command::new(env!("CARGO")).current_dir(root).args(build))?;
    Ok(target.join("release/examples/read_texts"))
}

/// The tokens and statements that the program counted.
fn counted(line: &str) -> Result<(usize, usize)> {
    let (tokens, statements) =
        line.trim().split_once(' ').with_context(|| format!("no two counts in {line:?}"))?;
    Ok((tokens.parse()?, statements.parse()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_two_numbers() {
        assert_eq!(counted("12 3\n").ok(), Some((12, 3)));
        assert!(counted("").is_err() && counted("12 three").is_err());
    }
}

//! `cargo xtask race cascade ANSWERS.jsonl`: what the cascade finds and how fast, for each doubt from which on it asks the
//! careful reader.
//!
//! The figures go to `benchmarks/cascade.json`, and their picture to `docs/careful-curve.svg`.

mod curve;

use super::cpu::measure;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How often each is measured; the median speed counts.
const TURNS: usize = 3;
/// Doubted attributions a token from which on the careful reader is asked.
const DOUBTS: [f64; 10] = [0.03, 0.025, 0.02, 0.0175, 0.015, 0.0125, 0.01, 0.0075, 0.005, 0.003];
/// The one that is built in (`DOUBT_A_TOKEN` of `sayso-read`, which a test looks up).
const BUILT_IN: f64 = 0.0075;
const MODEL: &str = "crates/sayso-read/models/careful.safetensors";

/// What reads: the fast reader, a cascade, the careful one.
#[derive(Clone, Copy, PartialEq)]
enum Reader {
    Fast,
    Cascade(f64),
    Careful,
}

/// Figures in percent, and tokens a CPU second.
struct Measured {
    reader: Reader,
    exact: [f64; 3],
    one_to_one: [f64; 3],
    tokens_per_cpu_s: f64,
}

/// Runs the race.
pub(super) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let [answers] = arguments else { bail!("race cascade takes one file of texts with their answers") };
    if !Path::new(answers).exists() {
        bail!("{answers} is missing: texts with their answers are not part of this repository");
    }
    let program = build(root)?;
    let readers = [Reader::Fast].into_iter().chain(DOUBTS.map(Reader::Cascade)).chain([Reader::Careful]);
    println!("{:<12} {:>24} {:>24} {:>14}", "doubt", "exact", "one to one", "tokens/CPU s");
    let mut all = Vec::new();
    let mut tokens = 0.0;
    for reader in readers {
        let measured = measured(root, &program, answers, reader, &mut tokens)?;
        println!(
            "{:<12} {:>24} {:>24} {:>14.0}",
            match reader {
                Reader::Fast => "never".to_owned(),
                Reader::Cascade(doubt) => doubt.to_string(),
                Reader::Careful => "always".to_owned(),
            },
            shown(&measured.exact),
            shown(&measured.one_to_one),
            measured.tokens_per_cpu_s
        );
        all.push(measured);
    }
    let name = Path::new(answers).file_name().unwrap_or_default().to_string_lossy().into_owned();
    write(&root.join("benchmarks/cascade.json"), &format!("{:#}\n", record(&name, tokens, &all)))?;
    write(&root.join("docs/careful-curve.svg"), &curve::picture(&all))
}

/// The figures as they are kept.
fn record(name: &str, tokens: f64, all: &[Measured]) -> Value {
    let rows: Vec<Value> = all
        .iter()
        .map(|measured| {
            let [exact, one] = [&measured.exact, &measured.one_to_one];
            json!({
                "from": match measured.reader {
                    Reader::Fast => Value::Null,
                    Reader::Cascade(doubt) => json!(doubt),
                    Reader::Careful => json!(0),
                },
                "exact": {"source": exact[0], "cue": exact[1], "content": exact[2]},
                "one_to_one": {"content": one[0], "with_source": one[1], "with_source_and_cue": one[2]},
                "tokens_per_cpu_s": measured.tokens_per_cpu_s,
            })
        })
        .collect();
    json!({"texts": name, "tokens": tokens, "threads": 1, "turns": TURNS, "doubt_a_token": rows})
}

fn write(path: &Path, content: &str) -> Result<()> {
    std::fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

fn shown(figures: &[f64; 3]) -> String {
    figures.map(|figure| format!("{figure:.1}")).join(" / ")
}

/// Builds the program that measures, and says where it is.
fn build(root: &Path) -> Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let build = ["build", "--release", "-p", "sayso-train"];
    measure(Command::new(env!("CARGO")).current_dir(root).args(build))?;
    Ok(target.join("release/sayso-train"))
}

fn measured(
    root: &Path,
    program: &Path,
    answers: &str,
    reader: Reader,
    tokens: &mut f64,
) -> Result<Measured> {
    let mut speeds = Vec::new();
    let mut figures = Value::Null;
    for _ in 0..TURNS {
        let mut command = Command::new(program);
        command.args(["evaluate", "attributions", answers, "--json"]);
        if reader != Reader::Fast {
            command.arg("--careful").arg(root.join(MODEL));
        }
        if let Reader::Cascade(doubt) = reader {
            command.args(["--cascade", "--doubt", &doubt.to_string()]);
        }
        let out = command.output().with_context(|| format!("cannot run {}", program.display()))?;
        let (said, told) = (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
        // 1 is a figure below its floor, which is measured all the same.
        if !matches!(out.status.code(), Some(0 | 1)) {
            bail!("{} failed: {told}", program.display());
        }
        figures = serde_json::from_str(&said).with_context(|| format!("no figures: {told}"))?;
        speeds.push(speed(&told).with_context(|| format!("no speed in {told:?}"))?);
    }
    speeds.sort_by(f64::total_cmp);
    *tokens = figures["tokens"].as_f64().context("no count of tokens")?;
    let f1 = |name: &str| -> Result<f64> {
        let f1 = figures[name]["f1"].as_f64().with_context(|| format!("no figure {name}"))?;
        Ok((f1 * 1000.0).round() / 10.0)
    };
    Ok(Measured {
        reader,
        exact: [f1("exact/source")?, f1("exact/cue")?, f1("exact/content")?],
        one_to_one: [
            f1("attribution/content")?,
            f1("attribution/content+source")?,
            f1("attribution/content+source+cue")?,
        ],
        tokens_per_cpu_s: speeds[TURNS / 2],
    })
}

/// The speed out of "read 80 tokens in 2.00 s of CPU time: 40 tokens/s".
fn speed(told: &str) -> Option<f64> {
    let line = told.lines().find(|line| line.starts_with("read ") && line.ends_with(" tokens/s"))?;
    line.rsplit_once(": ")?.1.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_doubt_that_is_drawn_large_is_the_one_that_is_built_in() {
        let source = include_str!("../../../crates/sayso-read/src/statements/mod.rs");
        assert!(
            source.contains(&format!("const DOUBT_A_TOKEN: f32 = {BUILT_IN};")) && DOUBTS.contains(&BUILT_IN)
        );
    }

    #[test]
    fn the_speed_is_in_the_line_that_tells_it() {
        let told =
            "something else\nread 80 tokens in 2.00 s of CPU time: 40 tokens/s\nevery floor is reached\n";
        assert_eq!(speed(told), Some(40.0));
        assert_eq!(speed("read nothing"), None);
    }
}

//! `cargo xtask race reuse [DOCUMENTS]`: copied passages found by sayso, beside MinHash as datasketch (PyPI) has it.
//!
//! The figures are kept in `benchmarks/reuse.json`. The texts are made up of made-up words: half are originals, half are blocks of an original within words of their
//! own, so that what is contained in what is known.

use super::cpu::measure;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// MinHash LSH with 16 bands of 8 rows over 5-word shingles, the usual way to find copies.
const MINHASH: &str = r#"
import json, sys
try:
    from datasketch import MinHash, MinHashLSH
except ImportError:
    sys.exit("datasketch is missing: pip install datasketch")
lsh = MinHashLSH(num_perm=128, params=(16, 8))
for line in open(sys.argv[1], encoding="utf8"):
    row = json.loads(line)
    words = row["text"].lower().split()
    m = MinHash(num_perm=128)
    m.update_batch([" ".join(words[i:i + 5]).encode() for i in range(len(words) - 4)])
    for other in lsh.query(m):
        print(json.dumps({"a": other, "b": row["id"]}))
    lsh.insert(row["id"], m)
"#;

/// How often each runs; the median counts.
const TURNS: usize = 5;

/// Runs the race on so many documents, 12,000 unless told.
pub(super) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let documents: usize = match arguments {
        [] => 12_000,
        [count] => count.parse().context("give a number of documents")?,
        _ => bail!("race reuse takes one number of documents at most"),
    };
    let folder = root.join("target/race-reuse");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let input = folder.join("texts.jsonl");
    std::fs::write(&input, made_up(documents))?;
    std::fs::write(folder.join("minhash.py"), MINHASH)?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    measure(Command::new(env!("CARGO")).current_dir(root).args(["build", "--release", "-p", "sayso-train"]))?;
    let program = target.join("release/sayso-train");
    let mut sayso = Command::new(&program);
    sayso.args(["predict", "reuse"]).arg(&input);
    let mut minhash = Command::new("python3");
    minhash.arg(folder.join("minhash.py")).arg(&input);
    println!("{:<12}{:>18}{:>9}{:>11}", "", "documents/CPU s", "recall", "precision");
    let mut record = serde_json::Map::new();
    record.insert("documents".to_owned(), documents.into());
    let mut racers = [("sayso", sayso, Vec::new()), ("datasketch", minhash, Vec::new())];
    // In turn, so that what else the machine does meanwhile falls on both.
    for _ in 0..TURNS {
        for (name, command, cpu_s) in &mut racers {
            let file = std::fs::File::create(folder.join(format!("{name}.jsonl")))?;
            cpu_s.push(measure(command.stdout(file))?.cpu_s);
        }
    }
    for (name, _, mut cpu_s) in racers {
        cpu_s.sort_by(f64::total_cmp);
        let (recall, precision) = score(&program, &input, &folder.join(format!("{name}.jsonl")))?;
        let a_second = documents as f64 / cpu_s[TURNS / 2].max(1e-9);
        println!("{name:<12}{a_second:>18.0}{recall:>9.3}{precision:>11.3}");
        let figures =
            json!({ "documents_per_cpu_s": a_second.round(), "recall": recall, "precision": precision });
        record.insert(name.to_owned(), figures);
    }
    let path = root.join("benchmarks/reuse.json");
    std::fs::write(&path, format!("{:#}\n", Value::Object(record)))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// JSON lines of texts.
fn made_up(documents: usize) -> String {
    let mut state = 1u64;
    let mut chance = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut words: Vec<Vec<usize>> = Vec::new();
    for at in 0..documents {
        let mut own: Vec<usize> = (0..200 + chance(400)).map(|_| chance(20_000)).collect();
        if at % 2 == 1 {
            let original = chance(at.div_ceil(2)) * 2;
            let from = chance(words[original].len() / 3);
            // The copy is a block quote: eight tenths of it are the original's words.
            let quoted: Vec<usize> = words[original][from..].iter().take(160).copied().collect();
            own.truncate(quoted.len() / 4);
            own.extend(quoted);
        }
        words.push(own);
    }
    let mut lines = String::new();
    for (at, words) in words.iter().enumerate() {
        let text: Vec<String> = words.iter().map(|word| format!("w{word}")).collect();
        let _ = writeln!(lines, r#"{{"id": {at}, "text": "{}"}}"#, text.join(" "));
    }
    lines
}

/// Recall and precision against the containment of every two texts, counted shingle by shingle.
fn score(program: &Path, texts: &Path, found: &Path) -> Result<(f64, f64)> {
    let mut evaluate = Command::new(program);
    evaluate.args(["evaluate", "reuse"]).arg(texts).arg("--predictions").arg(found).arg("--json");
    let said = evaluate.output().with_context(|| format!("cannot start {}", program.display()))?;
    let line = String::from_utf8_lossy(&said.stdout);
    let figures: Value = serde_json::from_str(line.trim())
        .with_context(|| format!("no figures: {}", String::from_utf8_lossy(&said.stderr)))?;
    let figure = |key: &str| figures[key].as_f64().with_context(|| format!("no {key} in {line}"));
    Ok((figure("r")?, figure("p")?))
}

//! `cargo xtask race reuse [DOCUMENTS]`: copied passages found by sayso, beside MinHash as datasketch (PyPI) has it.
//!
//! The texts are made up of made-up words: half are originals, half are blocks of an original within words of their
//! own, so that what is contained in what is known.

use super::cpu::measure;
use anyhow::{Context, Result, bail};
use std::collections::HashSet;
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

/// Runs the race on so many documents, 4,000 unless told.
pub(super) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let documents: usize = match arguments {
        [] => 4000,
        [count] => count.parse().context("give a number of documents")?,
        _ => bail!("race reuse takes one number of documents at most"),
    };
    let folder = root.join("target/race-reuse");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let (texts, copies) = made_up(documents);
    let input = folder.join("texts.jsonl");
    std::fs::write(&input, texts)?;
    std::fs::write(folder.join("minhash.py"), MINHASH)?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    measure(Command::new(env!("CARGO")).current_dir(root).args(["build", "--release", "-p", "sayso-train"]))?;
    let mut sayso = Command::new(target.join("release/sayso-train"));
    sayso.args(["predict", "reuse"]).arg(&input);
    let mut minhash = Command::new("python3");
    minhash.arg(folder.join("minhash.py")).arg(&input);
    println!("{:<12}{:>18}{:>9}{:>11}", "", "documents/CPU s", "recall", "precision");
    for (name, command) in [("sayso", &mut sayso), ("datasketch", &mut minhash)] {
        let output = folder.join(format!("{name}.jsonl"));
        let file = std::fs::File::create(&output)?;
        let taken = measure(command.stdout(file))?;
        let found = pairs(&std::fs::read_to_string(&output)?)?;
        let right = found.intersection(&copies).count() as f64;
        let (recall, precision) = (right / copies.len().max(1) as f64, right / found.len().max(1) as f64);
        println!(
            "{name:<12}{:>18.0}{recall:>9.3}{precision:>11.3}",
            documents as f64 / taken.cpu_s.max(1e-9)
        );
    }
    Ok(())
}

/// JSON lines of texts, and the pairs of which one holds the better part of the other's words.
fn made_up(documents: usize) -> (String, HashSet<(usize, usize)>) {
    let mut state = 1u64;
    let mut chance = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut words: Vec<Vec<usize>> = Vec::new();
    let mut copies = HashSet::new();
    for at in 0..documents {
        let mut own: Vec<usize> = (0..200 + chance(400)).map(|_| chance(20_000)).collect();
        if at % 2 == 1 {
            let original = chance(at.div_ceil(2)) * 2;
            let from = chance(words[original].len() / 3);
            // The copy is a block quote: eight tenths of it are the original's words.
            let quoted: Vec<usize> = words[original][from..].iter().take(160).copied().collect();
            own.truncate(quoted.len() / 4);
            own.extend(quoted);
            copies.insert((original, at));
        }
        words.push(own);
    }
    let mut lines = String::new();
    for (at, words) in words.iter().enumerate() {
        let text: Vec<String> = words.iter().map(|word| format!("w{word}")).collect();
        let _ = writeln!(lines, r#"{{"id": {at}, "text": "{}"}}"#, text.join(" "));
    }
    (lines, copies)
}

/// The pairs of JSON lines `{"a": N, "b": N, ...}`, the lesser first.
fn pairs(lines: &str) -> Result<HashSet<(usize, usize)>> {
    let number = |line: &str, key: &str| -> Result<usize> {
        let after = line.split_once(key).with_context(|| format!("no {key} in {line}"))?.1;
        let digits: String = after.trim_start().chars().take_while(char::is_ascii_digit).collect();
        Ok(digits.parse()?)
    };
    let pair = |line| Ok((number(line, "\"a\":")?, number(line, "\"b\":")?));
    lines.lines().map(|line| pair(line).map(|(a, b)| (a.min(b), a.max(b)))).collect()
}

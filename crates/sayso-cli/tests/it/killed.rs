//! Killed at any moment, while reading, acting or exporting: what was reported is there, the ledger is whole, and the
//! work goes on from where it was.
//!
//! A few rounds by default; `SAYSO_KILLS=200` asks for as many as that.

use assert_cmd::Command;
use std::io::Read;
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::time::Duration;

const ROUNDS: u64 = 12;
/// So few pages are stored at once.
const PAGES: usize = 60;
/// So many are stored in two steps, so that a kill can fall between them: for the many rounds, which have the time.
const MANY_PAGES: usize = 300;

/// Runs `sayso`, and gives its output; it must do all that it is asked for.
fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::cargo_bin("sayso").unwrap().current_dir(folder).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "sayso {}: {said}", arguments.join(" "));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs `sayso`, kills it after so long, and gives what it had printed by then: whole lines only.
fn killed(folder: &Path, arguments: &[&str], after: Duration) -> Vec<String> {
    let mut child = Process::new(env!("CARGO_BIN_EXE_sayso"))
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(after);
    // It may have ended by itself; then there is nothing to kill.
    let _ = child.kill();
    let mut printed = String::new();
    child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
    child.wait().unwrap();
    let whole = printed.rfind('\n').map_or("", |end| &printed[..end]);
    whole.lines().map(str::to_owned).collect()
}

fn value(line: &str) -> serde_json::Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

/// A number below `limit` that looks random and is the same each time the test runs.
fn some(round: u64, limit: u64) -> u64 {
    round.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29) % limit
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_reported() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let rounds = std::env::var("SAYSO_KILLS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS);
    let many = rounds >= 100;
    let (pages, within_ms) = if many { (MANY_PAGES, 600) } else { (PAGES, 90) };
    write_pages(folder, "first", pages);
    done(folder, &["read", "first"]);
    let mut reading = 0;
    for round in 0..rounds {
        let after = Duration::from_millis(some(round, within_ms));
        match round % 3 {
            0 => {
                let name = format!("pages-{round}");
                write_pages(folder, &name, pages);
                let reported = killed(folder, &["read", &name, "--json"], after);
                reading += usize::from((1..pages).contains(&reported.len()));
                if let Some(last) = reported.last() {
                    let id = value(last)["document"]["id"].as_str().unwrap().to_owned();
                    done(folder, &["document", &id, "--json"]);
                }
                let resumed = done(folder, &["read", &name, "--json"]);
                assert_eq!(resumed.lines().count(), pages);
            }
            1 => {
                let because = format!("round {round}");
                let act = ["discredit", "Ilse Marwick", "--because", &because, "--by", "a tester", "--json"];
                let reported = killed(folder, &act, after);
                let log = done(folder, &["log", "--json"]);
                if let Some(line) = reported.first() {
                    let id = value(line)["act"]["id"].as_str().unwrap().to_owned();
                    assert!(log.contains(&id), "act {id} was reported and is not in the log");
                }
            }
            _ => {
                let out = format!("export-{round}.jsonl");
                let whole = done(folder, &["export", "--format", "jsonl"]);
                killed(folder, &["export", "--format", "jsonl", "--output", &out], after);
                // Under its name there is a whole export or none.
                if let Ok(exported) = std::fs::read_to_string(folder.join(&out)) {
                    assert_eq!(exported, whole);
                }
                done(folder, &["export", "--format", "jsonl", "--output", &out]);
            }
        }
        done(folder, &["verify", "--all"]);
    }
    // Kills that all come too early or too late would show nothing.
    assert!(!many || reading > 0, "no kill fell into the middle of a reading");
}

fn write_pages(folder: &Path, name: &str, pages: usize) {
    std::fs::create_dir(folder.join(name)).unwrap();
    for number in 0..pages {
        let page = format!(
            "\"Barrel {number} of {name} was empty,\" said Ilse Marwick on Monday.\n\nA senior official said the \
             harbour had been shut for {number} days.\n"
        );
        std::fs::write(folder.join(name).join(format!("{number:04}.txt")), page).unwrap();
    }
}

//! `cargo xtask race pages FOLDER`: how many pages a CPU-second each reader turns into text, one thread each.
//!
//! FOLDER holds `*.html` or `*.html.gz`. The Python peers are installed into an environment that is thrown away; the
//! Rust one is the crate in `benchmarks/pages`, outside the workspace. Ours extracts everything it knows: article,
//! quotations, links, notices, comments, times. The figures are kept in `benchmarks/pages.json`.

use super::cpu;
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Each reader runs so often, and the median counts.
const TURNS: usize = 3;

/// What each peer in Python is called, its package, and the lines that give the text of `page`.
const PEERS: &[(&str, &str, &str, &str)] = &[
    ("trafilatura", "trafilatura", "from trafilatura import extract", "extract(page)"),
    ("trafilatura, fast", "trafilatura", "from trafilatura import extract", "extract(page, fast=True)"),
    (
        "resiliparse",
        "resiliparse",
        "from resiliparse.extract.html2text import extract_plain_text",
        "extract_plain_text(page, main_content=True, comments=False)",
    ),
];

/// A reader, the command that does nothing but start it, and what follows to make it read the folder.
struct Runner {
    name: String,
    version: String,
    program: PathBuf,
    before: Vec<String>,
}

pub(super) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let [folder] = arguments else { bail!("name a folder of pages: `cargo xtask race pages FOLDER`") };
    let folder = Path::new(folder)
        .canonicalize()
        .with_context(|| format!("{folder} is missing; name a folder of pages"))?;
    let environment = std::env::temp_dir().join(format!("sayso-race-{}", std::process::id()));
    let ended = race(root, &folder, &environment);
    // Nothing is lost if it was never made.
    let _ = std::fs::remove_dir_all(&environment);
    ended
}

fn race(root: &Path, folder: &Path, environment: &Path) -> Result<()> {
    let pages = std::fs::read_dir(folder)?.count();
    if pages == 0 {
        bail!("{} is empty; name a folder of pages", folder.display());
    }
    let mut runners = vec![ours(root)?, dom_smoothie(root)?];
    runners.extend(python(environment)?);
    println!("{:<20} {:>10} {:>14} {:>24}", "", "version", "pages/CPU-s", "ours is so much faster");
    let (mut own, mut rows) = (0.0, Vec::new());
    for runner in &runners {
        let pages_per_cpu_s = pages as f64 / cpu_s(runner, folder)?;
        if rows.is_empty() {
            own = pages_per_cpu_s;
        }
        let ratio = own / pages_per_cpu_s;
        println!("{:<20} {:>10} {pages_per_cpu_s:>14.0} {ratio:>24.2}", runner.name, runner.version);
        rows.push(json!({
            "name": runner.name,
            "version": runner.version,
            "pages_per_cpu_s": (pages_per_cpu_s * 10.0).round() / 10.0,
            "sayso_is_faster": (ratio * 100.0).round() / 100.0,
        }));
    }
    let record = json!({"pages": pages, "turns": TURNS, "threads": 1, "readers": rows});
    let path = root.join("benchmarks/pages.json");
    std::fs::write(&path, format!("{record:#}\n")).with_context(|| format!("cannot write {}", path.display()))
}

/// The median CPU time of reading the folder; starting a program and loading what it needs is no part of it.
fn cpu_s(runner: &Runner, folder: &Path) -> Result<f64> {
    let mut turns = Vec::new();
    for _ in 0..TURNS {
        let command = || {
            let mut command = Command::new(&runner.program);
            command.args(&runner.before).stdout(std::process::Stdio::null());
            command
        };
        let idle = cpu::measure(&mut command())?;
        let busy = cpu::measure(command().arg(folder))?;
        turns.push((busy.cpu_s - idle.cpu_s).max(1e-6));
    }
    turns.sort_by(f64::total_cmp);
    Ok(turns[TURNS / 2])
}

fn ours(root: &Path) -> Result<Runner> {
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--quiet", "--release", "-p", "sayso-read", "--example", "read_page"]);
    cpu::measure(build.current_dir(root))?;
    Ok(Runner {
        name: "sayso".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        program: target(root).join("release/examples/read_page"),
        before: vec!["--count".to_owned()],
    })
}

fn dom_smoothie(root: &Path) -> Result<Runner> {
    let folder = root.join("benchmarks/pages");
    let target = target(root).join("race-pages");
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--quiet", "--release"]).env("CARGO_TARGET_DIR", &target);
    cpu::measure(build.current_dir(&folder))?;
    let lock = std::fs::read_to_string(folder.join("Cargo.lock"))?;
    let entry = lock.split("name = \"dom_smoothie\"").nth(1);
    let version = entry.and_then(|entry| entry.split('"').nth(1)).unwrap_or_default().to_owned();
    let program = target.join("release/pages-peer");
    Ok(Runner { name: "dom_smoothie".to_owned(), version, program, before: Vec::new() })
}

fn python(environment: &Path) -> Result<Vec<Runner>> {
    cpu::measure(Command::new("python3").args(["-m", "venv"]).arg(environment))?;
    let python = environment.join("bin/python");
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "trafilatura", "lxml_html_clean", "resiliparse"]);
    cpu::measure(&mut install)?;
    PEERS
        .iter()
        .map(|(name, package, import, call)| {
            let script = format!(
                "import gzip, pathlib, sys\n{import}\n\
                 for path in pathlib.Path(sys.argv[1]).iterdir() if len(sys.argv) > 1 else []:\n    \
                 raw = path.read_bytes()\n    \
                 page = (gzip.decompress(raw) if raw[:2] == b'\\x1f\\x8b' else raw).decode('utf-8', 'replace')\n    \
                 {call}\n"
            );
            let asked = format!("from importlib.metadata import version; print(version('{package}'))");
            let told = Command::new(&python).args(["-c", &asked]).output()?;
            Ok(Runner {
                name: (*name).to_owned(),
                version: String::from_utf8_lossy(&told.stdout).trim().to_owned(),
                program: python.clone(),
                before: vec!["-c".to_owned(), script],
            })
        })
        .collect()
}

fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into)
}

//! `cargo xtask race pages FOLDER`: how many pages a CPU-second each reader turns into text, one thread each.
//!
//! The peers are installed into a throw-away Python environment. FOLDER holds `*.html` or `*.html.gz`.

use super::cpu;
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;

/// What each peer is called, and the Python that gives the text of `page`.
const PEERS: &[(&str, &str, &str)] = &[
    ("trafilatura", "from trafilatura import extract", "extract(page)"),
    ("trafilatura, fast", "from trafilatura import extract", "extract(page, fast=True)"),
    (
        "resiliparse",
        "from resiliparse.extract.html2text import extract_plain_text",
        "extract_plain_text(page, main_content=True, comments=False)",
    ),
];

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
    let count = std::fs::read_dir(folder)?.count() as f64;
    let mut build = Command::new(env!("CARGO"));
    build
        .args(["build", "--quiet", "--release", "-p", "sayso-read", "--example", "read_page"])
        .current_dir(root);
    cpu::measure(&mut build)?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let ours =
        cpu::measure(Command::new(target.join("release/examples/read_page")).arg("--count").arg(folder))?;
    println!("{:<20} {:>14} {:>8}", "", "pages/CPU-s", "ratio");
    let own = count / ours.cpu_s;
    println!("{:<20} {own:>14.0} {:>8.1}", "sayso", 1.0);

    cpu::measure(Command::new("python3").args(["-m", "venv"]).arg(environment))?;
    let python = environment.join("bin/python");
    cpu::measure(Command::new(&python).args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "trafilatura",
        "resiliparse",
    ]))?;
    for (name, import, call) in PEERS {
        let script = format!(
            "import gzip, pathlib, sys\n{import}\nfor path in pathlib.Path(sys.argv[1]).iterdir() if len(sys.argv) > 1 else []:\n    \
             raw = path.read_bytes()\n    page = (gzip.decompress(raw) if raw[:2] == b'\\x1f\\x8b' else raw).decode('utf-8', 'replace')\n    {call}\n"
        );
        // Starting Python and loading its modules is no part of reading a page.
        let idle = cpu::measure(Command::new(&python).args(["-c", &script]))?;
        let busy = cpu::measure(Command::new(&python).args(["-c", &script]).arg(folder))?;
        let pages = count / (busy.cpu_s - idle.cpu_s).max(1e-6);
        println!("{name:<20} {pages:>14.0} {:>8.1}", own / pages);
    }
    Ok(())
}

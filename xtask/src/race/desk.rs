//! `cargo xtask race desk [STATEMENTS]`: opening, asking, acting, reading and linking on a made-up ledger.
//!
//! No other program does this job, so ours runs alone, and the figures are kept in `benchmarks/desk.json`. The ledger
//! is made by the first run and kept in the target folder.

use super::cpu::measure;
use super::read::write_pages;
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

/// The ledger that is raced on, unless another size is named.
const STATEMENTS: &str = "1000000";

/// How many pages are read into it.
const PAGES: usize = 1_000;

pub(super) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let statements = match arguments {
        [] => STATEMENTS,
        [count] => count,
        _ => bail!("race desk takes one number of statements at most"),
    };
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let folder = target.join("race-desk");
    let pages = folder.join("pages");
    write_pages(&pages, PAGES)?;
    let mut bench = Command::new(env!("CARGO"));
    bench.args(["bench", "--quiet", "-p", "sayso", "--bench", "desk", "--", "--statements", statements]);
    bench.arg("--folder").arg(&folder).arg("--pages").arg(&pages);
    bench.arg("--record").arg(root.join("benchmarks/desk.json")).current_dir(root);
    measure(&mut bench).map(|_| ())
}

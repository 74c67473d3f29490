//! `cargo xtask check`: all that CI runs, in the order in which a fault shows soonest.

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;

/// What is run, as a user would type it. Documentation, schemas and the command-line reference are kept as
/// snapshots by ordinary tests, so `cargo test` checks those too; `cargo doc` finds links in the code's own documentation
/// that lead nowhere.
const STEPS: &[&str] = &[
    "cargo fmt --all --check",
    "cargo clippy --workspace --all-targets --quiet -- -D warnings",
    "cargo test --workspace --quiet",
    "cargo doc --workspace --no-deps --document-private-items --quiet",
];

/// Runs every step, and stops at the first that fails.
pub(crate) fn run(root: &Path) -> Result<()> {
    crate::tidy::run(root)?;
    for line in STEPS {
        eprintln!("+ {line}");
        let mut words = line.split(' ');
        let status = Command::new(words.next().expect("a line has words"))
            .args(words)
            // Private items are documented too, so links to them lead somewhere.
            .env("RUSTDOCFLAGS", "-D warnings -A rustdoc::private-intra-doc-links")
            .current_dir(root)
            .status()
            .with_context(|| format!("cannot start `{line}`"))?;
        if !status.success() {
            bail!("`{line}` failed; run it by itself to see more");
        }
    }
    eprintln!("all is well");
    Ok(())
}

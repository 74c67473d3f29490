//! `cargo xtask check`: all that CI runs, in the order in which a fault shows soonest.

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;

/// What no everyday build has, and what it needs.
const CAREFUL: &str = "sayso-read/careful,sayso-cli/careful,sayso-train/careful";

/// What is run, as a user would type it. Documentation, schemas and the command-line reference are kept as
/// snapshots by ordinary tests, so `cargo test` checks those too; `cargo doc` finds links in the code's own documentation that lead nowhere.
const STEPS: &[&[&str]] = &[
    &["cargo", "fmt", "--all", "--check"],
    &["cargo", "clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"],
    &[
        "cargo",
        "clippy",
        "-p",
        "sayso-read",
        "-p",
        "sayso-cli",
        "-p",
        "sayso-train",
        "--all-targets",
        "--features",
        CAREFUL,
        "--quiet",
        "--",
        "-D",
        "warnings",
    ],
    &["cargo", "test", "--workspace", "--quiet"],
    &[
        "cargo",
        "test",
        "-p",
        "sayso-read",
        "-p",
        "sayso-cli",
        "-p",
        "sayso-train",
        "--features",
        CAREFUL,
        "--test",
        "it",
        "careful",
    ],
    &["cargo", "doc", "--workspace", "--no-deps", "--document-private-items", "--quiet"],
];

/// Runs every step, and stops at the first that fails.
pub(crate) fn run(root: &Path) -> Result<()> {
    crate::tidy::run(root)?;
    for step in STEPS {
        let line = step.join(" ");
        eprintln!("+ {line}");
        let status = Command::new(step[0])
            .args(&step[1..])
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

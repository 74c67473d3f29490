//! The command-line reference: `docs/cli.md` is what `--help` says, and cannot drift from it.

use assert_cmd::Command;
use std::path::Path;

fn help(arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("sayso").unwrap();
    let output = command.env("COLUMNS", "100").args(arguments).arg("--help").output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// The commands, as `sayso --help` lists them.
fn verbs(help: &str) -> Vec<&str> {
    let list = help.split("Commands:\n").nth(1).unwrap();
    list.lines()
        .take_while(|line| !line.is_empty())
        // What is indented further goes on from the line above.
        .filter(|line| !line.starts_with("   "))
        .map(|line| line.split_whitespace().next().unwrap())
        .collect()
}

#[test]
fn the_reference_is_what_help_says() {
    let all = help(&[]);
    let mut reference = format!(
        "# The commands\n\nThis page is what `--help` prints; a test keeps it so. After a change that was meant, run\n\
         `SAYSO_UPDATE_DOCS=1 cargo test -p sayso-cli`.\n\n## sayso\n\n```text\n{all}```\n"
    );
    for verb in verbs(&all).into_iter().filter(|&verb| verb != "help") {
        reference += &format!("\n## sayso {verb}\n\n```text\n{}```\n", help(&[verb]));
    }
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/cli.md"));
    if std::env::var_os("SAYSO_UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &reference).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == reference, "docs/cli.md is out of step; run SAYSO_UPDATE_DOCS=1 cargo test -p sayso-cli");
}

//! The program from outside: what it prints, where it says what is wrong, and how it ends.

mod answers;
mod corpus;
mod evaluate;
mod examples;
mod predict;
mod sample;
mod seeds;

use assert_cmd::Command;
use std::path::Path;
use tempfile::TempDir;

/// Runs `sayso-train` in a folder of its own; gives its exit code, what it printed, and what it said.
fn run(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("sayso-train").expect("cargo builds the program for its tests");
    let output = command.current_dir(folder.path()).args(arguments).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("what it prints is UTF-8");
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

/// A new folder with files: paths and what is in them.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("there is a folder for temporary files");
    for (path, text) in files {
        let path: &Path = &folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a file stands in a folder"))
            .expect("folders can be made");
        std::fs::write(path, text).expect("files can be written");
    }
    folder
}

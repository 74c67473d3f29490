//! What is reported as stored is there: after a kill, with two programs at once, and read twice; and what cannot be read
//! or stored is said.

use assert_cmd::Command;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command as Process, Stdio};

struct Ended {
    out: String,
    said: String,
    code: Option<i32>,
}

fn sayso(folder: &Path, arguments: &[&str]) -> Ended {
    let output = Command::cargo_bin("sayso").unwrap().current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ended { out: text(output.stdout), said: text(output.stderr), code: output.status.code() }
}

/// A folder of so many different pages, called `NAME/0000.txt` and so on.
fn pages(folder: &Path, name: &str, count: usize) {
    std::fs::create_dir(folder.join(name)).unwrap();
    for number in 0..count {
        let page = format!("\"Barrel {number} of {name} was empty,\" said Ilse Marwick on Monday.\n");
        std::fs::write(folder.join(name).join(format!("{number:04}.txt")), page).unwrap();
    }
}

/// The ids of the documents in lines of `sayso read --json`; a line that was cut off is not one.
fn ids(lines: &str) -> Vec<String> {
    let reports = lines.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    reports.filter_map(|report| report["document"]["id"].as_str().map(str::to_owned)).collect()
}

fn assert_stored(folder: &Path, ids: &[String]) {
    for id in ids {
        let shown = sayso(folder, &["document", id, "--json"]);
        assert_eq!(shown.code, Some(0), "{id} is not in the ledger: {}", shown.said);
    }
}

#[test]
fn a_kill_loses_nothing_that_was_reported() {
    let folder = tempfile::tempdir().unwrap();
    pages(folder.path(), "pages", 2_000);
    let mut child = Process::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["read", "pages", "--json"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut reported = String::new();
    out.read_line(&mut reported).unwrap();
    child.kill().unwrap();
    out.read_to_string(&mut reported).unwrap();
    child.wait().unwrap();
    let mut reported = ids(&reported);
    // Two thousand lines do not fit in the pipe, so that the kill comes before the end.
    assert!((1..2_000).contains(&reported.len()), "{} reported", reported.len());
    // Every lookup is a process: the last reports are those that a kill could lose.
    let last = reported.split_off(reported.len().saturating_sub(20));
    assert_stored(folder.path(), &last);
    let rest = sayso(folder.path(), &["read", "pages", "--json"]);
    assert_eq!((ids(&rest.out).len(), rest.code), (2_000, Some(0)), "{}", rest.said);
}

#[test]
fn two_programs_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["east", "west"];
    names.iter().for_each(|name| pages(folder.path(), name, 300));
    let children = names.map(|name| {
        Process::new(env!("CARGO_BIN_EXE_sayso"))
            .args(["read", name])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    });
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    for name in names {
        let again = sayso(folder.path(), &["read", name]);
        assert!(again.said.ends_with("300 known already\n"), "{}", again.said);
    }
}

/// One reads what a source said while another, again and again, no longer believes it and believes it again. Whichever
/// comes last to a claim must have seen what the other did.
#[test]
fn acts_done_while_pages_are_read_count_for_all_of_them() {
    const PAGES: usize = 1_500;
    let folder = tempfile::tempdir().unwrap();
    pages(folder.path(), "first", 1);
    assert_eq!(sayso(folder.path(), &["read", "first"]).code, Some(0));
    pages(folder.path(), "pages", PAGES);
    let mut child = Process::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["read", "pages"])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let because = ["--because", "to see", "--by", "a tester", "--json"];
    let mut acts: Vec<String> = Vec::new();
    let mut while_reading = 0;
    loop {
        let act = match acts.last() {
            Some(last) if acts.len() % 2 == 1 => vec!["undo", last],
            _ => vec!["discredit", "Ilse Marwick"],
        };
        let done = sayso(folder.path(), &[&act[..], &because[..]].concat());
        assert_eq!(done.code, Some(0), "{}", done.said);
        let report: serde_json::Value = serde_json::from_str(&done.out).unwrap();
        acts.push(report["act"]["id"].as_str().unwrap().to_owned());
        let ended = child.try_wait().unwrap();
        while_reading += usize::from(ended.is_none());
        if let Some(ended) = ended
            && acts.len() % 2 == 1
        {
            assert!(ended.success());
            break;
        }
    }
    assert!(while_reading > 1, "no act was done while pages were read");
    let log = sayso(folder.path(), &["log", "--json"]).out;
    assert!(acts.iter().all(|act| log.contains(act.as_str())));
    let count = |arguments: &[&str]| sayso(folder.path(), arguments).out.lines().count();
    let (all, fallen) = (count(&["claims", "--json"]), count(&["claims", "--fallen", "--json"]));
    assert!(all > 1 && fallen == all, "{fallen} of {all} fell");
    assert_eq!(sayso(folder.path(), &["verify", "--all"]).code, Some(0));
}

#[test]
fn what_cannot_be_read_is_left_out_and_named_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    pages(folder.path(), "pages", 1);
    let write =
        |name: &str, bytes: &[u8]| std::fs::write(folder.path().join("pages").join(name), bytes).unwrap();
    write("binary.html", &[0, 159, 146, 150, 0, 1, 2, 3].repeat(64));
    write("empty.html", b"");
    write("latin.txt", b"\"The caf\xe9 was shut,\" said Ilse Marwick.");
    let read = sayso(folder.path(), &["read", "pages", "missing.html"]);
    assert_eq!(read.code, Some(1));
    insta::assert_snapshot!(format!("{}----\n{}", read.out, read.said));
}

#[test]
fn what_a_page_says_cannot_drive_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let page = "\"No \u{1b}[2J\u{202e}barrels\u{9b}31m,\" said Ilse Marwick.";
    std::fs::write(folder.path().join("page.txt"), page).unwrap();
    for arguments in [&["read", "page.txt"][..], &["read", "page.txt", "--json"]] {
        let read = sayso(folder.path(), arguments);
        assert!(!read.out.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{}", read.out.escape_debug());
        assert!(read.out.contains("barrels"));
    }
}

#[test]
fn a_file_that_is_no_ledger_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    pages(folder.path(), "pages", 1);
    std::fs::write(folder.path().join("sayso.db"), "a letter to my aunt, which is no database at all")
        .unwrap();
    let read = sayso(folder.path(), &["read", "pages"]);
    assert_eq!((read.out.as_str(), read.code), ("", Some(3)));
    assert_eq!(read.said, "error: sayso.db is no ledger of sayso\nhint: name another file: --ledger PATH\n");
}

#[test]
fn a_dry_run_leaves_no_ledger() {
    let folder = tempfile::tempdir().unwrap();
    pages(folder.path(), "pages", 1);
    let read = sayso(folder.path(), &["read", "pages", "--dry-run"]);
    assert_eq!(read.code, Some(0));
    assert!(read.out.contains("Ilse Marwick <- this page"), "{}", read.out);
    assert!(!folder.path().join("sayso.db").exists());
}

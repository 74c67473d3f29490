//! Acts on the example story: what would fall, what fell, what came back, and what the log, the corrections and the queue
//! say of it.

use assert_cmd::Command;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

struct Ended {
    out: String,
    said: String,
    code: Option<i32>,
}

fn sayso(folder: &Path, arguments: &[&str]) -> Ended {
    let mut command = Command::cargo_bin("sayso").unwrap();
    command.current_dir(folder).env_remove("COLUMNS").env("SAYSO_BY", "a tester").args(arguments);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ended { out: text(output.stdout), said: text(output.stderr), code: output.status.code() }
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let ended = sayso(folder, arguments);
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.said);
    ended.out
}

/// A folder with the example story in a ledger.
fn story() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    sayso(folder.path(), &["demo", "--ledger", "sayso.db"]);
    folder
}

/// Acts are named by a hash that holds their time, so that both differ from run to run.
fn steady(test: impl FnOnce()) {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"(act|undo) [0-9a-f]{10}", "$1 [act]");
    settings.add_filter(r"202[6-9]-\d\d-\d\dT\d\d:\d\d:\d\dZ", "[now]");
    settings.bind(test);
}

const DISCREDIT: [&str; 4] = ["discredit", "Northwire", "--because", "it took all of it from one man"];

#[test]
fn a_source_is_discredited_first_tried_then_done_then_undone() {
    let folder = story();
    let folder = folder.path();
    let tried = sayso(folder, &[&DISCREDIT[..], &["--dry-run"]].concat());
    assert_eq!((tried.code, tried.said.as_str()), (Some(0), "only tried: nothing was changed\n"));
    assert!(!done(folder, &["log"]).contains("discredit"), "it is in the log");
    let did = sayso(folder, &DISCREDIT);
    assert_eq!(did.out, tried.out, "doing differs from trying");
    let act = did.said.rsplit(' ').next().unwrap().trim().to_owned();
    let undone = done(folder, &["undo", &act]);
    let log = done(folder, &["log", "--on", "Northwire"]);
    steady(|| insta::assert_snapshot!(format!("{}----\n{undone}----\n{log}", tried.out)));
    assert_eq!(sayso(folder, &["undo", &act]).code, Some(1));
    assert!(done(folder, &["verify", "--deep"]).contains("the chain of 4 acts"));
}

#[test]
fn corrections_reach_everything_downstream_and_the_queue_shows_what_it_rests_on() {
    let folder = story();
    let folder = folder.path();
    let lines = done(folder, &["claims", "--json"]);
    let claims = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let stamps = claims
        .map(|claim| claim["id"].as_str().unwrap_or_default().to_owned())
        .map(|id| {
            serde_json::from_str::<serde_json::Value>(&done(folder, &["claim", &id, "--json"])).unwrap()
        })
        .find(|claim| claim["words"].as_str().unwrap_or_default().contains("filling stamps of April 2019"))
        .expect("the story says so");
    let mut chains = stamps["chains"].as_array().unwrap().iter();
    let wire = chains.find(|chain| chain["page"]["site"] == "Northwire").unwrap();
    let statement = wire["statement"].as_str().unwrap();
    done(folder, &["withdraw", statement, "--because", "the wire says that the stamps were misread"]);
    let corrections = done(folder, &["corrections"]);
    assert!(
        corrections.contains("in Saltmarsh Notes") && corrections.contains("downstream"),
        "{corrections}"
    );
    let queue = done(folder, &["review", "--list", "--limit", "4"]);
    steady(|| insta::assert_snapshot!(format!("{corrections}----\n{queue}")));
    assert_eq!(done(folder, &["corrections", "--since", "2100-01-01"]), "");
}

#[test]
fn the_queue_is_decided_line_by_line_and_does_not_come_back() {
    let folder = story();
    let waiting = |kind: &str| done(folder.path(), &["review", "--only", kind, "--json"]).lines().count();
    assert_eq!(waiting("distrust"), 1);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["review", "--only", "distrust", "--by", "a tester"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // Looks what would change, says yes, takes it back, says yes again.
    child.stdin.take().unwrap().write_all(b"w\ny\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && shown.ends_with("1 decided\n"), "{shown}");
    assert_eq!(waiting("distrust"), 0);
}

#[test]
fn what_cannot_be_done_says_what_to_do() {
    let folder = story();
    let fails = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("sayso").unwrap();
        for name in ["SAYSO_BY", "USER", "LOGNAME", "USERNAME"] {
            command.env_remove(name);
        }
        let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        format!("{arguments:?} exits with {:?}\n{said}", output.status.code())
    };
    let because = ["--because", "x", "--by", "a tester"];
    insta::assert_snapshot!(
        [
            fails(&["discredit", "Northwire", "--because", "x"]),
            fails(&["discredit", "Northwire", "--because", " ", "--by", "a tester"]),
            fails(&[&["discredit", "Northwir"][..], &because].concat()),
            fails(&[&["withdraw", "source:Northwire"][..], &because].concat()),
            fails(&[&["merge", "Northwire", "claim:0"][..], &because].concat()),
            fails(&["undo", "0000", "--by", "a tester"]),
        ]
        .join("\n")
    );
}

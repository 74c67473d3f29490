//! `sayso check` and `sayso trace`: what they print, and how they exit.

use assert_cmd::Command;
use std::path::{Path, PathBuf};

fn pages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../sayso/tests/it/check")
}

fn sayso(folder: &Path, arguments: &[&str]) -> (String, Option<i32>) {
    let mut command = Command::cargo_bin("sayso").unwrap();
    let command = command.current_dir(folder).env_remove("COLUMNS").env_remove("SAYSO_LEDGER");
    let output = command.args(arguments).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

#[test]
fn a_page_with_its_citations() {
    let (printed, code) = sayso(&pages(), &["check", "citing/halden.wiki", "--pages", "cited"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!(printed);
    let strict = ["check", "citing/halden.wiki", "--pages", "cited", "--strict", "--report", "markdown"];
    let (report, code) = sayso(&pages(), &strict);
    assert_eq!(code, Some(1));
    assert!(report.starts_with("# Citations of Halden dye works\n"), "{report}");
    for kind in ["wikitext", "html"] {
        let (report, _) =
            sayso(&pages(), &["check", "citing/halden.wiki", "--pages", "cited", "--report", kind]);
        // The look of a page is not what this is about.
        let shown = report.find("<body>").map_or(&*report, |body| &report[body..]);
        insta::assert_snapshot!(format!("report_in_{kind}"), shown);
    }
}

#[test]
fn nothing_is_fetched_and_a_page_that_is_not_at_hand_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let page = "The pier was [sold in May](https://pier.example/2020/sold).\n";
    std::fs::write(folder.path().join("page.md"), page).unwrap();
    let (printed, code) = sayso(folder.path(), &["check", "page.md", "--json", "--strict"]);
    assert_eq!(code, Some(1));
    assert!(printed.contains("\"verdict\":\"unread\"") && printed.contains("--fetch"), "{printed}");
}

#[test]
fn the_barrels_of_the_story_are_traced_to_who_told_of_them_first() {
    let folder = tempfile::tempdir().unwrap();
    sayso(folder.path(), &["demo", "--ledger", "sayso.db"]);
    let words = "fresh evidence that industrial waste from Ulmark is being put ashore near Pellam: forty-one steel barrels";
    let (printed, code) = sayso(folder.path(), &["trace", words]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!(printed);
    assert_eq!(sayso(folder.path(), &["trace", "seventeen purple zeppelins over the market"]).1, Some(1));
}

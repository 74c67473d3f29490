//! `sayso read --list`: a sheet of pages, and the same sheet again with what was found.

use assert_cmd::Command;
use std::path::Path;

const PAGE: &str =
    "<title>Pier sold</title><p>Ilse Marwick said on Monday that the council had sold the pier.</p>";

fn read(folder: &Path, arguments: &[&str]) -> (String, Option<i32>) {
    let mut command = Command::cargo_bin("sayso").unwrap();
    let command = command.current_dir(folder).env_remove("SAYSO_LEDGER").arg("read").args(arguments);
    let output = command.output().unwrap();
    (String::from_utf8(output.stderr).unwrap(), output.status.code())
}

/// The sheet as it was written, line by line.
fn written(path: &Path) -> Vec<Vec<String>> {
    let mut table = csv::Reader::from_path(path).unwrap();
    let header = table.headers().unwrap().clone();
    let rows = table.records().map(|row| row.unwrap());
    std::iter::once(header).chain(rows).map(|row| row.iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_sheet_goes_in_and_comes_out_with_what_was_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("pages")).unwrap();
    std::fs::write(path("pages/one.html"), PAGE).unwrap();
    std::fs::write(path("pages/two.html"), PAGE.replace("pier", "=lighthouse")).unwrap();
    let sheet = "\u{feff}Outlet,Path,published,whose\r\nCourier,one.html,2026-03-01,mine\r\n,two.html,,\r\n\
        Courier,three.html,,\r\nCourier,one.html,yesterday,\r\n,,,nobody's\r\n";
    std::fs::write(path("pages/list.csv"), sheet).unwrap();
    let (said, code) = read(
        folder.path(),
        &["--list", "pages/list.csv", "--list-out", "found.csv", "--outlet", "Northwire"],
    );
    assert_eq!(code, Some(1), "three lines were left out: {said}");
    assert!(said.contains("line 5 of the list") && said.contains("is no date"), "{said}");
    assert!(said.contains("2 new") && said.contains("3 left out"), "{said}");
    let rows = written(&path("found.csv"));
    let added = ["document", "found_title", "found_date", "statements", "note"];
    assert_eq!(
        rows[0],
        ["Outlet", "Path", "published", "whose"].iter().chain(&added).copied().collect::<Vec<_>>()
    );
    let first: Vec<&str> = rows[1].iter().map(String::as_str).collect();
    assert_eq!(
        (first[3], first[5], first[6], first[7], first[8]),
        ("mine", "Pier sold", "2026-03-01", "1", "")
    );
    assert_eq!(rows[2][5], "Pier sold");
    assert!(rows[3][8].contains("cannot be read") && rows[3][4].is_empty(), "{:?}", rows[3]);
    assert!(rows[4][8].contains("no date") && rows[5][8].contains("nothing is named"));
    // What was found can be handed in again, and nothing is said twice.
    let (said, _) = read(folder.path(), &["--list", "found.csv", "--list-out", "again.csv", "--dry-run"]);
    assert_eq!(written(&path("again.csv"))[0], rows[0], "{said}");
}

#[test]
fn a_sheet_that_names_nothing_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("list.csv"), "name,date\nx,y\n").unwrap();
    let (said, code) = read(folder.path(), &["--list", "list.csv"]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("no column path or url") && said.contains("the first line names the columns"),
        "{said}"
    );
    let (said, code) = read(folder.path(), &["--list", "none.csv"]);
    assert!(code != Some(0) && said.contains("none.csv"), "{said}");
    let (said, code) = read(folder.path(), &["--list-out", "x.csv", "list.csv"]);
    assert_eq!(code, Some(2), "{said}");
    let (_, code) = read(folder.path(), &[]);
    assert_eq!(code, Some(2), "something must be named");
}

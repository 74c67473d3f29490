//! Exports of the example story, read again by programs that are not sayso; and what hostile pages do to them.

use assert_cmd::Command;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

const FORMATS: [&str; 16] = [
    "jsonl",
    "csv",
    "parquet",
    "prov",
    "claimreview",
    "annotations",
    "wikitext",
    "markdown",
    "obsidian",
    "csl-json",
    "ris",
    "bibtex",
    "graphml",
    "gexf",
    "stix",
    "ftm",
];
/// Programs to be read by, as `.ci/run` installs them.
const READERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/readers/bin/python");

pub(crate) struct Ended {
    pub(crate) out: Vec<u8>,
    pub(crate) said: String,
    pub(crate) code: Option<i32>,
}

impl Ended {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.out).unwrap()
    }
}

pub(crate) fn sayso(folder: &Path, arguments: &[&str]) -> Ended {
    let mut command = Command::cargo_bin("sayso").unwrap();
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    Ended { out: output.stdout, said: String::from_utf8(output.stderr).unwrap(), code: output.status.code() }
}

/// A folder whose `sayso.db` holds the example story.
pub(crate) fn story() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let demo = sayso(folder.path(), &["demo", "--ledger", "sayso.db"]);
    assert_eq!(demo.code, Some(0), "{}", demo.said);
    folder
}

/// Confirms that statements make the claims that they may make, as a reviewer would: until then they do not count.
pub(crate) fn confirm_claims(folder: &Path) {
    let queue = sayso(folder, &["review", "--list", "--only", "same-claim", "--json"]);
    assert_eq!(queue.code, Some(0), "{}", queue.said);
    for line in queue.text().lines() {
        let matter: Value = serde_json::from_str(line).unwrap();
        let on = matter["on"].as_str().unwrap();
        let done = sayso(folder, &["confirm", on, "--because", "it says the same", "--by", "a tester"]);
        assert_eq!(done.code, Some(0), "{}", done.said);
    }
}

fn export(folder: &Path, arguments: &[&str]) -> Ended {
    let ended = sayso(folder, &[&["export", "--format"], arguments].concat());
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.said);
    ended
}

fn lines(folder: &Path) -> Vec<Value> {
    export(folder, &["jsonl"]).text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn of_sort<'v>(records: &'v [Value], sort: &str) -> Vec<&'v Value> {
    records.iter().filter(|record| record["record"] == sort).collect()
}

/// The time at which the story was read is another each time.
fn timeless(text: &str) -> insta::internals::SettingsBindDropGuard {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", "[now]");
    settings.add_filter(r"urn:sayso:act:[0-9a-f]{32}", "urn:sayso:act:[hash]");
    settings.add_filter(r#""(known|weighs_so_since)": \d{9,}"#, r#""$1": "[now]""#);
    settings.add_filter(r"sayso-read [^\x22\\,\s]+( [^\x22\\,\s]+)*", "[reader]");
    settings.set_description(text);
    settings.bind_to_scope()
}

/// The first record of each sort, so that a change of any field is seen, and how many there are.
#[test]
fn the_records_of_the_story() {
    let folder = story();
    discredit_courier(folder.path());
    let records = lines(folder.path());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for record in &records {
        *counts.entry(record["record"].as_str().unwrap()).or_default() += 1;
    }
    assert_eq!(counts.len(), 5, "{counts:?}");
    let mut firsts: Vec<Value> = counts.keys().map(|sort| of_sort(&records, sort)[0].clone()).collect();
    for first in &mut firsts {
        // The act is hashed with the time of day.
        if first["record"] == "act" {
            first["id"] = "[hash]".into();
        }
        if let Some(text) = first.get_mut("text") {
            *text = text.as_str().unwrap().chars().take(80).collect::<String>().into();
        }
        if let Some(blocks) = first.get_mut("blocks") {
            blocks.as_array_mut().unwrap().truncate(2);
        }
    }
    let _guard = timeless("the first record of each sort");
    insta::assert_json_snapshot!(firsts);
}

fn discredit_courier(folder: &Path) {
    let arguments = ["discredit", "The Harbour Courier", "--because", "it made things up", "--by", "a desk"];
    let done = sayso(folder, &arguments);
    assert_eq!(done.code, Some(0), "{}", done.said);
}

#[test]
fn tables_have_the_columns_that_are_documented() {
    let folder = story();
    discredit_courier(folder.path());
    let heads: Vec<String> = ["documents", "statements", "claims", "sources", "acts"]
        .iter()
        .map(|what| {
            let csv = export(folder.path(), &["csv", "--what", what]);
            format!("{what}: {}", csv.text().lines().next().unwrap())
        })
        .collect();
    insta::assert_snapshot!(heads.join("\n"));
}

/// A claim that was denied, one that was taken back, and one statement of each other form.
#[test]
fn the_story_in_the_forms_of_others() {
    let folder = story();
    confirm_claims(folder.path());
    discredit_courier(folder.path());
    let records = lines(folder.path());
    let claims = of_sort(&records, "claim");
    let contested = claims.iter().find(|claim| claim["standing"] == "contested").unwrap();
    let id = contested["id"].as_str().unwrap();
    let feed: Value = serde_json::from_slice(&export(folder.path(), &["claimreview"]).out).unwrap();
    let reviews: Vec<&Value> =
        feed["dataFeedElement"].as_array().unwrap().iter().map(|element| &element["item"][0]).collect();
    let about = |id: &str| {
        let name = format!("urn:sayso:claim:{id}");
        *reviews.iter().find(|review| review["@id"] == name.as_str()).unwrap()
    };
    let mut shown = vec![("claimreview", about(id).clone())];
    let corrected = reviews.iter().find(|review| review.to_string().contains("CorrectionComment"));
    let corrections = corrected.expect("the story takes something back")["itemReviewed"]["appearance"]
        .as_array()
        .unwrap()
        .iter()
        .find(|work| work.get("correction").is_some())
        .unwrap();
    let mut correction = corrections["correction"][0].clone();
    correction["@id"] = "[hash]".into();
    shown.push(("correction", correction));
    let annotations: Value = serde_json::from_slice(&export(folder.path(), &["annotations"]).out).unwrap();
    shown.push(("annotation", annotations["first"]["items"][3].clone()));
    let prov: Value = serde_json::from_slice(&export(folder.path(), &["prov"]).out).unwrap();
    let graph = prov["@graph"].as_array().unwrap();
    let statement = annotations["first"]["items"][3]["id"].as_str().unwrap();
    let about = |node: &&Value| node["@id"].as_str().unwrap().starts_with(statement);
    shown.push(("prov", graph.iter().filter(about).cloned().collect()));
    let _guard = timeless("one of each");
    insta::assert_json_snapshot!(shown);
}

#[test]
fn the_same_ledger_gives_the_same_bytes() {
    let folder = story();
    for format in FORMATS {
        let (one, other) = (export(folder.path(), &[format]), export(folder.path(), &[format]));
        assert!(!one.out.is_empty() && one.out == other.out, "{format} differs from one time to the next");
    }
}

#[test]
fn every_quote_stands_where_its_annotation_says() {
    let folder = story();
    let records = lines(folder.path());
    let texts: BTreeMap<String, Vec<char>> = of_sort(&records, "document")
        .iter()
        .map(|document| {
            let id = format!("urn:sayso:document:{}", document["id"].as_str().unwrap());
            (id, document["text"].as_str().unwrap().chars().collect())
        })
        .collect();
    let annotations: Value = serde_json::from_slice(&export(folder.path(), &["annotations"]).out).unwrap();
    let mut cut = 0;
    for annotation in annotations["first"]["items"].as_array().unwrap() {
        for target in annotation["target"].as_array().unwrap() {
            let text = &texts[target["scope"].as_str().unwrap()];
            let (quote, place) = (&target["selector"][0], &target["selector"][1]);
            let at = |name: &str| place[name].as_u64().unwrap() as usize;
            let words: String = text[at("start")..at("end")].iter().collect();
            assert_eq!(words, quote["exact"].as_str().unwrap());
            let before: String = text[..at("start")].iter().collect();
            assert!(before.ends_with(quote["prefix"].as_str().unwrap()));
            let after: String = text[at("end")..].iter().collect();
            assert!(after.starts_with(quote["suffix"].as_str().unwrap()));
            cut += 1;
        }
    }
    assert!(cut >= of_sort(&records, "statement").len());
}

/// Everything that a page may do to those who open an export of it.
const HOSTILE: &str = "<html><head><title>=HYPERLINK(\"http://evil.example\")</title>\
    <meta name=author content=\"@SUM(A1)\"></head><body><article><h1>=HYPERLINK(\"http://evil.example\")</h1>\
    <p>\"&lt;script&gt;alert(1)&lt;/script&gt; \u{202e}the dam held\u{2066},\" said Ilse Marwick.</p>\
    <p>\"-2+3 is =cmd|' /C calc'!A0, \u{1b}[31m and the dam held,\" said =Orla Pender of the works.</p>\
    <p>\"+1 \u{6c34}\u{1f6e2} and more,\" said Tobias Rennick.</p></article></body></html>";

pub(crate) fn hostile() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("page.html"), HOSTILE).unwrap();
    let read = sayso(folder.path(), &["read", "page.html"]);
    assert_eq!(read.code, Some(0), "{}", read.said);
    folder
}

#[test]
fn no_cell_is_a_formula_and_no_line_drives_a_terminal() {
    let folder = hostile();
    for what in ["documents", "statements", "claims", "sources", "acts"] {
        let csv = export(folder.path(), &["csv", "--what", what]);
        assert!(csv.out.ends_with(b"\r\n"));
        let mut table = csv::ReaderBuilder::new().from_reader(csv.out.as_slice());
        for row in table.records() {
            for cell in row.unwrap().iter() {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{what}: {cell:?}");
            }
        }
    }
    let titles = export(folder.path(), &["csv", "--what", "documents"]);
    assert!(titles.text().contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\""), "{}", titles.text());
    for format in ["jsonl", "prov", "claimreview", "annotations"] {
        let out = export(folder.path(), &[format]);
        assert!(!out.text().contains(['\u{1b}', '\u{202e}', '\u{2066}']), "{format}");
        assert!(out.text().contains("the dam held"), "{format}");
    }
}

/// What a page wrote that would be obeyed somewhere is only shown, in every form.
#[test]
fn the_forms_for_bibliographies_wikis_and_graphs() {
    let folder = hostile();
    let mut shown = String::new();
    for format in ["wikitext", "markdown", "csl-json", "ris", "bibtex", "graphml", "gexf", "stix", "ftm"] {
        let out = export(folder.path(), &[format]);
        assert!(!out.text().contains(['\u{1b}', '\u{202e}', '\u{2066}']), "{format}");
        shown += &format!("==== {format}\n{}", out.text().replace('\r', ""));
    }
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"20\d\d[-/]\d\d[-/]\d\d(T[\d:.]+Z)?", "[today]");
    settings.add_filter(r"\[\[20\d\d,\d+,\d+\]\]", "[[today]]");
    settings.bind(|| insta::assert_snapshot!(shown));
}

/// The story as a graph has a node for whoever an edge joins, and who relays whom.
#[test]
fn a_graph_holds_whoever_its_edges_join() {
    let folder = story();
    let graph = export(folder.path(), &["graphml"]);
    let all = |sign: &str| -> Vec<String> {
        let rest = graph.text().split(sign).skip(1);
        rest.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let nodes: BTreeSet<String> = all("<node id=\"").into_iter().collect();
    for end in all(" source=\"").iter().chain(&all(" target=\"")) {
        assert!(nodes.contains(end), "{end} is no node");
    }
    assert!(graph.text().contains("<data key=\"sort\">outlet</data>"));
    assert!(graph.text().contains(
        "source=\"urn:sayso:source:The%20Harbour%20Courier\" target=\"urn:sayso:source:Courier%20newsroom\""
    ));
}

#[test]
fn a_folder_of_notes_is_packed_the_same_each_time_and_no_one_sort_of_it() {
    let folder = story();
    let notes = export(folder.path(), &["obsidian"]);
    assert!(notes.out.starts_with(b"PK"));
    let refused = sayso(folder.path(), &["export", "--format", "obsidian", "--what", "claims"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.said.contains("everything, and no one sort alone"), "{}", refused.said);
}

#[test]
fn a_file_is_there_whole_or_as_it_was() {
    let folder = story();
    let file = folder.path().join("out.json");
    std::fs::write(&file, "as it was").unwrap();
    let refused =
        sayso(folder.path(), &["export", "--format", "annotations", "--what", "acts", "-o", "out.json"]);
    assert_eq!(refused.code, Some(2));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "as it was");
    let into_folder = sayso(folder.path(), &["export", "--format", "csv", "-o", "."]);
    assert_eq!(into_folder.code, Some(1));
    insta::assert_snapshot!(format!("{}----\n{}", refused.said, into_folder.said));
    // Killed at any moment, the old file or the new one is there.
    for wait_ms in [0, 2, 4, 6, 8, 12, 16, 24, 32] {
        let mut child = Process::new(env!("CARGO_BIN_EXE_sayso"))
            .args(["export", "--format", "prov", "-o", "out.json"])
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait_ms));
        child.kill().unwrap();
        child.wait().unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text == "as it was" || serde_json::from_str::<Value>(&text).is_ok(), "half a file");
    }
    assert_eq!(export(folder.path(), &["prov", "-o", "out.json"]).out, b"");
    serde_json::from_str::<Value>(&std::fs::read_to_string(&file).unwrap()).unwrap();
}

/// The Python with the readers in it; none where they are not installed.
fn readers() -> Option<PathBuf> {
    let named = std::env::var_os("SAYSO_READERS").map(PathBuf::from);
    let python = named.unwrap_or_else(|| PathBuf::from(READERS));
    if python.exists() {
        return Some(python);
    }
    eprintln!("NOTICE: {} is missing; exports are not read by others", python.display());
    None
}

#[test]
fn other_programs_read_what_was_exported() {
    let Some(python) = readers() else { return };
    let story = story();
    discredit_courier(story.path());
    for folder in [story, hostile()] {
        let folder = folder.path();
        for what in ["documents", "statements", "claims", "sources", "acts"] {
            export(folder, &["parquet", "--what", what, "-o", &format!("{what}.parquet")]);
        }
        for (format, file) in [
            ("jsonl", "records.jsonl"),
            ("csv", "statements.csv"),
            ("prov", "ledger.prov.json"),
            ("claimreview", "claims.json"),
            ("annotations", "annotations.json"),
        ] {
            export(folder, &[format, "-o", file]);
        }
        let check = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/readers/check.py");
        let output = Process::new(&python).arg(check).arg(folder).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}{said}", String::from_utf8_lossy(&output.stdout));
        let checks: BTreeSet<&str> = std::str::from_utf8(&output.stdout)
            .unwrap()
            .lines()
            .filter_map(|line| line.split(':').next())
            .collect();
        assert_eq!(
            checks.into_iter().collect::<Vec<_>>(),
            ["annotations", "claimreview", "csv", "parquet", "prov"]
        );
    }
}

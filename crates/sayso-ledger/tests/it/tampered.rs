//! Whoever changes a ledger behind its back: each column of each table in turn, rows taken out and put in.

use crate::story::{page, reading, said};
use rusqlite::Connection;
use rusqlite::types::Value;
use sayso_ledger::{
    Answered, Cause, Change, ClaimKey, DocumentKey, Ledger, LedgerError, Linking, NewAffiliation,
    NewAppearance, NewClaim, NewLink, NewOrigin, NewSuggestion, Place, SourceName, StoredWeight, Words,
};
use sayso_record::{Act, ActId, ActKind, ClaimId, SourceKind, Subject, SuggestionId};
use serde_json::json;
use std::path::{Path, PathBuf};

fn named(name: &str) -> SourceName {
    SourceName { name: name.into(), key: name.to_lowercase(), unnamed: false }
}

/// A ledger with something in every table, added by several transactions.
fn write(path: &Path) -> Ledger {
    let ledger = Ledger::create(path, 0).unwrap();
    let (first, changed) =
        (page("Northwire", "The barrels were empty."), page("Northwire", "They were full."));
    let known = 1_790_000_000;
    let claim = ClaimKey::from_number(0);
    for (number, document) in [&first, &changed].into_iter().enumerate() {
        let statement = said(document, SourceKind::Unnamed, "a senior official", &["Courier"]);
        let place = |step| Place { statement: statement.id, step };
        let link = |step: u8, source: &str| NewLink {
            place: place(step),
            source: named(source),
            claim,
            for_it: true,
            held: step > 0,
            report: step > 0,
            of_page: step > 0,
            needs: (step > 0).then(|| vec![vec![place(step - 1)]]),
            confidence: 0.9,
        };
        let linking = Linking {
            linker: "a linker".into(),
            known,
            published: Some(1_559_576_400),
            outlet: named("Northwire"),
            author: named("Lena Arbuck"),
            claims: (number == 0)
                .then(|| NewClaim {
                    id: ClaimId::of(&[&statement.id.0]),
                    words: "the barrels were empty".into(),
                })
                .into_iter()
                .collect(),
            exemplars: vec![Words { claim, for_it: true, words: "the barrels were empty".into() }],
            links: vec![link(0, "a senior official"), link(1, "Northwire")],
            origins: vec![NewOrigin {
                of: place(1),
                original: place(0),
                because: "it shares its words".into(),
                suggestion: Some(SuggestionId([7; 16])),
            }],
            suggestions: vec![NewSuggestion {
                id: SuggestionId([number as u8; 16]),
                kind: "distrust".into(),
                what: json!({ "source": "Courier" }),
                because: "a notice".into(),
                confidence: 0.5,
            }],
            appearances: vec![NewAppearance {
                name: "lena arbuck".into(),
                field: Some("editor".into()),
                year: Some(2019),
            }],
            affiliations: vec![NewAffiliation {
                source: named("a senior official"),
                organisation: named("Castria"),
                words: "a Castrian official".into(),
            }],
            fingerprints: vec![1, 2, 3],
        };
        let act = Act {
            id: ActId::default(),
            previous: None,
            act: ActKind::Merge,
            on: Subject::Source("Northwire".into()),
            with: Some(Subject::Source("Courier".into())),
            by: "a tester".into(),
            because: "to be kept".into(),
            at: "2026-11-23T08:00:00Z".into(),
            published: Some("2026-11-22".into()),
            notice: Some(document.id),
        };
        let added = ledger.atomically(|ledger| {
            ledger.store_reading(&reading(document, std::slice::from_ref(&statement)))?;
            ledger.store_linking(document.id, &linking)?;
            let (key, _) = ledger.log(act)?;
            let weight = StoredWeight {
                standing: "single-sourced".into(),
                pro: 1,
                con: 0,
                independence_for: (1, 1),
                independence_against: (0, 0),
            };
            for cause in [Cause::Document(DocumentKey::from_number(number as u32)), Cause::Act(key)] {
                ledger.store_weight(&Change { claim, known, cause, weight: weight.clone() })?;
            }
            ledger.add_step(None, json!({ "do": "new" }), "a tester", "2026-11-23T08:00:00Z")?;
            Ok::<_, LedgerError>(key)
        });
        let answered = Answered {
            kept: added.unwrap(),
            known,
            document: Some(DocumentKey::from_number(number as u32)),
            through: ledger.through().unwrap(),
            standing: "single-sourced".into(),
            independence_for: (1, 1),
            independence_against: (0, 0),
            sentences: [1, 0, 0, 0],
        };
        assert!(ledger.add_answered(&answered).unwrap());
        assert!(!ledger.add_answered(&answered).unwrap(), "what it came to before is not stored again");
    }
    ledger
}

fn faults(path: &Path) -> Vec<String> {
    let ledger = Ledger::open(path, 0).unwrap();
    let mut faults = ledger.addition_faults(&mut |_, _| {}).unwrap();
    faults.extend(ledger.derived_faults(true).unwrap());
    faults
}

/// A copy of a ledger, changed by somebody who knows how to get round its triggers and leaves no trace of that.
fn changed(path: &Path, change: impl FnOnce(&Connection)) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("sayso.db");
    std::fs::copy(path, &copy).unwrap();
    let user = Connection::open(&copy).unwrap();
    user.execute_batch("PRAGMA foreign_keys = off; PRAGMA ignore_check_constraints = on").unwrap();
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
    let mut triggers = user.prepare(sql).unwrap();
    let triggers = triggers.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let triggers: Vec<(String, String)> = triggers.collect::<Result<_, _>>().unwrap();
    for (name, _) in &triggers {
        user.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    change(&user);
    for (_, sql) in &triggers {
        user.execute_batch(sql).unwrap();
    }
    (folder, copy)
}

/// Another value of the same sort.
fn another(value: Value) -> Value {
    match value {
        Value::Null => Value::Text("x".into()),
        Value::Integer(number) => Value::Integer(if number == 0 { 1 } else { number - 1 }),
        Value::Real(number) => Value::Real(number / 2.0),
        Value::Text(text) if text.starts_with(['{', '[']) => Value::Text(format!("{text} ")),
        Value::Text(text) => Value::Text(text + "x"),
        Value::Blob(mut bytes) => {
            bytes[0] ^= 1;
            Value::Blob(bytes)
        }
    }
}

fn whole() -> (tempfile::TempDir, PathBuf, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sayso.db");
    drop(write(&path));
    let user = Connection::open(&path).unwrap();
    user.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let tables =
        user.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>();
    assert_eq!(faults(&path), Vec::<String>::new());
    (folder, path, tables.unwrap())
}

#[test]
fn every_column_of_every_table_shows_that_it_was_changed() {
    let (_folder, path, tables) = whole();
    let user = Connection::open(&path).unwrap();
    let mut looked_at = 0;
    for table in tables {
        let sql = format!("SELECT name FROM pragma_table_info('{table}')");
        let mut columns = user.prepare(&sql).unwrap();
        let columns = columns.query_map([], |row| row.get::<_, String>(0)).unwrap();
        for column in columns.map(Result::unwrap) {
            let sql = format!("SELECT {column} FROM {table} ORDER BY {column} IS NULL LIMIT 1");
            let old: Value =
                user.query_row(&sql, [], |row| row.get(0)).unwrap_or_else(|_| panic!("{table} is empty"));
            let mut refused = false;
            let (_copy, copied) = changed(&path, |user| {
                // All rows that say so; where only one may, the first.
                let new = another(old.clone());
                let sql = format!("UPDATE OR FAIL {table} SET {column} = ?1 WHERE {column} IS ?2");
                refused = user.execute(&sql, [&new, &old]).is_err();
            });
            let found = faults(&copied);
            assert!(refused && found.is_empty() || !found.is_empty(), "{table}.{column} was changed unseen");
            looked_at += usize::from(!found.is_empty());
        }
    }
    assert!(looked_at > 110, "{looked_at} columns could be changed");
}

#[test]
fn rows_that_are_gone_or_put_in_are_seen() {
    let (_folder, path, tables) = whole();
    for table in &tables {
        for rows in ["1", "(SELECT count(*) FROM rows)"] {
            let user = Connection::open(&path).unwrap();
            let key: String = user
                .query_row(
                    &format!("SELECT name FROM pragma_table_info('{table}') WHERE pk = 1"),
                    [],
                    |row| row.get(0),
                )
                .unwrap();
            let (_copy, copied) = changed(&path, |user| {
                let last = format!(
                    "WITH rows AS (SELECT {key} AS key FROM {table})
                     DELETE FROM {table} WHERE {key} IN (SELECT key FROM rows ORDER BY key DESC LIMIT {rows})"
                );
                assert!(user.execute(&last, []).unwrap() > 0, "{table}");
            });
            assert!(!faults(&copied).is_empty(), "rows of {table} are gone, unseen");
        }
    }
    let (_copy, copied) = changed(&path, |user| {
        let put_in = "INSERT INTO exemplar (claim, for_it, words) SELECT claim, 0, 'they were full' FROM exemplar LIMIT 1";
        user.execute(put_in, []).unwrap();
    });
    assert_eq!(faults(&copied), ["no transaction added rows 3 to 3 of exemplar"]);
    // Nor is it taken for its own by the next transaction.
    let other = page("Courier", "Boats.");
    Ledger::open(&copied, 0).unwrap().store(&[reading(&other, &[])]).unwrap();
    assert_eq!(faults(&copied), ["no transaction added rows 3 to 3 of exemplar"]);
}

#[test]
fn what_is_added_is_told_by_how_far_it_goes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sayso.db");
    let ledger = write(&path);
    let head = ledger.head().unwrap();
    assert_eq!((head.additions, ledger.digest_after(4).unwrap()), (4, head.digest));
    let other = page("Courier", "Boats.");
    ledger.store(&[reading(&other, &[])]).unwrap();
    ledger.store(&[reading(&other, &[])]).unwrap();
    assert_eq!(ledger.head().unwrap().additions, 5, "what adds nothing is no addition");
    assert_eq!(ledger.digest_after(4).unwrap(), head.digest);
    assert_eq!(ledger.digest_after(6).unwrap(), None);
}

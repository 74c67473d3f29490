//! The documented questions, asked of a real ledger as a user with `sqlite3` would.

use crate::story::{page, reading, said};
use rusqlite::Connection;
use sayso_ledger::Ledger;
use sayso_record::SourceKind;

const SCHEMA: &str = include_str!("../../SCHEMA.md");

/// The answers to a question, a row a line.
fn ask(connection: &Connection, sql: &str) -> Vec<String> {
    let mut query = connection.prepare(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    let columns = query.column_count();
    let line = |row: &rusqlite::Row| {
        let cell = |column| Ok(format!("{:?}", row.get::<_, rusqlite::types::Value>(column)?));
        Ok((0..columns).map(cell).collect::<rusqlite::Result<Vec<String>>>()?.join("|"))
    };
    query.query_map([], line).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn the_documented_questions_have_answers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sayso.db");
    let ledger = Ledger::create(&path, 0).unwrap();
    let first = page("Northwire", "Die „Fässer“ — stamped.");
    let changed = page("Northwire", "Die „Fässer“ — empty.");
    let statements = [said(&first, SourceKind::Unnamed, "a senior official", &["Courier", "Radio"])];
    ledger.store(&[reading(&first, &statements), reading(&changed, &[])]).unwrap();

    let user = Connection::open(&path).unwrap();
    let questions: Vec<&str> =
        SCHEMA.split("```sql\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert_eq!(questions.len(), 4);
    let answers: Vec<Vec<String>> = questions.iter().map(|sql| ask(&user, sql)).collect();
    assert_eq!(
        answers[0],
        [
            r#"Text("a senior official")|Text("Courier <- Radio")|Text("Northwire")|Text("Die „Fässer“ — stamped.")"#
        ]
    );
    assert_eq!(answers[1], [r#"Text("a senior official")|Text("unnamed")|Integer(1)"#]);
    assert!(answers[3].is_empty(), "nothing was linked: {answers:?}");
    assert_eq!(answers[2].len(), 1);
    assert!(
        answers[2][0].starts_with(r#"Text("https://northwire.example/barrels")|Integer(2)"#),
        "{answers:?}"
    );
}

#[test]
fn the_documented_columns_are_those_of_the_views() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sayso.db");
    drop(Ledger::create(&path, 0).unwrap());
    let user = Connection::open(&path).unwrap();
    let mut views = ask(&user, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name");
    views
        .iter_mut()
        .for_each(|view| *view = view.trim_start_matches("Text(\"").trim_end_matches("\")").to_owned());
    assert_eq!(views, ["acts", "claims", "documents", "readings", "sources", "statements"]);
    for view in views {
        let row = SCHEMA.lines().find(|line| line.starts_with(&format!("| `{view}` |"))).unwrap();
        let columns = row.split('|').nth(3).unwrap();
        let documented: Vec<&str> = columns.split('`').skip(1).step_by(2).collect();
        let query = user.prepare(&format!("SELECT * FROM {view}")).unwrap();
        assert_eq!(documented, query.column_names(), "{view}");
    }
}

//! Nothing in a ledger changes, whoever tries; and what does not fit is not half there.

use crate::story::{page, reading, said};
use rusqlite::Connection;
use sayso_ledger::{Kept, Ledger, LedgerError};
use sayso_record::SourceKind;

#[test]
fn nothing_is_ever_changed_removed_or_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sayso.db");
    let document = page("Northwire", "Stamps.");
    let statements = [said(&document, SourceKind::Person, "Tobias Rennick", &["Northwire"])];
    Ledger::create(&path, 0).unwrap().store(&[reading(&document, &statements)]).unwrap();
    let user = Connection::open(&path).unwrap();
    let tables: Vec<String> = user
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    // What each claim weighs now, and who is heard how often, can be found again from the rest, and nothing else is
    // replaced.
    let guarded: Vec<&String> =
        tables.iter().filter(|table| !["claim_now", "heard"].contains(&table.as_str())).collect();
    for table in &guarded {
        for trigger in ["changed", "removed", "replaced"] {
            let name = format!("{table}_is_never_{trigger}");
            let count = "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND name = ?";
            let count: u32 = user.query_row(count, [&name], |row| row.get(0)).unwrap();
            assert_eq!(count, 1, "there is no trigger {name}");
        }
    }
    let is_filled = |table: &&&String| {
        user.query_row(&format!("SELECT EXISTS (SELECT 1 FROM {table})"), [], |row| row.get(0)).unwrap()
    };
    let filled: Vec<&&String> = guarded.iter().filter(is_filled).collect();
    assert_eq!(filled.len(), 7, "{filled:?}");
    for table in filled {
        let column: String = user
            .query_row("SELECT name FROM pragma_table_info(?) LIMIT 1 OFFSET 1", [&table], |row| row.get(0))
            .unwrap();
        for change in [
            format!("UPDATE {table} SET {column} = {column}"),
            format!("DELETE FROM {table}"),
            format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}"),
        ] {
            // Generated columns cannot be written, so that documents are replaced column by column.
            let change = if change.contains("document SELECT") {
                "INSERT OR REPLACE INTO document (id, bylines, text, blocks) SELECT id, '[]', '', '[]' FROM document"
                    .to_owned()
            } else {
                change
            };
            let refused = user.execute(&change, []).unwrap_err().to_string();
            assert!(refused.contains("a ledger is only ever added to"), "{change}: {refused}");
        }
    }
}

#[test]
fn what_does_not_fit_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sayso.db");
    let ledger = Ledger::create(&path, 0).unwrap();
    let small = page("Northwire", "Stamps.");
    ledger.store(&[reading(&small, &[])]).unwrap();
    // A limit on the size of the file is what a full disk looks like to SQLite.
    ledger.limit_pages(40).unwrap();
    let large = page("Courier", &"many words ".repeat(100_000));
    let another = page("Courier", "Boats.");
    let refused = ledger.store(&[reading(&another, &[]), reading(&large, &[])]);
    assert!(matches!(refused, Err(LedgerError::Full { .. })), "{refused:?}");
    assert_eq!(ledger.document(another.id).unwrap(), None, "the batch is stored whole or not at all");
    assert_eq!(ledger.document(small.id).unwrap(), Some(small));
    assert_eq!(ledger.store(&[reading(&another, &[])]).unwrap(), [Kept::New]);
}

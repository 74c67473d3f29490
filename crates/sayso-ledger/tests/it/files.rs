//! Files that are no ledger, not yet one, newer than this program, or held by another one.

use crate::story::{page, reading};
use rusqlite::Connection;
use sayso_ledger::{Kept, Ledger, LedgerError};
use std::path::PathBuf;

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sayso.db");
    (folder, path)
}

#[test]
fn a_ledger_is_made_once_and_opened_again() {
    let (_folder, path) = place();
    let document = page("Northwire", "Stamps.");
    Ledger::create(&path, 0).unwrap().store(&[reading(&document, &[])]).unwrap();
    assert_eq!(Ledger::create(&path, 0).unwrap().store(&[reading(&document, &[])]).unwrap(), [Kept::Known]);
    assert_eq!(Ledger::open(&path, 0).unwrap().document(document.id).unwrap(), Some(document));
}

#[test]
fn to_look_things_up_makes_no_ledger() {
    let (_folder, path) = place();
    assert!(matches!(Ledger::open(&path, 0), Err(LedgerError::Missing { .. })));
    assert!(!path.exists());
}

#[test]
fn other_databases_and_other_files_are_left_alone() {
    let (_folder, path) = place();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE aunt (name TEXT)").unwrap();
    assert!(matches!(Ledger::create(&path, 0), Err(LedgerError::NotALedger { .. })));
    assert!(matches!(Ledger::open(&path, 0), Err(LedgerError::NotALedger { .. })));
    std::fs::write(&path, "a letter, and a long one at that; it is certainly no database of any sort")
        .unwrap();
    assert!(matches!(Ledger::create(&path, 0), Err(LedgerError::NotALedger { .. })));
    std::fs::write(&path, "").unwrap();
    assert!(matches!(Ledger::open(&path, 0), Err(LedgerError::NotALedger { .. })));
    assert!(Ledger::create(&path, 0).is_ok(), "an empty file may become a ledger");
}

#[test]
fn a_newer_ledger_is_refused_by_its_version() {
    let (_folder, path) = place();
    drop(Ledger::create(&path, 0).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    for refused in [Ledger::create(&path, 0), Ledger::open(&path, 0)] {
        match refused {
            Err(LedgerError::Newer { found: 99, known, .. }) => assert!(known >= 1),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_locked_ledger_is_waited_for_and_then_said_to_be_locked() {
    let (_folder, path) = place();
    let ledger = Ledger::create(&path, 50).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let document = page("Northwire", "Stamps.");
    let refused = ledger.store(&[reading(&document, &[])]);
    assert!(matches!(refused, Err(LedgerError::Busy { waited_ms: 50, .. })), "{refused:?}");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(ledger.store(&[reading(&document, &[])]).unwrap(), [Kept::New]);
}

#[test]
fn many_programs_may_make_the_same_ledger() {
    let (_folder, path) = place();
    std::thread::scope(|scope| {
        for number in 0..8 {
            let path = &path;
            scope.spawn(move || {
                let document = page("Northwire", &format!("Barrel {number}."));
                let ledger = Ledger::create(path, 60_000).unwrap();
                assert_eq!(ledger.store(&[reading(&document, &[])]).unwrap(), [Kept::New]);
            });
        }
    });
    let count = |table: &str| -> u32 {
        let connection = Connection::open(&path).unwrap();
        connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    assert_eq!((count("document"), count("reader")), (8, 1));
}

#[test]
fn a_ledger_that_nobody_may_write_to_is_read() {
    let (folder, path) = place();
    let document = page("Northwire", "Stamps.");
    Ledger::create(&path, 0).unwrap().store(&[reading(&document, &[])]).unwrap();
    // As a disk that cannot be written to has it: nothing can be put beside it, and nothing is.
    let as_it_is = Ledger::open_as_it_is(&path, 0).unwrap();
    assert_eq!(as_it_is.document(document.id).unwrap().as_ref(), Some(&document));
    drop(as_it_is);
    let names: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
    assert_eq!(names, ["sayso.db"]);
    let as_it_is = Ledger::open_as_it_is(&path, 0).unwrap();
    let other = page("Northwire", "Other stamps.");
    assert!(matches!(as_it_is.store(&[reading(&other, &[])]), Err(LedgerError::ReadOnly { .. })));
}

#[test]
fn a_backup_holds_what_the_ledger_holds_and_takes_no_place() {
    let (folder, path) = place();
    let document = page("Northwire", "Stamps.");
    let ledger = Ledger::create(&path, 0).unwrap();
    ledger.store(&[reading(&document, &[])]).unwrap();
    let to = folder.path().join("copy.db");
    // While it is in use, and before anything of it reached the file itself.
    assert!(ledger.back_up(&to).unwrap() > 0);
    assert_eq!(Ledger::open(&to, 0).unwrap().document(document.id).unwrap(), Some(document));
    assert!(matches!(ledger.back_up(&to), Err(LedgerError::CannotOpen { .. })));
    assert!(!folder.path().join("copy.db.unfinished").exists());
}

#[test]
fn a_schema_that_somebody_changed_is_seen() {
    let (_folder, path) = place();
    drop(Ledger::create(&path, 0).unwrap());
    assert_eq!(Ledger::open(&path, 0).unwrap().schema_faults().unwrap(), Vec::<String>::new());
    let user = Connection::open(&path).unwrap();
    let trigger: String = user
        .query_row("SELECT name FROM sqlite_schema WHERE type = 'trigger' LIMIT 1", [], |row| row.get(0))
        .unwrap();
    user.execute_batch(&format!("DROP TRIGGER {trigger}; CREATE VIEW spy AS SELECT 1")).unwrap();
    drop(user);
    let faults = Ledger::open(&path, 0).unwrap().schema_faults().unwrap();
    assert_eq!(faults, [format!("the trigger {trigger} is gone"), "the view spy was added".to_owned()]);
}

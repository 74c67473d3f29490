//! Checking a ledger to which somebody adds meanwhile.

use crate::linking::Quiet;
use sayso::{Desk, Input};

#[test]
fn what_is_added_meanwhile_is_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sayso.db");
    let clock = || "2026-11-23T08:00:00Z".to_owned();
    let page = |number: usize| {
        Input::bytes("page", format!("\"Barrel number{number} was empty,\" said Ilse Marwick on Monday."))
    };
    let mut writer = Desk::create(&path, 1_000, clock).unwrap();
    writer.read((0..4).map(page), &mut Quiet).unwrap();
    let reader = Desk::open(&path, 1_000, clock).unwrap();
    let mut added = 4;
    let mut add = |_, _, _| {
        writer.read([page(added)], &mut Quiet).unwrap();
        added += 1;
    };
    let verdict = reader.verify(true, &mut add).unwrap();
    assert!(added > 10, "somebody added all the while");
    assert_eq!(verdict.faults, vec![]);
    assert!(reader.verify(true, &mut |_, _, _| {}).unwrap().faults.is_empty());
}

//! Ledgers that earlier versions wrote: each later one must open them, and find in them what was there.
//!
//! `SAYSO_WRITE_FIXTURE=1` writes the one of the present schema, which is then kept for ever.

use crate::story::{page, reading, said};
use sayso_ledger::{
    Cause, Change, ClaimKey, DocumentKey, Ledger, Linking, NewClaim, NewLink, Place, SourceName,
    StoredWeight, Words,
};
use sayso_record::{Act, ActId, ActKind, ClaimId, Document, SourceKind, Statement, Subject};
use std::path::{Path, PathBuf};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn story() -> (Document, Statement) {
    let document = page("Northwire", "The barrels were empty.");
    let statement = said(&document, SourceKind::Unnamed, "a senior official", &["Courier"]);
    (document, statement)
}

fn weight() -> StoredWeight {
    StoredWeight {
        standing: "single-sourced".into(),
        pro: 1,
        con: 0,
        independence_for: (1, 1),
        independence_against: (0, 0),
    }
}

/// Writes a ledger with something in every table that this schema has.
fn write(path: &Path) {
    let (document, statement) = story();
    let ledger = Ledger::create(path, 0).unwrap();
    ledger.store(&[reading(&document, std::slice::from_ref(&statement))]).unwrap();
    let named = |name: &str, unnamed| SourceName { name: name.into(), key: name.to_lowercase(), unnamed };
    let place = |step| Place { statement: statement.id, step };
    let claim = ClaimKey::from_number(0);
    let link = |step: u8, source: &str, held: bool| NewLink {
        place: place(step),
        source: named(source, step == 0),
        claim,
        for_it: true,
        held,
        report: held,
        of_page: held,
        needs: (step > 0).then(|| vec![vec![place(step - 1)]]),
        confidence: 0.9,
    };
    let linking = Linking {
        linker: "a linker".into(),
        known: 1_790_000_000,
        published: Some(1_559_576_400),
        outlet: named("Northwire", false),
        author: named("Lena Arbuck", false),
        claims: vec![NewClaim {
            id: ClaimId::of(&[&statement.id.0]),
            words: "the barrels were empty".into(),
        }],
        exemplars: vec![Words { claim, for_it: true, words: "the barrels were empty".into() }],
        links: vec![link(0, "a senior official (Northwire)", false), link(1, "Northwire", true)],
        origins: vec![],
        suggestions: vec![],
        appearances: Vec::new(),
        affiliations: Vec::new(),
        fingerprints: vec![1, 2, 3],
    };
    ledger.store_linking(document.id, &linking).unwrap();
    let cause = Cause::Document(DocumentKey::from_number(0));
    ledger.store_weight(&Change { claim, known: 1_790_000_000, cause, weight: weight() }).unwrap();
    let act = Act {
        id: ActId::default(),
        previous: None,
        act: ActKind::Note,
        on: Subject::Source("Northwire".into()),
        with: None,
        by: "a tester".into(),
        because: "to be kept".into(),
        at: "2026-11-23T08:00:00Z".into(),
        published: None,
        notice: None,
    };
    ledger.log(act).unwrap();
}

#[test]
fn ledgers_of_every_version_are_opened_and_hold_what_they_held() {
    if std::env::var_os("SAYSO_WRITE_FIXTURE").is_some() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sayso.db");
        write(&path);
        let version: u32 = rusqlite::Connection::open(&path)
            .unwrap()
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .unwrap();
        std::fs::copy(&path, fixtures().join(format!("schema-{version}.db"))).unwrap();
    }
    let mut kept: Vec<PathBuf> =
        std::fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().path()).collect();
    kept.retain(|path| path.extension().is_some_and(|ending| ending == "db"));
    assert!(!kept.is_empty());
    for path in kept {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("sayso.db");
        std::fs::copy(&path, &copy).unwrap();
        let ledger = Ledger::open(&copy, 0).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let (document, statement) = story();
        assert_eq!(ledger.document(document.id).unwrap(), Some(document.clone()), "{}", path.display());
        assert_eq!(ledger.statements_in(document.id).unwrap(), std::slice::from_ref(&statement));
        let claim = ledger.claim_by_id(ClaimId::of(&[&statement.id.0])).unwrap().expect("its claim is there");
        assert_eq!(ledger.weight(claim.key).unwrap().map(|change| change.weight), Some(weight()));
        let links = ledger.links_of_claim(claim.key, i64::MAX).unwrap();
        assert_eq!(links.iter().map(|link| link.held).collect::<Vec<_>>(), [false, true]);
        assert_eq!(links[1].needs, [[links[0].node]]);
        let acts = ledger.acts(None).unwrap();
        assert_eq!((acts.len(), acts[0].1.because.as_str()), (1, "to be kept"));
    }
}

//! Lists that are read from tables kept beside the record: they say what going through everything would say.

use crate::story::{page, reading, said};
use proptest::prelude::*;
use rusqlite::Connection;
use sayso_ledger::{ClaimKey, Ledger, LinkedSourceKey, Linking, NewClaim, NewLink, Place, SourceName};
use sayso_record::{ClaimId, SourceKind};
use std::path::Path;

/// How often sources are heard, by going through every link.
fn heard_naively(path: &Path) -> Vec<(String, [u32; 4])> {
    let sql = "WITH heard AS (
             SELECT c.source, n.statement, l.document, min(n.step) AS step, c.report AS report
             FROM chain_link c JOIN linking l ON l.key = c.linking JOIN node n ON n.key = c.node
             WHERE NOT EXISTS (SELECT 1 FROM linking later WHERE later.replaces = l.key)
             GROUP BY c.source, n.statement)
         SELECT s.name, sum(step = 0 AND NOT report), sum(step = 0 AND report), sum(step > 0),
                count(DISTINCT document)
         FROM heard JOIN linked_source s ON s.key = heard.source GROUP BY s.key
         ORDER BY 2 DESC, 4 DESC, 3 DESC, s.key DESC";
    let connection = Connection::open(path).unwrap();
    let mut query = connection.prepare(sql).unwrap();
    let rows =
        query.query_map([], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?])));
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

/// The list in parts of so many.
fn heard_in_parts(ledger: &Ledger, limit: u32) -> Vec<(String, [u32; 4])> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let part = ledger.sources_heard(after, limit).unwrap();
        assert!(part.len() <= limit as usize);
        let Some((source, heard)) = part.last() else { return all };
        after = Some((source.key, *heard));
        all.extend(part.into_iter().map(|(source, heard)| {
            (source.name, [heard.said, heard.own_voice, heard.passed_on, heard.documents])
        }));
    }
}

fn named(source: u8) -> SourceName {
    SourceName { name: format!("source {source}"), key: format!("source {source}"), unnamed: false }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Documents are linked, and linked again otherwise: each linking names who speaks in each chain, from its source to
    /// its page.
    #[test]
    fn who_is_heard_is_counted_as_by_going_through_every_link(
        linkings in prop::collection::vec((0_u8..6, prop::collection::vec(0_u8..8, 1..5)), 1..16),
        limit in 1_u32..9,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sayso.db");
        let ledger = Ledger::create(&path, 0).unwrap();
        for (claims, (number, sources)) in (0_u32..).zip(linkings) {
            let document = page("Northwire", &format!("Barrel {number}."));
            let statement = said(&document, SourceKind::Person, "Ann Bell", &[]);
            ledger.store(&[reading(&document, std::slice::from_ref(&statement))]).unwrap();
            let place = |step| Place { statement: statement.id, step };
            let last = sources.len() - 1;
            let links = sources.iter().enumerate().map(|(step, &source)| NewLink {
                place: place(step as u8),
                source: named(source),
                claim: ClaimKey::from_number(claims),
                for_it: true,
                held: step == last,
                report: step == last,
                of_page: step == last,
                needs: (step > 0).then(|| vec![vec![place(step as u8 - 1)]]),
                confidence: 0.9,
            });
            let linking = Linking {
                linker: "a linker".into(),
                known: 1_790_000_000,
                published: None,
                outlet: named(0),
                author: named(0),
                claims: vec![NewClaim { id: ClaimId::of(&[&claims.to_le_bytes()]), words: "it is".into() }],
                exemplars: vec![],
                links: links.collect(),
                origins: vec![],
                suggestions: vec![],
                appearances: Vec::new(),
                affiliations: Vec::new(),
            fingerprints: vec![],
            };
            ledger.store_linking(document.id, &linking).unwrap();
        }
        let naively = heard_naively(&path);
        prop_assert_eq!(heard_in_parts(&ledger, limit), naively);
        // The last links of a source are among all of its links.
        for number in 1..=8 {
            let source = LinkedSourceKey::from_number(number);
            let all = ledger.links_of_source(source, i64::MAX).unwrap();
            let mut newest = ledger.newest_links_of_source(source, u32::MAX).unwrap();
            newest.sort_by_key(|link| all.iter().position(|other| other == link));
            prop_assert_eq!(newest, all);
        }
    }
}

#[test]
fn pages_that_were_changed_are_found_by_their_last_revision() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::create(&folder.path().join("sayso.db"), 0).unwrap();
    for (site, text) in
        [("A", "One."), ("B", "Only."), ("A", "Two."), ("C", "One."), ("A", "Three."), ("C", "Two.")]
    {
        ledger.store(&[reading(&page(site, text), &[])]).unwrap();
    }
    let addresses = |before, limit| -> Vec<(i64, String)> {
        let found = ledger.addresses_revised("", before, limit).unwrap();
        found.into_iter().map(|(key, address, _)| (key, address)).collect()
    };
    let both = [(6, "https://c.example/barrels".to_owned()), (5, "https://a.example/barrels".to_owned())];
    assert_eq!(addresses(i64::MAX, 10), both);
    assert_eq!(addresses(i64::MAX, 1), both[..1]);
    assert_eq!(addresses(6, 10), both[1..]);
    assert!(addresses(5, 10).is_empty());
    assert!(ledger.addresses_revised("2027-01-01", i64::MAX, 10).unwrap().is_empty());
}

/// What a new page is compared with does not grow with what one outlet has said of one claim.
#[test]
fn of_what_one_source_says_of_a_claim_only_the_first_are_told() {
    let ledger = Ledger::in_memory().unwrap();
    let claim = ClaimKey::from_number(0);
    let mut said_first = Vec::new();
    for number in 0..300 {
        let document = page("Northwire", &format!("The pier is closed, says page {number}."));
        let statement = said(&document, SourceKind::Organisation, "Northwire", &[]);
        let place = |step| Place { statement: statement.id, step };
        let link = |step: u8| NewLink {
            place: place(step),
            source: named(1),
            claim,
            for_it: true,
            held: true,
            report: true,
            of_page: step == 1,
            needs: None,
            confidence: 1.0,
        };
        let linking = Linking {
            linker: "a linker".into(),
            known: 0,
            published: None,
            outlet: named(0),
            author: named(0),
            claims: (number == 0)
                .then(|| NewClaim { id: ClaimId([1; 16]), words: "the pier is closed".into() })
                .into_iter()
                .collect(),
            exemplars: vec![],
            links: vec![link(0), link(1)],
            origins: vec![],
            suggestions: vec![],
            appearances: vec![],
            affiliations: vec![],
            fingerprints: vec![],
        };
        ledger.store(&[reading(&document, std::slice::from_ref(&statement))]).unwrap();
        ledger.store_linking(document.id, &linking).unwrap();
        said_first.push(statement.id);
    }
    for of_page in [true, false] {
        let told = ledger.spoken(claim, true, "source 1", of_page, 64).unwrap();
        let told: Vec<_> = told.into_iter().map(|place| place.statement).collect();
        assert_eq!(told, said_first[..64]);
        assert_eq!(ledger.spoken(claim, true, "source 1", of_page, 1_000).unwrap().len(), 300);
        assert!(ledger.spoken(claim, false, "source 1", of_page, 64).unwrap().is_empty());
    }
}

//! A ledger at which people are at work: matters that wait for them, acts in the log, pages that correct themselves, pages
//! that were changed. What the pages of a server are raced on, beside the many statements.

use crate::generate::{Random, claim_words, word};
use crate::{now, open};
use sayso::{Desk, Wanted};
use sayso_ledger::{
    Cause, Change, ClaimKey, DocumentKey, Ledger, LedgerError, Linking, NewClaim, NewLink, NewSuggestion,
    Place, Reading, SourceName, StoredWeight, Words,
};
use sayso_record::{
    ActKind, Block, BlockKind, ClaimId, Document, Manner, Mention, NoticeKind, SourceKind, Span, Stamp,
    StampOrigin, Stance, Statement, StatementId, Subject, SuggestionId,
};
use serde_json::{Value, json};
use std::path::Path;

const PAGES: usize = 2_000;
const STATEMENTS_A_PAGE: usize = 4;
/// Every fourth page is one that was there before, changed.
const REVISED: usize = 4;
/// How many acts of each sort people have done.
const ACTS: [(ActKind, usize); 5] = [
    (ActKind::Flag, 3_000),
    (ActKind::Note, 500),
    (ActKind::Reject, 1_000),
    (ActKind::Withdraw, 400),
    (ActKind::Discredit, 100),
];

/// Adds to a ledger what people find on their desks.
pub(crate) fn make_busy(path: &Path) {
    let mut written = Written::default();
    let ledger = Ledger::open(path, 0).expect("it opens");
    let first = ledger.claim_count().expect("it counts");
    let stored =
        ledger.atomically(|ledger| (0..PAGES).try_for_each(|page| written.page(ledger, first, page)));
    stored.expect("it can be written");
    drop(ledger);
    let mut desk = open(path);
    let mut random = Random(7);
    for (act, count) in ACTS {
        for number in 0..count {
            let statement = written.statements[random.below(written.statements.len())];
            let on = match act {
                ActKind::Reject => Subject::Suggestion(written.suggestions[number]),
                ActKind::Discredit => Subject::Source(source(number).0.name),
                _ => Subject::Statement(statement),
            };
            let because = claim_words(number).join(" ");
            done(&mut desk, Wanted { act, on, with: None, by: "A Reader".into(), because });
        }
    }
}

fn done(desk: &mut Desk, wanted: Wanted) {
    desk.act(wanted, false).expect("it is done");
}

#[derive(Default)]
struct Written {
    statements: Vec<StatementId>,
    suggestions: Vec<SuggestionId>,
}

/// The sources of these pages, each named on many of them.
fn source(number: usize) -> (SourceName, Mention) {
    let name = format!("Dr {} {}", word(number % 97 + 200), word(number % 397 + 5_000));
    let linked = SourceName { name: name.clone(), key: name.to_lowercase(), unnamed: false };
    (linked, Mention { spans: Vec::new(), kind: SourceKind::Person, name })
}

impl Written {
    fn page(&mut self, ledger: &Ledger, first: u32, page: usize) -> Result<(), LedgerError> {
        let outlet = SourceName { name: "The Desk Review".into(), key: "desk review".into(), unnamed: false };
        // A page that was changed says something else at the same address.
        let address = if page % REVISED == 1 { page - 1 } else { page };
        let mut text = String::new();
        let mut blocks = Vec::new();
        let mut block = |words: &str, kind: BlockKind| {
            let start = text.len() as u32;
            text += words;
            let span = Span { start, end: text.len() as u32 };
            text += "\n";
            blocks.push(Block { span, kind, within: None, links: vec![] });
            span
        };
        let said = |at: usize| claim_words(10_000_000 + page * STATEMENTS_A_PAGE + at).join(" ");
        let spans: Vec<Span> =
            (0..STATEMENTS_A_PAGE).map(|at| block(&said(at), BlockKind::Paragraph)).collect();
        let notice = format!("Correction: an earlier version said {}.", said(1));
        block(&notice, BlockKind::Notice { notice: NoticeKind::Correction, date: None });
        let at = "2024-05-01".to_owned();
        let document = Document {
            url: Some(format!("https://desk.example/{address}")),
            site: Some(outlet.name.clone()),
            title: Some(said(0)),
            published: Some(Stamp { at: at.clone(), words: at, origin: StampOrigin::Meta }),
            text,
            blocks,
            ..Document::default()
        }
        .seal();
        let mut linking = Linking {
            linker: "made up".into(),
            known: 1_750_000_000 + page as i64,
            published: sayso_weigh::first_second("2024-05-01"),
            outlet: outlet.clone(),
            author: outlet.clone(),
            claims: Vec::new(),
            exemplars: Vec::new(),
            links: Vec::new(),
            origins: Vec::new(),
            suggestions: Vec::new(),
            appearances: Vec::new(),
            affiliations: Vec::new(),
            fingerprints: Vec::new(),
        };
        let mut statements = Vec::new();
        for (at, span) in spans.into_iter().enumerate() {
            let number = page * STATEMENTS_A_PAGE + at;
            let (name, mention) = source(number);
            let statement = Statement {
                id: Default::default(),
                document: document.id,
                block: at as u32,
                source: mention,
                via: Vec::new(),
                within: None,
                cue: Vec::new(),
                content: vec![span],
                stance: Stance::Asserts,
                manner: Manner::Indirect,
                confidence: 0.1 + (number % 60) as f32 / 100.0,
            }
            .seal();
            let words = document.words(&statement.content);
            let claim = ClaimKey::from_number(first + number as u32);
            linking.claims.push(NewClaim { id: ClaimId::of(&[&statement.id.0]), words: words.clone() });
            linking.exemplars.push(Words { claim, for_it: true, words });
            let place = |step| Place { statement: statement.id, step };
            for (step, source) in [name.clone(), outlet.clone()].into_iter().enumerate() {
                linking.links.push(NewLink {
                    place: place(step as u8),
                    source,
                    claim,
                    for_it: true,
                    held: step == 1,
                    report: step == 1,
                    of_page: step == 1,
                    needs: (step > 0).then(|| vec![vec![place(0)]]),
                    confidence: 0.9,
                });
            }
            let earlier = self.statements.last().copied().unwrap_or(statement.id);
            let here = json!({ "statement": statement.id, "step": 1 });
            let mut suggest = |kind: &str, what: Value| {
                let id = SuggestionId::of(&[kind.as_bytes(), &statement.id.0]);
                self.suggestions.push(id);
                let (kind, because) = (kind.to_owned(), "nine words are the same".to_owned());
                linking.suggestions.push(NewSuggestion { id, kind, what, because, confidence: 0.7 });
            };
            suggest("origin", json!({ "of": here, "original": { "statement": earlier, "step": 1 } }));
            suggest("same_claim", json!({ "statement": statement.id, "claim": number }));
            let (written, other) = (&statement.source.name, source(number + 1).0.name);
            suggest("same_source", json!({ "link": here, "written": written, "source": other }));
            if number.is_multiple_of(50) {
                suggest("distrust", json!({ "source": name.name, "statements": [statement.id] }));
            }
            self.statements.push(statement.id);
            statements.push(statement);
        }
        ledger.store_reading(&Reading {
            document: &document,
            statements: &statements,
            reader: "made up",
            read_at: &now(),
            found_at: "nowhere",
        })?;
        ledger.store_linking(document.id, &linking)?;
        for at in 0..STATEMENTS_A_PAGE {
            // One source says it, and one page passes it on: either would end it.
            let weight = StoredWeight {
                standing: "single-sourced".into(),
                pro: 1,
                con: 0,
                independence_for: (1, 1),
                independence_against: (0, 0),
            };
            let claim = ClaimKey::from_number(first + (page * STATEMENTS_A_PAGE + at) as u32);
            let document = ledger.document_key(document.id)?.unwrap_or(DocumentKey::from_number(0));
            let cause = Cause::Document(document);
            ledger.store_weight(&Change { claim, known: linking.known, cause, weight })?;
        }
        Ok(())
    }
}

//! A small made-up record for the other tests.

use sayso_ledger::Reading;
use sayso_record::{
    Block, BlockKind, Document, Manner, Mention, Note, NoteKind, SourceKind, Span, Stamp, StampOrigin,
    Stance, Statement, StatementId,
};

pub(crate) const FIRST: &str = "0.1.0 model aaaaaaaaaaaa";
pub(crate) const SECOND: &str = "0.2.0 model bbbbbbbbbbbb";

/// One paragraph of an outlet.
pub(crate) fn page(site: &str, text: &str) -> Document {
    let at = "2019-06-03T16:40:00+01:00".to_owned();
    Document {
        site: Some(site.to_owned()),
        title: Some(format!("{site} on barrels")),
        url: Some(format!("https://{}.example/barrels", site.to_lowercase())),
        bylines: vec!["Lena Arbuck".to_owned()],
        published: Some(Stamp { words: at.clone(), at, origin: StampOrigin::Meta }),
        text: text.to_owned(),
        blocks: vec![Block {
            span: Span::new(0, text.len()),
            kind: BlockKind::Paragraph,
            within: None,
            links: vec![],
        }],
        notes: vec![Note::new(NoteKind::Encoding, "a guess")],
        ..Document::default()
    }
    .seal()
}

/// Somebody says the whole text, through somebody else.
pub(crate) fn said(document: &Document, kind: SourceKind, name: &str, via: &[&str]) -> Statement {
    let whole = Span::new(0, document.text.len());
    let mention = |kind, name: &str| Mention { spans: vec![whole], kind, name: name.to_owned() };
    Statement {
        id: StatementId::default(),
        document: document.id,
        block: 0,
        source: mention(kind, name),
        via: via.iter().map(|name| mention(SourceKind::Organisation, name)).collect(),
        within: Some(StatementId::of(&[b"another"])),
        cue: vec![],
        content: vec![whole],
        stance: Stance::Denies,
        manner: Manner::BlockQuote,
        confidence: 0.7,
        proposition: None,
    }
    .seal()
}

/// The reading of a document by the first reader.
pub(crate) fn reading<'a>(document: &'a Document, statements: &'a [Statement]) -> Reading<'a> {
    Reading { document, statements, reader: FIRST, read_at: "2026-11-23T08:00:00Z", found_at: "page.html" }
}

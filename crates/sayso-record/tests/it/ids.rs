//! Ids depend on content and on nothing else.

use proptest::prelude::*;
use sayso_record::{Block, BlockKind, Document, DocumentId, Note, NoteKind, Span};

fn document(text: &str) -> Document {
    let blocks = vec![Block {
        span: Span::new(0, text.len()),
        kind: BlockKind::Paragraph,
        within: None,
        links: vec![],
    }];
    Document { text: text.to_owned(), blocks, ..Document::default() }
}

#[test]
fn a_changed_word_is_a_new_revision_and_a_note_is_not() {
    let first = document("Ann said so.").seal();
    let same = document("Ann said so.").seal();
    let changed = document("Ann says so.").seal();
    let mut noted = document("Ann said so.");
    noted.notes.push(Note::new(NoteKind::Encoding, "guessed"));
    assert_eq!(first.id, same.id);
    assert_ne!(first.id, changed.id);
    assert_eq!(first.id, noted.seal().id);
    assert_eq!(first.clone().seal(), first);
}

#[test]
fn parts_are_kept_apart() {
    assert_ne!(DocumentId::of(&[b"ab", b"c"]), DocumentId::of(&[b"a", b"bc"]));
}

#[test]
fn faults_are_found() {
    let mut broken = document("é");
    broken.blocks[0].span = Span::new(1, 2);
    broken.blocks.push(Block { within: Some(0), ..broken.blocks[0].clone() });
    assert_eq!(broken.faults().len(), 3, "{:?}", broken.faults());
    assert!(document("é").faults().is_empty());
}

proptest! {
    #[test]
    fn json_keeps_everything(text in ".{0,40}", url in proptest::option::of("[a-z:/.]{0,20}")) {
        let document = Document { url, ..document(&text) }.seal();
        let json = serde_json::to_string(&document).unwrap();
        prop_assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), document.clone());
        prop_assert_eq!(document.id.to_string().parse::<DocumentId>().unwrap(), document.id);
    }
}

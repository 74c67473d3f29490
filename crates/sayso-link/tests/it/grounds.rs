//! Reasons and rival accounts in running text.

use sayso_link::grounds::grounds;
use sayso_record::{Block, BlockKind, Document, Span};

fn found(paragraphs: &[&str]) -> Vec<String> {
    let text = paragraphs.join("\n");
    let mut start = 0;
    let mut blocks = Vec::new();
    for paragraph in paragraphs {
        let span = Span::new(start, start + paragraph.len());
        blocks.push(Block { span, kind: BlockKind::Paragraph, within: None, links: Vec::new() });
        start += paragraph.len() + 1;
    }
    let document = Document { text, blocks, ..Document::default() };
    grounds(&document)
        .into_iter()
        .map(|g| {
            let words = |span: Span| span.of(&document.text);
            format!("{:?}: [{}] -> [{}] ({})", g.kind, words(g.reason), words(g.conclusion), words(g.cue))
        })
        .collect()
}

#[test]
fn reasons_and_rivals_are_told_apart() {
    insta::assert_debug_snapshot!(found(&[
        "The crates were stamped in May, said Mr. Orr. This suggests that they came by sea, rather than by road.",
        "Hence the road was closed.",
        "The bridge fell because the bolts had rusted.",
        "The ash was still warm, which means that somebody had slept there.",
        "It was not the wind but the tide that broke the mole.",
        "Thusnelda Berg came at noon. Nothing follows from it.",
    ]));
}

#[test]
fn a_document_without_words_has_no_grounds() {
    assert!(found(&["", "because", "This suggests"]).is_empty());
}

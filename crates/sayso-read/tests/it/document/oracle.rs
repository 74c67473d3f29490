//! The flat tree beside html5ever's: the same words in the same order, whatever the tags.

use super::read;
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;

/// All words in the body by html5ever, without what is no text.
fn words_by_html5ever(html: &str) -> Vec<String> {
    let dom = html5ever::parse_document(RcDom::default(), Default::default()).one(html);
    let mut out = String::new();
    let mut waiting: Vec<Handle> = vec![dom.document.clone()];
    while let Some(node) = waiting.pop() {
        match &node.data {
            NodeData::Text { contents } => out.push_str(&contents.borrow()),
            NodeData::Element { .. } => out.push(' '),
            _ => {}
        }
        waiting.extend(node.children.borrow().iter().rev().cloned());
    }
    out.split_whitespace().map(str::to_owned).collect()
}

/// Markup of elements that may be nested wrongly, but none that moves text about: tables do, and headings that the
/// reader takes for the headline.
fn soup() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "p",
        "div",
        "b",
        "i",
        "a href=x",
        "ul",
        "li",
        "blockquote",
        "u",
        "span",
        "dl",
        "dt",
        "dd",
        "section",
        "em",
    ]);
    let piece = prop_oneof![
        "[a-z]{1,6} ".prop_map(|word| word),
        tag.clone().prop_map(|tag| format!("<{tag}>")),
        tag.prop_map(|tag| format!("</{}>", tag.split(' ').next().unwrap_or(tag))),
        Just("<br>".to_owned()),
        Just("&amp; ".to_owned()),
        Just("<!-- no -->".to_owned()),
    ];
    prop::collection::vec(piece, 1..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Every letter that the reader gives stands in html5ever's text, in the same order.
    #[test]
    fn words_come_in_html5evers_order(soup in soup()) {
        let html = format!("<html><body><p>start of it all. </p>{soup}</body></html>");
        let all = words_by_html5ever(&html);
        let ours = read(&html).text;
        // Letters, not words: where an element ends, the oracle's text does not say so.
        let mut rest = all.iter().flat_map(|word| word.chars());
        for letter in ours.chars().filter(|letter| !letter.is_whitespace()) {
            prop_assert!(rest.any(|other| other == letter), "{letter:?} of {ours:?} is not in {all:?}");
        }
    }
}

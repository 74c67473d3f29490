//! Whatever the text, reading ends well: spans fit, contents do not stop inside characters, ids differ.

use proptest::prelude::*;
use sayso_read::{Carrier, Reader, document};
use std::collections::HashSet;
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(Reader::new);

fn holds(text: &str) {
    let page = document(text.as_bytes(), &Carrier::default());
    assert!(page.faults().is_empty(), "{:?}", page.faults());
    let statements = READER.statements(&page);
    let ids: HashSet<_> = statements.iter().map(|statement| statement.id).collect();
    assert_eq!(ids.len(), statements.len(), "two statements of one id");
    for statement in &statements {
        assert!(!statement.content.is_empty());
        assert!((statement.block as usize) < page.blocks.len());
        assert!((0.0..=1.0).contains(&statement.confidence));
        let roles = [&statement.source.spans, &statement.cue, &statement.content];
        for span in roles.into_iter().flatten().chain(statement.via.iter().flat_map(|mention| &mention.spans))
        {
            assert!(page.text.get(span.range()).is_some_and(|words| !words.is_empty()), "{span:?}");
        }
    }
    for attribution in READER.attributions_in(text) {
        for span in attribution.source.iter().chain(&attribution.cue).chain(&attribution.content) {
            assert!(text.get(span.range()).is_some(), "{span:?}");
        }
    }
}

#[test]
fn odd_texts() {
    for text in [
        "",
        " ",
        "\n\n",
        "John Doe:",
        "“",
        "”",
        "said",
        "“said”",
        "\u{feff}He said.",
        ":::",
        "“““ he said ”””",
    ] {
        holds(text);
    }
}

#[test]
fn one_endless_paragraph() {
    holds(&"“No,” he said, and she said that they said so, ".repeat(2_000));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_characters(text in "\\PC{0,200}") {
        holds(&text);
    }

    #[test]
    fn any_order_of_telling_words(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "he", "said", "“", "”", ",", ".", "\n", "\n\n", "Ann Lee", "the official", "that", "as", "told",
                "reporters", "in a Reuters interview", "From ABC News:", "•", "Update:", "I", "is believed to", "it rains",
                "—", "'", "\"", "é", "say the sources", "according to", "1,000", "\t", "denied",
            ]),
            0..60,
        )
    ) {
        holds(&words.join(" "));
    }
}

//! Running text to paragraphs, sentences and tokens; every position is a byte offset into the text.

mod pieces;
mod quotes;
mod sentences;
mod tokens;

pub use pieces::pieces;
pub use quotes::{QuoteState, quote_states};
pub use sentences::sentences;
pub use tokens::{Token, TokenKind, tokens};

/// The paragraphs of a text: its lines that hold anything but white space, as byte ranges without the line break.
pub fn paragraphs(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut at = 0;
    text.split('\n').filter_map(move |line| {
        let start = at;
        at += line.len() + 1;
        (!line.trim().is_empty()).then_some(start..start + line.len())
    })
}

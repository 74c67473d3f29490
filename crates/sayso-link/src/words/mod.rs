//! Words as every matcher here sees them: runs of letters and digits, with where they stand.

mod lexicon;
mod sensed;
mod stem;
mod wording;

pub use lexicon::is_stop;
pub(crate) use lexicon::{ANTONYMS, NEGATORS, NUMBER_WORDS};
pub use stem::Stemmer;
pub use wording::{Word, Wording, Wordings};

use sayso_record::Span;

/// The runs of letters, digits and underscores in a text, in order.
///
/// ```
/// let words: Vec<&str> = sayso_link::words::spans("Don't, 3.5 pm").map(|s| s.of("Don't, 3.5 pm")).collect();
/// assert_eq!(words, ["Don", "t", "3", "5", "pm"]);
/// ```
pub fn spans(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some((false, length)) = char_at(text, at) {
            at += length;
        }
        let start = at;
        while let Some((true, length)) = char_at(text, at) {
            at += length;
        }
        (start < at).then(|| Span::new(start, at))
    })
}

/// Whether the character at a byte belongs to a word, and its length in bytes; ASCII without decoding.
fn char_at(text: &str, at: usize) -> Option<(bool, usize)> {
    let &byte = text.as_bytes().get(at)?;
    if byte.is_ascii() {
        return Some((byte.is_ascii_alphanumeric() || byte == b'_', 1));
    }
    text[at..].chars().next().map(|c| (c.is_alphanumeric(), c.len_utf8()))
}

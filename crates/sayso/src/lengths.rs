//! How long may be what people write: whatever is kept of them is shown beside all that it concerns.

/// A reason or a remark is no longer.
pub(crate) const BECAUSE_CHARS: usize = 4_000;
/// The name of whoever does something is no longer.
pub(crate) const BY_CHARS: usize = 100;
/// The name of a source that an act speaks of is no longer.
pub(crate) const NAME_CHARS: usize = 500;
/// A question or an answer to it is no longer.
pub(crate) const WORDS_CHARS: usize = 1_000;

/// Whether words have more characters than may be.
pub(crate) fn is_over(words: &str, most: usize) -> bool {
    words.len() > most && words.chars().nth(most).is_some()
}

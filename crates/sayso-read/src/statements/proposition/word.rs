//! The words of a content as the rules of propositions look at them.

use crate::tagger::paragraph::{Paragraph, shape};
use crate::tagger::speech::TAGS;

/// A token with what the tagger made of it.
#[derive(Clone, Debug)]
pub(super) struct Word<'t> {
    /// As written.
    pub(super) written: &'t str,
    pub(super) lower: String,
    pub(super) tag: &'static str,
    pub(super) is_word: bool,
    pub(super) capital: bool,
    /// Whether it stands in quotation marks.
    pub(super) quoted: bool,
    /// Whether it is a mark that opens, or closes, a quotation.
    pub(super) opens: bool,
    pub(super) closes: bool,
    /// Whether an apostrophe joins it to the word before ("don’t", "he’s").
    pub(super) apostrophe_before: bool,
    /// Its bytes in the document.
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The tokens at these places of a paragraph.
pub(super) fn words<'t>(text: &'t str, paragraph: &Paragraph, places: &[usize]) -> Vec<Word<'t>> {
    let word = |&at: &usize| {
        let token = &paragraph.tokens[at];
        let written = token.of(text);
        let apostrophe_before = at >= 2
            && matches!(paragraph.tokens[at - 1].of(text), "’" | "'")
            && paragraph.tokens[at - 1].start == paragraph.tokens[at - 2].end
            && paragraph.tokens[at - 1].end == token.start
            && token.is_word()
            && paragraph.tokens[at - 2].is_word();
        Word {
            written,
            lower: written.to_lowercase(),
            tag: paragraph.speech.get(at).map_or("other", |&tag| TAGS[tag as usize % TAGS.len()]),
            is_word: token.is_word(),
            capital: matches!(paragraph.shape[at], shape::CAPITAL | shape::UPPER | shape::INITIAL),
            quoted: paragraph.quote[at].inside,
            opens: paragraph.quote[at].opens,
            closes: paragraph.quote[at].closes,
            apostrophe_before,
            start: token.start,
            end: token.end,
        }
    };
    places.iter().map(word).collect()
}

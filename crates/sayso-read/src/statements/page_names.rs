//! Which capitals of a page begin names, and which stand only because a sentence, a quotation or a headline begins.

use super::given_names::{is_mans, is_womans};
use super::passage::Passage;
use super::words::{NAMES_OF_OUTLETS, TITLES, listed, no_name};
use crate::tagger::paragraph::Paragraph;
use crate::text::Token;
use std::collections::HashSet;
use std::ops::Range;

/// The words of a page, by how they are written where nothing but themselves asks for a capital.
#[derive(Debug, Default)]
pub(super) struct PageNames {
    /// Words that stand capitalised within a sentence.
    capital: HashSet<String>,
    /// Words that stand in small letters.
    small: HashSet<String>,
}

impl PageNames {
    /// Reads them off the sentences of a page; headlines, in which nearly all is capitalised, tell nothing.
    pub(super) fn of(text: &str, passages: &[Passage]) -> PageNames {
        let mut page = PageNames::default();
        for Passage { paragraph, .. } in
            passages.iter().filter(|passage| !is_headline(text, &passage.paragraph))
        {
            for sentence in &paragraph.sentences {
                for at in sentence.clone().filter(|&at| paragraph.tokens[at].is_word()) {
                    let word = paragraph.tokens[at].of(text);
                    if word.starts_with(char::is_lowercase) {
                        page.small.insert(word.to_owned());
                    } else if word.starts_with(char::is_uppercase) && !begins(text, paragraph, sentence, at) {
                        page.capital.insert(word.to_owned());
                    }
                }
            }
        }
        page
    }

    /// A run of capitalised words without what stands before the name in it: "But Trump", "Chasing Trump".
    pub(super) fn without_start(
        &self,
        text: &str,
        paragraph: &Paragraph,
        sentence: &Range<usize>,
        run: Range<usize>,
    ) -> Range<usize> {
        let mut start = run.start;
        while start < run.end {
            let word = paragraph.tokens[start].of(text);
            let begins = start == run.start && begins(text, paragraph, sentence, start);
            if word.starts_with(char::is_uppercase) && !(begins && self.only_begins(word, paragraph, start)) {
                break;
            }
            start += 1;
        }
        start..run.end
    }

    /// Whether a word that begins a sentence has its capital from nothing else.
    fn only_begins(&self, word: &str, paragraph: &Paragraph, at: usize) -> bool {
        let lower = word.to_lowercase();
        let is_acronym = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
        if self.capital.contains(word) || is_acronym || TITLES.contains(&lower.as_str()) {
            return false;
        }
        // "Will Trump run?": the verb is far more often meant than the man, unless the page has him elsewhere.
        if matches!(lower.as_str(), "will" | "may") {
            return true;
        }
        let is_given = is_mans(&lower) || is_womans(&lower);
        let is_noun = matches!(
            paragraph.part_of_speech(at),
            "name" | "noun" | "nouns" | "adjective" | "number" | "other"
        );
        !is_given && (self.small.contains(&lower) || !is_noun)
    }

    /// Whether a word by itself is no name: it stands in small letters elsewhere, and with a capital only where a sentence
    /// begins ("Proponents").
    pub(super) fn is_common(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        self.small.contains(&lower) && !self.capital.contains(word) && !is_mans(&lower) && !is_womans(&lower)
    }

    /// Whether a word stands capitalised within a sentence somewhere.
    pub(super) fn has(&self, word: &str) -> bool {
        self.capital.contains(word)
    }
}

/// Whether nearly every longer word of a line is capitalised: there, capitals tell no names.
pub(super) fn is_headline(text: &str, paragraph: &Paragraph) -> bool {
    let long = || paragraph.tokens.iter().map(|token| token.of(text)).filter(|word| word.chars().count() > 3);
    let count = long().filter(|word| word.starts_with(char::is_alphabetic)).count();
    let capital = long().filter(|word| word.starts_with(char::is_uppercase)).count();
    count >= 4 && capital * 10 >= count * 8
}

/// Names in a headline: runs of the tokens that the tagger takes for names, first of all those that a given name
/// begins, and of two words at least that the page knows.
pub(super) fn in_headline(
    text: &str,
    paragraph: &Paragraph,
    run: Range<usize>,
    page: &PageNames,
) -> Option<Range<usize>> {
    let word = |at: usize| paragraph.tokens[at].of(text);
    let is_given = |at: &usize| {
        let lower = word(*at).to_lowercase();
        is_mans(&lower) || is_womans(&lower)
    };
    let first = run.clone().find(is_given)?;
    let known = (first + 1..run.end).take_while(|&at| page.has(word(at)) || word(at).chars().count() == 1);
    let end = known.last()? + 1;
    word(end - 1).starts_with(char::is_uppercase).then_some(first..end)
}

/// Whether a token begins a sentence, a quotation or what stands after a colon or a dash.
fn begins(text: &str, paragraph: &Paragraph, sentence: &Range<usize>, at: usize) -> bool {
    let before = &paragraph.tokens[sentence.start..at];
    match before.iter().rposition(Token::is_word) {
        None => true,
        Some(last) => before[last + 1..].iter().any(|mark| {
            matches!(mark.of(text), "“" | "\"" | "‘" | ":" | "—" | "–" | "•" | "*" | "…" | ">" | "!" | "?")
        }),
    }
}

/// The tokens of a phrase that stand before any name: function words, adverbs and days, wherever they stand.
pub(super) fn function_words(words: &str, cut: &[Token], run: &Range<usize>) -> usize {
    let mut start = run.start;
    while start < run.end {
        let word = cut[start].of(words);
        let is_acronym = word.chars().count() > 1 && !word.chars().any(char::is_lowercase) && word != "BUT";
        // "Isn’t Lund": what is left of a verb after its apostrophe.
        let rest_of_word = start > run.start && !word.starts_with(char::is_uppercase);
        let next_is_outlet =
            || cut[start + 1..run.end].first().is_some_and(|next| listed(NAMES_OF_OUTLETS, next.of(words)));
        let paper = word.ends_with("day") && next_is_outlet();
        if !rest_of_word && (is_acronym || paper || !no_name(word)) {
            break;
        }
        start += 1;
    }
    start - run.start
}

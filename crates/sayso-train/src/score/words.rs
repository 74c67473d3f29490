//! Words, white space and case as the test sets' scorers count them.
//!
//! A figure is only comparable with another if both cut text alike, so these follow Unicode to the letter: a word
//! is a run of letters, numbers (general categories L and N) and underscores; marks are no part of it.

use caseless::Caseless;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Whether a character can be part of a word.
pub(crate) fn is_word(character: char) -> bool {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => true,
        _ if character.is_ascii() => false,
        _ => matches!(
            character.general_category_group(),
            GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number
        ),
    }
}

/// Whether a character is white space; the four ASCII separators count, which `char::is_whitespace` leaves out.
pub(crate) fn is_space(character: char) -> bool {
    character.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&character)
}

/// The words of a text, in order.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character| !is_word(character)).filter(|word| !word.is_empty())
}

/// The text with every run of white space made one space, and none at its ends.
pub(crate) fn squeeze(text: &str) -> String {
    text.split(is_space).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The squeezed text without differences of case ("STRASSE" and "Straße" are one).
pub(crate) fn fold(text: &str) -> String {
    squeeze(text).chars().default_case_fold().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_end_a_word_and_underscores_do_not() {
        let found: Vec<&str> = words("a_b, c\u{301}d — ½ 三 «Ωμέγα»").collect();
        assert_eq!(found, ["a_b", "c", "d", "½", "三", "Ωμέγα"]);
    }

    #[test]
    fn white_space_and_case_fold() {
        assert_eq!(squeeze("\u{1c} one\u{a0}\u{2009}two\r\n"), "one two");
        assert_eq!(fold("  Große\tΣΊΣΥΦΟΣ "), fold("GROSSE σίσυφος"));
        assert_eq!(fold(" \n"), "");
    }
}

//! Names of sources: as they are kept, and whether somebody who asks for a name may mean this source. Matching finds; it never merges: each source that
//! matches is answered for by itself.

use caseless::default_case_fold_str;
use sayso_ledger::SourceName;
use sayso_link::sources::Name;

/// Words that a description may start with, and that nobody types when asking for it.
const ARTICLES: [&str; 3] = ["a", "an", "the"];

/// Whether `asked` names the source: its whole name, with or without an article, or the last words of it, as a surname
/// is. Case does not matter.
pub(crate) fn names(asked: &str, source: &str) -> bool {
    let (asked, source) = (words(asked), words(source));
    !asked.is_empty() && source.ends_with(&asked)
}

fn words(name: &str) -> Vec<String> {
    let folded = default_case_fold_str(name);
    let trim = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let mut words: Vec<String> =
        folded.split_whitespace().map(trim).filter(|word| !word.is_empty()).collect();
    if words.len() > 1 && ARTICLES.contains(&words[0].as_str()) {
        words.remove(0);
    }
    words
}

/// A source's name with its key.
pub(crate) fn source_name(name: &str, unnamed: bool) -> SourceName {
    SourceName { name: name.to_owned(), key: Name::of(name).key(), unnamed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_named_by_its_name_or_the_end_of_it() {
        assert!(names("ilse marwick", "Ilse Marwick"));
        assert!(names("Marwick", "Ilse Marwick"));
        assert!(names("STRASSE", "Karl Straße"));
        assert!(names("senior officials", "the senior officials"));
        assert!(names("the harbour office", "Harbour Office"));
    }

    #[test]
    fn a_part_of_a_word_or_a_first_name_names_nobody() {
        assert!(!names("wick", "Ilse Marwick"));
        assert!(!names("Ilse", "Ilse Marwick"));
        assert!(!names("Ilse Marwick", "Marwick"));
        assert!(!names("", "Ilse Marwick"));
        assert!(!names(" . ", ""));
    }
}

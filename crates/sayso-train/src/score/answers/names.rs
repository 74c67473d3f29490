//! Whether two descriptions can be of one source, and how many of two lists can be paired.

use super::rows::Origin;
use crate::score::words::is_word;
use caseless::Caseless;

/// Words that tell nobody apart: titles, offices, articles and what stands between the words of a description.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "dr",
    "sen",
    "senator",
    "rep",
    "representative",
    "president",
    "gov",
    "governor",
    "sir",
    "secretary",
    "the",
    "a",
    "an",
    "gen",
    "general",
    "mayor",
    "minister",
    "prime",
    "king",
    "queen",
    "lord",
    "rev",
    "judge",
    "justice",
    "attorney",
    "chief",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "former",
    "us",
    "of",
    "for",
    "two",
    "three",
    "several",
    "some",
    "one",
    "unnamed",
    "anonymous",
    "who",
    "said",
    "told",
    "by",
    "to",
    "in",
    "on",
    "with",
    "from",
    "and",
];

/// Whether both can stand for one source.
pub(super) fn is_same(a: &Origin, b: &Origin) -> bool {
    let (x, y) = (key(&a.name), key(&b.name));
    let (Some(x_last), Some(y_last)) = (x.last(), y.last()) else {
        return words(&a.name) == words(&b.name);
    };
    if x == y {
        return true;
    }
    if !a.named && !b.named {
        return x.iter().any(|word| y.iter().any(|other| stem(word) == stem(other)));
    }
    let (short, long) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
    if long.windows(short.len()).any(|part| part == short.as_slice()) {
        return true;
    }
    x_last == y_last && x.len() > 1 && y.len() > 1 && is_same_first_name(&x[0], &y[0])
}

/// Whether two first names are one, or one is the initial of the other.
fn is_same_first_name(a: &str, b: &str) -> bool {
    let is_initial = |name: &str| name.chars().count() == 1;
    a == b || a.chars().next() == b.chars().next() && (is_initial(a) || is_initial(b))
}

/// How many of the predicted can be paired with a right one each, by augmenting paths (Kuhn, 1955).
pub(super) fn matched(predicted: &[Origin], right: &[Origin]) -> usize {
    let mut owners = vec![None; right.len()];
    let is_placed = |i: &usize| place(*i, predicted, right, &mut owners, &mut vec![false; right.len()]);
    (0..predicted.len()).filter(is_placed).count()
}

fn place(
    i: usize,
    predicted: &[Origin],
    right: &[Origin],
    owners: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    for j in 0..right.len() {
        if seen[j] || !is_same(&predicted[i], &right[j]) {
            continue;
        }
        seen[j] = true;
        if owners[j].is_none_or(|owner| place(owner, predicted, right, owners, seen)) {
            owners[j] = Some(i);
            return true;
        }
    }
    false
}

/// The words of a name in lower case; dots, ampersands, apostrophes and hyphens are parts of them.
fn words(name: &str) -> Vec<String> {
    let folded = name.chars().default_case_fold().collect::<String>().replace('’', "'");
    folded
        .split(|character: char| !is_word(character) && !".&'-".contains(character))
        .filter(|word| !word.trim_matches(['.', '\'', '-']).is_empty())
        .map(str::to_owned)
        .collect()
}

/// The words that tell who it is.
fn key(name: &str) -> Vec<String> {
    let bare = |word: &String| {
        let word = word.trim_end_matches('.');
        (!TITLES.contains(&word)).then(|| word.strip_suffix("'s").unwrap_or(word).to_owned())
    };
    words(name).iter().filter_map(bare).collect()
}

/// A noun without the ending of its plural.
fn stem(word: &str) -> &str {
    ["ies", "es", "s"].into_iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Origin {
        Origin { name: name.to_owned(), named: true }
    }

    fn unnamed(name: &str) -> Origin {
        Origin { name: name.to_owned(), named: false }
    }

    #[test]
    fn names_of_one_source_match() {
        for (a, b) in [
            (named("Nils Q. Brandt"), named("Brandt")),
            (named("President Marwick"), named("Ilse Marwick")),
            (named("Sen. Ada Lund"), named("Ada Lund")),
            (named("A. Lund"), named("Ada Lund")),
            (named("the Harbour Board"), named("Harbour Board")),
            (named("Lund’s"), named("LUND")),
            (unnamed("two senior officials"), unnamed("a senior official")),
            (unnamed("agencies"), unnamed("an agency of Ostmark, agencies")),
            (named("the"), named("The")),
        ] {
            assert!(is_same(&a, &b) && is_same(&b, &a), "{a:?} {b:?}");
        }
    }

    #[test]
    fn names_of_two_sources_do_not() {
        for (a, b) in [
            (named("Hedda Lund"), named("Ada Lund")),
            (named("Northwire"), named("Ostmark News")),
            (unnamed("a senior official"), named("John Brandt")),
            (named("an official"), named("officials")),
            (named("the"), named("a")),
            (named(""), named("Lund")),
        ] {
            assert!(!is_same(&a, &b) && !is_same(&b, &a), "{a:?} {b:?}");
        }
    }

    #[test]
    fn each_right_one_is_paired_once() {
        let lunds = [named("Lund"), named("Ada Lund")];
        assert_eq!(matched(&lunds, &[named("Ada Lund")]), 1);
        // The first must make room: it alone can go elsewhere.
        assert_eq!(matched(&lunds, &[named("Ada Lund"), named("Hedda Lund")]), 2);
        assert_eq!(matched(&[], &lunds), 0);
    }
}

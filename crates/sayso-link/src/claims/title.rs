//! What a claim is called: a line that a stranger understands, with who says so first.

/// About so many characters, so that it fits a line of a list.
const MOST_CHARACTERS: usize = 160;

/// "Robert Gates: Iran was complicit." An unnamed source is told by its description, and nobody by nothing.
pub fn title(source_name: &str, unnamed: bool, proposition: &str) -> String {
    let words = sentence(proposition);
    let source = source_name.trim();
    let whole = match (source.is_empty(), unnamed) {
        (true, _) => words,
        (false, true) => format!("{}, unnamed: {words}", capital(source)),
        (false, false) => format!("{source}: {words}"),
    };
    cut(&whole)
}

/// One line with a capital at its start and a mark at its end; marks of quotation within it become single ones.
fn sentence(proposition: &str) -> String {
    let line =
        proposition.split_whitespace().collect::<Vec<_>>().join(" ").replace('“', "‘").replace('”', "’");
    let line = line.trim_end_matches([',', ';', ':', '-', '–', '—', ' ']);
    let mut out = capital(line);
    let last = out.trim_end_matches(['’', '\'', '"', ')', ']']).chars().last();
    if last.is_some() && !matches!(last, Some('.' | '!' | '?' | '…')) {
        out.push('.');
    }
    out
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Cut at a word where it is too long.
fn cut(line: &str) -> String {
    let Some((at, _)) = line.char_indices().nth(MOST_CHARACTERS) else { return line.to_owned() };
    // Room for the mark that shows it was cut.
    let kept = line[..at].char_indices().rev().nth(0).map_or("", |(last, _)| &line[..last]);
    let word = kept.rfind(' ').map_or(kept, |space| &kept[..space]);
    format!("{}…", word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '’' && c != ']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_sentences_with_their_source() {
        assert_eq!(
            title("Ilsa Dorn", false, "the pier was “wholly unsafe” in May"),
            "Ilsa Dorn: The pier was ‘wholly unsafe’ in May."
        );
        assert_eq!(
            title("a senior harbour official", true, "The pier was unsafe."),
            "A senior harbour official, unnamed: The pier was unsafe."
        );
        assert_eq!(title("", false, "is it over?"), "Is it over?");
    }

    #[test]
    fn long_ones_are_cut_at_a_word() {
        let long = title("Ilsa Dorn", false, &"the pier was shut and ".repeat(20));
        assert!(long.chars().count() <= MOST_CHARACTERS && long.ends_with('…'), "{long}");
        assert!(long.trim_end_matches('…').ends_with(|c: char| c.is_alphabetic()));
    }
}

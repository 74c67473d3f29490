//! Where sentences end.

use super::Token;

/// Words after which a full stop rarely ends a sentence, lower case.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "rev", "gov", "sen", "rep", "gen", "col", "maj", "capt", "cmdr", "lt",
    "sgt", "adm", "hon", "st", "jr", "sr", "vs", "etc", "eg", "ie", "dept", "univ", "inc", "ltd", "co",
    "corp", "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct", "nov", "dec", "mass", "calif", "conn",
    "fla", "ill", "pa", "va", "wis", "minn", "mich", "colo", "ariz", "tenn", "tex", "wash", "ore", "okla",
    "ala", "ark", "del", "ga", "ind", "kan", "ky", "md", "miss", "mo", "mont", "neb", "nev", "vt", "wyo",
    "approx", "est", "fig",
];

/// A sentence of more tokens is none: a list, a table, or made to be long. It is cut, since much that is done with a sentence
/// takes more than its length.
const MOST_TOKENS: usize = 400;

/// Cuts the tokens of one paragraph into sentences, as half-open ranges of token indexes that cover all of them.
/// Closing quotation marks and brackets belong to the sentence they close.
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        let mark = tokens[at].of(text);
        at += 1;
        if at - start >= MOST_TOKENS {
            out.push(start..at);
            start = at;
            continue;
        }
        if !matches!(mark, "." | "!" | "?" | "…") || (mark == "." && abbreviates(text, tokens, at - 1)) {
            continue;
        }
        while at < tokens.len()
            && matches!(tokens[at].of(text), "”" | "\"" | "’" | "'" | ")" | "]" | "." | "!" | "?")
            && tokens[at].start == tokens[at - 1].end
        {
            at += 1;
        }
        if at < tokens.len() && starts_sentence(text, tokens, at) {
            out.push(start..at);
            start = at;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

/// Whether the full stop at `at` belongs to an abbreviation, an initial or a number.
fn abbreviates(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(word) =
        at.checked_sub(1).map(|before| &tokens[before]).filter(|word| word.end == tokens[at].start)
    else {
        return false;
    };
    let next_touches = tokens.get(at + 1).is_some_and(|next| next.start == tokens[at].end && next.is_word());
    let words = word.of(text);
    let initial = words.chars().count() == 1 && words.chars().all(char::is_uppercase);
    let abbreviation = ABBREVIATIONS.iter().any(|known| words.eq_ignore_ascii_case(known));
    next_touches || initial || abbreviation
}

/// Whether the token at `at`, after an end mark, can open a sentence.
fn starts_sentence(text: &str, tokens: &[Token], at: usize) -> bool {
    if tokens[at].start == tokens[at - 1].end {
        return matches!(tokens[at].of(text), "“");
    }
    let first = tokens[at].of(text).chars().next().unwrap_or(' ');
    if tokens[at].is_word() {
        !first.is_lowercase()
    } else {
        !matches!(first, ',' | ';' | '-' | '–' | '—')
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    #[test]
    fn abbreviations_and_quotations_do_not_cut() {
        let text =
            "Mr. Holt of the U.S. Navy left. “It is done,” he said. “We won.” Nobody asked at 3.5 p.m. why.";
        let mut cut = Vec::new();
        tokens(text, 0..text.len(), &mut cut);
        let found: Vec<_> = sentences(text, &cut)
            .into_iter()
            .map(|range| &text[cut[range.start].start as usize..cut[range.end - 1].end as usize])
            .collect();
        let right = [
            "Mr. Holt of the U.S. Navy left.",
            "“It is done,” he said.",
            "“We won.”",
            "Nobody asked at 3.5 p.m. why.",
        ];
        assert_eq!(found, right);
    }
}

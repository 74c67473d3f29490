//! Which tokens of a paragraph stand inside quotation marks.

use super::{Token, TokenKind};

/// Where a token stands with regard to quotation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuoteState {
    /// The token stands inside a quotation; both marks count as inside.
    pub inside: bool,
    /// The token is an opening mark.
    pub opens: bool,
    /// The token is a closing mark.
    pub closes: bool,
    /// How many quotations were opened in the paragraph before or at this token.
    pub ordinal: u16,
    /// The quotation that the token stands in is closed within the paragraph.
    pub closed: bool,
}

impl QuoteState {
    /// How many codes there are.
    pub const CODES: usize = 16;

    /// All but the ordinal as one small number, as models are given it.
    pub fn code(self) -> u8 {
        u8::from(self.inside)
            | u8::from(self.opens) << 1
            | u8::from(self.closes) << 2
            | u8::from(self.closed) << 3
    }
}

/// The state of every token of one paragraph. An unclosed quotation runs to the end of it; straight marks alternate.
/// A pair of single marks typed for a double one ('') counts as one.
pub fn quote_states(text: &str, tokens: &[Token]) -> Vec<QuoteState> {
    let mut states = vec![QuoteState::default(); tokens.len()];
    let mut inside = false;
    let mut ordinal = 0;
    let mut opened_at = 0;
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let mut width = 1;
        let mark = if token.kind == TokenKind::Mark { token.of(text) } else { "" };
        let turn = match mark {
            "“" | "„" | "«" => Some(true),
            // Typed the wrong way round where nothing is open, a space before and a word right after.
            "”" if !inside && before_word(tokens, at) => Some(true),
            "”" | "»" => Some(false),
            "\"" | "＂" => Some(!inside),
            "'" | "’" | "‘" | "`" => {
                let doubled =
                    tokens.get(at + 1).is_some_and(|next| next.start == token.end && next.of(text) == mark);
                width = if doubled { 2 } else { 1 };
                doubled.then_some(!inside)
            }
            _ => None,
        };
        match turn {
            Some(true) => {
                ordinal += 1;
                opened_at = at;
                inside = true;
            }
            Some(false) if inside => {
                for state in &mut states[opened_at..at] {
                    state.closed = true;
                }
            }
            _ => {}
        }
        for state in &mut states[at..at + width] {
            *state = QuoteState {
                inside: inside || turn == Some(false),
                opens: turn == Some(true),
                closes: turn == Some(false),
                ordinal,
                closed: turn == Some(false),
            };
        }
        if turn == Some(false) {
            inside = false;
        }
        at += width;
    }
    add_single(text, tokens, &mut states);
    states
}

/// Adds the quotations in single marks, as British papers have them, which stand in no double ones. Double marks inside them are
/// part of what is quoted.
fn add_single(text: &str, tokens: &[Token], states: &mut [QuoteState]) {
    let mut added = false;
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].kind == TokenKind::Word || states[at].inside || !opens_single(text, tokens, at) {
            at += 1;
            continue;
        }
        let Some(close) = closing_single(text, tokens, at) else {
            at += 1;
            continue;
        };
        let last = close.unwrap_or(tokens.len() - 1);
        // A title, and the words of a headline, in which every large word has a capital.
        if at > 0 && is_titled(text, &tokens[at..=last]) {
            at = last + 1;
            continue;
        }
        let cut = states[last].inside && states[last].ordinal > 0 && !states[last].closes && close.is_some();
        if cut {
            at += 1;
            continue;
        }
        for state in &mut states[at..=last] {
            *state = QuoteState { inside: true, closed: close.is_some(), ..QuoteState::default() };
        }
        states[at].opens = true;
        states[last].closes = close.is_some();
        added = true;
        at = last + 1;
    }
    if added {
        let mut ordinal = 0;
        for state in states {
            ordinal += u16::from(state.opens);
            state.ordinal = ordinal;
        }
    }
}

/// Whether every word of four letters or more has a capital.
fn is_titled(text: &str, tokens: &[Token]) -> bool {
    let mut large = tokens.iter().map(|token| token.of(text)).filter(|word| word.len() > 3).peekable();
    large.peek().is_some() && large.all(|word| word.starts_with(char::is_uppercase))
}

/// Words that begin with an apostrophe.
const CUT_SHORT: &[&str] = &["tis", "twas", "em", "til", "cause", "n", "bout", "round", "cos", "s", "t"];

/// Whether a single mark stands as an opening one does: apart from the word before it, and right before the next.
fn opens_single(text: &str, tokens: &[Token], at: usize) -> bool {
    let mark = tokens[at].of(text);
    if !matches!(mark, "'" | "‘") || tokens.get(at + 1).is_none_or(|next| next.start != tokens[at].end) {
        return false;
    }
    let apart = at.checked_sub(1).is_none_or(|before| {
        tokens[before].end < tokens[at].start
            || matches!(tokens[before].of(text), "(" | "[" | "—" | "–" | ":")
    });
    let next = tokens[at + 1].of(text);
    let begins = tokens[at + 1].is_word() || matches!(next, "…" | "[" | "“" | "\"" | "£" | "$");
    let short =
        next.starts_with(|c: char| c.is_ascii_digit()) || CUT_SHORT.contains(&next.to_lowercase().as_str());
    apart && begins && !(short && mark == "'")
}

/// Where a quotation in single marks ends: the place of its closing mark, or none where it runs on through the paragraph. `None`
/// where it is no quotation: an apostrophe, or one word that is only used.
fn closing_single(text: &str, tokens: &[Token], open: usize) -> Option<Option<usize>> {
    let mut words = 0;
    for at in open + 1..tokens.len() {
        let token = &tokens[at];
        words += usize::from(token.is_word());
        if token.is_word() || !matches!(token.of(text), "'" | "’") {
            if opens_single(text, tokens, at) {
                return None;
            }
            continue;
        }
        let before = tokens[at - 1];
        let next = tokens.get(at + 1);
        // "I've", "the town's".
        let inside_word = next.is_some_and(|next| next.is_word() && next.start == token.end);
        if before.end < token.start || inside_word {
            if opens_single(text, tokens, at) {
                return None;
            }
            continue;
        }
        let ends = !before.is_word()
            || next.is_none_or(|next| !next.is_word() && !opens_single(text, tokens, at + 1));
        // "the skippers' boat".
        let possessive = before.of(text).ends_with(['s', 'x', 'z']);
        if ends || !possessive {
            return (words >= 2).then_some(Some(at));
        }
    }
    let runs_on = open == 0
        && words >= 4
        && (tokens[0].of(text) == "‘" || tokens[1].of(text).starts_with(char::is_uppercase));
    runs_on.then_some(None)
}

/// Whether a mark stands as an opening one does: a space or nothing before, and the next token right after.
fn before_word(tokens: &[Token], at: usize) -> bool {
    let apart = at.checked_sub(1).is_none_or(|before| tokens[before].end < tokens[at].start);
    apart && tokens.get(at + 1).is_some_and(|next| next.is_word() && next.start == tokens[at].end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    fn inside(text: &str) -> String {
        let mut cut = Vec::new();
        tokens(text, 0..text.len(), &mut cut);
        let states = quote_states(text, &cut);
        cut.iter().zip(states).filter(|(_, state)| state.inside).map(|(token, _)| token.of(text)).collect()
    }

    #[test]
    fn marks_of_every_sort() {
        assert_eq!(inside("“We won,” Ann said."), "“Wewon,”");
        assert_eq!(inside("\"We won,\" Ann said. \"Big."), "\"Wewon,\"\"Big.");
        assert_eq!(inside("''We won,'' Ann said."), "''Wewon,''");
        assert_eq!(inside("It isn’t ‘so’."), "");
        assert_eq!(inside("”We won,” Ann said. Big.” So"), "”Wewon,””");
    }

    #[test]
    fn single_marks() {
        assert_eq!(inside("‘We won,’ Ann said. ‘It’s over.’"), "‘Wewon,’‘It’sover.’");
        assert_eq!(inside("'The skippers' boat sank,' Ann said."), "'Theskippers'boatsank,'");
        assert_eq!(inside("Ann called it 'a disgrace' and left."), "'adisgrace'");
        assert_eq!(inside("‘She said “no” to me,’ Ann said."), "‘Shesaid“no”tome,’");
        assert_eq!(inside("“He said ‘go home’ to me,” Ann said."), "“Hesaid‘gohome’tome,”");
        assert_eq!(inside("‘We go on to the next line"), "‘Wegoontothenextline");
        assert_eq!(inside("The skippers' boat and the '90s, rock 'n' roll."), "");
        assert_eq!(inside("Don't say 'no'."), "");
        assert_eq!(inside("Ann Lee on ‘The Long Shore’: Shut It"), "");
    }
}

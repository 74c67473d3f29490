//! Which tokens of a paragraph stand inside double quotation marks.

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
    states
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
}

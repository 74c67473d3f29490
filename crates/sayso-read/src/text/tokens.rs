//! Tokens: a run of letters, digits and underscores, or any other single character that is no white space.
//! This is the cut that the published scorers of this task use, so a span of ours can be exactly one of theirs.

/// A word or a mark, by its byte range in the text that was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Byte offset of its first byte.
    pub start: u32,
    /// Byte offset past its last byte.
    pub end: u32,
    /// Word or mark.
    pub kind: TokenKind,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, digits, underscores.
    Word,
    /// One other character.
    Mark,
}

impl Token {
    /// The token's words.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        crate::steps::take(1);
        &text[self.start as usize..self.end as usize]
    }

    /// Whether the token is a word.
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }
}

/// Cuts `text[range]` into tokens and adds them to `out`.
///
/// ```
/// # use sayso_read::text::tokens;
/// let text = "It isn’t over.";
/// let mut out = Vec::new();
/// tokens(text, 0..text.len(), &mut out);
/// let words: Vec<_> = out.iter().map(|token| token.of(text)).collect();
/// assert_eq!(words, ["It", "isn", "’", "t", "over", "."]);
/// ```
pub fn tokens(text: &str, range: std::ops::Range<usize>, out: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut at = range.start;
    while at < range.end {
        let start = at;
        let (word, width) = class(text, bytes, at);
        at += width;
        match word {
            None => continue,
            Some(false) => {
                out.push(Token { start: start as u32, end: at as u32, kind: TokenKind::Mark });
            }
            Some(true) => {
                while at < range.end {
                    let (word, width) = class(text, bytes, at);
                    if word != Some(true) {
                        break;
                    }
                    at += width;
                }
                out.push(Token { start: start as u32, end: at as u32, kind: TokenKind::Word });
            }
        }
    }
}

/// Whether the character at `at` belongs to a word (`None`: white space), and its width in bytes.
fn class(text: &str, bytes: &[u8], at: usize) -> (Option<bool>, usize) {
    let byte = bytes[at];
    if byte < 128 {
        let word = byte.is_ascii_alphanumeric() || byte == b'_';
        let space = byte.is_ascii_whitespace() || (0x0b..0x20).contains(&byte) && byte != 0x1b;
        return (if space { None } else { Some(word) }, 1);
    }
    let character = text[at..].chars().next().unwrap_or(' ');
    let word = if character.is_whitespace() { None } else { Some(character.is_alphanumeric()) };
    (word, character.len_utf8())
}

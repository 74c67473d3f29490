//! The table of a font that tells what its codes say (ISO 32000-1, 9.10.3, "ToUnicode").
//!
//! Only `bfchar` and `bfrange` are sought, wherever they stand: what is around them is written in many ways.

use std::collections::HashMap;

/// Entries that are kept; there are no more codes of two bytes.
const ENTRIES_CAP: usize = 1 << 16;

/// What codes say, by their number.
pub(super) fn read(table: &[u8]) -> HashMap<u32, String> {
    let mut said = HashMap::new();
    let mut tokens = Tokens(table);
    while let Some(token) = tokens.next() {
        match token {
            Token::Word(b"beginbfchar") => characters(&mut tokens, &mut said),
            Token::Word(b"beginbfrange") => ranges(&mut tokens, &mut said),
            _ => {}
        }
        if said.len() >= ENTRIES_CAP {
            break;
        }
    }
    said
}

fn characters(tokens: &mut Tokens, said: &mut HashMap<u32, String>) {
    while let (Some(Token::Hex(code)), Some(Token::Hex(words))) = (tokens.next(), tokens.next()) {
        say(said, number(&code), &words);
    }
}

/// Runs of codes that say letters that follow on each other, or what a list gives.
fn ranges(tokens: &mut Tokens, said: &mut HashMap<u32, String>) {
    while let (Some(Token::Hex(first)), Some(Token::Hex(last))) = (tokens.next(), tokens.next()) {
        let (first, last) = (number(&first), number(&last).min(number(&first).saturating_add(0xffff)));
        match tokens.next() {
            Some(Token::Hex(mut words)) => {
                for code in first..=last {
                    say(said, code, &words);
                    if said.len() >= ENTRIES_CAP {
                        return;
                    }
                    let (Some(end), false) = (words.last_mut(), code == last) else { break };
                    *end = end.wrapping_add(1);
                    // The letter after U+00FF.
                    if *end == 0 && words.len() > 1 {
                        let before = words.len() - 2;
                        words[before] = words[before].wrapping_add(1);
                    }
                }
            }
            Some(Token::Word(b"[")) => {
                for code in first.. {
                    let Some(Token::Hex(words)) = tokens.next() else { break };
                    say(said, code, &words);
                }
            }
            _ => return,
        }
    }
}

fn say(said: &mut HashMap<u32, String>, code: u32, words: &[u8]) {
    let units = words.chunks(2).map(|unit| unit.iter().fold(0u16, |unit, &byte| unit << 8 | u16::from(byte)));
    let text: String =
        char::decode_utf16(units).filter_map(Result::ok).filter(|&letter| letter != '\0').collect();
    if !text.is_empty() && said.len() < ENTRIES_CAP {
        said.insert(code, text);
    }
}

fn number(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |number, &byte| number << 8 | u32::from(byte))
}

enum Token<'t> {
    /// The bytes of `<...>`.
    Hex(Vec<u8>),
    Word(&'t [u8]),
}

/// What is left of a table.
struct Tokens<'t>(&'t [u8]);

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let start = self.0.iter().position(|byte| !byte.is_ascii_whitespace())?;
        let rest = &self.0[start..];
        let is_single = |byte: u8| matches!(byte, b'[' | b']');
        let length = match rest[0] {
            b'<' if rest.get(1) != Some(&b'<') => {
                let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
                self.0 = rest.get(end + 1..).unwrap_or_default();
                return Some(Token::Hex(hex(&rest[1..end])));
            }
            byte if is_single(byte) => 1,
            _ => rest[1..]
                .iter()
                .position(|&byte| byte.is_ascii_whitespace() || is_single(byte) || byte == b'<')
                .map_or(rest.len(), |end| end + 1),
        };
        let (word, rest) = rest.split_at(length);
        self.0 = rest;
        Some(Token::Word(word))
    }
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> =
        digits.iter().filter_map(|&digit| char::from(digit).to_digit(16)).map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_runs_and_lists() {
        let said = read(
            b"/CIDInit /ProcSet findresource begin 1 begincodespacerange<0000><FFFF>endcodespacerange\n\
              2 beginbfchar\n<0001> <0020>\n<0002><00660069>endbfchar\n\
              3 beginbfrange <0003> <0005> <0061> <00fe> <0101> <00FE> <10><12>[<0041> <D83DDE00>]\nendbfrange end",
        );
        let says = |code: u32| said.get(&code).map(String::as_str);
        assert_eq!([says(1), says(2), says(3), says(5)], [Some(" "), Some("fi"), Some("a"), Some("c")]);
        assert_eq!([says(0xfe), says(0xff), says(0x100)], [Some("þ"), Some("ÿ"), Some("Ā")]);
        assert_eq!([says(0x10), says(0x11), says(0x12)], [Some("A"), Some("😀"), None]);
    }

    #[test]
    fn odd_tables_end() {
        read(b"beginbfrange <00> <ffffffff> <0041> endbfrange");
        read(b"beginbfrange <00> <ffffffff> [ <41> ");
        read(b"beginbfchar <");
        read(b"<<<<[[[]]] beginbfchar beginbfrange");
    }
}

//! Makes words that others wrote safe to show: a page may hold characters that a terminal or a browser would obey.

use std::borrow::Cow;

/// Whether something else may be done with this character than show it: control characters (terminal escape sequences
/// start with one), and the characters that turn the direction of writing or cannot be seen at all.
pub fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}')
}

/// The words on one line, with white space run together and every character that acts shown as `�`.
pub fn line(words: &str) -> String {
    let shown = |c: char| if acts(c) { '\u{FFFD}' } else { c };
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(shown).collect()
}

/// JSON with every character that acts written as its `\u` escape: the same value, safe to look at.
pub fn json(line: &str) -> Cow<'_, str> {
    if !line.chars().any(acts) {
        return Cow::Borrowed(line);
    }
    // JSON on one line holds such characters inside strings only, where an escape may stand for any of them.
    let mut safe = String::with_capacity(line.len() + 16);
    for c in line.chars() {
        if acts(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

/// Words as they stand in an address: everything but what RFC 3986 leaves unreserved as the bytes of its UTF-8.
pub fn in_address(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for byte in words.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_turned_writing_are_only_shown() {
        assert_eq!(line("a\u{1b}[31mred\u{9b}0m"), "a�[31mred�0m");
        assert_eq!(line("safe \u{202e}gnp.exe\u{2066}"), "safe �gnp.exe�");
        assert_eq!(line("  one\n\ttwo\u{a0}three "), "one two three");
    }

    #[test]
    fn json_keeps_its_value() {
        let value = serde_json::json!({ "words": "\u{9b}31m \u{202e}\u{e0041} \u{1b} plain" });
        let written = serde_json::to_string(&value).unwrap();
        let safe = json(&written);
        assert!(!safe.chars().any(acts), "{safe}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&safe).unwrap(), value);
    }
}

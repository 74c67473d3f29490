//! Letters as they are read: ligatures are the letters that they join, and marks that nobody sees are taken out.
//!
//! This happens before a document's text is laid out, because every span counts the bytes of that text.

use sayso_record::{Note, NoteKind};
use std::borrow::Cow;

/// What a character is to a reader.
enum Sort {
    Letter,
    /// Several letters drawn as one.
    Ligature(&'static str),
    /// Shows where a word may be broken.
    SoftHyphen,
    /// Never seen, whatever it stands by.
    Unseen,
    /// Shapes the letter before it in some scripts, and pictures made of several; unseen after all others.
    Joiner,
    /// Chooses among the forms of the character before it.
    Variant,
    /// Turns the direction of writing.
    Direction,
    /// Unseen, but for those that say which flag is meant.
    Tag,
}

fn sort(c: char) -> Sort {
    match c {
        '\u{fb00}' => Sort::Ligature("ff"),
        '\u{fb01}' => Sort::Ligature("fi"),
        '\u{fb02}' => Sort::Ligature("fl"),
        '\u{fb03}' => Sort::Ligature("ffi"),
        '\u{fb04}' => Sort::Ligature("ffl"),
        '\u{fb05}' | '\u{fb06}' => Sort::Ligature("st"),
        '\u{ad}' => Sort::SoftHyphen,
        '\u{200b}'
        | '\u{feff}'
        | '\u{34f}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}' => Sort::Unseen,
        '\u{200c}' | '\u{200d}' | '\u{180e}' => Sort::Joiner,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => Sort::Variant,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Sort::Direction
        }
        '\u{e0000}'..='\u{e007f}' => Sort::Tag,
        _ => Sort::Letter,
    }
}

/// A text being cleaned, piece by piece.
#[derive(Debug, Default)]
pub(crate) struct Letters {
    /// How many marks were taken out that nobody sees; soft hyphens are not counted.
    pub(crate) unseen: usize,
    /// Marks that say which flag the last character is.
    flag: u8,
}

impl Letters {
    /// The text as it is read. `before` is the character that stands before it.
    pub(crate) fn read<'t>(&mut self, text: &'t str, before: Option<char>) -> Cow<'t, str> {
        let odd = |c: char| !c.is_ascii() && !matches!(sort(c), Sort::Letter);
        let first = if text.is_ascii() { None } else { text.find(odd) };
        let Some(first) = first else { return Cow::Borrowed(text) };
        let turned = text.chars().any(runs_leftwards) || before.is_some_and(runs_leftwards);
        let mut out = String::with_capacity(text.len());
        out.push_str(&text[..first]);
        let mut last = out.chars().next_back().or(before);
        let mut rest = text[first..].chars().peekable();
        while let Some(c) = rest.next() {
            let kept = match sort(c) {
                Sort::Letter => true,
                Sort::Ligature(letters) => {
                    out.push_str(letters);
                    last = letters.chars().next_back();
                    continue;
                }
                Sort::SoftHyphen => {
                    // A word that was broken here goes on in the next line.
                    let _ = rest.next_if_eq(&'\r');
                    let _ = rest.next_if_eq(&'\n');
                    continue;
                }
                Sort::Unseen => false,
                Sort::Joiner => last.is_some_and(is_joined),
                Sort::Variant => last.is_some_and(|last| has_variant(last, c)),
                Sort::Direction => turned,
                Sort::Tag => self.flag < FLAG_MARKS && last.is_some_and(is_flag),
            };
            if kept {
                self.flag = if matches!(sort(c), Sort::Tag) { self.flag + 1 } else { 0 };
                out.push(c);
                last = Some(c);
            } else {
                self.unseen += 1;
            }
        }
        Cow::Owned(out)
    }

    /// Says that marks were taken out, where there were any but soft hyphens.
    pub(crate) fn note(&self) -> Option<Note> {
        (self.unseen > 0).then(|| {
            let text = match self.unseen {
                1 => "an invisible mark was taken out of the words".to_owned(),
                many => format!("{many} invisible marks were taken out of the words"),
            };
            Note::new(NoteKind::Other, text)
        })
    }
}

/// The name of a flag has six marks at most, and one that ends it.
const FLAG_MARKS: u8 = 7;

/// A name, or another short text that comes from outside the page, without what nobody sees.
pub(crate) fn seen(words: &str) -> Cow<'_, str> {
    Letters::default().read(words, None)
}

/// Whether a joiner after this character can be seen in what follows.
fn is_joined(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{1cff}'
        | '\u{2190}'..='\u{2bff}'
        | '\u{a800}'..='\u{abff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe0e}'..='\u{fe0f}'
        | '\u{fe70}'..='\u{fefc}'
        | '\u{10000}'..='\u{1faff}')
}

/// Whether a character has the form that a mark after it chooses.
fn has_variant(c: char, mark: char) -> bool {
    match mark {
        '\u{fe0e}' | '\u{fe0f}' => {
            matches!(c, '#' | '*' | '0'..='9' | '\u{a9}' | '\u{ae}' | '\u{203c}'..='\u{2049}' | '\u{2100}'..='\u{2bff}'
                | '\u{3030}'..='\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
        }
        '\u{fe00}'..='\u{fe0d}' => {
            matches!(c, '\u{1000}'..='\u{109f}' | '\u{1820}'..='\u{18af}' | '\u{2200}'..='\u{22ff}' | '\u{3000}'..='\u{9fff}'
                | '\u{a840}'..='\u{a87f}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        }
        _ => {
            matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        }
    }
}

fn is_flag(c: char) -> bool {
    c == '\u{1f3f4}' || matches!(c, '\u{e0020}'..='\u{e007e}')
}

/// Whether a letter belongs to a script that is written from right to left.
fn runs_leftwards(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
        && c != '\u{61c}'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, usize) {
        let mut letters = Letters::default();
        let read = letters.read(text, None).into_owned();
        (read, letters.unseen)
    }

    #[test]
    fn ligatures_are_letters() {
        assert_eq!(
            read("the \u{fb01}rst o\u{fb03}ce, a\u{fb04}icted sta\u{fb00}"),
            ("the first office, afflicted staff".into(), 0)
        );
    }

    #[test]
    fn what_nobody_sees_is_taken_out() {
        assert_eq!(read("har\u{ad}bour mas\u{ad}\r\nter"), ("harbour master".into(), 0));
        assert_eq!(read("har\u{200b}bour\u{2060} mas\u{200d}ter"), ("harbour master".into(), 3));
        // Words hidden in tags, and bytes hidden in the marks of variants.
        assert_eq!(read("pier\u{e0041}\u{e0042}\u{e007f}"), ("pier".into(), 3));
        assert_eq!(read("pier\u{feff}\u{fe01}\u{e0143}\u{e0151}."), ("pier.".into(), 4));
        assert_eq!(read("\u{202e}reip"), ("reip".into(), 1));
    }

    #[test]
    fn what_shapes_letters_and_pictures_stays() {
        for text in [
            "\u{646}\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
            "\u{915}\u{94d}\u{200d}\u{937}",
            "\u{2764}\u{fe0f}\u{200d}\u{1f525}",
            "1\u{fe0f}\u{20e3}",
            "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "\u{5d0}\u{200f}!",
            "\u{845b}\u{e0100}",
        ] {
            assert_eq!(read(text), (text.into(), 0), "{text}");
        }
    }
}

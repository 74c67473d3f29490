//! How much of a page is read: so much work that no page takes longer than ten seconds, whatever is written on it.

use crate::tagger::paragraph::Paragraph;
use sayso_record::{Note, NoteKind};

/// So many times the taggers look at a token: once for its paragraph, and once for each cue around which it stands. Text
/// asks for about four times as many as it has tokens, so that 7 MB of it are read.
const LOOKS: usize = 6_000_000;

/// So many tokens the careful reader looks at; the taggers, which are a hundred times as fast, read on by themselves.
const CAREFUL_TOKENS: usize = 30_000;

/// So many sentences and attributions become statements.
const SAID: usize = 100_000;

/// What is left of the work that a page may ask for.
#[derive(Debug)]
pub(super) struct Budget {
    looks: usize,
    careful: usize,
    said: usize,
    notes: Vec<Note>,
}

impl Budget {
    pub(super) fn new() -> Budget {
        Budget { looks: LOOKS, careful: CAREFUL_TOKENS, said: SAID, notes: Vec::new() }
    }

    /// Whether another paragraph may be read; where none may, a note says from where on. `at`: where it stands.
    pub(super) fn is_left(&mut self, at: usize, of: usize) -> bool {
        let is_left = self.looks > 0 && self.said > 0;
        if !is_left {
            let text = format!(
                "too much to read: who said what was looked for in the first {at} of {of} bytes of its words"
            );
            self.notes.push(Note::new(NoteKind::Truncated, text));
        }
        is_left
    }

    /// Takes what the taggers did with a paragraph.
    pub(super) fn looked(&mut self, looks: usize) {
        self.looks = self.looks.saturating_sub(looks);
    }

    /// Takes what a paragraph says.
    pub(super) fn said(&mut self, paragraph: &Paragraph, found: usize) {
        self.said = self.said.saturating_sub(paragraph.sentences.len() + found);
    }

    /// Whether the careful reader may look at a paragraph.
    pub(super) fn is_careful(&mut self, paragraph: &Paragraph) -> bool {
        if self.careful == 0 {
            return false;
        }
        self.careful = self.careful.saturating_sub(paragraph.len());
        if self.careful == 0 {
            let text = format!(
                "long: the careful reader looked at its first {CAREFUL_TOKENS} tokens that asked for it"
            );
            self.notes.push(Note::new(NoteKind::Truncated, text));
        }
        true
    }

    /// What was left out.
    pub(super) fn notes(self) -> Vec<Note> {
        self.notes
    }
}

//! What a text means as a whole and sentence by sentence, where there is a model of sentences.

use super::wording::{Wording, Wordings, readable};
use crate::grounds::sentences;
use crate::learned::{Senses, dot};
use sayso_record::Span;
use std::sync::Arc;

/// So many sentences of a text are looked at by themselves.
const SENTENCES: usize = 6;
/// A sentence of fewer words says too little by itself.
const LEAST_WORDS: usize = 4;

impl Wordings {
    /// The same with a model of sentences.
    pub fn with_senses(mut self, senses: Senses) -> Wordings {
        self.senses = Some(senses);
        self
    }

    /// The model of sentences.
    pub fn senses(&self) -> Option<&Senses> {
        self.senses.as_ref()
    }

    /// Makes a text ready, with what its sentences mean where there is a model of sentences.
    pub fn sensed(&self, text: &str) -> Wording {
        let mut wording = self.of(text);
        self.add_senses(&mut wording, text);
        wording
    }

    /// Adds what the sentences of a text mean to its wording, where there is a model of sentences.
    pub(crate) fn add_senses(&self, wording: &mut Wording, text: &str) {
        if let Some(senses) = &self.senses {
            let (plain, _) = readable(text);
            let plain = without_signature(&plain);
            wording.senses = parts(plain).into_iter().map(|part| senses.of(part)).collect();
        }
    }
}

/// The text, then each of its sentences where there are several.
fn parts(text: &str) -> Vec<&str> {
    let text = text.trim();
    let spans = sentences(text, Span::new(0, text.len()));
    let mut parts = vec![text];
    if spans.len() > 1 {
        let own = spans.into_iter().map(|span| span.of(text));
        parts.extend(own.filter(|part| part.split_whitespace().count() >= LEAST_WORDS).take(SENTENCES));
    }
    parts
}

/// A short message without the name and date under it: "... — Anna Lund ( anna lund) June 5, 2019".
fn without_signature(text: &str) -> &str {
    let Some(dash) = text.rfind('\u{2014}') else { return text };
    let (before, signature) = (&text[..dash], &text[dash..]);
    let is_signature = signature.contains('(') && signature.ends_with(|c: char| c.is_ascii_digit());
    if is_signature && !before.trim().is_empty() { before } else { text }
}

impl Wording {
    /// The cosine of the vectors of both wholes; 0 where either has none.
    pub(crate) fn sense(&self, other: &Wording) -> f32 {
        match (self.senses.first(), other.senses.first()) {
            (Some(a), Some(b)) => dot(a, b),
            _ => 0.0,
        }
    }

    /// The greatest cosine of any part of this with the whole of another.
    pub(crate) fn sense_of_best_part(&self, other: &Wording) -> f32 {
        let Some(whole) = other.senses.first() else { return 0.0 };
        self.senses.iter().map(|part| dot(part, whole)).fold(-1.0, f32::max)
    }

    pub(crate) fn is_sensed(&self) -> bool {
        !self.senses.is_empty()
    }
}

/// A vector of a sentence.
pub(crate) type Sense = Arc<[f32]>;

#[cfg(test)]
mod tests {
    use super::{parts, without_signature};

    #[test]
    fn a_text_is_taken_whole_and_sentence_by_sentence() {
        assert_eq!(parts("One sentence of words."), ["One sentence of words."]);
        let two = "The ferry sank at night. Nobody was hurt at all. Why?";
        assert_eq!(parts(two), [two, "The ferry sank at night.", "Nobody was hurt at all."]);
    }

    #[test]
    fn a_signature_is_left_out() {
        let signed = "The ferry sank \u{2014} Anna Lund ( anna lund) June 5, 2019";
        assert_eq!(without_signature(signed), "The ferry sank ");
        let dashed = "The ferry \u{2014} an old one \u{2014} sank";
        assert_eq!(without_signature(dashed), dashed);
    }
}

//! Words to the pieces of words that the encoder knows.

use super::CarefulError;
use crate::tagger::paragraph::Paragraph;
use tokenizers::{EncodeInput, InputSequence, Tokenizer};

/// The encoder takes so many pieces at once; a longer paragraph is cut at a word.
const PIECES: usize = 512;
/// A word of many pieces (an address, say) counts by its first ones.
const PIECES_OF_A_WORD: usize = 8;

/// Cuts words into pieces.
#[derive(Debug)]
pub(super) struct Pieces {
    tokenizer: Tokenizer,
    first: u32,
    last: u32,
    unknown: u32,
}

/// A paragraph, or as much of it as the encoder takes at once.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The number of its first word in the paragraph.
    pub(super) start: usize,
    /// Its pieces, between the two marks that the encoder expects.
    pub(super) pieces: Vec<u32>,
    /// The place of each word's first piece.
    pub(super) heads: Vec<u32>,
    /// The word of each piece; none for the marks.
    pub(super) word_of: Vec<Option<u32>>,
    /// What is known of each word: shape, quotation marks, part of speech.
    pub(super) known: [Vec<u32>; 3],
}

impl Part {
    pub(super) fn words(&self) -> usize {
        self.heads.len()
    }
}

impl Pieces {
    pub(super) fn new(json: &[u8]) -> Result<Pieces, CarefulError> {
        let broken = |why: String| CarefulError::Damaged(format!("its tokenizer: {why}"));
        let mut tokenizer = Tokenizer::from_bytes(json).map_err(|error| broken(error.to_string()))?;
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(|error| broken(error.to_string()))?;
        let mark =
            |mark: &str| tokenizer.token_to_id(mark).ok_or_else(|| broken(format!("it has no {mark}")));
        let (first, last, unknown) = (mark("[CLS]")?, mark("[SEP]")?, mark("[UNK]")?);
        Ok(Pieces { tokenizer, first, last, unknown })
    }

    /// A paragraph in parts that the encoder takes.
    pub(super) fn parts(&self, text: &str, paragraph: &Paragraph) -> Vec<Part> {
        let words: Vec<&str> = paragraph.tokens.iter().map(|token| token.of(text)).collect();
        let mut pieces: Vec<Vec<u32>> = vec![Vec::new(); words.len()];
        let input = EncodeInput::Single(InputSequence::from(words));
        if let Ok(encoded) = self.tokenizer.encode(input, false) {
            for (&piece, word) in encoded.get_ids().iter().zip(encoded.get_word_ids()) {
                if let Some(own) = word.and_then(|word| pieces.get_mut(word as usize))
                    && own.len() < PIECES_OF_A_WORD
                {
                    own.push(piece);
                }
            }
        }
        pieces.iter_mut().filter(|own| own.is_empty()).for_each(|own| own.push(self.unknown));
        let mut parts = Vec::new();
        let mut start = 0;
        while start < pieces.len() {
            let mut part = Part { start, pieces: vec![self.first], word_of: vec![None], ..Part::default() };
            while let Some(own) = pieces.get(start).filter(|own| part.pieces.len() + own.len() < PIECES) {
                part.heads.push(part.pieces.len() as u32);
                part.word_of.extend(own.iter().map(|_| Some((start - part.start) as u32)));
                part.pieces.extend(own);
                let known = [paragraph.shape[start], paragraph.quote[start].code(), paragraph.speech[start]];
                part.known.iter_mut().zip(known).for_each(|(list, one)| list.push(one.into()));
                start += 1;
            }
            part.pieces.push(self.last);
            part.word_of.push(None);
            parts.push(part);
        }
        parts
    }
}

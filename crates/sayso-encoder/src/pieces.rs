//! Words to the pieces of words that an encoder knows.

use crate::EncoderError;
use tokenizers::{EncodeInput, InputSequence, Tokenizer};

/// A word that no model knows: a sign of the alchemists.
const UNKNOWN: &str = "\u{1f701}";

/// Cuts words into pieces.
#[derive(Debug)]
pub struct Pieces {
    tokenizer: Tokenizer,
    /// The mark before a text.
    pub first: u32,
    /// The mark after it.
    pub last: u32,
    /// What stands for a word that has no pieces.
    pub unknown: u32,
}

impl Pieces {
    /// Out of the bytes of a `tokenizer.json`, for an encoder that knows so many pieces.
    pub fn new(json: &[u8], vocabulary: usize) -> Result<Pieces, EncoderError> {
        let broken = |why: String| EncoderError::Damaged(format!("its tokenizer: {why}"));
        let mut tokenizer = Tokenizer::from_bytes(json).map_err(|error| broken(error.to_string()))?;
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(|error| broken(error.to_string()))?;
        let mark =
            |mark: &str| tokenizer.token_to_id(mark).ok_or_else(|| broken(format!("it has no {mark}")));
        let (first, last, unknown) = (mark("[CLS]")?, mark("[SEP]")?, mark("[UNK]")?);
        if let Some((piece, _)) =
            tokenizer.get_vocab(true).into_iter().find(|(_, number)| *number as usize >= vocabulary)
        {
            return Err(broken(format!("the encoder does not know its {piece:?}")));
        }
        // Words that it does not know are where cutting can fail, and are asked for here once and for all.
        tokenizer.encode(UNKNOWN, false).map_err(|error| broken(error.to_string()))?;
        Ok(Pieces { tokenizer, first, last, unknown })
    }

    /// The pieces of each word, `most` of a word at most: a word of many pieces (an address, say) counts by its first ones.
    pub fn of_words(&self, words: Vec<&str>, most: usize) -> Vec<Vec<u32>> {
        let mut pieces: Vec<Vec<u32>> = vec![Vec::new(); words.len()];
        let input = EncodeInput::Single(InputSequence::from(words));
        if let Ok(encoded) = self.tokenizer.encode(input, false) {
            for (&piece, word) in encoded.get_ids().iter().zip(encoded.get_word_ids()) {
                if let Some(own) = word.and_then(|word| pieces.get_mut(word as usize))
                    && own.len() < most
                {
                    own.push(piece);
                }
            }
        }
        pieces.iter_mut().filter(|own| own.is_empty()).for_each(|own| own.push(self.unknown));
        pieces
    }

    /// The pieces of a text between its marks, `most` of them at most.
    pub fn of_text(&self, text: &str, most: usize) -> Vec<u32> {
        let mut pieces = self.of_part(text);
        pieces.truncate(most.saturating_sub(2));
        pieces.insert(0, self.first);
        pieces.push(self.last);
        pieces
    }

    /// The pieces of a text without any marks, to be put beside those of others.
    pub fn of_part(&self, text: &str) -> Vec<u32> {
        self.tokenizer.encode(text, false).map(|encoded| encoded.get_ids().to_vec()).unwrap_or_default()
    }
}

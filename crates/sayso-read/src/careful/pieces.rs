//! A paragraph in parts that the encoder takes at once.

use crate::tagger::paragraph::Paragraph;
use sayso_encoder::Pieces;

/// The encoder takes so many pieces at once; a longer paragraph is cut at a word.
const PIECES: usize = 512;
/// A word of many pieces (an address, say) counts by its first ones.
const PIECES_OF_A_WORD: usize = 8;

/// A paragraph, or as much of it as the encoder takes at once.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The number of its first word in the paragraph.
    pub(super) start: usize,
    /// Its pieces, between the two marks that the encoder expects.
    pub(super) pieces: Vec<u32>,
    /// The place of each word's first piece.
    pub(super) heads: Vec<usize>,
    /// The word of each piece; none for the marks.
    pub(super) word_of: Vec<Option<usize>>,
    /// What is known of each word: shape, quotation marks, part of speech.
    pub(super) known: [Vec<u8>; 3],
}

impl Part {
    pub(super) fn words(&self) -> usize {
        self.heads.len()
    }
}

/// A paragraph in parts that the encoder takes.
pub(super) fn parts(own: &Pieces, text: &str, paragraph: &Paragraph) -> Vec<Part> {
    let words: Vec<&str> = paragraph.tokens.iter().map(|token| token.of(text)).collect();
    let pieces = own.of_words(words, PIECES_OF_A_WORD);
    let mut parts = Vec::new();
    let mut start = 0;
    while start < pieces.len() {
        let mut part = Part { start, pieces: vec![own.first], word_of: vec![None], ..Part::default() };
        while let Some(word) = pieces.get(start).filter(|word| part.pieces.len() + word.len() < PIECES) {
            part.heads.push(part.pieces.len());
            part.word_of.extend(word.iter().map(|_| Some(start - part.start)));
            part.pieces.extend(word);
            let known = [paragraph.shape[start], paragraph.quote[start].code(), paragraph.speech[start]];
            part.known.iter_mut().zip(known).for_each(|(list, one)| list.push(one));
            start += 1;
        }
        part.pieces.push(own.last);
        part.word_of.push(None);
        parts.push(part);
    }
    parts
}

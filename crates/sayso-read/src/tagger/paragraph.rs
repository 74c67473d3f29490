//! What the taggers know of each token of a paragraph before they label it.

use super::mix;
use super::speech::TAGS;
use crate::text::{QuoteState, Token, quote_states, sentences};
use rustc_hash::FxHashMap;

/// A paragraph cut into tokens, with the properties that features are made of. All vectors are as long as `tokens`.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// Its tokens, with byte offsets into the whole text.
    pub tokens: Vec<Token>,
    /// Hash of the lower-cased word, digits folded.
    pub word: Vec<u32>,
    /// Hash of the last three characters.
    pub suffix: Vec<u32>,
    /// Hash of the first four characters.
    pub prefix: Vec<u32>,
    /// Which groups of like words the word belongs to, coarse to fine; 0 where the word is in none.
    pub groups: Vec<[u16; GROUPINGS]>,
    /// Parts of speech, as places in [`TAGS`]; empty until [`tag`](super::speech::tag) is asked.
    pub speech: Vec<u8>,
    /// Capitals, digits, marks.
    pub shape: Vec<u8>,
    /// Inside or outside quotation marks.
    pub quote: Vec<QuoteState>,
    /// Index of the sentence each token is in.
    pub sentence: Vec<u32>,
    /// The sentences as ranges of tokens.
    pub sentences: Vec<std::ops::Range<usize>>,
}

/// How many groupings of words there are.
pub const GROUPINGS: usize = 4;

/// Groups of words that occur in like contexts.
#[derive(Clone, Debug, Default)]
pub struct WordGroups {
    groups: FxHashMap<u32, [u16; GROUPINGS]>,
}

impl WordGroups {
    /// Groups from the hashes of words.
    pub fn new(groups: FxHashMap<u32, [u16; GROUPINGS]>) -> WordGroups {
        WordGroups { groups }
    }

    /// Every word's hash with its groups.
    pub fn iter(&self) -> impl Iterator<Item = (u32, [u16; GROUPINGS])> {
        self.groups.iter().map(|(word, groups)| (*word, *groups))
    }

    /// The groups of a word.
    pub fn of(&self, word: u32) -> [u16; GROUPINGS] {
        self.groups.get(&word).copied().unwrap_or_default()
    }
}

/// The shapes of tokens.
pub mod shape {
    /// Any mark that has no shape of its own.
    pub const MARK: u8 = 0;
    /// "word"
    pub const LOWER: u8 = 1;
    /// "Word"
    pub const CAPITAL: u8 = 2;
    /// "WORD"
    pub const UPPER: u8 = 3;
    /// "W"
    pub const INITIAL: u8 = 4;
    /// "2006"
    pub const NUMBER: u8 = 5;
    /// "iPhone", "F16"
    pub const MIXED: u8 = 6;
}

impl Paragraph {
    /// The part of speech of a token, as [`TAGS`] has it; "other" where nobody asked for any.
    pub(crate) fn part_of_speech(&self, at: usize) -> &'static str {
        crate::steps::take(1);
        self.speech.get(at).map_or("other", |&tag| TAGS[tag as usize % TAGS.len()])
    }

    /// Cuts `text[range]` and looks at every token.
    pub fn new(text: &str, range: std::ops::Range<usize>, groups: &WordGroups) -> Paragraph {
        let mut tokens = Vec::with_capacity(range.len() / 5);
        crate::text::tokens(text, range, &mut tokens);
        let quote = quote_states(text, &tokens);
        let sentences = sentences(text, &tokens);
        let mut sentence = vec![0; tokens.len()];
        for (index, range) in sentences.iter().enumerate() {
            sentence[range.clone()].fill(index as u32);
        }
        let mut paragraph = Paragraph { quote, sentences, sentence, ..Paragraph::default() };
        let mut folded = String::new();
        for token in &tokens {
            paragraph.push(token.of(text), &mut folded);
        }
        paragraph.groups = paragraph.word.iter().map(|&word| groups.of(word)).collect();
        paragraph.tokens = tokens;
        paragraph
    }

    fn push(&mut self, words: &str, folded: &mut String) {
        folded.clear();
        let (mut capitals, mut lowers, mut digits, mut count, mut first_capital) = (0, 0, 0, 0, false);
        for character in words.chars() {
            if character.is_ascii_digit() {
                digits += 1;
                folded.push('0');
            } else if character.is_uppercase() {
                capitals += 1;
                first_capital |= count == 0;
                folded.extend(character.to_lowercase());
            } else {
                lowers += u32::from(character.is_lowercase());
                folded.push(match character {
                    '’' | '‘' => '\'',
                    other => other,
                });
            }
            count += 1;
        }
        self.shape.push(match (capitals, lowers, digits) {
            (0, 0, 0) => shape::MARK,
            (0, _, 0) => shape::LOWER,
            (1, 0, 0) => shape::INITIAL,
            (_, 0, 0) => shape::UPPER,
            (1, _, 0) if first_capital => shape::CAPITAL,
            (0, 0, _) => shape::NUMBER,
            _ => shape::MIXED,
        });
        self.word.push(hash(folded.as_bytes()));
        let cut = |back: usize| folded.char_indices().rev().nth(back - 1).map_or(0, |(at, _)| at);
        self.suffix.push(hash(&folded.as_bytes()[cut(3)..]));
        let head = folded.char_indices().nth(4).map_or(folded.len(), |(at, _)| at);
        self.prefix.push(hash(&folded.as_bytes()[..head]));
    }

    /// Lets go of what only the taggers ask for.
    pub(crate) fn forget_features(&mut self) {
        self.suffix = Vec::new();
        self.prefix = Vec::new();
        self.groups = Vec::new();
    }

    /// The bytes of the text that some tokens cover.
    pub fn span(&self, range: &std::ops::Range<usize>) -> sayso_record::Span {
        crate::steps::take(1);
        match self.tokens.get(range.clone()) {
            Some([first, .., last]) => sayso_record::Span { start: first.start, end: last.end },
            Some([only]) => sayso_record::Span { start: only.start, end: only.end },
            _ => sayso_record::Span::default(),
        }
    }

    /// The tokens that lie in a span of the text: the inverse of [`span`](Paragraph::span).
    pub(crate) fn tokens_in(&self, span: sayso_record::Span) -> std::ops::Range<usize> {
        self.tokens.partition_point(|token| token.start < span.start)
            ..self.tokens.partition_point(|token| token.end <= span.end)
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.word.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.word.is_empty()
    }
}

/// Hash of a word as features use it.
pub fn hash(bytes: &[u8]) -> u32 {
    let mut state = 0x811c_9dc5;
    for chunk in bytes.chunks(4) {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        state = mix(state, u32::from_le_bytes(word));
    }
    state
}

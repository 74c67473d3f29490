//! Features of tokens for the paragraph-level tagger: hashes of words and their neighbours, quotation state, and
//! the nearest words that often are cues.

use super::mix;
use super::paragraph::{Paragraph, shape};
use super::speech::phrase_of;

/// Classes of tokens for the transition weights.
pub const CLASSES: usize = 10;

/// Which marks stand between two tokens, one bit a sort, from the classes of the tokens between.
pub(super) fn mark_bit(class: u8) -> u32 {
    match class {
        2 | 3 => 1,
        4 => 2,
        6 => 4,
        7 => 8,
        _ => 0,
    }
}

/// The class of token `at`.
fn class(text: &str, paragraph: &Paragraph, at: usize) -> u8 {
    let token = &paragraph.tokens[at];
    if paragraph.shape[at] != shape::MARK {
        let first_of_sentence = at > 0 && paragraph.sentence[at] != paragraph.sentence[at - 1];
        return if first_of_sentence { 8 } else { u8::from(paragraph.quote[at].inside) };
    }
    match token.of(text) {
        _ if paragraph.quote[at].opens => 2,
        _ if paragraph.quote[at].closes => 3,
        "," => 4,
        "." | "!" | "?" => 5,
        ":" | ";" => 6,
        "-" | "–" | "—" => 7,
        _ => 9,
    }
}

const OUTSIDE: u32 = 0x5EED;

/// Adds the feature hashes of token `at` to `out`.
pub fn features(paragraph: &Paragraph, context: &Context, at: usize, out: &mut Vec<u32>) {
    let get = |values: &[u32], offset: isize| {
        at.checked_add_signed(offset).and_then(|at| values.get(at)).copied().unwrap_or(OUTSIDE)
    };
    let word = |offset| get(&paragraph.word, offset);
    let shape = |offset: isize| {
        at.checked_add_signed(offset).and_then(|at| paragraph.shape.get(at)).copied().unwrap_or(9) as u32
    };
    let lex = |offset: isize| {
        at.checked_add_signed(offset).and_then(|at| context.lexicon.get(at)).copied().unwrap_or(9) as u32
    };
    let quote = context.quote[at];
    let quote_now = quote & 1;
    let mut template = 0u32;
    let mut put = |a: u32, b: u32| {
        template += 1;
        out.push(mix(mix(template, a), b));
    };
    // The word and its neighbours.
    put(0, 0);
    for offset in [-3, -1, 0, 1, 2, 3] {
        put(word(offset), 0);
    }
    put(word(-1), word(0));
    put(word(0), word(1));
    put(word(-1), word(1));
    put(word(-2), word(-1));
    put(mix(word(-1), word(0)), word(1));
    put(mix(word(-2), word(-1)), word(0));
    put(mix(word(0), word(1)), word(2));
    put(get(&paragraph.suffix, 0), 0);
    put(get(&paragraph.suffix, -1), 0);
    put(get(&paragraph.suffix, 1), 0);
    put(get(&paragraph.suffix, 0), get(&paragraph.suffix, 1));
    put(get(&paragraph.prefix, 0), 0);
    put(shape(0) | shape(1) << 4 | shape(2) << 8, 0);
    put(shape(0) | shape(-1) << 4 | shape(-2) << 8, 0);
    put(shape(0), word(1));
    // Groups of like words.
    let group = |offset: isize, grouping: usize| {
        at.checked_add_signed(offset)
            .and_then(|at| paragraph.groups.get(at))
            .map_or(OUTSIDE, |groups| u32::from(groups[grouping]))
    };
    for grouping in 0..4 {
        put(group(0, grouping), 0);
    }
    for grouping in [0, 1] {
        put(group(0, grouping), get(&paragraph.suffix, 0));
        put(group(-1, grouping), 0);
        put(group(1, 2 * grouping), 0);
    }
    for grouping in [0, 2, 3] {
        put(group(-1, grouping), group(0, grouping));
    }
    for grouping in [1, 2, 3] {
        put(group(0, grouping), group(1, grouping));
    }
    put(mix(group(-1, 0), group(0, 0)), group(1, 0));
    put(mix(group(-1, 2), group(0, 2)), group(1, 2));
    put(group(0, 1), word(1));
    put(group(0, 1), word(-1));
    put(group(0, 3), word(1));
    put(group(0, 3), word(-1));
    put(group(0, 3), lex(0));
    // Parts of speech.
    let tag = |offset: isize| {
        at.checked_add_signed(offset)
            .and_then(|at| paragraph.speech.get(at))
            .map_or(99, |&tag| u32::from(tag))
    };
    let (before, here, after) = (tag(-1), tag(0), tag(1));
    put(here, lex(0));
    put(mix(before, here), after);
    put(mix(tag(-2), before), here);
    put(mix(here, after), mix(tag(2), tag(3)));
    put(mix(before, here), word(0));
    put(mix(here, after), word(0));
    put(mix(here, after), lex(0));
    put(here, word(1));
    put(here, word(-1));
    put(here, group(0, 1));
    put(after, mix(word(0), tag(2)));
    put(context.left_path[at], here);
    put(context.right_path[at], here);
    put(mix(context.left_path[at], context.left[at].word), quote_now);
    put(mix(context.right_path[at], context.right[at].word), quote_now);
    put(mix(context.clause[at], after), quote_now);
    // Quotation state.
    put(quote, 0);
    put(quote, word(0));
    put(quote, word(-1));
    put(quote, word(1));
    put(context.sentence_quote[at], quote);
    // Cue words near by.
    let near = lex(0) | lex(-1) << 4 | lex(1) << 8;
    put(near, 0);
    put(lex(0) | lex(1) << 4 | lex(2) << 8 | lex(3) << 12, 0);
    put(lex(0) | lex(-1) << 4 | lex(-2) << 8 | lex(-3) << 12, 0);
    put(lex(0), quote);
    put(lex(0), word(-1));
    put(lex(0), word(1));
    let left = &context.left[at];
    let right = &context.right[at];
    put(left.distance, left.bucket);
    put(right.distance, right.bucket);
    put(left.word, left.distance);
    put(right.word, right.distance);
    put(left.word, left.after);
    put(mix(left.word, left.after), left.distance);
    put(left.word, word(0));
    put(mix(left.bucket, left.marks), left.distance);
    put(mix(left.bucket, left.marks), quote);
    put(mix(right.bucket, right.marks), quote);
    put(mix(left.word, left.marks), shape(0));
    put(mix(right.word, right.marks), shape(0));
    put(mix(left.before, left.bucket), quote);
    put(mix(right.before, right.bucket), quote);
    // Place.
    put(context.first_word[at], quote);
    put(context.place[at], quote);
    put(context.place[at], word(0));
    put(mix(context.place[at], left.bucket), right.bucket);
}

/// What features need of the whole paragraph.
#[derive(Debug, Default)]
pub struct Context {
    /// Class of each token, for the transition weights.
    pub classes: Vec<u8>,
    lexicon: Vec<u8>,
    quote: Vec<u32>,
    sentence_quote: Vec<u32>,
    left: Vec<Near>,
    right: Vec<Near>,
    /// The phrases between a token and the nearest likely cue, spelt as a hash; see [`Path`].
    left_path: Vec<u32>,
    right_path: Vec<u32>,
    /// The last phrases of the sentence before the token.
    clause: Vec<u32>,
    first_word: Vec<u32>,
    place: Vec<u32>,
}

/// The nearest likely cue on one side, within the sentence.
#[derive(Clone, Copy, Debug, Default)]
struct Near {
    word: u32,
    bucket: u32,
    distance: u32,
    /// The word after it, and the one before it.
    after: u32,
    before: u32,
    /// Marks between: comma, quotation mark, colon, dash, as bits.
    marks: u32,
}

/// A word counts as a likely cue from this bucket up.
const LIKELY: u8 = 4;

pub(super) fn bucketed(distance: usize) -> u32 {
    match distance {
        0..=6 => distance as u32,
        7..=9 => 7,
        10..=15 => 8,
        16..=30 => 9,
        _ => 10,
    }
}

impl Context {
    /// Looks at a paragraph as a whole; `lexicon` gives how often a word is part of a cue, 0 (never) to 7, 1 for unknown words.
    pub fn new(text: &str, paragraph: &Paragraph, lexicon: impl Fn(u32) -> u8) -> Context {
        let length = paragraph.len();
        let mut context = Context {
            classes: (0..length).map(|at| class(text, paragraph, at)).collect(),
            lexicon: paragraph.word.iter().map(|&word| lexicon(word)).collect(),
            left: vec![Near::default(); length],
            right: vec![Near::default(); length],
            left_path: vec![0; length],
            right_path: vec![0; length],
            clause: vec![0; length],
            ..Context::default()
        };
        for at in 0..length {
            let state = paragraph.quote[at];
            let code = u32::from(state.inside)
                | u32::from(state.opens) << 1
                | u32::from(state.closes) << 2
                | u32::from(state.inside && !state.closed) << 3
                | u32::from(state.ordinal.min(2)) << 4;
            context.quote.push(code);
        }
        context.sentence_quote = vec![0; length];
        context.first_word = vec![0; length];
        context.place = vec![0; length];
        let sentences = paragraph.sentences.len();
        for (index, range) in paragraph.sentences.iter().enumerate() {
            let quoted = range.clone().filter(|&at| paragraph.quote[at].inside).count();
            let kind = if quoted == 0 {
                0
            } else if quoted == range.len() {
                1
            } else if paragraph.quote[range.start].inside {
                2
            } else if paragraph.quote[range.end - 1].inside {
                3
            } else {
                4
            };
            let best = context.lexicon[range.clone()].iter().copied().max().unwrap_or(0) as u32;
            context.sentence_quote[range.clone()].fill(kind | best << 4);
            let word = paragraph.word[range.start];
            context.first_word[range.clone()].fill(word);
            let place = (index.min(2) as u32) | u32::from(index + 1 == sentences) << 2;
            for at in range.clone() {
                let within = (at - range.start).min(3) as u32 | ((range.end - 1 - at).min(2) as u32) << 2;
                context.place[at] = place | within << 4;
            }
            context.nearest(paragraph, range.clone());
        }
        context
    }

    fn nearest(&mut self, paragraph: &Paragraph, range: std::ops::Range<usize>) {
        for backwards in [false, true] {
            let mut near: Option<(usize, u32)> = None;
            let mut path = Path::default();
            let mut clause = Path::default();
            for step in 0..range.len() {
                let at = if backwards { range.end - 1 - step } else { range.start + step };
                if !backwards {
                    self.clause[at] = clause.last(4);
                    clause.step(paragraph, at);
                }
                if let Some((cue, marks)) = near {
                    let spelt = path.whole();
                    path.step(paragraph, at);
                    let word = |at: usize| paragraph.word.get(at).copied().unwrap_or(OUTSIDE);
                    let found = Near {
                        word: word(cue),
                        bucket: self.lexicon[cue] as u32,
                        distance: bucketed(cue.abs_diff(at)),
                        after: word(cue + 1),
                        before: cue.checked_sub(1).map_or(OUTSIDE, word),
                        marks,
                    };
                    if backwards {
                        self.right[at] = found;
                        self.right_path[at] = spelt;
                    } else {
                        self.left[at] = found;
                        self.left_path[at] = spelt;
                    }
                }
                if self.lexicon[at] >= LIKELY && !paragraph.quote[at].inside {
                    near = Some((at, 0));
                    path = Path::default();
                } else if let Some((_, marks)) = &mut near {
                    *marks |= mark_bit(self.classes[at]);
                }
            }
        }
    }
}

/// The phrases between two tokens, each as a letter: runs of one sort count once, adverbs do not count.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Path {
    /// The first seven phrases.
    first: u32,
    /// The last eight.
    last: u32,
    count: u32,
}

impl Path {
    /// Adds the phrase that token `at` is part of.
    pub(super) fn step(&mut self, paragraph: &Paragraph, at: usize) {
        let letter = paragraph.speech.get(at).map_or(0, |&tag| phrase_of(tag));
        if letter == 0 || letter == self.last & 15 {
            return;
        }
        self.last = self.last << 4 | letter;
        if self.count < 7 {
            self.first = self.first << 4 | letter;
        }
        self.count += 1;
    }

    /// The path from its start: seven phrases, and whether there are more.
    pub(super) fn whole(&self) -> u32 {
        mix(self.first, self.count.min(8))
    }

    /// The last `count` phrases, eight at most.
    pub(super) fn last(&self, count: u32) -> u32 {
        self.last & ((1u64 << (4 * count)) - 1) as u32
    }
}

//! Parts of speech: a linear-chain model over words, endings and shapes, and how phrases follow each other.

use super::mix;
use super::model::Layer;
use super::paragraph::{Paragraph, shape};
use super::tagging::score;

/// The tags, coarser than the Penn treebank's where the difference tells nothing about who speaks.
pub const TAGS: [&str; 24] = [
    "mark",
    "comma",
    "quote",
    "noun",
    "nouns",
    "name",
    "pronoun",
    "possessive",
    "determiner",
    "number",
    "adjective",
    "adverb",
    "verb",
    "past",
    "present",
    "gerund",
    "participle",
    "modal",
    "to",
    "preposition",
    "conjunction",
    "wh",
    "negation",
    "other",
];

/// The tag for a tag of the Penn treebank and the word that has it.
pub fn from_penn(penn: &str, word: &str) -> u8 {
    let tag = match penn {
        "," => "comma",
        "``" | "''" => "quote",
        "NN" => "noun",
        "NNS" => "nouns",
        "NNP" | "NNPS" => "name",
        "PRP" | "EX" => "pronoun",
        "PRP$" | "POS" => "possessive",
        "DT" | "PDT" => "determiner",
        "CD" => "number",
        "JJ" | "JJR" | "JJS" => "adjective",
        "RB" if matches!(word, "not" | "n't" | "n’t" | "never") => "negation",
        "RB" | "RBR" | "RBS" | "RP" => "adverb",
        "VB" => "verb",
        "VBD" => "past",
        "VBP" | "VBZ" => "present",
        "VBG" => "gerund",
        "VBN" => "participle",
        "MD" => "modal",
        "TO" => "to",
        "IN" => "preposition",
        "CC" => "conjunction",
        "WDT" | "WP" | "WP$" | "WRB" => "wh",
        tag if tag.chars().all(|c| !c.is_alphanumeric()) || tag == "-LRB-" || tag == "-RRB-" => "mark",
        "HYPH" | "NFP" => "mark",
        _ => "other",
    };
    TAGS.iter().position(|known| *known == tag).unwrap_or(TAGS.len() - 1) as u8
}

/// Classes of tokens for the transition weights: the first word of a sentence, any other, a mark.
pub const CLASSES: usize = 3;

/// The classes of a paragraph's tokens.
pub fn classes(paragraph: &Paragraph) -> Vec<u8> {
    (0..paragraph.len())
        .map(|at| match paragraph.shape[at] {
            shape::MARK => 2,
            _ => u8::from(at > 0 && paragraph.sentence[at] == paragraph.sentence[at - 1]),
        })
        .collect()
}

const OUTSIDE: u32 = 0x5EED;

/// Adds the feature hashes of token `at` to `out`.
pub fn features(paragraph: &Paragraph, at: usize, out: &mut Vec<u32>) {
    let get = |values: &[u32], offset: isize| {
        at.checked_add_signed(offset).and_then(|at| values.get(at)).copied().unwrap_or(OUTSIDE)
    };
    let word = |offset| get(&paragraph.word, offset);
    let suffix = |offset| get(&paragraph.suffix, offset);
    let shape = |offset: isize| {
        at.checked_add_signed(offset).and_then(|at| paragraph.shape.get(at)).copied().unwrap_or(9) as u32
    };
    let first = u32::from(at == 0 || paragraph.sentence[at] != paragraph.sentence[at - 1]);
    let mut template = 2000u32;
    let mut put = |a: u32, b: u32| {
        template += 1;
        out.push(mix(mix(template, a), b));
    };
    put(word(0), 0);
    put(word(-1), 0);
    put(word(1), 0);
    put(word(-1), word(0));
    put(word(0), word(1));
    put(suffix(0), 0);
    put(suffix(0), suffix(-1));
    put(suffix(0), suffix(1));
    put(suffix(-1), 0);
    put(suffix(1), 0);
    put(get(&paragraph.prefix, 0), 0);
    put(shape(0), first);
    put(mix(shape(0), shape(1)), mix(shape(-1), first));
    put(shape(0), suffix(0));
    put(word(-2), word(-1));
    for grouping in 0..4 {
        put(u32::from(paragraph.groups[at][grouping]), shape(0));
    }
    put(u32::from(paragraph.groups[at][0]), suffix(0));
    put(word(-1), suffix(0));
    put(word(1), suffix(0));
}

/// The parts of speech of a paragraph.
pub fn tag(layer: &Layer, paragraph: &Paragraph) -> Vec<u8> {
    let scores = score(layer, 0..paragraph.len(), |at, out| features(paragraph, at, out));
    layer.transitions.best(&scores, &classes(paragraph))
}

/// What sort of phrase a tag is part of: the letters that paths between tokens are spelt with.
pub(super) fn phrase_of(tag: u8) -> u32 {
    match TAGS[tag as usize % TAGS.len()] {
        "noun" | "nouns" | "name" | "determiner" | "number" | "adjective" | "possessive" => 1,
        "pronoun" => 2,
        "past" | "present" | "modal" => 3,
        "verb" | "gerund" | "participle" | "to" => 4,
        "preposition" => 5,
        "conjunction" => 6,
        "wh" => 7,
        "comma" => 8,
        "quote" => 9,
        "adverb" | "negation" => 0,
        "mark" => 10,
        _ => 0,
    }
}

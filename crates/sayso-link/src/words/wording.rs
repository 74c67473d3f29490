//! A sentence made ready for matching: stems, names, numbers, and which words stand under a denial.

use super::sensed::Sense;
use super::{ANTONYMS, NEGATORS, NUMBER_WORDS, Stemmer, is_stop, spans};
use crate::learned::{Senses, UNKNOWN_RARITY, Vectors};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::Hasher;

/// How many words after a negator are taken to be denied by it, where no clause ends before.
const NEGATION_REACH: usize = 7;
/// The length in letters of the word parts that are compared where whole words differ.
const GRAM: usize = 4;

/// A word as the matchers see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Word {
    /// Hash of the word in lower case.
    pub form: u64,
    /// Hash of its stem.
    pub stem: u64,
    /// Whether it is a function word.
    pub stop: bool,
    /// Whether it is written like a name: a capital where no sentence starts, or a hashtag or handle.
    pub name: bool,
    /// Its value, where it is a number.
    pub number: Option<f32>,
    /// Whether it stands under a negator.
    pub denied: bool,
    /// Whether it is a negator.
    pub negator: bool,
    /// Its place among the word vectors.
    pub vector: Option<u32>,
}

/// A sentence, or a few, made ready for matching.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// Its words in order.
    pub words: Vec<Word>,
    /// Hashes of its word parts of four letters, sorted, each once.
    pub grams: Vec<u64>,
    /// Whether it carries a link to a picture or a film.
    pub pictured: bool,
    /// The sum of the vectors of its matter.
    pub meaning: Vec<f32>,
    /// What it means as a whole, then sentence by sentence; empty without a model of sentences.
    pub senses: Vec<Sense>,
}

/// Makes texts ready for matching; keeps the word lists in the form that it needs.
#[derive(Debug)]
pub struct Wordings {
    stemmer: Stemmer,
    negators: FxHashSet<&'static str>,
    numbers: FxHashMap<&'static str, f64>,
    antonyms: FxHashMap<u64, Vec<u64>>,
    vectors: Vectors,
    rarities: FxHashMap<u64, f32>,
    pub(super) senses: Option<Senses>,
}

impl Default for Wordings {
    fn default() -> Wordings {
        Wordings::new(Vectors::default())
    }
}

impl Wordings {
    /// Word lists with word vectors; an empty table of vectors leaves meaning out.
    pub fn new(vectors: Vectors) -> Wordings {
        let stemmer = Stemmer::default();
        let mut antonyms: FxHashMap<u64, Vec<u64>> = FxHashMap::default();
        for (a, b) in ANTONYMS {
            let (a, b) = (hash(&stemmer.stem(a)), hash(&stemmer.stem(b)));
            antonyms.entry(a).or_default().push(b);
            antonyms.entry(b).or_default().push(a);
        }
        let mut rarities: FxHashMap<u64, f32> = FxHashMap::default();
        for (word, rarity) in vectors.rarities() {
            let least = rarities.entry(hash(&stemmer.stem(word))).or_insert(rarity);
            *least = least.min(rarity);
        }
        let negators = NEGATORS.iter().copied().collect();
        Wordings {
            stemmer,
            negators,
            numbers: NUMBER_WORDS.iter().copied().collect(),
            antonyms,
            vectors,
            rarities,
            senses: None,
        }
    }

    /// How rare a stem is in news and debate, as the logarithm of how many sentences there are to one that holds it.
    pub fn rarity(&self, stem: u64) -> f32 {
        self.rarities.get(&stem).copied().unwrap_or(UNKNOWN_RARITY)
    }

    /// The word vectors.
    pub fn vectors(&self) -> &Vectors {
        &self.vectors
    }

    /// Makes a text ready. Addresses are left out, hashtags and handles are cut at their capitals.
    pub fn of(&self, text: &str) -> Wording {
        let (text, pictured) = readable(text);
        let mut words: Vec<Word> = Vec::new();
        let mut grams: Vec<u64> = Vec::new();
        let mut reach = 0;
        let mut end = 0;
        for span in spans(&text) {
            let between = &text[end..span.start as usize];
            let own = span.of(&text);
            end = span.end as usize;
            let lower = own.to_lowercase();
            let joined = matches!(between, "'" | "’" | "`");
            if joined && matches!(lower.as_str(), "s" | "re" | "ve" | "ll" | "d" | "m") {
                continue;
            }
            if between.contains(['.', '!', '?', ';', ':'])
                || (between.contains(',') && reach < NEGATION_REACH)
            {
                reach = 0;
            }
            let contracted = joined && lower == "t";
            if contracted {
                if let Some(last) = words.last_mut() {
                    last.negator = true;
                }
                reach = NEGATION_REACH;
                continue;
            }
            let starts_sentence = words.is_empty() || between.contains(['.', '!', '?', '\n', '“', '"']);
            let negator =
                self.negators.contains(lower.as_str()) && !matches!(lower.as_str(), "won" | "can" | "don");
            let stop = is_stop(&lower);
            words.push(Word {
                form: hash(&lower),
                stem: hash(&self.stemmer.stem(&lower)),
                stop,
                name: !stop && !starts_sentence && own.starts_with(char::is_uppercase),
                number: self.number(&lower, between, words.last()),
                denied: reach > 0,
                negator,
                vector: if stop { None } else { self.vectors.place(&lower) },
            });
            reach = if negator { NEGATION_REACH } else { reach.saturating_sub(1) };
            if !stop {
                add_grams(&lower, &mut grams);
            }
        }
        grams.sort_unstable();
        grams.dedup();
        let meaning = self.meaning(&words);
        Wording { words, grams, pictured, meaning, senses: Vec::new() }
    }

    fn meaning(&self, words: &[Word]) -> Vec<f32> {
        let mut sum = vec![0.0; self.vectors.width()];
        for place in words.iter().filter_map(|word| word.vector) {
            for (total, value) in sum.iter_mut().zip(self.vectors.at(place)) {
                *total += value;
            }
        }
        sum
    }

    /// Whether two stems exclude each other.
    pub fn exclude(&self, a: u64, b: u64) -> bool {
        self.antonyms.get(&a).is_some_and(|others| others.contains(&b))
    }

    /// The value of a number in digits or in one word. "3.5" comes as two words; the part after the point is no
    /// number of its own.
    fn number(&self, lower: &str, before: &str, last: Option<&Word>) -> Option<f32> {
        if lower.starts_with(|c: char| c.is_ascii_digit()) {
            if matches!(before, "." | ",") && last.is_some_and(|last| last.number.is_some()) {
                return None;
            }
            let digits = lower.trim_end_matches(|c: char| !c.is_ascii_digit());
            return digits.parse::<f64>().ok().map(|value| value as f32);
        }
        self.numbers.get(lower).map(|&value| value as f32)
    }
}

impl Wording {
    /// The words that carry matter.
    pub fn content(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| !word.stop)
    }

    /// Whether any word denies.
    pub fn negators(&self) -> usize {
        self.words.iter().filter(|word| word.negator).count()
    }
}

/// The hash of a word or stem.
pub(crate) fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

/// All runs of [`GRAM`] letters of a word with its bounds; a short word as a whole.
fn add_grams(word: &str, grams: &mut Vec<u64>) {
    let chars: Vec<char> = std::iter::once('<').chain(word.chars()).chain(['>']).collect();
    let mut gram = String::new();
    for window in chars.windows(GRAM.min(chars.len())) {
        gram.clear();
        gram.extend(window);
        grams.push(hash(&gram));
    }
}

/// The text without addresses, with hashtags and handles cut at their capitals, and whether it shows a picture.
pub(super) fn readable(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    let mut pictured = false;
    while let Some((at, mark)) = next_mark(rest) {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let end = tail.find(char::is_whitespace).unwrap_or(tail.len());
        match mark {
            Mark::Address { picture } => {
                pictured |= picture;
                out.push(' ');
                rest = &tail[end..];
            }
            Mark::Tag => {
                let word_end =
                    tail[1..].find(|c: char| !c.is_alphanumeric() && c != '_').map_or(tail.len(), |e| e + 1);
                let stop = next_address(&tail[..word_end]).unwrap_or(word_end).max(1);
                out.push(' ');
                cut_at_capitals(&tail[1..stop], &mut out);
                out.push(' ');
                rest = &tail[stop..];
            }
        }
    }
    out.push_str(rest);
    (out, pictured)
}

enum Mark {
    Address { picture: bool },
    Tag,
}

fn next_address(text: &str) -> Option<usize> {
    ["http://", "https://", "pic.twitter.com/", "www."].iter().filter_map(|start| text.find(start)).min()
}

fn next_mark(text: &str) -> Option<(usize, Mark)> {
    let address = next_address(text);
    let tag = text.find(['#', '@']);
    match (address, tag) {
        (Some(a), Some(t)) if t < a => Some((t, Mark::Tag)),
        (Some(a), _) => Some((a, Mark::Address { picture: text[a..].starts_with("pic.") })),
        (None, Some(t)) => Some((t, Mark::Tag)),
        (None, None) => None,
    }
}

/// "ImpeachTrumpNow2020" as "Impeach Trump Now 2020".
fn cut_at_capitals(tag: &str, out: &mut String) {
    let chars: Vec<char> = tag.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1);
        let cut = before.is_some_and(|before| {
            (c.is_uppercase() && (before.is_lowercase() || after.is_some_and(|after| after.is_lowercase())))
                || (c.is_ascii_digit() != before.is_ascii_digit())
                || c == '_'
        });
        if cut {
            out.push(' ');
        }
        if c != '_' {
            out.push(c);
        }
    }
}

//! The trained model as bytes: word groups, the cue lexicon, and the weights of both taggers.
//!
//! The tables of weights are laid out for look-up in place, so that opening a model costs next to nothing. All
//! numbers are little-endian; each part is prefixed by its length in bytes.

use super::crf::Transitions;
use super::paragraph::{GROUPINGS, Paragraph, WordGroups};
use super::table::Table;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

const MAGIC: &[u8; 8] = b"SAYSOAT4";

/// Why bytes are no model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// It is another sort of file, or written by a version that this one does not know.
    #[error("this is no attribution model of a version that this sayso knows; train it anew")]
    Unknown,
    /// It stops in the middle or contradicts itself.
    #[error("the attribution model is damaged at its {0}; fetch or train it anew")]
    Damaged(&'static str),
}

/// One tagger: emission weights by feature, and transitions.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Weights of features.
    pub table: Table,
    /// Weights of neighbours.
    pub transitions: Transitions,
    /// `exp` of the transition weights.
    pub potentials: Vec<f32>,
}

impl Layer {
    /// A tagger of these parts.
    pub fn new(table: Table, transitions: Transitions) -> Layer {
        let potentials = transitions.potentials();
        Layer { table, transitions, potentials }
    }
}

/// How sure a tagger must be.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Leanings {
    /// Added to the score of starting a cue in the first tagger: more finds more, and the second tagger sorts out.
    pub cue: f32,
    /// Added to the score of starting a content in the second tagger.
    pub content: f32,
    /// Added to the score of starting a source in the second tagger.
    pub source: f32,
    /// Attributions less sure than this are left out.
    pub least: f32,
}

/// All that is learned.
#[derive(Clone, Debug)]
pub struct Model {
    /// Groups of like words.
    pub groups: WordGroups,
    /// How often a word is part of a cue, 0 (never) to 7; words that are not in it were not seen in training.
    pub lexicon: FxHashMap<u32, u8>,
    /// The tagger of parts of speech.
    pub speech: Layer,
    /// The tagger of whole paragraphs.
    pub paragraph: Layer,
    /// The tagger that is given a cue.
    pub frame: Layer,
    /// How sure the taggers must be.
    pub leanings: Leanings,
}

impl Model {
    /// How often a word is part of a cue; 1 for words that were not seen in training.
    pub fn cue_bucket(&self, word: u32) -> u8 {
        self.lexicon.get(&word).copied().unwrap_or(1)
    }

    /// Cuts `text[range]` into tokens and tags their parts of speech.
    pub fn cut(&self, text: &str, range: std::ops::Range<usize>) -> Paragraph {
        let mut paragraph = Paragraph::new(text, range, &self.groups);
        paragraph.speech = super::speech::tag(&self.speech, &paragraph);
        paragraph
    }

    /// The model as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let mut part = |bytes: &[u8]| {
            out.extend((bytes.len() as u32).to_le_bytes());
            out.extend(bytes);
        };
        let leanings = [self.leanings.cue, self.leanings.content, self.leanings.source, self.leanings.least];
        part(&floats(&leanings));
        let mut groups: Vec<_> = self.groups.iter().collect();
        groups.sort_unstable();
        part(
            &groups
                .iter()
                .flat_map(|(word, groups)| {
                    word.to_le_bytes().into_iter().chain(groups.iter().flat_map(|group| group.to_le_bytes()))
                })
                .collect::<Vec<u8>>(),
        );
        let mut lexicon: Vec<_> = self.lexicon.iter().collect();
        lexicon.sort_unstable();
        part(
            &lexicon
                .iter()
                .flat_map(|(word, bucket)| word.to_le_bytes().into_iter().chain([**bucket]))
                .collect::<Vec<u8>>(),
        );
        for layer in [&self.speech, &self.paragraph, &self.frame] {
            let mut head = (layer.transitions.classes as u32).to_le_bytes().to_vec();
            head.extend(layer.table.head());
            part(&head);
            part(&floats(&layer.transitions.weights));
            part(layer.table.bytes());
        }
        out
    }

    /// Opens a model. The bytes are used in place.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Model, ModelError> {
        let bytes = bytes.into();
        if !bytes.starts_with(MAGIC) {
            return Err(ModelError::Unknown);
        }
        let mut at = MAGIC.len();
        let mut part = |name: &'static str| {
            let damaged = ModelError::Damaged(name);
            let length =
                bytes.get(at..at + 4).and_then(|length| length.try_into().ok()).ok_or(damaged.clone())?;
            let start = at + 4;
            let end = start + u32::from_le_bytes(length) as usize;
            at = end;
            if end > bytes.len() { Err(damaged) } else { Ok(start..end) }
        };
        let leanings = read_floats(&bytes[part("leanings")?]);
        let [cue, content, source, least] = leanings[..] else {
            return Err(ModelError::Damaged("leanings"));
        };
        let groups = bytes[part("word groups")?]
            .chunks_exact(4 + 2 * GROUPINGS)
            .map(|entry| {
                let mut groups = [0; GROUPINGS];
                for (group, bytes) in groups.iter_mut().zip(entry[4..].chunks_exact(2)) {
                    *group = u16::from_le_bytes([bytes[0], bytes[1]]);
                }
                (number(entry), groups)
            })
            .collect();
        let lexicon =
            bytes[part("lexicon")?].chunks_exact(5).map(|entry| (number(entry), entry[4])).collect();
        let mut layer = || {
            let head = &bytes[part("shape")?];
            let (classes, head) = head.split_first_chunk::<4>().ok_or(ModelError::Damaged("shape"))?;
            let classes = u32::from_le_bytes(*classes) as usize;
            let weights = read_floats(&bytes[part("transitions")?]);
            let range = part("weights")?;
            let rows = match &bytes {
                Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[range]),
                Cow::Owned(bytes) => Cow::Owned(bytes[range].to_vec()),
            };
            let table = Table::open(head, rows).ok_or(ModelError::Damaged("weights"))?;
            let labels = table.labels();
            if classes >= 256 || weights.len() != classes * labels * labels {
                return Err(ModelError::Damaged("transitions"));
            }
            Ok(Layer::new(table, Transitions { labels, classes, weights }))
        };
        let (speech, paragraph, frame) = (layer()?, layer()?, layer()?);
        let leanings = Leanings { cue, content, source, least };
        Ok(Model { groups: WordGroups::new(groups), lexicon, speech, paragraph, frame, leanings })
    }
}

fn number(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

fn floats(numbers: &[f32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn read_floats(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|bytes| f32::from_bits(number(bytes))).collect()
}

//! The trained model as bytes: word groups, the cue lexicon, and the weights of both taggers.
//!
//! The tables of weights are laid out for look-up in place, so that opening a model costs next to nothing. All
//! numbers are little-endian; each part is prefixed by its length in bytes.

use super::crf::Transitions;
use super::paragraph::{GROUPINGS, Paragraph, WordGroups};
use std::borrow::Cow;
use std::collections::HashMap;

const MAGIC: &[u8; 8] = b"SAYSOAT3";

const TAG_COUNT: usize = super::speech::TAGS.len();

/// How many rows are sought at once.
const BATCH: usize = 64;

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

/// Feature hash to a row of weights, one a label.
///
/// An open-addressing table of `[mark: u16][weight: i8; labels]`, where the mark is 16 more bits of the hash: one
/// look-up in some thirty thousand finds a row that is not its own, which costs less accuracy than the room that
/// whole hashes would take. In front of it stands a filter of single bits, small enough for the processor's cache,
/// since most features of a text are in no table.
#[derive(Clone, Debug)]
pub struct Table {
    labels: usize,
    slots: u32,
    filter_bits: u32,
    scale: f32,
    bytes: Cow<'static, [u8]>,
}

impl Table {
    /// A table of these rows. A weight takes one byte, scaled by the largest. A third of the slots stays free: fuller, a
    /// feature that the filter lets pass wrongly is sought through dozens of rows.
    pub fn new(labels: usize, rows: &[(u32, &[f32])]) -> Table {
        let slots = rows.len() as u32 * 3 / 2 + 1;
        let filter_bits = (rows.len() as u32 * 4).next_power_of_two().trailing_zeros().max(3);
        let most = rows.iter().flat_map(|row| row.1).fold(0.0f32, |most, weight| most.max(weight.abs()));
        let scale = if most > 0.0 { most / 127.0 } else { 1.0 };
        let bytes = vec![0; Table::size(labels, slots, filter_bits).unwrap_or(0)];
        let mut table = Table { labels, slots, filter_bits, scale, bytes: Cow::Owned(Vec::new()) };
        let mut bytes = bytes;
        for (hash, weights) in rows {
            let bit = table.bit(*hash);
            bytes[bit / 8] |= 1 << (bit % 8);
            let mut slot = table.home(*hash);
            while bytes[table.at(slot)..][..2] != [0; 2] {
                slot = (slot + 1) % slots;
            }
            let at = table.at(slot);
            bytes[at..][..2].copy_from_slice(&mark(*hash).to_le_bytes());
            for (byte, weight) in bytes[at + 2..][..labels].iter_mut().zip(*weights) {
                *byte = (weight / scale).round() as i8 as u8;
            }
        }
        table.bytes = Cow::Owned(bytes);
        table
    }

    /// How many bytes a table takes; nothing where that is no sane number.
    fn size(labels: usize, slots: u32, filter_bits: u32) -> Option<usize> {
        let filter = 1usize.checked_shl(filter_bits.checked_sub(3)?).filter(|_| filter_bits <= 30)?;
        (slots as usize).checked_mul(2 + labels)?.checked_add(filter)
    }

    fn bit(&self, hash: u32) -> usize {
        (hash.wrapping_mul(0x85EB_CA6B) >> (32 - self.filter_bits)) as usize
    }

    fn home(&self, hash: u32) -> u32 {
        ((u64::from(hash.wrapping_mul(0x9E37_79B1)) * u64::from(self.slots)) >> 32) as u32
    }

    /// Where a slot starts.
    fn at(&self, slot: u32) -> usize {
        (1 << (self.filter_bits - 3)) + slot as usize * (2 + self.labels)
    }

    /// Adds the weights of all features in `hashes`, which it uses up, to `sums`, in units of [`Table::scale`].
    pub fn add_all(&self, hashes: &mut [u32], sums: &mut [i32]) {
        // Without branches, since whether a feature is known is a toss-up.
        let mut known = 0;
        for at in 0..hashes.len() {
            let hash = hashes[at];
            hashes[known] = hash;
            let bit = self.bit(hash);
            known += usize::from(self.bytes[bit / 8] >> (bit % 8) & 1);
        }
        let hashes = &hashes[..known];
        // A length that the compiler knows lets it add a row at once.
        match self.labels {
            super::labels::frame::COUNT => self.add_known::<{ super::labels::frame::COUNT }>(hashes, sums),
            super::labels::paragraph::COUNT => {
                self.add_known::<{ super::labels::paragraph::COUNT }>(hashes, sums);
            }
            TAG_COUNT => self.add_known::<TAG_COUNT>(hashes, sums),
            _ => {
                for row in hashes.iter().filter_map(|&hash| self.row(hash)) {
                    sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(*weight as i8));
                }
            }
        }
    }

    fn add_known<const LABELS: usize>(&self, hashes: &[u32], sums: &mut [i32]) {
        let mut own = [0i32; LABELS];
        for hashes in hashes.chunks(BATCH) {
            // All first slots are asked for before any is compared, so that the waits for memory overlap.
            let mut marks = [0u16; BATCH];
            for (mark, &hash) in marks.iter_mut().zip(hashes) {
                let at = self.at(self.home(hash));
                *mark = u16::from_le_bytes([self.bytes[at], self.bytes[at + 1]]);
            }
            for (&found, &hash) in marks.iter().zip(hashes) {
                let row = if found == mark(hash) {
                    self.bytes.get(self.at(self.home(hash)) + 2..).and_then(|row| row.first_chunk::<LABELS>())
                } else {
                    self.row(hash).and_then(|row| row.first_chunk::<LABELS>())
                };
                if let Some(row) = row {
                    own.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(*weight as i8));
                }
            }
        }
        sums.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
    }

    /// The weights of a feature that the filter lets pass.
    #[inline]
    fn row(&self, hash: u32) -> Option<&[u8]> {
        let sought = mark(hash).to_le_bytes();
        let mut slot = self.home(hash);
        // Bounded, so that a damaged model without a free slot cannot keep us here.
        for _ in 0..self.slots {
            let row = &self.bytes[self.at(slot)..][..2 + self.labels];
            if row[..2] == sought {
                return Some(&row[2..]);
            }
            if row[..2] == [0; 2] {
                return None;
            }
            slot += 1;
            if slot == self.slots {
                slot = 0;
            }
        }
        None
    }

    /// What one unit of a sum is worth.
    pub fn scale(&self) -> f32 {
        self.scale
    }
}

/// The bits of a hash that tell rows of one slot apart; never zero, which means that a slot is free.
fn mark(hash: u32) -> u16 {
    (hash as u16).max(1)
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
    pub lexicon: HashMap<u32, u8>,
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
            let shape = [
                layer.transitions.labels as u32,
                layer.transitions.classes as u32,
                layer.table.slots,
                layer.table.filter_bits,
            ];
            let mut head: Vec<u8> = shape.into_iter().flat_map(u32::to_le_bytes).collect();
            head.extend(layer.table.scale.to_le_bytes());
            part(&head);
            part(&floats(&layer.transitions.weights));
            part(&layer.table.bytes);
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
            if head.len() != 20 {
                return Err(ModelError::Damaged("shape"));
            }
            let (labels, classes) = (number(head) as usize, number(&head[4..]) as usize);
            let (slots, filter_bits) = (number(&head[8..]), number(&head[12..]));
            let weights = read_floats(&bytes[part("transitions")?]);
            let range = part("weights")?;
            let fits = (1..=32).contains(&labels)
                && classes < 256
                && weights.len() == classes * labels * labels
                && slots > 0
                && Table::size(labels, slots, filter_bits) == Some(range.len());
            if !fits {
                return Err(ModelError::Damaged("weights"));
            }
            let rows = match &bytes {
                Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[range]),
                Cow::Owned(bytes) => Cow::Owned(bytes[range].to_vec()),
            };
            let scale = f32::from_bits(number(&head[16..]));
            Ok(Layer::new(
                Table { labels, slots, filter_bits, scale, bytes: rows },
                Transitions { labels, classes, weights },
            ))
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

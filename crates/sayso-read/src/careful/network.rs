//! The network: the encoder of BERT, with what the taggers know of each word added to its pieces; and one slim layer that
//! is given a cue. The same as in `training/careful.py`.

use super::pieces::Part;
use super::{CUES, ROLES};
use sayso_encoder::{
    Encoder, EncoderError, Head, Layer, LayerNames, Linear, Norm, Quantized, Room, Rows, Shape, Table, Then,
    Weights,
};
use std::ops::Range;

const WIDTH: usize = 384;
pub(super) const SHAPE: Shape = Shape {
    width: WIDTH,
    layers: 6,
    heads: 12,
    inner: 1_536,
    places: 512,
    vocabulary: 30_522,
    kinds: 2,
    epsilon: EPSILON,
};
const SLIM: usize = 256;
const SLIM_HEADS: usize = 8;
const SLIM_INNER: usize = 512;
/// What is known of a word: how many shapes, states of quotation marks and parts of speech there are, with their names.
const KNOWN: [(&str, usize); 3] = [("shape", 7), ("quote", 16), ("speech", 24)];
/// How far a word stands from its cue, by sign and size; the cue itself is the middle.
const STEPS: [usize; 11] = [1, 2, 3, 4, 6, 9, 14, 21, 32, 48, 72];
const EPSILON: f32 = 1e-12;
/// Each cue takes a row for every word of its paragraph: of more at once, a page of "he said yes" would fill the memory.
const CUES_AT_ONCE: usize = 16;

/// The weights, each in its place.
#[derive(Debug)]
pub(super) struct Network {
    encoder: Encoder,
    known: [Table; 3],
    cues: Head,
    inward: Linear,
    cue: Linear,
    steps: Table,
    slim_norm: Norm,
    slim: Layer,
    roles: Head,
}

/// The words of a part, as the encoder knows them.
#[derive(Debug)]
pub(super) struct Words {
    rows: Rows,
}

impl Network {
    pub(super) fn new(weights: &mut Weights) -> Result<Network, EncoderError> {
        let [shape, quote, speech] =
            KNOWN.map(|(name, count)| weights.table(&format!("features.{name}"), count, WIDTH));
        let names = LayerNames {
            asked: ["frame.query", "frame.key", "frame.value"],
            out: "frame.out",
            attention_norm: "frame.attention_norm",
            inner: "frame.inner",
            outer: "frame.outer",
            norm: "frame.output_norm",
        };
        Ok(Network {
            encoder: Encoder::new(weights, &SHAPE)?,
            known: [shape?, quote?, speech?],
            cues: weights.head("cues", WIDTH, CUES)?,
            inward: weights.linear(&["frame.inward"], WIDTH, SLIM)?,
            cue: weights.linear(&["frame.cue"], 2 * WIDTH, SLIM)?,
            steps: weights.table("frame.place", 2 * STEPS.len() + 1, SLIM)?,
            slim_norm: weights.norm("frame.norm", SLIM, EPSILON)?,
            slim: Layer::new(weights, &names, SLIM_HEADS, SLIM, SLIM_INNER, EPSILON)?,
            roles: weights.head("frame.labels", SLIM, ROLES)?,
        })
    }

    /// The words of a part, as the last layer has their first pieces.
    pub(super) fn words(&self, part: &Part) -> Words {
        let rows = self.encoder.of(&part.pieces, |at, row| {
            if let Some(word) = part.word_of[at] {
                for (table, known) in self.known.iter().zip(&part.known) {
                    table.add_to(known[word] as usize, row);
                }
            }
        });
        Words { rows: rows.select(part.heads.iter().copied()) }
    }

    /// The scores of the labels of cues, word by word.
    pub(super) fn cues(&self, words: &Words) -> Vec<f32> {
        self.cues.of(&words.rows).values
    }

    /// The scores of each word's labels for each cue: cue by cue, and word by word.
    pub(super) fn roles(&self, words: &Words, cues: &[Range<usize>]) -> Vec<f32> {
        let inward = self.inward.of(&Quantized::of(&words.rows), Then::Nothing);
        cues.chunks(CUES_AT_ONCE).flat_map(|cues| self.some_roles(words, &inward, cues)).collect()
    }

    fn some_roles(&self, words: &Words, inward: &Rows, cues: &[Range<usize>]) -> Vec<f32> {
        let count = words.rows.count();
        let mut ends = Rows { width: 2 * WIDTH, values: Vec::with_capacity(cues.len() * 2 * WIDTH) };
        for cue in cues {
            ends.values.extend_from_slice(words.rows.row(cue.start));
            ends.values.extend_from_slice(words.rows.row(cue.end - 1));
        }
        let ends = self.cue.of(&Quantized::of(&ends), Then::Nothing);
        let mut x = Rows::zeros(cues.len() * count, SLIM);
        let places =
            cues.iter().zip(ends.iter()).flat_map(|(cue, end)| (0..count).map(move |at| (cue, end, at)));
        for (row, (cue, end, at)) in x.iter_mut().zip(places) {
            row.iter_mut().zip(inward.row(at)).zip(end).for_each(|((x, inward), end)| *x = inward + end);
            self.steps.add_to(step(cue, at), row);
        }
        self.slim_norm.apply(&mut x);
        self.slim.apply(&mut x, &vec![count; cues.len()], &mut Room::default());
        self.roles.of(&x).values
    }
}

/// How far a word is from a cue.
fn step(cue: &Range<usize>, at: usize) -> usize {
    let steps = |distance: usize| STEPS.partition_point(|&step| step <= distance);
    let (before, after) = (cue.start.saturating_sub(at), (at + 1).saturating_sub(cue.end));
    STEPS.len() + steps(after) - steps(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_from_a_cue() {
        let middle = STEPS.len();
        let steps: Vec<usize> = (0..8).map(|at| step(&(3..5), at)).collect();
        let wanted = [-3, -2, -1, 0, 0, 1, 2, 3].map(|away| middle.saturating_add_signed(away));
        assert_eq!(steps, wanted);
        assert_eq!((step(&(100..101), 0), step(&(0..1), 200)), (0, 2 * middle));
    }
}

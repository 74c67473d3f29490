//! The network: the encoder of BERT (Devlin and others, 2019), six layers of 384, with what the taggers know of each word
//! added to its pieces; and one slim layer that is given a cue. The same as in `training/careful.py`.

use super::by_element::{Gelu, NormOf, Softmax};
use super::pieces::Part;
use super::weights::Weights;
use super::{CUES, CarefulError, ROLES};
use candle_core::{Device, Result, Tensor};
use std::ops::Range;

const LAYERS: usize = 6;
const WIDTH: usize = 384;
const HEADS: usize = 12;
const INNER: usize = 1_536;
const PLACES: usize = 512;
const VOCABULARY: usize = 30_522;
const SLIM: usize = 256;
const SLIM_HEADS: usize = 8;
const SLIM_INNER: usize = 512;
/// What is known of a word: how many shapes, states of quotation marks and parts of speech there are, with their names.
const KNOWN: [(&str, usize); 3] = [("shape", 7), ("quote", 16), ("speech", 24)];
/// How far a word stands from its cue, by sign and size; the cue itself is the middle.
const STEPS: [usize; 11] = [1, 2, 3, 4, 6, 9, 14, 21, 32, 48, 72];
const EPSILON: f32 = 1e-12;

#[derive(Debug)]
struct Linear {
    /// Turned round: one column for each output.
    weight: Tensor,
    bias: Tensor,
}

#[derive(Debug)]
struct Norm {
    weight: Tensor,
    bias: Tensor,
}

#[derive(Debug)]
struct Attention {
    query: Linear,
    key: Linear,
    value: Linear,
    out: Linear,
    norm: Norm,
    heads: usize,
}

#[derive(Debug)]
struct Layer {
    attention: Attention,
    inner: Linear,
    outer: Linear,
    norm: Norm,
}

/// The weights, each in its place.
#[derive(Debug)]
pub(super) struct Network {
    pieces: Tensor,
    places: Tensor,
    known: [Tensor; 3],
    norm: Norm,
    layers: Vec<Layer>,
    cues: Linear,
    inward: Linear,
    cue: Linear,
    steps: Tensor,
    slim_norm: Norm,
    slim: Layer,
    roles: Linear,
}

impl Network {
    pub(super) fn new(mut weights: Weights) -> std::result::Result<Network, CarefulError> {
        let own = &mut weights;
        let known = KNOWN.map(|(name, count)| own.take(&format!("features.{name}"), &[count, WIDTH]));
        let [shape, quote, speech] = known;
        let kind = own.take("embeddings.token_type_embeddings.weight", &[2, WIDTH])?.get(0)?;
        let places = own.take("embeddings.position_embeddings.weight", &[PLACES, WIDTH])?;
        let mut layers = Vec::with_capacity(LAYERS);
        for number in 0..LAYERS {
            let name = |part: &str| format!("encoder.layer.{number}.{part}");
            let attention = Attention {
                query: linear(own, &name("attention.self.query"), WIDTH, WIDTH)?,
                key: linear(own, &name("attention.self.key"), WIDTH, WIDTH)?,
                value: linear(own, &name("attention.self.value"), WIDTH, WIDTH)?,
                out: linear(own, &name("attention.output.dense"), WIDTH, WIDTH)?,
                norm: norm(own, &name("attention.output.LayerNorm"), WIDTH)?,
                heads: HEADS,
            };
            layers.push(Layer {
                attention,
                inner: linear(own, &name("intermediate.dense"), WIDTH, INNER)?,
                outer: linear(own, &name("output.dense"), INNER, WIDTH)?,
                norm: norm(own, &name("output.LayerNorm"), WIDTH)?,
            });
        }
        let slim = Layer {
            attention: Attention {
                query: linear(own, "frame.query", SLIM, SLIM)?,
                key: linear(own, "frame.key", SLIM, SLIM)?,
                value: linear(own, "frame.value", SLIM, SLIM)?,
                out: linear(own, "frame.out", SLIM, SLIM)?,
                norm: norm(own, "frame.attention_norm", SLIM)?,
                heads: SLIM_HEADS,
            },
            inner: linear(own, "frame.inner", SLIM, SLIM_INNER)?,
            outer: linear(own, "frame.outer", SLIM_INNER, SLIM)?,
            norm: norm(own, "frame.output_norm", SLIM)?,
        };
        Ok(Network {
            pieces: own.take("embeddings.word_embeddings.weight", &[VOCABULARY, WIDTH])?,
            places: places.broadcast_add(&kind)?,
            known: [shape?, quote?, speech?],
            norm: norm(own, "embeddings.LayerNorm", WIDTH)?,
            layers,
            cues: linear(own, "cues", WIDTH, CUES)?,
            inward: linear(own, "frame.inward", WIDTH, SLIM)?,
            cue: linear(own, "frame.cue", 2 * WIDTH, SLIM)?,
            steps: own.take("frame.place", &[2 * STEPS.len() + 1, SLIM])?,
            slim_norm: norm(own, "frame.norm", SLIM)?,
            slim,
            roles: linear(own, "frame.labels", SLIM, ROLES)?,
        })
    }

    /// The words of a part as the last layer has their first pieces: (words, WIDTH).
    pub(super) fn words(&self, part: &Part) -> Result<Tensor> {
        let count = part.pieces.len();
        let mut x = self.pieces.index_select(&numbers(&part.pieces)?, 0)?;
        x = (x + self.places.narrow(0, 0, count)?)?;
        x = (x + self.known_of(part)?)?;
        x = self.norm.of(&x)?;
        let mut x = x.unsqueeze(0)?;
        for layer in &self.layers {
            x = layer.of(&x)?;
        }
        x.squeeze(0)?.index_select(&numbers(&part.heads)?, 0)
    }

    /// What is known of the word of each piece; nothing for the marks.
    fn known_of(&self, part: &Part) -> Result<Tensor> {
        let mut sum: Option<Tensor> = None;
        for (table, known) in self.known.iter().zip(&part.known) {
            let own = table.index_select(&numbers(known)?, 0)?;
            sum = Some(match sum {
                Some(sum) => (sum + own)?,
                None => own,
            });
        }
        let words = sum.expect("three things are known of each word");
        // The marks are the word after the last, of which nothing is known.
        let words = Tensor::cat(&[&words, &Tensor::zeros((1, WIDTH), words.dtype(), &Device::Cpu)?], 0)?;
        let of: Vec<u32> = part.word_of.iter().map(|word| word.unwrap_or(part.words() as u32)).collect();
        words.index_select(&numbers(&of)?, 0)
    }

    /// The scores of the labels of cues, word by word.
    pub(super) fn cues(&self, words: &Tensor) -> Result<Vec<f32>> {
        self.cues.of(words)?.flatten_all()?.to_vec1()
    }

    /// The scores of each word's labels for each cue: cue by cue, and word by word.
    pub(super) fn roles(&self, words: &Tensor, cues: &[Range<usize>]) -> Result<Vec<f32>> {
        let count = words.dim(0)?;
        let ends = |end: fn(&Range<usize>) -> usize| {
            let at: Vec<u32> = cues.iter().map(|cue| end(cue) as u32).collect();
            words.index_select(&numbers(&at)?, 0)
        };
        let cue = Tensor::cat(&[&ends(|cue| cue.start)?, &ends(|cue| cue.end - 1)?], 1)?;
        let cue = self.cue.of(&cue)?.unsqueeze(1)?;
        let steps: Vec<u32> = cues.iter().flat_map(|cue| (0..count).map(|at| step(cue, at))).collect();
        let steps = self.steps.index_select(&numbers(&steps)?, 0)?.reshape((cues.len(), count, SLIM))?;
        let x = self.inward.of(words)?.unsqueeze(0)?.broadcast_add(&cue)?;
        let x = self.slim_norm.of(&(x + steps)?)?;
        self.roles.of(&self.slim.of(&x)?)?.flatten_all()?.to_vec1()
    }
}

/// How far a word is from a cue.
fn step(cue: &Range<usize>, at: usize) -> u32 {
    let steps = |distance: usize| STEPS.partition_point(|&step| step <= distance);
    let (before, after) = (cue.start.saturating_sub(at), (at + 1).saturating_sub(cue.end));
    (STEPS.len() + steps(after) - steps(before)) as u32
}

fn numbers(numbers: &[u32]) -> Result<Tensor> {
    Tensor::from_slice(numbers, numbers.len(), &Device::Cpu)
}

fn linear(
    own: &mut Weights,
    name: &str,
    inputs: usize,
    outputs: usize,
) -> std::result::Result<Linear, CarefulError> {
    Ok(Linear {
        weight: own.take(&format!("{name}.weight"), &[outputs, inputs])?.t()?.contiguous()?,
        bias: own.take(&format!("{name}.bias"), &[outputs])?,
    })
}

fn norm(own: &mut Weights, name: &str, width: usize) -> std::result::Result<Norm, CarefulError> {
    Ok(Norm {
        weight: own.take(&format!("{name}.weight"), &[width])?,
        bias: own.take(&format!("{name}.bias"), &[width])?,
    })
}

impl Linear {
    fn of(&self, x: &Tensor) -> Result<Tensor> {
        self.without_bias(x)?.broadcast_add(&self.bias)
    }

    fn without_bias(&self, x: &Tensor) -> Result<Tensor> {
        let mut shape = x.dims().to_vec();
        let inputs = shape.pop().unwrap_or(0);
        shape.push(self.bias.dim(0)?);
        let rows = x.elem_count() / inputs.max(1);
        x.reshape((rows, inputs))?.matmul(&self.weight)?.reshape(shape)
    }
}

impl Norm {
    fn of(&self, x: &Tensor) -> Result<Tensor> {
        x.apply_op3_no_bwd(&self.weight, &self.bias, &NormOf { epsilon: EPSILON })
    }
}

impl Attention {
    /// Rows of words to rows of words, each looking at all of its own row: (rows, words, width).
    fn of(&self, x: &Tensor) -> Result<Tensor> {
        let (rows, words, width) = x.dims3()?;
        let own = width / self.heads;
        let split = |linear: &Linear| {
            linear.of(x)?.reshape((rows, words, self.heads, own))?.transpose(1, 2)?.contiguous()
        };
        let (query, key, value) = (split(&self.query)?, split(&self.key)?, split(&self.value)?);
        let scores = (query.matmul(&key.transpose(2, 3)?.contiguous()?)? / (own as f64).sqrt())?;
        let seen = scores
            .apply_op1_no_bwd(&Softmax)?
            .matmul(&value)?
            .transpose(1, 2)?
            .reshape((rows, words, width))?;
        self.norm.of(&(x + self.out.of(&seen)?)?)
    }
}

impl Layer {
    fn of(&self, x: &Tensor) -> Result<Tensor> {
        let x = self.attention.of(x)?;
        let out =
            self.outer.of(&self.inner.without_bias(&x)?.apply_op2_no_bwd(&self.inner.bias, &Gelu)?)?;
        self.norm.of(&(x + out)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_from_a_cue() {
        let middle = STEPS.len() as u32;
        let steps: Vec<u32> = (0..8).map(|at| step(&(3..5), at)).collect();
        let wanted = [-3, -2, -1, 0, 0, 1, 2, 3].map(|away| middle.saturating_add_signed(away));
        assert_eq!(steps, wanted);
        assert_eq!((step(&(100..101), 0), step(&(0..1), 200)), (0, 2 * middle));
    }
}

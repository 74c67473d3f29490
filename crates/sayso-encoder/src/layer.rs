//! One layer of a transformer: attention, and a function of each row by itself.

use crate::EncoderError;
use crate::attention::attend;
use crate::by_element::{add, norm};
use crate::linear::{Linear, Quantized, Then};
use crate::rows::Rows;
use crate::weights::Weights;

/// Rows of mean 0 and spread 1, each element then by a weight and a bias of its own.
#[derive(Clone, Debug)]
pub struct Norm {
    pub(crate) weight: Vec<f32>,
    pub(crate) bias: Vec<f32>,
    pub(crate) epsilon: f32,
}

impl Norm {
    /// Norms each row.
    pub fn apply(&self, rows: &mut Rows) {
        norm(&mut rows.values, &self.weight, &self.bias, self.epsilon);
    }
}

/// What the parts of a layer are called in a file.
#[derive(Clone, Copy, Debug)]
pub struct LayerNames<'n> {
    /// Query, key and value.
    pub asked: [&'n str; 3],
    /// What attention gives goes through this.
    pub out: &'n str,
    /// Then a norm.
    pub attention_norm: &'n str,
    /// Widens each row.
    pub inner: &'n str,
    /// Narrows it again.
    pub outer: &'n str,
    /// Then a norm.
    pub norm: &'n str,
}

/// One layer.
#[derive(Debug)]
pub struct Layer {
    heads: usize,
    asked: Linear,
    out: Linear,
    attention_norm: Norm,
    inner: Linear,
    outer: Linear,
    norm: Norm,
}

impl Layer {
    /// A layer of so many heads, for rows of a width, `inner` wide inside.
    pub fn new(
        weights: &mut Weights,
        names: &LayerNames<'_>,
        heads: usize,
        width: usize,
        inner: usize,
        epsilon: f32,
    ) -> Result<Layer, EncoderError> {
        Ok(Layer {
            heads,
            asked: weights.linear(&names.asked, width, width)?,
            out: weights.linear(&[names.out], width, width)?,
            attention_norm: weights.norm(names.attention_norm, width, epsilon)?,
            inner: weights.linear(&[names.inner], width, inner)?,
            outer: weights.linear(&[names.outer], inner, width)?,
            norm: weights.norm(names.norm, width, epsilon)?,
        })
    }

    /// Takes the rows of texts through the layer; `texts` tells how many rows each has, one text after the other.
    pub fn apply(&self, rows: &mut Rows, texts: &[usize]) {
        let asked = self.asked.of(&Quantized::of(rows), Then::Nothing);
        let seen = attend(&asked, texts, self.heads);
        add(&mut rows.values, &self.out.of(&Quantized::of(&seen), Then::Nothing).values);
        self.attention_norm.apply(rows);
        let inner = self.inner.of(&Quantized::of(rows), Then::Gelu);
        add(&mut rows.values, &self.outer.of(&Quantized::of(&inner), Then::Nothing).values);
        self.norm.apply(rows);
    }
}

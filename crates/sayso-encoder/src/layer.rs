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

/// Room that layers work in, one after the other.
#[derive(Debug, Default)]
pub struct Room {
    wide: Rows,
    narrow: Rows,
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

    /// Takes the rows of texts through the layer; `texts` tells how many rows each has, one text after the other. What is
    /// in `room` is of no account.
    pub fn apply(&self, rows: &mut Rows, texts: &[usize], room: &mut Room) {
        let Room { wide, narrow } = room;
        self.asked.to(&Quantized::of(rows), Then::Nothing, wide);
        attend(wide, texts, self.heads, narrow);
        let seen = Quantized::of(narrow);
        self.out.to(&seen, Then::Nothing, narrow);
        add(&mut rows.values, &narrow.values);
        self.attention_norm.apply(rows);
        self.inner.to(&Quantized::of(rows), Then::Gelu, wide);
        self.outer.to(&Quantized::of(wide), Then::Nothing, narrow);
        add(&mut rows.values, &narrow.values);
        self.norm.apply(rows);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors::plainly;
    use crate::weights::Table;

    /// Numbers from -1 to 1, the same each time.
    fn numbers(count: usize) -> Vec<f32> {
        (0..count as u32)
            .map(|at| (at.wrapping_mul(2_654_435_761) >> 8) as f32 / (1 << 23) as f32 - 1.0)
            .collect()
    }

    fn linear(inputs: usize, outputs: usize) -> Linear {
        Linear::new(&Table::of(&Rows { width: inputs, values: numbers(inputs * outputs) }), numbers(outputs))
    }

    fn layer(width: usize, inner: usize, heads: usize) -> Layer {
        let norm = || Norm { weight: numbers(width), bias: numbers(width), epsilon: 1e-12 };
        Layer {
            heads,
            asked: linear(width, 3 * width),
            out: linear(width, width),
            attention_norm: norm(),
            inner: linear(width, inner),
            outer: linear(inner, width),
            norm: norm(),
        }
    }

    #[test]
    fn a_layer_gives_the_same_with_vectors_and_without_and_for_texts_side_by_side_and_alone() {
        let layer = layer(96, 200, 3);
        let start = Rows { width: 96, values: numbers(96 * 90) };
        let texts = [1, 17, 72];
        let mut rows = start.clone();
        let room = &mut Room::default();
        layer.apply(&mut rows, &texts, room);
        let mut plain = start.clone();
        plainly(|| layer.apply(&mut plain, &texts, room));
        assert_eq!(rows, plain);
        let mut from = 0;
        for count in texts {
            let mut alone = start.select(from..from + count);
            layer.apply(&mut alone, &[count], room);
            assert_eq!(alone, rows.select(from..from + count));
            from += count;
        }
    }
}

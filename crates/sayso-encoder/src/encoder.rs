//! The encoder of BERT: pieces of text to rows that know what stands around them.

use crate::EncoderError;
use crate::by_element::LANES;
use crate::layer::{Layer, LayerNames, Norm, Room};
use crate::linear::INPUTS;
use crate::rows::Rows;
use crate::weights::{Table, Weights};
use serde::Deserialize;

/// How large an encoder is, as a `config.json` tells.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Shape {
    /// Numbers in a row.
    #[serde(rename = "hidden_size")]
    pub width: usize,
    /// Layers.
    #[serde(rename = "num_hidden_layers")]
    pub layers: usize,
    /// Heads of attention.
    #[serde(rename = "num_attention_heads")]
    pub heads: usize,
    /// Numbers in a row inside of a layer.
    #[serde(rename = "intermediate_size")]
    pub inner: usize,
    /// Pieces that it takes at once.
    #[serde(rename = "max_position_embeddings")]
    pub places: usize,
    /// Pieces that it knows.
    #[serde(rename = "vocab_size")]
    pub vocabulary: usize,
    /// Kinds of text that it tells apart: the first text of a pair is of the first kind, the other of the second.
    #[serde(rename = "type_vocab_size")]
    pub kinds: usize,
    /// Added to spreads, so that none is zero.
    #[serde(rename = "layer_norm_eps")]
    pub epsilon: f32,
}

impl Shape {
    /// Refuses what no encoder can be.
    fn check(&self) -> Result<(), EncoderError> {
        let heads = self.heads.checked_mul(LANES);
        let whole = heads.is_some_and(|heads| heads > 0 && self.width.is_multiple_of(heads));
        let sizes = (1..=INPUTS).contains(&self.width) && (1..=INPUTS).contains(&self.inner);
        let counts = self.places >= 2 && self.vocabulary > 0 && self.kinds > 0;
        if whole && sizes && counts && self.epsilon.is_normal() && self.epsilon > 0.0 {
            return Ok(());
        }
        Err(EncoderError::Another(format!("no encoder has this shape: {self:?}")))
    }
}

/// The encoder's weights, each in its place.
#[derive(Debug)]
pub struct Encoder {
    pieces: Table,
    places: Table,
    kinds: Rows,
    norm: Norm,
    layers: Vec<Layer>,
}

impl Encoder {
    /// The encoder of a shape, out of weights with the names that BERT's have.
    pub fn new(weights: &mut Weights, shape: &Shape) -> Result<Encoder, EncoderError> {
        shape.check()?;
        let width = shape.width;
        let prefix = if weights.has("bert.embeddings.word_embeddings.weight") { "bert." } else { "" };
        let named = |name: &str| format!("{prefix}{name}");
        let mut layers = Vec::new();
        for number in 0..shape.layers {
            let part = |part: &str| named(&format!("encoder.layer.{number}.{part}"));
            let [query, key, value] =
                ["query", "key", "value"].map(|of| part(&format!("attention.self.{of}")));
            let names = LayerNames {
                asked: [&query, &key, &value],
                out: &part("attention.output.dense"),
                attention_norm: &part("attention.output.LayerNorm"),
                inner: &part("intermediate.dense"),
                outer: &part("output.dense"),
                norm: &part("output.LayerNorm"),
            };
            layers.push(Layer::new(weights, &names, shape.heads, width, shape.inner, shape.epsilon)?);
        }
        let kinds =
            weights.numbers(&named("embeddings.token_type_embeddings.weight"), &[shape.kinds, width])?;
        Ok(Encoder {
            pieces: weights.table(&named("embeddings.word_embeddings.weight"), shape.vocabulary, width)?,
            places: weights.table(&named("embeddings.position_embeddings.weight"), shape.places, width)?,
            kinds: Rows { width, values: kinds },
            norm: weights.norm(&named("embeddings.LayerNorm"), width, shape.epsilon)?,
            layers,
        })
    }

    /// A row for each piece of a text. `known` adds to the row of a piece, by its place, what else is known of it.
    ///
    /// Panics where there are more pieces than [places](Shape::places), or a piece that is not of the vocabulary.
    pub fn of(&self, pieces: &[u32], known: impl FnMut(usize, &mut [f32])) -> Rows {
        self.of_kinds(pieces, |_| 0, known)
    }

    /// The same for texts side by side; `kind` tells of which kind the piece at a place is.
    ///
    /// Panics as [`Encoder::of`] does, and where there is no such kind.
    pub fn of_kinds(
        &self,
        pieces: &[u32],
        kind: impl Fn(usize) -> usize,
        mut known: impl FnMut(usize, &mut [f32]),
    ) -> Rows {
        let mut rows = Rows::zeros(pieces.len(), self.kinds.width);
        for (at, (row, &piece)) in rows.iter_mut().zip(pieces).enumerate() {
            row.copy_from_slice(self.kinds.row(kind(at)));
            self.pieces.add_to(piece as usize, row);
            self.places.add_to(at, row);
            known(at, row);
        }
        self.norm.apply(&mut rows);
        let mut room = Room::default();
        self.layers.iter().for_each(|layer| layer.apply(&mut rows, &[pieces.len()], &mut room));
        rows
    }
}

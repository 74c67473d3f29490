//! Small text encoders of the kind of BERT (Devlin and others, 2019), run on a processor.
//!
//! Products of matrices are made of whole numbers: weights are bytes with one scale a row, and what goes in is made into
//! bytes row by row. Sums of whole numbers do not depend on their order, and what is done between the products keeps to
//! one order of steps, so that the same text has the same answer on every machine and any number of threads.

mod attention;
mod by_element;
mod encoder;
mod layer;
mod linear;
mod pieces;
mod rows;
mod sentences;
mod vectors;
mod weights;

pub use by_element::log_softmax;
pub use encoder::{Encoder, Shape};
pub use layer::{Layer, LayerNames, Norm, Room};
pub use linear::{Head, Linear, Quantized, Then};
pub use pieces::Pieces;
pub use rows::Rows;
pub use sentences::SentenceModel;
pub use weights::{Table, Weights};

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// The bytes are no model of this kind.
    #[error("{0}")]
    Another(String),
    /// They were one, and something is missing or not as it was written.
    #[error("{0}")]
    Damaged(String),
}

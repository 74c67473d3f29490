//! Sequence labelling: features of tokens, and a linear-chain conditional random field over them.

pub mod crf;
pub mod features;
pub mod frame;
pub mod labels;
pub mod model;
pub mod paragraph;
pub(crate) mod phrases;
pub mod speech;
pub mod table;
pub mod tagging;

/// Mixes two hashes into one; a multiply-rotate in the manner of FxHash, fixed here because models depend on it.
pub fn mix(a: u32, b: u32) -> u32 {
    let x = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((x >> 32) ^ x) as u32
}

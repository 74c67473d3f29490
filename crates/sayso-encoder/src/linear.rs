//! Linear functions: products of matrices of whole numbers, by `rten-gemm`.

use crate::by_element::{ROUND, gelu, span, sum};
use crate::rows::Rows;
use crate::vectors::widest;
use crate::weights::Table;
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedAMatrix, PackedBMatrix};
use rten_tensor::NdTensorView;

type Products = GemmExecutor<u8, i8, i32>;

// To ask the processor what it can do takes longer than a small product.
thread_local!(static PRODUCTS: Products = Products::default());

/// A product is made of parts of so many rows and columns, which stay in the nearest cache until they are made into
/// numbers again. Of parts this small, `rten-gemm` shares none among threads: documents are read side by side already.
const ROWS: usize = 64;
const COLUMNS: usize = 128;

/// Of more inputs, a product of bytes might not fit 32 bits.
pub(crate) const INPUTS: usize = i32::MAX as usize / (255 * 128);

/// What is done with each output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Then {
    /// Nothing.
    Nothing,
    /// The Gaussian error linear unit.
    Gelu,
}

/// A linear function with weights of bytes.
pub struct Linear {
    inputs: usize,
    columns: Vec<Columns>,
}

/// Some neighbouring outputs.
struct Columns {
    packed: PackedBMatrix<i8>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    /// The sum of the weights of each output: what the zero of the inputs' bytes has to be taken off by.
    sums: Vec<i32>,
}

impl std::fmt::Debug for Linear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let outputs: usize = self.columns.iter().map(|columns| columns.bias.len()).sum();
        f.debug_struct("Linear").field("inputs", &self.inputs).field("outputs", &outputs).finish()
    }
}

/// Rows as bytes, ready for products: each row by a scale and with a zero of its own.
pub struct Quantized {
    count: usize,
    width: usize,
    parts: Vec<Part>,
}

struct Part {
    /// One matrix, or two that are to be added: see [`Quantized::of`].
    packed: Vec<PackedAMatrix<u8>>,
    scales: Vec<f32>,
    zeros: Vec<i32>,
}

impl std::fmt::Debug for Quantized {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Quantized").field("count", &self.count).field("width", &self.width).finish()
    }
}

impl Quantized {
    /// Rounds each row to 256 steps from its least to its greatest.
    ///
    /// Processors without instructions for products of bytes add two of them in 16 bits, which holds the sum only where
    /// no input is above 128. There, each matrix is taken for the sum of two halves.
    pub fn of(rows: &Rows) -> Quantized {
        Quantized::in_halves(rows, PRODUCTS.with(Products::may_saturate))
    }

    fn in_halves(rows: &Rows, halves: bool) -> Quantized {
        let pack = |bytes: &[u8]| {
            let bytes = NdTensorView::from_data([bytes.len() / rows.width, rows.width], bytes);
            PRODUCTS.with(|products| products.prepack_a(bytes))
        };
        let mut parts = Vec::new();
        let mut bytes = Vec::new();
        for own in rows.values.chunks(ROWS * rows.width.max(1)) {
            let mut part = Part { packed: Vec::new(), scales: Vec::new(), zeros: Vec::new() };
            bytes.resize(own.len(), 0);
            widest(
                #[inline(always)]
                || {
                    for (row, bytes) in own.chunks_exact(rows.width).zip(bytes.chunks_exact_mut(rows.width)) {
                        let (scale, zero) = to_bytes(row, bytes);
                        part.scales.push(scale);
                        part.zeros.push(zero);
                    }
                },
            );
            if halves {
                let less: Vec<u8> = bytes.iter().map(|byte| byte / 2).collect();
                bytes.iter_mut().zip(&less).for_each(|(byte, less)| *byte -= less);
                part.packed.push(pack(&less));
            }
            part.packed.push(pack(&bytes));
            parts.push(part);
        }
        Quantized { count: rows.count(), width: rows.width, parts }
    }
}

/// A row as bytes; gives its scale and the byte of zero.
#[inline(always)]
fn to_bytes(row: &[f32], bytes: &mut [u8]) -> (f32, i32) {
    let (least, greatest) = span(row);
    // Zero is always among the steps.
    let (least, greatest) = (least.min(0.0), greatest.max(0.0));
    let scale = (greatest - least) / 255.0;
    if !scale.is_normal() {
        bytes.fill(0);
        return (1.0, 0);
    }
    let by = 1.0 / scale;
    let zero = (-least * by + ROUND) - ROUND;
    let shift = ROUND + zero;
    for (byte, x) in bytes.iter_mut().zip(row) {
        let whole = (x * by + shift).to_bits().wrapping_sub(ROUND.to_bits()) as i32;
        *byte = whole.clamp(0, 255) as u8;
    }
    (scale, zero as i32)
}

impl Linear {
    /// The function whose outputs are the rows of a table, times the inputs, with a bias.
    ///
    /// Panics where the table has no rows, or other ones than the bias, or too wide ones for 32 bits.
    pub fn new(weight: &Table, bias: Vec<f32>) -> Linear {
        let inputs = weight.width;
        assert!(
            (1..=INPUTS).contains(&inputs) && !bias.is_empty() && bias.len() == weight.count(),
            "a function"
        );
        let mut columns = Vec::new();
        for (start, bias) in (0..).step_by(COLUMNS).zip(bias.chunks(COLUMNS)) {
            let bytes = &weight.bytes[start * inputs..][..bias.len() * inputs];
            let turned = NdTensorView::from_data([bias.len(), inputs], bytes);
            columns.push(Columns {
                packed: PRODUCTS.with(|products| products.prepack_b(turned.transposed())),
                scales: weight.scales[start..][..bias.len()].to_vec(),
                bias: bias.to_vec(),
                sums: bytes
                    .chunks_exact(inputs)
                    .map(|row| row.iter().map(|&byte| i32::from(byte)).sum())
                    .collect(),
            });
        }
        Linear { inputs, columns }
    }

    /// The outputs for each row.
    ///
    /// Panics where the rows are of another width than the function takes.
    pub fn of(&self, rows: &Quantized, then: Then) -> Rows {
        let mut out = Rows::default();
        self.to(rows, then, &mut out);
        out
    }

    /// The same into rows that were used before: to clear new memory takes longer than what is done in it.
    pub(crate) fn to(&self, rows: &Quantized, then: Then, out: &mut Rows) {
        assert_eq!(rows.width, self.inputs, "rows are as wide as the function takes");
        let width: usize = self.columns.iter().map(|columns| columns.bias.len()).sum();
        out.shape(rows.count, width);
        let mut whole = vec![0; ROWS * COLUMNS];
        for (part, out) in rows.parts.iter().zip(out.values.chunks_mut(ROWS * width)) {
            let mut start = 0;
            for columns in &self.columns {
                let whole = &mut whole[..part.scales.len() * columns.bias.len()];
                for (at, packed) in part.packed.iter().enumerate() {
                    let options = GemmOptions { beta: at.min(1) as i32, ..GemmOptions::default() };
                    let (a, b) = (GemmInputA::Packed(packed), GemmInputB::Packed(&columns.packed));
                    let done = PRODUCTS.with(|products| products.gemm(whole, a, b, options));
                    done.expect("the shapes fit");
                }
                columns.to_numbers(part, whole, &mut out[start..], width, then);
                start += columns.bias.len();
            }
        }
    }
}

impl Columns {
    /// Makes numbers of a product of bytes, each row into a row of `out` that is `width` wide.
    fn to_numbers(&self, part: &Part, whole: &[i32], out: &mut [f32], width: usize, then: Then) {
        let own = self.bias.len();
        widest(
            #[inline(always)]
            || {
                let rows = whole.chunks_exact(own).zip(out.chunks_mut(width));
                for ((whole, out), (&scale, &zero)) in rows.zip(part.scales.iter().zip(&part.zeros)) {
                    let out = &mut out[..own];
                    let (scales, sums, bias) = (&self.scales[..own], &self.sums[..own], &self.bias[..own]);
                    for at in 0..own {
                        let product = whole[at].wrapping_sub(zero.wrapping_mul(sums[at])) as f32;
                        out[at] = product * (scale * scales[at]) + bias[at];
                    }
                    if then == Then::Gelu {
                        out.iter_mut().for_each(|x| *x = gelu(*x));
                    }
                }
            },
        );
    }
}

/// A linear function of few outputs, with weights of 32 bits: the last step, where labels are told apart.
#[derive(Clone, Debug)]
pub struct Head {
    pub(crate) weight: Rows,
    pub(crate) bias: Vec<f32>,
}

impl Head {
    /// The outputs for each row.
    pub fn of(&self, rows: &Rows) -> Rows {
        let mut out = Rows::zeros(rows.count(), self.bias.len());
        let mut products = vec![0.0; rows.width];
        widest(
            #[inline(always)]
            || {
                for (row, out) in rows.iter().zip(out.iter_mut()) {
                    for ((weight, bias), out) in self.weight.iter().zip(&self.bias).zip(out) {
                        let both = row.iter().zip(weight);
                        products
                            .iter_mut()
                            .zip(both)
                            .for_each(|(product, (x, weight))| *product = x * weight);
                        *out = sum(&products, |x| x) + bias;
                    }
                }
            },
        );
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(width: usize, values: &[f32]) -> Rows {
        Rows { width, values: values[..values.len() / width * width].to_vec() }
    }

    proptest! {
        #[test]
        fn products_are_those_of_numbers_to_a_step_and_the_same_by_halves(
            inputs in 1..70usize,
            outputs in 1..140usize,
            values in prop::collection::vec(-9.0f32..9.0, 1..6000),
            weights in prop::collection::vec(-1.0f32..1.0, 9800),
            edge in any::<bool>(),
        ) {
            // At the edges of what bytes hold, two products overflow 16 bits if they are not halved.
            let weights: Vec<f32> = weights.iter().map(|x| if edge { x.signum() } else { *x }).collect();
            let values: Vec<f32> = values.iter().map(|x| if edge { x.abs().max(8.9) } else { *x }).collect();
            let x = rows(inputs, &values);
            let weight = rows(inputs, &weights[..inputs * outputs]);
            let bias: Vec<f32> = (0..outputs).map(|at| at as f32).collect();
            let linear = Linear::new(&Table::of(&weight), bias.clone());
            let halves = PRODUCTS.with(Products::may_saturate);
            let out = linear.of(&Quantized::in_halves(&x, halves), Then::Nothing);
            prop_assert_eq!((out.count(), out.width), (x.count(), outputs));
            for (own, row) in out.iter().zip(x.iter()) {
                for ((own, weight), bias) in own.iter().zip(weight.iter()).zip(&bias) {
                    let wanted: f32 = row.iter().zip(weight).map(|(x, weight)| x * weight).sum::<f32>() + bias;
                    let (least, greatest) = span(row);
                    let step = (greatest.max(0.0) - least.min(0.0)) / 255.0 + 9.0 / 127.0;
                    prop_assert!((own - wanted).abs() <= step * inputs as f32 + 1e-3, "{} not {}", own, wanted);
                }
            }
            if !halves {
                prop_assert_eq!(&linear.of(&Quantized::in_halves(&x, true), Then::Nothing), &out);
            }
        }
    }

    #[test]
    fn rows_of_nothing_and_of_one_number_are_bytes_too() {
        let mut bytes = [7; 3];
        assert_eq!(to_bytes(&[0.0; 3], &mut bytes), (1.0, 0));
        assert_eq!(bytes, [0; 3]);
        let (scale, zero) = to_bytes(&[-2.0; 3], &mut bytes);
        assert_eq!((bytes, zero), ([0; 3], 255));
        assert!((scale * -255.0 + 2.0).abs() < 1e-6);
    }
}

//! What is done element by element between the products of matrices: the same on every machine, since nothing here asks
//! the system's own functions or lets the order of sums depend on the width of vectors.
//!
//! Each function is compiled for every width of vectors by `pulp`, and the widest that the processor has is run.

use crate::vectors::widest;

/// Sums are made side by side in so many lanes, which are added up in the end: an order that any vectors can keep.
pub(crate) const LANES: usize = 16;

/// The Gaussian error linear unit (Hendrycks and Gimpel, 2016), exact to 2e-7.
#[inline(always)]
pub(crate) fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2))
}

/// Rows of mean 0 and spread 1, each element then by a weight and a bias of its own (Ba and others, 2016).
pub(crate) fn norm(values: &mut [f32], weight: &[f32], bias: &[f32], epsilon: f32) {
    widest(
        #[inline(always)]
        || {
            let width = weight.len() as f32;
            for row in values.chunks_exact_mut(weight.len()) {
                let mean = sum(row, |x| x) / width;
                let spread = sum(row, |x| (x - mean) * (x - mean)) / width;
                let shrink = 1.0 / (spread + epsilon).sqrt();
                for ((x, weight), bias) in row.iter_mut().zip(weight).zip(bias) {
                    *x = (*x - mean) * shrink * weight + bias;
                }
            }
        },
    );
}

/// Adds one list to another.
pub(crate) fn add(to: &mut [f32], from: &[f32]) {
    widest(
        #[inline(always)]
        || to.iter_mut().zip(from).for_each(|(to, from)| *to += from),
    );
}

/// Shares of a row, each by the exponential of its score times `by`.
#[inline(always)]
pub(crate) fn softmax(row: &mut [f32], by: f32) {
    let most = most(row);
    row.iter_mut().for_each(|x| *x = exp((*x - most) * by));
    let shrink = 1.0 / sum(row, |x| x);
    row.iter_mut().for_each(|x| *x *= shrink);
}

/// Makes logarithms of probabilities out of scores, `labels` to a row.
pub fn log_softmax(scores: &mut [f32], labels: usize) {
    for scores in scores.chunks_exact_mut(labels) {
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let sum: f32 = scores.iter().map(|score| exp(score - most)).sum();
        let off = most + libm::logf(sum);
        scores.iter_mut().for_each(|score| *score -= off);
    }
}

/// The least and the greatest of a row.
#[inline(always)]
pub(crate) fn span(row: &[f32]) -> (f32, f32) {
    let (mut least, mut greatest) = ([f32::MAX; LANES], [f32::MIN; LANES]);
    let parts = row.chunks_exact(LANES);
    for (at, &x) in parts.remainder().iter().enumerate() {
        (least[at], greatest[at]) = (x, x);
    }
    for part in parts {
        for lane in 0..LANES {
            least[lane] = if part[lane] < least[lane] { part[lane] } else { least[lane] };
            greatest[lane] = if part[lane] > greatest[lane] { part[lane] } else { greatest[lane] };
        }
    }
    (least.into_iter().fold(f32::MAX, f32::min), greatest.into_iter().fold(f32::MIN, f32::max))
}

#[inline(always)]
fn most(row: &[f32]) -> f32 {
    span(row).1
}

/// The sum of something of each element.
#[inline(always)]
pub(crate) fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0; LANES];
    let parts = row.chunks_exact(LANES);
    let rest: f32 = parts.remainder().iter().map(|&x| of(x)).sum();
    for part in parts {
        for lane in 0..LANES {
            sums[lane] += of(part[lane]);
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// The error function by formula 7.1.26 of Abramowitz and Stegun (1964), exact to 1.5e-7.
#[inline(always)]
fn erf(x: f32) -> f32 {
    const A: [f32; 5] = [1.061_405_4, -1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6];
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let sum = ((((A[0] * t + A[1]) * t + A[2]) * t + A[3]) * t + A[4]) * t;
    (1.0 - sum * exp(-x * x)).copysign(x)
}

/// Added to a number, this leaves its nearest whole one in the lowest bits.
pub(crate) const ROUND: f32 = 12_582_912.0;

/// The exponential function, exact to 2e-7 of its value: a power of two, and Taylor's series of what is left of the
/// exponent (Cephes, Moshier 1984, splits it so).
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
    let x = if x > -87.0 { x } else { -87.0 };
    let x = if x < 88.0 { x } else { 88.0 };
    let whole = x * std::f32::consts::LOG2_E + ROUND;
    let power = f32::from_bits(whole.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23);
    let whole = whole - ROUND;
    let left = (x - whole * LN_2[0]) - whole * LN_2[1];
    let series = (((1.0 / 720.0 * left + 1.0 / 120.0) * left + 1.0 / 24.0) * left + 1.0 / 6.0) * left + 0.5;
    ((series * left + 1.0) * left + 1.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_function_is_that_of_the_standard_library() {
        for step in -8_700..=8_700 {
            let x = step as f32 / 100.0;
            let (own, wanted) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((own / wanted - 1.0).abs() < 4e-7, "{x}: {own}, not {wanted}");
        }
        assert!(exp(-1e30) < 1e-37 && exp(f32::MIN) < 1e-37);
    }

    #[test]
    fn the_error_function_at_known_places() {
        for (x, wanted) in
            [(0.0, 0.0), (0.5, 0.520_499_9), (1.0, 0.842_700_8), (2.0, 0.995_322_3), (5.0, 1.0)]
        {
            assert!((erf(x) - wanted).abs() < 5e-7, "{x}: {}", erf(x));
            assert!((erf(-x) + wanted).abs() < 5e-7, "{x}: {}", erf(-x));
        }
    }

    #[test]
    fn spans_and_sums_of_rows_that_fill_no_vector() {
        for length in 1..40 {
            let row: Vec<f32> = (0..length).map(|at| ((at * 43) % length) as f32 - 3.0).collect();
            assert_eq!(span(&row), (-3.0, length as f32 - 4.0));
            assert_eq!(sum(&row, |x| x), row.iter().sum::<f32>());
        }
    }
}

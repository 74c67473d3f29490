//! What is done element by element between the products of matrices: the same on every machine, since nothing here asks the
//! system's own functions, and on one thread, since paragraphs are read side by side.

use candle_core::{CpuStorage, CustomOp1, CustomOp2, CustomOp3, Layout, Result, Shape, bail};

fn values<'s>(storage: &'s CpuStorage, layout: &Layout) -> Result<&'s [f32]> {
    match (storage, layout.contiguous_offsets()) {
        (CpuStorage::F32(values), Some((start, end))) => Ok(&values[start..end]),
        _ => bail!("this is of f32 in one piece"),
    }
}

/// Adds a bias, and the Gaussian error linear unit of that (Hendrycks and Gimpel, 2016), exact to 2e-7.
pub(super) struct Gelu;

impl CustomOp2 for Gelu {
    fn name(&self) -> &'static str {
        "gelu"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        of_x: &Layout,
        bias: &CpuStorage,
        of_bias: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (x, bias) = (values(x, of_x)?, values(bias, of_bias)?);
        let mut out = vec![0.0; x.len()];
        for (out, x) in out.chunks_exact_mut(bias.len()).zip(x.chunks_exact(bias.len())) {
            for ((out, x), bias) in out.iter_mut().zip(x).zip(bias) {
                let x = x + bias;
                *out = 0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2));
            }
        }
        Ok((CpuStorage::F32(out), of_x.shape().clone()))
    }
}

/// Shares of the last dimension, each by the exponential of its score.
pub(super) struct Softmax;

impl CustomOp1 for Softmax {
    fn name(&self) -> &'static str {
        "softmax"
    }

    fn cpu_fwd(&self, x: &CpuStorage, of_x: &Layout) -> Result<(CpuStorage, Shape)> {
        let mut out = values(x, of_x)?.to_vec();
        for row in out.chunks_exact_mut(of_x.dims().last().copied().unwrap_or(1).max(1)) {
            let most = row.iter().copied().fold(f32::MIN, f32::max);
            row.iter_mut().for_each(|x| *x = exp(*x - most));
            let sum: f32 = row.iter().sum();
            row.iter_mut().for_each(|x| *x /= sum);
        }
        Ok((CpuStorage::F32(out), of_x.shape().clone()))
    }
}

/// Rows of mean 0 and spread 1, each element then by a weight and a bias of its own (Ba and others, 2016).
pub(super) struct NormOf {
    pub(super) epsilon: f32,
}

impl CustomOp3 for NormOf {
    fn name(&self) -> &'static str {
        "norm"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        of_x: &Layout,
        weight: &CpuStorage,
        of_weight: &Layout,
        bias: &CpuStorage,
        of_bias: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (weight, bias) = (values(weight, of_weight)?, values(bias, of_bias)?);
        let mut out = values(x, of_x)?.to_vec();
        let width = weight.len() as f32;
        for row in out.chunks_exact_mut(weight.len()) {
            let mean = sum(row, |x| x) / width;
            let spread = sum(row, |x| (x - mean) * (x - mean)) / width;
            let shrink = 1.0 / (spread + self.epsilon).sqrt();
            for ((x, weight), bias) in row.iter_mut().zip(weight).zip(bias) {
                *x = (*x - mean) * shrink * weight + bias;
            }
        }
        Ok((CpuStorage::F32(out), of_x.shape().clone()))
    }
}

/// The sum of something of each element, in eight sums side by side: in one, each addition would wait for the last.
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0; 8];
    let eights = row.chunks_exact(8);
    let rest: f32 = eights.remainder().iter().map(|&x| of(x)).sum();
    for eight in eights {
        sums.iter_mut().zip(eight).for_each(|(sum, &x)| *sum += of(x));
    }
    sums.iter().sum::<f32>() + rest
}

/// The error function by formula 7.1.26 of Abramowitz and Stegun (1964), exact to 1.5e-7.
fn erf(x: f32) -> f32 {
    const A: [f32; 5] = [1.061_405_4, -1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6];
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let sum = A.iter().fold(0.0, |sum, a| sum * t + a) * t;
    (1.0 - sum * exp(-x * x)).copysign(x)
}

/// The exponential function, exact to 2e-7 of its value: a power of two, and Taylor's series of what is left of the
/// exponent (Cephes, Moshier 1984, splits it so).
fn exp(x: f32) -> f32 {
    // Added to a number, this leaves its nearest whole one in the lowest bits.
    const ROUND: f32 = 12_582_912.0;
    const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
    const TERMS: [f32; 7] = [1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0];
    let x = x.clamp(-87.0, 88.0);
    let whole = x * std::f32::consts::LOG2_E + ROUND;
    let power = f32::from_bits(whole.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23);
    let whole = whole - ROUND;
    let left = (x - whole * LN_2[0]) - whole * LN_2[1];
    TERMS.iter().fold(0.0, |sum, term| sum * left + term) * power
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
}

//! Finds the directions in vectors of sentences along which two of them are near where a label says so: a linear metric,
//! learned by gradient descent from the directions in which the vectors differ most.
//! Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015.

use super::boost::Chance;
use sayso_link::learned::View;

/// How many directions are looked along.
const ALONG: usize = 64;
const ROUNDS: usize = 2;
const AT_ONCE: usize = 512;
const RATE: f32 = 0.002;
/// Pulls directions back to where they began.
const RIDGE: f32 = 1e-4;

/// Two texts, by number, and whether they should be near, 1 or 0.
#[derive(Clone, Copy)]
pub(crate) struct Labelled {
    pub(crate) texts: (usize, usize),
    pub(crate) near: f32,
}

/// A number that is learned, with what Adam keeps of its slopes.
#[derive(Clone, Copy, Default)]
struct Learned {
    value: f32,
    slope: f32,
    square: f32,
}

impl Learned {
    fn step(&mut self, slope: f32, rate: f32, count: i32) {
        self.slope = 0.9 * self.slope + 0.1 * slope;
        self.square = 0.99 * self.square + 0.01 * slope * slope;
        let (slope, square) =
            (self.slope / (1.0 - 0.9f32.powi(count)), self.square / (1.0 - 0.99f32.powi(count)));
        self.value -= rate * slope / (square.sqrt() + 1e-8);
    }
}

/// The view along which labelled pairs of `vectors` come out best.
pub(crate) fn learn(vectors: &[&[f32]], pairs: &[Labelled], seed: u64) -> View {
    let width = vectors.first().map_or(0, |vector| vector.len());
    let mut mean = vec![0.0f32; width];
    for vector in vectors {
        mean.iter_mut().zip(*vector).for_each(|(sum, x)| *sum += x / vectors.len() as f32);
    }
    let plain: Vec<Vec<f32>> =
        vectors.iter().map(|vector| vector.iter().zip(&mean).map(|(x, mean)| x - mean).collect()).collect();
    let mut chance = Chance(seed);
    let begun = principal(&plain, width, &mut chance);
    let mut along: Vec<Learned> =
        begun.iter().map(|&value| Learned { value, ..Learned::default() }).collect();
    let mut scale = Learned { value: 6.0, ..Learned::default() };
    let mut bias = Learned { value: -4.0, ..Learned::default() };
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    let mut count = 0;
    let mut slopes = vec![0.0f32; along.len()];
    for _ in 0..ROUNDS {
        for at in (1..order.len()).rev() {
            order.swap(at, (chance.next() * (at + 1) as f32) as usize % (at + 1));
        }
        for batch in order.chunks(AT_ONCE) {
            for (slope, (one, begun)) in slopes.iter_mut().zip(along.iter().zip(&begun)) {
                *slope = RIDGE * (one.value - begun);
            }
            let rows: Vec<f32> = along.iter().map(|one| one.value).collect();
            let (mut of_scale, mut of_bias) = (0.0, 0.0);
            for &Labelled { texts: (a, b), near } in batch.iter().map(|&at| &pairs[at]) {
                let (a, b) = (&plain[a], &plain[b]);
                let ((x, length_x), (y, length_y)) = (seen(&rows, a), seen(&rows, b));
                let cosine: f32 = x.iter().zip(&y).map(|(x, y)| x * y).sum();
                let p = 1.0 / (1.0 + (-(scale.value * cosine + bias.value)).exp());
                let slope = (p - near) / batch.len() as f32;
                of_scale += slope * cosine;
                of_bias += slope;
                for (at, row) in slopes.chunks_exact_mut(width).enumerate() {
                    let of_x = slope * scale.value * (y[at] - cosine * x[at]) / length_x;
                    let of_y = slope * scale.value * (x[at] - cosine * y[at]) / length_y;
                    row.iter_mut().zip(a.iter().zip(b)).for_each(|(sum, (a, b))| *sum += of_x * a + of_y * b);
                }
            }
            count += 1;
            along.iter_mut().zip(&slopes).for_each(|(one, &slope)| one.step(slope, RATE, count));
            scale.step(of_scale, 10.0 * RATE, count);
            bias.step(of_bias, 10.0 * RATE, count);
        }
    }
    let rounded = |x: f32| (x * 1e4).round() / 1e4;
    let along = along.chunks(width.max(1)).map(|row| row.iter().map(|one| rounded(one.value)).collect());
    View { along: along.collect(), mean: mean.into_iter().map(|x| (x * 1e5).round() / 1e5).collect() }
}

/// The directions in which the vectors differ most, by orthogonal iteration on their covariance.
fn principal(plain: &[Vec<f32>], width: usize, chance: &mut Chance) -> Vec<f32> {
    const ITERATIONS: usize = 20;
    let mut covariance = vec![0.0f32; width * width];
    for vector in plain {
        for (x, row) in vector.iter().zip(covariance.chunks_exact_mut(width)) {
            row.iter_mut().zip(vector).for_each(|(sum, y)| *sum += x * y / plain.len() as f32);
        }
    }
    let mut rows: Vec<Vec<f32>> =
        (0..ALONG.min(width)).map(|_| (0..width).map(|_| chance.next() - 0.5).collect()).collect();
    for _ in 0..ITERATIONS {
        for row in &mut rows {
            *row = covariance.chunks_exact(width).map(|own| product(own, row)).collect();
        }
        for at in 0..rows.len() {
            let (before, rest) = rows.split_at_mut(at);
            let own = &mut rest[0];
            for other in before.iter() {
                let shared = product(other, own);
                own.iter_mut().zip(other).for_each(|(x, other)| *x -= shared * other);
            }
            let length = product(own, own).sqrt().max(f32::MIN_POSITIVE);
            own.iter_mut().for_each(|x| *x /= length);
        }
    }
    rows.concat()
}

/// A vector along the rows, of length 1, and how long it was.
fn seen(rows: &[f32], vector: &[f32]) -> (Vec<f32>, f32) {
    let mut seen: Vec<f32> = rows.chunks_exact(vector.len().max(1)).map(|row| product(row, vector)).collect();
    let length = seen.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-6);
    seen.iter_mut().for_each(|x| *x /= length);
    (seen, length)
}

fn product(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 8];
    for (x, y) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        (0..8).for_each(|lane| lanes[lane] += x[lane] * y[lane]);
    }
    let rest = a.chunks_exact(8).remainder().iter().zip(b.chunks_exact(8).remainder());
    lanes.iter().sum::<f32>() + rest.map(|(x, y)| x * y).sum::<f32>()
}

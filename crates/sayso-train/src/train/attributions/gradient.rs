//! Trains a linear-chain conditional random field by stochastic gradient descent.
//!
//! AdaGrad (Duchi, Hazan, Singer, JMLR 2011) with one step size a feature row, a rate that falls to nothing, weights
//! that shrink at each touch, and features dropped at random: neighbouring tokens share most of their features, so
//! without these three the model is sure of what it saw once.

use sayso_read::tagger::crf::Transitions;

/// A labelled sequence: the features of token `i` are `rows[offsets[i]..offsets[i + 1]]`.
#[derive(Clone, Debug, Default)]
pub(super) struct Example {
    pub(super) rows: Vec<u32>,
    pub(super) offsets: Vec<u32>,
    pub(super) classes: Vec<u8>,
    pub(super) labels: Vec<u8>,
}

impl Example {
    fn rows_of(&self, at: usize) -> &[u32] {
        &self.rows[self.offsets[at] as usize..self.offsets[at + 1] as usize]
    }
}

/// Weights while they are trained: dense, `rows * labels` of them.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    pub(super) emission: Vec<f32>,
    pub(super) transitions: Transitions,
}

impl Weights {
    /// The score of every label at every token.
    pub(super) fn scores(&self, example: &Example) -> Vec<f32> {
        let labels = self.transitions.labels;
        let mut scores = vec![0.0; example.classes.len() * labels];
        for (at, out) in scores.chunks_exact_mut(labels).enumerate() {
            for &row in example.rows_of(at) {
                for (score, weight) in out.iter_mut().zip(&self.emission[row as usize * labels..][..labels]) {
                    *score += weight;
                }
            }
        }
        scores
    }
}

/// How to train; found on the development part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recipe {
    pub(super) epochs: usize,
    pub(super) rate: f32,
    pub(super) shrink: f32,
    pub(super) drop: f32,
    pub(super) seed: u64,
}

/// The mean of some models that differ in their seed alone. Scores are sums of weights, so that it scores as they do
/// on average, which evens out what each makes of the order of its examples, and costs no more than one of them.
/// `shape` is as the arguments of [`train`].
pub(super) fn train_mean(
    examples: &[&Example],
    shape: (usize, usize, usize),
    recipe: Recipe,
    members: usize,
) -> Weights {
    let (labels, classes, rows) = shape;
    let one = |member: usize| {
        train(examples, labels, classes, rows, Recipe { seed: recipe.seed + 101 * member as u64, ..recipe })
    };
    let all: Vec<Weights> = std::thread::scope(|scope| {
        let one = &one;
        let threads: Vec<_> = (0..members.max(1)).map(|member| scope.spawn(move || one(member))).collect();
        threads.into_iter().map(|thread| thread.join().expect("training does not panic")).collect()
    });
    let share = 1.0 / all.len() as f32;
    let mut all = all.into_iter();
    let mut sum = all.next().expect("there is one member at least");
    let add = |sum: &mut [f32], other: &[f32]| {
        sum.iter_mut().zip(other).for_each(|(sum, other)| *sum += other);
    };
    for other in all {
        add(&mut sum.emission, &other.emission);
        add(&mut sum.transitions.weights, &other.transitions.weights);
    }
    sum.emission.iter_mut().chain(&mut sum.transitions.weights).for_each(|weight| *weight *= share);
    sum
}

/// Trains on some examples. `rows` is the number of features, `classes` that of token classes.
pub(super) fn train(
    examples: &[&Example],
    labels: usize,
    classes: usize,
    rows: usize,
    recipe: Recipe,
) -> Weights {
    let mut weights =
        Weights { emission: vec![0.0; rows * labels], transitions: Transitions::flat(labels, classes) };
    let mut steps = Steps { rows: vec![0.1; rows], transitions: vec![1.0; classes * labels * labels] };
    let mut chance = Chance(recipe.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let total = (recipe.epochs * order.len()) as f32;
    let mut done = 0.0;
    let mut thinned = Example::default();
    let mut potentials = weights.transitions.potentials();
    for _ in 0..recipe.epochs {
        chance.shuffle(&mut order);
        for (turn, &index) in order.iter().enumerate() {
            // Transitions hardly change from one paragraph to the next, and their exponentials cost as much as one.
            if turn % 16 == 0 {
                potentials = weights.transitions.potentials();
            }
            thin(examples[index], recipe.drop, &mut chance, &mut thinned);
            let rate = recipe.rate * (1.0 - done / total);
            done += 1.0;
            step(&mut weights, &mut steps, &thinned, &potentials, rate, recipe.shrink);
        }
    }
    weights
}

/// Sums of squared gradients.
struct Steps {
    rows: Vec<f32>,
    transitions: Vec<f32>,
}

fn step(
    weights: &mut Weights,
    steps: &mut Steps,
    example: &Example,
    potentials: &[f32],
    rate: f32,
    shrink: f32,
) {
    let labels = weights.transitions.labels;
    let scores = weights.scores(example);
    let marginals = weights.transitions.marginals(&scores, &example.classes, potentials);
    let mut gradient = vec![0.0; labels];
    let mut pairs = vec![0.0; labels * labels];
    for at in 0..example.classes.len() {
        let right = example.labels[at] as usize;
        marginals.at(at, &mut gradient);
        gradient[right] -= 1.0;
        let square: f32 = gradient.iter().map(|part| part * part).sum();
        if square > 1e-6 {
            for &row in example.rows_of(at) {
                let row = row as usize;
                steps.rows[row] += square;
                let rate = rate / steps.rows[row].sqrt();
                for (weight, part) in weights.emission[row * labels..][..labels].iter_mut().zip(&gradient) {
                    *weight -= rate * (part + shrink * *weight);
                }
            }
        }
        if at == 0 {
            continue;
        }
        let class = example.classes[at];
        marginals.pair(at, potentials, class, &mut pairs);
        pairs[example.labels[at - 1] as usize * labels + right] -= 1.0;
        let base = class as usize * labels * labels;
        for (place, part) in (base..).zip(&pairs).filter(|(_, part)| part.abs() > 1e-4) {
            steps.transitions[place] += part * part;
            weights.transitions.weights[place] -= rate / steps.transitions[place].sqrt() * part;
        }
    }
}

/// Copies an example without some of its features.
fn thin(example: &Example, drop: f32, chance: &mut Chance, out: &mut Example) {
    out.rows.clear();
    out.offsets.clear();
    out.offsets.push(0);
    out.classes.clone_from(&example.classes);
    out.labels.clone_from(&example.labels);
    for at in 0..example.classes.len() {
        out.rows.extend(example.rows_of(at).iter().filter(|_| chance.share() >= drop));
        out.offsets.push(out.rows.len() as u32);
    }
}

/// A small seeded generator (xorshift64), so that a model can be made again to the byte.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number from 0 up to 1.
    fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for last in (1..order.len()).rev() {
            order.swap(last, (self.next() % (last as u64 + 1)) as usize);
        }
    }
}

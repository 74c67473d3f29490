//! A linear-chain conditional random field: from the scores of labels at tokens to the best labelling, and to how
//! likely each label is.
//!
//! Lafferty, McCallum and Pereira, "Conditional Random Fields", ICML 2001. The transition weights depend on the
//! class of the token that is entered (a comma, an opening quotation mark, ...), since that is where spans break.

use super::labels;

const TAG_COUNT: usize = super::speech::TAGS.len();

/// How labels follow each other: one `labels` by `labels` square of weights a token class, `[class][from][to]`.
#[derive(Clone, Debug, Default)]
pub struct Transitions {
    /// How many labels there are.
    pub labels: usize,
    /// How many classes of tokens there are.
    pub classes: usize,
    /// `classes * labels * labels` weights.
    pub weights: Vec<f32>,
}

impl Transitions {
    /// Transitions that prefer nothing.
    pub fn flat(labels: usize, classes: usize) -> Transitions {
        Transitions { labels, classes, weights: vec![0.0; classes * labels * labels] }
    }

    /// The square of transitions into a token of this class.
    fn square(&self, class: u8) -> &[f32] {
        &self.weights[class as usize * self.labels * self.labels..][..self.labels * self.labels]
    }

    /// The best labelling (Viterbi).
    pub fn best(&self, scores: &[f32], classes: &[u8]) -> Vec<u8> {
        // Inlined with a number of labels that the compiler knows, the loops below need no loop.
        match self.labels {
            labels::frame::COUNT => self.best_of(labels::frame::COUNT, scores, classes),
            labels::paragraph::COUNT => self.best_of(labels::paragraph::COUNT, scores, classes),
            TAG_COUNT => self.best_of(TAG_COUNT, scores, classes),
            count => self.best_of(count, scores, classes),
        }
    }

    #[inline(always)]
    fn best_of(&self, labels: usize, scores: &[f32], classes: &[u8]) -> Vec<u8> {
        let length = classes.len();
        if length == 0 {
            return Vec::new();
        }
        let mut back = vec![0u8; length * labels];
        let mut now = scores[..labels].to_vec();
        let mut next = vec![0.0; labels];
        let mut from_best = vec![0u32; labels];
        for (at, class) in classes.iter().enumerate().skip(1) {
            let square = self.square(*class);
            next.fill(f32::NEG_INFINITY);
            from_best.fill(0);
            for (from, weights) in square.chunks_exact(labels).enumerate() {
                let score = now[from];
                for ((best, from_best), weight) in
                    next[..labels].iter_mut().zip(&mut from_best[..labels]).zip(weights)
                {
                    let score = score + weight;
                    *from_best = if score > *best { from as u32 } else { *from_best };
                    *best = if score > *best { score } else { *best };
                }
            }
            let here = at * labels..(at + 1) * labels;
            next.iter_mut().zip(&scores[here.clone()]).for_each(|(next, score)| *next += score);
            back[here].iter_mut().zip(&from_best).for_each(|(back, from)| *back = *from as u8);
            std::mem::swap(&mut now, &mut next);
        }
        let mut label =
            now.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(label, _)| label as u8);
        let mut path = vec![0; length];
        for at in (0..length).rev() {
            path[at] = label;
            label = back[at * labels + label as usize];
        }
        path
    }

    /// `exp` of all transition weights, for [`Transitions::marginals`].
    pub fn potentials(&self) -> Vec<f32> {
        self.weights.iter().map(|weight| libm::expf(*weight)).collect()
    }

    /// The probability of every label at every token (forward-backward, scaled so that nothing under- or overflows).
    pub fn marginals(&self, scores: &[f32], classes: &[u8], potentials: &[f32]) -> Marginals {
        match self.labels {
            labels::frame::COUNT => self.marginals_of(labels::frame::COUNT, scores, classes, potentials),
            labels::paragraph::COUNT => {
                self.marginals_of(labels::paragraph::COUNT, scores, classes, potentials)
            }
            count => self.marginals_of(count, scores, classes, potentials),
        }
    }

    #[inline(always)]
    fn marginals_of(&self, labels: usize, scores: &[f32], classes: &[u8], potentials: &[f32]) -> Marginals {
        let length = classes.len();
        let square = |class: u8| &potentials[class as usize * labels * labels..][..labels * labels];
        let mut local = vec![0.0f32; length * labels];
        for (out, scores) in local.chunks_exact_mut(labels).zip(scores.chunks_exact(labels)) {
            let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            for (out, score) in out.iter_mut().zip(scores) {
                *out = libm::expf(score - most);
            }
        }
        let mut forward = vec![0.0f32; length * labels];
        let mut scale = vec![1.0f32; length];
        for at in 0..length {
            let (before, rest) = forward.split_at_mut(at * labels);
            let now = &mut rest[..labels];
            if at == 0 {
                now.copy_from_slice(&local[..labels]);
            } else {
                let square = square(classes[at]);
                for (from, &mass) in before[(at - 1) * labels..].iter().enumerate() {
                    for (out, weight) in now.iter_mut().zip(&square[from * labels..][..labels]) {
                        *out += mass * weight;
                    }
                }
                for (out, local) in now.iter_mut().zip(&local[at * labels..][..labels]) {
                    *out *= local;
                }
            }
            let total: f32 = now.iter().sum();
            scale[at] = 1.0 / total.max(f32::MIN_POSITIVE);
            now.iter_mut().for_each(|mass| *mass *= scale[at]);
        }
        let mut backward = vec![1.0f32; length * labels];
        let mut ahead = vec![0.0f32; labels];
        for at in (0..length.saturating_sub(1)).rev() {
            let square = square(classes[at + 1]);
            for label in 0..labels {
                ahead[label] =
                    local[(at + 1) * labels + label] * backward[(at + 1) * labels + label] * scale[at + 1];
            }
            for from in 0..labels {
                backward[at * labels + from] = square[from * labels..][..labels]
                    .iter()
                    .zip(&ahead)
                    .map(|(weight, mass)| weight * mass)
                    .sum();
            }
        }
        Marginals { labels, local, forward, backward, scale }
    }
}

/// What forward-backward leaves: enough for the probability of a label, or of two neighbours.
#[derive(Debug)]
pub struct Marginals {
    labels: usize,
    local: Vec<f32>,
    forward: Vec<f32>,
    backward: Vec<f32>,
    scale: Vec<f32>,
}

impl Marginals {
    /// The probabilities of the labels at token `at`, into `out`.
    pub fn at(&self, at: usize, out: &mut [f32]) {
        let range = at * self.labels..(at + 1) * self.labels;
        let masses = self.forward[range.clone()].iter().zip(&self.backward[range]);
        let mut total = 0.0;
        for (out, (forward, backward)) in out.iter_mut().zip(masses) {
            *out = forward * backward;
            total += *out;
        }
        out.iter_mut().for_each(|mass| *mass /= total);
    }

    /// The probabilities of each pair of labels at tokens `at - 1` and `at`, into `out[from * labels + to]`.
    pub fn pair(&self, at: usize, potentials: &[f32], class: u8, out: &mut [f32]) {
        let labels = self.labels;
        let square = &potentials[class as usize * labels * labels..][..labels * labels];
        let mut total = 0.0;
        for from in 0..labels {
            let mass = self.forward[(at - 1) * labels + from];
            for to in 0..labels {
                let here = at * labels + to;
                let pair = mass
                    * square[from * labels + to]
                    * self.local[here]
                    * self.backward[here]
                    * self.scale[at];
                out[from * labels + to] = pair;
                total += pair;
            }
        }
        out.iter_mut().for_each(|pair| *pair /= total);
    }
}

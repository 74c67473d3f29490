//! Grows forests by gradient boosting on binned features; the same rows always give the same forest.
//! Ke et al., "LightGBM: a highly efficient gradient boosting decision tree", NeurIPS 2017 (binning, leaf values).

use sayso_link::learned::{Forest, Node, Tree};

/// Rows with what they should score.
#[derive(Clone, Default)]
pub(crate) struct Rows {
    /// The measures of each row.
    pub(crate) inputs: Vec<Vec<f32>>,
    /// 1 for a right row, 0 for a wrong one.
    pub(crate) labels: Vec<f32>,
    /// Rows with one number in a row compete with each other, and exactly the right ones should win. Empty where
    /// every row is judged by itself.
    pub(crate) contests: Vec<u32>,
}

/// How a forest is grown.
#[derive(Clone, Copy)]
pub(crate) struct Growth {
    pub(crate) trees: usize,
    pub(crate) depth: usize,
    pub(crate) rate: f32,
    /// The least sum of second derivatives in a leaf.
    pub(crate) least_weight: f32,
    /// Pulls leaf values to zero.
    pub(crate) ridge: f32,
    /// Share of features that a tree may look at.
    pub(crate) features: f32,
    /// Share of rows (or contests) that a tree sees.
    pub(crate) rows: f32,
    pub(crate) seed: u64,
}

impl Default for Growth {
    fn default() -> Growth {
        Growth {
            trees: 200,
            depth: 4,
            rate: 0.06,
            least_weight: 4.0,
            ridge: 3.0,
            features: 0.5,
            rows: 0.7,
            seed: 1,
        }
    }
}

const BINS: usize = 64;

/// A small fast generator (Vigna's splitmix64), so that training never depends on the machine.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((x ^ (x >> 31)) >> 40) as f32 / (1u64 << 24) as f32
    }
}

/// Grows a forest on rows.
pub(crate) fn grow(rows: &Rows, features: &[&str], growth: Growth) -> Forest {
    let bins = Bins::of(&rows.inputs);
    let mut chance = Chance(growth.seed);
    let base = if rows.contests.is_empty() {
        let share = rows.labels.iter().sum::<f32>() / rows.labels.len().max(1) as f32;
        let share = share.clamp(1e-4, 1.0 - 1e-4);
        (share / (1.0 - share)).ln()
    } else {
        0.0
    };
    let mut scores = vec![base; rows.labels.len()];
    let mut trees = Vec::new();
    for _ in 0..growth.trees {
        let slopes = slopes(rows, &scores);
        let chosen: Vec<u32> =
            (0..features.len() as u32).filter(|_| chance.next() < growth.features).collect();
        let members = sample(rows, growth.rows, &mut chance);
        let mut grower =
            Grower { bins: &bins, slopes: &slopes, features: &chosen, growth, nodes: Vec::new() };
        grower.split(members, growth.depth);
        let tree = Tree(grower.nodes);
        for (score, input) in scores.iter_mut().zip(&rows.inputs) {
            *score += tree.value(input);
        }
        trees.push(tree);
    }
    Forest { features: features.iter().map(|name| (*name).to_owned()).collect(), base, trees }
}

/// Grows several forests that differ in chance only, and joins them into one that scores their mean.
pub(crate) fn grow_several(rows: &Rows, features: &[&str], growth: Growth, forests: u64) -> Forest {
    let grown: Vec<Forest> =
        (0..forests).map(|at| grow(rows, features, Growth { seed: growth.seed + at, ..growth })).collect();
    let share = 1.0 / forests as f32;
    let mut trees: Vec<Tree> = grown.iter().flat_map(|forest| forest.trees.iter().cloned()).collect();
    for node in trees.iter_mut().flat_map(|tree| &mut tree.0) {
        if let Node::Leaf([value]) = node {
            *value = (*value * share * 1e5).round() / 1e5;
        }
    }
    Forest { features: grown[0].features.clone(), base: grown[0].base, trees }
}

fn sample(rows: &Rows, share: f32, chance: &mut Chance) -> Vec<u32> {
    let mut last = (u32::MAX, true);
    (0..rows.labels.len() as u32)
        .filter(|&row| match rows.contests.get(row as usize) {
            None => chance.next() < share,
            Some(&contest) => {
                if contest != last.0 {
                    last = (contest, chance.next() < share);
                }
                last.1
            }
        })
        .collect()
}

/// First and second derivative of the loss at every row.
fn slopes(rows: &Rows, scores: &[f32]) -> Vec<(f32, f32)> {
    if rows.contests.is_empty() {
        let one = |(score, label): (&f32, &f32)| {
            let p = 1.0 / (1.0 + (-score).exp());
            (p - label, (p * (1.0 - p)).max(1e-6))
        };
        return scores.iter().zip(&rows.labels).map(one).collect();
    }
    let mut slopes = vec![(0.0, 1e-6); scores.len()];
    let mut start = 0;
    for contest in rows.contests.chunk_by(|a, b| a == b) {
        let range = start..start + contest.len();
        start = range.end;
        let right: f32 = rows.labels[range.clone()].iter().sum();
        if right == 0.0 {
            continue;
        }
        let top = scores[range.clone()].iter().copied().fold(f32::MIN, f32::max);
        let whole: f32 = scores[range.clone()].iter().map(|score| (score - top).exp()).sum();
        for row in range {
            let p = (scores[row] - top).exp() / whole;
            slopes[row] = (p - rows.labels[row] / right, (p * (1.0 - p)).max(1e-6));
        }
    }
    slopes
}

/// Every feature cut into at most [`BINS`] ranges of about as many rows.
struct Bins {
    /// Ascending upper bounds of each feature's ranges but the last.
    bounds: Vec<Vec<f32>>,
    /// The range of each row, feature by feature.
    of_row: Vec<Vec<u8>>,
}

impl Bins {
    fn of(inputs: &[Vec<f32>]) -> Bins {
        let features = inputs.first().map_or(0, Vec::len);
        let mut bounds = Vec::new();
        let mut of_row = Vec::new();
        for feature in 0..features {
            let mut values: Vec<f32> = inputs.iter().map(|input| input[feature]).collect();
            values.sort_by(f32::total_cmp);
            let mut own: Vec<f32> = if distinct(&values) <= BINS {
                values.clone()
            } else {
                (1..BINS).map(|part| values[part * values.len() / BINS]).collect()
            };
            own.dedup();
            if own.last() == values.last() {
                own.pop();
            }
            of_row.push(
                inputs
                    .iter()
                    .map(|input| own.partition_point(|&bound| bound < input[feature]) as u8)
                    .collect(),
            );
            bounds.push(own);
        }
        Bins { bounds, of_row }
    }
}

fn distinct(sorted: &[f32]) -> usize {
    sorted.chunk_by(|a, b| a == b).count()
}

struct Grower<'a> {
    bins: &'a Bins,
    slopes: &'a [(f32, f32)],
    features: &'a [u32],
    growth: Growth,
    nodes: Vec<Node>,
}

impl Grower<'_> {
    /// Adds the best subtree for some rows, its root first, and gives the root's place.
    fn split(&mut self, members: Vec<u32>, depth: usize) -> u16 {
        let at = self.nodes.len();
        let (slope, weight) = self.sum(&members);
        let leaf = -slope / (weight + self.growth.ridge) * self.growth.rate;
        self.nodes.push(Node::Leaf([(leaf * 1e5).round() / 1e5]));
        let best = if depth == 0 { None } else { self.best(&members, slope, weight) };
        if let Some((feature, bin)) = best {
            let of_row = &self.bins.of_row[feature as usize];
            let (left, right): (Vec<u32>, Vec<u32>) =
                members.into_iter().partition(|&row| usize::from(of_row[row as usize]) <= bin);
            let bound = self.bins.bounds[feature as usize][bin];
            let left = self.split(left, depth - 1);
            let right = self.split(right, depth - 1);
            self.nodes[at] = Node::Split(feature as u16, bound, left, right);
        }
        at as u16
    }

    fn sum(&self, members: &[u32]) -> (f32, f32) {
        members.iter().fold((0.0, 0.0), |(slope, weight), &row| {
            let (s, w) = self.slopes[row as usize];
            (slope + s, weight + w)
        })
    }

    /// The feature and range after which to cut, where that gains anything.
    fn best(&self, members: &[u32], slope: f32, weight: f32) -> Option<(u32, usize)> {
        let gain = |s: f32, w: f32| s * s / (w + self.growth.ridge);
        let mut best = (1e-4 + gain(slope, weight), None);
        for &feature in self.features {
            let of_row = &self.bins.of_row[feature as usize];
            let mut sums = [(0.0f32, 0.0f32); BINS];
            for &row in members {
                let (s, w) = self.slopes[row as usize];
                let sum = &mut sums[usize::from(of_row[row as usize])];
                *sum = (sum.0 + s, sum.1 + w);
            }
            let (mut s, mut w) = (0.0, 0.0);
            for (bin, sum) in sums.iter().enumerate().take(self.bins.bounds[feature as usize].len()) {
                (s, w) = (s + sum.0, w + sum.1);
                if w < self.growth.least_weight || weight - w < self.growth.least_weight {
                    continue;
                }
                let both = gain(s, w) + gain(slope - s, weight - w);
                if both > best.0 {
                    best = (both, Some((feature, bin)));
                }
            }
        }
        best.1
    }
}

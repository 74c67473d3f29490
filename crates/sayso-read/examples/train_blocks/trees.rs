//! Gradient-boosted decision trees (Friedman 2001) with second-order leaves, logistic loss.

/// What a run looks like, whether it is the article's, and how much it matters.
pub(crate) struct Sample<'a> {
    pub(crate) features: &'a [f32],
    pub(crate) label: bool,
    pub(crate) weight: f64,
}

/// How trees are grown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) trees: usize,
    pub(crate) depth: usize,
    pub(crate) rate: f64,
    pub(crate) l2: f64,
    /// The least second derivative that a leaf may hold.
    pub(crate) least: f64,
    /// Shares of the features and of the samples that each tree sees.
    pub(crate) features: f64,
    pub(crate) samples: f64,
}

const LEAF: u16 = u16::MAX;
const BINS: usize = 48;
/// Nodes with fewer samples than this are leaves.
const FEW: usize = 20;

#[derive(Clone, Copy)]
struct Node {
    feature: u16,
    /// The threshold, or the value of a leaf.
    value: f32,
    left: u16,
    right: u16,
}

/// Trees whose answers are added up.
pub(crate) struct Forest(Vec<Vec<Node>>);

/// Xorshift, after Marsaglia (2003).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn share(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1u64 << 53) as f64
    }
}

impl Forest {
    pub(crate) fn grow(samples: &[Sample<'_>], settings: &Settings, seed: u64) -> Forest {
        let cuts: Vec<Vec<f32>> =
            (0..samples[0].features.len()).map(|feature| cuts(samples, feature)).collect();
        let bins: Vec<Vec<u8>> = (cuts.iter().enumerate())
            .map(|(feature, cuts)| {
                let bin = |sample: &Sample<'_>| cuts.partition_point(|&cut| cut < sample.features[feature]);
                samples.iter().map(|sample| bin(sample) as u8).collect()
            })
            .collect();
        let mut dice = Dice(seed * 7919 + 12345);
        let mut sums = vec![0f64; samples.len()];
        let mut grower =
            Grower { cuts: &cuts, bins: &bins, settings, slopes: vec![[0f64; 2]; samples.len()] };
        let mut trees = Vec::with_capacity(settings.trees);
        for _ in 0..settings.trees {
            let used: Vec<u32> =
                (0..samples.len() as u32).filter(|_| dice.share() < settings.samples).collect();
            for &at in &used {
                let sample = &samples[at as usize];
                let chance = 1.0 / (1.0 + (-sums[at as usize]).exp());
                let gap = f64::from(u8::from(sample.label)) - chance;
                grower.slopes[at as usize] =
                    [gap * sample.weight, (chance * (1.0 - chance)).max(1e-6) * sample.weight];
            }
            let features: Vec<usize> = (0..cuts.len())
                .filter(|&feature| !cuts[feature].is_empty() && dice.share() < settings.features)
                .collect();
            let tree = grower.tree(used, &features);
            for (sum, sample) in sums.iter_mut().zip(samples) {
                *sum += f64::from(walk(&tree, sample.features));
            }
            trees.push(tree);
        }
        Forest(trees)
    }

    pub(crate) fn score(&self, features: &[f32]) -> f32 {
        self.0.iter().map(|tree| walk(tree, features)).sum()
    }

    /// The form in which `models/blocks.forest` holds them.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut out = (self.0.len() as u32).to_le_bytes().to_vec();
        for tree in &self.0 {
            out.extend((tree.len() as u16).to_le_bytes());
            for node in tree {
                out.extend(node.feature.to_le_bytes());
                out.extend(node.value.to_le_bytes());
                out.extend(node.left.to_le_bytes());
                out.extend(node.right.to_le_bytes());
            }
        }
        out
    }
}

/// Thresholds that cut a feature's values into bins of like size.
fn cuts(samples: &[Sample<'_>], feature: usize) -> Vec<f32> {
    let mut values: Vec<f32> = samples.iter().map(|sample| sample.features[feature]).collect();
    values.sort_by(f32::total_cmp);
    let mut different = values.clone();
    different.dedup();
    if different.len() <= BINS {
        return different.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0).collect();
    }
    let mut cuts: Vec<f32> = (1..BINS).map(|bin| values[values.len() * bin / BINS]).collect();
    cuts.dedup();
    cuts
}

fn walk(tree: &[Node], features: &[f32]) -> f32 {
    let mut node = tree[0];
    while node.feature != LEAF {
        let left = features[usize::from(node.feature)] <= node.value;
        node = tree[usize::from(if left { node.left } else { node.right })];
    }
    node.value
}

struct Grower<'a> {
    cuts: &'a [Vec<f32>],
    bins: &'a [Vec<u8>],
    settings: &'a Settings,
    /// First and second derivative of the loss, by sample.
    slopes: Vec<[f64; 2]>,
}

impl Grower<'_> {
    fn tree(&self, used: Vec<u32>, features: &[usize]) -> Vec<Node> {
        let leaf = Node { feature: LEAF, value: 0.0, left: 0, right: 0 };
        let mut tree = vec![leaf];
        let mut open = vec![(0, used, 0)];
        while let Some((node, samples, depth)) = open.pop() {
            let sums = samples.iter().fold([0.0; 2], |sums: [f64; 2], &at| {
                let slope = self.slopes[at as usize];
                [sums[0] + slope[0], sums[1] + slope[1]]
            });
            tree[node].value = (self.settings.rate * sums[0] / (sums[1] + self.settings.l2)) as f32;
            if depth >= self.settings.depth || samples.len() < FEW {
                continue;
            }
            let Some((feature, bin)) = self.split(&samples, sums, features) else { continue };
            let (left, right) =
                samples.into_iter().partition(|&at| usize::from(self.bins[feature][at as usize]) <= bin);
            let below = tree.len();
            tree.extend([leaf; 2]);
            tree[node] = Node {
                feature: feature as u16,
                value: self.cuts[feature][bin],
                left: below as u16,
                right: below as u16 + 1,
            };
            open.push((below, left, depth + 1));
            open.push((below + 1, right, depth + 1));
        }
        tree
    }

    /// The question that gains most: a feature, and the last bin that goes left.
    fn split(&self, samples: &[u32], sums: [f64; 2], features: &[usize]) -> Option<(usize, usize)> {
        let settings = self.settings;
        let value = |sums: [f64; 2]| sums[0] * sums[0] / (sums[1] + settings.l2);
        let mut best = (1e-3, None);
        let slopes: Vec<[f64; 2]> = samples.iter().map(|&at| self.slopes[at as usize]).collect();
        for &feature in features {
            let mut binned = [[0f64; 2]; BINS + 1];
            let bins = &self.bins[feature];
            for (&at, slope) in samples.iter().zip(&slopes) {
                let slot = &mut binned[usize::from(bins[at as usize])];
                slot[0] += slope[0];
                slot[1] += slope[1];
            }
            let mut left = [0.0; 2];
            for (bin, slopes) in binned.iter().enumerate().take(self.cuts[feature].len()) {
                left = [left[0] + slopes[0], left[1] + slopes[1]];
                let right = [sums[0] - left[0], sums[1] - left[1]];
                if left[1] < settings.least || right[1] < settings.least {
                    continue;
                }
                let gain = value(left) + value(right) - value(sums);
                if gain > best.0 {
                    best = (gain, Some((feature, bin)));
                }
            }
        }
        best.1
    }
}

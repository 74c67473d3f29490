//! What the first scores of all runs together tell about each: an article is one stretch of a page, in one place.

use super::features::{FEATURES, Features, Page, content_words};
use super::runs::Runs;
use super::tree::{Place, Tree};
use rustc_hash::FxHashMap;

/// How many numbers describe a run by the scores around it.
const NUMBERS: usize = 56;

/// How many features the second model sees: those of the first, then these.
pub(crate) const ALL: usize = FEATURES + NUMBERS;

/// The features of a run, for the second model.
pub(crate) type AllFeatures = [f32; ALL];

/// A run of more words is known by its first.
const MOST_WORDS: usize = 60;

/// Beyond this a score only says that the model is sure.
const SURE: f32 = 6.0;

/// The scores of a page, summed in several ways.
pub(crate) struct Context<'a> {
    tree: &'a Tree,
    runs: &'a Runs,
    page: &'a Page<'a>,
    scores: Vec<f32>,
    /// Words, and words that are likely the article's, before each node.
    by_node: Vec<[f32; 2]>,
    /// The same before each run.
    by_run: Vec<[f32; 2]>,
    /// The same in all runs whose elements are alike.
    by_path: FxHashMap<u64, [f32; 3]>,
    /// The innermost element with most of what is likely the article.
    best: Place,
    /// The first and last run that is likely the article's, and how much of it there is.
    first: usize,
    last: usize,
    total: f32,
    /// The longer words of each run, and in how many likely and other runs each word stands.
    words: Vec<Vec<u64>>,
    spread: FxHashMap<u64, [f32; 2]>,
}

impl<'a> Context<'a> {
    /// Sums up the first model's scores, one a run.
    pub(crate) fn of(tree: &'a Tree, runs: &'a Runs, page: &'a Page<'a>, scores: &[f32]) -> Context<'a> {
        let scores: Vec<f32> = scores.iter().map(|score| score.clamp(-SURE, SURE)).collect();
        let mut by_node = vec![[0f32; 2]; tree.nodes.len() + 1];
        let mut by_run = vec![[0f32; 2]; scores.len() + 1];
        let mut by_path: FxHashMap<u64, [f32; 3]> = FxHashMap::default();
        let (mut first, mut last) = (None, 0);
        for (index, run) in runs.runs.iter().enumerate() {
            let words = size(run.words, run.text.len());
            let likely = words * chance(scores[index]);
            let slot = &mut by_node[run.nodes.start as usize + 1];
            slot[0] += words;
            slot[1] += likely;
            by_run[index + 1] = [by_run[index][0] + words, by_run[index][1] + likely];
            let alike = by_path.entry(page.path(run.holder)).or_default();
            alike[0] += words;
            alike[1] += likely;
            alike[2] += 1.0;
            if scores[index] > 0.0 {
                first.get_or_insert(index);
                last = index;
            }
        }
        for at in 1..by_node.len() {
            let above = by_node[at - 1];
            by_node[at][0] += above[0];
            by_node[at][1] += above[1];
        }
        let words: Vec<Vec<u64>> = (runs.runs.iter())
            .map(|run| {
                let mut words: Vec<u64> = content_words(runs.words(run)).take(MOST_WORDS).collect();
                words.sort_unstable();
                words.dedup();
                words
            })
            .collect();
        let mut spread: FxHashMap<u64, [f32; 2]> = FxHashMap::default();
        for (words, &score) in words.iter().zip(&scores) {
            let likely = chance(score);
            for &word in words {
                let slot = spread.entry(word).or_default();
                slot[0] += likely;
                slot[1] += 1.0 - likely;
            }
        }
        let total = by_run.last().map_or(0.0, |sums| sums[1]);
        let mut context = Context {
            tree,
            runs,
            page,
            scores,
            by_node,
            by_run,
            by_path,
            best: Tree::PAGE,
            first: first.unwrap_or(0),
            last,
            total,
            words,
            spread,
        };
        context.best = context.narrow();
        context
    }

    /// Goes down from the page as long as one child holds four fifths of what is likely.
    fn narrow(&self) -> Place {
        let mut at = Tree::PAGE;
        while let Some(inner) = self.tree.children(at).find(|&child| {
            self.tree.tag(child).shape() == super::tags::Shape::Block
                && self.likely(child)[1] > 0.8 * self.total
        }) {
            at = inner;
        }
        at
    }

    fn likely(&self, place: Place) -> [f32; 2] {
        let (from, to) = (self.by_node[place as usize], self.by_node[self.tree.node(place).end as usize]);
        [to[0] - from[0], to[1] - from[1]]
    }

    /// What the second model sees of run `index`, whose features the first has seen.
    pub(crate) fn features(&self, index: usize, seen: &Features) -> AllFeatures {
        let mut out = [0f32; ALL];
        out[..FEATURES].copy_from_slice(seen);
        let mut next = FEATURES;
        let mut put = |value: f32| {
            out[next] = value;
            next += 1;
        };
        let share = |part: f32, whole: f32| if whole > 0.5 { part / whole } else { -1.0 };
        let log = |count: f32| libm::logf(count.max(0.0) + 1.0);
        let (run, scores) = (&self.runs.runs[index], &self.scores);
        let words = size(run.words, run.text.len());
        put(scores[index]);
        for step in 1..=4 {
            put(index.checked_sub(step).map_or(-SURE - 1.0, |at| scores[at]));
            put(scores.get(index + step).copied().unwrap_or(-SURE - 1.0));
        }
        // Windows before, after and around.
        for reach in [3, 8, 20] {
            let from = index.saturating_sub(reach);
            let to = (index + 1 + reach).min(scores.len());
            let sums = |from: usize, to: usize| {
                [self.by_run[to][0] - self.by_run[from][0], self.by_run[to][1] - self.by_run[from][1]]
            };
            let (before, after) = (sums(from, index), sums(index + 1, to));
            put(share(before[1], before[0]));
            put(share(after[1], after[0]));
            put(share(before[1] + after[1], self.total));
        }
        let before = self.by_run[index][1];
        let after = self.total - self.by_run[index + 1][1];
        put(share(before, self.total));
        put(share(after, self.total));
        put(log(before));
        put(log(after));
        put(log(self.total));
        put(share(words, self.total).min(3.0));
        put((index as f32 - self.first as f32).clamp(-60.0, 200.0));
        put((self.last as f32 - index as f32).clamp(-200.0, 60.0));
        // How far the nearest likely runs are, in runs and in words that are not likely.
        let near = (0..index).rev().take(40).find(|&at| scores[at] > 1.0);
        let far = (index + 1..scores.len()).take(40).find(|&at| scores[at] > 1.0);
        put(near.map_or(50.0, |at| (index - at) as f32));
        put(far.map_or(50.0, |at| (at - index) as f32));
        put(near.map_or(9.0, |at| log(self.by_run[index][0] - self.by_run[at + 1][0])));
        put(far.map_or(9.0, |at| log(self.by_run[at][0] - self.by_run[index + 1][0])));
        let alike = self.by_path.get(&self.page.path(run.holder)).copied().unwrap_or_default();
        let likely = words * chance(scores[index]);
        put(share(alike[1] - likely, alike[0] - words));
        put(log(alike[0] - words));
        put(share(alike[1] - likely, self.total));
        // The elements around it, without itself.
        let mut at = run.holder;
        let mut inner = [words, likely];
        for level in 0..5 {
            let sums = self.likely(at);
            if level > 0 {
                put(share(sums[1] - inner[1], sums[0] - inner[0]));
                put(share(sums[1], self.total));
            }
            inner = if level == 0 { sums } else { inner };
            at = self.tree.node(at).parent;
        }
        let (mut levels, mut at) = (0.0, run.holder);
        while !self.tree.holds(at, self.best) && at != Tree::PAGE {
            at = self.tree.node(at).parent;
            levels += 1.0;
        }
        put(levels);
        let inside = self.tree.holds(self.best, run.holder);
        put(f32::from(u8::from(inside)));
        let inner = self.tree.above(run.holder).take_while(|&place| inside && place > self.best).count();
        put(inner as f32);
        let best = self.likely(self.best);
        put(share(best[1], best[0]));
        // What stands between the element with the article and the one that holds both.
        let sums = self.likely(at);
        put(share(sums[1], sums[0]));
        // Whether it speaks of what the article speaks of.
        let chance = chance(scores[index]);
        let (mut known, mut often, mut elsewhere) = (0.0, 0.0, 0.0);
        for word in &self.words[index] {
            let spread = self.spread.get(word).copied().unwrap_or_default();
            let others = spread[0] - chance;
            known += f32::from(u8::from(others > 0.5));
            often += log(others);
            elsewhere += f32::from(u8::from(spread[1] - (1.0 - chance) > 0.5));
        }
        let count = self.words[index].len() as f32;
        put(share(known, count));
        put(share(often, count));
        put(share(elsewhere, count));
        put(log(count));
        debug_assert!(next <= ALL, "{next}");
        out
    }
}

/// How much a run says: Chinese and Japanese write whole paragraphs as one word.
fn size(words: u32, bytes: usize) -> f32 {
    (words as f32).max(bytes as f32 / 12.0)
}

/// The chance that a logarithm of odds stands for.
fn chance(score: f32) -> f32 {
    1.0 / (1.0 + libm::expf(-score))
}

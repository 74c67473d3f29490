//! Which runs of words are the article: the scores of the models, and the rules that follow them.

use super::comments::Thread;
use super::context::Context;
use super::features::{self, Page};
use super::forest::Forest;
use super::meta::Meta;
use super::runs::{Run, Runs};
use super::tags::Tag;
use super::tree::Tree;
use super::{is_caption, is_title, quotations, told};
use crate::document::furniture::{self, Rest};
use crate::document::{notice, signature};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

/// Runs whose score is at least this belong to the article: chosen by cross-validation (see `models/blocks.md`).
const KEPT: f32 = 0.5;

/// The score of runs that are known to be something else.
pub(crate) const ELSE: f32 = -9.0;

/// Runs that the first model scores below this are not looked at again: no second look has saved one.
pub(crate) const HOPELESS: f32 = -5.0;

/// Runs of a page whose features are kept for the second model; those of the others are worked out again.
const MOST_SEEN: usize = 2_000;

/// A page whose runs are to be chosen.
pub(crate) struct Choice<'a> {
    tree: &'a Tree,
    runs: &'a Runs,
    page: &'a Page<'a>,
    /// The runs that the models are asked about.
    asked: Vec<usize>,
}

impl<'a> Choice<'a> {
    pub(crate) fn of(
        tree: &'a Tree,
        runs: &'a Runs,
        meta: &Meta,
        thread: &Thread,
        page: &'a Page<'a>,
    ) -> Choice<'a> {
        // A comment that the markup does not call one, but the structured data does.
        let told: FxHashSet<String> = meta
            .telling
            .comments
            .iter()
            .flat_map(|comment| &comment.paragraphs)
            .map(|words| told::letters(words))
            .collect();
        let is_told = |run: &Run| {
            !told.is_empty() && {
                let letters = told::letters(runs.words(run));
                !letters.is_empty() && told.contains(&letters)
            }
        };
        let asked = (0..runs.runs.len()).filter(|&index| {
            let run = &runs.runs[index];
            !thread.holds(run) && !is_title(tree, run, runs.words(run), meta) && !is_told(run)
        });
        Choice { tree, runs, page, asked: asked.collect() }
    }

    /// The runs that the models are asked about, in order.
    #[cfg(feature = "train")]
    pub(crate) fn asked(&self) -> &[usize] {
        &self.asked
    }

    /// How likely each run is part of the article, by both models: as logarithms of odds.
    pub(crate) fn scores(&self) -> Vec<f32> {
        let mut scores = vec![ELSE; self.runs.runs.len()];
        // What the first saw is kept for the second, but not of pages of very many runs: it is large.
        let mut seen = Vec::new();
        for &index in &self.asked {
            let features = self.page.features(index);
            scores[index] = Forest::alone().score(&features);
            if scores[index] >= HOPELESS && seen.len() < MOST_SEEN {
                seen.push((index, features));
            }
        }
        let context = Context::of(self.tree, self.runs, self.page, &scores);
        let mut seen = seen.into_iter().peekable();
        for &index in &self.asked {
            if scores[index] < HOPELESS {
                continue;
            }
            let kept = seen.next_if(|(at, _)| *at == index);
            let features = kept.map_or_else(|| self.page.features(index), |(_, features)| features);
            scores[index] = Forest::together().score(&context.features(index, &features));
        }
        scores
    }

    /// The runs that are the article, in order.
    pub(crate) fn runs(&self, scores: &[f32]) -> Vec<usize> {
        let (tree, runs, page) = (self.tree, self.runs, self.page);
        let mut scored: Vec<(usize, f32)> = self.asked.iter().map(|&index| (index, scores[index])).collect();
        // A page that is nothing like those the model has seen still has a likeliest part.
        let best = scored.iter().map(|(_, score)| *score).fold(f32::MIN, f32::max);
        let bar = if best < KEPT { best - 0.5 } else { KEPT };
        let words = |index: usize| runs.words(&runs.runs[index]);
        // What introduces a chosen quotation is chosen too.
        for at in 0..scored.len().saturating_sub(1) {
            let (lead, quoted) = (scored[at], scored[at + 1]);
            let quote = |index: usize| quotations(tree, &runs.runs[index], Tree::PAGE).last().copied();
            if lead.1 < bar
                && quoted.1 >= bar
                && words(lead.0).trim_end().ends_with(':')
                && quote(quoted.0).is_some_and(|quotation| {
                    tree.node(quotation).parent == tree.node(runs.runs[lead.0].holder).parent
                })
            {
                scored[at].1 = bar;
            }
        }
        // ... and what signs it.
        for at in 1..scored.len() {
            let (quoted, sign) = (scored[at - 1], scored[at]);
            let quote = |index: usize| quotations(tree, &runs.runs[index], Tree::PAGE).last().copied();
            if sign.1 < bar
                && quoted.1 >= bar
                && signature::find(words(sign.0), false).is_some()
                && quote(sign.0).is_some_and(|quotation| quote(quoted.0) == Some(quotation))
            {
                scored[at].1 = bar;
            }
        }
        // A heading belongs to the text below it, and the words under a picture to the text around it.
        for at in (0..scored.len()).rev() {
            let run = &runs.runs[scored[at].0];
            let within = || tree.holds(page.best(), run.holder) && !features::is_frame(runs, run);
            let below = scored.get(at + 1).is_some_and(|next| next.1 >= bar);
            let heading = below
                && at > 0
                && scored[at].1 > bar - 3.0
                && tree.tag(run.holder).heading().is_some()
                && run.linked == 0;
            if scored[at].1 < bar && (heading || is_caption(tree, runs, run)) && within() {
                scored[at].1 = bar;
            }
        }
        self.keep_times(&mut scored, bar);
        // What the page says of itself may stand alone, far from the text that it corrects.
        const NEAR: f32 = 5.0;
        for (index, score) in &mut scored {
            let run = &runs.runs[*index];
            if *score < bar
                && *score > bar - NEAR
                && tree.holds(page.best(), run.holder)
                && notice::recognise(words(*index)).is_some()
            {
                *score = bar;
            }
        }
        scored.retain(|(_, score)| *score >= bar);
        let mut away = self.furniture(&scored).into_iter();
        scored.retain(|_| !away.next().unwrap_or(false));
        // A page that says a long thing twice says it once.
        let mut said: FxHashSet<u64> = FxHashSet::default();
        scored.retain(|&(index, _)| runs.runs[index].words < 8 || is_new(words(index), &mut said));
        scored.into_iter().map(|(index, _)| index).collect()
    }
}

impl Choice<'_> {
    /// Which of the chosen runs lead away from the article, or ask for something.
    fn furniture(&self, chosen: &[(usize, f32)]) -> Vec<bool> {
        let is_linked = |at: usize| {
            let run = chosen.get(at).map(|&(index, _)| &self.runs.runs[index]);
            run.is_some_and(|run| run.words > 0 && run.linked >= run.words)
        };
        // Other stories that are listed under a label.
        const MOST_LISTED: usize = 12;
        let mut out = Vec::with_capacity(chosen.len());
        let mut listed = 0;
        for (at, &(index, _)) in chosen.iter().enumerate() {
            let run = &self.runs.runs[index];
            let words = self.runs.words(run);
            if listed > 0 && is_linked(at) {
                listed -= 1;
                out.push(true);
                continue;
            }
            let is_heading = self.tree.tag(run.holder).heading().is_some();
            let lead = furniture::leads_away(words);
            let away = lead.is_some_and(|lead| {
                let is_meant = lead.is_sure || lead.is_shouted || run.linked * 2 >= run.words.max(1);
                match lead.rest {
                    Rest::Nothing => is_meant || is_heading && is_linked(at + 1),
                    Rest::Apart => is_meant || self.is_label_strong(run),
                    Rest::GoesOn => lead.is_sure && run.linked >= run.words,
                }
            });
            let only_links = || at + 1 == chosen.len() || is_linked(at + 1);
            let updates = is_heading && furniture::names_updates(words) && only_links();
            let lists = updates || (away && lead.is_some_and(|lead| lead.rest == Rest::Nothing));
            listed = if lists { MOST_LISTED } else { 0 };
            out.push(away || updates || (run.words <= furniture::MOST_WORDS && furniture::asks(words)));
        }
        out
    }

    /// Whether a run begins with bold words.
    fn is_label_strong(&self, run: &Run) -> bool {
        let tree = self.tree;
        let first = run.nodes.clone().find(|&at| !tree.characters(at).trim().is_empty());
        first.is_some_and(|first| {
            let mut within = tree.above(first).take_while(|&place| place != run.holder).take(4);
            within.any(|place| matches!(tree.tag(place), Tag::B | Tag::Strong))
        })
    }

    /// Entries of a live blog stand under their times: several of one sort, each right above what is chosen.
    fn keep_times(&self, scored: &mut [(usize, f32)], bar: f32) {
        const FEW: u32 = 6;
        let (tree, runs) = (self.tree, self.runs);
        let above = |at: usize| {
            let (run, next) = (&runs.runs[scored[at].0], scored.get(at + 1)?);
            let timed = || run.nodes.clone().any(|node| tree.tag(tree.node(node).parent) == Tag::Time);
            let heads = next.1 >= bar && tree.holds(run.holder, runs.runs[next.0].holder);
            (run.words <= FEW && heads && timed()).then(|| self.page.path(run.holder))
        };
        let found: Vec<(usize, u64)> =
            (0..scored.len()).filter_map(|at| Some((at, above(at)?))).take(5_000).collect();
        let mut alike: FxHashMap<u64, u32> = FxHashMap::default();
        found.iter().for_each(|(_, path)| *alike.entry(*path).or_default() += 1);
        for (at, path) in found {
            if alike[&path] >= 2 {
                scored[at].1 = scored[at].1.max(bar);
            }
        }
    }
}

/// Whether a text has not been said before, in whole or in most of its stretches of eight words; remembers them.
fn is_new(words: &str, said: &mut FxHashSet<u64>) -> bool {
    const STRETCH: usize = 8;
    const MOST: usize = 5_000;
    let hash = |words: &[&str]| {
        let mut hasher = FxHasher::default();
        words.hash(&mut hasher);
        hasher.finish()
    };
    let words: Vec<&str> = words.split_whitespace().take(MOST).collect();
    let stretches: Vec<u64> = words.windows(STRETCH.min(words.len())).map(hash).collect();
    let known = stretches.iter().filter(|stretch| said.contains(stretch)).count();
    // Paragraphs that were joined are new where they meet.
    let enough = if words.len() < 40 { 9 } else { 6 };
    if known * 10 >= stretches.len() * enough {
        return false;
    }
    said.extend(stretches);
    true
}

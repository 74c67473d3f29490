//! The windows of a page that are worth the judge's time: runs of one to three sentences that hold the proposition's words.

use crate::grounds;
use crate::questions::{heading, nearest};
use crate::words::{Wording, Wordings};
use sayso_record::{Document, Span};

/// So many sentences stand before a window.
const BEFORE: usize = 2;
/// So many single sentences are judged, and around so many of the best of them the pairs and threes.
const SINGLES: usize = 12;
const WIDENED: usize = 5;
/// A text of one block and so many bytes is judged as a whole too.
const WHOLE_BYTES: usize = 900;
/// No more sentences of a page are looked at, so that a page of a million takes a bounded time.
const SENTENCES: usize = 20_000;

/// A run of sentences of one block.
#[derive(Clone, Debug)]
pub(super) struct Window {
    /// Its words.
    pub(super) span: Span,
    /// The same with the sentences before it.
    pub(super) around: Span,
    /// The title and the sentences before it.
    pub(super) before: String,
    /// How near each content word of the proposition is to one of it or of what stands before it, 0 to 1.
    pub(super) near: Vec<f32>,
    /// The same of its own words alone, weighted by rarity, as one share.
    pub(super) covered: f32,
    /// Of how many sentences it is.
    pub(super) sentences: usize,
}

struct Sentence {
    span: Span,
    block: usize,
    near: Vec<f32>,
}

/// The windows of a page, those first that hold most of the proposition.
pub(super) fn windows(asked: &Wording, document: &Document, wordings: &Wordings) -> Vec<Window> {
    let text = &document.text;
    let near = |words: &str| -> Vec<f32> {
        let words = wordings.of(words);
        asked.content().map(|word| nearest(word, &words, wordings)).collect()
    };
    let sentences: Vec<Sentence> = document
        .blocks
        .iter()
        .enumerate()
        .filter(|(at, block)| !block.kind.holds_blocks() && !document.stands_apart(*at))
        .flat_map(|(block, of_page)| {
            grounds::sentences(text, of_page.span).into_iter().map(move |span| (block, span))
        })
        .take(SENTENCES)
        .map(|(block, span)| Sentence { span, block, near: near(span.of(text)) })
        .collect();
    let rarities: Vec<f32> = asked.content().map(|word| wordings.rarity(word.stem)).collect();
    let covered = |near: &[f32]| share(near, &rarities);
    let title = document.title.as_deref().unwrap_or_default();
    let near_title = near(title);
    let window = |from: usize, to: usize| {
        let span = sentences[from].span.cover(sentences[to - 1].span);
        let of_own = most(sentences[from..to].iter().map(|one| &one.near[..]), rarities.len());
        let earlier = from.saturating_sub(BEFORE)..from;
        let around = sentences[earlier.clone()].iter().map(|one| &one.near[..]);
        let near = most(around.chain([&near_title[..], &of_own[..]]), rarities.len());
        let mut before = heading(title);
        for sentence in &sentences[earlier.clone()] {
            before.push(' ');
            before.push_str(sentence.span.of(text));
        }
        let before = before.trim_start().to_owned();
        let around = sentences[earlier.start].span.cover(span);
        Window { span, around, before, near, covered: covered(&of_own), sentences: to - from }
    };
    let mut best: Vec<usize> = (0..sentences.len()).collect();
    let with_before = |at: usize| {
        let earlier = sentences[at.saturating_sub(1)..at].iter().map(|one| &one.near[..]);
        let around = covered(&most(earlier.chain([&near_title[..]]), rarities.len()));
        covered(&sentences[at].near) + 0.2 * around
    };
    let shares: Vec<f32> = best.iter().map(|&at| with_before(at)).collect();
    best.sort_by(|&a, &b| shares[b].total_cmp(&shares[a]).then(a.cmp(&b)));
    best.truncate(SINGLES);
    let mut runs: Vec<(usize, usize)> = best.iter().map(|&at| (at, at + 1)).collect();
    let one_block = |from: usize, to: usize| sentences[from].block == sentences[to - 1].block;
    for &at in best.iter().take(WIDENED) {
        let wider = [(at.wrapping_sub(1), at + 1), (at, at + 2), (at.wrapping_sub(1), at + 2)];
        for (from, to) in wider {
            if from < to && to <= sentences.len() && one_block(from, to) && !runs.contains(&(from, to)) {
                runs.push((from, to));
            }
        }
    }
    // A short text in one piece; of a page the whole would bring together what stands far apart.
    let whole = sentences.first().zip(sentences.last()).filter(|(first, last)| first.block == last.block);
    let is_short = whole.is_some_and(|(first, last)| first.span.cover(last.span).len() <= WHOLE_BYTES);
    if is_short && !runs.contains(&(0, sentences.len())) {
        runs.push((0, sentences.len()));
    }
    runs.into_iter().map(|(from, to)| window(from, to)).collect()
}

/// Of each word how near the nearest of all is.
fn most<'a>(all: impl Iterator<Item = &'a [f32]>, words: usize) -> Vec<f32> {
    let mut most = vec![0.0f32; words];
    for near in all {
        most.iter_mut().zip(near).for_each(|(most, near)| *most = most.max(*near));
    }
    most
}

/// The share of some words that is near, by their rarities.
pub(super) fn share(near: &[f32], rarities: &[f32]) -> f32 {
    let whole: f32 = rarities.iter().sum();
    let there: f32 = near.iter().zip(rarities).map(|(near, rarity)| near * rarity).sum();
    if whole > 0.0 { there / whole } else { 0.0 }
}

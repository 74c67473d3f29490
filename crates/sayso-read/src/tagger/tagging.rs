//! From a paragraph to the attributions in it: the first tagger proposes cues, the second finds what belongs to each.

use super::features::{Context, features};
use super::frame::{Frame, Opinion};
use super::labels;
use super::model::{Layer, Model};
use super::paragraph::Paragraph;
use std::ops::Range;

/// An attribution as ranges of tokens of its paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Where the source is named.
    pub source: Vec<Range<usize>>,
    /// The words that tell that somebody speaks.
    pub cue: Range<usize>,
    /// What is said.
    pub content: Vec<Range<usize>>,
    /// Mean probability of the content's tokens to be just that.
    pub confidence: f32,
}

/// Every attribution in a paragraph, in the order of their cues.
pub fn find(model: &Model, text: &str, paragraph: &Paragraph) -> Vec<Found> {
    if paragraph.is_empty() {
        return Vec::new();
    }
    let context = Context::new(text, paragraph, |word| model.cue_bucket(word));
    let layer = &model.paragraph;
    let scores = score(layer, 0..paragraph.len(), |at, emit| features(paragraph, &context, at, emit));
    let opinion = opinion(layer, scores, &context.classes, model.leanings.cue);
    let mut found: Vec<Found> = (0..opinion.cues.len())
        .filter_map(|index| {
            let frame = Frame::new(paragraph, &opinion, &context.classes, index);
            fill(model, &frame, &frame_classes(&frame, &context.classes), opinion.cues[index].clone())
        })
        .collect();
    keep_apart(&mut found);
    found
}

/// The scores of a layer's labels at some tokens.
pub(super) fn score(
    layer: &Layer,
    tokens: Range<usize>,
    features: impl Fn(usize, &mut dyn FnMut(u32)),
) -> Vec<f32> {
    let labels = layer.transitions.labels;
    let mut sums = vec![0i32; labels];
    let mut scores = Vec::with_capacity(tokens.len() * labels);
    for at in tokens {
        sums.fill(0);
        features(at, &mut |hash| layer.table.add(hash, &mut sums));
        scores.extend(sums.iter().map(|&sum| sum as f32 * layer.table.scale()));
    }
    scores
}

/// The classes of the tokens that a frame looks at; the cue's own tokens have a class of their own.
pub fn frame_classes(frame: &Frame<'_>, classes: &[u8]) -> Vec<u8> {
    let cue = frame.cue();
    frame
        .window()
        .map(|at| if cue.contains(&at) { super::features::CLASSES as u8 } else { classes[at] })
        .collect()
}

/// What the first tagger makes of a paragraph. `leaning` is added to the score of starting a cue.
pub fn opinion(layer: &Layer, mut scores: Vec<f32>, classes: &[u8], leaning: f32) -> Opinion {
    let count = layer.transitions.labels;
    let marginals = layer.transitions.marginals(&scores, classes, &layer.potentials);
    let mut masses = vec![0.0; count];
    let code = (0..classes.len())
        .map(|at| {
            marginals.at(at, &mut masses);
            let roles = masses[1..].chunks_exact(2).map(|pair| pair[0] + pair[1]);
            let (role, mass) = std::iter::once(masses[0])
                .chain(roles)
                .enumerate()
                .fold((0, f32::MIN), |best, (role, mass)| if mass > best.1 { (role, mass) } else { best });
            let sure = [0.6, 0.9, 0.98].iter().filter(|&&least| mass >= least).count();
            (role as u32) << 2 | sure as u32
        })
        .collect();
    for scores in scores.chunks_exact_mut(count) {
        scores[labels::paragraph::CUE as usize] += leaning;
    }
    let mut in_cue = vec![false; classes.len()];
    let cues: Vec<_> = labels::spans(&layer.transitions.best(&scores, classes))
        .into_iter()
        .filter(|(label, _)| *label == labels::paragraph::CUE)
        .map(|(_, range)| range)
        .collect();
    for cue in &cues {
        in_cue[cue.clone()].fill(true);
    }
    Opinion { code, cues, in_cue }
}

/// Finds the source and the content of one cue; nothing where it has no content.
fn fill(model: &Model, frame: &Frame<'_>, classes: &[u8], cue: Range<usize>) -> Option<Found> {
    let layer = &model.frame;
    let offset = frame.window().start;
    let mut scores = score(layer, frame.window(), |at, emit| frame.features(at, emit));
    let marginals = layer.transitions.marginals(&scores, classes, &layer.potentials);
    for scores in scores.chunks_exact_mut(labels::frame::COUNT) {
        scores[labels::frame::SOURCE as usize] += model.leanings.source;
        scores[labels::frame::CONTENT as usize] += model.leanings.content;
    }
    let mut found = Found { source: Vec::new(), cue, content: Vec::new(), confidence: 0.0 };
    let (mut sure, mut tokens) = (0.0, 0.0);
    let mut masses = [0.0; labels::frame::COUNT];
    for (label, range) in labels::spans(&layer.transitions.best(&scores, classes)) {
        let here = range.start + offset..range.end + offset;
        if label == labels::frame::SOURCE {
            found.source.push(here);
            continue;
        }
        for at in range {
            marginals.at(at, &mut masses);
            sure += masses[labels::frame::CONTENT as usize] + masses[labels::frame::CONTENT as usize + 1];
            tokens += 1.0;
        }
        found.content.push(here);
    }
    found.confidence = sure / f32::max(tokens, 1.0);
    (!found.content.is_empty() && found.confidence >= model.leanings.least).then_some(found)
}

/// Of attributions that claim the same words as content, keeps the surest.
fn keep_apart(found: &mut Vec<Found>) {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|&a, &b| found[b].confidence.total_cmp(&found[a].confidence));
    let mut kept: Vec<usize> = Vec::new();
    for &index in &order {
        let words: usize = found[index].content.iter().map(Range::len).sum();
        let clash =
            kept.iter().any(|&other| 2 * shared(&found[index].content, &found[other].content) > words);
        if !clash {
            kept.push(index);
        }
    }
    kept.sort_unstable();
    let mut index = 0;
    found.retain(|_| {
        index += 1;
        kept.binary_search(&(index - 1)).is_ok()
    });
}

fn shared(a: &[Range<usize>], b: &[Range<usize>]) -> usize {
    a.iter().flat_map(|a| b.iter().map(|b| a.end.min(b.end).saturating_sub(a.start.max(b.start)))).sum()
}

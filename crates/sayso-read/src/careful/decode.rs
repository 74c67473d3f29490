//! From the scores of labels to spans.

use super::ROLES;
use crate::tagger::labels::{frame, spans};
use crate::tagger::tagging::{Found, calibrated};
use std::ops::Range;

/// The spans of the likeliest labelling in which no label goes on with what did not start (Viterbi).
pub(super) fn best<const LABELS: usize>(scores: &[f32]) -> Vec<(u8, Range<usize>)> {
    let goes_on = |label: usize| label > 0 && label.is_multiple_of(2);
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len() / LABELS);
    let mut total = [0.0f32; LABELS];
    for (at, scores) in scores.chunks_exact(LABELS).enumerate() {
        let mut from = [0; LABELS];
        let mut next = [f32::MIN; LABELS];
        let any = total.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(label, _)| label);
        for label in 0..LABELS {
            let (before, sum) = match goes_on(label) {
                false => (any, total[any]),
                true if at == 0 => (0, f32::MIN / 2.0),
                true if total[label] >= total[label - 1] => (label, total[label]),
                true => (label - 1, total[label - 1]),
            };
            from[label] = before as u8;
            next[label] = sum + scores[label];
        }
        back.push(from);
        total = next;
    }
    let mut label = total.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(label, _)| label);
    let mut labels = vec![0; back.len()];
    for (at, from) in back.iter().enumerate().rev() {
        labels[at] = label as u8;
        label = from[label] as usize;
    }
    spans(&labels)
}

/// The attribution of one cue, its tokens counted from `start`; nothing where it has no content.
pub(super) fn found(scores: &[f32], cue: Range<usize>, start: usize) -> Option<Found> {
    let here = |range: &Range<usize>| range.start + start..range.end + start;
    let mut found =
        Found { source: Vec::new(), cue: here(&cue), content: Vec::new(), confidence: 0.0, nested: false };
    let (mut sure, mut words) = (0.0, 0.0);
    for (label, range) in best::<ROLES>(scores) {
        if label == frame::SOURCE {
            found.source.push(here(&range));
            continue;
        }
        for at in range.clone() {
            let content = at * ROLES + frame::CONTENT as usize;
            sure += libm::expf(scores[content]) + libm::expf(scores[content + 1]);
            words += 1.0;
        }
        found.content.push(here(&range));
    }
    found.confidence = calibrated(sure / f32::max(words, 1.0), &CALIBRATION);
    (!found.content.is_empty()).then_some(found)
}

/// Mean probabilities of a content's words, and how often a content of that mean was right on `polnear/dev.jsonl`: one
/// word depends on the next, so that their mean is too sure. Strictly rising, so that it changes no order.
const CALIBRATION: [(f32, f32); 10] = [
    (0.0, 0.30),
    (0.35, 0.37),
    (0.55, 0.50),
    (0.7, 0.62),
    (0.85, 0.70),
    (0.92, 0.76),
    (0.96, 0.84),
    (0.985, 0.89),
    (0.993, 0.95),
    (1.0, 0.99),
];

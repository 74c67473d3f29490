//! From the scores of labels to spans.

use super::ROLES;
use crate::tagger::labels::{frame, spans};
use crate::tagger::paragraph::Paragraph;
use crate::tagger::tagging::{Found, calibrated};
use std::ops::Range;

/// Which labellings there are, as states that follow one another; each stands for a label.
pub(super) struct Labelling<const STATES: usize> {
    labels: usize,
    label: [u8; STATES],
    /// The states that each may come after.
    after: [&'static [usize]; STATES],
    /// Those that a labelling may open with.
    first: &'static [usize],
}

/// Cues: no label goes on with what did not start.
pub(super) const CUES: Labelling<3> = Labelling {
    labels: super::CUES,
    label: [0, 1, 2],
    after: [&[0, 1, 2], &[0, 1, 2], &[1, 2]],
    first: &[0, 1],
};

/// What belongs to one cue: as with cues, and the source is one stretch of words (in all but 6 of the 19,882 attributions
/// of `polnear/train.jsonl`). States before it, itself, and states after it.
const ROLES_OF_A_CUE: Labelling<8> = Labelling {
    labels: super::ROLES,
    label: [
        0,
        frame::CONTENT,
        frame::CONTENT + 1,
        frame::SOURCE,
        frame::SOURCE + 1,
        0,
        frame::CONTENT,
        frame::CONTENT + 1,
    ],
    after: [
        &[0, 1, 2],
        &[0, 1, 2],
        &[1, 2],
        &[0, 1, 2],
        &[3, 4],
        &[3, 4, 5, 6, 7],
        &[3, 4, 5, 6, 7],
        &[6, 7],
    ],
    first: &[0, 1, 3],
};

impl<const STATES: usize> Labelling<STATES> {
    /// The spans of the likeliest labelling, by the scores of each token's labels (Viterbi).
    pub(super) fn best(&self, scores: &[f32]) -> Vec<(u8, Range<usize>)> {
        let mut back: Vec<[usize; STATES]> = Vec::with_capacity(scores.len() / self.labels);
        let mut total = [f32::NEG_INFINITY; STATES];
        for (at, scores) in scores.chunks_exact(self.labels).enumerate() {
            let mut from = [0; STATES];
            let mut next = [f32::NEG_INFINITY; STATES];
            for state in 0..STATES {
                let before = match at {
                    0 => self.first.contains(&state).then_some((0, 0.0)),
                    _ => likeliest(self.after[state].iter().map(|&before| (before, total[before]))),
                };
                if let Some((before, sum)) = before {
                    from[state] = before;
                    next[state] = sum + scores[self.label[state] as usize];
                }
            }
            back.push(from);
            total = next;
        }
        let mut state = likeliest(total.into_iter().enumerate()).map_or(0, |(state, _)| state);
        let mut labels = vec![0; back.len()];
        for (label, from) in labels.iter_mut().zip(&back).rev() {
            *label = self.label[state];
            state = from[state];
        }
        spans(&labels)
    }
}

/// The first state of those with the highest score.
fn likeliest(states: impl Iterator<Item = (usize, f32)>) -> Option<(usize, f32)> {
    states.reduce(|best, state| if state.1 > best.1 { state } else { best })
}

/// The attribution of one cue, its tokens counted from `start`; nothing where it has no content.
pub(super) fn found(scores: &[f32], cue: Range<usize>, start: usize) -> Option<Found> {
    let here = |range: &Range<usize>| range.start + start..range.end + start;
    let mut found =
        Found { source: Vec::new(), cue: here(&cue), content: Vec::new(), confidence: 0.0, nested: false };
    let (mut sure, mut words) = (0.0, 0.0);
    for (label, range) in ROLES_OF_A_CUE.best(scores) {
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

/// Ends each source as people mark it: a comma that closes an apposition belongs to it ("Ilse Marwick, the harbour
/// master," in 90 of 100 sources of `polnear/train.jsonl` that have a comma inside and one after them), a comma by itself
/// does not (5 of 811).
pub(super) fn close_appositions(text: &str, paragraph: &Paragraph, found: &mut [Found]) {
    let is_comma = |at: usize| paragraph.tokens.get(at).is_some_and(|token| token.of(text) == ",");
    for source in found.iter_mut().flat_map(|found| &mut found.source) {
        let bare = if source.len() > 1 && is_comma(source.end - 1) { source.end - 1 } else { source.end };
        let has_inside = (source.start + 1..bare).any(is_comma);
        source.end = if has_inside && is_comma(bare) { bare + 1 } else { bare };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tagger::paragraph::WordGroups;
    use proptest::prelude::*;

    /// Every labelling of as many tokens as `scores` has, judged one by one.
    fn oracle(scores: &[f32], labels: usize, allowed: impl Fn(&[u8]) -> bool) -> f32 {
        let tokens = scores.len() / labels;
        let mut best = f32::NEG_INFINITY;
        for number in 0..labels.pow(tokens as u32) {
            let own: Vec<u8> =
                (0..tokens).map(|at| (number / labels.pow(at as u32) % labels) as u8).collect();
            let goes_on = |at: usize| at > 0 && own[at].div_ceil(2) == own[at - 1].div_ceil(2);
            if (0..tokens).all(|at| own[at] % 2 == 1 || own[at] == 0 || goes_on(at)) && allowed(&own) {
                best = best.max(total(scores, labels, &own));
            }
        }
        best
    }

    fn total(scores: &[f32], labels: usize, own: &[u8]) -> f32 {
        own.iter().zip(scores.chunks_exact(labels)).map(|(&label, scores)| scores[label as usize]).sum()
    }

    fn painted(spans: &[(u8, Range<usize>)], tokens: usize) -> Vec<u8> {
        let mut labels = vec![0; tokens];
        for (label, range) in spans {
            labels[range.clone()].fill(label + 1);
            labels[range.start] = *label;
        }
        labels
    }

    #[test]
    fn a_comma_that_closes_an_apposition_belongs_to_the_source() {
        let ended = |text: &str, words: usize| {
            let paragraph = Paragraph::new(text, 0..text.len(), &WordGroups::default());
            let mut found = [Found { source: std::iter::once(0..words).collect(), ..nothing() }];
            close_appositions(text, &paragraph, &mut found);
            found[0].source[0].end
        };
        assert_eq!(ended("Ilse Marwick, the harbour master, said so", 6), 7);
        assert_eq!(ended("Ilse Marwick, the harbour master, said so", 7), 7);
        assert_eq!(ended("Ilse Marwick, speaking on Monday, said so", 3), 2);
        assert_eq!(ended("Ilse Marwick, the harbour master said so", 6), 6);
        assert_eq!(ended(", said he", 1), 1);
    }

    fn nothing() -> Found {
        Found { source: Vec::new(), cue: 0..0, content: Vec::new(), confidence: 0.0, nested: false }
    }

    proptest! {
        #[test]
        fn no_labelling_is_likelier_than_the_best(scores in prop::collection::vec(-8.0f32..0.0, 25)) {
            let best = painted(&ROLES_OF_A_CUE.best(&scores), 5);
            let sources = |own: &[u8]| own.iter().filter(|&&label| label == frame::SOURCE).count();
            prop_assert!(sources(&best) <= 1, "{best:?}");
            let wanted = oracle(&scores, ROLES, |own| sources(own) <= 1);
            prop_assert!((total(&scores, ROLES, &best) - wanted).abs() < 1e-4, "{best:?}");
            let cues = painted(&CUES.best(&scores[..18]), 6);
            let wanted = oracle(&scores[..18], 3, |_| true);
            prop_assert!((total(&scores[..18], 3, &cues) - wanted).abs() < 1e-4, "{cues:?}");
        }
    }
}

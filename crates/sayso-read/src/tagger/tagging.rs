//! From a paragraph to the attributions in it: the first tagger proposes cues, the second finds what belongs to each.

use super::features::{Context, features};
use super::frame::{Frame, Opinion};
use super::labels;
use super::model::{Layer, Model};
use super::paragraph::Paragraph;
use super::phrases;
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
    /// How likely the content is right, from the mean probability of its tokens to be just that.
    pub confidence: f32,
    /// It stands in the content of another one, or holds another one in its own: speech inside speech, of which the
    /// less sure one is marked so.
    pub nested: bool,
}

/// Every attribution in a paragraph, in the order of their cues.
pub fn find(model: &Model, text: &str, paragraph: &Paragraph) -> Vec<Found> {
    if paragraph.is_empty() {
        return Vec::new();
    }
    FirstLook::new(model, text, paragraph).find()
}

/// What the first tagger makes of a paragraph that is not empty.
#[derive(Debug)]
pub(crate) struct FirstLook<'p> {
    model: &'p Model,
    text: &'p str,
    paragraph: &'p Paragraph,
    context: Context,
    opinion: Opinion,
}

impl<'p> FirstLook<'p> {
    pub(crate) fn new(model: &'p Model, text: &'p str, paragraph: &'p Paragraph) -> FirstLook<'p> {
        let context = Context::new(text, paragraph, |word| model.cue_bucket(word));
        let layer = &model.paragraph;
        let scores = score(layer, 0..paragraph.len(), |at, out| features(paragraph, &context, at, out));
        let opinion = opinion(layer, scores, &context.classes, model.leanings.cue);
        FirstLook { model, text, paragraph, context, opinion }
    }

    /// What the second tagger makes of it: every attribution, in the order of their cues.
    pub(crate) fn find(&self) -> Vec<Found> {
        let mut found: Vec<Found> =
            (0..self.opinion.cues.len()).filter_map(|index| self.find_one(index)).collect();
        keep_apart(&mut found);
        found
    }

    /// How many times finding takes a look at a token.
    pub(crate) fn looks(&self) -> usize {
        let around = |cue: &Range<usize>| super::frame::window(self.paragraph, cue).len();
        self.paragraph.len() + self.opinion.cues.iter().map(around).sum::<usize>()
    }

    /// What the second tagger makes of one cue.
    pub(crate) fn find_one(&self, index: usize) -> Option<Found> {
        let (model, paragraph, classes) = (self.model, self.paragraph, &self.context.classes);
        let frame = Frame::new(paragraph, &self.opinion, classes, index);
        let found = fill(model, self.text, paragraph, &frame, &frame_classes(&frame, classes))?;
        let seldom = found.cue.clone().all(|at| model.cue_bucket(paragraph.word[at]) <= SELDOM);
        (!seldom || found.confidence >= SELDOM_LEAST).then_some(found)
    }
}

/// What a reader asks that weighs the taggers' opinion with its own.
impl FirstLook<'_> {
    /// How likely each token is outside of every cue, the start of one, inside one.
    pub(crate) fn cues(&self) -> impl Iterator<Item = [f32; 3]> {
        self.opinion.in_cue_shares.iter().map(|&[starts, goes_on]| [1.0 - starts - goes_on, starts, goes_on])
    }

    /// Goes on with these cues instead of its own.
    pub(crate) fn take(&mut self, cues: Vec<Range<usize>>) {
        self.opinion.in_cue.fill(false);
        for cue in &cues {
            self.opinion.in_cue[cue.clone()].fill(true);
        }
        self.opinion.cues = cues;
    }

    /// How likely each label of the second tagger is, for the tokens around one cue.
    pub(crate) fn roles(&self, index: usize) -> (Range<usize>, Vec<f32>) {
        let frame = Frame::new(self.paragraph, &self.opinion, &self.context.classes, index);
        let classes = frame_classes(&frame, &self.context.classes);
        let layer = &self.model.frame;
        let scores = score(layer, frame.window(), |at, out| frame.features(at, out));
        let marginals = layer.transitions.marginals(&scores, &classes, &layer.potentials);
        let mut shares = vec![0.0; scores.len()];
        for (at, shares) in shares.chunks_exact_mut(labels::frame::COUNT).enumerate() {
            marginals.at(at, shares);
        }
        (frame.window(), shares)
    }

    /// How many attributions it is likely to have missed or got wrong, by its own count, given what it [found](Self::find).
    pub(crate) fn doubt(&self, found: &[Found]) -> f32 {
        let wrong: f32 = found.iter().map(|found| 1.0 - found.confidence).sum();
        let missed = self.opinion.in_cue_shares.iter().zip(&self.opinion.in_cue);
        wrong + missed.filter(|(_, in_cue)| !**in_cue).map(|([starts, _], _)| starts).sum::<f32>()
    }
}

/// Words up to this bucket are seldom part of a cue, and "I walked that beach" is a cue for the taggers now and then: an
/// attribution with no other word in its cue must be surer.
const SELDOM: u8 = 4;
const SELDOM_LEAST: f32 = 0.5;

/// The scores of a layer's labels at some tokens.
pub(super) fn score(
    layer: &Layer,
    tokens: Range<usize>,
    features: impl Fn(usize, &mut Vec<u32>),
) -> Vec<f32> {
    let labels = layer.transitions.labels;
    let mut sums = vec![0i32; labels];
    let mut hashes = Vec::with_capacity(128);
    let mut scores = Vec::with_capacity(tokens.len() * labels);
    crate::steps::take(tokens.len());
    for at in tokens {
        sums.fill(0);
        hashes.clear();
        features(at, &mut hashes);
        layer.table.add_all(&mut hashes, &mut sums);
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
    let cue = labels::paragraph::CUE as usize;
    let mut in_cue_shares = Vec::with_capacity(classes.len());
    let code = (0..classes.len())
        .map(|at| {
            marginals.at(at, &mut masses);
            in_cue_shares.push([masses[cue], masses[cue + 1]]);
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
        scores[cue] += leaning;
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
    Opinion { code, cues, in_cue, in_cue_shares }
}

/// Finds the source and the content of one cue; nothing where it has no content.
fn fill(
    model: &Model,
    text: &str,
    paragraph: &Paragraph,
    frame: &Frame<'_>,
    classes: &[u8],
) -> Option<Found> {
    let cue = frame.cue();
    let layer = &model.frame;
    let offset = frame.window().start;
    let mut scores = score(layer, frame.window(), |at, out| frame.features(at, out));
    let marginals = layer.transitions.marginals(&scores, classes, &layer.potentials);
    for scores in scores.chunks_exact_mut(labels::frame::COUNT) {
        scores[labels::frame::SOURCE as usize] += model.leanings.source;
        scores[labels::frame::CONTENT as usize] += model.leanings.content;
    }
    let mut found = Found { source: Vec::new(), cue, content: Vec::new(), confidence: 0.0, nested: false };
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
    phrases::turn_round(paragraph, &mut found);
    if found
        .source
        .iter()
        .any(|source| phrases::asks(paragraph, source) || phrases::is_none(text, paragraph, source))
    {
        return None;
    }
    let spoken_of = phrases::is_spoken_of(text, paragraph, &found.cue);
    found.source.retain(|source| !spoken_of || source.start >= found.cue.end);
    found.source.retain_mut(|source| {
        *source = phrases::trimmed(paragraph, source.clone());
        phrases::can_be_source(text, paragraph, source)
    });
    if found.source.is_empty() && !spoken_of && phrases::has_subject(text, paragraph, &found.cue) {
        let apart = |own: &Range<usize>| {
            found.content.iter().all(|other| other.end <= own.start || own.end <= other.start)
        };
        let fits = |own: &Range<usize>| apart(own) && phrases::can_be_source(text, paragraph, own);
        found.source.extend(second_look(layer, frame, &mut scores, classes, fits));
    }
    found.confidence = calibrated(sure / f32::max(tokens, 1.0), &CALIBRATION);
    let says = !found.content.is_empty() && !phrases::says_nothing(paragraph, &found.content);
    (says && found.confidence >= model.leanings.least).then_some(found)
}

/// How much further the second look for a source leans towards one.
const SECOND_LEANING: f32 = 2.0;

/// Looks again for the source of a cue that has none, leaning more towards one: "suggesting" and "and asked" have theirs
/// further away than the tagger likes, and nearly every cue has one. What leans so far frays, so that only the nearest
/// phrase that can be a source counts, those before the cue first.
fn second_look(
    layer: &Layer,
    frame: &Frame<'_>,
    scores: &mut [f32],
    classes: &[u8],
    fits: impl Fn(&Range<usize>) -> bool,
) -> Option<Range<usize>> {
    for scores in scores.chunks_exact_mut(labels::frame::COUNT) {
        scores[labels::frame::SOURCE as usize] += SECOND_LEANING;
    }
    let (offset, cue) = (frame.window().start, frame.cue());
    labels::spans(&layer.transitions.best(scores, classes))
        .into_iter()
        .filter(|(label, _)| *label == labels::frame::SOURCE)
        .map(|(_, range)| range.start + offset..range.end + offset)
        .filter(fits)
        .min_by_key(|own| (own.start >= cue.end, own.start.abs_diff(cue.start)))
}

/// Mean probabilities of tokens, and how often a content of that probability was right on held-out news: one token
/// depends on the next, so that their mean is too sure. Strictly rising, so that it changes no order.
const CALIBRATION: [(f32, f32); 8] = [
    (0.0, 0.40),
    (0.5, 0.47),
    (0.6, 0.50),
    (0.78, 0.66),
    (0.9, 0.79),
    (0.955, 0.85),
    (0.98, 0.91),
    (1.0, 0.98),
];

/// What a mean probability is worth, linear between the points of a table that holds 0 and 1.
pub(crate) fn calibrated(mean: f32, table: &[(f32, f32)]) -> f32 {
    let last = table.len().saturating_sub(2);
    let at = table.iter().skip(1).take(last).take_while(|(point, _)| mean > *point).count();
    let [(low, from), (high, to)] = [table[at], table[at + 1]];
    from + (to - from) * ((mean - low) / (high - low)).clamp(0.0, 1.0)
}

/// How sure an attribution must be that shares its words with a surer one.
const NESTED_LEAST: f32 = 0.5;

/// Of attributions that claim the same words as content, keeps the surest, and those that nest with it.
pub(crate) fn keep_apart(found: &mut Vec<Found>) {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|&a, &b| found[b].confidence.total_cmp(&found[a].confidence));
    let mut kept: Vec<usize> = Vec::new();
    for &index in &order {
        let own = &found[index];
        let words: usize = own.content.iter().map(Range::len).sum();
        let mut clashes = kept
            .iter()
            .map(|&other| &found[other])
            .filter(|other| 2 * shared(&own.content, &other.content) > words)
            .peekable();
        let nested = clashes.peek().is_some();
        let nests =
            own.confidence >= NESTED_LEAST && clashes.all(|other| holds(other, own) || holds(own, other));
        if !nested || nests {
            kept.push(index);
            found[index].nested = nested;
        }
    }
    kept.sort_unstable();
    let mut index = 0;
    found.retain(|_| {
        index += 1;
        kept.binary_search(&(index - 1)).is_ok()
    });
}

/// Whether the cue and the content of `inner` stand in one span of what `outer` says.
fn holds(outer: &Found, inner: &Found) -> bool {
    outer.content.iter().any(|content| {
        std::iter::once(&inner.cue)
            .chain(&inner.content)
            .all(|own| content.start <= own.start && own.end <= content.end)
    })
}

fn shared(a: &[Range<usize>], b: &[Range<usize>]) -> usize {
    a.iter().flat_map(|a| b.iter().map(|b| a.end.min(b.end).saturating_sub(a.start.max(b.start)))).sum()
}

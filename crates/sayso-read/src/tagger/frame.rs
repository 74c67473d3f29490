//! Features of the second tagger, which is given one cue and finds the source and the content that belong to it.

use super::features::{Path, bucketed, mark_bit};
use super::mix;
use super::paragraph::{Paragraph, shape};
use std::ops::Range;

/// What the first tagger thinks of each token, as features of the second.
#[derive(Debug, Default)]
pub struct Opinion {
    /// Most likely role and how sure, as one small number.
    pub code: Vec<u32>,
    /// The cues that were found, as ranges of tokens, in order.
    pub cues: Vec<Range<usize>>,
    /// Whether each token stands in one of them.
    pub in_cue: Vec<bool>,
    /// How likely each token starts a cue, and goes on with one.
    pub in_cue_shares: Vec<[f32; 2]>,
}

/// How many tokens to either side of a cue are looked at: more than any speech in news needs, and a bound on the
/// work for hostile pages.
const REACH: usize = 256;

/// What is known of a paragraph in the light of one cue.
#[derive(Debug)]
pub struct Frame<'p> {
    paragraph: &'p Paragraph,
    opinion: &'p Opinion,
    cue: Range<usize>,
    index: usize,
    /// The tokens that are looked at; the vectors below start at its start.
    window: Range<usize>,
    /// Marks between the token and the cue: quotation mark 1, comma 2, colon or semicolon 4, dash or bracket 8.
    marks: Vec<u32>,
    /// How many other cues stand between, up to 2.
    cues_between: Vec<u32>,
    /// Whether the likely source of this cue was passed between the token and the cue.
    sources_between: Vec<u32>,
    /// The phrases between the token and the cue.
    path: Vec<u32>,
    last: u32,
    first: u32,
    after: u32,
}

/// The tokens around a cue that are looked at.
pub(super) fn window(paragraph: &Paragraph, cue: &Range<usize>) -> Range<usize> {
    cue.start.saturating_sub(REACH)..(cue.end + REACH).min(paragraph.len())
}

const OUTSIDE: u32 = 0x5EED;

impl<'p> Frame<'p> {
    /// Looks at a paragraph from cue number `index` of the opinion. `class` gives the class of a token.
    pub fn new(paragraph: &'p Paragraph, opinion: &'p Opinion, classes: &[u8], index: usize) -> Frame<'p> {
        let cue = opinion.cues[index].clone();
        let word = |at: Option<usize>| at.and_then(|at| paragraph.word.get(at)).copied().unwrap_or(OUTSIDE);
        let window = window(paragraph, &cue);
        let length = window.len();
        let mut frame = Frame {
            paragraph,
            opinion,
            index,
            marks: vec![0; length],
            cues_between: vec![0; length],
            sources_between: vec![0; length],
            path: vec![0; length],
            last: word(cue.end.checked_sub(1)),
            first: word(Some(cue.start)),
            after: word(Some(cue.end)),
            cue,
            window,
        };
        frame.look(classes, frame.cue.end..frame.window.end, false);
        frame.look(classes, frame.window.start..frame.cue.start, true);
        frame
    }

    /// The cue.
    pub fn cue(&self) -> Range<usize> {
        self.cue.clone()
    }

    /// The tokens that are looked at.
    pub fn window(&self) -> Range<usize> {
        self.window.clone()
    }

    fn look(&mut self, classes: &[u8], range: Range<usize>, backwards: bool) {
        let (mut marks, mut cues, mut sources) = (0, 0, 0);
        let (mut was_cue, mut was_source) = (false, false);
        let mut path = Path::default();
        for step in 0..range.len() {
            let at = if backwards { range.end - 1 - step } else { range.start + step };
            let is_cue = self.opinion.in_cue[at];
            let role = self.opinion.code[at] >> 2;
            let is_source = role == 1 || role == 2;
            if was_cue && !is_cue {
                cues += 1;
            }
            if was_source && !is_source {
                sources += 1;
            }
            (was_cue, was_source) = (is_cue, is_source);
            let place = at - self.window.start;
            self.marks[place] = marks;
            self.path[place] = path.whole();
            path.step(self.paragraph, at);
            self.cues_between[place] = std::cmp::min(cues, 2);
            self.sources_between[place] = std::cmp::min(sources, 2);
            marks |= mark_bit(classes[at]);
        }
    }

    /// Adds the feature hashes of token `at` to `out`.
    pub fn features(&self, at: usize, out: &mut Vec<u32>) {
        let p = self.paragraph;
        let (marks, cues, sources) = {
            let place = at - self.window.start;
            (self.marks[place], self.cues_between[place], self.sources_between[place])
        };
        let get = |values: &[u32], offset: isize| {
            at.checked_add_signed(offset).and_then(|at| values.get(at)).copied().unwrap_or(OUTSIDE)
        };
        let word = |offset| get(&p.word, offset);
        let code = |offset| get(&self.opinion.code, offset);
        let group = |at: usize, grouping: usize| {
            p.groups.get(at).map_or(OUTSIDE, |groups| u32::from(groups[grouping]))
        };
        let (side, distance) = if at < self.cue.start {
            (1, bucketed(self.cue.start - at))
        } else if at >= self.cue.end {
            (2, bucketed(at + 1 - self.cue.end))
        } else {
            (3, 0)
        };
        let cue_at = if side == 1 { self.cue.start } else { self.cue.end - 1 };
        let sentences = (i64::from(p.sentence[at]) - i64::from(p.sentence[cue_at])).clamp(-3, 3) + 3;
        let place = side | (sentences as u32) << 2;
        let cue_quote = p.quote[cue_at];
        let here = p.quote[at];
        let quote = u32::from(here.inside)
            | u32::from(here.opens) << 1
            | u32::from(here.closes) << 2
            | u32::from(cue_quote.inside) << 3
            | (((i32::from(here.ordinal) - i32::from(cue_quote.ordinal)).clamp(-2, 2) + 2) as u32) << 4
            | u32::from(here.inside && !here.closed) << 7;
        let between = cues | sources << 2 | marks << 4;
        let shapes = u32::from(p.shape[at])
            | u32::from(p.shape.get(at + 1).copied().unwrap_or(9)) << 4
            | u32::from(at.checked_sub(1).map_or(9, |at| p.shape[at])) << 8;
        let mark = if p.shape[at] == shape::MARK { word(0) } else { 0 };
        let mut template = 1000u32;
        let mut put = |a: u32, b: u32| {
            template += 1;
            out.push(mix(mix(template, a), b));
        };
        let path = self.path[at - self.window.start];
        let tag = |offset: isize| {
            at.checked_add_signed(offset).and_then(|at| p.speech.get(at)).map_or(99, |&tag| u32::from(tag))
        };
        put(mix(side, path), tag(0));
        put(mix(side, path), mix(tag(0), tag(1)));
        put(mix(side, path), mix(tag(-1), tag(0)));
        put(mix(side, path), code(0));
        put(mix(side, path), mix(self.last, here.inside.into()));
        put(mix(place, tag(0)), mix(tag(-1), tag(1)));
        put(mix(side, tag(0)), mix(tag(1), tag(2)));
        put(mix(side, tag(0)), mix(tag(-1), tag(-2)));
        put(mix(side, tag(0)), mix(code(0), between));
        put(mix(side, tag(0)), word(1));
        put(mix(side, tag(0)), word(-1));
        put(place, 0);
        put(place, quote);
        put(place, between);
        put(mix(place, between), quote);
        put(mix(place, between), code(0));
        put(place, code(0));
        put(mix(place, code(0)), code(1));
        put(mix(place, code(0)), code(-1));
        put(mix(side, code(-1)), mix(code(0), code(1)));
        put(mix(side, code(0)), quote);
        put(mix(side, cues), code(0));
        put(mix(side, sources), mix(code(0), cues));
        put(mix(side, self.last), distance);
        put(mix(side, self.last), quote);
        put(mix(side, self.last), code(0));
        put(mix(side, self.last), mix(self.after, between));
        put(mix(side, self.first), self.last);
        put(mix(side, self.after), between);
        put(mix(side, group(self.cue.end - 1, 0)), between);
        put(mix(side, group(self.cue.end - 1, 1)), word(0));
        put(mix(side, group(self.cue.end - 1, 0)), mix(group(at, 0), distance));
        put(mix(side, get(&p.suffix, self.cue.end as isize - 1 - at as isize)), between);
        for offset in -1..=2 {
            put(mix(side, word(offset)), cues);
        }
        put(mix(side, word(0)), word(1));
        put(mix(side, word(-1)), word(0));
        put(mix(side, word(0)), distance);
        put(mix(side, word(-1)), mix(word(0), word(1)));
        put(mix(side, word(1)), word(2));
        put(mix(side, word(-2)), word(-1));
        put(mix(place, word(0)), between);
        put(mix(place, shapes), quote);
        put(mix(place, shapes), mark);
        put(mix(side, mark), mix(word(1), marks));
        put(mix(side, mark), mix(word(-1), marks));
        put(mix(side, get(&p.suffix, 0)), get(&p.suffix, 1));
        put(mix(side, get(&p.suffix, -1)), get(&p.suffix, 0));
        for grouping in 0..4 {
            put(mix(side, group(at, grouping)), cues);
        }
        for grouping in [0, 2, 3] {
            put(mix(side, group(at.wrapping_sub(1), grouping)), 0);
        }
        put(mix(side, group(at, 0)), group(at + 1, 0));
        put(mix(side, group(at.wrapping_sub(1), 0)), group(at, 0));
        put(mix(self.index.min(2) as u32, (self.opinion.cues.len() - self.index).min(3) as u32), place);
        put(mix((self.cue.len().min(4)) as u32, side), code(0));
    }
}

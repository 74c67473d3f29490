//! How well attributions are found: source, cue and content, each by itself and together.
//!
//! Everything is counted on [tokens](super::tokens), summed over all documents. `token`: the tokens that carry a
//! role in any attribution (`+np`: without punctuation). `exact`: contiguous ranges with the same first and last
//! token (`+trim`: without punctuation at their ends). `attribution`: predicted and right attributions paired one to
//! one by content ([`pair`]); then with the source, the cue, or every word of the content right. `overlap` and
//! `gated`: as in Citron (<https://github.com/bbc/citron>), for comparison only.

use super::figures::{Figures, f1, ratio};
use super::tokens::{Range, Tokens, jaccard};
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

/// One document: as an answer with its text, as a prediction without.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    pub(crate) attributions: Vec<Spans>,
}

/// One attribution, as spans of code points.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Spans {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    #[serde(default)]
    pub(crate) source: Option<Vec<[usize; 2]>>,
    #[serde(default)]
    pub(crate) cue: Option<Vec<[usize; 2]>>,
    #[serde(default)]
    pub(crate) content: Option<Vec<[usize; 2]>>,
    /// How sure whoever predicted it is, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) confidence: Option<f32>,
}

const ROLES: [&str; 3] = ["source", "cue", "content"];
const SOURCE: usize = 0;
const CUE: usize = 1;
const CONTENT: usize = 2;

/// One attribution in tokens, by role.
struct Attribution {
    ranges: [Vec<Range>; 3],
    tokens: [BTreeSet<usize>; 3],
    manner: &'static str,
    confidence: Option<f32>,
}

/// Predictions of like confidence: how many, their confidences summed up, and how many are paired by content.
#[derive(Clone, Copy, Default)]
struct Tenth {
    all: usize,
    confidence: f64,
    right: usize,
}

/// True positives as counted on either side, and how many there are on each.
#[derive(Clone, Copy, Default)]
struct Tally {
    hits: usize,
    hits_of_right: usize,
    predicted: usize,
    right: usize,
}

/// Attributions of one manner: all, paired by content, and those of them whose source is right.
#[derive(Clone, Copy, Default)]
struct Manner {
    all: usize,
    content: usize,
    source: usize,
}

/// Counts by name, in the order in which they were first counted.
#[derive(Default)]
struct Counts {
    tallies: Vec<(String, Tally)>,
    manners: HashMap<(&'static str, &'static str), Manner>,
    tenths: [Tenth; 10],
}

impl Counts {
    fn add(&mut self, head: &str, name: &str, hits: usize, predicted: usize, right: usize) {
        self.add_both(head, name, [hits, hits], predicted, right);
    }

    fn add_both(&mut self, head: &str, name: &str, hits: [usize; 2], predicted: usize, right: usize) {
        let key = format!("{head}/{name}");
        let at = self.tallies.iter().position(|(other, _)| *other == key).unwrap_or_else(|| {
            self.tallies.push((key, Tally::default()));
            self.tallies.len() - 1
        });
        let tally = &mut self.tallies[at].1;
        tally.hits += hits[0];
        tally.hits_of_right += hits[1];
        tally.predicted += predicted;
        tally.right += right;
    }

    fn add_sets<T: Ord>(&mut self, head: &str, name: &str, predicted: &BTreeSet<T>, right: &BTreeSet<T>) {
        self.add(head, name, predicted.intersection(right).count(), predicted.len(), right.len());
    }

    fn tenth(&mut self, confidence: f32) -> &mut Tenth {
        &mut self.tenths[((confidence * 10.0) as usize).min(9)]
    }

    fn manner(&mut self, side: &'static str, manner: &'static str) -> &mut Manner {
        self.manners.entry((side, manner)).or_default()
    }

    fn figures(&self, documents: usize, tokens: usize) -> Figures {
        let mut figures = Figures::new().count("documents", documents).count("tokens", tokens);
        for (key, tally) in &self.tallies {
            let p = ratio(tally.hits as f64, tally.predicted as f64);
            let r = ratio(tally.hits_of_right as f64, tally.right as f64);
            let part = Figures::new().share("p", p).share("r", r).share("f1", f1(p, r));
            let part = part.count("tp", tally.hits).count("pred", tally.predicted).count("gold", tally.right);
            figures = figures.part(key, part);
        }
        let sure: usize = self.tenths.iter().map(|tenth| tenth.all).sum();
        let mut off = 0.0;
        for (at, tenth) in self.tenths.iter().enumerate().filter(|(_, tenth)| tenth.all > 0) {
            let [confidence, right] =
                [tenth.confidence, tenth.right as f64].map(|part| ratio(part, tenth.all as f64));
            off += (confidence - right).abs() * tenth.all as f64 / sure as f64;
            let part = Figures::new().count("n", tenth.all);
            let part = part.share("confidence", confidence).share("right", right);
            figures = figures.part(&format!("calibration/{at}"), part);
        }
        if sure > 0 {
            figures = figures.part("calibration/all", Figures::new().count("n", sure).share("off", off));
        }
        for side in SIDES {
            for manner in MANNERS {
                if let Some(count) = self.manners.get(&(side, manner)) {
                    let share = |part: usize| ratio(part as f64, count.all as f64);
                    let part = Figures::new().count("n", count.all);
                    let part = part.share("content", share(count.content));
                    figures = figures
                        .part(&format!("{side}/{manner}"), part.share("content+source", share(count.source)));
                }
            }
        }
        figures
    }
}

const SIDES: [&str; 2] = ["gold_kind", "pred_kind"];
const MANNERS: [&str; 3] = ["direct", "mixed", "indirect"];

/// Scores predictions against answers; a document that is not predicted counts as predicted empty.
pub(crate) fn score(answers: &[Line], predictions: &[Line]) -> Result<Figures> {
    let mut by_id: HashMap<&str, &Line> = HashMap::with_capacity(predictions.len());
    for line in predictions {
        if by_id.insert(&line.id, line).is_some() {
            bail!("predicted twice: {}", line.id);
        }
    }
    let known: BTreeSet<&str> = answers.iter().map(|line| line.id.as_str()).collect();
    if let Some(line) = predictions.iter().find(|line| !known.contains(line.id.as_str())) {
        bail!("predicted, but there is no such document among the answers: {}", line.id);
    }
    let mut counts = Counts::default();
    let mut token_count = 0;
    for answer in answers {
        let text = answer.text.as_deref().with_context(|| format!("document {} has no text", answer.id))?;
        let tokens = Tokens::of(text);
        token_count += tokens.len();
        let place = || format!("document {}", answer.id);
        let right = prepare(&tokens, &answer.attributions).with_context(place)?;
        let given = by_id.get(answer.id.as_str()).map_or(&[][..], |line| &line.attributions);
        let predicted = prepare(&tokens, given).with_context(place)?;
        count_roles(&mut counts, &tokens, &predicted, &right);
        count_pairs(&mut counts, &tokens, &predicted, &right);
        count_gated(&mut counts, &predicted, &right);
    }
    Ok(counts.figures(answers.len(), token_count))
}

fn prepare(tokens: &Tokens, attributions: &[Spans]) -> Result<Vec<Attribution>> {
    let prepare = |spans: &Spans| {
        let mut ranges: [Vec<Range>; 3] = Default::default();
        for (ranges, given) in ranges.iter_mut().zip([&spans.source, &spans.cue, &spans.content]) {
            *ranges = tokens.ranges(given.as_deref().unwrap_or_default())?;
        }
        let flat = |ranges: &Vec<Range>| ranges.iter().flat_map(|&(first, last)| first..last).collect();
        let sets: [BTreeSet<usize>; 3] = [flat(&ranges[0]), flat(&ranges[1]), flat(&ranges[2])];
        let manner = tokens.manner(&sets[CONTENT]);
        Ok(Attribution { ranges, tokens: sets, manner, confidence: spans.confidence })
    };
    attributions.iter().map(prepare).collect()
}

fn count_roles(counts: &mut Counts, tokens: &Tokens, predicted: &[Attribution], right: &[Attribution]) {
    for (role, name) in ROLES.into_iter().enumerate() {
        let carried = |side: &[Attribution]| -> BTreeSet<usize> {
            side.iter().flat_map(|attribution| attribution.tokens[role].iter().copied()).collect()
        };
        let words =
            |set: &BTreeSet<usize>| set.iter().copied().filter(|&token| tokens.is_word(token)).collect();
        let (p, r): (BTreeSet<usize>, BTreeSet<usize>) = (carried(predicted), carried(right));
        counts.add_sets("token", name, &p, &r);
        counts.add_sets::<usize>("token+np", name, &words(&p), &words(&r));

        let ranges = |side: &[Attribution]| -> BTreeSet<Range> {
            side.iter().flat_map(|attribution| attribution.ranges[role].iter().copied()).collect()
        };
        let trimmed = |ranges: &BTreeSet<Range>| -> BTreeSet<Range> {
            ranges.iter().map(|&range| tokens.trim(range)).filter(|(first, last)| first < last).collect()
        };
        let (p, r) = (ranges(predicted), ranges(right));
        counts.add_sets("exact", name, &p, &r);
        counts.add_sets("exact+trim", name, &trimmed(&p), &trimmed(&r));

        let pairs = predicted.iter().flat_map(|a| right.iter().map(move |b| (a, b)));
        let overlap: usize = pairs.map(|(a, b)| shared(&a.ranges[role], &b.ranges[role])).sum();
        let length = |side: &[Attribution]| side.iter().map(|a| a.tokens[role].len()).sum();
        let (p, r) = (length(predicted), length(right));
        counts.add("overlap", name, overlap, p, r);
        counts.add("overlap", "all", overlap, p, r);
    }
}

fn shared(a: &[Range], b: &[Range]) -> usize {
    let shared = |x: &Range, y: &Range| x.1.min(y.1).saturating_sub(x.0.max(y.0));
    a.iter().map(|x| b.iter().map(|y| shared(x, y)).sum::<usize>()).sum()
}

fn count_pairs(counts: &mut Counts, tokens: &Tokens, predicted: &[Attribution], right: &[Attribution]) {
    let [mut content, mut source, mut cue, mut exact] = [0; 4];
    let words = |attribution: &Attribution| -> Vec<usize> {
        attribution.tokens[CONTENT].iter().copied().filter(|&token| tokens.is_word(token)).collect()
    };
    for attribution in predicted {
        if let Some(confidence) = attribution.confidence {
            let tenth = counts.tenth(confidence);
            tenth.all += 1;
            tenth.confidence += f64::from(confidence);
        }
    }
    for (p, r) in pair(predicted, right) {
        if let Some(confidence) = predicted[p].confidence {
            counts.tenth(confidence).right += 1;
        }
        let (a, b) = (&predicted[p], &right[r]);
        let source_fits = jaccard(&a.tokens[SOURCE], &b.tokens[SOURCE]) >= 0.5;
        let cue_fits = jaccard(&a.tokens[CUE], &b.tokens[CUE]) >= 0.5;
        content += 1;
        source += usize::from(source_fits);
        cue += usize::from(source_fits && cue_fits);
        exact += usize::from(words(a) == words(b));
        for (side, manner) in SIDES.into_iter().zip([b.manner, a.manner]) {
            let count = counts.manner(side, manner);
            count.content += 1;
            count.source += usize::from(source_fits);
        }
    }
    let names = ["content", "content+source", "content+source+cue", "content-exact"];
    for (name, hits) in names.into_iter().zip([content, source, cue, exact]) {
        counts.add("attribution", name, hits, predicted.len(), right.len());
    }
    for (side, attributions) in SIDES.into_iter().zip([right, predicted]) {
        for attribution in attributions {
            counts.manner(side, attribution.manner).all += 1;
        }
    }
}

/// Pairs predicted with right attributions one to one, as places in both lists. Candidates have a content Jaccard
/// of 0.5 or more; taken greedily by content, then source, then cue Jaccard, then order of appearance.
fn pair(predicted: &[Attribution], right: &[Attribution]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (p, a) in predicted.iter().enumerate() {
        for (r, b) in right.iter().enumerate() {
            if a.tokens[CONTENT].is_disjoint(&b.tokens[CONTENT]) {
                continue;
            }
            let alike = [CONTENT, SOURCE, CUE].map(|role| jaccard(&a.tokens[role], &b.tokens[role]));
            if alike[0] >= 0.5 {
                candidates.push((alike, p, r));
            }
        }
    }
    // The sort is stable, so that what is alike keeps its order of appearance.
    candidates.sort_by(|(a, ..), (b, ..)| b.partial_cmp(a).expect("a share is a number"));
    let (mut used_p, mut used_r) = (vec![false; predicted.len()], vec![false; right.len()]);
    let mut pairs = Vec::new();
    for (_, p, r) in candidates {
        if !used_p[p] && !used_r[r] {
            (used_p[p], used_r[r]) = (true, true);
            pairs.push((p, r));
        }
    }
    pairs
}

fn count_gated(counts: &mut Counts, predicted: &[Attribution], right: &[Attribution]) {
    let gate = |x: &Attribution, y: &Attribution| !x.tokens[CUE].is_disjoint(&y.tokens[CUE]);
    let same = |x: &Attribution, y: &Attribution, role: usize| x.ranges[role] == y.ranges[role];
    type Test<'a> = &'a dyn Fn(&Attribution, &Attribution) -> bool;
    let tests: [(&str, Test); 4] = [
        ("cue", &|x, y| !x.ranges[CUE].is_empty() && same(x, y, CUE)),
        ("source", &|x, y| gate(x, y) && same(x, y, SOURCE)),
        ("content", &|x, y| gate(x, y) && same(x, y, CONTENT)),
        ("quote", &|x, y| x.ranges == y.ranges),
    ];
    for (name, test) in tests {
        let hits = |side: &[Attribution], other: &[Attribution]| {
            side.iter().filter(|x| other.iter().any(|y| test(x, y))).count()
        };
        let hits = [hits(predicted, right), hits(right, predicted)];
        counts.add_both("gated", name, hits, predicted.len(), right.len());
    }
}

/// The table that people read; figures in per cent.
pub(crate) fn table(figures: &Figures) -> String {
    let roles = &ROLES[..];
    let heads: [(&str, &[&str]); 7] = [
        ("attribution", &["content", "content+source", "content+source+cue", "content-exact"]),
        ("token", roles),
        ("token+np", roles),
        ("exact", roles),
        ("exact+trim", roles),
        ("overlap", &["source", "cue", "content", "all"]),
        ("gated", &["cue", "source", "content", "quote"]),
    ];
    let count = |path: &str| figures.get(path).unwrap_or_default();
    let mut table = format!("documents {}, tokens {}\n", count("documents"), count("tokens"));
    let mut write = |line: String| writeln!(table, "{line}").expect("a string takes all");
    for (head, names) in heads {
        write(format!("-- {head}"));
        for name in names {
            let Some(part) = figures.get_part(&format!("{head}/{name}")) else { continue };
            let [p, r, f1] = ["p", "r", "f1"].map(|name| 100.0 * part.get(name).unwrap_or_default());
            let [tp, pred, gold] = ["tp", "pred", "gold"].map(|name| part.get(name).unwrap_or_default());
            write(format!(
                "  {name:<20} P {p:5.1}  R {r:5.1}  F1 {f1:5.1}   (tp {tp}, pred {pred}, gold {gold})"
            ));
        }
    }
    for (side, title) in SIDES.into_iter().zip(["recall by gold type", "precision by predicted type"]) {
        write(format!("-- {title}"));
        for manner in MANNERS {
            let Some(part) = figures.get_part(&format!("{side}/{manner}")) else { continue };
            let [content, source] =
                ["content", "content+source"].map(|name| 100.0 * part.get(name).unwrap_or_default());
            let n = part.get("n").unwrap_or_default();
            write(format!("  {manner:<20} content {content:5.1}  content+source {source:5.1}   (n {n})"));
        }
    }
    if let Some(off) = figures.get("calibration/all.off") {
        write(format!(
            "-- confidence, and the share with the right content (off by {:.1} on average)",
            100.0 * off
        ));
        for at in 0..10 {
            let Some(part) = figures.get_part(&format!("calibration/{at}")) else { continue };
            let [confidence, right] =
                ["confidence", "right"].map(|name| 100.0 * part.get(name).unwrap_or_default());
            let n = part.get("n").unwrap_or_default();
            write(format!(
                "  0.{at} to {:.1}           said {confidence:5.1}  right {right:5.1}   (n {n})",
                (at + 1) as f64 / 10.0
            ));
        }
    }
    table.pop();
    table
}

#[cfg(test)]
mod tests;

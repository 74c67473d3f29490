//! How well copied and abridged texts are found.
//!
//! The containment of two texts is the number of five-word shingles (lower case) that they share, divided by the
//! number in the one that has fewer. A pair is right from 0.5 up, and accepted where it is predicted with 0.5 or
//! more, or with no containment. Pairs with a true containment within 0.45 .. 0.55 are neutral: neither hit, miss
//! nor fault; the part `raw` has no neutral zone.

use super::figures::{Figures, precision_recall};
use super::rows::label;
use super::words::words;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

const REUSED: f64 = 0.5;
const NEAR: std::ops::RangeInclusive<f64> = 0.45..=0.55;
const SHINGLE_WORDS: usize = 5;

type Pair = (String, String);

/// Answers `{a, b, containment}` (all pairs from 0.45 up) or the texts themselves as `{id, text}`; predictions
/// `{a, b, containment}`.
pub(crate) fn score(answers: &[Value], predictions: &[Value]) -> Result<Figures> {
    let right = if answers.first().is_some_and(|line| line.get("text").is_some()) {
        containments(&texts(answers)?)
    } else {
        let given = |line: &Value| {
            let containment = line.get("containment").and_then(Value::as_f64);
            Ok((pair_of(line)?, containment.with_context(|| format!("{line} has no containment"))?))
        };
        answers.iter().map(given).collect::<Result<_>>()?
    };
    let neutral: HashSet<&Pair> =
        right.iter().filter(|(_, c)| NEAR.contains(*c)).map(|(pair, _)| pair).collect();
    let right: HashSet<&Pair> = right.iter().filter(|(_, c)| **c >= REUSED).map(|(pair, _)| pair).collect();
    let mut given = Vec::new();
    for line in predictions {
        let containment = match line.get("containment") {
            None => 1.0,
            Some(value) => {
                value.as_f64().with_context(|| format!("the containment of {line} is no number"))?
            }
        };
        if containment >= REUSED {
            given.push(pair_of(line)?);
        }
    }
    let distinct: HashSet<&Pair> = given.iter().collect();
    let doubled = given.len() - distinct.len();
    let accepted: HashSet<&Pair> = distinct.into_iter().filter(|(a, b)| a != b).collect();
    let hits = |pair: &&&Pair| right.contains(**pair);
    let clear = |pair: &&&Pair| !neutral.contains(**pair);
    Ok(precision_recall(
        accepted.iter().filter(clear).filter(hits).count(),
        accepted.iter().filter(clear).count(),
        right.iter().filter(clear).count(),
    )
    .count("neutral", neutral.len())
    .count("doubled", doubled)
    .part("raw", precision_recall(accepted.iter().filter(hits).count(), accepted.len(), right.len())))
}

fn pair_of(line: &Value) -> Result<Pair> {
    let end = |key: &str| line.get(key).and_then(label).with_context(|| format!("{line} has no {key:?}"));
    let (a, b) = (end("a")?, end("b")?);
    Ok(if a <= b { (a, b) } else { (b, a) })
}

fn texts(lines: &[Value]) -> Result<BTreeMap<String, &str>> {
    let text = |line| -> Result<(String, &str)> {
        let line: &Value = line;
        let id = line.get("id").and_then(label).with_context(|| format!("{line} has no \"id\""))?;
        Ok((id, line.get("text").and_then(Value::as_str).context("a line has no \"text\"")?))
    };
    lines.iter().map(text).collect()
}

/// The containment of every pair of texts from 0.45 up, counted exactly.
fn containments(texts: &BTreeMap<String, &str>) -> HashMap<Pair, f64> {
    let mut sizes = Vec::with_capacity(texts.len());
    let mut holders: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
    for (at, text) in texts.values().enumerate() {
        let lower = text.to_lowercase();
        let words: Vec<String> = words(&lower).map(str::to_owned).collect();
        let own: BTreeSet<&[String]> = words.windows(SHINGLE_WORDS).collect();
        sizes.push(own.len());
        for shingle in own {
            holders.entry(shingle.to_vec()).or_default().push(at);
        }
    }
    let mut shared: HashMap<(usize, usize), usize> = HashMap::new();
    for texts in holders.values() {
        for (place, &a) in texts.iter().enumerate() {
            for &b in &texts[place + 1..] {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    let ids: Vec<&String> = texts.keys().collect();
    let containment = |((a, b), count): ((usize, usize), usize)| {
        ((ids[a].clone(), ids[b].clone()), count as f64 / sizes[a].min(sizes[b]) as f64)
    };
    shared.into_iter().map(containment).filter(|(_, share)| share >= NEAR.start()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn containment_is_of_the_smaller_text() {
        let texts = |lines: &[(&str, &'static str)]| -> BTreeMap<String, &'static str> {
            lines.iter().map(|&(id, text)| (id.to_owned(), text)).collect()
        };
        let found = containments(&texts(&[
            ("whole", "The river rose in the night; nobody was hurt, said the mayor."),
            ("part", "the RIVER rose in the night"),
            ("short", "the river rose in"),
            ("half", "the river rose in the morning"),
        ]));
        let pair = |a: &str, b: &str| found.get(&(a.to_owned(), b.to_owned())).copied();
        assert_eq!(pair("part", "whole"), Some(1.0));
        assert_eq!(pair("half", "part"), Some(0.5));
        assert_eq!(found.keys().filter(|(a, b)| a == "short" || b == "short").count(), 0);
    }

    #[test]
    fn near_pairs_are_neutral() {
        let answer = |a: &str, b: &str, containment: f64| json!({"a": a, "b": b, "containment": containment});
        let answers =
            [answer("p", "q", 0.9), answer("q", "r", 0.46), answer("p", "s", 0.51), answer("t", "q", 0.7)];
        let predictions = [
            json!({"a": "q", "b": "p"}),
            json!({"a": "p", "b": "q", "containment": 0.6}),
            answer("r", "q", 0.5),
            answer("q", "t", 0.49),
            answer("u", "v", 1.0),
            answer("p", "p", 1.0),
        ];
        let figures = score(&answers, &predictions).unwrap();
        assert_eq!((figures.get("p"), figures.get("r")), (Some(0.5), Some(0.5)));
        assert_eq!((figures.get("neutral"), figures.get("doubled")), (Some(2.0), Some(1.0)));
        assert_eq!((figures.get("raw.p"), figures.get("raw.r")), (Some(1.0 / 3.0), Some(1.0 / 3.0)));
    }

    #[test]
    fn texts_are_answers_too() {
        let lines = [
            json!({"id": 1, "text": "one two three four five six"}),
            json!({"id": 2, "text": "One, two, three, four, five, six, seven"}),
        ];
        let figures = score(&lines, &[json!({"a": "2", "b": 1})]).unwrap();
        assert_eq!(figures.get("f1"), Some(1.0));
    }
}

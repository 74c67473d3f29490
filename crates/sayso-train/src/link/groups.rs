//! `train groups` and `predict groups`: lines `{id, texts}` to `{id, pairs: [[i, j, score, opposite]]}`.
//!
//! The second forest learns from what the first makes of topics that it was not grown on (a forest a fold), since that
//! is all it will ever see.

use super::Training;
use super::boost::{Growth, Rows, grow};
use super::sentences::models;
use super::views::{Labelled, learn};
use crate::json_lines;
use crate::predict::{Asked, Predictions};
use anyhow::Result;
use cpu_time::ProcessTime;
use sayso_link::claims::{
    CONTEXT_FEATURES, GROUP_FEATURES, GroupForests, GroupViews, SENSED_GROUP_FEATURES, context_features,
    group_features,
};
use sayso_link::words::{Wording, Wordings};
use serde::{Deserialize, Serialize};
use serde_json::Value;

const FIRST: Growth = Growth {
    trees: 250,
    depth: 4,
    rate: 0.06,
    least_weight: 3.0,
    ridge: 3.0,
    features: 0.5,
    rows: 0.7,
    seed: 1,
};
const SECOND: Growth = Growth { trees: 150, ..FIRST };
const OPPOSITE: Growth = Growth { trees: 200, rate: 0.05, ..FIRST };
const FOLDS: usize = 4;
/// Pairs that the second forest scores below this are never accepted, so whether they are opposite does not matter.
const HOPELESS: f32 = -3.0;

#[derive(Deserialize)]
struct Topic {
    id: Value,
    texts: Vec<String>,
    #[serde(default)]
    group: Vec<i64>,
    #[serde(default)]
    stance: Vec<String>,
}

#[derive(Serialize)]
struct Accepted {
    id: Value,
    pairs: Vec<(usize, usize, f32, bool)>,
}

/// A pair as the trainers see it.
struct Example {
    topic: usize,
    places: (usize, usize),
    features: Vec<f32>,
    same: f32,
    opposite: f32,
}

pub(crate) fn train(rest: &[String]) -> Result<()> {
    let training = Training::parse("groups", rest);
    let wordings = training.wordings()?;
    let mut topics: Vec<Topic> = Vec::new();
    for path in &training.inputs {
        topics.extend(json_lines::read::<Topic>(path)?);
    }
    let texts = texts(&topics, &wordings);
    let views = wordings.senses().map(|_| views_of_folds(&topics, &texts, training.seed));
    let mut examples = examples(&topics, &texts, &wordings, views.as_deref());
    let seeded = |growth| Growth { seed: training.seed, ..growth };
    let features = if wordings.senses().is_some() { &SENSED_GROUP_FEATURES } else { &GROUP_FEATURES };
    let names: Vec<&str> = features.iter().map(String::as_str).collect();
    let all: Vec<&str> = names.iter().chain(CONTEXT_FEATURES).copied().collect();
    let first = grow(&rows(&examples, |_| true, |example| example.same), &names, seeded(FIRST));
    let scores = held_out(&examples, &names, seeded(FIRST));
    add_context(&mut examples, &scores);
    let second = grow(&rows(&examples, |_| true, |example| example.same), &all, seeded(SECOND));
    let scores = held_out(&examples, &all, seeded(SECOND));
    let hopeful: Vec<Example> = examples
        .into_iter()
        .zip(scores)
        .filter(|(_, score)| *score > HOPELESS)
        .map(|(example, _)| example)
        .collect();
    let opposite = grow(&rows(&hopeful, |_| true, |example| example.opposite), &all, seeded(OPPOSITE));
    let views = views.and_then(|mut views| views.pop());
    training.write(&GroupForests { first, second, opposite, views })
}

fn texts(topics: &[Topic], wordings: &Wordings) -> Vec<Vec<Wording>> {
    let of_topic = |line: &Topic| line.texts.iter().map(|text| wordings.sensed(text)).collect();
    topics.iter().map(of_topic).collect()
}

/// The views of each fold, learned on the topics outside it, and last those learned on all.
fn views_of_folds(topics: &[Topic], texts: &[Vec<Wording>], seed: u64) -> Vec<GroupViews> {
    let mut vectors: Vec<&[f32]> = Vec::new();
    let mut pairs: Vec<(usize, Labelled, Labelled)> = Vec::new();
    for (topic, (line, texts)) in topics.iter().zip(texts).enumerate() {
        let first = vectors.len();
        vectors.extend(texts.iter().map(|text| text.senses.first().map_or(&[][..], |sense| &sense[..])));
        for i in 0..texts.len() {
            for j in i + 1..texts.len() {
                let near =
                    |is: bool| Labelled { texts: (first + i, first + j), near: f32::from(u8::from(is)) };
                let (same, side) = (line.group[i] == line.group[j], line.stance[i] == line.stance[j]);
                pairs.push((topic, near(same), near(side)));
            }
        }
    }
    let learned = |fold: usize| {
        let seen: Vec<_> = pairs.iter().filter(|(topic, ..)| topic % FOLDS != fold).collect();
        let same: Vec<Labelled> = seen.iter().map(|(_, same, _)| *same).collect();
        let side: Vec<Labelled> = seen.iter().map(|(_, _, side)| *side).collect();
        GroupViews { same: learn(&vectors, &same, seed), side: learn(&vectors, &side, seed) }
    };
    // The last number is that of no topic, so that nothing is left out.
    (0..=FOLDS).map(learned).collect()
}

fn examples(
    topics: &[Topic],
    texts: &[Vec<Wording>],
    wordings: &Wordings,
    views: Option<&[GroupViews]>,
) -> Vec<Example> {
    let mut examples = Vec::new();
    for (topic, (line, texts)) in topics.iter().zip(texts).enumerate() {
        let views = views.map(|views| &views[topic % FOLDS]);
        for (i, j, features) in group_features(texts, wordings, views) {
            let same = f32::from(u8::from(line.group[i] == line.group[j]));
            let opposite = f32::from(u8::from(line.stance[i] != line.stance[j]));
            examples.push(Example { topic, places: (i, j), features, same, opposite });
        }
    }
    examples
}

fn rows(examples: &[Example], keep: impl Fn(&Example) -> bool, label: impl Fn(&Example) -> f32) -> Rows {
    let kept = || examples.iter().filter(|example| keep(example));
    let inputs = kept().map(|example| example.features.clone()).collect();
    Rows { inputs, labels: kept().map(label).collect(), contests: Vec::new() }
}

/// The score of every example by a forest that did not see its topic.
fn held_out(examples: &[Example], names: &[&str], growth: Growth) -> Vec<f32> {
    let mut scores = vec![0.0; examples.len()];
    for fold in 0..FOLDS {
        let forest = grow(
            &rows(examples, |example| example.topic % FOLDS != fold, |example| example.same),
            names,
            growth,
        );
        for (score, example) in
            scores.iter_mut().zip(examples).filter(|(_, example)| example.topic % FOLDS == fold)
        {
            *score = forest.score(&example.features);
        }
    }
    scores
}

fn add_context(examples: &mut [Example], scores: &[f32]) {
    let mut start = 0;
    for topic in examples.chunk_by_mut(|a, b| a.topic == b.topic) {
        let places: Vec<(usize, usize)> = topic.iter().map(|example| example.places).collect();
        let context = context_features(&places, &scores[start..start + topic.len()]);
        start += topic.len();
        for (example, context) in topic.iter_mut().zip(context) {
            example.features.extend(context);
        }
    }
}

pub(crate) fn predict(asked: Asked) -> Result<Predictions> {
    let topics: Vec<Topic> = json_lines::read(&asked.inputs[0])?;
    let models = models(asked.sentence_model)?;
    let start = ProcessTime::now();
    let mut lines = Vec::new();
    let mut texts_read = 0;
    for topic in topics {
        let texts: Vec<Wording> = topic.texts.iter().map(|text| models.wordings.sensed(text)).collect();
        texts_read += texts.len();
        let alike = models.grouper.alike(&texts, &models.wordings);
        let pairs = alike.iter().map(|pair| (pair.a, pair.b, pair.score, pair.opposite)).collect();
        lines.push(serde_json::to_string(&Accepted { id: topic.id, pairs })?);
    }
    Ok(Predictions {
        lines,
        amount: (texts_read, "texts"),
        cpu_s: start.elapsed().as_secs_f64(),
        notes: Vec::new(),
    })
}

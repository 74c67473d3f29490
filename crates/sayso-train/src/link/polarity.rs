//! `train polarity` and `predict polarity`: lines `{a, b}` to `{label}`.

use super::Training;
use super::boost::{Growth, Rows, grow};
use crate::json_lines;
use crate::predict::Predictions;
use anyhow::Result;
use cpu_time::ProcessTime;
use sayso_link::Models;
use sayso_link::claims::{PAIR_FEATURES, Pair, PolarityForests, Relation};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

const GROWTH: Growth = Growth {
    trees: 300,
    depth: 4,
    rate: 0.05,
    least_weight: 2.0,
    ridge: 3.0,
    features: 0.5,
    rows: 0.7,
    seed: 1,
};

#[derive(Deserialize)]
struct Sentences {
    a: String,
    b: String,
    label: Option<Relation>,
}

#[derive(Serialize)]
struct Label {
    label: Relation,
}

pub(crate) fn train(rest: &[String]) -> Result<()> {
    let training = Training::parse("polarity", rest);
    let wordings = training.wordings()?;
    let rarity = |stem: u64| wordings.rarity(stem);
    let mut rows = Rows::default();
    let mut labels = Vec::new();
    for path in &training.inputs {
        for line in json_lines::read::<Sentences>(path)? {
            let (a, b) = (&wordings.of(&line.a), &wordings.of(&line.b));
            rows.inputs.push(Pair { a, b, rarity: &rarity, wordings: &wordings }.features());
            labels.push(line.label);
        }
    }
    let mut grown = |relation| {
        rows.labels = labels.iter().map(|label| f32::from(u8::from(*label == Some(relation)))).collect();
        grow(&rows, PAIR_FEATURES, Growth { seed: training.seed, ..GROWTH })
    };
    let contradiction = grown(Relation::Contradiction);
    let entailment = grown(Relation::Entailment);
    training.write(&PolarityForests { contradiction, entailment })
}

pub(crate) fn predict(inputs: &[PathBuf]) -> Result<Predictions> {
    let pairs: Vec<Sentences> = json_lines::read(&inputs[0])?;
    let models = Models::built_in();
    let start = ProcessTime::now();
    let line = |pair: &Sentences| {
        let (a, b) = (models.wordings.of(&pair.a), models.wordings.of(&pair.b));
        let label = models.denial.relation(&a, &b, &models.wordings).0;
        Ok(serde_json::to_string(&Label { label })?)
    };
    let lines = pairs.iter().map(line).collect::<Result<_>>()?;
    Ok(Predictions {
        lines,
        amount: (pairs.len(), "pairs"),
        cpu_s: start.elapsed().as_secs_f64(),
        notes: Vec::new(),
    })
}

//! `train claims VERIFIED.jsonl QUERIES.jsonl...` and `predict claims VERIFIED.jsonl QUERIES.jsonl`: which checked
//! claim a text repeats.

use super::Training;
use super::boost::{Growth, Rows, grow_several};
use super::sentences::models;
use crate::json_lines;
use crate::predict::{Asked, Predictions};
use anyhow::{Result, bail};
use cpu_time::ProcessTime;
use sayso_link::claims::{
    ClaimIndex, Found, RANK_FEATURES, SENSED_RANK_FEATURES, Tuning, candidates, rank_features,
};
use sayso_link::words::{Wording, Wordings};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::Path;

/// How many claims of the index are put in order again.
const CANDIDATES: usize = 100;
/// How many of those nearest in sense are looked at too.
const BY_SENSE: usize = 50;
/// How many are written.
const RANKED: usize = 20;

const GROWTH: Growth = Growth {
    trees: 300,
    depth: 2,
    rate: 0.05,
    least_weight: 0.5,
    ridge: 5.0,
    features: 0.5,
    rows: 0.7,
    seed: 1,
};

#[derive(Deserialize)]
struct Verified {
    id: String,
    claim: String,
    title: String,
}

#[derive(Deserialize)]
struct Query {
    id: Value,
    text: String,
    #[serde(default)]
    claims: Vec<String>,
}

#[derive(Serialize)]
struct Ranked<'a> {
    id: Value,
    ranked: Vec<&'a str>,
}

/// The checked claims, indexed.
struct Checked {
    index: ClaimIndex,
    ids: Vec<String>,
    texts: Vec<(Wording, Wording)>,
}

impl Checked {
    fn read(path: &Path, wordings: &Wordings) -> Result<Checked> {
        let mut checked =
            Checked { index: ClaimIndex::new(Tuning::default()), ids: Vec::new(), texts: Vec::new() };
        for line in json_lines::read::<Verified>(path)? {
            let (claim, title) = (wordings.sensed(&line.claim), wordings.sensed(&line.title));
            checked.index.add(&claim, &title);
            checked.ids.push(line.id);
            checked.texts.push((claim, title));
        }
        Ok(checked)
    }

    fn candidates(&self, query: &Wording, wordings: &Wordings) -> (Vec<Found>, Vec<Vec<f32>>) {
        let texts = |text: u32| {
            let (claim, title) = &self.texts[text as usize];
            (claim, title)
        };
        let found = candidates(query, texts, &self.index, CANDIDATES, BY_SENSE);
        let features = rank_features(query, &found, texts, &self.index, wordings);
        (found, features)
    }
}

pub(crate) fn train(rest: &[String]) -> Result<()> {
    let training = Training::parse("claims", rest);
    let [verified, queries @ ..] = training.inputs.as_slice() else {
        bail!("train claims needs VERIFIED.jsonl first")
    };
    let wordings = training.wordings()?;
    let checked = Checked::read(verified, &wordings)?;
    let mut rows = Rows::default();
    let mut contest = 0;
    for path in queries {
        for query in json_lines::read::<Query>(path)? {
            let (found, features) = checked.candidates(&wordings.sensed(&query.text), &wordings);
            for (found, features) in found.iter().zip(features) {
                let right = query.claims.contains(&checked.ids[found.text as usize]);
                rows.inputs.push(features);
                rows.labels.push(f32::from(u8::from(right)));
                rows.contests.push(contest);
            }
            contest += 1;
        }
    }
    let features = if wordings.senses().is_some() { &SENSED_RANK_FEATURES } else { &RANK_FEATURES };
    let names: Vec<&str> = features.iter().map(String::as_str).collect();
    training.write(&grow_several(&rows, &names, Growth { seed: training.seed, ..GROWTH }, 3))
}

pub(crate) fn predict(asked: Asked) -> Result<Predictions> {
    let inputs = asked.inputs;
    let models = models(asked.sentence_model)?;
    let queries: Vec<Query> = json_lines::read(&inputs[1])?;
    let checked = Checked::read(&inputs[0], &models.wordings)?;
    let amount = (queries.len(), "queries");
    let start = ProcessTime::now();
    let mut lines = Vec::new();
    for query in queries {
        let (found, features) = checked.candidates(&models.wordings.sensed(&query.text), &models.wordings);
        let ranked = models.ranker.rank(&features, &found);
        let ranked =
            ranked.iter().take(RANKED).map(|found| checked.ids[found.text as usize].as_str()).collect();
        lines.push(serde_json::to_string(&Ranked { id: query.id, ranked })?);
    }
    Ok(Predictions { lines, amount, cpu_s: start.elapsed().as_secs_f64(), notes: Vec::new() })
}

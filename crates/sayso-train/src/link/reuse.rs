//! `predict reuse TEXTS.jsonl`: lines `{id, text}` to `{a, b, containment}`, one line a pair.

use crate::json_lines;
use crate::predict::Predictions;
use anyhow::Result;
use cpu_time::ProcessTime;
use sayso_link::reuse::{ReuseIndex, Shingles};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::PathBuf;

/// Pairs below this are not written.
const LEAST_CONTAINMENT: f32 = 0.45;

#[derive(Deserialize)]
struct Text {
    id: Value,
    text: String,
}

#[derive(Serialize)]
struct Reused<'a> {
    a: &'a Value,
    b: &'a Value,
    containment: f32,
}

pub(crate) fn predict(inputs: &[PathBuf]) -> Result<Predictions> {
    let texts: Vec<Text> = json_lines::read(&inputs[0])?;
    let start = ProcessTime::now();
    let mut index = ReuseIndex::default();
    let mut known: Vec<Shingles> = Vec::with_capacity(texts.len());
    let mut pairs = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let shingles = Shingles::of(&text.text);
        let prints = shingles.fingerprints();
        for candidate in index.candidates(&prints, 1) {
            let containment = shingles.containment(&known[candidate.text as usize]);
            if containment >= LEAST_CONTAINMENT {
                pairs.push((candidate.text as usize, at, containment));
            }
        }
        index.add(at as u32, &prints);
        known.push(shingles);
    }
    let cpu_s = start.elapsed().as_secs_f64();
    let line = |&(a, b, containment): &(usize, usize, f32)| {
        Ok(serde_json::to_string(&Reused { a: &texts[a].id, b: &texts[b].id, containment })?)
    };
    let lines = pairs.iter().map(line).collect::<Result<_>>()?;
    let bytes = texts.iter().map(|text| text.text.len()).sum();
    Ok(Predictions { lines, amount: (bytes, "bytes"), cpu_s, notes: Vec::new() })
}

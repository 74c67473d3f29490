//! `predict attributions IN.jsonl`: lines `{id, text}` to `{id, attributions: [{id, source, cue, content}]}`, each
//! role a list of `[start, end)` in code points, and a `confidence` from 0 to 1.

use super::Predictions;
use crate::code_points::CodePoints;
use crate::json_lines;
use crate::score::attributions::Spans;
use crate::score::tokens::Tokens;
use anyhow::Result;
use cpu_time::ProcessTime;
use sayso_read::{Attribution, Reader};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::Path;

#[derive(Deserialize)]
struct Text {
    id: Value,
    text: String,
}

#[derive(Serialize)]
struct Found {
    id: Value,
    attributions: Vec<Spans>,
}

/// What a reader makes of the texts.
pub(super) fn predict(reader: &Reader, input: &Path) -> Result<Predictions> {
    let texts: Vec<Text> = json_lines::read(input)?;
    let start = ProcessTime::now();
    let found: Vec<Vec<Attribution>> = texts.iter().map(|line| reader.attributions_in(&line.text)).collect();
    let cpu_s = start.elapsed().as_secs_f64();
    let tokens = texts.iter().map(|line| Tokens::of(&line.text).len()).sum();
    let line = |(Text { id, text }, found): (Text, Vec<Attribution>)| {
        let points = CodePoints::of(&text);
        let spans = |(at, attribution): (usize, &Attribution)| in_code_points(&points, at + 1, attribution);
        Ok(serde_json::to_string(&Found { id, attributions: found.iter().enumerate().map(spans).collect() })?)
    };
    let lines = texts.into_iter().zip(found).map(line).collect::<Result<_>>()?;
    Ok(Predictions { lines, amount: (tokens, "tokens"), cpu_s, notes: Vec::new() })
}

fn in_code_points(points: &CodePoints, number: usize, attribution: &Attribution) -> Spans {
    Spans {
        id: Some(number.to_string()),
        source: Some(points.spans(&attribution.source)),
        cue: Some(points.spans(&attribution.cue)),
        content: Some(points.spans(&attribution.content)),
        confidence: Some((attribution.confidence * 1000.0).round() / 1000.0),
    }
}

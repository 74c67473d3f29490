//! `predict names TEXTS.jsonl`: lines `{id, text, mentions}` to `{id, entities}`, equal labels for one entity.

use crate::json_lines;
use crate::predict::Predictions;
use anyhow::{Context, Result};
use cpu_time::ProcessTime;
use sayso_link::sources::Everyone;
use sayso_record::Span;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::PathBuf;

#[derive(Deserialize)]
struct Text {
    id: Value,
    text: String,
    mentions: Vec<[usize; 2]>,
}

#[derive(Serialize)]
struct Entities {
    id: Value,
    entities: Vec<String>,
}

pub(crate) fn predict(inputs: &[PathBuf]) -> Result<Predictions> {
    let texts: Vec<Text> = json_lines::read(&inputs[0])?;
    let spans: Vec<Vec<Span>> = texts.iter().map(bytes).collect::<Result<_>>()?;
    let start = ProcessTime::now();
    let mut everyone = Everyone::default();
    for (text, spans) in texts.iter().zip(&spans) {
        everyone.learn(&text.text, spans);
    }
    let mut lines = Vec::new();
    for (text, spans) in texts.iter().zip(&spans) {
        let named = everyone.resolve(&text.text, spans);
        let entities = named.into_iter().map(|named| named.label).collect();
        lines.push(serde_json::to_string(&Entities { id: text.id.clone(), entities })?);
    }
    let amount = (spans.iter().map(Vec::len).sum(), "mentions");
    Ok(Predictions { lines, amount, cpu_s: start.elapsed().as_secs_f64(), notes: Vec::new() })
}

/// The mentions in bytes; test sets count code points.
fn bytes(text: &Text) -> Result<Vec<Span>> {
    let starts: Vec<usize> = text.text.char_indices().map(|(at, _)| at).chain([text.text.len()]).collect();
    let span = |&[start, end]: &[usize; 2]| {
        let (start, end) = (starts.get(start)?, starts.get(end)?);
        (start <= end).then(|| Span::new(*start, *end))
    };
    let whole = text.mentions.iter().map(span).collect::<Option<Vec<Span>>>();
    whole.with_context(|| format!("a mention of text {} stands outside it", text.id))
}

//! `predict attributions IN.jsonl`: lines `{id, text}` to `{id, attributions: [{id, source, cue, content}]}`, each
//! role a list of `[start, end)` in code points.

use super::Predictions;
use crate::json_lines;
use crate::score::attributions::Spans;
use crate::score::tokens::Tokens;
use anyhow::Result;
use cpu_time::ProcessTime;
use sayso_read::{Attribution, Reader};
use sayso_record::Span;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::PathBuf;

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

pub(super) fn predict(inputs: &[PathBuf]) -> Result<Predictions> {
    let texts: Vec<Text> = json_lines::read(&inputs[0])?;
    let reader = Reader::new();
    let start = ProcessTime::now();
    let found: Vec<Vec<Attribution>> = texts.iter().map(|line| reader.attributions_in(&line.text)).collect();
    let cpu_s = start.elapsed().as_secs_f64();
    let tokens = texts.iter().map(|line| Tokens::of(&line.text).len()).sum();
    let line = |(Text { id, text }, found): (Text, Vec<Attribution>)| {
        let points = CodePoints::of(&text);
        let spans = |(at, attribution): (usize, &Attribution)| points.attribution(at + 1, attribution);
        Ok(serde_json::to_string(&Found { id, attributions: found.iter().enumerate().map(spans).collect() })?)
    };
    let lines = texts.into_iter().zip(found).map(line).collect::<Result<_>>()?;
    Ok(Predictions { lines, amount: (tokens, "tokens"), cpu_s, notes: Vec::new() })
}

/// Byte offsets of a text as counts of code points.
struct CodePoints(Vec<usize>);

impl CodePoints {
    fn of(text: &str) -> CodePoints {
        let mut before = Vec::with_capacity(text.len() + 1);
        for (at, character) in text.chars().enumerate() {
            before.resize(before.len() + character.len_utf8(), at);
        }
        before.push(text.chars().count());
        CodePoints(before)
    }

    fn spans(&self, spans: &[Span]) -> Option<Vec<[usize; 2]>> {
        Some(spans.iter().map(|span| [self.0[span.start as usize], self.0[span.end as usize]]).collect())
    }

    fn attribution(&self, number: usize, attribution: &Attribution) -> Spans {
        Spans {
            id: Some(number.to_string()),
            source: self.spans(&attribution.source),
            cue: self.spans(&attribution.cue),
            content: self.spans(&attribution.content),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_code_points() {
        let text = "“Né” 𝄞 said Zoë";
        let points = CodePoints::of(text);
        for words in ["Né", "𝄞", "said", "Zoë", ""] {
            let start = text.find(words).unwrap();
            let expected = text[..start].chars().count();
            let found = points.spans(&[Span::new(start, start + words.len())]).unwrap();
            assert_eq!(found, [[expected, expected + words.chars().count()]], "{words}");
        }
    }
}

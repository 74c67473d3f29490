//! `predict says IN.jsonl`: lines `{id, premise, claim}` to `{id, label, score, quote}`: what a text, which may be a whole
//! page, does to a claim (says, partly, denies, neither), how likely it is that it says so, and the passage that decides.

use super::Predictions;
use crate::json_lines;
use anyhow::Result;
use cpu_time::ProcessTime;
use sayso_link::Models;
use sayso_link::citation::{self, Finding, Said};
use sayso_record::{Block, BlockKind, Document, Span};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::PathBuf;
use std::thread;

#[derive(Deserialize)]
struct Cited {
    /// The number of the line, from 0, where there is none.
    id: Option<Value>,
    premise: String,
    claim: String,
}

#[derive(Serialize)]
struct Line<'a> {
    id: Option<&'a Value>,
    label: Said,
    score: f64,
    quote: &'a str,
}

pub(super) fn predict(inputs: &[PathBuf]) -> Result<Predictions> {
    let mut cited: Vec<Cited> = json_lines::read(&inputs[0])?;
    for (at, one) in cited.iter_mut().enumerate() {
        one.id.get_or_insert_with(|| at.into());
    }
    let models = Models::built_in();
    let start = ProcessTime::now();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = cited.len().div_ceil(threads).max(1);
    let look = |one: &Cited| {
        let page = page(&one.premise);
        let finding = citation::says(&models, &one.claim, &page);
        (page, finding)
    };
    let look = &look;
    let looked: Vec<(Document, Finding)> = thread::scope(|scope| {
        let part = |some| scope.spawn(move || <[Cited]>::iter(some).map(look).collect::<Vec<_>>());
        let parts: Vec<_> = cited.chunks(share).map(part).collect();
        parts.into_iter().flat_map(|part| part.join().expect("looking at a page does not panic")).collect()
    });
    let cpu_s = start.elapsed().as_secs_f64();
    let line = |(one, (page, finding)): (&Cited, &(Document, Finding))| {
        let quote = finding.passage.map_or("", |span| span.of(&page.text));
        let score = (f64::from(finding.probability) * 1e4).round() / 1e4;
        Ok(serde_json::to_string(&Line { id: one.id.as_ref(), label: finding.said, score, quote })?)
    };
    let lines = cited.iter().zip(&looked).map(line).collect::<Result<_>>()?;
    Ok(Predictions { lines, amount: (cited.len(), "pairs"), cpu_s, notes: Vec::new() })
}

/// A text as a page: each line is a paragraph.
fn page(text: &str) -> Document {
    let blocks = sayso_read::text::paragraphs(text)
        .map(|line| Block {
            span: Span::new(line.start, line.end).trim(text),
            kind: BlockKind::Paragraph,
            within: None,
            links: Vec::new(),
        })
        .collect();
    Document { text: text.to_owned(), blocks, ..Document::default() }
}

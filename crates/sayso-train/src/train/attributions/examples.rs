//! `train examples CORPUS --out FILE`: labelled paragraphs for the careful reader, which is trained outside of this
//! workspace: the words, what the fast reader's first steps know of each, and the attributions as ranges of words.
//!
//! Both readers then cut texts alike, and the careful one learns from the features that the product will give it.

use super::corpus::place_all;
use crate::code_points::CodePoints;
use crate::json_lines;
use crate::score::attributions::Spans;
use anyhow::{Context, Result};
use clap::Parser;
use sayso_read::Reader;
use sayso_read::text::paragraphs;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::ops::Range;
use std::path::PathBuf;

#[derive(Parser)]
#[command(name = "examples")]
struct Arguments {
    /// News in the prediction form, with `text`; where nobody marked its attributions, they may be left out.
    corpus: PathBuf,
    /// Where the examples go, one paragraph a line.
    #[arg(long)]
    out: PathBuf,
}

/// One document.
#[derive(Deserialize)]
struct News {
    id: String,
    text: String,
    #[serde(default)]
    attributions: Vec<Spans>,
}

/// One paragraph. All but the last are as long as it has words.
#[derive(Serialize)]
struct Example<'t> {
    document: &'t str,
    words: Vec<&'t str>,
    /// Where each word stands in the document, in code points.
    places: Vec<[usize; 2]>,
    shape: &'t [u8],
    quote: Vec<u8>,
    speech: &'t [u8],
    /// Each as its sources, cues and contents.
    attributions: Vec<[Vec<[usize; 2]>; 3]>,
}

/// Runs the task.
pub(crate) fn run(rest: &[String]) -> Result<()> {
    let arguments = Arguments::parse_from(std::iter::once("examples").chain(rest.iter().map(String::as_str)));
    let reader = Reader::new();
    let out = &arguments.out;
    let file = File::create(out).with_context(|| format!("cannot write {}", out.display()))?;
    let mut file = BufWriter::new(file);
    for News { id, text, attributions } in json_lines::read::<News>(&arguments.corpus)? {
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let points = CodePoints::of(&text);
        for range in paragraphs(&text) {
            let paragraph = reader.model().cut(&text, range);
            if paragraph.is_empty() {
                continue;
            }
            let pairs = |ranges: Vec<Range<usize>>| {
                ranges.into_iter().map(|range| [range.start, range.end]).collect()
            };
            let spans: Vec<_> = (0..paragraph.len()).map(|at| paragraph.span(&(at..at + 1))).collect();
            let example = Example {
                document: &id,
                words: paragraph.tokens.iter().map(|token| token.of(&text)).collect(),
                places: points.spans(&spans),
                shape: &paragraph.shape,
                quote: paragraph.quote.iter().map(|state| state.code()).collect(),
                speech: &paragraph.speech,
                attributions: place_all(&paragraph, &bytes, &attributions)
                    .into_iter()
                    .map(|roles| roles.map(pairs))
                    .collect(),
            };
            serde_json::to_writer(&mut file, &example)?;
            file.write_all(b"\n")?;
        }
    }
    file.flush().with_context(|| format!("cannot write {}", out.display()))
}

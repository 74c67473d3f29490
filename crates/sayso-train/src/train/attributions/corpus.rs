//! Labelled news as paragraphs: which tokens are sources, cues and contents, and of which attribution.

use crate::json_lines;
use crate::score::attributions::{Line, Spans};
use anyhow::{Context, Result};
use rustc_hash::FxHashMap;
use sayso_read::tagger::labels::paragraph as label;
use sayso_read::tagger::paragraph::{Paragraph, WordGroups};
use sayso_read::text::paragraphs;
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

/// A paragraph with the attributions that touch it.
pub(super) struct Labelled {
    /// Number of the document.
    pub(super) document: usize,
    pub(super) paragraph: Paragraph,
    /// Each as its sources, cues and contents in this paragraph.
    pub(super) attributions: Vec<[Vec<Range<usize>>; 3]>,
}

/// The documents of a corpus.
pub(super) struct Corpus {
    pub(super) texts: Vec<String>,
    pub(super) paragraphs: Vec<Labelled>,
}

/// Reads files in the prediction form (with `text`), cuts them, and places the attributions.
pub(super) fn read(paths: &[&Path], groups: &WordGroups) -> Result<Corpus> {
    let mut corpus = Corpus { texts: Vec::new(), paragraphs: Vec::new() };
    for path in paths {
        for line in json_lines::read::<Line>(path)? {
            let text =
                line.text.with_context(|| format!("{}: document {} has no text", path.display(), line.id))?;
            let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            for range in paragraphs(&text) {
                let paragraph = Paragraph::new(&text, range, groups);
                let attributions = place_all(&paragraph, &bytes, &line.attributions);
                let document = corpus.texts.len();
                corpus.paragraphs.push(Labelled { document, paragraph, attributions });
            }
            corpus.texts.push(text);
        }
    }
    Ok(corpus)
}

/// The attributions that touch a paragraph. `bytes` are the places of the text's code points, and its length.
pub(super) fn place_all(
    paragraph: &Paragraph,
    bytes: &[usize],
    attributions: &[Spans],
) -> Vec<[Vec<Range<usize>>; 3]> {
    attributions
        .iter()
        .map(|spans| place(paragraph, bytes, spans))
        .filter(|roles| roles.iter().any(|role| !role.is_empty()))
        .collect()
}

fn place(paragraph: &Paragraph, bytes: &[usize], spans: &Spans) -> [Vec<Range<usize>>; 3] {
    [&spans.source, &spans.cue, &spans.content].map(|role| {
        role.iter()
            .flatten()
            .filter_map(|&[start, end]| {
                let (start, end) = (*bytes.get(start)? as u32, *bytes.get(end)? as u32);
                let first = paragraph.tokens.partition_point(|token| token.end <= start);
                let past = paragraph.tokens.partition_point(|token| token.start < end);
                (first < past).then_some(first..past)
            })
            .collect()
    })
}

impl Labelled {
    /// The labels of the first tagger.
    pub(super) fn labels(&self) -> Vec<u8> {
        let mut labels = vec![label::OUTSIDE; self.paragraph.len()];
        for [sources, cues, contents] in &self.attributions {
            let cue = cues.first().map_or(0, |cue| cue.start);
            let side = |range: &Range<usize>, before, after| if range.start < cue { before } else { after };
            for range in sources {
                mark(&mut labels, range, side(range, label::SOURCE_BEFORE, label::SOURCE_AFTER));
            }
            for range in cues {
                mark(&mut labels, range, label::CUE);
            }
            for range in contents {
                mark(&mut labels, range, side(range, label::CONTENT_BEFORE, label::CONTENT_AFTER));
            }
        }
        labels
    }

    /// The attribution whose cue shares most tokens with this one.
    pub(super) fn with_cue(&self, cue: &Range<usize>) -> Option<&[Vec<Range<usize>>; 3]> {
        let shared = |cues: &[Range<usize>]| -> usize {
            cues.iter().map(|own| own.end.min(cue.end).saturating_sub(own.start.max(cue.start))).sum()
        };
        self.attributions.iter().filter(|roles| shared(&roles[1]) > 0).max_by_key(|roles| shared(&roles[1]))
    }
}

/// Labels a range: one label for its first token, the next for the rest.
pub(super) fn mark(labels: &mut [u8], range: &Range<usize>, label: u8) {
    for at in range.clone() {
        labels[at] = if at == range.start { label } else { label + 1 };
    }
}

/// How often each word was in a cue and how often it was seen, over all documents and in each.
pub(super) struct CueCounts {
    all: HashMap<u32, [u32; 2]>,
    by_document: HashMap<(usize, u32), [u32; 2]>,
}

impl CueCounts {
    /// Counts a corpus.
    pub(super) fn of(corpus: &Corpus) -> CueCounts {
        let mut counts = CueCounts { all: HashMap::new(), by_document: HashMap::new() };
        for labelled in &corpus.paragraphs {
            for (word, label) in labelled.paragraph.word.iter().zip(labelled.labels()) {
                let cue = u32::from(label == label::CUE || label == label::CUE + 1);
                let own = counts.by_document.entry((labelled.document, *word)).or_default();
                for count in [counts.all.entry(*word).or_default(), own] {
                    *count = [count[0] + cue, count[1] + 1];
                }
            }
        }
        counts
    }

    /// The bucket of a word as the rest of the corpus has it: what a model would know of a document it never saw.
    pub(super) fn bucket_without(&self, document: usize, word: u32) -> u8 {
        let all = self.all.get(&word).copied().unwrap_or_default();
        let own = self.by_document.get(&(document, word)).copied().unwrap_or_default();
        bucket(all[0] - own[0], all[1] - own[1])
    }

    /// The buckets of all words.
    pub(super) fn lexicon(&self) -> FxHashMap<u32, u8> {
        self.all.iter().map(|(word, [cue, seen])| (*word, bucket(*cue, *seen))).collect()
    }
}

fn bucket(cue: u32, seen: u32) -> u8 {
    if seen == 0 {
        return 1;
    }
    let share = (cue as f32 + 0.06) / (seen as f32 + 3.0);
    match share {
        share if share < 0.005 => 0,
        share if share < 0.02 => 2,
        share if share < 0.08 => 3,
        share if share < 0.2 => 4,
        share if share < 0.4 => 5,
        share if share < 0.7 => 6,
        _ => 7,
    }
}

//! How much of the articles is found, by the metric of the article-extraction-benchmark.

use super::models::Scores;
use super::pages::{Page, shingles};
use sayso_read::document::html::training;

/// Scores from here on are kept, in the reader.
const KEPT: f32 = 0.5;

/// Precision and recall of one page.
pub(crate) struct Measured {
    pub(crate) precision: Option<f64>,
    pub(crate) recall: Option<f64>,
}

impl Measured {
    pub(crate) fn f1(&self) -> f64 {
        f1(self.precision.unwrap_or(0.0), self.recall.unwrap_or(0.0))
    }
}

fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

/// What a page's body is worth when runs from a threshold on are kept, and the rules of the reader followed.
pub(crate) fn page(page: &Page, scores: &Scores, threshold: f32) -> Measured {
    let shifted: Scores = scores.iter().map(|score| score.map(|score| score - threshold + KEPT)).collect();
    let chosen = training::chosen(&page.html, &shifted);
    let body: Vec<u32> = chosen
        .into_iter()
        .filter(|&at| !page.runs[at].caption)
        .flat_map(|at| page.runs[at].tokens.iter().copied())
        .collect();
    of(page, &body)
}

/// What the runs that are labelled as the article's are worth: no model can do better.
pub(crate) fn oracle(page: &Page) -> Measured {
    let runs = page.runs.iter().filter(|run| run.label == Some(true));
    of(page, &runs.flat_map(|run| run.tokens.iter().copied()).collect::<Vec<_>>())
}

fn of(page: &Page, body: &[u32]) -> Measured {
    let (found, answer) =
        (shingles(body), page.answer.as_ref().expect("only pages with answers are measured"));
    let hits: i32 = found.iter().map(|(key, count)| (*count).min(*answer.get(key).unwrap_or(&0))).sum();
    let ratio = |whole: i32| (whole > 0).then(|| f64::from(hits) / f64::from(whole));
    Measured { precision: ratio(found.values().sum()), recall: ratio(answer.values().sum()) }
}

/// F1, precision and recall of all pages.
pub(crate) fn all(pages: &[Measured]) -> [f64; 3] {
    let mean = |part: &dyn Fn(&Measured) -> Option<f64>| {
        let values: Vec<f64> = pages.iter().filter_map(part).collect();
        values.iter().sum::<f64>() / values.len().max(1) as f64
    };
    let (precision, recall) = (mean(&|page| page.precision), mean(&|page| page.recall));
    [f1(precision, recall), precision, recall]
}

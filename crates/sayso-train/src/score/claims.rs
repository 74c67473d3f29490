//! How well texts find the checked claims that they repeat.
//!
//! AP@k is the sum of the precision at each right answer among the first k, divided by the lesser of k and the
//! number of right answers; MRR looks at all that is ranked; s10 is the share of texts with a right answer in the
//! first ten. A claim that is ranked twice counts where it stands first.

use super::figures::{Figures, mean, ratio, share_of};
use super::rows::{join_by_id, labels, list};
use anyhow::Result;
use serde_json::Value;
use std::collections::HashSet;

/// Answers `{id, claims}`, predictions `{id, ranked}`.
pub(crate) fn score(answers: &[Value], predictions: &[Value]) -> Result<Figures> {
    let (rows, counts) = join_by_id(answers, predictions)?;
    let (mut ap1, mut ap5, mut reciprocal, mut ten) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in &rows {
        let right: HashSet<String> = labels(list(row.answer, "claims")?)?.into_iter().collect();
        let mut ranked = match row.prediction {
            Some(prediction) => labels(list(prediction, "ranked")?)?,
            None => Vec::new(),
        };
        let mut seen = HashSet::new();
        ranked.retain(|claim| seen.insert(claim.clone()));
        let hits: Vec<bool> = ranked.iter().map(|claim| right.contains(claim)).collect();
        ap1.push(average_precision(&hits, right.len(), 1));
        ap5.push(average_precision(&hits, right.len(), 5));
        reciprocal.push(hits.iter().position(|&hit| hit).map_or(0.0, |at| 1.0 / (at + 1) as f64));
        ten.push(hits.iter().take(10).any(|&hit| hit));
    }
    Ok(counts
        .share("map1", mean(ap1))
        .share("map5", mean(ap5))
        .share("mrr", mean(reciprocal))
        .share("s10", share_of(&ten)))
}

fn average_precision(hits: &[bool], right: usize, k: usize) -> f64 {
    let (mut found, mut total) = (0.0, 0.0);
    for (at, _) in hits.iter().take(k).enumerate().filter(|(_, hit)| **hit) {
        found += 1.0;
        total += found / (at + 1) as f64;
    }
    ratio(total, right.min(k) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn rank_decides() {
        let answers = [
            json!({"id": "first", "claims": ["p"]}),
            json!({"id": "second and fourth", "claims": ["p", 7]}),
            json!({"id": "eleventh", "claims": ["p"]}),
            json!({"id": "unanswered", "claims": ["p"]}),
        ];
        let predictions = [
            json!({"id": "first", "ranked": ["p", "p", "q"]}),
            json!({"id": "second and fourth", "ranked": ["q", "7", "q", "r", "p"]}),
            json!({"id": "eleventh", "ranked": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, "p"]}),
        ];
        let figures = score(&answers, &predictions).unwrap();
        let near = |name: &str, value: f64| {
            let found = figures.get(name).unwrap();
            assert!((found - value).abs() < 1e-12, "{name} is {found}, not {value}");
        };
        near("missing", 1.0);
        near("map1", 1.0 / 4.0);
        // The doubled "q" is one, so "p" stands fourth.
        near("map5", (1.0 + (1.0 / 2.0 + 2.0 / 4.0) / 2.0) / 4.0);
        near("mrr", (1.0 + 1.0 / 2.0 + 1.0 / 11.0) / 4.0);
        near("s10", 2.0 / 4.0);
    }
}

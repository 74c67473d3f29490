//! How well paraphrases are told from texts that say something else.
//!
//! Unordered pairs of texts within a line, counted over all lines; a pair is right if both are of one group.
//! `opposite` is the share of accepted pairs whose stance differs. The part `same` repeats the figures without the
//! pairs that the prediction itself calls opposite.

use super::figures::{Figures, precision_recall, ratio};
use super::rows::{join_by_id, list};
use anyhow::{Result, bail};
use serde_json::Value;
use std::collections::HashMap;

#[derive(Default)]
struct Tally {
    predicted: usize,
    hits: usize,
    opposite: usize,
}

impl Tally {
    fn add(&mut self, hit: bool, opposite: bool) {
        self.predicted += 1;
        self.hits += usize::from(hit);
        self.opposite += usize::from(opposite);
    }

    fn figures(&self, right: usize) -> Figures {
        precision_recall(self.hits, self.predicted, right)
            .share("opposite", ratio(self.opposite as f64, self.predicted as f64))
    }
}

/// Answers `{id, texts, group, stance}`, predictions `{id, pairs: [[i, j, score, opposite]]}`.
pub(crate) fn score(answers: &[Value], predictions: &[Value]) -> Result<Figures> {
    let (rows, counts) = join_by_id(answers, predictions)?;
    let mut right = 0;
    let (mut accepted, mut same) = (Tally::default(), Tally::default());
    for row in &rows {
        let (group, stance) = (list(row.answer, "group")?, list(row.answer, "stance")?);
        right += (0..group.len())
            .map(|i| group[i + 1..].iter().filter(|other| **other == group[i]).count())
            .sum::<usize>();
        let mut pairs: HashMap<(usize, usize), bool> = HashMap::new();
        for given in row.prediction.map_or(Ok(&[][..]), |prediction| list(prediction, "pairs"))? {
            let (pair, opposite) = accepted_pair(given, group.len().min(stance.len()), &row.name)?;
            pairs.insert(pair, opposite);
        }
        for ((i, j), called_opposite) in pairs {
            let (hit, opposite) = (group[i] == group[j], stance[i] != stance[j]);
            accepted.add(hit, opposite);
            if !called_opposite {
                same.add(hit, opposite);
            }
        }
    }
    Ok(counts.with(accepted.figures(right)).part("same", same.figures(right)))
}

/// The pair in order, and whether it is called opposite.
fn accepted_pair(given: &Value, texts: usize, line: &str) -> Result<((usize, usize), bool)> {
    let at = |place: usize| given.get(place).and_then(Value::as_u64).map(|index| index as usize);
    match (at(0), at(1)) {
        (Some(i), Some(j)) if i != j && i.max(j) < texts => {
            let opposite = given.get(3).and_then(Value::as_bool).unwrap_or(false);
            Ok(((i.min(j), i.max(j)), opposite))
        }
        _ => bail!("line {line:?}: {given} is no pair of its {texts} texts"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn answers() -> [Value; 1] {
        [json!({"id": "q", "texts": ["k", "l", "m", "n", "o", "p"], "group": [5, 5, 6, 6, 6, 7],
                "stance": ["pro", "pro", "con", "con", "con", "pro"]})]
    }

    #[test]
    fn pairs_count_once_and_opposites_apart() {
        let pairs = json!([[1, 0, 0.9, false], [0, 1, 0.9], [2, 4, 0.8, false], [0, 2, 0.7, true]]);
        let figures = score(&answers(), &[json!({"id": "q", "pairs": pairs})]).unwrap();
        assert_eq!(figures.get("true"), Some(4.0));
        assert_eq!(figures.get("predicted"), Some(3.0));
        assert_eq!(figures.get("p"), Some(2.0 / 3.0));
        assert_eq!(figures.get("r"), Some(0.5));
        assert_eq!(figures.get("opposite"), Some(1.0 / 3.0));
        assert_eq!(figures.get("same.p"), Some(1.0));
        assert_eq!(figures.get("same.opposite"), Some(0.0));
    }

    #[test]
    fn no_answer_scores_nothing_and_an_impossible_pair_is_refused() {
        let figures = score(&answers(), &[]).unwrap();
        assert_eq!((figures.get("f1"), figures.get("missing")), (Some(0.0), Some(1.0)));
        for pair in [json!([0, 6, 1.0, false]), json!([2, 2, 1.0, false]), json!(["0", 1])] {
            assert!(score(&answers(), &[json!({"id": "q", "pairs": [pair]})]).is_err(), "{pair}");
        }
    }
}

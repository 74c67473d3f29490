//! How well it is told what a text does to a claim: said or not, all labels, and whether the passages shown are the text's.

use super::figures::{Figures, precision_recall, ratio, share_of};
use super::rows::{Row, by_key, join, label, text};
use anyhow::{Result, bail};
use serde_json::Value;
use std::collections::BTreeMap;

/// Labels that a prediction may have.
const LABELS: [&str; 4] = ["says", "partly", "denies", "neither"];

/// Answers `{id?, premise, claim, label, set?}`, predictions `{id, label, score, quote}`. An answer without an id goes by
/// the number of its line, from 0. What is labelled `not_says` counts for said or not alone.
pub(crate) fn score(answers: &[Value], predictions: &[Value]) -> Result<Figures> {
    let name = |(at, row): (usize, &Value)| row.get("id").and_then(label).unwrap_or_else(|| at.to_string());
    let named = answers.iter().enumerate().map(|(at, row)| (name((at, row)), row)).collect();
    let (rows, counts) = join(named, by_key(predictions, "id")?)?;
    let (mut says, mut labels, mut verbatim) = (Vec::new(), Vec::new(), Vec::new());
    let mut sets: BTreeMap<String, Vec<bool>> = BTreeMap::new();
    let (mut caught, mut unsupported, mut flagged, mut supported) = (0, 0, 0, 0);
    for Row { name, answer, prediction } in &rows {
        let right = text(answer, "label")?;
        let given = prediction.map_or(Ok("neither"), |prediction| text(prediction, "label"))?;
        if !LABELS.contains(&given) {
            bail!("line {name:?}: {given:?} is no label; they are {}", LABELS.join(", "));
        }
        let is_right = (right == "says") == (given == "says");
        says.push(is_right);
        match right {
            "says" => (supported, flagged) = (supported + 1, flagged + usize::from(!is_right)),
            _ => (unsupported, caught) = (unsupported + 1, caught + usize::from(is_right)),
        }
        if LABELS.contains(&right) {
            labels.push(right == given);
        }
        let quote = prediction.map_or(Ok(""), |prediction| text(prediction, "quote"))?;
        verbatim.push(text(answer, "premise")?.contains(quote));
        sets.entry(text(answer, "set")?.to_owned()).or_default().push(is_right);
    }
    let hits = supported - flagged;
    let mut figures = counts
        .share("accuracy", share_of(&says))
        .share("caught", ratio(f64::from(caught as u32), f64::from(unsupported as u32)))
        .share("flagged", ratio(f64::from(flagged as u32), f64::from(supported as u32)))
        .share("labels", share_of(&labels))
        .share("verbatim", share_of(&verbatim))
        .part("says", precision_recall(hits, hits + unsupported - caught, supported));
    for (set, right) in sets.iter().filter(|(set, _)| !set.is_empty()) {
        figures =
            figures.part(set, Figures::new().count("n", right.len()).share("accuracy", share_of(right)));
    }
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn unsupported_ones_are_caught_and_quotes_are_the_texts_own() {
        let answer =
            |label: &str| json!({"premise": "The pier was sold. It rained.", "claim": "x", "label": label});
        let answers = [answer("says"), answer("says"), answer("denies"), answer("not_says")];
        let given = |id: usize, label: &str, quote: &str| json!({"id": id, "label": label, "score": 0.5, "quote": quote});
        let predictions = [
            given(0, "says", "The pier was sold."),
            given(1, "partly", "The pier is sold."),
            given(2, "neither", ""),
            given(3, "says", ""),
        ];
        let figures = score(&answers, &predictions).unwrap();
        assert_eq!(figures.get("accuracy"), Some(0.5));
        assert_eq!((figures.get("caught"), figures.get("flagged")), (Some(0.5), Some(0.5)));
        assert_eq!(figures.get("verbatim"), Some(0.75));
        assert_eq!(figures.get("labels").map(|share| (share * 3.0).round()), Some(1.0));
        assert!(score(&answers, &[given(0, "maybe", "")]).is_err());
    }
}

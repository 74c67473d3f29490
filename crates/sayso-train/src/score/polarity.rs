//! How well a contradiction is told from an entailment and from sentences that have nothing to do with each other.

use super::figures::{Figures, precision_recall, share_of};
use super::words::fold;
use anyhow::{Context, Result, bail};
use serde_json::Value;

const CONTRADICTION: &str = "contradiction";

/// Answers `{a, b, label}`, predictions `{label}` in the same order.
pub(crate) fn score(answers: &[Value], predictions: &[Value]) -> Result<Figures> {
    if answers.len() != predictions.len() {
        bail!("{} predictions for {} answers", predictions.len(), answers.len());
    }
    let label = |line: &Value| -> Result<String> {
        let label = line.get("label").and_then(Value::as_str);
        Ok(fold(label.with_context(|| format!("a line has no \"label\": {line}"))?))
    };
    let (mut right, mut hits, mut predicted, mut true_ones) = (Vec::new(), 0, 0, 0);
    for (answer, prediction) in answers.iter().zip(predictions) {
        let (answer, prediction) = (label(answer)?, label(prediction)?);
        let (is, called) = (answer == CONTRADICTION, prediction == CONTRADICTION);
        hits += usize::from(is && called);
        predicted += usize::from(called);
        true_ones += usize::from(is);
        right.push(answer == prediction);
    }
    Ok(Figures::new()
        .count("n", right.len())
        .share("accuracy", share_of(&right))
        .part(CONTRADICTION, precision_recall(hits, predicted, true_ones)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn labels_are_compared_in_order() {
        let lines = |labels: &[&str]| labels.iter().map(|label| json!({"label": label})).collect::<Vec<_>>();
        let answers = lines(&["contradiction", "neutral", "contradiction", "entailment"]);
        let predictions = lines(&["Contradiction ", "contradiction", "neutral", "entailment"]);
        let figures = score(&answers, &predictions).unwrap();
        assert_eq!(figures.get("accuracy"), Some(0.5));
        assert_eq!(figures.get("contradiction.p"), Some(0.5));
        assert_eq!(figures.get("contradiction.r"), Some(0.5));
        assert!(score(&answers, &predictions[1..]).is_err());
        assert!(score(&answers[..1], &[json!({})]).is_err());
    }
}

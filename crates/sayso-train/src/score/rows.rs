//! Answers and predictions, joined line by line.
//!
//! A line that the predictions lack counts as an empty answer (`missing`); one that the answers lack is ignored
//! (`unknown`); both are counted. A doubled line is an error, since one could guess twice that way.

use super::figures::Figures;
use anyhow::{Result, bail};
use serde_json::Value;
use std::collections::HashMap;

/// One line of answers with the line of predictions that belongs to it, if there is one.
pub(crate) struct Row<'a> {
    pub(crate) name: String,
    pub(crate) answer: &'a Value,
    pub(crate) prediction: Option<&'a Value>,
}

/// The rows in the order of the answers, and how many had no partner.
pub(crate) fn join<'a>(
    answers: Vec<(String, &'a Value)>,
    predictions: Vec<(String, &'a Value)>,
) -> Result<(Vec<Row<'a>>, Figures)> {
    let mut by_name: HashMap<String, &Value> = HashMap::with_capacity(predictions.len());
    for (name, prediction) in predictions {
        if by_name.contains_key(&name) {
            bail!("two predictions for {name:?}");
        }
        by_name.insert(name, prediction);
    }
    let predicted = by_name.len();
    let mut rows = Vec::with_capacity(answers.len());
    for (name, answer) in answers {
        let prediction = by_name.get(&name).copied();
        rows.push(Row { name, answer, prediction });
    }
    let known = rows.iter().filter(|row| row.prediction.is_some()).count();
    let counts = Figures::new()
        .count("n", rows.len())
        .count("missing", rows.len() - known)
        .count("unknown", predicted - known);
    Ok((rows, counts))
}

/// Joins two lists of lines by their `id`.
pub(crate) fn join_by_id<'a>(
    answers: &'a [Value],
    predictions: &'a [Value],
) -> Result<(Vec<Row<'a>>, Figures)> {
    join(by_key(answers, "id")?, by_key(predictions, "id")?)
}

/// Lines with the names they have under `key`; an error where one has none, or two have the same.
pub(crate) fn by_key<'a>(lines: &'a [Value], key: &str) -> Result<Vec<(String, &'a Value)>> {
    let mut seen = std::collections::HashSet::with_capacity(lines.len());
    let mut named = Vec::with_capacity(lines.len());
    for line in lines {
        let Some(name) = line.get(key).and_then(label) else {
            let start: String = line.to_string().chars().take(100).collect();
            bail!("a line has no {key:?}: {start}");
        };
        if !seen.insert(name.clone()) {
            bail!("two lines for {key} {name:?}");
        }
        named.push((name, line));
    }
    Ok(named)
}

/// An id as text, so that 7 and "7" are one.
pub(crate) fn label(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A list under a key; none where the key is missing or null, an error where it holds something else.
pub(crate) fn list<'a>(line: &'a Value, key: &str) -> Result<&'a [Value]> {
    match line.get(key) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(items)) => Ok(items),
        Some(other) => bail!("{key:?} should be a list, not {other}"),
    }
}

/// A text under a key; empty where the key is missing or null, an error where it holds something else.
pub(crate) fn text<'a>(line: &'a Value, key: &str) -> Result<&'a str> {
    match line.get(key) {
        None | Some(Value::Null) => Ok(""),
        Some(Value::String(text)) => Ok(text),
        Some(other) => bail!("{key:?} should be a text, not {other}"),
    }
}

/// The labels in a list, as text.
pub(crate) fn labels(items: &[Value]) -> Result<Vec<String>> {
    let label = |item: &Value| label(item).ok_or_else(|| anyhow::anyhow!("{item} should be an id"));
    items.iter().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lines_without_a_partner_are_counted() {
        let answers = [json!({"id": 1}), json!({"id": "two"}), json!({"id": 3})];
        let predictions = [json!({"id": "3"}), json!({"id": 1, "x": 0}), json!({"id": 9})];
        let (rows, counts) = join_by_id(&answers, &predictions).unwrap();
        let found: Vec<bool> = rows.iter().map(|row| row.prediction.is_some()).collect();
        assert_eq!(found, [true, false, true]);
        assert_eq!(counts, Figures::new().count("n", 3).count("missing", 1).count("unknown", 1));
    }

    #[test]
    fn doubled_and_nameless_lines_are_refused() {
        assert!(join_by_id(&[json!({"id": 1})], &[json!({"id": 1}), json!({"id": "1"})]).is_err());
        assert!(join_by_id(&[json!({"id": 1}), json!({"id": 1})], &[]).is_err());
        assert!(join_by_id(&[json!({"text": "no id"})], &[]).is_err());
    }
}

//! How well mentions of one entity are brought together across documents.
//!
//! Pairs of mentions in different lines; a pair is right if both name one entity. The figures of a kind look at
//! mentions of that kind only, `all` at every pair. A label of null is an entity by itself.

use super::figures::{Figures, precision_recall};
use super::rows::{join_by_id, list};
use anyhow::{Result, bail};
use serde_json::Value;
use std::collections::HashMap;
use std::hash::Hash;

struct Mention {
    line: usize,
    entity: String,
    kind: String,
    label: Label,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Label {
    Alone(usize, usize),
    Given(String),
}

/// Answers `{id, mentions, entities, kinds}`, predictions `{id, entities}`.
pub(crate) fn score(answers: &[Value], predictions: &[Value]) -> Result<Figures> {
    let (rows, counts) = join_by_id(answers, predictions)?;
    let mut mentions = Vec::new();
    for (line, row) in rows.iter().enumerate() {
        let (entities, kinds) = (list(row.answer, "entities")?, list(row.answer, "kinds")?);
        let given =
            match row.prediction.map(|prediction| prediction.get("entities").and_then(Value::as_array)) {
                None => None,
                Some(Some(labels)) if labels.len() == entities.len() => Some(labels),
                Some(labels) => {
                    let count = labels.map_or(0, Vec::len);
                    bail!("line {:?}: {count} labels for {} mentions", row.name, entities.len());
                }
            };
        for (place, (entity, kind)) in entities.iter().zip(kinds).enumerate() {
            let label = match given.map(|labels| &labels[place]) {
                None | Some(Value::Null) => Label::Alone(line, place),
                Some(label) => Label::Given(label.to_string()),
            };
            let kind = kind.as_str().unwrap_or_default().to_owned();
            mentions.push(Mention { line, entity: entity.to_string(), kind, label });
        }
    }
    let mut figures = counts.count("mentions", mentions.len());
    for kind in ["PER", "ORG", "GPE", "OTHER", "all"] {
        let some: Vec<&Mention> =
            mentions.iter().filter(|mention| kind == "all" || mention.kind == kind).collect();
        let hits = cross_pairs(&some, |mention| (&mention.entity, &mention.label));
        let predicted = cross_pairs(&some, |mention| &mention.label);
        let right = cross_pairs(&some, |mention| &mention.entity);
        figures = figures.part(kind, precision_recall(hits, predicted, right).count("mentions", some.len()));
    }
    Ok(figures)
}

/// How many pairs of mentions in different lines agree on a key: all pairs, less those within a line.
fn cross_pairs<'a, K: Eq + Hash>(mentions: &[&'a Mention], key: impl Fn(&'a Mention) -> K) -> usize {
    let mut lines: HashMap<K, HashMap<usize, usize>> = HashMap::new();
    for mention in mentions {
        *lines.entry(key(mention)).or_default().entry(mention.line).or_default() += 1;
    }
    let pairs = |counts: &HashMap<usize, usize>| {
        let all: usize = counts.values().sum();
        (all * all - counts.values().map(|count| count * count).sum::<usize>()) / 2
    };
    lines.values().map(pairs).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn answers() -> [Value; 3] {
        [
            json!({"id": "a", "entities": ["Ito", "Ito", "Kobe"], "kinds": ["PER", "PER", "GPE"]}),
            json!({"id": "b", "entities": ["Ito", "Acme"], "kinds": ["PER", "ORG"]}),
            json!({"id": "c", "entities": ["Acme", "Kobe"], "kinds": ["ORG", "GPE"]}),
        ]
    }

    #[test]
    fn pairs_across_lines_are_counted_by_kind() {
        // Ito: a-b twice; Kobe: a-c once; Acme: b-c once. Predicted: one label over Ito (a, first), Ito (b), Acme (c).
        let predictions = [
            json!({"id": "a", "entities": [1, null, "k"]}),
            json!({"id": "b", "entities": [1, "x"]}),
            json!({"id": "c", "entities": [1, "k"]}),
        ];
        let figures = score(&answers(), &predictions).unwrap();
        assert_eq!(figures.get("mentions"), Some(7.0));
        assert_eq!((figures.get("PER.hits"), figures.get("PER.true")), (Some(1.0), Some(2.0)));
        assert_eq!(figures.get("PER.p"), Some(1.0));
        assert_eq!((figures.get("ORG.predicted"), figures.get("ORG.true")), (Some(0.0), Some(1.0)));
        assert_eq!(figures.get("GPE.f1"), Some(1.0));
        // Over all: a-b, a-c, b-c under 1 and a-c under k; a-b and the Kobe pair are right.
        assert_eq!((figures.get("all.hits"), figures.get("all.predicted")), (Some(2.0), Some(4.0)));
        assert_eq!(figures.get("all.true"), Some(4.0));
    }

    #[test]
    fn a_line_of_the_wrong_length_is_refused_and_a_missing_one_is_not() {
        assert!(score(&answers(), &[json!({"id": "b", "entities": [1]})]).is_err());
        assert!(score(&answers(), &[json!({"id": "b"})]).is_err());
        assert_eq!(score(&answers(), &[]).unwrap().get("missing"), Some(3.0));
    }
}

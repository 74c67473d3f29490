//! What a page changed of the words that it passes on: words added, cut and altered; a hedge, a number, a name lost.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeSet;

/// Words by which somebody says that they are not sure, or that others say so.
const HEDGES: &[&str] = &[
    "reportedly",
    "allegedly",
    "apparently",
    "possibly",
    "perhaps",
    "maybe",
    "may",
    "might",
    "could",
    "would",
    "likely",
    "probably",
    "suggests",
    "suggest",
    "suggesting",
    "appears",
    "appear",
    "seems",
    "seem",
    "believed",
    "believes",
    "claims",
    "claimed",
    "alleged",
    "suspected",
    "unconfirmed",
    "about",
    "around",
    "roughly",
    "nearly",
    "almost",
    "some",
    "estimated",
    "thought",
];

/// Words in the place of others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replaced {
    /// As they were.
    pub was: String,
    /// As they are.
    pub is: String,
}

/// What is not as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Words that are new.
    pub added: Vec<String>,
    /// Words that are gone.
    pub cut: Vec<String>,
    /// Words in the place of others.
    pub altered: Vec<Replaced>,
    /// Hedges that are gone, where no other came in their place.
    pub hedges_lost: Vec<String>,
    /// Numbers in the place of others.
    pub numbers_changed: Vec<Replaced>,
    /// Names that are gone.
    pub names_lost: Vec<String>,
}

impl Changed {
    /// Whether all is as it was.
    pub fn is_nothing(&self) -> bool {
        *self == Changed::default()
    }

    /// What is not as it was between two passages.
    pub(super) fn between(was: &str, is: &str) -> Changed {
        let (old, new) = (Words::of(was), Words::of(is));
        let mut changed = Changed::default();
        for op in capture_diff_slices(Algorithm::Myers, &old.lower, &new.lower) {
            match op {
                DiffOp::Equal { .. } => {}
                DiffOp::Delete { old_index, old_len, .. } => changed.cut.push(old.some(old_index, old_len)),
                DiffOp::Insert { new_index, new_len, .. } => changed.added.push(new.some(new_index, new_len)),
                DiffOp::Replace { old_index, old_len, new_index, new_len } => changed
                    .altered
                    .push(Replaced { was: old.some(old_index, old_len), is: new.some(new_index, new_len) }),
            }
        }
        let has = |words: &Words, word: &str| words.lower.iter().any(|other| other == word);
        if !new.lower.iter().any(|word| HEDGES.contains(&word.as_str())) {
            let lost: BTreeSet<&String> =
                old.lower.iter().filter(|word| HEDGES.contains(&word.as_str())).collect();
            changed.hedges_lost = lost.into_iter().cloned().collect();
        }
        let of = |words: &str| -> Vec<String> {
            words.split(' ').filter(|word| is_number(word)).map(str::to_owned).collect()
        };
        for Replaced { was, is } in &changed.altered {
            let (was, is) = (of(was), of(is));
            if !was.is_empty() && !is.is_empty() && was != is {
                changed.numbers_changed.push(Replaced { was: was.join(" "), is: is.join(" ") });
            }
        }
        let names = old
            .written
            .iter()
            .zip(&old.lower)
            .enumerate()
            .filter(|(at, (word, _))| *at > 0 && word.starts_with(char::is_uppercase));
        let mut seen = BTreeSet::new();
        for (_, (word, lower)) in names {
            if !has(&new, lower) && seen.insert(lower) {
                changed.names_lost.push(word.clone());
            }
        }
        changed
    }
}

/// How alike two passages are, 0 to 1.
pub(super) fn likeness(a: &str, b: &str) -> f32 {
    let (a, b) = (Words::of(a), Words::of(b));
    let ops = capture_diff_slices(Algorithm::Myers, &a.lower, &b.lower);
    let same: usize = ops.iter().map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 }).sum();
    2.0 * same as f32 / (a.lower.len() + b.lower.len()).max(1) as f32
}

fn is_number(word: &str) -> bool {
    const NUMBERS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand",
        "million", "dozen",
    ];
    let lower = word.to_lowercase();
    lower.starts_with(|c: char| c.is_ascii_digit()) || lower.split('-').any(|part| NUMBERS.contains(&part))
}

/// The words of a passage, without the marks around them.
struct Words {
    written: Vec<String>,
    lower: Vec<String>,
}

impl Words {
    fn of(text: &str) -> Words {
        let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let written: Vec<String> =
            text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
        let lower = written.iter().map(|word| word.to_lowercase()).collect();
        Words { written, lower }
    }

    fn some(&self, from: usize, count: usize) -> String {
        self.written[from..from + count].join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hedges_numbers_and_names_are_told_beside_the_words() {
        let was = "Officials say forty-one barrels may have come from the Halden dye works.";
        let changed =
            Changed::between(was, "Officials say sixty barrels have come from the dye works in Ulmark.");
        assert_eq!(changed.hedges_lost, ["may"]);
        let number = Replaced { was: "forty-one".to_owned(), is: "sixty".to_owned() };
        assert_eq!(changed.numbers_changed, [number]);
        assert_eq!(changed.names_lost, ["Halden"]);
        assert_eq!(changed.added, ["in Ulmark"]);
        assert!(Changed::between(was, was).is_nothing() && likeness(was, was) > 0.99);
    }
}

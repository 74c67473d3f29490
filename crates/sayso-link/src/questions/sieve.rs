//! Which sentences of some pages may speak to a proposition: those that hold its rare words, or words near to them.

use crate::words::{Word, Wording, Wordings};

/// Words whose vectors are nearer than this mean nearly the same.
const NEAR: f32 = 0.5;
/// What stands before a sentence names those of whom it speaks, and counts by so much.
const BEFORE: f32 = 0.35;

/// How well a sentence with what stands before it covers a proposition, 0 to 1.
pub(super) fn covered(asked: &Wording, before: &Wording, text: &Wording, wordings: &Wordings) -> f32 {
    let (mut covered, mut all) = (0.0, 0.0);
    for word in asked.content() {
        let rarity = wordings.rarity(word.stem);
        let here = nearest(word, text, wordings);
        let there = BEFORE * nearest(word, before, wordings);
        covered += rarity * here.max(there);
        all += rarity;
    }
    if all > 0.0 { covered / all } else { 0.0 }
}

/// How near the nearest word of a text is, 0 to 1.
pub(crate) fn nearest(word: &Word, text: &Wording, wordings: &Wordings) -> f32 {
    let mut best = 0.0f32;
    for other in text.content() {
        if other.stem == word.stem {
            return 1.0;
        }
        if let (Some(a), Some(b)) = (word.vector, other.vector) {
            let near = wordings.vectors().nearness(a, b);
            if near > NEAR {
                best = best.max(near);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Models;

    #[test]
    fn what_names_its_subject_before_covers_more_than_what_is_about_something_else() {
        let wordings = &Models::built_in().wordings;
        let asked = wordings.of("Ilse Marwick saw the barrels on the pier.");
        let share =
            |before: &str, text: &str| covered(&asked, &wordings.of(before), &wordings.of(text), wordings);
        let whole = share("", "Ilse Marwick saw barrels on a pier.");
        let told = share("Ilse Marwick counts boats.", "She saw the barrels there.");
        let other = share("", "The council met on Monday.");
        assert!(whole > 0.99 && whole > told && told > other && other < 0.2, "{whole} {told} {other}");
    }
}

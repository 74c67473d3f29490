//! Whether a sentence says what a notice calls wrong: shared matter, each word weighed by how rare it is.

use crate::sources::place_name;
use crate::words::{Wordings, is_stop, spans};

/// Two different words are taken for one matter from this nearness of their vectors on ("arms", "weapons").
const NEAR: f32 = 0.5;
/// The share of a notice's matter, by rarity, that a sentence must have for the notice to speak of it.
const SURE: f32 = 0.62;
/// The same for it to be asked about.
const POSSIBLE: f32 = 0.5;
/// So much of what it names, and so much of the rest, must be among the share.
const NAMES: f32 = 0.6;
const TOPICS: f32 = 0.5;
/// A sentence of which so much is in the notice says a part of what the notice speaks of.
const CONTAINED: f32 = 0.7;

/// Words of notices about saying and being wrong, which are no matter.
const OF_NOTICES: &[&str] = &[
    "account",
    "accounts",
    "apologise",
    "apologize",
    "apology",
    "article",
    "articles",
    "blog",
    "claim",
    "claims",
    "correct",
    "correction",
    "earlier",
    "error",
    "errors",
    "fact",
    "facts",
    "false",
    "fraudulent",
    "history",
    "incorrect",
    "incorrectly",
    "judgement",
    "judgment",
    "magnitude",
    "mistake",
    "mistaken",
    "mistakenly",
    "mistakes",
    "original",
    "page",
    "paragraph",
    "post",
    "previous",
    "readers",
    "report",
    "reported",
    "reports",
    "retract",
    "retraction",
    "said",
    "sentence",
    "statement",
    "statements",
    "story",
    "untrue",
    "version",
    "write",
    "wrong",
    "wrongly",
    "wrote",
];

/// A word that carries matter.
#[derive(Clone, Debug)]
pub(super) struct Concept {
    form: String,
    stem: u64,
    vector: Option<u32>,
    nearness: Vec<f32>,
    /// The place that it names, or whose people it names.
    place: Option<&'static str>,
    number: Option<f32>,
    name: bool,
    weight: f32,
}

/// Whether a notice means a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    Surely,
    Perhaps,
    No,
}

/// The words of a text that carry matter, each once.
pub(super) fn concepts(text: &str, wordings: &Wordings) -> Vec<Concept> {
    let mut found: Vec<Concept> = Vec::new();
    // "U.S." is a word, and "us" is none that carries matter.
    let text = text.replace("U.S.", "America").replace("U.K.", "Britain");
    for span in spans(&text) {
        let written = span.of(&text);
        let form = written.to_lowercase();
        if is_stop(&form) || OF_NOTICES.contains(&form.as_str()) || form.chars().count() < 2 {
            continue;
        }
        let wording = wordings.of(&form);
        let Some(word) = wording.words.first() else { continue };
        if found.iter().any(|one| one.stem == word.stem) {
            continue;
        }
        let place = place_name(&form);
        found.push(Concept {
            stem: word.stem,
            vector: word.vector,
            nearness: word.vector.map(|place| wordings.vectors().at(place).to_vec()).unwrap_or_default(),
            number: word.number,
            name: place.is_some() || written.starts_with(char::is_uppercase) && span.start > 0,
            weight: wordings.rarity(word.stem).max(1.0),
            place,
            form,
        });
    }
    found
}

impl Concept {
    /// How much one word is another's matter, 0 to 1.
    fn like(&self, other: &Concept) -> f32 {
        if self.number.is_some() || other.number.is_some() {
            return f32::from(u8::from(self.number == other.number));
        }
        if self.stem == other.stem || self.place.is_some() && self.place == other.place {
            return 1.0;
        }
        if is_people_of(&self.form, &other.form) || is_people_of(&other.form, &self.form) {
            return 1.0;
        }
        // Two names are not one for being alike.
        if self.place.is_some() || other.place.is_some() || self.name && other.name {
            return 0.0;
        }
        match (self.vector, other.vector) {
            (Some(_), Some(_)) => {
                let near: f32 = self.nearness.iter().zip(&other.nearness).map(|(a, b)| a * b).sum();
                if near >= NEAR { 0.85 } else { 0.0 }
            }
            _ => 0.0,
        }
    }

    /// Whether this is a word that is rare enough to tell what a sentence is about.
    pub(super) fn is_telling(&self) -> bool {
        self.weight >= 5.0 && self.number.is_none()
    }

    pub(super) fn is_same(&self, other: &Concept) -> bool {
        self.like(other) > 0.0
    }
}

/// Whether a word is formed from the name of a place that the table of places lacks ("Castrian", "Castria").
fn is_people_of(people: &str, place: &str) -> bool {
    let stem = place.trim_end_matches(['a', 'e', 'i', 'o', 'y']);
    let ending = || people.strip_prefix(place).or_else(|| people.strip_prefix(stem));
    stem.chars().count() >= 4
        && ending().is_some_and(|ending| {
            ["n", "an", "ian", "ean", "ese", "i", "ish", "ns", "ans", "ians", "eans", "is"].contains(&ending)
        })
}

/// How much of one text's matter is in another: of all, of what it names, of the rest.
struct Share {
    all: f32,
    names: f32,
    topics: f32,
    /// How many words are in both.
    words: usize,
}

fn share(of: &[Concept], within: &[Concept]) -> Share {
    let like = |one: &Concept| within.iter().map(|other| one.like(other)).fold(0.0, f32::max);
    let part = |is_counted: &dyn Fn(&Concept) -> bool| {
        let counted = || of.iter().filter(|one| is_counted(one));
        let whole: f32 = counted().map(|one| one.weight).sum();
        let shared: f32 = counted().map(|one| one.weight * like(one)).sum();
        if whole > 0.0 { shared / whole } else { 1.0 }
    };
    Share {
        all: part(&|_| true),
        names: part(&|one| one.name),
        topics: part(&|one| !one.name),
        words: of.iter().filter(|one| like(one) > 0.0).count(),
    }
}

/// Whether a sentence says what a notice speaks of.
pub(super) fn meant(matter: &[Concept], sentence: &[Concept]) -> Meant {
    // "Sixty-two lorries" is what was wrong, and "fifty-two lorries" what is right.
    let lacks = |some: &[Concept], others: &[Concept]| {
        let mut numbers = some.iter().filter(|one| one.number.is_some());
        numbers.any(|one| others.iter().all(|other| other.number != one.number))
    };
    if lacks(matter, sentence) && lacks(sentence, matter) {
        return Meant::No;
    }
    let there = share(matter, sentence);
    let is_about = there.words > 0 && there.names >= NAMES && there.topics >= TOPICS;
    let is_part = || {
        let back = share(sentence, matter);
        there.topics > 0.0 && back.words >= 2 && back.all >= CONTAINED
    };
    if is_about && there.all >= SURE || there.words >= 2 && is_part() {
        return Meant::Surely;
    }
    if is_about && there.all >= POSSIBLE { Meant::Perhaps } else { Meant::No }
}

/// Whether a sentence has all the words of a matter that carry any, and no others.
pub(super) fn repeats(matter: &[Concept], sentence: &[Concept]) -> bool {
    const ALL: f32 = 0.99;
    !matter.is_empty() && share(matter, sentence).all >= ALL && share(sentence, matter).all >= ALL
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Models;

    fn judged(matter: &str, sentence: &str) -> Meant {
        let models = Models::built_in();
        meant(&concepts(matter, &models.wordings), &concepts(sentence, &models.wordings))
    }

    #[test]
    fn other_words_for_the_same_are_meant_and_other_matters_are_not() {
        let matter = "Castrian arms smuggling into Ulmark";
        assert_eq!(
            judged(matter, "The state of Castria has been smuggling weapons into Ulmark."),
            Meant::Surely
        );
        for other in [
            "Tensions over Castrian tolls and over Ulmark are coming to a boil.",
            "June was the deadliest month in Ulmark for two years.",
            "One of the goals was to secure the borders of Ulmark.",
            "If Castria and Ulmark go on like this, a war would not be surprising.",
        ] {
            assert_eq!(judged(matter, other), Meant::No, "{other}");
        }
    }

    #[test]
    fn a_sentence_with_another_number_is_not_meant() {
        assert_eq!(judged("the number of lorries as 62", "In May, 52 lorries came."), Meant::No);
        assert_eq!(judged("the number of lorries as 62", "In May, 62 lorries came."), Meant::Surely);
    }
}

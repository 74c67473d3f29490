//! How a source stands to what it says, from the words of the cue.

use sayso_record::Stance;

/// Stems of cue words with their stance. The first stem that some word of the cue starts with decides.
const STEMS: &[(&str, Stance)] = &[
    ("den", Stance::Denies),
    ("reject", Stance::Denies),
    ("refut", Stance::Denies),
    ("disput", Stance::Denies),
    ("dismiss", Stance::Denies),
    ("disavow", Stance::Denies),
    ("repudiat", Stance::Denies),
    ("debunk", Stance::Denies),
    ("disagree", Stance::Denies),
    ("contradict", Stance::Denies),
    ("rebut", Stance::Denies),
    ("doubt", Stance::Doubts),
    ("question", Stance::Doubts),
    ("skeptic", Stance::Doubts),
    ("sceptic", Stance::Doubts),
    ("unsure", Stance::Doubts),
    ("uncertain", Stance::Doubts),
    ("believ", Stance::Believes),
    ("think", Stance::Believes),
    ("thought", Stance::Believes),
    ("suspect", Stance::Believes),
    ("consider", Stance::Believes),
    ("assum", Stance::Believes),
    ("feel", Stance::Believes),
    ("felt", Stance::Believes),
    ("regard", Stance::Believes),
    ("seen", Stance::Believes),
    ("viewed", Stance::Believes),
    ("understood", Stance::Believes),
    ("guess", Stance::Believes),
    ("suppos", Stance::Believes),
    ("ask", Stance::Asks),
    ("wonder", Stance::Asks),
    ("inquir", Stance::Asks),
    ("predict", Stance::Predicts),
    ("forecast", Stance::Predicts),
    ("expect", Stance::Predicts),
    ("foresee", Stance::Predicts),
    ("project", Stance::Predicts),
    ("anticipat", Stance::Predicts),
    ("promis", Stance::Promises),
    ("vow", Stance::Promises),
    ("pledg", Stance::Promises),
    ("threaten", Stance::Promises),
    ("swore", Stance::Promises),
    ("commit", Stance::Promises),
    ("agree", Stance::Agrees),
    ("concur", Stance::Agrees),
    ("echo", Stance::Agrees),
    ("confirm", Stance::Agrees),
    ("acknowledg", Stance::Agrees),
    ("conced", Stance::Agrees),
    ("admit", Stance::Agrees),
];

/// The stance that a cue expresses; plain assertion where it has no word of another.
pub(super) fn stance(cue: &str) -> Stance {
    let cue = cue.to_lowercase().replace('’', "'");
    let words: Vec<&str> =
        cue.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).collect();
    let negated =
        words.iter().any(|word| matches!(*word, "not" | "never" | "no" | "hardly") || word.ends_with("n't"));
    let stance = words
        .iter()
        .filter(|word| !matches!(**word, "dental" | "denim" | "dense"))
        .find_map(|word| STEMS.iter().find(|(stem, _)| word.starts_with(stem)).map(|(_, stance)| *stance));
    match (stance, negated) {
        (Some(Stance::Denies), true) => Stance::Asserts,
        (Some(Stance::Believes | Stance::Predicts), true) => Stance::Doubts,
        (Some(Stance::Agrees), true) => Stance::Denies,
        (Some(stance), _) => stance,
        (None, _) => Stance::Asserts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues() {
        let cases = [
            ("said", Stance::Asserts),
            ("flatly denied", Stance::Denies),
            ("did not deny", Stance::Asserts),
            ("is also believed", Stance::Believes),
            ("doesn’t think", Stance::Doubts),
            ("agree with", Stance::Agrees),
            ("threatened", Stance::Promises),
            ("", Stance::Asserts),
        ];
        for (cue, right) in cases {
            assert_eq!(stance(cue), right, "{cue}");
        }
    }
}

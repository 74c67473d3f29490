//! The judge's verdict on a sentence of a page, made a probability: what share of sentences with such a verdict says it.
//!
//! The judge alone takes many a denial for what it denies: the words are the same but for one. A multinomial logistic
//! regression over its shares, negations and words of denial, fitted on 29 stories that the judge was not trained on,
//! puts that right in part.

use crate::judge::Verdict;

/// Weights of what [`features`] gives, then the intercept: of saying, and of denying, against neither.
const SAYS: [f32; 11] = [0.312, 0.125, 0.066, 0.299, -0.345, -0.173, -0.017, 0.04, -0.055, -2.288, -0.98];
const DENIES: [f32; 11] = [0.09, 0.334, 0.08, 0.226, 0.427, 0.585, -0.158, 0.075, -0.156, -1.53, -2.537];

/// Words that turn a clause round.
const NEGATIONS: &[&str] = &["not", "never", "no", "none", "nobody", "neither", "nor", "without", "cannot"];

/// Beginnings of words by which somebody says that something is not so.
const DENIALS: &[&str] = &[
    "deny",
    "denie",
    "denial",
    "reject",
    "disput",
    "dismiss",
    "refut",
    "debunk",
    "false",
    "untrue",
    "hoax",
    "fake",
    "bogus",
    "baseless",
    "unfounded",
    "misleading",
    "contradict",
    "rebuff",
    "wrong",
    "myth",
    "fabricat",
    "satir",
];

/// The same in more words than one.
const PHRASES: &[&str] =
    &["no evidence", "no truth", "shot down", "push back", "pushed back", "pushing back", "pushes back"];

/// The verdict as probabilities. How sure it is that a sentence only doubts is the judge's alone.
pub(super) fn calibrated(proposition: &str, text: &str, verdict: &Verdict) -> Verdict {
    let features = features(proposition, text, verdict);
    let score = |weights: &[f32; 11]| {
        features.iter().zip(weights).map(|(feature, weight)| feature * weight).sum::<f32>() + weights[10]
    };
    let (says, denies) = (libm::expf(score(&SAYS)), libm::expf(score(&DENIES)));
    let all = 1.0 + says + denies;
    let (says, denies) = (says / all, denies / all);
    Verdict { says, denies, doubts: verdict.doubts.min(1.0 - says - denies) }
}

fn features(proposition: &str, text: &str, verdict: &Verdict) -> [f32; 10] {
    let log_odds = |share: f32| libm::logf((share + 1e-3) / (1.0 - share + 1e-3));
    let (asked, text) = (proposition.to_lowercase(), text.to_lowercase());
    let number = |is: bool| f32::from(u8::from(is));
    let parity = number(is_negated(&asked) != is_negated(&text));
    let denial = number(is_denial(&text) && !is_denial(&asked));
    let (says, against) = (log_odds(verdict.says), log_odds(verdict.denies));
    let about = log_odds((verdict.says + verdict.denies).min(0.999));
    [
        says,
        against,
        log_odds(verdict.doubts),
        about,
        parity,
        denial,
        parity * says,
        parity * against,
        denial * about,
        number(text.trim_end().ends_with('?')),
    ]
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty())
}

/// Whether a text in lower case is negated.
pub(crate) fn is_negated(text: &str) -> bool {
    words(text).any(|word| NEGATIONS.contains(&word) || word.ends_with("n't") || word.ends_with("n’t"))
}

/// Whether a text in lower case has words by which somebody says that something is not so.
pub(crate) fn is_denial(text: &str) -> bool {
    words(text).any(|word| {
        DENIALS.iter().any(|start| word.starts_with(start)) || matches!(word, "lie" | "lies" | "lied")
    }) || PHRASES.iter().any(|phrase| text.contains(phrase))
        || text.contains("not true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negation_moves_what_is_said_towards_a_denial() {
        let verdict = Verdict { says: 0.8, denies: 0.15, doubts: 0.0 };
        let asked = "The board sold the pier.";
        let plain = calibrated(asked, "The pier was sold by the board, Anna Lund said.", &verdict);
        let negated = calibrated(asked, "Anna Lund denied that the board had not kept the pier.", &verdict);
        assert!(plain.says > negated.says && plain.denies < negated.denies, "{plain:?} {negated:?}");
        let question = calibrated(asked, "Did the board sell the pier?", &verdict);
        assert!(question.says < plain.says);
        for verdict in [plain, negated, question] {
            assert!((0.0..=1.0).contains(&verdict.neither()), "{verdict:?}");
        }
    }
}

//! How a source stands to the words of its content, from the words of the cue, and from the content's own form where
//! the cue only says that somebody speaks. A "not" inside the content is part of what is said: who says that it is not
//! so asserts just that.

use super::patterns::BE;
use super::saying::Saying;
use sayso_record::Stance;

/// Stems of cue words with their stance. The first stem that some word of the cue starts with decides.
const STEMS: &[(&str, Stance)] = &[
    ("deni", Stance::Denies),
    ("deny", Stance::Denies),
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
    ("rebuff", Stance::Denies),
    ("contest", Stance::Denies),
    ("disprov", Stance::Denies),
    ("doubt", Stance::Doubts),
    ("question", Stance::Doubts),
    ("skeptic", Stance::Doubts),
    ("sceptic", Stance::Doubts),
    ("unsure", Stance::Doubts),
    ("uncertain", Stance::Doubts),
    ("unconvinced", Stance::Doubts),
    ("distrust", Stance::Doubts),
    ("mistrust", Stance::Doubts),
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
    ("fear", Stance::Believes),
    ("hope", Stance::Believes),
    ("hoping", Stance::Believes),
    ("imagin", Stance::Believes),
    ("presum", Stance::Believes),
    ("convinc", Stance::Believes),
    ("persuaded", Stance::Believes),
    ("opinion", Stance::Believes),
    ("ask", Stance::Asks),
    ("wonder", Stance::Asks),
    ("inquir", Stance::Asks),
    ("enquir", Stance::Asks),
    ("quer", Stance::Asks),
    ("predict", Stance::Predicts),
    ("forecast", Stance::Predicts),
    ("expect", Stance::Predicts),
    ("foresee", Stance::Predicts),
    ("project", Stance::Predicts),
    ("anticipat", Stance::Predicts),
    ("prophes", Stance::Predicts),
    ("foretold", Stance::Predicts),
    ("promis", Stance::Promises),
    ("vow", Stance::Promises),
    ("pledg", Stance::Promises),
    ("threaten", Stance::Promises),
    ("offer", Stance::Promises),
    ("guarante", Stance::Promises),
    ("undertook", Stance::Promises),
    ("swear", Stance::Promises),
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

/// Words before a noun: "told the committee" commits nobody, and "in reply to a question" doubts nothing.
const BEFORE_NOUNS: &[&str] = &["the", "a", "an", "his", "her", "its", "their", "my", "our", "this", "of"];

/// Verbs that take back the one after them ("declined to confirm").
const REFUSING: &[&str] = &["declin", "refus", "fail", "unable", "cannot", "neither", "nor"];

/// The stance that a cue expresses to this content; plain assertion where neither has words of another. `saying` is what the
/// words around the cue tell.
pub(super) fn stance(cue: &str, content: &str, saying: Saying) -> Stance {
    if let Some(stance) = saying.stance {
        return stance;
    }
    let cue = words(cue);
    let negated = saying.negated
        || cue.iter().any(|word| {
            matches!(word.as_str(), "not" | "never" | "no" | "hardly" | "without")
                || word.ends_with("n't")
                || REFUSING.iter().any(|stem| word.starts_with(stem))
        });
    let told = cue.iter().enumerate().find_map(|(at, word)| {
        let noun = at > 0 && BEFORE_NOUNS.contains(&cue[at - 1].as_str());
        let (stem, stance) = STEMS.iter().find(|(stem, _)| word.starts_with(stem) && !noun)?;
        // "has seen" is no opinion, and "is seen as" is.
        let opinion = *stem != "seen" || cue.iter().any(|word| BE.contains(&word.as_str()));
        opinion.then_some((*stem, *stance))
    });
    match (told, negated) {
        (Some(("confirm", _)), true) => Stance::Doubts,
        (Some((_, Stance::Denies)), true) => Stance::Asserts,
        (Some((_, Stance::Doubts)), true) => Stance::Believes,
        (Some((_, Stance::Believes | Stance::Predicts)), true) => Stance::Doubts,
        // Who refuses to concede something does not say that it is not so.
        (Some((_, Stance::Agrees)), true) => Stance::Doubts,
        (Some((_, stance)), _) => stance,
        (None, _) if cue.windows(2).any(|pair| pair[0].starts_with("rul") && pair[1] == "out") => {
            if negated {
                Stance::Doubts
            } else {
                Stance::Denies
            }
        }
        (None, true) if saying.negated => Stance::NotSaid,
        (None, _) => of_content(content),
    }
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .replace('’', "'")
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether words end as a question does.
pub(super) fn is_question(words: &str) -> bool {
    words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '”' | '"' | '\'' | '’')).ends_with('?')
}

/// How far into a content its first verb is looked for.
const FIRST_CLAUSE_WORDS: usize = 9;

/// What the form of a content tells: a question asks, "we will" promises, "it will" predicts.
fn of_content(content: &str) -> Stance {
    if is_question(content) && content.trim_start().starts_with(['“', '"']) {
        return Stance::Asks;
    }
    let clause = content.split([',', ';', ':', '.']).next().unwrap_or_default();
    let clause = words(clause);
    let future = clause.iter().take(FIRST_CLAUSE_WORDS).position(|word| {
        matches!(word.as_str(), "will" | "would" | "shall" | "won't" | "who" | "which" | "if" | "when")
            || word.ends_with("'ll")
    });
    let Some(at) = future.filter(|&at| !matches!(clause[at].as_str(), "who" | "which" | "if" | "when"))
    else {
        return Stance::Asserts;
    };
    let supposed = clause[at] == "would"
        && clause.get(at + 1).is_some_and(|word| matches!(word.as_str(), "have" | "like" | "prefer"));
    let speaker = at.checked_sub(1).map_or("", |before| clause[before].as_str());
    let own = matches!(speaker, "i" | "we") || matches!(clause[at].as_str(), "i'll" | "we'll");
    match (supposed, own && clause[at] != "would") {
        (true, _) => Stance::Asserts,
        (_, true) => Stance::Promises,
        _ => Stance::Predicts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents() {
        let cases = [
            ("“Who signed it?”", Stance::Asks),
            ("“We will pay every family,”", Stance::Promises),
            ("the port would reopen in May", Stance::Predicts),
            ("it would have failed", Stance::Asserts),
            ("those who will not pay are few", Stance::Asserts),
            ("it was not for sale", Stance::Asserts),
        ];
        for (content, right) in cases {
            assert_eq!(stance("said", content, Saying::default()), right, "{content}");
        }
    }

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
            ("told the committee", Stance::Asserts),
            ("said in reply to a question", Stance::Asserts),
            ("declined to confirm", Stance::Doubts),
            ("has no doubt", Stance::Believes),
            ("ruled out", Stance::Denies),
            ("", Stance::Asserts),
        ];
        for (cue, right) in cases {
            assert_eq!(stance(cue, "the bank had failed", Saying::default()), right, "{cue}");
        }
    }
}

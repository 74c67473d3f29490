//! What is wrong with an answer, in a line for a person to read.

use super::Answered;
use super::rows::documents;

/// Somebody was found for what nobody says.
pub(super) fn of_nobody(answered: &Answered) -> String {
    let found = answered.found;
    let quotes: Vec<String> = found
        .for_it
        .iter()
        .chain(&found.against)
        .take(2)
        .map(|entry| entry.quote.chars().take(90).collect())
        .collect();
    line(answered, "answers what nobody says", &quotes)
}

/// A claim is not answered wholly right.
pub(super) fn of_claim(answered: &Answered) -> String {
    let (found, right) = (answered.found, &answered.question.answer);
    let what = format!(
        "for {:?} not {:?}, against {:?} not {:?}, {} {:?} not {} {:?}",
        Vec::from_iter(documents(&found.for_it)),
        Vec::from_iter(documents(&right.for_it)),
        Vec::from_iter(documents(&found.against)),
        Vec::from_iter(documents(&right.against)),
        found.standing,
        found.independent_for,
        right.standing,
        right.independent_for
    );
    let origins: Vec<String> = found.origins_for.iter().map(|origin| origin.name.clone()).collect();
    line(answered, &what, &origins)
}

fn line(answered: &Answered, what: &str, words: &[String]) -> String {
    let Answered { story, question, form, .. } = answered;
    [&story.name, &question.id, form.name(), what, &question.claim, &format!("{words:?}")].join(" | ")
}

//! Which words of a proposition a passage does not have.

use crate::Models;
use crate::questions::nearest;
use crate::words::spans;
use sayso_record::Span;
use std::collections::HashSet;

/// A word whose nearest is farther than this is not there.
const THERE: f32 = 0.45;
/// Names that begin alike are taken for one: "Castria" and "Castrian".
const OF_NAME: usize = 5;

/// The words of a proposition that matter and stand nowhere in some words, as places in the proposition; neighbours in one.
pub fn missing(models: &Models, proposition: &str, there: &str) -> Vec<Span> {
    let wordings = &models.wordings;
    let words = wordings.of(there);
    let lower: HashSet<String> = spans(there).map(|span| span.of(there).to_lowercase()).collect();
    let mut missing: Vec<Span> = Vec::new();
    for span in spans(proposition) {
        let own = span.of(proposition);
        let one = wordings.of(own);
        let Some(word) = one.words.first().filter(|word| !word.stop) else { continue };
        let is_there = lower.contains(&own.to_lowercase())
            || match word.number {
                Some(number) => words.words.iter().any(|other| other.number == Some(number)),
                None if is_name(proposition, span) => begins_alike(&own.to_lowercase(), &lower),
                None => nearest(word, &words, wordings) >= THERE,
            };
        if is_there {
            continue;
        }
        match missing.last_mut() {
            Some(last) if proposition[last.end as usize..span.start as usize].trim().is_empty() => {
                last.end = span.end
            }
            _ => missing.push(span),
        }
    }
    missing
}

/// Of the words that are missing, those that cannot be said in other words: numbers and names.
pub fn missing_exactly(models: &Models, proposition: &str, missing: &[Span]) -> bool {
    missing.iter().any(|&span| {
        spans(span.of(proposition)).any(|word| {
            let own =
                Span::new(span.start as usize + word.start as usize, span.start as usize + word.end as usize);
            let is_number = own.of(proposition).starts_with(|c: char| c.is_ascii_digit())
                || models
                    .wordings
                    .of(own.of(proposition))
                    .words
                    .first()
                    .is_some_and(|word| word.number.is_some());
            is_number || is_name(proposition, own)
        })
    })
}

/// A capital where no sentence starts.
fn is_name(proposition: &str, span: Span) -> bool {
    let before = proposition[..span.start as usize].trim_end_matches(['“', '"', '‘', '\'', '(', ' ']);
    span.of(proposition).starts_with(char::is_uppercase)
        && !before.is_empty()
        && !before.ends_with(['.', '!', '?', ':'])
}

fn begins_alike(name: &str, there: &HashSet<String>) -> bool {
    let start: String = name.chars().take(OF_NAME).collect();
    start.chars().count() == OF_NAME && there.iter().any(|other| other.starts_with(&start))
}

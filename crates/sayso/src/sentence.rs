//! A claim's answer in a sentence or two, the same for every way of showing it.

use crate::claim::{Chain, ClaimAnswer, Speaker};

/// "Said in 12 documents, by 7 sources: 1 origin, an unnamed senior defense official through ABC News. Denied by 2.
/// Taken back once."
pub(crate) fn sentence(answer: &ClaimAnswer, chains: &[Chain]) -> String {
    let mut text = match answer.documents {
        0 => "Nobody says so".to_owned(),
        documents => {
            format!("Said in {}, by {}", count(documents, "document"), count(answer.sources, "source"))
        }
    };
    text += &origins(answer, chains);
    text.push('.');
    match answer.denied_by.len() {
        0 => {}
        denials => text += &format!(" Denied by {denials}."),
    }
    match answer.withdrawn {
        0 => {}
        1 => text += " Taken back once.",
        2 => text += " Taken back twice.",
        times => text += &format!(" Taken back {times} times."),
    }
    text
}

fn origins(answer: &ClaimAnswer, chains: &[Chain]) -> String {
    match answer.origins.as_slice() {
        [] if answer.documents == 0 => String::new(),
        [] => ": no origin that stands".to_owned(),
        [origin] => format!(": 1 origin, {}{}", shown(origin), through(answer, origin, chains)),
        several => {
            let independent = match answer.independence_for {
                (low, high) if low == high => format!("{low} independent"),
                (low, high) => format!("{low} to {high} independent"),
            };
            format!(": {} origins, {independent}", several.len())
        }
    }
}

/// An unnamed source is said to be one; its description carries its outlet already.
fn shown(speaker: &Speaker) -> String {
    if speaker.unnamed { format!("unnamed: {}", speaker.name) } else { speaker.name.clone() }
}

/// Through whom alone everything comes that rests on one origin: the other single points, in the order of a chain.
fn through(answer: &ClaimAnswer, origin: &Speaker, chains: &[Chain]) -> String {
    let is_needed = |speaker: &&Speaker| *speaker != origin && answer.single_points.contains(speaker);
    let chain = chains.iter().find(|chain| chain.for_it && chain.stands.is_true());
    let mut names: Vec<&str> = Vec::new();
    for speaker in
        chain.iter().flat_map(|chain| chain.steps.iter().map(|step| &step.source)).filter(is_needed)
    {
        if !names.contains(&speaker.name.as_str()) {
            names.push(&speaker.name);
        }
    }
    if names.is_empty() { String::new() } else { format!(" through {}", names.join(", then ")) }
}

fn count(number: usize, word: &str) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}

//! An answer in a sentence or two, the same for every way of showing it: origins first, then who passed them on.

use super::{Answer, AnswerLine};
use crate::questions::sentence::{count, listed, shown};

/// Where more origins than these stand, they are counted and not named.
const NAMED: usize = 3;

/// "1 origin, Robert Gates; relayed by 3 outlets. Denied by Iran."
pub(super) fn sentence(answer: &Answer) -> String {
    if answer.is_nobody() {
        return nobody(answer);
    }
    let mut sentences = vec![said(answer)];
    let deny: Vec<String> = answer.origins_against.iter().map(|origin| shown(origin, &[])).collect();
    match deny.len() {
        0 => {}
        1..=NAMED => sentences.push(format!("Denied by {}.", listed(&deny))),
        several => sentences.push(format!("Denied by {several}.")),
    }
    let mut doubt: Vec<String> = answer.doubts.iter().map(|line| shown(&line.source, &[])).collect();
    doubt.sort_unstable();
    doubt.dedup();
    match doubt.len() {
        0 => {}
        1..=NAMED => sentences.push(format!("Doubted by {}.", listed(&doubt))),
        several => sentences.push(format!("Doubted by {several}.")),
    }
    sentences.extend(possible(answer));
    sentences.join(" ")
}

fn nobody(answer: &Answer) -> String {
    let mut sentences = vec!["Nobody in this ledger says so or denies it, as far as is sure.".to_owned()];
    if !answer.doubts.is_empty() {
        sentences.push(format!("{} not sure of it.", is_or_are(answer.doubts.len(), "sentence")));
    }
    sentences.extend(possible(answer));
    sentences.join(" ")
}

fn possible(answer: &Answer) -> Option<String> {
    match answer.possible.len() {
        0 => None,
        1 => Some("1 more sentence may speak of it, and does not count.".to_owned()),
        several => Some(format!("{several} more sentences may speak of it, and do not count.")),
    }
}

fn is_or_are(number: usize, word: &str) -> String {
    format!("{} {}", count(number, word), if number == 1 { "is" } else { "are" })
}

fn said(answer: &Answer) -> String {
    let stands = |line: &&AnswerLine| line.stands.is_true();
    if answer.says.is_empty() {
        return "Nobody in this ledger says so, as far as is sure.".to_owned();
    }
    let names: Vec<String> = answer.origins_for.iter().map(|origin| shown(origin, &[])).collect();
    let named = if names.len() <= NAMED { format!(", {}", listed(&names)) } else { String::new() };
    let (low, high) = answer.independence_for;
    let independent = match names.len() {
        0 => return "What said so does not stand.".to_owned(),
        1 => String::new(),
        several if low == high && low as usize == several => "; all independent".to_owned(),
        _ if low == high => format!("; {low} independent"),
        _ => format!("; {low} to {high} independent"),
    };
    let mut relays: Vec<&str> = answer
        .says
        .iter()
        .filter(stands)
        .filter(|line| !line.own_voice)
        .filter_map(|line| line.page.site.as_deref().or(line.page.url.as_deref()))
        .collect();
    relays.sort_unstable();
    relays.dedup();
    let relayed = if relays.is_empty() {
        String::new()
    } else {
        format!("; relayed by {}", count(relays.len(), "outlet"))
    };
    format!("{}{named}{independent}{relayed}.", count(names.len(), "origin"))
}

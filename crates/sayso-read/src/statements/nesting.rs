//! Speech inside speech: "X said that Y believes ...". The corpora that the taggers learn from mark none, so a content
//! that opens with a source and a verb of speech is read by rule.

use crate::tagger::paragraph::{Paragraph, shape};
use crate::tagger::tagging::Found;
use std::ops::Range;

/// Verbs that are followed by what is said or held.
const VERBS: &[&str] = &[
    "say",
    "says",
    "said",
    "claim",
    "claims",
    "claimed",
    "believe",
    "believes",
    "believed",
    "think",
    "thinks",
    "thought",
    "deny",
    "denies",
    "denied",
    "admit",
    "admits",
    "admitted",
    "insist",
    "insists",
    "insisted",
    "warn",
    "warns",
    "warned",
    "fear",
    "fears",
    "feared",
    "know",
    "knew",
    "knows",
    "expect",
    "expects",
    "doubt",
    "doubts",
    "doubted",
    "argue",
    "argues",
    "argued",
    "agree",
    "agrees",
    "agreed",
    "estimate",
    "estimates",
    "estimated",
    "announced",
    "confirmed",
    "confirms",
    "revealed",
    "stated",
    "reported",
    "promise",
    "promises",
    "promised",
    "swore",
    "threatened",
    "suspect",
    "suspects",
    "suspected",
    "wrote",
    "writes",
];

/// Verbs that name a hearer before what is said.
const TELLING: &[&str] = &["tell", "tells", "told", "warned", "promised", "asked", "ask", "asks", "assured"];

/// How much less sure an inner attribution is than the outer one.
const INNER: f32 = 0.8;

/// "A source said that a clerk told the police that ...": so deep at most.
const DEPTH: usize = 3;

/// The longest source that is looked for.
const SOURCE_TOKENS: usize = 8;

/// Adds what stands in the contents of the attributions of one paragraph. Where a tagger gave such speech to whoever
/// passes it on, or to nobody, the rule knows better.
pub(super) fn add_inner(text: &str, paragraph: &Paragraph, found: &mut Vec<Found>) {
    let mut inner: Vec<Found> = Vec::new();
    for outer in found.iter().filter(|outer| !outer.nested) {
        let mut around = vec![outer.clone()];
        for _ in 0..DEPTH {
            let within = |outer: &Found| -> Vec<Found> {
                outer.content.iter().filter_map(|content| inner_of(text, paragraph, outer, content)).collect()
            };
            around = around.iter().flat_map(within).collect();
            for own in &around {
                let same = |other: &&Found| overlap(&other.cue, &own.cue);
                let known = |other: &Found| !other.source.is_empty() && other.source != outer.source;
                if !found.iter().filter(same).any(known) {
                    inner.push(own.clone());
                }
            }
        }
    }
    found.retain(|other| !inner.iter().any(|own| overlap(&own.cue, &other.cue)));
    found.extend(inner);
    found.sort_by_key(|found| found.cue.start);
}

/// "The Courier quoted Ann Lee as saying that ...": it is her who says so.
fn quoted_as_saying(
    text: &str,
    paragraph: &Paragraph,
    outer: &Found,
    content: Range<usize>,
) -> Option<Found> {
    let word = |at: usize| paragraph.tokens[at].of(text).to_lowercase();
    let quotes =
        outer.cue.clone().any(|at| matches!(word(at).as_str(), "quoted" | "quotes" | "cited" | "quoting"));
    let said = (content.start + 1..content.end.min(content.start + 14))
        .find(|&at| word(at) == "saying" && word(at - 1) == "as")
        .filter(|&at| quotes && at > content.start + 1 && at + 3 < content.end)?;
    let (source, words) = (content.start..said - 1, said + 1..content.end);
    Some(Found {
        source: vec![source],
        cue: said - 1..said + 1,
        content: vec![words],
        confidence: INNER * outer.confidence,
        nested: true,
    })
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The attribution that a content opens with.
fn inner_of(text: &str, paragraph: &Paragraph, outer: &Found, content: &Range<usize>) -> Option<Found> {
    let word = |at: usize| paragraph.tokens[at].of(text).to_lowercase();
    let tag = |at: usize| paragraph.part_of_speech(at);
    let mark = |at: usize| paragraph.shape[at] == shape::MARK;
    let start = content.clone().find(|&at| !mark(at) && word(at) != "that")?;
    let end = content.clone().rev().find(|&at| !mark(at))? + 1;
    // "While speaking in Tarn, Lund told her clerks ...": the clause before the comma tells when.
    let aside = tag(start) == "preposition"
        || matches!(word(start).as_str(), "while" | "when" | "after" | "speaking");
    let comma = aside.then(|| (start..end.min(start + 14)).find(|&at| word(at) == ",")).flatten();
    let start = comma.map_or(start, |comma| comma + 1);
    if let Some(quoted) = quoted_as_saying(text, paragraph, outer, start..end) {
        return Some(quoted);
    }
    let listed = |at: usize| VERBS.contains(&word(at).as_str()) || TELLING.contains(&word(at).as_str());
    let cue = (start + 1..end.min(start + 1 + SOURCE_TOKENS)).find(|&at| listed(at))?;
    let names = |at: usize| {
        matches!(
            tag(at),
            "noun"
                | "nouns"
                | "name"
                | "pronoun"
                | "possessive"
                | "determiner"
                | "number"
                | "adjective"
                | "preposition"
        )
    };
    let source = start..cue;
    let fits = source.clone().all(names)
        && source.clone().any(|at| matches!(tag(at), "noun" | "nouns" | "name" | "pronoun"))
        && !matches!(tag(start), "preposition")
        && !matches!(word(start).as_str(), "there" | "it");
    if !fits {
        return None;
    }
    let mut said = cue + 1;
    if TELLING.contains(&word(cue).as_str()) {
        let hearer = |at: usize| matches!(tag(at), "noun" | "nouns" | "name" | "pronoun");
        let clause = |at: usize| matches!(word(at).as_str(), "that" | "whether" | "if" | "to");
        if said < end && tag(said) == "pronoun" {
            said += 1;
        } else if let Some(at) = (said..end.min(said + 4)).find(|&at| clause(at)) {
            said = at;
        } else if VERBS.contains(&word(cue).as_str()) {
            // "warned the bridge would fall": nobody in particular.
        } else {
            said = (said..end.min(said + 3)).find(|&at| hearer(at))? + 1;
        }
    }
    // "revealed to them that": whom they speak to.
    if said + 2 < end && word(said) == "to" && matches!(tag(said + 1), "pronoun" | "name") {
        said += 2;
    }
    let opens = said < end
        && (matches!(
            tag(said),
            "noun"
                | "nouns"
                | "name"
                | "pronoun"
                | "possessive"
                | "determiner"
                | "number"
                | "adjective"
                | "gerund"
                | "to"
        ) || matches!(word(said).as_str(), "that" | "whether" | "if" | "both" | "no"));
    let content = said..end;
    (opens && content.len() >= 3).then(|| Found {
        source: vec![source],
        cue: cue..cue + 1,
        content: vec![content],
        confidence: INNER * outer.confidence,
        nested: true,
    })
}

//! "Tom Aster is accused of taking bribes": of whom something is said is not who says it. Nobody by name does, or the one behind
//! "by".

use super::draft::{Draft, nobody};
use super::mention::phrase;
use super::passage::Passage;
use super::patterns::{BE, lower};
use crate::tagger::paragraph::Paragraph;
use crate::tagger::speech::TAGS;
use sayso_record::{Document, Mention, Span};
use std::ops::Range;

/// Stems of verbs whose object is who is spoken of, or to. "Quoted" is left out: who is quoted speaks.
const SPOKEN_OF: &[&str] = &[
    "accus",
    "alleg",
    "charg",
    "criticis",
    "criticiz",
    "describ",
    "blam",
    "condemn",
    "denounc",
    "label",
    "called",
    "portray",
    "considered",
    "indict",
    "convicted",
    "suspected",
    "told",
    "warned",
    "informed",
    "reminded",
    "asked",
    "reported",
    "rumored",
    "rumoured",
    "regarded",
    "seen",
    "depicted",
    "mocked",
    "attacked",
    "faulted",
    "praised",
    "said",
    "believed",
    "thought",
];

/// Of these, those that are so without "is" between commas ("Corin, considered weak, ..."). The others may be active.
const APPOSED: &[&str] =
    &["accus", "alleg", "considered", "described", "criticis", "criticiz", "suspected", "regarded", "blamed"];

/// What may be faced or drawn, and leveled against somebody.
const CHARGES: &[&str] =
    &["claim", "accusation", "allegation", "charge", "criticism", "complaint", "suspicion"];

/// Stems of verbs with which somebody meets them.
const FACES: &[&str] = &["fac", "drew", "draw", "attract", "dogged", "hit", "met"];

/// Takes away the speakers who are only spoken of.
pub(super) fn unspoken(document: &Document, passages: &[Passage], drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| draft.manner.is_none() && draft.carried.is_none()) {
        let (Some(source), Some(cue), Some(passage)) =
            (draft.source.first(), draft.cue.first(), passages.get(draft.passage))
        else {
            continue;
        };
        let paragraph = &passage.paragraph;
        let (source, cue) = (places(paragraph, *source), places(paragraph, *cue));
        if source.is_empty() || cue.is_empty() || source.end > cue.start {
            continue;
        }
        if let Some(verb) = spoken_of(&document.text, paragraph, &source, &cue) {
            draft.speaker = agent(document, paragraph, verb, &draft.content);
        }
    }
}

fn places(paragraph: &Paragraph, span: Span) -> Range<usize> {
    let from = paragraph.tokens.partition_point(|token| token.start < span.start);
    from..paragraph.tokens.partition_point(|token| token.end <= span.end).max(from)
}

fn tag(paragraph: &Paragraph, at: usize) -> &'static str {
    paragraph.speech.get(at).map_or("other", |&tag| TAGS[tag as usize % TAGS.len()])
}

/// The verb of a cue by which its source is only spoken of.
fn spoken_of(text: &str, paragraph: &Paragraph, source: &Range<usize>, cue: &Range<usize>) -> Option<usize> {
    let starts = |at: usize, stems: &[&str]| {
        let word = lower(text, paragraph, at);
        stems.iter().any(|stem| word.starts_with(stem))
    };
    let between = source.end..cue.end;
    let faced =
        between.clone().any(|at| starts(at, FACES)) || lower(text, paragraph, between.start) == "came";
    let charges = || {
        between
            .clone()
            .rev()
            .find(|&at| starts(at, CHARGES) && matches!(tag(paragraph, at), "noun" | "nouns"))
    };
    if faced && let Some(charge) = charges() {
        return Some(charge);
    }
    // "the accusation against Dorn"
    let against = source.start >= 2
        && lower(text, paragraph, source.start - 1) == "against"
        && (source.start.saturating_sub(4)..source.start - 1).any(|at| starts(at, CHARGES));
    if against {
        return Some(cue.start);
    }
    let verb = cue
        .clone()
        .rev()
        .find(|&at| starts(at, SPOKEN_OF) && matches!(tag(paragraph, at), "participle" | "past"))?;
    let passive =
        (source.end..verb).rev().take(5).any(|at| BE.contains(&lower(text, paragraph, at).as_str()))
            && !(source.end..verb)
                .any(|at| matches!(lower(text, paragraph, at).as_str(), "quoted" | "heard"));
    let apposed = source.end < verb
        && source.end + 3 >= verb
        && lower(text, paragraph, source.end) == ","
        && starts(verb, APPOSED);
    (passive || apposed).then_some(verb)
}

/// Who is named behind "by" between the verb and what is said.
fn agent(document: &Document, paragraph: &Paragraph, verb: usize, content: &[Span]) -> Mention {
    let Some(said) = content.first().map(|span| places(paragraph, *span).start) else { return nobody() };
    let Some(by) = (verb + 1..said).find(|&at| lower(&document.text, paragraph, at) == "by") else {
        return nobody();
    };
    let part = |at: &usize| {
        matches!(
            tag(paragraph, *at),
            "noun" | "nouns" | "name" | "determiner" | "adjective" | "possessive" | "number"
        ) && *at < said
    };
    let end = (by + 1..said).take_while(part).last().map_or(by + 1, |at| at + 1);
    if end == by + 1 {
        return nobody();
    }
    let span = paragraph.span(&(by + 1..end));
    let named = phrase(span.of(&document.text));
    Mention { spans: vec![span], kind: named.kind, name: named.name }
}

//! Verbs of saying and thinking with their subject before them and their clause behind: "the bank forecasts that ...",
//! "a reader inquired whether ...". The corpora have most of these verbs a few times at most, so that the taggers
//! are not sure of them; the form is sure.

use super::patterns::{BE, BY_RULE, lower, sentence, spans_of};
use crate::tagger::paragraph::Paragraph;
use crate::tagger::phrases::can_be_source;
use crate::tagger::tagging::Found;
use std::ops::Range;

/// Stems of verbs that only people and bodies do, and of which a clause tells what they say or think.
const WITH_CLAUSE: &[&str] = &[
    "admit",
    "affirm",
    "alleg",
    "announc",
    "anticipat",
    "argu",
    "assert",
    "believ",
    "boast",
    "caution",
    "complain",
    "conced",
    "conjectur",
    "contend",
    "declar",
    "doubt",
    "enquir",
    "estimat",
    "expect",
    "fear",
    "feel",
    "felt",
    "forecast",
    "foresee",
    "gripe",
    "guess",
    "hint",
    "hope",
    "imagin",
    "inquir",
    "insist",
    "insinuat",
    "joke",
    "lament",
    "maintain",
    "predict",
    "presum",
    "proclaim",
    "promis",
    "reckon",
    "reiterat",
    "remark",
    "retort",
    "speculat",
    "suppos",
    "surmis",
    "suspect",
    "swear",
    "swore",
    "testif",
    "think",
    "thought",
    "vow",
    "warn",
    "wonder",
];

/// Stems of verbs of which an infinitive tells what they bind themselves to.
const WITH_INFINITIVE: &[&str] = &["commit", "pledg", "promis", "swear", "swore", "threaten", "vow"];

/// What somebody is, of which a clause tells what they think.
const ADJECTIVES: &[&str] = &[
    "adamant",
    "afraid",
    "aware",
    "certain",
    "confident",
    "convinced",
    "doubtful",
    "hopeful",
    "persuaded",
    "positive",
    "sceptical",
    "skeptical",
    "sure",
    "unaware",
    "uncertain",
    "unconvinced",
    "unsure",
];

/// Stems of verbs that may name another before the clause: "agreed with the first that ...".
const WITH_ANOTHER: &[&str] = &["agree", "concur", "disagree"];

/// The longest "with the first" that is stepped over.
const ANOTHER_TOKENS: usize = 6;

/// Adds the clauses that no other attribution of the paragraph claims.
pub(super) fn add_clauses(text: &str, paragraph: &Paragraph, found: &mut Vec<Found>) {
    for at in 1..paragraph.len().saturating_sub(2) {
        let clause = clause_of(text, paragraph, at);
        let Some(own) = clause else { continue };
        let claimed = |range: &Range<usize>| {
            spans_of(found).any(|other| other.start < range.end && range.start < other.end)
        };
        let free = !own.source.iter().chain(&own.content).any(claimed) && !claimed(&own.cue);
        if free {
            found.push(own);
        }
    }
}

/// The attribution whose verb is this token, if it is one.
fn clause_of(text: &str, paragraph: &Paragraph, verb: usize) -> Option<Found> {
    let word = lower(text, paragraph, verb);
    let starts = |stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
    let is_verb = matches!(paragraph.part_of_speech(verb), "past" | "present" | "verb" | "participle")
        // "The office forecasts that": the tagger has seen more forecasts than it has seen anybody forecast.
        || matches!(paragraph.part_of_speech(verb), "nouns") && lower(text, paragraph, verb + 1) == "that";
    let is_told =
        ADJECTIVES.contains(&word.as_str()) && BE.contains(&lower(text, paragraph, verb - 1).as_str());
    if !(is_verb || is_told) || paragraph.quote[verb].inside {
        return None;
    }
    let sentence = sentence(paragraph, verb);
    let mut content = verb + 1;
    if starts(WITH_ANOTHER) && lower(text, paragraph, content) == "with" {
        content = (content..sentence.end.min(content + ANOTHER_TOKENS))
            .find(|&at| lower(text, paragraph, at) == "that")?;
    }
    let opens = match lower(text, paragraph, content).as_str() {
        "that" | "whether" => is_told || starts(WITH_CLAUSE) || starts(WITH_ANOTHER),
        "to" => {
            is_verb
                && starts(WITH_INFINITIVE)
                && matches!(paragraph.part_of_speech(content + 1), "verb" | "present" | "noun")
        }
        _ => false,
    };
    if !opens || content + 2 >= sentence.end {
        return None;
    }
    let adverb = |at: usize| {
        matches!(paragraph.part_of_speech(at), "adverb" | "negation" | "modal")
            || auxiliary(&lower(text, paragraph, at))
    };
    let cue_start = (sentence.start..verb).rev().take_while(|&at| adverb(at)).last().unwrap_or(verb);
    let part = |at: &usize| {
        matches!(
            paragraph.part_of_speech(*at),
            "noun" | "nouns" | "name" | "pronoun" | "possessive" | "determiner" | "number" | "adjective"
        )
    };
    let start = (sentence.start..cue_start).rev().take_while(part).last()?;
    let speaker = start..cue_start;
    // The subject opens its sentence or clause, so that none of it is cut off.
    let whole = start == sentence.start
        || matches!(paragraph.part_of_speech(start - 1), "comma" | "conjunction" | "mark");
    if !whole || !can_be_source(text, paragraph, &speaker) || paragraph.quote[start].inside {
        return None;
    }
    let end = (content..sentence.end).rev().find(|&at| paragraph.tokens[at].is_word())? + 1;
    let said = content..end;
    Some(Found {
        source: vec![speaker],
        cue: cue_start..content,
        content: vec![said],
        confidence: BY_RULE,
        nested: false,
    })
}

fn auxiliary(word: &str) -> bool {
    BE.contains(&word) || matches!(word, "has" | "have" | "had" | "did" | "does" | "do")
}

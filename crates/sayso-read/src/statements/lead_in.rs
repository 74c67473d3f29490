//! The words that introduce a quotation: whom they name, and by which words ("From ABC News:", "as Ann Lee puts it").

use super::mention::{name_runs, phrase};
use crate::document::signature;
use crate::tagger::model::Model;
use crate::tagger::paragraph::Paragraph;
use sayso_record::{SourceKind, Span};
use std::ops::Range;

/// A word counts as one that reports from this bucket of the cue lexicon up.
const REPORTS: u8 = 5;

/// ... and as one that may from this one up.
const MAY_REPORT: u8 = 3;

/// Words that end many-word verbs ("points out").
const PARTICLES: &[&str] = &["out", "up", "on", "it", "this", "that", "to", "as"];

/// Words at which the phrase before a verb starts.
const BEFORE_PHRASE: &[&str] = &[
    "as",
    "but",
    "and",
    "that",
    "what",
    "how",
    "when",
    "where",
    "which",
    "because",
    "while",
    "so",
    "yet",
    "here",
    "or",
    "is",
    "in",
    "on",
    "at",
    "today",
    "yesterday",
    "this",
    "then",
    "since",
];

/// Adverbs that may stand between a source and its verb.
const ADVERBS: &[&str] =
    &["also", "now", "then", "recently", "rightly", "once", "later", "earlier", "just", "has", "had"];

/// The source and the cue of a lead-in.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LeadIn {
    pub(super) source: Span,
    pub(super) cue: Span,
    /// Whether the source is known to be who wrote the words, whatever the name looks like: a post is signed so.
    pub(super) signed: bool,
}

/// Reads a lead-in; nothing where it names nobody.
pub(super) fn lead_in(model: &Model, text: &str, span: Span) -> Option<LeadIn> {
    if let Some(signed) = signed(text, span) {
        return Some(signed);
    }
    let paragraph = model.cut(text, span.range());
    let sentence = paragraph.sentences.last()?.clone();
    let word = |at: usize| paragraph.tokens[at].of(text);
    let mut end = sentence.end;
    while end > sentence.start && !paragraph.tokens[end - 1].is_word() {
        end -= 1;
    }
    let sentence = sentence.start..end;
    from_somewhere(text, &paragraph, sentence.clone())
        .or_else(|| {
            let reports = |least: u8, reach: usize| {
                let near = sentence.clone().rev().take(reach).filter(|&at| !paragraph.quote[at].inside);
                near.filter(|&at| !capital(word(at)) && !PARTICLES.contains(&word(at)))
                    .find(|&at| model.cue_bucket(paragraph.word[at]) >= least)
            };
            let verb = reports(MAY_REPORT, 3).or_else(|| reports(REPORTS, 12))?;
            let (source, cue) = around_verb(text, &paragraph, sentence.clone(), verb)?;
            let source = paragraph.span(&source);
            can_speak(source.of(text)).then(|| LeadIn { source, cue: paragraph.span(&cue), signed: false })
        })
        .or_else(|| {
            // "Glenn Reynolds:" alone.
            let colon = end..end + 1;
            let is_colon = paragraph.tokens.get(end).is_some_and(|token| token.of(text) == ":");
            let runs = name_runs(text, &paragraph.tokens[sentence.clone()]);
            let [run] = &runs[..] else { return None };
            (is_colon && run.end - run.start == sentence.len()).then(|| LeadIn {
                source: paragraph.span(&sentence),
                cue: paragraph.span(&colon),
                signed: false,
            })
        })
        .or_else(|| nickname(text, span))
}

/// What signs a post from elsewhere ("— Orla Venn (@orlavenn) March 3, 2021"), or says in a forum whose post is quoted
/// ("Originally Posted by mudlark77").
fn signed(text: &str, span: Span) -> Option<LeadIn> {
    let words = span.of(text);
    let at =
        |range: Range<usize>| Span::new(span.start as usize + range.start, span.start as usize + range.end);
    if let Some(found) = signature::find(words, true) {
        let cue = if found.rest.is_empty() { found.start..found.name.start } else { found.rest };
        let cue = if cue.is_empty() { found.name.clone() } else { cue };
        return Some(LeadIn { source: at(found.name), cue: at(cue), signed: true });
    }
    // The time that a forum writes beside the name is no word of anybody's.
    if signature::introduced(words)
        .is_some_and(|(name, said)| name.start > 0 || said.end < words.trim_end().len())
        && let Some(found) = nickname(text, span)
    {
        return Some(found);
    }
    const QUOTED: &[&str] = &["Originally Posted by ", "Originally posted by ", "Quote from: "];
    let start = QUOTED.iter().find(|start| words.starts_with(**start))?;
    let rest = &words[start.len()..];
    let stop = [" on ", ":", "\n", " View Post"].iter().filter_map(|stop| rest.find(stop)).min();
    let name = rest[..stop.unwrap_or(rest.len())].trim_end();
    let cue = 0..start.trim_end().len();
    (!name.is_empty()).then(|| LeadIn {
        source: at(start.len()..start.len() + name.len()),
        cue: at(cue),
        signed: true,
    })
}

/// "mudlark77 said:": no phrase that names anybody, but all that stands before the verb.
fn nickname(text: &str, span: Span) -> Option<LeadIn> {
    let words = span.of(text);
    let (named, said) = signature::introduced(words)?;
    let name = words[named.clone()].trim_end();
    let from = span.start as usize + named.start;
    let mut parts = name.split_whitespace();
    let plain = match (parts.next(), parts.next(), parts.next()) {
        (Some(one), None, _) => one.len() <= 40,
        (Some(first), Some(last), None) => {
            let article = matches!(first, "The" | "A" | "An" | "This" | "That" | "It" | "One" | "No");
            capital(first) && capital(last) && !article
        }
        _ => false,
    };
    plain.then(|| LeadIn {
        source: Span::new(from, from + name.len()),
        cue: Span::new(span.start as usize + said.start, span.start as usize + said.end),
        signed: true,
    })
}

/// Whether a phrase can name somebody who speaks: "the goal of the operation" can not.
fn can_speak(words: &str) -> bool {
    let named = phrase(words);
    named.kind != SourceKind::Unnamed || named.pronoun.is_some() || !named.nouns.is_empty()
}

fn capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// "From ABC News:", "Via the Harbour Courier".
fn from_somewhere(text: &str, paragraph: &Paragraph, sentence: Range<usize>) -> Option<LeadIn> {
    let word = |at: usize| paragraph.tokens[at].of(text).to_lowercase();
    let mut at = sentence.start;
    let first = word(at);
    if first == "over" && sentence.len() > 1 && word(at + 1) == "at" || first == "according" {
        at += 1;
    } else if !matches!(first.as_str(), "from" | "via" | "per" | "at" | "h") {
        return None;
    }
    let cue = sentence.start..at + 1;
    let mut source = at + 1..sentence.end;
    if source.is_empty() {
        return None;
    }
    let runs = name_runs(text, &paragraph.tokens[source.clone()]);
    let run = runs.first()?;
    let starts_near = run.start <= 1;
    if !starts_near
        || paragraph.tokens[source.clone()].iter().any(|token| token.of(text) == ",") && run.start > 0
    {
        return None;
    }
    source = source.start..source.start + run.end;
    Some(LeadIn { source: paragraph.span(&source), cue: paragraph.span(&cue), signed: false })
}

/// The phrase before a verb, or after it where there is none before ("writes Ann Lee"); and the cue, which takes in
/// what follows the verb ("points out").
fn around_verb(
    text: &str,
    paragraph: &Paragraph,
    sentence: Range<usize>,
    verb: usize,
) -> Option<(Range<usize>, Range<usize>)> {
    let word = |at: usize| paragraph.tokens[at].of(text).to_lowercase();
    let mut first = verb;
    while first > sentence.start && ADVERBS.contains(&word(first - 1).as_str()) {
        first -= 1;
    }
    let mut start = first;
    while start > sentence.start {
        let before = word(start - 1);
        let is_mark =
            !paragraph.tokens[start - 1].is_word() && !matches!(before.as_str(), "." | "-" | "'" | "’");
        if is_mark || BEFORE_PHRASE.contains(&before.as_str()) || first - start > 10 {
            break;
        }
        start -= 1;
    }
    let short_tail = sentence.end - verb <= 4;
    if start < first {
        let cue_end = if short_tail { sentence.end } else { verb + 1 };
        return Some((start..first, first..cue_end));
    }
    let mut after = verb + 1;
    if after < sentence.end && word(after) == "by" {
        after += 1;
    }
    let run = name_runs(text, &paragraph.tokens[after..sentence.end]).into_iter().next();
    let behind = run.filter(|run| run.start <= 1).map(|run| (after..after + run.end, verb..after));
    behind.or_else(|| {
        // "And Reyes himself went further, tweeting:" is what the sentence's subject does.
        let subject = name_runs(text, &paragraph.tokens[sentence.start..verb]).into_iter().next()?;
        let is_verb_of_subject = subject.start <= 2 && word(verb).ends_with("ing");
        is_verb_of_subject
            .then(|| (sentence.start + subject.start..sentence.start + subject.end, verb..verb + 1))
    })
}

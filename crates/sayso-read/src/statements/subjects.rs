//! Subjects of clauses, told from parts of speech: who speaks where a verb's own subject stands further off, and for whom
//! "they" can stand.

use super::mention::{Phrase, phrase};
use super::passage::Passage;
use super::patterns::{lower, sentence};
use super::places::is_place;
use super::words::{OFFICES, PEOPLE, listed};
use crate::tagger::paragraph::Paragraph;
use crate::tagger::tagging::Found;
use sayso_record::{SourceKind, Span};
use std::ops::Range;

/// Titles that are cut to a word with a full stop, behind which a name goes on.
const CUT_TITLES: &[&str] = &[
    "sen", "sens", "rep", "reps", "gov", "gen", "lt", "col", "capt", "sgt", "mr", "mrs", "ms", "dr", "prof",
    "rev",
];

/// Stems of verbs of saying that seldom do anything else.
const SAYING: &[&str] = &[
    "acknowledg",
    "add",
    "admit",
    "announc",
    "argu",
    "claim",
    "confirm",
    "declar",
    "denie",
    "insist",
    "predict",
    "promis",
    "said",
    "say",
    "suggest",
    "tell",
    "told",
    "tweet",
    "urg",
    "vow",
    "warn",
    "wrote",
];

/// Puts right whom an attribution names as its source, where a rule of grammar is surer than the taggers.
pub(super) fn mend_sources(text: &str, paragraph: &Paragraph, found: &mut [Found]) {
    let contents: Vec<Range<usize>> = found.iter().flat_map(|found| found.content.iter().cloned()).collect();
    for found in found {
        name_behind_title(text, paragraph, found);
        head_of_relative_clause(text, paragraph, found);
        subject_of_second_verb(text, paragraph, found, &contents);
    }
}

/// So many tokens back a subject is looked for at most.
const REACH: usize = 48;

/// The tokens of a sentence before one of them, as far back as is looked.
fn before(paragraph: &Paragraph, at: usize) -> Range<usize> {
    let sentence = sentence(paragraph, at);
    sentence.start.max(at.saturating_sub(REACH))..at
}

/// "Sen.| Al Brandt": a title is no source; the name behind it is.
fn name_behind_title(text: &str, paragraph: &Paragraph, found: &mut Found) {
    let Some(source) = found.source.last_mut() else { return };
    let last = source.end - 1;
    let is_title = CUT_TITLES.contains(&lower(text, paragraph, last).as_str());
    let stop = |at: usize| paragraph.tokens.get(at).is_some_and(|token| token.of(text) == ".");
    if !is_title || !stop(last + 1) {
        return;
    }
    let named = |at: &usize| *at < paragraph.len() && paragraph.part_of_speech(*at) == "name";
    let end = (last + 2..).take_while(named).last().map_or(source.end, |at| at + 1);
    let taken = found.cue.start < end && last < found.cue.end
        || found.content.iter().any(|content| content.start < end && last < content.end);
    if !taken {
        source.end = end;
    }
}

/// "Lund's deputy who came to the harbour| said": who speaks is the deputy, and not the last noun of what is told of him.
fn head_of_relative_clause(text: &str, paragraph: &Paragraph, found: &mut Found) {
    let &[Range { start, end }] = &found.source[..] else { return };
    if found.cue.start != end {
        return;
    }
    let sentence = before(paragraph, start);
    let breaks =
        |at: &usize| matches!(paragraph.part_of_speech(*at), "comma" | "quote" | "mark" | "conjunction");
    let open = sentence.clone().rev().take_while(|at| !breaks(at)).last().unwrap_or(start);
    let Some(who) = (open..start).rfind(|&at| lower(text, paragraph, at) == "who") else { return };
    // "the man who the mayor said had left" is another's clause.
    if who + 1 >= start || !is_finite(paragraph, who + 1) {
        return;
    }
    let Some(head) = noun_phrase_before(paragraph, &sentence, who) else { return };
    let free = found.content.iter().all(|content| content.end <= head.start || head.end <= content.start);
    if free {
        // The description is kept whole.
        found.source[0].start = head.start;
    }
}

/// "Lund visited the harbour and| confirmed that": the second verb has the subject of the first.
fn subject_of_second_verb(text: &str, paragraph: &Paragraph, found: &mut Found, contents: &[Range<usize>]) {
    if !found.source.is_empty() || found.cue.is_empty() || found.cue.start == 0 {
        return;
    }
    let at = found.cue.start;
    let joins = |word: &str| matches!(word, "and" | "but" | "then");
    let says = SAYING.iter().any(|stem| lower(text, paragraph, at).starts_with(stem));
    if !says
        || !joins(&lower(text, paragraph, at - 1))
        || !matches!(paragraph.part_of_speech(at), "past" | "present")
    {
        return;
    }
    let sentence = before(paragraph, at);
    // What another's words tell of is not who speaks.
    let reported = |at: usize| {
        paragraph.quote[at].inside
            || contents.iter().any(|content| content.contains(&at) && content.end <= found.cue.start)
    };
    let verb = (sentence.start + 1..at - 1).rev().find(|&verb| {
        !reported(verb)
            && paragraph.part_of_speech(verb) == paragraph.part_of_speech(at)
            && noun_phrase_before(paragraph, &sentence, verb).is_some()
    });
    let Some(subject) = verb.and_then(|verb| noun_phrase_before(paragraph, &sentence, verb)) else { return };
    let free =
        found.content.iter().all(|content| content.end <= subject.start || subject.end <= content.start);
    if free {
        found.source = vec![subject];
    }
}

fn is_finite(paragraph: &Paragraph, at: usize) -> bool {
    matches!(paragraph.part_of_speech(at), "past" | "present" | "modal")
}

/// The noun phrase that ends right before a token, adverbs between them left out; of "Lund, the mayor, said" the first.
fn noun_phrase_before(paragraph: &Paragraph, sentence: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let tag = |at: usize| paragraph.part_of_speech(at);
    let mut end = at;
    while end > sentence.start && matches!(tag(end - 1), "adverb" | "negation") {
        end -= 1;
    }
    if end > sentence.start && tag(end - 1) == "comma" {
        // What stands between commas behind a noun describes it.
        let open = (sentence.start..end - 1).rev().find(|&at| tag(at) == "comma")?;
        let describes = open + 1 < end - 1
            && matches!(tag(open + 1), "determiner" | "possessive" | "wh" | "adjective" | "noun" | "quote");
        if !describes {
            return None;
        }
        end = open;
    }
    let is_head = |at: usize| matches!(tag(at), "noun" | "nouns" | "name");
    if end == sentence.start || !(is_head(end - 1) || tag(end - 1) == "pronoun") {
        return None;
    }
    let mut start = end - 1;
    while start > sentence.start {
        let before = start - 1;
        let goes_on = match tag(before) {
            // "At noon two guards": what a determiner or a number begins is a phrase of its own.
            "noun" | "nouns" | "name" | "adjective" | "determiner" | "number" | "possessive" => {
                !matches!(tag(start), "pronoun" | "determiner" | "number")
            }
            // "doctors and police officers", "members of the committee", "one of the doctors".
            "conjunction" | "preposition" => {
                before > sentence.start
                    && (is_head(before - 1) || matches!(tag(before - 1), "number" | "determiner"))
                    && tag(start) != "pronoun"
            }
            _ => false,
        };
        if !goes_on || paragraph.quote[before].inside != paragraph.quote[end - 1].inside {
            break;
        }
        start = before;
    }
    Some(start..end)
}

/// Words that open a clause that only tells when or why.
const SUBORDINATING: &[&str] = &[
    "after", "although", "as", "because", "before", "if", "once", "since", "though", "until", "when", "while",
];

/// The subject of the first finite verb of some tokens of a sentence, the first of them looked at; a clause before it
/// that tells when or why is left out.
pub(super) fn first_subject(
    text: &str,
    paragraph: &Paragraph,
    sentence: &Range<usize>,
) -> Option<Range<usize>> {
    let end = sentence.end.min(sentence.start + REACH);
    let opens =
        sentence.start < end && SUBORDINATING.contains(&lower(text, paragraph, sentence.start).as_str());
    let comma = (sentence.start..end).find(|&at| opens && paragraph.part_of_speech(at) == "comma");
    if opens && comma.is_none() {
        return None;
    }
    let sentence = &(comma.map_or(sentence.start, |comma| comma + 1)..end);
    sentence
        .clone()
        .skip(1)
        .filter(|&at| is_finite(paragraph, at) && !paragraph.quote[at].inside)
        .find_map(|verb| noun_phrase_before(paragraph, sentence, verb))
}

/// "Tahu, ‘leader of the hill tribe’, who said": the name before what describes it between commas.
pub(super) fn name_before_aside(text: &str, passages: &[Passage], at: Span) -> Option<String> {
    let (paragraph, token) = place(passages, at)?;
    let tag = |at: usize| paragraph.part_of_speech(at);
    let sentence = sentence(paragraph, token);
    if token < sentence.start + 3 || tag(token - 1) != "comma" || lower(text, paragraph, token) != "who" {
        return None;
    }
    let open = (sentence.start..token - 1).rev().find(|&at| tag(at) == "comma")?;
    let describes =
        matches!(tag(open + 1), "determiner" | "possessive" | "adjective" | "noun" | "quote" | "mark");
    let start = (sentence.start..open).rev().take_while(|&at| tag(at) == "name").last()?;
    // "In Tarn, the mayor, who said".
    if start > sentence.start && tag(start - 1) == "preposition" {
        return None;
    }
    let Phrase { kind, name, .. } = phrase(paragraph.span(&(start..open)).of(text));
    (describes && kind == SourceKind::Person && !is_place(&name)).then_some(name)
}

/// The paragraph and the token that begin with a span.
pub(super) fn place(passages: &[Passage], at: Span) -> Option<(&Paragraph, usize)> {
    // Passages are in the order of the text, and share nothing.
    let starts = |passage: &Passage| passage.paragraph.tokens.first().map_or(0, |token| token.start);
    let after = passages.partition_point(|passage| starts(passage) <= at.start);
    let paragraph = &passages.get(after.checked_sub(1)?)?.paragraph;
    let token = paragraph.tokens.binary_search_by_key(&at.start, |token| token.start).ok()?;
    paragraph.tokens.last().is_some_and(|last| at.end <= last.end).then_some((paragraph, token))
}

/// Whom "they" stands for by grammar: several people who are the subject before it in its sentence, or else of the
/// sentence before it in its paragraph.
pub(super) fn several_before(text: &str, passages: &[Passage], at: Span) -> Option<(SourceKind, String)> {
    let (paragraph, token) = place(passages, at)?;
    let number = paragraph.sentence[token] as usize;
    let own = paragraph.sentences[number].start..token;
    let before = number.checked_sub(1).map(|before| paragraph.sentences[before].clone());
    let several = |range: Range<usize>| {
        let subject = first_subject(text, paragraph, &range)?;
        let words = paragraph.span(&subject).of(text);
        let Phrase { kind, name, plural, pronoun, .. } = phrase(words);
        let joined = subject.clone().any(|at| lower(text, paragraph, at) == "and");
        let people = || {
            words.split(|c: char| !c.is_alphanumeric()).any(|word| {
                [PEOPLE, OFFICES].iter().any(|list| listed(list, word)) || word.eq_ignore_ascii_case("police")
            })
        };
        let several = pronoun.is_none() && (plural || joined) && !name.is_empty();
        match kind {
            SourceKind::Unnamed if several && people() => Some((kind, words.to_owned())),
            SourceKind::Person | SourceKind::Organisation if several && joined => Some((kind, name)),
            _ => None,
        }
    };
    several(own).or_else(|| before.and_then(several))
}

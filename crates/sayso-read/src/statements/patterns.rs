//! Turns of phrase that the taggers have seen too seldom to be sure of, put right by rule. Each rule changes or adds
//! an attribution only where no other claims the words.

use super::mention::phrase;
use super::words::{PEOPLE, Pronoun};
use crate::tagger::paragraph::{Paragraph, shape};
use crate::tagger::phrases::can_be_source;
use crate::tagger::tagging::Found;
use sayso_record::SourceKind;
use std::ops::Range;

/// Verbs after which the speaker may come ("say the sources").
const INVERTING: &[&str] =
    &["say", "says", "said", "write", "writes", "wrote", "add", "adds", "added", "notes", "explains"];

/// To whom a speaker speaks when nobody in particular is meant.
const HEARERS: &[&str] = &["reporters", "journalists", "lawmakers", "supporters", "reporter"];

/// What is held of somebody by nobody in particular ("is believed to be").
const HELD: &[&str] = &[
    "believed",
    "thought",
    "said",
    "reported",
    "alleged",
    "rumored",
    "rumoured",
    "understood",
    "suspected",
    "feared",
    "considered",
    "reputed",
    "presumed",
];

/// Adverbs that change nothing about who holds it.
const ALSO: &[&str] = &["also", "widely", "now", "long", "still", "generally", "commonly"];

pub(super) const BE: &[&str] = &["is", "are", "was", "were", "be", "been", "being"];

/// How sure we are of an attribution that a rule makes.
pub(super) const BY_RULE: f32 = 0.7;

/// Applies every rule to the attributions of one paragraph.
pub(super) fn mend(text: &str, paragraph: &Paragraph, found: &mut Vec<Found>) {
    for index in 0..found.len() {
        speaker_after_verb(text, paragraph, &mut found[index]);
        content_after_aside(text, paragraph, &mut found[index]);
        content_after_hearers(text, paragraph, &mut found[index]);
        content_within_quotation(text, paragraph, &mut found[index]);
        content_from_opening_mark(paragraph, found, index);
        let taken: Vec<Range<usize>> = spans_of(found).collect();
        content_after_colon(text, paragraph, &mut found[index], &taken);
        content_with_most_of_them(text, paragraph, &mut found[index], &taken);
        content_past_hyphen(text, paragraph, &mut found[index], &taken);
    }
    found.retain(|found| !found.content.is_empty());
    speaker_between_commas(text, paragraph, found);
    name_after_dash(text, paragraph, found);
    held_by_nobody(text, paragraph, found);
    found.sort_by_key(|found| found.cue.start);
}

pub(super) fn spans_of(found: &[Found]) -> impl Iterator<Item = Range<usize>> {
    found.iter().flat_map(|found| {
        found.source.iter().chain(&found.content).cloned().chain(std::iter::once(found.cue.clone()))
    })
}

/// "that he had a well|-connected friend": no content ends within a word; what goes on after it goes on to the end of the clause.
fn content_past_hyphen(text: &str, paragraph: &Paragraph, found: &mut Found, taken: &[Range<usize>]) {
    let Some(content) = found.content.last_mut() else { return };
    let sentence = sentence(paragraph, content.start);
    let touch =
        |at: usize| at + 1 < sentence.end && paragraph.tokens[at].end == paragraph.tokens[at + 1].start;
    let last = content.end - 1;
    let is_hyphen = |at: usize| at < sentence.end && paragraph.tokens[at].of(text) == "-";
    let within = is_hyphen(last) && touch(last)
        || is_hyphen(content.end) && touch(last) && touch(content.end) && paragraph.tokens[last].is_word();
    if !within {
        return;
    }
    let stops = |at: &usize| {
        matches!(paragraph.part_of_speech(*at), "comma" | "mark" | "quote") && !is_hyphen(*at)
            || taken.iter().any(|own| own.contains(at))
    };
    content.end = (content.end..sentence.end).find(stops).unwrap_or(sentence.end).max(content.end);
}

/// "forty-one barrels, most of them still sealed": what is told of some of those that were named at the end of a content.
fn content_with_most_of_them(text: &str, paragraph: &Paragraph, found: &mut Found, taken: &[Range<usize>]) {
    let Some(content) = found.content.last_mut() else { return };
    let sentence = sentence(paragraph, content.start);
    let comma = content.end;
    let is =
        |at: usize, words: &[&str]| at < sentence.end && words.contains(&lower(text, paragraph, at).as_str());
    let goes_on = is(comma, &[","])
        && is(comma + 1, &["all", "both", "each", "half", "many", "most", "none", "several", "some"])
        && is(comma + 2, &["of"])
        && is(comma + 3, &["them", "these", "those", "which", "whom"]);
    if !goes_on {
        return;
    }
    let end = (comma + 1..sentence.end).find(|&at| !paragraph.tokens[at].is_word()).unwrap_or(sentence.end);
    if taken.iter().all(|own| own.end <= comma || end <= own.start) {
        content.end = end;
    }
}

/// The cue as a statement has it: without the auxiliaries of "is also believed", and with its hearers and its occasion
/// where these end the sentence ("told reporters in a briefing on Saturday").
pub(super) fn with_occasion(text: &str, paragraph: &Paragraph, found: &Found) -> Range<usize> {
    let last = found.cue.end - 1;
    let held = HELD.contains(&lower(text, paragraph, last).as_str())
        && BE.contains(&lower(text, paragraph, found.cue.start).as_str())
        && (found.cue.start + 1..last).all(|at| ALSO.contains(&lower(text, paragraph, at).as_str()));
    if held {
        return last..found.cue.end;
    }
    let sentence = sentence(paragraph, found.cue.start);
    let end =
        (found.cue.end..sentence.end).rev().find(|&at| paragraph.tokens[at].is_word()).map_or(0, |at| at + 1);
    let tail = found.cue.end..end;
    let first = lower(text, paragraph, tail.start);
    let opens = HEARERS.contains(&first.as_str())
        || first == "in" && matches!(lower(text, paragraph, tail.start + 1).as_str(), "a" | "an");
    let plain = opens
        && tail.len() <= 10
        && tail.clone().all(|at| paragraph.tokens[at].is_word())
        && !found.source.iter().chain(&found.content).any(|range| range.end > tail.start);
    if plain { found.cue.start..end } else { found.cue.clone() }
}

pub(super) fn lower(text: &str, paragraph: &Paragraph, at: usize) -> String {
    paragraph.tokens.get(at).map_or_else(String::new, |token| token.of(text).to_lowercase())
}

/// The sentence that holds a token.
pub(super) fn sentence(paragraph: &Paragraph, at: usize) -> Range<usize> {
    let number = paragraph.sentence.get(at).map(|&number| number as usize);
    number.and_then(|number| paragraph.sentences.get(number)).cloned().unwrap_or(at..at)
}

/// "This suggests, say the sources, that ...": the phrase between the verb and the next comma speaks, and what stands
/// on both sides is said.
fn speaker_after_verb(text: &str, paragraph: &Paragraph, found: &mut Found) {
    let verb = found.cue.start;
    let sentence = sentence(paragraph, verb);
    let inverts = found.cue.len() == 1
        && INVERTING.contains(&lower(text, paragraph, verb).as_str())
        && verb > sentence.start + 1
        && lower(text, paragraph, verb - 1) == ","
        && !paragraph.quote[verb - 1].inside;
    if !inverts {
        return;
    }
    let Some(end) = (verb + 1..sentence.end.min(verb + 14)).find(|&at| lower(text, paragraph, at) == ",")
    else {
        return;
    };
    let first = lower(text, paragraph, verb + 1);
    let names =
        matches!(first.as_str(), "the" | "a" | "an" | "his" | "her" | "their" | "some" | "two" | "several")
            || PEOPLE.contains(&first.trim_end_matches('s'))
            || matches!(paragraph.shape[verb + 1], shape::CAPITAL | shape::UPPER | shape::INITIAL);
    if !names {
        return;
    }
    let speaker = verb + 1..end;
    if !can_be_source(text, paragraph, &speaker) {
        return;
    }
    if found.source.iter().any(|source| source.start < speaker.end && speaker.start < source.end) {
        return;
    }
    let last =
        (end + 1..sentence.end).rev().find(|&at| paragraph.tokens[at].is_word()).map_or(end + 1, |at| at + 1);
    found.source = vec![speaker];
    let before = sentence.start..verb - 1;
    found.content = Vec::from([before]);
    // "Roke, who built it" tells of the speaker; "the sources, that the material" goes on.
    if last > end + 1
        && !matches!(lower(text, paragraph, end + 1).as_str(), "who" | "which" | "a" | "an" | "the")
    {
        found.content.push(end + 1..sentence.end);
    }
}

/// "This suggests, say the sources, that ...": where "this" was taken for the speaker, whoever stands between the commas is.
fn speaker_between_commas(text: &str, paragraph: &Paragraph, found: &mut [Found]) {
    let is_pronoun = |source: &Range<usize>| {
        source.len() == 1
            && matches!(lower(text, paragraph, source.start).as_str(), "this" | "that" | "it" | "which")
    };
    for wrong in
        found.iter_mut().filter(|found| found.source.iter().all(is_pronoun) && !found.source.is_empty())
    {
        let sentence = sentence(paragraph, wrong.cue.start);
        let says = |at: &usize| {
            INVERTING.contains(&lower(text, paragraph, *at).as_str()) && lower(text, paragraph, at - 1) == ","
        };
        let Some(verb) = (wrong.cue.end + 1..sentence.end.min(wrong.cue.end + 3)).find(says) else {
            continue;
        };
        let mut spoken = Found { cue: verb..verb + 1, source: Vec::new(), ..wrong.clone() };
        speaker_after_verb(text, paragraph, &mut spoken);
        if !spoken.source.is_empty() {
            *wrong = spoken;
        }
    }
}

/// "The wreck explains all of this", "this suggests that ...": what is no person and no body says nothing. The
/// corpora mark such words, so that only statements go without them.
pub(super) fn is_a_thing_that_explains(text: &str, paragraph: &Paragraph, found: &Found) -> bool {
    const VERBS: &[&str] = &["explains", "explain", "tells", "means", "fits", "suggests"];
    let cue = found.cue.clone();
    let [source] = &found.source[..] else { return false };
    let is_verb = cue.len() == 1 && VERBS.contains(&lower(text, paragraph, cue.start).as_str());
    if !is_verb || cue.start > found.content.first().map_or(0, |content| content.start) {
        return false;
    }
    let named = phrase(paragraph.span(source).of(text));
    let is_pronoun = named.pronoun == Some(Pronoun::Anybody) || named.pronoun == Some(Pronoun::It);
    named.kind == SourceKind::Unnamed && (is_pronoun || named.pronoun.is_none() && named.nouns.is_empty())
}

/// "As I argue back at the homestead, this changes nothing": what is said starts after the aside.
fn content_after_aside(text: &str, paragraph: &Paragraph, found: &mut Found) {
    let sentence = sentence(paragraph, found.cue.start);
    let Some(content) = found.content.first_mut() else { return };
    let opens = lower(text, paragraph, sentence.start) == "as"
        && found
            .source
            .first()
            .is_some_and(|source| source.start == sentence.start + 1 && source.end <= found.cue.start)
        && content.start == found.cue.end
        && !paragraph.quote[content.start].inside;
    if !opens {
        return;
    }
    let comma =
        (content.start..sentence.end.min(content.start + 12)).find(|&at| lower(text, paragraph, at) == ",");
    let Some(comma) = comma.filter(|&comma| comma + 1 < content.end.max(sentence.end)) else { return };
    if comma + 1 < content.end {
        content.start = comma + 1;
    } else if comma == content.end && found.content.len() == 1 {
        // Only the aside was taken: all that follows is said.
        let end = (comma..sentence.end).rev().find(|&at| paragraph.tokens[at].is_word());
        found.content = end.map(|end| comma + 1..end + 1).into_iter().collect();
    }
}

/// Stems of verbs that name their hearers before what is said.
const TELLING: &[&str] = &["tell", "told", "remind", "inform", "assur", "warn", "notif"];

/// "told one of his friends on many an evening that it was so": what is said starts at "that".
fn content_after_hearers(text: &str, paragraph: &Paragraph, found: &mut Found) {
    let told = found.cue.clone().any(|at| {
        let word = lower(text, paragraph, at);
        TELLING.iter().any(|stem| word.starts_with(stem))
    });
    let Some(content) = found.content.first_mut() else { return };
    if !told || content.start != found.cue.end {
        return;
    }
    let hearers = |at: &usize| {
        !matches!(
            paragraph.part_of_speech(*at),
            "past" | "present" | "verb" | "modal" | "gerund" | "quote" | "wh" | "to" | "comma" | "mark"
        ) && lower(text, paragraph, *at) != "that"
    };
    let end = content.end.min(content.start + 14);
    let that = (content.start..end).find(|at| !hearers(at)).unwrap_or(end);
    if that > content.start && that + 2 < content.end && lower(text, paragraph, that) == "that" {
        content.start = that;
    }
}

/// “Nobody asked us,” she said to the man at the gate: what stands behind is not said, where the quotation was whole and what
/// stands behind opens no other.
fn content_within_quotation(text: &str, paragraph: &Paragraph, found: &mut Found) {
    let [first, rest] = &found.content[..] else { return };
    let quoted = first.len() > 2
        && paragraph.quote[first.start].opens
        && paragraph.quote[first.end - 1].closes
        && first.end <= found.cue.start;
    let plain = rest.start >= found.cue.end && rest.clone().all(|at| !paragraph.quote[at].inside);
    let clause =
        matches!(lower(text, paragraph, rest.start).as_str(), "that" | "whether" | "because" | "but");
    if quoted && plain && !clause {
        found.content.truncate(1);
    }
}

/// “We saw it, and we know |that it was sold,” she said: who says the end of a quotation says the whole of it, where nobody else
/// says a part.
fn content_from_opening_mark(paragraph: &Paragraph, found: &mut [Found], index: usize) {
    let one = &found[index];
    let [content] = &one.content[..] else { return };
    let closes = content.end <= one.cue.start && paragraph.quote[content.end - 1].closes;
    let is_part = closes && paragraph.quote[content.start].inside && !paragraph.quote[content.start].opens;
    let marks =
        |range: Range<usize>| range.filter(|&at| paragraph.quote[at].opens || paragraph.quote[at].closes);
    if !is_part || marks(content.start..content.end - 1).next().is_some() {
        return;
    }
    let Some(open) = marks(0..content.start).next_back().filter(|&at| paragraph.quote[at].opens) else {
        return;
    };
    let start = content.start;
    let mut others = found.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, other)| other);
    let is_taken = others.any(|other| {
        let mut parts = other.source.iter().chain(&other.content).chain(std::iter::once(&other.cue));
        parts.any(|part| part.start < start && open < part.end)
    });
    if !is_taken && one.source.iter().all(|source| source.end <= open || start <= source.start) {
        found[index].content[0].start = open;
    }
}

/// "... that they found evidence: brand-new weapons": what is spelt out after a colon is said too.
fn content_after_colon(text: &str, paragraph: &Paragraph, found: &mut Found, taken: &[Range<usize>]) {
    let Some(content) = found.content.last_mut() else { return };
    let colon = content.end;
    let sentence = sentence(paragraph, content.start);
    let spelt_out = content.start >= found.cue.end
        && colon + 1 < sentence.end
        && lower(text, paragraph, colon) == ":"
        && paragraph.shape[colon + 1] == shape::LOWER
        && !taken.iter().any(|range| range.start >= colon && range.start < sentence.end);
    if spelt_out {
        let end =
            (colon..sentence.end).rev().find(|&at| paragraph.tokens[at].is_word()).map_or(colon, |at| at + 1);
        content.end = end.max(content.end);
    }
}

/// “Nobody asked us.” ― Ina Vell: a line that is one quotation, a dash, and a name.
fn name_after_dash(text: &str, paragraph: &Paragraph, found: &mut Vec<Found>) {
    let Some(close) = paragraph.quote.iter().rposition(|quote| quote.closes) else { return };
    let is_dash = |at: usize| matches!(paragraph.tokens[at].of(text), "―" | "—" | "–" | "-");
    let Some(last) = (close + 1..paragraph.len()).rev().find(|&at| paragraph.tokens[at].is_word()) else {
        return;
    };
    let name = (close + 1..last + 1).find(|&at| !is_dash(at)).unwrap_or(close + 1);
    let tail = name..last + 1;
    let quoted = (0..close).filter(|&at| paragraph.tokens[at].is_word());
    let fits = paragraph.quote[0].opens
        && (1..3).contains(&(tail.start - close - 1))
        && tail.len() <= 10
        && quoted.clone().count() > 2
        && quoted.into_iter().all(|at| paragraph.quote[at].inside)
        && is_name(text, paragraph, tail.clone());
    if !fits {
        return;
    }
    let content = 0..close + 1;
    let part = |range: &Range<usize>| range.end > close || 2 * range.len() > content.len();
    found.retain(|found| !spans_of(std::slice::from_ref(found)).any(|range| part(&range)));
    let cue = close + 1..tail.start;
    found.push(Found { source: vec![tail], cue, content: vec![content], confidence: BY_RULE, nested: false });
}

/// Whether tokens are a name: capitals and what may stand between them, then perhaps a description after a comma.
fn is_name(text: &str, paragraph: &Paragraph, range: Range<usize>) -> bool {
    let capital = |at: usize| {
        matches!(paragraph.shape[at], shape::CAPITAL | shape::UPPER | shape::INITIAL | shape::MIXED)
    };
    let words = |at: usize| paragraph.tokens[at].of(text);
    let end = range.clone().find(|&at| words(at) == ",").unwrap_or(range.end);
    let joins = |word: &str| {
        matches!(
            word,
            "." | "-" | "'" | "’" | "&" | "de" | "del" | "der" | "la" | "of" | "the" | "van" | "von"
        )
    };
    capital(range.start) && (range.start..end).all(|at| capital(at) || joins(words(at)))
}

/// "which is also believed to be training fighters": held, by nobody who is named.
fn held_by_nobody(text: &str, paragraph: &Paragraph, found: &mut Vec<Found>) {
    let taken: Vec<Range<usize>> = spans_of(found).collect();
    for at in 1..paragraph.len().saturating_sub(1) {
        if !HELD.contains(&lower(text, paragraph, at).as_str()) || lower(text, paragraph, at + 1) != "to" {
            continue;
        }
        let auxiliary =
            (at.saturating_sub(2)..at).rev().find(|&at| BE.contains(&lower(text, paragraph, at).as_str()));
        let Some(auxiliary) = auxiliary else { continue };
        let sentence = sentence(paragraph, at);
        let end = (at + 1..sentence.end)
            .find(|&at| {
                matches!(lower(text, paragraph, at).as_str(), "." | ";" | "?" | "!" | "”" | "\"" | ":")
            })
            .unwrap_or(sentence.end);
        let content = at + 1..end;
        let cue = if auxiliary + 1 == at { auxiliary..at + 1 } else { at..at + 1 };
        let claimed =
            |range: &Range<usize>| taken.iter().any(|own| own.start < range.end && range.start < own.end);
        if content.len() > 1 && !claimed(&cue) && !claimed(&content) {
            found.push(Found {
                source: Vec::new(),
                cue,
                content: vec![content],
                confidence: BY_RULE,
                nested: false,
            });
        }
    }
}

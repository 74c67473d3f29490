//! What can be a source and what can be said, by the parts of speech alone: the taggers judge token by token, and now and
//! then mark a phrase that nobody would.

use super::paragraph::Paragraph;
use super::tagging::Found;
use std::ops::Range;

/// A source without the adverbs and conjunctions at its end ("a stamp only", "the nominee even").
pub(super) fn trimmed(paragraph: &Paragraph, source: Range<usize>) -> Range<usize> {
    let loose =
        |at: usize| matches!(paragraph.part_of_speech(at), "adverb" | "negation" | "conjunction" | "modal");
    let mut end = source.end;
    while end > source.start + 1 && loose(end - 1) {
        end -= 1;
    }
    source.start..end
}

/// Whether a phrase can name somebody: it has a noun, a pronoun or what stands for one, is no bare question word that opens a sentence
/// ("What has been said"), and holds neither a sentence of its own ("the boats came") nor half a quotation.
pub(crate) fn can_be_source(text: &str, paragraph: &Paragraph, source: &Range<usize>) -> bool {
    let tag = |at: usize| paragraph.part_of_speech(at);
    let names = source.clone().any(|at| {
        matches!(tag(at), "noun" | "nouns" | "name" | "pronoun" | "possessive" | "wh" | "number" | "other")
            || matches!(tag(at), "determiner") && source.len() == 1 && !is_article(text, paragraph, at)
            // "the general", "the accused"
            || matches!(tag(at), "adjective" | "participle") && source.len() > 1
    });
    names && !asks(paragraph, source) && !halves_quotation(paragraph, source) && !is_clause(paragraph, source)
}

/// Whether a phrase is one word that points at something: "this", "that".
pub(crate) fn is_demonstrative(paragraph: &Paragraph, source: &Range<usize>) -> bool {
    source.len() == 1 && paragraph.part_of_speech(source.start) == "determiner"
}

/// Whether a phrase is a question word that opens a sentence: "What has been said about it" says nothing.
pub(super) fn asks(paragraph: &Paragraph, source: &Range<usize>) -> bool {
    let at = source.start;
    let first_of_sentence = at == 0 || paragraph.sentence[at] != paragraph.sentence[at - 1];
    source.len() == 1 && paragraph.part_of_speech(at) == "wh" && first_of_sentence
}

/// Whether a phrase is none of some: "None of the people quoted here" say nothing.
pub(super) fn is_none(text: &str, paragraph: &Paragraph, source: &Range<usize>) -> bool {
    source.len() > 1 && paragraph.tokens[source.start].of(text).eq_ignore_ascii_case("none")
}

fn is_article(text: &str, paragraph: &Paragraph, at: usize) -> bool {
    matches!(paragraph.tokens[at].of(text), "the" | "The" | "a" | "A" | "an" | "An")
}

/// Whether a quotation starts in a phrase and does not end there, or the other way round.
fn halves_quotation(paragraph: &Paragraph, range: &Range<usize>) -> bool {
    let opens = range.clone().filter(|&at| paragraph.quote[at].opens).count();
    let closes = range.clone().filter(|&at| paragraph.quote[at].closes).count();
    opens != closes
}

/// Whether a phrase is a noun with its verb. Verbs behind "who", "which" or "that", a comma, a
/// bracket or another subject ("the experts I met") describe the noun.
fn is_clause(paragraph: &Paragraph, range: &Range<usize>) -> bool {
    let described = range
        .clone()
        .find(|&at| {
            matches!(paragraph.part_of_speech(at), "wh" | "comma" | "mark" | "quote" | "preposition")
                || paragraph.part_of_speech(at) == "pronoun" && at > range.start
        })
        .unwrap_or(range.end);
    (range.start + 1..described)
        .any(|at| matches!(paragraph.part_of_speech(at), "past" | "present" | "modal"))
}

/// Puts right what was taken the wrong way round: "Ann Lee, the mayor, said the boats came “two a week”" with the boats as
/// the source and the mayor as what is said.
pub(super) fn turn_round(paragraph: &Paragraph, found: &mut Found) {
    let ([source], Some(first)) = (&found.source[..], found.content.first().cloned()) else { return };
    let first_of_sentence =
        first.start == 0 || paragraph.sentence[first.start] != paragraph.sentence[first.start - 1];
    let speaker = trimmed(paragraph, first.clone());
    let between = first.end..found.cue.start;
    let turned = first_of_sentence
        && first.end <= found.cue.start
        && between.clone().all(|at| !paragraph.tokens[at].is_word())
        && source.start == found.cue.end
        && is_clause(paragraph, source)
        && matches!(
            paragraph.part_of_speech(speaker.start),
            "name" | "noun" | "nouns" | "pronoun" | "determiner"
        )
        && !paragraph.quote[speaker.start].inside
        && !is_clause(paragraph, &speaker);
    if !turned {
        return;
    }
    let said = source.clone();
    let mut content: Vec<Range<usize>> = vec![said];
    for next in found.content.drain(1..) {
        // What follows without a gap is one with it.
        match content.last_mut().filter(|last| next.start <= last.end + 1) {
            Some(last) => last.end = next.end,
            None => content.push(next),
        }
    }
    found.source = vec![speaker];
    found.content = content;
}

/// Verbs of what is held by nobody in particular, and forms of "to be" that turn others into such.
const NOBODY: &[&str] = &[
    "seem",
    "seems",
    "seemed",
    "seemingly",
    "appear",
    "appears",
    "appeared",
    "known",
    "believed",
    "thought",
];
const BE: &[&str] = &["is", "are", "was", "were", "be", "been", "being", "'s", "’s"];

/// Whether a cue is a verb with a subject, even if that stands further away: no noun ("questions about"), no colon, and
/// nothing that is done by nobody ("is expected", "seems").
pub(super) fn has_subject(text: &str, paragraph: &Paragraph, cue: &Range<usize>) -> bool {
    let verb = |at: &usize| {
        matches!(
            paragraph.part_of_speech(*at),
            "verb" | "past" | "present" | "gerund" | "participle" | "modal"
        )
    };
    let words = |list: &[&str]| {
        cue.clone().any(|at| list.contains(&paragraph.tokens[at].of(text).to_lowercase().as_str()))
    };
    let last = cue.clone().rev().find(verb);
    let passive =
        words(BE) && last.is_some_and(|at| matches!(paragraph.part_of_speech(at), "participle" | "past"));
    last.is_some() && !passive && !words(NOBODY)
}

/// Whether a cue is what somebody "is believed to" do: whoever stands before it is spoken of and says nothing.
pub(super) fn is_spoken_of(text: &str, paragraph: &Paragraph, cue: &Range<usize>) -> bool {
    let adverb = |at: &usize| matches!(paragraph.part_of_speech(*at), "adverb" | "negation");
    let verb = |at: &usize| matches!(paragraph.part_of_speech(*at), "participle" | "past");
    let Some(last) = cue.clone().rev().find(verb) else { return false };
    let be = (0..last).rev().find(|at| !adverb(at));
    let to = (last + 1..paragraph.len()).find(|at| !adverb(at));
    be.is_some_and(|at| BE.contains(&paragraph.tokens[at].of(text)))
        && to.is_some_and(|at| paragraph.part_of_speech(at) == "to")
}

/// Whether nothing is said: a content of a few words that are all small ones ("it on", "all of this"), unless quoted.
pub(super) fn says_nothing(paragraph: &Paragraph, content: &[Range<usize>]) -> bool {
    let mut tokens = content.iter().cloned().flatten();
    let small = |at: usize| {
        matches!(
            paragraph.part_of_speech(at),
            "pronoun" | "determiner" | "preposition" | "to" | "adverb" | "comma" | "mark"
        ) && !paragraph.quote[at].inside
    };
    content.iter().map(Range::len).sum::<usize>() > 1 && tokens.all(small)
}

//! Quotations that the taggers gave to nobody, though the words around them tell whose they are.

use super::patterns::{BY_RULE, lower, sentence, spans_of};
use crate::tagger::paragraph::Paragraph;
use crate::tagger::phrases::can_be_source;
use crate::tagger::tagging::Found;
use std::ops::Range;

/// Stems of verbs that stand beside a quotation and its speaker.
const SAYING: &[&str] = &[
    "add", "admit", "announc", "argu", "ask", "boast", "chant", "complain", "conced", "conclud", "continu",
    "cried", "declar", "exclaim", "explain", "insist", "joke", "note", "observ", "quip", "recall", "remark",
    "repli", "respond", "said", "say", "says", "shout", "testif", "told", "tweet", "urge", "warn", "whisper",
    "write", "wrote", "yell",
];

/// Stems of verbs that tell in what manner somebody says something, and stand right before who it is.
const IN_A_MANNER: &[&str] = &[
    "bark", "beam", "bellow", "boom", "chuckl", "coo", "crow", "drawl", "enthus", "fum", "gasp", "giggl",
    "groan", "growl", "grumbl", "grunt", "gush", "hiss", "howl", "laugh", "lament", "marvel", "moan",
    "mumbl", "murmur", "mus", "mutter", "plead", "rag", "rant", "retort", "roar", "scoff", "scream",
    "shriek", "sigh", "smil", "snap", "snarl", "sneer", "sniff", "snort", "sob", "splutter", "stammer",
    "storm", "thunder", "wail", "whin",
];

/// The longest speaker beside a quotation.
const SPEAKER_TOKENS: usize = 10;
/// Shorter quotations are often a word that is only used.
const QUOTED_TOKENS: usize = 4;

/// Gives unclaimed quotations of one paragraph to those who say them.
pub(super) fn add_quotations(text: &str, paragraph: &Paragraph, found: &mut Vec<Found>) {
    for found in found.iter_mut().filter(|found| found.source.is_empty()) {
        let quotation = found.content.iter().find(|content| {
            !content.is_empty()
                && paragraph.quote[content.start].opens
                && paragraph.quote[content.end - 1].closes
                && content.len() > 3
        });
        // ‘...,’ said Ann Lee: who says it stands right behind the verb.
        if let Some((source, cue)) =
            quotation.and_then(|quotation| speaker_behind(text, paragraph, quotation))
            && cue.start < found.cue.end
            && found.cue.start < cue.end
            && found.content.iter().all(|content| content.end <= source.start || source.end <= content.start)
        {
            found.cue = cue;
            found.source = vec![source];
        }
    }
    let mut at = 0;
    while at < paragraph.len() {
        if !paragraph.quote[at].opens {
            at += 1;
            continue;
        }
        let Some(close) = (at + 1..paragraph.len()).find(|&at| paragraph.quote[at].closes) else { return };
        let quotation = at..close + 1;
        at = close + 1;
        let claimed = |range: &Range<usize>| {
            spans_of(found).any(|other| other.start < range.end && range.start < other.end)
        };
        // “Never,” snapped Ann Lee: nobody only uses a word at the start of a sentence, with a comma behind it.
        let opens = sentence(paragraph, quotation.start).start == quotation.start && quotation.len() > 3;
        if quotation.len() < QUOTED_TOKENS + 2 && !opens || claimed(&quotation) {
            continue;
        }
        let Some((source, cue)) = speaker_behind(text, paragraph, &quotation) else { continue };
        // One may say two things, each with a verb of its own.
        if !claimed(&cue) {
            found.push(Found {
                source: vec![source],
                cue,
                content: vec![quotation],
                confidence: BY_RULE,
                nested: false,
            });
        }
    }
    found.sort_by_key(|found| found.cue.start);
}

/// “...,” Ann Lee said; “...,” said the mayor.
fn speaker_behind(
    text: &str,
    paragraph: &Paragraph,
    quotation: &Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let ends = lower(text, paragraph, quotation.end - 2);
    if !matches!(ends.as_str(), "," | "?" | "!" | "-" | "—" | "–" | "..." | "…") {
        return None;
    }
    let tag = |at: usize| paragraph.part_of_speech(at);
    let says = |at: usize| {
        let word = lower(text, paragraph, at);
        matches!(tag(at), "past" | "present" | "participle")
            && SAYING.iter().any(|stem| word.starts_with(stem))
    };
    let start = quotation.end;
    let end = sentence(paragraph, start).end.min(start + SPEAKER_TOKENS);
    let stops = |at: usize| matches!(tag(at), "comma" | "mark" | "quote" | "wh" | "conjunction") || says(at);
    let manner = |at: usize| {
        let word = lower(text, paragraph, at);
        (word.ends_with("ed") || word.ends_with("es"))
            && IN_A_MANNER.iter().any(|stem| word.starts_with(stem))
    };
    let (source, cue) = if says(start) || manner(start) {
        let last = (start + 1..end).find(|&at| stops(at) || tag(at) == "preposition").unwrap_or(end);
        (start + 1..last, start..start + 1)
    } else {
        let verb = (start + 1..end).find(|&at| stops(at)).filter(|&at| says(at))?;
        (start..verb, verb..verb + 1)
    };
    (!source.is_empty() && can_be_source(text, paragraph, &source)).then_some((source, cue))
}

//! "Aster is accused of taking bribes": of whom something is said is not who says it. The taggers take the subject of such
//! verbs for their source, as that of most others; here it becomes part of what is said, and whoever is named after "by" the source.

use super::patterns::{BE, BY_RULE, lower, sentence, spans_of};
use crate::tagger::paragraph::{Paragraph, shape};
use crate::tagger::phrases::can_be_source;
use crate::tagger::tagging::Found;
use std::ops::Range;

/// Participles of verbs whose object hears what is said, or is what it is said of.
const PARTICIPLES: &[&str] = &[
    "accused",
    "acquitted",
    "advised",
    "alleged",
    "asked",
    "assured",
    "attacked",
    "believed",
    "blamed",
    "blasted",
    "branded",
    "called",
    "characterised",
    "characterized",
    "charged",
    "condemned",
    "considered",
    "convicted",
    "credited",
    "criticised",
    "criticized",
    "cleared",
    "deemed",
    "denounced",
    "depicted",
    "described",
    "dubbed",
    "expected",
    "faulted",
    "feared",
    "hailed",
    "indicted",
    "informed",
    "investigated",
    "known",
    "labeled",
    "labelled",
    "lambasted",
    "mocked",
    "notified",
    "ordered",
    "perceived",
    "portrayed",
    "praised",
    "questioned",
    "regarded",
    "reminded",
    "reported",
    "ridiculed",
    "rumored",
    "rumoured",
    "said",
    "seen",
    "slammed",
    "sued",
    "suspected",
    "thought",
    "told",
    "understood",
    "urged",
    "viewed",
    "warned",
];

/// Participles of charges, with the word that tells of what; "a skipper accused of", "men charged with".
const CHARGED: &[(&str, &[&str])] = &[
    ("accused", &["of"]),
    ("suspected", &["of"]),
    ("convicted", &["of"]),
    ("acquitted", &["of"]),
    ("charged", &["with"]),
    ("indicted", &["for", "on"]),
    ("blamed", &["for"]),
    ("criticised", &["for"]),
    ("criticized", &["for"]),
    ("condemned", &["for"]),
];

/// What may stand between a subject and its participle.
const BETWEEN: &[&str] = &[
    "has",
    "have",
    "had",
    "will",
    "would",
    "not",
    "never",
    "also",
    "long",
    "now",
    "often",
    "since",
    "already",
    "again",
    "once",
    "still",
    "first",
    "even",
    "sometimes",
    "later",
    "both",
    "all",
    "who",
    "which",
    "that",
    "get",
    "gets",
    "got",
    "getting",
    "to",
];

/// Nouns that one faces, or comes under.
const FACED: &[&str] = &[
    "claims",
    "claim",
    "accusations",
    "accusation",
    "allegations",
    "allegation",
    "charges",
    "charge",
    "criticism",
    "complaints",
    "suspicions",
    "fire",
    "attack",
    "questions",
];

/// Gives the attributions of a paragraph that are turned round to whoever says it, and adds charges that were not found.
pub(super) fn turn(text: &str, paragraph: &Paragraph, found: &mut Vec<Found>) {
    for found in found.iter_mut() {
        turn_one(text, paragraph, found);
    }
    add_charges(text, paragraph, found);
}

fn turn_one(text: &str, paragraph: &Paragraph, found: &mut Found) {
    let word = |at: usize| lower(text, paragraph, at);
    let mut source = match &found.source[..] {
        [source] if source.end <= found.cue.start => source.clone(),
        // "was criticised by": it was seen that the subject says nothing, and who does was lost.
        [] => found.cue.start..found.cue.start,
        _ => return,
    };
    let sentence = sentence(paragraph, found.cue.start);
    if source.end > source.start && word(source.end - 1) == "," {
        source.end -= 1;
    }
    let comma = source.end < sentence.end && word(source.end) == ",";
    let participle = found.cue.clone().find(|&at| PARTICIPLES.contains(&word(at).as_str()));
    let passive = participle.filter(|&at| {
        let between = || source.end + usize::from(comma)..at;
        let plain = |word: &str| {
            BETWEEN.contains(&word) || BE.contains(&word) || word.ends_with("ly") || word.ends_with("n't")
        };
        let after = word(at + 1);
        let charged = CHARGED.iter().any(|(verb, of)| *verb == word(at) && of.contains(&after.as_str()));
        let reduced = between().is_empty()
            && (charged || comma && is_inserted(text, paragraph, at, &source, &sentence));
        between().all(|at| plain(&word(at)))
            && (between().any(|at| BE.contains(&word(at).as_str()) || word(at).starts_with("get")) || reduced)
    });
    let faces = || {
        let noun = found.cue.clone().find(|&at| FACED.contains(&word(at).as_str()))?;
        let verb = (source.start + 1..noun).rev().take(4).find(|&at| {
            let word = word(at);
            word.starts_with("fac") || matches!(word.as_str(), "under" | "drew" | "drawn" | "draws" | "met")
        })?;
        Some((noun, verb))
    };
    let at = match (passive, faces()) {
        (Some(at), _) => at,
        (None, Some((noun, verb))) => {
            source.end = source.end.min(verb);
            noun
        }
        (None, None) => return,
    };
    let agent = agent(text, paragraph, at, &sentence);
    if found.source.is_empty() && agent.is_none() {
        return;
    }
    let outside = |range: &Range<usize>| -> Vec<Range<usize>> {
        let Some((by, agent)) = &agent else { return vec![range.clone()] };
        [range.start..range.end.min(*by), range.start.max(agent.end)..range.end]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect()
    };
    let mut content: Vec<Range<usize>> =
        Some(source).filter(|source| !source.is_empty()).into_iter().collect();
    content.extend(found.content.iter().flat_map(outside));
    // Words between the participle and its agent belong to no span, and the cue must not hold the agent.
    if let Some((by, agent)) = &agent
        && found.cue.end > *by
        && found.cue.start < *by
        && found.cue.end <= agent.end
    {
        found.cue.end = *by;
    }
    found.content = content;
    found.source = agent.map(|(_, agent)| agent).into_iter().collect();
}

/// "Corin, considered one of the weakest, will stand": a participle between two commas, after which the subject's own verb comes.
fn is_inserted(
    text: &str,
    paragraph: &Paragraph,
    participle: usize,
    source: &Range<usize>,
    sentence: &Range<usize>,
) -> bool {
    let is_comma = |at: &usize| lower(text, paragraph, *at) == ",";
    let end = (participle + 1..sentence.end).find(is_comma);
    !source.clone().any(|at| is_comma(&at))
        && end.is_some_and(|end| matches!(paragraph.part_of_speech(end + 1), "modal" | "past" | "present"))
}

/// Whoever is named after "by": the place of "by", and the tokens of the name. Right behind the participle, or at the end of the
/// sentence, where only a name is taken: "by forging letters" is how.
fn agent(
    text: &str,
    paragraph: &Paragraph,
    participle: usize,
    sentence: &Range<usize>,
) -> Option<(usize, Range<usize>)> {
    let word = |at: usize| lower(text, paragraph, at);
    let ends = |at: usize| {
        !paragraph.tokens[at].is_word()
            || matches!(
                word(at).as_str(),
                "of" | "for"
                    | "that"
                    | "to"
                    | "as"
                    | "with"
                    | "who"
                    | "which"
                    | "on"
                    | "in"
                    | "and"
                    | "after"
                    | "over"
            )
    };
    let phrase = |by: usize| {
        let end = (by + 1..sentence.end).find(|&at| ends(at)).unwrap_or(sentence.end);
        (by, by + 1..end)
    };
    let near = (participle + 1..sentence.end.min(participle + 3)).find(|&at| word(at) == "by").map(phrase);
    let near = near.filter(|(_, agent)| {
        !agent.is_empty() && !word(agent.start).ends_with("ing") && can_be_source(text, paragraph, agent)
    });
    near.or_else(|| {
        let by = (participle + 1..sentence.end).rev().find(|&at| word(at) == "by")?;
        let (by, agent) = phrase(by);
        let is_name = !agent.is_empty()
            && agent.len() <= 4
            && agent.clone().all(|at| matches!(paragraph.shape[at], shape::CAPITAL | shape::INITIAL));
        let last = !(agent.end..sentence.end).any(|at| paragraph.tokens[at].is_word());
        (is_name && last).then_some((by, agent))
    })
}

/// "Brandt has been accused by prosecutors of hiding the books", where nothing was found.
fn add_charges(text: &str, paragraph: &Paragraph, found: &mut Vec<Found>) {
    let word = |at: usize| lower(text, paragraph, at);
    for at in 1..paragraph.len().saturating_sub(2) {
        let verb = word(at);
        let Some((_, of)) = CHARGED.iter().find(|(own, _)| *own == verb) else { continue };
        let sentence = sentence(paragraph, at);
        let Some(auxiliary) = (sentence.start..at).rev().take(3).find(|&at| BE.contains(&word(at).as_str()))
        else {
            continue;
        };
        let agent = agent(text, paragraph, at, &sentence).filter(|(by, _)| *by == at + 1);
        let of_at = agent.as_ref().map_or(at + 1, |(_, agent)| agent.end);
        if of_at + 1 >= sentence.end
            || !of.contains(&word(of_at).as_str())
            || !word(of_at + 1).ends_with("ing")
        {
            continue;
        }
        let start = (sentence.start..auxiliary)
            .rev()
            .find(|&at| !paragraph.tokens[at].is_word())
            .map_or(sentence.start, |at| at + 1);
        let mut end = auxiliary;
        while end > start && matches!(word(end - 1).as_str(), "has" | "have" | "had" | "also" | "now") {
            end -= 1;
        }
        let last = (of_at + 1..sentence.end)
            .find(|&at| matches!(word(at).as_str(), "." | ";" | "?" | "!" | "”" | "\"" | ":" | ","))
            .unwrap_or(sentence.end);
        let spans = [auxiliary..at + 1, of_at + 1..last];
        let claimed =
            spans_of(found).any(|own| spans.iter().any(|span| own.start < span.end && span.start < own.end));
        if !claimed && start < end {
            found.push(Found {
                source: agent.map(|(_, agent)| agent).into_iter().collect(),
                cue: auxiliary..at + 1,
                content: vec![start..end, of_at + 1..last],
                confidence: BY_RULE,
                nested: false,
            });
        }
    }
    found.sort_by_key(|found| found.cue.start);
}

//! In whose words a sentence speaks: the statement that carries it.

use super::{Sentence, Side};
use crate::judge::{Judge, Passage, Verdict};
use crate::linker::Page;
use crate::sources::is_news_outlet;
use sayso_record::{Manner, SourceKind, Stance, Statement};

/// Beginnings of the words that tell of speech; who "plans", "orders" or "is considered" says nothing, and the page speaks.
const SPEAKS: &[&str] = &[
    "accord",
    "accus",
    "acknowledg",
    "admit",
    "advocat",
    "alleg",
    "announc",
    "answer",
    "apologi",
    "argu",
    "assert",
    "assum",
    "attribut",
    "believ",
    "blam",
    "blast",
    "boast",
    "brag",
    "caution",
    "charg",
    "characteri",
    "claim",
    "comment",
    "compar",
    "complain",
    "conced",
    "conclu",
    "condemn",
    "confirm",
    "contend",
    "continu",
    "contradict",
    "counter",
    "criti",
    "declar",
    "defend",
    "demand",
    "denied",
    "denies",
    "denoun",
    "deny",
    "derid",
    "describ",
    "determin",
    "disclos",
    "dismiss",
    "disput",
    "doubt",
    "echo",
    "emphasi",
    "endors",
    "estimat",
    "exclaim",
    "explain",
    "express",
    "fear",
    "forecast",
    "identif",
    "implor",
    "indicat",
    "inform",
    "insist",
    "jok",
    "lament",
    "maintain",
    "mention",
    "mock",
    "mused",
    "notif",
    "object",
    "observ",
    "point",
    "portray",
    "prais",
    "predict",
    "promis",
    "pronounc",
    "protest",
    "question",
    "quip",
    "quot",
    "reassur",
    "recall",
    "recommend",
    "recount",
    "refut",
    "reiterat",
    "reject",
    "relat",
    "remark",
    "remind",
    "repeat",
    "repl",
    "report",
    "respon",
    "reveal",
    "slam",
    "speculat",
    "speak",
    "spoke",
    "stress",
    "suggest",
    "suppos",
    "testif",
    "tout",
    "tweet",
    "urg",
    "vow",
    "warn",
    "welcom",
    "wonder",
    "worr",
    "writ",
    "wrote",
];

/// Words that tell of speech, whole.
const SPEAKS_WHOLE: &[&str] = &[
    "add", "added", "adding", "adds", "ask", "asked", "asking", "asks", "call", "called", "calling", "calls",
    "cite", "cited", "cites", "citing", "find", "finding", "finds", "found", "hope", "hoped", "hopes",
    "hoping", "know", "note", "noted", "notes", "noting", "post", "posted", "posting", "posts", "put",
    "read", "reading", "reads", "said", "say", "saying", "says", "show", "showed", "showing", "shows",
    "state", "stated", "states", "stating", "tell", "telling", "tells", "think", "thinking", "thinks",
    "thought", "told",
];

/// Whether a cue tells of speech. One without words ("―", ":") stands beside a quotation.
fn speaks(cue: &str) -> bool {
    let words =
        || cue.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    let speaks = |word: String| {
        SPEAKS_WHOLE.contains(&word.as_str())
            || SPEAKS.iter().any(|start| word.starts_with(start)) && word != "reportedly"
    };
    words().next().is_none() || words().any(speaks)
}

/// Whether a cue tells of what somebody holds, and not of what they say.
fn believes(cue: &str) -> bool {
    let cue = cue.to_lowercase();
    ["believ", "think", "thought", "hope", "fear", "know", "knew", "feel", "felt"]
        .iter()
        .any(|start| cue.starts_with(start))
}

/// What the judge says of a statement's own words, where they stand in a sentence.
pub(super) fn own_verdict(
    judge: &Judge,
    proposition: &str,
    page: &Page,
    sentence: &Sentence,
    at: usize,
) -> Verdict {
    let text = page.document.words(&page.statements[at].content);
    judge.verdict(proposition, Passage { before: &sentence.before, text: &text })
}

/// A statement whose words are less than one part in so many of a sentence does not speak for all of it.
const LEAST_OF_SENTENCE: u32 = 6;

/// The statement in whose words a sentence speaks: of several the one whose own words do most. None where the words are
/// the page's own.
pub(super) fn carrier(
    judge: &Judge,
    proposition: &str,
    page: &Page,
    sentence: &Sentence,
    side: Side,
) -> Option<usize> {
    let shared = |statement: &Statement| -> u32 {
        let own = statement.content.iter().filter(|span| span.overlaps(sentence.span));
        own.map(|span| span.end.min(sentence.span.end) - span.start.max(sentence.span.start)).sum()
    };
    let text = &page.document.text;
    let is_said = |statement: &Statement| {
        let cue = statement.cue.iter().map(|span| span.of(text));
        statement.source.kind != SourceKind::Author
            && (statement.cue.is_empty() || cue.into_iter().any(speaks))
    };
    let mut held: Vec<(usize, u32)> = page
        .statements
        .iter()
        .enumerate()
        .filter(|(_, statement)| is_said(statement))
        .map(|(at, statement)| (at, shared(statement)))
        .filter(|&(_, bytes)| bytes > 0)
        .collect();
    // Whom a speaker says to believe something does not speak; of whom an outlet reports it, that is who believes it.
    let believes = |at: usize| page.statements[at].cue.iter().any(|span| believes(span.of(text)));
    let is_held = |id| {
        let outer = held.iter().map(|&(at, _)| &page.statements[at]).find(|outer| outer.id == id);
        outer.is_some_and(|outer| !reports(outer))
    };
    let only_believed: Vec<usize> = held
        .iter()
        .filter(|&&(at, _)| page.statements[at].within.is_some_and(is_held) && believes(at))
        .map(|&(at, _)| at)
        .collect();
    held.retain(|(at, _)| !only_believed.contains(at));
    // What stands in another's words is told by that other too: the innermost says so, the rest pass it on.
    let outer: Vec<_> = held.iter().filter_map(|&(at, _)| page.statements[at].within).collect();
    held.retain(|&(at, _)| !outer.contains(&page.statements[at].id));
    // Of somebody who says it and somebody who denies it, the latter speaks against it.
    let denies = |&(at, _): &(usize, u32)| page.statements[at].stance == Stance::Denies;
    if side == Side::Against && held.iter().any(denies) {
        held.retain(denies);
    }
    if let [(at, bytes)] = held[..] {
        // “Nonsense,” said the mayor of a town that ...
        let opens = page.statements[at].manner == Manner::Direct
            && page.statements[at].content.first().is_some_and(|span| span.start <= sentence.span.start + 1);
        return (opens || bytes * LEAST_OF_SENTENCE >= sentence.span.len() as u32).then_some(at);
    }
    let share = |at: usize| {
        let verdict = own_verdict(judge, proposition, page, sentence, at);
        match side {
            Side::For => verdict.says,
            // A statement whose source denies something holds what is denied.
            Side::Against => verdict.says.max(verdict.denies),
            Side::Doubts => 1.0 - verdict.neither(),
        }
    };
    let scored = held.into_iter().map(|(at, bytes)| (share(at), bytes, at));
    scored.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))).map(|(_, _, at)| at)
}

/// Whether a source passes on what others told it: an outlet, or a short name in capitals that stands behind "according to".
fn reports(statement: &Statement) -> bool {
    let name = &statement.source.name;
    let is_short = name.len() <= 5 && name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    is_news_outlet(name) || statement.source.kind == SourceKind::Organisation && is_short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_of_speech() {
        for cue in
            ["said", "According to", "has repeatedly called for", "identified", ":", "told reporters in Tarn"]
        {
            assert!(speaks(cue), "{cue}");
        }
        for cue in ["is planning", "decided", "refused", "appeared", "reportedly", "wanted"] {
            assert!(!speaks(cue), "{cue}");
        }
        assert!(believes("believes") && !believes("said"));
    }
}

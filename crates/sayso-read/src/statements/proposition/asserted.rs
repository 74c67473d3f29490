//! Whether a cue tells that something was said at all. Negated, conditional, future and wished-for speech asserts
//! nothing, and neither does whoever takes a statement back.

use super::super::passage::Passage;
use sayso_record::{Stance, Statement};

/// How far before a cue its auxiliaries are looked for.
const BEFORE: usize = 6;

const NEGATIONS: &[&str] = &["not", "never", "no", "cannot", "hardly", "scarcely", "without", "t"];

/// Stems of words that keep somebody from saying it, or take it back.
const REFUSING: &[&str] = &[
    "declin",
    "refus",
    "fail",
    "unable",
    "unwilling",
    "neither",
    "nor",
    "avoid",
    "retract",
    "withdr",
    "apologi",
    "recant",
    "backtrack",
    "disown",
];

/// Pairs of words that do so together.
const REFUSING_PAIRS: &[(&str, &str)] = &[
    ("stopped", "short"),
    ("stop", "short"),
    ("stops", "short"),
    ("stopping", "short"),
    ("fell", "short"),
    ("walked", "back"),
    ("walk", "back"),
    ("took", "back"),
    ("take", "back"),
    ("backed", "away"),
    ("wrong", "to"),
    ("mistaken", "to"),
];

/// Stems of verbs that wish, plan or ask for speech before an infinitive ("is expected to say").
const WISHING: &[&str] = &[
    "expect",
    "going",
    "likely",
    "due",
    "plan",
    "want",
    "wish",
    "need",
    "ought",
    "hop",
    "suppos",
    "set",
    "prepar",
    "urg",
    "ask",
    "invit",
    "order",
    "told",
    "forc",
    "fail",
    "allow",
    "hesitat",
    "reluctant",
    "ready",
];

/// Stems of cues that wish themselves.
const WISHES: &[&str] = &["hope", "hoping", "wish", "want", "pray", "dream", "pretend"];

pub(super) fn asserted(text: &str, passage: &Passage, statement: &Statement) -> bool {
    let paragraph = &passage.paragraph;
    let lower = |at: usize| paragraph.tokens[at].of(text).to_lowercase();
    let Some(cue) = statement.cue.first() else { return true };
    let from = paragraph.tokens.partition_point(|token| token.start < cue.start);
    let to = paragraph.tokens.partition_point(|token| token.end <= cue.end).max(from);
    let Some(&number) = paragraph.sentence.get(from) else { return true };
    let inside = |at: usize, spans: &[sayso_record::Span]| {
        spans
            .iter()
            .any(|span| span.start <= paragraph.tokens[at].start && paragraph.tokens[at].end <= span.end)
    };
    let free = |at: &usize| {
        paragraph.sentence[*at] == number
            && !inside(*at, &statement.content)
            && !inside(*at, &statement.source.spans)
            && !matches!(paragraph.tokens[*at].of(text), "," | ";" | ":" | "—" | "”" | "“" | "\"")
    };
    let before = (from.saturating_sub(BEFORE)..from).rev().take_while(free).last().unwrap_or(from);
    let verb: Vec<String> = (before..to).map(lower).collect();
    let source: Vec<String> =
        (0..paragraph.len()).filter(|&at| inside(at, &statement.source.spans)).map(lower).collect();
    let has = |stems: &[&str]| verb.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    let negated = verb.iter().any(|word| NEGATIONS.contains(&word.as_str()));
    let first = source.first().map_or("", String::as_str);
    let nobody = matches!(first, "nobody" | "none" | "neither" | "few") || first == "no" && source.len() > 1;
    if nobody || has(REFUSING) || has(WISHES) && statement.stance != Stance::Asserts {
        return false;
    }
    if verb.windows(2).any(|pair| REFUSING_PAIRS.contains(&(pair[0].as_str(), pair[1].as_str())))
        || verb.windows(3).any(|three| REFUSING_PAIRS.contains(&(three[0].as_str(), three[2].as_str())))
    {
        return false;
    }
    // Who does not think that it is so doubts it; who does not say, or does not deny, that it is so leaves it open.
    let doubts = statement.stance == Stance::Doubts
        && !has(&["confirm", "verif", "rul", "rule", "say", "acknowledg"])
        || statement.stance == Stance::Believes;
    if negated && !doubts {
        return false;
    }
    if let Some(to) = verb.iter().position(|word| word == "to")
        && verb[..to].iter().any(|word| WISHING.iter().any(|stem| word.starts_with(stem)))
        // "is expected to reopen", "was told to leave": what comes after the cue is no speech.
        && to + 1 < verb.len()
    {
        return false;
    }
    let modal = verb.iter().position(|word| {
        matches!(
            word.as_str(),
            "will" | "would" | "may" | "might" | "should" | "must" | "can" | "could" | "shall" | "ll"
        )
    });
    if let Some(at) = modal {
        let speaker = matches!(first, "i" | "we");
        let plain = match verb[at].as_str() {
            "can" => verb[at + 1..]
                .iter()
                .any(|word| matches!(word.as_str(), "confirm" | "reveal" | "report" | "tell" | "say")),
            "must" => verb[at + 1..].iter().any(|word| matches!(word.as_str(), "admit" | "confess" | "say")),
            "would" => {
                speaker
                    || verb[at + 1..]
                        .iter()
                        .any(|word| matches!(word.as_str(), "later" | "eventually" | "subsequently"))
            }
            "will" | "ll" => speaker,
            _ => false,
        };
        if !plain {
            return false;
        }
    }
    let opening = (0..paragraph.len())
        .find(|&at| inside(at, &statement.source.spans))
        .filter(|&at| at < from)
        .unwrap_or(before);
    let conditional = (opening.saturating_sub(2)..opening)
        .filter(|&at| paragraph.sentence[at] == number)
        .any(|at| matches!(lower(at).as_str(), "if" | "unless" | "whether" | "lest" | "should"))
        || verb.iter().any(|word| matches!(word.as_str(), "if" | "unless"));
    !conditional
}

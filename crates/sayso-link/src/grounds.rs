//! Grounds: what is given as the reason for what, and which accounts stand against each other.

use sayso_record::{Block, BlockKind, Document, Span};

/// A reason and what it is a reason for, or two rival accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Which of the two.
    pub kind: GroundKind,
    /// The words that say so ("This suggests").
    pub cue: Span,
    /// The reason; of rivals, the account that is put forward.
    pub reason: Span,
    /// What it is a reason for; of rivals, the account that is put aside.
    pub conclusion: Span,
}

/// The sorts of ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GroundKind {
    /// The one is a reason for the other.
    Reason,
    /// The two are rival accounts.
    Rival,
}

/// Openings of a sentence that draws a conclusion from the one before.
const OPENINGS: &[&str] = &[
    "this suggests",
    "that suggests",
    "this means",
    "that means",
    "which means",
    "this shows",
    "this indicates",
    "this proves",
    "this implies",
    "this would mean",
    "these suggest",
    "it follows that",
    "therefore",
    "hence",
    "thus",
    "as a result",
    "consequently",
    "this is evidence",
    "this points to",
    "that is why",
    "this is why",
];
/// Words between a conclusion and its reason.
const AFTER: &[&str] = &[
    " because ",
    " given that ",
    ", since ",
    " in view of ",
    " on the grounds that ",
    ", for the simple reason that ",
];
/// Words between a reason and its conclusion.
const BEFORE: &[&str] = &[
    ", which suggests ",
    ", which means ",
    ", which shows ",
    ", which indicates ",
    ", which proves ",
    ", suggesting ",
    ", indicating ",
    " is evidence that ",
    " is evidence of ",
    " are evidence of ",
    " as evidence of ",
    " proves that ",
    " prove that ",
    " shows that ",
    " show that ",
    ", so ",
    ", and therefore ",
];
/// Words between two rival accounts, the favoured one first.
const RIVALS: &[&str] = &[" rather than ", " instead of ", " as opposed to ", ", and not "];

/// The grounds in a document, in order. Reasons are sought within a sentence, and in the sentence before it in the
/// same block or, for the first sentence of a block, the last of the block before.
pub fn grounds(document: &Document) -> Vec<Ground> {
    let mut grounds = Vec::new();
    let mut before: Option<(Span, Option<u32>)> = None;
    for block in document.blocks.iter().filter(|block| holds_words(block)) {
        for sentence in sentences(&document.text, block.span) {
            let earlier = before.filter(|(_, within)| *within == block.within).map(|(span, _)| span);
            find(&document.text, sentence, earlier, &mut grounds);
            before = Some((sentence, block.within));
        }
    }
    grounds
}

fn holds_words(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Caption)
}

fn find(text: &str, sentence: Span, earlier: Option<Span>, grounds: &mut Vec<Ground>) {
    let lower = lowered(sentence.of(text));
    let start = sentence.start as usize;
    let at = |from: usize, to: usize| Span::new(start + from, start + to).trim(text);
    let opening = lower.find(|c: char| c.is_alphanumeric()).unwrap_or(0);
    let opened = OPENINGS.iter().find(|opening_words| {
        lower[opening..]
            .strip_prefix(**opening_words)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    if let (Some(words), Some(reason)) = (opened, earlier) {
        let end = opening + words.len();
        let conclusion = at(end, lower.len());
        if conclusion.of(text).contains(char::is_alphanumeric) {
            grounds.push(Ground { kind: GroundKind::Reason, cue: at(opening, end), reason, conclusion });
        }
    }
    let mut between = |cues: &[&str], kind: GroundKind, reason_first: bool| {
        for cue in cues {
            let Some(from) = lower.find(cue) else { continue };
            let (first, second) = (at(0, from), at(from + cue.len(), lower.len()));
            let (reason, conclusion) = if reason_first { (first, second) } else { (second, first) };
            if !reason.is_empty() && !conclusion.is_empty() {
                grounds.push(Ground { kind, cue: at(from, from + cue.len()), reason, conclusion });
            }
        }
    };
    between(AFTER, GroundKind::Reason, false);
    between(BEFORE, GroundKind::Reason, true);
    between(RIVALS, GroundKind::Rival, true);
    if let Some(not) = lower.find(" not ")
        && let Some(but) = lower[not..].find(" but ").map(|but| not + but)
        && !lower[not..but].contains([';', ':'])
    {
        let (aside, forward) = (at(not + 5, but), at(but + 5, lower.len()));
        if !aside.is_empty() && !forward.is_empty() {
            grounds.push(Ground {
                kind: GroundKind::Rival,
                cue: at(not + 1, but + 4),
                reason: forward,
                conclusion: aside,
            });
        }
    }
}

/// In lower case, byte for byte: letters whose lower case has another length stay as they are.
fn lowered(text: &str) -> String {
    text.chars()
        .map(|c| match c.to_lowercase().next() {
            Some(lower) if lower.len_utf8() == c.len_utf8() => lower,
            _ => c,
        })
        .collect()
}

/// The sentences of a span: cut after a full stop, question or exclamation mark, with its closing quotation marks,
/// where white space and no small letter follows.
pub(crate) fn sentences(text: &str, span: Span) -> Vec<Span> {
    let words = span.of(text);
    let start = span.start as usize;
    let mut sentences = Vec::new();
    let mut from = 0;
    let mut chars = words.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?') || is_abbreviation(&words[from..at]) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((at, c)) =
            chars.next_if(|(_, c)| matches!(c, '"' | '”' | '’' | '\'' | ')' | '.' | '!' | '?'))
        {
            end = at + c.len_utf8();
        }
        let rest = words[end..].trim_start();
        let goes_on = rest.len() == words[end..].len() || rest.starts_with(char::is_lowercase);
        if !goes_on {
            sentences.push(Span::new(start + from, start + end).trim(text));
            from = end;
        }
    }
    sentences.push(Span::new(start + from, start + words.len()).trim(text));
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// Whether a full stop after these words belongs to the last of them: "U.S", "Mr", "J".
fn is_abbreviation(before: &str) -> bool {
    let last = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    last.contains('.')
        || last.chars().count() == 1 && last.chars().all(char::is_uppercase)
        || matches!(
            last,
            "Mr" | "Mrs" | "Ms" | "Dr" | "Gen" | "Sen" | "Rep" | "Gov" | "Lt" | "Col" | "St" | "No" | "vs"
        )
}

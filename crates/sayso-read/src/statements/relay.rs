//! Go-betweens named in the sentence itself: "in a Reuters interview", "told the Harbour Courier".

use super::draft::Draft;
use super::mention::{is_outlet, name_runs, phrase};
use super::passage::Passage;
use crate::tagger::paragraph::Paragraph;
use sayso_record::{Document, Mention, Span};
use std::ops::Range;

/// "The Courier, citing two officials, said": the officials say so, and the Courier passes it on.
pub(super) fn give_to_the_cited(document: &Document, passages: &[Passage], drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| draft.carried.is_none()) {
        let Some(&source) = draft.source.last() else { continue };
        let paragraph = &passages[draft.passage].paragraph;
        let word = |at: usize| paragraph.tokens.get(at).map_or("", |token| token.of(&document.text));
        let start = paragraph.tokens.partition_point(|token| token.start < source.start);
        let end = paragraph.tokens.partition_point(|token| token.end <= source.end);
        let cites = |at: &usize| matches!(word(*at), "citing" | "quoting");
        // The tagger may have taken the cited into the source, or have left them out.
        let citing = (start + 1..end).find(cites).or_else(|| (end..end + 2).find(cites));
        let Some(citing) = citing.filter(|&at| at > start && word(at - 1) == ",") else { continue };
        let Some(sentence) = paragraph.sentences.iter().find(|range| range.contains(&citing)) else {
            continue;
        };
        let last = (citing + 1..sentence.end)
            .find(|&at| matches!(word(at), "," | "." | ";"))
            .unwrap_or(sentence.end);
        let taken = |span: Span| draft.cue.iter().chain(&draft.content).any(|own| own.overlaps(span));
        if last <= citing + 1 || taken(paragraph.span(&(citing + 1..last))) {
            continue;
        }
        let outlet = paragraph.span(&(start..citing - 1));
        let named = phrase(outlet.of(&document.text));
        draft.go_betweens = vec![Mention { spans: vec![outlet], kind: named.kind, name: named.name }];
        draft.source = vec![paragraph.span(&(citing + 1..last))];
    }
}

/// Adds the go-between of each draft whose sentence names one outside the words that are said.
pub(super) fn add_go_betweens(document: &Document, passages: &[Passage], drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        if let Some(speaker) = drafts[index].carried {
            drafts[index].go_betweens = drafts[speaker].go_betweens.clone();
            continue;
        }
        let draft = &drafts[index];
        let Some(cue) = draft.cue.first() else { continue };
        let paragraph = &passages[draft.passage].paragraph;
        let Some(at) = paragraph.tokens.iter().position(|token| token.start >= cue.start) else { continue };
        let Some(sentence) = paragraph.sentences.iter().find(|range| range.contains(&at)) else { continue };
        let outside = |at: usize| {
            let token = &paragraph.tokens[at];
            let span = Span { start: token.start, end: token.end };
            !draft.content.iter().chain(&draft.source).any(|content| content.overlaps(span))
        };
        // Other attributions of the sentence have go-betweens of their own: stay near the own cue.
        let found = go_between(&document.text, paragraph, sentence.clone(), &outside).filter(|range| {
            let between = range.end.min(at)..range.start.max(at);
            !drafts.iter().enumerate().any(|(other, draft)| {
                other != index
                    && draft.cue.iter().any(|cue| {
                        paragraph.tokens[between.clone()]
                            .iter()
                            .any(|token| cue.start <= token.start && token.end <= cue.end)
                    })
            })
        });
        if let Some(range) = found {
            let span = paragraph.span(&range);
            let named = phrase(span.of(&document.text));
            if named.name != drafts[index].speaker.name && drafts[index].go_betweens.is_empty() {
                drafts[index].go_betweens =
                    vec![Mention { spans: vec![span], kind: named.kind, name: named.name }];
            }
        }
    }
}

/// The tokens that name the go-between.
fn go_between(
    text: &str,
    paragraph: &Paragraph,
    sentence: Range<usize>,
    outside: &dyn Fn(usize) -> bool,
) -> Option<Range<usize>> {
    let word = |at: usize| {
        if sentence.contains(&at) { paragraph.tokens[at].of(text).to_lowercase() } else { String::new() }
    };
    let name_at = |at: usize| -> Option<Range<usize>> {
        let start = if matches!(word(at).as_str(), "the" | "a" | "an") { at + 1 } else { at };
        let rest =
            sentence.clone().skip_while(|&place| place < start).take_while(|&place| outside(place)).count();
        let runs = name_runs(text, &paragraph.tokens[start..start + rest]);
        let run = runs.into_iter().next().filter(|run| run.start == 0)?;
        Some(start..start + run.end)
    };
    let name = |range: &Range<usize>| paragraph.span(range).of(text);
    for at in sentence.clone().filter(|&at| outside(at)) {
        match word(at).as_str() {
            // "in a Reuters interview", "in an exclusive interview with Reuters".
            "interview" | "interviews" => {
                let mut after = at + 1;
                while sentence.contains(&after)
                    && !matches!(word(after).as_str(), "with" | "on" | "by" | "to" | "for")
                    && after < at + 4
                {
                    after += 1;
                }
                let with = matches!(word(after).as_str(), "with" | "on" | "by" | "to" | "for")
                    .then(|| name_at(after + 1))
                    .flatten();
                let mut before = at;
                while before > sentence.start
                    && outside(before - 1)
                    && capital_or_joined(text, paragraph, before - 1)
                {
                    before -= 1;
                }
                let owner = Some(before..at).filter(|range| !range.is_empty());
                if let Some(range) = owner.or(with) {
                    return Some(range);
                }
            }
            "told" | "tells" | "telling" | "tell" => {
                if let Some(range) = name_at(at + 1).filter(|range| is_outlet(name(range))) {
                    return Some(range);
                }
            }
            "by" | "in" if at > sentence.start && word(at - 1) == "quoted" => {
                if let Some(range) = name_at(at + 1) {
                    return Some(range);
                }
            }
            "on" | "to" => {
                let outlet = name_at(at + 1).filter(|range| is_outlet(name(range)));
                let speaks = word(at) == "on"
                    || at > sentence.start
                        && matches!(word(at - 1).as_str(), "speaking" | "spoke" | "statement");
                if let Some(range) = outlet.filter(|_| speaks) {
                    return Some(range);
                }
            }
            _ => {}
        }
    }
    None
}

fn capital_or_joined(text: &str, paragraph: &Paragraph, at: usize) -> bool {
    let word = paragraph.tokens[at].of(text);
    word.chars().next().is_some_and(char::is_uppercase)
}

//! Go-betweens named in the sentence itself: "in a Reuters interview", "told the Harbour Courier".

use super::draft::{Draft, by_passage};
use super::mention::{is_outlet, name_runs, phrase};
use super::passage::Passage;
use super::patterns::sentence;
use super::words::{BODIES, NAMES_OF_BODIES, OFFICES, PEOPLE, is_group};
use crate::tagger::paragraph::Paragraph;
use sayso_record::{Document, Mention, SourceKind, Span};
use std::collections::HashSet;
use std::ops::Range;

/// "The Courier, citing two officials, said": the officials say so, and the Courier passes it on.
pub(super) fn give_to_the_cited(document: &Document, passages: &[Passage], drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| draft.carried.is_none()) {
        let Some(&source) = draft.source.last() else { continue };
        let paragraph = &passages[draft.passage].paragraph;
        let word = |at: usize| paragraph.tokens.get(at).map_or("", |token| token.of(&document.text));
        let Range { start, end } = paragraph.tokens_in(source);
        let which = |at: usize| {
            at > 1 && word(at - 1) == "which" && matches!(word(at), "cited" | "cites" | "quoted" | "quotes")
        };
        let cites = |at: &usize| matches!(word(*at), "citing" | "quoting") || which(*at);
        // The tagger may have taken the cited into the source, or have left them out.
        let citing = (start + 1..end).find(cites).or_else(|| (end..end + 6).find(cites));
        let comma = |at: usize| if which(at) { at - 2 } else { at - 1 };
        let Some(citing) = citing.filter(|&at| comma(at) > start && word(comma(at)) == ",") else { continue };
        let Some(sentence) = paragraph.sentences.iter().find(|range| range.contains(&citing)) else {
            continue;
        };
        let last = (citing + 1..sentence.end)
            .find(|&at| matches!(word(at), "," | "." | ";"))
            .unwrap_or(sentence.end);
        if last <= citing + 1 {
            continue;
        }
        // "reported, citing officials, that": the taggers may have taken the cited for the first of what is said.
        let cited = paragraph.span(&(citing + 1..last));
        if let Some(first) = draft.content.first_mut().filter(|first| {
            let from = paragraph.tokens_in(**first).start;
            (comma(citing)..=citing + 1).contains(&from) && first.end > cited.end
        }) {
            first.start =
                paragraph.tokens.get(last + 1).map_or(first.end, |token| token.start.min(first.end));
        }
        if draft.cue.iter().all(|cue| cue.of(&document.text) == word(citing)) && comma(citing) > end {
            draft.cue = vec![paragraph.span(&(end..comma(citing)))];
        }
        if draft.cue.iter().chain(&draft.content).any(|own| own.overlaps(cited)) {
            continue;
        }
        let outlet = paragraph.span(&(start..end.min(comma(citing))));
        let named = phrase(outlet.of(&document.text));
        draft.go_betweens = vec![Mention { spans: vec![outlet], kind: named.kind, name: named.name }];
        draft.source = vec![cited];
    }
}

/// "Northwire quoted a government source as saying that ...": the source says it and Northwire passes it on; that it was quoted is
/// no statement besides.
pub(super) fn merge_quoted_as_saying(document: &Document, drafts: &mut Vec<Draft>) {
    let quotes = |draft: &Draft| {
        draft.carried.is_none()
            && draft.cue.iter().any(|cue| {
                matches!(cue.of(&document.text), "quoted" | "quotes" | "cited" | "cites" | "has quoted")
            })
    };
    // Whose words go on in the next paragraph is still needed there.
    let goes_on: HashSet<usize> = drafts.iter().filter_map(|draft| draft.carried).collect();
    let mut kept = vec![true; drafts.len()];
    for outer in 0..drafts.len() {
        let draft = &drafts[outer];
        if !quotes(draft) {
            continue;
        }
        // Drafts are in the order of the text, so that what is within follows.
        let inner =
            (outer + 1..drafts.len()).take_while(|&at| drafts[at].passage == draft.passage).find(|&at| {
                let inner = &drafts[at];
                inner.cue.iter().any(|cue| cue.of(&document.text).starts_with("as "))
                    && inner.spans().all(|span| draft.content.iter().any(|content| content.contains(span)))
            });
        let Some(inner) = inner else { continue };
        kept[outer] = goes_on.contains(&outer);
        if !draft.source.is_empty() {
            let spans = draft.source.clone();
            let named = phrase(&document.words(&spans));
            drafts[inner].go_betweens = vec![Mention { spans, kind: named.kind, name: named.name }];
        }
    }
    let place: Vec<usize> = kept
        .iter()
        .scan(0, |next, &kept| {
            let own = *next;
            *next += usize::from(kept);
            Some(own)
        })
        .collect();
    let mut keeps = kept.iter();
    drafts.retain(|_| keeps.next().is_some_and(|&kept| kept));
    for draft in drafts.iter_mut() {
        draft.carried = draft.carried.map(|from| place[from]);
    }
}

/// Adds the go-between of each draft whose sentence names one outside the words that are said.
pub(super) fn add_go_betweens(document: &Document, passages: &[Passage], drafts: &mut [Draft]) {
    let of_passage = by_passage(passages, drafts);
    for index in 0..drafts.len() {
        if let Some(speaker) = drafts[index].carried {
            drafts[index].go_betweens = drafts[speaker].go_betweens.clone();
            continue;
        }
        let draft = &drafts[index];
        let Some(cue) = draft.cue.first() else { continue };
        let paragraph = &passages[draft.passage].paragraph;
        let at = paragraph.tokens_in(*cue).start;
        if at >= paragraph.len() {
            continue;
        }
        let sentence = sentence(paragraph, at);
        let outside = |at: usize| {
            let token = &paragraph.tokens[at];
            let span = Span { start: token.start, end: token.end };
            !draft.content.iter().chain(&draft.source).any(|content| content.overlaps(span))
        };
        // Other attributions of the sentence have go-betweens of their own: stay near the own cue.
        let unnamed = draft.speaker.kind == SourceKind::Unnamed;
        let found = go_between(&document.text, paragraph, sentence, &outside, unnamed).filter(|range| {
            let between = range.end.min(at)..range.start.max(at);
            let stands_between = |cue: &Span| {
                let Range { start, end } = paragraph.tokens_in(*cue);
                start.max(between.start) < end.min(between.end)
            };
            !of_passage[draft.passage]
                .iter()
                .any(|&other| other != index && drafts[other].cue.iter().any(stands_between))
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

/// The longest name of a go-between.
const NAME_TOKENS: usize = 24;

/// The tokens that name the go-between.
fn go_between(
    text: &str,
    paragraph: &Paragraph,
    sentence: Range<usize>,
    outside: &dyn Fn(usize) -> bool,
    unnamed: bool,
) -> Option<Range<usize>> {
    let word = |at: usize| {
        if sentence.contains(&at) { paragraph.tokens[at].of(text).to_lowercase() } else { String::new() }
    };
    let name_at = |at: usize| -> Option<Range<usize>> {
        let start = if matches!(word(at).as_str(), "the" | "a" | "an") { at + 1 } else { at };
        // No name is longer, and every "told" asks for one.
        let last = sentence.end.min(start + NAME_TOKENS);
        let rest = (start..last).take_while(|&place| outside(place)).count();
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
                // A name with an article before it is no person's: whom "a clerk told the Ledger" has told are its reporters.
                let heard = name_at(at + 1).filter(|range| {
                    is_outlet(name(range))
                        || is_outlet_by_its_end(name(range))
                        || unnamed && word(at + 1) == "the" && is_no_body(name(range))
                });
                if let Some(range) = heard {
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

/// "Northwire", "Dunewatch": one word that ends as names of outlets do.
fn is_outlet_by_its_end(name: &str) -> bool {
    const ENDS: &[&str] =
        &["wire", "news", "times", "post", "press", "herald", "gazette", "daily", "tribune", "watch"];
    let name = name.to_lowercase();
    !name.contains(' ') && ENDS.iter().any(|end| name.len() > end.len() + 1 && name.ends_with(end))
}

/// Whether a name that follows "told the" is none of a body or an office, which hear things but pass none on.
fn is_no_body(name: &str) -> bool {
    let words =
        || name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    !words().any(|word| {
        let word = word.as_str();
        let several = word.ends_with('s') && word.len() > 3;
        several
            || BODIES.contains(&word)
            || NAMES_OF_BODIES.contains(&word)
            || OFFICES.contains(&word)
            || PEOPLE.contains(&word.trim_end_matches('s'))
            || is_group(word)
            || HEARING.contains(&word)
    }) && words().count() <= 2
        && name.chars().any(char::is_lowercase)
}

/// Bodies that are told things, besides those that speak.
const HEARING: &[&str] = &[
    "assembly",
    "commons",
    "congress",
    "house",
    "knesset",
    "lords",
    "parliament",
    "pentagon",
    "kremlin",
    "senate",
    "council",
    "court",
    "summit",
    "security",
    "white",
    "un",
    "eu",
    "nations",
    "conference",
    "forum",
    "convention",
    "club",
    "institute",
    "hague",
    "taliban",
    "vatican",
    "mossad",
    "hamas",
    "crown",
    "cabinet",
    "army",
    "navy",
];

fn capital_or_joined(text: &str, paragraph: &Paragraph, at: usize) -> bool {
    let word = paragraph.tokens[at].of(text);
    word.chars().next().is_some_and(char::is_uppercase)
}

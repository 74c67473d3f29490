//! Transcripts: paragraphs that open with who speaks, in capitals and with a colon ("WALLACE: If I may, ...").

use super::draft::Draft;
use super::mention::{is_outlet, phrase};
use super::passage::Passage;
use super::patterns::BY_RULE;
use crate::tagger::paragraph::{Paragraph, shape};
use crate::tagger::tagging::Found;
use sayso_record::{Document, Mention, SourceKind, Span};
use std::collections::HashMap;
use std::ops::Range;

/// So many paragraphs of a page open so before it is taken for a transcript: one alone may be a place, or "UPDATE:".
const TURNS: usize = 3;
/// The longest name before the colon.
const NAME_TOKENS: usize = 4;

/// How a paragraph opens that is somebody's turn.
struct Turn {
    name: Range<usize>,
    colon: usize,
}

/// Gives what such paragraphs say to those who speak in them.
pub(super) fn add_turns(text: &str, passages: &mut [Passage]) {
    let turns: Vec<(usize, Turn)> = passages
        .iter()
        .enumerate()
        .filter_map(|(at, passage)| Some((at, speaker(text, &passage.paragraph)?)))
        .collect();
    if turns.len() < TURNS {
        return;
    }
    for (at, Turn { name: speaker, colon }) in turns {
        let Passage { paragraph, found, .. } = &mut passages[at];
        let cue = colon..colon + 1;
        let content = cue.end..paragraph.len();
        // What the taggers made of the name and its colon is wrong; what they found within the words may be right.
        found.retain(|found| {
            let parts = found.source.iter().chain(&found.content).chain(std::iter::once(&found.cue));
            parts.into_iter().all(|part| part.start >= content.start && part.len() < content.len())
        });
        for inner in found.iter_mut() {
            inner.nested = true;
        }
        let turn =
            Found { source: vec![speaker], cue, content: vec![content], confidence: BY_RULE, nested: false };
        found.insert(0, turn);
    }
}

/// Words that stand in capitals with a colon over what is no turn: links to other stories, labels.
const LABELS: &[&str] = &[
    "also",
    "analysis",
    "breaking",
    "caption",
    "correction",
    "editor",
    "exclusive",
    "listen",
    "live",
    "more",
    "note",
    "opinion",
    "photo",
    "photos",
    "poll",
    "quiz",
    "read",
    "related",
    "see",
    "source",
    "update",
    "updated",
    "video",
    "warning",
    "watch",
];

/// The longest role behind a name ("JANE SMITHERS, OSTRELL RADIO HOST: ...").
const ROLE_TOKENS: usize = 10;

/// The name that a paragraph opens with, where a colon and words follow; a role may stand between them.
fn speaker(text: &str, paragraph: &Paragraph) -> Option<Turn> {
    let word = |at: usize| paragraph.tokens[at].of(text);
    let start = usize::from(matches!(word(0), "\"" | "“" | "”" | "'" | ">" | "—" | "-"));
    let stops = |at: &usize| matches!(word(*at), ":" | "," | "(");
    let end = (start + 1..paragraph.len().min(start + NAME_TOKENS + 1)).find(stops)?;
    let colon = (end..paragraph.len().min(end + 1 + ROLE_TOKENS))
        .take_while(|&at| {
            !matches!(word(at), "." | "?" | "!" | ";" | "“" | "\"")
                || word(at) == "." && word(at - 1).len() == 1
        })
        .find(|&at| word(at) == ":")?;
    let is_part = |at: usize| {
        matches!(paragraph.shape[at], shape::UPPER | shape::INITIAL)
            || matches!(word(at), "." | "-" | "'" | "’")
    };
    let is_long = (start..end).any(|at| word(at).len() > 2);
    let is_label = (start..end).any(|at| LABELS.contains(&word(at).to_lowercase().as_str()));
    (is_long && !is_label && (start..end).all(is_part) && colon + 2 < paragraph.len())
        .then_some(Turn { name: start..end, colon })
}

/// Who is nobody in particular.
const NOBODY_KNOWN: &[&str] = &[
    "announcer",
    "audience",
    "caller",
    "chorus",
    "crowd",
    "female",
    "group",
    "male",
    "man",
    "member",
    "narrator",
    "participant",
    "protester",
    "protesters",
    "question",
    "reporter",
    "reporters",
    "speaker",
    "translator",
    "unidentified",
    "unknown",
    "voice",
    "voices",
    "woman",
];

/// Names those who take turns as they are written elsewhere: "OTTO BRANDT" is Otto Brandt, and so is "BRANDT" after him.
pub(super) fn name_turns(document: &Document, passages: &[Passage], drafts: &mut [Draft]) {
    let is_turn = |draft: &Draft| {
        let [cue] = draft.cue[..] else { return false };
        let opens = passages[draft.passage].paragraph.tokens.get(..2);
        let near =
            |source: &Span| opens.is_some_and(|opens| opens.iter().any(|token| token.start == source.start));
        cue.of(&document.text).ends_with(':') && draft.source.first().is_some_and(near)
    };
    let mut names: HashMap<String, (SourceKind, String)> = HashMap::new();
    // Of each surname, who was named in full first.
    let mut full: HashMap<String, String> = HashMap::new();
    for draft in drafts.iter().filter(|draft| is_turn(draft)) {
        let shouted = document.words(&draft.source);
        if shouted.chars().any(char::is_lowercase) || names.contains_key(&shouted) {
            continue;
        }
        let words: Vec<String> = shouted.split_whitespace().map(written).collect();
        let is_nobody = words.iter().any(|word| {
            NOBODY_KNOWN.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str())
        });
        let name = match words.last() {
            _ if is_nobody => shouted.to_lowercase(),
            Some(last) if words.len() == 1 => full.get(last).unwrap_or(last).clone(),
            _ => phrase(&words.join(" ")).name,
        };
        let kind = if is_nobody { SourceKind::Unnamed } else { SourceKind::Person };
        let is_body =
            words.len() == 1 && (!draft.speaker.name.chars().any(char::is_lowercase) && is_outlet(&shouted));
        // What the page says of somebody elsewhere goes before what can be made of capitals.
        let known = draft.speaker.name.chars().any(char::is_lowercase);
        if !(is_body || known && words.len() == 1) {
            if let Some((_, last)) = name.rsplit_once(' ').filter(|_| kind == SourceKind::Person) {
                full.entry(last.to_owned()).or_insert_with(|| name.clone());
            }
            names.insert(shouted, (kind, name));
        }
    }
    let named = |mention: &mut Mention| {
        if let Some((kind, name)) = names.get(&mention.name) {
            mention.kind = *kind;
            mention.name.clone_from(name);
        }
    };
    for draft in drafts.iter_mut() {
        named(&mut draft.speaker);
        draft.go_betweens.iter_mut().for_each(named);
    }
}

/// "O'BRIEN-LEE" as it is written: O'Brien-Lee.
pub(super) fn written(shouted: &str) -> String {
    let mut out = String::with_capacity(shouted.len());
    let mut begins = true;
    for letter in shouted.chars() {
        if begins {
            out.push(letter)
        } else {
            out.extend(letter.to_lowercase())
        }
        begins = matches!(letter, '\'' | '’' | '-' | '.');
    }
    out
}

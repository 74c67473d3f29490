//! "The mayor promised to reopen the ferry" as "The mayor will reopen the ferry".

use super::render;
use super::word::Word;
use sayso_record::{Document, SourceKind, Stance, Statement};

/// Stems of verbs whose infinitive is done by whoever says so.
const BINDING: &[&str] = &[
    "promis",
    "pledg",
    "vow",
    "swear",
    "swore",
    "threaten",
    "plan",
    "intend",
    "agree",
    "commit",
    "guarante",
    "undertook",
    "offer",
];

/// What a source binds itself to, where its words are an infinitive right behind such a verb in the active.
pub(super) fn promised(document: &Document, statement: &Statement, words: &[Word]) -> Option<String> {
    let source = &statement.source;
    let named = !source.name.is_empty()
        && matches!(
            source.kind,
            SourceKind::Person | SourceKind::Organisation | SourceKind::Office | SourceKind::Unnamed
        );
    let (cue, content) = (statement.cue.last()?, statement.content.first()?);
    let cue_words = document.words(&statement.cue).to_lowercase();
    let mut parts: Vec<&str> =
        cue_words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // The "to" may be the last word of the cue.
    let to_in_cue = parts.last() == Some(&"to");
    if to_in_cue {
        parts.pop();
    }
    let last = parts.last()?;
    let active =
        !parts.iter().any(|word| {
            matches!(*word, "is" | "are" | "was" | "were" | "been" | "being" | "not" | "never" | "t")
        }) || parts.len() == 2 && matches!(parts[0], "is" | "are" | "was" | "were") && last.ends_with("ing");
    let binds = BINDING.iter().any(|stem| last.starts_with(stem)) && !last.ends_with('r');
    let right_behind =
        document.text.get(cue.end as usize..content.start as usize).is_some_and(|gap| gap.trim().is_empty());
    if !(named && active && binds && right_behind) || statement.stance == Stance::Denies {
        return None;
    }
    let mut at = words.iter().position(|word| word.is_word)?;
    let negated = words[at].lower == "not";
    at += usize::from(negated);
    if !to_in_cue {
        if words.get(at)?.lower != "to" {
            return None;
        }
        at += 1;
    }
    if !matches!(words.get(at)?.tag, "verb" | "present" | "noun") {
        return None;
    }
    let will = if negated { "will not " } else { "will " };
    Some(render::finished(&format!("{} {will}{}", source.name, render::plain(&words[at..]))))
}

//! Sources whom nobody names: what they are called, and whom of the same page they may be one with.

use super::assign::{mentions, outlet};
use sayso_record::{Document, Mention, SourceKind, Statement};

/// What an unnamed source is called: one for each outlet and description, and for a pronoun one for each page.
pub(super) fn described(mention: &Mention, document: &Document) -> String {
    let (name, outlet) = (mention.name.trim(), outlet(document));
    match is_pronoun(name) {
        true => format!("{name} ({outlet}, page {})", document.id.short()),
        false => format!("{name} ({outlet})"),
    }
}

/// The nearest unnamed source before a mention with which it may be one: "the sources" or "they" after "U.S.
/// officials", "the officials" after "two officials".
pub(super) fn may_be<'s>(mention: &Mention, statements: &'s [Statement]) -> Option<&'s Mention> {
    let start = mention.spans.first()?.start;
    let own = noun(&mention.name);
    let they = is_they(&mention.name);
    if !they && !is_definite(&mention.name) {
        return None;
    }
    let before = statements.iter().flat_map(mentions).filter(|other| {
        let same_noun = || {
            noun(&other.name)
                .is_some_and(|other| Some(&other) == own.as_ref() || is_general(own.as_deref(), &other))
        };
        other.kind == SourceKind::Unnamed
            && other.spans.first().is_some_and(|span| span.start < start)
            && other.name != mention.name
            && !is_pronoun(&other.name)
            && if they { noun(&other.name).is_some_and(|noun| is_plural(&noun)) } else { same_noun() }
    });
    before.max_by_key(|other| other.spans.first().map(|span| span.start))
}

/// "the sources" are officials, people, aides: whoever a page calls its sources.
fn is_general(own: Option<&str>, other: &str) -> bool {
    match own {
        Some("sources") => is_plural(other),
        Some("source") => !is_plural(other),
        _ => false,
    }
}

fn is_they(name: &str) -> bool {
    matches!(name.trim().to_lowercase().as_str(), "they" | "them" | "their")
}

fn is_pronoun(name: &str) -> bool {
    const PRONOUNS: &[&str] = &[
        "he", "she", "it", "they", "them", "their", "his", "her", "its", "who", "which", "that", "we", "i",
        "you", "one", "some", "many", "others", "both", "most", "few", "those", "these", "this", "what",
        "him", "us", "our", "my",
    ];
    PRONOUNS.contains(&name.trim().to_lowercase().as_str())
}

pub(super) fn is_definite(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
    matches!(first.as_str(), "the" | "these" | "those" | "both")
}

/// The noun that a description turns on, as one of its kind: "official" for "two U.S. officials (Harbour Courier)".
pub fn head_noun(description: &str) -> Option<String> {
    let bare = description.split(" (").next().unwrap_or_default();
    let noun = noun(bare)?;
    Some(noun.strip_suffix('s').unwrap_or(&noun).to_owned())
}

/// The noun that a description turns on: "officials" in "two U.S. officials familiar with the talks".
pub(super) fn noun(name: &str) -> Option<String> {
    const ENDS: &[&str] = &[
        "who", "of", "for", "in", "on", "at", "with", "from", "familiar", "close", "briefed", "to",
        "involved", "said",
    ];
    let words = name.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let core = words.take_while(|word| !ENDS.contains(&word.to_lowercase().as_str()));
    core.last().map(str::to_lowercase)
}

fn is_plural(noun: &str) -> bool {
    noun.ends_with('s') && !noun.ends_with("ss") || matches!(noun, "people" | "men" | "women")
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_record::Span;

    fn said(name: &str, start: usize) -> Statement {
        let spans = vec![Span::new(start, start + name.len())];
        let source = Mention { spans, kind: SourceKind::Unnamed, name: name.to_owned() };
        serde_json::from_value::<Statement>(serde_json::json!({
            "id": sayso_record::StatementId::default(), "document": sayso_record::DocumentId::default(), "block": 0,
            "source": source, "cue": [], "content": [], "stance": "asserts", "manner": "indirect", "confidence": 1.0,
        }))
        .expect("a statement")
    }

    #[test]
    fn the_sources_may_be_the_officials_before_them() {
        let page =
            [said("two clerks", 0), said("U.S. officials", 20), said("the sources", 60), said("they", 90)];
        let may = |at: usize| may_be(&page[at].source, &page).map(|other| other.name.as_str());
        assert_eq!(may(2), Some("U.S. officials"));
        assert_eq!(may(3), Some("the sources"));
        assert_eq!(may(0), None);
        let clerks = [said("two clerks", 0), said("the officials", 20)];
        assert_eq!(may_be(&clerks[1].source, &clerks), None);
    }
}

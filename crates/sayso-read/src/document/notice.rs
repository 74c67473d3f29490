//! Notices: where a page speaks of itself, to add to its own words, to put them right, or to take them back.

use crate::document::stamp;
use sayso_record::{NoticeKind, Stamp, StampOrigin};
use std::ops::Range;

/// Openers of a notice in lower case, each with the kind that it announces by itself. Longer ones stand first.
const LABELS: &[(&str, NoticeKind)] = &[
    ("correction and clarification", NoticeKind::Correction),
    ("corrections and clarifications", NoticeKind::Correction),
    ("correction and apology", NoticeKind::Apology),
    ("correction appended", NoticeKind::Correction),
    ("notice of retraction", NoticeKind::Retraction),
    ("retraction notice", NoticeKind::Retraction),
    ("note from the editors", NoticeKind::EditorsNote),
    ("note from the editor", NoticeKind::EditorsNote),
    ("a note from the editor", NoticeKind::EditorsNote),
    ("a note to our readers", NoticeKind::EditorsNote),
    ("a note to readers", NoticeKind::EditorsNote),
    ("note to our readers", NoticeKind::EditorsNote),
    ("note to readers", NoticeKind::EditorsNote),
    ("editorial note", NoticeKind::EditorsNote),
    ("editor’s notes", NoticeKind::EditorsNote),
    ("editors’ note", NoticeKind::EditorsNote),
    ("editor’s note", NoticeKind::EditorsNote),
    ("editors note", NoticeKind::EditorsNote),
    ("editor note", NoticeKind::EditorsNote),
    ("ed. note", NoticeKind::EditorsNote),
    ("ed note", NoticeKind::EditorsNote),
    ("clarifications", NoticeKind::Clarification),
    ("clarification", NoticeKind::Clarification),
    ("an apology", NoticeKind::Apology),
    ("apology", NoticeKind::Apology),
    ("retraction", NoticeKind::Retraction),
    ("retracted", NoticeKind::Retraction),
    ("withdrawn", NoticeKind::Retraction),
    ("corrections", NoticeKind::Correction),
    ("correction", NoticeKind::Correction),
    ("corrected", NoticeKind::Correction),
    ("erratum", NoticeKind::Correction),
    ("errata", NoticeKind::Correction),
    ("latest update", NoticeKind::Update),
    ("second update", NoticeKind::Update),
    ("final update", NoticeKind::Update),
    ("updated", NoticeKind::Update),
    ("update", NoticeKind::Update),
    ("addendum", NoticeKind::Update),
    ("postscript", NoticeKind::Update),
    // Other languages.
    ("berichtigung", NoticeKind::Correction),
    ("korrektur", NoticeKind::Correction),
    ("anmerkung der redaktion", NoticeKind::EditorsNote),
    ("anm. d. red", NoticeKind::EditorsNote),
    ("rectificatif", NoticeKind::Correction),
    ("mise à jour", NoticeKind::Update),
    ("note de la rédaction", NoticeKind::EditorsNote),
    ("corrección", NoticeKind::Correction),
    ("fe de errores", NoticeKind::Correction),
    ("nota del editor", NoticeKind::EditorsNote),
    ("nota da redação", NoticeKind::EditorsNote),
    ("errata corrige", NoticeKind::Correction),
    ("rettifica", NoticeKind::Correction),
    ("aggiornamento", NoticeKind::Update),
];

/// What publishers put before a title, or in brackets around it, in lower case. Longer ones stand first.
const TITLE_LABELS: &[(&str, NoticeKind)] = &[
    ("notice of retraction", NoticeKind::Retraction),
    ("retraction notice", NoticeKind::Retraction),
    ("retraction note", NoticeKind::Retraction),
    ("retracted article", NoticeKind::Retraction),
    ("retracted", NoticeKind::Retraction),
    ("retraction", NoticeKind::Retraction),
    ("withdrawn article", NoticeKind::Retraction),
    ("withdrawn", NoticeKind::Retraction),
    ("correction to", NoticeKind::Correction),
    ("corrected", NoticeKind::Correction),
    ("correction", NoticeKind::Correction),
    ("corrigendum", NoticeKind::Correction),
    ("erratum", NoticeKind::Correction),
    ("clarification", NoticeKind::Clarification),
    ("expression of concern", NoticeKind::EditorsNote),
    ("updated", NoticeKind::Update),
    ("update", NoticeKind::Update),
];

/// A title with a label, as places in it.
pub(crate) struct Labelled {
    pub(crate) kind: NoticeKind,
    pub(crate) label: Range<usize>,
    /// The title itself.
    pub(crate) title: Range<usize>,
}

/// The label of a title, where it has one: "RETRACTED: ...", `[Corrected] ...`, "... (withdrawn)".
pub(crate) fn of_title(title: &str) -> Option<Labelled> {
    let lead = title.len() - title.trim_start_matches(|c: char| c.is_whitespace() || c == '*').len();
    let rest = &title[lead..];
    let end = title.trim_end().len();
    let is_bracket = |c: char| matches!(c, '[' | '(' | '【');
    let (kind, label, own) = if rest.starts_with(is_bracket) {
        let open = rest.chars().next().map_or(0, char::len_utf8);
        let close = rest.char_indices().take(60).find(|&(_, c)| matches!(c, ']' | ')' | '】'))?;
        let (kind, length) = title_label(&rest[open..close.0])?;
        let after = rest[open + length..close.0].trim();
        if !(after.is_empty() || after.starts_with(':') || after.bytes().any(|byte| byte.is_ascii_digit())) {
            return None;
        }
        (kind, lead + open..lead + close.0, lead + close.0 + close.1.len_utf8())
    } else if let Some((kind, length)) = title_label(rest) {
        let after = &rest[length..];
        // "UPDATE 2: ..."
        let number = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ').len();
        let mark = after[number..].chars().next()?;
        let is_apart = matches!(mark, ':' | '：' | '|' | '–' | '—')
            || (mark == '-' && (after[..number].ends_with(' ') || is_shouted(&rest[..length])));
        if !is_apart {
            return None;
        }
        (
            kind,
            lead..lead + length + after[..number].trim_end().len(),
            lead + length + number + mark.len_utf8(),
        )
    } else {
        let open = title[..end].strip_suffix([']', ')', '】']).and_then(|inner| inner.rfind(is_bracket))?;
        let from = open + title[open..].chars().next().map_or(0, char::len_utf8);
        let inner = title.get(from..end)?.trim_end_matches([']', ')', '】']);
        let (kind, length) = title_label(inner)?;
        let own = lead..title[..open].trim_end().len().max(lead);
        let is_whole = length == inner.len() && title[own.clone()].contains(char::is_alphanumeric);
        return is_whole.then_some(Labelled { kind, label: from..from + length, title: own });
    };
    let from =
        title[own..].find(|c: char| !c.is_whitespace() && !matches!(c, ':' | '-' | '–' | '—' | '|'))?;
    let own = own + from..end;
    title.get(own.clone())?.contains(char::is_alphanumeric).then_some(Labelled { kind, label, title: own })
}

/// The label that words begin with, and how long it is.
fn title_label(words: &str) -> Option<(NoticeKind, usize)> {
    TITLE_LABELS.iter().find_map(|&(label, kind)| {
        let begins = words.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label));
        let ends = !words.get(label.len()..)?.starts_with(char::is_alphanumeric);
        (begins && ends).then_some((kind, label.len()))
    })
}

fn is_shouted(words: &str) -> bool {
    words.chars().all(|c| !c.is_lowercase())
}

/// The kind of notice that a paragraph opens, if it opens one.
pub(crate) fn recognise(paragraph: &str) -> Option<NoticeKind> {
    // Notices say what they are in their first words; the rest is only looked at to tell the kind.
    let end = paragraph.char_indices().nth(600).map_or(paragraph.len(), |(at, _)| at);
    let words = paragraph[..end].trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = words.chars().next()?;
    // Most paragraphs are sent away here, before anything is copied.
    if !first.is_alphabetic() {
        return None;
    }
    let lower = words.to_lowercase().replace(['\'', '\u{2018}'], "’");
    if let Some((label, kind)) = LABELS.iter().find(|(label, _)| lower.starts_with(label)) {
        let rest = &lower[label.len()..];
        if label_stands_alone(words, rest) {
            return Some(refine(*kind, &lower));
        }
    }
    sentence_kind(&lower).map(|kind| refine(kind, &lower))
}

/// Whether the label is a label and not the start of a sentence: "Update: ...", "Correction (July 3): ...",
/// "UPDATE 2 — ...", but not "Update your browser", "Corrections officers said ...".
fn label_stands_alone(words: &str, rest: &str) -> bool {
    let trimmed = rest.trim_start_matches(['*', '_', ' ', '\u{a0}']);
    let Some(next) = trimmed.chars().next() else {
        // A heading of one word says that a notice follows; the caller knows whether one does.
        return true;
    };
    if matches!(next, ':' | '—' | '–' | '-' | '|' | '：' | ']' | '\n') {
        // "Update-proof" is one word.
        return next != '-'
            || rest.starts_with(' ')
            || trimmed.starts_with("--")
            || trimmed.starts_with("- ");
    }
    if matches!(next, '.' | '!') && trimmed.len() > 1 {
        return trimmed[1..].starts_with([' ', '\n']);
    }
    // "Correction appended: ...", "UPDATE II: ...", "Updated July 3 with ...".
    if ["appended", "ii", "iii", "iv", "v"].iter().any(|word| {
        trimmed
            .strip_prefix(word)
            .is_some_and(|rest| rest.trim_start().starts_with([':', '.', '—', '–', '-']))
    }) {
        return true;
    }
    // A number, a date, a time or a bracket may stand between the label and its colon.
    let head_end = trimmed.char_indices().nth(60).map_or(trimmed.len(), |(at, _)| at);
    let head = &trimmed[..head_end];
    let Some(colon) = head.match_indices([':', '—', '–', ']']).map(|(at, _)| at).find(|&at| {
        // The colon of "9:30" is none.
        !(head[at..].starts_with(':') && head[at + 1..].starts_with(|c: char| c.is_ascii_digit()))
    }) else {
        let shouted = words.chars().take_while(|c| c.is_alphabetic()).all(char::is_uppercase);
        let dated = stamp::find(head).is_some_and(|(_, range)| range.start <= 6);
        return dated || (shouted && next.is_ascii_digit());
    };
    let between = head[..colon].trim();
    let dated = stamp::find(between).is_some();
    let few = between.split_whitespace().count() <= 4;
    dated
        || between.starts_with(['(', '#', '['])
        || (few && between.chars().any(|c| c.is_ascii_digit()))
        || matches!(
            between,
            "to this story" | "to this article" | "to this post" | "appended" | "below" | "at bottom"
        )
        || (few && ["to ", "from ", "by ", "on "].iter().any(|start| between.starts_with(start)))
}

/// What the first sentence says where there is no label: "An earlier version of this article said ...".
fn sentence_kind(lower: &str) -> Option<NoticeKind> {
    const SELF: [&str; 12] = [
        "this article",
        "this story",
        "this post",
        "this page",
        "this report",
        "this piece",
        "this column",
        "the article above",
        "the story above",
        "our story",
        "our article",
        "our report",
    ];
    let first_end = lower.find(". ").map_or(lower.len(), |at| at + 1);
    let first = &lower[..first_end];
    let of_self = SELF.iter().any(|name| first.contains(name));
    let version = [
        "an earlier version of",
        "a previous version of",
        "an original version of",
        "the original version of",
        "earlier versions of",
        "previous versions of",
        "a prior version of",
        "an early version of",
    ];
    if version.iter().any(|opening| lower.starts_with(opening))
        && (of_self
            || first.contains(" of this ")
            || [
                " of the article",
                " of the story",
                " of the post",
                " of the report",
                " of the headline",
                " of our ",
            ]
            .iter()
            .any(|name| first.contains(name)))
    {
        let wrong = [
            "misstated",
            "incorrect",
            "misspelled",
            "misidentified",
            "wrong",
            "error",
            "erroneous",
            "inaccurate",
            "mistaken",
            "misattributed",
            "said",
            "stated",
            "gave",
            "omitted",
            "referred",
            "misreported",
            "contained",
            "named",
            "reported",
        ];
        return wrong.iter().any(|word| lower.contains(word)).then_some(NoticeKind::Correction);
    }
    let begins_with_self = SELF.iter().any(|name| {
        lower.starts_with(name) || lower.strip_prefix("note: ").is_some_and(|rest| rest.starts_with(name))
    });
    if begins_with_self || (of_self && first.starts_with("the headline")) {
        let said = |words: &[&str]| words.iter().any(|word| first.contains(word));
        let changed = said(&["has been ", "was ", "have been ", "is being", "had been "]);
        if changed && said(&["retracted", "withdrawn", "taken down", "removed from"]) {
            return Some(NoticeKind::Retraction);
        }
        if changed && said(&["corrected", "amended"]) {
            return Some(NoticeKind::Correction);
        }
        if changed && said(&["clarified", "to clarify"]) {
            return Some(NoticeKind::Clarification);
        }
        if changed && said(&["updated", "revised", "edited since", "changed since"]) {
            return Some(NoticeKind::Update);
        }
        let wrong = said(&[
            "misstated",
            "misspelled",
            "misidentified",
            "incorrectly",
            "mistakenly",
            "erroneously",
            "wrongly",
        ]);
        if wrong
            && said(&[
                "originally",
                "initially",
                "earlier",
                "previously",
                "first published",
                "misstated",
                "misidentified",
                "misspelled",
            ])
        {
            return Some(NoticeKind::Correction);
        }
    }
    let sorry = [
        "we apologise for the error",
        "we apologize for the error",
        "we regret the error",
        "the editors regret",
        "we apologise to",
        "we apologize to",
        "we would like to apologise",
        "we would like to apologize",
        "we unreservedly apologise",
        "we unreservedly apologize",
        "i apologise for the error",
        "i apologize for the error",
        "i apologise to readers",
        "i apologize to readers",
        "we sincerely apologise",
        "we sincerely apologize",
    ];
    if sorry.iter().any(|opening| lower.starts_with(opening)) {
        return Some(NoticeKind::Apology);
    }
    if [
        "we have retracted ",
        "we are retracting ",
        "we retract ",
        "i retract ",
        "we are withdrawing this",
        "we have withdrawn this",
    ]
    .iter()
    .any(|opening| lower.starts_with(opening))
    {
        return Some(NoticeKind::Retraction);
    }
    if lower.starts_with("due to an editing error")
        || lower.starts_with("because of an editing error")
        || lower.starts_with("owing to an editing error")
        || lower.starts_with("because of a reporting error")
    {
        return Some(NoticeKind::Correction);
    }
    None
}

/// A label such as "Update" or "Editor's note" says little; the words after it may say more.
fn refine(kind: NoticeKind, lower: &str) -> NoticeKind {
    let said = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let weak = matches!(kind, NoticeKind::Update | NoticeKind::EditorsNote);
    let about_self = said(&[
        "this article",
        "this story",
        "this post",
        "this report",
        "this piece",
        "this column",
        "earlier version",
        "previous version",
        "original version",
        "i wrote",
        "we wrote",
        "we reported",
        "i reported",
        "originally",
        "my error",
        "my mistake",
        "our error",
        "our mistake",
        "the error",
    ]);
    if weak
        && said(&[
            "retracted",
            "we retract",
            "i retract",
            "taking this post back",
            "take back",
            "withdrawn this",
            "withdraw this",
            "i withdraw",
            "we withdraw",
            "been withdrawn",
        ])
        && (about_self || said(&["i retract", "we retract", "take back", "i withdraw", "we withdraw"]))
    {
        return NoticeKind::Retraction;
    }
    let sorry = said(&[
        "i would like to apologize",
        "i would like to apologise",
        "i apologize",
        "i apologise",
        "we apologize",
        "we apologise",
        "my apologies",
        "our apologies",
        "i’m sorry for",
        "i am sorry for",
        "we are sorry for",
        "we’re sorry for",
        "i owe an apology",
        "i owe readers",
        " an apology. the",
        " an apology to ",
        "and they were wrong",
        "apologies to",
        "we would like to apologi",
        "sincerely apologi",
        "unreservedly apologi",
    ]);
    if weak && sorry {
        return NoticeKind::Apology;
    }
    if weak
        && (said(&[
            "been corrected",
            "was corrected",
            "corrects ",
            "to correct ",
            "misstated",
            "incorrectly",
            "mistakenly",
            "erroneously",
            "misidentified",
            "misspelled",
            "i was wrong",
            "we were wrong",
            "i got this wrong",
            "we got this wrong",
            "i got it wrong",
            "my mistake",
            "my error",
            "our mistake",
            "stands corrected",
            "stand corrected",
        ]) || (about_self && said(&["wrongly", "inaccurate", "an error", "the error", "was incorrect"])))
    {
        return NoticeKind::Correction;
    }
    if weak && said(&["to clarify", "clarified", "clarifies", "for clarity", "clarification"]) {
        return NoticeKind::Clarification;
    }
    kind
}

/// The date that a notice gives in its first words, where it gives one.
pub(crate) fn date(paragraph: &str) -> Option<Stamp> {
    let end = paragraph.char_indices().nth(120).map_or(paragraph.len(), |(at, _)| at);
    let (at, range) = stamp::find(&paragraph[..end])?;
    Some(Stamp { at, words: paragraph[range].to_owned(), origin: StampOrigin::Text })
}

/// How many paragraphs the notice that opens `paragraphs[0]` goes on for, itself included. Only an author who adds
/// at the end of the page goes on at length: `at_end` tells that most of the page stands before the notice.
pub(crate) fn length(kind: NoticeKind, paragraphs: &[&str], at_end: bool) -> usize {
    const LONGEST: usize = 6;
    let first = paragraphs[0];
    // "[Editor's note: ... ]" ends with its bracket.
    if first.trim_start().starts_with('[') {
        let close = paragraphs.iter().take(LONGEST).position(|words| words.contains(']'));
        return close.map_or(1, |at| at + 1);
    }
    let bare = first.trim().len() <= 24 && first.split_whitespace().count() <= 3;
    let goes_on = match kind {
        NoticeKind::Update | NoticeKind::Apology | NoticeKind::Retraction => at_end,
        _ => false,
    };
    if goes_on {
        let stop = paragraphs[1..].iter().take(LONGEST).position(|words| recognise(words).is_some());
        return stop.map_or(paragraphs.len().min(LONGEST), |at| at + 1);
    }
    (1 + usize::from(bare)).min(paragraphs.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_and_their_kinds() {
        for (words, kind) in [
            ("Update: I would like to apologize to readers of the blog.", NoticeKind::Apology),
            ("UPDATE 2 (July 3): The mayor has answered.", NoticeKind::Update),
            ("Updated July 3, 2019 at 4pm: two more boats were found.", NoticeKind::Update),
            ("[Editor's note: names have been changed.]", NoticeKind::EditorsNote),
            ("Editor’s Note: This story has been corrected.", NoticeKind::Correction),
            ("Correction: The bridge is 40 m long, not 400.", NoticeKind::Correction),
            ("An earlier version of this article misstated the age of the bridge.", NoticeKind::Correction),
            ("This story has been updated with comment from the port.", NoticeKind::Update),
            ("This post has been retracted.", NoticeKind::Retraction),
            ("Clarification, May 2: the vote was not final.", NoticeKind::Clarification),
        ] {
            assert_eq!(recognise(words), Some(kind), "{words}");
        }
    }

    #[test]
    fn titles_with_labels() {
        use NoticeKind::{Correction, EditorsNote, Retraction, Update};
        for (title, kind, label, own) in [
            ("RETRACTED: Pier to close", Retraction, "RETRACTED", "Pier to close"),
            ("Retraction: Pier to close", Retraction, "Retraction", "Pier to close"),
            ("WITHDRAWN — Pier to close", Retraction, "WITHDRAWN", "Pier to close"),
            ("[CORRECTED] Pier to close", Correction, "CORRECTED", "Pier to close"),
            ("(Updated July 3): Pier to close", Update, "Updated July 3", "Pier to close"),
            ("UPDATE 2-Pier to close", Update, "UPDATE 2", "Pier to close"),
            ("Correction to: Pier to close", Correction, "Correction to", "Pier to close"),
            ("Pier to close [Retracted]", Retraction, "Retracted", "Pier to close"),
            ("Expression of Concern: Piles", EditorsNote, "Expression of Concern", "Piles"),
        ] {
            let found = of_title(title).unwrap();
            assert_eq!((found.kind, &title[found.label], &title[found.title]), (kind, label, own), "{title}");
        }
        for title in [
            "Update-proof phones",
            "Corrections officers strike",
            "Withdrawn from the race, she speaks: an interview",
            "Retraction of the gear failed (twice)",
            "Updated rules take effect",
            "RETRACTED:",
            "(Update",
            "Pier to close (again)",
            "",
        ] {
            assert!(of_title(title).is_none(), "{title}");
        }
    }

    #[test]
    fn ordinary_uses_of_the_words() {
        for words in [
            "Update your browser to go on.",
            "Corrections officers said on Monday that the wing was full.",
            "The Correction Department denied it.",
            "Updated rules take effect in May.",
            "Apology or not, the minister must go.",
            "An earlier version of the phone had two buttons.",
            "This article was written by two students.",
            "Retraction of the landing gear failed twice.",
        ] {
            assert_eq!(recognise(words), None, "{words}");
        }
    }
}

//! What a page says of somebody right beside the name: the titles before it, and what stands between commas after it.

use sayso_record::Span;

/// The longest apposition, in bytes.
const LONGEST: usize = 90;
/// The most words of a title.
const TITLE_WORDS: usize = 8;

/// Everywhere that a name stands as a whole.
pub(super) fn places_of<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = Span> + 't {
    let is_word = |c: char| c.is_alphanumeric();
    let name = if name.contains(' ') { name } else { "" };
    text.match_indices(name)
        .filter(move |(at, name)| {
            !name.is_empty()
                && !text[..*at].ends_with(is_word)
                && !text[at + name.len()..].starts_with(is_word)
        })
        .map(|(at, name)| Span::new(at, at + name.len()))
}

/// The titles before a name: "U.S. Defense Secretary", "Clinton spokesman", "spokeswoman for the Harbour Board".
pub(super) fn before_name(text: &str, name: Span) -> Option<Span> {
    let end = name.start as usize;
    let line = text[..end].rfind('\n').map_or(0, |at| at + 1);
    let mut start = end;
    for _ in 0..TITLE_WORDS {
        let before = text[line..start].trim_end();
        if before.is_empty() {
            break;
        }
        let word_start = line + before.rfind(' ').map_or(0, |at| at + 1);
        let word = &text[word_start..line + before.len()];
        if !is_of_title(word) {
            break;
        }
        start = word_start;
    }
    let words = text[start..end].trim_end();
    (!words.is_empty()).then(|| Span::new(start, start + words.len()))
}

/// Whether a word may stand in the titles before a name: a capital, a small word between capitals, or a role.
fn is_of_title(word: &str) -> bool {
    const SMALL: &[&str] = &[
        "of",
        "for",
        "the",
        "and",
        "campaign",
        "press",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "adviser",
        "advisor",
        "aide",
        "manager",
        "strategist",
        "chief",
        "senior",
        "secretary",
        "minister",
        "director",
        "foreign",
        "prime",
        "defense",
        "defence",
        "deputy",
        "ambassador",
        "president",
        "chairman",
        "chairwoman",
        "former",
        "communications",
        "official",
        "general",
        "attorney",
        "executive",
        "ministry",
        "government",
        "department",
        "lawyer",
    ];
    let has_point_within = word.trim_end_matches('.').contains('.');
    let is_short = word.trim_end_matches('.').chars().count() <= 4;
    let ends = word.ends_with([',', ';', ':', '!', '?', '"', '”', ')'])
        || word.ends_with('.') && !has_point_within && !is_short;
    let bare = word.trim_start_matches(['(', '“', '"']);
    bare.len() == word.len() && !ends && (word.starts_with(char::is_uppercase) || SMALL.contains(&word))
}

/// What stands between commas after a name, where it describes: ", the U.S. Ambassador to Iraq,", ", CEO of Tarn Lines".
pub(super) fn after_name(text: &str, name: Span) -> Option<Span> {
    let from = name.end as usize;
    let rest = text[from..].strip_prefix(", ").or_else(|| text[from..].strip_prefix(" is "))?;
    let start = text.len() - rest.len();
    let ends = |(at, c): (usize, char)| match c {
        ',' | ';' | '\n' | '”' | '"' | ')' | '—' => true,
        // "U.S." goes on.
        '.' => {
            !rest[..at].ends_with(char::is_uppercase) && !rest[at + 1..].starts_with(char::is_alphanumeric)
        }
        _ => false,
    };
    let end = rest.char_indices().find(|&place| ends(place)).map_or(rest.len(), |(at, _)| at);
    let words = rest[..end].trim();
    let first = words.split(' ').next().unwrap_or_default();
    let describes = matches!(first, "the" | "a" | "an" | "his" | "her" | "who")
        || ROLES.iter().any(|role| words.contains(role));
    (describes && !words.is_empty() && words.len() <= LONGEST).then(|| Span::new(start, start + words.len()))
}

/// Roles that begin an apposition without an article.
const ROLES: &[&str] = &[
    "spokes",
    "CEO",
    "chief",
    "director",
    "president",
    "chairman",
    "chairwoman",
    "secretary",
    "minister",
    "ambassador",
    "manager",
    "adviser",
    "head of",
    "strategist",
];

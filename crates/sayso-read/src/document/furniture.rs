//! Furniture: lines that lead away from an article or ask its readers for something, which are none of its words.

/// Words that a line which leads away may have, and one that asks.
pub(crate) const MOST_WORDS: u32 = 60;

/// Labels, in lower case, of what leads to other stories and is nothing else.
const SURE: [&str; 54] = [
    "read more",
    "read also",
    "also read",
    "read next",
    "read the full story",
    "see also",
    "see more",
    "more on this story",
    "more on this",
    "more stories",
    "more news",
    "more from us",
    "related stories",
    "related story",
    "related articles",
    "related article",
    "related coverage",
    "related content",
    "related reading",
    "related news",
    "related links",
    "related link",
    "related video",
    "related topics",
    "related posts",
    "related post",
    "related",
    "recommended for you",
    "recommended reading",
    "recommended",
    "you may also like",
    "you might also like",
    "you may like",
    "don’t miss",
    "must read",
    "further reading",
    "most read",
    "top stories",
    "trending now",
    "trending",
    "watch now",
    "watch more",
    "watch the video",
    "in case you missed it",
    "icymi",
    "lire aussi",
    "à lire aussi",
    "lesen sie auch",
    "mehr zum thema",
    "leer también",
    "lea también",
    "leggi anche",
    "leia também",
    "lees ook",
];

/// Labels that may as well begin a sentence.
const UNSURE: [&str; 9] =
    ["watch", "more", "read", "listen", "video", "gallery", "photos", "podcast", "live updates"];

/// What follows a label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Rest {
    Nothing,
    /// Words after a colon or the like.
    Apart,
    /// Words that go on with the label's own.
    GoesOn,
}

/// A line that may lead away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Lead {
    /// Whether its label is good for nothing else.
    pub(crate) is_sure: bool,
    /// Whether its label is in capitals.
    pub(crate) is_shouted: bool,
    pub(crate) rest: Rest,
}

/// The label of other stories that a line begins with.
pub(crate) fn leads_away(line: &str) -> Option<Lead> {
    const MOST: usize = 40;
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let head = line.char_indices().nth(32).map_or(line, |(at, _)| &line[..at]);
    let lower = head.to_lowercase().replace('\'', "’");
    let begins = |label: &&str| {
        lower.strip_prefix(*label).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let (label, is_sure) = match SURE.iter().find(|label| begins(label)) {
        Some(label) => (label, true),
        None => (UNSURE.iter().find(|label| begins(label))?, false),
    };
    if line.split_whitespace().take(MOST + 1).count() > MOST {
        return None;
    }
    let (label, rest) =
        line.split_at(line.char_indices().nth(label.chars().count()).map_or(line.len(), |(at, _)| at));
    let rest = rest.trim_start();
    let rest = if !rest.contains(char::is_alphanumeric) {
        Rest::Nothing
    } else if rest.starts_with([':', '|', '–', '—', '>', '»', '→', '▶', '\n']) || rest.starts_with("- ")
    {
        Rest::Apart
    } else {
        Rest::GoesOn
    };
    Some(Lead { is_sure, is_shouted: label.chars().all(|c| !c.is_lowercase()), rest })
}

/// Whether a line of plain text, which shows no links, is furniture.
pub(crate) fn is_line(line: &str) -> bool {
    let away = leads_away(line).is_some_and(|lead| match lead.rest {
        Rest::Nothing => lead.is_sure,
        Rest::Apart => lead.is_sure || lead.is_shouted,
        Rest::GoesOn => false,
    });
    away || (line.len() < 500 && asks(line))
}

/// Whether a line is the name of a section of updates: no notice, where none of its own words follow.
pub(crate) fn names_updates(line: &str) -> bool {
    let words = line.trim_matches(|c: char| !c.is_alphanumeric());
    ["update", "updates", "latest updates", "live updates"]
        .iter()
        .any(|name| words.eq_ignore_ascii_case(name))
}

/// Whether a line asks for an address, or for leave to set cookies.
pub(crate) fn asks(line: &str) -> bool {
    /// How such lines begin.
    const OPENERS: [&str; 22] = [
        "we use cookies",
        "we and our partners use cookies",
        "this site uses cookies",
        "this website uses cookies",
        "our website uses cookies",
        "our site uses cookies",
        "by clicking “accept",
        "by clicking accept",
        "by continuing to use this site",
        "by continuing to use this website",
        "by continuing to browse",
        "sign up for our",
        "sign up to our",
        "sign up here for our",
        "sign up to receive our",
        "subscribe to our newsletter",
        "subscribe to our free",
        "subscribe to our daily",
        "subscribe to our weekly",
        "get our newsletter",
        "get our daily newsletter",
        "get our free newsletter",
    ];
    /// What they say; two of these are enough.
    const SAYINGS: [&str; 14] = [
        "newsletter",
        "to your inbox",
        "in your inbox",
        "by signing up",
        "by subscribing",
        "unsubscribe at any time",
        "you can unsubscribe",
        "privacy policy",
        "terms of service",
        "enter your email",
        "your email address",
        "manage your preferences",
        "cookie policy",
        "accept all",
    ];
    let lower = line.to_lowercase().replace('"', "“");
    let lower = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '“');
    // Who is quoted asks nobody here.
    if lower.starts_with('“') || lower.contains(" said") || lower.contains(" says") {
        return false;
    }
    OPENERS.iter().any(|opener| lower.starts_with(opener))
        || SAYINGS.iter().filter(|saying| lower.contains(*saying)).count() >= 3
        || (["sign up", "subscribe", "get ", "receive ", "want "]
            .iter()
            .any(|opener| lower.starts_with(opener))
            && SAYINGS.iter().filter(|saying| lower.contains(*saying)).count() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_lead_away() {
        for line in [
            "READ MORE: Keeper of the light finds a ring",
            "Related: Ferry sold",
            "WATCH: Waves break over the quay",
            "ALSO READ | Ferry sold",
            "SEE ALSO – Ferry sold",
            "MORE: Ferry sold",
            "» Read also: Ferry sold",
            "Related stories",
            "Sign up for our newsletter and have the harbour in your inbox.",
            "We use cookies to make this site better.",
            "Get the tides delivered to your inbox. You can unsubscribe at any time.",
        ] {
            assert!(is_line(line), "{line}");
        }
        for line in [
            "Related industries have lost forty jobs since May.",
            "Watch the tide: it comes in fast.",
            "More: he had not read the report.",
            "Read: that is what the board told its clerks to do.",
            "Recommended doses were exceeded, the inspector found.",
            "“We use cookies,” the clerk said.",
            "The board’s newsletter says that the pier is safe.",
            "Trending downwards since May, the catch is now half of what it was.",
            "MOREOVER: the pier is old.",
        ] {
            assert!(!is_line(line), "{line}");
        }
    }
}

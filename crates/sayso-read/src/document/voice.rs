//! Signs, in the words alone, of who speaks: what introduces a quotation, and what tells that its author is back.

use sayso_record::Span;

/// Verbs with which one writer hands over to another. Their present, past and plural forms are all listed, because
/// guessing at endings would take "reporter" and "notes" (the thing) for speech.
const HANDING_OVER: &[&str] = &[
    "says",
    "said",
    "say",
    "writes",
    "wrote",
    "write",
    "reports",
    "reported",
    "reporting",
    "notes",
    "noted",
    "adds",
    "added",
    "explains",
    "explained",
    "argues",
    "argued",
    "observes",
    "observed",
    "asks",
    "asked",
    "answers",
    "answered",
    "replies",
    "replied",
    "responds",
    "responded",
    "comments",
    "commented",
    "concludes",
    "concluded",
    "continues",
    "continued",
    "tells",
    "told",
    "warns",
    "warned",
    "claims",
    "claimed",
    "states",
    "stated",
    "declares",
    "declared",
    "recalls",
    "recalled",
    "suggests",
    "suggested",
    "remarks",
    "remarked",
    "blogs",
    "blogged",
    "tweets",
    "tweeted",
    "posts",
    "posted",
    "points",
    "pointed",
    "puts",
    "put",
    "quips",
    "quotes",
    "quoted",
    "opines",
    "opined",
    "summarizes",
    "summarises",
    "relates",
    "announced",
    "announces",
    "insists",
    "insisted",
    "reads",
    "read",
    "follows",
];

/// Nouns for a passage that is about to be shown.
const PASSAGES: &[&str] = &[
    "quote",
    "excerpt",
    "excerpts",
    "snippet",
    "passage",
    "quotation",
    "transcript",
    "graf",
    "grafs",
    "nut",
    "taste",
    "bit",
];

/// The words that introduce a quotation, as a byte range of `text`: its last sentence, where that one hands over.
/// `strict` asks for a named source or a passage: what follows bears no quotation marks of its own.
pub(crate) fn lead_in(text: &str, strict: bool) -> Option<std::ops::Range<usize>> {
    let trimmed = text.trim_end();
    let from = last_sentence(trimmed);
    let sentence = &trimmed[from..];
    let range = from..trimmed.len();
    if sentence.is_empty() || notice_like(sentence) {
        return None;
    }
    let open = trimmed.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '’' | '\''));
    if trimmed.ends_with([':', '：']) || trimmed.ends_with(":-") {
        return (!strict || introduces(sentence)).then_some(range);
    }
    // "as Glenn Reynolds points out", with no mark at all: only where the clause itself can bear no object.
    (open && hands_over_openly(sentence)).then_some(range)
}

/// Whether a sentence that ends in a colon says whose words come next.
fn introduces(sentence: &str) -> bool {
    let words: Vec<&str> = words(sentence).collect();
    let Some(first) = words.first() else { return false };
    let first_word = first.to_lowercase();
    let named = |word: &&str| word.starts_with(char::is_uppercase);
    let short = words.len() <= 14;
    if matches!(first_word.as_str(), "from" | "via" | "per" | "quoting" | "citing" | "quoth") {
        return words.len() >= 2 && short && words[1..].iter().any(named);
    }
    if first_word == "according" || sentence.contains("ccording to") {
        return short && words[1..].iter().any(named);
    }
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    if lower.iter().any(|word| PASSAGES.contains(&word.as_str())) && short {
        return true;
    }
    if sentence.trim_end_matches(':').ends_with("as follows") {
        return true;
    }
    let source = lower.iter().rposition(|word| matches!(word.as_str(), "from" | "via"));
    if source.is_some_and(|at| lower.len() - at <= 6 && words[at + 1..].iter().any(named)) {
        return true;
    }
    let someone = words.iter().skip(usize::from(!named(first))).any(named) || refers(&lower);
    // The verb stands at the end ("Smith writes:"), or soon before it ("Smith had this to say in the Post:").
    let verb = lower.iter().rposition(|word| HANDING_OVER.contains(&word.as_str()));
    let near = |at: usize| lower.len() - at <= 9;
    someone && verb.is_some_and(near)
}

/// Whether an open clause says that somebody says what comes next: "as Glenn Reynolds points out".
fn hands_over_openly(sentence: &str) -> bool {
    let words: Vec<&str> = words(sentence).collect();
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let Some(verb) = lower.iter().rposition(|word| HANDING_OVER.contains(&word.as_str())) else {
        return false;
    };
    let tail: Vec<&str> = lower[verb + 1..].iter().map(String::as_str).collect();
    let ends = match (lower[verb].as_str(), tail.as_slice()) {
        ("points" | "pointed", ["out"]) | ("puts" | "put", ["it"]) => true,
        ("points" | "pointed" | "puts" | "put" | "reads" | "read" | "say" | "posted", _) => false,
        (_, []) => true,
        (_, ["in" | "at" | "on" | "over", rest @ ..]) => rest.len() <= 5,
        _ => false,
    };
    let named = verb > 0 && words[verb - 1].starts_with(char::is_uppercase) && words[verb - 1].len() > 1;
    let clause = lower[..verb].iter().rev().take(5).any(|word| word == "as") || words.len() <= 4;
    ends && named && clause
}

fn refers(lower: &[String]) -> bool {
    const WHO: [&str; 16] = [
        "he",
        "she",
        "they",
        "article",
        "story",
        "report",
        "piece",
        "post",
        "column",
        "editorial",
        "statement",
        "letter",
        "reader",
        "commenter",
        "author",
        "official",
    ];
    lower.iter().any(|word| WHO.contains(&word.as_str()))
}

fn notice_like(sentence: &str) -> bool {
    let first = words(sentence).next().unwrap_or_default().to_ascii_lowercase();
    matches!(first.as_str(), "update" | "updated" | "correction" | "clarification")
}

/// Byte offset at which the last sentence of a paragraph begins.
pub(crate) fn last_sentence(text: &str) -> usize {
    let trimmed = text.trim_end();
    let mut start = text.len() - text.trim_start().len();
    let mut chars = trimmed.char_indices().peekable();
    let mut ended = false;
    let mut last_word_start = 0;
    while let Some((at, c)) = chars.next() {
        match c {
            '.' | '!' | '?' | '…' => {
                let word = &trimmed[last_word_start..at];
                // "Mr. Smith" and "U.S. officials" go on.
                let short =
                    c == '.' && (word.chars().count() <= 1 || word.contains('.') || TITLES.contains(&word));
                ended = !short;
            }
            '"' | '”' | '’' | ')' | '\'' => {}
            c if c.is_whitespace() => {
                if ended
                    && chars.peek().is_some_and(|&(_, next)| !next.is_lowercase() && !next.is_whitespace())
                {
                    start = at + c.len_utf8();
                    ended = false;
                }
                if !chars.peek().is_some_and(|&(_, next)| next.is_whitespace()) {
                    last_word_start = at + c.len_utf8();
                }
            }
            _ => ended = false,
        }
    }
    start.min(trimmed.len())
}

const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Rep", "Gov", "Gen", "Col", "Lt", "Sgt", "St", "No", "vs", "Jr",
];

/// The words of a text, without the punctuation around them.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

/// Whether a paragraph opens with a quotation mark.
pub(crate) fn opens_quoted(text: &str) -> bool {
    text.trim_start().starts_with(['“', '"', '«', '„', '‟']) || text.trim_start().starts_with("''")
}

/// Whether a line only stands for words left out.
pub(crate) fn is_ellipsis(text: &str) -> bool {
    let marks = text.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')']);
    !marks.is_empty() && marks.len() <= 12 && marks.chars().all(|c| matches!(c, '.' | '…' | ' ' | '·'))
}

/// A paragraph without the words that stand in quotation marks.
fn outside_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            '“' | '«' | '„' => inside = true,
            '”' | '»' => inside = false,
            '"' => inside = !inside,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// Whether somebody says "I" in a paragraph, outside quotation marks.
pub(crate) fn speaks_of_self(text: &str) -> bool {
    outside_quotes(text).split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').any(|word| {
        word == "I"
            || ["I'", "I’"].iter().any(|start| word.starts_with(start))
            || matches!(word, "my" | "My" | "me")
    })
}

/// Whether the author of the page is back after an unmarked quotation. `quoted_self` tells that the quoted words
/// themselves say "I", so that another "I" proves nothing; `speaker` is the last word of the quoted person's name.
pub(crate) fn author_is_back(text: &str, quoted_self: bool, speaker: Option<&str>) -> bool {
    const OPENERS: [&str; 30] = [
        "So then",
        "So,",
        "So what",
        "So why",
        "So how",
        "So is",
        "So are",
        "So I",
        "Well,",
        "Now,",
        "Anyway",
        "OK,",
        "Okay,",
        "Hmm",
        "Indeed.",
        "Indeed,",
        "Exactly",
        "Bottom line",
        "My take",
        "Read the ",
        "Read it all",
        "Go read",
        "What do you",
        "Thoughts?",
        "Heh",
        "Interesting",
        "More at",
        "More here",
        "Discuss",
        "You can read",
    ];
    let outside = outside_quotes(text);
    let own = outside.trim();
    if own.is_empty() {
        return false;
    }
    if OPENERS.iter().any(|opener| own.starts_with(opener)) || (!quoted_self && speaks_of_self(own)) {
        return true;
    }
    let count = words(own).count();
    if own.ends_with('?') && count <= 14 {
        return true;
    }
    let mut first = words(own).map(|word| word.trim_end_matches("'s").trim_end_matches("’s")).take(3);
    match speaker {
        Some(speaker) if first.any(|word| word == speaker) => true,
        // After a person's words, a remark on them: "That is well put."
        Some(_) => {
            count <= 25
                && ["That’s", "That's", "This is", "That is", "He’s", "He's", "She’s", "She's"]
                    .iter()
                    .any(|o| own.starts_with(o))
        }
        None => false,
    }
}

/// The last word of the person's name in a lead-in, where it seems to name a person: two or three capitalised words
/// before the verb, none of which is one that outlets are called by.
pub(crate) fn speaker(lead_in: &str) -> Option<&str> {
    const OUTLETS: [&str; 22] = [
        "News",
        "Times",
        "Post",
        "Press",
        "Journal",
        "Reuters",
        "Herald",
        "Tribune",
        "Daily",
        "Guardian",
        "Associated",
        "Agency",
        "BBC",
        "CNN",
        "Radio",
        "Magazine",
        "Review",
        "Telegraph",
        "Independent",
        "Globe",
        "Chronicle",
        "Network",
    ];
    let words: Vec<&str> = words(lead_in).collect();
    let verb = words.iter().rposition(|word| HANDING_OVER.contains(word))?;
    let name: Vec<&str> =
        words[..verb].iter().rev().take_while(|word| word.starts_with(char::is_uppercase)).copied().collect();
    let outlet = name
        .iter()
        .any(|word| OUTLETS.contains(word) || word.chars().filter(|c| c.is_uppercase()).count() > 2);
    (!name.is_empty() && !outlet && name[0].len() > 2).then(|| name[0])
}

/// The span of the lead-in that ends a paragraph, where there is one.
pub(crate) fn lead_in_span(text: &str, paragraph: Span, strict: bool) -> Option<Span> {
    let range = lead_in(paragraph.of(text), strict)?;
    let start = paragraph.start as usize;
    Some(Span::new(start + range.start, start + range.end).trim(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_hand_over() {
        for text in [
            "From ABC News:",
            "Reuters reports:",
            "This is from the Harbour Gazette:",
            "As Mara Voss wrote in the Courier last week:",
            "Money quote:",
            "According to the Daily Lantern:",
            "It has been a long week. The Lantern's editorial puts the case this way, and says:",
            "The statement reads as follows:",
            "I was all for it, but as Mara Voss points out",
            "As Mara Voss puts it",
        ] {
            assert!(lead_in(text, true).is_some(), "{text}");
        }
        assert_eq!(lead_in("It was late. From ABC News:", true), Some(13..27));
        for text in [
            "Here are five things to know:",
            "Bring the following items:",
            "The ingredients:",
            "Iran Supplying Iraq Militias?",
            "Harbour closed, mayor says",
            "He walked to the shop",
            "Update:",
            "Nobody knows what the minister said.",
        ] {
            assert!(lead_in(text, true).is_none(), "{text}");
        }
        assert!(lead_in("One goal was to secure the borders:", false).is_some());
    }

    #[test]
    fn the_author_comes_back() {
        for text in ["So then, is that wise?", "I doubt it.", "Too little too late?", "Read the whole thing."]
        {
            assert!(author_is_back(text, false, None), "{text}");
        }
        for text in [
            "The minister arrived on Monday.",
            "“I know nothing,” says a senior official.",
            "Officials told the paper.",
        ] {
            assert!(!author_is_back(text, false, None), "{text}");
        }
        assert!(!author_is_back("I had assumed as much.", true, None));
        assert!(author_is_back("Voss is right, of course.", true, Some("Voss")));
        assert_eq!(speaker("as Glenn Reynolds points out"), Some("Reynolds"));
        assert_eq!(speaker("ABC News reports:"), None);
    }

    #[test]
    fn the_last_sentence_is_found() {
        let of = |text| &text[last_sentence(text)..];
        assert_eq!(of("One. Two three"), "Two three");
        assert_eq!(of("He met Mr. Smith of the U.S. Navy:"), "He met Mr. Smith of the U.S. Navy:");
        assert_eq!(of("“Is it?” Perhaps so:"), "Perhaps so:");
    }
}

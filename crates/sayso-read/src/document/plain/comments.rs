//! Comment threads in a page that was copied out of a browser, where only the lines that name authors are left.

use super::lines::Paragraph;
use crate::document::stamp;
use crate::document::voice;
use rustc_hash::FxHashMap;
use sayso_record::{Stamp, StampOrigin};

/// A comment and its paragraphs.
pub(super) struct Comment<'a> {
    pub(super) author: Option<String>,
    pub(super) author_url: Option<String>,
    pub(super) published: Option<Stamp>,
    /// Place of the comment that it answers, among the comments.
    pub(super) parent: Option<usize>,
    pub(super) words: &'a [Paragraph],
}

/// What a line that names an author says.
#[derive(Clone, Default)]
struct Signature {
    author: String,
    url: Option<String>,
    published: Option<Stamp>,
    /// Whom the comment answers, by name.
    answers: Option<String>,
}

/// The ways in which pages sign comments.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Style {
    /// "• http://url Name", then the comment.
    Bullet,
    /// "Name says:", then the comment.
    Says,
    /// "Name • 3 years ago" or "Name, July 3, 2007 at 9:15 am", then the comment.
    Dated,
    /// The comment, then "Posted by: Name | July 3, 2007".
    Footer,
}

/// How many paragraphs stand before the comments, and the comments.
pub(super) fn read<'a>(text: &str, paragraphs: &'a [Paragraph]) -> (usize, Vec<Comment<'a>>) {
    let none = (paragraphs.len(), Vec::new());
    let heading = paragraphs.iter().position(|paragraph| is_heading(paragraph.span.of(text)));
    let from = heading.map_or(0, |at| at + 1);
    let Some(style) = style(text, &paragraphs[from..], heading.is_some()) else { return none };
    let signed: Vec<(usize, Signature)> = (from..paragraphs.len())
        .filter_map(|at| signature(paragraphs[at].span.of(text), style).map(|signature| (at, signature)))
        .collect();
    let Some(&(first, _)) = signed.first() else { return none };
    let end = (first..paragraphs.len())
        .find(|&at| is_end(paragraphs[at].span.of(text)))
        .unwrap_or(paragraphs.len());
    let mut out: Vec<Comment<'a>> = Vec::new();
    let mut last_by: FxHashMap<String, usize> = FxHashMap::default();
    for (place, (at, signature)) in signed.iter().enumerate() {
        let words = match style {
            Style::Footer => {
                let start = if place == 0 { from } else { signed[place - 1].0 + 1 };
                &paragraphs[start.min(*at)..*at]
            }
            _ => {
                let stop = signed.get(place + 1).map_or(end, |(next, _)| (*next).min(end));
                &paragraphs[(at + 1).min(stop)..stop]
            }
        };
        let (published, words) = dated(text, signature.published.clone(), words);
        if words.is_empty() {
            continue;
        }
        let parent = signature.answers.as_ref().and_then(|name| last_by.get(name).copied());
        last_by.insert(signature.author.clone(), out.len());
        let author = Some(signature.author.clone()).filter(|name| !name.is_empty());
        out.push(Comment { author, author_url: signature.url.clone(), published, parent, words });
    }
    let before = match (heading, style) {
        (Some(at), _) => at,
        (None, Style::Footer) => return none,
        (None, _) => first,
    };
    if out.is_empty() { none } else { (before, out) }
}

/// "July 3, 2007 at 9:15 am" on a line of its own below the name.
fn dated<'a>(text: &str, known: Option<Stamp>, words: &'a [Paragraph]) -> (Option<Stamp>, &'a [Paragraph]) {
    if known.is_none()
        && let Some(first) = words.first()
        && let Some(stamp) = whole_date(first.span.of(text))
    {
        return (Some(stamp), &words[1..]);
    }
    (known, words)
}

fn whole_date(line: &str) -> Option<Stamp> {
    if line.chars().count() > 60 {
        return None;
    }
    let (at, range) = stamp::find(line)?;
    let rest = voice::words(&line[..range.start]).chain(voice::words(&line[range.end..])).count();
    (rest <= 2).then(|| Stamp { at, words: line[range].to_owned(), origin: StampOrigin::Text })
}

/// Which way the comments are signed, judged by all lines together: one bullet is a list, not a thread.
fn style(text: &str, paragraphs: &[Paragraph], headed: bool) -> Option<Style> {
    [Style::Bullet, Style::Says, Style::Dated, Style::Footer].into_iter().find(|&style| {
        let signed: Vec<usize> = (0..paragraphs.len())
            .filter(|&at| signature(paragraphs[at].span.of(text), style).is_some())
            .collect();
        let Some(&first) = signed.first() else { return false };
        let followed = signed
            .iter()
            .filter(|&&at| at + 1 < paragraphs.len() && signed.binary_search(&(at + 1)).is_err())
            .count();
        match style {
            Style::Bullet => {
                // Every bullet from the first on must look like a name, or most; each must have words of its own.
                let bullets =
                    paragraphs[first..].iter().filter(|p| bullet(p.span.of(text)).is_some()).count();
                signed.len() * 10 >= bullets * 7 && followed * 10 >= signed.len() * 7 && (headed || first > 0)
            }
            Style::Says => followed == signed.len() && (headed || signed.len() >= 2),
            Style::Dated => followed * 10 >= signed.len() * 8 && (headed || signed.len() >= 2),
            Style::Footer => headed && first > 0,
        }
    })
}

fn bullet(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['•', '*', '·', '◦', '‣', '-', '▪'])?;
    rest.starts_with(char::is_whitespace).then(|| rest.trim())
}

/// What a line says about an author, if it is a line of that style.
fn signature(line: &str, style: Style) -> Option<Signature> {
    match style {
        Style::Bullet => {
            let rest = bullet(line)?;
            let (url, name) = leading_address(rest);
            let (name, published) = match stamp::find(name) {
                Some((at, range)) if range.start > 0 => {
                    let stamp =
                        Stamp { at, words: name[range.clone()].to_owned(), origin: StampOrigin::Text };
                    (
                        name[..range.start].trim_end_matches([' ', ',', '|', '—', '–', '-', '•', '(']),
                        Some(stamp),
                    )
                }
                _ => (name, None),
            };
            let name = strip_says(name).unwrap_or(name);
            is_pen_name(name).then(|| Signature { author: name.to_owned(), url, published, answers: None })
        }
        Style::Says => {
            let name = strip_says(line)?;
            let (url, name) = leading_address(name);
            let name =
                name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '#' | ' ' | ')'));
            is_pen_name(name).then(|| Signature { author: name.to_owned(), url, ..Signature::default() })
        }
        Style::Dated => dated_signature(line),
        Style::Footer => {
            let rest = ["Posted by: ", "Posted by ", "Comment by ", "Comment by: ", "Commented by "]
                .iter()
                .find_map(|start| line.strip_prefix(start))?;
            let (at, range) = stamp::find(rest)?;
            let mut name = rest[..range.start].trim();
            for end in [" at", " on", "|", "—", "–", "-", ",", "@", "("] {
                name = name.strip_suffix(end).unwrap_or(name).trim_end();
            }
            let stamp = Stamp { at, words: rest[range].to_owned(), origin: StampOrigin::Text };
            is_pen_name(name).then(|| Signature {
                author: name.to_owned(),
                published: Some(stamp),
                ..Signature::default()
            })
        }
    }
}

/// "Name • 3 years ago", "Name > Other • 3 years ago", "Name, July 3, 2007 at 9:15 am".
fn dated_signature(line: &str) -> Option<Signature> {
    if line.chars().count() > 100 {
        return None;
    }
    let (name, published) = if let Some(at) = ago(line) {
        (&line[..at], None)
    } else {
        let (at, range) = stamp::find(line)?;
        if voice::words(&line[range.end..]).count() > 2 {
            return None;
        }
        (&line[..range.start], Some(Stamp { at, words: line[range].to_owned(), origin: StampOrigin::Text }))
    };
    let ends = [' ', '•', '·', ',', '|', '—', '–', '-', '(', '@', '\u{a0}'];
    let mut name = name.trim_end_matches(ends);
    for end in [" on", " at", " says", " said", " wrote", " commented"] {
        name = name.strip_suffix(end).unwrap_or(name).trim_end_matches(ends);
    }
    let (name, answers) = match name.split_once(['>', '→', '›']) {
        Some((name, other)) => (name.trim_end(), Some(other.trim().to_owned())),
        None => (name, None),
    };
    is_pen_name(name).then(|| Signature { author: name.to_owned(), url: None, published, answers })
}

/// Where "3 years ago" begins in a line that ends with it.
fn ago(line: &str) -> Option<usize> {
    let rest = line.trim_end().strip_suffix(" ago")?;
    let unit = rest.rfind(' ')?;
    const UNITS: [&str; 8] = ["second", "minute", "hour", "day", "week", "month", "year", "min"];
    UNITS.iter().any(|name| rest[unit + 1..].trim_end_matches('s') == *name).then_some(())?;
    let count = rest[..unit]
        .rfind([' ', '•', '·'])
        .map_or(0, |at| at + rest[at..].chars().next().map_or(1, char::len_utf8));
    let number = &rest[count..unit];
    (number.chars().all(|c| c.is_ascii_digit()) || matches!(number, "a" | "an")).then_some(count)
}

fn strip_says(line: &str) -> Option<&str> {
    let rest = line.trim_end_matches([':', '.', '…', ' ']);
    if rest.len() == line.len() {
        return None;
    }
    [" says", " said", " wrote", " writes", " commented", " replied", " responded"]
        .iter()
        .find_map(|end| rest.strip_suffix(end))
}

/// A web address at the start of a line, and the rest.
fn leading_address(line: &str) -> (Option<String>, &str) {
    if line.starts_with("http://") || line.starts_with("https://") || line.starts_with("www.") {
        let end = line.find(char::is_whitespace).unwrap_or(line.len());
        return (Some(line[..end].to_owned()), line[end..].trim_start());
    }
    (None, line)
}

/// Whether words could be what a commenter calls themselves.
fn is_pen_name(name: &str) -> bool {
    let count = name.split_whitespace().count();
    (1..=6).contains(&count)
        && name.chars().count() <= 50
        && !name.ends_with([':', ',', ';', '?', '!'])
        && !(name.ends_with('.') && count > 3)
        && name.chars().any(char::is_alphanumeric)
        && !name.contains(['“', '”', '\n'])
}

/// "Comments", "6 Comments", "3 Responses to “...”".
fn is_heading(line: &str) -> bool {
    if line.chars().count() > 120 {
        return false;
    }
    let lower = line.to_lowercase();
    let words: Vec<&str> = voice::words(&lower).collect();
    let number =
        |word: &str| word.chars().all(|c| c.is_ascii_digit()) || matches!(word, "one" | "two" | "three");
    match words.as_slice() {
        ["comments"] | ["reader", "comments"] | ["comments", "closed"] | ["responses"] => true,
        ["comments", count] => number(count),
        [count, "comments" | "comment" | "responses" | "response" | "replies" | "thoughts" | "thought"] => {
            number(count)
        }
        [
            count,
            "comments" | "comment" | "responses" | "response" | "replies" | "thoughts" | "thought",
            "to" | "on" | "so",
            ..,
        ] => number(count),
        _ => false,
    }
}

/// What stands below the last comment.
fn is_end(line: &str) -> bool {
    let lower = line.to_lowercase();
    const ENDS: [&str; 9] = [
        "leave a reply",
        "leave a comment",
        "post a comment",
        "add a comment",
        "comments are closed",
        "comments on this entry are closed",
        "older posts",
        "newer comments",
        "powered by",
    ];
    lower.len() <= 80 && ENDS.iter().any(|end| lower.starts_with(end))
}

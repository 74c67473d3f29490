//! The line that signs a post which a page shows: "— Orla Venn (@orlavenn) March 3, 2021".

use super::stamp;
use std::ops::Range;

/// The parts of such a line, as byte ranges of the text that it was found in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Signature {
    /// From where on the text is the signature: at its dash, or at its first word.
    pub(crate) start: usize,
    /// Who wrote the post: the name, or the handle where there is no name.
    pub(crate) name: Range<usize>,
    /// What follows the name: handle and date.
    pub(crate) rest: Range<usize>,
}

/// Longer names, and longer lines behind a name, are running text.
const LONGEST_NAME: usize = 80;
const LONGEST_REST: usize = 90;

/// The signature at the end of a text. `embedded` where the markup says that this is a post from elsewhere: then a line
/// without a dash, and those of other services, count too.
pub(crate) fn find(text: &str, embedded: bool) -> Option<Signature> {
    let worded = if embedded { worded(text) } else { None };
    worded.or_else(|| dashed(text, embedded))
}

/// Whose words follow, and the verb that says so, in a line of a forum: "mudlark77 said:", "On 6/2/2021, mudlark77 said:", "mudlark77
/// wrote: Fri Mar 5, 2021". As byte ranges of the line.
pub(crate) fn introduced(line: &str) -> Option<(Range<usize>, Range<usize>)> {
    const VERBS: &[&str] = &[
        " said:",
        " wrote:",
        " Wrote:",
        " says:",
        " schrieb:",
        " hat geschrieben:",
        " a écrit :",
        " escribió:",
    ];
    let line = line.trim_end_matches([' ', '↑', '▲', '\n']);
    let (at, verb) = VERBS.iter().filter_map(|verb| Some((line.find(verb)?, *verb))).min()?;
    let behind = line[at + verb.len()..].trim();
    if !behind.is_empty() && (behind.len() > 60 || stamp::find(behind).is_none()) {
        return None;
    }
    // "On 6/2/2021 at 10:11 AM, mudlark77 said:".
    let dated = line[..at].rfind(", ").filter(|&comma| {
        let before = &line[..comma];
        before.len() <= 60
            && (before.starts_with("On ") || before.starts_with("Am ") || before.starts_with("Le "))
            && stamp::find(before).is_some()
    });
    let name = dated.map_or(0, |comma| comma + 2)..at;
    let name = name.start + (line[name.clone()].len() - line[name.clone()].trim_start().len())..at;
    (!name.is_empty()).then_some((name, at + 1..at + verb.len()))
}

/// "— Name (@handle) date".
fn dashed(text: &str, embedded: bool) -> Option<Signature> {
    let open = text.rfind("(@")?;
    let close = open + text[open..].find(')')?;
    let handle = &text[open + 2..close];
    let is_handle = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '@');
    if handle.is_empty() || handle.len() > 80 || !handle.chars().all(is_handle) {
        return None;
    }
    let rest = text[close + 1..].trim();
    let dated = rest.is_empty() || stamp::find(rest).is_some() || rest.chars().any(|c| c.is_ascii_digit());
    if rest.len() > LONGEST_REST || !dated {
        return None;
    }
    let line = text[..open].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line..open];
    let dash = before
        .char_indices()
        .rev()
        .find(|&(at, c)| {
            let apart = before[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '-');
            let goes_on =
                before[at + c.len_utf8()..].starts_with(char::is_whitespace) || matches!(c, '—' | '–' | '―');
            matches!(c, '—' | '–' | '―' | '-') && apart && goes_on
        })
        .map(|(at, c)| (at, at + c.len_utf8()));
    let (start, from) = match dash {
        Some((at, after)) => (line + before[..at].trim_end_matches('-').len(), line + after),
        // Without a dash the whole line must be the signature.
        None if embedded && before.split_whitespace().count() <= 6 => (line, line),
        None => return None,
    };
    let name = plain(text, from..open);
    if name.len() > LONGEST_NAME {
        return None;
    }
    let end = text.trim_end().len();
    // A name of nothing but pictures: the handle is all there is.
    let (name, rest) =
        if name.is_empty() { (open + 1..close, close + 1..end) } else { (name.clone(), open..end) };
    Some(Signature { start, name, rest: trimmed(text, rest) })
}

/// "Posted by Name on date", "A post shared by Name (@handle)", "Post by @handle".
fn worded(text: &str) -> Option<Signature> {
    const STARTS: &[&str] = &[
        "A post shared by ",
        "A photo shared by ",
        "A photo posted by ",
        "A video posted by ",
        "A video shared by ",
        "A reel shared by ",
        "Posted by ",
        "Post by ",
    ];
    let (start, with) = STARTS.iter().find_map(|with| Some((text.rfind(with)?, *with)))?;
    let from = start + with.len();
    let end = text.trim_end().len();
    if end.saturating_sub(from) > LONGEST_NAME + LONGEST_REST {
        return None;
    }
    let stop = [" (@", " on ", " on\u{a0}", "\n", " ("]
        .iter()
        .filter_map(|stop| text[from..].find(stop))
        .min()
        .map_or(end, |at| from + at);
    let name = plain(text, from..stop.max(from));
    (!name.is_empty()).then(|| Signature { start, name, rest: trimmed(text, stop.min(end)..end) })
}

/// A name without the pictures and marks around it.
fn plain(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let kept = |c: char| c.is_alphanumeric() || matches!(c, '@' | '.' | ')' | '\'' | '’' | '"' | '”');
    let Some(first) = words.find(|c: char| c.is_alphanumeric() || c == '@') else {
        return range.start..range.start;
    };
    let last = words.char_indices().rev().find(|&(_, c)| kept(c)).map_or(first, |(at, c)| at + c.len_utf8());
    range.start + first..range.start + last.max(first)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    start..(start + words.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, embedded: bool) -> Option<(&str, &str, &str)> {
        let found = find(text, embedded)?;
        Some((&text[..found.start], &text[found.name.clone()], &text[found.rest.clone()]))
    }

    #[test]
    fn posts_are_signed() {
        assert_eq!(
            parts("— Orla Venn (@orlavenn) March 3, 2021", false),
            Some(("", "Orla Venn", "(@orlavenn) March 3, 2021"))
        );
        assert_eq!(
            parts("No barrel here.\n— Bo Ek 🚤 (@bo_ek@tide.example) 3. März 2021", false),
            Some(("No barrel here.\n", "Bo Ek", "(@bo_ek@tide.example) 3. März 2021"))
        );
        assert_eq!(
            parts("It sank. -- Ines (@ines) 2021", false),
            Some(("It sank. ", "Ines", "(@ines) 2021"))
        );
        assert_eq!(parts("— 🚤 (@boat) May 3, 2021", false), Some(("", "@boat", "May 3, 2021")));
        assert_eq!(
            parts("Posted by Orla Venn on Wednesday, March 3, 2021", true),
            Some(("", "Orla Venn", "on Wednesday, March 3, 2021"))
        );
        assert_eq!(
            parts("A post shared by Orla Venn (@orlavenn)", true),
            Some(("", "Orla Venn", "(@orlavenn)"))
        );
        assert_eq!(parts("Orla Venn (@orlavenn)", true), Some(("", "Orla Venn", "(@orlavenn)")));
    }

    #[test]
    fn running_text_signs_nothing() {
        for text in [
            "The mayor — Orla Venn (@orlavenn) — said that the pier would open again in May and not later.",
            "Follow her on the net (@orlavenn) for more.",
            "Orla Venn (@orlavenn)",
            "Posted by Orla Venn on March 3, 2021",
        ] {
            assert_eq!(find(text, false), None, "{text}");
        }
    }
}

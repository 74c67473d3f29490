//! Times as pages write them, to ISO 8601.

use jiff::civil;

/// Names of months by their first letters, in the languages whose pages are met most; the longest match wins.
const MONTHS: &[(&str, i8)] = &[
    ("jan", 1),
    ("ene", 1),
    ("gen", 1),
    ("янв", 1),
    ("feb", 2),
    ("fév", 2),
    ("fev", 2),
    ("фев", 2),
    ("mar", 3),
    ("mär", 3),
    ("mär", 3),
    ("мар", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("апр", 4),
    ("may", 5),
    ("mai", 5),
    ("mag", 5),
    ("мая", 5),
    ("май", 5),
    ("jun", 6),
    ("juin", 6),
    ("giu", 6),
    ("июн", 6),
    ("jul", 7),
    ("juil", 7),
    ("lug", 7),
    ("июл", 7),
    ("aug", 8),
    ("aoû", 8),
    ("ago", 8),
    ("авг", 8),
    ("sep", 9),
    ("set", 9),
    ("сен", 9),
    ("oct", 10),
    ("okt", 10),
    ("out", 10),
    ("ott", 10),
    ("окт", 10),
    ("nov", 11),
    ("ноя", 11),
    ("dec", 12),
    ("dez", 12),
    ("déc", 12),
    ("dic", 12),
    ("дек", 12),
];

/// Names of zones as American and European pages write them, in minutes east of Greenwich.
const ZONES: &[(&str, i32)] = &[
    ("utc", 0),
    ("gmt", 0),
    ("z", 0),
    ("est", -300),
    ("edt", -240),
    ("et", -300),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("bst", 60),
    ("cet", 60),
    ("cest", 120),
    ("ist", 330),
];

/// A time in words, to ISO 8601: a date, a date with a time, or one with an offset where the words give it.
/// `None` where no full date can be read: "yesterday" and "3 hours ago" need a clock, which we do not have.
pub(crate) fn read(words: &str) -> Option<String> {
    find(words).map(|(at, _)| at)
}

/// Like [`read`], with the byte range of the words that give the date and time.
pub(crate) fn find(words: &str) -> Option<(String, std::ops::Range<usize>)> {
    // Nobody writes a date in the middle of a book; this bounds the work on hostile input.
    let end = words.char_indices().nth(400).map_or(words.len(), |(at, _)| at);
    let tokens = tokens(&words[..end]);
    let (date, mut used) = (0..tokens.len()).find_map(|at| date_at(&tokens, at))?;
    let start = tokens[used.start].at;
    let time = time_after(&tokens, used.end).or_else(|| time_before(&tokens, used.start));
    let mut at = date.to_string();
    if let Some((time, offset, range)) = time {
        at.push_str(&format!("T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second()));
        if let Some(minutes) = offset {
            match minutes {
                0 => at.push('Z'),
                _ => at.push_str(&format!(
                    "{}{:02}:{:02}",
                    if minutes < 0 { '-' } else { '+' },
                    minutes.abs() / 60,
                    minutes.abs() % 60
                )),
            }
        }
        used = used.start.min(range.start)..used.end.max(range.end);
    }
    let start = start.min(tokens[used.start].at);
    let last = &tokens[used.end - 1];
    Some((at, start..last.at + last.text.len()))
}

struct Token<'a> {
    text: &'a str,
    at: usize,
    number: Option<u32>,
    /// The character between this token and the one before it, a space where there were several.
    before: char,
}

fn tokens(words: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::new();
    let (mut start, mut digits) = (None, false);
    let mut before = ' ';
    let mut push = |range: std::ops::Range<usize>, before: char| {
        let text = &words[range.clone()];
        let number = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        out.push(Token { text, at: range.start, number, before });
    };
    let (mut gap, mut gap_from) = (' ', 0);
    for (at, c) in words.char_indices() {
        let kind = if c.is_ascii_digit() { Some(true) } else { c.is_alphabetic().then_some(false) };
        if start.is_some() && kind != Some(digits) {
            push(start.take().unwrap_or(0)..at, before);
            gap_from = at;
            gap = '\0';
        }
        match kind {
            Some(now) if start.is_none() => {
                start = Some(at);
                digits = now;
                before = if gap_from == at { '\0' } else { gap };
            }
            Some(_) => {}
            None => gap = if gap == '\0' || gap == ' ' { c } else { gap },
        }
    }
    if let Some(start) = start {
        push(start..words.len(), before);
    }
    out
}

fn month_of(text: &str) -> Option<i8> {
    if text.len() < 3 || text.len() > 24 {
        return None;
    }
    let lower = text.to_lowercase();
    // "march" is a month, "market" is none: a longer word must be one of those that begin like a month and go on so.
    const NOT: [&str; 14] = [
        "market", "mark", "marine", "mars", "mary", "decade", "decide", "maybe", "mayor", "general",
        "second", "out", "set", "junior",
    ];
    if NOT.contains(&lower.as_str()) {
        return None;
    }
    MONTHS
        .iter()
        .filter(|(name, _)| lower.starts_with(name))
        .max_by_key(|(name, _)| name.len())
        .map(|&(_, m)| m)
}

fn year_of(token: &Token<'_>) -> Option<i16> {
    let number = token.number?;
    (token.text.len() == 4 && (1900..2100).contains(&number)).then_some(number as i16)
}

fn day_of(token: &Token<'_>) -> Option<i8> {
    token.number.filter(|day| (1..=31).contains(day) && token.text.len() <= 2).map(|day| day as i8)
}

/// "of", "de" and the "th" of "14th" may stand between the parts of a date.
fn skip_small(tokens: &[Token<'_>], at: usize) -> usize {
    const SMALL: [&str; 7] = ["st", "nd", "rd", "th", "of", "de", "del"];
    let mut at = at;
    while tokens.get(at).is_some_and(|token| SMALL.contains(&token.text.to_ascii_lowercase().as_str())) {
        at += 1;
    }
    at
}

fn date_at(tokens: &[Token<'_>], at: usize) -> Option<(civil::Date, std::ops::Range<usize>)> {
    let first = &tokens[at];
    let date = |year, month, day, end| civil::Date::new(year, month, day).ok().map(|date| (date, at..end));
    if let Some(month) = month_of(first.text) {
        let day_at = at + 1;
        let day = tokens.get(day_at).and_then(day_of)?;
        let year_at = skip_small(tokens, day_at + 1);
        return date(tokens.get(year_at).and_then(year_of)?, month, day, year_at + 1);
    }
    let second = tokens.get(at + 1)?;
    if let Some(year) = year_of(first) {
        let third = tokens.get(at + 2)?;
        let month = second.number.and_then(|m| i8::try_from(m).ok()).or_else(|| month_of(second.text))?;
        return date(year, month, day_of(third)?, at + 3);
    }
    // "20110714" and "20110714T093000", as in feeds and addresses.
    if first.text.len() == 8
        && let Some(number) = first.number
        && (19_000_101..=20_991_231).contains(&number)
    {
        return date((number / 10_000) as i16, (number / 100 % 100) as i8, (number % 100) as i8, at + 1);
    }
    let day = day_of(first)?;
    let month_at = skip_small(tokens, at + 1);
    let month_token = tokens.get(month_at)?;
    if let Some(month) = month_of(month_token.text) {
        let year_at = skip_small(tokens, month_at + 1);
        return date(tokens.get(year_at).and_then(year_of)?, month, day, year_at + 1);
    }
    let (second, third) = (day_of(second)?, tokens.get(at + 2)?);
    if !matches!(tokens[at + 1].before, '/' | '.' | '-') || third.before != tokens[at + 1].before {
        return None;
    }
    let year =
        year_of(third).or_else(|| third.number.filter(|_| third.text.len() == 2).map(|y| 2000 + y as i16))?;
    // Dots are written by those who put the day first, slashes by Americans unless that makes no date.
    match (tokens[at + 1].before, day, second) {
        ('/', month, day) if month <= 12 => date(year, month, day, at + 3),
        (_, day, month) => date(year, month, day, at + 3),
    }
}

type Clock = (civil::Time, Option<i32>, std::ops::Range<usize>);

/// A clock time that begins at token `at`.
fn time_at(tokens: &[Token<'_>], at: usize) -> Option<Clock> {
    let hour_token = tokens.get(at)?;
    let mut hour = hour_token.number.filter(|hour| *hour < 24 && hour_token.text.len() <= 2)? as i8;
    let mut end = at + 1;
    let part = |index: usize| {
        let token = tokens.get(index)?;
        let fits = token.text.len() == 2 && matches!(token.before, ':' | '.');
        token.number.filter(|number| *number < 60 && fits).map(|number| number as i8)
    };
    let minute = part(end);
    end += usize::from(minute.is_some());
    let second = minute.and_then(|_| part(end));
    end += usize::from(second.is_some());
    // Fractions of a second.
    if second.is_some() && tokens.get(end).is_some_and(|token| token.before == '.' && token.number.is_some())
    {
        end += 1;
    }
    let word = |index: usize| tokens.get(index).map(|token| token.text.to_ascii_lowercase());
    let half = match (word(end).as_deref(), word(end + 1).as_deref()) {
        (Some("am" | "pm"), _) => word(end).map(|half| (half, end + 1)),
        (Some(half @ ("a" | "p")), Some("m")) => Some((format!("{half}m"), end + 2)),
        _ => None,
    };
    if let Some((half, after)) = &half {
        hour = match (half.as_str(), hour) {
            ("am", 12) => 0,
            ("pm", hour) if hour < 12 => hour + 12,
            (_, hour) => hour,
        };
        end = *after;
    }
    if minute.is_none() && half.is_none() {
        return None;
    }
    let time = civil::Time::new(hour, minute.unwrap_or(0), second.unwrap_or(0), 0).ok()?;
    let (offset, end) = offset_at(tokens, end);
    Some((time, offset, at..end))
}

fn offset_at(tokens: &[Token<'_>], at: usize) -> (Option<i32>, usize) {
    let Some(token) = tokens.get(at) else { return (None, at) };
    if let Some(&(_, minutes)) = ZONES.iter().find(|(name, _)| token.text.eq_ignore_ascii_case(name)) {
        return match offset_at(tokens, at + 1) {
            (Some(more), end) if minutes == 0 && tokens[at + 1].number.is_some() => (Some(more), end),
            _ => (Some(minutes), at + 1),
        };
    }
    let sign = match token.before {
        '+' => 1,
        '-' | '−' => -1,
        _ => return (None, at),
    };
    match (token.number, token.text.len()) {
        (Some(number), 4) if number <= 1400 => {
            (Some(sign * (number / 100 * 60 + number % 100) as i32), at + 1)
        }
        (Some(hours), 2) if hours <= 14 => match tokens.get(at + 1) {
            Some(minutes) if minutes.before == ':' && minutes.text.len() == 2 && minutes.number.is_some() => {
                (Some(sign * (hours * 60 + minutes.number.unwrap_or(0).min(59)) as i32), at + 2)
            }
            _ => (Some(sign * hours as i32 * 60), at + 1),
        },
        _ => (None, at),
    }
}

/// A time within a few words after the date: "July 14, 2011 at 9:30 am", "2011-07-14T09:30".
fn time_after(tokens: &[Token<'_>], from: usize) -> Option<Clock> {
    const BETWEEN: [&str; 9] = ["at", "t", "um", "à", "alle", "às", "a", "в", "las"];
    for at in from..tokens.len().min(from + 3) {
        if let Some(clock) = time_at(tokens, at) {
            return Some(clock);
        }
        // "20110714T093000".
        let token = &tokens[at];
        if let (6, Some(number)) = (token.text.len(), token.number)
            && let Ok(time) =
                civil::Time::new((number / 10_000) as i8, (number / 100 % 100) as i8, (number % 100) as i8, 0)
        {
            let (offset, end) = offset_at(tokens, at + 1);
            return Some((time, offset, at..end));
        }
        if !BETWEEN.contains(&token.text.to_lowercase().as_str()) {
            return None;
        }
    }
    None
}

/// A time just before the date: "9:30 AM, July 14, 2011".
fn time_before(tokens: &[Token<'_>], date: usize) -> Option<Clock> {
    let fits = |clock: &Clock| {
        let gap = &tokens[clock.2.end..date];
        gap.len() <= 2 && gap.iter().all(|token| token.number.is_none())
    };
    (date.saturating_sub(6)..date).find_map(|at| time_at(&tokens[..date], at).filter(fits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_pages_write_them() {
        for (words, at) in [
            ("2011-07-14", "2011-07-14"),
            ("2011-07-14T09:30:00+02:00", "2011-07-14T09:30:00+02:00"),
            ("2011-07-14T09:30:00.123Z", "2011-07-14T09:30:00Z"),
            ("2011-07-14 09:30:05 -0500", "2011-07-14T09:30:05-05:00"),
            ("Thu, 14 Jul 2011 09:30:00 GMT", "2011-07-14T09:30:00Z"),
            ("July 14, 2011 at 9:30 am", "2011-07-14T09:30:00"),
            ("Posted on Thursday, July 14th, 2011", "2011-07-14"),
            ("14 July 2011, 21:05", "2011-07-14T21:05:00"),
            ("14. Juli 2011 um 21:05 Uhr", "2011-07-14T21:05:00"),
            ("14 de julio de 2011", "2011-07-14"),
            ("7/14/2011 12:05 AM", "2011-07-14T00:05:00"),
            ("14/7/2011", "2011-07-14"),
            ("14.07.2011", "2011-07-14"),
            ("9:30 p.m. EST, July 14, 2011", "2011-07-14T21:30:00-05:00"),
            ("20110714T093000Z", "2011-07-14T09:30:00Z"),
            ("Jul 14, 2011 9:30 PM PDT", "2011-07-14T21:30:00-07:00"),
        ] {
            assert_eq!(read(words).as_deref(), Some(at), "{words}");
        }
    }

    #[test]
    fn what_is_no_date_is_left_alone() {
        for words in [
            "3 hours ago",
            "yesterday",
            "Monday at 9:30",
            "May we 2011",
            "February 31, 2011",
            "12-34-5678",
            "",
        ] {
            assert_eq!(read(words), None, "{words}");
        }
    }

    #[test]
    fn the_words_of_a_date_are_known() {
        let words = "Posted July 14, 2011 at 9:30 am by Ann";
        let (_, range) = find(words).unwrap();
        assert_eq!(&words[range], "July 14, 2011 at 9:30 am");
    }
}

//! Times as pages write them, to ISO 8601.

use super::months::month_of;
use jiff::civil;
use std::ops::Range;

/// Which number is the day where a page writes day and month as numbers with slashes between them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
    /// Nothing tells: the month, as in most such dates on the web, unless that makes no date.
    #[default]
    Untold,
}

/// A date or time in words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// ISO 8601.
    pub(crate) at: String,
    /// Where the words stand that give it.
    pub(crate) range: Range<usize>,
    /// The other day that the words may as well stand for.
    pub(crate) or: Option<String>,
}

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
pub(crate) fn find(words: &str) -> Option<(String, Range<usize>)> {
    find_by(words, Order::Untold).map(|found| (found.at, found.range))
}

/// The first date in words of a page that writes its dates in an order.
pub(crate) fn find_by(words: &str, order: Order) -> Option<Found> {
    // Nobody writes a date in the middle of a book; this bounds the work on hostile input.
    let end = words.char_indices().nth(400).map_or(words.len(), |(at, _)| at);
    let tokens = tokens(&words[..end]);
    let day = (0..tokens.len()).find_map(|at| day_at(&tokens, at, order))?;
    let mut used = day.used;
    let start = tokens[used.start].at;
    let time = time_after(&tokens, used.end).or_else(|| time_before(&tokens, used.start));
    let mut clock = String::new();
    if let Some((time, offset, range)) = time {
        clock = format!("T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second());
        match offset {
            Some(0) => clock.push('Z'),
            Some(minutes) => clock.push_str(&format!(
                "{}{:02}:{:02}",
                if minutes < 0 { '-' } else { '+' },
                minutes.abs() / 60,
                minutes.abs() % 60
            )),
            None => {}
        }
        used = used.start.min(range.start)..used.end.max(range.end);
    }
    let start = start.min(tokens[used.start].at);
    let last = &tokens[used.end - 1];
    Some(Found {
        at: format!("{}{clock}", day.date),
        range: start..last.at + last.text.len(),
        or: day.or.map(|date| format!("{date}{clock}")),
    })
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

fn year_of(token: &Token<'_>) -> Option<i16> {
    let number = token.number?;
    (token.text.len() == 4 && (1900..2100).contains(&number)).then_some(number as i16)
}

fn day_of(token: &Token<'_>) -> Option<i8> {
    token.number.filter(|day| (1..=31).contains(day) && token.text.len() <= 2).map(|day| day as i8)
}

/// The "th" of "14th", and words that may stand between the parts of a date, are passed over.
fn skip(tokens: &[Token<'_>], at: usize, words: &[&str]) -> usize {
    let mut at = at;
    while tokens.get(at).is_some_and(|token| words.contains(&token.text.to_ascii_lowercase().as_str())) {
        at += 1;
    }
    at
}

/// A day as tokens give it.
struct Day {
    date: civil::Date,
    used: Range<usize>,
    /// The day that it may be as well.
    or: Option<civil::Date>,
}

/// The date that begins at token `at`.
fn day_at(tokens: &[Token<'_>], at: usize, order: Order) -> Option<Day> {
    let first = &tokens[at];
    let day = |year, month, day, end| {
        civil::Date::new(year, month, day).ok().map(|date| Day { date, used: at..end, or: None })
    };
    // "20110714" and "20110714T093000", as in feeds and addresses.
    if first.text.len() == 8
        && let Some(number) = first.number
        && (19_000_101..=20_991_231).contains(&number)
    {
        return day((number / 10_000) as i16, (number / 100 % 100) as i8, (number % 100) as i8, at + 1);
    }
    let second = tokens.get(at + 1)?;
    if first.number.is_none() {
        // "July 14th, 2011".
        let number = day_of(second)?;
        let year_at = skip(tokens, at + 2, &["st", "nd", "rd", "th", "of", "de", "del"]);
        return day(tokens.get(year_at).and_then(year_of)?, month_of(first.text)?, number, year_at + 1);
    }
    if let Some(year) = year_of(first) {
        if second.number.is_none() {
            return far_eastern(tokens, at)
                .and_then(|(month, number)| day(year, month, number, at + 6))
                .or_else(|| day(year, month_of(second.text)?, day_of(tokens.get(at + 2)?)?, at + 3));
        }
        let third = tokens.get(at + 2)?;
        // A year with a clock after it ("2021, 9:30") is no date.
        if !matches!(second.before, '-' | '/' | '.' | '−') || third.before != second.before {
            return None;
        }
        return day(year, second.number.and_then(|m| i8::try_from(m).ok())?, day_of(third)?, at + 3);
    }
    let number = day_of(first)?;
    let month_at = skip(tokens, at + 1, &["st", "nd", "rd", "th", "of", "de", "del"]);
    let month_token = tokens.get(month_at)?;
    if month_token.number.is_none() {
        let year_at = skip(tokens, month_at + 1, &["de", "del"]);
        return day(tokens.get(year_at).and_then(year_of)?, month_of(month_token.text)?, number, year_at + 1);
    }
    let (second, third) = (day_of(second)?, tokens.get(at + 2)?);
    let between = tokens[at + 1].before;
    if !matches!(between, '/' | '.' | '-') || third.before != between {
        return None;
    }
    let year =
        year_of(third).or_else(|| third.number.filter(|_| third.text.len() == 2).map(|y| 2000 + y as i16))?;
    // Dots are written by those who put the day first; slashes by all, and where nothing else tells, Americans are more.
    let month_first = match (between, order) {
        ('.', _) | (_, Order::DayFirst) | ('-', Order::Untold) => false,
        (_, Order::MonthFirst | Order::Untold) => true,
    };
    let (one, other) = (day(year, second, number, at + 3), day(year, number, second, at + 3));
    let (one, other) = if month_first { (other, one) } else { (one, other) };
    match (one, other) {
        (Some(one), Some(other)) if between != '.' && order == Order::Untold && one.date != other.date => {
            Some(Day { or: Some(other.date), ..one })
        }
        (one, other) => one.or(other),
    }
}

/// Month and day of "2021年3月4日" and "2021년 3월 4일", whose year is token `at`.
fn far_eastern(tokens: &[Token<'_>], at: usize) -> Option<(i8, i8)> {
    let is = |at: usize, signs: &[char]| tokens.get(at).is_some_and(|token| token.text.starts_with(signs));
    let fits =
        is(at + 1, &['年', '년']) && is(at + 3, &['月', '월']) && is(at + 5, &['日', '号', '號', '일']);
    let month = tokens.get(at + 2)?.number.and_then(|month| i8::try_from(month).ok())?;
    fits.then_some((month, day_of(tokens.get(at + 4)?)?))
}

type Clock = (civil::Time, Option<i32>, std::ops::Range<usize>);

/// A clock time that begins at token `at`.
fn time_at(tokens: &[Token<'_>], at: usize) -> Option<Clock> {
    let hour_token = tokens.get(at)?;
    let mut hour = hour_token.number.filter(|hour| *hour < 24 && hour_token.text.len() <= 2)? as i8;
    let mut end = at + 1;
    let part = |index: usize| {
        let token = tokens.get(index)?;
        let fits = token.text.len() == 2 && matches!(token.before, ':' | '.' | '：');
        token.number.filter(|number| *number < 60 && fits).map(|number| number as i8)
    };
    let minute = part(end);
    end += usize::from(minute.is_some());
    let second = minute.and_then(|_| part(end));
    end += usize::from(second.is_some());
    let minute = minute.or_else(|| {
        let (minute, after) = spelled_minute(tokens, end)?;
        end = after;
        Some(minute)
    });
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

/// The minute of "21h05" and of "9時30分", whose hour stands before token `at`, and where they end.
fn spelled_minute(tokens: &[Token<'_>], at: usize) -> Option<(i8, usize)> {
    let (sign, number) = (tokens.get(at)?, tokens.get(at + 1));
    let glued = number.filter(|number| number.before == '\0' || number.before == ' ');
    let minute =
        glued.and_then(|token| token.number).filter(|minute| *minute < 60).map(|minute| minute as i8);
    if sign.text.eq_ignore_ascii_case("h") && sign.before == '\0' {
        let minute = minute.filter(|_| glued.is_some_and(|token| token.text.len() == 2))?;
        return Some((minute, at + 2));
    }
    if !sign.text.starts_with(['時', '时', '點', '点', '시']) {
        return None;
    }
    let marked = tokens.get(at + 2).is_some_and(|token| token.text.starts_with(['分', '분']));
    Some(minute.filter(|_| marked).map_or((0, at + 1), |minute| (minute, at + 3)))
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
    const BETWEEN: [&str; 21] = [
        "at", "t", "um", "à", "alle", "às", "a", "в", "las", "kl", "klo", "om", "godz", "saat", "ore", "ora",
        "o", "as", "о", "les", "-",
    ];
    const EVENING: [&str; 4] = ["午後", "下午", "晚上", "오후"];
    let mut evening = false;
    for at in from..tokens.len().min(from + 4) {
        if let Some((time, offset, range)) = time_at(tokens, at) {
            let later = i8::from(evening && time.hour() < 12) * 12;
            return Some((time.with().hour(time.hour() + later).build().ok()?, offset, range));
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
        evening |= EVENING.contains(&token.text);
        // The day of the week may stand there in one or three signs, and the half of the day in two.
        let far_eastern = token.number.is_none()
            && token.text.chars().count() <= 3
            && token
                .text
                .chars()
                .all(|c| ('\u{3400}'..='\u{9fff}').contains(&c) || ('가'..='힣').contains(&c));
        if !far_eastern && !BETWEEN.contains(&token.text.to_lowercase().as_str()) {
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
            ("20110714", "2011-07-14"),
            ("Jul 14, 2011 9:30 PM PDT", "2011-07-14T21:30:00-07:00"),
            ("14 mei 2011, 9:30", "2011-05-14T09:30:00"),
            ("14 maja 2011, godz. 9:30", "2011-05-14T09:30:00"),
            ("14 Ekim 2011 09:30", "2011-10-14T09:30:00"),
            ("4 mars 2011 à 9h05", "2011-03-04T09:05:00"),
            ("2011. március 14. 9:30", "2011-03-14T09:30:00"),
            ("14 مارس 2011", "2011-03-14"),
            ("2011年7月14日", "2011-07-14"),
            ("2011年7月14日 星期四 下午9:30", "2011-07-14T21:30:00"),
            ("2011年07月14日 9時30分", "2011-07-14T09:30:00"),
            ("2011년 7월 14일 오후 9:30", "2011-07-14T21:30:00"),
            ("2011.07.14", "2011-07-14"),
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
            "Copyright 2019, 10:15",
            "2021, 9:30",
            "14 blorp 2021, 9:30",
            "2019 10:15",
            "4 out of 2021 houses",
            "3 separate 2020 cases",
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

    #[test]
    fn slashes_are_read_in_the_order_of_the_page() {
        let read = |words, order| {
            let found = find_by(words, order).unwrap();
            (found.at, found.or)
        };
        let day = |day: &str| day.to_owned();
        assert_eq!(read("04/03/2021", Order::DayFirst), (day("2021-03-04"), None));
        assert_eq!(read("04/03/2021", Order::MonthFirst), (day("2021-04-03"), None));
        assert_eq!(read("04/03/2021", Order::Untold), (day("2021-04-03"), Some(day("2021-03-04"))));
        assert_eq!(read("03/03/2021", Order::Untold), (day("2021-03-03"), None));
        assert_eq!(read("25/03/2021", Order::MonthFirst), (day("2021-03-25"), None));
        assert_eq!(read("03/25/2021", Order::DayFirst), (day("2021-03-25"), None));
        assert_eq!(read("04.03.2021", Order::MonthFirst), (day("2021-03-04"), None));
    }
}

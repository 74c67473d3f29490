//! The days that an ISO 8601 date or time may stand for.

use super::words::is_space;
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, ToSpan};
use std::collections::BTreeSet;

/// The day as written and, for a time with an offset, the day in UTC; none where the stamp opens with no date.
pub(super) fn days(stamp: &str) -> BTreeSet<String> {
    let stamp = stamp.trim_matches(is_space);
    let Some(day) = written_day(stamp) else { return BTreeSet::new() };
    let utc = day_in_utc(day, &stamp[day.len()..]);
    std::iter::once(day.to_owned()).chain(utc).collect()
}

/// `2031-05-01` at the start; whether there is such a day is not asked.
fn written_day(stamp: &str) -> Option<&str> {
    let day = stamp.get(..10)?;
    let fits = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    fits.then_some(day)
}

/// The day in UTC, where the rest is a separator, a time of day and an offset.
fn day_in_utc(day: &str, rest: &str) -> Option<String> {
    let date: Date = day.parse().ok()?;
    let mut characters = rest.chars();
    characters.next()?;
    let (time, offset) = characters.as_str().split_at(characters.as_str().find(['+', '-', 'Z'])?);
    let offset = match offset.split_at(1) {
        ("Z", "") => SignedDuration::ZERO,
        ("Z", _) => return None,
        (sign, amount) => {
            let [hours, minutes, seconds] = hours_minutes_seconds(amount)?;
            let seconds = (i64::from(hours) * 60 + i64::from(minutes)) * 60 + i64::from(seconds);
            SignedDuration::from_secs(if sign == "-" { -seconds } else { seconds })
        }
    };
    if offset.abs() >= SignedDuration::from_hours(24) {
        return None;
    }
    let [hours, minutes, seconds] = hours_minutes_seconds(time)?;
    let time = Time::new(hours, minutes, seconds, 0).ok()?;
    let utc = date.to_datetime(time).checked_sub(offset.as_secs().seconds()).ok()?.date();
    (utc.year() >= 1).then(|| utc.to_string())
}

/// `HH`, `HH:MM`, `HH:MM:SS`, with or without colons; the last may have a fraction, which moves no day.
fn hours_minutes_seconds(text: &str) -> Option<[i8; 3]> {
    let (whole, fraction) = match text.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let two = |pair: &str| pair.bytes().all(|byte| byte.is_ascii_digit()).then(|| pair.parse().ok())?;
    let parts: Vec<&str> = if whole.contains(':') {
        whole.split(':').collect()
    } else {
        (0..whole.len()).step_by(2).map(|at| whole.get(at..at + 2)).collect::<Option<_>>()?
    };
    let fraction_fits = fraction.is_none_or(|digits| {
        parts.len() == 3 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    });
    if !(1..=3).contains(&parts.len()) || parts.iter().any(|part| part.len() != 2) || !fraction_fits {
        return None;
    }
    let mut found = [0; 3];
    for (place, part) in found.iter_mut().zip(parts) {
        *place = two(part)?;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_may_move_the_day() {
        let is = |stamp: &str, expected: &[&str]| {
            assert_eq!(days(stamp).into_iter().collect::<Vec<_>>(), expected, "{stamp}");
        };
        is("2031-05-01", &["2031-05-01"]);
        is(" 2031-05-01T23:30:00-05:00\n", &["2031-05-01", "2031-05-02"]);
        is("2031-05-01 00:10+0100", &["2031-04-30", "2031-05-01"]);
        is("2031-05-01T00:10:00.25Z", &["2031-05-01"]);
        is("2031-05-01T23:30:00", &["2031-05-01"]);
        is("2031-12-31T235959-01", &["2031-12-31", "2032-01-01"]);
        is("2031-05-01T25:00:00-05:00", &["2031-05-01"]);
        is("2031-05-01T23:30:00 EST", &["2031-05-01"]);
        is("2031-13-77", &["2031-13-77"]);
        is("1 May 2031", &[]);
        is("", &[]);
    }
}

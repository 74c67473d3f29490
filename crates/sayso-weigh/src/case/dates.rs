//! Dates and times as people write them.

use crate::as_of::Time;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

const DAY_SECONDS: Time = 24 * 60 * 60;

/// The first second of what is written: a date (`2011-07-14`), or a time with its offset
/// (`2011-07-14T09:30:00+02:00`; UTC where it has none). None where it is neither.
///
/// ```
/// assert_eq!(sayso_weigh::first_second("1970-01-02"), Some(86_400));
/// assert_eq!(sayso_weigh::last_second("1970-01-01"), Some(86_399));
/// assert_eq!(sayso_weigh::first_second("1970-01-01T01:00:00+01:00"), Some(0));
/// ```
pub fn first_second(text: &str) -> Option<Time> {
    if let Some(date) = plain_date(text) {
        return utc(date.to_datetime(jiff::civil::Time::midnight()));
    }
    let exact = text.parse::<Timestamp>().ok().map(Timestamp::as_second);
    exact.or_else(|| utc(text.parse::<DateTime>().ok()?))
}

/// The last second of what is written: of the whole day, where it is a date.
pub fn last_second(text: &str) -> Option<Time> {
    let first = first_second(text)?;
    Some(if plain_date(text).is_some() { first + DAY_SECONDS - 1 } else { first })
}

/// A second as a date, or as a time where it is not a midnight in UTC.
pub fn show_second(time: Time) -> String {
    match Timestamp::from_second(time) {
        Ok(stamp) if time.rem_euclid(DAY_SECONDS) == 0 => stamp.to_zoned(TimeZone::UTC).date().to_string(),
        Ok(stamp) => stamp.to_string(),
        Err(_) => time.to_string(),
    }
}

fn plain_date(text: &str) -> Option<Date> {
    (text.len() == "2011-07-14".len()).then(|| text.parse().ok()).flatten()
}

fn utc(time: DateTime) -> Option<Time> {
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
}

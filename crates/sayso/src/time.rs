//! Times as seconds, for comparing; the words in which they came stay with the records.

use sayso_weigh::{Moment, Time};

/// The name of a month, from 1; none where there is no such month.
pub(crate) fn month_name(month: i8) -> Option<String> {
    let first = jiff::civil::Date::new(2000, month, 1).ok()?;
    Some(first.strftime("%B").to_string())
}

/// The second that an ISO 8601 time of the clock stands for. A clock that tells no time is at the beginning of it.
pub(crate) fn seconds(at: &str) -> Time {
    sayso_weigh::first_second(at).unwrap_or(0)
}

/// By when something must have been published, and by when this ledger must have known of it, to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// By when it was published, in seconds since 1970.
    pub published_by: Time,
    /// By when this ledger knew of it.
    pub known_by: Time,
}

impl AsOf {
    /// Everything that there is.
    pub const NOW: AsOf = AsOf { published_by: Time::MAX, known_by: Time::MAX };

    /// By two dates or times as people write them; `None` where one is no date.
    pub fn parse(published_by: Option<&str>, known_by: Option<&str>) -> Option<AsOf> {
        let by = |date: Option<&str>| date.map_or(Some(Time::MAX), sayso_weigh::last_second);
        Some(AsOf { published_by: by(published_by)?, known_by: by(known_by)? })
    }

    /// The moment for a graph that holds only what was known by then.
    pub(crate) fn moment(self) -> Moment {
        Moment { published_by: self.published_by, ..Moment::ALL }
    }
}

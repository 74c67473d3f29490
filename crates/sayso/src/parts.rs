//! Lists that come part by part: where a part ends, the next goes on, however much was added meanwhile.

use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A place in a list: the numbers by which it is ordered, of the last line before the place. Means something only to the
/// list that gave it; written with dots between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListPlace<const N: usize>(pub(crate) [i64; N]);

/// What was given as a place in a list is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no place in the list")]
pub struct NoPlace;

/// A part of a list.
#[derive(Clone, Debug, Serialize)]
pub struct ListPart<T, const N: usize> {
    /// Its lines. Where much is left out by what was asked, there may be fewer than were asked for, and still more to come.
    pub lines: Vec<T>,
    /// Where the next part begins; none where this one is the last.
    pub next: Option<ListPlace<N>>,
}

impl<T, const N: usize> Default for ListPart<T, N> {
    fn default() -> Self {
        ListPart { lines: Vec::new(), next: None }
    }
}

impl<const N: usize> FromStr for ListPlace<N> {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let numbers: Result<Vec<i64>, _> = text.split('.').map(str::parse).collect();
        let numbers = numbers.map_err(|_| NoPlace)?;
        numbers.try_into().map(ListPlace).map_err(|_| NoPlace)
    }
}

impl<const N: usize> fmt::Display for ListPlace<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, number) in self.0.iter().enumerate() {
            let dot = if at > 0 { "." } else { "" };
            write!(f, "{dot}{number}")?;
        }
        Ok(())
    }
}

impl<const N: usize> Serialize for ListPlace<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_and_read_back() {
        let place = ListPlace([3, -7, i64::MAX]);
        assert_eq!(place.to_string().parse(), Ok(place));
        for wrong in ["", "1", "1.2", "1.2.3.4", "1.2.x", "1..2", "1.2.99999999999999999999"] {
            assert_eq!(wrong.parse::<ListPlace<3>>(), Err(NoPlace), "{wrong}");
        }
    }
}

//! Dates of a thread in numbers alone: whether the day or the month comes first is told by all of them together.

use super::assemble::Comment;
use crate::document::stamp;
use std::ops::Range;

/// A date, as [`stamp::find`] finds it, or one with the month before the day where only that makes one ("03-25-2014").
pub(super) fn find(words: &str) -> Option<(String, Range<usize>)> {
    let found = stamp::find(words);
    let Some(numbers) = numbers(words) else { return found };
    if found.as_ref().is_some_and(|(_, range)| range.start <= numbers.first.start) {
        return found;
    }
    // The range is the same: only two numbers changed places.
    let swapped =
        stamp::find(&numbers.swapped(words)).filter(|_| numbers.first.len() == numbers.second.len());
    swapped.or(found)
}

/// Three numbers of a date, the year last.
struct Numbers {
    first: Range<usize>,
    second: Range<usize>,
}

impl Numbers {
    fn values(&self, words: &str) -> (u32, u32) {
        let value = |range: &Range<usize>| words[range.clone()].parse().unwrap_or(0);
        (value(&self.first), value(&self.second))
    }

    fn swapped(&self, words: &str) -> String {
        let between = &words[self.first.end..self.second.start];
        [
            &words[..self.first.start],
            &words[self.second.clone()],
            between,
            &words[self.first.clone()],
            &words[self.second.end..],
        ]
        .concat()
    }
}

/// The first "12-05-2014", "3/4/14", "03.18.05" in some words.
fn numbers(words: &str) -> Option<Numbers> {
    let bytes = words.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    for at in (0..bytes.len().min(400)).filter(|&at| bytes[at].is_ascii_digit()) {
        if at > 0 && (bytes[at - 1].is_ascii_digit() || matches!(bytes[at - 1], b'-' | b'/' | b'.')) {
            continue;
        }
        let first = at..at + digits(at);
        let Some(&mark) = bytes.get(first.end).filter(|mark| matches!(mark, b'-' | b'/' | b'.')) else {
            continue;
        };
        let second = first.end + 1..first.end + 1 + digits((first.end + 1).min(bytes.len()));
        if bytes.get(second.end) != Some(&mark) {
            continue;
        }
        let year = digits((second.end + 1).min(bytes.len()));
        if (1..=2).contains(&first.len()) && (1..=2).contains(&second.len()) && matches!(year, 2 | 4) {
            return Some(Numbers { first, second });
        }
    }
    None
}

/// Puts days and months right where the thread's other dates tell which is which: a number over twelve is a day, and
/// posts stand in the order in which they were written.
pub(super) fn settle(comments: &mut [Comment]) {
    let told: Vec<(usize, (u32, u32))> = (comments.iter().enumerate())
        .filter_map(|(at, comment)| {
            let stamp = comment.published.as_ref()?;
            Some((at, numbers(&stamp.words)?.values(&stamp.words)))
        })
        .collect();
    if told.len() < 2 {
        return;
    }
    let month_first = told.iter().filter(|(_, (_, second))| *second > 12).count();
    let day_first = told.iter().filter(|(_, (first, _))| *first > 12).count();
    let dates = |day_first: bool| -> Vec<String> {
        let dated = told.iter().filter_map(|(at, (first, second))| {
            let at = &comments[*at].published.as_ref()?.at;
            let (day, month) = if day_first { (first, second) } else { (second, first) };
            Some(format!("{}-{month:02}-{day:02}{}", at.get(..4)?, at.get(10..)?))
        });
        dated.collect()
    };
    let falls = |dates: &[String]| dates.windows(2).filter(|two| two[0] > two[1]).count();
    let day_first = match (month_first, day_first) {
        (0, 0) => {
            let (days, months) = (dates(true), dates(false));
            match falls(&days).cmp(&falls(&months)) {
                std::cmp::Ordering::Less => true,
                std::cmp::Ordering::Greater => false,
                // Nobody waits months for an answer: the shorter time from first to last is likelier.
                std::cmp::Ordering::Equal => match length(&days).cmp(&length(&months)) {
                    std::cmp::Ordering::Less => true,
                    std::cmp::Ordering::Greater => false,
                    std::cmp::Ordering::Equal => return,
                },
            }
        }
        (month_first, day_first) if (month_first == 0) != (day_first == 0) => day_first > 0,
        _ => return,
    };
    for ((at, (first, second)), date) in told.iter().zip(dates(day_first)) {
        let (day, month) = if day_first { (first, second) } else { (second, first) };
        if let Some(stamp) = comments[*at].published.as_mut()
            && (1..=12).contains(month)
            && (1..=31).contains(day)
            && stamp::read(&date).is_some()
        {
            stamp.at = date;
        }
    }
}

/// About how many days lie between the first and the last of some dates.
fn length(dates: &[String]) -> u32 {
    let day = |date: &String| -> u32 {
        let part =
            |range: Range<usize>| date.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
        part(0..4) * 372 + part(5..7) * 31 + part(8..10)
    };
    let (first, last) = (dates.iter().map(day).min(), dates.iter().map(day).max());
    last.unwrap_or(0) - first.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_record::{Stamp, StampOrigin};

    fn settled(words: &[&str]) -> Vec<String> {
        let comment = |words: &&str| Comment {
            place: 0,
            author: None,
            author_url: None,
            published: find(words).map(|(at, range)| Stamp {
                at,
                words: words[range].to_owned(),
                origin: StampOrigin::Text,
            }),
            parent: None,
            runs: Vec::new(),
        };
        let mut comments: Vec<Comment> = words.iter().map(comment).collect();
        settle(&mut comments);
        comments.into_iter().map(|comment| comment.published.map_or(String::new(), |at| at.at)).collect()
    }

    #[test]
    fn one_date_tells_of_the_others() {
        assert_eq!(
            settled(&["03-05-2014, 09:15 AM", "03-25-2014, 11:10 PM"]),
            ["2014-03-05T09:15:00", "2014-03-25T23:10:00"]
        );
        assert_eq!(settled(&["05.03.14", "25.03.14"]), ["2014-03-05", "2014-03-25"]);
        assert_eq!(
            settled(&["03/04/2014", "04/04/2014", "02/05/2014"]),
            ["2014-04-03", "2014-04-04", "2014-05-02"]
        );
        assert_eq!(settled(&["05-03-2014", "05-04-2014"]), ["2014-05-03", "2014-05-04"]);
        assert_eq!(settled(&["March 5, 2014", "no date"]), ["2014-03-05", ""]);
    }
}

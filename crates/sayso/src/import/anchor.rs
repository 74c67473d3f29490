//! Finding the words that an annotation is about: by the quote, and by the place only where the quote allows it.

use super::json_ld::{each, is};
use sayso_record::Span;
use serde_json::Value;

/// What an annotation says of where its words stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Selector {
    exact: Option<String>,
    prefix: String,
    suffix: String,
    /// Code points.
    position: Option<(usize, usize)>,
}

/// Why words were not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// They are not there.
    NotThere,
    /// They are there more than once, and nothing tells which is meant.
    Ambiguous,
}

impl Selector {
    /// The selectors of a target that we know; none where it is about the whole page.
    pub(super) fn of(target: &Value) -> Option<Selector> {
        let mut found = Selector::default();
        let mut is_any = false;
        let mut waiting: Vec<&Value> = each(target, "selector").iter().collect();
        while let Some(selector) = waiting.pop() {
            waiting.extend(each(selector, "refinedBy"));
            waiting.extend(each(selector, "items"));
            let words =
                |member: &str| selector.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
            let at = |member: &str| usize::try_from(selector.get(member)?.as_u64()?).ok();
            if is(selector, "TextQuoteSelector") {
                found.exact = Some(words("exact")).filter(|exact| !exact.trim().is_empty());
                (found.prefix, found.suffix) = (words("prefix"), words("suffix"));
                is_any = true;
            } else if is(selector, "TextPositionSelector") {
                found.position = at("start").zip(at("end"));
                is_any = true;
            }
        }
        is_any.then_some(found)
    }

    /// The words meant, in a text.
    pub(super) fn find(&self, text: &str) -> Result<Span, Lost> {
        let positioned = self.position.and_then(|(start, end)| span_of(text, start, end));
        let Some(exact) = &self.exact else { return positioned.ok_or(Lost::NotThere) };
        let mut best: Vec<(usize, usize)> = Vec::new();
        for (at, _) in text.match_indices(exact.as_str()) {
            let before = shared(text[..at].chars().rev(), self.prefix.chars().rev());
            let after = shared(text[at + exact.len()..].chars(), self.suffix.chars());
            let fit = before + after;
            match best.first().map_or(std::cmp::Ordering::Greater, |&(_, most)| fit.cmp(&most)) {
                std::cmp::Ordering::Greater => best = vec![(at, fit)],
                std::cmp::Ordering::Equal => best.push((at, fit)),
                std::cmp::Ordering::Less => {}
            }
        }
        let start = match best.as_slice() {
            [] => return Err(Lost::NotThere),
            [(at, _)] => *at,
            several => {
                let there = positioned.map(|span| span.start as usize);
                several.iter().map(|(at, _)| *at).find(|&at| Some(at) == there).ok_or(Lost::Ambiguous)?
            }
        };
        Ok(Span::new(start, start + exact.len()))
    }
}

fn shared(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).count()
}

/// The bytes between two code points.
fn span_of(text: &str, start: usize, end: usize) -> Option<Span> {
    let byte = |point: usize| {
        let ends = std::iter::once(text.len());
        text.char_indices().map(|(at, _)| at).chain(ends).nth(point)
    };
    (start < end).then(|| Some(Span::new(byte(start)?, byte(end)?)))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn find(selector: Value, text: &str) -> Result<String, Lost> {
        let selector = Selector::of(&json!({ "selector": selector })).unwrap();
        selector.find(text).map(|span| format!("{}:{}", span.start, span.of(text)))
    }

    #[test]
    fn a_quote_is_found_by_what_stands_around_it() {
        let text = "é the dam held. No, the dam held not.";
        let quote = |prefix: &str, suffix: &str| json!({ "type": "TextQuoteSelector", "exact": "the dam held", "prefix": prefix, "suffix": suffix });
        assert_eq!(find(quote("No, ", " not"), text).unwrap(), "21:the dam held");
        assert_eq!(find(quote("é ", "."), text).unwrap(), "3:the dam held");
        assert_eq!(find(quote("", ""), text), Err(Lost::Ambiguous));
        let place = json!({ "type": "TextPositionSelector", "start": 20, "end": 32 });
        assert_eq!(find(json!([quote("", ""), place]), text).unwrap(), "21:the dam held");
    }

    #[test]
    fn what_is_not_there_is_not_found_elsewhere() {
        let quote = json!({ "type": "TextQuoteSelector", "exact": "the dam broke" });
        let place = json!({ "type": "TextPositionSelector", "start": 0, "end": 3 });
        assert_eq!(find(json!([quote, place]), "the dam held"), Err(Lost::NotThere));
        for (start, end) in [(0, 99), (5, 5), (9, 2)] {
            let place = json!({ "type": "TextPositionSelector", "start": start, "end": end });
            assert_eq!(find(place, "the dam held"), Err(Lost::NotThere));
        }
        assert_eq!(
            find(json!({ "type": "TextPositionSelector", "start": 4, "end": 7 }), "the dam").unwrap(),
            "4:dam"
        );
    }

    #[test]
    fn a_target_without_words_is_the_whole_page() {
        assert_eq!(Selector::of(&json!({ "source": "https://example.org" })), None);
    }
}

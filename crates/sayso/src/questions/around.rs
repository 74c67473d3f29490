//! Words with the sentences around them, for those who decide what they mean.

use crate::{Desk, LedgerError};
use sayso_record::StatementId;
use serde::Serialize;

/// So many bytes before and after the words are shown.
const BYTES: usize = 360;

/// Words in their place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Around {
    /// What stands before them.
    pub before: String,
    /// From the first of them to the last.
    pub words: String,
    /// What stands behind them.
    pub after: String,
}

impl Desk {
    /// The words of a statement with what stands around them; nothing where there is no such statement, or it has no words.
    pub fn around(&self, statement: StatementId) -> Result<Option<Around>, LedgerError> {
        let Some(record) = self.document_of(statement)? else { return Ok(None) };
        let Some(found) = record.statements.iter().find(|one| one.id == statement) else { return Ok(None) };
        let spans = || found.content.iter().map(|span| span.range());
        let (Some(start), Some(end)) =
            (spans().map(|span| span.start).min(), spans().map(|span| span.end).max())
        else {
            return Ok(None);
        };
        Ok(around(&record.document.text, start, end))
    }
}

fn around(text: &str, start: usize, end: usize) -> Option<Around> {
    let words = text.get(start..end)?.to_owned();
    let mut from = start.saturating_sub(BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (end + BYTES).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    // No word is cut, where there is a gap to cut at.
    let mut before = &text[from..start];
    if from > 0 {
        before = before.split_once(char::is_whitespace).map_or(before, |(_, rest)| rest);
    }
    let mut after = &text[end..to];
    if to < text.len() {
        after = after.rsplit_once(char::is_whitespace).map_or(after, |(rest, _)| rest);
    }
    Some(Around { before: before.to_owned(), words, after: after.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_cut_and_no_letter() {
        let text = format!("{} the pier was sold {}", "élan ".repeat(200), "über ".repeat(200));
        let start = text.find("the pier").unwrap();
        let found = around(&text, start, start + 17).unwrap();
        assert_eq!(found.words, "the pier was sold");
        assert!(found.before.starts_with("élan ") && found.before.len() <= BYTES, "{}", found.before);
        assert!(found.after.ends_with("über") && found.after.len() <= BYTES, "{}", found.after);
        assert_eq!(around("all", 0, 3).unwrap().before, "");
        assert_eq!(around("é", 1, 2), None);
    }
}

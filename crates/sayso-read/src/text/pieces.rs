//! Long lines in pieces: what is done with a paragraph takes more than its length, so that a paragraph must be short.

use std::ops::Range;

/// A longer line is read in pieces. Few paragraphs of news come near it.
const MOST_BYTES: usize = 8 << 10;

/// Cuts a line into pieces of bounded length that cover it: after the end of a sentence where there is one in the second
/// half of a piece, else after a space, else anywhere.
pub fn pieces(line: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        at += end_of_piece(&line[start..]);
        (start < at).then_some(start..at)
    })
}

fn end_of_piece(rest: &str) -> usize {
    if rest.len() <= MOST_BYTES {
        return rest.len();
    }
    let most = boundary(rest, MOST_BYTES);
    let half = boundary(rest, MOST_BYTES / 2);
    let tail = &rest[half..most];
    let sentence =
        [". ", "! ", "? ", "” ", "\" "].iter().filter_map(|end| Some(tail.rfind(end)? + end.len()));
    let cut = sentence.max().or_else(|| Some(tail.rfind(' ')? + 1));
    cut.map_or(most, |cut| half + cut)
}

/// The last place up to `at` where a character begins or the text ends.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_a_line_and_end_where_sentences_do() {
        for line in
            ["Short.".to_owned(), "The pier was sold. ".repeat(2000), "é".repeat(9000), "a ".repeat(9000)]
        {
            let cut: Vec<&str> = pieces(&line).map(|piece| &line[piece]).collect();
            assert_eq!(cut.concat(), line);
            assert!(cut.iter().all(|piece| !piece.is_empty() && piece.len() <= MOST_BYTES));
        }
        let line = "The pier was sold. ".repeat(2000);
        assert!(pieces(&line).all(|piece| line[piece].ends_with("sold. ")));
    }
}

//! Byte spans as code points: the record counts bytes, test sets count code points.

use sayso_record::Span;

/// How many code points stand before each byte of a text.
pub(crate) struct CodePoints(Vec<usize>);

impl CodePoints {
    pub(crate) fn of(text: &str) -> CodePoints {
        let mut before = Vec::with_capacity(text.len() + 1);
        let mut count = 0;
        for character in text.chars() {
            before.resize(before.len() + character.len_utf8(), count);
            count += 1;
        }
        before.push(count);
        CodePoints(before)
    }

    /// Spans of the text, which must fit it.
    pub(crate) fn spans(&self, spans: &[Span]) -> Vec<[usize; 2]> {
        spans.iter().map(|span| [self.0[span.start as usize], self.0[span.end as usize]]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_code_points() {
        let text = "“Né” 𝄞 said Zoë";
        let points = CodePoints::of(text);
        for words in ["Né", "𝄞", "said", "Zoë", ""] {
            let start = text.find(words).unwrap();
            let expected = text[..start].chars().count();
            let found = points.spans(&[Span::new(start, start + words.len())]);
            assert_eq!(found, [[expected, expected + words.chars().count()]], "{words}");
        }
    }
}

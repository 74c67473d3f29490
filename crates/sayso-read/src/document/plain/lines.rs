//! Lines to paragraphs, whichever way the text marks them.

use sayso_record::Span;

/// A paragraph of a plain text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Paragraph {
    /// Its words, without white space or marks of quotation around them.
    pub(super) span: Span,
    /// How many ">" stand before it.
    pub(super) depth: usize,
    /// Columns of white space before it.
    pub(super) indent: usize,
    /// Whether a blank line stands before it.
    pub(super) apart: bool,
}

/// Lines longer than this are paragraphs, not wrapped lines of one.
const WRAPPED_COLUMNS: usize = 100;

/// The paragraphs of a text. Where lines are broken at a column, blank lines part the paragraphs; elsewhere each
/// line is one.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let lines = lines(text);
    if !is_hard_wrapped(text, &lines) {
        return lines;
    }
    let mut out: Vec<Paragraph> = Vec::new();
    for line in lines {
        let bullet = line.span.of(text).starts_with(['•', '*', '·']);
        match out.last_mut() {
            Some(last) if !line.apart && !bullet && last.depth == line.depth => {
                last.span = last.span.cover(line.span)
            }
            _ => out.push(line),
        }
    }
    out
}

fn lines(text: &str) -> Vec<Paragraph> {
    let mut out = Vec::new();
    let (mut at, mut apart) = (0, true);
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{c}']) {
        let full = Span::new(at, at + line.len());
        at += line.len();
        let mut words = line;
        let mut depth = 0;
        let mut indent = 0;
        loop {
            let trimmed = words.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            if depth == 0 {
                indent =
                    words[..words.len() - trimmed.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
            }
            match trimmed.strip_prefix('>') {
                // ">>>" deeper than anyone quotes is drawing, not quoting.
                Some(rest) if depth < 16 => {
                    depth += 1;
                    words = rest;
                }
                _ => break words = trimmed,
            }
        }
        let start = full.end as usize - words.len();
        let span = Span::new(start, full.end as usize).trim(text);
        if span.is_empty() || is_rule(span.of(text)) {
            // The "\n" of a "\r\n" is no blank line.
            apart = apart
                || !(line == "\n"
                    && text.as_bytes().get(full.start.wrapping_sub(1) as usize) == Some(&b'\r'));
            continue;
        }
        out.push(Paragraph { span, depth, indent, apart });
        apart = false;
    }
    out
}

/// A line of dashes or stars parts what stands around it and says nothing.
fn is_rule(words: &str) -> bool {
    words.len() >= 3 && words.chars().all(|c| matches!(c, '-' | '*' | '_' | '=' | '~' | ' ' | '—' | '#'))
}

/// Whether sentences run over the ends of lines, as in mail and old text files.
fn is_hard_wrapped(text: &str, lines: &[Paragraph]) -> bool {
    let (mut joints, mut running, mut long) = (0, 0, 0);
    for pair in lines.windows(2) {
        if pair[1].apart {
            continue;
        }
        let (upper, lower) = (pair[0].span.of(text), pair[1].span.of(text));
        let columns = upper.chars().count();
        joints += 1;
        long += usize::from(columns > WRAPPED_COLUMNS);
        let ends = upper.ends_with(['.', '!', '?', ':', '”', '"', '…', ')']);
        let goes_on = lower.starts_with(|c: char| c.is_lowercase());
        running += usize::from(columns >= 40 && (goes_on || !ends));
    }
    joints >= 2 && running * 2 > joints && long * 5 < joints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<&str> {
        paragraphs(text).iter().map(|paragraph| paragraph.span.of(text)).collect()
    }

    #[test]
    fn one_line_one_paragraph() {
        assert_eq!(
            read("One is here.\r\nTwo is there.\r\n\r\n  Three.\n"),
            ["One is here.", "Two is there.", "Three."]
        );
        assert!(paragraphs("One.\r\nTwo.").iter().skip(1).all(|paragraph| !paragraph.apart));
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The harbour master said on Tuesday that the boats had been\nmoved before the storm, and that nobody was hurt when the\npier gave way.\n\nHe would not say who had given\nthe order.\n";
        assert_eq!(read(text).len(), 2);
        assert!(read(text)[1].ends_with("the order."));
    }

    #[test]
    fn marks_of_quotation_are_counted() {
        let text = "He wrote:\n> > first\n> second\n>\n";
        let depths: Vec<_> = paragraphs(text).iter().map(|paragraph| paragraph.depth).collect();
        assert_eq!(depths, [0, 2, 1]);
        assert_eq!(read(text), ["He wrote:", "first", "second"]);
    }
}

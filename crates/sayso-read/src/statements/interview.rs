//! Interviews: paragraphs that ask, each followed by paragraphs that answer. The answers are in the voice of whoever is
//! interviewed, who is named in the headline or before the first question; the questions are the page's.

use super::mention::{name_runs, phrase};
use super::passage::Passage;
use crate::tagger::paragraph::Paragraph;
use sayso_record::{BlockKind, Document, Mention, SourceKind, Span};
use std::collections::HashSet;

/// So many questions make an interview.
const QUESTIONS: usize = 2;

/// What stands before the name in a headline.
const BEFORE_NAME: &[&str] = &["with", "meets", "meet", "to", "q&a:", "interview:", "interviewing"];

/// An interview on a page.
#[derive(Debug)]
pub(super) struct Interview {
    /// Whoever answers.
    pub(super) answers: Mention,
    /// Indices of the blocks that hold answers.
    pub(super) blocks: HashSet<usize>,
}

/// The interview that a page is, if it is one.
pub(super) fn interview(document: &Document, passages: &[Passage]) -> Option<Interview> {
    let text = &document.text;
    let says_so = is_called_interview(document);
    let plain = |passage: &&Passage| {
        matches!(document.blocks[passage.block].kind, BlockKind::Paragraph | BlockKind::Heading { .. })
            && document.blocks[passage.block].within.is_none()
    };
    let lines: Vec<&Passage> = passages.iter().filter(plain).collect();
    let asks: Vec<bool> = lines.iter().map(|line| asks(text, &line.paragraph)).collect();
    let first = (0..lines.len()).find(|&at| asks[at])?;
    let answered = (first..lines.len().saturating_sub(1)).filter(|&at| asks[at] && !asks[at + 1]).count();
    // A column that asks its reader two questions is none: somebody must answer for themselves.
    let speaks =
        (first..lines.len()).filter(|&at| !asks[at] && in_first_person(text, &lines[at].paragraph)).count();
    let marked = (first..lines.len()).filter(|&at| asks[at] && is_marked(text, &lines[at].paragraph)).count();
    // Headings that ask "you", under the name of one person.
    let headed = (first..lines.len()).filter(|&at| asks[at] && is_heading(document, lines[at])).count();
    let addressed = || {
        (first..lines.len())
            .any(|at| asks[at] && is_heading(document, lines[at]) && to_you(text, &lines[at].paragraph))
    };
    let in_headline = named_in_headline(document);
    let under_a_name = headed >= QUESTIONS && in_headline.is_some() && addressed();
    if answered < QUESTIONS || speaks < 1 || !(says_so || marked >= QUESTIONS || under_a_name) {
        return None;
    }
    let answers = in_headline.or_else(|| named_before(text, &lines[..first]))?;
    let blocks = (first + 1..lines.len()).filter(|&at| !asks[at]).map(|at| lines[at].block).collect();
    Some(Interview { answers, blocks })
}

fn is_heading(document: &Document, line: &Passage) -> bool {
    matches!(document.blocks[line.block].kind, BlockKind::Heading { level: 2.. })
}

fn to_you(text: &str, paragraph: &Paragraph) -> bool {
    paragraph.tokens.iter().any(|token| matches!(token.of(text), "you" | "your" | "You" | "Your"))
}

fn is_called_interview(document: &Document) -> bool {
    const WORDS: &[&str] = &[
        "interview",
        "q&a",
        "q & a",
        "questions for",
        "questions with",
        "in conversation",
        "a conversation with",
    ];
    let head = document.blocks.iter().take(4).map(|block| block.span.of(&document.text));
    let title = document.title.as_deref().unwrap_or_default();
    head.chain(std::iter::once(title)).any(|line| {
        let line = line.to_lowercase();
        WORDS.iter().any(|word| line.contains(word))
    })
}

/// "Q:", "Question:", "Ostrell Gazette: When ...?".
fn is_marked(text: &str, paragraph: &Paragraph) -> bool {
    let word = |at: usize| paragraph.tokens.get(at).map_or("", |token| token.of(text));
    matches!(word(0), "Q" | "Question") && matches!(word(1), ":" | "." | ")")
}

/// Whether a paragraph is a question put to somebody, outside of quotation marks.
fn asks(text: &str, paragraph: &Paragraph) -> bool {
    let last = paragraph.tokens.iter().rposition(|token| !matches!(token.of(text), "”" | "\"" | "’" | "'"));
    let quoted = paragraph.quote.first().is_some_and(|quote| quote.inside || quote.opens);
    let short = paragraph.tokens.iter().filter(|token| token.is_word()).count() <= 70;
    is_marked(text, paragraph)
        || last.is_some_and(|last| paragraph.tokens[last].of(text) == "?") && !quoted && short
}

fn in_first_person(text: &str, paragraph: &Paragraph) -> bool {
    paragraph.tokens.iter().zip(&paragraph.quote).any(|(token, quote)| {
        !quote.inside && matches!(token.of(text), "I" | "we" | "We" | "my" | "My" | "our" | "Our" | "me")
    })
}

/// The person whom the headline names as the one who is interviewed, else the only person that it names.
fn named_in_headline(document: &Document) -> Option<Mention> {
    let heads =
        document.blocks.iter().take(4).filter(|block| matches!(block.kind, BlockKind::Heading { .. }));
    for head in heads {
        let people = people(&document.text, head.span);
        let after = |mention: &&Mention| {
            let before = &document.text[head.span.start as usize..mention.spans[0].start as usize];
            let word = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
            BEFORE_NAME.contains(&word.as_str())
        };
        if let Some(found) =
            people.iter().find(after).or(if people.len() == 1 { people.first() } else { None })
        {
            return Some(found.clone());
        }
    }
    None
}

/// The first person whom the words before the first question name.
fn named_before(text: &str, lines: &[&Passage]) -> Option<Mention> {
    let span = |line: &&Passage| line.paragraph.span(&(0..line.paragraph.len()));
    let is_byline = |line: &&Passage| {
        let words = span(line).of(text).trim_start().to_lowercase();
        words.starts_with("by ") || words.starts_with("interview by") || words.starts_with("photo")
    };
    lines.iter().filter(|line| !is_byline(line)).find_map(|line| people(text, span(line)).into_iter().next())
}

/// The people whom some words name in full.
fn people(text: &str, span: Span) -> Vec<Mention> {
    let mut tokens = Vec::new();
    crate::text::tokens(text, span.start as usize..span.end as usize, &mut tokens);
    let runs = name_runs(text, &tokens);
    let mention = |run: std::ops::Range<usize>| {
        let span = Span { start: tokens[run.start].start, end: tokens[run.end - 1].end };
        let named = phrase(span.of(text));
        let full = named.kind == SourceKind::Person && named.name.contains(' ');
        full.then(|| Mention { spans: vec![span], kind: named.kind, name: named.name })
    };
    runs.into_iter().filter_map(mention).collect()
}

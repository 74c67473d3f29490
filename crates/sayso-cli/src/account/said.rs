//! One statement in an account.

use super::place::Places;
use super::{FAINT, SOURCE, STANCE, chain};
use crate::harmless;
use sayso_record::{Document, Manner, Span, Stance, Statement};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// Block quotes are other people's articles; this many characters say which part is meant.
const BLOCK_QUOTE_CHARACTERS: usize = 160;

/// How an account is laid out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// Columns of a line.
    pub(crate) columns: usize,
    /// Whether what is said in the page's own voice is printed too.
    pub(crate) own_voice: bool,
}

/// A statement: its chain and its place, then its words.
pub(crate) fn said(document: &Document, places: &Places, statement: &Statement, layout: Layout) -> String {
    let stance = match statement.stance {
        Stance::Asserts => String::new(),
        stance => format!(" {STANCE}[{}]{STANCE:#}", stance.verb()),
    };
    let chain = chain(statement);
    let place = places.place(statement.block as usize);
    let id = statement.id.short();
    let head = format!("  {SOURCE}{chain}{SOURCE:#}{stance}  {FAINT}{place} · {id}{FAINT:#}\n");
    let why = sayso::why_unnamed(document, statement).map(|span| harmless::line(span.of(&document.text)));
    let why =
        why.map_or_else(String::new, |why| wrapped(&format!("not named: “{why}”"), "    ", layout.columns));
    head + &why + &wrapped(&words(document, statement), "      ", layout.columns)
}

/// The words of a statement on one line; of a block quote, the first of them, and how many there are.
fn words(document: &Document, statement: &Statement) -> String {
    let words = harmless::line(&document.words(&statement.content));
    if statement.manner != Manner::BlockQuote || words.chars().count() <= BLOCK_QUOTE_CHARACTERS {
        return words;
    }
    let cut: String = words.chars().take(BLOCK_QUOTE_CHARACTERS).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    let count =
        statement.content.iter().map(|span: &Span| span.of(&document.text).split_whitespace().count());
    format!("{whole} … ({} words, set apart)", count.sum::<usize>())
}

/// Text broken into indented lines of at most so many columns, each ended.
pub(crate) fn wrapped(text: &str, indent: &str, columns: usize) -> String {
    let options = Options::new(columns)
        .initial_indent(indent)
        .subsequent_indent(indent)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(text, options).iter().map(|line| format!("{line}\n")).collect()
}

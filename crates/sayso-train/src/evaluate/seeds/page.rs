//! The answers on the page itself: title, section, byline, comments, block quotes and notices.

use super::gold::{BlockQuote, Comment, Correction, Gold};
use super::linked::Linked;
use super::report::{Cell, Mark, Row, name_of};
use crate::score::words::{fold, squeeze};
use sayso_record::{Block, BlockKind, Document, Manner, NoticeKind, Span, Stamp, Statement};

fn row(table: &'static str, name: impl Into<String>, cells: Vec<Cell>) -> Row {
    Row { table, name: name.into(), optional: false, cells }
}

/// Title, section and byline, and what else is asked of the page's head.
pub(super) fn head(gold: &Gold, document: &Document) -> Row {
    let byline = |names: &[String]| (!names.is_empty()).then(|| names.join("; "));
    let (right, found) = (byline(&gold.byline), byline(&document.bylines));
    let cells = vec![
        Cell::same("title", gold.title.as_deref(), document.title.as_deref()),
        Cell::same("section", gold.section.as_deref(), document.section.as_deref()),
        Cell::same("byline", right.as_deref(), found.as_deref()),
        Cell::exactly("site", &gold.site, document.site.as_deref()),
        Cell::exactly("published", &gold.published, at(&document.published)),
        Cell::exactly("modified", &gold.modified, at(&document.modified)),
    ];
    row("page", "", cells)
}

fn at(stamp: &Option<Stamp>) -> Option<&str> {
    stamp.as_ref().map(|stamp| stamp.at.as_str())
}

/// A comment as it was read.
struct ReadComment<'a> {
    /// Its place among the blocks.
    block: u32,
    author: Option<&'a str>,
    url: Option<&'a str>,
    published: Option<&'a str>,
    parent: Option<u32>,
}

fn read_comments(document: &Document) -> Vec<ReadComment<'_>> {
    let mut comments = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        if let BlockKind::Comment { author, author_url, published, parent } = &block.kind {
            comments.push(ReadComment {
                block: index as u32,
                author: author.as_deref(),
                url: author_url.as_deref(),
                published: at(published),
                parent: *parent,
            });
        }
    }
    comments
}

/// Every comment with its author and address, and that there are no others.
pub(super) fn comments(answers: &[Comment], document: &Document) -> Vec<Row> {
    let read = read_comments(document);
    let mut used = vec![false; read.len()];
    let mut rows = Vec::new();
    for (number, answer) in answers.iter().enumerate() {
        let same_author = |author: Option<&str>| author.map(fold) == answer.author.as_deref().map(fold);
        let at = (0..read.len()).find(|&at| !used[at] && same_author(read[at].author));
        let name = answer.author.as_deref().unwrap_or("?");
        let cells = match at {
            Some(at) => {
                used[at] = true;
                comment_cells(answer, &read[at], &read)
            }
            None => {
                ["author", "url", "published", "parent"].map(|part| Cell::new(part, Mark::Missing)).to_vec()
            }
        };
        rows.push(row("comment", format!("{} {name}", number + 1), cells));
    }
    let others =
        read.iter().zip(used).filter(|(_, used)| !used).map(|(comment, _)| comment.author.unwrap_or("?"));
    rows.push(no_others("comment", &["author", "url", "published", "parent"], &others.collect::<Vec<_>>()));
    rows
}

fn comment_cells(answer: &Comment, found: &ReadComment, read: &[ReadComment]) -> Vec<Cell> {
    let parent = found.parent.and_then(|parent| read.iter().position(|comment| comment.block == parent));
    let parent = match answer.parent {
        None => Cell::new("parent", Mark::Nothing),
        Some(right) => {
            let [right, parent] = [right, parent].map(|place| place.map(|place| place.to_string()));
            Cell::same("parent", right.as_deref(), parent.as_deref())
        }
    };
    vec![
        Cell::new("author", Mark::Found),
        Cell::exactly("url", &Some(answer.url.clone()), found.url),
        Cell::exactly("published", &answer.published, found.published),
        parent,
    ]
}

/// Every block quote with its edges and on whose word it stands, and that there are no others.
pub(super) fn block_quotes(
    answers: &[BlockQuote],
    document: &Document,
    statements: &[Statement],
) -> Vec<Row> {
    let read: Vec<(&Block, Option<Span>, Option<&str>)> = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Quotation { lead_in, href } => Some((block, *lead_in, href.as_deref())),
            _ => None,
        })
        .collect();
    let mut used = vec![false; read.len()];
    let mut rows = Vec::new();
    for (number, answer) in answers.iter().enumerate() {
        let words = |at: usize| squeeze(read[at].0.span.of(&document.text));
        let starts = |at: usize| words(at).starts_with(&squeeze(&answer.first_words));
        let ends = |at: usize| words(at).ends_with(&squeeze(&answer.last_words));
        let free: Vec<usize> = (0..read.len()).filter(|&at| !used[at]).collect();
        let at = free.iter().copied().find(|&at| starts(at) && ends(at));
        let at = at.or_else(|| free.into_iter().find(|&at| starts(at) || ends(at)));
        let edge = |part, fits: bool, sought: &str| match (fits, at) {
            (true, _) => Cell::new(part, Mark::Found),
            (false, None) => {
                Cell::new(part, Mark::Missing).with_detail(format!("no quotation has “{sought}” there"))
            }
            (false, Some(at)) => {
                let words = words(at);
                let count = words.chars().count();
                let edge: String = match part {
                    "first words" => words.chars().take(40).collect(),
                    _ => words.chars().skip(count.saturating_sub(40)).collect(),
                };
                Cell::new(part, Mark::Missing).with_detail(format!("“{edge}” where “{sought}” is right"))
            }
        };
        let cells = vec![
            from(answer, at.map(|at| (read[at].0, read[at].1)), document, statements),
            edge("first words", at.is_some_and(starts), &answer.first_words),
            edge("last words", at.is_some_and(ends), &answer.last_words),
            Cell::exactly("href", &answer.href, at.and_then(|at| read[at].2)),
        ];
        if let Some(at) = at {
            used[at] = true;
        }
        rows.push(row(
            "block quote",
            format!("{} {}", number + 1, answer.from.as_deref().unwrap_or("")),
            cells,
        ));
    }
    let others = read.iter().zip(used).filter(|(_, used)| !used);
    let others: Vec<String> =
        others.map(|((block, ..), _)| start_of(block.span.of(&document.text))).collect();
    rows.push(no_others("block quote", &["from", "first words", "last words", "href"], &others));
    rows
}

/// On whose word a block quote stands: the source of the statement that is the whole of it, or of what is said in it.
fn from(
    answer: &BlockQuote,
    read: Option<(&Block, Option<Span>)>,
    document: &Document,
    statements: &[Statement],
) -> Cell {
    let (Some(right), Some((block, lead_in))) = (&answer.from, read) else {
        return Cell::new("from", if answer.from.is_some() { Mark::Missing } else { Mark::Nothing });
    };
    let whole = statements.iter().find(|statement| {
        let inside: usize =
            statement.content.iter().filter(|span| block.span.contains(**span)).map(|span| span.len()).sum();
        statement.manner == Manner::BlockQuote && 2 * inside > block.span.len()
    });
    let lead_in = lead_in.map_or("", |span| span.of(&document.text));
    match whole {
        Some(statement) => Cell::same("from", Some(right), Some(&statement.source.name)),
        None => {
            let detail = format!("no statement is the whole quotation; it is introduced by “{lead_in}”");
            Cell::new("from", Mark::Missing).with_detail(detail)
        }
    }
}

/// Every notice by which the page takes something back, and that there are no others.
pub(super) fn corrections(
    answers: &[Correction],
    document: &Document,
    statements: &[Statement],
    linked: &Linked,
) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut read: Vec<(&Block, NoticeKind)> = document
        .blocks
        .iter()
        .filter_map(|block| match block.kind {
            BlockKind::Notice { notice, .. } => Some((block, notice)),
            _ => None,
        })
        .collect();
    for (number, answer) in answers.iter().enumerate() {
        let starts =
            |block: &Block| squeeze(block.span.of(&document.text)).starts_with(&squeeze(&answer.at_words));
        let found = read.iter().position(|(block, _)| starts(block)).map(|at| read.remove(at).1);
        let kind = match (found, &answer.kind) {
            (None, _) => Cell::new("kind", Mark::Missing),
            (Some(found), Some(right)) => Cell::same("kind", Some(right), Some(&name_of(&found))),
            (Some(NoticeKind::Apology | NoticeKind::Correction | NoticeKind::Retraction), None) => {
                Cell::new("kind", Mark::Found)
            }
            (Some(found), None) => {
                Cell::same("kind", Some("apology, correction or retraction"), Some(&name_of(&found)))
            }
        };
        let notice = match found {
            Some(_) => Cell::new("notice", Mark::Found),
            None => Cell::new("notice", Mark::Missing)
                .with_detail(format!("no notice starts with “{}”", answer.at_words)),
        };
        let cells = vec![notice, kind, linked.withdraws(answer, found, statements), linked.distrusts(answer)];
        rows.push(row("correction", (number + 1).to_string(), cells));
    }
    let others: Vec<String> = read.iter().map(|(block, _)| start_of(block.span.of(&document.text))).collect();
    rows.push(no_others("correction", &["notice", "kind", "withdraws", "distrusts"], &others));
    rows
}

/// That nothing else was read as one of these; said under the first of the table's parts.
fn no_others(table: &'static str, parts: &[&'static str], others: &[impl AsRef<str>]) -> Row {
    let others: Vec<&str> = others.iter().map(AsRef::as_ref).collect();
    let first = match others.as_slice() {
        [] => Cell::new(parts[0], Mark::Found),
        _ => Cell::new(parts[0], Mark::Missing).with_detail(format!("read too: {}", others.join("; "))),
    };
    let rest = parts[1..].iter().map(|part| Cell::new(part, Mark::Nothing));
    row(table, "no others", std::iter::once(first).chain(rest).collect())
}

fn start_of(words: &str) -> String {
    let start: String = words.chars().take(40).collect();
    format!("“{start}…”")
}

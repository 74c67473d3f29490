//! Plain text to a document: paragraphs, headline, comments, quotations and notices, all found in the words alone.
//!
//! The text is kept as it came, so that offsets counted in the file are offsets in the document. Only ligatures are written
//! out and marks that nobody sees are left out, where there are any.

mod comments;
pub(in crate::document) mod front;
mod lines;
mod quotes;

use crate::document::letters::Letters;
use crate::document::wrap::{Wrap, block, wrap};
use crate::document::{decode, furniture, notice};
use comments::Comment;
use lines::Paragraph;
use sayso_record::{Block, BlockKind, Document, Link, Span};

/// Reads a decoded text. Sets everything of the document but its address, its notes and its id.
pub(crate) fn read(text: &str) -> Document {
    let mut letters = Letters::default();
    let text = letters.read(text, None).into_owned();
    let mut paragraphs = lines::paragraphs(&text);
    let notes = decode::too_many(paragraphs.len());
    let end = paragraphs.last().map(|last| last.span.end);
    paragraphs.truncate(decode::CAP_PARAGRAPHS);
    if let (Some(last), Some(end)) = (paragraphs.last_mut(), end) {
        last.span.end = end;
    }
    let front = front::read(&text, &paragraphs);
    let body_from = front.paragraphs;
    let (comments_from, comments) = comments::read(&text, &paragraphs[body_from..]);
    let body = &paragraphs[body_from..body_from + comments_from];
    let body: Vec<Paragraph> =
        body.iter().filter(|paragraph| !furniture::is_line(paragraph.span.of(&text))).copied().collect();

    let mut blocks = Vec::with_capacity(paragraphs.len() + comments.len());
    if let Some(span) = front.title {
        blocks.push(block(span, BlockKind::Heading { level: 1 }));
    }
    if let Some((notice, span)) = front.label {
        let at = if blocks.iter().any(|title| title.span.start < span.start) { blocks.len() } else { 0 };
        let date = notice::date(span.of(&text));
        blocks.insert(at, block(span, BlockKind::Notice { notice, date }));
        blocks.insert(at + 1, Block { within: Some(at as u32), ..block(span, BlockKind::Paragraph) });
    }
    let first = blocks.len();
    blocks.extend(body.iter().map(|paragraph| block(paragraph.span, BlockKind::Paragraph)));
    let mut wraps = wraps(&text, &body, first);
    let mut places: Vec<u32> = Vec::with_capacity(comments.len());
    for comment in comments {
        let at = blocks.len();
        places.push(at as u32);
        let span =
            comment.words.iter().map(|paragraph| paragraph.span).reduce(Span::cover).unwrap_or_default();
        // Readers quote too, but a page's notices are its own.
        let held = self::wraps(&text, comment.words, at + 1);
        wraps.extend(held.into_iter().filter(|wrap| matches!(wrap.kind, BlockKind::Quotation { .. })));
        let parent = comment.parent.map(|place| places[place]);
        let Comment { author, author_url, published, .. } = comment;
        blocks.push(block(span, BlockKind::Comment { author, author_url, published, parent }));
        let inside = comment.words.iter().map(|paragraph| block(paragraph.span, BlockKind::Paragraph));
        blocks.extend(inside.map(|inside| Block { within: Some(at as u32), ..inside }));
    }
    for block in blocks.iter_mut().filter(|block| !block.kind.holds_blocks()) {
        block.links = addresses(&text, block.span);
    }
    let blocks = wrap(blocks, wraps);
    Document {
        title: front.title.map(|span| squeeze(span.of(&text))),
        section: front.section.map(|span| span.of(&text).to_owned()),
        site: front.site.map(|span| span.of(&text).to_owned()),
        bylines: front.bylines,
        published: front.published,
        text,
        blocks,
        notes: notes.into_iter().chain(letters.note()).collect(),
        ..Document::default()
    }
}

/// Quotations and notices among paragraphs whose first is to be block `first`. Where they overlap, the notice wins
/// the paragraphs and the quotation ends before it.
fn wraps(text: &str, paragraphs: &[lines::Paragraph], first: usize) -> Vec<Wrap> {
    let words: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.span.of(text)).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < paragraphs.len() {
        if let Some(kind) = notice::recognise(words[at]) {
            let length = notice::length(kind, &words[at..], at * 2 >= paragraphs.len());
            let date = notice::date(words[at]);
            out.push(Wrap {
                blocks: first + at..first + at + length,
                kind: BlockKind::Notice { notice: kind, date },
            });
            at += length;
        } else if let Some(found) = quotes::at(text, paragraphs, at) {
            let depths: Vec<usize> = paragraphs[at..at + found.length].iter().map(|p| p.depth).collect();
            let kind = BlockKind::Quotation { href: None, lead_in: found.lead_in };
            out.push(Wrap { blocks: first + at..first + at + found.length, kind });
            quotes::nested(&depths, first + at, &mut out);
            at += found.length;
        } else {
            at += 1;
        }
    }
    out
}

/// The web addresses that stand in the words.
fn addresses(text: &str, span: Span) -> Vec<Link> {
    let words = span.of(text);
    let mut links = Vec::new();
    for (at, _) in words.match_indices("http") {
        let rest = &words[at..];
        if !(rest.starts_with("http://") || rest.starts_with("https://")) {
            continue;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '’' | '“'))
            .unwrap_or(rest.len());
        let href = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '…']);
        if href.len() > "https://".len() {
            let start = span.start as usize + at;
            links.push(Link { span: Span::new(start, start + href.len()), href: href.to_owned() });
        }
    }
    links
}

fn squeeze(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

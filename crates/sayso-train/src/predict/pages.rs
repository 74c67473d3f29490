//! `predict pages FOLDER`: every `*.html`, `*.html.gz` and `*.txt` in the folder to what a reader sees of it:
//! title, authors, times, article, quotations, notices and comments.

use super::Predictions;
use anyhow::{Context, Result, bail};
use cpu_time::ProcessTime;
use flate2::read::MultiGzDecoder;
use sayso_read::Carrier;
use sayso_record::{Block, BlockKind, Document, NoticeKind, Stamp};
use serde::Serialize;
use std::io::Read;
use std::path::{Path, PathBuf};

#[derive(Serialize)]
struct Page<'a> {
    file: String,
    title: Option<&'a str>,
    authors: &'a [String],
    published: Option<&'a str>,
    modified: Option<&'a str>,
    body: String,
    quotations: Vec<Quotation<'a>>,
    notices: Vec<Notice>,
    comments: Vec<Comment<'a>>,
}

#[derive(Serialize)]
struct Quotation<'a> {
    text: String,
    href: Option<&'a str>,
}

#[derive(Serialize)]
struct Notice {
    kind: NoticeKind,
    text: String,
}

#[derive(Serialize)]
struct Comment<'a> {
    author: Option<&'a str>,
    url: Option<&'a str>,
    published: Option<&'a str>,
    /// Place in this list of the comment that it answers.
    parent: Option<usize>,
    text: String,
}

pub(super) fn predict(inputs: &[PathBuf]) -> Result<Predictions> {
    let folder = &inputs[0];
    let mut files = Vec::new();
    pages_under(folder, folder, &mut files)?;
    files.sort();
    if files.is_empty() {
        bail!("there are no *.html, *.html.gz or *.txt files in {}", folder.display());
    }
    let (mut lines, mut cpu_s, mut notes, mut faults) = (Vec::new(), 0.0, Vec::new(), 0);
    for file in &files {
        let bytes = page_bytes(&folder.join(file))?;
        let start = ProcessTime::now();
        let document = sayso_read::document(&bytes, &carrier(file));
        cpu_s += start.elapsed().as_secs_f64();
        for fault in document.faults() {
            faults += 1;
            notes.push(format!("{file}: {}", fault.0));
        }
        lines.push(serde_json::to_string(&page(file.clone(), &document))?);
    }
    notes.push(format!("span checks: {} pages, {faults} faults", files.len()));
    Ok(Predictions { lines, amount: (files.len(), "pages"), cpu_s, notes })
}

/// The pages in a folder and the folders in it, as paths from the first with forward slashes.
fn pages_under(root: &Path, folder: &Path, files: &mut Vec<String>) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| {
        format!(
            "there is no folder {}; test sets are not kept in the repository, so give the path of yours",
            folder.display()
        )
    })?;
    for entry in entries {
        let path = entry.with_context(|| format!("cannot list {}", folder.display()))?.path();
        if path.is_dir() {
            pages_under(root, &path, files)?;
            continue;
        }
        let name = path.strip_prefix(root).unwrap_or(&path);
        let name =
            name.to_str().with_context(|| format!("{} is no UTF-8 name", path.display()))?.replace('\\', "/");
        if [".html", ".html.gz", ".txt"].iter().any(|ending| name.ends_with(ending)) {
            files.push(name);
        }
    }
    Ok(())
}

fn page_bytes(path: &Path) -> Result<Vec<u8>> {
    let packed = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    if path.extension().is_none_or(|ending| ending != "gz") {
        return Ok(packed);
    }
    let mut bytes = Vec::new();
    MultiGzDecoder::new(packed.as_slice())
        .read_to_end(&mut bytes)
        .with_context(|| format!("{} is no gzip file", path.display()))?;
    Ok(bytes)
}

fn carrier(file: &str) -> Carrier {
    let content_type = if file.ends_with(".txt") { "text/plain" } else { "text/html" };
    Carrier { content_type: Some(content_type.to_owned()), ..Carrier::default() }
}

fn page(file: String, document: &Document) -> Page<'_> {
    let mut page = Page {
        file,
        title: document.title.as_deref(),
        authors: &document.bylines,
        published: at(&document.published),
        modified: at(&document.modified),
        body: String::new(),
        quotations: Vec::new(),
        notices: Vec::new(),
        comments: Vec::new(),
    };
    let mut body = Vec::new();
    // Where each block stands in the list of comments, so that answers find what they answer.
    let mut places = vec![None; document.blocks.len()];
    let mut holders = vec![false; document.blocks.len()];
    for outer in document.blocks.iter().filter_map(|block| block.within) {
        if let Some(holds_others) = holders.get_mut(outer as usize) {
            *holds_others = true;
        }
    }
    let words = words_within(document, &holders);
    for (index, block) in document.blocks.iter().enumerate() {
        let in_comment = is_comment(block) || document.enclosing(index).any(|(_, outer)| is_comment(outer));
        if !in_comment && stands_in_body(block, holders[index]) {
            body.push(block.span.of(&document.text).trim());
        }
        match &block.kind {
            BlockKind::Quotation { href, .. } if !in_comment => {
                page.quotations.push(Quotation { text: words[index].join("\n"), href: href.as_deref() });
            }
            BlockKind::Notice { notice, .. } if !in_comment => {
                page.notices.push(Notice { kind: *notice, text: words[index].join("\n") });
            }
            BlockKind::Comment { author, author_url, published, parent } => {
                places[index] = Some(page.comments.len());
                let answered = parent.and_then(|parent| places.get(parent as usize).copied().flatten());
                page.comments.push(Comment {
                    author: author.as_deref(),
                    url: author_url.as_deref(),
                    published: at(published),
                    parent: answered,
                    text: words[index].join("\n"),
                });
            }
            _ => {}
        }
    }
    page.body = body.join("\n");
    page
}

fn at(stamp: &Option<Stamp>) -> Option<&str> {
    stamp.as_ref().map(|stamp| stamp.at.as_str())
}

/// Whether a block's words are the article's own: no headline, no words under pictures, and no block whose words
/// its inner blocks hold.
fn stands_in_body(block: &Block, holds_others: bool) -> bool {
    match block.kind {
        BlockKind::Heading { level } => level > 1,
        BlockKind::Paragraph => true,
        BlockKind::Caption => false,
        _ => !holds_others,
    }
}

/// For every block the words that stand in it, one innermost block to a line. Answers to a comment are no words of
/// the comment.
fn words_within<'a>(document: &'a Document, holders: &[bool]) -> Vec<Vec<&'a str>> {
    let mut words = vec![Vec::new(); document.blocks.len()];
    for (index, block) in document.blocks.iter().enumerate() {
        if holders[index] {
            continue;
        }
        let own = block.span.of(&document.text).trim();
        words[index].push(own);
        if is_comment(block) {
            continue;
        }
        for (outer, holder) in document.enclosing(index) {
            words[outer].push(own);
            if is_comment(holder) {
                break;
            }
        }
    }
    words
}

fn is_comment(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Comment { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_record::Span;

    /// A document of blocks, each given with its words and the block it stands in.
    fn document(blocks: &[(&str, BlockKind, Option<u32>)]) -> Document {
        let mut text = String::new();
        let mut made: Vec<Block> = Vec::new();
        for (words, kind, within) in blocks {
            let start = text.len();
            text.push_str(words);
            let span = Span::new(start, text.len());
            text.push('\n');
            let mut outer = *within;
            while let Some(holder) = outer {
                let holder = &mut made[holder as usize];
                holder.span = if holder.span.is_empty() { span } else { holder.span.cover(span) };
                outer = holder.within;
            }
            made.push(Block { span, kind: kind.clone(), within: *within, links: Vec::new() });
        }
        Document { text, blocks: made, ..Document::default() }.seal()
    }

    fn comment(author: &str, parent: Option<u32>) -> BlockKind {
        BlockKind::Comment { author: Some(author.to_owned()), author_url: None, published: None, parent }
    }

    #[test]
    fn the_body_is_the_article_alone() {
        let quotation =
            BlockKind::Quotation { href: Some("https://wire.example/1".to_owned()), lead_in: None };
        let document = document(&[
            ("The Headline", BlockKind::Heading { level: 1 }, None),
            ("First words.", BlockKind::Paragraph, None),
            ("A picture.", BlockKind::Caption, None),
            ("", quotation, None),
            ("Quoted words.", BlockKind::Paragraph, Some(3)),
            ("More of them.", BlockKind::Paragraph, Some(3)),
            ("", BlockKind::Notice { notice: NoticeKind::Correction, date: None }, None),
            ("We were wrong.", BlockKind::Paragraph, Some(6)),
            ("", comment("Ada", None), None),
            ("Well said.", BlockKind::Paragraph, Some(8)),
            ("", comment("Bo", Some(8)), Some(8)),
            ("Not so.", BlockKind::Paragraph, Some(10)),
        ]);
        assert_eq!(document.faults(), []);
        let page = page("p.html".to_owned(), &document);
        assert_eq!(page.body, "First words.\nQuoted words.\nMore of them.\nWe were wrong.");
        assert_eq!(page.quotations[0].text, "Quoted words.\nMore of them.");
        assert_eq!(page.notices[0].text, "We were wrong.");
        let comments: Vec<_> = page.comments.iter().map(|c| (c.author, c.text.as_str(), c.parent)).collect();
        assert_eq!(comments, [(Some("Ada"), "Well said.", None), (Some("Bo"), "Not so.", Some(0))]);
    }
}

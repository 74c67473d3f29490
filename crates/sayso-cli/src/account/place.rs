//! Where on a page something stands, as a person would count it.

use crate::harmless;
use sayso_record::{Block, BlockKind, Document};

/// The place of block `index`: `paragraph 4`, `paragraph 2 of comment 3 by BenG`, `notice 1`.
pub(crate) fn place(document: &Document, index: usize) -> String {
    let Some(block) = document.blocks.get(index) else { return "no block of the page".to_owned() };
    let holder = document.enclosing(index).find(|(_, outer)| is_apart(outer));
    let own = match &block.kind {
        _ if is_apart(block) => return apart(document, index),
        BlockKind::Heading { level: 1 } => "the headline".to_owned(),
        kind => format!("{} {}", word(kind), ordinal(document, index, holder.map(|(at, _)| at))),
    };
    match holder {
        Some((at, _)) if is_alone(document, at) => apart(document, at),
        Some((at, _)) => format!("{own} of {}", apart(document, at)),
        None => own,
    }
}

/// Comments and notices are counted by themselves, and so is what stands in them.
fn is_apart(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Comment { .. } | BlockKind::Notice { .. })
}

fn apart(document: &Document, index: usize) -> String {
    let block = &document.blocks[index];
    let same = |other: &&Block| std::mem::discriminant(&other.kind) == std::mem::discriminant(&block.kind);
    let number = 1 + document.blocks[..index].iter().filter(same).count();
    match &block.kind {
        BlockKind::Comment { author: Some(author), .. } => {
            format!("comment {number} by {}", harmless::line(author))
        }
        kind => format!("{} {number}", word(kind)),
    }
}

/// Whether the holder holds but one block, so that there is nothing to count in it.
fn is_alone(document: &Document, holder: usize) -> bool {
    let inside = |at: &usize| document.enclosing(*at).next().is_some_and(|(outer, _)| outer == holder);
    (holder + 1..document.blocks.len()).filter(inside).nth(1).is_none()
}

/// Which block of its kind it is, from 1, among those of the page or of the comment or notice that it stands in.
fn ordinal(document: &Document, index: usize, holder: Option<usize>) -> usize {
    let kind = std::mem::discriminant(&document.blocks[index].kind);
    let beside = |&at: &usize| {
        let block = &document.blocks[at];
        let outer = document.enclosing(at).find(|(_, outer)| is_apart(outer)).map(|(at, _)| at);
        std::mem::discriminant(&block.kind) == kind
            && outer == holder
            && !matches!(block.kind, BlockKind::Heading { level: 1 })
    };
    (0..=index).filter(beside).count()
}

fn word(kind: &BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading { .. } => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Caption => "caption",
        BlockKind::Quotation { .. } => "quotation",
        BlockKind::Notice { .. } => "notice",
        BlockKind::Comment { .. } => "comment",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_record::{NoticeKind, Span};

    fn block(kind: BlockKind, within: Option<u32>) -> Block {
        Block { span: Span::default(), kind, within, links: vec![] }
    }

    #[test]
    fn comments_and_notices_are_counted_by_themselves() {
        let comment = |author: Option<&str>| BlockKind::Comment {
            author: author.map(str::to_owned),
            author_url: None,
            published: None,
            parent: None,
        };
        let notice = BlockKind::Notice { notice: NoticeKind::Apology, date: None };
        let quotation = BlockKind::Quotation { href: None, lead_in: None };
        let blocks = vec![
            block(BlockKind::Heading { level: 1 }, None),
            block(BlockKind::Paragraph, None),
            block(quotation, None),
            block(BlockKind::Paragraph, Some(2)),
            block(notice, None),
            block(BlockKind::Paragraph, Some(4)),
            block(comment(Some("eel")), None),
            block(BlockKind::Paragraph, Some(6)),
            block(comment(None), None),
            block(BlockKind::Paragraph, Some(8)),
            block(BlockKind::Paragraph, Some(8)),
        ];
        let document = Document { blocks, ..Document::default() };
        let places: Vec<String> = (0..12).map(|index| place(&document, index)).collect();
        assert_eq!(
            places,
            [
                "the headline",
                "paragraph 1",
                "quotation 1",
                "paragraph 2",
                "notice 1",
                "notice 1",
                "comment 1 by eel",
                "comment 1 by eel",
                "comment 2",
                "paragraph 1 of comment 2",
                "paragraph 2 of comment 2",
                "no block of the page",
            ]
        );
    }
}

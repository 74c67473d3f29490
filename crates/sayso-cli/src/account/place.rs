//! Where on a page something stands, as a person would count it.

use crate::harmless;
use sayso_record::{Block, BlockKind, Document};
use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};

/// The places of a page, counted once, so that a page of many blocks costs no more than it is long.
pub(crate) struct Places<'d> {
    document: &'d Document,
    /// For each block: the comment or notice that it stands in, and which block of its kind it is there, from 1.
    counted: Vec<(Option<usize>, usize)>,
    /// How many blocks each comment and notice holds.
    held: HashMap<usize, usize>,
}

impl<'d> Places<'d> {
    /// Counts the blocks of a page.
    pub(crate) fn of(document: &'d Document) -> Places<'d> {
        let mut places = Places { document, counted: Vec::new(), held: HashMap::new() };
        let mut counts: HashMap<(Option<usize>, Discriminant<BlockKind>), usize> = HashMap::new();
        for (at, block) in document.blocks.iter().enumerate() {
            let holder = places.holder(at);
            if let Some(holder) = holder {
                *places.held.entry(holder).or_default() += 1;
            }
            // A comment that stands in another is counted with all comments.
            let among = if block.kind.is_apart() { None } else { holder };
            let count = counts.entry((among, discriminant(&block.kind))).or_default();
            *count += usize::from(!is_headline(block));
            places.counted.push((holder, *count));
        }
        places
    }

    /// The place of block `at`: `paragraph 4`, `paragraph 2 of comment 3 by BenG`, `notice 1`.
    pub(crate) fn place(&self, at: usize) -> String {
        let Some(block) = self.document.blocks.get(at) else { return "no block of the page".to_owned() };
        let own = self.own(at);
        if block.kind.is_apart() {
            return own;
        }
        match self.counted[at].0 {
            Some(holder) if self.held[&holder] == 1 => self.own(holder),
            Some(holder) => format!("{own} of {}", self.own(holder)),
            None => own,
        }
    }

    /// The block by itself.
    fn own(&self, at: usize) -> String {
        let block = &self.document.blocks[at];
        let number = self.counted[at].1;
        match &block.kind {
            _ if is_headline(block) => "the headline".to_owned(),
            BlockKind::Comment { author: Some(author), .. } => {
                format!("comment {number} by {}", harmless::line(author))
            }
            kind => format!("{} {number}", word(kind)),
        }
    }

    /// The comment or notice that holds a block. Those before it are counted already.
    fn holder(&self, at: usize) -> Option<usize> {
        let (outer, block) = self.document.enclosing(at).next()?;
        if block.kind.is_apart() { Some(outer) } else { self.counted[outer].0 }
    }
}

fn is_headline(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading { level: 1 })
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
        let places: Vec<String> = (0..12).map(|at| Places::of(&document).place(at)).collect();
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

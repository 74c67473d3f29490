//! Puts runs of blocks into quotations and notices that were found after the blocks themselves.

use sayso_record::{Block, BlockKind, Span};
use std::ops::Range;

/// A run of blocks that belong together, by index, and what they are together.
pub(crate) struct Wrap {
    pub(crate) blocks: Range<usize>,
    pub(crate) kind: BlockKind,
}

/// Rebuilds `blocks` with a new block around each run. Runs are disjoint or nested, in the order of their first
/// blocks, the wider one first; each keeps to the children of one holder, with all that those hold.
pub(crate) fn wrap(blocks: Vec<Block>, wraps: Vec<Wrap>) -> Vec<Block> {
    if wraps.is_empty() {
        return blocks;
    }
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len() + wraps.len());
    let mut moved: Vec<u32> = Vec::with_capacity(blocks.len());
    // The open runs: where each ends in the old order, where it began, and its index in the new order.
    let mut open: Vec<(usize, usize, u32)> = Vec::new();
    let mut wraps = wraps.into_iter().peekable();
    for (index, mut block) in blocks.into_iter().enumerate() {
        while open.last().is_some_and(|&(end, _, _)| end <= index) {
            open.pop();
        }
        let holder =
            |within: Option<u32>, open: &[(usize, usize, u32)], moved: &[u32]| match (within, open.last()) {
                (Some(old), Some(&(_, start, _))) if old as usize >= start => Some(moved[old as usize]),
                (_, Some(&(_, _, new))) => Some(new),
                (Some(old), None) => Some(moved[old as usize]),
                (None, None) => None,
            };
        while let Some(run) = wraps.next_if(|run| run.blocks.start == index) {
            let within = holder(block.within, &open, &moved);
            open.push((run.blocks.end, index, out.len() as u32));
            out.push(Block { span: block.span, kind: run.kind, within, links: Vec::new() });
        }
        block.within = holder(block.within, &open, &moved);
        for &(_, _, new) in &open {
            let span = &mut out[new as usize].span;
            *span = span.cover(block.span);
        }
        moved.push(out.len() as u32);
        out.push(block);
    }
    for block in &mut out {
        // Parents are still counted in the old order, and may stand after their answers.
        if let BlockKind::Comment { parent: Some(parent), .. } = &mut block.kind {
            *parent = moved[*parent as usize];
        }
    }
    out
}

/// A block that stands by itself.
pub(crate) fn block(span: Span, kind: BlockKind) -> Block {
    Block { span, kind, within: None, links: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_nest_and_indices_follow() {
        let paragraph = |at: usize| block(Span::new(at, at + 1), BlockKind::Paragraph);
        let quotation = || BlockKind::Quotation { href: None, lead_in: None };
        let comment = |parent| BlockKind::Comment { author: None, author_url: None, published: None, parent };
        let mut blocks: Vec<Block> = (0..4).map(paragraph).collect();
        blocks.push(block(Span::new(4, 6), comment(None)));
        blocks.push(Block { within: Some(4), ..paragraph(4) });
        blocks.push(block(Span::new(6, 8), comment(Some(4))));
        blocks.push(Block { within: Some(6), ..paragraph(6) });
        let wraps = vec![
            Wrap { blocks: 1..4, kind: quotation() },
            Wrap { blocks: 2..3, kind: quotation() },
            Wrap { blocks: 7..8, kind: quotation() },
        ];
        let out = wrap(blocks, wraps);
        let within: Vec<_> = out.iter().map(|block| block.within).collect();
        let expected =
            [None, None, Some(1), Some(1), Some(3), Some(1), None, Some(6), None, Some(8), Some(9)];
        assert_eq!(within, expected);
        assert_eq!(out[1].span, Span::new(1, 4));
        assert!(matches!(out[8].kind, BlockKind::Comment { parent: Some(6), .. }));
    }
}

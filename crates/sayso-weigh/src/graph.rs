//! The arrays that are weighed: statements, what they rest on and what undercuts them, by number and in an order
//! in which a statement stands after all that it rests on.

use crate::as_of::{Act, Time};
use crate::bits::Bits;
use crate::doubts::Groups;

/// Stands for "none" in arrays of numbers.
pub(crate) const NONE: u32 = u32::MAX;

/// What is known of a node at a glance.
pub(crate) mod flag {
    /// We have the text itself.
    pub(crate) const HELD: u8 = 1;
    /// It is against its claim.
    pub(crate) const AGAINST: u8 = 1 << 1;
    /// It is said at first hand.
    pub(crate) const FIRST: u8 = 1 << 2;
    /// Not a statement but a claim that others rest on: it holds when one of its statements does.
    pub(crate) const TALLY: u8 = 1 << 3;
    /// It depends on itself through others.
    pub(crate) const LOOPED: u8 = 1 << 4;
    /// Something undercuts it.
    pub(crate) const UNDERCUT: u8 = 1 << 5;
    /// It undercuts something.
    pub(crate) const UNDERCUTS: u8 = 1 << 6;
    /// Every alternative of it needs another held statement on the same side of the same claim, so that its claim
    /// stands no better with it than without.
    pub(crate) const ONLY_REPEATS: u8 = 1 << 7;
}

/// Lists of numbers, one list a row, in two arrays.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    pub(crate) start: Vec<u32>,
    pub(crate) items: Vec<u32>,
}

impl Rows {
    /// The rows that the keys of the items make: row `k` lists, in order, the items with key `k`; items without a
    /// key ([`NONE`]) are in no row.
    pub(crate) fn of_keys(rows: usize, keys: impl Iterator<Item = u32> + Clone) -> Rows {
        let mut start = vec![0u32; rows + 1];
        keys.clone().filter(|&key| key != NONE).for_each(|key| start[key as usize + 1] += 1);
        for row in 0..rows {
            start[row + 1] += start[row];
        }
        let mut items = vec![0u32; start[rows] as usize];
        // Filling moves each row's start to its end, which is the next row's start: shifted back afterwards.
        for (item, key) in keys.enumerate().filter(|&(_, key)| key != NONE) {
            items[start[key as usize] as usize] = item as u32;
            start[key as usize] += 1;
        }
        start.copy_within(0..rows, 1);
        start[0] = 0;
        Rows { start, items }
    }

    pub(crate) fn len(&self) -> usize {
        self.start.len().saturating_sub(1)
    }

    pub(crate) fn range(&self, row: u32) -> std::ops::Range<usize> {
        self.start[row as usize] as usize..self.start[row as usize + 1] as usize
    }

    pub(crate) fn row(&self, row: u32) -> &[u32] {
        &self.items[self.range(row)]
    }
}

/// Pairs of numbers, sorted, of which few numbers have any.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pairs {
    pub(crate) pairs: Vec<(u32, u32)>,
    /// Where the pairs of each [`Pairs::BLOCK`] of numbers start, so that a search looks through a few only.
    blocks: Vec<u32>,
}

impl Pairs {
    const BLOCK: u32 = 128;

    /// Sorts pairs whose first number is below `limit`.
    pub(crate) fn sort(mut pairs: Vec<(u32, u32)>, limit: usize) -> Pairs {
        pairs.sort_unstable();
        let mut blocks = Vec::with_capacity(limit / Pairs::BLOCK as usize + 2);
        for (at, &(first, _)) in (0u32..).zip(&pairs) {
            blocks.resize(blocks.len().max((first / Pairs::BLOCK) as usize + 1), at);
        }
        blocks.resize(limit / Pairs::BLOCK as usize + 2, pairs.len() as u32);
        Pairs { pairs, blocks }
    }

    /// The places of the pairs of a number.
    pub(crate) fn range(&self, number: u32) -> std::ops::Range<usize> {
        let block = (number / Pairs::BLOCK) as usize;
        let start = self.blocks[block] as usize;
        let near = &self.pairs[start..self.blocks[block + 1] as usize];
        let before = near.iter().take_while(|pair| pair.0 < number).count();
        let own = near[before..].iter().take_while(|pair| pair.0 == number).count();
        start + before..start + before + own
    }

    /// The pairs of a number.
    pub(crate) fn of(&self, number: u32) -> &[(u32, u32)] {
        &self.pairs[self.range(number)]
    }
}

/// Statements with their bases and undercuts as compact arrays, ready to be weighed; made by a
/// [`Builder`](crate::Builder).
///
/// All numbers that go in or out (statements, claims, sources, documents) are the ones the builder was given.
/// Inside, statements are renumbered into *nodes*: neighbours speak of the same claim, since random access is what
/// costs, and no node stands before one that it depends on unless the two depend on each other.
#[derive(Clone, Debug)]
pub struct Graph {
    pub(crate) source: Vec<u32>,
    pub(crate) claim: Vec<u32>,
    pub(crate) document: Vec<u32>,
    pub(crate) flags: Vec<u8>,
    /// When each was published and known; empty when no statement carries a time.
    pub(crate) published: Vec<Time>,
    pub(crate) known: Vec<Time>,
    /// Alternatives of node `n`: the numbers `alternative_start[n]..alternative_start[n + 1]`.
    pub(crate) alternative_start: Vec<u32>,
    /// What each alternative needs together.
    pub(crate) needs: Rows,
    /// The node whose alternative it is.
    pub(crate) owner: Vec<u32>,
    /// The alternatives that need each node.
    pub(crate) uses: Rows,
    /// (undercut, undercutter), sorted; only undercutters whose text is held.
    pub(crate) undercuts: Pairs,
    /// (undercutter, number of the undercut), sorted.
    pub(crate) undercuts_by: Pairs,
    /// Undercuts that hold only by acts, so not before the first of them.
    pub(crate) undercuts_by_act: Bits,
    /// Statements by claim, source and document.
    pub(crate) claims: Rows,
    pub(crate) sources: Rows,
    pub(crate) documents: Rows,
    /// (claim, node), sorted: the tallies.
    pub(crate) tallies: Vec<(u32, u32)>,
    /// Ranges of nodes that depend on each other, sorted.
    pub(crate) loops: Vec<std::ops::Range<u32>>,
    /// Statement numbers to nodes and back (tallies are numbered after all statements).
    pub(crate) node_of: Vec<u32>,
    pub(crate) statement_of: Vec<u32>,
    /// How many claims there are for those who ask. Numbers past it stand for no claim: a statement of which it is
    /// only possible that it speaks of its claim has such a number to itself.
    pub(crate) claim_count: u32,
    /// Which sources may be one.
    pub(crate) groups: Groups,
    /// The graph in which all possible links count; none where there are none.
    pub(crate) full: Option<Box<Graph>>,
    /// What people and notices did, sorted by target, then time.
    pub(crate) acts: Vec<Act>,
}

impl Graph {
    /// How many statements it holds.
    pub fn statement_count(&self) -> usize {
        self.statement_of.len() - self.tallies.len()
    }

    /// How many claims they speak of.
    pub fn claim_count(&self) -> usize {
        self.claim_count as usize
    }

    /// The graph in which all possible links count, itself where there are none.
    pub(crate) fn full(&self) -> &Graph {
        self.full.as_deref().unwrap_or(self)
    }

    /// How many sources say them.
    pub fn source_count(&self) -> usize {
        self.sources.len()
    }

    /// How many statements a source made.
    pub fn statements_by(&self, source: u32) -> usize {
        self.sources.range(source).len()
    }

    pub(crate) fn node_count(&self) -> usize {
        self.flags.len()
    }

    pub(crate) fn has(&self, node: u32, flag: u8) -> bool {
        self.flags[node as usize] & flag != 0
    }

    /// Whether the node is held, so that it counts for or against its claim.
    pub(crate) fn is_held(&self, node: u32) -> bool {
        self.has(node, flag::HELD)
    }

    /// The numbers of a node's alternatives.
    pub(crate) fn alternatives(&self, node: u32) -> std::ops::Range<u32> {
        self.alternative_start[node as usize]..self.alternative_start[node as usize + 1]
    }

    /// The alternatives of a node, each as the nodes that it needs together.
    pub(crate) fn bases(&self, node: u32) -> impl Iterator<Item = &[u32]> {
        self.alternatives(node).map(|alternative| self.needs.row(alternative))
    }

    /// The numbers of the undercuts of a node.
    pub(crate) fn undercuts_of(&self, node: u32) -> std::ops::Range<usize> {
        if self.has(node, flag::UNDERCUT) { self.undercuts.range(node) } else { 0..0 }
    }

    /// The nodes that a node undercuts.
    pub(crate) fn undercut_by(&self, node: u32) -> impl Iterator<Item = u32> {
        let found = if self.has(node, flag::UNDERCUTS) { self.undercuts_by.of(node) } else { &[] };
        found.iter().map(|&(_, edge)| self.undercuts.pairs[edge as usize].0)
    }

    /// The nodes that rest on a node.
    pub(crate) fn users(&self, node: u32) -> impl Iterator<Item = u32> {
        self.uses.row(node).iter().map(|&alternative| self.owner[alternative as usize])
    }

    /// Which of the loops a node is in.
    pub(crate) fn loop_number(&self, node: u32) -> Option<usize> {
        self.has(node, flag::LOOPED).then(|| self.loops.partition_point(|range| range.end <= node))
    }

    /// The range of nodes that depend on each other and on this one.
    pub(crate) fn loop_of(&self, node: u32) -> Option<std::ops::Range<u32>> {
        self.loop_number(node).map(|number| self.loops[number].clone())
    }

    /// Whether a node is a held statement on a side of its claim.
    pub(crate) fn speaks(&self, node: u32, side: Side) -> bool {
        let wanted = flag::HELD | if side == Side::Against { flag::AGAINST } else { 0 };
        self.flags[node as usize] & (flag::HELD | flag::AGAINST) == wanted
    }

    /// Whether a node is a held statement on a side of a claim.
    pub(crate) fn speaks_of(&self, node: u32, claim: u32, side: Side) -> bool {
        self.claim[node as usize] == claim && self.speaks(node, side)
    }

    /// The claim that a statement speaks of, and on which side.
    pub(crate) fn concern(&self, node: u32) -> (u32, Side) {
        let side = if self.has(node, flag::AGAINST) { Side::Against } else { Side::For };
        (self.claim[node as usize], side)
    }

    /// The held statements on a side of a claim that do not only repeat others: if any stands, one of these does.
    pub(crate) fn witnesses(&self, claim: u32, side: Side) -> impl Iterator<Item = u32> {
        let wanted = flag::HELD | if side == Side::Against { flag::AGAINST } else { 0 };
        let asked = flag::HELD | flag::AGAINST | flag::ONLY_REPEATS;
        self.claims
            .row(claim)
            .iter()
            .copied()
            .filter(move |&node| self.flags[node as usize] & asked == wanted)
    }

    /// The held statements of a claim that are for it, or against it.
    pub(crate) fn voices(&self, claim: u32, side: Side) -> impl Iterator<Item = u32> {
        self.claims.row(claim).iter().copied().filter(move |&node| self.speaks(node, side))
    }
}

/// Whether a statement is for its claim or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// It says so (+).
    For,
    /// It says that it is not so (-).
    Against,
}

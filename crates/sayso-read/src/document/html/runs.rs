//! The words of a page as runs: what stands between two edges of blocks, with its links.

use super::marks::{self, Marks};
use super::tags::{Attribute, Shape, Tag};
use super::tree::{Place, Tree, collapse};
use crate::document::decode::CAP_PARAGRAPHS;
use crate::document::signature;
use std::ops::Range;

/// A run of words in one block.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// The innermost block element around it.
    pub(crate) holder: Place,
    /// The first and, one past it, the last node it came from.
    pub(crate) nodes: Range<Place>,
    /// Its words in [`Runs::text`].
    pub(crate) text: Range<usize>,
    /// Its links in [`Runs::links`].
    pub(crate) links: Range<usize>,
    /// How many words it has, and how many of them are links.
    pub(crate) words: u32,
    pub(crate) linked: u32,
}

/// A link in the text of all runs.
#[derive(Clone, Debug)]
pub(crate) struct Anchor {
    pub(crate) text: Range<usize>,
    /// The `<a>`.
    pub(crate) place: Place,
}

/// All runs of a page.
#[derive(Debug, Default)]
pub(crate) struct Runs {
    /// Their words, white space collapsed, each run on its own.
    pub(crate) text: String,
    pub(crate) runs: Vec<Run>,
    /// How many there are on the page, with those that were too many to be kept.
    pub(crate) count: usize,
    pub(crate) links: Vec<Anchor>,
    /// The marks of each node by itself.
    pub(crate) own: Vec<Marks>,
    /// The marks of each node and of all that hold it.
    pub(crate) all: Vec<Marks>,
}

impl Runs {
    /// Cuts a page into runs. What is no text (scripts, buttons, drawings) is left out.
    pub(crate) fn of(tree: &Tree) -> Runs {
        let mut out =
            Runs { own: vec![0; tree.nodes.len()], all: vec![0; tree.nodes.len()], ..Runs::default() };
        let mut cutter = Cutter {
            tree,
            out: &mut out,
            holder: Tree::PAGE,
            start: 0,
            first: 0,
            breaks: 0,
            anchor: None,
            anchor_from: 0,
            first_link: 0,
        };
        cutter.run();
        out
    }

    /// The words of a run.
    pub(crate) fn words(&self, run: &Run) -> &str {
        &self.text[run.text.clone()]
    }
}

struct Cutter<'a> {
    tree: &'a Tree,
    out: &'a mut Runs,
    holder: Place,
    start: usize,
    first: Place,
    breaks: usize,
    anchor: Option<Place>,
    anchor_from: usize,
    first_link: usize,
}

impl Cutter<'_> {
    fn run(&mut self) {
        let tree = self.tree;
        let count = tree.nodes.len() as Place;
        // Blocks and links that are open, by where they end.
        let mut open: Vec<(Place, Place, bool)> = Vec::new();
        let mut at: Place = 0;
        while at < count {
            while let Some(&(end, place, block)) = open.last()
                && end <= at
            {
                open.pop();
                if block {
                    self.cut(at);
                    self.holder = open
                        .iter()
                        .rev()
                        .find(|(_, _, block)| *block)
                        .map_or(Tree::PAGE, |&(_, place, _)| place);
                } else if self.anchor == Some(place) {
                    self.end_anchor();
                }
            }
            let node = tree.node(at);
            let parent = node.parent as usize;
            if node.tag == Tag::Text {
                self.out.all[at as usize] = self.out.all[parent];
                self.characters(at);
                at += 1;
                continue;
            }
            let own = marks::of_element(tree, at);
            self.out.own[at as usize] = own;
            self.out.all[at as usize] = own | if at == 0 { 0 } else { self.out.all[parent] };
            match node.tag.shape() {
                Shape::Inline if node.tag == Tag::Cite && hands_over(tree, at) => {
                    self.cut(at);
                    open.push((node.end, at, true));
                    self.holder = at;
                }
                Shape::Silent => {
                    // Whatever it holds is silent too.
                    at = node.end;
                    continue;
                }
                Shape::Void => self.void(at),
                Shape::Block => {
                    self.cut(at);
                    self.holder = at;
                    open.push((node.end, at, true));
                }
                Shape::Inline
                    if node.tag == Tag::Span && self.out.text.len() > self.start && is_card(tree, at) =>
                {
                    at = node.end;
                    continue;
                }
                Shape::Inline if node.tag == Tag::A && tree.attribute(at, Attribute::Href).is_some() => {
                    self.end_anchor();
                    self.anchor = Some(at);
                    self.anchor_from = self.out.text.len();
                    open.push((node.end, at, false));
                }
                Shape::Inline => {}
            }
            at += 1;
        }
        self.cut(count);
    }

    fn void(&mut self, at: Place) {
        match self.tree.tag(at) {
            Tag::Br => {
                self.breaks += 1;
                if self.breaks >= 2 || self.signs_below(at) {
                    self.cut(at);
                } else if self.out.text.len() > self.start {
                    self.trim();
                    self.out.text.push('\n');
                }
            }
            Tag::Hr => self.cut(at),
            _ => {}
        }
    }

    /// Whether the line after a break signs what stands above it: "Posted by Ann", "— Ann Lee (@annlee)", strokes.
    fn signs_below(&self, at: Place) -> bool {
        let tree = self.tree;
        let after = (at + 1..tree.nodes.len() as Place).take(6);
        let mut line = String::new();
        for next in after {
            match tree.tag(next) {
                Tag::Text => line.extend(tree.characters(next).chars().take(200)),
                tag if tag.shape() == Shape::Inline => {
                    let named = tree.attribute(next, Attribute::Class).is_some_and(|class| {
                        class
                            .split_ascii_whitespace()
                            .any(|word| matches!(word, "byline" | "comments-post" | "posted"))
                    });
                    if named && line.trim().is_empty() {
                        return true;
                    }
                }
                _ => break,
            }
            if line.len() > 200 {
                break;
            }
        }
        let line = line.trim();
        let starts = ["Posted by", "Posted at", "Submitted by", "Comment by"];
        let signed = line.starts_with(['—', '–', '-']) && line.contains("(@");
        let strokes = line.len() >= 5 && line.bytes().take(5).all(|byte| byte == b'_');
        signed || strokes || starts.iter().any(|start| line.starts_with(start))
    }

    fn characters(&mut self, at: Place) {
        let characters = self.tree.characters(at);
        if self.out.text.len() == self.start {
            // `collapse` must see that a new run begins.
            let mut fresh = String::new();
            collapse(characters, &mut fresh);
            if fresh.is_empty() {
                return;
            }
            self.first = at;
            if self.anchor.is_some() {
                self.anchor_from = self.out.text.len();
            }
            self.out.text.push_str(&fresh);
        } else {
            collapse(characters, &mut self.out.text);
        }
        if characters.chars().any(|c| !c.is_whitespace()) {
            self.breaks = 0;
        }
    }

    fn trim(&mut self) {
        let kept = self.out.text.trim_end().len().max(self.start);
        self.out.text.truncate(kept);
        self.anchor_from = self.anchor_from.min(kept);
        let first = self.first_link;
        for link in &mut self.out.links[first..] {
            link.text.end = link.text.end.min(kept);
            link.text.start = link.text.start.min(kept);
        }
    }

    fn end_anchor(&mut self) {
        if let Some(place) = self.anchor.take() {
            let words = &self.out.text[self.anchor_from..];
            let from = self.anchor_from + (words.len() - words.trim_start().len());
            let to = self.out.text.trim_end().len();
            if from < to && self.anchor_from >= self.start {
                self.out.links.push(Anchor { text: from..to, place });
            }
        }
    }

    /// Adds the words since the last run to it, as a line of its own: no words are lost, only edges.
    fn join(&mut self, at: Place) {
        let Some(last) = self.out.runs.last_mut() else { return };
        self.out.text.insert(self.start, '\n');
        for link in &mut self.out.links[self.first_link..] {
            link.text = link.text.start + 1..link.text.end + 1;
            last.linked += count_words(&self.out.text[link.text.clone()]);
        }
        last.links.end = self.out.links.len();
        last.text.end = self.out.text.len();
        last.words += count_words(&self.out.text[self.start..]);
        last.nodes.end = at;
    }

    /// Ends the run before node `at`.
    fn cut(&mut self, at: Place) {
        self.breaks = 0;
        let carried = self.anchor;
        self.end_anchor();
        self.trim();
        let text = self.start..self.out.text.len();
        self.out.count += usize::from(!text.is_empty());
        if !text.is_empty() && self.out.runs.len() == CAP_PARAGRAPHS {
            self.join(at);
        } else if !text.is_empty() {
            let words = count_words(&self.out.text[text.clone()]);
            let links = self.first_link..self.out.links.len();
            let linked = self.out.links[links.clone()]
                .iter()
                .map(|link| count_words(&self.out.text[link.text.clone()]))
                .sum();
            let nodes = self.first..at;
            self.out.runs.push(Run { holder: self.holder, nodes, text, links, words, linked });
        }
        self.start = self.out.text.len();
        self.first_link = self.out.links.len();
        // A link may hold whole blocks; it goes on in the next.
        self.anchor = carried.filter(|&place| self.tree.node(place).end > at);
        self.anchor_from = self.start;
    }
}

/// Whether a `<cite>` at the head of a quotation introduces it: "Ann wrote:".
fn hands_over(tree: &Tree, cite: Place) -> bool {
    let parent = tree.node(cite).parent;
    let quoted = [parent, tree.node(parent).parent].iter().any(|&at| tree.tag(at) == Tag::Blockquote);
    quoted && !(parent + 1..cite).take(20).any(|at| !tree.characters(at).trim().is_empty()) && {
        let words = tree.words(cite, 160);
        words.trim_end_matches([' ', '↑', '▲']).ends_with(':') || signature::introduced(&words).is_some()
    }
}

/// Whether a span in a line of words is a card that unfolds over it: a picture, and beside it nothing but links.
fn is_card(tree: &Tree, span: Place) -> bool {
    let (mut pictures, mut links) = (0, 0);
    for child in tree.children(span).take(20) {
        match tree.tag(child) {
            Tag::Img => pictures += 1,
            Tag::A => links += 1,
            Tag::Text if tree.characters(child).trim().is_empty() => {}
            _ => return false,
        }
    }
    pictures > 0 && links >= 2
}

pub(crate) fn count_words(text: &str) -> u32 {
    text.split_ascii_whitespace().count() as u32
}

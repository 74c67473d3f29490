//! A page's elements in one flat list, in the order of the page, built from the tokens of `html5gum`.
//!
//! The list is in preorder, and every node knows where its subtree ends, so everything that walks the page is a loop:
//! nesting costs no stack. The parts of the standard's tree construction that move no text are followed (implied end
//! tags, scopes, void elements); those that only move misplaced markup about (foster parents, the adoption agency)
//! are not, because the words come out the same.

use super::struck;
use super::tags::{Attribute, Shape, Tag};
use crate::document::letters::Letters;
use html5gum::emitters::ForwardingEmitter;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, Readable, Reader, StringReader, Tokenizer};
use std::cell::Cell;
use std::convert::Infallible;
use std::ops::Range;

/// Elements nested deeper than this become siblings instead; browsers stop at the same depth.
const DEEPEST: usize = 512;

/// No page has more nodes than this; what comes later is left out.
const MOST_NODES: usize = 4_000_000;

/// Elements with more attributes than this were made to do harm.
const MOST_ATTRIBUTES: usize = 512;

/// Index of a node.
pub(crate) type Place = u32;

/// An element, or a run of text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) tag: Tag,
    /// The element that holds it; the page holds itself.
    pub(crate) parent: Place,
    /// One past its last descendant.
    pub(crate) end: Place,
    /// Its text in [`Tree::text`], or its attributes in [`Tree::attributes`].
    from: u32,
    to: u32,
}

/// A page as elements.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    text: String,
    attributes: Vec<(Attribute, u32, u32)>,
    /// Whether elements were nested deeper than we follow, or were too many.
    pub(crate) cut: bool,
    /// Whether a tag had so many attributes that double quotation marks were read as single ones.
    pub(crate) flooded: bool,
    /// What was taken out of its words because nobody sees it.
    pub(crate) letters: Letters,
    /// What was left out of its words because the page strikes it through.
    pub(crate) struck: struck::Struck,
}

impl Tree {
    /// The page itself.
    pub(crate) const PAGE: Place = 0;

    /// Builds the tree. Never fails: every string is a page.
    pub(crate) fn parse(html: &str) -> Tree {
        // The tokenizer (html5gum 0.9) calls itself once for each attribute in double quotes, so that a flood of them
        // would end the program with its stack.
        let mut tree = Tree::tokenize(html, MOST_ATTRIBUTES).unwrap_or_else(|| {
            let tree = Tree::tokenize(&html.replace('"', "'"), usize::MAX).unwrap_or_default();
            Tree { flooded: true, ..tree }
        });
        tree.struck = struck::leave_out(&mut tree);
        tree
    }

    /// The tree, unless a tag has more attributes than these.
    fn tokenize(html: &str, most_attributes: usize) -> Option<Tree> {
        let mut builder = Builder::new(html.len());
        let mut emitter =
            CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| -> Option<Infallible> {
                builder.take(event);
                None
            });
        emitter.naively_switch_states(true);
        let flooded = Cell::new(false);
        let wanted = Wanted { emitter, attributes: 0, most_attributes, flooded: &flooded };
        let page = Stoppable { page: html.to_reader(), stopped: &flooded };
        let mut tokens = Tokenizer::new_with_emitter(page, wanted);
        let Ok(()) = tokens.by_ref().try_for_each(|token| token.map(|never| match never {}));
        drop(tokens);
        (!flooded.get()).then(|| builder.finish())
    }

    /// The node at a place.
    pub(crate) fn node(&self, place: Place) -> &Node {
        &self.nodes[place as usize]
    }

    /// The element's name.
    pub(crate) fn tag(&self, place: Place) -> Tag {
        self.node(place).tag
    }

    /// The characters of a text node, entities decoded, white space as it came; empty for elements.
    pub(crate) fn characters(&self, place: Place) -> &str {
        let node = self.node(place);
        if node.tag == Tag::Text { &self.text[node.from as usize..node.to as usize] } else { "" }
    }

    /// The value of an element's attribute; the first one counts, as in browsers.
    pub(crate) fn attribute(&self, place: Place, name: Attribute) -> Option<&str> {
        let node = self.node(place);
        if node.tag == Tag::Text {
            return None;
        }
        let own = &self.attributes[node.from as usize..node.to as usize];
        own.iter()
            .find(|(attribute, _, _)| *attribute == name)
            .map(|&(_, from, to)| &self.text[from as usize..to as usize])
    }

    /// Places of everything inside an element.
    pub(crate) fn inside(&self, place: Place) -> Range<Place> {
        place + 1..self.node(place).end
    }

    /// Places of an element's children.
    pub(crate) fn children(&self, place: Place) -> impl Iterator<Item = Place> {
        let end = self.node(place).end;
        let mut next = place + 1;
        std::iter::from_fn(move || {
            let at = next;
            (at < end).then(|| {
                next = self.node(at).end;
                at
            })
        })
    }

    /// The elements that hold a node, innermost first, the page last.
    pub(crate) fn above(&self, place: Place) -> impl Iterator<Item = Place> {
        let mut at = place;
        std::iter::from_fn(move || {
            (at != Tree::PAGE).then(|| {
                at = self.node(at).parent;
                at
            })
        })
    }

    /// Takes an element off the page with all that it holds: only empty texts are left in its place.
    pub(crate) fn erase(&mut self, place: Place) {
        let Node { parent, end, .. } = *self.node(place);
        for at in place..end {
            self.nodes[at as usize] = Node { tag: Tag::Text, parent, end: at + 1, from: 0, to: 0 };
        }
    }

    /// Takes white space off the end of a text.
    pub(crate) fn trim_end(&mut self, place: Place) {
        let kept = self.characters(place).trim_end().len() as u32;
        let node = &mut self.nodes[place as usize];
        if node.tag == Tag::Text {
            node.to = node.from + kept;
        }
    }

    /// Whether `outer` holds `inner`, or is it.
    pub(crate) fn holds(&self, outer: Place, inner: Place) -> bool {
        outer <= inner && inner < self.node(outer).end
    }

    /// All words inside an element, white space collapsed. Up to `cap` bytes, so that a name is never a page.
    pub(crate) fn words(&self, place: Place, cap: usize) -> String {
        let mut out = String::new();
        let mut at = place;
        let end = self.node(place).end;
        while at < end && out.len() < cap {
            let node = self.node(at);
            match node.tag.shape() {
                Shape::Silent if at != place => {
                    at = node.end;
                    continue;
                }
                Shape::Block if !out.is_empty() && !out.ends_with(' ') => out.push(' '),
                _ if node.tag == Tag::Br && !out.ends_with(' ') => out.push(' '),
                _ => collapse(self.characters(at), &mut out),
            }
            at += 1;
        }
        cut(&mut out, cap);
        out
    }

    /// The text of a script.
    pub(crate) fn script(&self, place: Place) -> &str {
        let first = place + 1;
        if first < self.node(place).end { self.characters(first) } else { "" }
    }
}

/// Cuts a text to so many bytes at most, at the end of a character, without white space behind.
pub(super) fn cut(out: &mut String, cap: usize) {
    if out.len() > cap {
        let end = (0..=cap).rev().find(|&at| out.is_char_boundary(at)).unwrap_or(0);
        out.truncate(end);
    }
    out.truncate(out.trim_end().len());
}

/// Adds characters to a text, each run of white space as one space, none at the start of the text or a line.
pub(crate) fn collapse(characters: &str, out: &mut String) {
    let mut space = out.is_empty() || out.ends_with([' ', '\n']);
    let mut from = 0;
    for (at, c) in characters.char_indices() {
        let blank = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{a0}')
            || (c > '\u{2000}' && c.is_whitespace());
        if !blank {
            continue;
        }
        out.push_str(&characters[from..at]);
        from = at + c.len_utf8();
        space &= out.ends_with([' ', '\n']) || out.is_empty();
        if !space {
            out.push(' ');
            space = true;
        }
    }
    out.push_str(&characters[from..]);
}

/// Leaves out what nobody here asks for: the standard's errors, which are sought byte by byte, and remarks. Counts
/// attributes.
struct Wanted<'a, E> {
    emitter: E,
    /// Of the tag that is being read.
    attributes: usize,
    most_attributes: usize,
    flooded: &'a Cell<bool>,
}

impl<E: Emitter> ForwardingEmitter for Wanted<'_, E> {
    type Token = E::Token;

    fn inner(&mut self) -> &mut impl Emitter<Token = E::Token> {
        &mut self.emitter
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn init_start_tag(&mut self) {
        self.attributes = 0;
        self.emitter.init_start_tag();
    }

    fn init_end_tag(&mut self) {
        self.attributes = 0;
        self.emitter.init_end_tag();
    }

    fn init_attribute(&mut self) {
        self.attributes += 1;
        if self.attributes > self.most_attributes {
            self.flooded.set(true);
        }
        self.emitter.init_attribute();
    }
}

/// A page that ends where it is told to: the tokenizer can be stopped in no other way in the middle of a tag.
struct Stoppable<'a> {
    page: StringReader<'a>,
    stopped: &'a Cell<bool>,
}

impl Reader for Stoppable<'_> {
    type Error = Infallible;

    #[inline(always)]
    fn read_byte(&mut self) -> Result<Option<u8>, Infallible> {
        if self.stopped.get() { Ok(None) } else { self.page.read_byte() }
    }

    #[inline(always)]
    fn try_read_string(&mut self, sought: &[u8], case_sensitive: bool) -> Result<bool, Infallible> {
        if self.stopped.get() { Ok(false) } else { self.page.try_read_string(sought, case_sensitive) }
    }

    #[inline(always)]
    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        buffer: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Infallible> {
        if self.stopped.get() { Ok(None) } else { self.page.read_until(needle, buffer) }
    }
}

struct Builder {
    tree: Tree,
    open: Vec<Place>,
    /// Elements that were too deep to be opened, and still wait for their end tags.
    too_deep: usize,
    /// Whether the text of the open script is kept.
    wanted_script: bool,
    starting: Option<(Tag, u32)>,
    attribute: Option<Attribute>,
}

impl Builder {
    fn new(length: usize) -> Builder {
        let mut tree = Tree { text: String::with_capacity(length / 3), ..Tree::default() };
        tree.nodes.reserve(length / 40);
        tree.nodes.push(Node { tag: Tag::Page, parent: 0, end: 1, from: 0, to: 0 });
        Builder { tree, open: vec![0], too_deep: 0, wanted_script: false, starting: None, attribute: None }
    }

    fn take(&mut self, event: CallbackEvent<'_>) {
        if self.tree.nodes.len() >= MOST_NODES {
            self.tree.cut = true;
            return;
        }
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.starting = Some((Tag::of(name), self.tree.attributes.len() as u32));
                self.attribute = None;
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute = Attribute::of(name);
                // An attribute without a value is still there.
                if let (Some(attribute), Some(_)) = (self.attribute, self.starting) {
                    let at = self.tree.text.len() as u32;
                    self.tree.attributes.push((attribute, at, at));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let (Some(_), Some(_), Ok(value)) =
                    (self.attribute, self.starting, std::str::from_utf8(value))
                    && let Some(last) = self.tree.attributes.last_mut()
                {
                    self.tree.text.push_str(value);
                    last.2 = self.tree.text.len() as u32;
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some((tag, from)) = self.starting.take() {
                    self.start(tag, from, self_closing);
                }
            }
            CallbackEvent::EndTag { name } => {
                self.starting = None;
                self.end(Tag::of(name));
            }
            CallbackEvent::String { value } => {
                if let Ok(value) = std::str::from_utf8(value) {
                    self.characters(value);
                }
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn inner(&self) -> Tag {
        self.tree.tag(self.open.last().copied().unwrap_or(Tree::PAGE))
    }

    fn push(&mut self, tag: Tag, from: u32, to: u32) -> Place {
        let place = self.tree.nodes.len() as Place;
        let parent = self.open.last().copied().unwrap_or(Tree::PAGE);
        self.tree.nodes.push(Node { tag, parent, end: place + 1, from, to });
        place
    }

    fn characters(&mut self, value: &str) {
        let inner = self.inner();
        let unwanted = matches!(inner, Tag::Style | Tag::Svg | Tag::Select | Tag::Iframe)
            || (inner == Tag::Script && !self.wanted_script);
        if unwanted || value.is_empty() {
            return;
        }
        let before = self.tree.nodes.last().filter(|last| last.tag == Tag::Text && last.to > last.from);
        let before = before.and_then(|last| self.tree.text[..last.to as usize].chars().next_back());
        let unseen = self.tree.letters.unseen;
        let seen = if inner == Tag::Script { value.into() } else { self.tree.letters.read(value, before) };
        if seen.trim().is_empty() {
            // What stands where no words are hides in none.
            self.tree.letters.unseen = unseen;
        }
        let from = self.tree.text.len() as u32;
        self.tree.text.push_str(&seen);
        self.push(Tag::Text, from, self.tree.text.len() as u32);
    }

    fn start(&mut self, tag: Tag, from: u32, self_closing: bool) {
        let to = self.tree.attributes.len() as u32;
        match tag {
            // A second `<body>` or `<html>` only adds attributes.
            Tag::Html | Tag::Body if self.open.iter().any(|&place| self.tree.tag(place) == tag) => return,
            Tag::Body => self.close_through(Tag::Head),
            Tag::Li => self.close_item(&[Tag::Li], &[Tag::Ul, Tag::Ol, Tag::Menu, Tag::Dir]),
            Tag::Dt | Tag::Dd => self.close_item(&[Tag::Dt, Tag::Dd], &[Tag::Dl]),
            Tag::Tr => {
                self.close_item(&[Tag::Tr, Tag::Colgroup], &[Tag::Table, Tag::Tbody, Tag::Thead, Tag::Tfoot])
            }
            Tag::Td | Tag::Th => self.close_item(&[Tag::Td, Tag::Th], &[Tag::Table, Tag::Tr]),
            Tag::Tbody | Tag::Thead | Tag::Tfoot => {
                self.close_item(&[Tag::Tbody, Tag::Thead, Tag::Tfoot, Tag::Colgroup], &[Tag::Table]);
            }
            Tag::Option => self.close_item(&[Tag::Option], &[Tag::Select, Tag::Optgroup]),
            Tag::A => self.close_item(&[Tag::A], &[]),
            _ => {}
        }
        if tag.ends_paragraph() {
            self.close_item(&[Tag::P], &[Tag::Button]);
        }
        if tag.heading().is_some() && self.inner().heading().is_some() {
            self.open.pop();
        }
        // Where nothing may be opened any more, one edge between words is as good as many.
        let shut = self.open.len() >= DEEPEST && tag.shape() == Shape::Block;
        if shut && self.tree.nodes.last().is_some_and(|last| last.tag == tag && last.from == last.to) {
            self.tree.attributes.truncate(from as usize);
            self.too_deep += 1;
            return;
        }
        let place = self.push(tag, from, to);
        let foreign = self_closing
            && (tag == Tag::Other || tag == Tag::Svg)
            && self.open.iter().any(|&place| self.tree.tag(place) == Tag::Svg);
        if tag.shape() == Shape::Void || foreign {
            return;
        }
        self.wanted_script = tag == Tag::Script
            && self
                .tree
                .attribute(place, Attribute::Type)
                .is_some_and(|kind| kind.to_ascii_lowercase().contains("json"));
        if self.open.len() >= DEEPEST {
            self.tree.cut = true;
            self.too_deep += 1;
            return;
        }
        self.open.push(place);
    }

    fn end(&mut self, tag: Tag) {
        if tag.shape() == Shape::Void || matches!(tag, Tag::Body | Tag::Html) {
            if tag == Tag::Br {
                self.push(Tag::Br, 0, 0);
            }
            return;
        }
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let mut blocks = false;
        for at in (1..self.open.len()).rev() {
            let open = self.tree.tag(self.open[at]);
            if open == tag || (tag.heading().is_some() && open.heading().is_some()) {
                // "<b><p>...</b>": the words after it are no longer bold, but the paragraph goes on.
                if tag.is_formatting() && blocks && tag != Tag::A {
                    return;
                }
                self.close_to(at);
                return;
            }
            let bound = open.bounds_scope();
            let table = matches!(
                tag,
                Tag::Table
                    | Tag::Tr
                    | Tag::Tbody
                    | Tag::Thead
                    | Tag::Tfoot
                    | Tag::Td
                    | Tag::Th
                    | Tag::Caption
            );
            if (bound && !table) || (table && open == Tag::Table) {
                return;
            }
            blocks |= open.shape() == Shape::Block;
            // A stray "</span>" does not end the paragraph that it stands in.
            if blocks
                && tag.shape() == Shape::Inline
                && tag != Tag::A
                && !matches!(open, Tag::P | Tag::Li | Tag::Div | Tag::Other | Tag::Section | Tag::Ul)
            {
                return;
            }
        }
    }

    /// Closes the innermost of `items`, if it is open inside the innermost of `holders` and of this scope.
    fn close_item(&mut self, items: &[Tag], holders: &[Tag]) {
        for at in (1..self.open.len()).rev() {
            let open = self.tree.tag(self.open[at]);
            if items.contains(&open) {
                self.close_to(at);
                return;
            }
            let cells = items.contains(&Tag::Tr) || items.contains(&Tag::Tbody);
            if holders.contains(&open)
                || (open.bounds_scope() && !(cells && matches!(open, Tag::Td | Tag::Th | Tag::Caption)))
            {
                return;
            }
        }
    }

    fn close_through(&mut self, tag: Tag) {
        if let Some(at) = self.open.iter().rposition(|&place| self.tree.tag(place) == tag) {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, at: usize) {
        let end = self.tree.nodes.len() as Place;
        for place in self.open.drain(at.max(1)..) {
            self.tree.nodes[place as usize].end = end;
        }
    }

    fn finish(mut self) -> Tree {
        self.close_to(1);
        self.tree.nodes[0].end = self.tree.nodes.len() as Place;
        self.tree
    }
}

//! Chosen runs to the blocks of a document.

use super::embeds;
use super::runs::{Run, Runs};
use super::tags::Attribute;
use super::told::{self, Told};
use super::tree::{Place, Tree};
use crate::document::wrap::{Wrap, wrap};
use crate::document::{address, notice, signature, stamp, voice};
use rustc_hash::{FxHashMap, FxHashSet};
use sayso_record::{Block, BlockKind, Link, NoticeKind, Span, Stamp};
use std::ops::Range;

/// What a chosen run is to become.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Role {
    Words,
    Caption,
}

/// Comments that begin with the same letters and digits, this many, are one comment.
const SAME: usize = 60;

/// A comment as found in the markup, before its words are known.
#[derive(Debug)]
pub(crate) struct Comment {
    /// Stands for the comment while blocks are put together; unique among comments.
    pub(crate) place: Place,
    pub(crate) author: Option<String>,
    pub(crate) author_url: Option<String>,
    pub(crate) published: Option<Stamp>,
    /// Index of the comment that it answers.
    pub(crate) parent: Option<usize>,
    /// Its runs, in order.
    pub(crate) runs: Vec<usize>,
}

/// Writes the text of a document and its blocks.
pub(crate) struct Writer<'a> {
    tree: &'a Tree,
    runs: &'a Runs,
    base: Option<&'a str>,
    /// Whether the page is the copy of an archive, whose links lead to other copies.
    is_copy: bool,
    pub(crate) text: String,
    pub(crate) blocks: Vec<Block>,
    /// The quotations that are open, as element and block.
    open: Vec<(Place, u32)>,
    /// The words that introduce a quotation which is not open yet, by its element.
    introduced: Option<(Place, Span)>,
    /// The comment that is being written.
    comment: Option<u32>,
    /// The corrections that the page shows, by their letters.
    corrections: FxHashSet<String>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(tree: &'a Tree, runs: &'a Runs, base: Option<&'a str>, is_copy: bool) -> Writer<'a> {
        Writer {
            tree,
            runs,
            base,
            is_copy,
            text: String::new(),
            blocks: Vec::new(),
            open: Vec::new(),
            introduced: None,
            comment: None,
            corrections: FxHashSet::default(),
        }
    }

    /// The address that a link means.
    fn address(&self, href: &str) -> String {
        let address = address::resolve(self.base, href);
        match address::original(&address) {
            Some(copy) if self.is_copy => copy.url,
            _ => address,
        }
    }

    /// Writes the headline, and its label as a notice above it.
    pub(crate) fn title(&mut self, words: &str, label: Option<&(NoticeKind, String)>) {
        if let Some((notice, label)) = label {
            let date = notice::date(label);
            self.within(BlockKind::Notice { notice: *notice, date }, std::slice::from_ref(label));
        }
        let span = self.words(words);
        self.push(span, BlockKind::Heading { level: 1 });
    }

    /// Writes a run of the article, or of a comment.
    pub(crate) fn run(&mut self, run: &Run, role: Role, quotations: &[Place]) {
        let words = self.runs.words(run);
        let embedded = quotations.last().is_some_and(|&inner| embeds::is_embedded(self.tree, inner));
        // Some write every post from elsewhere into a figure.
        let role = if embedded { Role::Words } else { role };
        let kind = match (role, self.tree.tag(run.holder).heading()) {
            (Role::Caption, _) => BlockKind::Caption,
            // Level 1 is the headline's own.
            (Role::Words, Some(level)) => BlockKind::Heading { level: level.max(2) },
            (Role::Words, None) => BlockKind::Paragraph,
        };
        let inner = quotations.split_last().filter(|_| role == Role::Words);
        let Some((&inner, outer)) = inner else {
            return self.below(run, words, kind, quotations);
        };
        if embedded && embeds::is_furniture(words) {
            return;
        }
        let opened = self.open.iter().any(|&(place, _)| place == inner);
        if !opened && embeds::introduces(words) {
            self.hold(outer);
            let span = self.piece(run, 0..words.len(), BlockKind::Paragraph);
            self.introduced = Some((inner, span));
            return;
        }
        let Some(signature) = signature::find(words, embedded) else {
            self.hold(quotations);
            self.piece(run, 0..words.len(), kind);
            return;
        };
        let before = words[..signature.start].trim_end().len();
        if before > 0 {
            self.hold(quotations);
            self.piece(run, 0..before, kind);
        }
        let signed = self.open.last().filter(|&&(place, _)| place == inner).map(|&(_, block)| block);
        self.hold(outer);
        let span = self.piece(run, signature.start..words.len(), BlockKind::Paragraph);
        match signed {
            Some(block) => self.sign(block, span),
            // Some write who speaks above the words.
            None => self.introduced = Some((inner, span)),
        }
    }

    /// Writes a run that stands in no quotation, or under a picture. It may sign the post above it.
    fn below(&mut self, run: &Run, words: &str, kind: BlockKind, quotations: &[Place]) {
        self.hold(quotations);
        let within = self.comment;
        let signature = (kind == BlockKind::Paragraph)
            .then(|| signature::find(words, false))
            .flatten()
            .filter(|found| stamp::find(&words[found.rest.clone()]).is_some());
        let Some(signature) = signature else {
            self.piece(run, 0..words.len(), kind);
            return;
        };
        let before = words[..signature.start].trim_end().len();
        if before > 0 {
            self.piece(run, 0..before, kind);
        }
        let last = self.blocks.len().checked_sub(1);
        let quotation = last.filter(|_| before == 0).and_then(|last| {
            let mut at = last as u32;
            while self.blocks[at as usize].within != within {
                at = self.blocks[at as usize].within?;
            }
            let free = matches!(self.blocks[at as usize].kind, BlockKind::Quotation { lead_in: None, .. });
            free.then_some(at)
        });
        let signed = quotation.or_else(|| {
            // The paragraph above is the post.
            let last = last?;
            let post = self.blocks[last].kind == BlockKind::Paragraph && self.blocks[last].within == within;
            post.then(|| {
                let kind = BlockKind::Quotation { href: None, lead_in: None };
                let start = self.blocks[last].span.start as usize;
                self.blocks
                    .insert(last, Block { span: Span::new(start, start), kind, within, links: Vec::new() });
                self.blocks[last + 1].within = Some(last as u32);
                last as u32
            })
        });
        let span = self.piece(run, signature.start..words.len(), BlockKind::Paragraph);
        if let Some(block) = signed {
            self.sign(block, span);
        }
    }

    /// Notes by which words a post is signed, and takes its address from them.
    fn sign(&mut self, block: u32, span: Span) {
        let links = self.blocks.last().map(|signature| &signature.links);
        let found = links.and_then(|links| links.iter().rev().find(|link| link.href.starts_with("http")));
        let found = found.map(|link| link.href.clone());
        if let BlockKind::Quotation { href, lead_in } = &mut self.blocks[block as usize].kind {
            *lead_in = Some(span);
            *href = href.take().or(found);
        }
    }

    /// Writes a part of a run, with the links in it, as a block of its own.
    fn piece(&mut self, run: &Run, part: Range<usize>, kind: BlockKind) -> Span {
        let span = self.words(&self.runs.words(run)[part.clone()]);
        let from = run.text.start + part.start;
        let shift = span.start as usize;
        self.push(span, kind);
        let links = self.runs.links[run.links.clone()].iter().filter_map(|anchor| {
            let href = self.tree.attribute(anchor.place, Attribute::Href)?;
            let href = self.address(href);
            let inside = from <= anchor.text.start && anchor.text.end <= run.text.start + part.end;
            let wanted = inside && !href.is_empty() && !href.starts_with("javascript:");
            let at = |offset: usize| offset - from + shift;
            wanted.then(|| Link { span: Span::new(at(anchor.text.start), at(anchor.text.end)), href })
        });
        let links: Vec<Link> = links.collect();
        if let Some(block) = self.blocks.last_mut() {
            block.links = links;
        }
        span
    }

    /// Writes a comment and its runs. `written` holds the block of each comment so far.
    pub(crate) fn comment(
        &mut self,
        comment: &Comment,
        written: &[Option<u32>],
        quotations: &FxHashMap<usize, Vec<Place>>,
    ) -> Option<u32> {
        if comment.runs.is_empty() {
            return None;
        }
        self.open.clear();
        self.comment = None;
        let at = self.blocks.len() as u32;
        let parent = comment.parent.and_then(|parent| written.get(parent).copied().flatten());
        let (author, author_url) =
            (comment.author.clone(), comment.author_url.as_deref().map(|url| self.address(url)));
        let start = if self.text.is_empty() { 0 } else { self.text.len() + 2 };
        self.push(
            Span::new(start, start),
            BlockKind::Comment { author, author_url, published: comment.published.clone(), parent },
        );
        self.comment = Some(at);
        for &index in &comment.runs {
            let none = Vec::new();
            self.run(&self.runs.runs[index], Role::Words, quotations.get(&index).unwrap_or(&none));
        }
        self.open.clear();
        self.comment = None;
        Some(at)
    }

    /// The letters of all paragraphs written so far, by which they are known again.
    fn shown(&self) -> FxHashSet<String> {
        let words = self.blocks.iter().filter(|block| !block.kind.holds_blocks());
        words.map(|block| told::letters(block.span.of(&self.text))).collect()
    }

    /// Writes the live-blog entries that only the structured data has, each under its time and headline.
    pub(crate) fn entries(&mut self, entries: &[Told]) {
        if entries.is_empty() {
            return;
        }
        self.open.clear();
        let shown = self.shown();
        for entry in entries {
            if shown.contains(&told::letters(&entry.paragraphs[0])) {
                continue;
            }
            let time = entry.published.as_ref().map(|stamp| stamp.words.as_str());
            let heading: Vec<&str> = time.into_iter().chain(entry.headline.as_deref()).collect();
            if !heading.is_empty() {
                let span = self.words(&heading.join(": "));
                self.push(span, BlockKind::Heading { level: 3 });
            }
            self.paragraphs(&entry.paragraphs);
        }
    }

    /// Writes the corrections that only the structured data has; where the page shows one, it is told which it is.
    pub(crate) fn corrections(&mut self, corrections: &[Told]) {
        if corrections.is_empty() {
            return;
        }
        self.open.clear();
        let shown = self.shown();
        for correction in corrections {
            let letters = told::letters(&correction.paragraphs[0]);
            if shown.contains(&letters) {
                self.corrections.insert(letters);
                continue;
            }
            let words = correction.paragraphs.join(" ");
            let notice = notice::recognise(&words).unwrap_or(NoticeKind::Correction);
            let date = correction.published.clone().or_else(|| notice::date(&words));
            self.within(BlockKind::Notice { notice, date }, &correction.paragraphs);
        }
    }

    /// Writes the comments that only the structured data has.
    pub(crate) fn told(&mut self, comments: &[Told]) {
        if comments.is_empty() {
            return;
        }
        self.open.clear();
        self.comment = None;
        // A comment of several paragraphs in the data may be one in the markup, and the other way round.
        let mut shown: FxHashMap<String, u32> = FxHashMap::default();
        for (at, block) in self.blocks.iter().enumerate() {
            if matches!(block.kind, BlockKind::Comment { .. })
                && let Some(first) = self.blocks.get(at + 1)
            {
                let words = self.text.get(first.span.range()).unwrap_or_default();
                shown.insert(words.chars().filter(|c| c.is_alphanumeric()).take(SAME).collect(), at as u32);
            }
        }
        let mut written: Vec<u32> = Vec::with_capacity(comments.len());
        for comment in comments {
            let start = comment.paragraphs.iter().flat_map(|words| words.chars());
            let start: String = start.filter(|c| c.is_alphanumeric()).take(SAME).collect();
            if let Some(&at) = shown.get(&start) {
                written.push(at);
                continue;
            }
            let kind = BlockKind::Comment {
                author: comment.author.clone(),
                author_url: comment.author_url.as_deref().map(|url| self.address(url)),
                published: comment.published.clone(),
                parent: comment.parent.and_then(|parent| written.get(parent).copied()),
            };
            written.push(self.within(kind, &comment.paragraphs));
        }
    }

    /// Writes a block that holds these paragraphs.
    fn within(&mut self, kind: BlockKind, paragraphs: &[String]) -> u32 {
        let start = if self.text.is_empty() { 0 } else { self.text.len() + 2 };
        let at = self.blocks.len() as u32;
        self.push(Span::new(start, start), kind);
        let outer = self.comment.replace(at);
        self.paragraphs(paragraphs);
        self.comment = outer;
        at
    }

    /// Writes words that stand in no run of the page.
    pub(crate) fn paragraph(&mut self, words: &str) {
        self.paragraphs(&[words.to_owned()]);
    }

    fn paragraphs(&mut self, paragraphs: &[String]) {
        for words in paragraphs {
            let span = self.words(words);
            self.push(span, BlockKind::Paragraph);
        }
    }

    /// Opens and closes quotations so that exactly these are open, outermost first.
    fn hold(&mut self, quotations: &[Place]) {
        let common = self.open.iter().zip(quotations).take_while(|((open, _), place)| open == *place).count();
        self.open.truncate(common);
        for &place in &quotations[common..] {
            let href = embeds::address(self.tree, place).map(|href| self.address(href));
            let introduced = self.introduced.take().filter(|&(of, _)| of == place).map(|(_, span)| span);
            let lead_in = introduced.or_else(|| self.lead_in());
            let start = if self.text.is_empty() { 0 } else { self.text.len() + 2 };
            self.push(Span::new(start, start), BlockKind::Quotation { href, lead_in });
            self.open.push((place, self.blocks.len() as u32 - 1));
        }
    }

    /// The words just above, where they introduce what comes.
    fn lead_in(&self) -> Option<Span> {
        let within = self.open.last().map(|&(_, block)| block).or(self.comment);
        let last = self
            .blocks
            .last()
            .filter(|block| block.kind == BlockKind::Paragraph && block.within == within)?;
        if embeds::introduces(last.span.of(&self.text)) {
            return Some(last.span);
        }
        voice::lead_in_span(&self.text, last.span, false)
    }

    fn words(&mut self, words: &str) -> Span {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(words);
        Span::new(start, self.text.len())
    }

    fn push(&mut self, span: Span, kind: BlockKind) {
        let within = self.open.last().map(|&(_, block)| block).or(self.comment);
        self.blocks.push(Block { span, kind, within, links: Vec::new() });
    }

    /// Sets the extents of holders, finds the notices, and hands over text and blocks.
    pub(crate) fn finish(mut self) -> (String, Vec<Block>) {
        for at in (0..self.blocks.len()).rev() {
            if let Some(holder) = self.blocks[at].within {
                let span = self.blocks[at].span;
                let holder = &mut self.blocks[holder as usize];
                // Children are met last first; the first one met sets the end.
                let end = if holder.span.is_empty() { span.end } else { holder.span.end.max(span.end) };
                holder.span = Span { start: span.start.min(holder.span.start), end };
            }
        }
        self.sources();
        let wraps = notices(&self.text, &self.blocks, &self.corrections);
        let blocks = wrap(self.blocks, wraps);
        (self.text, blocks)
    }

    /// Gives each quotation without an address the one that its lead-in links to, or else the one that it ends with.
    fn sources(&mut self) {
        for at in 0..self.blocks.len() {
            let BlockKind::Quotation { href: None, lead_in } = &self.blocks[at].kind else { continue };
            let lead_in = *lead_in;
            let found = self.linked_above(at, lead_in).or_else(|| self.linked_inside(at));
            if let (Some(found), BlockKind::Quotation { href, .. }) = (found, &mut self.blocks[at].kind) {
                *href = Some(found);
            }
        }
    }

    fn linked_above(&self, at: usize, lead_in: Option<Span>) -> Option<String> {
        let above = self.blocks[..at].last().filter(|block| block.within == self.blocks[at].within)?;
        let links = || above.links.iter().filter(|link| link.href.starts_with("http"));
        if let Some(lead_in) = lead_in
            && let Some(link) = links().rev().find(|link| lead_in.overlaps(link.span))
        {
            return Some(link.href.clone());
        }
        // "... as the <a>Courier</a> has it." ends with its link, or has only one.
        let near = links().next_back().filter(|link| above.span.end - link.span.end <= 40);
        near.or_else(|| links().next().filter(|_| links().count() == 1 && lead_in.is_some()))
            .map(|link| link.href.clone())
    }

    fn linked_inside(&self, at: usize) -> Option<String> {
        let end = self.blocks[at].span.end;
        let inside = self.blocks[at + 1..].iter().take_while(|block| block.span.start < end);
        let last =
            inside.flat_map(|block| &block.links).filter(|link| link.href.starts_with("http")).last()?;
        let above = &self.blocks[at];
        // A source stands at the end of what it is the source of.
        (end - last.span.end <= 30 || above.span.end - last.span.start <= 80).then(|| last.href.clone())
    }
}

/// The notices of the article: paragraphs, and headings of one word with what stands under them.
fn notices(text: &str, blocks: &[Block], corrections: &FxHashSet<String>) -> Vec<Wrap> {
    let own: Vec<usize> = (0..blocks.len())
        .filter(|&at| {
            let block = &blocks[at];
            block.within.is_none()
                && !block.kind.holds_blocks()
                && block.kind != (BlockKind::Heading { level: 1 })
        })
        .collect();
    let mut out: Vec<Wrap> = Vec::new();
    let mut next = 0;
    while next < own.len() {
        let at = own[next];
        let words = blocks[at].span.of(text);
        let told = || corrections.contains(&told::letters(words)).then_some(NoticeKind::Correction);
        let Some(kind) =
            notice::recognise(words).or_else(|| if corrections.is_empty() { None } else { told() })
        else {
            next += 1;
            continue;
        };
        // What follows without a gap: a notice does not run over quotations, comments or headings.
        let mut run = vec![words];
        for (step, &index) in own[next + 1..].iter().enumerate() {
            if index != at + step + 1 || !matches!(blocks[index].kind, BlockKind::Paragraph) {
                break;
            }
            run.push(blocks[index].span.of(text));
        }
        let bare = words.split_whitespace().count() <= 3;
        if bare && run.len() < 2 {
            next += 1;
            continue;
        }
        let length = notice::length(kind, &run, next * 2 >= own.len());
        let kind =
            if bare { notice::recognise(&run[..length.min(2)].join(": ")).unwrap_or(kind) } else { kind };
        let date = notice::date(words);
        out.push(Wrap { blocks: at..at + length, kind: BlockKind::Notice { notice: kind, date } });
        next += length;
    }
    out
}

//! The citations of HTML: links in its paragraphs, and footnotes with what their entries link to.

use super::paragraph::{Mark, Paragraph, Target, gathered};
use crate::document::html::tags::{Attribute, Tag};
use crate::document::html::tree::{Place, Tree};
use sayso_record::{Block, BlockKind, Document, Link};
use std::collections::{HashMap, HashSet};

/// No more of a footnote is kept.
const NOTE_BYTES: usize = 300;

/// What the footnotes of a page name, by the `id` that their marks point to.
#[derive(Debug, Default)]
pub(super) struct Notes(HashMap<String, Vec<Target>>);

/// The paragraphs of a page that was read as a document, with what its markup tells of its footnotes.
pub(super) fn paragraphs(html: &str, document: &Document) -> Vec<Paragraph> {
    let tree = Tree::parse(html);
    of_document(document, &notes(&tree))
}

/// The paragraphs of a document with its links; those that point to a footnote are its marks.
pub(super) fn of_document(document: &Document, notes: &Notes) -> Vec<Paragraph> {
    let own = |at: usize| {
        !document.enclosing(at).any(|(_, block)| {
            matches!(
                block.kind,
                BlockKind::Comment { .. } | BlockKind::Quotation { .. } | BlockKind::Notice { .. }
            )
        })
    };
    let blocks = document.blocks.iter().enumerate();
    blocks
        .filter(|(at, block)| matches!(block.kind, BlockKind::Paragraph) && own(*at))
        .map(|(at, block)| Paragraph { block: Some(at as u32), ..paragraph(&document.text, block, notes) })
        .collect()
}

fn paragraph(text: &str, block: &Block, notes: &Notes) -> Paragraph {
    let mut paragraph = Paragraph::default();
    let mut at = block.span.start as usize;
    let mut links: Vec<&Link> = block.links.iter().collect();
    links.sort_by_key(|link| link.span.start);
    for link in links {
        let range = link.span.range();
        if range.start < at || text.get(range.clone()).is_none() {
            continue;
        }
        let shown = text[range.clone()].trim();
        let fragment = link.href.split_once('#').map(|(_, fragment)| fragment);
        let targets = fragment.and_then(|fragment| notes.0.get(fragment));
        let is_mark = targets.is_some() || is_mark(shown);
        if !is_mark {
            paragraph.text.push_str(&text[at..range.end]);
            let end = paragraph.text.len();
            let own = Mark {
                at: end - range.len()..end,
                shown: shown.to_owned(),
                is_note: false,
                targets: vec![Target::at(&link.href)],
            };
            paragraph.marks.push(own);
        } else {
            // The mark is no word of the sentence, and neither are brackets around it.
            paragraph.text.push_str(text[at..range.start].trim_end_matches('['));
            let end = paragraph.text.trim_end().len();
            let shown = if shown.starts_with('[') { shown.to_owned() } else { format!("[{shown}]") };
            let targets = targets.cloned().unwrap_or_default();
            paragraph.marks.push(Mark { at: end..end, shown, is_note: true, targets });
        }
        at = range.end;
        if is_mark && text[at..block.span.end as usize].starts_with(']') {
            at += 1;
        }
    }
    let end = (block.span.end as usize).max(at);
    paragraph.text.push_str(&text[at..end]);
    paragraph
}

/// `[1]`, `3`, `[a]`, `*`: what marks a footnote.
fn is_mark(shown: &str) -> bool {
    let bare = shown.trim_matches(['[', ']', '(', ')', '^', '↑', '*', '†', ' ']);
    let short = bare.len() <= 3 && bare.chars().all(|c| c.is_ascii_digit());
    (short && !bare.is_empty())
        || (bare.is_empty() && !shown.is_empty())
        || (shown.starts_with('[') && shown.ends_with(']') && bare.len() <= 8)
}

/// What each element that somebody points to links to.
fn notes(tree: &Tree) -> Notes {
    let places = || (0..tree.nodes.len() as Place).filter(|&at| tree.tag(at) != Tag::Text);
    let pointed: HashSet<&str> = places()
        .filter(|&at| tree.tag(at) == Tag::A)
        .filter_map(|at| tree.attribute(at, Attribute::Href)?.split_once('#').map(|(_, fragment)| fragment))
        .collect();
    let mut by_id: HashMap<&str, Place> = HashMap::new();
    for at in places() {
        if let Some(id) = tree.attribute(at, Attribute::Id).filter(|id| pointed.contains(id)) {
            // A mark has an `id` too, for the way back; it is no entry.
            by_id.entry(id).or_insert(at);
        }
    }
    let mut notes = HashMap::new();
    for (&id, &at) in &by_id {
        let mut targets = targets(tree, at);
        if targets.iter().all(|target| target.url.is_none()) {
            // "Lund 2014, p. 3" points to the entry of a list of books.
            let further = links(tree, at).filter_map(|(_, href)| by_id.get(href.strip_prefix('#')?));
            let named: Vec<Target> = further
                .filter(|&&other| other != at)
                .flat_map(|&other| self::targets(tree, other))
                .filter(|target| target.url.is_some())
                .collect();
            if !named.is_empty() {
                targets = gathered(named);
            }
        }
        let is_entry = !matches!(
            tree.tag(at),
            Tag::Sup | Tag::A | Tag::H1 | Tag::H2 | Tag::H3 | Tag::Section | Tag::Body
        );
        if is_entry && (targets.iter().any(|target| target.url.is_some()) || is_note(tree, id, at)) {
            notes.insert(id.to_owned(), targets);
        }
    }
    Notes(notes)
}

/// Whether an entry without any link is a footnote all the same: it names a book.
fn is_note(tree: &Tree, id: &str, at: Place) -> bool {
    let lower = id.to_lowercase();
    tree.tag(at) == Tag::Li && ["cite", "note", "fn", "ref"].iter().any(|part| lower.contains(part))
}

fn links(tree: &Tree, at: Place) -> impl Iterator<Item = (Place, &str)> {
    let inside = at..tree.node(at).end;
    inside
        .filter(|&place| tree.tag(place) == Tag::A)
        .filter_map(|place| Some((place, tree.attribute(place, Attribute::Href)?)))
}

/// The pages that an entry names. Of an element `<cite>` the first link counts; later ones go to its publisher or to a copy.
fn targets(tree: &Tree, at: Place) -> Vec<Target> {
    let inside = at..tree.node(at).end;
    let cites: Vec<Place> = inside.filter(|&place| tree.tag(place) == Tag::Cite).collect();
    let outside = |href: &str| {
        let rest = href
            .strip_prefix("http://")
            .or_else(|| href.strip_prefix("https://"))
            .or_else(|| href.strip_prefix("//"));
        rest.is_some() || (!href.starts_with('#') && !href.starts_with("/wiki/") && !href.contains(':'))
    };
    let mut found: Vec<Target> = Vec::new();
    let mut taken: HashSet<Place> = HashSet::new();
    for (place, href) in links(tree, at).filter(|(_, href)| outside(href)) {
        let target = Target::at(href);
        let cite = cites.iter().copied().find(|&cite| tree.holds(cite, place));
        let is_copy = !target.copies.is_empty();
        if let Some(cite) = cite.filter(|_| !is_copy)
            && !taken.insert(cite)
        {
            continue;
        }
        let words = tree.words(place, NOTE_BYTES);
        let title = (!is_copy && !words.starts_with("http") && !words.is_empty()).then_some(words);
        found.push(Target { title, ..target });
    }
    let mut all = gathered(found);
    if all.is_empty() {
        let words = tree.words(at, NOTE_BYTES);
        all.push(Target {
            title: Some(words.trim_start_matches(['^', '↑', ' ']).to_owned()),
            ..Target::default()
        });
    }
    all
}

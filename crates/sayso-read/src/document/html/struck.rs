//! Words that a page strikes through are not said any more, and are left out of its text.

use super::tags::{Attribute, Shape, Tag};
use super::tree::{Place, Tree};
use sayso_record::{Note, NoteKind};

/// What was found struck through on a page.
#[derive(Debug, Default, PartialEq)]
pub(crate) enum Struck {
    #[default]
    Nothing,
    /// So many stretches of words were left out.
    LeftOut(usize),
    /// It is most of the page, as where nobody closed the tag: it was kept.
    Kept,
}

impl Struck {
    pub(crate) fn note(&self) -> Option<Note> {
        let text = match self {
            Struck::Nothing => return None,
            Struck::LeftOut(1) => "words that the page strikes through were left out".to_owned(),
            Struck::LeftOut(many) => {
                format!("words that the page strikes through were left out, in {many} places")
            }
            Struck::Kept => "most of the page is struck through; its words were kept".to_owned(),
        };
        Some(Note::new(NoteKind::Other, text))
    }
}

/// Leaves out what is struck through, unless that is most of the page.
pub(crate) fn leave_out(tree: &mut Tree) -> Struck {
    let mut found: Vec<Place> = Vec::new();
    let (mut all, mut struck) = (0, 0);
    let (mut silent_until, mut struck_until) = (0, 0);
    for at in 0..tree.nodes.len() as Place {
        let node = tree.node(at);
        if at < silent_until {
            continue;
        }
        if node.tag.shape() == Shape::Silent {
            silent_until = node.end;
        } else if node.tag == Tag::Text {
            let letters = tree.characters(at).trim().len();
            all += letters;
            struck += if at < struck_until { letters } else { 0 };
        } else if at >= struck_until && is_struck(tree, at) {
            found.push(at);
            struck_until = node.end;
        }
    }
    found.retain(|&place| tree.inside(place).any(|at| !tree.characters(at).trim().is_empty()));
    if found.is_empty() {
        return Struck::Nothing;
    }
    if struck * 2 > all {
        return Struck::Kept;
    }
    for &place in &found {
        let end = tree.node(place).end;
        tree.erase(place);
        close_up(tree, place, end);
    }
    Struck::LeftOut(found.len())
}

fn is_struck(tree: &Tree, place: Place) -> bool {
    let has = |name: Attribute, signs: &[&str]| {
        tree.attribute(place, name).is_some_and(|value| {
            value.len() < 400 && {
                let value = value.to_ascii_lowercase();
                signs.iter().any(|sign| value.contains(sign))
            }
        })
    };
    match tree.tag(place) {
        Tag::Del | Tag::S | Tag::Strike => true,
        Tag::Span => {
            has(Attribute::Style, &["line-through"])
                || has(Attribute::Class, &["strikethrough", "line-through"])
        }
        tag => tag.shape() != Shape::Void && has(Attribute::Style, &["line-through"]),
    }
}

/// Where a stretch was left out before a comma or the like, no blank is left before it.
fn close_up(tree: &mut Tree, place: Place, end: Place) {
    let Some(before) = place.checked_sub(1) else { return };
    let closes = (end as usize) < tree.nodes.len()
        && tree.characters(end).starts_with([',', '.', ';', ':', '!', '?', ')', '”', '’']);
    if closes {
        tree.trim_end(before);
    }
}

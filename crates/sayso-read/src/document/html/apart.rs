//! Which elements stand beside the article: what they say of authors and dates is said of other pages.

use super::embeds;
use super::marks::{self, Marks};
use super::runs::Runs;
use super::tags::{Attribute, Tag};
use super::tree::{Place, Tree};

/// How surely an element stands beside the article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Apart {
    #[default]
    No,
    /// Its classes are those of many layouts, and of lists of other pages too.
    Perhaps,
    Yes,
}

const OUTSIDE: Marks =
    marks::COMMENT | marks::RELATED | marks::SIDE | marks::FOOTER | marks::NAV | marks::TEASER;

/// Words of classes that only lay a page out, though they are found on what stands beside articles.
const LAYOUT: [&[u8]; 25] = [
    b"col",
    b"column",
    b"columns",
    b"box",
    b"card",
    b"cards",
    b"module",
    b"widget",
    b"widgets",
    b"panel",
    b"grid",
    b"more",
    b"inline",
    b"latest",
    b"embed",
    b"archive",
    b"listing",
    b"next",
    b"also",
    b"links",
    b"recent",
    b"headlines",
    b"bottom",
    b"jump",
    b"skip",
];

/// Pairs of such words that say more.
const LISTS: [&[u8]; 14] = [
    b"latestnews",
    b"lateststories",
    b"latestposts",
    b"latestarticles",
    b"latestvideos",
    b"morenews",
    b"morestories",
    b"moreposts",
    b"morearticles",
    b"morefrom",
    b"moreon",
    b"recentposts",
    b"recentnews",
    b"recentarticles",
];

/// For each element whether it stands beside the article, by itself or by what holds it. What holds the headline, or
/// much of the page's text, does not, whatever its class.
pub(super) fn of(tree: &Tree, runs: &Runs, headline: Option<Place>) -> Vec<Apart> {
    let mut out = vec![Apart::No; tree.nodes.len()];
    let before = |place: Place| {
        let next = runs.runs.partition_point(|run| run.nodes.start < place);
        runs.runs.get(next).map_or(runs.text.len(), |run| run.text.start)
    };
    for place in 1..tree.nodes.len() as Place {
        let node = tree.node(place);
        let outer = out[node.parent as usize];
        let marks = runs.own[place as usize] & OUTSIDE;
        out[place as usize] = outer;
        let reader =
            is_readers(tree, place) || node.tag == Tag::Blockquote && embeds::is_embedded(tree, place);
        if marks == 0 && !reader
            || outer == Apart::Yes
            || matches!(node.tag, Tag::Text | Tag::Html | Tag::Body | Tag::Main | Tag::Article)
            || headline.is_some_and(|at| tree.holds(place, at))
        {
            continue;
        }
        let much = marks & marks::COMMENT == 0
            && (before(node.end).saturating_sub(before(place))) * 5 > runs.text.len() * 2;
        if reader {
            out[place as usize] = Apart::Yes;
        } else if !much {
            out[place as usize] = outer.max(by_itself(tree, place));
        }
    }
    out
}

/// Whether an element is what a reader says of what the page shows: a review in a shop, a comment.
fn is_readers(tree: &Tree, place: Place) -> bool {
    let prop = tree.attribute(place, Attribute::Itemprop).unwrap_or_default();
    prop.split_whitespace().any(|word| matches!(word, "review" | "reviews" | "comment"))
}

fn by_itself(tree: &Tree, place: Place) -> Apart {
    match tree.tag(place) {
        Tag::Nav | Tag::Menu | Tag::Aside => return Apart::Yes,
        // An article's own foot may say who wrote it.
        Tag::Footer if !tree.above(place).take(12).any(|at| tree.tag(at) == Tag::Article) => {
            let signed = marks::BYLINE | marks::BODY;
            let own = of_class(tree, place) & signed;
            return if own == 0 { Apart::Yes } else { Apart::Perhaps };
        }
        _ => {}
    }
    let mut apart = Apart::No;
    for name in [Attribute::Class, Attribute::Id, Attribute::Role, Attribute::DataComponent] {
        let Some(names) = tree.attribute(place, name) else { continue };
        marks::each_word(names, |word| {
            let found = if LISTS.contains(&word) {
                Apart::Yes
            } else if marks::of_word(word) & OUTSIDE == 0 {
                Apart::No
            } else if LAYOUT.contains(&word) {
                Apart::Perhaps
            } else {
                Apart::Yes
            };
            apart = apart.max(found);
        });
    }
    apart
}

fn of_class(tree: &Tree, place: Place) -> Marks {
    tree.attribute(place, Attribute::Class).map_or(0, marks::of_names)
}

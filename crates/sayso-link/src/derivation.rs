//! Which of two documents that share passages took them from the other, and by what sign we tell.

use crate::reuse::{Overlap, Passage};
use sayso_record::{BlockKind, Document, Span, is_same_page};
use std::cmp::Ordering;

/// From this containment of the copy on, the whole document counts as one.
pub const WHOLE: f32 = 0.7;

/// Which of two documents is the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Original {
    /// The first.
    First,
    /// The second.
    Second,
    /// Nothing tells.
    Unknown,
}

/// What tells which is the original. The page itself says so in all but the last two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The copy quotes it in a block that links to the original.
    QuotationLink,
    /// The copy links to the original.
    Link,
    /// The passage stands in a block quote of the copy, introduced by the name of the original.
    LeadIn,
    /// The copy credits the original by name ("(AP)", "Reuters reported").
    Credit,
    /// The original was published first.
    Times,
    /// None.
    Nothing,
}

impl Sign {
    /// Whether the copy states its origin, so that the basis need not be suggested.
    pub fn is_stated(self) -> bool {
        !matches!(self, Sign::Times | Sign::Nothing)
    }

    /// A clause for a person.
    pub(crate) fn because(self) -> &'static str {
        match self {
            Sign::QuotationLink => "the copy quotes them with a link to the original",
            Sign::Link => "the copy links to the original",
            Sign::LeadIn => "the copy introduces them by the name of the original",
            Sign::Credit => "the copy credits the original by name",
            Sign::Times => "the copy was published later",
            Sign::Nothing => "nothing tells which was first",
        }
    }
}

/// The direction of an overlap: `passages` of `overlap` have their `a` in the first document.
pub fn direction(first: &Document, second: &Document, overlap: &Overlap) -> (Original, Sign) {
    let of_second = sign(second, first, overlap.passages.iter().map(|passage| passage.b));
    let of_first = sign(first, second, overlap.passages.iter().map(|passage| passage.a));
    let times = match (time(first), time(second)) {
        (Some(a), Some(b)) => a.cmp(b),
        _ => Ordering::Equal,
    };
    match (of_first, of_second) {
        // Whatever a page says, it did not take from one that came later.
        (None, Some(sign)) if times != Ordering::Greater => (Original::First, sign),
        (Some(sign), None) if times != Ordering::Less => (Original::Second, sign),
        (None, Some(_)) | (Some(_), None) => (Original::Unknown, Sign::Nothing),
        // Both name each other, or neither does: times decide.
        _ => match times {
            Ordering::Less => (Original::First, Sign::Times),
            Ordering::Greater => (Original::Second, Sign::Times),
            Ordering::Equal => (Original::Unknown, Sign::Nothing),
        },
    }
}

/// Whether almost all of a copy stands in its original.
pub fn is_whole_copy(share_of_copy: f32) -> bool {
    share_of_copy >= WHOLE
}

/// How `copy` says that it took these passages from `original`.
fn sign(copy: &Document, original: &Document, passages: impl Iterator<Item = Span>) -> Option<Sign> {
    let points_there = |href: &str| original.url.as_deref().is_some_and(|url| is_same_page(url, href));
    let named = |words: &str| original.site.as_deref().is_some_and(|site| mentions(words, site));
    for passage in passages {
        for block in copy.blocks.iter().filter(|block| block.span.overlaps(passage)) {
            let BlockKind::Quotation { href, lead_in } = &block.kind else { continue };
            if href.as_deref().is_some_and(points_there) {
                return Some(Sign::QuotationLink);
            }
            if lead_in.is_some_and(|lead_in| named(lead_in.of(&copy.text))) {
                return Some(Sign::LeadIn);
            }
        }
    }
    if copy.blocks.iter().flat_map(|block| &block.links).any(|link| points_there(&link.href)) {
        return Some(Sign::Link);
    }
    let credited = copy.bylines.iter().any(|byline| named(byline)) || named(&copy.text);
    (credited && copy.site != original.site).then_some(Sign::Credit)
}

/// Whether a text names an outlet, whole words only.
fn mentions(text: &str, site: &str) -> bool {
    let site = site.trim();
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    site.chars().count() > 1
        && text.match_indices(site).any(|(at, found)| {
            edge(text[..at].chars().next_back()) && edge(text[at + found.len()..].chars().next())
        })
}

/// When a document was published, in a form that sorts: times of one offset, or dates. Days are compared where
/// either has no more.
fn time(document: &Document) -> Option<&str> {
    document.published.as_ref().map(|stamp| stamp.at.get(..10).unwrap_or(&stamp.at))
}

/// The passage that overlaps a span of the copy most; `of_copy` tells which side of a passage is the copy's.
pub fn passage_at(passages: &[Passage], span: Span, of_copy: impl Fn(&Passage) -> Span) -> Option<Passage> {
    let shared = |passage: &Passage| {
        let copy = of_copy(passage);
        copy.end.min(span.end).saturating_sub(copy.start.max(span.start))
    };
    passages.iter().copied().filter(|passage| shared(passage) > 0).max_by_key(shared)
}

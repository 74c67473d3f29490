//! Threads whose engine names its posts in no way that we know, found by who signed them.
//!
//! Posts of one thread are drawn alike: each has its author's name at the same place, a time, and words. So all elements
//! that name a member are grouped by their kind, and each group is asked whether what stands around its names, one name
//! to a stretch of the page, is posts. Lists of articles look much the same; there each stretch has a headline that
//! leads to another page, and posts have none.

use super::authors::{author_rank, is_member, told_by};
use super::comments::Candidate;
use super::fields::time_at;
use super::marks;
use super::order;
use super::runs::{Run, Runs};
use super::tags::{Attribute, Tag};
use super::tree::{Place, Tree};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// Names beyond these are not looked at.
const MOST: usize = 20_000;

/// An element with more nodes than this names nobody.
const LARGEST: Place = 200;

/// Groups of names that are asked, the largest first.
const GROUPS: usize = 6;

/// An element that names a member.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    place: Place,
    /// Whether it links to the member's own page, or holds such a link.
    member: bool,
}

/// The posts of a page, as ranges of nodes in order; empty where it has no thread.
pub(super) fn find(tree: &Tree, runs: &Runs) -> Vec<Candidate> {
    let mut best: (u32, Vec<(Place, Place)>) = (0, Vec::new());
    for anchors in groups(tree, runs) {
        if let Some(posts) = posts(tree, runs, &anchors)
            && posts.0 > best.0
        {
            best = posts;
        }
    }
    best.1.into_iter().map(|(place, end)| Candidate::post(tree, place, end)).collect()
}

/// The names of members by kind of element, the kinds with the most names first.
fn groups(tree: &Tree, runs: &Runs) -> Vec<Vec<Anchor>> {
    let aside = marks::NAV | marks::FOOTER | marks::RELATED | marks::UNSEEN;
    let mut kinds: FxHashMap<u64, Vec<Anchor>> = FxHashMap::default();
    let mut count = 0;
    let leads_to_member = |place: Place| {
        tree.tag(place) == Tag::A && tree.attribute(place, Attribute::Href).is_some_and(is_member)
    };
    for place in 1..tree.nodes.len() as Place {
        let tag = tree.tag(place);
        let large = tree.node(place).end - place > LARGEST;
        if tag == Tag::Text || count == MOST || runs.all[place as usize] & aside != 0 {
            continue;
        }
        let member = leads_to_member(place);
        if told_by(tree, place).is_some() {
            count += 1;
            kinds.entry(kind(tree, place)).or_default().push(Anchor { place, member: true });
            continue;
        }
        let named = author_rank(tree, place, Tree::PAGE)
            .is_some_and(|rank| rank >= 4 || rank == 2 && (member || is_cell_name(tree, place)));
        if !named || large || tree.words(place, 200).chars().count() > 100 || tree.words(place, 40).is_empty()
        {
            continue;
        }
        count += 1;
        let member = member || tree.inside(place).take(20).any(leads_to_member);
        kinds.entry(kind(tree, place)).or_default().push(Anchor { place, member });
    }
    let mut out: Vec<Vec<Anchor>> = kinds.into_values().filter(|anchors| anchors.len() >= 2).collect();
    out.sort_by_key(|anchors| (std::cmp::Reverse(anchors.len()), anchors[0].place));
    out.truncate(GROUPS);
    out
}

/// A name at the head of a row, as old forums of tables have it.
fn is_cell_name(tree: &Tree, place: Place) -> bool {
    tree.tag(place) == Tag::Span && tree.tag(tree.node(place).parent) == Tag::Td
}

/// The element and the one around it, with their classes, digits left out: numbers tell one post from another.
fn kind(tree: &Tree, place: Place) -> u64 {
    let mut hasher = FxHasher::default();
    for at in std::iter::once(place).chain(tree.above(place)).take(2) {
        (tree.tag(at) as u8).hash(&mut hasher);
        let class = tree.attribute(at, Attribute::Class).unwrap_or_default();
        for word in class.split_ascii_whitespace().filter(|word| !word.bytes().any(|b| b.is_ascii_digit())) {
            // Rows take turns.
            if !matches!(word, "even" | "odd" | "alt" | "online" | "offline" | "first" | "last") {
                word.hash(&mut hasher);
            }
        }
    }
    hasher.finish()
}

/// The stretches around these names, with how many words they hold, where they are posts.
fn posts(tree: &Tree, runs: &Runs, anchors: &[Anchor]) -> Option<(u32, Vec<(Place, Place)>)> {
    let mut units = units(tree, anchors);
    if units.len() < 2 {
        return None;
    }
    let members = anchors.iter().filter(|anchor| anchor.member).count();
    if units.len() < 3 && members < 2 {
        return None;
    }
    reach(tree, runs, &mut units);
    let run_at = |place: Place| runs.runs.partition_point(|run| run.nodes.start < place);
    let (mut good, mut words, mut teasers, mut timed) = (0, 0, 0, 0);
    let mut headlines: FxHashMap<&str, u32> = FxHashMap::default();
    let mut kept = Vec::with_capacity(units.len());
    for &(start, end) in &units {
        let own = &runs.runs[run_at(start)..run_at(end)];
        let said: u32 = own.iter().map(|run| run.words).sum();
        let time = has_time(tree, runs, start, end, own);
        timed += usize::from(time);
        if let Some(headline) = headline(tree, runs, own) {
            let seen = headlines.entry(headline).or_default();
            *seen += 1;
            teasers += usize::from(*seen == 1);
        }
        if time && said >= 4 {
            good += 1;
            words += said;
            kept.push((start, end));
        }
    }
    let most = |part: usize| part * 10 >= units.len() * 7;
    // One headline over all posts is the thread's own.
    let listed = teasers > 1 && teasers * 2 >= units.len();
    (most(good) && most(timed) && !listed && kept.len() >= 2).then_some((words, kept))
}

/// For each name the widest element that holds no other name of its kind, where those elements are alike.
fn units(tree: &Tree, anchors: &[Anchor]) -> Vec<(Place, Place)> {
    let mut out: Vec<(Place, Place)> = Vec::with_capacity(anchors.len());
    for (index, anchor) in anchors.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| anchors[before].place);
        let after = anchors.get(index + 1).map(|after| after.place);
        let alone = |at: Place| {
            at != Tree::PAGE
                && !matches!(tree.tag(at), Tag::Body | Tag::Html | Tag::Main)
                && before.is_none_or(|before| before < at)
                && after.is_none_or(|after| after >= tree.node(at).end)
        };
        let widest = tree.above(anchor.place).take_while(|&at| alone(at)).last();
        let place = widest.unwrap_or(anchor.place);
        out.push((place, tree.node(place).end));
    }
    // The first and the last could climb further than the others; they are held to what most are.
    let mut tags: FxHashMap<(Place, u8), u32> = FxHashMap::default();
    for &(place, _) in &out {
        *tags.entry((tree.node(place).parent, tree.tag(place) as u8)).or_default() += 1;
    }
    let Some((&(parent, tag), &count)) =
        tags.iter().max_by_key(|&(&(parent, _), &count)| (count, std::cmp::Reverse(parent)))
    else {
        return Vec::new();
    };
    if count as usize * 2 >= out.len() && count >= 2 {
        for (unit, anchor) in out.iter_mut().zip(anchors) {
            let beside = std::iter::once(anchor.place)
                .chain(tree.above(anchor.place))
                .find(|&at| tree.node(at).parent == parent && tree.tag(at) as u8 == tag);
            if let Some(beside) = beside {
                *unit = (beside, tree.node(beside).end);
            }
        }
        out.retain(|&(place, _)| tree.node(place).parent == parent);
    }
    out.dedup();
    out
}

/// Lets each stretch reach back to the row above it, or on to the next stretch, where the times or the words stand there.
fn reach(tree: &Tree, runs: &Runs, units: &mut [(Place, Place)]) {
    let run_at = |place: Place| runs.runs.partition_point(|run| run.nodes.start < place);
    let timed = |start: Place, end: Place| {
        has_time(tree, runs, start, end, &runs.runs[run_at(start)..run_at(end).max(run_at(start))])
    };
    let most = |count: usize| count * 10 >= units.len() * 7;
    let parent = tree.node(units[0].0).parent;
    if units.iter().any(|&(place, _)| tree.node(place).parent != parent) {
        return;
    }
    let words = |start: Place, end: Place| -> u32 {
        runs.runs[run_at(start)..run_at(end).max(run_at(start))].iter().map(|run| run.words).sum()
    };
    let full = |start: Place, end: Place| timed(start, end) && words(start, end) >= 6;
    if most(units.iter().filter(|&&(start, end)| full(start, end)).count()) {
        return;
    }
    // What stands between two stretches, and as much of it before the first.
    let gap = |at: usize| (units[at].1, units[at + 1].0);
    let elements = |from: Place, to: Place| {
        let mut count = 0;
        let mut at = from;
        while at < to {
            count += usize::from(tree.tag(at) != Tag::Text);
            at = tree.node(at).end.max(at + 1);
        }
        count
    };
    let between = elements(gap(0).0, gap(0).1);
    if between == 0 || between > 12 {
        return;
    }
    let mut above: Vec<Place> = tree
        .children(parent)
        .take_while(|&child| child < units[0].0)
        .filter(|&child| tree.tag(child) != Tag::Text)
        .collect();
    let first = above.split_off(above.len().saturating_sub(between)).first().copied();
    let gaps = units.len() - 1;
    let held = (0..gaps).filter(|&at| timed(gap(at).0, gap(at).1)).count();
    let ends_timed = timed(units[gaps].1, tree.node(parent).end);
    if held * 10 < gaps * 7 {
        return;
    }
    match first {
        Some(first) if timed(first, units[0].0) && !ends_timed => {
            for at in (1..units.len()).rev() {
                units[at].0 = units[at - 1].1;
            }
            units[0].0 = first;
        }
        _ => {
            for at in 0..gaps {
                units[at].1 = units[at + 1].0;
            }
            let mut rest = units[gaps].1;
            for _ in 0..between {
                if rest < tree.node(parent).end {
                    rest = tree.node(rest).end.max(rest + 1);
                }
            }
            units[gaps].1 = rest.min(tree.node(parent).end);
        }
    }
}

/// Whether some element or short line tells when.
fn has_time(tree: &Tree, runs: &Runs, start: Place, end: Place, own: &[Run]) -> bool {
    const ENOUGH: usize = 400;
    let told =
        (start..end).take(ENOUGH).any(|place| tree.tag(place) != Tag::Text && time_at(tree, place).is_some());
    told || own.iter().take(40).any(|run| {
        let words = runs.words(run);
        run.words <= 24 && (order::find(words).is_some() || is_ago(words))
    })
}

/// "3 hours ago", "vor 2 Jahren": no time that can be told, but one that was.
fn is_ago(words: &str) -> bool {
    let lower = words.to_lowercase();
    let number = lower.bytes().any(|byte| byte.is_ascii_digit());
    const UNITS: &[&str] =
        &["min", "hour", "day", "week", "month", "year", "stunde", "tag", "woche", "monat", "jahr"];
    number
        && (lower.contains(" ago") || lower.contains("vor "))
        && UNITS.iter().any(|unit| lower.contains(unit))
}

/// The line that leads to another page as a headline does.
fn headline<'a>(tree: &Tree, runs: &'a Runs, own: &[Run]) -> Option<&'a str> {
    own.iter().take(12).find_map(|run| {
        let heading = std::iter::once(run.holder).chain(tree.above(run.holder)).take(3);
        let heading = heading.into_iter().any(|at| tree.tag(at).heading().is_some());
        let least = if heading { 2 } else { 4 };
        let linked = run.words >= least && run.linked * 5 >= run.words * 4;
        let anchor = runs.links[run.links.clone()].first().filter(|_| linked)?;
        let href = tree.attribute(anchor.place, Attribute::Href)?;
        let own = href.contains('#') || is_member(href) || href.starts_with("javascript:");
        let time = order::find(&runs.text[anchor.text.clone()]).is_some();
        (!own && !time).then(|| runs.words(run))
    })
}

//! What the labels, pictures and styles near a run say of it: "Related:" above, a picture beside, all in italics.

use super::comments::any_of;
use super::features::Page;
use super::marks::{self, Marks};
use super::runs::{Run, Runs};
use super::tags::Tag;
use super::tree::{Place, Tree};
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// How many numbers the cues of a run are.
pub(crate) const NUMBERS: usize = 43;

/// Labels above other pages that the reader may like, and above what the page says of its makers.
const LABELS: [(&str, usize); 62] = [
    ("related", 0),
    ("you may also", 0),
    ("you might also", 0),
    ("more from", 0),
    ("more in", 0),
    ("more on", 0),
    ("more stories", 0),
    ("more news", 0),
    ("read more", 0),
    ("read next", 0),
    ("read also", 0),
    ("also read", 0),
    ("see also", 0),
    ("see more", 0),
    ("don't miss", 0),
    ("don’t miss", 0),
    ("recommended", 0),
    ("popular", 0),
    ("trending", 0),
    ("latest", 0),
    ("most read", 0),
    ("top stories", 0),
    ("recent ", 0),
    ("up next", 0),
    ("previous", 0),
    ("elsewhere", 0),
    ("editor's picks", 0),
    ("editors' picks", 0),
    ("around the web", 0),
    ("sponsored", 0),
    ("promoted", 0),
    ("in this section", 0),
    ("mehr zum", 0),
    ("lesen sie", 0),
    ("das könnte", 0),
    ("weitere ", 0),
    ("verwandte", 0),
    ("à lire", 0),
    ("lire aussi", 0),
    ("relacionad", 0),
    ("você pode", 0),
    ("leia também", 0),
    ("te puede", 0),
    ("más leíd", 0),
    ("correlati", 0),
    ("leggi anche", 0),
    ("читайте", 0),
    ("по теме", 0),
    ("baca juga", 0),
    ("関連", 0),
    ("相关", 0),
    ("about ", 1),
    ("media contact", 1),
    ("press contact", 1),
    ("contact", 1),
    ("for more information", 1),
    ("notes to editors", 1),
    ("disclaimer", 1),
    ("disclosure", 1),
    ("über ", 1),
    ("comment", 2),
    ("share", 2),
];

static SOUGHT: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(LABELS.iter().map(|(label, _)| label)));

/// Marks that tell where an article is over.
const ENDS: [Marks; 7] = [
    marks::RELATED,
    marks::COMMENT,
    marks::SHARE,
    marks::TAGS,
    marks::ASKING,
    marks::BYLINE,
    marks::AD | marks::FOOTER,
];

/// Farther than this is far.
const FAR: usize = 40;

/// The cues of a page.
pub(crate) struct Cues {
    /// For each run and each sort of label, the last run before it that is one.
    labels: Vec<[Option<u32>; 3]>,
    /// For each run and each of [`ENDS`], how many runs ago one so marked stood.
    ends: Vec<[u8; ENDS.len()]>,
    /// How many pictures stand before each node.
    pictures: Vec<u32>,
    /// The outermost `<article>` elements.
    articles: Vec<Place>,
}

impl Cues {
    pub(crate) fn of(tree: &Tree, runs: &Runs) -> Cues {
        let mut pictures = vec![0u32; tree.nodes.len() + 1];
        for (at, node) in tree.nodes.iter().enumerate() {
            pictures[at + 1] = pictures[at] + u32::from(node.tag == Tag::Img);
        }
        let mut last = [None; 3];
        let mut since = [FAR as u8; ENDS.len()];
        let (mut labels, mut ends) = (Vec::new(), Vec::new());
        for (index, run) in runs.runs.iter().enumerate() {
            labels.push(last);
            let words = runs.words(run);
            if run.words <= 8 && words.len() <= 80 {
                for found in SOUGHT.find_iter(words).filter(|found| found.start() < 16) {
                    last[LABELS[found.pattern().as_usize()].1] = Some(index as u32);
                }
            }
            let near = near(tree, runs, run);
            for (since, mark) in since.iter_mut().zip(ENDS) {
                *since = if near & mark == 0 { (*since + 1).min(FAR as u8) } else { 0 };
            }
            ends.push(since);
        }
        let mut articles: Vec<Place> = Vec::new();
        for at in 0..tree.nodes.len() as Place {
            let inside = articles.last().is_some_and(|&last| tree.holds(last, at));
            if tree.tag(at) == Tag::Article && !inside {
                articles.push(at);
            }
        }
        Cues { labels, ends, pictures, articles }
    }

    /// The cues of run `index`.
    pub(crate) fn numbers(&self, page: &Page<'_>, index: usize, mut put: impl FnMut(f32)) {
        let (tree, runs) = (page.tree(), page.runs());
        let run = &runs.runs[index];
        for label in self.labels[index] {
            match label {
                Some(label) => {
                    put((index - label as usize).min(FAR) as f32);
                    put(page.apart(runs.runs[label as usize].holder, run.holder).min(9) as f32);
                }
                None => [FAR as f32 + 1.0, 10.0].into_iter().for_each(&mut put),
            }
        }
        self.ends[index].iter().for_each(|&since| put(f32::from(since)));
        let pictures = |from: Place, to: Place| self.pictures[to as usize] - self.pictures[from as usize];
        let before = index.checked_sub(1).map_or(0, |at| runs.runs[at].nodes.end).min(run.nodes.start);
        put(pictures(before, run.nodes.start).min(4) as f32);
        let mut at = run.holder;
        for _ in 0..3 {
            at = tree.node(at).parent;
            let count = page.runs_in(at).max(1);
            put(pictures(at, tree.node(at).end) as f32 / count as f32);
        }
        let path = |at: Option<usize>| at.and_then(|at| runs.runs.get(at)).map(|run| page.path(run.holder));
        let own = path(Some(index));
        let (two, one) = (path(index.checked_sub(2)), path(index.checked_sub(1)));
        let (next, after) = (path(Some(index + 1)), path(Some(index + 2)));
        for same in [one == own, next == own, two == own, after == own, one == next && one.is_some()] {
            put(f32::from(u8::from(same)));
        }
        let (slanted, strong) = styles(tree, run);
        put(slanted);
        put(strong);
        let words = runs.words(run);
        put(run.links.len().min(20) as f32);
        let letters = |c: Option<char>| c.is_some_and(char::is_lowercase);
        put(f32::from(u8::from(letters(words.chars().next()))));
        put(f32::from(u8::from(words.ends_with(':'))));
        put(f32::from(u8::from(words.ends_with("...") || words.ends_with('…') || words.ends_with("[…]"))));
        put(f32::from(u8::from(words.ends_with('?'))));
        put(words.bytes().filter(|byte| matches!(byte, b'|' | b'/')).count().min(9) as f32);
        put(f32::from(u8::from(words.contains(['"', '“', '”', '«', '„']))));
        put(words.len() as f32 / run.words.max(1) as f32);
        put(f32::from(u8::from(words.contains('\n'))));
        put(f32::from(u8::from(year(words))));
        // Of several articles on a page, the one with the headline is meant.
        let article = std::iter::once(run.holder)
            .chain(tree.above(run.holder))
            .filter(|&place| tree.tag(place) == Tag::Article)
            .last();
        put(match (article, page.title_at()) {
            (None, _) => 0.0,
            (Some(_), None) => 1.0,
            (Some(article), Some(title)) if tree.holds(article, title) => 2.0,
            _ => 3.0,
        });
        put(article.map_or(0, |article| self.articles.partition_point(|&at| at < article)).min(20) as f32);
        put(self.articles.len().min(20) as f32);
        for word in page.told() {
            put(word);
        }
        put(page.told_of(words));
    }
}

/// The marks of a run's holder and of the two around it.
fn near(tree: &Tree, runs: &Runs, run: &Run) -> Marks {
    let places = std::iter::once(run.holder).chain(tree.above(run.holder)).take(3);
    places.fold(0, |marks, place| marks | runs.own[place as usize])
}

/// Which shares of a run's characters are slanted and bold.
fn styles(tree: &Tree, run: &Run) -> (f32, f32) {
    let (mut all, mut slanted, mut strong) = (0, 0, 0);
    for at in run.nodes.clone().filter(|&at| tree.tag(at) == Tag::Text) {
        let length = tree.characters(at).trim().len();
        all += length;
        for place in tree.above(at).take_while(|&place| place != run.holder).take(6) {
            match tree.tag(place) {
                Tag::I | Tag::Em | Tag::Cite => slanted += length,
                Tag::B | Tag::Strong => strong += length,
                _ => continue,
            }
            break;
        }
    }
    let share = |part: usize| if all == 0 { 0.0 } else { part as f32 / all as f32 };
    (share(slanted), share(strong))
}

/// Whether a short text names a year, as datelines do.
fn year(words: &str) -> bool {
    words.len() < 80
        && words
            .split(|c: char| !c.is_ascii_digit())
            .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

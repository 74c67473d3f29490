//! What the reader looks at to tell whether a run of words belongs to the article.

use super::comments::any_of;
use super::cues::{self, Cues};
use super::marks::{self, MARKS, Marks};
use super::runs::{Run, Runs};
use super::tags::{Attribute, Tag};
use super::tree::{Place, Tree};
use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

/// Numbers that describe a run beside its marks.
const NUMBERS: usize = 80;

/// How many features a run has: numbers, then the marks near it, then the marks of all that holds it.
pub(crate) const FEATURES: usize = NUMBERS + 2 * MARKS + cues::NUMBERS;

/// The features of one run.
pub(crate) type Features = [f32; FEATURES];

/// What is the same for the whole page.
pub(crate) struct Page<'a> {
    tree: &'a Tree,
    runs: &'a Runs,
    facts: Vec<Fact>,
    /// Words, linked words, words of good runs and runs before each node.
    before: Vec<[u32; 4]>,
    /// A hash of the names of all elements that hold a node.
    paths: Vec<u64>,
    by_path: FxHashMap<u64, [u32; 3]>,
    repeated: FxHashMap<u64, u32>,
    /// How often each run's words stood on the page before it.
    again: Vec<u32>,
    /// How many elements have each path.
    alike: FxHashMap<u64, u32>,
    best: Place,
    /// The first and last good run inside the best holder.
    first_good: usize,
    last_good: usize,
    good: Vec<bool>,
    total_good: u32,
    headline: Option<usize>,
    title_at: Option<Place>,
    /// The run that the page's summary repeats.
    summed_up: Option<usize>,
    cues: Cues,
    told_share: f32,
    told_length: usize,
    headline_words: FxHashSet<u64>,
}

/// What the page says of its article elsewhere than in its text.
#[derive(Default)]
pub(crate) struct Said<'a> {
    /// The article's text by the page's structured data, as [`letters_of`] gives it.
    pub(crate) body: &'a str,
    /// The page's own summary of itself, likewise.
    pub(crate) summary: &'a str,
    /// The heading that is the headline.
    pub(crate) title_at: Option<Place>,
    /// The headline and the summary as they are.
    pub(crate) headline: &'a str,
    pub(crate) told: &'a str,
}

/// What is asked of the words of a run, once.
struct Fact {
    stops: u32,
    ends: bool,
    upper: bool,
    capitals: f32,
    digits: f32,
    letters: f32,
    phrases: u32,
    hash: u64,
    in_data: bool,
}

/// Phrases of the frame around articles, in lower case. Each is rare in running text.
const PHRASES: [&str; 40] = [
    "copyright",
    "©",
    "all rights reserved",
    "read more",
    "sign up",
    "advertisement",
    "subscribe",
    "click here",
    "newsletter",
    "follow us",
    "follow ",
    "share this",
    "terms of",
    "privacy policy",
    "cookie",
    "log in",
    "sign in",
    "read next",
    "related:",
    "see also",
    "photo:",
    "getty images",
    "image:",
    "more from",
    "more:",
    "read:",
    "also read",
    "also:",
    "watch:",
    "contributed to this",
    "reach ",
    "contact ",
    "@",
    "comments",
    "updated",
    "published",
    "posted",
    "by ",
    "filed under",
    "tags:",
];

static SOUGHT: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(PHRASES));

fn fact(words: &str, data: &str, normal: &mut String) -> Fact {
    let mut hasher = FxHasher::default();
    words.hash(&mut hasher);
    let (mut stops, mut capitals, mut digits, mut letters) = (0, 0u32, 0u32, 0u32);
    for byte in words.bytes() {
        match byte {
            b'.' | b',' | b';' | b'!' | b'?' => stops += 1,
            b'A'..=b'Z' => capitals += 1,
            b'0'..=b'9' => digits += 1,
            b'a'..=b'z' => letters += 1,
            0x80.. => letters += 1,
            _ => {}
        }
    }
    let phrases = if words.len() < 400 {
        let found = SOUGHT.find_overlapping_iter(words);
        found.fold(0u64, |found, phrase| found | 1 << phrase.pattern().as_u32()).count_ones()
    } else {
        0
    };
    normal.clear();
    letters_of(words, 48, normal);
    let in_data = !data.is_empty()
        && normal.len() >= 12
        && memchr::memmem::find(data.as_bytes(), normal.as_bytes()).is_some();
    let whole = words.len().max(1) as f32;
    let last = words.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
    Fact {
        stops,
        ends: last.ends_with(['.', '!', '?', ':', '…', '。', '！', '？']),
        upper: words.chars().next().is_some_and(|c| c.is_uppercase() || matches!(c, '"' | '“' | '\'' | '‘')),
        capitals: capitals as f32 / whole,
        digits: digits as f32 / whole,
        letters: letters as f32 / whole,
        phrases,
        hash: hasher.finish(),
        in_data,
    }
}

/// Adds the letters and digits of a text, in lower case, up to `cap` bytes: two renderings of one text look the same.
pub(crate) fn letters_of(text: &str, cap: usize, out: &mut String) {
    for c in text.chars() {
        if out.len() >= cap {
            return;
        }
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                out.push(c.to_ascii_lowercase());
            }
        } else if c.is_alphanumeric() {
            out.push(c);
        }
    }
}

/// Hashes of a text's longer words, by which two texts are seen to speak of the same.
pub(crate) fn content_words(text: &str) -> impl Iterator<Item = u64> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 5).map(|word| {
        let mut hasher = FxHasher::default();
        word.chars().take(8).for_each(|c| hasher.write_u32(u32::from(c.to_ascii_lowercase())));
        hasher.finish()
    })
}

const FRAME: Marks = marks::COMMENT | marks::NAV | marks::FOOTER | marks::RELATED | marks::AD | marks::UNSEEN;

impl<'a> Page<'a> {
    /// Looks at the whole page, and at what it says of itself.
    pub(crate) fn of(tree: &'a Tree, runs: &'a Runs, said: &Said<'_>) -> Page<'a> {
        let data = said.body;
        let mut normal = String::new();
        let facts: Vec<Fact> = runs.runs.iter().map(|run| fact(runs.words(run), data, &mut normal)).collect();
        let good: Vec<bool> = runs
            .runs
            .iter()
            .zip(&facts)
            .map(|(run, fact)| {
                // Chinese and Japanese write whole paragraphs as one word.
                let long = run.words >= 12 || run.text.len() >= 100;
                long && run.linked * 3 < run.words && fact.stops > u32::from(run.text.len() > 300)
                    || (run.text.len() >= 90 && run.linked == 0 && fact.ends)
            })
            .collect();
        let mut before = vec![[0u32; 4]; tree.nodes.len() + 1];
        for (run, &good) in runs.runs.iter().zip(&good) {
            let slot = &mut before[run.nodes.start as usize + 1];
            slot[0] += run.words;
            slot[1] += run.linked;
            slot[2] += if good { run.words } else { 0 };
            slot[3] += 1;
        }
        for at in 1..before.len() {
            let above = before[at - 1];
            before[at].iter_mut().zip(above).for_each(|(sum, above)| *sum += above);
        }
        let paths = paths(tree);
        let (mut by_path, mut repeated): (FxHashMap<u64, [u32; 3]>, FxHashMap<u64, u32>) = Default::default();
        let mut again = Vec::with_capacity(facts.len());
        let mut alike: FxHashMap<u64, u32> = FxHashMap::default();
        paths.iter().filter(|&&path| path != 0).for_each(|&path| *alike.entry(path).or_default() += 1);
        for ((run, fact), &good) in runs.runs.iter().zip(&facts).zip(&good) {
            let sums = by_path.entry(paths[run.holder as usize]).or_default();
            sums[0] += run.words;
            sums[1] += if good { run.words } else { 0 };
            sums[2] += 1;
            let count = repeated.entry(fact.hash).or_default();
            again.push(*count);
            *count += 1;
        }
        let summed_up = summed_up(runs, said.summary);
        let best = best(tree, runs, &good, &facts, summed_up);
        let inside = |index: usize| tree.holds(best, runs.runs[index].holder);
        let first_good = (0..good.len()).find(|&index| good[index] && inside(index)).unwrap_or(0);
        let last_good = (0..good.len()).rev().find(|&index| good[index] && inside(index)).unwrap_or(0);
        let headline = (0..runs.runs.len()).find(|&index| {
            let run = &runs.runs[index];
            tree.tag(run.holder) == Tag::H1 && run.words >= 3
        });
        let headline = match said.title_at {
            Some(at) => Some(runs.runs.partition_point(|run| run.nodes.start < at)),
            None => headline,
        };
        let told = |index: &usize| good[*index] && facts[*index].in_data;
        let told_share = (0..good.len()).filter(told).count() as f32
            / good.iter().filter(|good| **good).count().max(1) as f32;
        let headline_words = content_words(said.headline).chain(content_words(said.told)).take(200).collect();
        let total_good = before.last().map_or(0, |sums| sums[2]);
        Page {
            tree,
            runs,
            facts,
            before,
            paths,
            by_path,
            repeated,
            again,
            alike,
            best,
            first_good,
            last_good,
            good,
            total_good,
            headline,
            title_at: said.title_at,
            summed_up,
            cues: Cues::of(tree, runs),
            told_share,
            told_length: data.len(),
            headline_words,
        }
    }

    /// The element that holds most of the running text.
    pub(crate) fn best(&self) -> Place {
        self.best
    }

    /// A hash of the names and classes of all elements down to this one.
    pub(super) fn path(&self, place: Place) -> u64 {
        self.paths[place as usize]
    }

    pub(super) fn tree(&self) -> &'a Tree {
        self.tree
    }

    pub(super) fn runs(&self) -> &'a Runs {
        self.runs
    }

    pub(super) fn title_at(&self) -> Option<Place> {
        self.title_at
    }

    /// How many runs stand in an element.
    pub(super) fn runs_in(&self, place: Place) -> u32 {
        self.sums(place)[3]
    }

    /// How much of the running text the page's structured data has, and how long its text there is.
    pub(super) fn told(&self) -> [f32; 2] {
        [self.told_share, libm::logf(self.told_length as f32 + 1.0)]
    }

    /// Which share of a text's longer words stand in the headline or the summary.
    pub(super) fn told_of(&self, words: &str) -> f32 {
        let (mut all, mut known) = (0, 0);
        for word in content_words(words).take(60) {
            all += 1;
            known += u32::from(self.headline_words.contains(&word));
        }
        if all == 0 { 0.0 } else { known as f32 / all as f32 }
    }

    fn sums(&self, place: Place) -> [u32; 4] {
        let (from, to) = (&self.before[place as usize], &self.before[self.tree.node(place).end as usize]);
        [to[0] - from[0], to[1] - from[1], to[2] - from[2], to[3] - from[3]]
    }

    /// The features of run `index`.
    pub(crate) fn features(&self, index: usize) -> Features {
        let mut out = [0f32; FEATURES];
        let (tree, runs) = (self.tree, self.runs);
        let run = &runs.runs[index];
        let fact = &self.facts[index];
        let mut next = 0;
        let mut put = |value: f32| {
            out[next] = value;
            next += 1;
        };
        let flag = |yes: bool| f32::from(u8::from(yes));
        let log = |count: u32| libm::logf(count as f32 + 1.0);
        let share = |part: u32, whole: u32| if whole == 0 { 0.0 } else { part as f32 / whole as f32 };
        put(log(run.words));
        put(log(run.text.len() as u32));
        put(share(run.linked, run.words));
        put(share(fact.stops, run.words));
        put(log(fact.stops));
        put(flag(fact.ends));
        put(flag(fact.upper));
        put(fact.capitals);
        put(fact.digits);
        put(fact.letters);
        put(fact.phrases as f32);
        put(flag(fact.in_data));
        put(self.repeated.get(&fact.hash).map_or(0.0, |&count| (count as f32).min(5.0)));
        let tag = tree.tag(run.holder);
        put(flag(tag == Tag::P));
        put(flag(matches!(tag, Tag::Li | Tag::Dd | Tag::Dt)));
        put(flag(matches!(tag, Tag::Td | Tag::Th)));
        put(tag.heading().map_or(0.0, f32::from));
        put(flag(tag == Tag::Div));
        let mut has = [false; 12];
        let mut depth = 0u32;
        for place in std::iter::once(run.holder).chain(tree.above(run.holder)) {
            depth += 1;
            let slot = match tree.tag(place) {
                Tag::Blockquote => 0,
                Tag::Figure | Tag::Figcaption => 1,
                Tag::Article => 2,
                Tag::Main => 3,
                Tag::Aside => 4,
                Tag::Header => 5,
                Tag::Footer => 6,
                Tag::Nav => 7,
                Tag::Form => 8,
                Tag::Table => 9,
                Tag::Li => 10,
                Tag::Section => 11,
                _ => continue,
            };
            has[slot] = true;
        }
        has.iter().for_each(|&yes| put(flag(yes)));
        put(depth as f32);
        let inside = tree.holds(self.best, run.holder);
        put(flag(inside));
        let (levels, common) = self.levels(run.holder);
        put(if inside { levels as f32 } else { -(levels as f32) });
        put(common as f32);
        let best = self.sums(self.best);
        put(share(best[2], self.total_good));
        put(log(best[2]));
        put(log(self.total_good));
        put(index as f32 / runs.runs.len() as f32);
        put((index as f32 - self.first_good as f32).clamp(-50.0, 200.0));
        put((self.last_good as f32 - index as f32).clamp(-200.0, 200.0));
        put(self.headline.map_or(-100.0, |at| (index as f32 - at as f32).clamp(-99.0, 200.0)));
        let mut up = run.holder;
        for _ in 0..3 {
            up = tree.node(up).parent;
            let sums = self.sums(up);
            put(share(sums[1], sums[0]));
            put(share(sums[2], sums[0]));
            put(share(sums[2], self.total_good));
        }
        let path = self.by_path.get(&self.paths[run.holder as usize]).copied().unwrap_or_default();
        put(log(path[0]));
        put(share(path[1], path[0]));
        put(share(path[1], self.total_good));
        put(log(path[2]));
        for other in [index.wrapping_sub(1), index + 1, index + 2] {
            match runs.runs.get(other) {
                Some(other_run) => {
                    put(log(other_run.words));
                    put(share(other_run.linked, other_run.words));
                    put(flag(self.good[other]) + flag(tree.holds(self.best, other_run.holder)));
                }
                None => (0..3).for_each(|_| put(-1.0)),
            }
        }
        let gap = |found: Option<usize>| found.map_or(12.0, |at| at.abs_diff(index) as f32);
        put(gap((index.saturating_sub(12)..index).rev().find(|&at| self.good[at])));
        put(gap((index + 1..runs.runs.len().min(index + 13)).find(|&at| self.good[at])));
        put((self.again[index] as f32).min(5.0));
        // Lists of teasers repeat their elements, articles do not.
        let mut up = run.holder;
        let mut titled = 0.0;
        for level in 0..5 {
            put(log(self.alike.get(&self.paths[up as usize]).copied().unwrap_or(0)));
            if level > 0 && level < 4 && titled == 0.0 {
                titled = if self.has_linked_heading(up) { level as f32 } else { 0.0 };
            }
            up = tree.node(up).parent;
        }
        put(titled);
        put(self.title_at.map_or(-1.0, |title| self.apart(run.holder, title) as f32));
        put(self.title_at.map_or(-1.0, |title| self.apart(title, run.holder) as f32));
        let summed_up = self.summed_up.map(|at| (at, runs.runs[at].holder));
        put(summed_up.map_or(-300.0, |(at, _)| (index as f32 - at as f32).clamp(-99.0, 200.0)));
        put(summed_up.map_or(-1.0, |(_, holder)| self.apart(run.holder, holder) as f32));
        debug_assert!(next <= NUMBERS - 2, "{next}");
        let mut near = 0;
        for place in std::iter::once(run.holder).chain(tree.above(run.holder)).take(3) {
            near |= runs.own[place as usize];
        }
        // Marks on what the run shares with the best holder tell nothing; those below it do.
        let (mut below, mut articles, mut asides) = (0, 0u32, 0u32);
        let mut at = run.holder;
        while at != self.best && !tree.holds(at, self.best) {
            below |= runs.own[at as usize];
            articles += u32::from(tree.tag(at) == Tag::Article);
            asides += u32::from(matches!(tree.tag(at), Tag::Aside | Tag::Nav | Tag::Footer | Tag::Form));
            at = tree.node(at).parent;
        }
        let all = below;
        out[NUMBERS - 2] = articles as f32;
        out[NUMBERS - 1] = asides as f32;
        for bit in 0..MARKS {
            out[NUMBERS + bit] = f32::from(near >> bit & 1 == 1);
            out[NUMBERS + MARKS + bit] = f32::from(all >> bit & 1 == 1);
        }
        let mut next = NUMBERS + 2 * MARKS;
        self.cues.numbers(self, index, |value| {
            out[next] = value;
            next += 1;
        });
        debug_assert!(next <= FEATURES, "{next}");
        out
    }

    /// How many levels above `from` the element stands that holds both it and `other`.
    pub(super) fn apart(&self, from: Place, other: Place) -> u32 {
        let mut levels = 0;
        let mut at = from;
        while !self.tree.holds(at, other) && at != Tree::PAGE {
            at = self.tree.node(at).parent;
            levels += 1;
        }
        levels
    }

    /// Whether a small element has a heading that is one link, as teasers do.
    fn has_linked_heading(&self, place: Place) -> bool {
        self.tree.inside(place).take(40).any(|inner| {
            self.tree.tag(inner).heading().is_some() && {
                let sums = self.sums(inner);
                sums[0] > 0 && sums[1] >= sums[0]
            }
        })
    }

    /// How many levels a holder stands below the best holder, or below what holds both; and how deep that is.
    fn levels(&self, holder: Place) -> (u32, u32) {
        let mut levels = 0;
        let mut at = holder;
        while !self.tree.holds(at, self.best) && !self.tree.holds(self.best, at) {
            at = self.tree.node(at).parent;
            levels += 1;
        }
        if self.tree.holds(self.best, at) {
            let inner = self.tree.above(holder).take_while(|&place| place > self.best).count() as u32;
            return (inner + u32::from(holder != self.best), 0);
        }
        // How far the best holder stands below the one that holds both.
        let below = self.tree.above(self.best).take_while(|&place| place != at).count() as u32 + 1;
        (levels, below)
    }
}

/// A hash of the names and classes of all elements from the page down to each one.
fn paths(tree: &Tree) -> Vec<u64> {
    let mut out = vec![0u64; tree.nodes.len()];
    for place in 1..tree.nodes.len() {
        let node = tree.nodes[place];
        if node.tag == Tag::Text {
            continue;
        }
        let mut hasher = FxHasher::default();
        out[node.parent as usize].hash(&mut hasher);
        (node.tag as u8).hash(&mut hasher);
        tree.attribute(place as Place, Attribute::Class).hash(&mut hasher);
        out[place] = hasher.finish();
    }
    out
}

/// The first long run that begins like the page's summary of itself.
fn summed_up(runs: &Runs, summary: &str) -> Option<usize> {
    const ENOUGH: usize = 24;
    if summary.len() < ENOUGH {
        return None;
    }
    let end = (0..=summary.len().min(40)).rev().find(|&at| summary.is_char_boundary(at))?;
    let start = &summary[..end];
    let mut normal = String::new();
    (0..runs.runs.len()).find(|&index| {
        let run = &runs.runs[index];
        if run.words < 8 && run.text.len() < 60 {
            return false;
        }
        normal.clear();
        letters_of(runs.words(run), 400, &mut normal);
        normal.contains(start)
    })
}

/// The element whose children and grandchildren have most of the running text (Readability's rule, with words
/// counted in place of its points).
fn best(tree: &Tree, runs: &Runs, good: &[bool], facts: &[Fact], summed_up: Option<usize>) -> Place {
    let mut scores: FxHashMap<Place, f32> = FxHashMap::default();
    for (index, run) in runs.runs.iter().enumerate() {
        let stands_out = summed_up == Some(index);
        if !(good[index] || stands_out)
            || runs.all[run.nodes.start as usize] & FRAME & !(marks::RELATED | marks::AD) != 0
        {
            continue;
        }
        let weight = run.words.max(run.text.len() as u32 / 12).min(120) as f32
            * if facts[index].in_data { 1.5 } else { 1.0 };
        let weight = weight * if stands_out { 3.0 } else { 1.0 };
        let mut weight = weight * if runs.own[run.holder as usize] & marks::CAPTION != 0 { 0.3 } else { 1.0 };
        let words =
            matches!(tree.tag(run.holder), Tag::P | Tag::Li | Tag::Blockquote | Tag::H2 | Tag::H3 | Tag::Pre);
        let mut at = if words { tree.node(run.holder).parent } else { run.holder };
        for _ in 0..4 {
            *scores.entry(at).or_default() += weight;
            weight *= 0.6;
            at = tree.node(at).parent;
        }
    }
    scores
        .into_iter()
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        .map_or(Tree::PAGE, |(place, _)| place)
}

/// Whether a run is in running text by itself.
pub(crate) fn is_frame(runs: &Runs, run: &Run) -> bool {
    runs.all[run.nodes.start as usize] & FRAME != 0
}

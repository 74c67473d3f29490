//! Which words of a page are its headline.

use super::apart::Apart;
use super::marks;
use super::runs::Runs;
use super::tags::{Attribute, Tag};
use super::tree::{Place, Tree};

/// Most headings that are looked at, of each level.
const MOST: usize = 24;

/// Headings of the two upper levels, with their words.
#[derive(Default)]
pub(super) struct Headings {
    all: Vec<(Place, bool, String)>,
    counts: [usize; 2],
}

impl Headings {
    pub(super) fn take(&mut self, tree: &Tree, place: Place) {
        let first = tree.tag(place) == Tag::H1;
        let count = &mut self.counts[usize::from(first)];
        if *count < MOST {
            *count += 1;
            let words = tree.words(place, 400);
            if !words.is_empty() {
                self.all.push((place, first, words));
            }
        }
    }
}

/// What a page calls itself in its head.
pub(super) struct Called<'a> {
    /// By its structured data and its `<meta>` elements.
    pub(super) names: &'a [&'a str],
    /// In its `<title>`.
    pub(super) title: &'a str,
    pub(super) site: Option<&'a str>,
    pub(super) section: Option<&'a str>,
}

/// The headline, and the element that shows it. A heading that the page's own title speaks of is it; else a heading of
/// the first level that readers see, though search engines are told another; else that title without the outlet's name.
pub(super) fn read(
    tree: &Tree,
    runs: &Runs,
    apart: &[Apart],
    headings: &Headings,
    called: &Called<'_>,
) -> (Option<String>, Option<Place>) {
    let page = Page { tree, runs, apart, called };
    let likeness = |(place, first, words): &(Place, bool, String)| {
        let named = called.names.iter().map(|name| overlap(words, name)).fold(0.0, f32::max);
        let like = named.max(overlap(words, called.title) * 0.99);
        // A short headline is the smaller part of a title with a long name of an outlet after it.
        let begins = like < 0.6 && *first && page.begins_title(*place, words);
        if begins { 0.6 } else { like }
    };
    let alike = headings
        .all
        .iter()
        .map(|heading| (likeness(heading), heading))
        .filter(|(like, _)| *like >= 0.6)
        .map(|(like, heading)| (if heading.1 { like + 0.02 } else { like }, heading))
        .reduce(|a, b| if b.0 > a.0 + 1e-6 { b } else { a });
    if let Some((_, (place, _, words))) = alike {
        return (Some(words.clone()), Some(*place));
    }
    let mut seen = headings.all.iter().filter(|(place, first, words)| *first && page.shows(*place, words));
    // Where there are several, none is the headline of the page.
    if let (Some((place, _, words)), None) = (seen.next(), seen.next()) {
        return (Some(words.clone()), Some(*place));
    }
    let cut = match called.names.first() {
        // What the page calls itself is only cut by a name that is known.
        Some(name) if called.site.is_none() => name.trim().to_owned(),
        Some(name) => without_site(name, called.site),
        None => without_site(called.title, called.site),
    };
    if !cut.is_empty() {
        return (Some(cut), None);
    }
    let first = headings.all.first();
    (first.map(|(_, _, words)| words.clone()), first.map(|(place, _, _)| *place))
}

struct Page<'a> {
    tree: &'a Tree,
    runs: &'a Runs,
    apart: &'a [Apart],
    called: &'a Called<'a>,
}

impl Page<'_> {
    /// Whether a heading of the first level is one of an article, not of the site, a section or what stands beside.
    fn shows(&self, place: Place, words: &str) -> bool {
        let tree = self.tree;
        let letters = |text: &str| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let own = letters(words);
        let is_other = |name: Option<&str>| name.is_some_and(|name| letters(name) == own);
        let within_article = tree.above(place).any(|at| tree.tag(at) == Tag::Article);
        let count = words.split_whitespace().count();
        // Languages without spaces write a whole headline as one word.
        let long = count >= 4 || words.chars().filter(|c| *c > '\u{2e80}').count() >= 6;
        let hidden = self.runs.all[place as usize] & marks::UNSEEN != 0;
        let end_of_title = [" | ", " - ", " – ", " — "]
            .iter()
            .any(|mark| self.called.title.rsplit_once(mark).is_some_and(|(_, end)| letters(end) == own));
        !hidden
            && !end_of_title
            && (long || (within_article && count >= 2))
            && self.apart[place as usize] != Apart::Yes
            && !is_other(self.called.site)
            && !is_other(self.called.section)
            && !self.is_brand(place)
            && !leads_home(tree, place)
    }

    /// Whether a heading is the first part of the page's title, and not the site's name.
    fn begins_title(&self, place: Place, words: &str) -> bool {
        let rest = self.called.title.trim().strip_prefix(words).map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with(['|', '-', '–', '—', '«', '»', '•', ':']))
            && self.called.site.is_none_or(|site| !site.eq_ignore_ascii_case(words))
            && self.apart[place as usize] != Apart::Yes
            && !self.is_brand(place)
            && !leads_home(self.tree, place)
    }

    /// Whether an element, or one just around it, is called the site's own mark.
    fn is_brand(&self, place: Place) -> bool {
        std::iter::once(place).chain(self.tree.above(place).take(2)).any(|at| {
            let mut brand = false;
            for name in [Attribute::Class, Attribute::Id] {
                marks::each_word(self.tree.attribute(at, name).unwrap_or_default(), |word| {
                    brand |= matches!(
                        word,
                        b"logo"
                            | b"brand"
                            | b"branding"
                            | b"masthead"
                            | b"tagline"
                            | b"sitetitle"
                            | b"sitename"
                            | b"blogtitle"
                            | b"siteheader"
                    );
                });
            }
            brand
        })
    }
}

/// Whether a heading is a link to the front page.
fn leads_home(tree: &Tree, place: Place) -> bool {
    let links = tree.inside(place).take(12).chain(tree.above(place).take(2));
    links.filter(|&at| tree.tag(at) == Tag::A).any(|at| {
        tree.attribute(at, Attribute::Href).is_some_and(|href| {
            let path = href
                .split_once("://")
                .map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
            path.trim_matches('/').is_empty()
        })
    })
}

/// The share of words that two titles have in common, by the longer of them.
pub(super) fn overlap(a: &str, b: &str) -> f32 {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(60)
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let common = a.iter().filter(|word| b.contains(word)).count() as f32;
    // A heading that stands whole in the title is the headline, however long the outlet's name after it.
    (common / a.len() as f32)
        * (0.5 + 0.5 * (common / b.len() as f32).min(1.0)).min(1.0)
        * if a.len() < 3 { 0.85 } else { 1.0 }
}

/// A page's title without the outlet's name before or after it.
fn without_site(title: &str, site: Option<&str>) -> String {
    let title = title.trim();
    for mark in [" | ", " – ", " — ", " - ", " :: ", " » ", " « ", " • ", ": "] {
        if let Some((left, right)) = title.rsplit_once(mark) {
            let is_site =
                |words: &str| site.is_some_and(|site| words.trim().eq_ignore_ascii_case(site.trim()));
            if is_site(left) {
                return right.trim().to_owned();
            }
            let shorter = left.split_whitespace().count() >= 3 && right.split_whitespace().count() <= 5;
            if is_site(right) || (site.is_none() && shorter && mark != ": ") {
                return without_site(left, site);
            }
        }
    }
    title.to_owned()
}

//! What a page says of itself: headline, outlet, section, authors, times, language, address.

use super::marks;
use super::runs::Runs;
use super::tags::{Attribute, Tag};
use super::told::Telling;
use super::tree::{Place, Tree};
use crate::document::{byline, letters, notice, stamp};
use sayso_record::{NoticeKind, Stamp, StampOrigin};
use serde_json::Value;

/// What a page says of itself.
#[derive(Default, Debug)]
pub(crate) struct Meta {
    pub(crate) url: Option<String>,
    pub(crate) base: Option<String>,
    pub(crate) site: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) bylines: Vec<String>,
    pub(crate) published: Option<Stamp>,
    pub(crate) modified: Option<Stamp>,
    pub(crate) language: Option<String>,
    /// The article's text, and its comments, by the page's structured data.
    pub(crate) article_body: String,
    /// The page's summary of itself, letters only, and its start as it is.
    pub(crate) summary: String,
    pub(crate) told: String,
    /// Comments, corrections and live-blog entries by the page's structured data.
    pub(crate) telling: Telling,
    /// Whether the structured data calls the page something else than an article.
    pub(crate) kinds: Vec<String>,
    pub(crate) paywalled: bool,
    /// The label of the title, which is a notice and may stand in only one of the places that give the title.
    pub(crate) label: Option<(NoticeKind, String)>,
    /// The element whose words the title was taken from.
    pub(crate) title_at: Option<Place>,
}

impl Meta {
    /// What of this bears on the choice of runs.
    pub(crate) fn said(&self) -> super::features::Said<'_> {
        super::features::Said {
            body: &self.article_body,
            summary: &self.summary,
            title_at: self.title_at,
            headline: self.title.as_deref().unwrap_or_default(),
            told: &self.told,
        }
    }
}

/// Most bytes of structured data that are read from one page.
const MOST_DATA: usize = 4 << 20;

/// Reads what the page says of itself, best source first: structured data, `<meta>`, `<time>`, marked classes.
pub(crate) fn read(tree: &Tree, runs: &Runs) -> Meta {
    let mut meta = Meta::default();
    let mut tags = Tagged::default();
    let mut headings: Vec<(Place, String)> = Vec::new();
    let mut data = 0;
    for place in 0..tree.nodes.len() as Place {
        match tree.tag(place) {
            Tag::Html => meta.language = tree.attribute(place, Attribute::Lang).and_then(language),
            Tag::Base => meta.base = tree.attribute(place, Attribute::Href).map(str::to_owned),
            Tag::Meta => tags.take(tree, place),
            Tag::Link if tree.attribute(place, Attribute::Rel) == Some("canonical") => {
                tags.canonical = tree.attribute(place, Attribute::Href).map(str::to_owned);
            }
            Tag::Title if tags.title.is_empty() => tags.title = tree.words(place, 400),
            Tag::H1 | Tag::H2 if headings.len() < 24 => headings.push((place, tree.words(place, 400))),
            Tag::Script
                if data < MOST_DATA
                    && tree
                        .attribute(place, Attribute::Type)
                        .is_some_and(|kind| kind.contains("ld+json")) =>
            {
                let script = tree.script(place);
                data += script.len();
                structured(script, &mut meta);
            }
            _ => {}
        }
    }
    let stamped = |at: &Option<String>, origin| at.as_deref().and_then(|words| stamp_of(words, origin));
    meta.published = meta.published.take().or_else(|| stamped(&tags.published, StampOrigin::Meta));
    meta.modified = meta.modified.take().or_else(|| stamped(&tags.modified, StampOrigin::Meta));
    meta.site = meta.site.take().or(tags.site.take());
    meta.section = tags.section.take().or(meta.section.take());
    meta.url = tags.canonical.take().or(tags.url.take());
    if meta.language.is_none() {
        meta.language = tags.language.as_deref().and_then(language);
    }
    if meta.bylines.is_empty() {
        meta.bylines = tags
            .authors
            .iter()
            .flat_map(|name| byline::split(name))
            .filter(|name| byline::is_name(name))
            .collect();
    }
    if let Some(summary) = &tags.summary {
        super::features::letters_of(summary, 400, &mut meta.summary);
        meta.told = summary.chars().take(400).collect();
    }
    title(&mut meta, &tags, &headings);
    marked(tree, runs, &mut meta);
    meta.telling.settle();
    meta
}

/// The `<meta>` elements and their like.
#[derive(Default)]
struct Tagged {
    title: String,
    og_title: Option<String>,
    site: Option<String>,
    section: Option<String>,
    authors: Vec<String>,
    published: Option<String>,
    modified: Option<String>,
    language: Option<String>,
    url: Option<String>,
    canonical: Option<String>,
    summary: Option<String>,
}

impl Tagged {
    fn take(&mut self, tree: &Tree, place: Place) {
        let Some(content) =
            tree.attribute(place, Attribute::Content).map(str::trim).filter(|content| !content.is_empty())
        else {
            return;
        };
        let content = &*letters::seen(content);
        let name = [Attribute::Property, Attribute::Name, Attribute::Itemprop]
            .iter()
            .find_map(|&name| tree.attribute(place, name));
        let Some(name) = name else { return };
        let name = name.to_ascii_lowercase();
        let first = |slot: &mut Option<String>| {
            if slot.is_none() {
                *slot = Some(content.to_owned());
            }
        };
        match name.as_str() {
            "og:title" | "twitter:title" | "dc.title" | "sailthru.title" | "parsely-title" | "headline" => {
                first(&mut self.og_title)
            }
            "og:site_name" | "application-name" | "publisher" | "dc.publisher" => first(&mut self.site),
            "article:section" | "section" | "parsely-section" | "sailthru.section" => {
                first(&mut self.section)
            }
            "author"
            | "article:author"
            | "dc.creator"
            | "dcterms.creator"
            | "byl"
            | "parsely-author"
            | "sailthru.author"
            | "og:article:author"
            | "article:author_name"
            | "article.author" => {
                let address =
                    content.contains("://") || content.starts_with('@') || content.starts_with("www.");
                if !address && self.authors.is_empty() {
                    self.authors.push(content.to_owned());
                }
            }
            "article:published_time"
            | "og:article:published_time"
            | "datepublished"
            | "date"
            | "dc.date"
            | "dc.date.issued"
            | "dcterms.date"
            | "dcterms.created"
            | "pubdate"
            | "publishdate"
            | "publish-date"
            | "parsely-pub-date"
            | "sailthru.date"
            | "og:pubdate"
            | "article.published"
            | "originalpublicationdate"
            | "citation_publication_date"
            | "ptime"
            | "displaydate"
            | "cxenseparse:recs:publishtime"
            | "timestamp"
            | "datecreated"
            | "created" => {
                first(&mut self.published);
            }
            "article:modified_time"
            | "og:updated_time"
            | "datemodified"
            | "lastmod"
            | "last-modified"
            | "dcterms.modified"
            | "article.updated"
            | "utime" => {
                first(&mut self.modified);
            }
            "language" | "og:locale" | "content-language" | "dc.language" | "inlanguage" => {
                first(&mut self.language)
            }
            "description" | "og:description" | "twitter:description" => first(&mut self.summary),
            "og:url" => first(&mut self.url),
            _ => {}
        }
    }
}

fn language(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let fits =
        (2..=20).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (fits && tag.as_bytes()[..2].iter().all(u8::is_ascii_alphabetic)).then_some(tag)
}

pub(super) fn stamp_of(words: &str, origin: StampOrigin) -> Option<Stamp> {
    let at = stamp::read(words)?;
    Some(Stamp { at, words: words.chars().take(100).collect(), origin })
}

/// Structured data in a script (JSON-LD), sound or nearly so.
fn structured(script: &str, meta: &mut Meta) {
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
    let script =
        script.trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim().trim_end_matches(';');
    let value: Value = match serde_json::from_str(script) {
        Ok(value) => value,
        // Raw line ends inside strings are the usual fault.
        Err(_) => match serde_json::from_str(&script.replace(['\n', '\r', '\t'], " ")) {
            Ok(value) => value,
            Err(_) => return,
        },
    };
    // serde_json refuses values nested deeper than 128, so this walk cannot run away.
    let mut waiting: Vec<&Value> = vec![&value];
    let mut seen = 0;
    while let Some(value) = waiting.pop() {
        seen += 1;
        if seen > 20_000 {
            return;
        }
        match value {
            Value::Array(items) => waiting.extend(items.iter().rev()),
            Value::Object(object) => {
                let kind = value.get("@type").map(kinds).unwrap_or_default();
                let article = kind.iter().any(|kind| is_article(kind));
                if article {
                    article_data(value, meta);
                } else if kind.iter().any(|kind| kind == "CorrectionComment") {
                    meta.telling.corrections(Some(value));
                } else if kind.iter().any(|kind| kind == "Comment") {
                    meta.telling.comment(value);
                } else if kind.iter().any(|kind| kind == "WebSite") && meta.site.is_none() {
                    meta.site = text_of(value.get("name"));
                }
                if meta.kinds.len() < 16 {
                    meta.kinds.extend(kind);
                }
                // What an article's lists hold is read with the article; only these hold articles.
                waiting.extend(
                    ["@graph", "mainEntity", "mainEntityOfPage"].iter().filter_map(|&key| object.get(key)),
                );
            }
            _ => {}
        }
    }
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article")
        || kind.ends_with("Posting")
        || matches!(kind, "Report" | "Review" | "ClaimReview" | "OpinionPiece")
}

fn kinds(value: &Value) -> Vec<String> {
    match value {
        Value::String(kind) => vec![kind.rsplit('/').next().unwrap_or(kind).to_owned()],
        Value::Array(items) => items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

fn article_data(value: &Value, meta: &mut Meta) {
    let stamp = |key: &str| {
        value.get(key).and_then(Value::as_str).and_then(|words| stamp_of(words, StampOrigin::JsonLd))
    };
    meta.title =
        meta.title.take().or_else(|| text_of(value.get("headline")).or_else(|| text_of(value.get("name"))));
    meta.published =
        meta.published.take().or_else(|| stamp("datePublished")).or_else(|| stamp("dateCreated"));
    meta.modified = meta.modified.take().or_else(|| stamp("dateModified"));
    meta.site = meta.site.take().or_else(|| text_of(value.get("publisher")));
    meta.section = meta.section.take().or_else(|| text_of(value.get("articleSection")));
    if meta.bylines.is_empty() {
        names(value.get("author").or_else(|| value.get("creator")), &mut meta.bylines);
    }
    if meta.article_body.is_empty()
        && let Some(body) = value.get("articleBody").and_then(Value::as_str)
    {
        super::features::letters_of(body, 1 << 20, &mut meta.article_body);
    }
    if value
        .get("isAccessibleForFree")
        .is_some_and(|free| matches!(free.as_str(), Some("False" | "false")) || free == &Value::Bool(false))
    {
        meta.paywalled = true;
    }
    meta.telling.comments(value);
    meta.telling.corrections(value.get("correction"));
    meta.telling.entries(value);
}

/// A text, or the name of a thing; of several, the first.
pub(super) fn text_of(value: Option<&Value>) -> Option<String> {
    let words = match value? {
        Value::String(words) => words.as_str(),
        Value::Array(items) => return text_of(items.first()),
        thing @ Value::Object(_) => return text_of(thing.get("name")),
        _ => return None,
    };
    let words = plain(words);
    (!words.is_empty() && words.len() <= 2000).then_some(words)
}

/// Entities are often written twice in structured data.
fn plain(words: &str) -> String {
    if !words.contains(['&', '<']) {
        return letters::seen(words).split_whitespace().collect::<Vec<_>>().join(" ");
    }
    Tree::parse(words).words(Tree::PAGE, 4000)
}

fn names(value: Option<&Value>, out: &mut Vec<String>) {
    let Some(value) = value else { return };
    match value {
        Value::Array(items) => items.iter().take(20).for_each(|item| match item {
            Value::Array(_) => {}
            item => names(Some(item), out),
        }),
        value => {
            let Some(text) = text_of(Some(value)) else { return };
            for name in byline::split(&text) {
                if byline::is_name(&name) && !out.contains(&name) {
                    out.push(name);
                }
            }
        }
    }
}

/// The headline: the heading that the page's own title speaks of; where there is none, that title without the
/// outlet's name.
fn title(meta: &mut Meta, tags: &Tagged, headings: &[(Place, String)]) {
    let named = meta.title.take().or_else(|| tags.og_title.as_deref().map(plain));
    let whole = named.clone().unwrap_or_else(|| tags.title.clone());
    let likeness = |words: &str| overlap(words, &whole).max(overlap(words, &tags.title) * 0.99);
    let heading = headings
        .iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(place, words)| (likeness(words), place, words))
        .reduce(|a, b| if b.0 > a.0 + 1e-6 { b } else { a });
    match heading {
        Some((like, place, words)) if like >= 0.6 => {
            meta.title = Some(words.clone());
            meta.title_at = Some(*place);
        }
        _ => {
            let cut = named.clone().unwrap_or_else(|| without_site(&tags.title, meta.site.as_deref()));
            meta.title = Some(cut).filter(|title| !title.is_empty());
            if meta.title.is_none()
                && let Some((place, words)) = headings.iter().find(|(_, words)| !words.is_empty())
            {
                meta.title = Some(words.clone());
                meta.title_at = Some(*place);
            }
        }
    }
    if let (Some(site), Some(title)) = (&meta.site, &meta.title)
        && meta.title_at.is_none()
    {
        meta.title = Some(without_site(title, Some(site)));
    }
    let Some(title) = meta.title.as_deref() else { return };
    // The second title may go on with the outlet's name.
    let own = [title, whole.as_str(), tags.title.as_str(), tags.og_title.as_deref().unwrap_or_default()];
    meta.label = own.into_iter().find_map(|given| {
        let found = notice::of_title(given)?;
        let is_same = given == title || overlap(title, &given[found.title]) >= 0.6;
        is_same.then(|| (found.kind, given[found.label].to_owned()))
    });
}

/// The share of words that two titles have in common, by the longer of them.
fn overlap(a: &str, b: &str) -> f32 {
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

/// Times and authors that the page only marks by elements and classes.
fn marked(tree: &Tree, runs: &Runs, meta: &mut Meta) {
    let need_author = meta.bylines.is_empty();
    let outside = marks::COMMENT | marks::RELATED | marks::SIDE | marks::FOOTER | marks::NAV | marks::TEASER;
    let mut by_class: Option<Stamp> = None;
    for place in 0..tree.nodes.len() as Place {
        let tag = tree.tag(place);
        if tag == Tag::Text {
            continue;
        }
        let (own, all) = (runs.own[place as usize], runs.all[place as usize]);
        let prop = tree.attribute(place, Attribute::Itemprop);
        if all & (outside & !marks::SIDE) != 0 {
            continue;
        }
        if tag == Tag::Time
            || own & marks::DATE != 0
            || matches!(prop, Some("datePublished" | "dateModified" | "dateCreated"))
        {
            let exact = tree
                .attribute(place, Attribute::Datetime)
                .or_else(|| tree.attribute(place, Attribute::Content));
            let exact = exact.or_else(|| {
                tree.attribute(place, Attribute::Title).filter(|_| tag == Tag::Time || prop.is_some())
            });
            let words = tree.words(place, 120);
            let origin =
                if tag == Tag::Time || exact.is_some() { StampOrigin::Time } else { StampOrigin::Class };
            let found = exact.and_then(|words| stamp_of(words, origin)).or_else(|| stamp_of(&words, origin));
            let lower = words.to_ascii_lowercase();
            let changed = prop == Some("dateModified")
                || lower.starts_with("updated")
                || lower.contains("last modified");
            match found {
                Some(found) if changed => meta.modified = meta.modified.take().or(Some(found)),
                Some(found) if origin == StampOrigin::Time => {
                    meta.published = meta.published.take().or(Some(found))
                }
                Some(found) => by_class = by_class.or(Some(found)),
                None => {}
            }
        }
        if need_author && meta.bylines.len() < 8 && all & outside == 0 {
            author_of(tree, place, prop, own, meta);
        }
    }
    meta.published = meta.published.take().or(by_class);
}

fn author_of(tree: &Tree, place: Place, prop: Option<&str>, own: marks::Marks, meta: &mut Meta) {
    let rel = tree
        .attribute(place, Attribute::Rel)
        .is_some_and(|rel| rel.split_whitespace().any(|word| word == "author"));
    let by_prop = prop.is_some_and(|prop| prop == "author" || prop == "creator");
    let by_class = own & marks::BYLINE != 0
        && matches!(
            tree.tag(place),
            Tag::A | Tag::Span | Tag::P | Tag::Div | Tag::Address | Tag::Li | Tag::B | Tag::Cite
        );
    if !(rel || by_prop || (by_class && meta.bylines.is_empty())) {
        return;
    }
    let words = tree.words(place, 160);
    let names = match byline::of_line(&words) {
        Some(names) => names,
        None if rel || by_prop => byline::split(&words),
        None => return,
    };
    for name in names {
        let known = meta.bylines.iter().any(|known| known.eq_ignore_ascii_case(&name));
        if byline::is_name(&name) && name.split_whitespace().count() <= 5 && !known {
            meta.bylines.push(name);
        }
    }
}

//! What a page says of itself: headline, outlet, section, authors, times, language, address.

use super::headline::{self, Called, Headings};
use super::runs::Runs;
use super::signed::{Dated, Dates, Shown};
use super::structured::{self, Data};
use super::tags::{Attribute, Tag};
use super::told::Telling;
use super::tree::{Place, Tree};
use super::{apart, country};
use crate::document::byline::{self, Kind};
use crate::document::stamp::{self, Order};
use crate::document::{letters, notice};
use sayso_record::{NoticeKind, Stamp, StampOrigin};

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
    /// A date that stands far from the headline, for want of a better one.
    pub(crate) published_elsewhere: Option<Stamp>,
    /// What a date may mean as well, where nothing on the page tells.
    pub(crate) either: Option<Either>,
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

/// A date whose day may be its month.
#[derive(Debug)]
pub(crate) struct Either {
    pub(crate) words: String,
    /// The day that it was read as.
    pub(crate) read: String,
    /// The day that it may be as well.
    pub(crate) or: String,
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

/// Reads what the page says of itself, best source first: structured data, `<meta>`, then what it shows around its
/// headline.
pub(crate) fn read(tree: &Tree, runs: &Runs, url: Option<&str>) -> Meta {
    let mut meta = Meta::default();
    let mut data = Data::default();
    let mut tags = Tagged::default();
    let mut headings = Headings::default();
    let mut bytes = 0;
    for place in 0..tree.nodes.len() as Place {
        match tree.tag(place) {
            Tag::Html => meta.language = tree.attribute(place, Attribute::Lang).and_then(language),
            Tag::Base => meta.base = tree.attribute(place, Attribute::Href).map(str::to_owned),
            Tag::Meta => tags.take(tree, place),
            Tag::Link if tree.attribute(place, Attribute::Rel) == Some("canonical") => {
                tags.canonical = tree.attribute(place, Attribute::Href).map(str::to_owned);
            }
            Tag::Title if tags.title.is_empty() => tags.title = tree.words(place, 400),
            Tag::H1 | Tag::H2 => headings.take(tree, place),
            Tag::Script
                if bytes < MOST_DATA
                    && tree
                        .attribute(place, Attribute::Type)
                        .is_some_and(|kind| kind.contains("ld+json")) =>
            {
                let script = tree.script(place);
                bytes += script.len();
                data.read(script, &mut meta);
            }
            _ => {}
        }
    }
    meta.site = meta.site.take().or_else(|| data.publisher().cloned()).or_else(|| tags.site.clone());
    meta.section = tags.section.take().or(meta.section.take());
    meta.url = tags.canonical.take().or(tags.url.take());
    let tagged_language = tags.language.as_deref().and_then(language);
    let languages = meta.language.iter().chain(&tagged_language).map(String::as_str);
    let order = country::order(languages, url.or(meta.url.as_deref()));
    meta.language = meta.language.take().or_else(|| tagged_language.clone());
    if let Some(summary) = &tags.summary {
        super::features::letters_of(summary, 400, &mut meta.summary);
        meta.told = summary.chars().take(400).collect();
    }
    title(tree, runs, &mut meta, &tags, &headings);
    let shown = Shown::of(tree, runs, meta.title_at, meta.title.as_deref(), order);
    let tagged: Vec<String> = (tags.authors.iter())
        .flat_map(|name| byline::split(&structured::plain(name)))
        .filter(|name| byline::is_name(name))
        .collect();
    let [mut article, mut page] = data.bylines();
    let outlets: Vec<&str> = meta.site.iter().chain(&tags.site).map(String::as_str).collect();
    for names in [&mut article, &mut page] {
        // Whoever a program was set up by; readers may be shown another name.
        names.retain(|name| Kind::of(name, &[]) != Kind::Login);
    }
    let account = tags.og_title.as_deref().and_then(account).into_iter().collect();
    meta.bylines = byline::choose(&[article, tagged, shown.authors, account, page], &outlets);
    dates(&mut meta, &tags, data, shown.dates, order);
    meta.telling.settle();
    meta
}

/// The headline, by all that the page calls itself.
fn title(tree: &Tree, runs: &Runs, meta: &mut Meta, tags: &Tagged, headings: &Headings) {
    let tagged = tags.og_title.as_deref().map(structured::plain);
    let names: Vec<&str> = meta.title.iter().chain(&tagged).map(String::as_str).collect();
    let called = Called {
        names: &names,
        title: &tags.title,
        site: meta.site.as_deref(),
        section: meta.section.as_deref(),
    };
    let beside = apart::of(tree, runs, None);
    let (words, place) = headline::read(tree, runs, &beside, headings, &called);
    // The label may stand in only one of the titles; the second may go on with the outlet's name.
    if let Some(title) = words.as_deref() {
        let own = std::iter::once(title).chain(names.iter().copied()).chain([tags.title.as_str()]);
        let mut labels = own.filter_map(|given| {
            let found = notice::of_title(given)?;
            let is_same = given == title || headline::overlap(title, &given[found.title]) >= 0.6;
            is_same.then(|| (found.kind, given[found.label].to_owned()))
        });
        meta.label = labels.next();
    }
    meta.title = words;
    meta.title_at = place;
}

/// When the page was published and changed, surest source first.
fn dates(meta: &mut Meta, tags: &Tagged, data: Data, shown: Dates, order: Order) {
    let tagged = |slot: &Option<(usize, String)>| {
        let words = &slot.as_ref()?.1;
        Shown::stamp(words, StampOrigin::Meta, order)
    };
    let stamped = |stamp: Option<Stamp>| stamp.map(|stamp| Dated { stamp, or: None });
    let published = stamped(meta.published.take())
        .or_else(|| tagged(&tags.published))
        .or_else(|| stamped(data.page_published))
        .or(shown.published);
    let modified = stamped(meta.modified.take())
        .or_else(|| tagged(&tags.modified))
        .or_else(|| stamped(data.page_modified))
        .or(shown.modified);
    meta.either = published.iter().chain(&modified).find_map(|dated| {
        Some(Either { words: dated.stamp.words.clone(), read: dated.stamp.at.clone(), or: dated.or.clone()? })
    });
    meta.published = published.map(|dated| dated.stamp);
    meta.modified = modified.map(|dated| dated.stamp);
    meta.published_elsewhere = shown.elsewhere.map(|dated| dated.stamp);
}

/// Whose account a page of a social network shows: "Orla Venn (@orlavenn@social.example)", "Orla Venn on X: ...".
fn account(title: &str) -> Option<String> {
    let named = |name: &str| {
        let name = name.trim();
        (!name.is_empty() && name.chars().count() <= 60 && byline::is_name(name)).then(|| name.to_owned())
    };
    if let Some((name, rest)) = title.split_once(" (@")
        && rest.split(')').next().is_some_and(|handle| !handle.contains(' '))
    {
        return named(name);
    }
    const NETWORKS: [&str; 6] =
        [" on X: ", " on Twitter: ", " on Threads: ", " on Instagram: ", " on LinkedIn: ", " on Facebook: "];
    NETWORKS.iter().find_map(|network| named(title.split_once(network)?.0))
}

/// The `<meta>` elements and their like.
#[derive(Default)]
struct Tagged {
    title: String,
    og_title: Option<String>,
    site: Option<String>,
    section: Option<String>,
    authors: Vec<String>,
    /// The name of the element that they are from.
    author_name: Option<String>,
    /// How sure the name is that the date goes by, surest 0, and the date.
    published: Option<(usize, String)>,
    modified: Option<(usize, String)>,
    /// What `twitter:label1` and `twitter:label2` say of the data that follow them.
    labels: [String; 2],
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
            | "authors"
            | "article:author"
            | "dc.creator"
            | "dc:creator"
            | "dcterms.creator"
            | "byl"
            | "byline"
            | "parsely-author"
            | "sailthru.author"
            | "og:article:author"
            | "og:author"
            | "article:author_name"
            | "article.author"
            | "author.name"
            | "citation_author"
            | "cxenseparse:author"
            | "creator" => self.author(&name, content),
            "twitter:label1" => self.labels[0] = content.to_lowercase(),
            "twitter:label2" => self.labels[1] = content.to_lowercase(),
            "twitter:data1" | "twitter:data2" => {
                let label = &self.labels[usize::from(name.ends_with('2'))];
                if ["written by", "author", "by", "verfasst von", "écrit par", "escrito por", "scritto da"]
                    .contains(&label.as_str())
                {
                    self.author(&name, content);
                }
            }
            "language" | "og:locale" | "content-language" | "dc.language" | "inlanguage" => {
                first(&mut self.language)
            }
            "description" | "og:description" | "twitter:description" => first(&mut self.summary),
            "og:url" => first(&mut self.url),
            _ => {
                let sooner = |slot: &mut Option<(usize, String)>, names: &[&str]| {
                    if let Some(rank) = names.iter().position(|known| *known == name)
                        && slot.as_ref().is_none_or(|(best, _)| rank < *best)
                        && stamp::read(content).is_some()
                    {
                        *slot = Some((rank, content.to_owned()));
                    }
                };
                sooner(&mut self.published, &PUBLISHED);
                sooner(&mut self.modified, &MODIFIED);
            }
        }
    }

    /// Takes an author. Pages name several in several elements of one name, and the same ones under other names.
    fn author(&mut self, name: &str, content: &str) {
        let address = content.contains("://") || content.starts_with('@') || content.starts_with("www.");
        // "admin" is whoever is logged in; another element may say who that is.
        let is_login = |own: &String| Kind::of(own, &[]) == Kind::Login;
        if !self.authors.is_empty() && self.authors.iter().all(is_login) && !address {
            self.authors.clear();
        }
        let more = self.authors.is_empty() || self.author_name.as_deref() == Some(name);
        if !address && more && self.authors.len() < 20 {
            self.author_name = Some(name.to_owned());
            self.authors.push(content.to_owned());
        }
    }
}

/// Names of `<meta>` elements with the time of publication, surest first.
const PUBLISHED: [&str; 46] = [
    "article:published_time",
    "datepublished",
    "og:published_time",
    "og:article:published_time",
    "article:published",
    "article.published",
    "article:published_date",
    "og:datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "citation_online_date",
    "originalpublicationdate",
    "publication_date",
    "publication-date",
    "publicationdate",
    "publish_date",
    "publish-date",
    "publishdate",
    "published_date",
    "published",
    "pubdate",
    "pub_date",
    "og:pubdate",
    "bt:pubdate",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "prism.publicationdate",
    "rnews:datepublished",
    "date.release",
    "displaydate",
    "dc.date.published",
    "dc.date",
    "dc:date",
    "dcterms.date",
    "citation_date",
    "ptime",
    "pdate",
    "article:create_at",
    "dc.date.created",
    "dcterms.created",
    "datecreated",
    "date",
    "created",
    "timestamp",
];

/// Names of `<meta>` elements with the time of the last change, surest first.
const MODIFIED: [&str; 12] = [
    "article:modified_time",
    "datemodified",
    "article:modified",
    "og:updated_time",
    "article.updated",
    "updated-date",
    "dcterms.modified",
    "dc.date.modified",
    "revised",
    "lastmod",
    "last-modified",
    "utime",
];

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

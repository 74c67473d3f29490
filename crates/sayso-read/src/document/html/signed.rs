//! Authors and dates that a page shows around its headline: in marked elements, and in lines that nothing marks.

use super::apart::{self, Apart};
use super::marks;
use super::runs::{Run, Runs};
use super::tags::{Attribute, Tag};
use super::tree::{Place, Tree};
use crate::document::byline::{self, Kind};
use crate::document::months;
use crate::document::plain::front::SECTIONS;
use crate::document::stamp::{self, Order};
use sayso_record::{Stamp, StampOrigin};
use std::ops::Range;

/// How many bytes of the page's words may stand between a headline and what is said of the article below it.
const BELOW: usize = 1500;

/// The same above it.
const ABOVE: usize = 500;

/// Marked elements that are looked at for authors; a page with more is a list of other pages, or made to do harm.
const MOST: usize = 2000;

/// A date that a page shows, and the other day that it may mean.
#[derive(Clone, Debug)]
pub(super) struct Dated {
    pub(super) stamp: Stamp,
    pub(super) or: Option<String>,
}

/// When a page says that it was published and changed.
#[derive(Default, Debug)]
pub(super) struct Dates {
    pub(super) published: Option<Dated>,
    pub(super) modified: Option<Dated>,
    /// A date far from the headline.
    pub(super) elsewhere: Option<Dated>,
}

/// Authors and dates that a page shows.
#[derive(Default, Debug)]
pub(super) struct Shown {
    pub(super) authors: Vec<String>,
    pub(super) dates: Dates,
}

/// Authors that one element or line names.
struct Signature {
    /// Where it stands, in bytes of the page's words.
    at: usize,
    stretch: Stretch,
    /// 3 for a byline in words, 2 for an element that is the author by its own account, 1 for one that may be.
    sure: u8,
    names: Vec<String>,
}

/// A date in one element or line.
struct Mention {
    /// How far from the headline it stands, in bytes; what is less sure counts as farther.
    far: usize,
    near: bool,
    changed: bool,
    /// Whether only a class calls it the time of a change: "updated" is what many templates call the only time they show.
    by_class: bool,
    dated: Dated,
}

/// Where something stands, by the headline.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stretch {
    Below,
    Above,
    Elsewhere,
}

impl Shown {
    /// Reads what the page shows. `headline` is the element of the headline, `title` its words.
    pub(super) fn of(
        tree: &Tree,
        runs: &Runs,
        headline: Option<Place>,
        title: Option<&str>,
        order: Order,
    ) -> Shown {
        let beside = apart::of(tree, runs, headline);
        let of_headline = match headline {
            Some(place) => {
                let end = tree.node(place).end;
                let from = runs.runs.partition_point(|run| run.nodes.end <= place);
                let to = runs.runs.partition_point(|run| run.nodes.start < end);
                Some(from..to)
            }
            // A headline that is no heading.
            None => {
                let same = |run: &Run| Some(runs.words(run)) == title;
                runs.runs.iter().position(same).map(|at| at..at + 1)
            }
        };
        let mut page = Page {
            tree,
            runs,
            beside,
            headline: of_headline,
            order,
            signatures: Vec::new(),
            mentions: Vec::new(),
        };
        page.elements();
        page.lines();
        Shown { authors: page.authors(), dates: page.dates() }
    }

    /// A date in words, read in the order of the page.
    pub(super) fn stamp(words: &str, origin: StampOrigin, order: Order) -> Option<Dated> {
        let found = stamp::find_by(words, order)?;
        // The beginning of a machine's time, not of any page's.
        if found.at.starts_with("1970-01-01") {
            return None;
        }
        Some(Dated {
            stamp: Stamp { at: found.at, words: words.chars().take(100).collect(), origin },
            or: found.or,
        })
    }
}

struct Page<'a> {
    tree: &'a Tree,
    runs: &'a Runs,
    beside: Vec<Apart>,
    /// The runs of the headline.
    headline: Option<Range<usize>>,
    order: Order,
    signatures: Vec<Signature>,
    mentions: Vec<Mention>,
}

impl Page<'_> {
    /// Where a node stands, in bytes of the page's words.
    fn at(&self, place: Place) -> usize {
        let run = self.runs.runs.partition_point(|run| run.nodes.end <= place);
        self.runs.runs.get(run).map_or(self.runs.text.len(), |run| run.text.start)
    }

    /// Where something at these bytes stands by the headline, and how far from it.
    fn stretch(&self, at: usize) -> (Stretch, usize) {
        let Some(headline) = &self.headline else { return (Stretch::Elsewhere, at) };
        let text = |run: usize| self.runs.runs.get(run).map_or(self.runs.text.len(), |run| run.text.start);
        let (from, to) = (text(headline.start), text(headline.end));
        match at.checked_sub(from) {
            Some(_) if at.saturating_sub(to) <= BELOW => (Stretch::Below, at.saturating_sub(to)),
            None if from - at <= ABOVE => (Stretch::Above, from - at + 300),
            _ => (Stretch::Elsewhere, at),
        }
    }

    /// Reads the elements that say of themselves that they name an author or give a date.
    fn elements(&mut self) {
        let tree = self.tree;
        let mut looked = 0;
        for place in 0..tree.nodes.len() as Place {
            let tag = tree.tag(place);
            if tag == Tag::Text || self.beside[place as usize] == Apart::Yes {
                continue;
            }
            let own = self.runs.own[place as usize];
            let prop = tree.attribute(place, Attribute::Itemprop);
            let dated = tag == Tag::Time
                || own & marks::DATE != 0
                || prop.is_some_and(|prop| {
                    prop.split_whitespace()
                        .any(|word| matches!(word, "datePublished" | "dateModified" | "dateCreated"))
                });
            let sure = self.author_mark(place, prop, own);
            if !dated && sure.is_none() {
                continue;
            }
            let at = self.at(place);
            let (stretch, far) = self.stretch(at);
            if stretch == Stretch::Elsewhere && self.beside[place as usize] != Apart::No {
                continue;
            }
            if dated {
                self.date_element(place, prop, stretch, far);
            }
            if let Some(sure) = sure
                && looked < MOST
            {
                looked += 1;
                if let Some((sure, names)) = self.names_in(place, sure, stretch) {
                    self.signatures.push(Signature { at, stretch, sure, names });
                }
            }
        }
    }

    /// How surely an element names an author by its own account.
    fn author_mark(&self, place: Place, prop: Option<&str>, own: marks::Marks) -> Option<u8> {
        let tree = self.tree;
        let rel = tree
            .attribute(place, Attribute::Rel)
            .is_some_and(|rel| rel.split_whitespace().any(|word| word == "author"));
        if rel
            || prop
                .is_some_and(|prop| prop.split_whitespace().any(|word| word == "author" || word == "creator"))
        {
            return Some(2);
        }
        if tree.tag(place) == Tag::A {
            let href = tree.attribute(place, Attribute::Href).unwrap_or_default();
            if is_author_page(href) && self.is_own_line(place) {
                return Some(1);
            }
        }
        if own & marks::BYLINE == 0 && !matches!(tree.tag(place), Tag::Address) {
            return None;
        }
        let (mut author, mut other) = (false, false);
        for name in [Attribute::Class, Attribute::Id, Attribute::DataTestid] {
            marks::each_word(tree.attribute(place, name).unwrap_or_default(), |word| {
                author |= matches!(
                    word,
                    b"byline"
                        | b"bylines"
                        | b"author"
                        | b"authors"
                        | b"writer"
                        | b"writers"
                        | b"autor"
                        | b"autoren"
                        | b"auteur"
                        | b"autore"
                        | b"journalist"
                        | b"reporter"
                        | b"contributor"
                        | b"contributors"
                        | b"columnist"
                        | b"authorname"
                        | b"about"
                        | b"posted"
                        | b"fn"
                        | b"vcard"
                );
                other |= matches!(
                    word,
                    b"bio"
                        | b"biography"
                        | b"avatar"
                        | b"social"
                        | b"twitter"
                        | b"follow"
                        | b"email"
                        | b"description"
                        | b"role"
                        | b"job"
                        | b"photo"
                        | b"image"
                        | b"img"
                        | b"thumbnail"
                );
            });
        }
        (author && !other || tree.tag(place) == Tag::Address).then_some(1)
    }

    /// Whether a link stands in a line of its own, or of few words: links in sentences are to those spoken of.
    fn is_own_line(&self, place: Place) -> bool {
        let run = self.runs.runs.partition_point(|run| run.nodes.end <= place);
        self.runs.runs.get(run).is_some_and(|run| run.words <= run.linked + 8)
    }

    /// The names in an element that is marked as an author's, and how sure they are.
    fn names_in(&self, place: Place, sure: u8, stretch: Stretch) -> Option<(u8, Vec<String>)> {
        let tree = self.tree;
        let line = line_of(tree, place, 200);
        if let Some(names) = byline::of_line(&line) {
            return (!names.is_empty()).then_some((3, names));
        }
        if sure == 2 {
            // The name of a marked person stands in an element of its own.
            let named = tree.inside(place).take(60).filter(|&at| {
                tree.attribute(at, Attribute::Itemprop)
                    .is_some_and(|prop| prop.split_whitespace().any(|word| word == "name"))
            });
            let mut names: Vec<String> = Vec::new();
            let mut add = |words: &str| {
                names.extend(byline::split(words).into_iter().filter(|name| byline::is_name(name)));
            };
            for at in named.take(8) {
                match tree.attribute(at, Attribute::Content) {
                    Some(content) => add(content),
                    None => add(&tree.words(at, 120)),
                }
            }
            if let Some(content) = tree.attribute(place, Attribute::Content).filter(|_| line.is_empty()) {
                add(content);
            }
            if !names.is_empty() {
                return Some((2, names));
            }
        }
        if line.split_whitespace().count() > 14 {
            return None;
        }
        // One word may be a button, unless it leads to a person or is called one by its element.
        let single = sure == 2 && stretch != Stretch::Elsewhere
            || tree.tag(place) == Tag::A && stretch == Stretch::Below
            || !line.is_ascii();
        for piece in line.split(['|', '•', '·', '–', '—', '\n', '／']) {
            let piece = piece.trim();
            let names = byline::split(piece[..byline::names_end(piece)].trim_end_matches([' ', '-', ',']));
            let body = |name: &String| {
                matches!(Kind::of(name, &[]), Kind::Staff | Kind::Organisation)
                    && byline::is_name(name)
                    && name.starts_with(char::is_uppercase)
            };
            let fits = |name: &String| {
                byline::is_bare_name(name)
                    || tree.tag(place) != Tag::A && body(name)
                    || single && !name.contains(' ') && byline::is_single_name(name)
            };
            if !names.is_empty() && names.iter().all(fits) {
                return Some((sure, names));
            }
        }
        None
    }

    fn date_element(&mut self, place: Place, prop: Option<&str>, stretch: Stretch, far: usize) {
        let tree = self.tree;
        let tag = tree.tag(place);
        let attribute = |name| tree.attribute(place, name);
        let exact = attribute(Attribute::Datetime)
            .or_else(|| attribute(Attribute::Content))
            .or_else(|| attribute(Attribute::Title).filter(|_| tag == Tag::Time || prop.is_some()));
        let line = line_of(tree, place, 120);
        let origin = if tag == Tag::Time || exact.is_some() { StampOrigin::Time } else { StampOrigin::Class };
        let far = if origin == StampOrigin::Time { far } else { far + 250 };
        let near = stretch != Stretch::Elsewhere;
        let by_name =
            prop.is_some_and(|prop| prop.contains("dateModified") && !prop.contains("datePublished"));
        let called = self.is_named_changed(place);
        let told = line_before(tree, place).is_some_and(|line| says_changed(&line));
        if let Some(dated) = exact.and_then(|words| Shown::stamp(words, origin, self.order)) {
            let changed = by_name || told || says_changed(&line);
            let by_class = called && !changed;
            self.mentions.push(Mention { far, near, changed: changed || called, by_class, dated });
            return;
        }
        for (changed, dated) in dates_in(&line, origin, self.order) {
            let changed = changed || by_name || told;
            let by_class = called && !changed;
            self.mentions.push(Mention { far, near, changed: changed || called, by_class, dated });
        }
    }

    /// Whether an element is called the time of a change, and not that of publication as well.
    fn is_named_changed(&self, place: Place) -> bool {
        let (mut changed, mut published) = (false, false);
        marks::each_word(self.tree.attribute(place, Attribute::Class).unwrap_or_default(), |word| {
            changed |=
                matches!(word, b"updated" | b"modified" | b"datemodified" | b"lastmodified" | b"update");
            published |=
                matches!(word, b"published" | b"entry" | b"created" | b"posted" | b"pubdate" | b"publish");
        });
        changed && !published
    }

    /// Reads the short lines just above and below the headline.
    fn lines(&mut self) {
        let Some(headline) = self.headline.clone() else { return };
        let all = &self.runs.runs;
        let mut long = 0;
        let below = (headline.end..all.len()).take(24).take_while(|&index| {
            long += usize::from(all[index].words > 45);
            long < 2
        });
        let below: Vec<usize> = below.collect();
        let above = headline.start.saturating_sub(6)..headline.start;
        // A line that is a name and no more counts beside a line that is a date.
        let mut last: Option<(usize, bool, Option<String>)> = None;
        for index in above.chain(below) {
            let run = &self.runs.runs[index];
            let (stretch, far) = self.stretch(run.text.start);
            let words = self.runs.words(run);
            if stretch == Stretch::Elsewhere
                || run.words > 24
                || words.len() > 240
                || self.beside[run.holder as usize] == Apart::Yes
                || self.is_other(run)
            {
                last = None;
                continue;
            }
            let Line { by, dates, bare, only_date } = self.line(run, words);
            for (changed, dated) in dates {
                self.mentions.push(Mention { far: far + 300, near: true, changed, by_class: false, dated });
            }
            let at = run.text.start;
            if !by.is_empty() {
                self.signatures.push(Signature { at, stretch, sure: 2, names: by });
                last = None;
                continue;
            }
            if let Some((before, was_date, name)) = &last {
                let name = if only_date { name.clone() } else { bare.clone().filter(|_| *was_date) };
                if let Some(name) = name {
                    let at = if only_date { *before } else { at };
                    self.signatures.push(Signature { at, stretch, sure: 1, names: vec![name] });
                }
            }
            last = Some((at, only_date, bare));
        }
    }

    /// Whether a run is a caption or a quotation, where dates are those of other things.
    fn is_other(&self, run: &Run) -> bool {
        let holders = std::iter::once(run.holder).chain(self.tree.above(run.holder)).take(4);
        holders.into_iter().any(|place| {
            matches!(self.tree.tag(place), Tag::Blockquote | Tag::Figcaption | Tag::Figure)
                || self.runs.own[place as usize] & marks::CAPTION != 0
        })
    }

    fn line(&self, run: &Run, words: &str) -> Line {
        let mut line = Line::default();
        if let Some(names) = byline::of_line(words) {
            let fits = |name: &String| {
                byline::is_bare_name(name)
                    || !name.contains(' ') && name.starts_with(|c: char| !c.is_lowercase())
            };
            if names.iter().all(fits) {
                line.by = names;
                line.dates = dates_in(words, StampOrigin::Text, self.order);
                return line;
            }
        }
        // Who took a picture, and when.
        const PICTURES: [&str; 7] = ["photo", "image", "picture", "file", "credit", "foto", "copyright"];
        let first = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
        if PICTURES.iter().any(|picture| first.starts_with(picture)) || words.starts_with('©') {
            return line;
        }
        let Some((_, range)) = stamp::find(words) else {
            let linked = run.linked > 0 && !self.leads_to_author(run);
            // "Mara Lindqvist, Ostrell Gazette".
            let first = byline::split(words).into_iter().next().unwrap_or_default();
            let rest = words.strip_prefix(first.as_str()).unwrap_or(words).trim();
            let own = rest.is_empty() || rest.starts_with(',') && rest.split_whitespace().count() <= 5;
            line.bare = Some(first).filter(|first| !linked && own && self.is_person(first));
            return line;
        };
        let (before, after) = (words[..range.start].trim(), words[range.end..].trim());
        // "02.06.2023, 10:11 Uhr".
        let after = after.strip_prefix("Uhr").map_or(after, str::trim_start);
        let apart = ['|', '•', '·', '—', '–', '-', '/', ',', '(', '／', '»'];
        // "Mara Lindqvist • Updated July 2, 2021": the last of the parts before the date says what date it is.
        let label = before.rsplit(['|', '•', '·', '—', '–', ',']).next().unwrap_or(before);
        let leads = before.is_empty() || before.ends_with(apart) || is_label(label);
        let trails = after.is_empty()
            || after.starts_with(apart)
            || after.starts_with([')', ']', '.'])
            || after.split_whitespace().next().is_some_and(|word| {
                matches!(
                    word.to_lowercase().trim_end_matches(':'),
                    "by" | "updated" | "in" | "at" | "at:" | "last" | "modified"
                )
            });
        let sentence = words.ends_with(['.', '?', '!']) && voice_like(before);
        if !(leads && trails) || sentence {
            return line;
        }
        line.dates = dates_in(words, StampOrigin::Text, self.order);
        line.only_date = (before.is_empty() || is_label(before)) && after.is_empty();
        let pieces =
            [before, after].into_iter().flat_map(|side| side.split(['|', '•', '·', '—', '–', '／', '/']));
        for piece in pieces {
            let piece = piece.trim().trim_end_matches([',', '-', ' ']);
            let names = byline::split(piece);
            let signs = |name: &String| self.is_person(name) || byline::is_agency(name);
            if byline::is_agency(piece) {
                line.by = vec![piece.to_owned()];
                break;
            }
            if !names.is_empty() && names.iter().all(signs) {
                line.by = names;
                break;
            }
        }
        line
    }

    /// Whether words by themselves are a person's name, as far as can be told.
    fn is_person(&self, words: &str) -> bool {
        // Large places and topics look like names.
        const OTHERS: [&str; 44] = [
            "new", "los", "san", "santa", "hong", "united", "north", "south", "east", "west", "saint",
            "port", "city", "county", "street", "room", "day", "week", "month", "year", "min", "today",
            "change", "house", "state", "states", "kingdom", "report", "review", "reviews", "story",
            "stories", "series", "special", "guide", "breaking", "latest", "top", "real", "estate", "press",
            "release", "blog", "general",
        ];
        byline::is_bare_name(words)
            && words.split_whitespace().count() <= 4
            && Kind::of(words, &[]) == Kind::Person
            && words.split_whitespace().all(|word| {
                let word = word.to_lowercase();
                !SECTIONS.contains(&word.as_str()) && !OTHERS.contains(&word.as_str())
            })
            && words.chars().any(char::is_lowercase)
    }

    fn leads_to_author(&self, run: &Run) -> bool {
        self.runs.links[run.links.clone()]
            .iter()
            .any(|anchor| self.tree.attribute(anchor.place, Attribute::Href).is_some_and(is_author_page))
    }

    /// The authors: of what stands nearest to the headline, the surest.
    fn authors(&self) -> Vec<String> {
        /// Signatures no farther apart than this belong together.
        const TOGETHER: usize = 200;
        for stretch in [Stretch::Below, Stretch::Above, Stretch::Elsewhere] {
            let mut here: Vec<&Signature> =
                self.signatures.iter().filter(|one| one.stretch == stretch).collect();
            here.sort_by_key(|one| one.at);
            if stretch == Stretch::Above {
                here.reverse();
            }
            let Some(first) = here.first() else { continue };
            let mut reach = first.at;
            let group: Vec<&&Signature> = (here.iter())
                .take_while(|one| {
                    let together = one.at.abs_diff(reach) <= TOGETHER;
                    reach = one.at;
                    together
                })
                .collect();
            let sure = group.iter().map(|one| one.sure).max().unwrap_or(0);
            let mut out: Vec<String> = Vec::new();
            for name in group.iter().filter(|one| one.sure == sure).flat_map(|one| &one.names) {
                let known = out.iter().any(|known| known.to_lowercase() == name.to_lowercase());
                if !known && out.len() < 12 {
                    out.push(name.clone());
                }
            }
            // "Tobi" and "von Tobi" are one.
            let names = out.clone();
            out.retain(|name| {
                let bare = name.split_once(' ').filter(|(by, _)| byline::is_foreign_by(by));
                !bare.is_some_and(|(_, bare)| names.iter().any(|name| name == bare))
            });
            return out;
        }
        Vec::new()
    }

    fn dates(&self) -> Dates {
        let nearest = |fits: &dyn Fn(&Mention) -> bool| {
            let fit = self.mentions.iter().filter(|one| fits(one));
            fit.min_by_key(|one| one.far).map(|one| one.dated.clone())
        };
        let published = nearest(&|one| !one.changed && one.near);
        Dates {
            published: published.or_else(|| nearest(&|one| one.by_class && one.near)),
            modified: nearest(&|one| one.changed && one.near).or_else(|| nearest(&|one| one.changed)),
            elsewhere: nearest(&|one| !one.changed || one.by_class),
        }
    }
}

/// What a line beside the headline says.
#[derive(Default)]
struct Line {
    by: Vec<String>,
    dates: Vec<(bool, Dated)>,
    /// A name that is all of the line.
    bare: Option<String>,
    only_date: bool,
}

/// Words before a date that only say what date it is.
fn is_label(words: &str) -> bool {
    words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        let word = word.to_lowercase();
        [
            "published",
            "posted",
            "updated",
            "last",
            "on",
            "date",
            "created",
            "modified",
            "first",
            "at",
            "filed",
            "publication",
            "release",
            "released",
            "tues",
            "thur",
            "thurs",
            "am",
            "pm",
            "le",
            "il",
            "el",
            "den",
            "vom",
            "publié",
            "publicado",
            "publicada",
            "veröffentlicht",
            "stand",
            "pubblicato",
            "geplaatst",
            "gepubliceerd",
            "datum",
            "fecha",
            "data",
            "em",
            "op",
            "発行",
            "公開",
            "発表",
            "发布",
            "发布时间",
            "发表于",
            "日期",
            "時間",
            "기사입력",
            "입력",
            "등록",
            "时间",
        ]
        .contains(&word.as_str())
            || word.bytes().all(|byte| byte.is_ascii_digit())
            || months::WEEKDAYS.contains(&word.as_str())
            || FOREIGN_WEEKDAYS.contains(&word.as_str())
    })
}

const FOREIGN_WEEKDAYS: [&str; 42] = [
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "sabato",
    "domenica",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "segunda",
    "terça",
    "quarta",
    "quinta",
    "sexta",
    "feira",
    "mo",
];

/// Whether words before a date are those of a sentence.
fn voice_like(before: &str) -> bool {
    before.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count() > 2
}

fn says_changed(words: &str) -> bool {
    const SIGNS: [&str; 16] = [
        "updat",
        "modif",
        "aktualisiert",
        "geändert",
        "mis à jour",
        "mise à jour",
        "actualiz",
        "atualiz",
        "aggiorn",
        "bijgewerkt",
        "oppdatert",
        "uppdaterad",
        "edited",
        "更新",
        "修正",
        "수정",
    ];
    let lower = words.to_lowercase();
    SIGNS.iter().any(|sign| lower.contains(sign))
}

/// The dates of a line, at most three, and whether each is that of a change by the words before it.
fn dates_in(line: &str, origin: StampOrigin, order: Order) -> Vec<(bool, Dated)> {
    let mut out = Vec::new();
    let mut rest = line;
    while out.len() < 3
        && let Some(found) = stamp::find_by(rest, order)
    {
        let start = rest[..found.range.start].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
        let changed = says_changed(&rest[start..found.range.start]);
        let words = if out.is_empty() && line.len() <= 100 { line } else { &rest[found.range.clone()] };
        if !found.at.starts_with("1970-01-01") {
            let stamp = Stamp { at: found.at, words: words.chars().take(100).collect(), origin };
            out.push((changed, Dated { stamp, or: found.or }));
        }
        rest = &rest[found.range.end..];
    }
    out
}

/// The words just before an element, where they are few: "Updated" before a `<time>`.
fn line_before(tree: &Tree, place: Place) -> Option<String> {
    let before = (place.saturating_sub(4)..place).rev().find(|&at| !tree.characters(at).trim().is_empty())?;
    let words = tree.characters(before).trim();
    (words.len() <= 40).then(|| words.to_owned())
}

/// The words of an element as one line, with a bar between its blocks.
fn line_of(tree: &Tree, place: Place, cap: usize) -> String {
    use super::tags::Shape;
    let mut out = String::new();
    let mut at = place;
    let end = tree.node(place).end;
    let mut edge = false;
    // However many empty elements somebody puts into one.
    let end = end.min(place + 400);
    while at < end && out.len() < cap {
        let node = tree.node(at);
        match node.tag.shape() {
            Shape::Silent if at != place => {
                at = node.end;
                continue;
            }
            Shape::Block => edge = true,
            _ if node.tag == Tag::Br => edge = true,
            // Names that are links side by side may be kept apart by style alone.
            _ if node.tag == Tag::A && out.ends_with(char::is_alphanumeric) => edge = true,
            _ => {
                let words = tree.characters(at);
                if edge && !out.is_empty() && !words.trim().is_empty() {
                    out.truncate(out.trim_end().len());
                    out.push_str(" | ");
                }
                edge &= words.trim().is_empty();
                super::tree::collapse(words, &mut out);
            }
        }
        at += 1;
    }
    super::tree::cut(&mut out, cap);
    out
}

/// Whether an address is that of a page about an author: ".../author/mara-lindqvist".
fn is_author_page(href: &str) -> bool {
    let path = href.split_once("://").map_or(href, |(_, rest)| rest);
    let parts = path.split(['?', '#']).next().unwrap_or_default().split('/').filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.take(8).collect();
    // ".../@mara", as on networks of many authors.
    if parts.iter().any(|part| part.len() > 1 && part.starts_with('@')) {
        return true;
    }
    parts.windows(2).any(|pair| {
        matches!(
            pair[0].to_ascii_lowercase().as_str(),
            "author"
                | "authors"
                | "by"
                | "people"
                | "person"
                | "profile"
                | "profiles"
                | "contributor"
                | "contributors"
                | "staff"
                | "writer"
                | "writers"
                | "reporter"
                | "reporters"
                | "journalist"
                | "journalists"
                | "columnist"
                | "columnists"
                | "autor"
                | "autoren"
                | "auteur"
                | "auteurs"
                | "autore"
                | "autori"
                | "byline"
        )
    })
}

//! In what role and when a person was heard: a surname in another document stands for somebody only where both fit.

use rustc_hash::FxHashMap;
use sayso_record::{Document, Mention};

/// What a person may be known for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Governments, parliaments, embassies.
    Politics,
    /// Armies.
    War,
    /// The police and rescue services.
    Police,
    /// Courts.
    Law,
    /// Churches and other faiths.
    Faith,
    /// Research, teaching, medicine.
    Science,
    /// Companies and banks.
    Business,
    /// Sport.
    Sport,
    /// Stage, film, music, books.
    Arts,
    /// News.
    Press,
}

/// The fields, each with the word by which it is kept and the words that tell of it.
const FIELDS: &[(Field, &str, &[&str])] = &[
    (
        Field::Politics,
        "politics",
        &[
            "president",
            "minister",
            "premier",
            "chancellor",
            "senator",
            "sen",
            "congressman",
            "congresswoman",
            "governor",
            "gov",
            "mayor",
            "secretary",
            "mp",
            "councillor",
            "councilman",
            "councilwoman",
            "lawmaker",
            "legislator",
            "politician",
            "ambassador",
            "envoy",
            "diplomat",
            "candidate",
            "commissioner",
        ],
    ),
    (
        Field::War,
        "war",
        &[
            "general",
            "gen",
            "colonel",
            "col",
            "lieutenant",
            "lt",
            "admiral",
            "adm",
            "brigadier",
            "commander",
            "soldier",
        ],
    ),
    (
        Field::Police,
        "police",
        &[
            "detective",
            "inspector",
            "sheriff",
            "constable",
            "superintendent",
            "policeman",
            "policewoman",
            "firefighter",
        ],
    ),
    (
        Field::Law,
        "law",
        &["judge", "justice", "lawyer", "attorney", "prosecutor", "solicitor", "barrister", "magistrate"],
    ),
    (
        Field::Faith,
        "faith",
        &[
            "pope",
            "cardinal",
            "archbishop",
            "bishop",
            "reverend",
            "rev",
            "rabbi",
            "imam",
            "ayatollah",
            "priest",
            "pastor",
            "cleric",
        ],
    ),
    (
        Field::Science,
        "science",
        &[
            "professor",
            "prof",
            "scientist",
            "researcher",
            "economist",
            "historian",
            "physician",
            "surgeon",
            "nurse",
            "biologist",
            "physicist",
            "chemist",
            "epidemiologist",
            "psychologist",
            "geologist",
        ],
    ),
    (
        Field::Business,
        "business",
        &["ceo", "banker", "businessman", "businesswoman", "trader", "entrepreneur", "executive", "broker"],
    ),
    (
        Field::Sport,
        "sport",
        &[
            "coach",
            "striker",
            "goalkeeper",
            "batsman",
            "bowler",
            "midfielder",
            "pitcher",
            "quarterback",
            "golfer",
            "footballer",
            "cricketer",
            "player",
            "swimmer",
            "sprinter",
            "cyclist",
            "jockey",
        ],
    ),
    (
        Field::Arts,
        "arts",
        &[
            "singer",
            "actor",
            "actress",
            "novelist",
            "poet",
            "painter",
            "musician",
            "composer",
            "playwright",
            "dancer",
        ],
    ),
    (
        Field::Press,
        "press",
        &["reporter", "editor", "columnist", "correspondent", "journalist", "blogger", "broadcaster"],
    ),
];

/// People are heard of for about so many years before and after we know of them.
const YEARS: i16 = 20;

impl Field {
    /// The word by which it is kept.
    pub fn word(self) -> &'static str {
        FIELDS.iter().find(|(field, ..)| *field == self).map_or("", |(_, word, _)| word)
    }

    /// The field that is kept by a word.
    pub fn of_word(word: &str) -> Option<Field> {
        FIELDS.iter().find(|(_, known, _)| *known == word).map(|(field, ..)| *field)
    }
}

/// Says that a full name was heard in some role or year that was not known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// The [key](super::Name::key) of the name.
    pub name: String,
    /// What it was known for, where the page says so.
    pub field: Option<Field>,
    /// When, where the page says so.
    pub year: Option<i16>,
}

/// The role of a mention and its time, as far as its page tells.
#[derive(Clone, Debug, Default)]
pub(super) struct Heard {
    pub(super) fields: Vec<Field>,
    pub(super) year: Option<i16>,
}

impl Heard {
    /// Reads it off the words of a mention, those right before, and an apposition right after.
    pub(super) fn of(mention: &Mention, document: &Document) -> Heard {
        let year = document.published.as_ref().and_then(|stamp| stamp.at.get(..4)?.parse().ok());
        let mut fields: Vec<Field> = Vec::new();
        for span in &mention.spans {
            let text = &document.text;
            let before =
                text[..span.start as usize].rsplit(['.', ',', ';', ':', '\n']).next().unwrap_or_default();
            let before: Vec<&str> = before.split_whitespace().rev().take(3).collect();
            let after = &text[span.end as usize..];
            let apposed = after.strip_prefix(", ").map_or("", |after| {
                let end = after.find([',', '.', ';', '\n']).unwrap_or(after.len());
                let is_apposition =
                    ["the ", "a ", "an ", "his ", "her "].iter().any(|start| after.starts_with(start));
                if is_apposition { &after[..end] } else { "" }
            });
            let words =
                before.into_iter().chain(span.of(text).split_whitespace()).chain(apposed.split_whitespace());
            for word in words {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
                let told = FIELDS.iter().find(|(_, _, words)| words.contains(&word.as_str()));
                fields.extend(told.map(|(field, ..)| *field).filter(|field| !fields.contains(field)));
            }
        }
        Heard { fields, year }
    }
}

/// What is known of everybody with a full name.
#[derive(Clone, Debug, Default)]
pub(super) struct Roles(FxHashMap<String, Known>);

#[derive(Clone, Debug, Default)]
struct Known {
    fields: Vec<Field>,
    /// The first and the last year.
    years: Option<(i16, i16)>,
}

impl Roles {
    /// Takes up what is known.
    pub(super) fn take(&mut self, one: &Appearance) {
        let known = self.0.entry(one.name.clone()).or_default();
        known.fields.extend(one.field.filter(|field| !known.fields.contains(field)));
        if let Some(year) = one.year {
            let (first, last) = known.years.unwrap_or((year, year));
            known.years = Some((first.min(year), last.max(year)));
        }
    }

    /// Takes up how a full name is heard, and tells what is new of it.
    pub(super) fn learn(&mut self, name: &str, heard: &Heard) -> Vec<Appearance> {
        let known = self.0.get(name).cloned().unwrap_or_default();
        let is_new = |year: &i16| known.years.is_none_or(|(first, last)| *year < first || *year > last);
        let year = heard.year.filter(is_new);
        let mut fields: Vec<Option<Field>> = heard
            .fields
            .iter()
            .filter(|field| !known.fields.contains(field))
            .map(|&field| Some(field))
            .collect();
        if fields.is_empty() && year.is_some() {
            fields.push(None);
        }
        let new: Vec<Appearance> =
            fields.into_iter().map(|field| Appearance { name: name.to_owned(), field, year }).collect();
        new.iter().for_each(|one| self.take(one));
        new
    }

    /// Whether a short name that is heard so may stand for a full name: their roles are not known to differ, and they
    /// are not of different times.
    pub(super) fn fits(&self, full: &str, heard: &Heard) -> bool {
        let Some(known) = self.0.get(full) else { return true };
        let same_role = known.fields.is_empty()
            || heard.fields.is_empty()
            || heard.fields.iter().any(|field| known.fields.contains(field));
        let same_time = match (known.years, heard.year) {
            (Some((first, last)), Some(year)) => (first - YEARS..=last + YEARS).contains(&year),
            _ => true,
        };
        same_role && same_time
    }
}

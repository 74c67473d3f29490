//! One name in the many ways in which it is written: case, points, titles, demonyms, company endings.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

const PLACES: &str = include_str!("places.txt");

/// Words before a person's name that are not part of it.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sir",
    "lord",
    "lady",
    "dame",
    "prof",
    "professor",
    "president",
    "prime",
    "minister",
    "premier",
    "chancellor",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "cardinal",
    "archbishop",
    "bishop",
    "rev",
    "reverend",
    "gen",
    "lt",
    "lieutenant",
    "col",
    "colonel",
    "maj",
    "capt",
    "captain",
    "sgt",
    "sergeant",
    "adm",
    "admiral",
    "sen",
    "senator",
    "rep",
    "representative",
    "gov",
    "governor",
    "mayor",
    "judge",
    "justice",
    "secretary",
    "ambassador",
    "former",
    "deputy",
    "vice",
    "chairman",
    "chief",
    "spokesman",
    "spokeswoman",
    "inspector",
    "officer",
    "detective",
];
/// Words after a company's name that are not part of it.
const ENDINGS: &[&str] =
    &["inc", "corp", "corporation", "co", "company", "ltd", "limited", "plc", "llc", "ag", "sa", "nv"];

/// What every state has: "the U.S. government" is not whoever else is called "the government".
const OF_EVERY_STATE: &[&str] = &[
    "administration",
    "army",
    "embassy",
    "forces",
    "government",
    "intelligence",
    "military",
    "navy",
    "officials",
    "police",
    "troops",
];

static PLACE_NAMES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| table(PLACES));
static OTHER_NAMES: LazyLock<FxHashMap<&'static str, &'static str>> =
    LazyLock::new(|| table(include_str!("others.txt")));

/// Given names, each with one of its familiar forms.
static FAMILIAR: LazyLock<FxHashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("familiar.txt").lines().filter(|line| !line.starts_with('#'));
    let forms = lines.filter_map(|line| line.split_once(':'));
    forms.flat_map(|(name, forms)| forms.split(',').map(move |form| (name, form.trim()))).collect()
});

/// The first name of a line by each name of it.
fn table(lines: &'static str) -> FxHashMap<&'static str, &'static str> {
    let mut others = FxHashMap::default();
    for line in lines.lines().filter(|line| !line.starts_with('#')) {
        let Some((place, names)) = line.split_once(':') else { continue };
        others.insert(place, place);
        for name in names.split(',') {
            others.entry(name.trim()).or_insert(place);
        }
    }
    others
}

/// The name that a key, or a key in reports of one sport ("texas @baseball"), is another name for.
pub(super) fn other_name(key: &str) -> Option<&'static str> {
    OTHER_NAMES.get(key).copied()
}

static OUTLETS: LazyLock<FxHashMap<&'static str, &'static str>> =
    LazyLock::new(|| table(include_str!("outlets.txt")));

/// The key of an organisation's name without what only says that it is an outlet ("Reuters news agency"), by the one
/// name that a table has for an outlet of several.
pub(super) fn body_key(key: &str) -> String {
    const SORTS: &[&str] =
        &[" news agency", " news service", " wire service", " newspaper", " newswire", " news website"];
    let bare = SORTS.iter().find_map(|sort| key.strip_suffix(sort)).unwrap_or(key);
    OUTLETS.get(bare).copied().unwrap_or(bare).to_owned()
}

/// The place that a word in lower case names, or whose people it names.
pub(crate) fn place_name(word: &str) -> Option<&'static str> {
    PLACE_NAMES.get(word).copied()
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "jr" | "sr" | "ii" | "iii" | "iv")
}

fn is_initial_of(short: &str, long: &str) -> bool {
    short.chars().count() == 1 && long.starts_with(short)
}

/// A name made ready for comparing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Its words in lower case, without titles, endings, points and "the".
    pub words: Vec<String>,
    /// All its words in lower case.
    pub written: String,
    /// Whether it is written in capitals only, six letters at most: perhaps initials.
    pub initials: bool,
    /// Whether it is the name of a place or of its people; then `words` are the place's.
    pub place: bool,
    /// Whether it is the word for a place's people ("Dutch"), which no team is called by.
    pub people: bool,
}

impl Name {
    /// Reads a name as it is written.
    ///
    /// ```
    /// use sayso_link::sources::Name;
    /// assert_eq!(Name::of("Mr. Gates").words, ["gates"]);
    /// assert_eq!(Name::of("Dutch").words, Name::of("the Netherlands").words);
    /// ```
    pub fn of(written: &str) -> Name {
        let plain = written.replace(['.', '\u{2019}', '\'', ','], "").replace('&', " and ");
        let plain = ["-based", "-born", "-led", "-backed"]
            .iter()
            .fold(plain.as_str(), |name, end| name.strip_suffix(end).unwrap_or(name));
        let letters = plain.trim();
        let initials = (2..=6).contains(&letters.chars().count()) && letters.chars().all(char::is_uppercase);
        let mut words: Vec<String> = plain.split_whitespace().map(str::to_lowercase).collect();
        let written = words.join(" ");
        if let Some(place) = PLACE_NAMES.get(words.join(" ").as_str()) {
            return Name {
                words: place.split(' ').map(str::to_owned).collect(),
                initials: false,
                place: true,
                people: *place != words.join(" "),
                written,
            };
        }
        while words.len() > 1 && (words[0] == "the" || TITLES.contains(&words[0].as_str())) {
            words.remove(0);
        }
        while words.len() > 1 && words.last().is_some_and(|word| ENDINGS.contains(&word.as_str())) {
            words.pop();
        }
        if words.len() > 2 && words[..2] == ["united", "states"] {
            words.splice(..2, ["us".to_owned()]);
        }
        if words.len() > 1 && words[0] == "us" && !(words.len() == 2 && OF_EVERY_STATE.contains(&&*words[1]))
        {
            words.remove(0);
        }
        if let Some(place) = PLACE_NAMES.get(words.join(" ").as_str()) {
            return Name {
                words: place.split(' ').map(str::to_owned).collect(),
                initials: false,
                place: true,
                people: *place != words.join(" "),
                written,
            };
        }
        Name { words, initials, place: false, people: false, written }
    }

    /// Reads a person's name: titles may have words before them ("U.S. Defense Secretary Robert Gates").
    pub fn person(written: &str) -> Name {
        let mut name = Name::of(written);
        let title = name.words.iter().rposition(|word| TITLES.contains(&word.as_str()));
        if let Some(title) = title.filter(|title| title + 1 < name.words.len()) {
            name.words.drain(..=title);
        }
        name
    }

    /// The last word of a person's name that is no "Jr".
    pub(super) fn surname(&self) -> Option<&str> {
        let last = self.words.iter().rposition(|word| !is_suffix(word))?;
        Some(&self.words[last])
    }

    /// The given name, the names between and the suffix of a person's full name.
    fn parts(&self) -> Option<(&str, &[String], Option<&str>)> {
        let last = self.words.iter().rposition(|word| !is_suffix(word)).filter(|last| *last > 0)?;
        Some((&self.words[0], &self.words[1..last], self.words.get(last + 1).map(String::as_str)))
    }

    /// Whether two full names may be one person's: one surname, given names of which one is a form of the other, and
    /// no middle names that differ.
    pub(super) fn one_person(&self, other: &Name) -> bool {
        let (Some((first, middle, suffix)), Some((first2, middle2, suffix2))) = (self.parts(), other.parts())
        else {
            return false;
        };
        let same = |a: &str, b: &str| a == b || is_initial_of(a, b) || is_initial_of(b, a);
        let familiar = FAMILIAR.contains(&(first, first2)) || FAMILIAR.contains(&(first2, first));
        self.surname() == other.surname()
            && suffix == suffix2
            && (same(first, first2) || familiar)
            && middle.iter().zip(middle2).all(|(a, b)| same(a, b))
    }

    /// Whether two full names are the same but for "Jr": a father's and a son's, or one man's.
    pub(super) fn is_namesake(&self, other: &Name) -> bool {
        let (Some((first, _, suffix)), Some((first2, _, suffix2))) = (self.parts(), other.parts()) else {
            return false;
        };
        first == first2 && self.surname() == other.surname() && suffix.is_some() != suffix2.is_some()
    }

    /// The words joined.
    pub fn key(&self) -> String {
        self.words.join(" ")
    }

    /// Whether this is a shorter way to write `full`: its surname, its given name, or the first words of it.
    pub fn shortens(&self, full: &Name) -> bool {
        let (short, long) = (self.words.len(), full.words.len());
        short < long && (full.words.ends_with(&self.words) || full.words.starts_with(&self.words))
    }

    /// Whether this names a part of a place, or a body called after a place ("East Jerusalem", "First Chicago").
    pub(super) fn is_body_of(&self, place: &Name) -> bool {
        const BEFORE: &[&str] =
            &["east", "west", "north", "south", "new", "first", "bank", "air", "radio", "university"];
        self.words.ends_with(&place.words)
            && self.words.iter().take(self.words.len() - place.words.len()).any(|word| {
                BEFORE.contains(&word.as_str()) || matches!(word.as_str(), "of" | "in" | "and" | "for")
            })
    }

    /// Whether this writes a given name of `full` as its first letter ("S. Waugh"), or in its familiar form ("Bob Gates").
    pub fn familiar_for(&self, full: &Name) -> bool {
        let ([first, .., last], [full_first, .., full_last]) = (self.words.as_slice(), full.words.as_slice())
        else {
            return false;
        };
        let letter = || {
            first.chars().count() == 1
                && full_first.chars().count() > 1
                && full_first.starts_with(first.as_str())
        };
        last == full_last && (letter() || FAMILIAR.contains(&(full_first.as_str(), first.as_str())))
    }

    /// Whether this is made of the first letters of `full`, with or without its small words.
    pub fn abbreviates(&self, full: &Name) -> bool {
        if !self.initials || full.words.len() < 2 {
            return false;
        }
        let letters = |small: bool| -> String {
            let kept = full
                .words
                .iter()
                .filter(|word| small || !matches!(word.as_str(), "of" | "the" | "and" | "for" | "de"));
            kept.filter_map(|word| word.chars().next()).collect()
        };
        self.words.concat() == letters(false) || self.words.concat() == letters(true)
    }
}

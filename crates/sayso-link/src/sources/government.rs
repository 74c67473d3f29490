//! Whose government a body, an office or an official belongs to.

use super::name::place_name;
use super::office::holder_on;

/// Bodies of governments by their usual names, in lower case, each with its country.
const BODIES: &[(&str, &str)] = &[
    ("white house", "united states"),
    ("state department", "united states"),
    ("department of state", "united states"),
    ("pentagon", "united states"),
    ("defense department", "united states"),
    ("department of defense", "united states"),
    ("justice department", "united states"),
    ("department of justice", "united states"),
    ("treasury department", "united states"),
    ("department of homeland security", "united states"),
    ("national security council", "united states"),
    ("national security agency", "united states"),
    ("secret service", "united states"),
    ("fbi", "united states"),
    ("federal bureau of investigation", "united states"),
    ("cia", "united states"),
    ("central intelligence agency", "united states"),
    ("nsa", "united states"),
    ("central command", "united states"),
    ("downing street", "united kingdom"),
    ("whitehall", "united kingdom"),
    ("kremlin", "russia"),
    ("bundeswehr", "germany"),
];

/// What every state has: with a country before them they speak for its government.
const OF_A_STATE: &[&str] = &[
    "government",
    "ministry",
    "military",
    "army",
    "navy",
    "embassy",
    "intelligence",
    "administration",
    "department",
    "forces",
    "state",
];

/// Those who speak for the government of their country, by their offices.
const OFFICES: &[&str] = &[
    "secretary",
    "minister",
    "ambassador",
    "envoy",
    "chancellor",
    "premier",
    "president",
    "general",
    "consul",
    "commander",
    "admiral",
];

/// Who is nobody by name, and works for a government where the words before say so.
const OFFICIALS: &[&str] =
    &["official", "officials", "officer", "officers", "diplomat", "diplomats", "authorities"];

/// What makes an official one of the government of the page's own country.
const OFFICIAL_SORTS: &[&str] = &[
    "defense",
    "defence",
    "administration",
    "intelligence",
    "military",
    "government",
    "federal",
    "counterterrorism",
];

/// Who speaks: a government, and the body of it, where one is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Body {
    pub(super) organisation: String,
    pub(super) narrower: Option<String>,
}

/// What a page tells of its own country.
pub(super) struct Home<'a> {
    text: &'a str,
    day: Option<&'a str>,
}

impl<'a> Home<'a> {
    pub(super) fn new(text: &'a str, day: Option<&'a str>) -> Home<'a> {
        Home { text, day }
    }

    /// Whether the page speaks of the government of the United States, and of no other country's officials.
    fn is_american(&self) -> bool {
        let says = |words: &[&str]| words.iter().any(|words| self.text.contains(words));
        says(&["U.S. ", "United States", "Pentagon", "White House", "State Department"])
    }

    /// The government for which a description speaks: a body, an office, an official of one country.
    pub(super) fn government(&self, description: &str) -> Option<Body> {
        let lower = plain(description);
        let words: Vec<&str> = lower.split(' ').collect();
        if words.iter().any(|word| matches!(*word, "former" | "ex" | "retired" | "formerly")) {
            return None;
        }
        self.body(&lower).or_else(|| self.officer(&words))
    }

    /// A body of a government, named anywhere in a description.
    fn body(&self, lower: &str) -> Option<Body> {
        let padded = format!(" {lower} ");
        if let Some((body, country)) = BODIES.iter().find(|(body, _)| padded.contains(&format!(" {body} "))) {
            return Some(Body { organisation: of_country(country), narrower: Some((*body).to_owned()) });
        }
        let words: Vec<&str> = lower.split(' ').collect();
        let at = words.iter().position(|word| OF_A_STATE.contains(word) && *word != "state")?;
        if let Some(country) = last_country(&words[..at]) {
            return Some(Body { organisation: of_country(country), narrower: narrower(&words[..=at]) });
        }
        // "the Lund administration": that of whoever held the office on the day of the page.
        let (leader, day) = (words.get(at.checked_sub(1)?)?, self.day?);
        let president = holder_on("us president", day)?.to_lowercase();
        (words[at] == "administration" && president.rsplit(' ').next() == Some(*leader)).then(|| Body {
            organisation: of_country("united states"),
            narrower: Some(words[at - 1..=at].join(" ")),
        })
    }

    /// Somebody in an office or in the service of a government.
    fn officer(&self, words: &[&str]) -> Option<Body> {
        let office = words.iter().position(|word| OFFICES.contains(word));
        let official = words.iter().position(|word| OFFICIALS.contains(word));
        let at = office.or(official)?;
        // "the Ambassador to Iraq": not Iraq's.
        let country = last_country(&words[..at]).or_else(|| {
            let of = words[at + 1..].iter().position(|word| *word == "of")?;
            first_country(&words[at + 1..][of + 1..])
        });
        if let Some(country) = country {
            return Some(Body { organisation: of_country(country), narrower: None });
        }
        let of_state =
            words[at + 1..].starts_with(&["of", "state"]) || words[at + 1..].starts_with(&["of", "defense"]);
        let own_office = of_state || words[..at].iter().any(|word| matches!(*word, "defense" | "treasury"));
        let own_official = official.is_some() && words[..at].iter().any(|word| OFFICIAL_SORTS.contains(word));
        let is_own = office.is_some() && own_office || own_official;
        (is_own && self.is_american())
            .then(|| Body { organisation: of_country("united states"), narrower: None })
    }
}

/// A description in lower case, without articles, points and possessives.
pub(super) fn plain(description: &str) -> String {
    let plain = description.to_lowercase().replace('.', "").replace("\u{2019}s", "").replace("'s", "");
    let words =
        plain.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'').filter(|word| !word.is_empty());
    words.filter(|word| !matches!(*word, "the" | "a" | "an")).collect::<Vec<_>>().join(" ")
}

fn narrower(words: &[&str]) -> Option<String> {
    let last = words.last()?;
    let two = words.len() >= 2 && place_name(words[words.len() - 2]).is_none();
    (!matches!(*last, "government" | "administration"))
        .then(|| if two { words[words.len() - 2..].join(" ") } else { (*last).to_owned() })
}

/// The last country, or people of one, among some words.
fn last_country(words: &[&str]) -> Option<&'static str> {
    (0..words.len()).rev().find_map(|at| country_at(words, at))
}

fn first_country(words: &[&str]) -> Option<&'static str> {
    (0..words.len()).find_map(|at| country_at(words, at))
}

fn country_at(words: &[&str], at: usize) -> Option<&'static str> {
    let two = words.get(at..at + 2).and_then(|two| place_name(&two.join(" ")));
    let place = two.or_else(|| place_name(words[at]))?;
    // Parts of the world have no government.
    (!matches!(place, "europe" | "africa" | "asia" | "south america" | "middle east")).then_some(place)
}

/// "U.S. government", "Iraq government".
pub(super) fn of_country(country: &str) -> String {
    let shown = match country {
        "united states" => "U.S.".to_owned(),
        "united kingdom" => "U.K.".to_owned(),
        _ => {
            let capital = |word: &str| {
                let mut letters = word.chars();
                letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
            };
            country.split(' ').map(capital).collect::<Vec<String>>().join(" ")
        }
    };
    format!("{shown} government")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_offices_and_officials_speak_for_their_government() {
        let home = Home::new("The Pentagon was asked.", Some("2015-06-01"));
        let speaks = |words: &str| home.government(words).map(|body| body.organisation);
        let own = Some("U.S. government".to_owned());
        for words in [
            "U.S. Defense Secretary",
            "the U.S. Ambassador to Iraq",
            "a senior defense official",
            "U.S. officials",
            "U.S. intelligence",
            "White House press secretary",
            "the State Department",
            "the FBI director",
            "Secretary of State",
        ] {
            assert_eq!(speaks(words), own, "{words}");
        }
        assert_eq!(speaks("Iranian Foreign Minister"), Some("Iran government".to_owned()));
        assert_eq!(speaks("the German government"), Some("Germany government".to_owned()));
        for words in [
            "the former U.S. Defense Secretary",
            "a senator",
            "police officers",
            "a school official",
            "the ambassador",
        ] {
            assert_eq!(speaks(words), None, "{words}");
        }
        assert_eq!(
            home.government("a Pentagon spokesman").and_then(|body| body.narrower),
            Some("pentagon".to_owned())
        );
    }

    #[test]
    fn an_official_of_no_country_is_nobody_of_this_one() {
        let abroad = Home::new("The harbour was closed.", None);
        assert_eq!(abroad.government("a senior defense official"), None);
    }
}

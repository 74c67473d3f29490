//! The people of a page: whom a bare surname on it stands for.

use super::given_names::{is_mans, is_womans};
use super::mention::is_suffix;
use super::transcript::written;
use std::collections::HashMap;

/// For whom "he" and "she" can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    He,
    She,
}

/// A name that stands on a page, outside its headlines.
pub(super) struct Written<'a> {
    pub(super) name: &'a str,
    pub(super) at: u32,
    pub(super) gender: Option<Gender>,
}

/// Somebody whom the page names in full.
#[derive(Debug)]
struct Person {
    /// As it is first written.
    name: String,
    gender: Option<Gender>,
    /// Where it first stands.
    at: u32,
}

/// Everybody whom a page names in full, and where it has bare surnames.
#[derive(Debug, Default)]
pub(super) struct People {
    all: Vec<Person>,
    /// The places of those of a surname in `all`, in order, and of those of a given name.
    by_surname: HashMap<String, Vec<usize>>,
    by_given: HashMap<String, Vec<usize>>,
    /// Where each bare surname stands, in order.
    bare: HashMap<String, Vec<u32>>,
}

/// So many bare surnames before a full name say that the page takes its bearer for known already, and that whoever
/// is then named in full is a relative.
const KNOWN_ALREADY: usize = 3;

/// No page of news names more people of one name; of those behind them nothing is made.
const MOST_OF_ONE_NAME: usize = 64;

impl People {
    /// The people of the names of a page, in the order of the text.
    pub(super) fn of<'a>(names: impl Iterator<Item = Written<'a>>) -> People {
        let mut people = People::default();
        for written in names {
            if !written.name.contains(' ') {
                people.bare.entry(written.name.to_owned()).or_default().push(written.at);
                continue;
            }
            let Some((given, surname, _)) = parts(written.name) else { continue };
            let bearers = people.by_surname.entry(surname.to_owned()).or_default();
            let known = bearers.iter().find(|&&at| one_person(&people.all[at].name, written.name));
            if let Some(&known) = known {
                let known = &mut people.all[known];
                known.gender = known.gender.or(written.gender);
            } else if bearers.len() < MOST_OF_ONE_NAME {
                bearers.push(people.all.len());
                let called = people.by_given.entry(given.to_owned()).or_default();
                if called.len() < MOST_OF_ONE_NAME {
                    called.push(people.all.len());
                }
                people.all.push(Person {
                    name: written.name.to_owned(),
                    gender: written.gender,
                    at: written.at,
                });
            }
        }
        people
    }

    /// Who is meant by a surname, where it is known of what gender: the only one of that name; of several the one whom
    /// the page names first, as long as it does not use the surname before. Relatives are named in full each time.
    pub(super) fn called(&self, surname: &str, gender: Option<Gender>) -> Option<&str> {
        let lower = surname.to_lowercase();
        let is_given = is_mans(&lower) || is_womans(&lower);
        // "Anna" is Anna Lund where nobody is called so by surname.
        let by_given = || self.by_given.get(surname).filter(|_| is_given);
        let bearers = self.by_surname.get(surname).or_else(by_given)?;
        let fits = |person: &&Person| gender.is_none() || person.gender.is_none_or(|own| Some(own) == gender);
        let mut bearers = bearers.iter().map(|&at| &self.all[at]).filter(fits);
        let first = bearers.next()?;
        let before = self.bare.get(surname).map_or(0, |places| places.partition_point(|&at| at < first.at));
        let most = if bearers.next().is_some() { 1 } else { KNOWN_ALREADY };
        (before < most || gender.is_some()).then_some(first.name.as_str())
    }

    /// Who is meant by a surname in capitals, as transcripts have it: "BRANDT: ...".
    pub(super) fn shouted(&self, surname: &str) -> Option<&str> {
        self.called(&written(surname), None)
    }
}

/// The given name, the surname and the suffix of a full name.
fn parts(name: &str) -> Option<(&str, &str, Option<&str>)> {
    let mut words = name.split(' ');
    let first = words.next()?;
    let mut last = words.next_back()?;
    let mut suffix = None;
    if is_suffix(last) {
        suffix = Some(last);
        last = words.next_back()?;
    }
    Some((first, last, suffix))
}

/// Whether two full names of a page are one person's, one of them perhaps with a middle name or an initial.
fn one_person(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (parts(a), parts(b)) else { return false };
    let initial = |short: &str, long: &str| {
        short.trim_end_matches('.').chars().count() == 1 && long.starts_with(&short[..1])
    };
    a.1 == b.1
        && a.2 == b.2
        && (a.0 == b.0
            || is_ascii_initial(a.0) && initial(a.0, b.0)
            || is_ascii_initial(b.0) && initial(b.0, a.0))
}

fn is_ascii_initial(word: &str) -> bool {
    word.is_ascii() && word.trim_end_matches('.').len() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(names: &[(&'static str, Option<Gender>)]) -> People {
        People::of(names.iter().enumerate().map(|(at, &(name, gender))| Written {
            name,
            at: at as u32,
            gender,
        }))
    }

    #[test]
    fn a_surname_is_the_one_who_has_it_or_who_is_named_first() {
        let one = people(&[("Anna Lund", None), ("Lund", None), ("Anna B. Lund", None)]);
        assert_eq!(one.called("Lund", None), Some("Anna Lund"));
        assert_eq!(one.called("Brandt", None), None);
        assert_eq!(one.shouted("LUND"), Some("Anna Lund"));
        let pair =
            people(&[("Ivo Brandt", Some(Gender::He)), ("Anna Brandt", Some(Gender::She)), ("Brandt", None)]);
        assert_eq!(pair.called("Brandt", None), Some("Ivo Brandt"));
        assert_eq!(pair.called("Brandt", Some(Gender::She)), Some("Anna Brandt"));
    }

    #[test]
    fn a_relative_is_not_who_was_known_before() {
        let later =
            people(&[("Brandt", None), ("Anna Brandt", Some(Gender::She)), ("Ivo Brandt", Some(Gender::He))]);
        assert_eq!(later.called("Brandt", None), None, "the page does not say which");
        let wife = people(&[("Brandt", None), ("Brandt", None), ("Brandt", None), ("Anna Brandt", None)]);
        assert_eq!(wife.called("Brandt", None), None);
        let junior = people(&[("Ivo Brandt", None), ("Ivo Brandt Jr", None)]);
        assert_eq!(junior.called("Brandt", None), Some("Ivo Brandt"));
    }
}

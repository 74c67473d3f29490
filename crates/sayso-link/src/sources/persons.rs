//! People by their surnames: which full names are one person's, and whom a bare surname may stand for.

use super::name::Name;
use rustc_hash::FxHashMap;

/// A bare surname is taken for whom it is heard of most where that is in so many documents at least ...
const HEARD_OFTEN: u32 = 5;
/// ... and so many times as many as for the next one of that name.
const HEARD_MORE: u32 = 8;

/// Everybody who was named in full.
#[derive(Clone, Debug, Default)]
pub(super) struct Persons {
    by_surname: FxHashMap<String, Vec<Known>>,
    /// Surnames that stood alone before anybody of that name was known: sources by themselves.
    alone: FxHashMap<String, String>,
}

/// A full name, in one way to write it.
#[derive(Clone, Debug)]
struct Known {
    name: Name,
    written: String,
    /// In how many documents.
    heard: u32,
}

/// Whom a person's name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Nobody else who is known.
    Itself,
    /// Another way to write this name.
    Form(String),
    /// The only one of that surname.
    Only(String),
    /// The one of that surname who is heard by far the most.
    MostHeard(String),
}

impl Persons {
    /// Takes up a name as it is written, in so many more documents.
    pub(super) fn learn(&mut self, name: &Name, written: &str, documents: u32) {
        let Some(surname) = name.surname() else { return };
        if name.words.len() < 2 {
            if !self.by_surname.contains_key(surname) {
                self.alone.entry(surname.to_owned()).or_insert_with(|| written.trim().to_owned());
            }
            return;
        }
        let known = self.by_surname.entry(surname.to_owned()).or_default();
        match known.iter_mut().find(|known| known.name.words == name.words) {
            Some(known) => known.heard += documents,
            None => {
                known.push(Known { name: name.clone(), written: written.trim().to_owned(), heard: documents })
            }
        }
    }

    /// Whom a name stands for, and whom else it may. `on_page` are the other full names of its page; `fits` tells
    /// whether somebody may be heard in the role and the year of the mention.
    pub(super) fn who(
        &self,
        name: &Name,
        on_page: &[Name],
        fits: impl Fn(&str) -> bool,
    ) -> (Who, Vec<String>) {
        let known = name.surname().and_then(|surname| self.by_surname.get(surname));
        let known = known.map_or(&[][..], Vec::as_slice);
        match name.words.len() {
            0 => (Who::Itself, Vec::new()),
            1 => bare(known, name, on_page, fits),
            _ => {
                let (who, mut possibly) = full(known, name, fits);
                possibly.extend(name.surname().and_then(|surname| self.alone.get(surname)).cloned());
                (who, possibly)
            }
        }
    }
}

/// A full name: the first known way to write it, unless two people are known whom it may stand for.
fn full(known: &[Known], name: &Name, fits: impl Fn(&str) -> bool) -> (Who, Vec<String>) {
    let forms: Vec<&Known> = known.iter().filter(|other| other.name.one_person(name)).collect();
    let is_clear = |one: &Known| {
        let own = || known.iter().filter(|other| other.name.one_person(&one.name));
        own().all(|a| own().all(|b| a.name.one_person(&b.name)))
    };
    let itself = |one: &&Known| one.name.words == name.words;
    let sure: Vec<&Known> = match forms.iter().find(|one| itself(one)) {
        Some(own) if !is_clear(own) => vec![own],
        _ => forms
            .iter()
            .copied()
            .filter(|one| itself(one) || is_clear(one) && fits(&one.name.key()))
            .collect(),
    };
    let who = match sure.first() {
        Some(first) if !itself(first) => Who::Form(first.written.clone()),
        _ => Who::Itself,
    };
    let unsure = forms.iter().filter(|one| !sure.iter().any(|sure| sure.name.words == one.name.words));
    // "Ivo Brandt" may be "Ivo Brandt Jr", or his father.
    let juniors = known.iter().filter(|one| one.name.is_namesake(name));
    (who, unsure.copied().chain(juniors).map(|one| one.written.clone()).collect())
}

/// A bare surname: the reader of the page knew nobody on it whom it stands for, so that the ledger must tell.
fn bare(known: &[Known], name: &Name, on_page: &[Name], fits: impl Fn(&str) -> bool) -> (Who, Vec<String>) {
    let mut people: Vec<(u32, &Known)> = Vec::new();
    for one in known.iter().filter(|one| fits(&one.name.key())) {
        match people.iter_mut().find(|(_, first)| first.name.one_person(&one.name)) {
            Some((heard, _)) => *heard += one.heard,
            None => people.push((one.heard, one)),
        }
    }
    people.sort_by_key(|(heard, _)| std::cmp::Reverse(*heard));
    // Where the page names somebody so in full, its reader has seen that the bare name may be another's.
    let undecided = on_page.iter().any(|other| other.words.len() > 1 && other.surname() == name.surname());
    let who = match people.as_slice() {
        [(_, only)] if !undecided => Who::Only(only.written.clone()),
        [(most, first), (next, _), ..]
            if !undecided && *most >= HEARD_OFTEN && *most >= HEARD_MORE * *next =>
        {
            Who::MostHeard(first.written.clone())
        }
        _ => Who::Itself,
    };
    let others = match who {
        Who::Itself => people.iter().map(|(_, one)| one.written.clone()).collect(),
        _ => Vec::new(),
    };
    (who, others)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn persons(names: &[(&str, u32)]) -> Persons {
        let mut persons = Persons::default();
        names.iter().for_each(|(name, heard)| persons.learn(&Name::person(name), name, *heard));
        persons
    }

    fn who(persons: &Persons, name: &str) -> (Who, Vec<String>) {
        persons.who(&Name::person(name), &[], |_| true)
    }

    #[test]
    fn middle_names_initials_and_familiar_forms_part_nobody() {
        let known = persons(&[
            ("Robert Thorne", 1),
            ("Robert J. Thorne", 1),
            ("Bob Thorne", 1),
            ("Anna Mae Lund", 1),
        ]);
        for form in ["Robert J. Thorne", "Bob Thorne", "Bob J. Thorne"] {
            assert_eq!(who(&known, form), (Who::Form("Robert Thorne".to_owned()), Vec::new()), "{form}");
        }
        assert_eq!(who(&known, "Anna Lund").0, Who::Form("Anna Mae Lund".to_owned()));
        assert_eq!(who(&known, "Robert Thorne").0, Who::Itself);
    }

    #[test]
    fn two_whose_middle_initials_differ_stay_apart_and_may_both_be_meant() {
        let known = persons(&[("Ivo Brandt", 1), ("Ivo A. Brandt", 1), ("Ivo B. Brandt", 1)]);
        assert_eq!(who(&known, "Ivo A. Brandt"), (Who::Itself, vec!["Ivo Brandt".to_owned()]));
        let (own, possibly) = who(&known, "Ivo Brandt");
        assert_eq!((own, possibly.len()), (Who::Itself, 2));
    }

    #[test]
    fn a_bare_surname_is_sure_only_where_one_is_heard_by_far_the_most() {
        let one = persons(&[("Ivo Brandt", 1)]);
        assert_eq!(who(&one, "Brandt").0, Who::Only("Ivo Brandt".to_owned()));
        let two = persons(&[("Anna Brandt", 1), ("Ivo Brandt", 4)]);
        assert_eq!(
            who(&two, "Brandt"),
            (Who::Itself, vec!["Ivo Brandt".to_owned(), "Anna Brandt".to_owned()])
        );
        let many = persons(&[("Anna Brandt", 1), ("Ivo Brandt", 9)]);
        assert_eq!(who(&many, "Brandt"), (Who::MostHeard("Ivo Brandt".to_owned()), Vec::new()));
        let on_page = [Name::person("Anna Brandt")];
        assert_eq!(many.who(&Name::person("Brandt"), &on_page, |_| true).0, Who::Itself);
    }

    #[test]
    fn a_son_may_be_his_father_and_a_full_name_who_was_heard_by_surname() {
        let known = persons(&[("Ivo Brandt", 3), ("Ivo Brandt Jr", 1)]);
        assert_eq!(who(&known, "Ivo Brandt Jr."), (Who::Itself, vec!["Ivo Brandt".to_owned()]));
        let later = persons(&[("Lund", 1), ("Anna Lund", 1)]);
        assert_eq!(who(&later, "Anna Lund"), (Who::Itself, vec!["Lund".to_owned()]));
    }
}

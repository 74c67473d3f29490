//! Everyone who is named in a ledger: full names from documents, short ones to the full name that they stand for.

use super::field::sport;
use super::name::{Name, body_key, other_name};
use super::persons::{Persons, Who};
use super::role::{Heard, Roles};
use rustc_hash::{FxHashMap, FxHashSet};
use sayso_record::Span;

/// Why a mention was taken to stand for a name. Every one of these is a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The name as it is written, but for case, points, titles and endings.
    Written,
    /// Another name for a place or its people.
    OtherName,
    /// A shorter form of a fuller name in the same document.
    Document,
    /// First letters of a name.
    Initials,
    /// The only fuller name in the ledger that it can be short for.
    Ledger,
    /// The same name but for a middle name, an initial or a familiar form.
    Form,
    /// Of all in the ledger who have that surname, the one who is heard by far the most.
    MostHeard,
}

/// Who a mention stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The same for all mentions of one entity.
    pub label: String,
    /// Why.
    pub reason: Reason,
}

/// The names of a ledger, growing a document at a time.
#[derive(Clone, Debug, Default)]
pub struct Everyone {
    /// Full names by each of their last and first words.
    by_word: FxHashMap<String, FxHashSet<String>>,
    /// Full names of several words, by their keys.
    full: FxHashMap<String, Name>,
    /// In how many reports of each sport a full name stood.
    sports: FxHashMap<String, FxHashMap<&'static str, u32>>,
    /// How each name was first written, by its key.
    written: FxHashMap<String, String>,
    /// In what roles and when people were heard, by the keys of their full names.
    pub(super) roles: Roles,
    /// People by their surnames.
    pub(super) persons: Persons,
}

/// A mention in its document.
struct Seen {
    name: Name,
    place_use: bool,
}

impl Seen {
    /// The team that goes by this name in reports of a sport.
    fn team(&self, sport: &str) -> Option<&'static str> {
        other_name(&format!("{} @{sport}", self.name.written))
    }
}

impl Everyone {
    /// Learns the names of a document.
    pub fn learn(&mut self, text: &str, mentions: &[Span]) {
        let sport = sport(text);
        for name in mentions.iter().map(|span| Name::of(span.of(text))).filter(|name| !name.place) {
            let [first, .., last] = name.words.as_slice() else { continue };
            for word in [first, last] {
                self.by_word.entry(word.clone()).or_default().insert(name.key());
            }
            if let Some(sport) = sport {
                *self.sports.entry(name.key()).or_default().entry(sport).or_default() += 1;
            }
            self.full.insert(name.key(), name);
        }
    }

    /// Who the mentions of a document stand for, by the names learned so far.
    pub fn resolve(&self, text: &str, mentions: &[Span]) -> Vec<Named> {
        let seen: Vec<Seen> = mentions
            .iter()
            .map(|&span| Seen { name: Name::of(span.of(text)), place_use: is_place_use(text, span) })
            .collect();
        let sport = sport(text).or_else(|| self.sport_by_company(&seen));
        seen.iter().map(|one| self.named(one, &seen, sport)).collect()
    }

    /// Learns one name, and how it is written.
    pub(super) fn learn_name(&mut self, name: Name, written: &str) {
        for key in [body_key(&name.key()), name.key()] {
            self.written.entry(key).or_insert_with(|| written.trim().to_owned());
        }
        if let ([first, .., last], false) = (name.words.as_slice(), name.place) {
            for word in [first, last] {
                self.by_word.entry(word.clone()).or_default().insert(name.key());
            }
            self.full.insert(name.key(), name);
        }
    }

    /// Who a person's name stands for, why, and who else it may be. `on_page` are the people of its page.
    pub(super) fn person(
        &self,
        name: &Name,
        written: &str,
        on_page: &[Name],
        heard: &Heard,
    ) -> (String, Reason, Vec<String>) {
        if name.place || other_name(&name.key()).is_some() {
            let (name, reason) = self.shown(name, written, heard);
            return (name, reason, Vec::new());
        }
        let (who, possibly) = self.persons.who(name, on_page, |full| self.roles.fits(full, heard));
        let (shown, reason) = match who {
            Who::Form(full) => (full, Reason::Form),
            Who::Only(full) => (full, Reason::Ledger),
            Who::MostHeard(full) => (full, Reason::MostHeard),
            Who::Itself => {
                let first = self.written.get(&name.key()).cloned();
                (first.unwrap_or_else(|| written.trim().to_owned()), Reason::Written)
            }
        };
        let mut others: Vec<String> = Vec::new();
        for one in possibly {
            if one != shown && !others.contains(&one) {
                others.push(one);
            }
        }
        (shown, reason, others)
    }

    /// The fullest known way to write a name that is heard in some role at some time, and why it is taken for that.
    pub(super) fn shown(&self, name: &Name, written: &str, heard: &Heard) -> (String, Reason) {
        let key = body_key(&name.key());
        let only = self.only(name).filter(|full| *full == key || self.roles.fits(full, heard));
        let (key, reason) = match only.or_else(|| other_name(&key)) {
            Some(full) if full != key => (full.to_owned(), Reason::Ledger),
            _ => (key, if name.place { Reason::OtherName } else { Reason::Written }),
        };
        (self.written.get(&key).cloned().unwrap_or_else(|| written.trim().to_owned()), reason)
    }

    /// The sport whose reports name the same people, where a text does not say which it is.
    fn sport_by_company(&self, seen: &[Seen]) -> Option<&'static str> {
        let mut votes: FxHashMap<&'static str, u32> = FxHashMap::default();
        let mut counted: FxHashSet<&str> = FxHashSet::default();
        for one in seen.iter().filter(|one| !one.name.place) {
            let full = self.only(&one.name).map(str::to_owned).unwrap_or_else(|| one.name.key());
            let Some((full, sports)) = self.sports.get_key_value(&full) else { continue };
            if counted.insert(full) {
                sports.keys().for_each(|sport| *votes.entry(sport).or_default() += 1);
            }
        }
        let mut votes: Vec<(u32, &str)> = votes.into_iter().map(|(sport, votes)| (votes, sport)).collect();
        votes.sort_unstable();
        votes.last().filter(|(votes, _)| *votes >= 2).map(|(_, sport)| *sport)
    }

    fn named(&self, one: &Seen, seen: &[Seen], sport: Option<&str>) -> Named {
        let named = |label: &str, reason| Named { label: label.to_owned(), reason };
        let key = one.name.key();
        if let Some(other) = other_name(&key).filter(|_| !one.place_use && !one.name.people) {
            return named(other, Reason::OtherName);
        }
        if let Some(team) = sport.filter(|_| !one.place_use).and_then(|sport| one.team(sport)) {
            return named(team, Reason::OtherName);
        }
        if one.name.place {
            let team = sport.filter(|_| !one.place_use && !one.name.people);
            return named(&team.map_or(key.clone(), |sport| format!("{key} @{sport}")), Reason::OtherName);
        }
        if let Some(full) = in_document(one, seen) {
            return named(&full.key(), Reason::Document);
        }
        if let Some(full) = seen.iter().find(|other| one.name.abbreviates(&other.name)) {
            return named(&full.name.key(), Reason::Initials);
        }
        if let Some(full) = self.only(&one.name) {
            return named(full, if one.name.initials { Reason::Initials } else { Reason::Ledger });
        }
        named(&key, Reason::Written)
    }

    /// The only full name of the ledger that a name can be short for.
    fn only(&self, name: &Name) -> Option<&str> {
        let mut full: Vec<&str> = if name.initials {
            self.full.iter().filter(|(_, full)| name.abbreviates(full)).map(|(key, _)| key.as_str()).collect()
        } else {
            let last = name.words.last()?;
            let with_last = self.by_word.get(last).into_iter().flatten().map(String::as_str);
            match name.words.as_slice() {
                [word] => with_last
                    .filter(|full| full.ends_with(word.as_str()) || is_office(full, word))
                    .filter(|full| !self.full.get(*full).is_some_and(|full| full.is_body_of(name)))
                    .collect(),
                _ => with_last
                    .filter(|full| self.full.get(*full).is_some_and(|full| name.familiar_for(full)))
                    .collect(),
            }
        };
        full.sort_unstable();
        // "D. Gough" is no second Gough beside "Darren Gough".
        let spelled: Vec<&str> = full.iter().copied().filter(|full| full.find(' ') != Some(1)).collect();
        match (if spelled.is_empty() { full } else { spelled }).as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

/// The fullest name in the document that this one is short for, if there is only one person or body of that name.
fn in_document<'s>(one: &Seen, seen: &'s [Seen]) -> Option<&'s Name> {
    let fuller: Vec<&Name> = seen
        .iter()
        .map(|other| &other.name)
        .filter(|full| !full.place && one.name.shortens(full) && !full.is_body_of(&one.name))
        .collect();
    let longest = *fuller.iter().max_by_key(|full| full.words.len())?;
    fuller.iter().all(|full| *full == longest || full.shortens(longest)).then_some(longest)
}

/// Whether a full name is a department that is called by its first word alone.
fn is_office(full: &str, word: &str) -> bool {
    full.strip_prefix(word).is_some_and(|rest| matches!(rest, " department" | " ministry"))
}

/// Whether a mention stands where a place does: after "in" or "at", in brackets, or before a date as in a dateline.
fn is_place_use(text: &str, span: Span) -> bool {
    let before = text[..span.start as usize].split_whitespace().next_back().unwrap_or_default();
    let after = text[span.end as usize..].split_whitespace().next().unwrap_or_default();
    matches!(before, "in" | "at" | "near" | "(" | "IN" | "AT")
        || after
            .as_bytes()
            .get(..5)
            .is_some_and(|year| year[..4].iter().all(u8::is_ascii_digit) && year[4] == b'-')
}

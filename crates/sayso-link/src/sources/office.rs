//! Offices and those who hold them: by what the page says, else by a small dated table.

use super::name::place_name;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A holder of an office from a day on; no name where it stood empty or the table ends.
type Term = (&'static str, Option<&'static str>);

/// The terms of every office of the table, oldest first, by the words of its name in alphabetical order.
static TERMS: LazyLock<FxHashMap<String, Vec<Term>>> = LazyLock::new(|| {
    let lines = include_str!("offices.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(": ")).map(|(office, terms)| (key(office), read(terms))).collect()
});

fn read(terms: &'static str) -> Vec<Term> {
    let term = |term: &'static str| {
        let (holder, from) = term.trim().rsplit_once(' ')?;
        Some((from, (holder != "-").then_some(holder)))
    };
    terms.split(';').filter_map(term).collect()
}

/// Who held an office on a day (`2011-06-30`), by the table.
pub(super) fn holder_on(office: &str, day: &str) -> Option<&'static str> {
    let terms = TERMS.get(&key(office))?;
    let begun = terms.iter().take_while(|(from, _)| *from <= day);
    begun.last()?.1
}

/// Whom a text calls by title and surname alone, where the table knows the holder of such an office on that day:
/// "President Lund".
pub(super) fn titled_holder(text: &str, surname: &str, day: &str) -> Option<&'static str> {
    const TITLES: &[&str] =
        &["President", "Prime Minister", "Chancellor", "Secretary of State", "Vice President", "Pope"];
    let titles: Vec<String> = TITLES
        .iter()
        .filter(|title| text.contains(&format!("{title} {surname}")))
        .map(|title| title.to_lowercase())
        .collect();
    if titles.is_empty() {
        return None;
    }
    let mut holders: Vec<&str> = TERMS
        .keys()
        .filter(|office| {
            titles.iter().any(|title| title.split(' ').all(|word| office.split(' ').any(|own| own == word)))
        })
        .filter_map(|office| TERMS[office].iter().take_while(|(from, _)| *from <= day).last()?.1)
        .filter(|holder| holder.rsplit(' ').next() == Some(surname))
        .collect();
    holders.dedup();
    match holders.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// The country whose office somebody held on a day, by the table.
pub(super) fn country_of_holder(name: &str, day: &str) -> Option<&'static str> {
    static COUNTRIES: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
        let lines = include_str!("offices.txt").lines().filter(|line| !line.starts_with('#'));
        let offices = lines.filter_map(|line| line.split_once(": ")).map(|(office, _)| office);
        offices.filter_map(|office| Some((office, place_name(office.split(' ').next()?)?))).collect()
    });
    COUNTRIES.iter().find(|(office, _)| holder_on(office, day) == Some(name)).map(|(_, country)| *country)
}

/// An office by its words, however they are ordered: "the U.S. Defense Secretary" is "the Secretary of Defense of the
/// United States".
fn key(office: &str) -> String {
    let plain = office
        .to_lowercase()
        .replace(['.', ','], "")
        .replace("\u{2019}s", "")
        .replace("'s", "")
        .replace('-', " ");
    let words: Vec<&str> = plain.split_whitespace().filter(|word| !matches!(*word, "the" | "of")).collect();
    let mut key: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let two = words[at..].get(..2).map(|two| two.join(" "));
        if let Some(place) = two.as_deref().and_then(place_name) {
            key.push(place);
            at += 2;
            continue;
        }
        key.push(match words[at] {
            "defence" => "defense",
            "chair" | "chairwoman" => "chairman",
            word => place_name(word).unwrap_or(word),
        });
        at += 1;
    }
    key.sort_unstable();
    key.join(" ")
}

/// The person of whom a text says that he or she holds an office: "James Jeffrey, the U.S. Ambassador to Iraq", "the
/// mayor of Tarn, Anna Lund,", "Anna Lund is mayor of Tarn". None where it says so of two.
pub(super) fn holder_in(text: &str, office: &str) -> Option<String> {
    let bare = ["the ", "The "].iter().fold(office.trim(), |office, the| office.trim_start_matches(the));
    if bare.is_empty() {
        return None;
    }
    let mut holders: Vec<String> = Vec::new();
    for (at, words) in text.match_indices(bare) {
        let (before, after) = (&text[..at], &text[at + words.len()..]);
        let found = name_after(after).or_else(|| name_before(before));
        holders.extend(found.filter(|_| !is_former(before)));
    }
    holders.sort_unstable();
    holders.dedup();
    match holders.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// "the mayor of Tarn, Anna Lund, said", "Mayor Anna Lund".
fn name_after(after: &str) -> Option<String> {
    let rest = after.strip_prefix(", ").or_else(|| after.strip_prefix(' '))?;
    let name = capitalised(rest.split_inclusive(' '))?;
    // A comma that opens an apposition also closes it: "the mayor, Ivo Brandt and the clerk" is a list.
    let ends = rest[name.len()..].trim_start();
    let is_apposition = after.starts_with(' ') || ends.starts_with([',', '.', ')']);
    is_apposition.then_some(name)
}

/// "Anna Lund, the mayor of Tarn", "Anna Lund is the mayor of Tarn".
fn name_before(before: &str) -> Option<String> {
    let before = before.strip_suffix("the ").unwrap_or(before);
    let links = [", ", " is ", " was ", ", who is ", " became "];
    let before = links.iter().find_map(|link| before.strip_suffix(link))?;
    let words: Vec<&str> = before.rsplit(' ').take(4).collect();
    let count = words.iter().take_while(|word| is_part_of_name(word)).count();
    let whole = words[..count].iter().rev().copied().collect::<Vec<_>>().join(" ");
    (count >= 2).then_some(whole)
}

fn capitalised<'t>(words: impl Iterator<Item = &'t str>) -> Option<String> {
    let mut name: Vec<&str> = Vec::new();
    for word in words {
        let bare = word.trim_end();
        let plain = bare.trim_end_matches([',', '.', ')']);
        let is_initial = bare.len() == 2 && bare.ends_with('.');
        if !is_part_of_name(if is_initial { bare } else { plain }) {
            break;
        }
        name.push(if is_initial { bare } else { plain });
        if !is_initial && plain.len() < bare.len() {
            break;
        }
    }
    (name.len() >= 2 && name.len() <= 4).then(|| name.join(" "))
}

fn is_part_of_name(word: &str) -> bool {
    let letters = word.trim_end_matches('.');
    word.starts_with(char::is_uppercase)
        && letters.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '\u{2019}'))
}

/// "Anna Lund, the former mayor" holds it no more.
fn is_former(before: &str) -> bool {
    let last = before.trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
    matches!(last.as_str(), "former" | "ex" | "deputy" | "acting" | "then" | "late")
}

#[cfg(test)]
mod tests {
    use super::{TERMS, holder_in, holder_on};

    #[test]
    fn the_table_says_who_held_an_office_when() {
        assert_eq!(holder_on("the U.S. Defense Secretary", "2011-06-30"), Some("Robert Gates"));
        assert_eq!(
            holder_on("the Secretary of Defense of the United States", "2011-07-01"),
            Some("Leon Panetta")
        );
        assert_eq!(holder_on("Britain’s prime minister", "2022-09-30"), Some("Liz Truss"));
        assert_eq!(holder_on("the UN secretary-general", "2001-01-01"), Some("Kofi Annan"));
        assert_eq!(holder_on("the U.S. Secretary of State", "2018-04-10"), None, "nobody did");
        assert_eq!(holder_on("the U.S. president", "1890-01-01"), None, "the table does not reach back");
        assert_eq!(holder_on("the U.S. president", "2090-01-01"), None, "the table ends");
        assert_eq!(holder_on("the former U.S. president", "2012-01-01"), None);
        assert_eq!(holder_on("the Castrian president", "2012-01-01"), None);
    }

    #[test]
    fn every_line_of_the_table_goes_forward_in_time_and_ends() {
        assert_eq!(
            TERMS.len(),
            include_str!("offices.txt").lines().filter(|line| !line.starts_with('#')).count()
        );
        for (office, terms) in TERMS.iter() {
            assert!(terms.is_sorted_by(|a, b| a.0 < b.0), "{office}");
            assert!(terms.last().is_some_and(|term| term.1.is_none()), "{office}");
        }
    }

    #[test]
    fn a_page_says_who_holds_an_office() {
        let holder = |text| holder_in(text, "the mayor of Tarn").unwrap_or_else(|| "nobody".to_owned());
        assert_eq!(holder("Anna Lund, the mayor of Tarn, came."), "Anna Lund");
        assert_eq!(holder("The mayor of Tarn, Anna Lund, came."), "Anna Lund");
        assert_eq!(holder("Anna Lund is the mayor of Tarn."), "Anna Lund");
        assert_eq!(holder("Anna Lund, the former mayor of Tarn, came."), "nobody");
        assert_eq!(holder("The mayor of Tarn, Anna Lund, came. Ivo Brandt is the mayor of Tarn."), "nobody");
        assert_eq!(holder("The mayor of Tarn came with Anna Lund."), "nobody");
    }
}

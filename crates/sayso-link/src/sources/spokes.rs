//! Spokesmen, aides, holders of offices and confidants: for whom, by their descriptions.

/// Who speaks for somebody else, or works for it.
const SPOKES: &[&str] = &[
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "spokesmen",
    "spokespeople",
    "spokespersons",
    "aide",
    "aides",
    "adviser",
    "advisers",
    "advisor",
    "advisors",
    "strategist",
    "surrogate",
    "manager",
    "staffer",
    "staffers",
    "lawyer",
    "official",
    "officials",
    "attorney",
    "representative",
    "operative",
];
/// Who holds an office of an organisation.
const HEADS: &[&str] = &[
    "CEO",
    "chairman",
    "chairwoman",
    "president",
    "director",
    "executive",
    "head",
    "founder",
    "editor",
    "chief",
];
/// Words before a role that are no part of an organisation's name.
const BEFORE: &[&str] = &[
    "the",
    "a",
    "an",
    "The",
    "A",
    "An",
    "senior",
    "top",
    "longtime",
    "chief",
    "deputy",
    "one",
    "two",
    "three",
    "another",
    "his",
    "her",
    "its",
    "Senior",
    "Top",
    "Chief",
    "Two",
    "One",
    "press",
    "national",
    "foreign",
    "policy",
    "some",
    "several",
    "unnamed",
    "interim",
    "Interim",
    "acting",
    "Mr.",
    "Mrs.",
    "Ms.",
    "Sen.",
    "Gov.",
    "President",
    "communications",
    "executive",
    "Former",
    "former",
    "vice",
    "managing",
];

/// "people close to the Tarn royal family": the family.
pub(super) fn close_to(description: &str) -> Option<String> {
    let (_, to) = description.split_once("close to ").or_else(|| description.split_once("allied with "))?;
    let named = organisation_from(to)?;
    named.starts_with(char::is_uppercase).then_some(named)
}

/// "a spokeswoman for the Lund campaign", "Lund spokesman Ivo Brandt": for whom they speak. Aides of one who runs are of the
/// campaign, where the page has one.
pub(super) fn speaks_for(text: &str, description: &str) -> Option<String> {
    let words: Vec<&str> = description.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let role = words.iter().position(|word| SPOKES.contains(&bare(word).as_str()))?;
    if words[..role].iter().any(|word| matches!(*word, "former" | "Former" | "ex")) {
        return None;
    }
    let after =
        words[role + 1..].first().filter(|word| matches!(**word, "for" | "to" | "of" | "with" | "at"));
    let named = match after {
        Some(_) => organisation_from(&words[role + 2..].join(" ")),
        None => organisation_before(&words[..role]),
    }?;
    let named = named.trim_end_matches("\u{2019}s").trim_end_matches("'s").to_owned();
    // "Anna Lund's campaign" is the Lund campaign.
    let own = named.strip_suffix("\u{2019}s campaign").or_else(|| named.strip_suffix("'s campaign"));
    if let Some(surname) = own.and_then(|person| person.rsplit(' ').next()) {
        return Some(format!("{surname} campaign"));
    }
    let last = named.rsplit(' ').next().unwrap_or_default();
    let campaign =
        [format!("{last} campaign"), format!("{last}\u{2019}s campaign"), format!("{last}'s campaign")];
    let runs = campaign.iter().any(|words| text.contains(words));
    named
        .starts_with(char::is_uppercase)
        .then(|| if runs { format!("{last} campaign") } else { named.clone() })
}

/// "Tarn Lines CEO", "president of the Harbour Board": whose office it is.
pub(super) fn office_of(description: &str) -> Option<String> {
    let words: Vec<&str> = description.split_whitespace().collect();
    let role = words
        .iter()
        .position(|word| HEADS.contains(word) || HEADS.contains(&word.to_lowercase().as_str()))?;
    if words[..role].iter().any(|word| matches!(*word, "former" | "Former" | "ex" | "vice" | "Vice")) {
        return None;
    }
    let of = words[role..].iter().position(|word| *word == "of");
    let named = match of {
        Some(of) => organisation_from(&words[role + of + 1..].join(" ")),
        None => organisation_before(&words[..role]),
    }?;
    is_organisation(&named).then_some(named)
}

/// Whether a word is the name of an organisation by itself, and not one that any description may begin with.
fn is_organisation(named: &str) -> bool {
    const NONE: &[&str] = &[
        "Police",
        "Other",
        "His",
        "Her",
        "Their",
        "Its",
        "Our",
        "My",
        "Federal",
        "State",
        "City",
        "Local",
        "Many",
        "Some",
        "Administration",
        "Republican",
        "Democratic",
        "Democrat",
        "Military",
        "Defense",
        "Intelligence",
        "Government",
        "Government",
        "Several",
        "These",
        "Those",
        "Both",
        "Oversight",
        "Mr",
        "Three",
        "Four",
        "School",
        "Law",
    ];
    named.starts_with(char::is_uppercase)
        && !NONE.contains(&named)
        && super::name::place_name(&named.to_lowercase()).is_none()
}

/// The name at the start of some words: "the Lund campaign who" to "Lund campaign".
fn organisation_from(words: &str) -> Option<String> {
    const SMALL: &[&str] = &[
        "&",
        "campaign",
        "family",
        "government",
        "royal",
        "of",
        "and",
        "for",
        "the",
        "administration",
        "team",
    ];
    let words: Vec<&str> = words.split_whitespace().skip_while(|word| BEFORE.contains(word)).collect();
    let mut kept: Vec<&str> = Vec::new();
    for word in words {
        let bare = word.trim_end_matches([',', '.', ';', ')', '”', '"']);
        let abbreviates = word.ends_with('.') && bare.contains('.');
        if !(bare.starts_with(char::is_uppercase) || SMALL.contains(&bare)) {
            break;
        }
        kept.push(if abbreviates { word } else { bare });
        if bare.len() < word.len() && !abbreviates {
            break;
        }
    }
    while kept.last().is_some_and(|last| matches!(*last, "of" | "and" | "for" | "the")) {
        kept.pop();
    }
    (!kept.is_empty()).then(|| kept.join(" "))
}

/// The name at the end of some words, with "campaign" after it: "A Lund campaign" to "Lund campaign".
fn organisation_before(words: &[&str]) -> Option<String> {
    let keeps = |word: &&&str| {
        word.starts_with(char::is_uppercase) && !BEFORE.contains(*word)
            || matches!(**word, "campaign" | "team")
    };
    let end = words.iter().rposition(|word| !BEFORE.contains(word)).map_or(0, |at| at + 1);
    let count = words[..end].iter().rev().take_while(keeps).count();
    let named = words[end - count..end].join(" ");
    let named = named.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').to_owned();
    (!named.is_empty()).then_some(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spokesmen_speak_for_whom_their_description_names() {
        let page = "The Lund campaign was asked.";
        for words in [
            "Lund spokesman",
            "a Lund spokesman",
            "a spokeswoman for the Lund campaign",
            "Lund campaign manager",
            "a senior adviser to Lund",
            "Anna Lund's campaign manager",
        ] {
            assert_eq!(speaks_for(page, words).as_deref(), Some("Lund campaign"), "{words}");
        }
        assert_eq!(speaks_for(page, "a spokesman for the Harbour Board").as_deref(), Some("Harbour Board"));
        assert_eq!(speaks_for(page, "Harbour Board officials").as_deref(), Some("Harbour Board"));
        for words in ["a spokesman", "his lawyer", "a former Lund adviser", "city officials"] {
            assert_eq!(speaks_for(page, words), None, "{words}");
        }
    }

    #[test]
    fn holders_of_offices_and_confidants_are_told_apart() {
        assert_eq!(office_of("Tarn Lines CEO").as_deref(), Some("Tarn Lines"));
        assert_eq!(office_of("the president of the Harbour Board").as_deref(), Some("Harbour Board"));
        assert_eq!(office_of("a former president of the Harbour Board"), None);
        assert_eq!(
            close_to("two people close to the Tarn royal family").as_deref(),
            Some("Tarn royal family")
        );
        assert_eq!(close_to("two people close to the talks"), None);
    }
}

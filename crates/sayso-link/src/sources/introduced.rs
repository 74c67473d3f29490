//! Descriptions of somebody whom the page names elsewhere: "Mr. Orme’s lawyer" where it has "Aitan Brook, Mr. Orme’s lawyer".

use super::assign::mentions;
use super::unnamed::{is_definite, noun};
use sayso_record::{Document, Mention, SourceKind, Statement};

/// What one person is called who is meant by "the ...", singular.
const ROLES: &[&str] = &[
    "ambassador",
    "analyst",
    "archbishop",
    "attorney",
    "author",
    "biologist",
    "bishop",
    "blogger",
    "candidate",
    "chairman",
    "chairwoman",
    "coach",
    "congressman",
    "congresswoman",
    "coroner",
    "councillor",
    "economist",
    "filmmaker",
    "governor",
    "historian",
    "imam",
    "journalist",
    "lawmaker",
    "lawyer",
    "mayor",
    "nominee",
    "philosopher",
    "photographer",
    "physician",
    "priest",
    "professor",
    "prosecutor",
    "rabbi",
    "researcher",
    "scientist",
    "senator",
    "sheriff",
    "singer",
    "solicitor",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "surgeon",
    "surveyor",
    "vicar",
];

/// Titles that stand before a name, and the role that they are short for.
const TITLES: &[(&str, &str)] = &[
    ("Gov.", "governor"),
    ("Sen.", "senator"),
    ("Prof.", "professor"),
    ("Rep.", "congressman"),
    ("Rep.", "congresswoman"),
    ("Rep.", "lawmaker"),
    ("Sen.", "lawmaker"),
];

/// Longer pages are books and threads, where "the lawyer" is somebody else in every part; and each mention costs a look at
/// every person.
const MOST_STATEMENTS: usize = 1_000;
const MOST_BYTES: usize = 100_000;
/// Of more than so many persons none is looked for.
const MOST_PERSONS: usize = 200;

/// The person of the page whom a description means: it is definite ("the lawyer", "Mr. Orme’s lawyer"), and the page calls
/// one person alone by its noun, right beside the name. None where the page also has somebody of that kind whom it does
/// not name, for then it may mean that one.
pub(super) fn introduced(
    mention: &Mention,
    document: &Document,
    statements: &[Statement],
) -> Option<Mention> {
    if statements.len() > MOST_STATEMENTS || document.text.len() > MOST_BYTES {
        return None;
    }
    let description = mention.name.split(',').next().unwrap_or_default().trim();
    if !is_definite(description) && possessor(description).is_none() {
        return None;
    }
    let role = noun(description).filter(|noun| ROLES.contains(&noun.as_str()))?;
    let is_another = |other: &&Mention| {
        other.kind == SourceKind::Unnamed
            && !is_definite(&other.name)
            && possessor(&other.name).is_none()
            && noun(&other.name).is_some_and(|noun| noun.trim_end_matches('s') == role)
    };
    if statements.iter().flat_map(mentions).any(|other| is_another(&other)) {
        return None;
    }
    let whose = possessor(description);
    let mut persons: Vec<&Mention> =
        statements.iter().flat_map(mentions).filter(|one| one.kind == SourceKind::Person).collect();
    persons.sort_by(|a, b| a.name.cmp(&b.name));
    persons.dedup_by(|a, b| a.name == b.name);
    if persons.len() > MOST_PERSONS {
        return None;
    }
    let mut found: Option<&Mention> = None;
    for person in persons {
        if !is_called(&document.text, &person.name, &role, whose) {
            continue;
        }
        match found {
            Some(other) if surname(&other.name) != surname(&person.name) => return None,
            Some(other) if other.name.len() >= person.name.len() => {}
            _ => found = Some(person),
        }
    }
    found.map(|person| Mention { spans: mention.spans.clone(), ..person.clone() })
}

/// Whether a text has a role right beside a name: ", the lawyer of Orme" after it, "the lawyer, " or a title before it. Of
/// whose lawyer it speaks must not be another.
fn is_called(text: &str, name: &str, role: &str, whose: Option<&str>) -> bool {
    if !name.contains(' ') {
        return false;
    }
    let is_whole = |&(at, _): &(usize, &str)| {
        !text[..at].ends_with(char::is_alphanumeric)
            && !text[at + name.len()..].starts_with(char::is_alphanumeric)
    };
    text.match_indices(name).filter(is_whole).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        let fits = |words: &str| {
            let whose_else =
                possessor(words).filter(|other| whose.is_some_and(|whose| !is_part(whose, other)));
            !is_former(words) && whose_else.is_none()
        };
        let is_role = |words: &str| noun(words).is_some_and(|noun| noun == role) && fits(words);
        let ends_with_role = |words: &str| words.to_lowercase().ends_with(role) && fits(words);
        let apposition = after.strip_prefix(", ").and_then(|rest| rest.split([',', ';', '\n']).next());
        let before_it = before.strip_suffix(", ").and_then(|before| before.rsplit([',', ';', '\n']).next());
        let titles = before.strip_suffix(' ');
        apposition.is_some_and(is_role)
            || before_it.is_some_and(|words| is_role(words) || ends_with_role(words))
            || titles.is_some_and(|titles| {
                let last = titles.rsplit([' ', '\n', '“', '"']).next().unwrap_or_default();
                let clause = titles.rsplit([',', ';', '\n']).next().unwrap_or_default();
                let clause = clause.rsplit(['!', '?', '“', '"']).next().unwrap_or_default();
                // The sentence before may speak of somebody else, and "Gov." ends none.
                let clause =
                    clause.strip_suffix(last).unwrap_or(clause).rsplit(". ").next().unwrap_or_default();
                (last.to_lowercase() == role || TITLES.contains(&(last, role)))
                    && fits(&format!("{clause}{last}"))
            })
    })
}

/// Who was it once is not who is meant by it now.
fn is_former(words: &str) -> bool {
    words
        .split([' ', '-'])
        .any(|word| matches!(word.to_lowercase().as_str(), "former" | "ex" | "then" | "late"))
}

/// Whose a description says that somebody is: "Mr. Orme" of "Mr. Orme’s lawyer". A pronoun tells nobody.
fn possessor(description: &str) -> Option<&str> {
    let at = ["’s ", "'s ", "s’ ", "s' "].iter().find_map(|of| description.find(of))?;
    Some(&description[..at])
}

/// Whether one of two names of somebody holds the last word of the other.
fn is_part(a: &str, b: &str) -> bool {
    a.contains(surname(b)) || b.contains(surname(a))
}

fn surname(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use SourceKind::{Person, Unnamed};
    use sayso_record::Span;

    /// Whom the first of some sources of a page means.
    fn meant(text: &str, sources: &[(&str, SourceKind)]) -> Option<String> {
        let document = Document { text: text.to_owned(), ..Document::default() };
        let said = |&(name, kind): &(&str, SourceKind)| {
            let start = text.find(name).unwrap_or_default();
            let spans = vec![Span::new(start, start + name.len())];
            let source = Mention { spans, kind, name: name.to_owned() };
            serde_json::from_value::<Statement>(serde_json::json!({
                "id": sayso_record::StatementId::default(), "document": document.id, "block": 0, "source": source,
                "cue": [], "content": [], "stance": "asserts", "manner": "indirect", "confidence": 1.0,
            }))
            .expect("a statement")
        };
        let statements: Vec<Statement> = sources.iter().map(said).collect();
        introduced(&statements[0].source, &document, &statements).map(|person| person.name)
    }

    #[test]
    fn a_description_is_whom_the_page_names_beside_its_noun() {
        let brook = ("Ada Brook", Person);
        let lawyer = ("Mr. Orme’s lawyer", Unnamed);
        let text = "Mr. Orme’s lawyer said it rained. Ada Brook, Mr. Orme’s lawyer, went home.";
        assert_eq!(meant(text, &[lawyer, brook]).as_deref(), Some("Ada Brook"));
        for text in
            ["The lawyer said so. Lawyer Ada Brook went.", "The lawyer said so. His lawyer, Ada Brook, went."]
        {
            assert_eq!(
                meant(text, &[("The lawyer", Unnamed), brook]).as_deref(),
                Some("Ada Brook"),
                "{text}"
            );
        }
        let text = "The lawyer said so. On Monday the lawyer, Ada Brook, went.";
        assert_eq!(meant(text, &[("The lawyer", Unnamed), brook]).as_deref(), Some("Ada Brook"));
        let text = "Gov. Ada Brook spoke. The governor, a Liberal, said so.";
        assert_eq!(meant(text, &[("The governor, a Liberal", Unnamed), brook]).as_deref(), Some("Ada Brook"));
    }

    #[test]
    fn who_was_it_once_is_another() {
        let sources = [("Mr. Orme’s lawyer", Unnamed), ("Ada Brook", Person), ("Ivo Lind", Person)];
        let text = "Mr. Orme’s lawyer said it rained. Ada Brook, Mr. Orme’s lawyer, and a former B.H.O. lawyer, Ivo Lind, came.";
        assert_eq!(meant(text, &sources).as_deref(), Some("Ada Brook"));
    }

    #[test]
    fn who_may_be_somebody_else_stays_unnamed() {
        let (brook, lind) = (("Ada Brook", Person), ("Ivo Lind", Person));
        let the_lawyer = ("The lawyer", Unnamed);
        let two = "The lawyer said so. Ada Brook, a lawyer, and Ivo Lind, a lawyer, came.";
        assert_eq!(meant(two, &[the_lawyer, brook, lind]), None);
        let unnamed = "The lawyer said so. Ada Brook, a lawyer, heard a lawyer for Tarn say it.";
        assert_eq!(meant(unnamed, &[the_lawyer, brook, ("a lawyer for Tarn", Unnamed)]), None);
        let of_another = "Mr. Orme’s lawyer said so. Ada Brook, Mr. Tarn’s lawyer, came.";
        assert_eq!(meant(of_another, &[("Mr. Orme’s lawyer", Unnamed), brook]), None);
        let indefinite = "A lawyer said so. Ada Brook, a lawyer, came.";
        assert_eq!(meant(indefinite, &[("A lawyer", Unnamed), brook]), None);
        let former = "The mayor said so. Ada Brook, the former mayor, came.";
        assert_eq!(meant(former, &[("The mayor", Unnamed), brook]), None);
        for of_another in [
            "Mr. Orme’s lawyer said it rained. Mr. Tarn’s lawyer Ada Brook went home.",
            "Mr. Orme’s lawyer said it rained. Lawyer Ada Brooks went home.",
        ] {
            assert_eq!(meant(of_another, &[("Mr. Orme’s lawyer", Unnamed), brook]), None, "{of_another}");
        }
        for former in [
            "The governor said so. Former Gov. Ada Brook came.",
            "The governor said so. Former governor Ada Brook came.",
            "The governor said so. Former governor, Ada Brook, came.",
        ] {
            assert_eq!(meant(former, &[("The governor", Unnamed), brook]), None, "{former}");
        }
        let no_role = "The man said so. Ada Brook, the woman, came.";
        assert_eq!(meant(no_role, &[("The man", Unnamed), brook]), None);
    }
}

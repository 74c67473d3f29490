//! A claim's answer in a sentence or two, the same for every way of showing it.

use crate::questions::claim::{Chain, ClaimAnswer, Speaker};

/// Where more origins than these stand, they are counted and not named.
const NAMED: usize = 3;

/// Words before a description, after which "unnamed" stands.
const DETERMINERS: [&str; 17] = [
    "the", "some", "several", "many", "other", "another", "one", "two", "three", "four", "five", "his",
    "her", "its", "their", "these", "those",
];

/// "Said in 12 documents, by 7 sources: 1 origin, an unnamed senior defense official through ABC News. Denied by 2.
/// Taken back once."
pub(crate) fn sentence(answer: &ClaimAnswer, chains: &[Chain]) -> String {
    let mut text = match answer.documents {
        0 => "Nobody says so".to_owned(),
        documents => {
            format!("Said in {}, by {}", count(documents, "document"), count(answer.sources, "source"))
        }
    };
    text += &origins(answer, chains);
    text.push('.');
    match answer.denied_by.as_slice() {
        [] => {}
        [one] => text += &format!(" Denied by {}.", shown(one, &[])),
        several => text += &format!(" Denied by {}.", several.len()),
    }
    match answer.withdrawn {
        0 => {}
        1 => text += " Taken back once.",
        2 => text += " Taken back twice.",
        times => text += &format!(" Taken back {times} times."),
    }
    text
}

fn origins(answer: &ClaimAnswer, chains: &[Chain]) -> String {
    let through = through(answer, chains);
    let by_way =
        if through.is_empty() { String::new() } else { format!(" through {}", through.join(", then ")) };
    match answer.origins.as_slice() {
        [] if answer.documents == 0 => String::new(),
        [] if answer.pro.is_false() => ": no origin that stands".to_owned(),
        [] => ": no origin that is settled".to_owned(),
        [origin] => format!(": 1 origin, {}{by_way}", shown(origin, &through)),
        several => {
            let names = if several.len() <= NAMED {
                let names: Vec<String> = several.iter().map(|origin| shown(origin, &through)).collect();
                format!(", {}", listed(&names))
            } else {
                String::new()
            };
            let independent = match answer.independence_for {
                // What all hang on is told where there is any: that says more than a figure.
                (1, 1) if !by_way.is_empty() => format!(", all{by_way}"),
                (low, high) if low == high && low as usize == several.len() => "; all independent".to_owned(),
                (low, high) if low == high => format!("; {low} independent"),
                (low, high) => format!("; {low} to {high} independent"),
            };
            let of = match &answer.all_speak_for {
                Some(name) => {
                    format!(", {} of {}", if several.len() == 2 { "both" } else { "all" }, the(name))
                }
                None => String::new(),
            };
            format!(": {} origins{names}{of}{independent}", several.len())
        }
    }
}

/// "the U.S. government", but "Harbour Board".
fn the(name: &str) -> String {
    let is_noun = name.rsplit(' ').next().is_some_and(|last| last.starts_with(char::is_lowercase));
    if is_noun && !name.starts_with("the ") { format!("the {name}") } else { name.to_owned() }
}

/// A source as it stands in a sentence. An unnamed one is said to be unnamed; its outlet is left out where everything
/// comes through that outlet, as the sentence then says.
pub(crate) fn shown(speaker: &Speaker, through: &[&str]) -> String {
    if !speaker.unnamed {
        return speaker.name.clone();
    }
    let outlet = speaker.name.strip_suffix(')').and_then(|name| name.rsplit_once(" ("));
    let (description, outlet) =
        outlet.map_or((speaker.name.as_str(), None), |(name, outlet)| (name, Some(outlet)));
    if let Some(rest) = description.strip_prefix("nobody named") {
        return bracketed(&format!("a source that is not named{rest}"), outlet, through);
    }
    let (first, rest) = description.split_once(' ').unwrap_or(("", description));
    let unnamed = match first.to_lowercase().as_str() {
        "a" | "an" => format!("an unnamed {rest}"),
        word if DETERMINERS.contains(&word) => format!("{word} unnamed {rest}"),
        _ => format!("unnamed {description}"),
    };
    bracketed(&unnamed, outlet, through)
}

fn bracketed(unnamed: &str, outlet: Option<&str>, through: &[&str]) -> String {
    match outlet.filter(|outlet| !through.contains(outlet)) {
        Some(outlet) => format!("{unnamed} ({outlet})"),
        None => unnamed.to_owned(),
    }
}

/// "A", "A and B", "A, B and C".
pub(crate) fn listed(names: &[String]) -> String {
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Through whom alone everything comes that stands: the single points that are no origins, in the order of a chain.
fn through<'a>(answer: &ClaimAnswer, chains: &'a [Chain]) -> Vec<&'a str> {
    let chain = chains.iter().find(|chain| chain.for_it && chain.stands.is_true());
    let mut names: Vec<&str> = Vec::new();
    for speaker in chain.into_iter().flat_map(|chain| chain.steps.iter().map(|step| &step.source)) {
        let is_needed = answer.single_points.contains(speaker) && !answer.origins.contains(speaker);
        if is_needed && !names.contains(&speaker.name.as_str()) {
            names.push(&speaker.name);
        }
    }
    names
}

pub(crate) fn count(number: usize, word: &str) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::claim::{PageOf, Step};
    use sayso_record::{ClaimId, DocumentId, StatementId};
    use sayso_weigh::{Standing, Truth};

    fn named(name: &str) -> Speaker {
        Speaker { name: name.into(), unnamed: false }
    }

    fn unnamed(name: &str) -> Speaker {
        Speaker { name: name.into(), unnamed: true }
    }

    fn answer(origins: Vec<Speaker>, single_points: Vec<Speaker>) -> ClaimAnswer {
        ClaimAnswer {
            title: String::new(),
            all_speak_for: None,
            speaks_for: vec![],
            possible_standing: None,
            id: ClaimId::default(),
            words: String::new(),
            standing: Standing::SingleSourced,
            sentence: String::new(),
            pro: Truth::True,
            con: Truth::False,
            independence_for: (1, 1),
            independence_against: (0, 0),
            origins,
            cut: single_points.clone(),
            single_points,
            proofs: vec![],
            documents: 12,
            sources: 7,
            denied_by: vec![],
            withdrawn: 0,
            pending: vec![],
            chains: vec![],
        }
    }

    fn chain(speakers: &[Speaker]) -> Vec<Chain> {
        let page = PageOf { id: DocumentId::default(), title: None, site: None, url: None, published: None };
        let step = |source: &Speaker| Step {
            source: source.clone(),
            held: false,
            stands: Truth::True,
            rests_on: vec![],
        };
        vec![Chain {
            statement: StatementId::default(),
            for_it: true,
            possible: false,
            suggestion: None,
            stands: Truth::True,
            words: String::new(),
            page,
            steps: speakers.iter().map(step).collect(),
            because: vec![],
        }]
    }

    #[test]
    fn one_unnamed_origin_through_one_outlet() {
        let (official, abc) = (unnamed("a senior defense official (ABC News)"), named("ABC News"));
        let mut told = answer(vec![official.clone()], vec![abc.clone(), official.clone()]);
        told.denied_by = vec![named("Iran"), named("Russia")];
        told.withdrawn = 1;
        assert_eq!(
            sentence(&told, &chain(&[official, abc, named("Bluto")])),
            "Said in 12 documents, by 7 sources: 1 origin, an unnamed senior defense official through ABC News. \
             Denied by 2. Taken back once."
        );
    }

    #[test]
    fn an_outlet_is_told_where_not_everything_comes_through_it() {
        let told = answer(vec![unnamed("officials (ABC News)")], vec![]);
        assert!(sentence(&told, &[]).ends_with("1 origin, unnamed officials (ABC News)."));
        let told = answer(vec![unnamed("the officials (A)"), named("B (of C)")], vec![]);
        let told = ClaimAnswer { independence_for: (2, 2), ..told };
        assert!(
            sentence(&told, &[])
                .ends_with("2 origins, the unnamed officials (A) and B (of C); all independent.")
        );
    }

    #[test]
    fn denials_and_what_does_not_stand() {
        let told = ClaimAnswer {
            pro: Truth::False,
            denied_by: vec![named("the Harbour Office")],
            ..answer(vec![], vec![])
        };
        assert_eq!(
            sentence(&told, &[]),
            "Said in 12 documents, by 7 sources: no origin that stands. Denied by the Harbour Office."
        );
        let told =
            ClaimAnswer { documents: 0, sources: 0, denied_by: vec![unnamed("nobody named (A)")], ..told };
        assert_eq!(sentence(&told, &[]), "Nobody says so. Denied by a source that is not named (A).");
    }
}

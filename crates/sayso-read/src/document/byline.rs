//! Names of authors as bylines give them.

use crate::document::stamp;
use crate::document::voice;

/// The names in a line that is a byline: "By Ann Lee and Bo Ek | July 3". Empty where the byline names nobody
/// ("By  |"), `None` where the line is none.
pub(crate) fn of_line(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    if line.chars().count() > 120 {
        return None;
    }
    let starts = [
        "By ",
        "by ",
        "BY ",
        "By: ",
        "By\u{a0}",
        "Posted by ",
        "Posted by: ",
        "Written by ",
        "Author: ",
        "Story by ",
        "Words by ",
    ];
    let rest = if line == "By" { "" } else { starts.iter().find_map(|start| line.strip_prefix(start))? };
    let end = rest
        .find(['|', '•', '·', '—', '–', '\n', '('])
        .into_iter()
        .chain(
            [" on ", " - ", " at ", ", Updated", " Updated", ", Published", " Published", " Posted"]
                .iter()
                .filter_map(|stop| rest.find(stop)),
        )
        .chain(stamp::find(rest).map(|(_, range)| range.start))
        .min()
        .unwrap_or(rest.len());
    let names = rest[..end].trim();
    if names.is_empty() {
        return (end < rest.len() || rest.is_empty()).then(Vec::new);
    }
    let names = split(names);
    (!names.is_empty() && names.iter().all(|name| is_name(name))).then_some(names)
}

/// Several names in one string to a list. Offices after a comma ("Ann Lee, Staff Writer") are left out.
pub(crate) fn split(names: &str) -> Vec<String> {
    let joined = names
        .replace(" and ", ",")
        .replace(" und ", ",")
        .replace(" & ", ",")
        .replace([';', '/'], ",")
        .replace(" with ", ",");
    let mut out: Vec<String> = Vec::new();
    for name in joined.split(',') {
        let name = clean(name);
        if !name.is_empty() && !is_office(&name) && !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// One name without "By", addresses and white space.
pub(crate) fn clean(name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while words.first().is_some_and(|word| {
        ["by", "by:", "author:", "von", "par", "por", "di", "posted", "written"]
            .contains(&word.to_lowercase().as_str())
    }) && words.len() > 1
    {
        words.remove(0);
    }
    let name = words.join(" ");
    name.trim_matches(|c: char| !(c.is_alphanumeric() || c == '.' || c == ')' || c == '"'))
        .trim_end_matches(',')
        .to_owned()
}

fn is_office(name: &str) -> bool {
    const OFFICES: [&str; 30] = [
        "writer",
        "editor",
        "reporter",
        "correspondent",
        "columnist",
        "staff",
        "contributor",
        "producer",
        "special to",
        "ap",
        "m.d",
        "ph.d",
        "jr",
        "sr",
        "md",
        "phd",
        "rd",
        "iii",
        "bureau",
        "chief",
        "contributing",
        "freelance",
        "senior",
        "analyst",
        "news service",
        "author",
        "digital",
        "managing",
        "associate",
        "reporting",
    ];
    let lower = name.to_lowercase();
    let lower = lower.trim_matches('.');
    OFFICES.contains(&lower)
        || lower.split_whitespace().any(|word| {
            ["editor", "writer", "reporter", "correspondent", "columnist", "contributor", "producer"]
                .contains(&word)
        })
}

/// Whether words could be the name of a person or an agency.
pub(crate) fn is_name(name: &str) -> bool {
    let count = voice::words(name).count();
    (1..=6).contains(&count)
        && name.chars().count() <= 60
        && !name.contains("://")
        && !name.ends_with(['.', '?', '!']) | name.ends_with("r.")
        && voice::words(name)
            .next()
            .is_some_and(|word| !word.starts_with(|c: char| c.is_lowercase()) || count == 1)
        && name.chars().filter(|c| c.is_ascii_digit()).count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        assert_eq!(of_line("By  |"), Some(vec![]));
        assert_eq!(
            of_line("By Ann Lee and Bo Ek | July 3, 2007"),
            Some(vec!["Ann Lee".into(), "Bo Ek".into()])
        );
        assert_eq!(of_line("By ANN LEE, Staff Writer"), Some(vec!["ANN LEE".into()]));
        assert_eq!(of_line("Posted by Mara on July 3, 2007"), Some(vec!["Mara".into()]));
        assert_eq!(of_line("By the time the boats were back, the pier had gone under."), None);
        assert_eq!(of_line("Bygone days"), None);
    }
}

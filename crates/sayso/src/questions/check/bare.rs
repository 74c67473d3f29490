//! What a citation is there for, without the words by which the citing page says whose it is: "The Courier reported that".

use sayso_record::Document;

/// Verbs by which a page passes on what another says.
const PASSES_ON: &[&str] = &[
    "reported",
    "reports",
    "report",
    "said",
    "says",
    "wrote",
    "writes",
    "noted",
    "notes",
    "found",
    "finds",
    "claimed",
    "claims",
    "states",
    "stated",
    "revealed",
    "reveals",
    "confirmed",
    "confirms",
    "announced",
    "tells",
    "told",
    "berichtete",
    "schrieb",
    "meldete",
];
/// Words after which whoever passes it on is named.
const ACCORDING: &[&str] = &["According to ", "As reported by ", "As ", "Per ", "Laut ", "Wie "];
/// No more words stand before the verb.
const MOST_WORDS: usize = 9;

/// The proposition itself, where the words before or behind it only name the cited page; else all of it.
pub(super) fn bare(proposition: &str, mark: &str, page: &Document) -> String {
    let without = proposition.replacen(&format!(" ({mark})"), "", 1);
    let proposition = without.as_str();
    let names = names(page);
    let is_page = |words: &str| {
        let lower = words.to_lowercase();
        let by_link = !mark.starts_with('[')
            && mark.split_whitespace().count() <= MOST_WORDS
            && lower.contains(&mark.to_lowercase());
        (by_link || names.iter().any(|name| lower.contains(name.as_str())))
            && words.split_whitespace().count() <= MOST_WORDS
    };
    for start in ACCORDING {
        if let Some((who, rest)) = proposition.strip_prefix(start).and_then(|rest| rest.split_once(", "))
            && is_page(who)
        {
            return capital(rest);
        }
    }
    if let Some((rest, who)) = proposition.rsplit_once(", according to ")
        && is_page(who)
    {
        return format!("{}.", rest.trim_end_matches('.'));
    }
    let passes_on = |words: &str| {
        words
            .split_whitespace()
            .any(|word| PASSES_ON.contains(&word.trim_matches([',', '.']).to_lowercase().as_str()))
    };
    if let Some((rest, who)) = proposition.rsplit_once(", ")
        && is_page(who)
        && passes_on(who)
        && who.split_whitespace().count() <= 4
    {
        return format!("{rest}.");
    }
    for joint in [" that ", ": ", ", dass "] {
        if let Some((before, rest)) = proposition.split_once(joint)
            && is_page(before)
            && passes_on(before)
        {
            return capital(rest);
        }
    }
    proposition.to_owned()
}

/// What a page is called: the rare words of its outlet, its authors' surnames.
fn names(page: &Document) -> Vec<String> {
    const OF_MANY: &[&str] =
        &["the", "news", "daily", "times", "post", "online", "www", "com", "org", "net", "example"];
    let host =
        page.url.as_deref().and_then(|url| url.split("://").nth(1)).and_then(|rest| rest.split('/').next());
    let site = page.site.iter().flat_map(|site| site.split_whitespace());
    let authors = page.bylines.iter().filter_map(|name| name.split_whitespace().last());
    site.chain(authors)
        .chain(host.into_iter().flat_map(|host| host.split('.')))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| word.chars().count() >= 4 && !OF_MANY.contains(&word.as_str()))
        .collect()
}

fn capital(words: &str) -> String {
    let mut chars = words.trim().chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_name_the_cited_page_are_no_part_of_what_it_says() {
        let page = Document { site: Some("The Harbour Courier".to_owned()), ..Document::default() };
        let read = |words: &str, mark: &str| bare(words, mark, &page);
        let sold = "The pier was sold.";
        assert_eq!(read("The Harbour Courier reported on Monday that the pier was sold.", "[1]"), sold);
        assert_eq!(read("According to the Courier, the pier was sold.", "[1]"), sold);
        assert_eq!(read("The pier was sold, according to the Courier.", "[1]"), sold);
        assert_eq!(read("A local paper reports that the pier was sold.", "paper reports"), sold);
        assert_eq!(read("The pier was sold (Harbour Courier).", "Harbour Courier"), sold);
        assert_eq!(read("The pier was sold, clerks report.", "clerks report"), sold);
        let other = "Ilse Marwick said that the pier was sold.";
        assert_eq!(read(other, "[1]"), other);
    }
}

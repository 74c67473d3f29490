//! What sort of source a phrase names, and by what name.

use super::given_names::{is_mans, is_womans};
use super::page_names::function_words;
use super::places::is_place;
use super::words::{
    BODIES, LABELS, NAMES_OF_BODIES, NAMES_OF_OUTLETS, OFFICES, OUTLETS, PEOPLE, Pronoun, TITLES, is_group,
    is_plural, listed, pronoun,
};
use crate::text::{Token, TokenKind, tokens};
use sayso_record::SourceKind;
use std::ops::Range;

/// A phrase that names a source, looked at by itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Phrase {
    pub(super) kind: SourceKind,
    /// The proper name in it without titles, or the whole description.
    pub(super) name: String,
    /// Nouns by which the phrase describes its source ("secretary", "official"), lower case, singular or as written.
    pub(super) nouns: Vec<String>,
    pub(super) pronoun: Option<Pronoun>,
    pub(super) plural: bool,
    /// Starts with "the", "this", "that", "these" or "those": speaks of somebody known.
    pub(super) definite: bool,
}

/// Looks at a phrase.
pub(super) fn phrase(words: &str) -> Phrase {
    let words =
        words.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '“' | '”' | '"' | ')' | '('));
    let mut cut = Vec::new();
    tokens(words, 0..words.len(), &mut cut);
    if is_label(words) {
        return nobody(words);
    }
    if let Some(site) = web_site(words) {
        let name = site.to_owned();
        let kind = SourceKind::Organisation;
        return Phrase { kind, name, nouns: Vec::new(), pronoun: None, plural: false, definite: false };
    }
    let (core, rest) = core(words, &cut);
    let head = core.last().map_or("", |token| token.of(words)).to_owned();
    let first = cut.first().map_or("", |token| token.of(words)).to_lowercase();
    // "Tarn's ambassador", "his lawyer": one who can be told from what was said.
    let owned = matches!(first.as_str(), "his" | "her" | "their" | "its" | "our" | "my")
        || core.iter().any(|token| matches!(token.of(words), "’s" | "'s"))
        || core.windows(2).any(|two| matches!(two[0].of(words), "'" | "’") && two[1].of(words) == "s");
    let definite = matches!(first.as_str(), "the" | "this" | "that" | "these" | "those")
        || owned && head.starts_with(char::is_lowercase);
    // "Lund's deputy who came from the hospital" is no hospital.
    let nouns = cut
        .iter()
        .map(|token| token.of(words))
        .take_while(|word| !matches!(*word, "who" | "whose" | "whom"))
        .filter(|word| {
            let title = TITLES.contains(&word.to_lowercase().as_str());
            title && word.len() > 4 || [PEOPLE, OFFICES, BODIES].iter().any(|list| listed(list, word))
        })
        .map(str::to_lowercase)
        .collect();
    let pronoun = pronoun(words);
    let plural = is_plural(&head) || matches!(pronoun, Some(Pronoun::They | Pronoun::Speakers));
    let describes = |list: &[&str]| listed(list, &head);
    // "the U.S. Ambassador" is an office with capitals, and "U.S. intelligence" is not the U.S.
    let core_name =
        two_names(words, core).or_else(|| name_at_end(words, core)).or_else(|| name_run(words, core));
    let own_name = core_name.clone().filter(|name| {
        let described = describes(PEOPLE) || describes(BODIES) || describes(OFFICES);
        let office = describes(OFFICES) && name.ends_with(&head) && name.contains(' ');
        // "Officials said": a capital at the start of a sentence makes no name.
        let mister = ["Mr", "Mrs", "Ms", "Dr"].iter().any(|mister| words.starts_with(&format!("{mister}. ")));
        let common = !name.contains(' ')
            && !mister
            && (describes(PEOPLE) || describes(BODIES) || describes(OFFICES))
            && *name == head;
        // "Toll books show": a capital at the start, and a common noun that is meant.
        let common_noun = head.len() > 3 && head.chars().all(char::is_lowercase);
        let things = !name.contains(' ') && is_plural(&head) && common_noun;
        // "Many Democrats", "Iowa Democrats": some of them, and nobody says who.
        let group = is_group(&head) && ends_with_name(words, core, name);
        // "In March": a month names nobody.
        let month = MONTHS.contains(&name.as_str());
        // "Authorities said".
        let bodies = *name == head
            && is_plural(&head)
            && listed(NAMES_OF_BODIES, &head)
            && !NAMES_OF_BODIES.contains(&head.to_lowercase().as_str());
        let plain = !described || ends_with_name(words, core, name);
        !group
            && !month
            && !bodies
            && !office
            && !common
            && !things
            && plain
            && !is_modifier(words, core, name)
    });
    let (kind, name) = match (pronoun, own_name) {
        (Some(_), _) => (SourceKind::Unnamed, words.to_owned()),
        (None, Some(name)) => {
            // "Anna Lund of Tarn" is Anna Lund.
            let person = name.split_once(" of ").map(|(person, _)| person).filter(|person| {
                let first = person.split(' ').next().unwrap_or_default().to_lowercase();
                let from = name.split_once(" of ").is_some_and(|(_, from)| is_place(from));
                let body = person.split(' ').next_back().is_some_and(|last| listed(NAMES_OF_BODIES, last));
                person.contains(' ') && !body && (is_mans(&first) || is_womans(&first) || from)
            });
            let name = person.map_or_else(|| name.clone(), str::to_owned);
            (kind_of_name(words, &name, &head), name)
        }
        (None, None) => {
            // "the U.S. Ambassador to Iraq, James Jeffrey": the name comes after.
            let apposed = apposed(words, rest);
            match apposed {
                Some(name) if describes(PEOPLE) || describes(OFFICES) => (SourceKind::Person, name),
                _ if describes(OFFICES) && !is_plural(&head) && definite => {
                    (SourceKind::Office, words.to_owned())
                }
                _ if describes(BODIES) && (definite || core_name.is_some()) => {
                    (SourceKind::Organisation, words.to_owned())
                }
                _ => (SourceKind::Unnamed, words.to_owned()),
            }
        }
    };
    // “who goes by the name ‘Shorty.’”: the full stop is the sentence's.
    let name = [".”", ",”", ".\"", ",\""]
        .iter()
        .find_map(|end| Some(name.strip_suffix(end)?.to_owned() + &end[1..]))
        .unwrap_or(name);
    // "Reyes" is one man, and "the Reyeses" are a family.
    let plural = (plural && (kind != SourceKind::Person || definite)) || two_names(words, core).is_some();
    Phrase { kind, name, nouns, pronoun, plural, definite }
}

/// May and April are people as well.
const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Whether a phrase is a number, or what stands over other words: a year, "RELATED".
fn is_label(words: &str) -> bool {
    !words.is_empty()
        && (words.chars().all(|c| !c.is_alphabetic())
            || matches!(words, "The" | "the" | "A" | "a" | "An" | "an")
            || LABELS.contains(&words.to_lowercase().as_str()))
}

/// "Tarnlines.com", "9to5Mac": a site by its address, or by a name that begins with a digit.
fn web_site(words: &str) -> Option<&str> {
    const ENDS: &[&str] = &[".com", ".org", ".net", ".co.uk", ".info"];
    let word = words.trim_end_matches("'s").trim_end_matches("’s");
    let one_word = !word.contains(char::is_whitespace);
    let address = ENDS.iter().any(|end| word.len() > end.len() && word.to_lowercase().ends_with(end));
    let digits = word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().any(char::is_uppercase);
    (one_word && (address || digits)).then_some(word)
}

fn nobody(words: &str) -> Phrase {
    let kind = if words.is_empty() { SourceKind::Unnamed } else { SourceKind::Nobody };
    Phrase { kind, name: String::new(), nouns: Vec::new(), pronoun: None, plural: false, definite: false }
}

/// "France and Germany", "Ann Lee and Ivo Brandt": two who speak together are neither of them.
fn two_names(words: &str, core: &[Token]) -> Option<String> {
    let runs = name_runs(words, core);
    let [first, second] = runs.as_slice() else { return None };
    let joins = core.get(first.end)?.of(words) == "and"
        && core[first.end + 1..second.start]
            .iter()
            .all(|token| token.kind != TokenKind::Word || capital(token.of(words)))
        && second.end == core.len();
    let name = |run: &Range<usize>| &words[core[run.start].start as usize..core[run.end - 1].end as usize];
    joins.then(|| format!("{} and {}", name(first), name(second)))
}

/// The part of a phrase before its first comma, bracket, preposition or relative pronoun, and the part after.
fn core<'a>(words: &str, cut: &'a [Token]) -> (&'a [Token], &'a [Token]) {
    let ends = |token: &Token| {
        matches!(
            token.of(words),
            "," | "("
                | "–"
                | "—"
                | "-"
                | ";"
                | "in"
                | "on"
                | "at"
                | "for"
                | "with"
                | "from"
                | "who"
                | "which"
                | "to"
                | "by"
                | "near"
                | "about"
                | "inside"
                | "familiar"
                | "close"
                | "speaking"
                | "involving"
                | "published"
                | "including"
                | "citing"
        ) || token.of(words) == "of"
    };
    // "University of X" and "Ministry of X" are one name: "of" goes on where capitals stand on both sides.
    let mut end = cut.len();
    for (at, token) in cut.iter().enumerate().skip(1) {
        // "GOP front-runner Ann Lee": a hyphen inside a word ends nothing.
        let inside_word = token.of(words) == "-"
            && cut[at - 1].end == token.start
            && cut.get(at + 1).is_some_and(|next| next.start == token.end);
        if !ends(token) || inside_word {
            continue;
        }
        // "Ann Lee of the Harbour Board" is Ann Lee.
        let first = cut[0].of(words).to_lowercase();
        let person = token.of(words) != "-" && at > 1 && (is_mans(&first) || is_womans(&first));
        let joined = !person
            && matches!(token.of(words), "of" | "for" | "-")
            && capital(cut[at - 1].of(words))
            && cut[at + 1..]
                .iter()
                .find(|next| next.of(words) != "the")
                .is_some_and(|next| capital(next.of(words)));
        if !joined {
            end = at;
            break;
        }
    }
    cut.split_at(end)
}

fn capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// The longest name in a phrase, the last of those of one length.
fn name_run(words: &str, cut: &[Token]) -> Option<String> {
    let run = name_runs(words, cut).into_iter().max_by_key(Range::len)?;
    let span = cut[run.start].start as usize..cut[run.end - 1].end as usize;
    Some(words[span].to_owned())
}

/// "South Tarn news agency Yolp": the name that ends a phrase, where a common noun says what it is.
fn name_at_end(words: &str, cut: &[Token]) -> Option<String> {
    let run = name_runs(words, cut).pop().filter(|run| run.end == cut.len() && run.start > 0)?;
    let noun = cut[run.start - 1].of(words);
    let described = [PEOPLE, OFFICES, BODIES].iter().any(|list| listed(list, noun)) && !is_plural(noun);
    (described && noun.starts_with(char::is_lowercase))
        .then(|| words[cut[run.start].start as usize..cut[run.end - 1].end as usize].to_owned())
}

/// The runs of capitalised words, with the small words inside them, without the titles before them and the
/// possessives after: ranges of `cut`.
pub(super) fn name_runs(words: &str, cut: &[Token]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < cut.len() {
        let word = cut[at].of(words);
        if !capital(word) || is_article(word) || pronoun(word).is_some() && !is_initial(words, cut, at) {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while at < cut.len() && goes_on(words, cut, at) {
            at += 1;
        }
        let mut end = at;
        // A full stop belongs to an abbreviation ("U.S.") or to the sentence.
        let abbreviates = |end: usize| {
            let word = if end >= 2 { cut[end - 2].of(words) } else { "" };
            word.chars().count() == 1 && word.chars().all(char::is_alphabetic)
        };
        while end > start && !cut[end - 1].is_word() && !(cut[end - 1].of(words) == "." && abbreviates(end)) {
            end -= 1;
        }
        let start = start + function_words(words, cut, &(start..end));
        if start == end {
            continue;
        }
        let run = without_titles(words, cut, start..end);
        if !run.is_empty() {
            runs.push(run);
        }
    }
    runs
}

/// "I." in "Ann I. Lee".
fn is_initial(words: &str, cut: &[Token], at: usize) -> bool {
    let stop = |next: &Token| next.of(words) == "." && next.start == cut[at].end;
    at > 0 && cut[at].of(words).len() == 1 && cut.get(at + 1).is_some_and(stop)
}

fn is_article(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "the" | "a" | "an" | "this" | "one" | "some" | "other" | "many" | "several"
    )
}

/// Whether a name that holds the tokens before `at` goes on with it.
fn goes_on(words: &str, cut: &[Token], at: usize) -> bool {
    let word = cut[at].of(words);
    let next_capital = || cut.get(at + 1).is_some_and(|next| capital(next.of(words)));
    let touches = cut[at].start == cut[at - 1].end;
    match word {
        // "Congress. Lund" are two sentences, "Sen. Lund" is not.
        "." => touches && is_abbreviated(cut[at - 1].of(words)),
        "-" if touches && at >= 2 && capital(cut[at - 2].of(words)) => true,
        "-" | "'" | "’" | "&" => {
            next_capital() || touches && cut.get(at + 1).is_some_and(|n| n.of(words) != "s")
        }
        "of" | "for" | "the" | "and" | "de" | "del" | "der" | "van" | "von" | "bin" | "ibn" | "al" | "el"
        | "la" => {
            next_capital() && word != "and"
                || matches!(word, "of" | "for") && {
                    cut.get(at + 1).is_some_and(|n| n.of(words) == "the")
                        && cut.get(at + 2).is_some_and(|n| capital(n.of(words)))
                }
        }
        _ if pronoun(word).is_some() => is_initial(words, cut, at),
        // "Ban Ki-moon".
        _ if at >= 3 && cut[at - 1].of(words) == "-" && touches => {
            capital(word) || capital(cut[at - 2].of(words)) && capital(cut[at - 3].of(words))
        }
        _ => capital(word) || word.chars().all(|c| c.is_ascii_digit()),
    }
}

/// Whether a full stop may stand behind a word without ending a sentence.
fn is_abbreviated(word: &str) -> bool {
    word.chars().count() <= 3
        || TITLES.contains(&word.to_lowercase().as_str())
        || matches!(word, "Capt" | "Corp" | "Messrs" | "Prof")
}

/// A run of capitalised words without the titles, offices and places that stand before a person's name
/// ("U.S. Defense Secretary Robert Gates"); the run itself where nothing would be left.
fn without_titles(words: &str, cut: &[Token], run: Range<usize>) -> Range<usize> {
    let word = |at: usize| cut[at].of(words);
    let is_given = |at: usize| {
        let lower = word(at).to_lowercase();
        is_mans(&lower) || is_womans(&lower)
    };
    let is_title = |at: usize| {
        let lower = word(at).to_lowercase();
        let after_mister = at >= 2 && matches!(word(at - 2), "Mr" | "Mrs" | "Ms" | "Dr");
        // "Employee Ann Lee".
        let called = at == run.start && run.len() > 2 && PEOPLE.contains(&lower.as_str());
        let title = (TITLES.contains(&lower.as_str()) || lower == "gop" || called) && !after_mister;
        // "Larry King" is no king.
        title && (at == run.start || !is_given(at - 1) || at + 1 < run.end && is_given(at + 1))
    };
    let Some(title) = run.clone().rfind(|&at| is_title(at)) else { return run };
    // "Republican National Committee" is all name.
    if title + 2 < run.end
        && listed(NAMES_OF_BODIES, word(run.end - 1))
        && !(title + 1..run.end).any(is_given)
    {
        return run;
    }
    let mut start = title + 1;
    while start < run.end && (!cut[start].is_word() || word(start) == "for") {
        start += 1;
    }
    // "Secretary of State Ann Lee": her name begins with her given name.
    if start < run.end && word(start) == "of" {
        start = (start + 2..run.end.saturating_sub(1)).find(|&at| is_given(at)).unwrap_or(run.end);
    }
    let named = start < run.end && capital(word(start)) && !is_suffix(word(start));
    if named { start..run.end } else { run }
}

/// "Jr", "III": no name by itself.
pub(super) fn is_suffix(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV")
}

fn ends_with_name(words: &str, core: &[Token], name: &str) -> bool {
    let end = core.last().map_or(0, |token| token.end as usize);
    words[..end].ends_with(name)
}

/// The name that stands right behind a comma. Whoever is named in a clause about the source is somebody else.
fn apposed(words: &str, rest: &[Token]) -> Option<String> {
    let clause =
        |token: &Token| matches!(token.of(words), "who" | "which" | "whose" | "whom" | "that" | "when");
    let end = rest.iter().position(clause).unwrap_or(rest.len());
    let rest = &rest[..end];
    let behind_comma = |run: &Range<usize>| {
        let title = |token: &&Token| token.of(words) == "." || capital(token.of(words));
        let before = rest[..run.start].iter().rev().find(|token| !title(token));
        before.is_some_and(|token| token.of(words) == ",")
    };
    let run = name_runs(words, rest).into_iter().filter(behind_comma).max_by_key(Range::len)?;
    Some(words[rest[run.start].start as usize..rest[run.end - 1].end as usize].to_owned())
}

/// What one says or writes: "Lund's letter" speaks as Lund does.
const WRITINGS: &[&str] = &[
    "account",
    "announcement",
    "answer",
    "article",
    "book",
    "claim",
    "column",
    "comment",
    "lawsuit",
    "letter",
    "memo",
    "post",
    "remark",
    "reply",
    "response",
    "speech",
    "statement",
    "story",
    "suit",
    "testimony",
    "tweet",
    "video",
    "word",
    "words",
];

/// Words behind a name that leave it a name: "Lund himself", "Lund alone".
const BEHIND_NAMES: &[&str] = &[
    "alone",
    "also",
    "both",
    "herself",
    "himself",
    "itself",
    "once",
    "personally",
    "then",
    "themselves",
    "today",
    "too",
    "yesterday",
];

/// Whether a name only describes the noun behind it: "Fan's lover", "a Quinnipiac poll".
fn is_modifier(words: &str, core: &[Token], name: &str) -> bool {
    let Some(end) = words.find(name).map(|at| at + name.len()) else { return false };
    let mut behind = core.iter().filter(|token| token.start as usize >= end).peekable();
    let possessive = behind.peek().is_some_and(|token| matches!(token.of(words), "'" | "’" | "’s" | "'s"));
    let nouns: Vec<&str> = behind
        .map(|token| token.of(words))
        .filter(|word| word.chars().any(char::is_alphabetic) && *word != "s")
        .collect();
    let Some(head) = nouns.last() else { return false };
    let lower = head.chars().all(|c| c.is_lowercase() || c == '-' || c == '_');
    if possessive {
        return lower && !listed(WRITINGS, head);
    }
    let kept =
        BEHIND_NAMES.contains(head) || listed(WRITINGS, head) || head.ends_with("ly") || listed(BODIES, head);
    lower && head.len() > 2 && nouns.len() <= 3 && !kept && !is_plural(head)
}

fn kind_of_name(words: &str, name: &str, head: &str) -> SourceKind {
    let mut parts = name.split_whitespace();
    let first = parts.next().unwrap_or_default();
    let last = name.split_whitespace().next_back().unwrap_or_default();
    let titled = words.len() > name.len() && {
        let before = words[..words.find(name).unwrap_or(0)].trim_end_matches(['.', ' ']);
        before
            .split_whitespace()
            .next_back()
            .is_some_and(|word| TITLES.contains(&word.trim_matches('.').to_lowercase().as_str()))
    };
    let acronym = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_uppercase() || c == '.');
    let the = words.to_lowercase().starts_with("the ");
    // "the Saudi daily Ajel".
    let called = words[..words.find(name).unwrap_or(0)].split_whitespace().next_back().unwrap_or_default();
    let body = is_outlet(name)
        || called.starts_with(char::is_lowercase) && listed(BODIES, called) && !is_plural(called)
        || ["U.S.", "U.N.", "U.K.", "E.U."].iter().any(|state| name.starts_with(state))
        || name.split(" and ").all(is_place)
        || listed(NAMES_OF_BODIES, last)
        || listed(BODIES, head)
        || name.contains(" of ")
        || acronym(last) && (!name.contains(' ') || acronym(first))
        || the && (!name.contains(' ') || is_plural(last));
    if body && !titled { SourceKind::Organisation } else { SourceKind::Person }
}

/// Whether a name is that of an outlet or a news service.
pub(super) fn is_outlet(name: &str) -> bool {
    let last = name.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty()).unwrap_or_default();
    let first = name.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    OUTLETS.contains(&last.to_lowercase().as_str())
        || OUTLETS.contains(&first.to_lowercase().as_str())
        || NAMES_OF_OUTLETS.contains(&last.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_names() {
        let cases = [
            ("U.S. Defense Secretary Robert Gates", SourceKind::Person, "Robert Gates"),
            ("James Jeffrey, the U.S. Ambassador to Iraq", SourceKind::Person, "James Jeffrey"),
            ("the U.S. Ambassador to Iraq, James Jeffrey", SourceKind::Person, "James Jeffrey"),
            ("U.S. officials", SourceKind::Unnamed, "U.S. officials"),
            ("a senior defense official", SourceKind::Unnamed, "a senior defense official"),
            ("A man on the NewsHour", SourceKind::Unnamed, "A man on the NewsHour"),
            ("U.S. intelligence", SourceKind::Organisation, "U.S. intelligence"),
            ("ABC News", SourceKind::Organisation, "ABC News"),
            ("the Ministry of Mines", SourceKind::Organisation, "Ministry of Mines"),
            ("Moussawi", SourceKind::Person, "Moussawi"),
            ("the president", SourceKind::Office, "the president"),
            ("Sen. Lindsey Graham (R-S.C.)", SourceKind::Person, "Lindsey Graham"),
            ("a spokesman for the Harbour Board", SourceKind::Unnamed, "a spokesman for the Harbour Board"),
            ("Reuters", SourceKind::Organisation, "Reuters"),
            ("Toll books", SourceKind::Unnamed, "Toll books"),
            ("Voss’s", SourceKind::Person, "Voss"),
            ("the sources", SourceKind::Unnamed, "the sources"),
            ("Mr. Holt", SourceKind::Person, "Holt"),
            ("Officials", SourceKind::Unnamed, "Officials"),
            ("spokeswoman Ana Brandt", SourceKind::Person, "Ana Brandt"),
        ];
        for (words, kind, name) in cases {
            let found = phrase(words);
            assert_eq!((found.kind, found.name.as_str()), (kind, name), "{words}");
        }
    }

    #[test]
    fn no_name_begins_with_the_first_word_of_a_sentence() {
        let cases = [
            ("But Tarkin", SourceKind::Person, "Tarkin"),
            ("When Anna Lund", SourceKind::Person, "Anna Lund"),
            ("Does Tarkin", SourceKind::Person, "Tarkin"),
            ("On Monday Tarkin", SourceKind::Person, "Tarkin"),
            ("the Sunday Times", SourceKind::Organisation, "Sunday Times"),
            ("Former Secretary of State Anna Lund", SourceKind::Person, "Anna Lund"),
            ("Tarn CEO Ivo Brandt", SourceKind::Person, "Ivo Brandt"),
            ("GOP front-runner Ivo Brandt", SourceKind::Person, "Ivo Brandt"),
            ("Mr. King", SourceKind::Person, "King"),
            ("the Republican National Committee", SourceKind::Organisation, "Republican National Committee"),
            ("Ban Ki-moon", SourceKind::Person, "Ban Ki-moon"),
            ("Martin Luther King Jr.", SourceKind::Person, "Martin Luther King Jr"),
            ("many centrist Democrats", SourceKind::Unnamed, "many centrist Democrats"),
            ("Germany", SourceKind::Organisation, "Germany"),
            ("France and Germany", SourceKind::Organisation, "France and Germany"),
            ("Only 24", SourceKind::Unnamed, "Only 24"),
            ("2016", SourceKind::Nobody, ""),
            ("RELATED", SourceKind::Nobody, ""),
        ];
        for (words, kind, name) in cases {
            let found = phrase(words);
            assert_eq!((found.kind, found.name.as_str()), (kind, name), "{words}");
        }
    }

    #[test]
    fn odd_phrases_do_not_panic() {
        for words in ["", ",", "the", "of of of", "“”", "’s", "U.S.", "-", "A - B"] {
            phrase(words);
        }
    }
}

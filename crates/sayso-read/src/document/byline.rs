//! Names of authors as bylines give them.

use crate::document::voice;
use crate::document::{months, stamp};

/// What a byline begins with, in lower case, where "by" follows it: "Posted by", "Words by". The empty one is "By" alone.
const BY: [&str; 26] = [
    "",
    "posted ",
    "written ",
    "words ",
    "story ",
    "stories ",
    "text ",
    "report ",
    "reported ",
    "reporting ",
    "review ",
    "reviewed ",
    "analysis ",
    "news analysis ",
    "opinion ",
    "commentary ",
    "column ",
    "essay ",
    "interview ",
    "article ",
    "published ",
    "submitted ",
    "contributed ",
    "compiled ",
    "guest post ",
    "created ",
];

/// What a byline begins with where a colon follows it.
const LABELS: [&str; 26] = [
    "by",
    "author",
    "authors",
    "text",
    "words",
    "story",
    "writer",
    "byline",
    "reporter",
    "autor",
    "autorin",
    "auteur",
    "autore",
    "tekst",
    "testo",
    "texte",
    "текст",
    "автор",
    "συντάκτης",
    "作者",
    "文",
    "撰文",
    "著者",
    "執筆",
    "記者",
    "记者",
];

/// "By" in other languages. Some of these words begin names as well ("di Maio"), so that two more words must follow.
const FOREIGN_BY: [&str; 9] = ["von", "par", "por", "di", "door", "av", "af", "przez", "от"];

/// Small words inside names: "Ursula von der Leyen", "Bank of Ostrell".
const PARTICLES: [&str; 34] = [
    "von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "do", "du", "la", "le",
    "les", "el", "al", "bin", "bint", "ibn", "ben", "af", "av", "zu", "zur", "ter", "ten", "y", "e", "of",
    "the", "for", "für",
];

/// Where the names of a byline are over.
const STOPS: [&str; 28] = [
    " on ",
    " - ",
    " at ",
    " for ",
    " in ",
    " of the ",
    " of The ",
    " Of The ",
    " Of the ",
    ", Updated",
    " Updated",
    " updated",
    ", Published",
    " Published",
    " published",
    " Posted",
    " publiziert",
    " veröffentlicht",
    " publié",
    " publicado",
    " Photos by ",
    " photos by ",
    " Photographs by ",
    " photographs by ",
    " photographed by ",
    " pictures by ",
    " photography by ",
    " Illustration",
];

/// Words that lead to a date: "Ann Lee am 3. Juli", "Posted on Monday, July 3".
const LEADING: [&str; 14] = [
    "on",
    "am",
    "le",
    "el",
    "il",
    "op",
    "den",
    "at",
    "the",
    "updated",
    "posted",
    "published",
    "written",
    "created",
];

/// Whether a word, in lower case, leads to a date.
fn leads_to_date(word: &str) -> bool {
    LEADING.contains(&word) || months::WEEKDAYS.contains(&word)
}

/// Words that tell when without a date, and the parts of a clock.
const WHEN: [&str; 24] = [
    "second",
    "seconds",
    "minute",
    "minutes",
    "min",
    "mins",
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "ago",
    "a",
    "an",
    "last",
    "yesterday",
    "today",
    "pm",
    "pst",
];

/// The names in a line that is a byline: "By Ann Lee and Bo Ek | July 3". Empty where the byline names nobody
/// ("By  |"), `None` where the line is none.
pub(crate) fn of_line(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    if line.chars().count() > 160 {
        return None;
    }
    let (rest, foreign) = match opened(line) {
        Some(opened) => opened,
        // "March 4, 2021 by Ann Lee", "Posted two hours ago by Ann Lee".
        None => {
            let date = stamp::find(line).map_or(0..0, |(_, range)| range);
            let (between, rest) = line[date.end..].split_once("by ")?;
            let only_when = |words: &str| {
                words.split(|c: char| !c.is_alphanumeric()).all(|word| {
                    let lower = word.to_lowercase();
                    word.bytes().all(|byte| byte.is_ascii_digit())
                        || leads_to_date(&lower)
                        || WHEN.contains(&lower.as_str())
                })
            };
            let large = rest.trim_start().starts_with(|c: char| !c.is_lowercase());
            let fits = large && between.len() <= 40 && (date.end > 0 || !between.trim().is_empty());
            if !(fits && only_when(&line[..date.start]) && only_when(between)) {
                return None;
            }
            (rest, false)
        }
    };
    let rest = rest.trim_start_matches(['|', '•', '·', ':', ' ', '\u{a0}']);
    let end = names_end(rest);
    let names = rest[..end].trim();
    if names.is_empty() {
        return (end < rest.len() || rest.is_empty()).then(Vec::new);
    }
    let names = split(names);
    let fits = |name: &String| is_name(name) && (!foreign || name.split_whitespace().count() >= 2);
    (!names.is_empty() && names.iter().all(fits)).then_some(names)
}

/// What follows the words that open a byline, and whether they may be the beginning of a name.
fn opened(line: &str) -> Option<(&str, bool)> {
    let after = |word: &str| {
        let rest = line.get(word.len()..)?;
        let begins =
            line[..word.len()].eq_ignore_ascii_case(word) || line[..word.len()].to_lowercase() == word;
        begins.then_some(rest)
    };
    for lead in BY {
        if let Some(rest) = after(lead)
            && let Some(rest) = rest.get(2..).filter(|_| rest[..2].eq_ignore_ascii_case("by"))
            && (rest.is_empty() || rest.starts_with([' ', '\u{a0}', ':', '|']))
        {
            return Some((rest, false));
        }
    }
    for label in LABELS {
        if let Some(rest) = after(label)
            && let Some(rest) = rest.trim_start().strip_prefix([':', '：', '／'])
        {
            return Some((rest, false));
        }
    }
    let word = line.split([' ', '\u{a0}']).next()?;
    let rest = &line[word.len()..];
    // "Von Moritz Bach" is by Moritz Bach, "Von der Leyen speaks" is by nobody.
    let next = rest.split_whitespace().next()?;
    let by = FOREIGN_BY.contains(&word.to_lowercase().as_str()) && !PARTICLES.contains(&next);
    by.then_some((rest, true))
}

/// Where the names at the front of a line are over.
pub(crate) fn names_end(line: &str) -> usize {
    let mut end = line
        .find(['|', '•', '·', '—', '–', '\n', '／', '【'])
        .into_iter()
        .chain(STOPS.iter().filter_map(|stop| line.find(stop)))
        .chain(stamp::find(line).map(|(_, range)| range.start))
        .min()
        .unwrap_or(line.len());
    // What leads to a date is none of a name.
    while end < line.len() {
        let names = line[..end].trim_end_matches([' ', ',', '-', '/', '.', '\u{a0}']);
        let last = names.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
        if last.is_empty() || !leads_to_date(&last.to_lowercase()) {
            break;
        }
        end = names.len() - last.len();
    }
    end
}

/// Several names in one string to a list. Offices, degrees and addresses are left out.
pub(crate) fn split(names: &str) -> Vec<String> {
    // Nobody signs with more than this.
    let names = names.char_indices().nth(1000).map_or(names, |(at, _)| &names[..at]);
    let bare = without_brackets(names);
    let bare = if addressless(&bare).is_empty() { inside_brackets(names) } else { bare };
    let mut joined = bare;
    for and in [" and ", " und ", " & ", " with ", " AND ", ";", "/", "、", "，", " og ", " och ", "|", "•"]
    {
        joined = joined.replace(and, "\n");
    }
    let mut out: Vec<String> = Vec::new();
    for piece in joined.split('\n').flat_map(two_names) {
        for name in within_commas(piece) {
            if !name.is_empty() && !out.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
                out.push(name);
            }
        }
    }
    out
}

/// "Ana Ruiz y Luis Gil" are two, "José Ortega y Gasset" is one.
fn two_names(piece: &str) -> Vec<&str> {
    for and in [" y ", " e ", " et ", " en ", " i ", " ve "] {
        if let Some((one, other)) = piece.split_once(and)
            && one.split_whitespace().count() >= 2
            && other.split_whitespace().count() >= 2
        {
            return vec![one, other];
        }
    }
    vec![piece]
}

/// The names between the commas of "Ann Lee, M.D., Staff Writer, Bo Ek".
fn within_commas(piece: &str) -> Vec<String> {
    let parts: Vec<&str> = piece.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    // "Lee, Ann", as libraries have it.
    if let [last, first] = parts.as_slice()
        && [first, last].iter().all(|part| {
            part.chars().all(|c| c.is_alphabetic() || c == '-')
                && part.chars().next().is_some_and(char::is_uppercase)
                && part.chars().any(char::is_lowercase)
                && Kind::of(part, &[]) == Kind::Person
                && !is_office(part)
        })
    {
        return vec![clean(&format!("{first} {last}"))];
    }
    let mut out: Vec<String> = Vec::new();
    for part in parts {
        if let Some(suffix) = generation(part)
            && let Some(name) = out.last_mut()
        {
            name.push(' ');
            name.push_str(suffix);
            continue;
        }
        let name = clean(part);
        // After a whole name a single word is a place or a degree.
        let after = out.last().is_some_and(|name| name.contains(' '))
            && !name.contains(' ')
            && name.chars().any(|c| c.is_ascii_alphabetic());
        if !name.is_empty() && !is_office(&name) && !is_degree(&name) && !after {
            out.push(name);
        }
    }
    out
}

/// "Jr." and its like, which are part of a name.
fn generation(word: &str) -> Option<&'static str> {
    Some(match word.trim().trim_end_matches('.').to_lowercase().as_str() {
        "jr" => "Jr.",
        "sr" => "Sr.",
        "ii" => "II",
        "iii" => "III",
        "iv" => "IV",
        _ => return None,
    })
}

/// "Ann Lee (Ostrell)" without what stands in brackets.
fn without_brackets(names: &str) -> String {
    let mut out = String::with_capacity(names.len());
    let mut depth = 0u32;
    for c in names.chars() {
        match c {
            '(' | '<' | '[' | '（' => depth += 1,
            ')' | '>' | ']' | '）' => {
                depth = depth.saturating_sub(1);
                out.push(' ');
            }
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// The name in "ann@lantern.example (Ann Lee)".
fn inside_brackets(names: &str) -> String {
    let inside = names.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    inside.map_or_else(String::new, |(inside, _)| inside.to_owned())
}

/// The words that are no addresses, handles or sites.
fn addressless(name: &str) -> String {
    let words = name.split_whitespace().filter(|word| !is_address(word));
    words.collect::<Vec<_>>().join(" ")
}

fn is_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
    if word.contains('@') || word.contains("://") || word.starts_with("www.") {
        return true;
    }
    let Some((name, top)) = word.split_once('/').map_or(word, |(host, _)| host).rsplit_once('.') else {
        return false;
    };
    // "lantern.example", but neither "St.John" nor "M.D".
    name.len() >= 3
        && (2..=10).contains(&top.len())
        && top.bytes().all(|byte| byte.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
}

/// One name without "By", addresses, degrees and white space.
pub(crate) fn clean(name: &str) -> String {
    let bare = addressless(name);
    let mut words: Vec<&str> = bare.split_whitespace().collect();
    if words.len() > 2
        && FOREIGN_BY.contains(&words[0].to_lowercase().as_str())
        && !PARTICLES.contains(&words[1])
        && words[1].chars().next().is_some_and(char::is_uppercase)
    {
        words.remove(0);
    }
    let from = words.iter().take(3).position(|word| word.trim_end_matches(':').eq_ignore_ascii_case("by"));
    let opened = from.filter(|&at| {
        at + 1 < words.len()
            && (at == 0 || BY.contains(&format!("{} ", words[..at].join(" ").to_lowercase()).as_str()))
    });
    if let Some(at) = opened {
        words.drain(..=at);
    }
    let shouted = words.iter().all(|word| !word.chars().any(char::is_lowercase));
    while words.len() > 2
        && words.last().is_some_and(|last| is_degree(last) && (last.contains('.') || !shouted))
    {
        words.pop();
    }
    // "Ann Lee. Ostrell Gazette": a name and a sentence more.
    let stop = words.iter().enumerate().skip(1).position(|(at, word)| {
        at + 1 < words.len()
            && word.len() >= 4
            && word.ends_with('.')
            && word.chars().rev().nth(1).is_some_and(char::is_lowercase)
    });
    if let Some(at) = stop {
        words.truncate(at + 2);
    }
    // A name beside its own picture stands there twice.
    let half = words.len() / 2;
    if half >= 2 && words.len() == 2 * half && words[..half] == words[half..] {
        words.truncate(half);
    }
    let name = words.join(" ");
    let name = name.trim_matches(|c: char| !(c.is_alphanumeric() || c == '.' || c == ')' || c == '"'));
    let name = name.trim_start_matches(['.', ')', '"']).trim_end_matches(',');
    let last = name.rsplit(' ').next().unwrap_or_default();
    if last.ends_with('.') && name.contains(' ') && !is_short(last) && generation(last).is_none() {
        return name.trim_end_matches('.').to_owned();
    }
    name.to_owned()
}

/// Whether a word with a full stop is an initial or cut short: "T.", "J.T.", "St.".
fn is_short(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() <= 2)
}

fn is_degree(word: &str) -> bool {
    const DEGREES: [&str; 44] = [
        "md", "phd", "mph", "rd", "rdn", "ldn", "jd", "esq", "dvm", "msc", "bsc", "mba", "dds", "dmd", "rn",
        "np", "lcsw", "cpa", "cfa", "cfp", "psyd", "edd", "dphil", "mphil", "frcp", "mbbs", "cscs", "faan",
        "facp", "llm", "llb", "mfa", "mpp", "mpa", "msw", "msn", "aprn", "obe", "mbe", "cbe", "ms", "ma",
        "ba", "do",
    ];
    let letters: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    let letters = letters.to_lowercase();
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    // "Jack Ma" is no master of arts.
    let plain = word.contains('.') || word.chars().filter(|c| c.is_uppercase()).count() >= 2;
    capital && plain && DEGREES.contains(&letters.as_str())
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
        "m.d",
        "ph.d",
        "md",
        "phd",
        "rd",
        "bureau",
        "chief",
        "contributing",
        "freelance",
        "senior",
        "analyst",
        "author",
        "authors",
        "digital",
        "managing",
        "associate",
        "reporting",
        "redakteur",
        "redakteurin",
        "journalist",
        "reuters staff writer",
    ];
    let lower = name.to_lowercase();
    let lower = lower.trim_matches('.');
    OFFICES.contains(&lower) && lower != "staff"
        || lower.starts_with("special to ")
        || lower.split(|c: char| !c.is_alphanumeric()).any(|word| {
            [
                "editor",
                "writer",
                "reporter",
                "correspondent",
                "columnist",
                "contributor",
                "producer",
                "redakteur",
                "redakteurin",
                "photographer",
                "director",
            ]
            .contains(&word)
        })
}

/// Whether words could be the name of a person or an agency.
pub(crate) fn is_name(name: &str) -> bool {
    let count = voice::words(name).count();
    let last = name.rsplit(' ').next().unwrap_or_default();
    let stopped = name.ends_with(['.', '?', '!'])
        && !(name.ends_with('.') && (is_short(last) || generation(last).is_some()));
    let first = voice::words(name).next();
    (1..=6).contains(&count)
        && name.chars().count() <= 60
        && !name.contains("://")
        && !stopped
        && first.is_some_and(|word| {
            // The first of the small words begin names, too.
            !word.starts_with(|c: char| c.is_lowercase()) || count == 1 || PARTICLES[..28].contains(&word)
        })
        && name.chars().filter(|c| c.is_ascii_digit()).count() <= 4
}

/// Words of buttons and labels, which are none of names.
const BUTTONS: [&str; 49] = [
    "about",
    "advertisement",
    "all",
    "and",
    "by",
    "click",
    "comment",
    "comments",
    "contact",
    "continue",
    "copyright",
    "credit",
    "email",
    "facebook",
    "follow",
    "getty",
    "home",
    "image",
    "leave",
    "listen",
    "log",
    "minute",
    "more",
    "news",
    "no",
    "photo",
    "posted",
    "print",
    "published",
    "read",
    "see",
    "share",
    "show",
    "sign",
    "subscribe",
    "twitter",
    "updated",
    "view",
    "watch",
    "opinion",
    "author",
    "zur",
    "zum",
    "mehr",
    "alle",
    "artikel",
    "kommentare",
    "weiterlesen",
    "verifizierte",
];

/// Whether a word is "by" in another language.
pub(crate) fn is_foreign_by(word: &str) -> bool {
    FOREIGN_BY.contains(&word.to_lowercase().as_str())
}

fn is_large(word: &str) -> bool {
    word.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase())
        && !word.chars().any(|c| c.is_ascii_digit() || matches!(c, '!' | '?' | ':' | '#' | '@' | '%'))
}

fn is_button(word: &str) -> bool {
    BUTTONS.contains(&word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str())
}

/// Whether words that nothing calls a byline look like a name and like nothing else: every word is written large, or
/// is one of the small words of names.
pub(crate) fn is_bare_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    is_name(name)
        && (2..=5).contains(&words.len())
        && words.iter().all(|word| is_large(word) || PARTICLES.contains(word))
        && words.first().is_some_and(|word| word.chars().count() > 1)
        && !words.iter().any(|word| is_button(word))
        && !is_office(name)
}

/// Whether one word that is marked as an author's is a name, and no button.
pub(crate) fn is_single_name(name: &str) -> bool {
    is_name(name) && name.chars().count() > 1 && !name.contains(' ') && !is_button(name) && !is_office(name)
}

/// Who a byline names, least telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// What a program calls whoever runs the site.
    Login,
    /// The page's own outlet.
    Outlet,
    /// Some of the outlet's people, without a name.
    Staff,
    /// An agency, or another body.
    Organisation,
    Person,
}

impl Kind {
    /// Who a name on a page of these outlets stands for.
    pub(crate) fn of(name: &str, outlets: &[&str]) -> Kind {
        let lower = name.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let any = |list: &[&str]| words.iter().any(|word| list.contains(word));
        if let [
            "admin" | "administrator" | "webmaster" | "root" | "wpadmin" | "superuser" | "editor" | "user",
        ] = words.as_slice()
        {
            return Kind::Login;
        }
        let letters = |text: &str| {
            let text = text.to_lowercase();
            let text = text.strip_prefix("the ").unwrap_or(&text);
            text.chars().filter(|c| c.is_alphanumeric()).collect::<String>()
        };
        let own = letters(name);
        if outlets.iter().any(|outlet| letters(outlet) == own) {
            return Kind::Outlet;
        }
        const STAFF: [&str; 20] = [
            "staff",
            "team",
            "desk",
            "newsroom",
            "editors",
            "editorial",
            "redaktion",
            "redaktionen",
            "redactie",
            "rédaction",
            "redaction",
            "redacción",
            "redaccion",
            "redação",
            "redazione",
            "редакция",
            "newsdesk",
            "webdesk",
            "writers",
            "reporters",
        ];
        if any(&STAFF) {
            return Kind::Staff;
        }
        let with_outlet = outlets.iter().any(|outlet| {
            let outlet = outlet.to_lowercase();
            outlet.len() >= 3 && outlet.split_whitespace().all(|word| words.contains(&word))
        });
        if with_outlet {
            return Kind::Outlet;
        }
        const BODIES: [&str; 70] = [
            "reuters",
            "ap",
            "afp",
            "associated",
            "pti",
            "ani",
            "ians",
            "dpa",
            "efe",
            "bloomberg",
            "xinhua",
            "upi",
            "tass",
            "ansa",
            "agency",
            "agencies",
            "agence",
            "agencia",
            "agenzia",
            "agentur",
            "news",
            "press",
            "presse",
            "magazine",
            "times",
            "gazette",
            "herald",
            "tribune",
            "university",
            "institute",
            "association",
            "council",
            "department",
            "ministry",
            "inc",
            "ltd",
            "llc",
            "gmbh",
            "media",
            "network",
            "group",
            "foundation",
            "center",
            "centre",
            "society",
            "board",
            "company",
            "corporation",
            "committee",
            "commission",
            "office",
            "bureau",
            "service",
            "services",
            "wire",
            "newswire",
            "cnn",
            "bbc",
            "cnbc",
            "nbc",
            "abc",
            "cbs",
            "npr",
            "pbs",
            "newspaper",
            "union",
            "publishing",
            "nast",
            "kyodo",
            "business",
        ];
        if any(&BODIES) { Kind::Organisation } else { Kind::Person }
    }
}

/// Whether words name nobody but an agency or the staff, and are what bylines say of them.
pub(crate) fn is_agency(words: &str) -> bool {
    const AGENCIES: [&str; 20] = [
        "ap",
        "afp",
        "pti",
        "ani",
        "ians",
        "upi",
        "dpa",
        "efe",
        "reuters",
        "associated press",
        "the associated press",
        "agence france-presse",
        "press association",
        "pa media",
        "bloomberg",
        "xinhua",
        "staff",
        "staff report",
        "staff reports",
        "staff writer",
    ];
    AGENCIES.contains(&words.trim().to_lowercase().as_str())
}

/// The names to go by, of several lists that a page gives, best source first: persons before agencies, agencies before
/// an unnamed staff, all of them before the outlet's own name.
pub(crate) fn choose(lists: &[Vec<String>], outlets: &[&str]) -> Vec<String> {
    let best = |list: &[String]| list.iter().map(|name| Kind::of(name, outlets)).max();
    let Some(kind) = lists.iter().filter_map(|list| best(list)).max() else { return Vec::new() };
    let of_kind = |list: &[String]| -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for name in list {
            let known = out.iter().any(|known| known.to_lowercase() == name.to_lowercase());
            if Kind::of(name, outlets) == kind && !known {
                out.push(name.clone());
            }
        }
        out
    };
    let mut lists = lists.iter().map(|list| of_kind(list)).filter(|list| !list.is_empty());
    let first = lists.next().unwrap_or_default();
    // A list with all of these and more is the fuller one.
    let holds = |list: &[String]| {
        let has = |name: &String| list.iter().any(|other| other.to_lowercase() == name.to_lowercase());
        first.iter().all(has)
    };
    lists.find(|list| list.len() > first.len() && list.len() <= 12 && holds(list)).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        let names = |line: &str| of_line(line).map(|names| names.join("; "));
        let none: Option<String> = None;
        assert_eq!(of_line("By  |"), Some(vec![]));
        for (line, expected) in [
            ("By Ann Lee and Bo Ek | July 3, 2007", "Ann Lee; Bo Ek"),
            ("By ANN LEE, Staff Writer", "ANN LEE"),
            ("Posted by Mara on July 3, 2007", "Mara"),
            ("Written by: Mara Lindqvist", "Mara Lindqvist"),
            ("WORDS BY MARA LINDQVIST", "MARA LINDQVIST"),
            ("Text: Mara Lindqvist", "Mara Lindqvist"),
            ("Текст: Мара Линд", "Мара Линд"),
            ("作者：王小明", "王小明"),
            ("Story by Ann Lee; photos by Bo Ek", "Ann Lee"),
            ("Story by Ann Lee Photos by Bo Ek", "Ann Lee"),
            ("Story by Ann Lee, photographs by Bo Ek", "Ann Lee"),
            ("Analysis by Ann Lee, Lantern Editor-at-large", "Ann Lee"),
            ("By Ann Lee , Bo Ek on Monday, July 3rd, 2007 at 11:08 a.m.", "Ann Lee; Bo Ek"),
            ("Monday July 3, 2007 7:45 am PST by Ann Lee", "Ann Lee"),
            ("Posted on July 3, 2007 by Ann Lee", "Ann Lee"),
            ("Von Moritz Bach publiziert am 25. September 2018", "Moritz Bach"),
            ("Par Anne Duval le 4 mars 2021", "Anne Duval"),
            ("By Ursula von der Aue", "Ursula von der Aue"),
            ("By Elle Panning, M.P.H., R.D.", "Elle Panning"),
            ("By Robert Downs, Jr.", "Robert Downs Jr."),
            ("By Kevin D. Ames and Priya S.", "Kevin D. Ames; Priya S."),
            ("By Ana Ruiz y Luis Gil", "Ana Ruiz; Luis Gil"),
        ] {
            assert_eq!(names(line).as_deref(), Some(expected), "{line}");
        }
        for line in [
            "By the time the boats were back, the pier had gone under.",
            "Bygone days",
            "Von der Aue spricht",
            "Text and pictures",
            "Story of a pier",
            "Day by day",
        ] {
            assert_eq!(names(line), none, "{line}");
        }
    }

    #[test]
    fn names_without_what_stands_beside_them() {
        for (words, expected) in [
            ("Elle Panning M.P.H., R.D.", "Elle Panning"),
            ("Mara Lindqvist PhD", "Mara Lindqvist"),
            ("Jack Ma", "Jack Ma"),
            ("di Maio", "di Maio"),
            ("Von Miller", "Von Miller"),
            ("von Moritz Bach", "Moritz Bach"),
            ("Jan van der Berg", "Jan van der Berg"),
            ("Lindqvist, Mara", "Mara Lindqvist"),
            ("Ann Lee, Ostrell", "Ann Lee"),
            ("Ann Lee (Reuters)", "Ann Lee"),
            ("a.lee@lantern.example (Ann Lee)", "Ann Lee"),
            ("a.lee@lantern.example", ""),
            ("Lantern (www.lantern.example)", "Lantern"),
            ("lantern.example", ""),
            ("Ann Lee. Ostrell Lantern", "Ann Lee"),
            ("Ann Lee Ann Lee", "Ann Lee"),
            ("Reuters, AFP", "Reuters; AFP"),
        ] {
            assert_eq!(split(words).join("; "), expected, "{words}");
        }
    }

    #[test]
    fn a_person_goes_before_the_outlet() {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let outlets = ["Ostrell Gazette"];
        let lists = [list(&["The Ostrell Gazette"]), list(&["Mara Lindqvist", "Ostrell Gazette"])];
        assert_eq!(choose(&lists, &outlets), ["Mara Lindqvist"]);
        assert_eq!(choose(&[list(&["Gazette staff"]), list(&["Reuters"])], &outlets), ["Reuters"]);
        assert_eq!(choose(&lists[..1], &outlets), ["The Ostrell Gazette"]);
        let lists = [list(&["Ann Lee"]), list(&["Bo Ek"]), list(&["Ann Lee", "Bo Ek"])];
        assert_eq!(choose(&lists, &outlets), ["Ann Lee", "Bo Ek"]);
    }
}

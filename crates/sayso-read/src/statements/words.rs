//! Words that tell what sort of source a phrase names. All in lower case.

use std::sync::LazyLock;

/// Titles that stand before a name and are no part of it.
pub(super) const TITLES: &[&str] = &[
    "archbishop",
    "bishop",
    "cardinal",
    "doctor",
    "imam",
    "rabbi",
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "rev",
    "reverend",
    "father",
    "sister",
    "pope",
    "king",
    "queen",
    "prince",
    "princess",
    "president",
    "vice",
    "prime",
    "minister",
    "premier",
    "chancellor",
    "secretary",
    "senator",
    "sen",
    "representative",
    "rep",
    "congressman",
    "congresswoman",
    "governor",
    "gov",
    "mayor",
    "judge",
    "justice",
    "general",
    "gen",
    "colonel",
    "col",
    "major",
    "maj",
    "captain",
    "capt",
    "lieutenant",
    "lt",
    "sergeant",
    "sgt",
    "admiral",
    "adm",
    "commander",
    "cmdr",
    "chief",
    "ambassador",
    "envoy",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "director",
    "chairman",
    "chairwoman",
    "chair",
    "speaker",
    "leader",
    "candidate",
    "nominee",
    "attorney",
    "detective",
    "officer",
    "inspector",
    "sheriff",
    "coach",
    "analyst",
    "reporter",
    "correspondent",
    "editor",
    "author",
    "actor",
    "singer",
    "democrat",
    "republican",
    "councilman",
    "councilwoman",
    "councillor",
    "commissioner",
    "superintendent",
    "deputy",
    "assistant",
    "former",
    "acting",
    "anchor",
    "ceo",
    "cfo",
    "columnist",
    "host",
    "journalist",
    "lawmaker",
    "manager",
    "pastor",
    "pollster",
    "reporter",
    "strategist",
    "activist",
];

/// What stands over or before other words and says nothing itself.
pub(super) const LABELS: &[&str] = &[
    "advertisement",
    "background",
    "breaking",
    "conclusion",
    "conclusions",
    "exclusive",
    "findings",
    "method",
    "methods",
    "note",
    "objective",
    "objectives",
    "photo",
    "photos",
    "problem",
    "read more",
    "related",
    "results",
    "see also",
    "update",
    "updated",
    "video",
    "warning",
    "watch",
];

/// Heads of descriptions that leave a person without a name.
pub(super) const PEOPLE: &[&str] = &[
    "activist",
    "adviser",
    "advisor",
    "advocate",
    "agent",
    "aide",
    "ally",
    "analyst",
    "assistant",
    "attendee",
    "author",
    "boy",
    "boyfriend",
    "bystander",
    "campaigner",
    "caller",
    "candidate",
    "child",
    "citizen",
    "colleague",
    "commander",
    "commentator",
    "counterpart",
    "critic",
    "customer",
    "daughter",
    "defector",
    "delegate",
    "demonstrator",
    "detective",
    "diplomat",
    "doctor",
    "driver",
    "economist",
    "editor",
    "eyewitness",
    "employee",
    "engineer",
    "executive",
    "expert",
    "family",
    "father",
    "fighter",
    "fiance",
    "fisherman",
    "friend",
    "girl",
    "girlfriend",
    "guard",
    "husband",
    "individual",
    "informant",
    "inspector",
    "insider",
    "inmate",
    "investigator",
    "investor",
    "journalist",
    "juror",
    "lady",
    "lawmaker",
    "lawyer",
    "leader",
    "listener",
    "local",
    "lover",
    "man",
    "manager",
    "member",
    "militant",
    "mistress",
    "mother",
    "mourner",
    "negotiator",
    "neighbor",
    "neighbour",
    "observer",
    "officer",
    "official",
    "operative",
    "opponent",
    "organizer",
    "owner",
    "parent",
    "participant",
    "passenger",
    "people",
    "person",
    "personnel",
    "pilot",
    "policeman",
    "politician",
    "pollster",
    "prisoner",
    "producer",
    "professor",
    "prosecutor",
    "protester",
    "reader",
    "rebel",
    "refugee",
    "relative",
    "reporter",
    "representative",
    "researcher",
    "resident",
    "sailor",
    "scholar",
    "scientist",
    "soldier",
    "source",
    "spectator",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "speechwriter",
    "staffer",
    "strategist",
    "student",
    "supporter",
    "surrogate",
    "survivor",
    "teacher",
    "veteran",
    "victim",
    "viewer",
    "villager",
    "visitor",
    "volunteer",
    "voter",
    "wife",
    "witness",
    "woman",
    "worker",
    "writer",
];

/// Heads of descriptions that name by office: there is one holder at a time.
pub(super) const OFFICES: &[&str] = &[
    "ambassador",
    "attorney",
    "chairman",
    "chairwoman",
    "chancellor",
    "chief",
    "commissioner",
    "congressman",
    "congresswoman",
    "director",
    "envoy",
    "governor",
    "king",
    "mayor",
    "minister",
    "nominee",
    "pope",
    "premier",
    "president",
    "queen",
    "secretary",
    "senator",
    "sheriff",
    "speaker",
    "superintendent",
];

/// Heads that name an organisation without being a proper name.
pub(super) const BODIES: &[&str] = &[
    "administration",
    "agency",
    "airline",
    "army",
    "association",
    "bank",
    "blog",
    "broadcaster",
    "campaign",
    "channel",
    "club",
    "commission",
    "committee",
    "company",
    "congress",
    "council",
    "court",
    "daily",
    "department",
    "firm",
    "government",
    "group",
    "hospital",
    "house",
    "institute",
    "intelligence",
    "journal",
    "magazine",
    "military",
    "ministry",
    "network",
    "newspaper",
    "office",
    "organisation",
    "organization",
    "outlet",
    "paper",
    "parliament",
    "party",
    "police",
    "poll",
    "report",
    "school",
    "senate",
    "site",
    "station",
    "study",
    "survey",
    "tabloid",
    "team",
    "think-tank",
    "tribunal",
    "union",
    "university",
    "website",
];

/// Last words of the proper names of organisations.
pub(super) const NAMES_OF_BODIES: &[&str] = &[
    "agency",
    "alliance",
    "army",
    "association",
    "authority",
    "bank",
    "board",
    "brotherhood",
    "bureau",
    "center",
    "centre",
    "church",
    "club",
    "coalition",
    "college",
    "commission",
    "committee",
    "company",
    "congress",
    "corp",
    "corporation",
    "corps",
    "council",
    "court",
    "courier",
    "daily",
    "department",
    "foundation",
    "front",
    "fund",
    "gazette",
    "globe",
    "government",
    "group",
    "guard",
    "guards",
    "herald",
    "hospital",
    "house",
    "inc",
    "institute",
    "international",
    "journal",
    "justice",
    "league",
    "ltd",
    "magazine",
    "mail",
    "ministry",
    "mission",
    "movement",
    "nations",
    "network",
    "news",
    "observer",
    "office",
    "organization",
    "organisation",
    "panel",
    "parliament",
    "party",
    "police",
    "post",
    "press",
    "project",
    "radio",
    "record",
    "review",
    "school",
    "senate",
    "service",
    "society",
    "standard",
    "star",
    "state",
    "states",
    "telegraph",
    "television",
    "times",
    "trust",
    "tribune",
    "tv",
    "union",
    "university",
    "wire",
];

/// Outlets and services whose names end in none of the words above.
pub(super) const OUTLETS: &[&str] = &[
    "abc",
    "afp",
    "ap",
    "bbc",
    "bloomberg",
    "breitbart",
    "cbs",
    "cnn",
    "fox",
    "interfax",
    "msnbc",
    "nbc",
    "npr",
    "politico",
    "reuters",
    "tass",
    "xinhua",
];

/// Last words of the names of outlets.
pub(super) const NAMES_OF_OUTLETS: &[&str] = &[
    "courier",
    "daily",
    "gazette",
    "globe",
    "herald",
    "journal",
    "magazine",
    "mail",
    "network",
    "news",
    "newspaper",
    "observer",
    "post",
    "press",
    "radio",
    "record",
    "review",
    "standard",
    "telegraph",
    "television",
    "times",
    "tribune",
    "tv",
    "wire",
];

/// Whether a word, in any case, is in a list; a plural counts as its singular.
pub(super) fn listed(list: &[&str], word: &str) -> bool {
    let word = word.to_lowercase();
    let is = |word: &str| list.contains(&word);
    is(&word)
        || word.strip_suffix('s').is_some_and(is)
        || word.strip_suffix("es").is_some_and(is)
        || word.strip_suffix("ies").is_some_and(|stem| is(&format!("{stem}y")))
        || word.strip_suffix("men").is_some_and(|stem| is(&format!("{stem}man")))
        || word.strip_suffix("women").is_some_and(|stem| is(&format!("{stem}woman")))
}

/// Whether a capitalised plural names people by their party, faith or nation: nobody of them in particular.
pub(super) fn is_group(word: &str) -> bool {
    const ENDS: &[&str] = &["crats", "icans", "ians", "ists", "ericans"];
    let lower = word.to_lowercase();
    let listed = matches!(
        lower.as_str(),
        "democrat"
            | "republican"
            | "chinese"
            | "european"
            | "hispanic"
            | "conservatives"
            | "liberals"
            | "progressives"
            | "tories"
            | "muslims"
            | "jews"
    );
    word.starts_with(char::is_uppercase)
        && (listed || lower.len() >= 7 && ENDS.iter().any(|end| lower.ends_with(end)))
}

/// Whether a noun is plural by its form.
pub(super) fn is_plural(word: &str) -> bool {
    let word = word.to_lowercase();
    word.ends_with('s') && !word.ends_with("ss")
        || matches!(word.as_str(), "people" | "police" | "men" | "women")
        || word.ends_with("men")
}

/// Pronouns by whom they can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pronoun {
    /// I, me, my.
    Speaker,
    /// we, us, our.
    Speakers,
    /// he, him, his.
    He,
    /// she, her.
    She,
    /// they, them, their.
    They,
    /// it, its.
    It,
    /// who, which, that.
    Relative,
    /// you, one, everyone, many, some: nobody in particular.
    Anybody,
}

/// The pronoun that a phrase consists of.
pub(super) fn pronoun(words: &str) -> Option<Pronoun> {
    // The country.
    if matches!(words, "US" | "IT") {
        return None;
    }
    Some(match words.to_lowercase().as_str() {
        "i" | "me" | "my" | "myself" => Pronoun::Speaker,
        "we" | "us" | "our" | "ourselves" => Pronoun::Speakers,
        "he" | "him" | "his" | "himself" => Pronoun::He,
        "she" | "her" | "herself" => Pronoun::She,
        "they" | "them" | "their" | "themselves" => Pronoun::They,
        "it" | "its" | "itself" => Pronoun::It,
        "who" | "which" | "that" | "whom" | "whose" => Pronoun::Relative,
        "you" | "your" | "one" | "everyone" | "everybody" | "many" | "some" | "others" | "anyone"
        | "someone" | "nobody" | "none" | "no one" | "most" | "few" | "both" | "those" | "these" | "this"
        | "what" => Pronoun::Anybody,
        _ => return None,
    })
}

/// Whether a word, in any case, stands before a name and is never the first word of one: a particle, a conjunction, a
/// verb that helps others, an adverb, a day.
pub(super) fn no_name(word: &str) -> bool {
    NO_NAMES.binary_search(&word.to_lowercase().as_str()).is_ok()
}

static NO_NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "a about above according across after again against ago ahead all almost alone along already also
     although always am amid among an and another any anyway apparently are aren around as aside at
     away back basically be because been before behind being below beneath beside besides between
     beyond both but by can certainly clearly could couldn couldnt despite did didn didnt do does doesn
     doesnt doing don done dont down dozens during each earlier eight either eleven else elsewhere
     enough especially even eventually ever every exactly except few finally five following for four
     friday from further furthermore generally given had hadn hardly has hasn have haven having hence
     here how however hundreds if in indeed initially inside instead into is isn isnt it its just last
     lastly lately later least less like likewise many maybe meanwhile merely millions monday more
     moreover most mostly much must my near nearly neither never nevertheless next nine no none
     nonetheless nor not notably nothing now obviously of off often oh ok on once only onto or
     originally other otherwise our out outside over part partly per perhaps plus possibly presumably
     previously probably quite rather really recently regarding reportedly said same saturday say
     saying says seven several shall should shouldn similarly simply since six so some somehow
     sometimes soon still such sunday surely ten than that the their them then there thereafter
     therefore these they this those though thousands three through throughout thursday thus till to
     today together tomorrow tonight too toward towards tuesday twelve two under underneath
     unfortunately unless unlike until unto up upon us usually versus very via was wasn wednesday well
     were weren what whatever when whenever where whereas wherever whether which while who whom whose
     why with within without would wouldn yes yesterday yet you your"
        .split_whitespace()
        .collect()
});

//! Who a mention stands for within its document: "he", "the official", "Gates", "I".
//!
//! A salience model in the manner of Lappin and Leass (Computational Linguistics, 1994), cut down to what sources of
//! statements need: speakers come before other names, recent ones before distant ones, and whoever does not fit in
//! number or gender is left out. An unnamed source is only ever identified with a description of the same head noun.

use super::draft::Draft;
use super::given_names::{is_mans, is_womans};
use super::mention::{Phrase, name_runs, phrase};
use super::passage::Passage;
use super::voice::Voices;
use super::words::{BODIES, NAMES_OF_BODIES, OFFICES, PEOPLE, Pronoun, TITLES, is_plural, listed};
use crate::tagger::speech::TAGS;
use sayso_record::{Document, Mention, SourceKind, Span};

/// Somebody who was mentioned.
#[derive(Clone, Debug)]
struct Candidate {
    kind: SourceKind,
    name: String,
    nouns: Vec<String>,
    plural: bool,
    gender: Option<Gender>,
    /// Where it was last mentioned.
    at: u32,
    /// Whether it was the source of a statement there.
    speaks: bool,
    /// In whose voice.
    voice: usize,
    /// Whether it was only named inside quotation marks: who is spoken of there is seldom who speaks next.
    quoted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    He,
    She,
}

/// Every proper name of a document, where it stands.
#[derive(Debug)]
pub(super) struct Names(Vec<Candidate>);

impl Names {
    /// Where people are named, and how.
    pub(super) fn people(&self) -> impl Iterator<Item = (u32, &str)> {
        let people = self.0.iter().filter(|name| name.kind == SourceKind::Person);
        people.map(|name| (name.at, name.name.as_str()))
    }

    /// The longest name of the document that ends in this one.
    pub(super) fn full<'n>(&'n self, name: &'n str) -> &'n str {
        let longer = |candidate: &&Candidate| {
            candidate.name.len() > name.len()
                && candidate.kind == SourceKind::Person
                && candidate.name.rsplit(' ').next() == Some(name)
        };
        let full = (!name.contains(' ')).then(|| self.0.iter().find(longer)).flatten();
        full.map_or(name, |candidate| candidate.name.as_str())
    }
}

/// Fills in the speaker of every draft, and gives back the names it found. Drafts must be in the order of the text,
/// carried ones after what they go on from.
pub(super) fn resolve(
    document: &Document,
    passages: &[Passage],
    voices: &Voices,
    drafts: &mut [Draft],
) -> Names {
    let text = &document.text;
    let names = names_in(text, passages, voices);
    let breaks: Vec<u32> = text
        .match_indices(['.', '!', '?', '\n'])
        .map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX))
        .collect();
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&index| drafts[index].start());
    let mut known: Vec<Candidate> = Vec::new();
    let mut next_name = 0;
    for index in order {
        let draft = &drafts[index];
        if draft.carried.is_some() {
            continue;
        }
        let at = draft.source.first().or(draft.cue.first()).map_or(draft.start(), |span| span.start);
        while next_name < names.len() && names[next_name].at < at {
            remember(&mut known, names[next_name].clone());
            next_name += 1;
        }
        let Some(&first) = draft.source.first() else { continue };
        let words = document.words(&draft.source);
        let named = phrase(&words);
        let speaker = match named.pronoun {
            Some(Pronoun::Speaker | Pronoun::Speakers) => own_voice(drafts, index, first, voices),
            Some(Pronoun::Relative) => antecedent(&known, Pronoun::Relative, &breaks, first, draft.voice)
                .or_else(|| described_before(text, passages, first)),
            Some(pronoun) => antecedent(&known, pronoun, &breaks, first, draft.voice),
            None => known_source(&known, &names, &named, draft.voice, first.start)
                .or_else(|| namesake(&known, &named, draft.voice)),
        };
        let gender = gender_of(&words, named.pronoun);
        if let (Some(gender), Some(speaker)) = (gender, &speaker) {
            for candidate in known.iter_mut().filter(|candidate| candidate.name == speaker.1) {
                candidate.gender.get_or_insert(gender);
            }
        }
        let (kind, name) = speaker.unwrap_or((named.kind, named.name.clone()));
        let gender = gender.or_else(|| gender_of(&name, None));
        let named_nouns = if named.pronoun.is_some() { Vec::new() } else { named.nouns };
        remember(
            &mut known,
            Candidate {
                kind,
                name: name.clone(),
                nouns: named_nouns,
                plural: named.plural,
                gender,
                at: first.start,
                speaks: true,
                voice: draft.voice,
                quoted: false,
            },
        );
        drafts[index].speaker = Mention { spans: drafts[index].source.clone(), kind, name };
    }
    for index in 0..drafts.len() {
        if let Some(from) = drafts[index].carried {
            drafts[index].speaker = Mention { spans: Vec::new(), ..drafts[from].speaker.clone() };
        }
    }
    Names(names)
}

/// Every proper name in the document, full names for short ones.
fn names_in(text: &str, passages: &[Passage], voices: &Voices) -> Vec<Candidate> {
    let mut names: Vec<Candidate> = Vec::new();
    for passage in passages {
        let paragraph = &passage.paragraph;
        for sentence in &paragraph.sentences {
            for run in name_runs(text, &paragraph.tokens[sentence.clone()]) {
                let range = sentence.start + run.start..sentence.start + run.end;
                let span = paragraph.span(&range);
                // The first word of a sentence is capitalised whatever it is.
                if range.len() == 1 && range.start == sentence.start {
                    continue;
                }
                // "on Monday" names nobody.
                if range.len() == 1 && DATES.contains(&span.of(text)) {
                    continue;
                }
                let found = phrase(span.of(text));
                let mut nouns = found.nouns;
                nouns.extend(apposition(text, &paragraph.tokens[range.end..sentence.end]));
                let (kind, before) = described_as(text, &paragraph.tokens[sentence.start..range.start]);
                nouns.extend(before);
                let gender = gender_of(&found.name, None);
                names.push(Candidate {
                    kind: kind.unwrap_or(found.kind),
                    name: found.name,
                    nouns,
                    plural: found.plural,
                    gender,
                    at: span.start,
                    speaks: false,
                    voice: voices.of_block[passage.block],
                    quoted: paragraph.quote[range.start].inside,
                });
            }
        }
    }
    names
}

const DATES: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Christmas",
    "Easter",
];

/// What any organisation may be called once it is known.
const ANY_BODY: &[&str] =
    &["company", "group", "organisation", "organization", "firm", "agency", "body", "paper", "newspaper"];

/// The describing nouns of what stands between commas after a name ("James Jeffrey, the U.S. Ambassador to Iraq,").
fn apposition(text: &str, after: &[crate::text::Token]) -> Vec<String> {
    let mut words = after.iter().map(|token| token.of(text));
    if words.next() != Some(",")
        || !words.clone().next().is_some_and(|word| matches!(word, "the" | "a" | "an" | "his" | "her"))
    {
        return Vec::new();
    }
    let end = after.iter().skip(1).position(|token| token.of(text) == ",").map_or(after.len(), |at| at + 1);
    match (after.get(1), after.get(end - 1)) {
        (Some(first), Some(last)) if first.start <= last.start => {
            phrase(&text[first.start as usize..last.end as usize]).nouns
        }
        _ => Vec::new(),
    }
}

/// What stands right before a name and describes it ("Mayor Colm Reyes", "the campaign group Green Harbour"): the noun, and the
/// kind where that is surer by the noun than by the name.
fn described_as(text: &str, before: &[crate::text::Token]) -> (Option<SourceKind>, Option<String>) {
    let Some(last) = before.last() else { return (None, None) };
    let noun = last.of(text).to_lowercase();
    if listed(BODIES, &noun) && !is_plural(&noun) {
        return (
            last.of(text).starts_with(char::is_lowercase).then_some(SourceKind::Organisation),
            Some(noun),
        );
    }
    let describes =
        TITLES.contains(&noun.as_str()) || [OFFICES, PEOPLE].iter().any(|list| listed(list, &noun));
    (None, (describes && noun.len() > 4).then_some(noun))
}

/// Adds a mention, or moves what is known of the same source up to it.
fn remember(known: &mut Vec<Candidate>, mention: Candidate) {
    let same =
        known.iter_mut().find(|candidate| candidate.name == mention.name && candidate.kind == mention.kind);
    match same {
        Some(candidate) => {
            candidate.at = candidate.at.max(mention.at);
            candidate.speaks =
                mention.speaks || candidate.speaks && mention.at - candidate.at.min(mention.at) < 400;
            candidate.voice = mention.voice;
            candidate.quoted &= mention.quoted;
            candidate.gender = candidate.gender.or(mention.gender);
            for noun in mention.nouns {
                if !candidate.nouns.contains(&noun) {
                    candidate.nouns.push(noun);
                }
            }
        }
        None => known.push(mention),
    }
}

/// "I" and "we": whoever's words these are, a quoted speaker before the voice of the block.
fn own_voice(drafts: &[Draft], index: usize, at: Span, voices: &Voices) -> Option<(SourceKind, String)> {
    let inside = drafts.iter().enumerate().find(|(other, draft)| {
        *other != index && draft.manner.is_none() && draft.content.iter().any(|content| content.contains(at))
    });
    match inside {
        Some((_, outer)) if !outer.speaker.name.is_empty() => {
            Some((outer.speaker.kind, outer.speaker.name.clone()))
        }
        _ => {
            let mention = &voices.all[drafts[index].voice].mention;
            Some((mention.kind, mention.name.clone()))
        }
    }
}

/// The source that a pronoun stands for; `breaks` are the places of what may end a sentence.
fn antecedent(
    known: &[Candidate],
    pronoun: Pronoun,
    breaks: &[u32],
    at: Span,
    voice: usize,
) -> Option<(SourceKind, String)> {
    let fits = |candidate: &Candidate| match pronoun {
        Pronoun::He | Pronoun::She => {
            let gender = if pronoun == Pronoun::He { Gender::He } else { Gender::She };
            matches!(candidate.kind, SourceKind::Person | SourceKind::Office | SourceKind::Unnamed)
                && !candidate.plural
                && candidate.gender.is_none_or(|own| own == gender)
                && !(candidate.kind == SourceKind::Unnamed && candidate.nouns.is_empty())
        }
        Pronoun::They => candidate.plural || candidate.kind == SourceKind::Organisation,
        Pronoun::It => candidate.kind == SourceKind::Organisation,
        // "Holt, who said": the name that ends right before.
        Pronoun::Relative => at.start.saturating_sub(candidate.at) < 60 + candidate.name.len() as u32,
        Pronoun::Speaker | Pronoun::Speakers | Pronoun::Anybody => false,
    };
    let salience = |candidate: &Candidate| {
        let before = |place: u32| breaks.partition_point(|&own| own < place);
        let sentences = before(at.start).saturating_sub(before(candidate.at)) as f32;
        let speaks =
            if pronoun == Pronoun::Relative { 0.0 } else { f32::from(u8::from(candidate.speaks)) * 3.0 };
        let recent = candidate.at as f32 * 1e-6;
        let elsewhere = if candidate.voice == voice { 0.0 } else { 2.0 };
        // Who is known to be a woman comes before who may be one.
        let surely =
            f32::from(u8::from(matches!(pronoun, Pronoun::He | Pronoun::She) && candidate.gender.is_some()))
                * 1.5;
        speaks + surely - sentences + recent - elsewhere - if candidate.quoted { 3.0 } else { 0.0 }
    };
    known
        .iter()
        .filter(|candidate| fits(candidate))
        .max_by(|a, b| salience(a).total_cmp(&salience(b)))
        .map(|candidate| (candidate.kind, candidate.name.clone()))
}

/// "the readers who asked": the description that ends right before a relative pronoun.
fn described_before(text: &str, passages: &[Passage], at: Span) -> Option<(SourceKind, String)> {
    let holds = |passage: &&Passage| {
        let tokens = &passage.paragraph.tokens;
        tokens.first().is_some_and(|token| token.start <= at.start)
            && tokens.last().is_some_and(|token| at.end <= token.end)
    };
    let paragraph = &passages.iter().find(holds)?.paragraph;
    let end = paragraph.tokens.iter().position(|token| token.start == at.start)?;
    let tag = |at: usize| paragraph.speech.get(at).map_or("other", |&tag| TAGS[tag as usize % TAGS.len()]);
    let is_part = |at: &usize| {
        matches!(tag(*at), "noun" | "nouns" | "name" | "adjective" | "determiner" | "number" | "possessive")
    };
    let start = (0..end).rev().take_while(is_part).last()?;
    let found = phrase(paragraph.span(&(start..end)).of(text));
    matches!(tag(end - 1), "noun" | "nouns" | "name").then_some((found.kind, found.name))
}

/// The known source that a name or a description stands for.
fn known_source(
    known: &[Candidate],
    names: &[Candidate],
    named: &Phrase,
    voice: usize,
    at: u32,
) -> Option<(SourceKind, String)> {
    match named.kind {
        SourceKind::Organisation
            if named.definite && named.name.starts_with(['T', 't']) && described(named) =>
        {
            let body = |candidate: &&Candidate| {
                candidate.kind == SourceKind::Organisation && candidate.voice == voice
            };
            let called = |candidate: &&Candidate| {
                let name = candidate.name.to_lowercase();
                let own = |noun: &String| name.split(|c: char| !c.is_alphanumeric()).any(|word| word == noun);
                shares_noun(candidate, named) || named.nouns.iter().any(own)
            };
            let any = named.nouns.iter().any(|noun| ANY_BODY.contains(&noun.as_str()));
            let nearest = |fits: &dyn Fn(&&Candidate) -> bool| {
                known.iter().filter(body).filter(fits).max_by_key(|candidate| candidate.at)
            };
            let found = nearest(&called).or_else(|| {
                nearest(&|candidate| {
                    any && candidate.speaks && !candidate.name.to_lowercase().starts_with("the ")
                })
            });
            found.map(|candidate| (candidate.kind, candidate.name.clone()))
        }
        SourceKind::Person | SourceKind::Organisation if !named.name.is_empty() => {
            let full = fullest(names, named, at)?;
            // A bare surname looks like anything; its full name decides.
            Some((full.kind, full.name.clone()))
        }
        SourceKind::Unnamed | SourceKind::Office if named.definite => known
            .iter()
            .rev()
            .filter(|candidate| candidate.voice == voice || candidate.kind != SourceKind::Unnamed)
            .filter(|candidate| candidate.plural == named.plural && shares_noun(candidate, named))
            .max_by_key(|candidate| candidate.at)
            .map(|candidate| (candidate.kind, candidate.name.clone())),
        _ => None,
    }
}

/// "the board" for the Water Board: the nearest whose name ends in the one noun of a description.
fn namesake(known: &[Candidate], named: &Phrase, voice: usize) -> Option<(SourceKind, String)> {
    let ("the" | "The", noun) = named.name.split_once(' ')? else { return None };
    let ends = |candidate: &&Candidate| {
        candidate.voice == voice
            && candidate.name.rsplit_once(' ').is_some_and(|(before, last)| {
                last.starts_with(char::is_uppercase) && last.to_lowercase() == noun && before != "The"
            })
    };
    let nearest = known.iter().filter(ends).max_by_key(|candidate| candidate.at)?;
    Some((nearest.kind, nearest.name.clone()))
}

/// Whether a phrase is "the" and a noun, and no name of its own.
fn described(named: &Phrase) -> bool {
    let mut words = named.name.split_whitespace().skip(1).peekable();
    words.peek().is_some() && words.all(|word| word.chars().next().is_some_and(char::is_lowercase))
}

/// The longest name in the document that ends in this one: the nearest before it, or else the first after it.
fn fullest<'a>(names: &'a [Candidate], named: &Phrase, at: u32) -> Option<&'a Candidate> {
    let last = named.name.rsplit(' ').next().unwrap_or_default();
    if named.name.contains(' ') || listed(NAMES_OF_BODIES, last) {
        return None;
    }
    let longer = |candidate: &&Candidate| {
        candidate.name.len() > named.name.len()
            && candidate.kind == SourceKind::Person
            && candidate.name.rsplit(' ').next() == Some(last)
    };
    let before = names.iter().filter(|candidate| candidate.at <= at).rfind(longer);
    before.or_else(|| names.iter().find(longer))
}

fn shares_noun(candidate: &Candidate, named: &Phrase) -> bool {
    named.nouns.iter().any(|noun| candidate.nouns.iter().any(|own| own == noun))
        || named.nouns.iter().any(|noun| {
            let general = matches!(noun.as_str(), "source" | "sources");
            // "the sources" are the officials who were just named so.
            general
                && candidate.kind == SourceKind::Unnamed
                && candidate.nouns.iter().any(|own| own.starts_with("official"))
        })
}

pub(super) fn gender_of(words: &str, pronoun: Option<Pronoun>) -> Option<Gender> {
    match pronoun {
        Some(Pronoun::He) => return Some(Gender::He),
        Some(Pronoun::She) => return Some(Gender::She),
        _ => {}
    }
    let lower = words.to_lowercase();
    let parts = || lower.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|part| !part.is_empty());
    let told = parts().find_map(|part| match part {
        "mr" | "sir" | "lord" | "king" | "prince" | "father" | "man" | "spokesman" | "chairman"
        | "congressman" | "councilman" | "husband" | "son" | "brother" | "boy" | "fisherman"
        | "policeman" => Some(Gender::He),
        "mrs" | "ms" | "miss" | "dame" | "lady" | "queen" | "princess" | "mother" | "woman"
        | "spokeswoman" | "chairwoman" | "congresswoman" | "councilwoman" | "wife" | "daughter"
        | "sister" | "girl" => Some(Gender::She),
        _ => None,
    });
    // A given name tells only where a surname follows: "Florence" alone is a town as well.
    let given = || match parts().next() {
        Some(first) if parts().nth(1).is_some() && is_mans(first) => Some(Gender::He),
        Some(first) if parts().nth(1).is_some() && is_womans(first) => Some(Gender::She),
        _ => None,
    };
    told.or_else(given)
}

//! Who a mention stands for within its document: "he", "the official", "Gates", "I".
//!
//! A salience model in the manner of Lappin and Leass (Computational Linguistics, 1994), cut down to what sources of
//! statements need: speakers come before other names, recent ones before distant ones, and whoever does not fit in
//! number or gender is left out. An unnamed source is only ever identified with a description of the same head noun.

use super::draft::{Draft, by_passage};
use super::given_names::{is_mans, is_womans};
use super::known::{Candidate, Known, Roles};
use super::mention::{Phrase, is_outlet, name_runs, phrase};
use super::page_names::{PageNames, in_headline, is_headline};
use super::passage::Passage;
use super::people::{Gender, People, Written};
use super::places::is_place;
use super::subjects::{first_subject, name_before_aside, place, several_before};
use super::voice::Voices;
use super::words::{BODIES, NAMES_OF_BODIES, OFFICES, PEOPLE, Pronoun, TITLES, is_plural, listed};
use crate::tagger::paragraph::Paragraph;
use sayso_record::{BlockKind, Document, Mention, SourceKind, Span};
use std::collections::HashSet;
use std::ops::Range;

/// Fills in the speaker of every draft. Drafts must be in the order of the text, carried ones after what they go on from.
pub(super) fn resolve(document: &Document, passages: &[Passage], voices: &Voices, drafts: &mut [Draft]) {
    let text = &document.text;
    let page = PageNames::of(text, passages);
    let mut names = names_in(text, passages, voices, &page);
    let people = people(&names);
    for name in names.iter_mut().filter(|name| name.kind == SourceKind::Person && !name.name.contains(' ')) {
        if let Some(full) = people.called(&name.name, name.gender) {
            name.name = full.to_owned();
            name.thing = false;
            name.initial = false;
        }
    }
    let unspoken = credits(document, passages);
    names.retain(|name| {
        !name.initial && !unspoken.iter().any(|span| span.start <= name.at && name.at < span.end)
    });
    let breaks: Vec<u32> = text
        .match_indices(['.', '!', '?', '\n'])
        .map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX))
        .collect();
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&index| drafts[index].start());
    let mut known = Known::default();
    let roles = Roles::of(&names);
    let told = by_passage(passages, drafts);
    let mut next_name = 0;
    for index in order {
        let draft = &drafts[index];
        if draft.carried.is_some() {
            continue;
        }
        let at = draft.source.first().or(draft.cue.first()).map_or(draft.start(), |span| span.start);
        while next_name < names.len() && names[next_name].at < at {
            known.remember(names[next_name].clone());
            next_name += 1;
        }
        let Some(&first) = draft.source.first() else { continue };
        let words = document.words(&draft.source);
        let named = without_start(text, &passages[draft.passage], first, &page, phrase(&words));
        let gender = gender_of(&words, named.pronoun);
        let may_stand_for_another = named.pronoun.is_some() || named.definite;
        let content = draft.content.iter().filter(|_| may_stand_for_another).map(|span| span.of(text));
        let content = content.flat_map(|words| words.split(|c: char| !c.is_alphanumeric())).collect();
        let since = since(passages, draft.passage, &unspoken);
        let reference =
            Reference { at: first, words: &words, content, breaks: &breaks, voice: draft.voice, since };
        let speaker = match named.pronoun {
            Some(Pronoun::Speaker | Pronoun::Speakers) => {
                own_voice(drafts, &told[draft.passage], index, first, voices)
            }
            Some(Pronoun::Relative) if let Some(name) = name_before_aside(text, passages, first) => {
                let full = people.called(&name, gender).map_or(name.clone(), str::to_owned);
                Some((SourceKind::Person, full))
            }
            Some(Pronoun::Relative) => {
                let phrase = described_before(text, passages, first);
                let described = phrase.as_ref().filter(|found| found.kind == SourceKind::Unnamed);
                let described = described.map(|found| (found.kind, found.name.clone()));
                described
                    .or_else(|| antecedent(&known, Pronoun::Relative, &reference))
                    .or_else(|| phrase.map(|found| (found.kind, found.name)))
            }
            Some(Pronoun::They) => several_before(text, passages, first)
                .or_else(|| antecedent(&known, Pronoun::They, &reference)),
            Some(pronoun) => antecedent(&known, pronoun, &reference),
            None if is_of_party(&named) => None,
            None => known_source(&known, &people, &named, gender, draft.voice)
                .or_else(|| namesake(&known, &named, draft.voice))
                .or_else(|| publication(&known, &named, draft.voice))
                .or_else(|| roles.only_one(&named))
                .or_else(|| by_another_word(&known, &named, gender, &reference)),
        };
        if let (Some(gender), Some(speaker)) = (gender, &speaker) {
            known.is(&speaker.1, gender);
        }
        let (kind, name) = speaker.unwrap_or((named.kind, named.name.clone()));
        let gender = gender.or_else(|| gender_of(&name, None));
        let named_nouns = if named.pronoun.is_some() { Vec::new() } else { named.nouns };
        known.remember(Candidate {
            kind,
            nouns: named_nouns,
            plural: named.plural,
            gender,
            at: first.start,
            speaks: true,
            spoke: named.pronoun.is_none(),
            voice: draft.voice,
            quoted: false,
            // "their IRGC Qods force": a body, though its name looks like one of a person.
            thing: gender.is_none() && has_acronym(&name),
            subject: true,
            initial: false,
            name: name.clone(),
        });
        drafts[index].speaker = Mention { spans: drafts[index].source.clone(), kind, name };
    }
    for index in 0..drafts.len() {
        if let Some(from) = drafts[index].carried {
            drafts[index].speaker = Mention { spans: Vec::new(), ..drafts[from].speaker.clone() };
        }
    }
}

/// Lines that only say who made a picture: nobody who is named in them speaks next.
fn credits(document: &Document, passages: &[Passage]) -> Vec<Span> {
    const STARTS: &[&str] = &[
        "Photo",
        "Photos",
        "Photograph",
        "Picture",
        "Pictures",
        "Image",
        "Images",
        "Credit",
        "Photo by",
        "Photograph by",
        "Video",
    ];
    let mut out = Vec::new();
    for passage in passages {
        let span = passage.paragraph.span(&(0..passage.paragraph.len()));
        let words = span.of(&document.text);
        let starts = |words: &str| {
            let short = words.split_whitespace().count() <= 10;
            short
                && STARTS.iter().any(|start| {
                    words
                        .strip_prefix(start)
                        .is_some_and(|rest| rest.starts_with([':', '/']) || start.ends_with("by"))
                })
        };
        if matches!(document.blocks[passage.block].kind, BlockKind::Caption) {
            // "The pier in winter. Picture: Lena Marsh/Getty Images".
            let credit = STARTS.iter().filter_map(|start| words.find(&format!("{start}:"))).min();
            let agency = ["Getty Images", "Reuters", "AFP", "AP", "EPA", "PA"]
                .iter()
                .find_map(|agency| words.find(&format!("/{agency}")));
            let from = credit
                .or_else(|| agency.map(|at| words[..at].rfind(['.', '(', '|']).map_or(0, |stop| stop + 1)));
            out.extend(from.map(|from| Span { start: span.start + from as u32, end: span.end }));
        } else if starts(words.trim_start_matches('(')) {
            out.push(span);
        }
    }
    out
}

/// From where on somebody must have been mentioned whom a pronoun of a passage stands for: what comes after a picture's credit may
/// go back to the passage before the picture, and no further.
fn since(passages: &[Passage], index: usize, credits: &[Span]) -> u32 {
    let start = |at: usize| passages[at].paragraph.span(&(0..passages[at].paragraph.len())).start;
    let is_credit = |at: usize| {
        let span = passages[at].paragraph.span(&(0..passages[at].paragraph.len()));
        credits.iter().any(|credit| span.contains(*credit))
    };
    let mut at = index;
    while at > 0 && is_credit(at - 1) {
        at -= 1;
    }
    if at == index || at == 0 { 0 } else { start(at - 1) }
}

/// The name of a source without a word before it that has its capital from the sentence alone ("Chasing Tarkin").
fn without_start(text: &str, passage: &Passage, first: Span, page: &PageNames, named: Phrase) -> Phrase {
    let paragraph = &passage.paragraph;
    let is_name = matches!(named.kind, SourceKind::Person | SourceKind::Organisation);
    if is_name && !named.name.contains(' ') && named.name == first.of(text) && page.is_common(&named.name) {
        return Phrase { kind: SourceKind::Unnamed, ..named };
    }
    let begin = first.of(text).find(&named.name).filter(|_| is_name && named.name.contains(' '));
    let Some(start) = begin.map(|at| first.start + at as u32) else { return named };
    let end = start + named.name.len() as u32;
    let run = paragraph.tokens_in(Span { start, end });
    let Some(sentence) = paragraph.sentences.iter().find(|range| range.contains(&run.start)) else {
        return named;
    };
    let cut = match is_headline(text, paragraph) {
        true => in_headline(text, paragraph, run.clone(), page).unwrap_or_default(),
        false => page.without_start(text, paragraph, sentence, run.clone()),
    };
    if cut == run || cut.is_empty() {
        return named;
    }
    let rest = phrase(paragraph.span(&cut).of(text));
    Phrase { kind: rest.kind, name: rest.name, ..named }
}

/// Everybody whom the page names in full.
fn people(names: &[Candidate]) -> People {
    let people = names
        .iter()
        .filter(|name| name.kind == SourceKind::Person && !name.plural && !name.thing && !name.initial);
    People::of(people.map(|name| Written { name: &name.name, at: name.at, gender: name.gender }))
}

/// Every proper name in the document.
fn names_in(text: &str, passages: &[Passage], voices: &Voices, page: &PageNames) -> Vec<Candidate> {
    let mut names: Vec<Candidate> = Vec::new();
    for passage in passages {
        let paragraph = &passage.paragraph;
        let headline = is_headline(text, paragraph);
        for sentence in &paragraph.sentences {
            let subject = first_subject(text, paragraph, sentence);
            names.extend(subject.clone().and_then(|subject| {
                described_subject(text, paragraph, &subject, voices.of_block[passage.block])
            }));
            for run in name_runs(text, &paragraph.tokens[sentence.clone()]) {
                let range = sentence.start + run.start..sentence.start + run.end;
                let range = match headline {
                    true => in_headline(text, paragraph, range, page).unwrap_or_default(),
                    false => page.without_start(text, paragraph, sentence, range),
                };
                if range.is_empty() {
                    continue;
                }
                let span = paragraph.span(&range);
                // The first word of a sentence is capitalised whatever it is.
                let initial = range.len() == 1 && range.start == sentence.start;
                // "on Monday", "in court May 4" and "a TV crew" name nobody.
                if is_date(span.of(text)) || span.of(text) == "TV" {
                    continue;
                }
                let found = phrase(span.of(text));
                if is_affiliation(&found.name) {
                    continue;
                }
                let mut nouns = found.nouns;
                nouns.extend(apposition(text, &paragraph.tokens[range.end..sentence.end]));
                let (kind, before) = described_as(text, &paragraph.tokens[sentence.start..range.start]);
                nouns.extend(before);
                let titled = sentence.start.max(range.start.saturating_sub(2))..range.start;
                let titles = paragraph.span(&titled).of(text);
                let gender =
                    gender_of(titles, None).filter(|_| is_mister(titles)).or(gender_of(&found.name, None));
                let thing = gender.is_none() && nouns.is_empty() && is_thing(text, &found.name, span);
                names.push(Candidate {
                    subject: subject.as_ref().is_some_and(|subject| subject.contains(&range.start)),
                    initial,
                    thing,
                    kind: kind.unwrap_or(found.kind),
                    name: found.name,
                    nouns,
                    plural: found.plural,
                    gender,
                    at: span.start,
                    speaks: false,
                    spoke: false,
                    voice: voices.of_block[passage.block],
                    quoted: paragraph.quote[range.start].inside,
                });
            }
        }
    }
    names.sort_by_key(|name| name.at);
    names
}

/// "Lund's young deputy plans to marry": somebody whom nobody names, as the subject of a sentence.
fn described_subject(
    text: &str,
    paragraph: &Paragraph,
    subject: &Range<usize>,
    voice: usize,
) -> Option<Candidate> {
    // Most sentences are about something else: that is told by one word.
    if !listed(PEOPLE, paragraph.tokens[subject.end - 1].of(text)) {
        return None;
    }
    let span = paragraph.span(subject);
    let found = phrase(span.of(text));
    let is_somebody = found.kind == SourceKind::Unnamed
        && found.pronoun.is_none()
        && !found.plural
        && found.nouns.last().is_some_and(|noun| listed(PEOPLE, noun) && found.name.ends_with(noun.as_str()));
    is_somebody.then(|| Candidate {
        kind: found.kind,
        gender: gender_of(&found.name, None),
        name: found.name,
        nouns: found.nouns,
        plural: false,
        at: span.start,
        speaks: false,
        spoke: false,
        voice,
        quoted: paragraph.quote[subject.start].inside,
        thing: false,
        subject: true,
        initial: false,
    })
}

/// "Republican of Ohio", "R-Texas": what stands behind a politician's name and is nobody's.
fn is_affiliation(name: &str) -> bool {
    let party = |word: &str| matches!(word, "Republican" | "Democrat" | "Democratic" | "Independent" | "GOP");
    let first = name.split(' ').next().unwrap_or_default();
    party(first) && (name == first || name.contains(" of "))
        || first.split_once('-').is_some_and(|(letter, state)| {
            matches!(letter, "R" | "D" | "I") && state.starts_with(char::is_uppercase)
        })
}

fn is_mister(titles: &str) -> bool {
    let last = titles.trim_end_matches(['.', ' ']).rsplit(' ').next().unwrap_or_default();
    matches!(last, "Mr" | "Mrs" | "Ms" | "Miss" | "Sir" | "Dame" | "Lord" | "Lady")
}

/// Whether a name may be that of a place or a thing: it stands after "in", holds digits, is a plural, or is a known place.
fn is_thing(text: &str, name: &str, span: Span) -> bool {
    let before = text[..span.start as usize].split_whitespace().next_back().unwrap_or_default();
    let last = name.rsplit(' ').next().unwrap_or_default();
    is_place(name)
        || matches!(before, "in" | "In" | "at" | "At" | "near" | "across" | "throughout" | "on")
        || name.contains(|c: char| c.is_ascii_digit())
        || name.contains(' ') && is_plural(last)
        || has_acronym(name)
}

/// A day or a month, with or without a number behind it.
fn is_date(words: &str) -> bool {
    let mut words = words.split(' ');
    let first = words.next().unwrap_or_default();
    DATES.contains(&first) && words.all(|word| word.chars().all(|c| c.is_ascii_digit()))
}

fn has_acronym(name: &str) -> bool {
    name.split([' ', '-']).any(|word| word.chars().count() > 2 && word.chars().all(char::is_uppercase))
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
    // "Sen. Lund" is the senator.
    let title = before.iter().rev().find(|token| token.is_word()).map_or("", |token| token.of(text));
    let office = match title {
        "Sen" | "Sens" => Some("senator"),
        "Rep" => Some("representative"),
        "Gov" => Some("governor"),
        "Gen" => Some("general"),
        _ => None,
    };
    if let Some(office) = office {
        return (None, Some(office.to_owned()));
    }
    let describes =
        TITLES.contains(&noun.as_str()) || [OFFICES, PEOPLE].iter().any(|list| listed(list, &noun));
    (None, (describes && noun.len() > 4).then_some(noun))
}

/// "I" and "we": whoever's words these are, a quoted speaker before the voice of the block.
fn own_voice(
    drafts: &[Draft],
    told: &[usize],
    index: usize,
    at: Span,
    voices: &Voices,
) -> Option<(SourceKind, String)> {
    let inside = told
        .iter()
        .filter(|&&other| other != index)
        .map(|&other| &drafts[other])
        .find(|draft| draft.manner.is_none() && draft.content.iter().any(|content| content.contains(at)));
    match inside {
        Some(outer) if !outer.speaker.name.is_empty() => {
            Some((outer.speaker.kind, outer.speaker.name.clone()))
        }
        _ => {
            let mention = &voices.all[drafts[index].voice].mention;
            Some((mention.kind, mention.name.clone()))
        }
    }
}

/// Whether something tells that a candidate is somebody: a given name, a title, words of their own, or a name of several
/// words. "Herzegovina" and "Kurdish" may stand anywhere, and nobody says "he" of them.
fn is_surely_somebody(candidate: &Candidate) -> bool {
    candidate.gender.is_some()
        || !candidate.nouns.is_empty()
        || candidate.kind != SourceKind::Unnamed && (candidate.spoke || candidate.name.contains(' '))
}

/// "It" and "they" stand for a body that was named so many sentences before, at most.
const REACH_OF_IT: usize = 4;

/// A phrase that stands for somebody who was mentioned before it.
struct Reference<'a> {
    at: Span,
    words: &'a str,
    /// The words of what is said in its attribution.
    content: HashSet<&'a str>,
    /// The places of what may end a sentence.
    breaks: &'a [u32],
    voice: usize,
    /// From where on somebody must have been mentioned whom a pronoun stands for.
    since: u32,
}

impl Reference<'_> {
    /// So many sentences before it a place stands.
    fn sentences_since(&self, place: u32) -> usize {
        let before = |place: u32| self.breaks.partition_point(|&own| own < place);
        before(self.at.start).saturating_sub(before(place))
    }

    /// Whether what is said calls somebody by name: who speaks seldom does so of themselves.
    fn speaks_of(&self, name: &str) -> bool {
        let last = name.rsplit(' ').next().unwrap_or_default();
        last.len() > 2 && self.content.contains(last)
    }
}

/// Several whom nobody names are "they" in the sentences right after theirs.
const REACH_OF_SEVERAL: usize = 2;

/// The source that a pronoun stands for.
fn antecedent(known: &[Candidate], pronoun: Pronoun, reference: &Reference) -> Option<(SourceKind, String)> {
    let at = reference.at;
    // A body is not spoken of as a person is, all through a page: "it" reaches back a few sentences.
    let near = |candidate: &Candidate| reference.sentences_since(candidate.at) <= REACH_OF_IT;
    let fits = |candidate: &Candidate| match pronoun {
        Pronoun::He | Pronoun::She => {
            let gender = if pronoun == Pronoun::He { Gender::He } else { Gender::She };
            matches!(candidate.kind, SourceKind::Person | SourceKind::Office | SourceKind::Unnamed)
                && !candidate.plural
                && !candidate.thing
                && candidate.gender.is_none_or(|own| own == gender)
                && is_surely_somebody(candidate)
                // "Local 90" is a branch of a union.
                && !candidate.name.contains(|c: char| c.is_ascii_digit())
        }
        Pronoun::They => {
            (candidate.plural || candidate.kind == SourceKind::Organisation && !candidate.thing)
                && near(candidate)
        }
        Pronoun::It => candidate.kind == SourceKind::Organisation && !candidate.thing && near(candidate),
        // "Holt, who said": the name that ends right before.
        Pronoun::Relative => {
            at.start.saturating_sub(candidate.at) < 60 + candidate.name.len() as u32
                && (candidate.kind != SourceKind::Person
                    || is_surely_somebody(candidate)
                    || reference.words == "who" && !candidate.thing)
        }
        Pronoun::Speaker | Pronoun::Speakers | Pronoun::Anybody => false,
    };
    let is_person = matches!(pronoun, Pronoun::He | Pronoun::She);
    let salience = |candidate: &Candidate| {
        let weigh = |is: bool, weight: f32| if is { weight } else { 0.0 };
        let sentences = reference.sentences_since(candidate.at) as f32;
        let recent = candidate.at as f32 * 1e-6;
        weigh(pronoun != Pronoun::Relative && candidate.speaks, 3.0)
            // Who is known to be a woman comes before who may be one.
            + weigh(is_person && candidate.gender.is_some(), 1.5)
            + weigh(is_person && candidate.subject, 1.5)
            - weigh(is_person && reference.speaks_of(&candidate.name), 4.0)
            - weigh(candidate.voice != reference.voice, 2.0)
            - weigh(candidate.quoted, 3.0)
            - sentences
            + recent
    };
    known
        .iter()
        .filter(|candidate| fits(candidate) && (!is_person || candidate.at >= reference.since))
        .map(|candidate| (salience(candidate), candidate))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
        // Further off they are possibly the same, which is for the linker to say.
        .filter(|candidate| {
            pronoun != Pronoun::They
                || candidate.kind != SourceKind::Unnamed
                || candidate.speaks && reference.sentences_since(candidate.at) <= REACH_OF_SEVERAL
        })
        .map(|candidate| (candidate.kind, candidate.name.clone()))
}

/// "the readers who asked": the description that ends right before a relative pronoun.
fn described_before(text: &str, passages: &[Passage], at: Span) -> Option<Phrase> {
    let (paragraph, end) = place(passages, at)?;
    let tag = |at: usize| paragraph.part_of_speech(at);
    // "A senior official, who asked not to be named".
    let end = if end > 1 && tag(end - 1) == "comma" { end - 1 } else { end };
    let is_part = |at: &usize| {
        matches!(tag(*at), "noun" | "nouns" | "name" | "adjective" | "determiner" | "number" | "possessive")
    };
    let start = (0..end).rev().take_while(is_part).last()?;
    // "Jeff Holt, a former senator, who": the name before the comma.
    let behind_name = start > 2 && tag(start - 1) == "comma" && tag(start - 2) == "name";
    // "On Monday, the mayor, who said".
    let before_name = (0..start.saturating_sub(1)).rev().find(|&at| tag(at) != "name");
    let of_place = before_name.is_some_and(|at| tag(at) == "preposition");
    if behind_name && !of_place && tag(end) == "comma" {
        return None;
    }
    let found = phrase(paragraph.span(&(start..end)).of(text));
    matches!(tag(end - 1), "noun" | "nouns" | "name").then_some(found)
}

/// The known source that a name or a description stands for.
fn known_source(
    known: &[Candidate],
    people: &People,
    named: &Phrase,
    gender: Option<Gender>,
    voice: usize,
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
                    any && candidate.speaks
                        && !is_place(&candidate.name)
                        && !candidate.name.to_lowercase().starts_with("the ")
                })
            });
            found.map(|candidate| (candidate.kind, candidate.name.clone()))
        }
        SourceKind::Person | SourceKind::Organisation if !named.name.is_empty() => {
            let last = named.name.rsplit(' ').next().unwrap_or_default();
            if named.name.contains(' ') || listed(NAMES_OF_BODIES, last) {
                return None;
            }
            // A bare surname looks like anything; its full name decides.
            let in_capitals = named.name.chars().count() > 3 && named.name.chars().all(char::is_uppercase);
            let called =
                if in_capitals { people.shouted(&named.name) } else { people.called(&named.name, gender) };
            called.map(|full| (SourceKind::Person, full.to_owned()))
        }
        SourceKind::Unnamed | SourceKind::Office if named.definite => known
            .iter()
            .rev()
            .filter(|candidate| candidate.voice == voice || candidate.kind != SourceKind::Unnamed)
            .filter(|candidate| candidate.plural == named.plural && shares_noun(candidate, named))
            // Several whom nobody names are not taken for several others: the linker says that they may be.
            .filter(|candidate| !(named.plural && candidate.kind == SourceKind::Unnamed))
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

/// What an outlet is called after it was named.
const PUBLICATIONS: &[&str] = &[
    "article",
    "blog",
    "broadcaster",
    "channel",
    "magazine",
    "network",
    "newspaper",
    "outlet",
    "paper",
    "publication",
    "report",
    "site",
    "station",
    "story",
    "tabloid",
    "website",
];

/// "The report", "the site": the outlet that was last named as a source.
fn publication(known: &[Candidate], named: &Phrase, voice: usize) -> Option<(SourceKind, String)> {
    let last = named.name.rsplit(' ').next().unwrap_or_default();
    if !named.definite || named.name.split(' ').count() > 2 || !PUBLICATIONS.contains(&last) {
        return None;
    }
    let outlet = |candidate: &&Candidate| {
        let is_person =
            candidate.gender.is_some() || !candidate.nouns.is_empty() && candidate.kind == SourceKind::Person;
        let named = matches!(candidate.kind, SourceKind::Organisation | SourceKind::Person) && !is_person;
        let capital = candidate.name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let is_one = is_outlet(&candidate.name) || candidate.spoke && !candidate.name.contains(' ');
        named && capital && is_one && candidate.voice == voice && !is_place(&candidate.name)
    };
    let found = known.iter().filter(outlet).max_by_key(|candidate| candidate.at)?;
    Some((SourceKind::Organisation, found.name.clone()))
}

/// How writers call whom they have named already, so as not to name them again.
const OTHER_WORDS: &[&str] = &[
    "actor",
    "actress",
    "billionaire",
    "businessman",
    "businesswoman",
    "candidate",
    "comedian",
    "congressman",
    "congresswoman",
    "contender",
    "democrat",
    "developer",
    "entrepreneur",
    "front-runner",
    "frontrunner",
    "governor",
    "hopeful",
    "incumbent",
    "lawmaker",
    "magnate",
    "mogul",
    "nominee",
    "politician",
    "pontiff",
    "republican",
    "senator",
    "singer",
    "socialist",
    "tycoon",
];

/// Words by which a description tells of which party somebody is.
const PARTIES: &[&str] =
    &["Conservative", "Democratic", "GOP", "Green", "Labour", "Liberal", "Libertarian", "Republican"];

/// "The Republican nominee" is not the nominee who was named last, who may be the other party's.
fn is_of_party(named: &Phrase) -> bool {
    matches!(named.kind, SourceKind::Unnamed | SourceKind::Office)
        && named.definite
        && named.name.split(' ').any(|word| PARTIES.contains(&word))
}

/// Anybody named is looked for so many sentences back, at most.
const REACH_OF_ANOTHER_WORD: usize = 4;

/// "The 68-year-old", "the Vermont lawmaker": whoever of known name the page speaks of there. What may be one of several
/// whom nobody names ("the official") stands for nobody who is named.
fn by_another_word(
    known: &[Candidate],
    named: &Phrase,
    gender: Option<Gender>,
    reference: &Reference,
) -> Option<(SourceKind, String)> {
    let last = named.name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let fits = named.definite
        && !named.plural
        && (last.ends_with("-year-old") || OTHER_WORDS.contains(&last.as_str()));
    if !fits || named.name.split(' ').count() > 5 {
        return None;
    }
    let near = |name: &str| {
        let place =
            known.iter().filter(|candidate| candidate.name == name).map(|candidate| candidate.at).max();
        place.filter(|&place| reference.sentences_since(place) <= REACH_OF_ANOTHER_WORD)
    };
    let nearest = |own: Gender| {
        let pronoun = if own == Gender::He { Pronoun::He } else { Pronoun::She };
        let found =
            antecedent(known, pronoun, reference).filter(|_| gender.is_none_or(|told| told == own))?;
        let place = near(&found.1).filter(|_| found.0 == SourceKind::Person)?;
        Some((place, found))
    };
    let found = [Gender::He, Gender::She].into_iter().filter_map(nearest).max_by_key(|(place, _)| *place);
    found.map(|(_, found)| found)
}

/// Whether a phrase is "the" and a noun, and no name of its own.
fn described(named: &Phrase) -> bool {
    let mut words = named.name.split_whitespace().skip(1).peekable();
    words.peek().is_some() && words.all(|word| word.chars().next().is_some_and(char::is_lowercase))
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

fn gender_of(words: &str, pronoun: Option<Pronoun>) -> Option<Gender> {
    match pronoun {
        Some(Pronoun::He) => return Some(Gender::He),
        Some(Pronoun::She) => return Some(Gender::She),
        _ => {}
    }
    let lower = words.to_lowercase();
    let parts = || lower.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|part| !part.is_empty());
    let told = parts().find_map(|part| match part {
        "mr" | "sir" | "lord" | "king" | "prince" | "father" | "man" | "spokesman" | "chairman"
        | "businessman" | "congressman" | "councilman" | "husband" | "son" | "brother" | "boy"
        | "fisherman" | "policeman" => Some(Gender::He),
        "mrs" | "ms" | "miss" | "dame" | "lady" | "queen" | "princess" | "mother" | "woman"
        | "businesswoman" | "actress" | "spokeswoman" | "chairwoman" | "congresswoman" | "councilwoman"
        | "wife" | "daughter" | "sister" | "girl" => Some(Gender::She),
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

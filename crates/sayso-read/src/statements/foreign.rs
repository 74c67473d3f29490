//! German and French pages, of which only sure direct quotations are read: words between the language's own quotation marks, with a
//! verb of saying and a speaker right beside them. Everything else of such pages is left alone.

use crate::document::language;
use sayso_record::{BlockKind, Document, Manner, Mention, SourceKind, Span, Stance, Statement, StatementId};
use std::ops::Range;

/// How sure we are of a quotation with its speaker beside it.
const SURE: f32 = 0.9;
/// The longest quotation, in bytes.
const LONGEST: usize = 2000;
/// A speaker has so many words at most.
const SPEAKER_WORDS: usize = 8;

struct Rules {
    /// Opening and closing marks.
    marks: &'static [(char, char)],
    /// Verbs that stand before the speaker, behind a quotation; a verb of two words has a space.
    verbs: &'static [&'static str],
    /// Prepositions that stand before the speaker.
    according: &'static [&'static str],
    /// Articles that open a description.
    articles: &'static [&'static str],
    /// Pronouns: whom they stand for is not read.
    pronouns: &'static [&'static str],
    /// Whether every noun has a capital.
    nouns_have_capitals: bool,
}

const GERMAN: Rules = Rules {
    marks: &[('„', '“'), ('„', '”'), ('»', '«'), ('“', '”'), ('"', '"')],
    verbs: &[
        "sagte",
        "sagt",
        "erklärte",
        "erklärt",
        "betonte",
        "betont",
        "meinte",
        "meint",
        "kritisierte",
        "kritisiert",
        "warnte",
        "warnt",
        "ergänzte",
        "ergänzt",
        "schrieb",
        "schreibt",
        "so",
        "berichtete",
        "berichtet",
        "behauptete",
        "behauptet",
        "fügte",
        "forderte",
        "fordert",
        "hieß es von",
        "sagten",
        "erklärten",
        "rief",
        "antwortete",
        "antwortet",
        "versicherte",
        "versichert",
        "teilte",
        "twitterte",
        "lobte",
        "klagte",
        "klagt",
        "beklagte",
        "bekräftigte",
        "bestätigte",
        "entgegnete",
        "erzählte",
        "erzählt",
        "fragte",
        "fragt",
        "kommentierte",
        "konterte",
        "kündigte",
        "mahnte",
        "mahnt",
        "räumte",
        "stellte",
        "unterstrich",
        "verkündete",
        "versprach",
        "wiederholte",
    ],
    according: &["laut", "zufolge"],
    articles: &["der", "die", "das", "ein", "eine", "einer"],
    pronouns: &["er", "sie", "es", "ich", "wir", "man", "dieser", "diese", "jemand"],
    nouns_have_capitals: true,
};

const FRENCH: Rules = Rules {
    marks: &[('«', '»'), ('“', '”'), ('"', '"')],
    verbs: &[
        "a déclaré",
        "a dit",
        "a affirmé",
        "a expliqué",
        "a ajouté",
        "a souligné",
        "a indiqué",
        "a précisé",
        "a estimé",
        "a assuré",
        "a averti",
        "a écrit",
        "a répondu",
        "a reconnu",
        "a confié",
        "a regretté",
        "a lancé",
        "a martelé",
        "a annoncé",
        "a conclu",
        "a confirmé",
        "a dénoncé",
        "a insisté",
        "a promis",
        "a raconté",
        "a rappelé",
        "a témoigné",
        "avait déclaré",
        "avait dit",
        "annonce",
        "conclut",
        "confirme",
        "dénonce",
        "juge",
        "promet",
        "rappelle",
        "témoigne",
        "déclare",
        "dit",
        "affirme",
        "explique",
        "ajoute",
        "souligne",
        "indique",
        "précise",
        "estime",
        "assure",
        "prévient",
        "écrit",
        "répond",
        "raconte",
        "confie",
        "regrette",
        "lance",
        "insiste",
        "poursuit",
        "résume",
        "ont déclaré",
        "ont expliqué",
        "ont affirmé",
    ],
    according: &["selon", "d’après", "d'après"],
    articles: &["le", "la", "les", "un", "une", "l’", "l'"],
    pronouns: &["il", "elle", "ils", "elles", "on", "je", "nous", "-t-il", "-t-elle"],
    nouns_have_capitals: false,
};

/// The sure quotations of a page in another language; none where it has no rules here.
pub(super) fn quotations(document: &Document, language: &str) -> Vec<Statement> {
    let rules = match language {
        "de" => &GERMAN,
        "fr" => &FRENCH,
        _ => return Vec::new(),
    };
    let mut out = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let plain = matches!(block.kind, BlockKind::Paragraph | BlockKind::Caption);
        if plain {
            in_block(document, index, block.span.start as usize, rules, &mut out);
        }
    }
    out
}

/// The sure quotations in those paragraphs of an English page that are written in another language.
pub(super) fn quotations_of_paragraphs(document: &Document) -> Vec<Statement> {
    let mut out = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        if block.kind != BlockKind::Paragraph {
            continue;
        }
        let rules = match language::of_words(block.span.of(&document.text)) {
            Some("de") => &GERMAN,
            Some("fr") => &FRENCH,
            _ => continue,
        };
        in_block(document, index, block.span.start as usize, rules, &mut out);
    }
    out
}

fn in_block(document: &Document, block: usize, offset: usize, rules: &Rules, out: &mut Vec<Statement>) {
    let text = document.blocks[block].span.of(&document.text);
    let mut at = 0;
    let mut before = 0;
    // Who spoke last, and where the words end that tell it.
    let mut last: Option<(Mention, usize)> = None;
    out.extend(dash_speech(document, block, offset, rules));
    while let Some(quote) = next_quote(text, at, rules) {
        at = quote.end;
        let words = text[quote.clone()].chars().filter(|letter| letter.is_whitespace()).count() + 1;
        let speaker = if words < 3 {
            None
        } else {
            behind(text, quote.end, rules).or_else(|| ahead(text, before, quote.start, rules))
        };
        before = quote.end;
        let span = |range: &Range<usize>| Span::new(offset + range.start, offset + range.end);
        let Some((cue, speaker)) = speaker else {
            // „...“, sagte Orla Venn. „Die Pfähle sind morsch.“
            let goes_on = last.take().filter(|(_, end)| words >= 3 && goes_on(text, *end, &quote));
            if let Some((source, _)) = goes_on {
                let source = Mention { spans: Vec::new(), ..source };
                out.push(quotation(document, block, source, Vec::new(), text, &quote, offset));
                last = out.last().map(|statement| (statement.source.clone(), quote.end));
            }
            continue;
        };
        let name = text[speaker.clone()].to_owned();
        let kind = if is_description(&name, rules) { SourceKind::Unnamed } else { SourceKind::Person };
        let source = Mention { spans: vec![span(&speaker)], kind, name };
        last = Some((source.clone(), quote.end.max(speaker.end)));
        out.push(quotation(document, block, source, vec![span(&cue)], text, &quote, offset));
    }
}

/// The statement of a quotation.
fn quotation(
    document: &Document,
    block: usize,
    source: Mention,
    cue: Vec<Span>,
    text: &str,
    words: &Range<usize>,
    offset: usize,
) -> Statement {
    let asks =
        text[words.clone()].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '?').ends_with('?');
    let statement = Statement {
        id: StatementId::default(),
        document: document.id,
        block: block as u32,
        source,
        via: Vec::new(),
        within: None,
        stance: if asks { Stance::Asks } else { Stance::Asserts },
        cue,
        content: vec![Span::new(offset + words.start, offset + words.end)],
        manner: Manner::Direct,
        confidence: SURE,
    };
    statement.seal()
}

/// Whether a whole quoted sentence follows right after the sentence that quotes its speaker, with nothing behind it that tells of
/// another.
fn goes_on(text: &str, end: usize, quote: &Range<usize>) -> bool {
    let between = text.get(end..quote.start).unwrap_or_default().trim();
    let short = between.is_empty() || between.ends_with('.') && between.split_whitespace().count() <= 4;
    let inside = text[quote.clone()]
        .trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '!' | '?' | '…'));
    let rest = text[quote.end..].trim_start();
    short
        && inside.ends_with(['.', '!', '?', '…'])
        && rest.chars().next().is_none_or(|c| c.is_uppercase() || "„»«“\"".contains(c))
}

/// "– Nous avons tout perdu, dit Orla Venn.": a line that begins with a dash, up to the comma before the verb.
fn dash_speech(document: &Document, block: usize, offset: usize, rules: &Rules) -> Option<Statement> {
    let text = document.blocks[block].span.of(&document.text);
    let rest = text.strip_prefix(['–', '—'])?;
    let start = text.len() - rest.trim_start().len();
    let (end, cue, speaker) = text.match_indices([',', '!', '?']).find_map(|(at, mark)| {
        let from = at + mark.len();
        let from = from + (text[from..].len() - text[from..].trim_start_matches([' ', '\u{a0}']).len());
        let verb = rules
            .verbs
            .iter()
            .filter(|verb| starts_with_word(&text[from..], verb))
            .max_by_key(|verb| verb.len())?;
        let speaker = speaker(text, from + verb.len(), rules)?;
        let end = if mark == "," { at } else { at + mark.len() };
        Some((end, from..from + verb.len(), speaker))
    })?;
    let words = start..end;
    let said = text.get(words.clone()).filter(|said| said.split_whitespace().count() >= 3)?;
    if said.contains(['«', '»', '“', '„', '"']) {
        return None;
    }
    let name = text[speaker.clone()].to_owned();
    let kind = if is_description(&name, rules) { SourceKind::Unnamed } else { SourceKind::Person };
    let span = |range: &Range<usize>| Span::new(offset + range.start, offset + range.end);
    let source = Mention { spans: vec![span(&speaker)], kind, name };
    Some(quotation(document, block, source, vec![span(&cue)], text, &words, offset))
}

/// Whether a speaker is described, and not named: the words open with an article.
fn is_description(words: &str, rules: &Rules) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default().to_lowercase();
    rules.articles.contains(&first.as_str()) || first.starts_with("l’") || first.starts_with("l'")
}

/// The next quotation from `at` on, with its marks.
fn next_quote(text: &str, at: usize, rules: &Rules) -> Option<Range<usize>> {
    let mut from = at;
    loop {
        let rest = text.get(from..)?;
        let (start, open) =
            rest.char_indices().find(|(_, mark)| rules.marks.iter().any(|(open, _)| open == mark))?;
        let inside = from + start + open.len_utf8();
        let closes = |mark: char| rules.marks.iter().any(|&(own, close)| own == open && close == mark);
        let end =
            text[inside..].char_indices().take_while(|(at, _)| *at < LONGEST).find(|(_, mark)| closes(*mark));
        match end {
            Some((end, close)) => return Some(from + start..inside + end + close.len_utf8()),
            None => from = inside,
        }
    }
}

/// `„…“, sagte Orla Venn`, `« … », a déclaré Orla Venn`, `« … », selon Orla Venn`.
fn behind(text: &str, end: usize, rules: &Rules) -> Option<(Range<usize>, Range<usize>)> {
    let rest = &text[end..];
    let start =
        end + (rest.len() - rest.trim_start_matches([',', ' ', '\u{a0}', '\u{202f}', '–', '—']).len());
    let rest = &text[start..];
    let verb = rules
        .verbs
        .iter()
        .chain(rules.according)
        .filter(|verb| starts_with_word(rest, verb))
        .max_by_key(|verb| verb.len())?;
    let cue = start..start + verb.len();
    let speaker = speaker(text, cue.end, rules)?;
    Some((cue, speaker))
}

/// `Orla Venn sagte: „…“`, `Orla Venn a déclaré : « … »`: the name opens its sentence.
fn ahead(text: &str, from: usize, start: usize, rules: &Rules) -> Option<(Range<usize>, Range<usize>)> {
    let lead = text[from..start].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let lead = lead.strip_suffix(':')?.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let sentence = lead.rfind(". ").map_or(0, |at| at + 2);
    let sentence = sentence + (lead[sentence..].len() - lead[sentence..].trim_start().len());
    let words = &lead[sentence..];
    let verb = rules
        .verbs
        .iter()
        .filter(|verb| words.ends_with(&format!(" {verb}")))
        .max_by_key(|verb| verb.len())?;
    if *verb == "so" {
        return None;
    }
    let cue = from + lead.len() - verb.len()..from + lead.len();
    let speaker = speaker(text, from + sentence, rules)?;
    // Nothing but the speaker may stand before the verb.
    (text[speaker.end..cue.start].trim().is_empty()).then_some((cue, speaker))
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace()))
}

/// The speaker that starts at `at`: a name, or a description with its article; none where a pronoun stands there.
fn speaker(text: &str, at: usize, rules: &Rules) -> Option<Range<usize>> {
    let skipped = text[at..].len() - text[at..].trim_start().len();
    let start = at + skipped;
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut place = start;
    for word in text[start..].split([' ', '\u{a0}']).take(SPEAKER_WORDS) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'');
        let stops = bare.len() < word.len()
            && !(word.ends_with('.')
                && bare.chars().count() <= 3
                && bare.chars().next().is_some_and(char::is_uppercase));
        if bare.is_empty() {
            break;
        }
        words.push(place..place + bare.len());
        place += word.len() + 1;
        if stops {
            break;
        }
    }
    let word = |at: usize| words.get(at).map_or("", |range| &text[range.clone()]);
    let first = word(0).to_lowercase();
    if words.is_empty() || rules.pronouns.contains(&first.as_str()) {
        return None;
    }
    let capital = |at: &usize| word(*at).starts_with(char::is_uppercase);
    // "Jan van der Berg", and not "Bo Ek der Zeitung".
    let particle = |at: usize| match word(at) {
        "von" | "van" | "de" | "du" | "zu" | "la" | "le" | "des" | "di" => true,
        "der" | "den" => at > 0 && matches!(word(at - 1), "von" | "van"),
        _ => false,
    };
    let described = is_description(&first, rules);
    if described {
        let joins = ["der", "des", "von", "vom", "im", "in", "für", "du", "de", "la", "d’", "aux", "au", "à"];
        let last = (1..words.len())
            .take_while(|at| {
                capital(at)
                    || joins.contains(&word(*at))
                    || !rules.nouns_have_capitals
                    || word(*at).ends_with('e')
                    || word(*at).ends_with("en")
                    || word(*at).ends_with("er")
            })
            .last();
        let end = last.unwrap_or(0);
        // A description that ends in a person's two names is that person's.
        let two = end >= 2 && capital(&end) && capital(&(end - 1));
        // "die Bürgermeisterin Orla Venn": three capitals in a row.
        let two = two && (!rules.nouns_have_capitals || end >= 3 && capital(&(end - 2)));
        let from = if two { end - 1 } else { 0 };
        return (end > 0 || first.len() > 3).then(|| words[from].start..words[end].end);
    }
    let run = (0..words.len()).take_while(|at| capital(at) || *at > 0 && particle(*at)).count();
    let run = (0..run).rev().find(|at| capital(at)).map_or(0, |last| last + 1);
    if run == 0 {
        return None;
    }
    let mut surname = run - 1;
    while surname > 0 && !capital(&(surname - 1)) {
        surname -= 1;
    }
    // "Bürgermeisterin Orla Venn": the office before the two names.
    let from = if rules.nouns_have_capitals { surname.saturating_sub(1) } else { 0 };
    Some(words[from].start..words[run - 1].end)
}

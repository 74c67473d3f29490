//! Why a source is not named: "who asked not to be identified because ...", "on condition of anonymity". Such a clause tells nothing of
//! what the page is about. It belongs to the description before it, and who is described there says what comes after it.

use super::mention::phrase;
use super::patterns::BY_RULE;
use crate::tagger::paragraph::Paragraph;
use crate::tagger::tagging::Found;
use crate::text::{Token, paragraphs, sentences, tokens};
use sayso_record::{Document, SourceKind, Span, Statement};
use std::ops::Range;

/// Words that tell that somebody is not named, or may not speak.
const SIGNS: &[&[&str]] = &[
    &["anonymity"],
    &["anonymous"],
    &["anonymously"],
    &["to", "be", "named"],
    &["not", "be", "named"],
    &["to", "be", "identified"],
    &["not", "be", "identified"],
    &["to", "be", "quoted"],
    &["not", "be", "quoted"],
    &["not", "be", "used"],
    &["not", "be", "published"],
    &["be", "withheld"],
    &["authorised", "to"],
    &["authorized", "to"],
    &["permitted", "to"],
    &["allowed", "to"],
    &["authorisation", "to"],
    &["authorization", "to"],
    &["to", "be", "called", "only"],
    &["give", "a", "name"],
    &["give", "any", "name"],
    &["his", "name"],
    &["her", "name"],
    &["their", "name"],
    &["their", "names"],
    &["first", "name"],
    &["given", "name"],
    &["his", "identity"],
    &["her", "identity"],
    &["their", "identity"],
    &["reprisal"],
    &["reprisals"],
    &["retaliation"],
    &["retribution"],
];

/// Signs that are one only where the clause denies: "who was not authorised to speak".
const DENIED: &[&str] = &["authorised", "authorized", "permitted", "allowed"];

/// Words that open such a clause after a comma.
const PARTICIPLES: &[&str] = &[
    "asking",
    "citing",
    "declining",
    "fearing",
    "granted",
    "insisting",
    "refusing",
    "requesting",
    "speaking",
    "talking",
];

/// Verbs of saying, of which one may follow the clause.
const SAYING: &[&str] = &[
    "acknowledged",
    "added",
    "admitted",
    "alleged",
    "announced",
    "argued",
    "asserted",
    "claimed",
    "complained",
    "conceded",
    "confirmed",
    "continued",
    "declared",
    "denied",
    "described",
    "disclosed",
    "explained",
    "insisted",
    "noted",
    "predicted",
    "recalled",
    "recounted",
    "remarked",
    "repeated",
    "replied",
    "reported",
    "revealed",
    "said",
    "says",
    "stated",
    "suggested",
    "tells",
    "testified",
    "told",
    "warned",
    "wrote",
];

/// Words that end the description before the clause, read backwards.
const BEFORE: &[&str] =
    &["that", "but", "because", "when", "while", "as", "if", "and", "though", "although", "after"];

/// The longest clause, and the longest description before it, in tokens.
const LONGEST: usize = 48;
const LONGEST_DESCRIPTION: usize = 16;

/// A clause that tells why somebody is not named, as ranges of tokens.
struct Clause {
    /// Its own words, without the commas around it.
    words: Range<usize>,
    /// The description right before it, where one stands there.
    described: Option<Range<usize>>,
    /// The verb of saying right after it.
    verb: Option<usize>,
    /// Whether no comma parts it from the description, which then holds it.
    joined: bool,
}

/// The clauses of a sentence.
fn clauses(text: &str, tokens: &[Token], sentence: &Range<usize>) -> Vec<Clause> {
    // Most sentences have none, which is told by a few letters.
    let last = sentence.end.min(tokens.len());
    let mut out: Vec<Clause> = Vec::new();
    if sentence.start >= last {
        return out;
    }
    let whole = &text[tokens[sentence.start].start as usize..tokens[last - 1].end as usize];
    let hints = [
        "anonym",
        "name",
        "identi",
        "quoted",
        "uthori",
        "permitted",
        "allowed",
        "withheld",
        "fear",
        "repris",
        "retali",
        "retrib",
        "published",
        "be used",
    ];
    if !hints.iter().any(|hint| whole.contains(hint)) {
        return out;
    }
    let word = |at: usize| {
        if (sentence.start..last).contains(&at) { tokens[at].of(text).to_lowercase() } else { String::new() }
    };
    for open in sentence.clone() {
        if out.last().is_some_and(|clause| open < clause.words.end) {
            continue;
        }
        let first = word(open);
        let after_comma = open > sentence.start && word(open - 1) == ",";
        let (who, condition) =
            (first == "who", matches!(first.as_str(), "on" | "under") && is_condition(&word, open));
        let participle = PARTICIPLES.contains(&first.as_str())
            && (after_comma || open > sentence.start && !SAYING.contains(&word(open - 1).as_str()));
        if !(who || condition || participle) {
            continue;
        }
        if let Some(clause) =
            clause(&word, open, last, sentence.start, condition && !after_comma, after_comma)
        {
            out.push(clause);
        }
    }
    out
}

/// "on condition of anonymity", "on the condition that".
fn is_condition(word: &dyn Fn(usize) -> String, open: usize) -> bool {
    let next = if word(open + 1) == "the" { open + 2 } else { open + 1 };
    matches!(word(next).as_str(), "condition" | "conditions")
}

fn clause(
    word: &dyn Fn(usize) -> String,
    open: usize,
    last: usize,
    start: usize,
    apart: bool,
    after_comma: bool,
) -> Option<Clause> {
    let end = last.min(open + LONGEST);
    let verb_at = |at: usize| {
        let before = word(at - 1);
        SAYING.contains(&word(at).as_str())
            && !matches!(before.as_str(), "to" | "not" | "be" | "who" | "has" | "they" | "he" | "she")
    };
    // The sign stands before the verb of the sentence.
    let sign = (open..end).find_map(|at| {
        let sign = SIGNS
            .iter()
            .find(|sign| sign.iter().enumerate().all(|(place, own)| word(at + place) == **own))?;
        let denied = || {
            (open..at).any(|at| {
                matches!(
                    word(at).as_str(),
                    "not" | "t" | "nor" | "never" | "without" | "neither" | "isn" | "wasn" | "un"
                )
            })
        };
        let fits = !DENIED.contains(&sign[0]) || denied();
        fits.then_some(at..at + sign.len())
    })?;
    if (open + 2..sign.start).any(|at| {
        matches!(word(at).as_str(), "said" | "says") || matches!(word(at).as_str(), "“" | "”" | "\"")
    }) {
        return None;
    }
    let goes_on = |at: usize| {
        matches!(
            word(at).as_str(),
            "because" | "as" | "since" | "for" | "to" | "so" | "out" | "while" | "given" | "citing"
        )
    };
    let mut close = None;
    let mut verb = None;
    let mut at = sign.end;
    let mut because = false;
    while at < end {
        let own = word(at);
        because |= matches!(own.as_str(), "because" | "since" | "as" | "citing");
        if matches!(own.as_str(), "“" | "”" | "\"" | ";" | ":" | "—" | "–")
            || own == "that" && !because && !matches!(word(at - 1).as_str(), "condition" | "fear")
        {
            close = Some(at);
            break;
        }
        if own == "," && !goes_on(at + 1) {
            // "who gave only her first name, Ana, said".
            let second =
                (at + 1..(at + 5).min(end)).find(|&at| word(at) == ",").filter(|&second| verb_at(second + 1));
            let here = second.unwrap_or(at);
            verb = (here + 1 < last && verb_at(here + 1)).then_some(here + 1);
            close = Some(here);
            break;
        }
        if verb_at(at) {
            verb = Some(at);
            close = Some(at);
            break;
        }
        at += 1;
    }
    let mut close = close.unwrap_or(at);
    while close > sign.end && matches!(word(close - 1).as_str(), "." | "!" | "?" | ",") {
        close -= 1;
    }
    let described =
        if apart { None } else { described(word, start, if after_comma { open - 1 } else { open }) };
    // Without the comma a condition belongs to the verb before it.
    Some(Clause { words: open..close, described, verb: verb.filter(|_| !apart), joined: !after_comma })
}

/// The description that ends at a token.
fn described(word: &dyn Fn(usize) -> String, start: usize, end: usize) -> Option<Range<usize>> {
    let stops = |at: usize| {
        let own = word(at);
        BEFORE.contains(&own.as_str())
            || SAYING.contains(&own.as_str())
            || matches!(own.as_str(), "," | "“" | "”" | "\"" | ";" | ":" | "—" | "–" | "." | "!" | "?")
            || own == "to" && word(at.wrapping_sub(1)) == "according"
    };
    let from = (start..end).rev().take(LONGEST_DESCRIPTION).take_while(|&at| !stops(at)).last()?;
    Some(from..end)
}

/// Gives what comes after such clauses to those whom they are about, and takes the clauses for no statements.
pub(super) fn mend(text: &str, paragraph: &Paragraph, found: &mut Vec<Found>) {
    // "The Courier, citing two officials, said": that they are cited is no statement besides.
    let only_cited = |own: &Found, others: &[Found]| {
        let cites = own.cue.len() == 1
            && matches!(paragraph.tokens[own.cue.start].of(text), "citing" | "quoting" | "cited" | "cites");
        let first = own.content.first().map_or(0, |content| content.start);
        cites
            && others.iter().any(|other| {
                other.cue != own.cue
                    && paragraph.sentence.get(other.cue.start) == paragraph.sentence.get(own.cue.start)
                    && other.content.iter().any(|content| content.end > first)
            })
    };
    let others = found.clone();
    found.retain(|own| !only_cited(own, &others));
    for sentence in &paragraph.sentences {
        for clause in clauses(text, &paragraph.tokens, sentence) {
            let within =
                |range: &Range<usize>| clause.words.start <= range.start && range.end <= clause.words.end;
            found.retain(|found| !within(&found.cue));
            found.extend(before(text, paragraph, sentence, &clause, found));
            let Some(described) = clause.described.clone() else { continue };
            let named = phrase(paragraph.span(&described).of(text));
            if !matches!(named.kind, SourceKind::Unnamed | SourceKind::Office) || named.pronoun.is_some() {
                continue;
            }
            let whole = described.start..clause.words.end;
            let source = if clause.joined { whole.clone() } else { described.clone() };
            let touches = |range: &Range<usize>| range.start < whole.end && whole.start < range.end;
            let mut given = false;
            for found in found.iter_mut() {
                let own = clause.verb.is_some_and(|verb| found.cue.contains(&verb));
                let follows = found.cue.end == described.start;
                let ends_before = found.cue.end <= whole.start && found.source.iter().any(touches);
                if !own && !follows && !ends_before {
                    continue;
                }
                given |= own;
                found.source = vec![source.clone()];
                found.content = found.content.iter().filter_map(|own| outside(own, &whole)).collect();
            }
            found.retain(|found| !found.content.is_empty());
            if let Some(verb) = clause.verb.filter(|_| !given) {
                found.extend(after(text, paragraph, sentence, source, verb));
            }
        }
    }
    who_said(text, paragraph, found);
    for sentence in &paragraph.sentences {
        if let Some(told) = told(text, paragraph, sentence, found) {
            found.push(told);
        }
    }
    found.sort_by_key(|found| found.cue.start);
}

/// "A woman who said she was his sister told reporters that he was innocent": the relative clause belongs to the description.
fn who_said(text: &str, paragraph: &Paragraph, found: &mut Vec<Found>) {
    let word = |at: usize| paragraph.tokens.get(at).map_or("", |token| token.of(text));
    let mut described: Vec<(Range<usize>, usize)> = Vec::new();
    for found in found.iter_mut() {
        let [source] = found.source.as_slice() else { continue };
        let ends = source.len() > 1 && word(source.end - 1) == "who" && source.end < found.cue.start;
        let plain = ends
            && (source.start..found.cue.start).all(|at| paragraph.tokens[at].is_word() || word(at) == "-");
        let named = phrase(paragraph.span(&(source.start..source.end - 1)).of(text));
        if plain && named.kind == SourceKind::Unnamed && found.cue.start - source.start <= LONGEST_DESCRIPTION
        {
            let whole = source.start..found.cue.start;
            described.push((whole.clone(), found.cue.start));
            found.source = vec![whole];
        }
    }
    found.retain(|own| {
        !described.iter().any(|(whole, cue)| own.cue.start != *cue && whole.contains(&own.cue.start))
    });
}

/// "A police source told the Ledger the van had been stolen", which the taggers have seen with "that" alone.
fn told(text: &str, paragraph: &Paragraph, sentence: &Range<usize>, found: &[Found]) -> Option<Found> {
    let word = |at: usize| paragraph.tokens.get(at).map_or("", |token| token.of(text));
    let verb = (sentence.start + 1..sentence.end.min(sentence.start + LONGEST_DESCRIPTION))
        .find(|&at| word(at) == "told")?;
    let source = sentence.start..verb;
    if source.clone().any(|at| !paragraph.tokens[at].is_word() && word(at) != "-")
        || paragraph.quote[verb].inside
    {
        return None;
    }
    let span = |range: &Range<usize>| range.start < sentence.end && sentence.start < range.end;
    if found.iter().any(|found| span(&found.cue) || found.content.iter().any(span)) {
        return None;
    }
    let named = phrase(paragraph.span(&source).of(text));
    if named.kind != SourceKind::Unnamed || named.pronoun.is_some() || named.nouns.is_empty() {
        return None;
    }
    let hearer = if word(verb + 1) == "the" { verb + 2 } else { verb + 1 };
    let start = (hearer..sentence.end)
        .find(|&at| !word(at).starts_with(char::is_uppercase))
        .filter(|&at| at > hearer)?;
    let end = (start..sentence.end).rev().find(|&at| paragraph.tokens[at].is_word())? + 1;
    let clause = word(start).chars().all(char::is_lowercase)
        && !matches!(word(start), "about" | "of" | "to" | "in" | "on" | "how");
    let said = start..end;
    (clause && said.len() > 2).then(|| Found {
        source: vec![source],
        cue: verb..verb + 1,
        content: vec![said],
        confidence: BY_RULE,
        nested: false,
    })
}

/// What of a content stands outside the description and its clause: what comes after them, else what comes before.
fn outside(content: &Range<usize>, whole: &Range<usize>) -> Option<Range<usize>> {
    if content.end <= whole.start || whole.end <= content.start {
        return Some(content.clone());
    }
    if content.end > whole.end + 1 {
        return Some(whole.end + 1..content.end);
    }
    (content.start + 1 < whole.start).then(|| content.start..whole.start - 1)
}

/// What follows the verb of somebody whom the taggers have not seen speak there.
fn after(
    text: &str,
    paragraph: &Paragraph,
    sentence: &Range<usize>,
    source: Range<usize>,
    verb: usize,
) -> Option<Found> {
    let word = |at: usize| paragraph.tokens.get(at).map_or("", |token| token.of(text));
    let mut start = verb + 1;
    if word(verb) == "told" || word(verb) == "tells" {
        // Whom it was told stands before what was.
        start = (start..sentence.end.min(verb + 8))
            .find(|&at| matches!(word(at), "that" | "," | ":" | "“" | "\""))?;
    }
    while matches!(word(start), "that" | "," | ":") {
        start += 1;
    }
    let mut end = sentence.end;
    while end > start && matches!(word(end - 1), "." | "!" | "?") {
        end -= 1;
    }
    let said = start..end;
    (!said.is_empty()).then(|| Found {
        source: vec![source],
        cue: verb..verb + 1,
        content: vec![said],
        confidence: BY_RULE,
        nested: false,
    })
}

/// "The harbour will close, three people familiar with the plans said, asking not to be named": the sentence before the clause, where
/// the taggers have seen nobody say it.
fn before(
    text: &str,
    paragraph: &Paragraph,
    sentence: &Range<usize>,
    clause: &Clause,
    found: &[Found],
) -> Option<Found> {
    let word = |at: usize| paragraph.tokens.get(at).map_or("", |token| token.of(text));
    let verb = clause.words.start.checked_sub(1 + usize::from(!clause.joined))?;
    if verb <= sentence.start
        || !SAYING.contains(&word(verb))
        || found.iter().any(|found| found.cue.contains(&verb))
    {
        return None;
    }
    let source = described(&|at| word(at).to_lowercase(), sentence.start, verb)?;
    let end = source.start.checked_sub(1).filter(|&at| at > sentence.start + 1 && word(at) == ",")?;
    let named = phrase(paragraph.span(&source).of(text));
    let told = found.iter().flat_map(|found| &found.content).any(|content| content.start < end);
    let fits =
        named.kind == SourceKind::Unnamed && named.pronoun.is_none() && !named.nouns.is_empty() && !told;
    let (cue, said) = (verb..verb + 1, sentence.start..end);
    fits.then(|| Found { source: vec![source], cue, content: vec![said], confidence: BY_RULE, nested: false })
}

/// Why the page does not name the source of a statement, in its own words, where it says so in the same sentence.
pub fn why_unnamed(document: &Document, statement: &Statement) -> Option<Span> {
    if statement.source.kind != SourceKind::Unnamed {
        return None;
    }
    let at = *statement.source.spans.first().or(statement.cue.first())?;
    let block =
        document.blocks.iter().rev().find(|block| block.span.contains(at) && !block.kind.holds_blocks())?;
    let start = block.span.start as usize;
    let line = paragraphs(block.span.of(&document.text))
        .map(|line| start + line.start..start + line.end)
        .find(|line| line.start <= at.start as usize && at.end as usize <= line.end)?;
    let mut cut = Vec::new();
    tokens(&document.text, line, &mut cut);
    let own = cut.iter().position(|token| token.start >= at.start)?;
    let sentence = sentences(&document.text, &cut).into_iter().find(|sentence| sentence.contains(&own))?;
    let span = |range: &Range<usize>| {
        Some(Span { start: cut.get(range.start)?.start, end: cut.get(range.end.checked_sub(1)?)?.end })
    };
    let speaks = |clause: &Clause| match &clause.described {
        Some(described) => span(&(described.start..clause.words.end)).is_some_and(|span| span.overlaps(at)),
        None => true,
    };
    clauses(&document.text, &cut, &sentence)
        .iter()
        .find(|clause| speaks(clause))
        .and_then(|clause| span(&clause.words))
}

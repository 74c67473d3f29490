//! What a statement says as a sentence by itself: a whole clause with its subject and verb, pronouns told by name.
//!
//! Noun phrases, infinitives without a subject, cut-off relative clauses, questions and headlines are none; neither is
//! what nobody asserts ("declined to say that", "if he says that").

mod asserted;
mod clause;
mod people;
mod promise;
mod pronouns;
mod render;
mod word;

use super::passage::Passage;
use super::resolve::Names;
use clause::clause;
use people::People;
use pronouns::Telling;
use sayso_record::{BlockKind, Document, Manner, Proposition, Span, Stance, Statement};
use word::{Word, words};

/// About so many words of a long speech are its proposition.
const MOST_WORDS: usize = 60;

/// Fills in the proposition of every statement that has one.
pub(super) fn add(document: &Document, passages: &[Passage], names: &Names, statements: &mut [Statement]) {
    let places = Places::new(passages);
    let people = People::new(document, names, statements);
    for statement in statements {
        statement.proposition = proposition(document, &places, &people, statement);
    }
}

/// The passages in the order of the text.
struct Places<'p> {
    passages: Vec<&'p Passage>,
}

impl<'p> Places<'p> {
    fn new(passages: &'p [Passage]) -> Places<'p> {
        let mut passages: Vec<&Passage> =
            passages.iter().filter(|passage| !passage.paragraph.is_empty()).collect();
        passages.sort_by_key(|passage| passage.paragraph.tokens[0].start);
        Places { passages }
    }

    /// The passages that a span touches.
    fn touched(&self, span: Span) -> impl Iterator<Item = &'p Passage> {
        let end = |passage: &&Passage| passage.paragraph.tokens.last().map_or(0, |token| token.end);
        let from = self.passages.partition_point(|passage| end(passage) <= span.start);
        self.passages[from..]
            .iter()
            .take_while(move |passage| passage.paragraph.tokens[0].start < span.end)
            .copied()
    }
}

/// Words of a content that stand in one sentence of the page, without the words of the cue between them.
struct Piece<'p> {
    passage: &'p Passage,
    sentence: u32,
    places: Vec<usize>,
}

fn pieces<'p>(document: &Document, places: &Places<'p>, content: &[Span]) -> Vec<Piece<'p>> {
    let mut out: Vec<Piece> = Vec::new();
    let mut count = 0;
    for &span in content {
        for passage in places.touched(span) {
            let paragraph = &passage.paragraph;
            let from = paragraph.tokens.partition_point(|token| token.start < span.start);
            let to = paragraph.tokens.partition_point(|token| token.end <= span.end);
            for at in from..to.max(from) {
                let sentence = paragraph.sentence[at];
                let same = out.last().filter(|piece| {
                    std::ptr::eq(piece.passage, passage)
                        && piece.sentence == sentence
                        // “We won,” Ann said, “Big.” has two sentences within one of the page.
                        && !(at == from && opens_anew(document, piece, at))
                });
                if same.is_none() {
                    // Enough sentences for a proposition were read, and then some.
                    if count > 3 * MOST_WORDS {
                        return out;
                    }
                    out.push(Piece { passage, sentence, places: Vec::new() });
                }
                count += 1;
                out.last_mut().expect("one was there or was pushed").places.push(at);
            }
        }
    }
    out
}

/// Whether what follows the cue within a sentence of the page is a sentence of its own.
fn opens_anew(document: &Document, before: &Piece, at: usize) -> bool {
    let paragraph = &before.passage.paragraph;
    let word = (at..paragraph.len().min(at + 3)).find(|&at| paragraph.tokens[at].is_word());
    let capital = word.is_some_and(|at| {
        let written = paragraph.tokens[at].of(&document.text);
        written.starts_with(char::is_uppercase) && !matches!(written, "I")
    });
    capital && clause(&words(&document.text, paragraph, &before.places)).is_some()
}

fn proposition(
    document: &Document,
    places: &Places,
    people: &People,
    statement: &Statement,
) -> Option<Proposition> {
    let block = document.blocks.get(statement.block as usize);
    let heads = matches!(block.map(|block| &block.kind), Some(BlockKind::Heading { .. }));
    if heads || statement.stance == Stance::Asks {
        return None;
    }
    let own = statement.manner == Manner::OwnVoice || statement.cue.is_empty();
    let first = *statement.cue.first().or(statement.content.first())?;
    let passage = places.touched(first).next()?;
    if !own && !asserted::asserted(&document.text, passage, statement) {
        return None;
    }
    let pieces = pieces(document, places, &statement.content);
    if !own && let Some(piece) = pieces.first() {
        let words = words(&document.text, &piece.passage.paragraph, &piece.places);
        if let Some(text) = promise::promised(document, statement, &words) {
            return Some(Proposition { text, needs_context: false });
        }
    }
    let mut said: Vec<(String, bool)> = Vec::new();
    let mut count = 0;
    for piece in &pieces {
        let words = words(&document.text, &piece.passage.paragraph, &piece.places);
        let Some(clause) = clause(&words).or_else(|| claimed(&words)) else { continue };
        count += words.iter().filter(|word| word.is_word).count();
        if count > MOST_WORDS && !said.is_empty() {
            break;
        }
        let telling = Telling { document, statement, people, passage: piece.passage, words: &words, clause };
        said.push(telling.sentence());
    }
    if said.is_empty() {
        return None;
    }
    // What leans on a sentence before it stands where one that leans on none comes first.
    let from = said.iter().position(|(_, leans)| !leans);
    let text: Vec<&str> = said[from.unwrap_or(0)..].iter().map(|(text, _)| text.as_str()).collect();
    Some(Proposition { text: text.join(" "), needs_context: from.is_none() })
}

/// "claims that the fund was empty", which somebody rejects: what is claimed.
fn claimed(words: &[Word]) -> Option<clause::Clause> {
    const CLAIMS: &[&str] = &[
        "claim",
        "claims",
        "report",
        "reports",
        "allegation",
        "allegations",
        "accusation",
        "accusations",
        "suggestion",
        "suggestions",
        "rumour",
        "rumours",
        "rumor",
        "rumors",
        "notion",
        "idea",
        "charge",
        "charges",
        "assertion",
        "assertions",
        "view",
        "reports",
        "fact",
        "belief",
    ];
    let that = words.iter().take(7).position(|word| word.lower == "that")?;
    let noun = words.get(that.checked_sub(1)?)?;
    let plain = words[..that].iter().all(|word| {
        matches!(
            word.tag,
            "noun" | "nouns" | "determiner" | "possessive" | "adjective" | "quote" | "name" | "number"
        )
    });
    if !plain || !CLAIMS.contains(&noun.lower.as_str()) {
        return None;
    }
    let found = clause(&words[that + 1..])?;
    let back = |at: usize| at + that + 1;
    Some(clause::Clause { start: back(found.start), subject: back(found.subject), verb: back(found.verb) })
}

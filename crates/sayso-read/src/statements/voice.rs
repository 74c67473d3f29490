//! In whose voice each block speaks: the page's author, a commenter, or whoever is quoted at length; and the chain of
//! voices through which a statement reaches the reader.

use super::draft::{Draft, nobody};
use super::interview::interview;
use super::lead_in::{LeadIn, lead_in};
use super::mention::phrase;
use super::passage::Passage;
use super::patterns::with_occasion;
use super::saying::saying;
use super::stance::{is_question, stance};
use crate::tagger::model::Model;
use sayso_record::{BlockKind, Document, Manner, Mention, SourceKind, Span, Stance, Statement, StatementId};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The voices of a document. Voice 0 is that of the page's author.
#[derive(Debug)]
pub(super) struct Voices {
    pub(super) all: Vec<Voice>,
    /// The voice of each block.
    pub(super) of_block: Vec<usize>,
}

/// Somebody in whose voice blocks speak.
#[derive(Debug)]
pub(super) struct Voice {
    pub(super) mention: Mention,
    /// The voice that passes this one on; none for the page's author.
    pub(super) outer: Option<usize>,
    /// The quotation block that this is the voice of, with the words that introduce it.
    pub(super) quotation: Option<(usize, Option<LeadIn>)>,
}

/// The voice of whoever is interviewed, where a page is an interview.
const ANSWERS: usize = 1;

/// Finds the voice of every block.
pub(super) fn voices(model: &Model, document: &Document, passages: &[Passage]) -> Voices {
    let author = Mention { spans: Vec::new(), kind: SourceKind::Author, name: document.bylines.join(", ") };
    let mut voices = Voices {
        all: vec![Voice { mention: author, outer: None, quotation: None }],
        of_block: Vec::with_capacity(document.blocks.len()),
    };
    let interview = interview(document, passages);
    if let Some(interview) = &interview {
        voices.all.push(Voice { mention: interview.answers.clone(), outer: Some(0), quotation: None });
    }
    let mut last_lead_in: Option<(Span, Mention)> = None;
    for (index, block) in document.blocks.iter().enumerate() {
        let outer = document.enclosing(index).next().map_or(0, |(outer, _)| voices.of_block[outer]);
        let (mention, quotation) = match &block.kind {
            BlockKind::Comment { author, .. } => {
                let name = author.clone().unwrap_or_default();
                (Mention { spans: Vec::new(), kind: SourceKind::Commenter, name }, None)
            }
            BlockKind::Quotation { lead_in: span, .. } => {
                let words = span.and_then(|span| lead_in(model, &document.text, span));
                let mention = match (&words, span, &last_lead_in) {
                    (Some(words), _, _) => speaker(words, &document.text),
                    // A quotation broken off and taken up again under one lead-in.
                    (None, Some(span), Some((last, mention))) if span == last => mention.clone(),
                    _ => said_above(document, index, &voices).unwrap_or_else(nobody),
                };
                if let Some(span) = span {
                    last_lead_in = Some((*span, mention.clone()));
                }
                (mention, Some((index, words)))
            }
            _ => {
                let answers = interview.as_ref().is_some_and(|interview| interview.blocks.contains(&index));
                voices.of_block.push(if answers { ANSWERS } else { outer });
                continue;
            }
        };
        voices.of_block.push(voices.all.len());
        voices.all.push(Voice { mention, outer: Some(outer), quotation });
    }
    debug_assert!(passages.iter().all(|passage| passage.block < voices.of_block.len()));
    voices
}

/// So many comments back the one is looked for that a later one quotes.
const MOST_COMMENTS_BACK: usize = 64;

/// Whose words a comment quotes without saying so: those of a comment above it that holds them.
fn said_above(document: &Document, quotation: usize, voices: &Voices) -> Option<Mention> {
    let (own, _) =
        document.enclosing(quotation).find(|(_, block)| matches!(block.kind, BlockKind::Comment { .. }))?;
    let words = document.blocks[quotation].span.of(&document.text).trim();
    if words.split_whitespace().count() < 4 {
        return None;
    }
    let is_comment =
        |at: &usize| matches!(document.blocks[*at].kind, BlockKind::Comment { author: Some(_), .. });
    let above = (0..own).rev().filter(is_comment).take(MOST_COMMENTS_BACK).find(|&at| {
        let held = document.blocks[at].span.of(&document.text);
        crate::steps::take(held.len() / 16);
        held.contains(words)
    })?;
    let voice = *voices.of_block.get(above)?;
    Some(voices.all[voice].mention.clone())
}

/// Whom the words that introduce a quotation name.
fn speaker(words: &LeadIn, text: &str) -> Mention {
    let named = phrase(words.source.of(text));
    let mut mention = Mention { spans: vec![words.source], kind: named.kind, name: named.name };
    // "skippers", "the_real_bo": no phrase that names anybody, but a name that somebody goes by.
    if words.signed && !mention.kind.is_named() {
        mention.kind = SourceKind::Person;
        mention.name = words.source.of(text).to_owned();
    }
    mention
}

/// What the taggers found, and a statement for each quotation whose speaker is known.
pub(super) fn drafts(document: &Document, passages: &[Passage], voices: &Voices) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        for found in &passage.found {
            let span = |range: &std::ops::Range<usize>| passage.paragraph.span(range);
            drafts.push(Draft {
                passage: index,
                voice: voices.of_block[passage.block],
                source: found.source.iter().map(span).collect(),
                cue: vec![span(&with_occasion(&document.text, &passage.paragraph, found))],
                content: found.content.iter().map(span).collect(),
                confidence: found.confidence,
                manner: None,
                carried: None,
                speaker: nobody(),
                go_betweens: Vec::new(),
            });
        }
    }
    // The lead-in was read by the taggers too; what they made of its verb is this very quotation.
    let introduced = voices.all.iter().filter_map(|voice| Some(voice.quotation.as_ref()?.1.as_ref()?.cue));
    let introduced = Spans::of(introduced);
    drafts.retain(|draft| !draft.cue.iter().any(|cue| introduced.overlap(*cue)));
    // Of a quotation that was broken off the last part stands for all.
    let mut later = HashSet::new();
    for voice in voices.all.iter().rev() {
        let Some((block, Some(words))) = &voice.quotation else { continue };
        if !later.insert(words.cue) {
            continue;
        }
        let content = document.blocks[*block].span;
        let first = passages.partition_point(|passage| passage_span(passage).start < content.start);
        let passage =
            passages.get(first).filter(|passage| content.contains(passage_span(passage))).map(|_| first);
        drafts.push(Draft {
            passage: passage.unwrap_or(0),
            voice: voice.outer.unwrap_or(0),
            source: vec![words.source],
            cue: vec![words.cue],
            content: vec![content],
            confidence: 0.9,
            manner: Some(Manner::BlockQuote),
            carried: None,
            speaker: nobody(),
            go_betweens: Vec::new(),
        });
    }
    drafts.sort_by_key(Draft::start);
    drafts
}

/// Spans of a text, to be asked which of them others overlap.
struct Spans {
    /// In order, those that overlap made one.
    apart: Vec<Span>,
}

impl Spans {
    fn of(spans: impl Iterator<Item = Span>) -> Spans {
        let mut spans: Vec<Span> = spans.collect();
        spans.sort_unstable_by_key(|span| span.start);
        let mut apart: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match apart.last_mut().filter(|last| span.start < last.end) {
                Some(last) => last.end = last.end.max(span.end),
                None => apart.push(span),
            }
        }
        Spans { apart }
    }

    fn overlap(&self, span: Span) -> bool {
        let next = self.apart.partition_point(|own| own.end <= span.start);
        self.apart.get(next).is_some_and(|own| own.overlaps(span))
    }
}

fn passage_span(passage: &Passage) -> Span {
    passage.paragraph.span(&(0..passage.paragraph.len()))
}

/// Drafts to statements: stance, manner, the chain, ids, order.
pub(super) fn finish(
    document: &Document,
    passages: &[Passage],
    voices: &Voices,
    mut drafts: Vec<Draft>,
) -> Vec<Statement> {
    // The first that a name signs, and the first whose block a span is.
    let (mut signers, mut quoted) = (HashMap::new(), HashMap::new());
    for (at, voice) in voices.all.iter().enumerate() {
        let Some((block, Some(words))) = &voice.quotation else { continue };
        quoted.entry(document.blocks[*block].span).or_insert(at);
        if words.signed {
            signers.entry(words.source).or_insert(at);
        }
    }
    for draft in drafts.iter_mut().filter(|draft| !draft.speaker.kind.is_named()) {
        if let Some(&voice) =
            <[Span; 1]>::try_from(&draft.source[..]).ok().and_then(|[source]| signers.get(&source))
        {
            draft.speaker = voices.all[voice].mention.clone();
        }
    }
    drafts.sort_by_key(|draft| (draft.content.first().map(|span| span.start), draft.start()));
    let mut quotations: Vec<Option<StatementId>> = vec![None; voices.all.len()];
    // Quotations first: what stands inside them names them.
    let mut statements: Vec<(usize, Statement)> = Vec::with_capacity(drafts.len());
    let (outer, inner): (Vec<_>, Vec<_>) =
        drafts.into_iter().enumerate().partition(|(_, draft)| draft.manner == Some(Manner::BlockQuote));
    for (place, draft) in outer.into_iter().chain(inner) {
        let statement = statement(document, passages, voices, &quotations, draft);
        if statement.manner == Manner::BlockQuote {
            let content = <[Span; 1]>::try_from(&statement.content[..]).ok();
            if let Some(&own) = content.and_then(|[content]| quoted.get(&content)) {
                quotations[own].get_or_insert(statement.id);
            }
        }
        statements.push((place, statement));
    }
    statements.sort_by_key(|(place, _)| *place);
    let mut seen = HashSet::new();
    statements.retain(|(_, statement)| seen.insert(statement.id));
    let mut statements: Vec<Statement> = statements.into_iter().map(|(_, statement)| statement).collect();
    nest(&mut statements);
    statements
}

/// Blocks are looked at in parts of so many bytes when speech inside speech is sought.
const PART_BYTES: u32 = 1 << 10;

/// Speech inside speech: what stands in another's words is passed on by the one who says them.
fn nest(statements: &mut [Statement]) {
    let speech = |statement: &Statement| !matches!(statement.manner, Manner::BlockQuote | Manner::OwnVoice);
    let length = |statement: &Statement| -> u32 {
        statement.content.iter().map(|span| span.end.saturating_sub(span.start)).sum()
    };
    let mut order: Vec<usize> = (0..statements.len())
        .filter(|&at| speech(&statements[at]) && !statements[at].cue.is_empty())
        .collect();
    // The longest first, so that whoever passes words on is known before those whose words are passed on.
    order.sort_by_key(|&at| std::cmp::Reverse(length(&statements[at])));
    // What holds something stands where it stands: of each part of a block, who speaks in it, in that order.
    let mut speaking: HashMap<(u32, u32), Vec<usize>> = HashMap::new();
    let parts =
        |span: &Span| span.start / PART_BYTES..=span.end.saturating_sub(1).max(span.start) / PART_BYTES;
    for &inner in &order {
        let own = &statements[inner];
        let holds = |outer: &Statement| {
            outer.block == own.block
                && outer.id != own.id
                && outer
                    .content
                    .iter()
                    .any(|content| own.cue.iter().chain(&own.content).all(|span| content.contains(*span)))
        };
        let here = (own.block, own.cue[0].start / PART_BYTES);
        let around = speaking.get(&here).map(Vec::as_slice).unwrap_or_default();
        crate::steps::take(around.len());
        let outer = around.iter().rev().find(|&&outer| holds(&statements[outer])).copied();
        for part in own.content.iter().flat_map(parts).collect::<BTreeSet<_>>() {
            speaking.entry((own.block, part)).or_default().push(inner);
        }
        let Some(outer) = outer else { continue };
        let outer = &statements[outer];
        let common = own.via.iter().rev().zip(outer.via.iter().rev()).take_while(|(a, b)| a == b).count();
        let mut via = own.via[..own.via.len() - common].to_vec();
        let passes_on = outer.source.kind != SourceKind::Nobody && outer.source.name != own.source.name;
        via.extend(passes_on.then(|| outer.source.clone()));
        via.extend(outer.via.iter().cloned());
        let within = outer.id;
        statements[inner].via = via;
        statements[inner].within = Some(within);
    }
}

/// So many blocks back the one is looked for that holds some words.
const MOST_BLOCKS_BACK: usize = 64;

fn statement(
    document: &Document,
    passages: &[Passage],
    voices: &Voices,
    quotations: &[Option<StatementId>],
    draft: Draft,
) -> Statement {
    let cue = document.words(&draft.cue);
    let told = passages
        .get(draft.passage)
        .map(|passage| saying(document, passage.block, &passage.paragraph, &draft))
        .unwrap_or_default();
    let start = draft.content.first().copied().unwrap_or_default();
    // Blocks are in the order of the text, and few of them begin before these words and end before them.
    let begun = document.blocks.partition_point(|block| block.span.start <= start.start);
    let block = (begun.saturating_sub(MOST_BLOCKS_BACK)..begun)
        .rev()
        .find(|&index| document.blocks[index].span.contains(start))
        .unwrap_or(passages.get(draft.passage).map_or(0, |passage| passage.block));
    let manner = draft.manner.unwrap_or_else(|| manner(passages, &draft.content));
    let mut via = draft.go_betweens;
    let mut within = None;
    let mut next = Some(draft.voice);
    while let Some(at) = next {
        let voice = &voices.all[at];
        within = within.or(quotations[at]);
        let speaks = draft.speaker.name == voice.mention.name && draft.speaker.kind == voice.mention.kind;
        if voice.outer.is_some() && voice.mention.kind != SourceKind::Nobody && !speaks {
            via.push(voice.mention.clone());
        }
        next = voice.outer;
    }
    Statement {
        id: StatementId::default(),
        document: document.id,
        block: block as u32,
        source: draft.speaker,
        via,
        within,
        stance: match manner {
            // Nobody stands between these words and the reader: only their form tells.
            Manner::OwnVoice if is_question(&document.words(&draft.content)) => Stance::Asks,
            Manner::OwnVoice => Stance::Asserts,
            _ => stance(&cue, &document.words(&draft.content), told),
        },
        cue: draft.cue,
        content: draft.content,
        manner,
        confidence: (draft.confidence * 1000.0).round() / 1000.0,
    }
    .seal()
}

/// Direct where every word stands in quotation marks, indirect where none does.
fn manner(passages: &[Passage], content: &[Span]) -> Manner {
    let (mut inside, mut outside) = (false, false);
    for span in content {
        let first = passages.partition_point(|passage| passage_span(passage).end <= span.start);
        for passage in passages[first..].iter().take_while(|passage| passage_span(passage).start < span.end) {
            let paragraph = &passage.paragraph;
            let within = paragraph.tokens_in(*span);
            for at in within.filter(|&at| paragraph.tokens[at].is_word()) {
                inside |= paragraph.quote[at].inside;
                outside |= !paragraph.quote[at].inside;
            }
        }
    }
    match (inside, outside) {
        (true, true) => Manner::Mixed,
        (true, false) => Manner::Direct,
        _ => Manner::Indirect,
    }
}

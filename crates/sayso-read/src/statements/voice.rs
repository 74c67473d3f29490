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
                    _ => nobody(),
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
    for voice in &voices.all {
        let Some((block, Some(words))) = &voice.quotation else { continue };
        let content = document.blocks[*block].span;
        // The lead-in was read by the taggers too; what they made of its verb is this very quotation.
        drafts.retain(|draft| !draft.cue.iter().any(|cue| cue.overlaps(words.cue)));
        let passage =
            passages.iter().position(|passage| document.blocks[*block].span.contains(passage_span(passage)));
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
    for draft in drafts.iter_mut().filter(|draft| !draft.speaker.kind.is_named()) {
        let signs = |voice: &&Voice| {
            let words = voice.quotation.as_ref().and_then(|(_, words)| words.as_ref());
            words.is_some_and(|words| words.signed && draft.source == [words.source])
        };
        if let Some(voice) = voices.all.iter().find(signs) {
            draft.speaker = voice.mention.clone();
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
            let own = voices.all.iter().position(|voice| {
                voice.quotation.as_ref().is_some_and(|(block, words)| {
                    words.is_some() && [document.blocks[*block].span] == statement.content[..]
                })
            });
            if let Some(own) = own {
                quotations[own].get_or_insert(statement.id);
            }
        }
        statements.push((place, statement));
    }
    statements.sort_by_key(|(place, _)| *place);
    let mut seen = std::collections::HashSet::new();
    statements.retain(|(_, statement)| seen.insert(statement.id));
    let mut statements: Vec<Statement> = statements.into_iter().map(|(_, statement)| statement).collect();
    nest(&mut statements);
    statements
}

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
    for (turn, &inner) in order.iter().enumerate() {
        let own = &statements[inner];
        let holds = |outer: &Statement| {
            outer.block == own.block
                && outer.id != own.id
                && outer
                    .content
                    .iter()
                    .any(|content| own.cue.iter().chain(&own.content).all(|span| content.contains(*span)))
        };
        let Some(&outer) = order[..turn].iter().rev().find(|&&outer| holds(&statements[outer])) else {
            continue;
        };
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
    let block = (0..document.blocks.len())
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
    for passage in passages {
        let paragraph = &passage.paragraph;
        for span in content.iter().filter(|span| passage_span(passage).overlaps(**span)) {
            for (token, quote) in paragraph.tokens.iter().zip(&paragraph.quote) {
                if token.is_word() && token.start >= span.start && token.end <= span.end {
                    inside |= quote.inside;
                    outside |= !quote.inside;
                }
            }
        }
    }
    match (inside, outside) {
        (true, true) => Manner::Mixed,
        (true, false) => Manner::Direct,
        _ => Manner::Indirect,
    }
}

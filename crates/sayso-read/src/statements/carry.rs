//! Speakers who go on from one paragraph to the next.

use super::draft::{Draft, by_passage, nobody};
use super::lead_in::lead_in;
use super::passage::Passage;
use super::voice::Voices;
use crate::tagger::model::Model;
use sayso_record::{BlockKind, Document, Span};

/// How sure we are that an unattributed quotation goes on with the speaker before: surer where his own was left open.
const LEFT_OPEN: f32 = 0.9;
const CLOSED: f32 = 0.6;

/// Adds a draft for each paragraph that is one quotation with no speaker of its own: it belongs to whom the paragraph
/// before quotes, or introduces. `told_within`: also where it tells what others said.
pub(super) fn carry_over(
    model: &Model,
    document: &Document,
    passages: &[Passage],
    voices: &Voices,
    mut drafts: Vec<Draft>,
    told_within: bool,
) -> Vec<Draft> {
    let mut before: Option<usize> = None;
    let told = by_passage(passages, &drafts);
    for (index, passage) in passages.iter().enumerate() {
        let voice = voices.of_block[passage.block];
        let same_voice = index > 0 && near(document, passages, index) && {
            let last = voices.of_block[passages[index - 1].block];
            last == voice || voices.all[voice].mention == voices.all[last].mention
        };
        let own = last_quoting(&passages[index], &told[index], &drafts);
        // Who is quoted through a whole paragraph may tell in it what others said; the corpora have only the one or the other.
        let goes_on = told_within
            && before.is_some()
            && same_voice
            && own.is_none_or(|own| drafts[own].carried.is_none());
        if !quoted_throughout(passage) || own.is_some() && !goes_on {
            before = own;
            continue;
        }
        let content = trimmed(passage);
        let same_marks = |speaker: &usize| {
            let quoted = &passages[drafts[*speaker].passage];
            marks(&document.text, quoted).any(|own| marks(&document.text, passage).next() == Some(own))
        };
        let (draft, carried) = match before.filter(|_| same_voice).filter(same_marks) {
            Some(speaker) => {
                let open = passages[index - 1]
                    .paragraph
                    .quote
                    .last()
                    .is_some_and(|quote| quote.inside && !quote.closed);
                let confidence = if open { LEFT_OPEN } else { CLOSED };
                ((Vec::new(), Vec::new(), confidence), Some(speaker))
            }
            None if index > 0 && same_voice => {
                let last = &passages[index - 1];
                let line = last.paragraph.span(&(0..last.paragraph.len()));
                let introduces = line.of(&document.text).trim_end().ends_with(':');
                let Some(words) = introduces.then(|| lead_in(model, &document.text, line)).flatten() else {
                    continue;
                };
                ((vec![words.source], vec![words.cue], 0.8), None)
            }
            None => continue,
        };
        let (source, cue, confidence) = draft;
        drafts.push(Draft {
            passage: index,
            voice,
            source,
            cue,
            content: vec![content],
            confidence,
            manner: None,
            carried,
            speaker: nobody(),
            go_betweens: Vec::new(),
        });
        before = Some(drafts.len() - 1);
    }
    drafts
}

/// Whether a passage follows the one before it with nothing but such blocks between as hold other blocks.
fn near(document: &Document, passages: &[Passage], index: usize) -> bool {
    let (last, here) = (passages[index - 1].block, passages[index].block);
    let heading =
        |at: usize| matches!(document.blocks[at].kind, BlockKind::Heading { .. } | BlockKind::Caption);
    !heading(last)
        && !heading(here)
        && (last..=here).all(|at| at == last || at == here || document.blocks[at].kind.holds_blocks())
}

/// The last draft of a passage that quotes.
fn last_quoting(passage: &Passage, told: &[usize], drafts: &[Draft]) -> Option<usize> {
    let paragraph = &passage.paragraph;
    let quotes = |draft: &Draft| {
        draft.content.iter().any(|span| {
            paragraph
                .quote
                .get(paragraph.tokens_in(*span))
                .is_some_and(|quotes| quotes.iter().any(|quote| quote.inside))
        })
    };
    told.iter().copied().rev().find(|&at| drafts[at].manner.is_none() && quotes(&drafts[at]))
}

/// Whether each quotation of a passage is in single marks. A page that quotes in double ones has single ones in its headings.
fn marks<'a>(text: &'a str, passage: &'a Passage) -> impl Iterator<Item = bool> + 'a {
    let paragraph = &passage.paragraph;
    let opens = (0..paragraph.len()).filter(|&at| paragraph.quote[at].opens);
    opens.map(|at| {
        let mark = paragraph.tokens[at].of(text);
        let doubled = paragraph.tokens.get(at + 1).is_some_and(|next| next.of(text) == mark);
        matches!(mark, "'" | "‘") && !doubled
    })
}

fn quoted_throughout(passage: &Passage) -> bool {
    let paragraph = &passage.paragraph;
    let words = || paragraph.tokens.iter().zip(&paragraph.quote).filter(|(token, _)| token.is_word());
    paragraph.quote.first().is_some_and(|quote| quote.opens)
        && words().count() > 2
        && words().all(|(_, quote)| quote.inside)
}

fn trimmed(passage: &Passage) -> Span {
    passage.paragraph.span(&(0..passage.paragraph.len()))
}

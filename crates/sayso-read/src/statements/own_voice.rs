//! What the page, its commenters and those it quotes at length say in their own voice: the sentences that no
//! attribution covers.

use super::draft::{Draft, by_passage, nobody};
use super::passage::Passage;
use super::voice::Voices;
use crate::tagger::paragraph::Paragraph;
use sayso_record::{BlockKind, Document, Manner, SourceKind, Span};
use std::collections::HashSet;
use std::ops::Range;

/// One draft a sentence. A sentence that is all in quotation marks and has no speaker is nobody's.
pub(super) fn own_voice(
    document: &Document,
    passages: &[Passage],
    voices: &Voices,
    drafts: &[Draft],
) -> Vec<Draft> {
    let mut out = Vec::new();
    let quotations: HashSet<Span> = drafts
        .iter()
        .filter(|draft| draft.manner.is_some())
        .filter_map(|draft| <[Span; 1]>::try_from(draft.content.as_slice()).ok())
        .flatten()
        .collect();
    // What is quoted at length is cut into sentences as well; the words that introduce it say nothing else.
    let mut introductions: Vec<Span> = drafts
        .iter()
        .filter(|draft| draft.manner.is_some())
        .flat_map(|draft| draft.source.iter().chain(&draft.cue))
        .copied()
        .collect();
    let signed =
        voices.all.iter().filter_map(|voice| voice.quotation.as_ref()).filter_map(|(block, words)| {
            let signed = words.as_ref().is_some_and(|words| words.signed);
            match &document.blocks[*block].kind {
                BlockKind::Quotation { lead_in: Some(span), .. } if signed => Some(*span),
                _ => None,
            }
        });
    introductions.extend(signed);
    introductions.sort_unstable_by_key(|span| span.start);
    let of_passage = by_passage(passages, drafts);
    for (index, passage) in passages.iter().enumerate() {
        let paragraph = &passage.paragraph;
        let told = of_passage[index].iter().map(|&at| &drafts[at]).filter(|draft| draft.manner.is_none());
        let whole = paragraph.span(&(0..paragraph.len()));
        let first = introductions.partition_point(|span| span.start < whole.start);
        let introduced = introductions[first..].iter().copied().take_while(|span| span.start < whole.end);
        let mut taken = vec![false; paragraph.len()];
        for span in told.flat_map(Draft::spans).chain(introduced) {
            if let Some(tokens) = taken.get_mut(paragraph.tokens_in(span)) {
                tokens.fill(true);
            }
        }
        for sentence in &paragraph.sentences {
            let sentence = &after_letter(&document.text, paragraph, sentence);
            // A quotation of one sentence is a statement already.
            if quotations.contains(&paragraph.span(sentence)) {
                continue;
            }
            let words = || sentence.clone().filter(|&at| paragraph.tokens[at].is_word());
            let covered = words().filter(|&at| taken[at]).count();
            let count = words().count();
            // "13.10 BST" over an entry of a live blog says nothing.
            let only_time = || {
                let has =
                    |fits: fn(char) -> bool| paragraph.span(sentence).of(&document.text).chars().any(fits);
                has(|c| c.is_ascii_digit()) && !has(char::is_lowercase) && count <= 4
            };
            if count < 3 || covered * 2 >= count || only_time() {
                continue;
            }
            let quoted = words().all(|at| paragraph.quote[at].inside);
            let voice = voices.of_block[passage.block];
            let mention = &voices.all[voice].mention;
            let (speaker, manner) = match (quoted, mention.kind) {
                (true, _) => (nobody(), Manner::Direct),
                (false, SourceKind::Author | SourceKind::Commenter) => (mention.clone(), Manner::OwnVoice),
                (false, _) => (mention.clone(), Manner::BlockQuote),
            };
            out.push(Draft {
                passage: index,
                voice,
                source: Vec::new(),
                cue: Vec::new(),
                content: vec![paragraph.span(sentence)],
                confidence: 1.0,
                manner: Some(manner),
                carried: None,
                speaker: sayso_record::Mention { spans: Vec::new(), ..speaker },
                go_betweens: Vec::new(),
            });
        }
    }
    out
}

/// "A: It was not": the letter that marks an answer is no word of it.
fn after_letter(text: &str, paragraph: &Paragraph, sentence: &Range<usize>) -> Range<usize> {
    let word = |at: usize| paragraph.tokens.get(at).map_or("", |token| token.of(text));
    let marked = sentence.start == 0 && matches!(word(0), "A" | "Q") && word(1) == ":" && sentence.len() > 2;
    sentence.start + 2 * usize::from(marked)..sentence.end
}

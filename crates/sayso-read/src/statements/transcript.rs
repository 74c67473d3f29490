//! Transcripts: paragraphs that open with who speaks, in capitals and with a colon ("WALLACE: If I may, ...").

use super::passage::Passage;
use super::patterns::BY_RULE;
use crate::tagger::paragraph::{Paragraph, shape};
use crate::tagger::tagging::Found;
use std::ops::Range;

/// So many paragraphs of a page open so before it is taken for a transcript: one alone may be a place, or "UPDATE:".
const TURNS: usize = 3;
/// The longest name before the colon.
const NAME_TOKENS: usize = 4;

/// Gives what such paragraphs say to those who speak in them.
pub(super) fn add_turns(text: &str, passages: &mut [Passage]) {
    let turns: Vec<(usize, Range<usize>)> = passages
        .iter()
        .enumerate()
        .filter_map(|(at, passage)| Some((at, speaker(text, &passage.paragraph)?)))
        .collect();
    if turns.len() < TURNS {
        return;
    }
    for (at, speaker) in turns {
        let Passage { paragraph, found, .. } = &mut passages[at];
        let cue = speaker.end..speaker.end + 1;
        let content = cue.end..paragraph.len();
        // What the taggers made of the name and its colon is wrong; what they found within the words may be right.
        found.retain(|found| {
            let parts = found.source.iter().chain(&found.content).chain(std::iter::once(&found.cue));
            parts.into_iter().all(|part| part.start >= content.start && part.len() < content.len())
        });
        for inner in found.iter_mut() {
            inner.nested = true;
        }
        let turn =
            Found { source: vec![speaker], cue, content: vec![content], confidence: BY_RULE, nested: false };
        found.insert(0, turn);
    }
}

/// The name that a paragraph opens with, where a colon and words follow.
fn speaker(text: &str, paragraph: &Paragraph) -> Option<Range<usize>> {
    let word = |at: usize| paragraph.tokens[at].of(text);
    let start = usize::from(matches!(word(0), "\"" | "“" | "”" | "'" | ">" | "—" | "-"));
    let colon = (start + 1..paragraph.len().min(start + NAME_TOKENS + 1)).find(|&at| word(at) == ":")?;
    let is_part = |at: usize| matches!(paragraph.shape[at], shape::UPPER | shape::INITIAL) || word(at) == ".";
    let is_long = (start..colon).any(|at| word(at).len() > 2);
    (is_long && (start..colon).all(is_part) && colon + 2 < paragraph.len()).then_some(start..colon)
}

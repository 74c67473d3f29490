//! Where on a page some words stand, word for word or nearly.

use sayso_link::words::{Word, Wordings, spans};
use sayso_record::{Document, Span};
use std::collections::HashMap;

/// So much of the words must be there, by their rarity, and so much of the passage must be of them.
const HOLDS: f32 = 0.6;
const OF_PASSAGE: f32 = 0.3;

/// A passage that holds the words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Occurrence {
    pub(super) span: Span,
    /// How much of the words it holds, 0 to 1.
    pub(super) holds: f32,
}

/// The passage of a page that holds most of some words: the shortest run of its words within one block.
pub(super) fn occurrence(wordings: &Wordings, words: &str, document: &Document) -> Option<Occurrence> {
    let wanted = wordings.of(words);
    let mut rarity: HashMap<u64, f32> = HashMap::new();
    for word in wanted.content() {
        rarity.insert(word.stem, wordings.rarity(word.stem));
    }
    let whole: f32 = rarity.values().sum();
    if whole <= 0.0 {
        return None;
    }
    let length = spans(words).count();
    let mut best: Option<Occurrence> = None;
    let blocks = document.blocks.iter().enumerate();
    // What comments and notices say is said of the page, and not passed on by it.
    let own = blocks.filter(|(at, block)| !block.kind.holds_blocks() && !document.stands_apart(*at));
    for (_, block) in own {
        let found = in_block(wordings, (&rarity, whole, length), block.span, &document.text);
        if let Some(found) = found
            && best.is_none_or(|best| found.holds > best.holds)
        {
            best = Some(found);
        }
    }
    best.filter(|best| best.holds >= HOLDS)
}

/// The run of a block's words, no longer than half as long again as the words, that holds most of them; grown to whole
/// words at either end that belong to them.
fn in_block(
    wordings: &Wordings,
    (rarity, whole, length): (&HashMap<u64, f32>, f32, usize),
    block: Span,
    text: &str,
) -> Option<Occurrence> {
    let start = block.start as usize;
    let own: Vec<(Span, Word)> = spans(block.of(text))
        .filter_map(|span| {
            let span = Span::new(start + span.start as usize, start + span.end as usize);
            wordings.of(span.of(text)).words.first().map(|word| (span, *word))
        })
        .collect();
    let reach = length + length / 2 + 3;
    let mut best: Option<(f32, usize, usize)> = None;
    let mut counts: HashMap<u64, usize> = HashMap::new();
    let (mut held, mut from) = (0.0f32, 0usize);
    for to in 0..own.len() {
        let word = own[to].1;
        if let Some(mass) = rarity.get(&word.stem).filter(|_| !word.stop) {
            let count = counts.entry(word.stem).or_default();
            *count += 1;
            held += if *count == 1 { *mass } else { 0.0 };
        }
        // A run begins with a word that is wanted and not there again.
        while from < to {
            let first = own[from].1;
            let is_wanted = rarity.contains_key(&first.stem) && !first.stop;
            let again = counts.get(&first.stem).copied().unwrap_or_default() > 1;
            if is_wanted && !again && to - from < reach {
                break;
            }
            if is_wanted {
                let count = counts.entry(first.stem).or_default();
                *count = count.saturating_sub(1);
                if *count == 0 {
                    held -= rarity[&first.stem];
                }
            }
            from += 1;
        }
        if best.is_none_or(|(most, a, b)| held > most + 1e-4 || (held > most - 1e-4 && to - from < b - a)) {
            best = Some((held, from, to));
        }
    }
    let (held, from, to) = best?;
    let content = own[from..=to].iter().filter(|(_, word)| !word.stop).count();
    let wanted =
        own[from..=to].iter().filter(|(_, word)| !word.stop && rarity.contains_key(&word.stem)).count();
    if (wanted as f32) < OF_PASSAGE * content as f32 {
        return None;
    }
    Some(Occurrence { span: own[from].0.cover(own[to].0), holds: held / whole })
}

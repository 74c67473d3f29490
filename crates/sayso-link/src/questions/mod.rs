//! What some pages say of a proposition, sentence by sentence, and who says it there.
//!
//! Nothing here asks how pages were linked: a question is answered from statements, not from claims. The judge decides which
//! sentences speak to it; the statement in a sentence tells who says so and through whom.

mod pages;
mod sieve;

pub use pages::{Sentence, sentences};

use crate::Models;
use crate::judge::{Judge, Passage, Verdict};
use crate::linker::Page;
use crate::sources::{Everyone, SourceLink, mentions};
use sayso_record::{SourceKind, Span, Statement};
use std::collections::BTreeMap;

/// What decides whether a sentence counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bars {
    /// From this share on a sentence counts as saying it.
    pub says: f32,
    /// From this share on it counts as denying it.
    pub denies: f32,
    /// From this share on it counts as doubting it.
    pub doubts: f32,
    /// From this share on it may say or deny it, and is shown as possible.
    pub possible: f32,
    /// From this share on a sentence counts beside a better one of its page.
    pub sure: f32,
    /// So many sentences are judged at most, those first that hold most of the proposition's words.
    pub judged: usize,
}

impl Default for Bars {
    fn default() -> Bars {
        Bars { says: 0.6, denies: 0.7, doubts: 0.6, possible: 0.4, sure: 0.9, judged: 80 }
    }
}

/// On which side somebody speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Says that it is so.
    For,
    /// Says that it is not so.
    Against,
    /// Is not sure of it.
    Doubts,
}

/// A sentence that speaks to a proposition.
#[derive(Clone, Debug, PartialEq)]
pub struct Spoken {
    /// Which of the pages.
    pub page: usize,
    /// The sentence.
    pub sentence: Span,
    /// What the judge says of it.
    pub verdict: Verdict,
    /// On which side it speaks.
    pub side: Side,
    /// Whether it counts; else it is possible, and shown as such.
    pub counts: bool,
    /// Which of the page's statements carries it.
    pub statement: Option<usize>,
    /// Who says so, then who passed it on; empty where the page says so in its own voice.
    pub chain: Vec<Speaker>,
}

/// Somebody in a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The source, as names are resolved over all of the pages.
    pub link: SourceLink,
    /// What sort of source.
    pub kind: SourceKind,
    /// As the page calls it.
    pub written: String,
}

/// What some pages say of a proposition, in the order of the pages. The proposition may be put as a question.
pub fn spoken(models: &Models, bars: &Bars, proposition: &str, pages: &[Page]) -> Vec<Spoken> {
    let judge = &*models.judge;
    let asked = models.wordings.of(proposition);
    let all: Vec<Vec<Sentence>> = pages.iter().map(|page| sentences(&page.document)).collect();
    let mut candidates: Vec<(f32, usize, usize)> = Vec::new();
    for (page, sentences) in all.iter().enumerate() {
        let text = &pages[page].document.text;
        for (at, sentence) in sentences.iter().enumerate() {
            let words = models.wordings.of(sentence.span.of(text));
            let before = models.wordings.of(&sentence.before);
            let covered = sieve::covered(&asked, &before, &words, &models.wordings);
            candidates.push((covered, page, at));
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    candidates.truncate(bars.judged);
    candidates.sort_by_key(|&(_, page, at)| (page, at));
    let mut everyone = Everyone::default();
    for page in pages {
        everyone.learn_document(&page.document, &page.statements);
    }
    let mut spoken = Vec::new();
    for (_, page, at) in candidates {
        let sentence = &all[page][at];
        let text = sentence.span.of(&pages[page].document.text);
        let verdict = judge.verdict(proposition, Passage { before: &sentence.before, text });
        let Some((side, counts)) = side(&verdict, bars) else { continue };
        let statement = carrier(judge, proposition, &pages[page], sentence, side);
        let chain = statement.map_or_else(Vec::new, |at| chain(&everyone, &pages[page], at));
        let statement = statement.or_else(|| own_statement(&pages[page], sentence));
        spoken.push(Spoken { page, sentence: sentence.span, verdict, side, counts, statement, chain });
    }
    best_of_each_page(&mut spoken, bars);
    spoken
}

/// Lets of each page and side only the best sentence count, and those that are sure: the more sentences are judged, the more
/// of them are near what is asked and no more.
fn best_of_each_page(spoken: &mut [Spoken], bars: &Bars) {
    let mut best: BTreeMap<(usize, Side), f32> = BTreeMap::new();
    for one in spoken.iter() {
        let most = best.entry((one.page, one.side)).or_default();
        *most = most.max(one.share());
    }
    for one in spoken {
        one.counts &= one.share() >= bars.sure || one.share() == best[&(one.page, one.side)];
    }
}

impl Spoken {
    /// How sure the judge is of its side.
    pub fn share(&self) -> f32 {
        match self.side {
            Side::For => self.verdict.says,
            Side::Against => self.verdict.denies,
            Side::Doubts => self.verdict.doubts,
        }
    }
}

/// The side on which a verdict puts a sentence, and whether it counts there.
fn side(verdict: &Verdict, bars: &Bars) -> Option<(Side, bool)> {
    let sides = [
        (Side::For, verdict.says, bars.says),
        (Side::Against, verdict.denies, bars.denies),
        (Side::Doubts, verdict.doubts, bars.doubts),
    ];
    let (side, share, bar) = sides.into_iter().max_by(|a, b| (a.1 / a.2).total_cmp(&(b.1 / b.2)))?;
    (share >= bar.min(bars.possible)).then_some((side, share >= bar))
}

/// The statement in whose words a sentence speaks: of several the one whose own words do most. None where the words are
/// the page's own.
fn carrier(judge: &Judge, proposition: &str, page: &Page, sentence: &Sentence, side: Side) -> Option<usize> {
    let shared = |statement: &Statement| -> u32 {
        let own = statement.content.iter().filter(|span| span.overlaps(sentence.span));
        own.map(|span| span.end.min(sentence.span.end) - span.start.max(sentence.span.start)).sum()
    };
    let is_said = |statement: &Statement| statement.source.kind != SourceKind::Author;
    let mut held: Vec<(usize, u32)> = page
        .statements
        .iter()
        .enumerate()
        .filter(|(_, statement)| is_said(statement))
        .map(|(at, statement)| (at, shared(statement)))
        .filter(|&(_, bytes)| bytes > 0)
        .collect();
    // What stands in another's words is told by that other too: the innermost says so, the rest pass it on.
    let outer: Vec<_> = held.iter().filter_map(|&(at, _)| page.statements[at].within).collect();
    held.retain(|&(at, _)| !outer.contains(&page.statements[at].id));
    if let [(at, bytes)] = held[..] {
        return (bytes * 3 >= sentence.span.len() as u32).then_some(at);
    }
    let share = |at: usize| {
        let text = page.document.words(&page.statements[at].content);
        let verdict = judge.verdict(proposition, Passage { before: &sentence.before, text: &text });
        match side {
            Side::For => verdict.says,
            // A statement whose source denies something holds what is denied.
            Side::Against => verdict.says.max(verdict.denies),
            Side::Doubts => 1.0 - verdict.neither(),
        }
    };
    let scored = held.into_iter().map(|(at, bytes)| (share(at), bytes, at));
    scored.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))).map(|(_, _, at)| at)
}

/// The statement in the page's own voice that stands where a sentence stands.
fn own_statement(page: &Page, sentence: &Sentence) -> Option<usize> {
    page.statements.iter().position(|statement| {
        statement.source.kind == SourceKind::Author
            && statement.content.iter().any(|span| span.overlaps(sentence.span))
    })
}

fn chain(everyone: &Everyone, page: &Page, at: usize) -> Vec<Speaker> {
    let speaker = |mention: &sayso_record::Mention| Speaker {
        link: everyone.source(mention, &page.document, &page.statements),
        kind: mention.kind,
        written: mention.name.clone(),
    };
    mentions(&page.statements[at]).map(speaker).collect()
}

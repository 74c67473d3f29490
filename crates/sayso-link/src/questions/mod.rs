//! What some pages say of a proposition, sentence by sentence, and who says it there.
//!
//! Nothing here asks how pages were linked: a question is answered from statements, not from claims. The judge decides which
//! sentences speak to it; the statement in a sentence tells who says so and through whom.

mod calibrated;
mod carrier;
mod denials;
mod evidence;
mod pages;
mod sieve;
mod verdicts;

pub(crate) use calibrated::{is_denial, is_negated};
use carrier::{carrier, own_verdict};
pub use evidence::{Evidence, EvidenceKind, Rival, evidence};
pub(crate) use pages::heading;
pub use pages::{Sentence, sentences};
pub(crate) use sieve::nearest;
use verdicts::Found;

use crate::Models;
use crate::judge::{Passage, Verdict};
use crate::linker::Page;
use crate::sources::{
    Affiliation, AffiliationKind, Everyone, SourceLink, Why, affiliations, is_news_outlet, is_somebody,
    mentions,
};
use rayon::prelude::*;
use sayso_record::{Mention, SourceKind, Span, Stance};
use std::collections::{BTreeMap, HashSet};

/// So many pages are few: those of one story.
const FEW_PAGES: usize = 8;

/// What decides whether a sentence counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bars {
    /// From this share on a sentence counts as saying it.
    pub says: f32,
    /// Where no sentence says or denies it by this share, none counts: somewhere in a story something always comes near.
    pub surest: f32,
    /// From this share on it counts as denying it.
    pub denies: f32,
    /// From this share on it counts as doubting it.
    pub doubts: f32,
    /// From this share on a sentence counts that stands on a page with a surer one. The page speaks either way, and of
    /// the less sure ones most only come near.
    pub beside: f32,
    /// From this share on of what a sentence says is not so, the judge takes it for the proposition.
    pub denied_part: f32,
    /// So sure a sentence must be for another to deny it without saying it again.
    pub told: f32,
    /// From this share on it may say or deny it, and is shown as possible.
    pub possible: f32,
    /// From this share on who says so is sure enough to be one more origin.
    pub sure: f32,
    /// From this share of the judge on a statement's own words say what its sentence says.
    pub own_words: f32,
    /// So much of the proposition's rare words a sentence and what stands before it must cover to count.
    pub covered: f32,
    /// Where many pages are gone through, some sentence of a page must cover so much for any of it to count.
    pub covered_among_many: f32,
    /// There a page must also cover this share of what the best of them covers.
    pub covered_beside_best: f32,
    /// So many sentences are judged at most, those first that hold most of the proposition's words.
    pub judged: usize,
}

impl Default for Bars {
    fn default() -> Bars {
        Bars {
            says: 0.15,
            surest: 0.2,
            denies: 0.3,
            doubts: 0.6,
            beside: 0.5,
            denied_part: 0.4,
            told: 0.5,
            possible: 0.1,
            sure: 0.6,
            own_words: 0.9,
            covered: 0.3,
            covered_among_many: 0.35,
            covered_beside_best: 0.6,
            judged: 80,
        }
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
    /// How likely it is that it says it, denies it, or only doubts it.
    pub verdict: Verdict,
    /// On which side it speaks.
    pub side: Side,
    /// Whether it counts; else it is possible, and shown as such.
    pub counts: bool,
    /// Whether no other sentence of its page says so better.
    pub best: bool,
    /// Which of the page's statements carries it.
    pub statement: Option<usize>,
    /// Whether that statement's own words are judged as the sentence is: what a sentence only mentions of another's
    /// words is less sure to be its speaker's.
    pub own_words: bool,
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
    /// Whether the words that name it are a name, and no pronoun or description.
    pub is_by_name: bool,
    /// What it can be in a chain.
    pub part: Part,
    /// For whom it speaks, or whose office it holds.
    pub affiliation: Option<(String, AffiliationKind)>,
}

/// What a source can be in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Somebody who can be at its end.
    Origin,
    /// A news outlet: it has from others what it reports, where somebody is credited for it.
    Outlet,
    /// Nobody, or nobody who can be told: "is believed to", "reports", a pronoun that stands for nobody on the page.
    Nobody,
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
    // Among many pages something always comes near: only a page that is about the matter is taken at its word.
    let mut most = vec![0.0f32; pages.len()];
    for &(covered, page, _) in &candidates {
        most[page] = most[page].max(covered);
    }
    let best = most.iter().copied().fold(0.0, f32::max);
    let about = bars.covered_among_many.max(bars.covered_beside_best * best);
    let is_about = |page: usize| pages.len() <= FEW_PAGES || most[page] >= about;
    // The judge keeps what it is asked, and what it takes longest over is shared out.
    candidates.par_iter().for_each(|&(_, page, at)| {
        let sentence = &all[page][at];
        let text = sentence.span.of(&pages[page].document.text);
        judge.verdict(proposition, Passage { before: &sentence.before, text });
    });
    let mut found: Vec<Found> = Vec::new();
    for on_page in candidates.chunk_by(|a, b| a.1 == b.1) {
        let page = on_page[0].1;
        let (document, sentences) = (&pages[page].document, &all[page]);
        let mut own: Vec<Found> = Vec::new();
        // What a page sets apart and says again is said once.
        let mut seen: HashSet<&str> = HashSet::new();
        for &(covered, _, at) in on_page {
            if !seen.insert(sentences[at].span.of(&document.text)) {
                continue;
            }
            let own_sides = verdicts::of_sentence(judge, bars, proposition, document, sentences, (page, at));
            own.extend(
                own_sides.into_iter().map(|one| Found {
                    counts: one.counts && covered >= bars.covered && is_about(page),
                    ..one
                }),
            );
        }
        own.extend(verdicts::of_what_was_told(bars, proposition, document, sentences, &own));
        own.sort_by_key(|one| one.at);
        found.append(&mut own);
    }
    let is_sure = |one: &Found| {
        one.counts && one.side != Side::Doubts && share_of(&one.verdict, one.side) >= bars.surest
    };
    if !found.iter().any(is_sure) {
        let unsure = found.iter_mut().filter(|one| one.side != Side::Doubts);
        unsure.for_each(|one| one.counts = false);
    }
    let mut spoken = Vec::new();
    let mut affiliated: Vec<Option<Vec<Affiliation>>> = pages.iter().map(|_| None).collect();
    for Found { page, at, verdict, side, counts, answers_others } in found {
        let sentence = &all[page][at];
        let stance = |at: usize| pages[page].statements[at].stance;
        let statement = carrier(judge, proposition, &pages[page], sentence, side)
            .filter(|&at| !answers_others || stance(at) == Stance::Denies);
        // "Did not say that", "withdrew his claim that": whose words they would be has not said so, or says so no more.
        let unsaid = |at: usize| matches!(stance(at), Stance::NotSaid | Stance::Retracts);
        if side == Side::For && statement.is_some_and(unsaid) {
            continue;
        }
        // "Denied on Tuesday that ..." says nothing that a sentence could be taken for: what is denied stands in the statement.
        let (verdict, side, counts) = match (side, statement) {
            (Side::For, Some(at)) if stance(at) == Stance::Denies => {
                // A title that says the opposite would tell the judge otherwise.
                let text = pages[page].document.words(&pages[page].statements[at].content);
                let alone = judge.verdict(proposition, Passage { before: "", text: &text }).says;
                let denies = own_verdict(judge, proposition, &pages[page], sentence, at).says.max(alone);
                if denies < bars.denied_part {
                    (verdict, side, counts)
                } else {
                    (Verdict { denies, ..Verdict::default() }, Side::Against, true)
                }
            }
            _ => (verdict, side, counts),
        };
        // What does not count is no origin, and need not be asked about.
        let own_words = statement.filter(|_| counts).is_some_and(|at| {
            let own = own_verdict(judge, proposition, &pages[page], sentence, at);
            share_of(&own, side) >= bars.own_words
        });
        let affiliated = &*affiliated[page]
            .get_or_insert_with(|| affiliations(&pages[page].document, &pages[page].statements));
        let chain = statement.map_or_else(Vec::new, |at| chain(&everyone, &pages[page], affiliated, at));
        let statement = statement.or_else(|| own_statement(&pages[page], sentence));
        let sentence = sentence.span;
        let best = false;
        spoken.push(Spoken { page, sentence, verdict, side, counts, best, statement, own_words, chain });
    }
    best_of_each_page(&mut spoken, bars.beside);
    spoken
}

/// In whose words a passage of a page speaks: the statement that carries it, and who says so, then who passed it on. None
/// where the page speaks in its own voice.
pub fn carried(
    models: &Models,
    everyone: &Everyone,
    proposition: &str,
    page: &Page,
    (passage, side): (Span, Side),
) -> Option<(usize, Vec<Speaker>)> {
    let judge = &*models.judge;
    let of_page = sentences(&page.document);
    let within = of_page.iter().filter(|one| one.span.overlaps(passage));
    // Of several sentences the one that says it most is whose words count.
    let share = |sentence: &Sentence| {
        let text = sentence.span.of(&page.document.text);
        share_of(&judge.verdict(proposition, Passage { before: &sentence.before, text }), side)
    };
    let best = within.map(|one| (share(one), one)).max_by(|a, b| a.0.total_cmp(&b.0))?.1;
    let at = carrier(judge, proposition, page, best, side)?;
    let affiliated = affiliations(&page.document, &page.statements);
    Some((at, chain(everyone, page, &affiliated, at)))
}

/// Finds of each page and side the sentence that says it best, of those that count if any does: others near it seldom
/// have an origin of their own, and of those that are not sure most only come near.
fn best_of_each_page(spoken: &mut [Spoken], beside: f32) {
    let rank = |one: &Spoken| (one.counts, one.share());
    let mut best: BTreeMap<(usize, Side), (bool, f32)> = BTreeMap::new();
    for one in spoken.iter() {
        let most = best.entry((one.page, one.side)).or_default();
        if rank(one) > *most {
            *most = rank(one);
        }
    }
    for one in spoken {
        one.best = rank(one) == best[&(one.page, one.side)];
        one.counts &= one.best || one.side == Side::Doubts || one.share() >= beside;
    }
}

impl Spoken {
    /// How sure the judge is of its side.
    pub fn share(&self) -> f32 {
        share_of(&self.verdict, self.side)
    }
}

fn share_of(verdict: &Verdict, side: Side) -> f32 {
    match side {
        Side::For => verdict.says,
        Side::Against => verdict.denies,
        Side::Doubts => verdict.doubts,
    }
}

/// The statement in the page's own voice that stands where a sentence stands.
fn own_statement(page: &Page, sentence: &Sentence) -> Option<usize> {
    page.statements.iter().position(|statement| {
        statement.source.kind == SourceKind::Author
            && statement.content.iter().any(|span| span.overlaps(sentence.span))
    })
}

fn chain(everyone: &Everyone, page: &Page, affiliated: &[Affiliation], at: usize) -> Vec<Speaker> {
    let statement = &page.statements[at];
    let speaker = |(step, mention): (usize, &Mention)| {
        let link = everyone.source(mention, &page.document, &page.statements);
        let own = |one: &&Affiliation| one.statement == statement.id && usize::from(one.step) == step;
        let affiliation = affiliated.iter().find(own).map(|one| (one.organisation.clone(), one.kind));
        let words = page.document.words(&mention.spans);
        let last = mention.name.rsplit(' ').next().unwrap_or_default();
        let is_described = matches!(link.why, Why::Introduced | Why::Holder | Why::HolderThen);
        Speaker {
            part: part(mention, &link),
            is_by_name: !link.unnamed && !is_described && !last.is_empty() && words.contains(last),
            link,
            kind: mention.kind,
            written: mention.name.clone(),
            affiliation,
        }
    };
    mentions(statement).enumerate().map(speaker).collect()
}

fn part(mention: &Mention, link: &SourceLink) -> Part {
    match mention.kind {
        SourceKind::Nobody => Part::Nobody,
        SourceKind::Author => Part::Outlet,
        _ if is_news_outlet(&link.name) || is_news_outlet(&mention.name) => Part::Outlet,
        SourceKind::Unnamed if !is_somebody(&mention.name) => Part::Nobody,
        _ => Part::Origin,
    }
}

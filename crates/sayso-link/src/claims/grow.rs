//! Claims that grow one statement at a time, without reading the ledger again.
//!
//! A claim keeps a few of its statements as exemplars. A new statement joins where it says the same as *every*
//! exemplar that it is compared with, so that unlike statements are never chained together through a middle one.

use super::{ClaimIndex, Tuning};
use crate::Models;
use crate::judge::{Judge, Passage};
use crate::questions::{is_denial, is_negated};
use crate::words::Wording;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// How many exemplars a claim keeps: its first statements, which set what it is about.
const EXEMPLARS: usize = 3;
/// How many exemplars of the ledger a new statement is compared with.
const COMPARED: usize = 5;
/// How many postings are read to find them: a document has many statements, and must not wait for any.
const POSTINGS_READ: usize = 15_000;
/// Contents that share this much of each other's rarity say the same, whatever the model makes of the company.
const SAME_WORDS: f32 = 0.75;

/// The least score by words that joins a statement to a claim. More than the grouper asks for: a ledger is no list of
/// arguments about one question, and most of what it holds is about something else.
const JOINS: f32 = 0.7;
/// The least share that the judge gives to both saying each other, or both denying each other, for a join to be possible.
const MAY_JOIN: f32 = 0.5;
/// What is joined by words that are not the same is never surer than this, which is below what counts.
const BY_WORDS: f32 = 0.75;

/// So many words that carry matter make the same words surely the same claim.
const TELLING_WORDS: usize = 4;

/// What decides whether two texts make one claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum JoinBy {
    /// Measures by words. What is not said in the same words is possible, and never counts.
    #[default]
    Words,
    /// The judge, among those that share words; a hundred times slower.
    Judge,
}
/// The least share of each other's rarity that contents must have in the same words to be joined.
const SHARED_WORDS: f32 = 0.2;

/// A claim's number; numbers count up from 0 and are never used again.
pub type ClaimNumber = u32;

/// Where a statement went.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Joined {
    /// The claim.
    pub claim: ClaimNumber,
    /// Whether it says what the claim's first statement says, or denies it.
    pub for_it: bool,
    /// How sure we are, 0 to 1; 1 for the statement that founded the claim.
    pub confidence: f32,
    /// Whether it founded the claim.
    pub founded: bool,
    /// Whether its words were kept, for later ones to be compared with; and if so, whether they are for the claim.
    pub kept: Option<bool>,
}

#[derive(Clone, Debug)]
struct Exemplar {
    claim: ClaimNumber,
    for_it: bool,
    /// Its words. What is measured on them takes twenty times the room, and is made again for the few that a new
    /// statement is compared with.
    text: Box<str>,
}

/// All claims of a ledger.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    index: ClaimIndex,
    exemplars: Vec<Exemplar>,
    kept: Vec<u8>,
    /// The first exemplar with the same words in the same order, by their hash: most of what is repeated is copied.
    same_words: FxHashMap<u64, u32>,
    /// Pairs of exemplar and claim that a person has parted.
    parted: Vec<(ClaimNumber, ClaimNumber)>,
    /// Where a merged claim went.
    merged: Vec<ClaimNumber>,
}

impl Claims {
    /// No claims yet.
    pub fn new() -> Claims {
        Claims { index: ClaimIndex::new(Tuning::default()), ..Claims::default() }
    }

    /// Finds the claim that a text makes or denies, or founds one where `may_found`. `denies` is the statement's
    /// stance: whether its source says that the text is not so.
    pub fn add(
        &mut self,
        text: &str,
        denies: bool,
        may_found: bool,
        by: JoinBy,
        models: &Models,
    ) -> Option<Joined> {
        let mut wording = models.wordings.of(text);
        wording.content().next()?;
        let mut joined = match self.find_with(text, &mut wording, by, models) {
            Some(joined) => Joined { for_it: joined.for_it ^ denies, ..joined },
            None if may_found => {
                let claim = self.merged.len() as ClaimNumber;
                self.merged.push(claim);
                self.kept.push(0);
                Joined { claim, for_it: !denies, confidence: 1.0, founded: true, kept: None }
            }
            None => return None,
        };
        let kept = &mut self.kept[joined.claim as usize];
        if usize::from(*kept) < EXEMPLARS {
            *kept += 1;
            self.index.add(&wording, &Wording::default());
            // An exemplar's sign is that of its words: what is denied is kept as what is denied.
            let for_it = joined.for_it ^ denies;
            self.push(Exemplar { claim: joined.claim, for_it, text: text.into() });
            joined.kept = Some(for_it);
        }
        Some(joined)
    }

    /// The claim that a text makes or denies, if there is one; nothing is taken up.
    pub fn find(&self, text: &str, by: JoinBy, models: &Models) -> Option<Joined> {
        let mut wording = models.wordings.of(text);
        wording.content().next()?;
        self.find_with(text, &mut wording, by, models)
    }

    fn find_with(&self, text: &str, wording: &mut Wording, by: JoinBy, models: &Models) -> Option<Joined> {
        let same = self.same_words.get(&hash_of_words(text));
        let same = same.map(|&exemplar| (exemplar as usize, false, sure_of_same_words(text, wording)));
        if same.is_none() {
            models.wordings.add_senses(wording, text);
        }
        let best = || self.best(text, wording, by, models);
        same.or_else(best).map(|(exemplar, contradicts, confidence)| {
            let exemplar = &self.exemplars[exemplar];
            let for_it = exemplar.for_it ^ contradicts;
            Joined { claim: self.place(exemplar.claim), for_it, confidence, founded: false, kept: None }
        })
    }

    /// Takes up a claim's exemplar as a ledger keeps it: its words, the claim's number, and whether it is for it.
    /// Numbers must come without gaps, each claim's first exemplar before the next claim's.
    pub fn remember(&mut self, text: &str, claim: ClaimNumber, for_it: bool, models: &Models) {
        while self.merged.len() <= claim as usize {
            self.merged.push(self.merged.len() as ClaimNumber);
            self.kept.push(0);
        }
        self.kept[claim as usize] += 1;
        self.index.add(&models.wordings.of(text), &Wording::default());
        self.push(Exemplar { claim, for_it, text: text.into() });
    }

    fn push(&mut self, exemplar: Exemplar) {
        let place = self.exemplars.len() as u32;
        self.same_words.entry(hash_of_words(&exemplar.text)).or_insert(place);
        self.exemplars.push(exemplar);
    }

    /// How many claims there are, merged ones too.
    pub fn len(&self) -> usize {
        self.merged.len()
    }

    /// Whether there is no claim.
    pub fn is_empty(&self) -> bool {
        self.merged.is_empty()
    }

    /// The nearest exemplar whose claim agrees as a whole, whether the text contradicts it, and how sure we are.
    fn best(&self, text: &str, wording: &Wording, by: JoinBy, models: &Models) -> Option<(usize, bool, f32)> {
        let found = self.index.find_within(wording, COMPARED, POSTINGS_READ);
        let mut places: Vec<usize> = Vec::new();
        let mut texts: Vec<Wording> = vec![wording.clone()];
        for at in found.into_iter().map(|found| found.text as usize) {
            let words = &self.exemplars[at].text;
            let mut exemplar = models.wordings.of(words);
            if super::pair::covered_least(wording, &exemplar, &models.wordings) >= SHARED_WORDS {
                places.push(at);
                models.wordings.add_senses(&mut exemplar, words);
                texts.push(exemplar);
            }
        }
        if places.is_empty() {
            return None;
        }
        let verdicts: Vec<Option<(bool, f32)>> = match by {
            JoinBy::Words => by_words(wording, &texts, models),
            JoinBy::Judge => {
                let words = places.iter().map(|&at| &*self.exemplars[at].text);
                let both = words.zip(&texts[1..]);
                both.map(|(words, other)| judged(&models.judge, (text, wording), (words, other))).collect()
            }
        };
        let agrees = |claim: ClaimNumber| {
            places
                .iter()
                .zip(&verdicts)
                .all(|(&at, verdict)| self.place(self.exemplars[at].claim) != claim || verdict.is_some())
        };
        places
            .iter()
            .zip(&verdicts)
            .filter_map(|(&at, verdict)| verdict.map(|(contradicts, score)| (at, contradicts, score)))
            .filter(|&(at, _, _)| agrees(self.place(self.exemplars[at].claim)))
            .max_by(|a, b| a.2.total_cmp(&b.2))
    }

    /// A person says that two claims are one. Later statements that would join the second join the first.
    pub fn merge(&mut self, into: ClaimNumber, from: ClaimNumber) {
        let (into, from) = (self.place(into), self.place(from));
        if into != from {
            self.merged[from as usize] = into;
            self.parted.retain(|&pair| pair != (into, from) && pair != (from, into));
        }
    }

    /// A person says that a text does not belong to a claim: it founds one of its own, and the two are kept apart.
    pub fn split(&mut self, text: &str, from: ClaimNumber, models: &Models) -> ClaimNumber {
        let wording = models.wordings.of(text);
        let claim = self.merged.len() as ClaimNumber;
        self.merged.push(claim);
        self.kept.push(1);
        let from = self.place(from);
        self.parted.push((from, claim));
        for exemplar in &mut self.exemplars {
            let same = *exemplar.text == *text;
            if same && self.merged[exemplar.claim as usize] == from {
                exemplar.claim = claim;
            }
        }
        self.index.add(&wording, &Wording::default());
        self.push(Exemplar { claim, for_it: true, text: text.into() });
        claim
    }

    /// Claims that a person has kept apart, as pairs.
    pub fn parted(&self) -> &[(ClaimNumber, ClaimNumber)] {
        &self.parted
    }

    /// The claim that a number stands for now, after merges.
    pub fn place(&self, claim: ClaimNumber) -> ClaimNumber {
        let mut at = claim;
        while self.merged[at as usize] != at {
            at = self.merged[at as usize];
        }
        at
    }
}

/// What the judge makes of two texts: whether they deny each other, and how sure it is. Both must say the other, so that
/// what says more is not taken for the same.
fn judged(judge: &Judge, a: (&str, &Wording), b: (&str, &Wording)) -> Option<(bool, f32)> {
    // Twelve dead and fifteen dead are two claims, however alike the rest is.
    if super::pair::numbers_clash(a.1, b.1) {
        return None;
    }
    let verdict = |proposition, text| judge.verdict(proposition, Passage { before: "", text });
    let there = verdict(a.0, b.0);
    if there.says.max(there.denies) < MAY_JOIN {
        return None;
    }
    let back = verdict(b.0, a.0);
    let (same, opposite) = (there.says.min(back.says), there.denies.min(back.denies));
    let (contradicts, score) = (opposite > same, same.max(opposite));
    let is_unsure = tells_of_page(a.0)
        || tells_of_page(b.0)
        // The words of a denial are those of what it denies, which the judge takes for the same.
        || !contradicts && turns_round(a.0) != turns_round(b.0)
        // Of a quotation in parts one may say the same and another not.
        || contradicts && [a.0, b.0].iter().any(|text| text.contains(" … "));
    let score = if is_unsure { score.min(BY_WORDS) } else { score };
    (score >= MAY_JOIN).then_some((contradicts, score))
}

/// What measures by words make of the first of some texts and each of the others.
fn by_words(wording: &Wording, texts: &[Wording], models: &Models) -> Vec<Option<(bool, f32)>> {
    let mut verdicts: Vec<Option<(bool, f32)>> = vec![None; texts.len() - 1];
    for alike in models.grouper.like_first(texts, &models.wordings) {
        let (_, contradiction) = models.denial.relation(wording, &texts[alike.b], &models.wordings);
        let contradicts = contradiction >= 0.5;
        if alike.score >= JOINS && (contradicts || !alike.opposite) {
            verdicts[alike.b - 1] = Some((contradicts, alike.score.min(BY_WORDS)));
        }
    }
    for (other, verdict) in texts[1..].iter().zip(&mut verdicts) {
        if super::pair::numbers_clash(wording, other) {
            *verdict = None;
            continue;
        }
        let share = super::pair::covered_least(wording, other, &models.wordings);
        if verdict.is_none() && share >= SAME_WORDS {
            let (_, contradiction) = models.denial.relation(wording, other, &models.wordings);
            *verdict = Some((contradiction >= 0.5, share.min(BY_WORDS)));
        }
    }
    verdicts
}

/// Whether a text is negated, or says of something that it is not so.
fn turns_round(text: &str) -> bool {
    let text = text.to_lowercase();
    is_negated(&text) || is_denial(&text)
}

/// Whether a text begins with a pronoun: only its page tells of whom it speaks. "That he sold it" does.
fn tells_of_page(text: &str) -> bool {
    const PRONOUNS: &[&str] = &[
        "he", "her", "here", "his", "i", "it", "its", "my", "our", "she", "such", "their", "there", "these",
        "they", "this", "those", "we", "you", "your",
    ];
    let mut words =
        text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    let first = words.find(|word| !matches!(word.as_str(), "that" | "and" | "but" | "so" | "because" | "if"));
    first.is_some_and(|first| PRONOUNS.contains(&first.as_str()))
}

/// How sure it is that the same words make the same claim. Few words are often said of other matters ("the system is
/// rigged"), and "he opened the gates" tells of somebody whom only its page names.
fn sure_of_same_words(text: &str, wording: &Wording) -> f32 {
    /// So much is said in the same words of one matter only, whoever is meant.
    const MUCH: usize = 8;
    let telling = wording.content().count();
    if telling >= if tells_of_page(text) { MUCH } else { TELLING_WORDS } { 1.0 } else { BY_WORDS }
}

/// A hash of the words of a text in their order, whatever stands between them. The "that" before a clause is none of them.
fn hash_of_words(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    for (at, word) in words.enumerate() {
        if at == 0 && word.eq_ignore_ascii_case("that") {
            continue;
        }
        for c in word.chars().flat_map(char::to_lowercase) {
            hasher.write_u32(u32::from(c));
        }
        hasher.write_u8(0);
    }
    hasher.finish()
}

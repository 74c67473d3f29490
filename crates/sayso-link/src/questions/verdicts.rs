//! What each sentence does to a proposition: what the judge says of it, and what the grammar of denying adds.

use super::calibrated::calibrated;
use super::denials::{Words, is_about_untruth};
use super::{Bars, Sentence, Side};
use crate::judge::{Judge, Passage, Verdict};
use sayso_record::Document;

/// A sentence of a page, and one side on which it speaks. A sentence that has somebody say what another denies speaks on both.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) page: usize,
    /// Which of the page's sentences.
    pub(super) at: usize,
    pub(super) verdict: Verdict,
    pub(super) side: Side,
    /// Whether it counts; else it is possible.
    pub(super) counts: bool,
    /// Whether somebody denies here what others say, there or in the same sentence: only who denies can have said so.
    pub(super) answers_others: bool,
}

/// So many sentences before one tell what it denies, where it does not say that itself.
const BACK: usize = 2;
/// What the first so many sentences of a page say is its story.
const LEAD: usize = 3;

/// What a sentence does to a proposition, by itself.
pub(super) fn of_sentence(
    judge: &Judge,
    bars: &Bars,
    proposition: &str,
    document: &Document,
    sentences: &[Sentence],
    (page, at): (usize, usize),
) -> Vec<Found> {
    let sentence = &sentences[at];
    let text = sentence.span.of(&document.text);
    let before = &*sentence.before;
    let verdict = calibrated(proposition, text, &judge.verdict(proposition, Passage { before, text }));
    let found =
        |(side, counts, verdict), answers_others| Found { page, at, verdict, side, counts, answers_others };
    let seen = side(&verdict, bars).map(|(side, counts)| found((side, counts, verdict), false));
    let says = |part: &str| judge.verdict(proposition, Passage { before, text: part }).says;
    let parts =
        Words::of(text).denied().into_iter().map(|denied| (says(&text[denied.part]), denied.is_said_too));
    let most = parts.filter(|(says, _)| *says >= bars.denied_part).max_by(|a, b| a.0.total_cmp(&b.0));
    let Some((denies, is_said_too)) = most else { return seen.into_iter().collect() };
    let denial = found((Side::Against, true, Verdict { denies, ..Verdict::default() }), is_said_too);
    match seen {
        Some(seen) if seen.side == Side::For && is_said_too => vec![seen, denial],
        Some(seen) if seen.side == Side::Against && seen.verdict.denies >= denies => vec![seen],
        _ => vec![denial],
    }
}

/// Sentences of a page that deny what others of it say, without saying it again: "the office denied the allegations", "the
/// story is a hoax". `found` is what was found on the page so far.
pub(super) fn of_what_was_told(
    bars: &Bars,
    proposition: &str,
    document: &Document,
    sentences: &[Sentence],
    found: &[Found],
) -> Vec<Found> {
    let is_said = |one: &Found| one.counts && one.side == Side::For;
    let is_told = |one: &Found| one.verdict.says >= bars.told;
    // Most pages say nothing that could be denied, and their sentences need not be gone through.
    if !found.iter().any(|one| is_said(one) && is_told(one)) {
        return Vec::new();
    }
    // "The report first appeared on a satirical site" is no story that a hoax could be.
    if is_about_untruth(proposition) {
        return Vec::new();
    }
    let said = |at: usize| found.iter().find(|one| one.at == at && is_said(one));
    let is_free = |at: usize| found.iter().all(|one| one.at != at || !one.counts);
    let mut denials = Vec::new();
    for (at, sentence) in sentences.iter().enumerate().filter(|(at, _)| is_free(*at)) {
        let words = Words::of(sentence.span.of(&document.text));
        let before = || (at.saturating_sub(BACK)..at).filter_map(said);
        let told = if words.denies_what_was_told() {
            before().next_back()
        } else if words.is_of_untrue_story() {
            (0..LEAD.min(at)).filter_map(said).next()
        } else {
            None
        };
        denials.extend(told.filter(|told| is_told(told)).map(|told| Found {
            at,
            verdict: Verdict { denies: told.verdict.says, ..Verdict::default() },
            side: Side::Against,
            answers_others: true,
            ..*told
        }));
    }
    denials
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

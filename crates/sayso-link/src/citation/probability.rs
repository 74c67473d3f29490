//! What the judge saw in the windows of a page, weighed together into one probability.

use super::Said;
use super::windows::{Window, share};
use crate::Models;
use crate::judge::Verdict;
use crate::questions::is_negated;
use crate::words::{Word, Wording};
use sayso_record::Document;

/// How many measures there are.
pub(super) const FEATURES: usize = 9;

/// Weights of the measures, then the intercept: of saying, of saying a part, and of denying, against none of these. Fitted on
/// 412 pairs of `says` that the judge was not trained on, the first that a shuffle of them gave, and so far from the last word.
const SAYS: [f32; FEATURES + 1] = [0.246, 0.251, -0.143, 0.784, -0.51, -0.182, 0.516, 0.229, 0.126, 0.514];
const PARTLY: [f32; FEATURES + 1] = [0.166, 0.138, 0.099, 1.636, -1.467, 0.394, 0.111, 1.65, -0.026, -1.332];
const DENIES: [f32; FEATURES + 1] = [0.096, 0.095, 0.24, 0.48, -0.291, -0.262, 0.702, -0.947, -0.057, 0.066];

/// What was seen of a proposition in a page.
pub(super) struct Seen {
    pub(super) windows: Vec<Window>,
    /// Which window says it best, and which denies it most.
    pub(super) saying: usize,
    pub(super) denying: usize,
    /// Other single sentences that say it nearly as well.
    pub(super) also: Vec<usize>,
    pub(super) features: [f32; FEATURES],
}

/// What it comes to.
pub(super) struct Weighed {
    pub(super) said: Said,
    pub(super) says: f32,
    pub(super) denies: f32,
}

fn log_odds(share: f32) -> f32 {
    libm::logf((share + 1e-3) / (1.0 - share + 1e-3))
}

/// Measures what the judge saw.
pub(super) fn seen(
    models: &Models,
    proposition: &str,
    asked: &Wording,
    document: &Document,
    windows: Vec<Window>,
    verdicts: &[Verdict],
) -> Seen {
    let best = |measure: &dyn Fn(usize) -> f32| {
        (0..windows.len()).max_by(|&a, &b| measure(a).total_cmp(&measure(b)).then(b.cmp(&a))).unwrap_or(0)
    };
    let most = best(&|at| verdicts[at].says);
    let denying = best(&|at| verdicts[at].denies);
    // Of those that say it nearly as well the one whose own words hold most of it decides, and of these the shortest: it is
    // what a reader wants to see. The others only stand near it.
    let nearly = verdicts[most].says * 0.85;
    let own_words = |at: usize| windows[at].covered - 0.04 * windows[at].sentences as f32;
    let saying = (0..windows.len())
        .filter(|&at| verdicts[at].says >= nearly)
        .max_by(|&a, &b| own_words(a).total_cmp(&own_words(b)).then(b.cmp(&a)))
        .unwrap_or(most);
    let text = windows[saying].span.of(&document.text);
    let single = (0..windows.len()).filter(|&at| windows[at].sentences == 1);
    let of_singles = single.map(|at| verdicts[at].says).fold(0.0, f32::max);
    let content: Vec<&Word> = asked.content().collect();
    let rarities: Vec<f32> = content.iter().map(|word| models.wordings.rarity(word.stem)).collect();
    let own = models.wordings.of(text);
    // The share of some words that stand in the window or before it, to the letter.
    let stand = |wanted: &dyn Fn(&Word) -> bool| {
        let near = content.iter().zip(&windows[saying].near).filter(|(word, _)| wanted(word));
        let there: Vec<f32> = near.map(|(_, near)| f32::from(u8::from(*near > 0.99))).collect();
        if there.is_empty() { 1.0 } else { there.iter().sum::<f32>() / there.len() as f32 }
    };
    let number = |is: bool| f32::from(u8::from(is));
    let is_turned = is_negated(&proposition.to_lowercase()) != is_negated(&text.to_lowercase());
    let excludes = |word: &&Word| own.content().any(|other| models.wordings.exclude(word.stem, other.stem));
    let features = [
        log_odds(verdicts[most].says),
        log_odds(of_singles),
        log_odds(verdicts[denying].denies),
        share(&windows[saying].near, &rarities),
        stand(&|word| word.number.is_some()),
        stand(&|word| word.name && word.number.is_none()),
        number(is_turned),
        number(content.iter().any(excludes)),
        log_odds(models.denial.shares(&own, asked, &models.wordings).1),
    ];
    let also = (0..windows.len())
        .filter(|&at| at != saying && windows[at].sentences == 1 && verdicts[at].says >= nearly.max(0.5))
        .filter(|&at| windows[at].covered >= 0.8 * windows[saying].covered)
        .collect();
    Seen { windows, saying, denying, also, features }
}

/// The measures as probabilities, by a multinomial logistic regression. It says or denies it from even odds on; else a part of
/// it is said where that is likelier than nothing.
pub(super) fn weighed(features: &[f32; FEATURES]) -> Weighed {
    let score = |weights: &[f32; FEATURES + 1]| {
        let sum: f32 = features.iter().zip(weights).map(|(feature, weight)| feature * weight).sum();
        libm::expf((sum + weights[FEATURES]).clamp(-30.0, 30.0))
    };
    let (says, partly, denies) = (score(&SAYS), score(&PARTLY), score(&DENIES));
    let all = 1.0 + says + partly + denies;
    let said = if says >= all / 2.0 {
        Said::Says
    } else if denies >= all / 2.0 {
        Said::Denies
    } else if partly > 1.0 {
        Said::Partly
    } else {
        Said::Neither
    };
    Weighed { said, says: says / all, denies: denies / all }
}

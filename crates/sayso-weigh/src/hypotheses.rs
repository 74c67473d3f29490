//! Rival hypotheses weighed by what speaks against them: the analysis of competing hypotheses (Heuer: Psychology of
//! Intelligence Analysis, 1999, chapter 8), on evidence whose standing is known.

use crate::as_of::Target;
use crate::weighing::Weighing;
use crate::what_if::Change;
use serde::{Deserialize, Serialize};

/// How a piece of evidence fits a hypothesis. Only inconsistency counts: evidence that fits several hypotheses
/// tells nothing between them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Fit {
    /// Counts 2.
    #[serde(rename = "very inconsistent")]
    VeryInconsistent,
    /// Counts 1.
    #[serde(rename = "inconsistent")]
    Inconsistent,
    /// Counts nothing.
    #[default]
    #[serde(rename = "neutral")]
    Neutral,
    /// Counts nothing.
    #[serde(rename = "consistent")]
    Consistent,
    /// Counts nothing.
    #[serde(rename = "very consistent")]
    VeryConsistent,
}

impl Fit {
    fn inconsistency(self) -> f64 {
        match self {
            Fit::VeryInconsistent => 2.0,
            Fit::Inconsistent => 1.0,
            Fit::Neutral | Fit::Consistent | Fit::VeryConsistent => 0.0,
        }
    }
}

/// A claim taken as evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The claim, by number.
    pub claim: u32,
    /// How far it is to be believed, 0 or more.
    pub credibility: f64,
    /// How much it matters, 0 or more.
    pub relevance: f64,
    /// How it fits each hypothesis, by number.
    pub fits: Vec<Fit>,
}

/// Evidence by hypothesis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// How many hypotheses there are.
    pub hypotheses: usize,
    /// The evidence, with a fit for each.
    pub evidence: Vec<Evidence>,
}

/// Hypotheses, least inconsistent first.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// (hypothesis, inconsistency); equals in order of number.
    pub order: Vec<(usize, f64)>,
    /// Groups of evidence that share a single point, as indices into the evidence; of each group only the item that
    /// says most against a hypothesis counts. Evidence that does not stand is in none.
    pub groups: Vec<Vec<usize>>,
}

impl Ranking {
    /// Hypotheses in order, equals together.
    fn tiers(&self) -> Vec<Vec<usize>> {
        let mut tiers: Vec<Vec<usize>> = Vec::new();
        let mut last = f64::NEG_INFINITY;
        for &(hypothesis, score) in &self.order {
            if score > last + 1e-9 {
                tiers.push(Vec::new());
                last = score;
            }
            tiers.last_mut().expect("the first score is above minus infinity").push(hypothesis);
        }
        tiers
    }
}

impl Matrix {
    /// Ranks the hypotheses by what stands now.
    ///
    /// # Panics
    /// If some evidence has no fit for a hypothesis.
    pub fn rank(&self, weighing: &Weighing) -> Ranking {
        let standing =
            (0..self.evidence.len()).filter(|&at| weighing.weight(self.evidence[at].claim).pro.is_true());
        let mut groups: Vec<(Vec<u32>, Vec<usize>)> = Vec::new();
        for at in standing {
            let mut points = weighing.detail(self.evidence[at].claim).pro.single_points;
            let mut items = vec![at];
            // A new item may tie groups together that had nothing in common before.
            groups.retain_mut(|(group_points, group_items)| {
                let shared = group_points.iter().any(|point| points.contains(point))
                    || group_items.iter().any(|&item| self.evidence[item].claim == self.evidence[at].claim);
                if shared {
                    points.append(group_points);
                    items.append(group_items);
                }
                !shared
            });
            items.sort_unstable();
            groups.push((points, items));
        }
        let groups: Vec<Vec<usize>> = groups.into_iter().map(|(_, items)| items).collect();
        let against = |item: usize, hypothesis: usize| {
            let evidence = &self.evidence[item];
            evidence.fits[hypothesis].inconsistency() * evidence.credibility * evidence.relevance
        };
        let score = |hypothesis: usize| -> f64 {
            let most =
                |group: &Vec<usize>| group.iter().map(|&item| against(item, hypothesis)).fold(0.0, f64::max);
            groups.iter().map(most).sum()
        };
        let mut order: Vec<(usize, f64)> =
            (0..self.hypotheses).map(|hypothesis| (hypothesis, score(hypothesis))).collect();
        order.sort_by(|a, b| a.1.total_cmp(&b.1));
        Ranking { order, groups }
    }

    /// The sources whose fall would change the order, each with the order that would then hold.
    pub fn deciding_sources(&self, weighing: &mut Weighing) -> Vec<(u32, Ranking)> {
        let now = self.rank(weighing).tiers();
        let mut sources: Vec<u32> =
            self.evidence.iter().flat_map(|evidence| weighing.sources_below(evidence.claim)).collect();
        sources.sort_unstable();
        sources.dedup();
        let mut deciding = Vec::new();
        for source in sources {
            let target = Target::Source(source);
            if weighing.is_in_force(target) {
                continue;
            }
            weighing.apply(&[Change { target, in_force: true }]);
            let then = self.rank(weighing);
            weighing.apply(&[Change { target, in_force: false }]);
            if then.tiers() != now {
                deciding.push((source, then));
            }
        }
        deciding
    }
}

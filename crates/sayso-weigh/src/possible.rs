//! What possible links would change: the graph with all of them, weighed beside the one without.

use crate::independence::Independence;
use crate::standing::Weight;
use crate::weighing::Weighing;
use crate::what_if::{Effect, Shift};

/// The weighing of the graph in which all possible links count.
pub(crate) struct Possible<'g> {
    pub(crate) weighing: Weighing<'g>,
    /// The weights of all claims by the sure links, with what the possible ones add.
    pub(crate) weights: Vec<Weight>,
}

impl<'g> Possible<'g> {
    /// The same moment weighed with the possible links; none where the graph has none.
    pub(crate) fn beside(sure: &Weighing<'g>) -> Option<Possible<'g>> {
        let full = sure.graph.full.as_deref()?;
        let weighing = Weighing::with_budget(full, sure.in_force.moment, sure.budget);
        let both = sure.weights.iter().zip(&weighing.weights);
        let weights = both.map(|(sure, possible)| sure.with_possible(possible)).collect();
        Some(Possible { weighing, weights })
    }

    /// What the same changes did to both weighings, told together; `sure` has its weights from before or after.
    pub(crate) fn together(&self, sure: &[Weight], of_sure: Effect, of_possible: Effect) -> Effect {
        let after = |effect: &Effect, claim: u32| {
            effect
                .changed
                .binary_search_by_key(&claim, |shift| shift.claim)
                .map(|at| effect.changed[at].after)
        };
        let claims = of_sure.changed.iter().chain(&of_possible.changed).map(|shift| shift.claim);
        // Numbers past the claims stand for none.
        let mut claims: Vec<u32> = claims.filter(|&claim| (claim as usize) < self.weights.len()).collect();
        claims.sort_unstable();
        claims.dedup();
        let shift = |claim: u32| {
            let before = self.weights[claim as usize];
            let sure = after(&of_sure, claim).unwrap_or(sure[claim as usize]);
            let possible =
                after(&of_possible, claim).unwrap_or_else(|_| self.weighing.weights[claim as usize]);
            Shift { claim, before, after: sure.with_possible(&possible) }
        };
        let changed: Vec<Shift> =
            claims.into_iter().map(shift).filter(|shift| shift.before != shift.after).collect();
        let of_claims = |claims: Vec<u32>| -> Vec<u32> {
            claims.into_iter().filter(|&claim| (claim as usize) < self.weights.len()).collect()
        };
        let besides = |possible: Vec<u32>, sure: &[u32]| -> Vec<u32> {
            possible.into_iter().filter(|claim| sure.binary_search(claim).is_err()).collect()
        };
        let (fell, revived) = (of_claims(of_sure.fell), of_claims(of_sure.revived));
        Effect {
            possibly_fell: besides(of_possible.fell, &fell),
            possibly_revived: besides(of_possible.revived, &revived),
            fell,
            revived,
            changed,
            statements_changed: of_sure.statements_changed,
        }
    }
}

impl Weight {
    /// The sure weight with what the possible links, weighed too, add to it.
    fn with_possible(&self, possible: &Weight) -> Weight {
        let upper = |sure: (u32, u32), possible: (u32, u32)| (sure.0, sure.1.max(possible.1));
        Weight {
            possible_standing: possible.standing,
            independence_for: upper(self.independence_for, possible.independence_for),
            independence_against: upper(self.independence_against, possible.independence_against),
            ..*self
        }
    }
}

impl Independence {
    /// Raises its upper end to that with the possible links, with what shows it.
    pub(crate) fn raise(&mut self, with_possible: Independence) {
        if with_possible.range.1 > self.range.1 {
            self.range.1 = with_possible.range.1;
            self.cut = with_possible.cut;
            self.proofs = with_possible.proofs;
        }
    }
}

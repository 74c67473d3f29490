//! What would fall, and what would revive, if a source were discredited, a statement withdrawn, an act undone.

use crate::as_of::Target;
use crate::follow::{Pass, Undo};
use crate::graph::Graph;
use crate::standing::Weight;
use crate::weighing::Weighing;

/// One thing to be put in force, or to be lifted again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// What it speaks of, and so what kind of change it is; statements are numbered as the builder gave them.
    pub target: Target,
    /// Put in force (withdraw, discredit, undercut, rule), or lifted (restore).
    pub in_force: bool,
}

/// What changes did to the claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Claims that no longer have a statement for them that stands.
    pub fell: Vec<u32>,
    /// Claims that have one again.
    pub revived: Vec<u32>,
    /// Claims that would no longer have one even if all possible links were sure, and are not among those above.
    pub possibly_fell: Vec<u32>,
    /// Claims that would have one again if all possible links were sure, and are not among those above.
    pub possibly_revived: Vec<u32>,
    /// Every claim whose standing or independence is another, those above included; by claim.
    pub changed: Vec<Shift>,
    /// How many statements have another value now.
    pub statements_changed: usize,
}

/// A claim before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Which.
    pub claim: u32,
    /// Its weight before.
    pub before: Weight,
    /// Its weight now.
    pub after: Weight,
}

impl Weighing<'_> {
    /// Makes changes, and says what they did.
    pub fn apply(&mut self, changes: &[Change]) -> Effect {
        let sure = self.make(changes).0;
        let Some(mut possible) = self.possible.take() else { return sure };
        let with_possible = possible.weighing.apply(changes);
        let effect = possible.together(&self.weights, sure, with_possible);
        for shift in &effect.changed {
            possible.weights[shift.claim as usize] = shift.after;
        }
        self.possible = Some(possible);
        effect
    }

    /// Says what changes would do, and leaves everything as it is.
    ///
    /// ```
    /// use sayso_weigh::{Case, Change, Moment, Target, Weighing};
    /// let case = Case::parse(r#"{"statements": [
    ///     {"id": "abc", "source": "ABC News", "claim": "c", "polarity": "+", "held": true, "basis": [["official"]]},
    ///     {"id": "official", "source": "an official", "claim": "c", "polarity": "+", "held": false, "basis": "first"}]}"#)?;
    /// let graph = case.graph();
    /// let mut weighing = Weighing::new(&graph, Moment::ALL);
    /// let official = Target::Source(case.source("an official").unwrap());
    /// let effect = weighing.what_if(&[Change { target: official, in_force: true }]);
    /// assert_eq!(effect.fell, [0]);
    /// # Ok::<(), sayso_weigh::CaseError>(())
    /// ```
    pub fn what_if(&mut self, changes: &[Change]) -> Effect {
        let (effect, undo) = self.make(changes);
        for (target, was) in undo.acts.into_iter().rev() {
            self.in_force.set(target, was);
        }
        for (node, was) in undo.values.into_iter().rev() {
            self.values[node as usize] = was;
        }
        for (claim, was) in undo.weights {
            self.weights[claim as usize] = was;
        }
        for (number, was) in undo.ranks.into_iter().rev() {
            was.put_back(&mut self.ranks[number]);
        }
        if let Some(was) = undo.window {
            self.window = was;
        }
        let Some(possible) = &mut self.possible else { return effect };
        let with_possible = possible.weighing.what_if(changes);
        possible.together(&self.weights, effect, with_possible)
    }

    fn make(&mut self, changes: &[Change]) -> (Effect, Undo) {
        let mut pass = Pass::new(self);
        for change in changes {
            pass.set(change.target, change.in_force);
        }
        pass.run()
    }
}

impl Graph {
    /// Whether a change speaks only of what the graph holds.
    pub fn knows(&self, change: Change) -> bool {
        let statement = |statement: u32| (statement as usize) < self.node_of.len();
        match change.target {
            Target::Statement(number) => statement(number),
            Target::Source(source) => (source as usize) < self.source_count(),
            Target::Document(document) => (document as usize) < self.documents.len(),
            Target::Undercut { by, statement: target } => statement(by) && statement(target),
            Target::Claim(claim) => (claim as usize) < self.claim_count(),
        }
    }
}

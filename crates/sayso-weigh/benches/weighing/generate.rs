//! A ledger of any size from a seed: claims with chains of relays, copies, denials, joint reasons and undercuts.

use sayso_weigh::{Builder, Need, Said, Side, Time};

/// The make-up of a ledger. Shares are of all statements unless said otherwise.
pub(crate) struct Recipe {
    pub(crate) statements: u32,
    pub(crate) seed: u64,
    pub(crate) sources: u32,
    pub(crate) copies_percent: u32,
    pub(crate) denials_percent: u32,
    pub(crate) undercuts_percent: u32,
    /// Of origins: those of whom nothing is known on which they rest.
    pub(crate) unsourced_percent: u32,
    /// Of relays.
    pub(crate) joint_percent: u32,
    /// Relays that also have a second alternative, later in the ledger: these make the loops. In thousandths.
    pub(crate) loops_per_mille: u32,
    /// Withdrawn statements, in thousandths.
    pub(crate) withdrawn_per_mille: u32,
}

impl Recipe {
    /// The ledger on which the figures are measured.
    pub(crate) fn full(statements: u32) -> Recipe {
        Recipe {
            statements,
            seed: 20_060_317,
            sources: (statements / 50).max(10),
            copies_percent: 15,
            denials_percent: 5,
            undercuts_percent: 2,
            unsourced_percent: 3,
            joint_percent: 10,
            loops_per_mille: 2,
            withdrawn_per_mille: 1,
        }
    }

    /// The same without negation, for engines that have none.
    pub(crate) fn positive(statements: u32) -> Recipe {
        Recipe {
            denials_percent: 0,
            undercuts_percent: 0,
            withdrawn_per_mille: 0,
            ..Recipe::full(statements)
        }
    }
}

/// The largest sources, in thousandths of all statements: wire services. Of ten million statements each makes over
/// a hundred thousand.
const WIRES_PER_MILLE: [u32; 5] = [12, 11, 11, 11, 11];

/// The first day of the ledger, and how many seconds it spans.
pub(crate) const START: Time = 1_136_073_600;
pub(crate) const SPAN: u32 = 20 * 365 * 86_400;

/// SplitMix64 (Steele, Lea, Flood 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        (((self.next() >> 32) * u64::from(limit)) >> 32) as u32
    }

    fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share
    }

    fn per_mille(&mut self, share: u32) -> bool {
        self.below(1000) < share
    }
}

/// What takes the statements in: a [`Builder`], or the facts of another engine.
pub(crate) trait Sink {
    fn first_hand(&mut self, said: Said);
    fn relayed(&mut self, said: Said, alternatives: &[&[Need]]);
    fn undercut(&mut self, by: u32, target: u32);
    fn withdrawn(&mut self, statement: u32);
}

impl Sink for Builder {
    fn first_hand(&mut self, said: Said) {
        Builder::first_hand(self, said);
    }

    fn relayed(&mut self, said: Said, alternatives: &[&[Need]]) {
        Builder::relayed(self, said, alternatives.iter().copied());
    }

    fn undercut(&mut self, by: u32, target: u32) {
        Builder::undercut(self, by, target);
    }

    fn withdrawn(&mut self, statement: u32) {
        use sayso_weigh::{ALWAYS, Act, Target};
        let target = Target::Statement(statement);
        self.act(Act { target, in_force: true, published: ALWAYS, known: ALWAYS });
    }
}

/// Makes the ledger, claim by claim.
pub(crate) fn generate(recipe: &Recipe, sink: &mut impl Sink) {
    let mut maker = Maker {
        random: Random(recipe.seed),
        recipe,
        made: 0,
        claim: 0,
        document: 0,
        held: Vec::new(),
        time: START,
    };
    while maker.made < recipe.statements {
        maker.claim(sink);
    }
}

struct Maker<'a> {
    recipe: &'a Recipe,
    random: Random,
    made: u32,
    claim: u32,
    document: u32,
    /// Held statements for the claim at hand.
    held: Vec<u32>,
    time: Time,
}

impl Maker<'_> {
    /// A claim of one to four chains, with its copies and denials.
    fn claim(&mut self, sink: &mut impl Sink) {
        self.held.clear();
        self.time = START + Time::from(self.random.below(SPAN));
        let chains = 1 + self.random.below(4);
        let first = self.made;
        for _ in 0..chains {
            self.chain(sink);
        }
        // Copies and denials are shares of all statements, so of the rest they are more.
        let originals = self.made - first;
        let rest = 100 - self.recipe.copies_percent - self.recipe.denials_percent;
        self.repeat(originals, self.recipe.copies_percent, rest, |maker| maker.copy(sink));
        self.repeat(originals, self.recipe.denials_percent, rest, |maker| maker.denial(sink));
        for statement in first..self.made {
            if self.random.percent(self.recipe.undercuts_percent) {
                // By something said nearby, often of another claim.
                let near = self.made.min(60);
                let by = self.made - 1 - self.random.below(near);
                sink.undercut(by, statement);
            }
            if self.random.per_mille(self.recipe.withdrawn_per_mille) {
                sink.withdrawn(statement);
            }
        }
        self.claim += 1;
    }

    /// Does something `originals * share / rest` times, a fraction being a chance.
    fn repeat(&mut self, originals: u32, share: u32, rest: u32, mut act: impl FnMut(&mut Self)) {
        let times = originals * share;
        let whole = times / rest + u32::from(self.random.below(rest) < times % rest);
        (0..whole).for_each(|_| act(self));
    }

    /// An origin whose words we only have from others, if there are any, and those others.
    fn chain(&mut self, sink: &mut impl Sink) {
        let length = 1 + self.random.below(6);
        let origin = self.said(Side::For, length == 1);
        if self.random.percent(self.recipe.unsourced_percent) {
            sink.relayed(origin, &[]);
        } else {
            sink.first_hand(origin);
        }
        for _ in 1..length {
            let last = Need::Statement(self.made - 1);
            let said = self.said(Side::For, true);
            let me = self.made - 1;
            if self.random.percent(self.recipe.joint_percent) {
                let other = self.other_need(me);
                sink.relayed(said, &[&[last, other]]);
            } else if self.random.per_mille(self.recipe.loops_per_mille) {
                // Later in the ledger than itself, but surely within it.
                let ahead = (me + 1 + self.random.below(8)).min(self.recipe.statements - 1);
                sink.relayed(said, &[&[last], &[Need::Statement(ahead)]]);
            } else {
                sink.relayed(said, &[&[last]]);
            }
        }
    }

    /// A second reason: another statement of the claim, or an earlier claim as a whole.
    fn other_need(&mut self, me: u32) -> Need {
        if self.claim > 0 && self.random.percent(30) {
            return Need::Claim(self.claim - 1 - self.random.below(self.claim.min(20)));
        }
        let near = me.clamp(1, 10);
        Need::Statement((me - self.random.below(near)).saturating_sub(1))
    }

    fn copy(&mut self, sink: &mut impl Sink) {
        let said = self.said(Side::For, true);
        let choices = self.held.len() as u32 - 1;
        if choices == 0 {
            sink.first_hand(said);
            return;
        }
        let of = self.held[self.random.below(choices) as usize];
        sink.relayed(said, &[&[Need::Statement(of)]]);
    }

    fn denial(&mut self, sink: &mut impl Sink) {
        let said = self.said(Side::Against, true);
        sink.first_hand(said);
    }

    /// Counts a statement as made.
    fn said(&mut self, side: Side, held: bool) -> Said {
        if held && side == Side::For {
            self.held.push(self.made);
        }
        self.made += 1;
        self.document += u32::from(held);
        let published = self.time + Time::from(self.random.below(30 * 86_400));
        Said {
            source: self.source(),
            document: held.then_some(self.document),
            claim: self.claim,
            side,
            held,
            published,
            known: published + Time::from(self.random.below(86_400)),
        }
    }

    /// A wire service, or one of many, some of whom speak far more often than others.
    fn source(&mut self) -> u32 {
        let mut dice = self.random.below(1000);
        for (wire, share) in (0..).zip(WIRES_PER_MILLE) {
            if dice < share {
                return wire;
            }
            dice -= share;
        }
        let others = self.recipe.sources - WIRES_PER_MILLE.len() as u32;
        let u = f64::from(self.random.below(1 << 24)) / f64::from(1 << 24);
        WIRES_PER_MILLE.len() as u32 + (u * u * f64::from(others)) as u32
    }
}

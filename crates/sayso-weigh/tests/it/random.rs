//! Small random ledgers from a seed, in a form that every way of weighing can read.

use sayso_weigh::{ALWAYS, Act, Builder, Graph, Need, Said, Side, Target};

/// SplitMix64 (Steele, Lea, Flood 2014): the same ledgers on every machine.
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
        (self.next() % u64::from(limit)) as u32
    }

    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub(crate) source: u32,
    pub(crate) document: u32,
    pub(crate) claim: u32,
    pub(crate) plus: bool,
    pub(crate) held: bool,
    /// None at first hand.
    pub(crate) basis: Option<Vec<Vec<Need>>>,
}

/// A ledger under acts, with nothing compact about it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) statements: Vec<Statement>,
    pub(crate) claims: u32,
    pub(crate) sources: u32,
    pub(crate) undercuts: Vec<(u32, u32)>,
    pub(crate) withdrawn: Vec<u32>,
    pub(crate) discredited_sources: Vec<u32>,
    pub(crate) discredited_documents: Vec<u32>,
    /// By source: a class of unnamed sources.
    pub(crate) unnamed: Vec<Option<u32>>,
    pub(crate) ruled: Vec<u32>,
}

impl Ledger {
    /// Up to a dozen statements with joint reasons, loops, undercuts and acts.
    pub(crate) fn random(seed: u64) -> Ledger {
        let mut random = Random(seed);
        let count = 1 + random.below(12);
        let claims = 1 + random.below(4);
        let sources = 1 + random.below(6);
        let documents = 1 + random.below(4);
        let loops = random.chance(50);
        let mut ledger = Ledger { claims, sources, ..Ledger::default() };
        for at in 0..count {
            let basis = (!random.chance(35)).then(|| {
                let alternatives = random.below(4);
                (0..alternatives).map(|_| needs(&mut random, at, count, claims, loops)).collect()
            });
            ledger.statements.push(Statement {
                source: random.below(sources),
                document: random.below(documents),
                claim: random.below(claims),
                plus: !random.chance(25),
                held: random.chance(75),
                basis,
            });
        }
        for _ in 0..random.below(5) {
            ledger.undercuts.push((random.below(count), random.below(count)));
        }
        if random.chance(50) {
            (0..random.below(3)).for_each(|_| ledger.withdrawn.push(random.below(count)));
            (0..random.below(2)).for_each(|_| ledger.discredited_sources.push(random.below(sources)));
            (0..random.below(2)).for_each(|_| ledger.discredited_documents.push(random.below(documents)));
        }
        ledger.unnamed = (0..sources).map(|_| random.chance(40).then(|| random.below(2))).collect();
        (0..random.below(2)).for_each(|_| ledger.ruled.push(random.below(claims)));
        ledger
    }

    /// Some dozens of statements, most of which rest on each other: one large loop, as a rule, with some undercuts
    /// around it or, in every other, none.
    pub(crate) fn tangled(seed: u64) -> Ledger {
        let mut random = Random(seed);
        let count = 20 + random.below(60);
        let claims = 1 + random.below(6);
        let sources = 4 + random.below(20);
        let documents = 1 + random.below(20);
        let first_percent = 5 + random.below(30);
        let mut ledger = Ledger { claims, sources, ..Ledger::default() };
        for at in 0..count {
            let basis = (!random.chance(first_percent)).then(|| {
                let alternatives = 1 + random.below(3);
                (0..alternatives).map(|_| needs(&mut random, at, count, claims, true)).collect()
            });
            ledger.statements.push(Statement {
                source: random.below(sources),
                document: random.below(documents),
                claim: random.below(claims),
                plus: !random.chance(15),
                held: random.chance(60),
                basis,
            });
        }
        if random.chance(50) {
            for _ in 0..random.below(6) {
                ledger.undercuts.push((random.below(count), random.below(count)));
            }
        }
        ledger.unnamed = vec![None; sources as usize];
        ledger
    }

    pub(crate) fn graph(&self) -> Graph {
        let mut builder = Builder::default();
        for statement in &self.statements {
            let said = Said {
                source: statement.source,
                document: Some(statement.document),
                claim: statement.claim,
                side: if statement.plus { Side::For } else { Side::Against },
                held: statement.held,
                published: ALWAYS,
                known: ALWAYS,
            };
            match &statement.basis {
                None => builder.first_hand(said),
                Some(alternatives) => builder.relayed(said, alternatives.iter().map(Vec::as_slice)),
            };
        }
        self.undercuts.iter().for_each(|&(by, target)| builder.undercut(by, target));
        for target in self.targets() {
            builder.act(Act { target, in_force: true, published: ALWAYS, known: ALWAYS });
        }
        for (source, class) in (0..).zip(&self.unnamed) {
            class.iter().for_each(|&class| builder.unnamed(source, class));
        }
        builder.build()
    }

    /// Everything in force but undercuts.
    fn targets(&self) -> impl Iterator<Item = Target> {
        let withdrawn = self.withdrawn.iter().map(|&at| Target::Statement(at));
        let sources = self.discredited_sources.iter().map(|&at| Target::Source(at));
        let documents = self.discredited_documents.iter().map(|&at| Target::Document(at));
        let ruled = self.ruled.iter().map(|&at| Target::Claim(at));
        withdrawn.chain(sources).chain(documents).chain(ruled)
    }

    pub(crate) fn is_live(&self, at: u32) -> bool {
        let statement = &self.statements[at as usize];
        !self.withdrawn.contains(&at)
            && !self.discredited_sources.contains(&statement.source)
            && !self.discredited_documents.contains(&statement.document)
    }
}

fn needs(random: &mut Random, at: u32, count: u32, claims: u32, loops: bool) -> Vec<Need> {
    let size = if random.chance(5) { 0 } else { 1 + random.below(2) };
    let statements = if loops { count } else { at };
    let need = |random: &mut Random| {
        if statements == 0 || random.chance(20) {
            Need::Claim(random.below(claims))
        } else {
            Need::Statement(random.below(statements))
        }
    };
    (0..size).map(|_| need(random)).collect()
}

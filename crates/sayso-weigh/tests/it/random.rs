//! Small random ledgers from a seed, in a form that every way of weighing can read.

use sayso_weigh::{ALWAYS, Act, Builder, Graph, Need, Said, Side, Target};
use serde_json::{Value, json};
use std::collections::BTreeMap;

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
    /// Further alternatives, on which it only may rest.
    pub(crate) possible_basis: Vec<Vec<Need>>,
    /// It is only possible that it speaks of its claim.
    pub(crate) possible: bool,
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
    /// Sources that may be one.
    pub(crate) groups: Vec<Vec<u32>>,
    /// (source, organisation): a source's number, or one past them all for an organisation that says nothing itself.
    pub(crate) speaks_for: Vec<(u32, u32)>,
    /// Documents that may be copies of one another.
    pub(crate) copies: Vec<Vec<u32>>,
    /// The lower end of independence decides, unnamed sources merged.
    pub(crate) lower_end_decides: bool,
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
                possible_basis: Vec::new(),
                possible: false,
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
                possible_basis: Vec::new(),
                possible: false,
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

    /// A random ledger in which some links are only possible, and some sources may be one.
    pub(crate) fn doubtful(seed: u64) -> Ledger {
        Ledger::random(seed).doubted(seed)
    }

    /// The ledger with doubts about its links and its sources.
    pub(crate) fn doubted(mut self, seed: u64) -> Ledger {
        let mut random = Random(seed ^ 0xd0_0b7);
        let (count, claims, sources) = (self.statements.len() as u32, self.claims, self.sources);
        if random.chance(70) {
            for at in 0..count {
                let possible = random.chance(25);
                let alternatives = if random.chance(25) { 1 + random.below(2) } else { 0 };
                let statement = &mut self.statements[at as usize];
                statement.possible = possible;
                statement.possible_basis =
                    (0..alternatives).map(|_| needs(&mut random, at, count, claims, true)).collect();
            }
        }
        let documents = self.statements.iter().map(|statement| statement.document + 1).max().unwrap_or(1);
        let several = |random: &mut Random, limit: u32| -> Vec<u32> {
            (0..2 + random.below(2)).map(|_| random.below(limit)).collect()
        };
        if random.chance(50) {
            self.groups = (0..1 + random.below(2)).map(|_| several(&mut random, sources)).collect();
        }
        if random.chance(40) {
            // A source speaks for one organisation at most.
            self.speaks_for = (0..sources)
                .flat_map(|source| random.chance(40).then(|| (source, random.below(sources + 2))))
                .collect();
        }
        if random.chance(30) {
            self.copies = vec![several(&mut random, documents)];
        }
        let is_doubtful = |statement: &Statement| statement.possible || !statement.possible_basis.is_empty();
        self.lower_end_decides = self.statements.iter().any(is_doubtful)
            || !(self.groups.is_empty() && self.speaks_for.is_empty() && self.copies.is_empty());
        self
    }

    /// The ledger in which all possible links are sure.
    pub(crate) fn with_possible_links(&self) -> Ledger {
        let mut ledger = self.clone();
        for statement in &mut ledger.statements {
            statement.possible = false;
            let more = std::mem::take(&mut statement.possible_basis);
            if let Some(basis) = &mut statement.basis {
                basis.extend(more);
            }
        }
        ledger
    }

    /// Every set of sources that may be one, as the ledger has them: overlapping, and not heeding unnamed sources.
    pub(crate) fn sets_that_may_be_one(&self) -> Vec<Vec<u32>> {
        let mut sets = self.groups.clone();
        for &(_, organisation) in &self.speaks_for {
            let speakers = self.speaks_for.iter().filter(|pair| pair.1 == organisation).map(|pair| pair.0);
            let itself = (organisation < self.sources).then_some(organisation);
            sets.push(speakers.chain(itself).collect());
        }
        for documents in &self.copies {
            let own_voices = self.statements.iter().filter(|statement| {
                statement.held && statement.basis.is_none() && documents.contains(&statement.document)
            });
            sets.push(own_voices.map(|statement| statement.source).collect());
        }
        sets
    }

    pub(crate) fn graph(&self) -> Graph {
        let mut builder = Builder::default();
        builder.sources(self.sources);
        self.sets_that_may_be_one().iter().for_each(|set| builder.may_be_one(set));
        if self.lower_end_decides {
            builder.unnamed_count_as_one();
        }
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
            let number = match &statement.basis {
                None => builder.first_hand(said),
                Some(alternatives) => builder.relayed(said, alternatives.iter().map(Vec::as_slice)),
            };
            statement.possible_basis.iter().for_each(|needs| builder.possible_basis(number, needs));
            if statement.possible {
                builder.possible_claim(number);
            }
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

    /// The ledger as a case file; statements are named `s0`, `s1`, ..., sources `n0`, documents `d0`, claims `c0`.
    pub(crate) fn case_file(&self) -> String {
        let id = |need: &Need| match need {
            Need::Statement(at) => format!("s{at}"),
            Need::Claim(claim) => format!("claim:c{claim}"),
        };
        // A case names no claim of which nothing is said; such a claim never holds, so nothing is lost.
        let is_said = |need: &Need| match need {
            Need::Statement(_) => true,
            Need::Claim(claim) => self.statements.iter().any(|statement| statement.claim == *claim),
        };
        let sayable = |needs: &&Vec<Need>| needs.iter().all(is_said);
        let ids = |needs: &Vec<Need>| needs.iter().map(id).collect::<Vec<String>>();
        let statement = |(at, statement): (usize, &Statement)| {
            let basis = match &statement.basis {
                None => json!("first"),
                Some(sure) => {
                    let sure = sure.iter().filter(sayable).map(|needs| json!(ids(needs)));
                    let possible = statement.possible_basis.iter().filter(sayable);
                    let possible = possible.map(|needs| json!({"all": ids(needs), "possible": true}));
                    sure.chain(possible).collect()
                }
            };
            json!({
                "id": format!("s{at}"), "source": format!("n{}", statement.source),
                "document": format!("d{}", statement.document), "claim": format!("c{}", statement.claim),
                "polarity": if statement.plus { "+" } else { "-" }, "held": statement.held,
                "possible": statement.possible, "basis": basis,
            })
        };
        let names = |kind: char, numbers: &Vec<u32>| {
            numbers.iter().map(|number| format!("{kind}{number}")).collect::<Vec<String>>()
        };
        let sets =
            |kind: char, sets: &Vec<Vec<u32>>| sets.iter().map(|set| names(kind, set)).collect::<Vec<_>>();
        let sources: BTreeMap<String, Value> = (self.unnamed.iter().enumerate())
            .map(|(source, class)| {
                let unnamed = |class: u32| json!({"unnamed": true, "compatible": class.to_string()});
                (format!("n{source}"), class.map_or(json!({}), unnamed))
            })
            .collect();
        let speaks_for: BTreeMap<String, String> = (self.speaks_for.iter())
            .map(|(source, organisation)| (format!("n{source}"), format!("n{organisation}")))
            .collect();
        let discredited =
            names('n', &self.discredited_sources).into_iter().map(|name| format!("source:{name}"));
        let is_there = |document: &&u32| self.statements.iter().any(|said| said.document == **document);
        let documents = self.discredited_documents.iter().filter(is_there);
        let discredited: Vec<String> =
            discredited.chain(documents.map(|id| format!("document:d{id}"))).collect();
        let is_spoken_of = |claim: &&u32| self.statements.iter().any(|said| said.claim == **claim);
        let ruled = self
            .ruled
            .iter()
            .filter(is_spoken_of)
            .map(|claim| json!({"act": "rule", "claim": format!("c{claim}")}));
        json!({
            "statements": self.statements.iter().enumerate().map(statement).collect::<Vec<Value>>(),
            "sources": sources, "groups": sets('n', &self.groups), "speaks_for": speaks_for,
            "copies": sets('d', &self.copies), "withdrawn": names('s', &self.withdrawn),
            "undercuts": self.undercuts.iter().map(|&(by, target)| names('s', &vec![by, target])).collect::<Vec<_>>(),
            "discredited": discredited, "acts": ruled.collect::<Vec<Value>>(),
        })
        .to_string()
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

//! The same positive ledger weighed here, by datafrog, and, from a file of facts, by whoever reads it.

use crate::generate::{Recipe, Sink, generate};
use crate::timed;
use datafrog::{Iteration, Relation};
use sayso_weigh::{Builder, Model, Moment, Need, Said, Side};
use std::io::Write;

/// The ledger as relations over one numbering: statements first, then claims.
#[derive(Clone, Default)]
struct Facts {
    statements: u32,
    first: Vec<(u32, ())>,
    /// (need, who needs it alone)
    single: Vec<(u32, u32)>,
    /// (need, (other need, who needs both))
    pairs: Vec<(u32, (u32, u32))>,
    /// (statement, claim) of held statements
    counts_for: Vec<(u32, u32)>,
}

/// Claims are numbered above all statements, and below where clingo's numbers end.
const CLAIM: u32 = 1 << 30;

impl Facts {
    fn voice(&mut self, said: Said) -> u32 {
        let statement = self.statements;
        self.statements += 1;
        if said.held {
            self.counts_for.push((statement, said.claim | CLAIM));
        }
        statement
    }
}

impl Sink for Facts {
    fn first_hand(&mut self, said: Said) {
        let statement = self.voice(said);
        self.first.push((statement, ()));
    }

    fn relayed(&mut self, said: Said, alternatives: &[&[Need]]) {
        let statement = self.voice(said);
        let number = |need: Need| match need {
            Need::Statement(statement) => statement,
            Need::Claim(claim) => claim | CLAIM,
        };
        for alternative in alternatives {
            match **alternative {
                [need] => self.single.push((number(need), statement)),
                [one, other] => self.pairs.push((number(one), (number(other), statement))),
                _ => unreachable!("the recipe makes alternatives of one or two needs"),
            }
        }
    }

    fn undercut(&mut self, _: u32, _: u32) {
        unreachable!("a positive recipe has no undercuts")
    }

    fn withdrawn(&mut self, _: u32) {
        unreachable!("a positive recipe has no withdrawals")
    }
}

pub(crate) fn run(statements: u32, facts_path: Option<String>) {
    let recipe = Recipe::positive(statements);
    let mut builder = Builder::default();
    generate(&recipe, &mut builder);
    let mut facts = Facts::default();
    generate(&recipe, &mut facts);
    if let Some(path) = facts_path {
        write_facts(&facts, &path).unwrap_or_else(|error| panic!("cannot write {path}: {error}"));
    }
    let (graph, arrange_s) = timed(|| builder.build());
    let (model, model_s) = timed(|| Model::new(&graph, Moment::ALL));
    let claim_count = graph.claim_count();
    let (relations, datafrog_arrange_s) = timed(|| Relations::new(facts.clone()));
    let (held, datafrog_s) = timed(|| relations.fixpoint());
    let mut stand = vec![false; facts.statements as usize];
    let mut claims = vec![false; claim_count];
    for &node in held.iter() {
        if node & CLAIM == 0 {
            stand[node as usize] = true;
        } else {
            claims[(node & !CLAIM) as usize] = true;
        }
    }
    let same = (0..facts.statements).all(|at| model.statement(at).is_true() == stand[at as usize])
        && (0..claims.len() as u32)
            .all(|claim| model.side(claim, Side::For).is_true() == claims[claim as usize]);
    assert!(same, "sayso-weigh and datafrog do not agree");
    let count = |values: &[bool]| values.iter().filter(|value| **value).count();
    println!(
        "{}",
        serde_json::json!({
            "statements": facts.statements, "claims": claims.len(),
            "standing_statements": count(&stand), "standing_claims": count(&claims),
            "sayso": { "arrange_cpu_s": arrange_s, "model_cpu_s": model_s },
            "datafrog": { "arrange_cpu_s": datafrog_arrange_s, "model_cpu_s": datafrog_s },
        })
    );
}

/// The ledger as datafrog wants it.
struct Relations {
    first: Relation<(u32, ())>,
    single: Relation<(u32, u32)>,
    pairs: Relation<(u32, (u32, u32))>,
}

impl Relations {
    fn new(facts: Facts) -> Relations {
        Relations {
            first: Relation::from_vec(facts.first),
            single: Relation::from_vec(facts.single.into_iter().chain(facts.counts_for).collect()),
            pairs: Relation::from_vec(facts.pairs),
        }
    }

    /// Everything that holds, statements and claims.
    fn fixpoint(self) -> Vec<u32> {
        let mut iteration = Iteration::new();
        let holds = iteration.variable::<(u32, ())>("holds");
        let half = iteration.variable::<(u32, u32)>("half");
        holds.insert(self.first);
        while iteration.changed() {
            holds.from_join(&holds, &self.single, |_, _, &who| (who, ()));
            half.from_join(&holds, &self.pairs, |_, _, &(other, who)| (other, who));
            holds.from_join(&holds, &half, |_, _, &who| (who, ()));
        }
        holds.complete().iter().map(|&(node, ())| node).collect()
    }
}

/// The ledger as facts of a logic program.
fn write_facts(facts: &Facts, path: &str) -> std::io::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    for (statement, ()) in &facts.first {
        writeln!(file, "first({statement}).")?;
    }
    for (need, who) in facts.single.iter().chain(&facts.counts_for) {
        writeln!(file, "single({need},{who}).")?;
    }
    for (one, (other, who)) in &facts.pairs {
        writeln!(file, "pair({one},{other},{who}).")?;
    }
    file.flush()
}

//! The same positive ledger weighed here, by datafrog, and, from a file of facts, by whoever reads it.

use crate::generate::{Recipe, Sink, generate};
use crate::timed;
use datafrog::{Iteration, Relation};
use sayso_weigh::{Builder, Graph, Model, Moment, Need, Said, Side};
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

/// How often each finds the model; they take turns, so that what else the machine does strikes both.
const ROUNDS: usize = 9;

/// Where to write what others read: the facts, and what holds.
pub(crate) struct Files {
    pub(crate) facts: Option<String>,
    pub(crate) held: Option<String>,
}

/// Both start from the same facts, arrange them once, and then find, several times, the same list: the numbers of
/// all statements and claims that hold, in order.
pub(crate) fn run(statements: u32, files: &Files) {
    let recipe = Recipe::positive(statements);
    let mut builder = Builder::default();
    generate(&recipe, &mut builder);
    let mut facts = Facts::default();
    generate(&recipe, &mut facts);
    let write = |path: &Option<String>, write: &dyn Fn(&str) -> std::io::Result<()>| {
        let Some(path) = path else { return };
        write(path).unwrap_or_else(|error| panic!("cannot write {path}: {error}"));
    };
    write(&files.facts, &|path| write_facts(&facts, path));
    let statement_count = facts.statements;
    let (graph, arrange_s) = timed(|| builder.build());
    let (relations, datafrog_arrange_s) = timed(|| Relations::new(facts));
    let (mut ours, mut datafrogs) = (Vec::new(), Vec::new());
    let mut held = Vec::new();
    for _ in 0..ROUNDS {
        let (mine, model_s) = timed(|| held_by_model(&graph));
        // It uses its relations up; that they have to be copied for this is no fault of it.
        let copy = relations.clone();
        let (theirs, datafrog_s) = timed(|| copy.fixpoint());
        assert!(mine == theirs, "sayso-weigh and datafrog do not agree on what holds");
        ours.push(model_s);
        datafrogs.push(datafrog_s);
        held = mine;
    }
    write(&files.held, &|path| write_held(&held, path));
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[ROUNDS / 2]
    };
    let claims = held.iter().filter(|&&number| number & CLAIM != 0).count();
    println!(
        "{}",
        serde_json::json!({
            "statements": statement_count, "claims": graph.claim_count(), "seed": recipe.seed, "rounds": ROUNDS,
            "standing_statements": held.len() - claims, "standing_claims": claims,
            "sayso": { "arrange_cpu_s": arrange_s, "model_cpu_s": median(&mut ours) },
            "datafrog": { "arrange_cpu_s": datafrog_arrange_s, "model_cpu_s": median(&mut datafrogs) },
        })
    );
}

/// Everything that holds, statements and claims, as numbered in [`Facts`].
fn held_by_model(graph: &Graph) -> Vec<u32> {
    let model = Model::new(graph, Moment::ALL);
    let statements = (0..graph.statement_count() as u32).filter(|&at| model.statement(at).is_true());
    let claims = (0..graph.claim_count() as u32).filter(|&claim| model.side(claim, Side::For).is_true());
    statements.chain(claims.map(|claim| claim | CLAIM)).collect()
}

/// The ledger as datafrog wants it.
#[derive(Clone)]
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

    /// Everything that holds, statements and claims, in order.
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

/// What holds, a number a line.
fn write_held(held: &[u32], path: &str) -> std::io::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    for number in held {
        writeln!(file, "{number}")?;
    }
    file.flush()
}

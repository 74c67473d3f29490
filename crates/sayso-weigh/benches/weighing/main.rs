//! Measures weighing on a generated ledger: `cargo bench -p sayso-weigh -- [--statements N] [--record FILE]`, and
//! races it on a ledger without negation: `... -- --race [--statements N] [--facts FILE] [--held FILE]`.
//!
//! All times are CPU time of the one thread that does the work, since machines are shared.

mod generate;
mod race;

use cpu_time::ThreadTime;
use generate::{Random, Recipe, SPAN, START, generate};
use sayso_weigh::{Builder, Change, Graph, Model, Moment, Standing, Target, Weighing};
use serde_json::{Value, json};
use std::hint::black_box;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value_of = |flag: &str| {
        let at = arguments.iter().position(|argument| argument == flag)?;
        arguments.get(at + 1).cloned()
    };
    let statements =
        value_of("--statements").map(|count| count.replace('_', "").parse().expect("a number of statements"));
    if arguments.iter().any(|argument| argument == "--race") {
        let files = race::Files { facts: value_of("--facts"), held: value_of("--held") };
        race::run(statements.unwrap_or(1_000_000), &files);
        return;
    }
    // `cargo test --benches` asks whether this runs at all.
    let quick = arguments.iter().any(|argument| argument == "--test");
    let record = measure(statements.unwrap_or(if quick { 10_000 } else { 10_000_000 }));
    if let Some(path) = value_of("--record") {
        let text = serde_json::to_string_pretty(&record).expect("figures are plain data");
        std::fs::write(&path, text + "\n").unwrap_or_else(|error| panic!("cannot write {path}: {error}"));
    }
}

/// Runs something and gives its CPU time in seconds.
pub(crate) fn timed<T>(act: impl FnOnce() -> T) -> (T, f64) {
    let start = ThreadTime::now();
    let result = black_box(act());
    (result, start.elapsed().as_secs_f64())
}

fn show(name: &str, value: f64, unit: &str, limit: Option<f64>) {
    let limit = limit.map_or(String::new(), |limit| format!("   wanted {limit} or less"));
    println!("{name:<48} {value:>10.3} {unit:<3}{limit}");
}

fn measure(statements: u32) -> Value {
    let recipe = Recipe::full(statements);
    let (builder, generate_s) = timed(|| {
        let mut builder = Builder::default();
        generate(&recipe, &mut builder);
        unnamed(&mut builder, recipe.sources);
        builder
    });
    let (graph, build_s) = timed(|| builder.build());
    println!(
        "{} statements, {} claims, {} sources, seed {}",
        graph.statement_count(),
        graph.claim_count(),
        graph.source_count(),
        recipe.seed
    );
    show("generating", generate_s, "s", None);
    show("arranging the arrays", build_s, "s", None);
    let (_, model_s) = timed(|| Model::new(&graph, Moment::ALL));
    show("full model", model_s, "s", Some(1.0));
    let middle = Moment { published_by: START + i64::from(SPAN / 2), ..Moment::ALL };
    let (_, model_as_of_s) = timed(|| Model::new(&graph, middle));
    show("whole ledger as of a date", model_as_of_s, "s", Some(1.5));
    let (mut weighing, standings_s) = timed(|| Weighing::new(&graph, Moment::ALL));
    show("all standings, single points, independence", standings_s, "s", Some(10.0));
    let standings = count_standings(&weighing);
    let ranges =
        weighing.weights().iter().filter(|weight| weight.independence_for.0 != weight.independence_for.1);
    let ranges = ranges.count();
    let what_if = measure_what_if(&mut weighing);
    let as_of = measure_as_of(&graph);
    let peak = peak_bytes();
    show("peak memory", peak as f64 / 1e9, "GB", Some(1.5));
    println!("standings: {standings}; independence given as a range: {ranges}");
    json!({
        "statements": graph.statement_count(), "claims": graph.claim_count(), "sources": graph.source_count(),
        "seed": recipe.seed, "standings": standings, "ranges": ranges,
        "cpu_s": {
            "generate": generate_s, "arrange": build_s, "model": model_s, "model_as_of": model_as_of_s,
            "standings": standings_s
        },
        "what_if_ms": what_if, "claim_as_of_ms": as_of, "peak_bytes": peak,
    })
}

/// Every tenth source but the wire services is somebody whom nobody names, of one of a hundred descriptions.
fn unnamed(builder: &mut Builder, sources: u32) {
    (9..sources).step_by(10).for_each(|source| builder.unnamed(source, source / 10 % 100));
}

fn count_standings(weighing: &Weighing) -> Value {
    let mut counts = std::collections::BTreeMap::<Standing, u32>::new();
    weighing.weights().iter().for_each(|weight| *counts.entry(weight.standing).or_default() += 1);
    Value::Object(
        counts.into_iter().map(|(standing, count)| (standing.name().to_owned(), count.into())).collect(),
    )
}

fn measure_what_if(weighing: &mut Weighing) -> Value {
    let graph = weighing.graph();
    let mut random = Random(7);
    let discredit = |weighing: &mut Weighing, source: u32| {
        let change = Change { target: Target::Source(source), in_force: true };
        let (effect, seconds) = timed(|| weighing.what_if(&[change]));
        (effect, seconds * 1e3)
    };
    let mut times: Vec<f64> =
        (0..2_000).map(|_| discredit(weighing, random.below(graph.source_count() as u32)).1).collect();
    times.sort_by(f64::total_cmp);
    let largest =
        (0..graph.source_count() as u32).max_by_key(|&source| graph.statements_by(source)).unwrap_or(0);
    let (effect, _) = discredit(weighing, largest);
    let mut largest_times: Vec<f64> = (0..9).map(|_| discredit(weighing, largest).1).collect();
    largest_times.sort_by(f64::total_cmp);
    let (largest_ms, slowest_ms) = (quantile(&largest_times, 0.5), quantile(&largest_times, 1.0));
    // Of two statements anywhere, so that every other undercut leads against the order of the graph.
    let statements = graph.statement_count() as u32;
    let mut undercut_times: Vec<f64> = (0..2_000)
        .map(|_| {
            let (by, statement) = (random.below(statements), random.below(statements));
            let change = Change { target: Target::Undercut { by, statement }, in_force: true };
            timed(|| weighing.what_if(&[change])).1 * 1e3
        })
        .collect();
    undercut_times.sort_by(f64::total_cmp);
    let (undercut_median, undercut_p99) = (quantile(&undercut_times, 0.5), quantile(&undercut_times, 0.99));
    show("what-if of a new undercut, median", undercut_median, "ms", None);
    show("what-if of a new undercut, 99th percentile", undercut_p99, "ms", None);
    let (median, p99) = (quantile(&times, 0.5), quantile(&times, 0.99));
    show("what-if of a random source, median", median, "ms", Some(0.2));
    show("what-if of a random source, 99th percentile", p99, "ms", Some(20.0));
    show("what-if of the largest source, median of nine", largest_ms, "ms", Some(150.0));
    show("what-if of the largest source, slowest of nine", slowest_ms, "ms", None);
    println!(
        "the largest source made {} statements; with it {} claims fall, {} revive, {} change",
        graph.statements_by(largest),
        effect.fell.len(),
        effect.revived.len(),
        effect.changed.len()
    );
    json!({
        "median": median, "p99": p99, "largest": largest_ms, "largest_slowest": slowest_ms,
        "undercut_median": undercut_median, "undercut_p99": undercut_p99,
        "largest_statements": graph.statements_by(largest),
        "largest_effect": {
            "fell": effect.fell.len(), "revived": effect.revived.len(), "changed": effect.changed.len(),
        },
    })
}

fn measure_as_of(graph: &Graph) -> Value {
    let mut random = Random(8);
    let mut times: Vec<f64> = (0..10_000)
        .map(|_| {
            let moment = Moment { published_by: START + i64::from(random.below(SPAN)), ..Moment::ALL };
            let claim = random.below(graph.claim_count() as u32);
            timed(|| graph.standing_at(claim, moment)).1 * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let (median, p99, worst) = (quantile(&times, 0.5), quantile(&times, 0.99), quantile(&times, 1.0));
    show("a claim as of a date, median", median, "ms", Some(1.0));
    show("a claim as of a date, 99th percentile", p99, "ms", Some(1.0));
    show("a claim as of a date, the slowest of 10,000", worst, "ms", None);
    json!({ "median": median, "p99": p99, "worst": worst })
}

fn quantile(sorted: &[f64], share: f64) -> f64 {
    sorted[((sorted.len() - 1) as f64 * share).round() as usize]
}

/// The most memory this process ever held; 0 where the system does not tell.
fn peak_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok())
        .map_or(0, |kb| kb * 1024)
}

//! Measures the desk on a made-up ledger: `cargo bench -p sayso -- [--statements N] [--folder F] [--pages F]
//! [--record FILE]`. Opening, asking, an act with its consequences, reading more pages, and the memory all that takes.
//! With `--busy FILE` nothing is measured: a copy of the ledger is made on which people are at work.
//!
//! The ledger is made once and kept in the folder. Times are CPU time of this process but where said.

mod busy;
mod generate;
mod linking;

use cpu_time::ProcessTime;
use generate::{Random, claim_words, generate, page_text};
use sayso::{AsOf, Desk, Filters, Input, Question, Report, Wanted, Watch};
use sayso_ledger::Ledger;
use sayso_record::{ActKind, Subject};
use serde_json::{Value, json};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// So many pages are read one by one.
const ONE_BY_ONE: usize = 300;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value_of = |flag: &str| {
        let at = arguments.iter().position(|argument| argument == flag)?;
        arguments.get(at + 1).cloned()
    };
    // `cargo test --benches` asks whether this runs at all.
    let quick = arguments.iter().any(|argument| argument == "--test");
    let statements: usize = value_of("--statements").map_or(if quick { 2_000 } else { 1_000_000 }, |count| {
        count.replace('_', "").parse().expect("a number")
    });
    let folder =
        value_of("--folder").map_or_else(|| std::env::temp_dir().join("sayso-bench-desk"), PathBuf::from);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let path = folder.join(format!("{statements}.db"));
    if let Some(copied) = value_of("--busy") {
        return make_busy_copy(&path, statements, Path::new(&copied));
    }
    let record = measure(&path, statements, value_of("--pages").map(PathBuf::from));
    if let Some(path) = value_of("--record") {
        let text = serde_json::to_string_pretty(&record).expect("figures are plain data");
        std::fs::write(&path, text + "\n").unwrap_or_else(|error| panic!("cannot write {path}: {error}"));
    }
}

/// Runs something; gives its CPU time and its time on the clock, both in milliseconds.
fn timed<T>(act: impl FnOnce() -> T) -> (T, f64, f64) {
    let (cpu, wall) = (ProcessTime::now(), Instant::now());
    let result = std::hint::black_box(act());
    (result, cpu.elapsed().as_secs_f64() * 1e3, wall.elapsed().as_secs_f64() * 1e3)
}

fn now() -> String {
    "2026-01-01T00:00:00Z".to_owned()
}

fn open(path: &Path) -> Desk {
    Desk::open(path, 0, now).expect("it opens")
}

/// Makes the ledger where it is not there yet. Under its name it is only ever whole.
fn make(path: &Path, statements: usize) {
    if path.exists() {
        return;
    }
    let unfinished = path.with_extension("unfinished");
    let _ = std::fs::remove_file(&unfinished);
    let ledger = Ledger::create(&unfinished, 0).expect("it can be made");
    let (made, cpu_ms, _) = timed(|| generate(&ledger, statements, 11));
    made.expect("it can be written");
    drop(ledger);
    println!("{:<44} {:>10.1} s", "making the ledger", cpu_ms / 1e3);
    let mut desk = Desk::open(&unfinished, 0, now).expect("it opens");
    let (weighed, cpu_ms, _) = timed(|| desk.weigh_anew());
    println!(
        "{:<44} {:>10.1} s",
        format!("weighing all {} claims", weighed.expect("it weighs")),
        cpu_ms / 1e3
    );
    drop(desk);
    std::fs::rename(&unfinished, path).expect("it can be renamed");
}

/// Makes a copy of the ledger at which people are at work, with its search index, where it is not there yet.
fn make_busy_copy(path: &Path, statements: usize, busy: &Path) {
    make(path, statements);
    if busy.exists() {
        return;
    }
    let unfinished = copy(path);
    busy::make_busy(&unfinished);
    let mut desk = open(&unfinished);
    desk.index(false, &mut |_, _| {}).expect("it can be indexed");
    drop(desk);
    // What was written last goes into the file itself, which alone is renamed.
    std::fs::rename(index_of(&unfinished), index_of(busy)).expect("it can be renamed");
    std::fs::rename(&unfinished, busy).expect("it can be renamed");
}

fn measure(path: &Path, statements: usize, pages: Option<PathBuf>) -> Value {
    make(path, statements);
    let mut opening: Vec<f64> = (0..21).map(|_| timed(|| open(path)).2).collect();
    let opening = show("opening, on the clock", &mut opening, 100.0);
    let mut random = Random(5);
    let mut desk = open(path);
    let (_, index_ms, _) = timed(|| desk.unindexed().expect("it has an index"));
    let (_, first_ms, _) = timed(|| desk.ask(&question("first")).expect("it answers"));
    println!("{:<44} {:>10.1} s", "indexing what is not indexed yet", (index_ms + first_ms) / 1e3);
    let claims = statements * 6 / 10;
    let mut questions: Vec<f64> = (0..1_000)
        .map(|_| {
            let words = claim_words(random.below(claims));
            let asked: Vec<String> = words.into_iter().take(3 + random.below(4)).collect();
            let asked = question(&asked.join(" "));
            timed(|| desk.ask(&asked).expect("it answers")).1
        })
        .collect();
    let ask = show("ask", &mut questions, 50.0);
    drop(desk);
    let ledger_bytes = std::fs::metadata(path).expect("it is there").len();
    // What follows changes the ledger, and the next run wants it as it is.
    let copy = copy(path);
    let path = copy.as_path();
    let mut desk = open(path);
    let sources = some_sources(path, 500, &mut random);
    let mut acts = Vec::new();
    for name in sources {
        let wanted =
            |act, on| Wanted { act, on, with: None, by: "bench".into(), because: "to measure".into() };
        let (done, cpu_ms, _) = timed(|| desk.act(wanted(ActKind::Discredit, Subject::Source(name)), false));
        acts.push(cpu_ms);
        let undo = wanted(ActKind::Undo, Subject::Act(done.expect("it is done").act.id));
        acts.push(timed(|| desk.act(undo, false)).1);
    }
    let act = show("an act with its consequences", &mut acts, 100.0);
    drop(desk);
    let reading = pages.map(|pages| read(path, &pages, claims));
    remove(path);
    let peak = peak_bytes();
    println!("{:<44} {:>10.2} GB  wanted 3 or less", "peak memory", peak as f64 / 1e9);
    json!({
        "statements": statements, "opening_ms": opening, "ask_ms": ask, "act_ms": act, "reading": reading,
        "peak_bytes": peak, "ledger_bytes": ledger_bytes,
    })
}

fn question(words: &str) -> Question {
    Question {
        words: words.to_owned(),
        filters: Filters::default(),
        standings: Vec::new(),
        as_of: AsOf::NOW,
        limit: 10,
    }
}

/// The folder of the search index of a ledger.
fn index_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".search");
    PathBuf::from(name)
}

/// Copies a ledger with its index.
fn copy(path: &Path) -> PathBuf {
    let copy = path.with_extension("run.db");
    remove(&copy);
    std::fs::copy(path, &copy).expect("there is room for a copy");
    std::fs::create_dir_all(index_of(&copy)).expect("the folder can be made");
    for file in std::fs::read_dir(index_of(path)).expect("there is an index") {
        let file = file.expect("it can be listed");
        std::fs::copy(file.path(), index_of(&copy).join(file.file_name())).expect("there is room for a copy");
    }
    copy
}

/// Removes a copy and all that stands beside it; what is not there need not be removed.
fn remove(path: &Path) {
    let _ = std::fs::remove_dir_all(index_of(path));
    for ending in ["run.db", "run.db-wal", "run.db-shm"] {
        let _ = std::fs::remove_file(path.with_extension("").with_extension(ending));
    }
}

/// Sources of the ledger, any of them as likely as any other.
fn some_sources(path: &Path, count: usize, random: &mut Random) -> Vec<String> {
    let ledger = Ledger::open(path, 0).expect("it opens");
    let sources = ledger.linked_sources().expect("it lists its sources");
    (0..count).map(|_| sources[random.below(sources.len())].name.clone()).collect()
}

struct Quiet;

impl Watch for Quiet {
    fn report(&mut self, _: Report) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// Reads a folder of pages into the ledger: the first page apart, since the linker takes up the ledger with it, and then
/// some pages each by itself.
fn read(path: &Path, pages: &Path, claims: usize) -> Value {
    let mut desk = open(path);
    let mut inputs = sayso::intake([pages]).inputs;
    let rest = inputs.split_off(1);
    let (_, first_ms, _) = timed(|| desk.read(inputs, &mut Quiet).expect("it reads"));
    let count = rest.len();
    let (_, cpu_ms, wall_ms) = timed(|| desk.read(rest, &mut Quiet).expect("it reads"));
    let a_second = |ms: f64| count as f64 / ms * 1e3;
    println!("{:<44} {:>10.1} s", "taking up the ledger before reading", first_ms / 1e3);
    println!("{:<44} {:>10.1} pages a second of CPU", format!("reading {count} pages"), a_second(cpu_ms));
    println!(
        "{:<44} {:>10.1} pages a second, wanted 100 or more",
        "the same on the clock",
        a_second(wall_ms)
    );
    let mut random = Random(11);
    let mut texts = (0..2 * ONE_BY_ONE).map(|_| page_text(&mut random, claims));
    let mut alone: Vec<f64> = texts
        .by_ref()
        .take(ONE_BY_ONE)
        .map(|text| timed(|| desk.read([Input::bytes("made up", text)], &mut Quiet).expect("it reads")).2)
        .collect();
    let alone = show("a page by itself, on the clock", &mut alone, 250.0);
    drop(desk);
    let linked = show("linking it alone", &mut linking::link_alone(path, texts), 50.0);
    json!({
        "pages": count, "take_up_ms": first_ms, "per_cpu_s": a_second(cpu_ms), "per_s": a_second(wall_ms),
        "one_page_ms": alone, "link_one_page_ms": linked,
    })
}

fn show(name: &str, times: &mut [f64], wanted: f64) -> Value {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    let (median, p99, worst) = (at(0.5), at(0.99), at(1.0));
    println!(
        "{name:<44} {median:>10.3} ms median {p99:>10.3} p99 {worst:>10.3} worst   wanted {wanted} at p99"
    );
    json!({ "median": median, "p99": p99, "worst": worst })
}

/// The most memory this process ever held; 0 where the system does not tell.
fn peak_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok())
        .map_or(0, |kb| kb * 1024)
}

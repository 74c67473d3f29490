//! `cargo xtask race web [STATEMENTS]`: how soon pages and answers come from a served ledger, to 50 readers at once.
//!
//! The ledger is the one of `race desk`, in a copy at which people are at work: matters wait, acts were done, pages were
//! corrected. `wrk` asks in two ways: each reader for a page a second, as people who read fast might, and all of them
//! without a pause. Time is that of the clock, as readers feel it, with `wrk` itself on the same machine; the figures are
//! kept in `benchmarks/web.json`.

use super::cpu::measure;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const STATEMENTS: &str = "1000000";
const READERS: usize = 50;
/// So long each kind of page is asked for, each way.
const ASKED_FOR: &str = "5s";
/// So many claims are picked, evenly over all; what else is asked for is taken from them.
const CLAIMS: usize = 200;
/// Words of the made-up claims come back at this share of the statements.
const CLAIMS_A_STATEMENT: f64 = 0.6;
const WANTED_P99_MS: f64 = 50.0;
const WANTED_KB: f64 = 150.0;

pub(super) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let statements = match arguments {
        [] => STATEMENTS,
        [count] => count,
        _ => bail!("race web takes one number of statements at most"),
    };
    let wrk = Command::new("wrk").arg("--version").output();
    ensure!(wrk.is_ok(), "wrk is missing: `apt-get install wrk` or `brew install wrk` brings it");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let folder: PathBuf = target.join("race-web");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let ledger = folder.join(format!("{statements}.db"));
    let mut bench = Command::new(env!("CARGO"));
    bench.args(["bench", "--quiet", "-p", "sayso", "--bench", "desk", "--", "--statements", statements]);
    bench.arg("--folder").arg(target.join("race-desk")).arg("--busy").arg(&ledger).current_dir(root);
    measure(&mut bench)?;
    measure(Command::new(env!("CARGO")).current_dir(root).args(["build", "--release", "-p", "sayso-cli"]))?;
    let server = Server::start(&target.join("release/sayso"), &ledger)?;
    let claims = (statements.replace('_', "").parse::<f64>()? * CLAIMS_A_STATEMENT) as usize;
    let mut kinds = BTreeMap::new();
    println!("{:<24} {:>19} {:>25} {:>9}", "", "a page a second each", "without a pause", "largest");
    println!(
        "{:<24} {:>9} {:>9} {:>9} {:>9} {:>6} {:>9}",
        "", "p50 ms", "p99 ms", "p50 ms", "p99 ms", "/s", "kB"
    );
    for (kind, addresses) in addresses(&server, claims)? {
        let largest_kb = server.largest(&addresses)? as f64 / 1e3;
        let paced = load(&server, &folder, &addresses, true)?;
        let pressed = load(&server, &folder, &addresses, false)?;
        println!(
            "{kind:<24} {:>9.1} {:>9.1} {:>9.1} {:>9.1} {:>6.0} {largest_kb:>9.1}{}",
            paced.p50_ms,
            paced.p99_ms,
            pressed.p50_ms,
            pressed.p99_ms,
            pressed.per_s,
            if paced.p99_ms > WANTED_P99_MS || largest_kb > WANTED_KB { "  too much" } else { "" },
        );
        kinds.insert(
            kind,
            json!({ "addresses": addresses.len(), "largest_kb": largest_kb, "paced": paced.json(),
                    "pressed": pressed.json() }),
        );
    }
    println!("wanted: {WANTED_P99_MS} ms at p99 and {WANTED_KB} kB at most");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let record = json!({ "statements": statements, "readers": READERS, "cores": cores, "pages": kinds });
    let path = root.join("benchmarks/web.json");
    let text = serde_json::to_string_pretty(&record)? + "\n";
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The program, serving.
struct Server {
    process: Child,
    host: String,
}

impl Server {
    fn start(program: &Path, ledger: &Path) -> Result<Server> {
        let mut serve = Command::new(program);
        serve.arg("serve").arg(ledger).args(["--port", "0"]).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = serve.spawn().with_context(|| format!("cannot start {}", program.display()))?;
        let said = process.stderr.take().context("it says where it is")?;
        let line = BufReader::new(said).lines().next().context("the server ended at once")??;
        let host = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        let host = host.with_context(|| format!("the server said {line:?}"))?.to_owned();
        Ok(Server { process, host })
    }

    /// What an address gives; an error unless it gives what it should.
    fn get(&self, address: &str) -> Result<Vec<u8>> {
        let mut stream = TcpStream::connect(&self.host)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        write!(stream, "GET {address} HTTP/1.0\r\nHost: {}\r\n\r\n", self.host)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let head = answer.windows(4).position(|four| four == b"\r\n\r\n").context("no answer came")?;
        let status = String::from_utf8_lossy(&answer[..head]).lines().next().unwrap_or_default().to_owned();
        ensure!(status.contains(" 200 "), "{address} gives {status}");
        Ok(answer.split_off(head + 4))
    }

    fn json(&self, address: &str) -> Result<Value> {
        serde_json::from_slice(&self.get(address)?).with_context(|| format!("{address} gives no JSON"))
    }

    /// The length of the longest of some answers.
    fn largest(&self, addresses: &[String]) -> Result<usize> {
        let lengths: Result<Vec<usize>> =
            addresses.iter().map(|address| self.get(address).map(|answer| answer.len())).collect();
        Ok(lengths?.into_iter().max().unwrap_or(0))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Every kind of page with addresses of it, many where they differ.
fn addresses(server: &Server, claims: usize) -> Result<Vec<(&'static str, Vec<String>)>> {
    let (mut ids, mut statements, mut documents, mut names, mut words) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for number in 0..CLAIMS {
        // The place in this list is the number of a claim.
        let part =
            server.json(&format!("/api/v1/claims?limit=1&after=0.{}", number * (claims - 2) / CLAIMS))?;
        let claim = &part["claims"][0];
        let id = text(&claim["id"])?;
        let answer = server.json(&format!("/api/v1/claims/{id}"))?;
        let chain = &answer["chains"][0];
        statements.push(text(&chain["statement"])?);
        documents.push(text(&chain["page"]["id"])?);
        names.push(text(&chain["steps"][number % 3]["source"]["name"])?);
        words.push(text(&claim["words"])?.split(' ').take(3 + number % 3).collect::<Vec<_>>().join(" "));
        ids.push(id);
    }
    let of = |form: &str, all: &[String]| -> Vec<String> {
        all.iter().map(|one| form.replace("{}", &escaped(one))).collect()
    };
    let parts = |list: &str| parts(server, list);
    let what_if = ids.iter().zip(&names).map(|(id, name)| format!("/claims/{id}?without={}", escaped(name)));
    let dates =
        |form: &str| of(form, &(0..28).map(|day| format!("2021-03-{:02}", day + 1)).collect::<Vec<_>>());
    let one = |address: &str| vec![address.to_owned()];
    let (claims, sources) = (parts("claims")?, parts("sources")?);
    let (corrections, review) = (parts("corrections")?, parts("review")?);
    let log: Vec<String> = (0..20).map(|part| format!("{}", part * 200)).collect();
    let mut lists = of("/claims?after={}", &claims);
    lists.extend(
        ["single-sourced", "contested", "refuted", "denied"].map(|word| format!("/claims?standing={word}")),
    );
    Ok(vec![
        ("home", one("/")),
        ("search", of("/search?q={}", &words)),
        ("search, statements", of("/search?in=statements&q={}", &words)),
        ("search, pages", of("/search?in=documents&q={}", &words)),
        ("claims", lists),
        ("claims as of a day", dates("/claims?as_of={}")),
        ("claims changed since", dates("/claims?changed_since={}")),
        ("claim", of("/claims/{}", &ids)),
        ("claim as of a day", of("/claims/{}?as_of=2021-03-01", &ids)),
        ("claim, two days", of("/claims/{}?then=2021-03-01", &ids)),
        ("claim, what-if", what_if.collect()),
        ("statement", of("/statements/{}", &statements)),
        ("documents", one("/documents")),
        ("document", of("/documents/{}", &documents)),
        ("sources", of("/sources?after={}", &sources)),
        ("source", of("/source?name={}", &names)),
        ("corrections", of("/corrections?after={}", &corrections)),
        ("review", of("/review?after={}", &review)),
        ("hypotheses", one("/hypotheses")),
        ("log", of("/log?before={}", &log)),
        ("add", one("/add")),
        ("feed of changes", one("/feeds/changes")),
        ("feed of a claim", of("/feeds/claims/{}", &ids)),
        ("feed of a source", of("/feeds/source?name={}", &names)),
        ("feed of a search", of("/feeds/search?q={}", &words)),
        ("API ask", of("/api/v1/ask?q={}", &words)),
        ("API claims", of("/api/v1/claims?after={}", &claims)),
        ("API claim", of("/api/v1/claims/{}", &ids)),
        ("API history", of("/api/v1/claims/{}/history", &ids)),
        ("API statement", of("/api/v1/statements/{}", &statements)),
        ("API document", of("/api/v1/documents/{}", &documents)),
        ("API sources", of("/api/v1/sources?after={}", &sources)),
        ("API source", of("/api/v1/source?name={}", &names)),
        ("API corrections", of("/api/v1/corrections?after={}", &corrections)),
        ("API review", of("/api/v1/review?after={}", &review)),
        ("API log", of("/api/v1/log?after={}", &log)),
    ])
}

/// Places in a list, some parts one after another; the first is the beginning.
fn parts(server: &Server, list: &str) -> Result<Vec<String>> {
    let mut places = vec![String::new()];
    while let Some(place) = places.last().filter(|_| places.len() < 30) {
        match &server.json(&format!("/api/v1/{list}?after={place}"))?["next"] {
            Value::String(next) => places.push(next.clone()),
            _ => break,
        }
    }
    Ok(places)
}

fn text(value: &Value) -> Result<String> {
    value.as_str().map(str::to_owned).with_context(|| format!("{value} is no text"))
}

/// A value as an address has it.
fn escaped(value: &str) -> String {
    let mut escaped = String::new();
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => escaped.push(byte as char),
            _ => {
                let _ = write!(escaped, "%{byte:02X}");
            }
        }
    }
    escaped
}

/// What readers felt.
struct Felt {
    p50_ms: f64,
    p99_ms: f64,
    per_s: f64,
    answers: u64,
}

impl Felt {
    fn json(&self) -> Value {
        json!({ "p50_ms": self.p50_ms, "p99_ms": self.p99_ms, "per_s": self.per_s, "answers": self.answers })
    }
}

/// Has all readers ask for these addresses in turn; an error where any answer is not as it should be.
fn load(server: &Server, folder: &Path, addresses: &[String], paced: bool) -> Result<Felt> {
    let script = folder.join("addresses.lua");
    let mut lua = String::from("local addresses = {\n");
    for address in addresses {
        writeln!(lua, "  {address:?},")?;
    }
    lua += "}\nlocal at = 0\nfunction request()\n  at = at % #addresses + 1\n";
    lua += "  return wrk.format(\"GET\", addresses[at])\nend\n";
    if paced {
        lua += "function delay() return math.random(500, 1500) end\n";
    }
    lua += "function done(summary, latency)\n  local wrong = summary.errors\n";
    lua += "  io.write(string.format(\"FELT %d %d %d %d %d\\n\", latency:percentile(50), latency:percentile(99),\n";
    lua += "    summary.requests, summary.duration, wrong.connect + wrong.read + wrong.write + wrong.status + wrong.timeout))\n";
    lua += "end\n";
    std::fs::write(&script, lua).with_context(|| format!("cannot write {}", script.display()))?;
    let output = Command::new("wrk")
        .args([
            "--threads",
            "1",
            "--connections",
            &READERS.to_string(),
            "--duration",
            ASKED_FOR,
            "--timeout",
            "20s",
        ])
        .arg("--script")
        .arg(&script)
        .arg(format!("http://{}/", server.host))
        .output()
        .context("cannot start wrk")?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let felt = printed.lines().find_map(|line| line.strip_prefix("FELT "));
    let felt = felt.with_context(|| format!("wrk printed {printed:?}"))?;
    let numbers: Vec<u64> = felt.split(' ').map(str::parse).collect::<Result<_, _>>()?;
    let [p50_us, p99_us, answers, duration_us, wrong] = numbers[..] else { bail!("wrk printed {felt:?}") };
    ensure!(wrong == 0, "{wrong} of {answers} answers were not as they should be, as of {}", addresses[0]);
    Ok(Felt {
        p50_ms: p50_us as f64 / 1e3,
        p99_ms: p99_us as f64 / 1e3,
        per_s: answers as f64 / (duration_us as f64 / 1e6),
        answers,
    })
}

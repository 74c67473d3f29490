//! Invented pages, changed at random: no panic, no record that contradicts itself, no page that takes fifty times its
//! size in memory.
//!
//! What `cargo fuzz` does without end (see `fuzz/`), for as long as CI has time. The seed is fixed, so that what fails
//! fails again; `SAYSO_MUTATIONS` and `SAYSO_SEED` ask for more, or for others, and `SAYSO_KEEP` names a
//! file that holds the last page that was read. `SAYSO_CPU_S` is how many seconds of CPU time a megabyte may take: a
//! question for those who look for hangs, which no test depends on.

use crate::HEAP;
use cpu_time::ThreadTime;
use sayso_read::document::carriers;
use sayso_read::{Carrier, document};
use serde_json::Value;
use std::process::Command;
use std::time::Duration;

/// Set in the process that measures: memory is counted for all threads of a process together.
const CHILD: &str = "SAYSO_MUTATED_CHILD";
const PUMPED_BYTES: usize = 1 << 20;
/// What holds for a page of no size at all: tables, the model, the letters of a PDF's fonts.
const GROUND_BYTES: usize = 24 << 20;
const MEMORY_TIMES: usize = 50;

const TOKENS: &[&str] = &[
    "<div>",
    "</div>",
    "<p>",
    "<blockquote>",
    "</blockquote>",
    "<table><tr><td>",
    "</td>",
    "<ul><li>",
    "<a href=\"",
    "<div class=comment>",
    "<ol class=\"commentlist\">",
    "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",",
    "</script>",
    "<!--",
    "-->",
    "<style>",
    "<title>",
    "<svg>",
    "<select><option>",
    "<textarea>",
    "&#x",
    "&amp",
    "\"",
    "'",
    "“",
    "”",
    "said Ann",
    "Update: ",
    "Correction: ",
    "By ",
    "> > ",
    "2011-03-01T",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "WARC/1.0\r\n",
    "Content-Length: 99999999999\r\n",
    "{\"html\":\"",
    "<rss><channel><item>",
    "<![CDATA[",
    "]]>",
    "%PDF-1.4\n",
    "1 0 obj\n<<",
    "[[[[",
    "\n\n",
    "\r",
    "é",
    "日本",
    "<iframe",
    "<img alt='",
    "=",
    "/",
    ">",
    "<",
];

/// Xorshift, after Marsaglia (2003).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % below.max(1)
    }

    fn part<'b>(&mut self, bytes: &'b [u8], most: usize) -> &'b [u8] {
        let from = self.roll(bytes.len());
        let length = self.roll(most.min(bytes.len() - from) + 1);
        &bytes[from..from + length]
    }
}

fn corpus() -> Vec<Vec<u8>> {
    let threads = include_str!("../../pages/threads-1.jsonl").lines().step_by(6);
    let notices = include_str!("../../pages/notices.jsonl").lines().step_by(40);
    let labelled = threads.chain(notices).map(|line| {
        let page: Value = serde_json::from_str(line).unwrap();
        page["html"].as_str().or(page["text"].as_str()).unwrap().as_bytes().to_vec()
    });
    let mut corpus: Vec<Vec<u8>> = labelled.collect();
    let page = String::from_utf8(corpus[0].clone()).unwrap();
    let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\nContent-Length: {}\r\n\r\n{response}\r\n\r\n",
        response.len()
    );
    corpus.push(record.repeat(2).into_bytes());
    corpus.push(
        format!("{}\n", serde_json::json!({"url": "http://a.example/2", "html": page})).repeat(2).into(),
    );
    corpus.push(
        b"<?xml version='1.0'?><rss version='2.0'><channel><title>Pier</title><item><title>Barrels</title><link>\
          http://a.example/3</link><description>&lt;p&gt;The barrels are empty, said Ann.&lt;/p&gt;</description></item>\
          </channel></rss>"
            .to_vec(),
    );
    corpus.push(
        "On the pier\nBy Ann Lee\n\n> The barrels are empty,\n> he said.\n\nI doubt it.\n\nUpdate: he was wrong.\n\n\
         Comments\n\nBob said on 3 May 2011:\nSo do I.\n"
            .into(),
    );
    #[cfg(feature = "pdf")]
    corpus.push(super::pdf::leaflet());
    corpus
}

/// Changes a page in one of the ways in which pages are odd.
fn change(page: &mut Vec<u8>, others: &[Vec<u8>], dice: &mut Dice) {
    let at = dice.roll(page.len());
    match dice.roll(8) {
        0 => page.truncate(at.max(1)),
        1 => page[at] = dice.roll(256) as u8,
        2 => {
            let part = dice.part(page, 200).to_vec();
            page.splice(at..at, part);
        }
        3 => {
            let end = (at + dice.roll(300)).min(page.len());
            page.drain(at..end);
        }
        4 => {
            let other = &others[dice.roll(others.len())];
            let part = dice.part(other, 2000).to_vec();
            page.splice(at..at, part);
        }
        5 => {
            let part = dice.part(page, 40).repeat(dice.roll(200));
            page.splice(at..at, part);
        }
        _ => {
            let token = TOKENS[dice.roll(TOKENS.len())];
            page.splice(at..at, token.bytes());
        }
    }
    if page.is_empty() {
        page.push(b'<');
    }
}

/// Reads bytes as what they seem to be: one page, or a file of many.
fn read(bytes: &[u8]) {
    let head = &bytes[..bytes.len().min(carriers::HEAD_BYTES)];
    if !carriers::holds_many(head, None) {
        assert_eq!(document(bytes, &Carrier::default()).faults(), vec![]);
        return;
    }
    for page in carriers::open(bytes, None, None, PUMPED_BYTES).flatten() {
        assert_eq!(page.read().faults(), vec![]);
    }
}

/// Reads a page, and holds it to its time and memory.
fn measure(page: &[u8], what: &str) {
    if let Some(path) = std::env::var_os("SAYSO_KEEP") {
        std::fs::write(path, page).unwrap();
    }
    HEAP.reset_peak_usage();
    let (heap, start) = (HEAP.current_usage(), ThreadTime::now());
    read(page);
    let (taken, memory) = (start.elapsed(), HEAP.peak_usage().saturating_sub(heap));
    let cpu_per_mb = Duration::from_secs(number("SAYSO_CPU_S", 1 << 20));
    let megabytes = page.len().max(PUMPED_BYTES) as f64 / f64::from(1 << 20);
    let within = taken < cpu_per_mb.mul_f64(megabytes) && memory < GROUND_BYTES + MEMORY_TIMES * page.len();
    let head = String::from_utf8_lossy(&page[..page.len().min(300)]);
    assert!(within, "{what} of {} bytes took {taken:?} and {memory} bytes: {head}", page.len());
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|told| told.parse().ok()).unwrap_or(usual)
}

/// Runs in a process of its own, started by the test below.
#[test]
#[ignore = "the next test runs it"]
fn child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let corpus = corpus();
    let mut dice = Dice(number("SAYSO_SEED", 0x5eed_0b5e));
    // What is made once for all pages is no part of any.
    corpus.iter().for_each(|page| read(page));
    for turn in 0..number("SAYSO_MUTATIONS", 1500) {
        let mut page = corpus[dice.roll(corpus.len())].clone();
        for _ in 0..1 + dice.roll(6) {
            change(&mut page, &corpus, &mut dice);
        }
        measure(&page, &format!("mutation {turn}"));
        // A part of it again and again, which finds what grows faster than its input.
        if turn % 50 == 0 {
            let part = dice.part(&page, 160).to_vec();
            let front = dice.roll(page.len().min(2000));
            let times = PUMPED_BYTES / part.len().max(1);
            let pumped = [&page[..front], &part.repeat(times), &page[front..]].concat();
            measure(&pumped, &format!("pumped {turn}"));
        }
    }
    // And each token by itself.
    for token in TOKENS {
        measure(token.repeat(PUMPED_BYTES / token.len()).as_bytes(), token);
    }
    println!("all was read");
}

#[test]
fn changed_pages_are_read_in_time_and_memory() {
    let mut run = Command::new(std::env::current_exe().unwrap());
    run.args(["--exact", "document::mutated::child", "--ignored", "--nocapture"]).env(CHILD, "1");
    let ended = run.output().unwrap();
    let said = String::from_utf8_lossy(&ended.stdout);
    let complained = String::from_utf8_lossy(&ended.stderr);
    // A stack that overflows ends the process without a word.
    assert!(
        ended.status.success() && said.contains("all was read"),
        "{:?}\n{said}\n{complained}",
        ended.status
    );
}

//! `cargo xtask race read [PAGES]`: a folder of made-up pages read into a new ledger by the release program.
//!
//! No other program does this job, so ours runs alone, and the figures are kept in `benchmarks/read.csv`.

use super::cpu::measure;
use anyhow::{Context, Result, bail};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const PEOPLE: &[&str] =
    &["Mira Dahl", "Anselm Roke", "Ina Vell", "Otto Brandt", "Corin Vale", "Petra Lund", "Jory Ames"];
const OFFICES: &[&str] =
    &["harbour minister", "mine inspector", "police chief", "deputy mayor", "head of the grid"];
const UNNAMED: &[&str] =
    &["a senior official", "two people with knowledge of the talks", "an engineer at the site"];
const OUTLETS: &[&str] = &["Northwire", "the Harbour Courier", "Radio Ulmark", "the Inland Review"];
const CLAIMS: &[&str] = &[
    "the bridge had been closed since the flood",
    "no grain left the silo in spring",
    "the ferry would sail again in May",
    "forty barrels were counted on the quay",
    "the vault under the old bank was empty",
    "the lamps went out at the same hour in every street",
    "nobody at the ministry had read the report",
];
const PLAIN: &[&str] = &[
    "The road to the coast runs past the works and over two bridges, and in winter it is often shut.",
    "Three of the cranes date from the year the harbour was dredged, and the fourth was bought second hand.",
    "On the market square the stalls were taken down before noon while rain came in from the bay.",
];

/// Runs the race on so many pages, 1,000 unless told.
pub(super) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let pages: usize = match arguments {
        [] => 1000,
        [count] => count.parse().context("give a number of pages")?,
        _ => bail!("race read takes one number of pages at most"),
    };
    let folder = root.join("target/race-read");
    let pages_folder = folder.join("pages");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let words = write_pages(&pages_folder, pages)?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    measure(Command::new(env!("CARGO")).current_dir(root).args(["build", "--release", "-p", "sayso-cli"]))?;
    let program = target.join("release/sayso");
    let mut cpu_s = Vec::new();
    let mut wall_s = Vec::new();
    for turn in 0..3 {
        let mut read = Command::new(&program);
        read.arg("read").arg(&pages_folder).arg("--ledger").arg(folder.join(format!("{turn}.db")));
        let taken = measure(read.stdout(Stdio::null()).stderr(Stdio::null()))?;
        cpu_s.push(taken.cpu_s);
        wall_s.push(taken.wall_s);
    }
    let (cpu, wall) = (median(&mut cpu_s), median(&mut wall_s));
    let count = pages as f64;
    println!("{pages} pages, {words} words; medians of three runs, everything on, stored");
    println!("{:>10.2} s of CPU time {:>10.0} pages a CPU second", cpu, count / cpu);
    println!("{:>10.2} s on the clock {:>9.0} pages a second", wall, count / wall);
    record(root, pages, words, cpu, wall)
}

/// Writes so many made-up pages into a folder, and gives how many words they have.
pub(super) fn write_pages(folder: &Path, pages: usize) -> Result<usize> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut words = 0;
    for number in 0..pages {
        let page = page(number);
        words += page.split_whitespace().count();
        std::fs::write(folder.join(format!("{number:05}.html")), page)?;
    }
    Ok(words)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Adds the figures to those of earlier runs.
fn record(root: &Path, pages: usize, words: usize, cpu_s: f64, wall_s: f64) -> Result<()> {
    let path = root.join("benchmarks/read.csv");
    let commit = Command::new("git").current_dir(root).args(["rev-parse", "--short", "HEAD"]).output()?;
    let new = !path.exists();
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(&path)?;
    if new {
        writeln!(file, "commit,pages,words,cpu_s,wall_s,pages_per_cpu_s")?;
    }
    let commit = String::from_utf8_lossy(&commit.stdout);
    writeln!(file, "{},{pages},{words},{cpu_s:.2},{wall_s:.2},{:.0}", commit.trim(), pages as f64 / cpu_s)?;
    Ok(())
}

/// A made-up page, the same for the same number: a dozen paragraphs of reported speech, a quotation, two comments.
fn page(number: usize) -> String {
    let mut turn = number;
    let mut pick = |list: &[&'static str]| {
        turn = turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        list[(turn >> 33) % list.len()]
    };
    let mut body = String::new();
    for paragraph in 0..12 {
        let (person, claim) = (pick(PEOPLE), pick(CLAIMS));
        let sentence = match paragraph % 6 {
            0 => format!("{person}, the {}, said {claim}, and that {}.", pick(OFFICES), pick(CLAIMS)),
            1 => format!("“It is plain that {claim},” he told reporters on Friday. “We saw it ourselves.”"),
            2 => format!("According to {}, {claim}. {}", pick(UNNAMED), pick(PLAIN)),
            3 => format!("{person}, in an interview with {}, denied that {claim}.", pick(OUTLETS)),
            4 => format!("{} {}", pick(PLAIN), pick(PLAIN)),
            _ => format!("This suggests, say the sources, that {claim}, rather than that {}.", pick(CLAIMS)),
        };
        let _ = write!(body, "<p>{sentence} {}</p>", pick(PLAIN));
    }
    let (outlet, claim, person) = (pick(OUTLETS), pick(CLAIMS), pick(PEOPLE));
    format!(
        "<!doctype html><html lang=en><head><title>Report {number}: {claim}</title></head><body>\
         <nav><a href=/>Home</a> <a href=/news>News</a></nav><article><h1>Report {number}: {claim}</h1>{body}\
         <p>From {outlet}:</p><blockquote><p>Officials say {claim}. “There is no doubt,” says {person}.</p></blockquote>\
         </article><ol class=commentlist><li class=comment><cite class=fn>{person} B.</cite><p>I think {claim}.</p></li>\
         <li class=comment><cite class=fn>oldtimer{number}</cite><p>A man on the radio said {claim}.</p></li></ol>\
         <footer>All rights reserved by nobody.</footer></body></html>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_made_the_same_each_time_and_differ() {
        assert_eq!(page(7), page(7));
        assert_ne!(page(7), page(8));
    }
}

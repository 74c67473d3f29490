//! Trains and cross-validates `models/blocks.forest`, and writes it; see `models/blocks.md`.
//!
//! `cargo run --release -p sayso-read --features train --example train_blocks -- pages PAGES [seeds 1] [out FILE]`
//! PAGES holds `body.json`, `body/`, `comments.json` and `comments/` (pages as `*.html.gz`). `seeds 0` only trains;
//! `show 40` lists the pages that lose most, `page NAME` what is wrong on one.

mod invented;
mod measure;
mod models;
mod pages;
mod trees;

use models::{Models, Plan, Scores};
use pages::{Page, Words};
use std::collections::HashMap;
use trees::{Dice, Settings};

struct Arguments(HashMap<String, String>);

impl Arguments {
    fn number(&self, name: &str, usual: f64) -> f64 {
        self.0.get(name).map_or(usual, |told| told.parse().expect("a number"))
    }

    fn settings(&self, end: &str, usual: Settings) -> Settings {
        let number = |name: &str, usual: f64| self.number(&format!("{name}{end}"), usual);
        Settings {
            trees: number("trees", usual.trees as f64) as usize,
            depth: number("depth", usual.depth as f64) as usize,
            rate: number("rate", usual.rate),
            l2: number("l2", usual.l2),
            least: number("least", usual.least),
            features: number("features", usual.features),
            samples: number("samples", usual.samples),
        }
    }

    fn plan(&self, seed: u64) -> Plan {
        let usual =
            Settings { trees: 220, depth: 5, rate: 0.07, l2: 5.0, least: 3.0, features: 0.2, samples: 0.8 };
        Plan {
            alone: self.settings("", usual),
            together: self.settings("2", usual),
            parts: self.number("parts", 4.0) as usize,
            seed,
            threads: self.number("threads", 2.0) as usize,
        }
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let arguments = Arguments(words.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect());
    let folder = std::path::Path::new(arguments.0.get("pages").expect("name the folder: pages FOLDER"));
    let mut words = Words::default();
    let bodies = pages::bodies(folder, &mut words);
    let mut dice = Dice(99);
    let count = arguments.number("invented", 6.0) as usize;
    let texts: Vec<String> = (bodies.iter())
        .filter_map(|(_, body)| body.split('\n').find(|line| line.split_whitespace().count() > 15))
        .map(str::to_owned)
        .collect();
    let small: Vec<Page> = (bodies.iter())
        .flat_map(|(page, body)| invented::of(page, body, &texts, count, &mut dice, &mut words))
        .collect();
    let mut all: Vec<Page> = bodies.into_iter().map(|(page, _)| page).collect();
    let measured = all.len();
    println!("at most {:.4?}", measure::all(&all.iter().map(measure::oracle).collect::<Vec<_>>()));
    all.extend(pages::snippets(folder, &mut words));
    all.extend(small);
    let labelled = all.iter().flat_map(|page| &page.runs).filter(|run| run.label.is_some()).count();
    println!("{measured} pages measured, {} in all, {labelled} runs labelled", all.len());
    for seed in 1..=arguments.number("seeds", 1.0) as u64 {
        let scores = models::cross_validate(&all, 8, &arguments.plan(seed));
        report(&all[..measured], &scores[..measured], seed, &arguments);
    }
    if let Some(out) = arguments.0.get("out") {
        let models = Models::train(&all.iter().collect::<Vec<_>>(), &arguments.plan(1));
        let bytes = [models.alone.bytes(), models.together.bytes()].concat();
        std::fs::write(out, &bytes).expect("the model can be written");
        println!("wrote {} bytes", bytes.len());
    }
}

fn report(pages: &[Page], scores: &[[Scores; 2]], seed: u64, arguments: &Arguments) {
    for (which, name) in ["alone", "together"].iter().enumerate() {
        for threshold in [-0.3, 0.0, 0.3, 0.5, 0.7, 1.0] {
            let measured =
                pages.iter().zip(scores).map(|(page, scores)| measure::page(page, &scores[which], threshold));
            println!(
                "seed {seed} {name:8} from {threshold:4} {:.4?}",
                measure::all(&measured.collect::<Vec<_>>())
            );
        }
    }
    let shown = arguments.number("show", 0.0) as usize;
    let mut worst: Vec<(f64, usize)> =
        (0..pages.len()).map(|at| (measure::page(&pages[at], &scores[at][1], 0.5).f1(), at)).collect();
    worst.sort_by(|a, b| a.0.total_cmp(&b.0));
    for &(f1, at) in worst.iter().take(shown) {
        let alone = measure::page(&pages[at], &scores[at][0], 0.5).f1();
        println!(
            "{f1:.3} alone {alone:.3} {} {}",
            &pages[at].name[..12.min(pages[at].name.len())],
            pages[at].site
        );
    }
    let Some(names) = arguments.0.get("page") else { return };
    for (page, scores) in pages.iter().zip(scores) {
        if !names.split(',').any(|name| page.name.starts_with(name)) {
            continue;
        }
        for (at, run) in page.runs.iter().enumerate() {
            if let (Some(label), Some(first), Some(second)) = (run.label, scores[0][at], scores[1][at])
                && label != (second >= 0.5)
            {
                let words: String = run.words.chars().take(120).collect();
                println!(
                    "{} {at} {label} {first:.1} {second:.1} {}",
                    &page.name[..6],
                    words.replace('\n', "|")
                );
            }
        }
    }
}

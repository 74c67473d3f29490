//! Pages with answers, and the runs of each with what the answers say of them.

use flate2::read::GzDecoder;
use sayso_read::document::html::training;
use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::path::Path;

pub(crate) type Shingles = HashMap<[u32; 4], i32>;

pub(crate) struct Run {
    pub(crate) words: String,
    pub(crate) tokens: Vec<u32>,
    pub(crate) caption: bool,
    /// None where rules decide.
    pub(crate) features: Option<Vec<f32>>,
    /// Whether it is the article's, where that is known.
    pub(crate) label: Option<bool>,
    pub(crate) weight: f64,
}

pub(crate) struct Page {
    pub(crate) name: String,
    /// Pages of one site stand and fall together.
    pub(crate) site: String,
    pub(crate) html: String,
    pub(crate) runs: Vec<Run>,
    /// The words of the article, where they are all known.
    pub(crate) answer: Option<Shingles>,
}

/// Words as numbers.
#[derive(Default)]
pub(crate) struct Words(HashMap<String, u32>);

impl Words {
    pub(crate) fn tokens(&mut self, text: &str) -> Vec<u32> {
        let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty());
        words
            .map(|word| {
                let next = self.0.len() as u32;
                *self.0.entry(word.to_owned()).or_insert(next)
            })
            .collect()
    }
}

pub(crate) fn shingles(tokens: &[u32]) -> Shingles {
    let mut out = Shingles::new();
    if tokens.is_empty() {
        return out;
    }
    let mut short = [u32::MAX; 4];
    if tokens.len() < 4 {
        short[..tokens.len()].copy_from_slice(tokens);
        out.insert(short, 1);
    }
    for window in tokens.windows(4) {
        short.copy_from_slice(window);
        *out.entry(short).or_default() += 1;
    }
    out
}

impl Page {
    /// A page whose runs are not yet known to be anything.
    pub(crate) fn of(name: &str, site: &str, html: String, words: &mut Words) -> Page {
        let runs = training::examples(&html).into_iter().map(|example| Run {
            tokens: words.tokens(&example.words),
            words: example.words,
            caption: example.caption,
            features: example.features,
            label: None,
            weight: 0.0,
        });
        Page { name: name.to_owned(), site: site.to_owned(), runs: runs.collect(), html, answer: None }
    }

    /// Tells each run whether more than half of it is in the article.
    fn label(&mut self, body: &str, words: &mut Words) {
        let answer = shingles(&words.tokens(body));
        let lines: HashSet<Vec<u32>> = body.split('\n').map(|line| words.tokens(line)).collect();
        let mut left = answer.clone();
        let mut length = 0;
        let stream: Vec<u32> = self.runs.iter().flat_map(|run| run.tokens.iter().copied()).collect();
        let mut at = 0;
        for run in &mut self.runs {
            if run.tokens.is_empty() {
                continue;
            }
            let own = shingles(&run.tokens);
            let from = at;
            at += run.tokens.len();
            let in_answer = if run.tokens.len() < 4 {
                // A cell of a table is no line of the answer, but a part of one.
                let windows = from.saturating_sub(4 - run.tokens.len())..=from;
                lines.contains(&run.tokens)
                    || windows
                        .filter_map(|at| stream.get(at..at + 4))
                        .any(|window| answer.contains_key(window))
            } else {
                let hits: i32 =
                    own.iter().map(|(key, count)| (*count).min(*left.get(key).unwrap_or(&0))).sum();
                hits * 2 > own.values().sum()
            };
            if in_answer && run.tokens.len() >= 4 {
                for (key, count) in &own {
                    left.entry(*key).and_modify(|left| *left -= count);
                }
            }
            if run.caption || run.features.is_none() {
                continue;
            }
            length += if in_answer { run.tokens.len() } else { 0 };
            run.label = Some(in_answer);
            run.weight = run.tokens.len() as f64 + 3.0;
        }
        for run in &mut self.runs {
            run.weight = (run.weight / (length as f64 + 50.0) * 50.0).min(20.0);
        }
        self.answer = Some(answer);
    }
}

fn unpacked(path: &Path) -> String {
    let file = std::fs::File::open(path).expect("the page is there");
    let mut bytes = Vec::new();
    GzDecoder::new(file).read_to_end(&mut bytes).expect("the page can be unpacked");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn answers(path: &Path) -> serde_json::Map<String, serde_json::Value> {
    serde_json::from_slice(&std::fs::read(path).expect("the answers are there")).expect("they are JSON")
}

/// The pages whose article is known word by word, and each body.
pub(crate) fn bodies(folder: &Path, words: &mut Words) -> Vec<(Page, String)> {
    let all = answers(&folder.join("body.json"));
    let mut names: Vec<&String> = all.keys().collect();
    names.sort();
    let read = |name: &String| {
        let answer = &all[name];
        let url = answer["url"].as_str().expect("an address");
        let host: Vec<&str> = url.split('/').nth(2).unwrap_or_default().split('.').collect();
        let site = host[host.len().saturating_sub(2)..].join(".");
        let body = answer["body"].as_str().expect("a body");
        let mut page = Page::of(name, &site, unpacked(&folder.join("body").join(name)), words);
        page.label(body, words);
        (page, body.to_owned())
    };
    names.into_iter().map(read).collect()
}

/// Pages of which only snippets are known.
pub(crate) fn snippets(folder: &Path, words: &mut Words) -> Vec<Page> {
    const WEIGHT: f64 = 4.0;
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let read = |(name, answer): (String, serde_json::Value)| {
        let known = |key: &str| -> Vec<String> {
            let all = answer[key].as_array().into_iter().flatten().filter_map(|one| one.as_str());
            all.map(squeeze).filter(|snippet| snippet.len() > 5).collect()
        };
        let inside = known("in_body");
        let outside = known("not_in_body");
        let mut page = Page::of(&name, &name, unpacked(&folder.join("comments").join(&name)), words);
        for run in &mut page.runs {
            let text = squeeze(&run.words);
            let holds = |snippets: &[String]| snippets.iter().any(|snippet| text.contains(snippet.as_str()));
            let (yes, no) = (holds(&inside), holds(&outside));
            if yes != no && !run.caption && run.features.is_some() {
                (run.label, run.weight) = (Some(yes), WEIGHT);
            }
        }
        page
    };
    answers(&folder.join("comments.json")).into_iter().map(read).collect()
}

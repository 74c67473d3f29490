//! How much of a page's article is found, and who wrote it when.
//!
//! Body: words as written, in shingles of four, as multisets (a text of one to three words is one shingle). A page's
//! true and false positives and negatives are divided by their sum; precision is the mean over pages that have
//! anything predicted, recall over pages that have anything to find, F1 that of the two means: the metric of
//! <https://github.com/scrapinghub/article-extraction-benchmark>.
//! Title and date: the share of pages that have one and get it right. Authors: F1 of all names.

use super::days::days;
use super::figures::{Figures, f1, mean, precision_recall, share_of};
use super::rows::{Row, join, list, text};
use super::words::{fold, words};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

const SHINGLE_WORDS: usize = 4;

/// Answers by file, in their own order.
pub(crate) type Answers = [(String, Value)];

/// Answers `{file: {body, title, authors, published}}`, predictions `{file, body, ...}`.
pub(crate) fn score(answers: &Answers, predictions: &[Value]) -> Result<Figures> {
    let (rows, counts) = join_by_file(answers, predictions)?;
    let (mut bodies, mut titles, mut dates) = (Vec::new(), Vec::new(), Vec::new());
    let mut authors = Authors::default();
    for Row { answer, prediction, .. } in rows {
        let got = prediction.unwrap_or(&Value::Null);
        bodies.push(Shares::of(text(answer, "body")?, text(got, "body")?));
        if !text(answer, "title")?.is_empty() {
            titles.push(fold(text(answer, "title")?) == fold(text(got, "title")?));
        }
        let right = days(text(answer, "published")?);
        if !right.is_empty() {
            dates.push(!right.is_disjoint(&days(text(got, "published")?)));
        }
        authors.add(list(answer, "authors")?, got)?;
    }
    let empty = bodies.iter().filter(|page| page.predicted() == 0.0).count();
    Ok(counts
        .part("body", body_figures(&bodies).count("empty", empty))
        .part("title", Figures::new().share("accuracy", share_of(&titles)).count("n", titles.len()))
        .part(
            "authors",
            precision_recall(authors.hits, authors.predicted, authors.right).count("n", authors.pages),
        )
        .part("date", Figures::new().share("accuracy", share_of(&dates)).count("n", dates.len())))
}

/// Joins answers and predictions by the name of the page, without folder and endings.
pub(super) fn join_by_file<'a>(
    answers: &'a Answers,
    predictions: &'a [Value],
) -> Result<(Vec<Row<'a>>, Figures)> {
    let mut named: Vec<(String, &Value)> = Vec::with_capacity(answers.len());
    let mut places: HashMap<String, usize> = HashMap::with_capacity(answers.len());
    for (file, answer) in answers {
        let name = stem(file).to_owned();
        // Of two answers for one page the later one holds.
        match places.get(&name) {
            Some(&place) => named[place].1 = answer,
            None => {
                places.insert(name.clone(), named.len());
                named.push((name, answer));
            }
        }
    }
    let file = |line: &'a Value| {
        let file =
            line.get("file").and_then(Value::as_str).with_context(|| format!("a line has no file: {line}"));
        Ok((stem(file?).to_owned(), line))
    };
    join(named, predictions.iter().map(file).collect::<Result<_>>()?)
}

/// A file's name without its folder and its endings (`.html`, `.htm`, `.txt`, `.gz`).
pub(crate) fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let name = name.strip_suffix(".gz").unwrap_or(name);
    [".html", ".htm", ".txt"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// What a page's shingles have in common with the answer's, as shares of all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Shares {
    both: f64,
    only_predicted: f64,
    only_true: f64,
}

impl Shares {
    fn of(right: &str, predicted: &str) -> Shares {
        let (right, predicted) = (shingles(right), shingles(predicted));
        let size = |shingles: &HashMap<Vec<&str>, usize>| shingles.values().sum::<usize>();
        let shared = |(shingle, count): (&Vec<&str>, &usize)| {
            predicted.get(shingle.as_slice()).map_or(0, |other| (*count).min(*other))
        };
        let both: usize = right.iter().map(shared).sum();
        let (only_predicted, only_true) = (size(&predicted) - both, size(&right) - both);
        let whole = both + only_predicted + only_true;
        if whole == 0 {
            return Shares::default();
        }
        let share = |count: usize| count as f64 / whole as f64;
        Shares { both: share(both), only_predicted: share(only_predicted), only_true: share(only_true) }
    }

    fn predicted(&self) -> f64 {
        self.both + self.only_predicted
    }

    fn right(&self) -> f64 {
        self.both + self.only_true
    }
}

fn shingles(text: &str) -> HashMap<Vec<&str>, usize> {
    let words: Vec<&str> = words(text).collect();
    let mut counts = HashMap::new();
    if words.is_empty() {
        return counts;
    }
    for shingle in words.windows(SHINGLE_WORDS.min(words.len())) {
        *counts.entry(shingle.to_vec()).or_default() += 1;
    }
    counts
}

fn body_figures(pages: &[Shares]) -> Figures {
    let precision =
        mean(pages.iter().filter(|page| page.predicted() > 0.0).map(|page| page.both / page.predicted()));
    let recall = mean(pages.iter().filter(|page| page.right() > 0.0).map(|page| page.both / page.right()));
    Figures::new().share("f1", f1(precision, recall)).share("precision", precision).share("recall", recall)
}

#[derive(Default)]
struct Authors {
    hits: usize,
    predicted: usize,
    right: usize,
    pages: usize,
}

impl Authors {
    fn add(&mut self, right: &[Value], got: &Value) -> Result<()> {
        if right.is_empty() {
            return Ok(());
        }
        let names = |names: &[Value]| -> Result<BTreeSet<String>> {
            names.iter().map(|name| Ok(fold(name.as_str().context("an author is no text")?))).collect()
        };
        let right = names(right)?;
        let mut given = match got.get("authors") {
            Some(one @ Value::String(_)) => names(std::slice::from_ref(one))?,
            _ => names(list(got, "authors")?)?,
        };
        given.remove("");
        self.hits += given.intersection(&right).count();
        self.predicted += given.len();
        self.right += right.len();
        self.pages += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn shingles_are_multisets_of_words_as_written() {
        let shares = |right, predicted| {
            let shares = Shares::of(right, predicted);
            (shares.both, shares.only_predicted, shares.only_true)
        };
        assert_eq!(
            shares("the vote was held again", "the vote was held twice"),
            (1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0)
        );
        assert_eq!(shares("Held again", "held again"), (0.0, 0.5, 0.5));
        assert_eq!(shares("no no no no no no", "no, no; no no no"), (2.0 / 3.0, 0.0, 1.0 / 3.0));
        assert_eq!(shares("", ""), (0.0, 0.0, 0.0));
        assert_eq!(shares("word", "— …"), (0.0, 0.0, 1.0));
    }

    #[test]
    fn names_of_files_lose_folder_and_endings() {
        assert_eq!(stem("a/b.c/page.html.gz"), "page");
        assert_eq!(stem("a\\page.htm"), "page");
        assert_eq!((stem("page.txt"), stem("page.gz"), stem("page.pdf")), ("page", "page", "page.pdf"));
    }

    #[test]
    fn every_part_of_a_page_is_counted() {
        let answer = |file: &str, answer: Value| (file.to_owned(), answer);
        let answers = [
            answer(
                "one.html",
                json!({"body": "the vote was held again", "title": "The  Vote", "authors": ["Ada Roe", "Bo Lind"],
                       "published": "2031-05-01T22:30:00-04:00"}),
            ),
            answer("two.html.gz", json!({"body": "rain fell all night", "title": null, "authors": null})),
            answer(
                "three",
                json!({"body": "no page came here at all", "title": "Gone", "published": "2031-05-03"}),
            ),
            answer("four.txt", json!({"body": "", "authors": []})),
        ];
        let predictions = [
            json!({"file": "x/one.html", "body": "the vote was held twice", "title": "the vote",
                   "authors": ["ADA ROE", "Cy Day", ""], "published": "2031-05-02"}),
            json!({"file": "two.html", "body": "rain fell, all night", "authors": ["ignored"]}),
            json!({"file": "four.html", "body": "menus and nothing else"}),
            json!({"file": "five.html", "body": ""}),
        ];
        let figures = score(&answers, &predictions).unwrap();
        let is = |name: &str, value: f64| assert_eq!(figures.get(name), Some(value), "{name}");
        is("missing", 1.0);
        is("unknown", 1.0);
        is("body.precision", (0.5 + 1.0 + 0.0) / 3.0);
        is("body.recall", (0.5 + 1.0 + 0.0) / 3.0);
        is("body.empty", 1.0);
        is("title.accuracy", 0.5);
        is("authors.p", 0.5);
        is("authors.r", 0.5);
        is("authors.n", 1.0);
        is("date.accuracy", 0.5);
        let doubled = [json!({"file": "one.html"}), json!({"file": "one.html.gz"})];
        assert!(score(&answers, &doubled).is_err());
    }
}

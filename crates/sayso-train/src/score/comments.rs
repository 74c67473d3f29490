//! Whether reader comments are found, and kept out of the article.
//!
//! Snippets of comments, of the body and of neither are sought with white space folded. `found`: inside some
//! comment; `found_present`: the same, leaving out snippets that the page does not contain; `leaked`: inside the
//! body; `leaked_only`: inside the body and in no comment; `body_kept` and `boilerplate`: snippets that are, and
//! that are not, of the body and stand in it.

use super::figures::{Figures, ratio};
use super::pages::{Answers, join_by_file};
use super::rows::{list, text};
use super::words::squeeze;
use anyhow::{Context, Result};
use serde_json::Value;

#[derive(Default)]
struct Seen {
    snippets: usize,
    present: usize,
    found: usize,
    found_present: usize,
    leaked: usize,
    leaked_only: usize,
    in_body: Share,
    not_in_body: Share,
}

#[derive(Default)]
struct Share {
    there: usize,
    all: usize,
}

impl Share {
    fn add(&mut self, there: bool) {
        self.there += usize::from(there);
        self.all += 1;
    }

    fn ratio(&self) -> f64 {
        ratio(self.there as f64, self.all as f64)
    }
}

/// Answers `{file: {comments, absent, in_body, not_in_body}}`, predictions as for pages.
pub(crate) fn score(answers: &Answers, predictions: &[Value]) -> Result<Figures> {
    let (rows, counts) = join_by_file(answers, predictions)?;
    let mut seen = Seen::default();
    for row in rows {
        let got = row.prediction.unwrap_or(&Value::Null);
        let body = squeeze(text(got, "body")?);
        let comments: Vec<String> = list(got, "comments")?.iter().map(comment_text).collect::<Result<_>>()?;
        let absent = snippets(row.answer, "absent")?;
        for snippet in snippets(row.answer, "comments")? {
            let found = comments.iter().any(|comment| comment.contains(&snippet));
            let leaked = body.contains(&snippet);
            seen.snippets += 1;
            seen.found += usize::from(found);
            seen.leaked += usize::from(leaked);
            seen.leaked_only += usize::from(leaked && !found);
            if !absent.contains(&snippet) {
                seen.present += 1;
                seen.found_present += usize::from(found);
            }
        }
        for snippet in snippets(row.answer, "in_body")? {
            seen.in_body.add(body.contains(&snippet));
        }
        for snippet in snippets(row.answer, "not_in_body")? {
            seen.not_in_body.add(body.contains(&snippet));
        }
    }
    let share = |part: usize, whole: usize| ratio(part as f64, whole as f64);
    Ok(counts
        .count("snippets", seen.snippets)
        .count("present", seen.present)
        .share("found", share(seen.found, seen.snippets))
        .share("found_present", share(seen.found_present, seen.present))
        .share("leaked", share(seen.leaked, seen.snippets))
        .share("leaked_only", share(seen.leaked_only, seen.snippets))
        .share("body_kept", seen.in_body.ratio())
        .share("boilerplate", seen.not_in_body.ratio()))
}

fn snippets(answer: &Value, key: &str) -> Result<Vec<String>> {
    let snippet =
        |item: &Value| Ok(squeeze(item.as_str().with_context(|| format!("{key:?} holds no texts"))?));
    list(answer, key)?.iter().map(snippet).collect()
}

/// A comment's words; a comment may be given as its text alone.
fn comment_text(comment: &Value) -> Result<String> {
    Ok(squeeze(match comment {
        Value::String(words) => words,
        _ => text(comment, "text")?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn snippets_are_found_leaked_and_kept() {
        let answers = [(
            "p.html.gz".to_owned(),
            json!({"comments": ["well  said", "not so", "never shown"], "absent": ["never shown"],
                   "in_body": ["the dam", "the bridge"], "not_in_body": ["subscribe", "share this"]}),
        )];
        let predictions = [json!({
            "file": "p.html", "body": "the dam held. never\nshown subscribe",
            "comments": [{"text": "Oh,\nwell said!"}, "it is not so"],
        })];
        let figures = score(&answers, &predictions).unwrap();
        let is = |name: &str, value: f64| assert_eq!(figures.get(name), Some(value), "{name}");
        is("snippets", 3.0);
        is("present", 2.0);
        is("found", 2.0 / 3.0);
        is("found_present", 1.0);
        is("leaked", 1.0 / 3.0);
        is("leaked_only", 1.0 / 3.0);
        is("body_kept", 0.5);
        is("boilerplate", 0.5);
        assert_eq!(score(&answers, &[]).unwrap().get("found"), Some(0.0));
    }
}

//! `sample count VERDICTS.jsonl [--sample SAMPLE.jsonl]`: how many of those judged are right, by stratum.
//!
//! A verdict says whether what the program made of it is right, or, by somebody who did not see that, what standing it
//! has. It holds addresses and spans, and no words of a page.

use crate::json_lines;
use crate::score::figures::ratio;
use anyhow::{Context, Result, bail};
use sayso::Standing;
use sayso_record::Span;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

/// The quantile of the normal distribution that leaves 5 % outside on both sides together.
const Z: f64 = 1.959_963_984_540_054;

#[derive(clap::Args)]
pub(super) struct Options {
    /// Lines `{id, right, note}`, as `--verdicts` prints the form of; with `standing` in place of `right` where the judge
    /// was blind.
    verdicts: PathBuf,
    /// The sample with what the program made of it, to count by stratum and to compare standings with.
    #[arg(long, value_name = "FILE")]
    sample: Option<PathBuf>,
    /// Print one line of JSON for each stratum, and no table.
    #[arg(long)]
    json: bool,
}

/// What somebody found. Whatever else it may say is refused, so that no text of pages is kept with verdicts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Verdict {
    id: String,
    #[serde(default)]
    right: Option<bool>,
    #[serde(default)]
    standing: Option<Standing>,
    #[serde(default, rename = "note")]
    _note: String,
    #[serde(default, rename = "statements")]
    _statements: Vec<Place>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    #[serde(rename = "url")]
    _url: Option<String>,
    #[serde(rename = "content_spans")]
    _content_spans: Vec<Span>,
}

/// What a line of a sample is counted by.
#[derive(Debug, Deserialize)]
struct Drawn {
    id: String,
    stratum: Option<String>,
    standing: Option<Standing>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
struct Counted {
    right: usize,
    judged: usize,
    /// Drawn, and not judged.
    open: usize,
}

pub(super) fn run(options: &Options) -> Result<()> {
    let verdicts = json_lines::read(&options.verdicts)?;
    let sample = options.sample.as_deref().map(json_lines::read).transpose()?;
    let strata = count(verdicts, sample)?;
    if options.json {
        for (stratum, counted) in &strata {
            println!("{}", counted.json(stratum)?);
        }
    } else {
        println!("{}", table(&strata));
    }
    Ok(())
}

/// What was counted for each stratum, and for all last.
fn count(verdicts: Vec<Verdict>, sample: Option<Vec<Drawn>>) -> Result<Vec<(String, Counted)>> {
    let mut given = HashMap::new();
    for verdict in verdicts {
        let id = verdict.id.clone();
        if given.insert(id.clone(), verdict).is_some() {
            bail!("two verdicts on {id}");
        }
    }
    let drawn = sample.unwrap_or_else(|| {
        let unknown = |id: &String| Drawn { id: id.clone(), stratum: None, standing: None };
        given.keys().map(unknown).collect()
    });
    let mut strata: BTreeMap<String, Counted> = BTreeMap::new();
    let mut all = Counted::default();
    for Drawn { id, stratum, standing } in drawn {
        let verdict = given.remove(&id);
        let right = verdict.map_or(Ok(None), |verdict| is_right(&verdict, standing))?;
        all.add(right);
        if let Some(stratum) = stratum {
            strata.entry(stratum).or_default().add(right);
        }
    }
    if let Some(id) = given.into_keys().min() {
        bail!("there is a verdict on {id}, which the sample does not hold");
    }
    Ok(strata.into_iter().chain([("all".to_owned(), all)]).collect())
}

/// Whether the program was right; nothing where that was not judged.
fn is_right(verdict: &Verdict, made: Option<Standing>) -> Result<Option<bool>> {
    // Whether one denial or two have to fall is no matter for a reader.
    let plain = |standing: Standing| if standing == Standing::Refuted { Standing::Denied } else { standing };
    match (verdict.right, verdict.standing) {
        (Some(_), Some(_)) => bail!("the verdict on {} should have right or standing, not both", verdict.id),
        (right, None) => Ok(right),
        (None, Some(judged)) => {
            let made = made.with_context(|| {
                format!("the verdict on {} is a standing; give --sample FILE to compare it with", verdict.id)
            })?;
            Ok(Some(plain(judged) == plain(made)))
        }
    }
}

impl Counted {
    fn add(&mut self, right: Option<bool>) {
        self.right += usize::from(right == Some(true));
        self.judged += usize::from(right.is_some());
        self.open += usize::from(right.is_none());
    }

    fn share(&self) -> f64 {
        ratio(self.right as f64, self.judged as f64)
    }

    fn json(&self, stratum: &str) -> Result<String> {
        #[derive(Serialize)]
        struct Line<'a> {
            stratum: &'a str,
            #[serde(flatten)]
            counted: &'a Counted,
            share: f64,
            interval: (f64, f64),
        }
        let interval = wilson(self.right, self.judged);
        Ok(serde_json::to_string(&Line { stratum, counted: self, share: self.share(), interval })?)
    }
}

/// The score interval of a share (Wilson, 1927) at 95 %; anything is possible where nothing was counted.
fn wilson(right: usize, judged: usize) -> (f64, f64) {
    if judged == 0 {
        return (0.0, 1.0);
    }
    let (n, p) = (judged as f64, right as f64 / judged as f64);
    let middle = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let by = 1.0 + Z * Z / n;
    (((middle - half) / by).max(0.0), ((middle + half) / by).min(1.0))
}

fn table(strata: &[(String, Counted)]) -> String {
    let mut lines =
        vec![format!("{:<18}{:>7}{:>8}{:>8}  95 % interval", "stratum", "right", "judged", "share")];
    for (stratum, counted) in strata {
        let (low, high) = wilson(counted.right, counted.judged);
        let Counted { right, judged, open } = counted;
        let left = if *open > 0 { format!("  ({open} not judged)") } else { String::new() };
        lines.push(format!(
            "{stratum:<18}{right:>7}{judged:>8}{:>8.3}  {low:.3} to {high:.3}{left}",
            counted.share()
        ));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn verdicts(lines: &[Value]) -> Vec<Verdict> {
        lines.iter().map(|line| serde_json::from_value(line.clone()).unwrap()).collect()
    }

    fn sample() -> Option<Vec<Drawn>> {
        let row = |id: &str, standing: &str| {
            let row = json!({"id": id, "stratum": standing, "standing": standing, "words": "the dam held"});
            serde_json::from_value(row).unwrap()
        };
        Some(vec![
            row("a", "corroborated"),
            row("b", "corroborated"),
            row("c", "refuted"),
            row("d", "refuted"),
        ])
    }

    #[test]
    fn intervals_are_those_of_wilson() {
        let is = |(low, high): (f64, f64), expected: (f64, f64)| {
            assert!((low - expected.0).abs() < 5e-5 && (high - expected.1).abs() < 5e-5, "{low} {high}");
        };
        is(wilson(0, 0), (0.0, 1.0));
        is(wilson(0, 10), (0.0, 0.2775));
        is(wilson(10, 10), (0.7225, 1.0));
        is(wilson(12, 50), (0.1430, 0.3741));
    }

    #[test]
    fn verdicts_are_counted_by_stratum() {
        let given = [
            json!({"id": "a", "right": true, "note": "seen"}),
            json!({"id": "b", "right": false}),
            json!({"id": "c", "standing": "denied"}),
            json!({"id": "d", "right": null}),
        ];
        let strata = count(verdicts(&given), sample()).unwrap();
        let expected = [("corroborated", 1, 2, 0), ("refuted", 1, 1, 1), ("all", 2, 3, 1)];
        let expected = expected
            .map(|(stratum, right, judged, open)| (stratum.to_owned(), Counted { right, judged, open }));
        assert_eq!(strata, expected);
        assert_eq!(
            table(&strata).lines().last().unwrap(),
            "all                     2       3   0.667  0.208 to 0.939  (1 not judged)"
        );
        assert_eq!(
            count(verdicts(&given[..2]), None).unwrap(),
            [("all".to_owned(), Counted { right: 1, judged: 2, open: 0 })]
        );
    }

    #[test]
    fn what_cannot_be_counted_is_refused() {
        let right = json!({"id": "a", "right": true});
        assert!(count(verdicts(&[right.clone(), right]), None).is_err());
        assert!(count(verdicts(&[json!({"id": "elsewhere", "right": true})]), sample()).is_err());
        assert!(count(verdicts(&[json!({"id": "c", "standing": "denied"})]), None).is_err());
        assert!(
            count(verdicts(&[json!({"id": "c", "standing": "denied", "right": true})]), sample()).is_err()
        );
    }

    #[test]
    fn a_verdict_holds_no_text() {
        let spans = json!({"id": "a", "right": true, "statements": [{"url": "https://a.example/", "content_spans": [[0, 4]]}]});
        assert!(serde_json::from_value::<Verdict>(spans).is_ok());
        for text in [
            json!({"id": "a", "words": "the dam held"}),
            json!({"id": "a", "statements": [{"url": null, "content_spans": [], "context": "the dam held"}]}),
        ] {
            assert!(serde_json::from_value::<Verdict>(text.clone()).is_err(), "{text}");
        }
    }
}

//! `floors.toml`: the figures that must still be reached, each for one corpus.
//!
//! A floor holds for the answers it was measured on and no others, so a corpus is known by the hash of its answers.
//! Pinning raises floors to what was just reached; it lowers one only where that is asked for by name.

use crate::score::Figures;
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

const HEAD: &str = "\
# The figures that `sayso-train evaluate` must still reach, by task and by the hash of the answers.
# Raise them with `evaluate TASK ... --pin`; that lowers none unless `--lower` is given too.
";

/// How far below a floor a figure may be and still count as reached: floors are kept to four digits.
const ROUNDING: f64 = 0.00005;

/// Whether more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Better {
    More,
    Less,
}

/// A figure that is worth a floor.
pub(crate) type Key = (&'static str, Better);

/// The whole file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Floors {
    #[serde(default)]
    corpus: Vec<Corpus>,
}

/// The floors of one task on one corpus.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpus {
    task: String,
    /// The name of the answers' file: for people, nothing is looked up by it.
    answers: String,
    /// SHA-256 of that file.
    sha256: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    at_least: BTreeMap<String, f64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    at_most: BTreeMap<String, f64>,
}

/// A figure that is on the wrong side of its floor.
#[derive(Debug, PartialEq)]
pub(crate) struct Fall {
    pub(crate) figure: String,
    pub(crate) floor: f64,
    pub(crate) found: f64,
}

/// What was measured, and on which answers.
pub(crate) struct Measured<'a> {
    pub(crate) task: &'a str,
    pub(crate) answers: &'a str,
    pub(crate) sha256: &'a str,
    pub(crate) figures: &'a Figures,
}

/// The fingerprint of a corpus.
pub(crate) fn fingerprint(answers: &[u8]) -> String {
    Sha256::digest(answers).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Floors {
    /// Reads the file.
    pub(crate) fn read(path: &Path) -> Result<Floors> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text).with_context(|| path.display().to_string())
    }

    /// Writes the file.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        let text = format!("{HEAD}\n{}", toml::to_string(self).context("floors are plain data")?);
        std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Every figure that is on the wrong side of its floor; none where this corpus has no floors.
    pub(crate) fn falls(&self, measured: &Measured) -> Option<Vec<Fall>> {
        let corpus = self.corpus.iter().find(|corpus| corpus.is(measured))?;
        let floors = corpus.at_least.iter().map(|floor| (floor, Better::More));
        let ceilings = corpus.at_most.iter().map(|floor| (floor, Better::Less));
        let fall = |((figure, &floor), better): ((&String, &f64), Better)| {
            // A figure that the scorer no longer gives has fallen too.
            let found = measured.figures.get(figure).unwrap_or(f64::NAN);
            (!reaches(found, floor, better)).then(|| Fall { figure: figure.clone(), floor, found })
        };
        Some(floors.chain(ceilings).filter_map(fall).collect())
    }

    /// Whether floors are kept for other answers of the same task and name.
    pub(crate) fn knows_other(&self, measured: &Measured) -> bool {
        let same_name = |corpus: &Corpus| corpus.task == measured.task && corpus.answers == measured.answers;
        self.corpus.iter().any(|corpus| same_name(corpus) && !corpus.is(measured))
    }

    /// Makes the floors what was just measured; an error where one would fall and `lower` is not given.
    pub(crate) fn pin(&mut self, measured: &Measured, keys: &[Key], lower: bool) -> Result<()> {
        let at = self.corpus.iter().position(|corpus| corpus.is(measured)).unwrap_or_else(|| {
            self.corpus.push(Corpus {
                task: measured.task.to_owned(),
                answers: measured.answers.to_owned(),
                sha256: measured.sha256.to_owned(),
                at_least: BTreeMap::new(),
                at_most: BTreeMap::new(),
            });
            self.corpus.len() - 1
        });
        if !lower && let Some(falls) = self.falls(measured).filter(|falls| !falls.is_empty()) {
            let falls: Vec<String> = falls.iter().map(Fall::to_string).collect();
            bail!("this would lower floors; give --lower too if that is meant:\n  {}", falls.join("\n  "));
        }
        let corpus = &mut self.corpus[at];
        for &(figure, better) in keys {
            let found =
                measured.figures.get(figure).with_context(|| format!("there is no figure {figure}"))?;
            let floors = match better {
                Better::More => &mut corpus.at_least,
                Better::Less => &mut corpus.at_most,
            };
            // Nothing falls below 0: such a floor would only look like one.
            if found == 0.0 && better == Better::More {
                floors.remove(figure);
            } else {
                floors.insert(figure.to_owned(), (found * 1e4).round() / 1e4);
            }
        }
        Ok(())
    }
}

impl Corpus {
    fn is(&self, measured: &Measured) -> bool {
        self.task == measured.task && self.sha256 == measured.sha256
    }
}

impl std::fmt::Display for Fall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is {:.4}; the floor is {:.4}", self.figure, self.found, self.floor)
    }
}

/// Whether a figure is on the right side of its floor. One that is no number is not.
fn reaches(found: f64, floor: f64, better: Better) -> bool {
    match better {
        Better::More => found >= floor - ROUNDING,
        Better::Less => found <= floor + ROUNDING,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [Key; 2] = [("f1", Better::More), ("leaked", Better::Less)];

    fn figures(f1: f64, leaked: f64) -> Figures {
        Figures::new().share("f1", f1).share("leaked", leaked)
    }

    fn measured<'a>(sha256: &'a str, figures: &'a Figures) -> Measured<'a> {
        Measured { task: "pages", answers: "body.json", sha256, figures }
    }

    #[test]
    fn a_fall_is_seen_on_either_side() {
        let mut floors = Floors::default();
        floors.pin(&measured("zero", &figures(0.0, 0.1)), &KEYS, false).unwrap();
        assert_eq!((floors.corpus[0].at_least.len(), floors.corpus[0].at_most.len()), (0, 1));
        floors.corpus.clear();
        let good = figures(0.81234567, 0.1);
        assert_eq!(floors.falls(&measured("aa", &good)), None);
        floors.pin(&measured("aa", &good), &KEYS, false).unwrap();
        assert_eq!(floors.falls(&measured("aa", &good)), Some(vec![]));
        let falls = |figures: &Figures| floors.falls(&measured("aa", figures)).unwrap();
        assert_eq!(falls(&figures(0.8122, 0.05))[0].to_string(), "f1 is 0.8122; the floor is 0.8123");
        assert_eq!(falls(&figures(0.9, 0.1002))[0].figure, "leaked");
        assert_eq!(falls(&Figures::new()).len(), 2);
        let text = toml::to_string(&floors).unwrap();
        assert_eq!(toml::from_str::<Floors>(&text).unwrap().corpus[0].at_least["f1"], 0.8123);
    }

    #[test]
    fn another_corpus_is_not_compared() {
        let mut floors = Floors::default();
        floors.pin(&measured("aa", &figures(0.9, 0.1)), &KEYS, false).unwrap();
        let worse = figures(0.1, 0.9);
        assert_eq!(floors.falls(&measured("bb", &worse)), None);
        assert!(floors.knows_other(&measured("bb", &worse)));
    }

    #[test]
    fn pinning_raises_and_lowers_only_when_told_to() {
        let mut floors = Floors::default();
        floors.pin(&measured("aa", &figures(0.8, 0.1)), &KEYS, false).unwrap();
        floors.pin(&measured("aa", &figures(0.85, 0.1)), &KEYS, false).unwrap();
        let worse = figures(0.84, 0.05);
        let error = floors.pin(&measured("aa", &worse), &KEYS, false).unwrap_err().to_string();
        assert!(error.contains("f1 is 0.8400; the floor is 0.8500"), "{error}");
        floors.pin(&measured("aa", &worse), &KEYS, true).unwrap();
        assert_eq!(floors.falls(&measured("aa", &worse)), Some(vec![]));
    }
}

//! What a scorer found, in a form that can be shown, written as JSON and held against floors.

use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt::Write as _;

/// Named figures, in the order in which they are shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Figures(Vec<(String, Figure)>);

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Figure {
    /// How many.
    Count(usize),
    /// A share or a mean, 0 to 1 unless its scorer says otherwise.
    Share(f64),
    /// Figures of their own.
    Part(Figures),
}

impl Figures {
    pub(crate) fn new() -> Figures {
        Figures::default()
    }

    pub(crate) fn count(mut self, name: &str, count: usize) -> Figures {
        self.0.push((name.to_owned(), Figure::Count(count)));
        self
    }

    pub(crate) fn share(mut self, name: &str, share: f64) -> Figures {
        self.0.push((name.to_owned(), Figure::Share(share)));
        self
    }

    pub(crate) fn part(mut self, name: &str, part: Figures) -> Figures {
        self.0.push((name.to_owned(), Figure::Part(part)));
        self
    }

    /// All figures of another, after these.
    pub(crate) fn with(mut self, others: Figures) -> Figures {
        self.0.extend(others.0);
        self
    }

    /// The part of that name.
    pub(crate) fn get_part(&self, name: &str) -> Option<&Figures> {
        self.0.iter().find_map(|(key, figure)| match figure {
            Figure::Part(part) if key == name => Some(part),
            _ => None,
        })
    }

    /// A figure by its name, `part.name` for one of a part; a count comes as a number too.
    pub(crate) fn get(&self, path: &str) -> Option<f64> {
        match path.rsplit_once('.') {
            Some((part, name)) => self.get_part(part)?.get(name),
            None => self.0.iter().find_map(|(key, figure)| match figure {
                Figure::Count(count) if key == path => Some(*count as f64),
                Figure::Share(share) if key == path => Some(*share),
                _ => None,
            }),
        }
    }

    /// One row for the figures at the top, one for each part.
    pub(crate) fn table(&self, task: &str) -> String {
        let mut table = format!("{task:<16}{}", self.row());
        for (name, figure) in &self.0 {
            if let Figure::Part(part) = figure {
                write!(table, "\n{:<16}{}", format!("  {name}"), part.row()).expect("a string takes all");
            }
        }
        table
    }

    fn row(&self) -> String {
        let cells = self.0.iter().filter_map(|(name, figure)| match figure {
            Figure::Count(count) => Some(format!("{name} {count}")),
            Figure::Share(share) => Some(format!("{name} {share:.4}")),
            Figure::Part(_) => None,
        });
        cells.collect::<Vec<_>>().join("  ")
    }
}

/// Shares are written with four digits: more would only show how few answers there are.
impl Serialize for Figures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, figure) in &self.0 {
            match figure {
                Figure::Count(count) => map.serialize_entry(name, count)?,
                Figure::Share(share) => map.serialize_entry(name, &rounded(*share))?,
                Figure::Part(part) => map.serialize_entry(name, part)?,
            }
        }
        map.end()
    }
}

/// The same with all the digits of each share, so that two scorers of one rule can be compared to the last.
pub(crate) struct InFull<'a>(pub(crate) &'a Figures);

impl Serialize for InFull<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Figures(figures) = self.0;
        let mut map = serializer.serialize_map(Some(figures.len()))?;
        for (name, figure) in figures {
            match figure {
                Figure::Count(count) => map.serialize_entry(name, count)?,
                Figure::Share(share) => map.serialize_entry(name, share)?,
                Figure::Part(part) => map.serialize_entry(name, &InFull(part))?,
            }
        }
        map.end()
    }
}

fn rounded(share: f64) -> f64 {
    format!("{share:.4}").parse().expect("a number written is a number")
}

/// A part of a whole; nothing of nothing is nothing.
pub(crate) fn ratio(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

/// The mean, summed in order; of nothing, 0.
pub(crate) fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, count) = values.into_iter().fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    ratio(sum, count)
}

/// The share that is true.
pub(crate) fn share_of(values: &[bool]) -> f64 {
    mean(values.iter().map(|&value| f64::from(u8::from(value))))
}

/// The harmonic mean of precision and recall.
pub(crate) fn f1(precision: f64, recall: f64) -> f64 {
    ratio(2.0 * precision * recall, precision + recall)
}

/// Precision, recall and F1 with the counts that they come from.
pub(crate) fn precision_recall(hits: usize, predicted: usize, right: usize) -> Figures {
    let p = ratio(hits as f64, predicted as f64);
    let r = ratio(hits as f64, right as f64);
    Figures::new()
        .share("p", p)
        .share("r", r)
        .share("f1", f1(p, r))
        .count("hits", hits)
        .count("predicted", predicted)
        .count("true", right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_shown_and_written() {
        let figures =
            Figures::new().count("n", 3).share("whole", 1.0).part("same", precision_recall(1, 3, 4));
        assert_eq!(figures.get("n"), Some(3.0));
        assert_eq!(figures.get("same.r"), Some(0.25));
        assert_eq!(figures.get("same.nothing").or(figures.get("same")), None);
        assert_eq!(
            figures.table("groups"),
            "groups          n 3  whole 1.0000\n  same          p 0.3333  r 0.2500  f1 0.2857  hits 1  predicted 3  true 4"
        );
        assert_eq!(
            serde_json::to_string(&figures).unwrap(),
            r#"{"n":3,"whole":1.0,"same":{"p":0.3333,"r":0.25,"f1":0.2857,"hits":1,"predicted":3,"true":4}}"#
        );
        let in_full = serde_json::to_string(&InFull(&figures)).unwrap();
        assert!(in_full.contains(r#""p":0.3333333333333333,"r":0.25"#), "{in_full}");
    }

    #[test]
    fn nothing_of_nothing_is_nothing() {
        assert_eq!(mean([]), 0.0);
        assert_eq!(precision_recall(0, 0, 0).get("f1"), Some(0.0));
    }
}

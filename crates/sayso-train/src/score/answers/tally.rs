//! What is counted, one answer after another.

use super::names::{is_same, matched};
use super::rows::{Answer, Entry, Origin, documents};
use super::stories::{Document, Kind};
use super::{Answered, Scored, fault};
use crate::score::figures::{Figures, precision_recall, ratio};
use crate::score::words::squeeze;
use anyhow::{Context, Result};

/// Everything that is counted.
#[derive(Default)]
pub(super) struct Tally {
    claims: usize,
    pub(super) answered: usize,
    for_it: Count,
    against: Count,
    found: usize,
    sources: usize,
    origins: Count,
    independent: usize,
    many: usize,
    overcounted: usize,
    standing: usize,
    nobody: usize,
    nobody_right: usize,
    whole: usize,
    quotes: usize,
    verbatim: usize,
    faults: Vec<String>,
}

#[derive(Default)]
struct Count {
    hits: usize,
    predicted: usize,
    right: usize,
}

impl Count {
    fn add(&mut self, hits: usize, predicted: usize, right: usize) {
        self.hits += hits;
        self.predicted += predicted;
        self.right += right;
    }

    fn figures(&self) -> Figures {
        precision_recall(self.hits, self.predicted, self.right)
    }
}

impl Tally {
    /// Counts one answer.
    pub(super) fn add(&mut self, answered: &Answered) -> Result<()> {
        let (found, right) = (answered.found, &answered.question.answer);
        for entry in found.for_it.iter().chain(&found.against).filter(|entry| entry.document >= 0) {
            self.quotes += 1;
            self.verbatim += usize::from(is_verbatim(entry, answered.texts)?);
        }
        let (for_it, against) = (documents(&found.for_it), documents(&found.against));
        if answered.question.kind == Kind::Nobody {
            self.nobody += 1;
            self.for_it.add(0, for_it.len(), 0);
            self.against.add(0, against.len(), 0);
            if for_it.is_empty() && against.is_empty() {
                self.nobody_right += 1;
            } else {
                self.faults.push(fault::of_nobody(answered));
            }
            return Ok(());
        }
        self.claims += 1;
        let (right_for, right_against) = (documents(&right.for_it), documents(&right.against));
        self.for_it.add((&for_it & &right_for).len(), for_it.len(), right_for.len());
        self.against.add((&against & &right_against).len(), against.len(), right_against.len());
        for document in &for_it & &right_for {
            self.found += 1;
            self.sources += usize::from(answered.is_source_right(document)?);
        }
        let hits = matched(&found.origins_for, &right.origins_for);
        self.origins.add(hits, found.origins_for.len(), right.origins_for.len());
        let ([low, high], [least, most]) = (found.independent_for, right.independent_for);
        let is_inside = least <= low && high <= most;
        let is_standing = is_standing_right(found, right);
        self.independent += usize::from(is_inside);
        self.standing += usize::from(is_standing);
        self.many += usize::from(low >= 2);
        self.overcounted += usize::from(low >= 2 && most < 2);
        if is_inside && is_standing && for_it == right_for && against == right_against {
            self.whole += 1;
        } else {
            self.faults.push(fault::of_claim(answered));
        }
        Ok(())
    }

    /// The figures.
    pub(super) fn scored(self, stories: usize) -> Scored {
        let share = |part: usize, whole: usize| ratio(part as f64, whole as f64);
        let figures = Figures::new()
            .count("stories", stories)
            .count("claims", self.claims)
            .count("answered", self.answered)
            .part("for", self.for_it.figures())
            .part("against", self.against.figures())
            .share("sources", share(self.sources, self.found))
            .part("origins", self.origins.figures())
            .share("independent", share(self.independent, self.claims))
            .share("overcounted", share(self.overcounted, self.many))
            .count("many", self.many)
            .share("standing", share(self.standing, self.claims))
            .share("nobody", share(self.nobody_right, self.nobody))
            .count("nobodies", self.nobody)
            .share("whole", share(self.whole, self.claims))
            .share("verbatim", if self.quotes == 0 { 1.0 } else { share(self.verbatim, self.quotes) });
        Scored { figures, faults: self.faults }
    }
}

impl Answered<'_> {
    /// Whether somebody found in a document is somebody credited there.
    fn is_source_right(&self, document: i64) -> Result<bool> {
        let page = usize::try_from(document).ok().and_then(|place| self.story.documents.get(place));
        let page = page.with_context(|| format!("the story has no document {document}"))?;
        let credited = |entries: &[Entry]| -> Vec<Origin> {
            entries
                .iter()
                .filter(|entry| entry.document == document)
                .map(|entry| credited(entry, page))
                .collect()
        };
        let right = credited(&self.question.answer.for_it);
        Ok(credited(&self.found.for_it).iter().any(|found| right.iter().any(|right| is_same(found, right))))
    }
}

/// Who an entry credits.
fn credited(entry: &Entry, page: &Document) -> Origin {
    if entry.source == "outlet" {
        Origin { name: page.outlet.clone().unwrap_or_default(), named: true }
    } else {
        Origin { name: entry.source.clone(), named: entry.named }
    }
}

fn is_standing_right(found: &Answer, right: &Answer) -> bool {
    let said = if found.standing == "refuted" { "denied" } else { &found.standing };
    let [least, most] = right.independent_for;
    let is_either = matches!(
        (said, right.standing.as_str()),
        ("single-sourced", "corroborated") | ("corroborated", "single-sourced")
    );
    said == right.standing || is_either && least == 1 && most > 1
}

/// Whether every part of a quote stands in its document.
fn is_verbatim(entry: &Entry, texts: &[String]) -> Result<bool> {
    let text = usize::try_from(entry.document).ok().and_then(|place| texts.get(place));
    let text = text.with_context(|| format!("the story has no document {}", entry.document))?;
    Ok(entry.quote.split(" … ").all(|part| text.contains(&squeeze(part))))
}

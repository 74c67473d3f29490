//! How well whole questions are answered: who says so, on whose word, on how many independent origins, and does it
//! stand?
//!
//! - `for`, `against`: micro F1 over (question, document). A document that was found only on the other side, or only
//!   as a doubt, is wrong; one that the answers have on both sides is right on either.
//! - `sources`: of the documents rightly found for a claim, the share in which somebody who was found is somebody
//!   credited there.
//! - `origins`: micro F1 of the origins for it, paired one to one by name.
//! - `independent`: share of claims whose range of independent origins lies inside the right one.
//! - `overcounted`: of the claims found to rest on two independent origins or more, the share that do not. The gravest
//!   fault: it makes one mouth look like several.
//! - `standing`: share of claims with the right standing. Where the right range is one to more, single-sourced and
//!   corroborated are both right; refuted counts as denied.
//! - `nobody`: share of the questions that nobody answers for which nothing was found.
//! - `whole`: share of claims with every document on the right side and none else, the range inside, the standing right.
//! - `verbatim`: share of quotes that stand in their document, white space folded.

mod fault;
mod names;
pub(crate) mod rows;
pub(crate) mod stories;
#[cfg(test)]
mod tests;

use super::figures::{Figures, precision_recall, ratio};
use super::words::squeeze;
use anyhow::{Context, Result, bail};
use names::{is_same, matched};
use rows::{Answer, Entry, Form, Origin, Row, documents};
use std::collections::HashMap;
use std::fmt::Write as _;
use stories::{Document, Kind, Question, Story};

/// In which forms the questions count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Forms {
    /// As the sentence of the claim alone.
    Claim,
    /// As a question in other words alone.
    Asked,
    /// Each question twice.
    #[default]
    Both,
}

impl Forms {
    fn list(self) -> &'static [Form] {
        match self {
            Forms::Claim => &[Form::Claim],
            Forms::Asked => &[Form::Asked],
            Forms::Both => &[Form::Claim, Form::Asked],
        }
    }
}

/// The figures, and what is wrong with each answer that is not wholly right, for a person to read.
pub(crate) struct Scored {
    pub(crate) figures: Figures,
    pub(crate) faults: Vec<String>,
}

/// Scores lines of predictions. A question without a line counts as answered by nothing.
pub(crate) fn score(stories: &[Story], predictions: Vec<Row>, forms: Forms) -> Result<Scored> {
    let mut given: HashMap<(String, String, Form), Answer> = HashMap::with_capacity(predictions.len());
    for Row { story, id, form, answer } in predictions {
        let place = (story, id, form);
        if given.contains_key(&place) {
            bail!("question {} of {} is answered twice as {}", place.1, place.0, form.name());
        }
        given.insert(place, answer);
    }
    let nothing = Answer::default();
    let mut tally = Tally::default();
    for story in stories {
        let texts: Vec<String> = story.documents.iter().map(text).collect();
        for question in &story.questions {
            for &form in forms.list() {
                let found = given.get(&(story.name.clone(), question.id.clone(), form));
                tally.answered += usize::from(found.is_some());
                let answered =
                    Answered { story, texts: &texts, question, form, found: found.unwrap_or(&nothing) };
                tally
                    .add(&answered)
                    .with_context(|| format!("question {} of {}", question.id, story.name))?;
            }
        }
    }
    Ok(tally.scored(stories.len()))
}

/// The table of the figures.
pub(crate) fn table(figures: &Figures) -> String {
    let of = |name: &str| figures.get(name).unwrap_or(f64::NAN);
    let mut table = String::new();
    for side in ["for", "against", "origins"] {
        let part = |name: &str| of(&format!("{side}.{name}"));
        writeln!(
            table,
            "{side:12} P {:.3}  R {:.3}  F1 {:.3}  (hits {}, predicted {}, true {})",
            part("p"),
            part("r"),
            part("f1"),
            part("hits"),
            part("predicted"),
            part("true")
        )
        .expect("a string takes all");
    }
    for name in ["sources", "independent", "overcounted", "standing", "nobody", "whole", "verbatim"] {
        writeln!(table, "{name:12} {:.3}", of(name)).expect("a string takes all");
    }
    table.truncate(table.trim_end().len());
    table
}

/// A question, and what was found.
struct Answered<'a> {
    story: &'a Story,
    /// The words of the story's documents, white space folded.
    texts: &'a [String],
    question: &'a Question,
    form: Form,
    found: &'a Answer,
}

/// Everything that is counted.
#[derive(Default)]
struct Tally {
    claims: usize,
    answered: usize,
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
    fn add(&mut self, answered: &Answered) -> Result<()> {
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

    fn scored(self, stories: usize) -> Scored {
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

/// The words of a document, its headline among them.
fn text(document: &Document) -> String {
    let title = document.title.as_deref().unwrap_or_default();
    let parts: Vec<&str> =
        std::iter::once(title).chain(document.paragraphs.iter().map(String::as_str)).collect();
    squeeze(&parts.join(" "))
}

/// Whether every part of a quote stands in its document.
fn is_verbatim(entry: &Entry, texts: &[String]) -> Result<bool> {
    let text = usize::try_from(entry.document).ok().and_then(|place| texts.get(place));
    let text = text.with_context(|| format!("the story has no document {}", entry.document))?;
    Ok(entry.quote.split(" … ").all(|part| text.contains(&squeeze(part))))
}

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
mod tally;
#[cfg(test)]
mod tests;

use super::figures::Figures;
use super::words::squeeze;
use anyhow::{Context, Result, bail};
use rows::{Answer, Form, Row};
use std::collections::HashMap;
use std::fmt::Write as _;
use stories::{Document, Question, Story};
use tally::Tally;

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

/// The words of a document, its headline among them.
fn text(document: &Document) -> String {
    let title = document.title.as_deref().unwrap_or_default();
    let parts: Vec<&str> =
        std::iter::once(title).chain(document.paragraphs.iter().map(String::as_str)).collect();
    squeeze(&parts.join(" "))
}

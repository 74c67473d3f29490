//! Does this page say that? What a page has to say of a proposition that it is cited for.
//!
//! A page is cut into windows of one to three sentences; a sieve by words keeps some twenty of them, the judge looks at each,
//! and what it saw, with the words that are nowhere to be found, is weighed together into one probability.

mod missing;
mod probability;
mod windows;

pub use missing::{missing, missing_exactly};

use crate::Models;
use crate::judge::{Passage, Verdict};
use probability::Seen;
use sayso_record::{Document, Span};
use serde::Serialize;
use windows::{Window, windows};

/// What a page does to a proposition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Said {
    /// It says so.
    Says,
    /// It says a part of it.
    Partly,
    /// It says that it is not so.
    Denies,
    /// It does not speak of it, or says something else.
    Neither,
}

/// What a page was found to say of a proposition.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it does to it.
    pub said: Said,
    /// How likely it is that it says so, 0 to 1.
    pub probability: f32,
    /// How likely it is that it says that it is not so.
    pub denial: f32,
    /// The passage that decides: of what says it, the shortest that does; else what comes nearest. None where the page
    /// holds no sentence with any word of the proposition.
    pub passage: Option<Span>,
    /// The passage with the sentences around it, by which a reader knows of whom and when it speaks.
    pub around: Option<Span>,
    /// Other sentences that say it nearly as well.
    pub also: Vec<Span>,
}

/// What a page says of a proposition, which is a sentence or a clause of one.
pub fn says(models: &Models, proposition: &str, document: &Document) -> Finding {
    let Some(seen) = look(models, proposition, document) else { return Finding::nothing() };
    let weighed = probability::weighed(&seen.features);
    let at = if weighed.said == Said::Denies { seen.denying } else { seen.saying };
    Finding {
        said: weighed.said,
        probability: weighed.says,
        denial: weighed.denies,
        passage: Some(seen.windows[at].span),
        around: Some(seen.windows[at].around),
        also: seen.also.iter().map(|&at| seen.windows[at].span).collect(),
    }
}

impl Finding {
    fn nothing() -> Finding {
        Finding {
            said: Said::Neither,
            probability: 0.0,
            denial: 0.0,
            passage: None,
            around: None,
            also: Vec::new(),
        }
    }
}

fn look(models: &Models, proposition: &str, document: &Document) -> Option<Seen> {
    let asked = models.wordings.of(proposition);
    let windows = windows(&asked, document, &models.wordings);
    if windows.is_empty() {
        return None;
    }
    let judged = |window: &Window| {
        let text = window.span.of(&document.text);
        models.judge.verdict(proposition, Passage { before: &window.before, text })
    };
    let verdicts: Vec<Verdict> = windows.iter().map(judged).collect();
    Some(probability::seen(models, proposition, &asked, document, windows, &verdicts))
}

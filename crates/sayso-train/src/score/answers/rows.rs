//! A question answered, as a line of predictions and as the answers have it.

use crate::score::rows::label;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

/// In which words a question is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Form {
    /// The sentence of the claim.
    Claim,
    /// A question in other words.
    Asked,
}

impl Form {
    /// The word for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Form::Claim => "claim",
            Form::Asked => "asked",
        }
    }
}

/// What was answered to one question in one form.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Row {
    /// The folder of the story.
    #[serde(deserialize_with = "id")]
    pub(crate) story: String,
    /// The question.
    #[serde(deserialize_with = "id")]
    pub(crate) id: String,
    pub(crate) form: Form,
    /// The answer itself.
    #[serde(flatten)]
    pub(crate) answer: Answer,
}

/// Who says so and who denies it, on how many origins, and whether it stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Answer {
    /// Passages that say so.
    #[serde(rename = "for")]
    pub(crate) for_it: Vec<Entry>,
    /// Passages that deny it.
    pub(crate) against: Vec<Entry>,
    /// Passages that only doubt it.
    pub(crate) doubts: Vec<Entry>,
    /// Who stands at the ends of the chains for it.
    pub(crate) origins_for: Vec<Origin>,
    /// The same for those against it.
    pub(crate) origins_against: Vec<Origin>,
    /// How many of the origins for it are independent: at least, at most.
    pub(crate) independent_for: [i64; 2],
    /// The name of the standing.
    pub(crate) standing: String,
}

/// A passage of a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// The document's place in its story. Below 0 for a page of another story, another number for each page.
    pub(crate) document: i64,
    /// Words of the document; " … " stands where some are left out.
    pub(crate) quote: String,
    /// Who is credited there: a name, a description, or "outlet" where the page speaks for itself.
    pub(crate) source: String,
    /// Whether `source` is a name.
    #[serde(default = "yes")]
    pub(crate) named: bool,
    /// Who passed it on, nearest to the source first.
    #[serde(default)]
    pub(crate) via: Vec<String>,
}

/// Somebody at the end of a chain.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Origin {
    /// The name, or the description where nobody names them.
    pub(crate) name: String,
    /// Whether `name` is a name.
    #[serde(default = "yes")]
    pub(crate) named: bool,
}

/// A question that nobody answers.
impl Default for Answer {
    fn default() -> Answer {
        Answer {
            for_it: Vec::new(),
            against: Vec::new(),
            doubts: Vec::new(),
            origins_for: Vec::new(),
            origins_against: Vec::new(),
            independent_for: [0, 0],
            standing: "unsourced".to_owned(),
        }
    }
}

/// The documents of some passages.
pub(super) fn documents(entries: &[Entry]) -> BTreeSet<i64> {
    entries.iter().map(|entry| entry.document).collect()
}

fn yes() -> bool {
    true
}

/// An id as text, so that 7 and "7" are one.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let value = Value::deserialize(deserializer)?;
    label(&value).ok_or_else(|| serde::de::Error::custom(format!("{value} should be an id")))
}

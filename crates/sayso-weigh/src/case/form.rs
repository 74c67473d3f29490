//! The JSON form of case files.

use super::basis::Basis;
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A case file: statements by name, what they rest on, and what was done about them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CaseFile {
    /// What happened, for people.
    #[serde(default, skip_serializing_if = "Story::is_empty")]
    pub story: Story,
    /// Who said what, on whose word.
    pub statements: Vec<StatementForm>,
    /// What is known of sources, by name; a source need not be listed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, SourceForm>,
    /// Sets of sources that may be one, such as two names of one person. Sets that overlap are joined, and so are
    /// unnamed sources that may be one person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Vec<String>>,
    /// For which organisation a source speaks. All who speak for one may be one, the organisation itself among them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub speaks_for: BTreeMap<String, String>,
    /// Sets of documents that may be copies of one another: whoever speaks in them at first hand may be one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<Vec<String>>,
    /// Pairs of statement ids: the first undercuts the second.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undercuts: Vec<[String; 2]>,
    /// Ids of statements that were taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<String>,
    /// `source:NAME`, `document:ID`, or `affiliation:NAME` for an organisation with all who speak for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discredited: Vec<String>,
    /// Acts that have a date.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<ActForm>,
    /// Rival hypotheses: what each says, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hypotheses: BTreeMap<String, String>,
    /// How each piece of evidence fits the hypotheses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceForm>,
    /// Address of the schema, for editors.
    #[serde(default, rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
}

/// Text for people: one string, or one a line.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Story {
    /// In one string.
    Whole(String),
    /// Line by line.
    Lines(Vec<String>),
}

impl Default for Story {
    fn default() -> Story {
        Story::Lines(Vec::new())
    }
}

impl Story {
    fn is_empty(&self) -> bool {
        self.to_string().is_empty()
    }
}

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Story::Whole(text) => f.write_str(text),
            Story::Lines(lines) => f.write_str(&lines.join("\n")),
        }
    }
}

// This and `Basis` are written out, not derived: an untagged enum forgets on which line it failed, and why.
impl<'de> Deserialize<'de> for Story {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Story, D::Error> {
        struct StoryVisitor;
        impl<'de> Visitor<'de> for StoryVisitor {
            type Value = Story;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a text, or a list of its lines")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Story, E> {
                Ok(Story::Whole(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Story, A::Error> {
                let mut lines = Vec::new();
                while let Some(line) = sequence.next_element()? {
                    lines.push(line);
                }
                Ok(Story::Lines(lines))
            }
        }
        deserializer.deserialize_any(StoryVisitor)
    }
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StatementForm {
    /// Its name in this file.
    pub id: String,
    /// Who says so.
    pub source: String,
    /// The document it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// What it speaks of.
    pub claim: String,
    /// It is only possible that it speaks of this claim, so it does not count for it or against it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub possible: bool,
    /// For the claim or against it; for it where nothing is said.
    #[serde(default)]
    pub polarity: Polarity,
    /// Whether we have the text itself; where nothing is said, whether a document is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<bool>,
    /// On what it rests.
    pub basis: Basis,
    /// When it was published: a date, or a time with its offset. Without one it was there from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// When we knew of it; where nothing is said, when it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
    /// Its words, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// For a claim or against it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Polarity {
    /// For it.
    #[default]
    #[serde(rename = "+")]
    For,
    /// Against it.
    #[serde(rename = "-")]
    Against,
}

/// What is known of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct SourceForm {
    /// Nobody names it; its name here is a description.
    pub unnamed: bool,
    /// Unnamed sources with the same word here may be one person, and those with different words may not. Without
    /// any, all unnamed sources of the case may be one person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compatible: Option<String>,
}

/// Something done to the record on a date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActForm {
    /// What was done.
    pub act: ActKind,
    /// The statement it was done to: to withdraw, undercut or restore.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// The source it was done to: to discredit or restore.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The document it was done to: to discredit or restore.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The claim that was ruled refuted, or whose ruling is lifted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
    /// The statement that undercuts `statement`; with `restore`, that no longer does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undercutter: Option<String>,
    /// When: a date, or a time with its offset. Without one it was so from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// When we knew of it; where nothing is said, when it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
    /// Who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// The acts that bear on standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// A statement is taken back.
    #[default]
    Withdraw,
    /// A source or a document is no longer believed.
    Discredit,
    /// Any of the other acts is lifted.
    Restore,
    /// One statement undercuts another.
    Undercut,
    /// A person rules that a claim is refuted.
    Rule,
}

/// A piece of evidence and how it fits the hypotheses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EvidenceForm {
    /// The claim that is the evidence.
    pub claim: String,
    /// How far it is to be believed, 0 or more; 1 where nothing is said.
    #[serde(default = "one")]
    pub credibility: f64,
    /// How much it matters, 0 or more; 1 where nothing is said.
    #[serde(default = "one")]
    pub relevance: f64,
    /// How it fits each hypothesis; neutral where nothing is said.
    pub fits: BTreeMap<String, crate::hypotheses::Fit>,
}

fn one() -> f64 {
    1.0
}

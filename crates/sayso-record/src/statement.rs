//! Who said what: statements, and the mentions that name their sources.

use crate::{DocumentId, Span, StatementId};
use serde::{Deserialize, Serialize};

/// A source's words in a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Statement {
    /// Hash of the document and the spans; see [`Statement::seal`].
    pub id: StatementId,
    /// The document it stands in.
    pub document: DocumentId,
    /// Index of the block in which its content starts.
    pub block: u32,
    /// Who says so.
    pub source: Mention,
    /// Who passed the words on, nearest to the source first. The page itself always comes last and is not listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<Mention>,
    /// The statement in whose words this one stands, as in a quoted article that quotes somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<StatementId>,
    /// The words that tell that somebody speaks ("said", "According to"); empty where nothing does.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
    /// How the source stands to it.
    pub stance: Stance,
    /// How the words are rendered.
    pub manner: Manner,
    /// How sure the reader is, 0 to 1.
    pub confidence: f32,
}

impl Statement {
    /// Sets the id from the document, the spans and the manner.
    pub fn seal(mut self) -> Statement {
        let spans: Vec<u8> = [&self.source.spans, &self.cue, &self.content]
            .into_iter()
            .flat_map(|role| {
                let count = role.len() as u32;
                std::iter::once(count).chain(role.iter().flat_map(|span| [span.start, span.end]))
            })
            .flat_map(u32::to_le_bytes)
            .collect();
        self.id = StatementId::of(&[&self.document.0, &[self.manner as u8], &spans]);
        self
    }
}

/// A span that names a source, and who that is within the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mention {
    /// The words that name the source; empty where the speaker is carried over, or nobody is named.
    pub spans: Vec<Span>,
    /// What sort of source.
    pub kind: SourceKind,
    /// Who it stands for in this document: the fullest name, or, for an unnamed source, the description verbatim.
    /// Empty for [`SourceKind::Nobody`], and for an author or commenter whom the page does not name.
    pub name: String,
}

/// The sorts of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A named person.
    Person,
    /// A named organisation.
    Organisation,
    /// Somebody named by office alone ("the U.S. Ambassador to Iraq").
    Office,
    /// Somebody described but not named ("a senior defense official").
    Unnamed,
    /// The page's own author.
    Author,
    /// A reader who commented.
    Commenter,
    /// Nobody: "is believed to", or quotation marks with no speaker.
    Nobody,
}

impl SourceKind {
    /// Whether the page says by name who it is.
    pub fn is_named(self) -> bool {
        !matches!(self, SourceKind::Unnamed | SourceKind::Nobody)
    }
}

/// How a source stands to what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Says that it is so.
    Asserts,
    /// Says that it is not so.
    Denies,
    /// Is not sure that it is so.
    Doubts,
    /// Holds it to be so.
    Believes,
    /// Asks whether it is so.
    Asks,
    /// Says that it will be so.
    Predicts,
    /// Says that the source will do it, threats included.
    Promises,
    /// Agrees with somebody else who said so.
    Agrees,
    /// Does not say it: the saying is negated, asked for, planned, or supposed ("did not say that", "if he says that").
    #[serde(rename = "not said")]
    NotSaid,
    /// Takes back that it is so ("withdrew his claim that").
    Retracts,
}

impl Stance {
    /// What a source does with what it says, as a verb in the third person; the word that JSON has, but for one.
    pub fn verb(self) -> &'static str {
        match self {
            Stance::Asserts => "asserts",
            Stance::Denies => "denies",
            Stance::Doubts => "doubts",
            Stance::Believes => "believes",
            Stance::Asks => "asks",
            Stance::Predicts => "predicts",
            Stance::Promises => "promises",
            Stance::Agrees => "agrees",
            Stance::NotSaid => "does not say",
            Stance::Retracts => "retracts",
        }
    }

    /// Whether it speaks for or against what its words say, so that it can found a claim or join one. Who asks, doubts, takes back,
    /// or is only supposed to speak does neither.
    pub fn takes_a_side(self) -> bool {
        !matches!(self, Stance::Asks | Stance::Doubts | Stance::NotSaid | Stance::Retracts)
    }
}

/// How words are rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Manner {
    /// Word for word, in quotation marks.
    #[serde(rename = "direct")]
    Direct,
    /// In the reporter's words.
    #[serde(rename = "indirect")]
    Indirect,
    /// Partly word for word.
    #[serde(rename = "mixed")]
    Mixed,
    /// A passage set apart.
    #[serde(rename = "block quote")]
    BlockQuote,
    /// The author of the page, or of the comment, speaking for themselves.
    #[serde(rename = "own voice")]
    OwnVoice,
}

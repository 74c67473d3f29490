//! What is done to the record by a person or by a notice: acts are only ever added, each chained to the one before it.

use crate::{ActId, ClaimId, DocumentId, IdError, StatementId, SuggestionId};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Something done to the record: who did what, when, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Act {
    /// Hash of the act and of the one before it; see [`Act::seal`].
    pub id: ActId,
    /// The act before it in the log; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<ActId>,
    /// What is done.
    pub act: ActKind,
    /// To what.
    pub on: Subject,
    /// With what: the statement that undercuts, the claim or source that is merged into the other, the source that
    /// a statement is given to, the organisation that a source speaks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<Subject>,
    /// Who did it. For an act that a page's own notice does, the page's author.
    pub by: String,
    /// Why; the words of the notice where a notice does it.
    pub because: String,
    /// When it was put into the ledger, as ISO 8601 in UTC.
    pub at: String,
    /// When it was published, where that was earlier: the date of the notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The document whose notice does it; none where a person does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<DocumentId>,
}

impl Act {
    /// Sets the id from everything else in the act, the id of the act before it included.
    pub fn seal(mut self) -> Act {
        self.id = ActId::default();
        let content = serde_json::to_vec(&self).expect("an act is plain data");
        self.id = ActId::of(&[&content]);
        self
    }
}

/// What may be done to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// A statement is taken back by those who made it.
    Withdraw,
    /// A source, or a document, is no longer believed.
    Discredit,
    /// What was withdrawn, discredited, undercut or ruled counts as before.
    Restore,
    /// One statement takes away the ground of another.
    Undercut,
    /// A suggestion is right, or a statement was read rightly.
    Confirm,
    /// A suggestion is wrong, or a statement was read wrongly.
    Reject,
    /// Two claims are one, or two sources are.
    Merge,
    /// A statement belongs to a claim of its own, or to another source.
    Split,
    /// A source speaks for an organisation.
    Affiliate,
    /// A source does not speak for an organisation, whatever pages say.
    Disaffiliate,
    /// A reader asks for a statement to be looked at.
    Flag,
    /// A claim of which only denials stand is refuted.
    Rule,
    /// A question is kept: pages that come later are held against it too.
    Keep,
    /// A remark.
    Note,
    /// The words of a document may not be shown; what it said still counts.
    TakeDown,
    /// An earlier act is taken back.
    Undo,
}

impl ActKind {
    /// Every sort of act.
    pub const ALL: &'static [ActKind] = &[
        ActKind::Withdraw,
        ActKind::Discredit,
        ActKind::Restore,
        ActKind::Undercut,
        ActKind::Confirm,
        ActKind::Reject,
        ActKind::Merge,
        ActKind::Split,
        ActKind::Affiliate,
        ActKind::Disaffiliate,
        ActKind::Flag,
        ActKind::Rule,
        ActKind::Keep,
        ActKind::Note,
        ActKind::TakeDown,
        ActKind::Undo,
    ];

    /// Its word, as in the log.
    pub fn word(self) -> &'static str {
        match self {
            ActKind::Withdraw => "withdraw",
            ActKind::Discredit => "discredit",
            ActKind::Restore => "restore",
            ActKind::Undercut => "undercut",
            ActKind::Confirm => "confirm",
            ActKind::Reject => "reject",
            ActKind::Merge => "merge",
            ActKind::Split => "split",
            ActKind::Affiliate => "affiliate",
            ActKind::Disaffiliate => "disaffiliate",
            ActKind::Flag => "flag",
            ActKind::Rule => "rule",
            ActKind::Keep => "keep",
            ActKind::Note => "note",
            ActKind::TakeDown => "take_down",
            ActKind::Undo => "undo",
        }
    }
}

/// What an act is about. Written as its kind, a colon, and its id or name: `source:ABC News`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Subject {
    /// A statement.
    Statement(StatementId),
    /// A source, by the name under which the ledger knows it.
    Source(String),
    /// A document.
    Document(DocumentId),
    /// A claim.
    Claim(ClaimId),
    /// A suggestion.
    Suggestion(SuggestionId),
    /// An act.
    Act(ActId),
    /// A question, in its words.
    Question(String),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Statement(id) => write!(f, "statement:{id}"),
            Subject::Source(name) => write!(f, "source:{name}"),
            Subject::Document(id) => write!(f, "document:{id}"),
            Subject::Claim(id) => write!(f, "claim:{id}"),
            Subject::Suggestion(id) => write!(f, "suggestion:{id}"),
            Subject::Act(id) => write!(f, "act:{id}"),
            Subject::Question(words) => write!(f, "question:{words}"),
        }
    }
}

impl FromStr for Subject {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Subject, IdError> {
        match text.split_once(':') {
            Some(("statement", id)) => Ok(Subject::Statement(id.parse()?)),
            Some(("source", name)) => Ok(Subject::Source(name.to_owned())),
            Some(("document", id)) => Ok(Subject::Document(id.parse()?)),
            Some(("claim", id)) => Ok(Subject::Claim(id.parse()?)),
            Some(("suggestion", id)) => Ok(Subject::Suggestion(id.parse()?)),
            Some(("act", id)) => Ok(Subject::Act(id.parse()?)),
            Some(("question", words)) => Ok(Subject::Question(words.to_owned())),
            _ => Err(IdError::of(text)),
        }
    }
}

impl TryFrom<String> for Subject {
    type Error = IdError;
    fn try_from(text: String) -> Result<Subject, IdError> {
        text.parse()
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> String {
        subject.to_string()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Subject {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Subject".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^((statement|document|claim|suggestion|act):[0-9a-f]{32}|(source|question):.*)$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_written_and_read_back() {
        let subjects = [
            Subject::Source("Marwick: the elder".into()),
            Subject::Claim(ClaimId([7; 16])),
            Subject::Act(ActId([0xab; 16])),
            Subject::Question("Was the pier sold: or let?".into()),
        ];
        for subject in subjects {
            assert_eq!(subject.to_string().parse(), Ok(subject));
        }
        assert!("claim:xyz".parse::<Subject>().is_err());
        assert!("ABC News".parse::<Subject>().is_err());
    }

    #[test]
    fn the_id_depends_on_every_part_and_on_the_act_before() {
        let act = Act {
            id: ActId::default(),
            previous: None,
            act: ActKind::Discredit,
            on: Subject::Source("x".into()),
            with: None,
            by: "me".into(),
            because: "why".into(),
            at: "2026-01-01T00:00:00Z".into(),
            published: None,
            notice: None,
        }
        .seal();
        assert_eq!(act.clone().seal(), act);
        assert_ne!(Act { because: "else".into(), ..act.clone() }.seal().id, act.id);
        assert_ne!(Act { previous: Some(act.id), ..act.clone() }.seal().id, act.id);
    }
}

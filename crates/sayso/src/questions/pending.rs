//! What a notice suggests and nobody has decided yet: it changes nothing, and is told wherever it would.

use crate::LedgerError;
use crate::harmless::line;
use crate::questions::claim::PageOf;
use crate::time::AsOf;
use crate::weighing::decisions::{Decisions, What};
use sayso_ledger::Ledger;
use sayso_record::SuggestionId;
use serde::Serialize;

/// So many suggestions of a sort are looked through at most, the newest first.
const LOOKED_THROUGH: u32 = 2_000;

/// What a notice suggests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PendingKind {
    /// No longer to believe a source.
    Distrust,
    /// That words of its own page are taken back.
    Withdrawal,
}

impl PendingKind {
    /// The word by which it is stored.
    fn word(self) -> &'static str {
        match self {
            PendingKind::Distrust => "distrust",
            PendingKind::Withdrawal => "withdrawal",
        }
    }
}

/// Something that a notice suggests, and that nobody has decided.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pending {
    /// The suggestion, to be confirmed or rejected.
    pub suggestion: SuggestionId,
    /// Which sort.
    pub what: PendingKind,
    /// The source that would no longer be believed, or the words that would be taken back.
    pub about: String,
    /// The notice's words.
    pub because: String,
    /// The page that bears the notice.
    pub document: PageOf,
    /// How sure the machine is, 0 to 1.
    pub confidence: f32,
}

impl Pending {
    /// What the page writes, in words that take no side.
    pub fn sentence(&self) -> String {
        let page = &self.document;
        let outlet = page.site.as_deref().or(page.title.as_deref()).or(page.url.as_deref());
        let outlet = line(outlet.unwrap_or("A page"));
        let about = line(&self.about);
        match self.what {
            PendingKind::Distrust => format!("{outlet} writes that it should not have believed {about}"),
            PendingKind::Withdrawal => format!("{outlet} may have taken back “{about}”"),
        }
    }
}

/// The undecided suggestions of notices that concern something, as they were known by a time, the newest first.
pub(crate) fn pending(
    ledger: &Ledger,
    decisions: &Decisions,
    as_of: AsOf,
    concerns: impl Fn(&What) -> bool,
) -> Result<Vec<Pending>, LedgerError> {
    let mut found: Vec<Pending> = Vec::new();
    for kind in [PendingKind::Distrust, PendingKind::Withdrawal] {
        for (_, one) in ledger.suggestions_before(kind.word(), None, LOOKED_THROUGH)? {
            let is_decided = decisions.confirmed.contains(&one.id) || decisions.rejected.contains(&one.id);
            if is_decided || one.known > as_of.known_by {
                continue;
            }
            let Some(what) = What::of(&one).filter(&concerns) else { continue };
            let Some(document) = ledger.bare_document(one.document)? else { continue };
            let about = match what {
                What::Distrust { source, .. } => source,
                What::Withdrawal { statement } => match ledger.statement(statement)? {
                    Some(statement) => match ledger.document(statement.document)? {
                        Some(document) => document.words(&statement.content),
                        None => continue,
                    },
                    None => continue,
                },
                _ => continue,
            };
            let document = PageOf::of(&document);
            // A page that is linked anew may suggest the same of other statements.
            let is_told = |known: &Pending| known.about == about && known.document == document;
            if !found.iter().any(is_told) {
                let (suggestion, because, confidence) = (one.id, one.because, one.confidence);
                found.push(Pending { suggestion, what: kind, about, because, document, confidence });
            }
        }
    }
    Ok(found)
}

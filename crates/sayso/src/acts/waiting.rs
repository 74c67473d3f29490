//! What waits for a person, put together where several matters are one decision: one name, one copy, one notice.

use crate::acts::review::{Matter, MatterKind};
use crate::parts::{ListPart, ListPlace};
use crate::{Desk, LedgerError};
use serde::Serialize;
use std::collections::HashMap;

/// Matters that are decided together.
#[derive(Clone, Debug, Serialize)]
pub struct Decision {
    /// The matters, that on which most hangs first; one at least.
    pub matters: Vec<Matter>,
    /// How many claims hang on the one on which most hangs.
    pub hangs: usize,
}

impl Desk {
    /// A part of what a person should decide: what `count` matters come to, from a place on, the decision on which most
    /// hangs first.
    pub fn waiting(
        &self,
        kinds: &[MatterKind],
        after: Option<ListPlace<3>>,
        count: usize,
    ) -> Result<ListPart<Decision, 3>, LedgerError> {
        let part = self.review_part(kinds, after, count)?;
        Ok(ListPart { lines: together(part.lines), next: part.next })
    }
}

/// Puts together what is one decision. Matters come with those first on which most hangs.
fn together(matters: Vec<Matter>) -> Vec<Decision> {
    let mut decisions: Vec<Decision> = Vec::new();
    let mut places: HashMap<(MatterKind, String), usize> = HashMap::new();
    for matter in matters {
        let at = match one_decision(&matter) {
            Some(key) => *places.entry((matter.kind, key)).or_insert(decisions.len()),
            None => decisions.len(),
        };
        match decisions.get_mut(at) {
            Some(decision) => decision.matters.push(matter),
            None => decisions.push(Decision { hangs: matter.hangs, matters: vec![matter] }),
        }
    }
    decisions
}

/// What all matters of one decision have in common; nothing where each is decided by itself.
fn one_decision(matter: &Matter) -> Option<String> {
    let pages = || {
        let pages = matter.statements.iter().map(|(_, page)| page.id.to_string());
        pages.collect::<Vec<_>>().join(" ")
    };
    match matter.kind {
        // One page that took its words from one other.
        MatterKind::Origin => Some(pages()),
        // One way to write one name, in one outlet.
        MatterKind::SameSource => {
            let outlet = matter.statements.first().and_then(|(_, page)| page.site.as_deref());
            Some(format!("{} {}", matter.question, outlet.unwrap_or_default()))
        }
        // One notice.
        MatterKind::Withdrawal => Some(format!("{} {}", matter.because, pages())),
        // The same words, joined with the same claim.
        MatterKind::SameClaim => {
            let words = matter.statements.first().map(|(told, _)| told.words.to_lowercase());
            Some(format!("{} {}", matter.question, words.unwrap_or_default()))
        }
        MatterKind::Distrust | MatterKind::Undercut | MatterKind::Flagged | MatterKind::LowConfidence => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_record::{StatementId, Subject};

    fn matter(kind: MatterKind, question: &str, hangs: usize) -> Matter {
        Matter {
            on: Subject::Statement(StatementId::of(&[question.as_bytes()])),
            kind,
            question: question.to_owned(),
            because: String::new(),
            confidence: 0.5,
            hangs,
            hangs_at_least: false,
            statements: Vec::new(),
        }
    }

    #[test]
    fn one_name_is_one_decision_and_words_of_their_own_are_not() {
        let decisions = together(vec![
            matter(MatterKind::SameSource, "Is Rennick here Tobias Rennick?", 3),
            matter(MatterKind::LowConfidence, "Does Vale say this here?", 2),
            matter(MatterKind::SameSource, "Is Rennick here Tobias Rennick?", 1),
            matter(MatterKind::LowConfidence, "Does Vale say this here?", 1),
        ]);
        let sizes: Vec<(usize, usize)> =
            decisions.iter().map(|decision| (decision.matters.len(), decision.hangs)).collect();
        assert_eq!(sizes, [(2, 3), (1, 2), (1, 1)]);
    }
}

//! A statement's chain: who says so, and on whose word we have it.

use crate::harmless;
use sayso_record::{Mention, SourceKind, Statement};

/// The chain from the source to the page: `a senior official, unnamed <- ABC News <- this page`.
pub(crate) fn chain(statement: &Statement) -> String {
    let heard = std::iter::once(&statement.source).chain(&statement.via).map(mention);
    heard.chain(std::iter::once("this page".to_owned())).collect::<Vec<_>>().join(" <- ")
}

/// A source as it stands in a chain.
fn mention(mention: &Mention) -> String {
    let name = harmless::line(&mention.name);
    match mention.kind {
        SourceKind::Person | SourceKind::Organisation | SourceKind::Office => name,
        SourceKind::Unnamed => format!("{name}, unnamed"),
        SourceKind::Author if name.is_empty() => "the author".to_owned(),
        SourceKind::Author => format!("{name}, the author"),
        SourceKind::Commenter if name.is_empty() => "a commenter without a name".to_owned(),
        SourceKind::Commenter => format!("{name}, a commenter"),
        SourceKind::Nobody => "nobody by name".to_owned(),
    }
}

/// The sort of source, in a word or two.
pub(crate) fn kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Person => "person",
        SourceKind::Organisation => "organisation",
        SourceKind::Office => "office",
        SourceKind::Unnamed => "unnamed",
        SourceKind::Author => "author",
        SourceKind::Commenter => "commenter",
        SourceKind::Nobody => "nobody by name",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_record::{DocumentId, Manner, Stance, StatementId};

    fn by(kind: SourceKind, name: &str) -> Mention {
        Mention { spans: vec![], kind, name: name.into() }
    }

    #[test]
    fn the_chain_runs_from_the_source_to_the_page() {
        let statement = Statement {
            id: StatementId::default(),
            document: DocumentId::default(),
            block: 0,
            source: by(SourceKind::Unnamed, "a harbour\u{1b}[2J pilot"),
            via: vec![by(SourceKind::Organisation, "Northwire"), by(SourceKind::Commenter, "eel")],
            within: None,
            cue: vec![],
            content: vec![],
            stance: Stance::Asserts,
            manner: Manner::Indirect,
            confidence: 1.0,
            proposition: None,
        };
        assert_eq!(
            chain(&statement),
            "a harbour�[2J pilot, unnamed <- Northwire <- eel, a commenter <- this page"
        );
    }
}

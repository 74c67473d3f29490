//! Who said what: invented texts and the chains that must be read from them.

mod chains;
mod labelled;
mod posts;
mod robust;
mod rules;

use sayso_read::{Carrier, Reader, document};
use sayso_record::{Manner, Mention, SourceKind, Statement};

fn named(mention: &Mention) -> String {
    match (mention.kind, mention.name.as_str()) {
        (SourceKind::Unnamed, name) => format!("{name}, unnamed"),
        (SourceKind::Nobody, _) => "nobody".to_owned(),
        (SourceKind::Author, "") => "the author".to_owned(),
        (_, name) => name.to_owned(),
    }
}

/// Every statement but the page's own: `source <- go-between [cue, stance, manner] content`.
fn account(text: &str) -> String {
    let page = document(text.as_bytes(), &Carrier::default());
    let line = |statement: &Statement| {
        let chain: Vec<String> =
            std::iter::once(&statement.source).chain(&statement.via).map(named).collect();
        format!(
            "{} [{}, {:?}, {:?}] {}",
            chain.join(" <- "),
            page.words(&statement.cue),
            statement.stance,
            statement.manner,
            page.words(&statement.content)
        )
    };
    let statements = Reader::new().statements(&page);
    let shown = statements.iter().filter(|statement| statement.manner != Manner::OwnVoice);
    shown.map(line).collect::<Vec<_>>().join("\n")
}

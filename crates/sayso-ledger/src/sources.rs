//! Who a mention is filed under. A name is trusted to mean the same one everywhere only where it can be; all others
//! are one source per outlet, for two outlets' "senior official" may be two people.

use crate::lookup::NEWEST;
use crate::rows::{from_word, word};
use crate::{Ledger, LedgerError};
use rusqlite::Row;
use sayso_record::{Document, Manner, Mention, SourceKind};
use serde::Serialize;

/// Names a source within one ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceKey(pub(crate) i64);

/// A source, and how often it is heard in the newest readings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Names it within this ledger.
    #[serde(skip)]
    pub key: SourceKey,
    /// Its name; for an unnamed source its description. Empty where a page names nobody.
    pub name: String,
    /// What sort of source.
    pub kind: SourceKind,
    /// The outlet that it belongs to: its site, or host, or the document itself where neither is known. None for a
    /// source whose name means the same one everywhere.
    pub outlet: Option<String>,
    /// Statements that it makes by another's account, or in a block quote.
    pub statements: u32,
    /// Statements that it makes in its own voice.
    pub own_voice: u32,
    /// Statements by others that it passes on.
    pub relayed: u32,
    /// Documents in which it is heard.
    pub documents: u32,
}

/// Whether this name means the same one in every outlet. An organisation's does, and a person's full name is taken to;
/// a single name, an office, a pen name and a description are not.
pub(crate) fn is_known_everywhere(mention: &Mention) -> bool {
    match mention.kind {
        SourceKind::Organisation => true,
        SourceKind::Person => mention.name.split_whitespace().nth(1).is_some(),
        _ => false,
    }
}

/// What tells this document's outlet from all others.
pub(crate) fn outlet_of(document: &Document) -> String {
    if let Some(site) = &document.site {
        return site.clone();
    }
    let host = document.url.as_deref().and_then(host_of);
    host.map_or_else(|| format!("document {}", document.id), str::to_owned)
}

fn host_of(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

impl Ledger {
    /// Every source that is heard in the newest readings, the most heard first.
    pub fn sources(&self) -> Result<Vec<Source>, LedgerError> {
        let own_voice = word(&Manner::OwnVoice);
        let sql = format!(
            "WITH heard AS (
                 SELECT st.source, r.document, st.manner <> ?1 AS said, st.manner = ?1 AS own, 0 AS relayed
                 FROM statement st JOIN reading r ON r.key = st.reading WHERE {NEWEST}
                 UNION ALL
                 SELECT g.source, r.document, 0, 0, 1
                 FROM go_between g JOIN statement st ON st.key = g.statement JOIN reading r ON r.key = st.reading
                 WHERE {NEWEST})
             SELECT so.key, so.kind, so.name, so.outlet, sum(said), sum(own), sum(relayed), count(DISTINCT document)
             FROM heard JOIN source so ON so.key = heard.source
             GROUP BY so.key
             ORDER BY sum(said) DESC, sum(relayed) DESC, sum(own) DESC, so.name, so.outlet, so.kind"
        );
        let source = |row: &Row| {
            let outlet: String = row.get(3)?;
            Ok(Source {
                key: SourceKey(row.get(0)?),
                kind: from_word(row, 1)?,
                name: row.get(2)?,
                outlet: Some(outlet).filter(|outlet| !outlet.is_empty()),
                statements: row.get(4)?,
                own_voice: row.get(5)?,
                relayed: row.get(6)?,
                documents: row.get(7)?,
            })
        };
        self.done(
            self.connection
                .prepare_cached(&sql)
                .and_then(|mut query| query.query_map([own_voice], source)?.collect()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_mean_one_everywhere_are_filed_together() {
        let mention = |kind, name: &str| Mention { spans: vec![], kind, name: name.into() };
        assert!(is_known_everywhere(&mention(SourceKind::Person, "Ilse Marwick")));
        assert!(is_known_everywhere(&mention(SourceKind::Organisation, "Corvane")));
        assert!(!is_known_everywhere(&mention(SourceKind::Person, "Marwick")));
        assert!(!is_known_everywhere(&mention(SourceKind::Unnamed, "a senior official")));
        assert!(!is_known_everywhere(&mention(SourceKind::Office, "the defence minister")));
        assert!(!is_known_everywhere(&mention(SourceKind::Commenter, "Long Pen Name")));
    }

    #[test]
    fn an_outlet_is_a_site_or_a_host_or_the_document_itself() {
        let document =
            Document { url: Some("https://www.example.org:8080/a/b?c".into()), ..Document::default() };
        assert_eq!(outlet_of(&document), "example.org:8080");
        assert_eq!(outlet_of(&Document { site: Some("The Post".into()), ..document }), "The Post");
        let bare = Document { text: "x".into(), ..Document::default() }.seal();
        assert_eq!(outlet_of(&bare), format!("document {}", bare.id));
    }
}

//! Who a mention is filed under. A name is trusted to mean the same one everywhere only where it can be; all others
//! are one source per outlet, for two outlets' "senior official" may be two people.

use crate::claims::LinkedSource;
use crate::links::LinkedSourceKey;
use crate::rows::from_word;
use crate::{Ledger, LedgerError};
use rusqlite::Row;
use sayso_record::{Document, Mention, SourceKind};

/// How often a source across documents is heard in the newest linkings, in statements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeardOf {
    /// That it makes by another's account.
    pub said: u32,
    /// That it makes on its own page, or in its own comment.
    pub own_voice: u32,
    /// By others, that it passes on or publishes.
    pub passed_on: u32,
    /// The documents in which these stand.
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

/// How often each source is heard in one linking. A source that is in a chain twice counts by its place nearest to the
/// beginning.
const HEARD_IN: &str =
    "SELECT source, sum(step = 0 AND NOT report) AS said, sum(step = 0 AND report) AS own_voice,
         sum(step > 0) AS passed_on
     FROM (SELECT c.source, min(n.step) AS step, c.report FROM chain_link c JOIN node n ON n.key = c.node
           WHERE c.linking = ?1 GROUP BY c.source, n.statement)
     GROUP BY source";

impl Ledger {
    /// The sources across documents that are heard in the newest linkings, with how often, the most heard first and of
    /// equals the newest; at most `limit`, after one that was given before.
    pub fn sources_heard(
        &self,
        after: Option<(LinkedSourceKey, HeardOf)>,
        limit: u32,
    ) -> Result<Vec<(LinkedSource, HeardOf)>, LedgerError> {
        let sql = "SELECT s.key, s.name, s.unnamed, h.said, h.own_voice, h.passed_on, h.documents
             FROM heard h CROSS JOIN linked_source s ON s.key = h.source
             WHERE h.documents > 0 AND (h.said, h.passed_on, h.own_voice, h.source) < (?1, ?2, ?3, ?4)
             ORDER BY h.said DESC, h.passed_on DESC, h.own_voice DESC, h.source DESC LIMIT ?5";
        let of = match after {
            Some((source, heard)) => (heard.said, heard.passed_on, heard.own_voice, source.0, limit),
            None => (u32::MAX, 0, 0, 0, limit),
        };
        self.many(sql, of, |row| {
            let source =
                LinkedSource { key: LinkedSourceKey(row.get(0)?), name: row.get(1)?, unnamed: row.get(2)? };
            Ok((source, heard_of(row, 3)?))
        })
    }

    /// How often a source is heard in the newest linkings.
    pub fn heard(&self, source: LinkedSourceKey) -> Result<HeardOf, LedgerError> {
        let sql = "SELECT said, own_voice, passed_on, documents FROM heard WHERE source = ?";
        Ok(self.one(sql, source.0, |row| heard_of(row, 0))?.unwrap_or_default())
    }

    /// Counts what a linking holds, as part of storing it.
    pub(crate) fn heard_in(&self, linking: i64) -> rusqlite::Result<()> {
        let sql = format!(
            "INSERT INTO heard (source, said, own_voice, passed_on, documents)
             SELECT source, said, own_voice, passed_on, 1 FROM ({HEARD_IN}) WHERE true
             ON CONFLICT (source) DO UPDATE SET said = said + excluded.said,
                 own_voice = own_voice + excluded.own_voice, passed_on = passed_on + excluded.passed_on,
                 documents = documents + 1"
        );
        self.connection.prepare_cached(&sql)?.execute([linking]).map(|_| ())
    }

    /// Takes back what was counted of a linking whose place another takes.
    pub(crate) fn no_longer_heard(&self, linking: i64) -> rusqlite::Result<()> {
        let sql = format!(
            "UPDATE heard SET said = heard.said - old.said, own_voice = heard.own_voice - old.own_voice,
                 passed_on = heard.passed_on - old.passed_on, documents = documents - 1
             FROM ({HEARD_IN}) old WHERE heard.source = old.source"
        );
        self.connection.prepare_cached(&sql)?.execute([linking]).map(|_| ())
    }

    /// How pages call a source across documents: what sort of source they take it for, the name or description, and how
    /// often, in the newest linkings.
    pub fn mentions_of(
        &self,
        source: LinkedSourceKey,
    ) -> Result<Vec<(SourceKind, String, u32)>, LedgerError> {
        let sql = "SELECT so.kind, so.name, count(*)
             FROM chain_link c JOIN linking l ON l.key = c.linking JOIN node n ON n.key = c.node
             JOIN statement st ON st.id = n.statement AND st.reading = l.reading
             LEFT JOIN go_between g ON g.statement = st.key AND g.position = n.step - 1
             JOIN source so ON so.key = CASE n.step WHEN 0 THEN st.source ELSE g.source END
             WHERE c.source = ? AND so.name <> ''
               AND NOT EXISTS (SELECT 1 FROM linking later WHERE later.replaces = l.key)
             GROUP BY so.kind, so.name ORDER BY count(*) DESC, so.name";
        self.many(sql, [source.0], |row| Ok((from_word(row, 0)?, row.get(1)?, row.get(2)?)))
    }
}

fn heard_of(row: &Row, first: usize) -> rusqlite::Result<HeardOf> {
    Ok(HeardOf {
        said: row.get(first)?,
        own_voice: row.get(first + 1)?,
        passed_on: row.get(first + 2)?,
        documents: row.get(first + 3)?,
    })
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

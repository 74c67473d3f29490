//! Chains: storing what linking a document gave, and following it again from any end.

use crate::affiliations::NewAffiliation;
use crate::rows::json;
use crate::{Ledger, LedgerError};
use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, Row, params};
use sayso_record::{ClaimId, DocumentId, StatementId, SuggestionId};
use serde_json::Value;
use std::collections::BTreeMap;

/// Names a claim within one ledger. Claims are numbered without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimKey(pub(crate) i64);

impl ClaimKey {
    /// The claim with this number, counted from 0.
    pub fn from_number(number: u32) -> ClaimKey {
        ClaimKey(i64::from(number) + 1)
    }

    /// Its number, counted from 0.
    pub fn number(self) -> u32 {
        (self.0 - 1) as u32
    }
}

/// Names a source across documents, within one ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkedSourceKey(pub(crate) i64);

impl LinkedSourceKey {
    /// The source with this number, counted from 1.
    pub fn from_number(number: i64) -> LinkedSourceKey {
        LinkedSourceKey(number)
    }

    /// Its number, counted from 1.
    pub fn number(self) -> i64 {
        self.0
    }
}

/// Names a place in a chain within one ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeKey(pub(crate) i64);

/// Names a document within one ledger. Documents are numbered without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentKey(pub(crate) i64);

impl DocumentKey {
    /// The document with this number, counted from 0.
    pub fn from_number(number: u32) -> DocumentKey {
        DocumentKey(i64::from(number) + 1)
    }

    /// Its number, counted from 0.
    pub fn number(self) -> u32 {
        (self.0 - 1) as u32
    }
}

/// A source across documents, as it is stored.
#[derive(Clone, Debug)]
pub struct SourceName {
    /// Its name; equal names are one source.
    pub name: String,
    /// What makes two ways to write a name the same.
    pub key: String,
    /// Whether nobody names it.
    pub unnamed: bool,
}

/// A place in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The statement.
    pub statement: StatementId,
    /// Steps from its source.
    pub step: u8,
}

/// All that linking a document gave.
#[derive(Clone, Debug)]
pub struct Linking {
    /// Which linker.
    pub linker: String,
    /// When this ledger knew, in seconds since 1970.
    pub known: i64,
    /// When the page was published.
    pub published: Option<i64>,
    /// The page's outlet.
    pub outlet: SourceName,
    /// Its author.
    pub author: SourceName,
    /// Claims that it founded, in the order of their numbers.
    pub claims: Vec<NewClaim>,
    /// Words to compare later statements with.
    pub exemplars: Vec<Words>,
    /// Its chains.
    pub links: Vec<NewLink>,
    /// Where words were taken from.
    pub origins: Vec<NewOrigin>,
    /// What a person should decide.
    pub suggestions: Vec<NewSuggestion>,
    /// What is new of the roles and years in which people are heard.
    pub appearances: Vec<NewAppearance>,
    /// For whom its sources speak.
    pub affiliations: Vec<NewAffiliation>,
    /// Fingerprints of its text.
    pub fingerprints: Vec<u64>,
}

/// A role and a year in which somebody is heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAppearance {
    /// The full name in lower case, without titles.
    pub name: String,
    /// The role in one word.
    pub field: Option<String>,
    /// The year.
    pub year: Option<i16>,
}

/// A claim that is founded.
#[derive(Clone, Debug)]
pub struct NewClaim {
    /// Its id.
    pub id: ClaimId,
    /// The words that founded it.
    pub words: String,
}

/// Words of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// The claim.
    pub claim: ClaimKey,
    /// Whether they are for it.
    pub for_it: bool,
    /// The words.
    pub words: String,
}

/// A link of a chain to be stored.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// Where.
    pub place: Place,
    /// Who.
    pub source: SourceName,
    /// About what.
    pub claim: ClaimKey,
    /// For it, or against it.
    pub for_it: bool,
    /// Whether we hold the text itself.
    pub held: bool,
    /// Whether it is the page's report.
    pub report: bool,
    /// Whether the page itself speaks: its author or its outlet.
    pub of_page: bool,
    /// On what it rests; none at first hand.
    pub needs: Option<Vec<Vec<Place>>>,
    /// How sure we are of the claim, 0 to 1.
    pub confidence: f32,
}

/// That words were taken from somewhere else.
#[derive(Clone, Debug)]
pub struct NewOrigin {
    /// The link whose words were taken.
    pub of: Place,
    /// Where they were taken from.
    pub original: Place,
    /// How we know, as a clause.
    pub because: String,
    /// The suggestion that it is; none where the page says so itself.
    pub suggestion: Option<SuggestionId>,
}

/// Something a person should decide.
#[derive(Clone, Debug)]
pub struct NewSuggestion {
    /// Its id.
    pub id: SuggestionId,
    /// Which sort.
    pub kind: String,
    /// What exactly.
    pub what: Value,
    /// The words that made us suggest it.
    pub because: String,
    /// How sure we are, 0 to 1.
    pub confidence: f32,
}

/// A link of a chain as stored, with what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Names it.
    pub node: NodeKey,
    /// Where.
    pub place: Place,
    /// Who.
    pub source: LinkedSourceKey,
    /// About what.
    pub claim: ClaimKey,
    /// For it, or against it.
    pub for_it: bool,
    /// Whether we hold the text itself.
    pub held: bool,
    /// Whether it is the page's report.
    pub report: bool,
    /// Whether it is said at first hand, by the page's own account.
    pub first: bool,
    /// How sure we are of the claim.
    pub confidence: f32,
    /// The document.
    pub document: DocumentKey,
    /// When it was published.
    pub published: Option<i64>,
    /// When we knew.
    pub known: i64,
    /// What it rests on by the page's own account, where that is not at first hand.
    pub needs: Vec<Vec<NodeKey>>,
    /// Where its words were taken from.
    pub origins: Vec<OriginOf>,
}

/// That words were taken from somewhere else, as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct OriginOf {
    /// Where they were taken from.
    pub original: NodeKey,
    /// How we know.
    pub because: String,
    /// The suggestion that it is.
    pub suggestion: Option<SuggestionId>,
}

const LINK: &str = "c.node, n.statement, n.step, c.source, c.claim, c.for_it, c.held, c.report, c.first,
     c.confidence, l.document, l.published, l.known, c.linking,
     q.alternative, q.needs, o.key, o.original, o.because, o.suggestion
     FROM chain_link c JOIN linking l ON l.key = c.linking JOIN node n ON n.key = c.node
     LEFT JOIN need q ON q.linking = c.linking AND q.node = c.node
     LEFT JOIN origin o ON o.of = c.node AND o.known <= ?2
     WHERE l.known <= ?2
       AND NOT EXISTS (SELECT 1 FROM linking later WHERE later.replaces = l.key AND later.known <= ?2)";

/// The rows of one link stand together, and what it rests on comes in this order.
const IN_ORDER: &str = "c.linking, c.node, q.alternative, q.needs, o.key";

/// Links as they are gathered from rows: each row has one thing that a link needs, and one place where its words were
/// taken from, and there is a row for every pair of these.
#[derive(Default)]
struct Gathered {
    links: Vec<Link>,
    /// Which link of which linking the last row was of.
    last: Option<(i64, i64)>,
    /// The alternative and the node that the last row needs.
    need: Option<(i64, i64)>,
    is_first_need: bool,
}

impl Gathered {
    fn add(&mut self, row: &Row) -> rusqlite::Result<()> {
        let (node, linking): (i64, i64) = (row.get(0)?, row.get(13)?);
        let is_new = self.last != Some((linking, node));
        if is_new {
            self.links.push(link_of(row)?);
            (self.last, self.need) = (Some((linking, node)), None);
        }
        let link = self.links.last_mut().expect("one was pushed");
        let (alternative, needs): (Option<i64>, Option<i64>) = (row.get(14)?, row.get(15)?);
        let need = alternative.zip(needs);
        if is_new || need != self.need {
            if let Some((alternative, needs)) = need {
                if self.need.is_none_or(|(last, _)| last != alternative) {
                    link.needs.push(Vec::new());
                }
                link.needs.last_mut().expect("one was pushed").push(NodeKey(needs));
            }
            (self.need, self.is_first_need) = (need, is_new);
        }
        if self.is_first_need && row.get_ref(16)? != ValueRef::Null {
            let suggestion: Option<[u8; 16]> = row.get(19)?;
            link.origins.push(OriginOf {
                original: NodeKey(row.get(17)?),
                because: row.get(18)?,
                suggestion: suggestion.map(SuggestionId),
            });
        }
        Ok(())
    }
}

fn link_of(row: &Row) -> rusqlite::Result<Link> {
    Ok(Link {
        node: NodeKey(row.get(0)?),
        place: Place { statement: StatementId(row.get(1)?), step: row.get(2)? },
        source: LinkedSourceKey(row.get(3)?),
        claim: ClaimKey(row.get(4)?),
        for_it: row.get(5)?,
        held: row.get(6)?,
        report: row.get(7)?,
        first: row.get(8)?,
        confidence: row.get(9)?,
        document: DocumentKey(row.get(10)?),
        published: row.get(11)?,
        known: row.get(12)?,
        needs: Vec::new(),
        origins: Vec::new(),
    })
}

impl Ledger {
    /// Stores what linking a document gave. It takes the place of what an earlier linking of the document gave.
    pub fn store_linking(&self, document: DocumentId, linking: &Linking) -> Result<(), LedgerError> {
        self.done(self.keep_linking(document, linking))
    }

    fn keep_linking(&self, document: DocumentId, linking: &Linking) -> rusqlite::Result<()> {
        let (document, reading): (i64, i64) = self
            .connection
            .prepare_cached(
                "SELECT d.key, max(r.key) FROM document d JOIN reading r ON r.document = d.key WHERE d.id = ?
                 GROUP BY d.key",
            )?
            .query_row([document.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let replaces: Option<i64> = self
            .connection
            .prepare_cached("SELECT max(key) FROM linking WHERE document = ?")?
            .query_row([document], |row| row.get(0))?;
        if let Some(replaced) = replaces {
            self.no_longer_heard(replaced)?;
        }
        let (outlet, author) = (self.source_of(&linking.outlet)?, self.source_of(&linking.author)?);
        let key = self
            .connection
            .prepare_cached(
                "INSERT INTO linking (document, reading, linker, replaces, outlet, author, published, known)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .insert(params![
                document,
                reading,
                linking.linker,
                replaces,
                outlet,
                author,
                linking.published,
                linking.known
            ])?;
        for claim in &linking.claims {
            self.connection
                .prepare_cached("INSERT INTO claim (id, words, known) VALUES (?, ?, ?)")?
                .execute(params![claim.id.0, claim.words, linking.known])?;
        }
        for exemplar in &linking.exemplars {
            self.connection
                .prepare_cached("INSERT INTO exemplar (claim, for_it, words) VALUES (?, ?, ?)")?
                .execute(params![exemplar.claim.0, exemplar.for_it, exemplar.words])?;
        }
        for link in &linking.links {
            self.keep_link(key, link)?;
        }
        self.heard_in(key)?;
        for origin in &linking.origins {
            let (of, original) = (self.node_of(origin.of)?, self.node_of(origin.original)?);
            self.connection
                .prepare_cached(
                    "INSERT INTO origin (linking, of, original, because, suggestion, known)
                     SELECT ?1, ?2, ?3, ?4, ?5, ?6
                     WHERE NOT EXISTS (SELECT 1 FROM origin WHERE of = ?2 AND original = ?3)",
                )?
                .execute(params![
                    key,
                    of,
                    original,
                    origin.because,
                    origin.suggestion.map(|id| id.0),
                    linking.known
                ])?;
        }
        for suggestion in &linking.suggestions {
            self.connection
                .prepare_cached(
                    "INSERT INTO suggestion (id, kind, what, because, document, confidence, known)
                     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
                     WHERE NOT EXISTS (SELECT 1 FROM suggestion WHERE id = ?1)",
                )?
                .execute(params![
                    suggestion.id.0,
                    suggestion.kind,
                    json(&suggestion.what),
                    suggestion.because,
                    document,
                    suggestion.confidence,
                    linking.known
                ])?;
        }
        for one in &linking.appearances {
            self.connection
                .prepare_cached("INSERT INTO appearance (name, field, year) VALUES (?, ?, ?)")?
                .execute(params![one.name, one.field, one.year])?;
        }
        for one in &linking.affiliations {
            self.keep_affiliation(key, linking.known, one)?;
        }
        if replaces.is_none() {
            let prints: Vec<u8> = linking.fingerprints.iter().flat_map(|print| print.to_le_bytes()).collect();
            self.connection
                .prepare_cached("INSERT INTO fingerprint (document, prints) VALUES (?, ?)")?
                .execute(params![document, prints])?;
        }
        Ok(())
    }

    fn keep_link(&self, linking: i64, link: &NewLink) -> rusqlite::Result<()> {
        let (node, source) = (self.node_of(link.place)?, self.source_of(&link.source)?);
        self.connection
            .prepare_cached(
                "INSERT INTO chain_link (linking, node, source, claim, for_it, held, report, of_page, first,
                                         confidence)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                linking,
                node,
                source,
                link.claim.0,
                link.for_it,
                link.held,
                link.report,
                link.of_page,
                link.needs.is_none(),
                link.confidence
            ])?;
        for (alternative, needs) in link.needs.iter().flatten().enumerate() {
            for &place in needs {
                self.connection
                    .prepare_cached(
                        "INSERT INTO need (linking, node, alternative, needs) VALUES (?, ?, ?, ?)",
                    )?
                    .execute(params![linking, node, alternative as i64, self.node_of(place)?])?;
            }
        }
        Ok(())
    }

    fn node_of(&self, place: Place) -> rusqlite::Result<i64> {
        let known = self.known_node(place)?;
        match known {
            Some(key) => Ok(key),
            None => self
                .connection
                .prepare_cached("INSERT INTO node (statement, step) VALUES (?, ?)")?
                .insert(params![place.statement.0, place.step]),
        }
    }

    fn known_node(&self, place: Place) -> rusqlite::Result<Option<i64>> {
        self.connection
            .prepare_cached("SELECT key FROM node WHERE statement = ? AND step = ?")?
            .query_row(params![place.statement.0, place.step], |row| row.get(0))
            .optional()
    }

    /// The key of a source, which is stored first if it is new.
    pub fn linked_source_key(&self, source: &SourceName) -> Result<LinkedSourceKey, LedgerError> {
        Ok(LinkedSourceKey(self.done(self.source_of(source))?))
    }

    pub(crate) fn source_of(&self, source: &SourceName) -> rusqlite::Result<i64> {
        let known = self
            .connection
            .prepare_cached("SELECT key FROM linked_source WHERE name = ?")?
            .query_row([&source.name], |row| row.get(0))
            .optional()?;
        match known {
            Some(key) => Ok(key),
            None => self
                .connection
                .prepare_cached("INSERT INTO linked_source (name, name_key, unnamed) VALUES (?, ?, ?)")?
                .insert(params![source.name, source.key, source.unnamed]),
        }
    }

    /// The links of a claim as they were known by a time.
    pub fn links_of_claim(&self, claim: ClaimKey, known_by: i64) -> Result<Vec<Link>, LedgerError> {
        self.links("c.claim = ?1", claim.0, known_by)
    }

    /// The first links of a claim as it is linked now, one of them of the statement that founded it, where that is linked
    /// still.
    pub fn first_links_of_claim(&self, claim: ClaimKey) -> Result<Vec<Link>, LedgerError> {
        let nodes = self.many(
            "SELECT c.node FROM chain_link c JOIN linking l ON l.key = c.linking JOIN node n ON n.key = c.node
             WHERE c.claim = ? AND n.step = 0
               AND NOT EXISTS (SELECT 1 FROM linking later WHERE later.replaces = l.key)
             ORDER BY c.node LIMIT 4",
            [claim.0],
            |row| Ok(NodeKey(row.get(0)?)),
        )?;
        nodes.into_iter().filter_map(|node| self.link(node, i64::MAX).transpose()).collect()
    }

    /// The links in which a source speaks.
    pub fn links_of_source(&self, source: LinkedSourceKey, known_by: i64) -> Result<Vec<Link>, LedgerError> {
        self.links("c.source = ?1", source.0, known_by)
    }

    /// The links of the newest linkings in which a source speaks, the last linked first, at most `limit`.
    pub fn newest_links_of_source(
        &self,
        source: LinkedSourceKey,
        limit: u32,
    ) -> Result<Vec<Link>, LedgerError> {
        let nodes = self.many(
            "SELECT c.node FROM chain_link c JOIN linking l ON l.key = c.linking
             WHERE c.source = ? AND NOT EXISTS (SELECT 1 FROM linking later WHERE later.replaces = l.key)
             ORDER BY c.linking DESC, c.node LIMIT ?",
            (source.0, limit),
            |row| Ok(NodeKey(row.get(0)?)),
        )?;
        nodes.into_iter().filter_map(|node| self.link(node, i64::MAX).transpose()).collect()
    }

    /// The links of a document.
    pub fn links_of_document(&self, document: DocumentKey, known_by: i64) -> Result<Vec<Link>, LedgerError> {
        self.links("l.document = ?1", document.0, known_by)
    }

    /// The links of a statement's chain, from its source to the page.
    pub fn links_of_statement(
        &self,
        statement: StatementId,
        known_by: i64,
    ) -> Result<Vec<Link>, LedgerError> {
        let mut links = self.links("n.statement = ?1", statement.0, known_by)?;
        links.sort_by_key(|link| link.place.step);
        Ok(links)
    }

    /// One link.
    pub fn link(&self, node: NodeKey, known_by: i64) -> Result<Option<Link>, LedgerError> {
        Ok(self.links("c.node = ?1", node.0, known_by)?.pop())
    }

    fn links(&self, which: &str, of: impl rusqlite::ToSql, known_by: i64) -> Result<Vec<Link>, LedgerError> {
        let found = || {
            let sql = format!("SELECT {LINK} AND {which} ORDER BY {IN_ORDER}");
            let mut query = self.connection.prepare_cached(&sql)?;
            let mut rows = query.query(params![of, known_by])?;
            let mut links = Gathered::default();
            while let Some(row) = rows.next()? {
                links.add(row)?;
            }
            Ok(links.links)
        };
        self.done(found())
    }

    /// The links of one side of a claim in which a source with this name key speaks: as a page itself, then the first of
    /// each, or on one. The first of them, `most` at most: an outlet may say the same ten thousand times.
    pub fn spoken(
        &self,
        claim: ClaimKey,
        for_it: bool,
        name_key: &str,
        of_page: bool,
        most: u32,
    ) -> Result<Vec<Place>, LedgerError> {
        // Some are of linkings that others have replaced, and some of one page.
        let looked_at = most.saturating_mul(4);
        let sources = "SELECT key FROM linked_source WHERE name_key = ? ORDER BY key";
        let sources: Vec<i64> = self.many(sources, [name_key], |row| row.get(0))?;
        // In the order of the index, so that no more is looked at than is wanted.
        let sql = "SELECT c.node, n.statement, n.step, l.document
             FROM (SELECT linking, node FROM chain_link
                   WHERE source = ?1 AND claim = ?2 AND of_page = ?3 AND for_it = ?4
                   ORDER BY linking, node LIMIT ?5) c
             JOIN linking l ON l.key = c.linking JOIN node n ON n.key = c.node
             WHERE NOT EXISTS (SELECT 1 FROM linking later WHERE later.replaces = l.key)";
        // By its document, where only one of each counts, and by its node.
        let mut first: BTreeMap<i64, (i64, Place)> = BTreeMap::new();
        for source in sources {
            let of = params![source, claim.0, of_page, for_it, looked_at];
            let found = self.many(sql, of, |row| {
                let place = Place { statement: StatementId(row.get(1)?), step: row.get(2)? };
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(3)?, place))
            })?;
            for (node, document, place) in found {
                let earliest = first.entry(if of_page { document } else { node }).or_insert((node, place));
                if node < earliest.0 {
                    *earliest = (node, place);
                }
            }
        }
        let mut places: Vec<(i64, Place)> = first.into_values().collect();
        places.sort_unstable_by_key(|(node, _)| *node);
        places.truncate(most as usize);
        Ok(places.into_iter().map(|(_, place)| place).collect())
    }

    /// The statements in whose chains a source speaks, in any linking.
    pub fn statements_spoken_by(&self, source: LinkedSourceKey) -> Result<Vec<StatementId>, LedgerError> {
        self.many(
            "SELECT DISTINCT n.statement FROM chain_link c CROSS JOIN node n ON n.key = c.node WHERE c.source = ?",
            [source.0],
            |row| Ok(StatementId(row.get(0)?)),
        )
    }

    /// The same, so many at most, those linked last first.
    pub fn statements_spoken_lately_by(
        &self,
        source: LinkedSourceKey,
        limit: u32,
    ) -> Result<Vec<StatementId>, LedgerError> {
        let statements = self.many(
            "SELECT n.statement FROM chain_link c CROSS JOIN node n ON n.key = c.node WHERE c.source = ?
             ORDER BY c.linking DESC LIMIT ?",
            (source.0, limit),
            |row| Ok(StatementId(row.get(0)?)),
        );
        let mut statements = statements?;
        statements.sort_unstable();
        statements.dedup();
        Ok(statements)
    }

    /// The statements that were linked in a document, in any linking.
    pub fn statements_linked_in(&self, document: DocumentKey) -> Result<Vec<StatementId>, LedgerError> {
        self.many(
            "SELECT DISTINCT n.statement FROM linking l CROSS JOIN chain_link c ON c.linking = l.key
             CROSS JOIN node n ON n.key = c.node WHERE l.document = ?",
            [document.0],
            |row| Ok(StatementId(row.get(0)?)),
        )
    }

    /// The nodes of a statement's chain.
    pub fn nodes_of(&self, statement: StatementId) -> Result<Vec<NodeKey>, LedgerError> {
        self.many("SELECT key FROM node WHERE statement = ?", [statement.0], |row| Ok(NodeKey(row.get(0)?)))
    }

    /// The nodes that rest on one in any linking, by their pages' own account or because their words were taken from
    /// it. One that does both may come twice.
    pub fn nodes_resting_on(&self, node: NodeKey) -> Result<Vec<NodeKey>, LedgerError> {
        self.many(
            "SELECT node FROM need WHERE needs = ?1 UNION ALL SELECT of FROM origin WHERE original = ?1",
            [node.0],
            |row| Ok(NodeKey(row.get(0)?)),
        )
    }

    /// The statement and the claim of a node, in any linking. What was linked more than once may come twice.
    pub fn claims_of_node(&self, node: NodeKey) -> Result<Vec<(StatementId, ClaimKey)>, LedgerError> {
        self.many(
            "SELECT n.statement, c.claim FROM node n JOIN chain_link c ON c.node = n.key WHERE n.key = ?",
            [node.0],
            |row| Ok((StatementId(row.get(0)?), ClaimKey(row.get(1)?))),
        )
    }
}

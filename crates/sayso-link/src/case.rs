//! A few documents linked in memory, as the case that `sayso-weigh` weighs. A ledger does the same from its tables.

use crate::Models;
use crate::chain::{Basis as LinkBasis, ChainLink, LinkId, Origin};
use crate::claims::ClaimNumber;
use crate::linker::{Known, Linked, Linker, Options, Page, Suggestion, ToldLink};
use crate::sources::Name;
use sayso_record::{Document, Statement};
use serde::{Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

/// A case in the form that `sayso-weigh` reads.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Case {
    /// Who said what, on whose word.
    pub statements: Vec<CaseStatement>,
    /// What is known of the sources.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, CaseSource>,
    /// Statements that their own page took back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<String>,
}

/// A statement of a case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseStatement {
    /// Its name: the statement's id, with the place in the chain behind a slash.
    pub id: String,
    /// Who says so.
    pub source: String,
    /// The document in which we hold it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// What it speaks of.
    pub claim: String,
    /// `+` or `-`.
    pub polarity: char,
    /// Whether we have the text itself.
    pub held: bool,
    /// On what it rests.
    pub basis: Basis,
    /// When its page was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Its words.
    pub text: String,
}

/// On what a statement rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// At first hand.
    First,
    /// On any one of these, each a list of what is needed together.
    Alternatives(Vec<Vec<String>>),
}

impl Serialize for Basis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Basis::First => serializer.serialize_str("first"),
            Basis::Alternatives(alternatives) => alternatives.serialize(serializer),
        }
    }
}

/// What is known of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CaseSource {
    /// Nobody names it.
    pub unnamed: bool,
}

/// The case that some documents make, linked in their order, and what a person should decide about it.
pub fn case(
    models: &Models,
    options: Options,
    pages: impl IntoIterator<Item = (Document, Vec<Statement>)>,
) -> (Case, Vec<Suggestion>) {
    let mut linker = Linker::new(models, options);
    let mut gathered = Gathered::default();
    for (document, statements) in pages {
        let number = gathered.pages.len() as u32;
        let Ok(linked) = linker.add(number, &document, &statements, &gathered);
        let claims = linked.claims.iter().map(|link| link.map(|link| link.claim)).collect();
        gathered.pages.push((Page { document, statements, claims }, linked));
    }
    gathered.case()
}

/// Everything linked so far.
#[derive(Default)]
struct Gathered {
    pages: Vec<(Page, Linked)>,
}

impl Gathered {
    /// All links, each with its page.
    fn links(&self) -> impl Iterator<Item = (&Page, &Linked, &ChainLink)> {
        self.pages.iter().flat_map(|(page, linked)| linked.links.iter().map(move |link| (page, linked, link)))
    }

    fn case(&self) -> (Case, Vec<Suggestion>) {
        let mut case = Case::default();
        let origins: Vec<&Origin> = self.pages.iter().flat_map(|(_, linked)| &linked.origins).collect();
        let basis = |link: &ChainLink| -> LinkBasis {
            let found: Vec<Vec<LinkId>> = origins
                .iter()
                .filter(|origin| origin.of == link.id)
                .map(|origin| vec![origin.original])
                .collect();
            if found.is_empty() { link.basis.clone() } else { LinkBasis::Alternatives(found) }
        };
        // Of the links that nobody holds, those count on which something rests.
        let bases: Vec<LinkBasis> = self.links().map(|(_, _, link)| basis(link)).collect();
        let needed: BTreeSet<LinkId> = bases
            .iter()
            .filter_map(|basis| match basis {
                LinkBasis::First => None,
                LinkBasis::Alternatives(alternatives) => Some(alternatives.iter().flatten().copied()),
            })
            .flatten()
            .collect();
        for ((page, _, link), basis) in self.links().zip(bases) {
            if !link.held && !needed.contains(&link.id) {
                continue;
            }
            if link.unnamed {
                case.sources.insert(link.source.clone(), CaseSource { unnamed: true });
            }
            let statement = page.statements.iter().find(|one| one.id == link.id.statement);
            let words = statement.map(|one| page.document.words(&one.content)).unwrap_or_default();
            case.statements.push(CaseStatement {
                id: name(link.id),
                source: link.source.clone(),
                document: link.held.then(|| page.document.id.short()),
                claim: format!("c{}", link.claim.claim),
                polarity: if link.claim.for_it { '+' } else { '-' },
                held: link.held,
                basis: match basis {
                    LinkBasis::First => Basis::First,
                    LinkBasis::Alternatives(alternatives) => Basis::Alternatives(
                        alternatives.into_iter().map(|needs| needs.into_iter().map(name).collect()).collect(),
                    ),
                },
                published: page.document.published.as_ref().map(|stamp| stamp.at.clone()),
                text: words,
            });
        }
        let withdrawn = self.pages.iter().flat_map(|(_, linked)| &linked.withdrawn);
        let linked_ones: BTreeSet<String> = case.statements.iter().map(|one| one.id.clone()).collect();
        case.withdrawn = withdrawn
            .map(|withdrawal| name(LinkId { statement: withdrawal.statement, step: 0 }))
            .filter(|name| linked_ones.contains(name))
            .collect();
        let suggestions = self.pages.iter().flat_map(|(_, linked)| linked.suggestions.clone()).collect();
        (case, suggestions)
    }
}

/// The name of a link in a case.
fn name(id: LinkId) -> String {
    match id.step {
        0 => id.statement.short(),
        step => format!("{}/{step}", id.statement.short()),
    }
}

impl Known for Gathered {
    type Error = Infallible;

    fn page(&self, number: u32) -> Result<Page, Infallible> {
        Ok(self.pages[number as usize].0.clone())
    }

    fn reports(&self, claim: ClaimNumber, for_it: bool, key: &str) -> Result<Vec<LinkId>, Infallible> {
        let first = |linked: &Linked| {
            let spoken = |link: &&ChainLink| link.of_page && is_spoken(link, claim, for_it, key);
            linked.links.iter().find(spoken).map(|link| link.id)
        };
        Ok(self.pages.iter().filter_map(|(_, linked)| first(linked)).collect())
    }

    fn told(&self, id: LinkId) -> Result<Option<ToldLink>, Infallible> {
        let mut pages = self.pages.iter().map(|(page, _)| page);
        Ok(pages.find_map(|page| {
            let statement = page.statements.iter().find(|one| one.id == id.statement)?;
            let published = page.document.published.as_ref().map(|stamp| stamp.at.clone());
            Some(ToldLink { words: page.document.words(&statement.content), published })
        }))
    }

    fn relays(&self, claim: ClaimNumber, for_it: bool, key: &str) -> Result<Vec<LinkId>, Infallible> {
        let relays = |link: &ChainLink| !link.of_page && is_spoken(link, claim, for_it, key);
        Ok(self.links().filter(|(_, _, link)| relays(link)).map(|(_, _, link)| link.id).collect())
    }
}

/// Whether a source with this key speaks on one side of a claim.
fn is_spoken(link: &ChainLink, claim: ClaimNumber, for_it: bool, key: &str) -> bool {
    link.claim.claim == claim && link.claim.for_it == for_it && Name::of(&link.source).key() == key
}

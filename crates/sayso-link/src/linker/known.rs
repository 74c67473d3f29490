//! What was linked before, as a new page needs it: looked up by whoever keeps it.

use crate::chain::LinkId;
use crate::claims::ClaimNumber;
use sayso_record::{Document, Statement};

/// What was linked before, as far as a new document needs it. The linker itself keeps no documents.
pub trait Known {
    /// Why it could not be looked up.
    type Error;

    /// A page by the number under which it was linked.
    fn page(&self, number: u32) -> Result<Page, Self::Error>;

    /// The links of one side of a claim in which a page itself speaks, where its author or outlet has this
    /// [key](crate::sources::Name::key): the first of each page.
    fn reports(&self, claim: ClaimNumber, for_it: bool, key: &str) -> Result<Vec<LinkId>, Self::Error>;

    /// What was said in a link, and on which page; none where it is no longer known.
    fn told(&self, link: LinkId) -> Result<Option<ToldLink>, Self::Error>;

    /// The links of one side of a claim in which somebody with this key speaks on another's page.
    fn relays(&self, claim: ClaimNumber, for_it: bool, key: &str) -> Result<Vec<LinkId>, Self::Error>;
}

/// What was said in a link of a page that was linked before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldLink {
    /// The words of its statement.
    pub words: String,
    /// When the page was published, as it says.
    pub published: Option<String>,
}

/// A page that was linked before.
#[derive(Clone, Debug)]
pub struct Page {
    /// The document.
    pub document: Document,
    /// Its statements.
    pub statements: Vec<Statement>,
    /// The claim of each.
    pub claims: Vec<Option<ClaimNumber>>,
}

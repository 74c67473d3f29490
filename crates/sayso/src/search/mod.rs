//! Searching: an index of the words of statements and documents, derived from the ledger and kept in a folder beside it.
//!
//! The index holds nothing that the ledger does not, so it is made anew whenever it is missing, damaged, of an older
//! form or of another ledger; at worst it is made in memory, for one question. How far it has taken up the ledger is
//! kept in the index itself, with every commit.

mod fields;
mod index;
mod query;

pub(crate) use index::SearchIndex;
pub use index::SearchNote;
pub use query::Filters;

use crate::{Desk, LedgerError};
use index::Trouble;
use query::{Entries, Typed, Wanting};
use sayso_ledger::{DocumentKey, Ledger, StatementKey};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// So many matches are looked at first; more where too few of them are wanted.
const FIRST_MATCHES: usize = 64;
/// Nobody reads on beyond so many matches.
const MOST_MATCHES: usize = 65_536;

/// What a search goes through.
pub(crate) struct Hunt<'a> {
    typed: Typed,
    filters: &'a Filters,
}

impl<'a> Hunt<'a> {
    pub(crate) fn new(typed: &str, filters: &'a Filters) -> Hunt<'a> {
        Hunt { typed: Typed::parse(typed), filters }
    }
}

/// Whether whoever goes through matches wants another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    More,
    Enough,
}

/// How a search went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hunted {
    /// Whether what came has all the words that were looked for; else the best came first.
    pub(crate) all_words: bool,
    /// Whether more matched than were looked at.
    pub(crate) cut_off: bool,
}

/// The words of a text without the marks that mean something to a search.
pub(crate) fn plain_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

impl Desk {
    /// How many readings the index has not taken up yet. The next question takes them up.
    pub fn unindexed(&mut self) -> Result<u64, LedgerError> {
        self.with_index(|index, ledger| Ok(index.behind(ledger)?)).map(Option::unwrap_or_default)
    }

    /// Brings the index up to date, or makes it anew; `watch` is told how many of how many readings are done. What there
    /// is to say about it is told by [`Desk::search_notes`].
    pub fn index(&mut self, anew: bool, watch: &mut dyn FnMut(u64, u64)) -> Result<(), LedgerError> {
        self.with_index(|index, ledger| {
            if anew {
                index.make_anew(ledger, None);
            }
            index.catch_up(ledger, watch)
        })?;
        Ok(())
    }

    /// What was said about the index since this was last asked: that it was made anew, or is behind.
    pub fn search_notes(&mut self) -> Vec<SearchNote> {
        self.search.as_mut().map(SearchIndex::take_notes).unwrap_or_default()
    }

    /// Goes through the statements that match, the best first: those with all the words, and where these are none,
    /// those with some.
    pub(crate) fn hunt_statements(
        &mut self,
        hunt: &Hunt,
        each: &mut dyn FnMut(&Ledger, StatementKey) -> Result<Next, LedgerError>,
    ) -> Result<Hunted, LedgerError> {
        self.hunt(hunt, Entries::Statements, &mut |ledger, key| each(ledger, StatementKey::from_number(key)))
    }

    /// The same for documents.
    pub(crate) fn hunt_documents(
        &mut self,
        hunt: &Hunt,
        each: &mut dyn FnMut(&Ledger, DocumentKey) -> Result<Next, LedgerError>,
    ) -> Result<Hunted, LedgerError> {
        self.hunt(hunt, Entries::Documents, &mut |ledger, key| {
            each(ledger, DocumentKey::from_number(key as u32))
        })
    }

    /// The documents that hold most of some words, the best first, at most so many. Marks mean nothing here.
    pub(crate) fn documents_with_most_of(
        &mut self,
        words: &str,
        filters: &Filters,
        most: usize,
    ) -> Result<Vec<DocumentKey>, LedgerError> {
        let words = plain_words(words).collect::<Vec<_>>().join(" ");
        let hunt = Hunt::new(&words, filters);
        let found = self.with_index(|index, ledger| {
            index.catch_up(ledger, &mut |_, _| {})?;
            let found =
                index.matches(&hunt.typed, hunt.filters, (Entries::Documents, Wanting::Some), most)?;
            Ok(found.into_iter().map(|key| DocumentKey::from_number(key as u32)).collect())
        })?;
        Ok(found.unwrap_or_default())
    }

    fn hunt(
        &mut self,
        hunt: &Hunt,
        entries: Entries,
        each: &mut dyn FnMut(&Ledger, u64) -> Result<Next, LedgerError>,
    ) -> Result<Hunted, LedgerError> {
        let found = self.with_index(|index, ledger| {
            index.catch_up(ledger, &mut |_, _| {})?;
            let mut seen = 0;
            let all = go_through(index, ledger, hunt, (entries, Wanting::All), each, &mut seen)?;
            if seen > 0 || query::word_count(&hunt.typed) < 2 {
                return Ok(Hunted { all_words: true, cut_off: all });
            }
            let cut_off = go_through(index, ledger, hunt, (entries, Wanting::Some), each, &mut seen)?;
            Ok(Hunted { all_words: false, cut_off })
        })?;
        Ok(found.unwrap_or_default())
    }

    /// Does something with the index; where that shows it to be damaged, makes it anew and does it again. Nothing where
    /// there is no ledger.
    fn with_index<T>(
        &mut self,
        mut work: impl FnMut(&mut SearchIndex, &Ledger) -> Result<T, Trouble>,
    ) -> Result<Option<T>, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(None) };
        let index = self.search.get_or_insert_with(|| SearchIndex::open(ledger));
        for remedy in [SearchIndex::make_anew, SearchIndex::give_up_folder] {
            // A damaged file may make the index fail in any way.
            let done = catch_unwind(AssertUnwindSafe(|| work(index, ledger)));
            let why = match done {
                Ok(Ok(done)) => return Ok(Some(done)),
                Ok(Err(Trouble::Ledger(error))) => return Err(error),
                Ok(Err(Trouble::Index(why))) => why,
                Err(_) => "it cannot be read".to_owned(),
            };
            remedy(index, ledger, Some(why));
        }
        match work(index, ledger) {
            Ok(done) => Ok(Some(done)),
            Err(Trouble::Ledger(error)) => Err(error),
            Err(Trouble::Index(why)) => Err(ledger.damaged(format!("it cannot be searched: {why}"))),
        }
    }
}

/// Goes through the matches, more at a time as long as more are wanted; tells whether some were not looked at.
fn go_through(
    index: &SearchIndex,
    ledger: &Ledger,
    hunt: &Hunt,
    what: (Entries, Wanting),
    each: &mut dyn FnMut(&Ledger, u64) -> Result<Next, LedgerError>,
    seen: &mut usize,
) -> Result<bool, Trouble> {
    let mut limit = FIRST_MATCHES;
    let mut done = 0;
    loop {
        let matches = index.matches(&hunt.typed, hunt.filters, what, limit)?;
        for &key in &matches[done..] {
            *seen += 1;
            if each(ledger, key)? == Next::Enough {
                return Ok(false);
            }
        }
        if matches.len() < limit || limit >= MOST_MATCHES {
            return Ok(matches.len() == limit);
        }
        done = matches.len();
        limit *= 4;
    }
}

//! Documents that were taken down. Their words are kept, since nothing in a ledger is lost, and covered wherever they
//! would be shown: every reading of a document goes through here, but for checks and for linking anew.

use crate::acts::StoredSuggestion;
use crate::claims::StoredClaim;
use crate::links::DocumentKey;
use crate::{Ledger, LedgerError};
use sayso_record::{Act, ActId, ActKind, BlockKind, ClaimId, Document, DocumentId, Note, NoteKind, Subject};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What stands where words were.
const TAKEN_DOWN: &str = "[taken down]";

/// What may not be shown, by the acts up to `seen`.
#[derive(Debug, Default)]
pub(crate) struct Withheld {
    seen: Option<ActId>,
    documents: HashMap<DocumentId, Act>,
    keys: HashSet<DocumentKey>,
    /// Claims whose words are those of such a document.
    claims: HashSet<ClaimId>,
}

impl Ledger {
    /// The act by which a document was taken down, where one is in force.
    pub fn taken_down(&self, document: DocumentId) -> Result<Option<Act>, LedgerError> {
        Ok(self.withheld()?.documents.get(&document).cloned())
    }

    /// Whether any document is taken down; on most ledgers none is.
    pub fn any_taken_down(&self) -> Result<bool, LedgerError> {
        Ok(!self.withheld()?.documents.is_empty())
    }

    /// The document, with its words covered where it was taken down.
    pub(crate) fn shown(&self, document: Document) -> Result<Document, LedgerError> {
        let withheld = self.withheld()?;
        Ok(match withheld.documents.get(&document.id) {
            Some(act) => covered(document, act),
            None => document,
        })
    }

    /// The claim, without its words where they are those of a document that was taken down. Looks only at the acts that
    /// were seen by the last question about documents, acts or a claim by its id: claims are asked for by the thousand.
    pub(crate) fn shown_claim(&self, claim: StoredClaim) -> StoredClaim {
        match self.withheld.borrow().claims.contains(&claim.id) {
            true => StoredClaim { words: TAKEN_DOWN.to_owned(), ..claim },
            false => claim,
        }
    }

    /// The suggestion, without the words that it rests on where they stand in a document that was taken down.
    pub(crate) fn shown_suggestion(&self, suggestion: StoredSuggestion) -> StoredSuggestion {
        match self.withheld.borrow().keys.contains(&suggestion.document) {
            true => StoredSuggestion { because: TAKEN_DOWN.to_owned(), ..suggestion },
            false => suggestion,
        }
    }

    /// The act, without the words of the notice where they stand in a document that was taken down.
    pub(crate) fn shown_act(&self, act: Act) -> Act {
        let is_withheld = |notice| self.withheld.borrow().documents.contains_key(&notice);
        match act.notice.is_some_and(is_withheld) {
            true => Act { because: TAKEN_DOWN.to_owned(), ..act },
            false => act,
        }
    }

    /// What is withheld now. Asks for no more than the last act where nothing was done since.
    pub(crate) fn withheld(&self) -> Result<Arc<Withheld>, LedgerError> {
        let last: Option<[u8; 16]> =
            self.one("SELECT id FROM act WHERE ? ORDER BY key DESC LIMIT 1", 1, |row| row.get(0))?;
        let last = last.map(ActId);
        if self.withheld.borrow().seen != last {
            let anew = self.withheld_by(last)?;
            *self.withheld.borrow_mut() = Arc::new(anew);
        }
        Ok(Arc::clone(&self.withheld.borrow()))
    }

    fn withheld_by(&self, last: Option<ActId>) -> Result<Withheld, LedgerError> {
        let mut withheld = Withheld { seen: last, ..Withheld::default() };
        for act in self.acts_on_documents(ActKind::TakeDown)? {
            let Subject::Document(document) = act.on else { continue };
            if self.is_undone(act.id)? {
                continue;
            }
            withheld.keys.extend(self.document_key(document)?);
            for statement in self.statements_ever_in(document)? {
                withheld.claims.insert(ClaimId::founded_by(statement.id));
            }
            withheld.documents.insert(document, act);
        }
        Ok(withheld)
    }

    /// Whether an act was undone by one that was not undone itself.
    fn is_undone(&self, act: ActId) -> Result<bool, LedgerError> {
        for undo in self.acts_on(&Subject::Act(act))? {
            if undo.act == ActKind::Undo && !self.is_undone(undo.id)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// A document of the same shape, so that every span still fits, in which nothing can be read.
fn covered(document: Document, act: &Act) -> Document {
    let cover = |words: &str| -> String {
        let covered = |letter: char| match letter.is_whitespace() {
            true => letter.to_string(),
            false => "-".repeat(letter.len_utf8()),
        };
        words.chars().map(covered).collect()
    };
    // The rest of an address often holds the words of the title.
    let host = |address: &String| {
        let (scheme, rest) = address.split_once("://")?;
        let server = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
        Some(format!("{scheme}://{server}/"))
    };
    let mut blocks = document.blocks;
    for block in &mut blocks {
        block.links.clear();
        match &mut block.kind {
            BlockKind::Comment { author, author_url, .. } => (*author, *author_url) = (None, None),
            BlockKind::Quotation { href, .. } => *href = None,
            BlockKind::Heading { .. }
            | BlockKind::Paragraph
            | BlockKind::Caption
            | BlockKind::Notice { .. } => {}
        }
    }
    let because = format!("taken down by {}, {}: {}", act.by, act.at, act.because);
    Document {
        url: document.url.as_ref().and_then(host),
        title: Some(TAKEN_DOWN.to_owned()),
        section: None,
        bylines: Vec::new(),
        text: cover(&document.text),
        blocks,
        notes: vec![Note::new(NoteKind::TakenDown, because)],
        ..document
    }
}

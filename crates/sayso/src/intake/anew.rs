//! Doing again what was done before, with a newer linker or a newer reader: new results are added, and the old ones stay
//! visible as of their time.

use crate::intake::linking::DeskLinker;
use crate::time::seconds;
use crate::{Desk, LedgerError};
use rayon::prelude::*;
use sayso_ledger::{DocumentKey, Kept, Ledger, Reading};
use sayso_read::Reader;
use sayso_record::{Document, Statement};
use std::ops::ControlFlow;

/// So many documents are done in one transaction: what a kill may undo is done again in a moment.
const BATCH: usize = 64;

/// Is told how many documents of how many are done; may break off, and what is done stays done.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize) -> ControlFlow<()>;

/// What was done anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Anew {
    /// Documents that were done.
    pub done: usize,
    /// Documents that were to be done.
    pub of: usize,
}

impl Desk {
    /// Links all documents anew that the present linker has not linked as they were last read; with `before`, all those
    /// last linked before that time (seconds since 1970), whoever linked them. Starting again goes on where it ended.
    pub fn relink(&mut self, before: Option<i64>, progress: Progress) -> Result<Anew, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(Anew::default()) };
        let waiting = ledger.documents_to_link(self.link_by.version(), before)?;
        self.anew(&waiting, progress, |linker, ledger, batch, at| {
            for &key in batch {
                let Some((document, statements)) = page(ledger, key)? else { continue };
                linker.link_anew(ledger, &document, &statements, at)?;
            }
            Ok(())
        })
    }

    /// Reads all documents anew that the present reader has not read, and links what it found. What earlier readers found
    /// stays beside it. Starting again goes on where it ended.
    pub fn reread(&mut self, progress: Progress) -> Result<Anew, LedgerError> {
        let Some(ledger) = &self.ledger else { return Ok(Anew::default()) };
        let waiting = ledger.documents_to_read(self.reader.version())?;
        let reader = std::mem::replace(&mut self.reader, Reader::new());
        let done = self.anew(&waiting, progress, |linker, ledger, batch, at| {
            let mut documents: Vec<(Document, String)> = Vec::with_capacity(batch.len());
            for &key in batch {
                let Some((document, _)) = page(ledger, key)? else { continue };
                let last = ledger.readings_of(document.id)?.pop();
                documents.push((document, last.map(|reading| reading.found_at).unwrap_or_default()));
            }
            let read: Vec<Vec<Statement>> =
                documents.par_iter().map(|(document, _)| reader.statements(document)).collect();
            for ((document, found_at), statements) in documents.iter().zip(&read) {
                let reader = reader.version();
                let kept =
                    linker.keep(ledger, &Reading { document, statements, reader, read_at: at, found_at })?;
                debug_assert_ne!(kept, Kept::New);
            }
            Ok(())
        });
        self.reader = reader;
        done
    }

    fn anew(
        &mut self,
        waiting: &[DocumentKey],
        progress: Progress,
        mut work: impl FnMut(&mut DeskLinker, &Ledger, &[DocumentKey], &str) -> Result<(), LedgerError>,
    ) -> Result<Anew, LedgerError> {
        let mut anew = Anew { done: 0, of: waiting.len() };
        let Some(ledger) = &self.ledger else { return Ok(anew) };
        for batch in waiting.chunks(BATCH) {
            if progress(anew.done, anew.of).is_break() {
                return Ok(anew);
            }
            let at = (self.clock)();
            // Where storing fails, the linker has taken up what the ledger does not hold: it is made anew.
            let mut linker = self.linker.take().unwrap_or_else(|| DeskLinker::new(&self.link_by));
            ledger.atomically(|ledger| {
                work(&mut linker, ledger, batch, &at)?;
                linker.settle(ledger, &at)
            })?;
            self.linker = Some(linker);
            anew.done += batch.len();
        }
        Ok(anew)
    }

    /// The time on the desk's clock, in seconds since 1970.
    pub fn now(&self) -> i64 {
        seconds(&(self.clock)())
    }
}

fn page(ledger: &Ledger, key: DocumentKey) -> Result<Option<(Document, Vec<Statement>)>, LedgerError> {
    let Some(id) = ledger.document_id(key)? else { return Ok(None) };
    let Some(document) = ledger.document_as_stored(id)? else { return Ok(None) };
    Ok(Some((document, ledger.statements_in(id)?)))
}

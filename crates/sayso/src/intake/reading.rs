//! Reading many inputs at once: many readers, one writer, and accounts in the order of the inputs.
//!
//! The thread that asks is the writer. It hands inputs to the pool, never more at a time than fit in memory; gathers
//! what comes back in the order of the inputs; stores it a batch at a time; and only then reports it.

use crate::intake::input::Input;
use crate::intake::link_by::LinkBy;
use crate::intake::linking::DeskLinker;
use crate::search::SearchIndex;
use crate::{Desk, Fate, LedgerError, LeftOut, Outcome, Report, Tally, Watch};
use rayon::Scope;
use sayso_ledger::{Kept, Ledger, Reading};
use sayso_read::Reader;
use sayso_record::{Document, Statement};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// Inputs that may be with the readers, or wait for an earlier one, for each thread of the pool, beside those of a batch:
/// a whole one is read while another is stored.
const AHEAD_PER_THREAD: usize = 16;
/// Bytes of input that may be with the readers, or wait for an earlier one. One input may always be.
const AHEAD_BYTES: u64 = 256 << 20;
/// A batch is stored when it holds this many documents, or this many bytes of text ...
const BATCH_DOCUMENTS: usize = 256;
const BATCH_BYTES: usize = 16 << 20;
/// ... or when no input has come back for this long, so that a slow trickle is reported as it comes.
const QUIET: Duration = Duration::from_millis(200);

/// What comes back from the pool: which input, what it weighed, what is in it.
struct Back {
    place: usize,
    weight: u64,
    name: String,
    content: Result<Content, LeftOut>,
}

pub(crate) type Content = (Box<Document>, Vec<Statement>);

impl Desk {
    /// Reads the inputs on all threads of the pool of rayon, stores what was read, and reports each in order.
    ///
    /// An input that cannot be read is left out, with its reason, and the others go on. Only a fault of the ledger
    /// ends the reading; everything reported until then is stored.
    pub fn read(
        &mut self,
        inputs: impl IntoIterator<Item = Input>,
        watch: &mut dyn Watch,
    ) -> Result<Tally, LedgerError> {
        let reader = &self.reader;
        let mut writer = Writer {
            ledger: self.ledger.as_ref(),
            linker: &mut self.linker,
            search: &mut self.search,
            reader: reader.version(),
            clock: &*self.clock,
            link_by: &self.link_by,
            batch: Vec::new(),
            batch_bytes: 0,
            tally: Tally::default(),
        };
        let (to_writer, from_readers) = channel();
        let ahead = BATCH_DOCUMENTS + rayon::current_num_threads() * AHEAD_PER_THREAD;
        rayon::in_place_scope(|scope| {
            let pool = Pool { scope, reader, to_writer, ahead };
            let ended = pool.run(
                inputs.into_iter().flat_map(Input::records).enumerate(),
                &from_readers,
                &mut writer,
                watch,
            );
            ended.and_then(|()| writer.finish())
        })
    }
}

/// The readers, as the writer sees them.
struct Pool<'p, 'scope> {
    scope: &'p Scope<'scope>,
    reader: &'scope Reader,
    to_writer: Sender<Back>,
    ahead: usize,
}

impl<'scope> Pool<'_, 'scope> {
    fn run(
        &self,
        mut inputs: impl Iterator<Item = (usize, Input)>,
        from_readers: &Receiver<Back>,
        writer: &mut Writer,
        watch: &mut dyn Watch,
    ) -> Result<(), LedgerError> {
        let mut waiting: BTreeMap<usize, Back> = BTreeMap::new();
        let (mut sent, mut taken, mut ahead_bytes) = (0, 0, 0);
        let mut next = inputs.next();
        loop {
            while let Some((place, input)) = next.take_if(|(_, input)| {
                sent == taken || (sent - taken < self.ahead && ahead_bytes + input.weight() <= AHEAD_BYTES)
            }) {
                let weight = input.weight();
                ahead_bytes += weight;
                sent += 1;
                self.send(place, weight, input);
                next = inputs.next();
            }
            if sent == taken {
                return writer.store(watch).map(|_| ());
            }
            match from_readers.recv_timeout(QUIET) {
                Ok(back) => {
                    watch.read();
                    waiting.insert(back.place, back);
                }
                Err(RecvTimeoutError::Timeout) => {
                    if writer.store(watch)?.is_break() {
                        return Ok(());
                    }
                }
                Err(RecvTimeoutError::Disconnected) => unreachable!("the pool holds a sender"),
            }
            while let Some(back) = waiting.remove(&taken) {
                taken += 1;
                ahead_bytes -= back.weight;
                writer.gather(back);
                if writer.is_full() && writer.store(watch)?.is_break() {
                    return Ok(());
                }
            }
        }
    }

    fn send(&self, place: usize, weight: u64, input: Input) {
        let (reader, to_writer) = (self.reader, self.to_writer.clone());
        self.scope.spawn(move |_| {
            let name = input.name.clone();
            // Pages are hostile: one that finds a fault in the reader must not take the others with it.
            let content = read_one(reader, input);
            // Where nobody listens any more, nobody wants it.
            let _ = to_writer.send(Back { place, weight, name, content });
        });
    }
}

/// What is in one input that is a page, without storing it.
pub(crate) fn read_one(reader: &Reader, input: Input) -> Result<Content, LeftOut> {
    catch_unwind(AssertUnwindSafe(|| read(reader, input))).unwrap_or(Err(LeftOut::OurFault))
}

fn read(reader: &Reader, input: Input) -> Result<Content, LeftOut> {
    let (told, page) = (input.told.clone(), input.take()?);
    let mut document = page.read();
    drop(page);
    if document.blocks.is_empty() {
        let notes: Vec<&str> = document.notes.iter().map(|note| note.text.as_str()).collect();
        return Err(LeftOut::NoWords(notes.join("; ")));
    }
    document = told.onto(document);
    let (statements, notes) = reader.statements_and_notes(&document);
    document.notes.extend(notes);
    Ok((Box::new(document), statements))
}

/// The one who stores.
struct Writer<'d> {
    ledger: Option<&'d Ledger>,
    linker: &'d mut Option<DeskLinker>,
    search: &'d mut Option<SearchIndex>,
    reader: &'d str,
    clock: &'d dyn Fn() -> String,
    link_by: &'d LinkBy,
    batch: Vec<(String, Result<Content, LeftOut>)>,
    batch_bytes: usize,
    tally: Tally,
}

impl Writer<'_> {
    /// Makes what was stored ready to be found.
    fn finish(self) -> Result<Tally, LedgerError> {
        if let (Some(ledger), Some(search)) = (self.ledger, self.search) {
            search.finish(ledger)?;
        }
        Ok(self.tally)
    }

    fn gather(&mut self, back: Back) {
        if let Ok((document, statements)) = &back.content {
            self.batch_bytes += document.text.len() + statements.len() * size_of::<Statement>();
        }
        self.batch.push((back.name, back.content));
    }

    fn is_full(&self) -> bool {
        self.batch.len() >= BATCH_DOCUMENTS || self.batch_bytes >= BATCH_BYTES
    }

    /// Stores what was gathered, and reports it.
    fn store(&mut self, watch: &mut dyn Watch) -> Result<ControlFlow<()>, LedgerError> {
        if self.batch.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        self.batch_bytes = 0;
        let batch = std::mem::take(&mut self.batch);
        let mut fates = self.fates(&batch)?.into_iter();
        for (input, content) in batch {
            let outcome = match content {
                Err(why) => Outcome::LeftOut(why),
                Ok((document, statements)) => {
                    let fate = fates.next().expect("every document has a fate");
                    Outcome::Read { document, statements, fate }
                }
            };
            self.tally.count(&outcome);
            if watch.report(Report { input, outcome }).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Stores, links and weighs the documents of a batch in one transaction, and tells what became of each.
    fn fates(&mut self, batch: &[(String, Result<Content, LeftOut>)]) -> Result<Vec<Fate>, LedgerError> {
        let read = batch.iter().filter_map(|(input, content)| Some((input, content.as_ref().ok()?)));
        let Some(ledger) = self.ledger else {
            return Ok(read.map(|_| Fate::NotStored).collect());
        };
        // Where storing fails, the linker has taken up what the ledger does not hold: it is made anew.
        let mut linker = self.linker.take().unwrap_or_else(|| DeskLinker::new(self.link_by));
        let now = (self.clock)();
        let fates = ledger.atomically(|ledger| {
            let fates: Result<Vec<Fate>, LedgerError> = read
                .map(|(input, (document, statements))| {
                    let reading =
                        Reading { document, statements, reader: self.reader, read_at: &now, found_at: input };
                    linker.keep(ledger, &reading).map(fate)
                })
                .collect();
            linker.settle(ledger, &now)?;
            fates
        })?;
        *self.linker = Some(linker);
        if SearchIndex::is_kept(ledger) {
            self.search.get_or_insert_with(|| SearchIndex::open(ledger)).follow(ledger)?;
        }
        Ok(fates)
    }
}

fn fate(kept: Kept) -> Fate {
    match kept {
        Kept::New => Fate::New,
        Kept::ReadAnew => Fate::ReadAnew,
        Kept::Known => Fate::Known,
    }
}

//! The index itself: opened or made anew, brought up to date with its ledger, and asked.

use super::fields::{self, FORM, Fields};
use super::query::{Entries, Filters, Typed, Wanting, query};
use sayso_ledger::{Ledger, LedgerError, LinkedSource, LinkedSourceKey, ReadingKey, ReadingOf};
use sayso_record::DocumentId;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use tantivy::collector::TopDocs;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyError, Term};

/// What the index gathers in memory before it writes.
const GATHERED_BYTES: usize = 64 << 20;
/// Readings taken up at a time, and between two commits.
const AT_ONCE: u32 = 256;
const BETWEEN_COMMITS: u64 = 16_384;
/// Names of sources that are remembered while taking up.
const NAMES_KEPT: usize = 65_536;

/// Something to be said about the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchNote {
    /// It could not be used, and was made anew; why.
    MadeAnew(String),
    /// It cannot be written; this question was answered from an index in memory. Why.
    InMemory(String),
    /// Another program is adding to it, and this many readings are not in it yet.
    Behind(u64),
}

impl fmt::Display for SearchNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SearchNote::MadeAnew(why) => write!(f, "the search index was made anew: {why}"),
            SearchNote::InMemory(why) => {
                write!(f, "the search index cannot be kept, and was made in memory for this question: {why}")
            }
            SearchNote::Behind(readings) => {
                write!(f, "another program is adding to the search index; {readings} pages are not in it yet")
            }
        }
    }
}

/// Why something could not be done with the index.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The ledger's fault.
    Ledger(LedgerError),
    /// The index's: it must be made anew.
    Index(String),
}

impl From<LedgerError> for Trouble {
    fn from(error: LedgerError) -> Trouble {
        Trouble::Ledger(error)
    }
}

impl From<TantivyError> for Trouble {
    fn from(error: TantivyError) -> Trouble {
        Trouble::Index(error.to_string())
    }
}

/// How far the index has taken up its ledger; kept with every commit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Reached {
    form: u32,
    /// The last reading; 0 where there is none yet.
    reading: u64,
    /// Its document, by which the ledger is known again.
    document: DocumentId,
}

/// An index of the words of a ledger.
pub(crate) struct SearchIndex {
    /// Where it is kept; none in memory.
    folder: Option<PathBuf>,
    index: Index,
    fields: Fields,
    reader: IndexReader,
    /// Made when something is first added. Only one program may have it at a time.
    writer: Option<IndexWriter>,
    reached: Reached,
    /// Readings taken up and not committed.
    uncommitted: u64,
    names: HashMap<LinkedSourceKey, LinkedSource>,
    notes: Vec<SearchNote>,
}

impl fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SearchIndex").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// The folder of a ledger's index: its path with `.search` at the end. None for a ledger in memory.
fn folder_of(ledger: &Ledger) -> Option<PathBuf> {
    if ledger.path() == Path::new(":memory:") {
        return None;
    }
    let mut folder = ledger.path().as_os_str().to_owned();
    folder.push(".search");
    Some(PathBuf::from(folder))
}

impl SearchIndex {
    /// Opens the index of a ledger; makes it anew where it is missing, damaged, or not of this ledger as it is.
    pub(crate) fn open(ledger: &Ledger) -> SearchIndex {
        let folder = folder_of(ledger);
        let why = match &folder {
            Some(folder) if folder.join("meta.json").exists() => match opened(ledger, folder) {
                Ok(index) => return index,
                Err(why) => Some(why),
            },
            _ => None,
        };
        match fresh(folder.as_deref()) {
            Ok(mut index) => {
                index.notes.extend(why.map(SearchNote::MadeAnew));
                index
            }
            Err(why) => {
                let mut index = fresh(None).expect("an index in memory needs nothing");
                index.notes.push(SearchNote::InMemory(why));
                index
            }
        }
    }

    /// Starts anew with an empty index. `why` is told, where somebody should know.
    pub(super) fn make_anew(&mut self, ledger: &Ledger, why: Option<String>) {
        // The writer holds a lock in the folder that is about to be emptied.
        self.writer = None;
        match fresh(folder_of(ledger).as_deref()) {
            Ok(index) => self.become_another(index, why.map(SearchNote::MadeAnew)),
            Err(why) => self.give_up_folder(ledger, Some(why)),
        }
    }

    /// Starts anew with an index in memory.
    pub(super) fn give_up_folder(&mut self, _: &Ledger, why: Option<String>) {
        let index = fresh(None).expect("an index in memory needs nothing");
        self.become_another(index, why.map(SearchNote::InMemory));
    }

    fn become_another(&mut self, other: SearchIndex, note: Option<SearchNote>) {
        let mut notes = std::mem::take(&mut self.notes);
        notes.extend(note);
        *self = SearchIndex { notes, ..other };
    }

    /// Whether the index of this ledger is kept in a folder.
    pub(crate) fn is_kept(ledger: &Ledger) -> bool {
        folder_of(ledger).is_some()
    }

    pub(super) fn take_notes(&mut self) -> Vec<SearchNote> {
        std::mem::take(&mut self.notes)
    }

    /// How many readings were stored since the last that was taken up.
    pub(super) fn behind(&self, ledger: &Ledger) -> Result<u64, LedgerError> {
        let last = ledger.last_reading()?.map_or(0, ReadingKey::number);
        Ok(last.saturating_sub(self.reached.reading))
    }

    /// Takes up all that was stored since, and makes it searchable. Where another program is adding to the index, that
    /// is only noted.
    pub(super) fn catch_up(
        &mut self,
        ledger: &Ledger,
        watch: &mut dyn FnMut(u64, u64),
    ) -> Result<(), Trouble> {
        let behind = self.behind(ledger)?;
        if behind == 0 && self.uncommitted == 0 {
            return Ok(());
        }
        if !self.may_write()? {
            // It may have added something since this index was opened.
            self.reader.reload()?;
            self.reached = reached(&self.index).unwrap_or(self.reached);
            let behind = self.behind(ledger)?;
            if behind > 0 {
                self.notes.push(SearchNote::Behind(behind));
            }
            return Ok(());
        }
        // Another program may have had the writer until now.
        while self.take_up(ledger)? {
            watch(behind - self.behind(ledger)?.min(behind), behind);
            if self.uncommitted >= BETWEEN_COMMITS {
                self.commit()?;
            }
        }
        self.commit()?;
        // What is merged in the background is merged before the program ends.
        if let Some(writer) = self.writer.take() {
            writer.wait_merging_threads()?;
        }
        self.reader.reload()?;
        Ok(())
    }

    /// Takes up the readings of a batch that was just stored, without making them searchable yet. Any trouble waits for
    /// the next question, which makes the index anew.
    pub(crate) fn follow(&mut self, ledger: &Ledger) -> Result<(), LedgerError> {
        let mut follow = || -> Result<(), Trouble> {
            if self.behind(ledger)? > 0 && self.may_write()? {
                while self.take_up(ledger)? {}
                if self.uncommitted >= BETWEEN_COMMITS {
                    self.commit()?;
                }
            }
            Ok(())
        };
        match follow() {
            Err(Trouble::Ledger(error)) => Err(error),
            Err(Trouble::Index(_)) | Ok(()) => Ok(()),
        }
    }

    /// Makes what was [followed](SearchIndex::follow) searchable.
    pub(crate) fn finish(&mut self, ledger: &Ledger) -> Result<(), LedgerError> {
        match self.catch_up(ledger, &mut |_, _| {}) {
            Err(Trouble::Ledger(error)) => Err(error),
            // Whoever has the writer takes it up, or else the next question does.
            Err(Trouble::Index(_)) | Ok(()) => {
                self.notes.clear();
                Ok(())
            }
        }
    }

    /// Has the writer, if no other program has it.
    fn may_write(&mut self) -> Result<bool, Trouble> {
        if self.writer.is_some() {
            return Ok(true);
        }
        match self.index.writer_with_num_threads(1, GATHERED_BYTES) {
            Ok(writer) => {
                self.writer = Some(writer);
                // What another program added before it let go of the writer is not added again.
                self.reached = reached(&self.index).unwrap_or(self.reached);
                Ok(true)
            }
            Err(TantivyError::LockFailure(..)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes up a batch of readings; whether there was any.
    fn take_up(&mut self, ledger: &Ledger) -> Result<bool, Trouble> {
        let after = Some(ReadingKey::from_number(self.reached.reading));
        let readings = ledger.readings_after(after, AT_ONCE)?;
        for reading in &readings {
            self.take_up_reading(ledger, reading)?;
            self.reached = Reached { form: FORM, reading: reading.reading.number(), document: reading.id };
            self.uncommitted += 1;
        }
        Ok(!readings.is_empty())
    }

    fn take_up_reading(&mut self, ledger: &Ledger, reading: &ReadingOf) -> Result<(), Trouble> {
        let Some(document) = ledger.document_as_stored(reading.id)? else { return Ok(()) };
        let statements = ledger.keyed_statements_in(reading.id)?;
        let mut linked: HashMap<_, Vec<LinkedSource>> = HashMap::new();
        for link in ledger.links_of_document(reading.document, i64::MAX)? {
            let source = self.name(ledger, link.source)?;
            linked.entry(link.place.statement).or_default().extend(source);
        }
        let Some(writer) = &self.writer else { return Ok(()) };
        if reading.again {
            let key = u64::from(reading.document.number());
            writer.delete_term(Term::from_field_u64(self.fields.document, key));
        }
        let mut heard: Vec<&str> = Vec::new();
        for (key, statement) in &statements {
            let sources = linked.get(&statement.id).map_or(&[][..], Vec::as_slice);
            let key = (reading.document, *key);
            writer.add_document(self.fields.of_statement(key, &document, statement, sources))?;
            heard.extend(sources.iter().map(|source| source.name.as_str()));
            heard.push(&statement.source.name);
        }
        heard.sort_unstable();
        heard.dedup();
        writer.add_document(self.fields.of_document(reading.document, &document, heard))?;
        Ok(())
    }

    fn name(&mut self, ledger: &Ledger, key: LinkedSourceKey) -> Result<Option<LinkedSource>, LedgerError> {
        if let Some(source) = self.names.get(&key) {
            return Ok(Some(source.clone()));
        }
        let source = ledger.linked_source(key)?;
        if self.names.len() >= NAMES_KEPT {
            self.names.clear();
        }
        if let Some(source) = &source {
            self.names.insert(key, source.clone());
        }
        Ok(source)
    }

    /// Makes what was taken up searchable, for good.
    fn commit(&mut self) -> Result<(), Trouble> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        if self.uncommitted > 0 {
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(&serde_json::to_string(&self.reached).expect("it is plain data"));
            commit.commit()?;
            self.uncommitted = 0;
        }
        Ok(())
    }

    /// The keys of the statements or documents that match, the best first.
    pub(super) fn matches(
        &self,
        typed: &Typed,
        filters: &Filters,
        what: (Entries, Wanting),
        limit: usize,
    ) -> Result<Vec<u64>, Trouble> {
        let query = query(&self.index, &self.fields, typed, filters, what)?;
        let searcher = self.reader.searcher();
        let best = searcher.search(&query, &TopDocs::with_limit(limit).order_by_score())?;
        let column = match what.0 {
            Entries::Statements => fields::STATEMENT,
            Entries::Documents => fields::DOCUMENT,
        };
        let segments = searcher.segment_readers().iter();
        let columns: Vec<_> =
            segments.map(|segment| segment.fast_fields().u64(column)).collect::<tantivy::Result<_>>()?;
        let key = |(_, at): (f32, tantivy::DocAddress)| {
            let key = columns[at.segment_ord as usize].first(at.doc_id);
            key.ok_or_else(|| Trouble::Index("an entry has no key".to_owned()))
        };
        best.into_iter().map(key).collect()
    }
}

/// Opens what is kept in a folder; or says why it cannot be used.
fn opened(ledger: &Ledger, folder: &Path) -> Result<SearchIndex, String> {
    let (schema, fields) = Fields::schema();
    let index = Index::open_in_dir(folder).map_err(|error| error.to_string())?;
    let reached = reached(&index).ok_or("it does not tell how far it goes")?;
    if reached.form != FORM || index.schema() != schema {
        return Err("it has the form of another version".to_owned());
    }
    let same = || -> Result<bool, LedgerError> {
        let document = ledger.document_of_reading(ReadingKey::from_number(reached.reading))?;
        Ok(reached.reading == 0 || document == Some(reached.document))
    };
    match same() {
        Ok(true) => ready(Some(folder.to_owned()), index, fields, reached),
        Ok(false) => Err("it is the index of another ledger, or of a later state of this one".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// An empty index in a folder that is emptied first, or in memory.
fn fresh(folder: Option<&Path>) -> Result<SearchIndex, String> {
    let (schema, fields) = Fields::schema();
    let index = match folder {
        None => Index::create_in_ram(schema),
        Some(folder) => {
            let empty = || -> std::io::Result<()> {
                if folder.exists() {
                    fs::remove_dir_all(folder)?;
                }
                fs::create_dir_all(folder)
            };
            empty().map_err(|error| format!("{}: {error}", folder.display()))?;
            Index::create_in_dir(folder, schema).map_err(|error| error.to_string())?
        }
    };
    let reached = Reached { form: FORM, ..Reached::default() };
    ready(folder.map(Path::to_owned), index, fields, reached)
}

fn ready(
    folder: Option<PathBuf>,
    index: Index,
    fields: Fields,
    reached: Reached,
) -> Result<SearchIndex, String> {
    fields::register(&index);
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
    Ok(SearchIndex {
        folder,
        reader: reader.map_err(|error: TantivyError| error.to_string())?,
        index,
        fields,
        writer: None,
        reached,
        uncommitted: 0,
        names: HashMap::new(),
        notes: Vec::new(),
    })
}

/// How far an index goes, as its last commit tells.
fn reached(index: &Index) -> Option<Reached> {
    let metas = index.load_metas().ok()?;
    match metas.payload {
        Some(payload) => serde_json::from_str(&payload).ok(),
        // Nothing was ever committed.
        None => Some(Reached { form: FORM, ..Reached::default() }),
    }
}

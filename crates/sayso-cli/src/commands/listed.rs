//! `sayso read --list`: a sheet of pages to read, and the same sheet again with what was found.

use crate::failure::Failure;
use crate::harmless;
use crate::whole_file::Output;
use anyhow::Context as _;
use sayso::{Details, LeftOut, Outcome};
use std::io::Write as _;
use std::path::Path;

/// The columns that are read, and what is added to them.
const PLACES: [&str; 3] = ["path", "file", "url"];
const FOUND: [&str; 5] = ["document", "found_title", "found_date", "statements", "note"];

/// A sheet with a header.
pub(super) struct Sheet {
    header: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// A line of it.
pub(super) struct Row {
    cells: Vec<String>,
    /// What to read, and what is told of it; or what is wrong with the line.
    pub(super) wanted: Result<(String, Details), String>,
    /// What became of it.
    pub(super) found: Found,
}

/// What became of a line: that of its first page, where it led to several.
#[derive(Default)]
pub(super) struct Found {
    document: String,
    title: String,
    date: String,
    statements: usize,
    pages: usize,
    left_out: Vec<String>,
}

impl Found {
    /// Takes note of a page.
    pub(super) fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::LeftOut(why) => self.left_out.push(why.to_string()),
            Outcome::Read { document, statements, .. } => {
                if self.pages == 0 {
                    self.document = document.id.to_string();
                    self.title = document.title.clone().unwrap_or_default();
                    self.date = document.published.as_ref().map(|date| date.at.clone()).unwrap_or_default();
                }
                self.pages += 1;
                self.statements += statements.len();
            }
        }
    }
}

impl Sheet {
    /// Reads a sheet; fails where it has no header that tells what to read.
    pub(super) fn open(path: &Path) -> Result<Sheet, Failure> {
        let shown = harmless::line(&path.display().to_string());
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {shown}"))?;
        // Spreadsheets begin their files with a mark of the byte order.
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let wrong = |what: String| {
            Failure::usage(format!("{shown}: {what}")).hint(
                "the first line names the columns: path or url, and optionally title, outlet, author, published, language",
            )
        };
        let header = table.headers().map_err(|error| wrong(error.to_string()))?;
        let header: Vec<String> = header.iter().map(str::to_owned).collect();
        let place = |name: &str| header.iter().position(|own| own.trim().eq_ignore_ascii_case(name));
        let places: Vec<usize> = PLACES.iter().filter_map(|name| place(name)).collect();
        if places.is_empty() {
            return Err(wrong("it has no column path or url".to_owned()));
        }
        let told = ["title", "outlet", "author", "published", "language"].map(place);
        let rows = table.byte_records().map(|record| Row::of(record, &places, told)).collect();
        Ok(Sheet { header, rows })
    }

    /// Writes the sheet with what was found behind each line.
    pub(super) fn write(&self, path: &Path) -> Result<(), Failure> {
        let mut columns: Vec<&str> = self.header.iter().map(String::as_str).collect();
        // A sheet that was written before is written anew, and its own columns are not said twice.
        let own = columns.iter().position(|name| *name == FOUND[0]).unwrap_or(columns.len());
        columns.truncate(own);
        columns.extend(FOUND);
        let rows: Vec<Vec<String>> = self.rows.iter().map(|row| row.written(own)).collect();
        let mut file = Output::to(Some(path))?;
        file.write_all(sayso::export::csv_of(&columns, &rows).as_bytes())?;
        file.finish()
    }
}

impl Row {
    fn of(record: Result<csv::ByteRecord, csv::Error>, places: &[usize], told: [Option<usize>; 5]) -> Row {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                return Row { cells: Vec::new(), wanted: Err(error.to_string()), found: Found::default() };
            }
        };
        let cells: Vec<String> =
            record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        let cell = |at: usize| cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        let [title, outlet, author, published, language] =
            told.map(|at| at.and_then(cell).map(str::to_owned));
        let wanted = match places.iter().find_map(|at| cell(*at)) {
            None => Err("nothing is named that could be read".to_owned()),
            Some(_) if published.as_deref().is_some_and(|date| !Details::is_date(date)) => {
                Err(format!("{:?} is no date: write 2019-06-04", published.unwrap_or_default()))
            }
            Some(place) => {
                let authors = author.as_deref().map(Details::authors_of).unwrap_or_default();
                Ok((place.to_owned(), Details { title, outlet, authors, published, language }))
            }
        };
        Row { cells, wanted, found: Found::default() }
    }

    fn written(&self, own: usize) -> Vec<String> {
        let found = &self.found;
        let mut cells = self.cells.clone();
        cells.resize(own, String::new());
        let mut notes: Vec<String> = self.wanted.as_ref().err().cloned().into_iter().collect();
        notes.extend(found.left_out.iter().cloned());
        if found.pages > 1 {
            notes.push(format!("{} pages; this is the first", found.pages));
        }
        let statements = if found.pages > 0 { found.statements.to_string() } else { String::new() };
        cells.extend([
            found.document.clone(),
            found.title.clone(),
            found.date.clone(),
            statements,
            notes.join("; "),
        ]);
        cells
    }

    /// Why nothing of it can be read, as the end of reading tells it.
    pub(super) fn refused(&self) -> Option<LeftOut> {
        self.wanted.as_ref().err().map(|why| LeftOut::Unreadable(why.clone()))
    }
}

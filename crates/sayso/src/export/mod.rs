//! Exports: all that a ledger holds, in forms that other programs read. Never capped, written as it is read, the same
//! bytes for the same ledger.
//!
//! | format | what it is | what it holds |
//! |---|---|---|
//! | [`Format::Jsonl`] | one JSON object a line | every record, whole |
//! | [`Format::Csv`], [`Format::Parquet`] | one table | one sort of record, a row each |
//! | [`Format::Prov`] | [PROV-O](https://www.w3.org/TR/prov-o/) as JSON-LD | who said what, on whose word, read by what |
//! | [`Format::ClaimReview`] | [schema.org](https://schema.org/ClaimReview) data feed | claims with their answers |
//! | [`Format::Annotations`] | [Web Annotation](https://www.w3.org/TR/annotation-model/) | statements with their places |

mod annotations;
mod claim_review;
mod csv;
mod iri;
mod lines;
#[cfg(feature = "parquet")]
mod parquet;
mod prov;
mod records;
mod stream;
mod table;

use crate::weighing::decisions::Decisions;
use crate::{Desk, LedgerError};
use records::Walk;
use std::fmt;
use std::io::{self, Write};

pub(crate) use iri::PREFIX as IRI_PREFIX;

/// A form that other programs read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON lines.
    Jsonl,
    /// Comma-separated values, RFC 4180.
    Csv,
    /// Apache Parquet.
    Parquet,
    /// W3C PROV-O as JSON-LD.
    Prov,
    /// schema.org ClaimReview as a data feed.
    ClaimReview,
    /// W3C Web Annotation.
    Annotations,
}

/// A sort of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Documents.
    Documents,
    /// Statements.
    Statements,
    /// Claims.
    Claims,
    /// Sources.
    Sources,
    /// Acts.
    Acts,
}

impl What {
    /// Every sort, in the order in which JSON lines list them.
    pub const ALL: &'static [What] =
        &[What::Documents, What::Statements, What::Claims, What::Sources, What::Acts];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            What::Documents => "documents",
            What::Statements => "statements",
            What::Claims => "claims",
            What::Sources => "sources",
            What::Acts => "acts",
        }
    }
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Format] = &[
        Format::Jsonl,
        Format::Csv,
        Format::Parquet,
        Format::Prov,
        Format::ClaimReview,
        Format::Annotations,
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Parquet => "parquet",
            Format::Prov => "prov",
            Format::ClaimReview => "claimreview",
            Format::Annotations => "annotations",
        }
    }

    /// The sorts of record that it can hold.
    pub fn holds(self) -> &'static [What] {
        match self {
            Format::Jsonl | Format::Csv | Format::Parquet | Format::Prov => What::ALL,
            Format::ClaimReview => &[What::Claims],
            Format::Annotations => &[What::Statements],
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Why an export ended before its end. What was written of it is of no use.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// It could not be written.
    #[error("the export cannot be written: {0}")]
    Write(#[from] io::Error),
    /// This format holds no such records.
    #[error("{format} holds {}, and no {}", held(*format), what.word())]
    NotHeld {
        /// The format.
        format: Format,
        /// What was asked for.
        what: What,
    },
    /// This program was built without the format.
    #[error("this sayso was built without {0}")]
    LeftOut(Format),
}

fn held(format: Format) -> String {
    format.holds().iter().map(|what| what.word()).collect::<Vec<_>>().join(", ")
}

impl Desk {
    /// Writes all records of one sort, or, where the format holds several, of every sort; a table without a sort holds
    /// statements. The ledger is seen as it is at the beginning; others may go on adding to it. `progress` is told how
    /// many of how many parts are done. Gives the number of records.
    pub fn export(
        &self,
        format: Format,
        what: Option<What>,
        out: &mut (dyn Write + Send),
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<u64, ExportError> {
        if let Some(what) = what.filter(|what| !format.holds().contains(what)) {
            return Err(ExportError::NotHeld { format, what });
        }
        let Some(ledger) = &self.ledger else { return Ok(0) };
        ledger.at_one_moment(|ledger| {
            let decisions = Decisions::known_by(ledger, i64::MAX)?;
            let mut walk = Walk::new(ledger, &decisions, progress);
            let one = what.unwrap_or(What::Statements);
            match format {
                Format::Jsonl => lines::write(&mut walk, what, out),
                Format::Csv => csv::write(&mut walk, one, out),
                #[cfg(feature = "parquet")]
                Format::Parquet => parquet::write(&mut walk, one, out),
                #[cfg(not(feature = "parquet"))]
                Format::Parquet => Err(ExportError::LeftOut(format)),
                Format::Prov => prov::write(&mut walk, what, out),
                Format::ClaimReview => claim_review::write(&mut walk, out),
                Format::Annotations => annotations::write(&mut walk, out),
            }
        })
    }
}

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
//! | [`Format::Wikitext`] | lines with `{{cite news}}` | statements, each with its citation |
//! | [`Format::Markdown`] | Markdown with footnotes | claims with their answers |
//! | [`Format::Obsidian`] | a folder of notes, as a ZIP file | sources, claims and pages, linked |
//! | [`Format::Csl`], [`Format::Ris`], [`Format::Bibtex`] | bibliographies | documents |
//! | [`Format::Graphml`], [`Format::Gexf`] | graphs | sources, outlets and claims; who says what, who relays whom, when |
//! | [`Format::Stix`] | a [STIX 2.1](https://docs.oasis-open.org/cti/stix/v2.1/stix-v2.1.html) bundle | reports, identities, opinions |
//! | [`Format::Ftm`] | [FollowTheMoney](https://followthemoney.tech/) entities | the same for investigators |

mod annotations;
mod bibtex;
mod cited;
mod claim_review;
mod csl;
mod csv;
mod ftm;
mod gexf;
mod graph;
mod graphml;
mod iri;
mod lines;
mod markdown;
mod obsidian;
#[cfg(feature = "parquet")]
mod parquet;
mod prov;
mod records;
mod ris;
mod stix;
mod stream;
mod table;
pub(crate) mod wikitext;

use crate::weighing::decisions::Decisions;
use crate::{Desk, LedgerError};
pub use csv::csv_of;
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
    /// Wikitext with `{{cite news}}`.
    Wikitext,
    /// Markdown with footnotes.
    Markdown,
    /// A folder of notes for Obsidian, as a ZIP file.
    Obsidian,
    /// CSL-JSON.
    Csl,
    /// RIS.
    Ris,
    /// BibTeX.
    Bibtex,
    /// GraphML.
    Graphml,
    /// GEXF 1.3.
    Gexf,
    /// STIX 2.1.
    Stix,
    /// FollowTheMoney as JSON lines.
    Ftm,
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
        Format::Wikitext,
        Format::Markdown,
        Format::Obsidian,
        Format::Csl,
        Format::Ris,
        Format::Bibtex,
        Format::Graphml,
        Format::Gexf,
        Format::Stix,
        Format::Ftm,
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
            Format::Wikitext => "wikitext",
            Format::Markdown => "markdown",
            Format::Obsidian => "obsidian",
            Format::Csl => "csl-json",
            Format::Ris => "ris",
            Format::Bibtex => "bibtex",
            Format::Graphml => "graphml",
            Format::Gexf => "gexf",
            Format::Stix => "stix",
            Format::Ftm => "ftm",
        }
    }

    /// Whether it is not for the eyes.
    pub fn is_binary(self) -> bool {
        matches!(self, Format::Parquet | Format::Obsidian)
    }

    /// The sorts of record that it can hold.
    pub fn holds(self) -> &'static [What] {
        match self {
            Format::Jsonl | Format::Csv | Format::Parquet | Format::Prov => What::ALL,
            Format::ClaimReview | Format::Markdown => &[What::Claims],
            Format::Annotations | Format::Wikitext => &[What::Statements],
            Format::Csl | Format::Ris | Format::Bibtex => &[What::Documents],
            // These show how the sorts hang together, and say nothing without one of them.
            Format::Obsidian | Format::Graphml | Format::Gexf | Format::Stix | Format::Ftm => &[],
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
    #[error("{format} holds {}", held(*format, *what))]
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

fn held(format: Format, what: What) -> String {
    match format.holds() {
        [] => "everything, and no one sort alone".to_owned(),
        holds => {
            let words: Vec<&str> = holds.iter().map(|what| what.word()).collect();
            format!("{}, and no {}", words.join(", "), what.word())
        }
    }
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
                Format::Wikitext => wikitext::write(&mut walk, out),
                Format::Markdown => markdown::write(&mut walk, out),
                Format::Obsidian => obsidian::write(&mut walk, out),
                Format::Csl => csl::write(&mut walk, out),
                Format::Ris => ris::write(&mut walk, out),
                Format::Bibtex => bibtex::write(&mut walk, out),
                Format::Graphml => graphml::write(&mut walk, out),
                Format::Gexf => gexf::write(&mut walk, out),
                Format::Stix => stix::write(&mut walk, out),
                Format::Ftm => ftm::write(&mut walk, out),
            }
        })
    }
}

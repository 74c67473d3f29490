//! `sayso export`: all that the ledger holds, for other programs.

use crate::failure::{Done, Ended, Failure};
use crate::progress::Parts;
use crate::session::Session;
use crate::whole_file::Output;
use crate::{harmless, ledger};
use sayso::export::{ExportError, Format, What};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Write all that the ledger holds, in a form that other programs read
///
/// Nothing is capped, and nothing is left out: the ledger is written as it is read, in bounded memory, as it was when
/// the export began. The same ledger gives the same bytes. A file appears under its name only when it is whole.
///
///   jsonl        every record, one JSON object a line, its sort under "record"
///   csv          a table of one sort; cells that a spreadsheet would take for a formula start with an apostrophe
///   parquet      the same table with typed columns
///   prov         W3C PROV-O as JSON-LD: who said what, on whose word
///   claimreview  schema.org ClaimReview: each claim with its answer. The rating is the word for what is left of
///                the claim ("single-sourced", "withdrawn"), never a grade of its truth
///   annotations  W3C Web Annotation: each statement with its words on the page and where they stand
///   wikitext     each statement as a line with {{cite news |quote=}}, for Wikipedia and other wikis
///   markdown     the claims with their answers, each statement a footnote
///   obsidian     a ZIP file of linked notes: sources, claims, pages; unpack it into a vault
///   csl-json, ris, bibtex
///                the pages, for Zotero, reference managers and TeX
///   graphml, gexf
///                who says and denies what, who relays whom, and when: for networkx, igraph and Gephi
///   stix         STIX 2.1: pages as reports, sources as identities, what they say as opinions on notes of claims
///   ftm          FollowTheMoney entities, one a line, for Aleph
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Export {
    /// The form
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Format,
    /// Only one sort: documents, statements, claims, sources or acts [default: all; for a table: statements]
    #[arg(long, value_name = "SORT", value_parser = what)]
    what: Option<What>,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn format(word: &str) -> Result<Format, String> {
    let words: Vec<&str> = Format::ALL.iter().map(|format| format.word()).collect();
    let format = Format::ALL.iter().find(|format| format.word() == word);
    format.copied().ok_or_else(|| format!("one of {} is needed", words.join(", ")))
}

fn what(word: &str) -> Result<What, String> {
    let words: Vec<&str> = What::ALL.iter().map(|what| what.word()).collect();
    let what = What::ALL.iter().find(|what| what.word() == word);
    what.copied().ok_or_else(|| format!("one of {} is needed", words.join(", ")))
}

impl Export {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let to_terminal =
            self.output.as_deref().is_none_or(|path| path == Path::new("-")) && io::stdout().is_terminal();
        if to_terminal && self.format.is_binary() {
            let what = format!("{} is not for the eyes, and standard output is a terminal", self.format);
            return Err(Failure::usage(what).hint("name a file: -o FILE"));
        }
        let desk = ledger::open(session)?;
        let mut output = Output::to(self.output.as_deref())?;
        let mut parts = Parts::new(session);
        let progress = &mut |done, of| parts.step("exported", done, of);
        let exported = if to_terminal {
            let mut shown = Shown { out: &mut output, line: Vec::new() };
            let exported = desk.export(self.format, self.what, &mut shown, progress);
            exported.and_then(|records| Ok(shown.flush().map(|()| records)?))
        } else {
            desk.export(self.format, self.what, &mut output, progress)
        };
        parts.finish();
        let records = exported.map_err(failed)?;
        output.finish()?;
        if let Some(path) = self.output.filter(|path| path != Path::new("-")) {
            let plural = if records == 1 { "" } else { "s" };
            let path = harmless::line(&path.display().to_string());
            session.say(&format!("{records} record{plural} in {path}"));
        }
        Ok(Done::Whole)
    }
}

fn failed(error: ExportError) -> Failure {
    match error {
        ExportError::Ledger(error) => ledger::failed(error),
        // As it is, so that a pipe that nobody reads any more is known for one.
        ExportError::Write(error) => Failure::from(error),
        error @ ExportError::NotHeld { .. } => {
            Failure::usage(error).hint("leave --what out, or choose another format")
        }
        error @ ExportError::LeftOut(_) => {
            Failure::usage(error).hint("build it with: cargo build --features parquet")
        }
    }
}

/// A terminal, which must not obey what pages say.
struct Shown<'o> {
    out: &'o mut Output,
    line: Vec<u8>,
}

impl Write for Shown<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|&byte| byte == b'\n') {
            self.line.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.flush()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let shown = |c: char| match c {
            '\n' | '\t' => c,
            c if harmless::acts(c) => '\u{FFFD}',
            c => c,
        };
        let text: String = String::from_utf8_lossy(&self.line).chars().map(shown).collect();
        self.line.clear();
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }
}

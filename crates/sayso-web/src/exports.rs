//! Exports without an end: written to whoever asks as the ledger is read, in bounded memory.

use crate::asked::Asked;
use crate::failure::Failure;
use crate::site::Site;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sayso::export::{ExportError, Format, What};
use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::timeout;

/// So many bytes are sent together.
const PIECE_BYTES: usize = 64 << 10;
/// So many pieces wait for whoever reads slowly.
const PIECES: usize = 4;
/// Who takes no more for so long is gone.
const PATIENCE: Duration = Duration::from_secs(60);

type Piece = Result<Bytes, ExportError>;

/// Sends all records in a format; a failure midway breaks the answer off, so that no part is taken for the whole.
pub(crate) async fn export(State(site): State<Arc<Site>>, asked: Asked) -> Result<Response, Failure> {
    let format = asked.one("format").unwrap_or(Format::Jsonl.word());
    let format = Format::ALL.iter().copied().find(|known| known.word() == format);
    let format = format.ok_or_else(|| unknown("format", Format::ALL.iter().map(|format| format.word())))?;
    let what = asked.one("what").map(|word| {
        let what = What::ALL.iter().copied().find(|known| known.word() == word);
        what.ok_or_else(|| unknown("sort", What::ALL.iter().map(|what| what.word())))
    });
    let what = what.transpose()?;
    let Ok(turn) = Arc::clone(&site.exports).try_acquire_owned() else {
        return Err(Failure::too_often().hint("other exports are under way; try again when they are done"));
    };
    let desk = site.desks.another()?;
    let (sender, mut pieces) = channel(PIECES);
    let runtime = Handle::current();
    // Nobody waits for it: it ends by itself, or when nobody takes what it sends.
    drop(tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let mut sending = Sending { sender, runtime, piece: Vec::with_capacity(PIECE_BYTES) };
        let written = desk.export(format, what, &mut sending, &mut |_, _| {});
        if let Err(error) = written.and_then(|_| Ok(sending.flush()?)) {
            let Sending { sender, runtime, .. } = sending;
            let _ = runtime.block_on(timeout(PATIENCE, sender.send(Err(error))));
        }
    }));
    // What is wrong from the start is told as a failure.
    let first = match pieces.recv().await {
        Some(Ok(first)) => first,
        None => Bytes::new(),
        Some(Err(ExportError::Ledger(error))) => return Err(error.into()),
        Some(Err(error)) => return Err(Failure::bad(error.to_string())),
    };
    let name = what.map_or("sayso", What::word);
    let headers = [
        (header::CONTENT_TYPE, content_type(format).to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{}\"", ending(format))),
    ];
    Ok((headers, body(first, pieces)).into_response())
}

fn unknown<'a>(what: &str, known: impl Iterator<Item = &'a str>) -> Failure {
    let known: Vec<&str> = known.collect();
    Failure::bad(format!("there is no such {what}")).hint(format!("one of {}", known.join(", ")))
}

fn content_type(format: Format) -> &'static str {
    match format {
        Format::Jsonl => "application/x-ndjson",
        Format::Csv => "text/csv; charset=utf-8",
        Format::Parquet => "application/vnd.apache.parquet",
        Format::Prov | Format::ClaimReview | Format::Annotations => "application/ld+json",
        Format::Wikitext => "text/plain; charset=utf-8",
        Format::Markdown => "text/markdown; charset=utf-8",
        Format::Obsidian => "application/zip",
        Format::Csl => "application/vnd.citationstyles.csl+json",
        Format::Ris => "application/x-research-info-systems",
        Format::Bibtex => "application/x-bibtex",
        Format::Graphml | Format::Gexf => "application/xml",
        Format::Stix => "application/stix+json;version=2.1",
        Format::Ftm => "application/x-ndjson",
    }
}

fn ending(format: Format) -> &'static str {
    match format {
        Format::Jsonl => "jsonl",
        Format::Csv => "csv",
        Format::Parquet => "parquet",
        Format::Prov => "prov.json",
        Format::ClaimReview | Format::Annotations => "json",
        Format::Wikitext => "wiki",
        Format::Markdown => "md",
        Format::Obsidian => "zip",
        Format::Csl => "csl.json",
        Format::Ris => "ris",
        Format::Bibtex => "bib",
        Format::Graphml => "graphml",
        Format::Gexf => "gexf",
        Format::Stix => "stix.json",
        Format::Ftm => "ftm.jsonl",
    }
}

fn body(first: Bytes, pieces: Receiver<Piece>) -> Body {
    let rest = futures_util::stream::unfold((Some(first), pieces), async |(first, mut pieces)| {
        let piece = match first {
            Some(first) => Ok(first),
            None => pieces.recv().await?,
        };
        Some((piece, (None, pieces)))
    });
    Body::from_stream(rest)
}

/// What is written here goes to whoever asked, who is waited for.
struct Sending {
    sender: Sender<Piece>,
    runtime: Handle,
    piece: Vec<u8>,
}

impl Write for Sending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE_BYTES));
        let sent = self.runtime.block_on(timeout(PATIENCE, self.sender.send(Ok(piece.into()))));
        match sent {
            Ok(Ok(())) => Ok(()),
            _ => Err(io::Error::from(io::ErrorKind::BrokenPipe)),
        }
    }
}
